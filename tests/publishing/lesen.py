"""A reader and a strict linter of raw calendar bytes, written from the standard alone, without ``icalendar``."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime

from attrs import frozen

ZEIT = re.compile(r"^\d{8}T\d{6}$")
EINMAL = (
    "UID",
    "DTSTAMP",
    "LAST-MODIFIED",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "STATUS",
    "TRANSP",
    "CLASS",
)
VERBOTEN = ("ATTENDEE", "ORGANIZER", "METHOD", "RRULE", "RDATE", "DURATION", "COMMENT", "CONTACT", "TRIGGER")


@frozen
class Zeile:
    """One content line: name, parameters as written, value as written."""

    name: str
    parameter: str
    wert: str

    @property
    def text(self) -> str:
        """The value as a text, unescaped in one pass."""
        return re.sub(r"\\(.)", lambda m: {"n": "\n", "N": "\n"}.get(m[1], m[1]), self.wert)


@frozen
class Vevent:
    """One event as its lines."""

    zeilen: tuple[Zeile, ...]

    def __getitem__(self, name: str) -> str:
        (text,) = (zeile.text for zeile in self.zeilen if zeile.name == name)
        return text

    def get(self, name: str) -> str:
        """Return the text of a property, or nothing."""
        return next((zeile.text for zeile in self.zeilen if zeile.name == name), "")

    def zeit(self, name: str) -> datetime:
        """Return a local time."""
        return datetime.fromisoformat(self[name])


def lines(data: bytes) -> list[Zeile]:
    """Return the unfolded content lines."""
    found = []
    for zeile in data.decode().replace("\r\n ", "").split("\r\n")[:-1]:
        match = re.match(r'^([A-Z0-9-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^":;,]*))*):(.*)$', zeile, re.DOTALL)
        if not match:
            raise ValueError(zeile)
        found.append(Zeile(match[1], match[2], match[3]))
    return found


def events(data: bytes) -> list[Vevent]:
    """Return the events in the order of the file."""
    found: list[Vevent] = []
    offen: list[Zeile] | None = None
    for zeile in lines(data):
        if (zeile.name, zeile.wert) == ("BEGIN", "VEVENT"):
            offen = []
        elif (zeile.name, zeile.wert) == ("END", "VEVENT"):
            found.append(Vevent(tuple(offen or ())))
            offen = None
        elif offen is not None:
            offen.append(zeile)
    return found


def uids(data: bytes) -> list[str]:
    """Return the UIDs in the order of the file."""
    return [vevent["UID"] for vevent in events(data)]


def event(data: bytes, uid: str) -> Vevent:
    """Return the one event of a UID."""
    (found,) = (vevent for vevent in events(data) if vevent["UID"] == uid)
    return found


def text(data: bytes, uid: str) -> list[str]:
    """Return the lines of the description of the one event of a UID."""
    return event(data, uid)["DESCRIPTION"].split("\n")


def head(data: bytes) -> dict[str, str]:
    """Return the calendar's own properties."""
    zeilen = lines(data)
    ende = next(n for n, zeile in enumerate(zeilen) if n and zeile.name == "BEGIN")
    return {zeile.name: zeile.text for zeile in zeilen[1:ende]}


def lint(data: bytes) -> list[str]:
    """Return every breach of the rules of ``feeds.md`` in a calendar's bytes; broken lines end the reading."""
    if funde := _octets(data):
        return funde
    funde = [fund for vevent in events(data) for fund in _vevent(vevent)]
    return funde or _calendar(data)


def _octets(data: bytes) -> list[str]:
    funde = []
    if data.startswith(b"\xef\xbb\xbf"):
        funde.append("a byte order mark")
    if not data.endswith(b"\r\n") or re.search(rb"\r(?!\n)|(?<!\r)\n", data):
        funde.append("a line that does not end in CRLF")
    for zeile in data.split(b"\r\n")[:-1]:
        if len(zeile) > 75:
            funde.append(f"a line of {len(zeile)} octets")
        if not zeile.strip():
            funde.append("an empty line")
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", zeile):
            funde.append("a control character")
        try:
            zeile.decode()
        except UnicodeDecodeError:
            funde.append("a fold inside a character")
    return funde


