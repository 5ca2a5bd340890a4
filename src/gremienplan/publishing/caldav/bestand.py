"""What a calendar server says of its events: answers in XML, and in them events as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeAlias
from urllib.parse import unquote, urlsplit
from xml.parsers import expat
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from gremienplan.publishing.caldav.ressourcen import MARKE_FEED, MARKE_SUMME

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
LISTE = (
    f'<?xml version="1.0" encoding="utf-8"?><D:propfind xmlns:D="{DAV}" xmlns:C="{CALDAV}"><D:prop>'
    "<D:resourcetype/><C:supported-calendar-component-set/></D:prop></D:propfind>"
).encode()
"""The question what stands in a calendar: names only, nothing of what the events say."""
TIEFE = 20
"""So deep elements may stand inside each other."""

Inhalt: TypeAlias = Mapping[str, tuple[str, str]]
"""Property of an event -> its parameters and its value, as written."""


class KeinXml(ValueError):
    """An answer that is no XML of a calendar server."""


@frozen
class Eintrag:
    """One answer of many: whose it is, and the properties that were given."""

    href: str
    status: int
    """Of the whole answer, where it has one; else 0."""
    etag: str
    daten: str
    arten: frozenset[str]
    """Names of the elements in ``resourcetype``."""
    komponenten: frozenset[str]
    """What a calendar may hold; empty where the server does not say."""

    @property
    def name(self) -> str:
        """The last part of the address, decoded; empty for a calendar, whose address ends with a slash."""
        return unquote(urlsplit(self.href).path.rpartition("/")[2])


@frozen
class Bestand:
    """An event of ours, or in the place of one, as the server has it."""

    name: str
    etag: str
    inhalt: Inhalt
    """Empty where nobody can read it, or where there is more than one event in it."""

    @property
    def feed(self) -> str:
        """The feed it comes from; empty for what is not ours."""
        return self.inhalt.get(MARKE_FEED, ("", ""))[1]

    @property
    def summe(self) -> str:
        """What we noted of what we wrote."""
        return self.inhalt.get(MARKE_SUMME, ("", ""))[1]

    @property
    def uid(self) -> str:
        """The UID that stands in it."""
        return self.inhalt.get("UID", ("", ""))[1]


def question(hrefs: Iterable[str]) -> bytes:
    """Return the question for some events: what they say, and by which ETag this can be changed."""
    namen = "".join(f"<D:href>{escape(href)}</D:href>" for href in hrefs)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><C:calendar-multiget xmlns:D="{DAV}" xmlns:C="{CALDAV}">'
        f"<D:prop><D:getetag/><C:calendar-data/></D:prop>{namen}</C:calendar-multiget>"
    ).encode()


@define
class _Leser:
    """Takes an answer in: element by element, a property counts only where its own status is 200."""

    eintraege: list[Eintrag] = field(factory=list)
    _pfad: list[str] = field(factory=list)
    _text: list[str] = field(factory=list)
    _antwort: dict[str, str] = field(factory=dict)
    _props: dict[str, str] = field(factory=dict)
    _mengen: dict[str, set[str]] = field(factory=dict)
    _innen: dict[str, set[str]] = field(factory=dict)

    def anfang(self, name: str, attribute: dict[str, str]) -> None:
        if len(self._pfad) >= TIEFE:
            raise KeinXml
        if not self._pfad and name != f"{DAV} multistatus":
            raise KeinXml
        if name == f"{DAV} response":
            self._antwort, self._mengen = {}, {}
        elif name == f"{DAV} propstat":
            self._props, self._innen = {}, {}
        elif self._pfad and self._pfad[-1] == f"{DAV} resourcetype":
            self._innen.setdefault("arten", set()).add(name)
        elif name == f"{CALDAV} comp" and self._pfad[-1] == f"{CALDAV} supported-calendar-component-set":
            self._innen.setdefault("komponenten", set()).add(attribute.get("name", "").upper())
        self._pfad.append(name)
        self._text = []

    def ende(self, name: str) -> None:
        self._pfad.pop()
        text, self._text = "".join(self._text), []
        if name == f"{DAV} propstat":
            if _status(self._props.get(f"{DAV} status", "200")) == 200:
                self._antwort |= {k: v for k, v in self._props.items() if k != f"{DAV} status"}
                self._mengen |= self._innen
            self._props = {}
        elif name == f"{DAV} response":
            self.eintraege.append(self._eintrag())
        elif f"{DAV} propstat" in self._pfad:
            if self._pfad[-1] in (f"{DAV} prop", f"{DAV} propstat"):
                self._props[name] = text
        else:
            self._antwort.setdefault(name, text)

    def zeichen(self, text: str) -> None:
        self._text.append(text)

    def verboten(self, *_: object) -> None:
        raise KeinXml

    def _eintrag(self) -> Eintrag:
        antwort = self._antwort
        return Eintrag(
            href=antwort.get(f"{DAV} href", "").strip(),
            status=_status(antwort.get(f"{DAV} status", "")),
            etag=antwort.get(f"{DAV} getetag", "").strip(),
            daten=antwort.get(f"{CALDAV} calendar-data", ""),
            arten=frozenset(self._mengen.get("arten", ())),
            komponenten=frozenset(self._mengen.get("komponenten", ())),
        )


def _status(zeile: str) -> int:
    """Return the number in a line such as ``HTTP/1.1 404 Not Found``; 0 where there is none."""
    match = re.search(r"(?:^|\s)(\d{3})(?:\s|$)", zeile.strip())
    return int(match[1]) if match else 0


def answers(xml: bytes) -> tuple[Eintrag, ...]:
    """Return what a multistatus answer says; raises KeinXml for everything else.

    Document types, and with them entities, are refused: no calendar server needs them.
    """
    leser = _Leser()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = leser.anfang
    parser.EndElementHandler = leser.ende
    parser.CharacterDataHandler = leser.zeichen
    parser.StartDoctypeDeclHandler = leser.verboten
    parser.buffer_text = True
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise KeinXml from None
    return tuple(leser.eintraege)


def read_event(text: str) -> Inhalt:
    """Return the properties of the one event of a resource; empty where there is none, or more than one.

    Of a property that stands there twice the first counts. Alarms and other parts inside the event do not.
    """
    zeilen = re.sub(r"\r?\n[ \t]", "", text).splitlines()
    offen: list[str] = []
    ereignisse = 0
    found: dict[str, tuple[str, str]] = {}
    for name, parameter, wert in filter(None, map(_zeile, zeilen)):
        if name == "BEGIN":
            offen.append(wert.upper())
            ereignisse += offen[-1:] == ["VEVENT"]
        elif name == "END":
            offen = offen[:-1]
        elif offen[-1:] == ["VEVENT"]:
            found.setdefault(name, (parameter, wert))
    return found if ereignisse == 1 else {}


_ZEILE = re.compile(
    r'([A-Za-z0-9-]+)((?:;[^:;="]+=(?:"[^"]*"|[^":;,]*)(?:,(?:"[^"]*"|[^":;,]*))*)*):(.*)', re.DOTALL
)


def _zeile(zeile: str) -> tuple[str, str, str] | None:
    match = _ZEILE.fullmatch(zeile)
    return (match[1].upper(), match[2], match[3].strip()) if match else None


_SINN = ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "TRANSP", "SEQUENCE")
_ZEITEN = ("DTSTART", "DTEND")
_NEU = ("RRULE", "RDATE", "EXDATE", "DURATION", "RECURRENCE-ID")
"""What changes when an event takes place and what none of ours has."""


def same_meaning(soll: Inhalt, ist: Inhalt) -> bool:
    """Tell whether what people see of an event is what we said; how it is written may differ."""
    return (
        all(_text(soll.get(name)) == _text(ist.get(name)) for name in _SINN)
        and all(_zeit(soll.get(name)) == _zeit(ist.get(name)) for name in _ZEITEN)
        and not any(name in ist for name in _NEU)
    )


def _text(wert: tuple[str, str] | None) -> str:
    roh = wert[1] if wert else ""
    entschluesselt = re.sub(r"\\(.)", lambda m: {"n": "\n", "N": "\n"}.get(m[1], m[1]), roh)
    return "\n".join(zeile.strip() for zeile in entschluesselt.splitlines()).strip()


def _zeit(wert: tuple[str, str] | None) -> datetime | str:
    """Return a moment in UTC; what cannot be read stays as it is written."""
    if wert is None:
        return ""
    parameter, roh = wert
    tzid = re.search(r';TZID="?([^";]+)"?', parameter, re.IGNORECASE)
    try:
        gelesen = datetime.strptime(roh.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  (its zone follows)
        if roh.endswith("Z"):
            return gelesen.replace(tzinfo=UTC)
        return gelesen.replace(tzinfo=ZoneInfo(tzid[1])).astimezone(UTC) if tzid else roh
    except (ValueError, OSError, KeyError):
        return f"{parameter.upper()}:{roh}"


def candidates(eintraege: Iterable[Eintrag], domain: str) -> Iterator[Eintrag]:
    """Yield what may be ours by its name: UID of our domain, and ``.ics``. Nothing else is even read."""
    for eintrag in eintraege:
        if eintrag.name.endswith(f"@{domain}.ics") and "/" not in eintrag.name:
            yield eintrag


def stock(eintraege: Iterable[Eintrag]) -> Iterator[Bestand]:
    """Yield what the server has of what we asked for; what vanished meanwhile is not there."""
    for eintrag in eintraege:
        if eintrag.status in (0, 200) and (eintrag.daten or eintrag.etag):
            yield Bestand(eintrag.name, eintrag.etag, read_event(eintrag.daten))
