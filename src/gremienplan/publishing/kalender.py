"""The iCalendar writer: one event, one time zone and one calendar as bytes that real clients read.

Every rule here was measured with clients or reported of them. What ``icalendar`` makes by itself is not
enough in four places: its VTIMEZONE lists single dates, its REFRESH-INTERVAL lacks the VALUE, it invents a
calendar UID, and it takes a backslash before an N for a line break.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import frozen
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from gremienplan.errors import InputError, Problem
from gremienplan.release import Fassung
from gremienplan.texts import Text

PRODID = "-//gremienplan//Sitzungskalender//DE"
"""What marks a calendar file as ours."""

_AUFFRISCHEN = timedelta(hours=12)
_UNBRAUCHBAR = {"Cc", "Cs"}
"""Unicode categories that damage a file: control characters and lone surrogates."""


@frozen
class Kopf:
    """What a calendar says of itself."""

    uid: str
    name: str
    beschreibung: tuple[str, ...]
    farbe: str
    """A colour name of CSS 3."""
    geaendert: datetime | None = None
    """Time of the last change of any of its events, in UTC; None for an empty calendar."""
    adresse: str = ""
    """Where the calendar can be fetched; empty when nobody has said so."""


class _Wortlaut(vText):
    r"""A text that keeps a backslash before an N, where ``icalendar`` writes a line break instead."""

    def to_ical(self) -> bytes:
        text = str(self).replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return text.encode()


def clean(text: str) -> str:
    r"""Return a text on one line: what would break a line or a file becomes a single blank.

    >>> clean("Aula\r\nSchulstraße\x00 1")
    'Aula Schulstraße 1'
    """
    return " ".join("".join(" " if unicodedata.category(c) in _UNBRAUCHBAR else c for c in text).split())


def _wortlaut(*zeilen: str) -> _Wortlaut:
    return _Wortlaut("\n".join(map(clean, zeilen)))


def time_zone(name: str, jahr: int) -> ZoneInfo:
    """Return a city's time zone after making sure that our VTIMEZONE is true of it around ``jahr``.

    Raises InputError for a zone nobody knows, and for one that does not keep Central European (Summer) Time.
    """
    try:
        found = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        found = None
    if found is None or not all(_mitteleuropaeisch(found, j) for j in (jahr - 1, jahr, jahr + 1)):
        meldung = Text(
            "Calendars can only be written for time zones with Central European Time (CET and CEST)"
        )
        hinweis = Text("Such a time zone is, for instance, {name}", name="Europe/Berlin")
        raise InputError([Problem("stadt.toml", "stadt.zeitzone", meldung, name, hinweis)])
    return found


def _mitteleuropaeisch(zone: ZoneInfo, jahr: int) -> bool:
    """Tell whether CET and CEST alternate on the last Sundays of March and October, at 01:00 UTC."""
    for monat, vorher, nachher in ((3, "CET", "CEST"), (10, "CEST", "CET")):
        ende = date(jahr, monat, 31)
        sonntag = ende - timedelta(days=ende.isoweekday() % 7)
        wechsel = datetime(sonntag.year, sonntag.month, sonntag.day, 1, tzinfo=UTC)
        namen = [(wechsel + timedelta(minutes=m)).astimezone(zone).tzname() for m in (-1, 0)]
        if namen != [vorher, nachher]:
            return False
    return True


def in_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """Return a naive local time as UTC; of an hour that the clock shows twice, the first."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def exists(local: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clock ever shows a naive local time: it skips an hour in March."""
    return in_utc(local, zone).astimezone(zone).replace(tzinfo=None) == local


@cache
def zeitzone_bytes(zone: ZoneInfo) -> bytes:
    """Return the VTIMEZONE of a zone that keeps CET and CEST, by two rules without end."""
    winter, sommer = timedelta(hours=1), timedelta(hours=2)
    komponente = Timezone()
    komponente.add("TZID", zone.key)
    for abschnitt, name, seit, von, zu in (
        (TimezoneDaylight(), "CEST", datetime(1970, 3, 29, 2), winter, sommer),
        (TimezoneStandard(), "CET", datetime(1970, 10, 25, 3), sommer, winter),
    ):
        abschnitt.add("DTSTART", seit)
        abschnitt.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": seit.month, "BYDAY": "-1SU"})
        abschnitt.add("TZOFFSETFROM", von)
        abschnitt.add("TZOFFSETTO", zu)
        abschnitt.add("TZNAME", name)
        komponente.add_component(abschnitt)
    data: bytes = komponente.to_ical(sorted=False)
    return data


def ereignis_bytes(uid: str, fassung: Fassung, zone: ZoneInfo) -> bytes:
    """Return one VEVENT: a single event with its end, without persons, alarms and repetition."""
    gesicht, geaendert = fassung.gesicht, in_utc(fassung.geaendert, zone)
    vevent = Event()
    vevent.add("UID", _wortlaut(uid))
    vevent.add("DTSTAMP", geaendert)
    vevent.add("LAST-MODIFIED", geaendert)
    vevent.add("SEQUENCE", fassung.sequenz)
    for name, moment in (("DTSTART", gesicht.beginn), ("DTEND", gesicht.ende)):
        vevent.add(name, moment.date() if gesicht.ganztags else moment.replace(tzinfo=zone))
    vevent.add("SUMMARY", _wortlaut(gesicht.titel))
    vevent.add("STATUS", gesicht.status.value)
    vevent.add("TRANSP", "TRANSPARENT" if fassung.abgesagt or gesicht.ganztags else "OPAQUE")
    vevent.add("CLASS", "PUBLIC" if gesicht.oeffentlich else "PRIVATE")
    for name, wert in (("LOCATION", gesicht.ort), ("CATEGORIES", gesicht.kategorie)):
        if clean(wert):
            vevent.add(name, _wortlaut(wert))
    vevent.add("DESCRIPTION", _wortlaut(*gesicht.worte))
    data: bytes = vevent.to_ical(sorted=False)
    return data


def kalender_bytes(kopf: Kopf, zone: ZoneInfo, ereignisse: Iterable[bytes]) -> bytes:
    """Return a whole calendar from its head, its VTIMEZONE and its events in their order."""
    vcalendar = Calendar()
    vcalendar.add("VERSION", "2.0")
    vcalendar.add("PRODID", PRODID)
    vcalendar.add("CALSCALE", "GREGORIAN")
    vcalendar.add("UID", _wortlaut(kopf.uid))
    for eigenschaft in ("NAME", "X-WR-CALNAME"):
        vcalendar.add(eigenschaft, _wortlaut(kopf.name))
    for eigenschaft in ("DESCRIPTION", "X-WR-CALDESC"):
        vcalendar.add(eigenschaft, _wortlaut(*kopf.beschreibung))
    if kopf.geaendert is not None:
        vcalendar.add("LAST-MODIFIED", kopf.geaendert)
    vcalendar.add("REFRESH-INTERVAL", _AUFFRISCHEN, {"VALUE": "DURATION"})
    vcalendar.add("X-PUBLISHED-TTL", vText("PT12H"))
    vcalendar.add("COLOR", kopf.farbe)
    if kopf.adresse:
        vcalendar.add("SOURCE", clean(kopf.adresse), {"VALUE": "URI"})
        vcalendar.add("URL", clean(kopf.adresse))
    ende = b"END:VCALENDAR\r\n"
    anfang: bytes = vcalendar.to_ical(sorted=False)
    return b"".join((anfang.removesuffix(ende), zeitzone_bytes(zone), *ereignisse, ende))