def _calendar(data: bytes) -> list[str]:
    zeilen = lines(data)
    namen = Counter(zeile.name for zeile in zeilen)
    kopf = head(data)
    komponenten = [f"{zeile.name}:{zeile.wert}" for zeile in zeilen if zeile.name in ("BEGIN", "END")]
    funde = [f"{name} is forbidden" for name in VERBOTEN if namen[name] - 2 * (name == "RRULE") > 0]
    funde += [
        f"the calendar has no {name}"
        for name in ("VERSION", "PRODID", "UID", "NAME", "X-WR-CALNAME")
        if name not in kopf
    ]
    if (komponenten[0], komponenten[-1]) != ("BEGIN:VCALENDAR", "END:VCALENDAR") or namen["VERSION"] != 1:
        funde.append("not one calendar")
    if komponenten.count("BEGIN:VTIMEZONE") != 1 or "BEGIN:VALARM" in komponenten:
        funde.append("not exactly one VTIMEZONE, or an alarm")
    if not any(z == Zeile("REFRESH-INTERVAL", ";VALUE=DURATION", "PT12H") for z in zeilen):
        funde.append("REFRESH-INTERVAL without its VALUE")
    if kopf.get("X-PUBLISHED-TTL") != "PT12H":
        funde.append("no X-PUBLISHED-TTL")
    uids = [vevent["UID"] for vevent in events(data)]
    if len(set(uids)) != len(uids):
        funde.append("a UID twice")
    folge = [(vevent.zeit("DTSTART"), vevent["UID"]) for vevent in events(data)]
    if folge != sorted(folge):
        funde.append("events out of order")
    return funde


def _vevent(vevent: Vevent) -> list[str]:
    namen = Counter(zeile.name for zeile in vevent.zeilen)
    funde = [f"{namen[name]} times {name}" for name in EINMAL if namen[name] != 1]
    funde += [
        f"{name} more than once" for name in ("CATEGORIES", "LOCATION", "DESCRIPTION") if namen[name] > 1
    ]
    if funde:
        return funde
    tage = {zeile.parameter for zeile in vevent.zeilen if zeile.name in ("DTSTART", "DTEND")}
    if tage == {";VALUE=DATE"}:
        if not vevent["DTSTART"].isdigit() or not vevent["DTSTART"] < vevent["DTEND"]:
            funde.append("an end that is not after the start")
    elif vevent.zeit("DTEND") <= vevent.zeit("DTSTART"):
        funde.append("an end that is not after the start")
    for zeile in vevent.zeilen:
        if zeile.name in ("DTSTART", "DTEND") and not (
            tage == {";VALUE=DATE"} or (zeile.parameter == ";TZID=Europe/Berlin" and ZEIT.match(zeile.wert))
        ):
            funde.append(f"{zeile.name} without its time zone")
        if zeile.name in ("DTSTAMP", "LAST-MODIFIED") and not (
            zeile.wert.endswith("Z") and ZEIT.match(zeile.wert[:-1])
        ):
            funde.append(f"{zeile.name} not in UTC")
        if re.search(r"(?<!\\)(?:\\\\)*[;,]", zeile.wert) and zeile.name in (
            "SUMMARY",
            "LOCATION",
            "DESCRIPTION",
        ):
            funde.append(f"{zeile.name} with a bare comma or semicolon")
        if not zeile.wert and zeile.name in ("LOCATION", "CATEGORIES"):
            funde.append(f"{zeile.name} without a value")
    if vevent["STATUS"] not in ("TENTATIVE", "CONFIRMED", "CANCELLED"):
        funde.append("an unknown STATUS")
    if not vevent["SUMMARY"].strip():
        funde.append("an empty SUMMARY")
    return funde
