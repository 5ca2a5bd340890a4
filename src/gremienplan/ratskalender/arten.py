"""The kinds of remarks on an import: which are guesses, which say what was left out, which only tell."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType


class Stand(Enum):
    """What a remark means for the planner."""

    GERATEN = "geraten"
    """A guess: it may be wrong, and somebody could look. ``--strict`` makes an error of it."""
    AUSGELASSEN = "ausgelassen"
    """The entry does not block, for a reason that stands in it or in the city folder."""
    GEDEUTET = "gedeutet"
    """The entry was understood in a way worth telling."""


ARTEN: Mapping[str, Stand] = MappingProxyType(
    {
        "unbekanntes-gremium": Stand.GERATEN,
        "unbekannt-ganztaegig": Stand.GERATEN,
        "ende-unbekannt": Stand.GERATEN,
        "ende-vorgegeben": Stand.GERATEN,
        "zeit-unbekannt": Stand.GERATEN,
        "lang": Stand.GERATEN,
        "uhrzeit-springt": Stand.GERATEN,
        "verlegt": Stand.GERATEN,
        "neuer-tag-fehlt": Stand.GERATEN,
        "gemeinsam-unklar": Stand.GERATEN,
        "verschwunden": Stand.GERATEN,
        "neue-kennung": Stand.GERATEN,
        "platzhalter": Stand.GERATEN,
        "abgesagt": Stand.AUSGELASSEN,
        "keine-sitzung": Stand.AUSGELASSEN,
        "kein-gremium": Stand.AUSGELASSEN,
        "schriftlich": Stand.AUSGELASSEN,
        "ganztaegig": Stand.GEDEUTET,
        "doppelt": Stand.GEDEUTET,
        "gemeinsam": Stand.GEDEUTET,
        "geteilt": Stand.GEDEUTET,
        "name-vom-gremium": Stand.GEDEUTET,
        "ort-sagt-nichts": Stand.GEDEUTET,
    }
)
"""Every kind of remark, in the order in which a report names them."""

GERATEN = frozenset(art for art, stand in ARTEN.items() if stand is Stand.GERATEN)
"""The kinds that are guesses."""
