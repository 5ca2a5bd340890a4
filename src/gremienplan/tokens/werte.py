"""Addresses nobody can guess, for calendars that are not everybody's: what is kept of them, and which still work.

A token is 256 random bits. Whoever has it may read one calendar, so it is shown once and only its SHA-256 is kept.
That needs neither salt nor a slow hash: those defend passwords, which can be guessed; here there is nothing to try.

Pure: randomness and time are arguments, and nothing here reads or writes a file. Of a person not even the key is
kept (``mark``), so that besetzung.csv stays the one file that names anybody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum

from attrs import evolve, field, frozen

from gremienplan.errors import UnknownIdError

BYTES = 32
"""Random bytes of a token."""
SHOWN = 4
"""Last letters that are kept, to tell by an address which token it is: 16 of its 256 bits (the last has one)."""
FOLDER = "abo"
"""Under which folder the calendars of tokens are served."""


class Art(Enum):
    """What a token opens."""

    SITZ = "sitz"
    """The calendar of a Sitz, whoever holds it."""
    PERSON = "person"
    """The calendar of a person: of all the Sitze it holds, on the days on which it holds them."""
    FEED = "feed"
    """Any one calendar, by its name."""


@frozen
class Token:
    """One subscription."""

    id: int
    """Its number in the project, from 1; no secret."""
    art: Art
    wert: str
    """Id of a Sitz, name of a feed (``gremium/runde-nord.ics``), or of a person its ``mark``."""
    hash: str = field(repr=False)
    """SHA-256 of the token, 64 hex digits."""
    endet_auf: str
    """The last letters of the token."""
    erstellt: datetime
    """When it was made, local time."""
    notiz: str = ""
    """The office's own word for it ("phone", "second copy"); never who somebody is."""
    bis: date | None = None
    """Last day on which it works; None: until it is revoked."""
    widerrufen: datetime | None = None
    """When it was revoked; such a token never works again."""

    def gilt(self, tag: date) -> bool:
        """Tell whether it works on a day."""
        return self.widerrufen is None and (self.bis is None or tag <= self.bis)


def digest(secret: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(secret.encode("utf-8", "backslashreplace")).hexdigest()


def mark(domain: str, person: str) -> str:
    """Return what stands for a person outside of besetzung.csv: only who knows its key there can tell who is meant.

    ``domain`` is that of the city, so that equal keys of two cities have nothing in common.
    """
    return hashlib.sha256(f"{domain}\n{person}".encode()).hexdigest()[:32]


def person_of(token: Token, domain: str, personen: Iterable[str]) -> str | None:
    """Return which of these persons a token is for; None when it is none of them (any more)."""
    if token.art is not Art.PERSON:
        return None
    return next((person for person in personen if mark(domain, person) == token.wert), None)


def issue(
    tokens: Sequence[Token],
    art: Art,
    wert: str,
    stand: datetime,
    zufall: bytes,
    *,
    notiz: str = "",
    bis: date | None = None,
) -> tuple[Token, str]:
    """Return a new token beside those there are, and its secret: 52 letters and digits, kept nowhere.

    ``wert`` is the id of a Sitz, the name of a feed or the ``mark`` of a person. ``zufall`` are 32 random bytes
    (``secrets.token_bytes``). Raises ValueError for fewer.
    """
    if len(zufall) != BYTES:
        raise ValueError(f"a token is made of {BYTES} random bytes, not of {len(zufall)}")
    secret = base64.b32encode(zufall).decode().rstrip("=").lower()
    new = Token(
        id=max((token.id for token in tokens), default=0) + 1,
        art=art,
        wert=wert,
        hash=digest(secret),
        endet_auf=secret[-SHOWN:],
        erstellt=stand,
        notiz=notiz,
        bis=bis,
    )
    return new, secret


def revoke(tokens: Sequence[Token], id: int, stand: datetime) -> tuple[Token, ...]:
    """Return the tokens with one revoked; one that already is stays as it is. Raises UnknownIdError, a KeyError."""
    if id not in {token.id for token in tokens}:
        raise UnknownIdError(str(id), [str(token.id) for token in tokens])
    return tuple(
        evolve(token, widerrufen=stand) if token.id == id and token.widerrufen is None else token
        for token in tokens
    )


def find(tokens: Iterable[Token], secret: str, tag: date) -> Token | None:
    """Return the token that was shown as ``secret``, if it works on ``tag``.

    Unknown, revoked and expired give the same answer for the same work: all tokens are looked at whatever
    is asked, each compared in constant time.
    """
    asked = digest(secret)
    found = None
    for token in tokens:
        equal = hmac.compare_digest(token.hash, asked)
        works = token.gilt(tag)
        found = token if equal & works else found
    return found


def address(secret: str, basis: str = "") -> str:
    """Return where the calendar of a token is served; ``basis`` is the address of all calendars.

    >>> address("abc", "https://termine.example/")
    'https://termine.example/abo/abc.ics'
    """
    path = f"{FOLDER}/{secret}.ics"
    return f"{basis.rstrip('/')}/{path}" if basis else path
