"""Dates on days to leave free, and at times at which others have something on: no breach, but worth a word."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from gremienplan.auditing.befunde import Lagen
from gremienplan.requirements import Belegung, Meiden, Preference

_GRUND = ("meidetage", "fremde-termine")


@frozen
class Gemieden:
    """A Sitzung that lies in a time it should rather keep out of."""

    ereignis: str
    belegung: Belegung


def not_avoided(preferences: Iterable[Preference], lagen: Lagen) -> tuple[Gemieden, ...]:
    """Return each time once, in the order of the wishes and of time."""
    found = (
        Gemieden(wish.ereignis, belegung)
        for wish in preferences
        if isinstance(wish, Meiden) and wish.grund in _GRUND
        for belegung in wish.belegt
        if any(belegung.overlaps(lage.beginn, lage.ende) for lage in lagen.get(wish.ereignis, ()))
    )
    return tuple(dict.fromkeys(found))
