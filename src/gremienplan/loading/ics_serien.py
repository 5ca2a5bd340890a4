"""Recurring events: from a rule, its additions and its exceptions to one occurrence after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, tzinfo
from math import prod
from typing import Any

import icalendar
import recurring_ical_events
from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.ics_findet import findet
from gremienplan.loading.ics_zeiten import JAHRE, uhr
from gremienplan.texts import Text

HOECHSTENS = 5000
"""Occurrences of one event; more is a mistake of the source."""

SPANNE = 60
"""Years a series is followed; none of a council is as old."""
SO_GUT_WIE_ENDLOS = 10
"""An end so many years after the last one that matters is none: some write 2099."""

_TAKTE = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_STELLE = "X-STELLE"


@frozen
class Termin:
    """One VEVENT as read; moments carry their zone, all-day events have days."""

    zeile: int
    uid: str
    name: str
    beginn: datetime | date
    ende: datetime | date | None = None
    ort: str = ""
    status: str = ""
    regeln: tuple[icalendar.vRecur, ...] = ()
    dazu: tuple[datetime | date | tuple[datetime, datetime], ...] = ()
    """RDATE: further days, moments, or spans with an end of their own."""
    ausser: tuple[datetime | date, ...] = ()
    statt: datetime | date | None = None
    """RECURRENCE-ID: the occurrence of a series that this event replaces."""
    ab_hier: bool = False
    """It replaces all later occurrences as well."""
    folge: int = 0
    """SEQUENCE: the newer version of two has the higher one."""

    @property
    def einzeln(self) -> bool:
        """Tell whether it is an event of its own, with no series around it."""
        return not (self.regeln or self.dazu or self.statt)


@frozen
class Wiederkehr:
    """One occurrence: the event that describes it, the day it was due, and when it takes place."""

    termin: Termin
    tag: date
    beginn: datetime | date
    ende: datetime | date | None


def wiederkehren(
    datei: str, serie: Sequence[Termin], stadt: tzinfo, endlos_bis: int
) -> tuple[Wiederkehr, ...]:
    """Return the occurrences of the events of one UID in the order of time.

    A rule without an end is followed to the end of the year ``endlos_bis``. Raises InputError for a rule that
    cannot be followed, repeats more often than hourly, or has more than 5000 occurrences.
    """
    kopf = next((termin for termin in serie if termin.regeln or termin.dazu), serie[0])
    problems = [
        Problem(datei, str(termin.zeile), meldung, termin.uid)
        for termin in serie
        for regel in termin.regeln
        if (meldung := _mangel(regel, termin.beginn, max(endlos_bis, kopf.beginn.year) - termin.beginn.year))
    ]
    if problems:
        raise InputError(problems)
    zone = kopf.beginn.tzinfo if isinstance(kopf.beginn, datetime) and kopf.beginn.tzinfo else stadt
    found: dict[tuple[int, str], Wiederkehr] = {}
    try:
        for teil in _entfalten(serie, zone, max(endlos_bis, kopf.beginn.year)):
            wiederkehr = _wiederkehr(serie[int(str(teil[_STELLE]))], teil, zone)
            found[wiederkehr.termin.zeile, wiederkehr.beginn.isoformat()] = wiederkehr
            if len(found) > HOECHSTENS:
                break
    except Exception as error:  # whatever the libraries stumble over in a rule is the rule's fault
        meldung = Text("The recurrence of this event is not readable")
        raise InputError([Problem(datei, str(kopf.zeile), meldung, kopf.uid)]) from error
    if len(found) > HOECHSTENS:
        meldung = Text("This event recurs more than {anzahl} times", anzahl=HOECHSTENS)
        raise InputError([Problem(datei, str(kopf.zeile), meldung, kopf.uid)])
    return tuple(sorted(found.values(), key=lambda w: (w.beginn.isoformat(), w.termin.zeile)))


def _mangel(regel: icalendar.vRecur, beginn: datetime | date, jahre: int) -> Text | None:
    """Return what makes a rule impossible or endless to follow, before anything tries to follow it.

    ``jahre`` is how long a rule without an end would be followed.
    """
    if regel.get("FREQ", [""])[0] not in _TAKTE:
        return Text("A sitting recurs daily, weekly, monthly or yearly")
    if min(regel.get("INTERVAL", [1])) < 1:
        return Text("An event recurs every 1, 2, 3 … days, weeks, months or years")
    am_tag = prod(len(regel.get(teil, [0])) for teil in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if am_tag > 24 or max(regel.get("COUNT", [1])) > HOECHSTENS:
        return Text("This event recurs more than {anzahl} times", anzahl=HOECHSTENS)
    if jahre > SPANNE:
        return Text("A series that goes on for more than {jahre} years is a mistake", jahre=SPANNE)
    if not findet(regel, _tag(beginn), SPANNE):
        return Text("This recurrence rule is not readable")
    return None


def _entfalten(serie: Sequence[Termin], zone: tzinfo, endlos_bis: int) -> Iterator[icalendar.Component]:
    """Yield what the library finds, in growing steps: who counts can stop before a mistake grows too large."""
    kalender = icalendar.Calendar()
    for stelle, termin in enumerate(serie):
        kalender.add_component(_geruest(stelle, termin, zone, endlos_bis))
    abfrage = recurring_ical_events.of(kalender)
    jahr, schritt = min(_jahre(serie)), 1
    ende = min(max(*_jahre(serie), *_enden(serie, endlos_bis)) + 1, JAHRE.stop)
    while jahr < ende:
        naechstes = min(jahr + schritt, ende)
        yield from abfrage.between(date(jahr, 1, 1), date(naechstes, 1, 1))
        jahr, schritt = naechstes, schritt * 2


def _jahre(serie: Sequence[Termin]) -> Iterator[int]:
    """Yield the years in which something of a series may begin first."""
    for termin in serie:
        yield termin.beginn.year
        yield from (wann[0].year if isinstance(wann, tuple) else wann.year for wann in termin.dazu)


def _enden(serie: Sequence[Termin], endlos_bis: int) -> Iterator[int]:
    """Yield the last years in which rules may still give something."""
    yield endlos_bis
    for termin in serie:
        for regel in termin.regeln:
            bis = regel.get("UNTIL", [None])[0]
            if bis is None and "COUNT" in regel:
                yield termin.beginn.year + SPANNE
            elif bis is not None and bis.year <= endlos_bis + SO_GUT_WIE_ENDLOS:
                yield bis.year


def _geruest(stelle: int, termin: Termin, zone: tzinfo, endlos_bis: int) -> icalendar.Event:
    """Return the bare event the library needs: when, how often, and its place in the series.

    Everything in it is of the wall clock of one ``zone``, and it has no end: the library would turn an end
    before its start around, and ends are ours to read.
    """
    event = icalendar.Event()
    event.add("UID", "serie")
    event.add(_STELLE, str(stelle))
    event.add("SEQUENCE", termin.folge)
    event.add("DTSTART", _wand(termin.beginn, zone))
    for regel in termin.regeln:
        event.add("RRULE", _endlich(regel, termin.beginn, zone, endlos_bis))
    for dazu in termin.dazu:
        spanne = tuple(_wand(w, zone) for w in dazu) if isinstance(dazu, tuple) else _wand(dazu, zone)
        event.add("RDATE", [spanne])
    for ausser in termin.ausser:
        event.add("EXDATE", [_wand(ausser, zone)])
    if termin.statt is not None:
        bereich = {"RANGE": "THISANDFUTURE"} if termin.ab_hier else {}
        event.add("RECURRENCE-ID", _wand(termin.statt, zone), bereich)
    return event


def _endlich(
    regel: icalendar.vRecur, beginn: datetime | date, zone: tzinfo, endlos_bis: int
) -> icalendar.vRecur:
    """Return a rule that ends, and whose end is of the kind of its start; a last day counts as a whole."""
    neu = icalendar.vRecur(regel)
    bis = regel.get("UNTIL", [None])[0]
    if bis is None and "COUNT" in regel:
        return neu
    neu.pop("COUNT", None)
    if bis is not None and bis.year > endlos_bis + SO_GUT_WIE_ENDLOS:
        bis = None
    bis = date(endlos_bis, 12, 31) if bis is None else _wand(bis, zone)
    if isinstance(beginn, datetime) and not isinstance(bis, datetime):
        bis = datetime.combine(bis, time(23, 59, 59))
    elif isinstance(bis, datetime) and not isinstance(beginn, datetime):
        bis = bis.date()
    neu["UNTIL"] = [bis]
    return neu


def _wand(wert: datetime | date, zone: tzinfo) -> datetime | date:
    return uhr(wert, zone) if isinstance(wert, datetime) else wert


def _wiederkehr(termin: Termin, teil: icalendar.Component, zone: tzinfo) -> Wiederkehr:
    """Return an occurrence: it lasts as long as its event does, unless an addition brought its own end."""
    beginn, bis = _zeit(teil, "DTSTART"), _zeit(teil, "DTEND")
    tag = _tag(beginn if termin.ab_hier else _zeit(teil, "RECURRENCE-ID"))
    ende: datetime | date | None = None
    if not isinstance(beginn, datetime):
        if termin.ende is not None:
            ende = beginn + (_tag(termin.ende) - _tag(termin.beginn))
        return Wiederkehr(termin, tag, beginn, ende)
    if isinstance(bis, datetime) and bis > beginn:
        ende = bis.replace(tzinfo=zone)
    elif isinstance(termin.ende, datetime) and isinstance(termin.beginn, datetime):
        laenge = uhr(termin.ende, zone) - uhr(termin.beginn, zone)
        ende = (beginn + laenge).replace(tzinfo=zone)
    return Wiederkehr(termin, tag, beginn.replace(tzinfo=zone), ende)


def _zeit(teil: icalendar.Component, name: str) -> datetime | date:
    """Return a property of an occurrence; the library always sets these to a day or a moment."""
    feld: Any = teil[name]
    wert: datetime | date = feld.dt
    return wert


def _tag(wert: datetime | date) -> date:
    return wert.date() if isinstance(wert, datetime) else wert
