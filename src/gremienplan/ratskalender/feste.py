"""Days that move from year to year: Easter Sunday, and the feasts of other countries' calendars.

Names of feasts are the English ones of the package ``holidays``, whatever language the computer speaks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

_VERMUTET = " (estimated)"


def ostersonntage(jahre: Iterable[int]) -> tuple[date, ...]:
    """Return Easter Sunday, two days after the package's Good Friday, of each year it knows."""
    return tuple(karfreitag + timedelta(days=2) for karfreitag in feste("DE", "Good Friday", jahre))


def feste(land: str, name: str, jahre: Iterable[int]) -> tuple[date, ...]:
    """Return every day of a feast in these years, in the order of time; none where the package knows none.

    ``land`` is a country's two letters (``TR``), ``name`` an English one of its feasts (``Eid al-Fitr``).
    """
    gewollt = frozenset(jahre)
    return tuple(tag for tag, names in _kalender(land, gewollt).items() if name in names)


def festnamen(land: str) -> frozenset[str]:
    """Return the names a country's feasts have, as the package gives them; none for a country it does not know."""
    return frozenset(name for names in _kalender(land, frozenset({2026, 2027})).values() for name in names)


@cache
def _kalender(land: str, jahre: frozenset[int]) -> dict[date, frozenset[str]]:
    import holidays

    try:
        klasse = holidays.country_holidays(land)
    except NotImplementedError:
        return {}
    known = sorted(jahr for jahr in jahre if klasse.start_year <= jahr <= klasse.end_year)
    if not known:
        return {}
    arten = tuple(art for art in ("public", "optional") if art in klasse.supported_categories)
    tage = holidays.country_holidays(land, years=known, categories=arten, language="en_US")
    return {
        tag: frozenset(name.removesuffix(_VERMUTET) for name in namen.split("; "))
        for tag, namen in sorted(tage.items())
    }
