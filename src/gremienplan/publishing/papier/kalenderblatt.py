"""The days of a year as a sheet shows them: weekday, what is free, and what it is called."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

from gremienplan.publishing.tage import words
from gremienplan.ratskalender import FreierTag, Freitage
from gremienplan.texts import MONTHS, WEEKDAYS


def monate(freitage: Freitage, jahr: int, sprache: str) -> list[dict[str, Any]]:
    """Return the twelve months of a year with their days."""
    return [
        {
            "name": words(MONTHS[monat - 1], sprache),
            "tage": [
                _tag(freitage, date(jahr, monat, tag), sprache)
                for tag in range(1, monthrange(jahr, monat)[1] + 1)
            ],
        }
        for monat in range(1, 13)
    ]


def _tag(freitage: Freitage, tag: date, sprache: str) -> dict[str, Any]:
    feiertag = _name(freitage.feiertage, tag)
    ferien = [frei for frei in freitage.ferien if frei.von <= tag <= frei.bis]
    beginnt = [frei.name for frei in ferien if tag in (frei.von, date(tag.year, 1, 1))]
    namen = [name for name in (feiertag, *beginnt) if name]
    return {
        "tag": tag.isoformat(),
        "nummer": str(tag.day),
        "wochentag": words(WEEKDAYS[tag.weekday()], sprache),
        "woche": tag.isocalendar().week if tag.weekday() == 0 else 0,
        "sonntag": tag.weekday() == 6,
        "wochenende": tag.weekday() >= 5,
        "feiertag": bool(feiertag),
        "ferien": bool(ferien),
        "hinweis": ", ".join(dict.fromkeys(namen)),
    }


def _name(freie: Iterable[FreierTag], tag: date) -> str:
    return next((frei.name for frei in freie if frei.von <= tag <= frei.bis), "")
