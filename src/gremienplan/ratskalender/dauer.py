"""When a sitting begins and ends: what the source really knows, and what is assumed where it does not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from attrs import frozen

LAENGSTENS = timedelta(hours=12)
"""A sitting that would last longer has no known end: councils export retreats and written procedures so."""
DAUER = 180
"""Minutes assumed for a body nobody has named."""

_TAGESENDE = {time(0, 0), time(23, 59), time(23, 59, 59)}


@frozen
class Spanne:
    """The busy time of a sitting, and what of it is assumed."""

    beginn: datetime
    ende: datetime
    ende_bekannt: bool = True
    ganztags: bool = False
    """An all-day entry."""
    ohne_uhrzeit: bool = False
    """A start at midnight with no end: the source has the day but not the time."""


def spanne(beginn: datetime | date, ende: datetime | date | None, minuten: int) -> Spanne:
    """Return the busy time of an entry; an unknown end lies ``minuten`` after the start.

    An end is unknown when it is missing, not after the start, at midnight, at 23:59, or more than twelve
    hours after the start. Times count in whole minutes, seconds to the sitting's side. An all-day entry takes
    its days as a whole (the last day excluded, as iCalendar counts), and so does a start at midnight without
    an end.
    """
    if not isinstance(beginn, datetime):
        return _ganze_tage(beginn, ende)
    beginn = ganze_minute(beginn)
    if ende is not None and _bekannt(beginn, als_zeitpunkt(ende)):
        return Spanne(beginn, naechste_minute(als_zeitpunkt(ende)))
    if beginn.time() == time(0, 0):
        return Spanne(beginn, beginn + timedelta(days=1), ende_bekannt=False, ohne_uhrzeit=True)
    return Spanne(beginn, beginn + timedelta(minutes=minuten), ende_bekannt=False)


def ganze_minute(zeit: datetime) -> datetime:
    """Return the whole minute a moment lies in."""
    return zeit.replace(second=0, microsecond=0)


def naechste_minute(zeit: datetime) -> datetime:
    """Return the first whole minute that is not before a moment."""
    minute = ganze_minute(zeit)
    return minute + timedelta(minutes=1) if minute < zeit else minute


def als_zeitpunkt(zeit: datetime | date) -> datetime:
    """Return a moment; a day stands for its beginning."""
    return zeit if isinstance(zeit, datetime) else datetime.combine(zeit, time.min)


def _bekannt(beginn: datetime, ende: datetime) -> bool:
    return beginn < ende <= beginn + LAENGSTENS and ende.time().replace(microsecond=0) not in _TAGESENDE


def _ganze_tage(beginn: date, ende: datetime | date | None) -> Spanne:
    von = als_zeitpunkt(beginn)
    letzter = als_zeitpunkt(als_zeitpunkt(ende).date()) if ende is not None else von
    return Spanne(von, max(letzter, von + timedelta(days=1)), ende_bekannt=False, ganztags=True)
