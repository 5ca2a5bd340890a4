"""What ``icalendar`` itself would write: our writer is held against it, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

from gremienplan.publishing.kalender import PRODID, Kopf, clean, in_utc, zeitzone_bytes
from gremienplan.release import Fassung


class Wortlaut(vText):
    r"""A text that keeps a backslash before an N, where ``icalendar`` writes a line break instead."""

    def to_ical(self) -> bytes:
        text = str(self).replace("\\", "\\\\").replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")
        return text.encode()


def _wortlaut(*zeilen: str) -> Wortlaut:
    return Wortlaut("\n".join(map(clean, zeilen)))


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
    vcalendar.add("REFRESH-INTERVAL", timedelta(hours=12), {"VALUE": "DURATION"})
    vcalendar.add("X-PUBLISHED-TTL", vText("PT12H"))
    vcalendar.add("COLOR", kopf.farbe)
    if kopf.adresse:
        vcalendar.add("SOURCE", clean(kopf.adresse), {"VALUE": "URI"})
        vcalendar.add("URL", clean(kopf.adresse))
    ende = b"END:VCALENDAR\r\n"
    anfang: bytes = vcalendar.to_ical(sorted=False)
    return b"".join((anfang.removesuffix(ende), zeitzone_bytes(zone), *ereignisse, ende))
