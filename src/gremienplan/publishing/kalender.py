"""The iCalendar writer: one event, one time zone and one calendar as bytes that real clients read.

Every rule here was measured with clients or reported of them. What ``icalendar`` makes by itself is not
enough in four places: its VTIMEZONE lists single dates, its REFRESH-INTERVAL lacks the VALUE, it invents a
calendar UID, and it takes a backslash before an N for a line break. Lines are written here, and are those that
``icalendar`` would write (the tests hold one against the other), in a twentieth of the time (``benchmarks/feeds.py``).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import frozen
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from gremienplan.errors import InputError, Problem
from gremienplan.release import Fassung
from gremienplan.texts import Text

PRODID = "-//gremienplan//Sitzungskalender//DE"
"""What marks a calendar file as ours."""

_AUFFRISCHEN = "PT12H"
_BREIT = 74
"""Octets of a line without its end; the blank before a continued one is the 75th."""
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


@lru_cache(4096)  # most lines stand in many events
def clean(text: str) -> str:
    r"""Return a text on one line: what would break a line or a file becomes a single blank.

    >>> clean("Aula\r\nSchulstraße\x00 1")
    'Aula Schulstraße 1'
    """
    if text.isprintable():  # the usual case, told quickly
        return " ".join(text.split())
    return " ".join("".join(" " if unicodedata.category(c) in _UNBRAUCHBAR else c for c in text).split())


def _wortlaut(*zeilen: str) -> str:
    """Return lines of text as a value: cleaned, escaped, with line breaks between them."""
    text = "\n".join(map(clean, zeilen))
    return text.replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")


def _fold(zeile: str) -> bytes:
    """Return a content line with its end, folded where it is long, never inside a character."""
    data = zeile.encode()
    if len(data) <= _BREIT:
        return data + b"\r\n"
    teile, von = [], 0
    while len(data) - von > _BREIT:
        bis = von + _BREIT
        while data[bis] & 0xC0 == 0x80:  # inside a character
            bis -= 1
        teile.append(data[von:bis])
        von = bis
    return b"\r\n ".join((*teile, data[von:])) + b"\r\n"


def _lines(zeilen: Iterable[str]) -> bytes:
    return b"".join(map(_fold, zeilen))


def _utc(moment: datetime) -> str:
    return f"{moment:%Y%m%dT%H%M%SZ}"


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


def ereignis_bytes(uid: str, fassung: Fassung, zone: ZoneInfo, vorab: Iterable[str] = ()) -> bytes:
    """Return one VEVENT: a single event with its end, without persons, alarms and repetition.

    ``vorab`` are lines of the description before those of the face.
    """
    gesicht, geaendert = fassung.gesicht, _utc(in_utc(fassung.geaendert, zone))
    zeilen = [
        "BEGIN:VEVENT",
        f"UID:{_wortlaut(uid)}",
        f"DTSTAMP:{geaendert}",
        f"LAST-MODIFIED:{geaendert}",
        f"SEQUENCE:{fassung.sequenz}",
    ]
    for name, moment in (("DTSTART", gesicht.beginn), ("DTEND", gesicht.ende)):
        wert = (
            f"{moment:;VALUE=DATE:%Y%m%d}" if gesicht.ganztags else f"{moment:;TZID={zone.key}:%Y%m%dT%H%M%S}"
        )
        zeilen.append(name + wert)
    zeilen += [
        f"SUMMARY:{_wortlaut(gesicht.titel)}",
        f"STATUS:{gesicht.status.value}",
        f"TRANSP:{'TRANSPARENT' if fassung.abgesagt or gesicht.ganztags else 'OPAQUE'}",
        f"CLASS:{'PUBLIC' if gesicht.oeffentlich else 'PRIVATE'}",
    ]
    for name, wert in (("LOCATION", gesicht.ort), ("CATEGORIES", gesicht.kategorie)):
        if text := _wortlaut(wert):
            zeilen.append(f"{name}:{text}")
    zeilen += [f"DESCRIPTION:{_wortlaut(*vorab, *gesicht.worte)}", "END:VEVENT"]
    return _lines(zeilen)


def kalender_bytes(kopf: Kopf, zone: ZoneInfo, ereignisse: Iterable[bytes]) -> bytes:
    """Return a whole calendar from its head, its VTIMEZONE and its events in their order."""
    name, beschreibung, adresse = _wortlaut(kopf.name), _wortlaut(*kopf.beschreibung), clean(kopf.adresse)
    zeilen = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODID}",
        "CALSCALE:GREGORIAN",
        f"UID:{_wortlaut(kopf.uid)}",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"DESCRIPTION:{beschreibung}",
        f"X-WR-CALDESC:{beschreibung}",
        *([f"LAST-MODIFIED:{_utc(kopf.geaendert)}"] if kopf.geaendert else []),
        f"REFRESH-INTERVAL;VALUE=DURATION:{_AUFFRISCHEN}",
        f"X-PUBLISHED-TTL:{_AUFFRISCHEN}",
        f"COLOR:{kopf.farbe}",
        *([f"SOURCE;VALUE=URI:{adresse}", f"URL:{adresse}"] if adresse else []),
    ]
    return b"".join((_lines(zeilen), zeitzone_bytes(zone), *ereignisse, b"END:VCALENDAR\r\n"))
