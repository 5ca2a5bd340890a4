"""Characters that a terminal or a file cannot hold are spelled with those it can: nothing is lost without a trace.

Windows writes redirected output in the code page of the machine, which knows umlauts but no arrow; other systems may
be set to ASCII. JSON is written with escapes there, so that it is the same JSON whatever the encoding.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import TextIO

NAME = "gremienplan.spelled"
"""The name under which Python knows this way to treat what cannot be encoded."""
_SPELLING = {
    "Ä": "Ae",
    "Ö": "Oe",
    "Ü": "Ue",
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "ẞ": "SS",
    "→": "->",
    "←": "<-",
    "…": "...",
    "–": "-",
    "—": "-",
    "„": '"',
    "“": '"',
    "”": '"',
    "‚": "'",
    "‘": "'",
    "’": "'",
    "·": "-",
    "•": "-",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "€": "EUR",
    "§": "Par.",
}


def spelled(character: str) -> str:
    r"""Return a character in ASCII: as one would type it, without its accent, else as Python writes it.

    >>> "".join(map(spelled, "Bürgeramt → Łódź – ж"))
    'Buergeramt -> \\u0141odz - \\u0436'
    """
    if character.isascii():
        return character
    if character in _SPELLING:
        return _SPELLING[character]
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return plain if plain.isascii() and plain else ascii(character)[1:-1]


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(spelled, error.object[error.start : error.end])), error.end


def tolerate(stream: TextIO) -> None:
    """Let a stream spell what its encoding lacks, where it can be told to."""
    codecs.register_error(NAME, _spell)
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=NAME)


def holds_everything(stream: TextIO) -> bool:
    """Tell whether a stream's encoding has every character."""
    try:
        return codecs.lookup(stream.encoding or "utf-8").name.startswith("utf")
    except LookupError:
        return False
