"""Entries that are no meeting of people at a time: a placeholder, a written procedure; and retreats."""

from __future__ import annotations

import re
from datetime import date

FRUEHESTENS = 2000
"""No information system is older: what lies before is a placeholder, or history nobody plans around."""
SPAETESTENS = 2100

_PLATZHALTER = re.compile(
    r"\b(?:sammel(?:datum|termin|sitzung)|platzhalter|dummy|test(?:sitzung|termin|gremium))\b", re.IGNORECASE
)
_SCHRIFTLICH = re.compile(
    r"\b(?:umlauf(?:verfahren|beschluss|beschlüsse)|schriftliche[nrs]?\s+(?:umlauf)?(?:verfahren|beschlussfassung|abstimmung))\b"
    r"|(?:^|[-–—:(]\s*)offenlage\s*(?:$|[-–—:)])",
    re.IGNORECASE,
)
_OFFENLAGE = re.compile(r"\b(?:offenlage|offenlegung|umlauf)\b", re.IGNORECASE)
_KLAUSUR = re.compile(r"klausur|\bretraite\b", re.IGNORECASE)


def ist_platzhalter(name: str, tag: date) -> bool:
    """Tell whether an entry only keeps a place: by its name, on the last or first day of a year, or long ago.

    >>> ist_platzhalter("Rat (Sammeldatum)", date(2025, 6, 30)), ist_platzhalter("Rat", date(2025, 12, 31))
    (True, True)
    """
    jahresrand = (tag.month, tag.day) in {(12, 31), (1, 1)}
    return jahresrand or not FRUEHESTENS <= tag.year < SPAETESTENS or bool(_PLATZHALTER.search(name))


def ist_schriftlich(name: str, *, lang: bool) -> bool:
    """Tell whether nobody meets because it is decided in writing; ``lang``: longer than any sitting.

    A sitting that has a public display of plans (Offenlage) on its agenda is a sitting.

    >>> ist_schriftlich("Rat - Umlaufverfahren", lang=False)
    True
    >>> ist_schriftlich("Planungsausschuss (Offenlage Plan 5)", lang=False)
    False
    """
    return bool(_SCHRIFTLICH.search(name)) or (lang and bool(_OFFENLAGE.search(name)))


def ist_klausur(name: str) -> bool:
    """Tell whether people go away together, over night too.

    >>> ist_klausur("Klausurtagung Stadtrat")
    True
    """
    return bool(_KLAUSUR.search(name))
