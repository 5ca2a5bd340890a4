"""A stricter linter of raw calendar bytes: what RFC 5545 says of every line of ours, and the rules for real clients.

Written from the standard, beside ``lesen.lint``, which it begins with; it shares no code with what writes the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.publishing.lesen import Zeile, lines, lint

TEXTE = {
    "UID",
    "SUMMARY",
    "LOCATION",
    "DESCRIPTION",
    "CATEGORIES",
    "NAME",
    "X-WR-CALNAME",
    "X-WR-CALDESC",
    "TZNAME",
}
ERLAUBT = {
    "VCALENDAR": {
        *(
            "VERSION",
            "PRODID",
            "CALSCALE",
            "UID",
            "NAME",
            "X-WR-CALNAME",
            "DESCRIPTION",
            "X-WR-CALDESC",
            "COLOR",
        ),
        *("LAST-MODIFIED", "REFRESH-INTERVAL", "X-PUBLISHED-TTL", "SOURCE", "URL"),
    },
    "VTIMEZONE": {"TZID"},
    "DAYLIGHT": {"DTSTART", "RRULE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"},
    "STANDARD": {"DTSTART", "RRULE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"},
    "VEVENT": {
        *(
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
        ),
        *("LOCATION", "CATEGORIES", "DESCRIPTION"),
    },
}
"""Component -> the properties we write there; each at most once."""
DARIN = {"": {"VCALENDAR"}, "VCALENDAR": {"VTIMEZONE", "VEVENT"}, "VTIMEZONE": {"DAYLIGHT", "STANDARD"}}
"""Component -> the components it may hold."""
PARAMETER = {
    "DTSTART": (";TZID=Europe/Berlin", ";VALUE=DATE"),
    "DTEND": (";TZID=Europe/Berlin", ";VALUE=DATE"),
    "REFRESH-INTERVAL": (";VALUE=DURATION",),
    "SOURCE": (";VALUE=URI",),
}
"""Property -> its parameters as written; all others have none."""
WECHSEL = {
    "DAYLIGHT": ("19700329T020000", "3", "+0100", "+0200", "CEST"),
    "STANDARD": ("19701025T030000", "10", "+0200", "+0100", "CET"),
}
"""Half of the year -> its first beginning, its month, the offsets before and after, its name."""
ABGESAGT = ("Abgesagt: ", "Cancelled: ", "Nicht mehr eingeladen: ", "No longer invited: ")
BERLIN = ZoneInfo("Europe/Berlin")


def strict(data: bytes) -> list[str]:
    """Return every breach of a rule; empty for a feed that nothing can be said against."""
    if funde := lint(data):
        return funde
    return [*_structure(lines(data)), *_values(lines(data)), *_zone(data), *_events(data)]


def _structure(zeilen: Sequence[Zeile]) -> Iterator[str]:
    """Components are nested as allowed; a property stands where it may, once, before the components inside."""
    offen, gesehen = [""], [set[str]()]
    for zeile in zeilen:
        if zeile.name == "BEGIN":
            if zeile.wert not in DARIN.get(offen[-1], set()):
                yield f"{zeile.wert} in {offen[-1] or 'nothing'}"
            gesehen[-1].add("BEGIN")
            offen.append(zeile.wert)
            gesehen.append(set())
        elif zeile.name == "END":
            if zeile.wert != offen[-1]:
                yield f"END:{zeile.wert} in {offen[-1]}"
                return
            offen.pop()
            gesehen.pop()
        else:
            if zeile.name not in ERLAUBT.get(offen[-1], set()):
                yield f"{zeile.name} in {offen[-1]}"
            if zeile.name in gesehen[-1] or "BEGIN" in gesehen[-1]:
                yield f"{zeile.name} twice, or after a component"
            gesehen[-1].add(zeile.name)
    if offen != [""]:
        yield f"{offen[-1]} has no end"


def _values(zeilen: Sequence[Zeile]) -> Iterator[str]:
    """Parameters are those of the property, escapes those of the standard, numbers and times are such."""
    for zeile in zeilen:
        if zeile.name in ("BEGIN", "END"):
            continue
        in_zone = zeile.name == "DTSTART" and not zeile.parameter
        if not in_zone and zeile.parameter not in PARAMETER.get(zeile.name, ("",)):
            yield f"{zeile.name} with {zeile.parameter or 'no parameter'}"
        if zeile.name in TEXTE and re.search(r"(?<!\\)(?:\\\\)*(?:\\[^\\;,nN]|\\$)", zeile.wert):
            yield f"{zeile.name} with an unknown escape"
        if zeile.name in TEXTE and re.search(r"(?<!\\)(?:\\\\)*[;,]", zeile.wert):
            yield f"{zeile.name} with a bare comma or semicolon"
        if zeile.name == "SEQUENCE" and not re.fullmatch(r"0|[1-9]\d{0,8}", zeile.wert):
            yield "a SEQUENCE that is no number"
        if zeile.name in ("DTSTAMP", "LAST-MODIFIED") and not _moment(zeile.wert, "%Y%m%dT%H%M%SZ"):
            yield f"{zeile.name} that is no moment"
        if zeile.name in ("SOURCE", "URL") and not re.fullmatch(r"https?://\S{1,240}", zeile.wert):
            yield f"{zeile.name} that is no address, or too long a one"
        if zeile.name == "COLOR" and not re.fullmatch(r"[a-z]+", zeile.wert):
            yield "a COLOR that is no name"
        if zeile.name == "CLASS" and zeile.wert not in ("PUBLIC", "PRIVATE"):
            yield "an unknown CLASS"
        if zeile.name == "UID" and not re.fullmatch(r"[a-z0-9.-]+@[a-z0-9.-]+", zeile.wert):
            yield "a UID that some client could not keep"
        if zeile.name == "UID" and re.search(r"\b20\d\d-?[01]\d-?[0-3]\d", zeile.wert):
            yield "a UID made of a date"


def _zone(data: bytes) -> Iterator[str]:
    """The VTIMEZONE is two rules without end, by weekday, and the one that events name."""
    for name, (beginn, monat, von, zu, kurz) in WECHSEL.items():
        found = re.search(rf"BEGIN:{name}\r\n(.*?)END:{name}\r\n", data.decode(), re.DOTALL)
        werte = dict(zeile.split(":", 1) for zeile in (found[1] if found else "").split("\r\n") if zeile)
        regel = set(werte.pop("RRULE", "").split(";"))
        if regel != {"FREQ=YEARLY", "BYDAY=-1SU", f"BYMONTH={monat}"}:
            yield f"{name} by another rule"
        if werte != {"DTSTART": beginn, "TZOFFSETFROM": von, "TZOFFSETTO": zu, "TZNAME": kurz}:
            yield f"{name} with other offsets"
    if data.count(b"\r\nTZID:Europe/Berlin\r\n") != 1:
        yield "another time zone than that of the events"


def _events(data: bytes) -> Iterator[str]:
    """What belongs together agrees: stamps, cancellation, title and transparency; local times are on the clock."""
    stempel = []
    for block in re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT\r\n", data.decode(), re.DOTALL):
        v = {zeile.name: zeile for zeile in lines(block.encode())}
        stempel.append(v["DTSTAMP"].wert)
        if v["DTSTAMP"].wert != v["LAST-MODIFIED"].wert:
            yield "DTSTAMP is not the time of the last change"
        abgesagt = v["STATUS"].wert == "CANCELLED"
        if abgesagt is not v["SUMMARY"].text.startswith(ABGESAGT):
            yield "title and STATUS do not agree"
        ganztags = v["DTSTART"].parameter == ";VALUE=DATE"
        if v["TRANSP"].wert != ("TRANSPARENT" if abgesagt or ganztags else "OPAQUE"):
            yield "TRANSP does not agree"
        if v["DTSTART"].parameter != v["DTEND"].parameter:
            yield "start and end of different types"
        for name in ("DTSTART", "DTEND"):
            zeit = _moment(v[name].wert, "%Y%m%d" if ganztags else "%Y%m%dT%H%M%S")
            if zeit is None or _skipped(zeit):
                yield f"{name} is not on the clock"
    kopf = [z.wert for z in lines(data.partition(b"BEGIN:VTIMEZONE")[0]) if z.name == "LAST-MODIFIED"]
    if kopf != ([max(stempel)] if stempel else []):
        yield "the calendar's LAST-MODIFIED is not that of its last change"


def _moment(wert: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(wert, form)  # noqa: DTZ007  (local, or known to be UTC)
    except ValueError:
        return None


def _skipped(zeit: datetime) -> bool:
    local = zeit.replace(tzinfo=BERLIN)
    return datetime.fromtimestamp(local.timestamp(), BERLIN).replace(tzinfo=None) != zeit
