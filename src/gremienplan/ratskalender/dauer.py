"""When a sitting begins and ends: what the source really knows, and what is assumed where it does not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import Enum

from attrs import frozen

LAENGSTENS = timedelta(hours=12)
"""A sitting that would last longer has no known end."""
EIN_TAG = timedelta(days=1)
"""What lasts longer than twelve hours, but no longer than this, is a budget day or a retreat: people are away."""
KLAUSUR = timedelta(days=4)
"""A retreat that says so may last this long."""
DAUER = 180
"""Minutes assumed for a body nobody has named."""
TAGE = 7
"""An entry from midnight to midnight takes so many days at most."""

_MITTERNACHT = time(0, 0)
_TAGESENDE = {time(23, 59), time(23, 59, 59)}


class Ende(Enum):
    """What a source has for an end; only the first one is known."""

    BEKANNT = "bekannt"
    FEHLT = "fehlt"
    MITTERNACHT = "mitternacht"
    """Midnight of the next day."""
    MITTERNACHT_DAVOR = "mitternacht-davor"
    """Midnight of the same day: before the start."""
    TAGESENDE = "tagesende"
    """23:59."""
    GLEICH_BEGINN = "gleich-beginn"
    VOR_BEGINN = "vor-beginn"
    ZU_LANG = "zu-lang"
    """More than twelve hours after the start."""
    OHNE_UHRZEIT = "ohne-uhrzeit"
    """The start is at midnight: nobody knows when on the day it is."""
    GANZTAEGIG = "ganztaegig"
    """An entry of days, without times."""


@frozen
class Spanne:
    """The busy time of a sitting, and what of it is assumed."""

    beginn: datetime
    ende: datetime
    ende_bekannt: bool = True
    ganztags: bool = False
    """An all-day entry."""
    ohne_uhrzeit: bool = False
    """A start at midnight: the source has the day but not the time."""
    lang: bool = False
    """Longer than twelve hours, and taken as busy for as long as the source says."""


def form(beginn: datetime | date, ende: datetime | date | None) -> Ende:
    """Say what a source has for an end."""
    if not isinstance(beginn, datetime):
        return Ende.GANZTAEGIG
    if beginn.time() == _MITTERNACHT:
        return Ende.OHNE_UHRZEIT
    if ende is None:
        return Ende.FEHLT
    bis = als_zeitpunkt(ende).replace(microsecond=0)
    if bis.time() == _MITTERNACHT:
        return Ende.MITTERNACHT if bis > beginn else Ende.MITTERNACHT_DAVOR
    if bis <= ganze_minute(beginn):
        return Ende.GLEICH_BEGINN if bis >= ganze_minute(beginn) else Ende.VOR_BEGINN
    if bis.time() in _TAGESENDE:
        return Ende.TAGESENDE
    return Ende.BEKANNT if bis - beginn <= LAENGSTENS else Ende.ZU_LANG


def spanne(
    beginn: datetime | date,
    ende: datetime | date | None,
    minuten: int,
    *,
    ganzer_tag: bool = False,
    klausur: bool = False,
    vorgegeben: bool = False,
) -> Spanne:
    """Return the busy time of an entry; an unknown end lies ``minuten`` after the start.

    An end is unknown when it is missing, not after the start, at midnight, at 23:59, or more than twelve
    hours after the start. What lasts up to a day all the same (a budget day, a retreat; ``klausur``: up to four
    days) is busy as long as the source says. ``ganzer_tag``: the name says that it takes the day, so an unknown
    end is midnight. ``vorgegeben``: the source writes such an end under everything, so it counts only where it is
    later. Times count in whole minutes, seconds to the sitting's side. An all-day entry takes its days as a whole
    (the last day excluded, as iCalendar counts), and so does a start at midnight.
    """
    if not isinstance(beginn, datetime):
        return _ganze_tage(beginn, ende)
    art, beginn = form(beginn, ende), ganze_minute(beginn)
    if art is Ende.OHNE_UHRZEIT:
        return _ohne_uhrzeit(beginn, ende)
    bis = beginn if ende is None else naechste_minute(als_zeitpunkt(ende))
    if art is Ende.BEKANNT and not vorgegeben:
        return Spanne(beginn, bis)
    angenommen = beginn + timedelta(minutes=minuten)
    if ganzer_tag:
        angenommen = max(angenommen, als_zeitpunkt(beginn.date()) + EIN_TAG)
    if art is Ende.BEKANNT:
        return Spanne(beginn, max(bis, angenommen), ende_bekannt=False)
    if art is Ende.ZU_LANG and bis - beginn <= (KLAUSUR if klausur else EIN_TAG):
        return Spanne(beginn, bis, ende_bekannt=False, lang=True)
    return Spanne(beginn, angenommen, ende_bekannt=False)


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


def _ohne_uhrzeit(beginn: datetime, ende: datetime | date | None) -> Spanne:
    """Return the days of an entry that begins at midnight: as many as end at midnight again, at least one."""
    bis = beginn if ende is None else als_zeitpunkt(ende)
    tage = (bis - beginn).days if bis.time() == _MITTERNACHT else 1
    bis = beginn + EIN_TAG * min(max(tage, 1), TAGE)
    return Spanne(beginn, bis, ende_bekannt=False, ohne_uhrzeit=True)


def _ganze_tage(beginn: date, ende: datetime | date | None) -> Spanne:
    von = als_zeitpunkt(beginn)
    letzter = als_zeitpunkt(als_zeitpunkt(ende).date()) if ende is not None else von
    return Spanne(von, max(letzter, von + timedelta(days=1)), ende_bekannt=False, ganztags=True)
