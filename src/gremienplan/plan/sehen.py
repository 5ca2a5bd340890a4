"""What a plan keeps of the council calendar it was made with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from attrs import astuple

from gremienplan.plan.werte import Gesehen
from gremienplan.ratskalender import Ratssitzung

_TAG = timedelta(days=1)


def seen(sitzungen: Iterable[Ratssitzung], von: date, bis: date) -> tuple[Gesehen, ...]:
    """Return the sittings that can matter for the days from ``von`` to ``bis``, in the order of their text.

    Those of the day before and of the day after belong to them: a sitting may run past midnight.
    """
    found = (
        Gesehen(s.key, s.gremium, s.name, s.beginn, s.ende, s.verschwunden)
        for s in sitzungen
        if von - _TAG <= s.ende.date() and s.tag <= bis + _TAG
    )
    return tuple(sorted(found, key=reihenfolge))


def reihenfolge(sitzung: Gesehen) -> tuple[object, ...]:
    """Return by what sittings are sorted: the order of time."""
    return (sitzung.beginn, *astuple(sitzung))
