"""Tokens: addresses nobody can guess, for calendars that are not everybody's."""

from gremienplan.tokens.text import tokens_from_json, tokens_to_json
from gremienplan.tokens.werte import Art, Token, address, digest, find, issue, mark, person_of, revoke

__all__ = [
    "Art",
    "Token",
    "address",
    "digest",
    "find",
    "issue",
    "mark",
    "person_of",
    "revoke",
    "tokens_from_json",
    "tokens_to_json",
]
