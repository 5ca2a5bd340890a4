"""Public holidays and school holidays of a Land, how far they are known, and the bridge days between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from gremienplan.errors import InputError, Problem
from gremienplan.ratskalender.werte import FreierTag, Freitage
from gremienplan.texts import Text

_TAG = timedelta(days=1)
_FEIERTAGE, _FERIEN = "public", "school"


def freitage(land: str, jahre: Iterable[int]) -> Freitage:
    """Return the free days of a German Land (``NW``) in these years, and how far school holidays are known.

    Public holidays come with the day after each year: a bridge day may lean on New Year's Day. School
    holidays are known up to the last one that is published; what comes later is unknown, whatever year is
    asked for. Raises InputError for a Land that does not exist. Source: the package ``holidays``.
    """
    gewollt = frozenset(jahre)
    bekannt = _tage(land, _FERIEN)
    feiertage = {
        tag: name
        for tag, name in _tage(land, _FEIERTAGE).items()
        if tag.year in gewollt or (tag - _TAG).year in gewollt
    }
    ferien = {tag: name for tag, name in bekannt.items() if tag.year in gewollt}
    return Freitage(
        tuple(_spannen(feiertage)),
        tuple(_spannen(ferien)),
        max(bekannt, default=None),
        tuple(sorted(gewollt)),
    )


def brueckentage(freitage: Freitage, jahr: int) -> tuple[FreierTag, ...]:
    """Return the single working days of a year between a public holiday and a weekend or another holiday.

    For 31 December the ``freitage`` must reach to the next New Year's Day, as those of :func:`freitage` do.
    """
    feiertage = {tag for frei in freitage.feiertage for tag in _tage_von(frei)}

    def frei(tag: date) -> bool:
        return tag in feiertage or tag.weekday() >= 5

    erster, letzter = date(jahr, 1, 1), date(jahr, 12, 31)
    return tuple(
        FreierTag(tag, tag, "Brückentag")
        for tag in _tage_von(FreierTag(erster, letzter, ""))
        if not frei(tag) and frei(tag - _TAG) and frei(tag + _TAG)
    )


@cache
def _tage(land: str, art: str) -> Mapping[date, str]:
    """Return every day of one kind that the package knows, with its German name."""
    import holidays

    kurz = land.upper().removeprefix("DE-")
    try:
        klasse = holidays.country_holidays("DE", subdiv=kurz)
    except NotImplementedError:
        raise InputError([_kein_land(land, holidays.list_supported_countries()["DE"])]) from None
    if art not in klasse.supported_categories:
        return MappingProxyType({})
    jahre = range(klasse.start_year, klasse.end_year + 1)
    tage = holidays.country_holidays("DE", subdiv=kurz, years=jahre, categories=(art,), language="de")
    return MappingProxyType(dict(sorted(tage.items())))


def _kein_land(land: str, laender: Iterable[str]) -> Problem:
    bekannt = tuple(sorted(kurz for kurz in laender if len(kurz) == 2))
    return Problem(
        "land", "", Text("No Land is called so"), land, Text("The Länder are: {laender}", laender=bekannt)
    )


def _spannen(tage: Mapping[date, str]) -> Iterator[FreierTag]:
    """Yield neighbouring days of one name as one span, in the order of time."""
    offen: FreierTag | None = None
    for tag in sorted(tage):
        if offen and tag - offen.bis == _TAG and tage[tag] == offen.name:
            offen = FreierTag(offen.von, tag, offen.name)
            continue
        if offen:
            yield offen
        offen = FreierTag(tag, tag, tage[tag])
    if offen:
        yield offen


def _tage_von(frei: FreierTag) -> Iterator[date]:
    """Yield the days of a span, both ends included."""
    for number in range((frei.bis - frei.von).days + 1):
        yield frei.von + number * _TAG
