"""A feed as the resources of a calendar server: one event each, with its time zone and the marks that make it ours.

A feed is a calendar to subscribe to, with everything in one file; a calendar server keeps every event apart, and events
of others beside it. Two marks tell ours: the feed an event comes from, and a checksum of what we said of it.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.publishing.kalender import PRODID
from gremienplan.texts import Text

MARKE_FEED = "X-GREMIENPLAN-FEED"
"""The property that says from which feed an event comes: the identity of its calendar."""
MARKE_SUMME = "X-GREMIENPLAN-SUMME"
"""The property with the checksum of the resource as we wrote it; the checksum itself does not count."""

_EINLADEND = frozenset({b"ATTENDEE", b"ORGANIZER"})
"""What makes a calendar server send invitations; nobody is invited by a calendar of ours."""
_NAME = re.compile(rb"[^:;]*")
_UID = re.compile(r"[^/\\\x00-\x20\x7f]+")
_ENDE = b"END:VCALENDAR\r\n"


@frozen
class Ressource:
    """One event as a calendar server keeps it."""

    uid: str
    inhalt: bytes
    summe: str
    """What ``MARKE_SUMME`` says in it."""

    @property
    def name(self) -> str:
        """The last part of its address, not yet encoded."""
        return f"{self.uid}.ics"


@frozen
class Vorlage:
    """What a calendar shall hold: the events of one feed."""

    feed: str
    """Identity of the feed's calendar, which never changes."""
    ressourcen: tuple[Ressource, ...]
    """In the order of the feed."""

    @property
    def domain(self) -> str:
        """The domain in which all UIDs of the city lie."""
        return self.feed.rpartition("@")[2]


def split(inhalt: bytes, datei: str) -> Vorlage:
    """Return the resources of a feed as ``publish`` wrote it; raises InputError with everything wrong with it."""
    bloecke = list(_blocks(inhalt))
    kopf = [zeile for art, zeilen in bloecke for zeile in zeilen if art == b"VCALENDAR"]
    feed = _value(kopf, b"UID")
    fremd = f"PRODID:{PRODID}".encode() not in kopf or "@" not in feed
    if fremd or not inhalt.endswith(_ENDE):
        meldung = Text("This is no calendar that gremienplan wrote, or not the whole of it.")
        hinweis = Text("Name one of out/feeds; {command} writes them.", command="gremienplan publish")
        raise InputError([Problem(datei, "", meldung, hinweis=hinweis)])
    zone = b"".join(b"".join(zeilen) for art, zeilen in bloecke if art == b"VTIMEZONE")
    vevents = [zeilen for art, zeilen in bloecke if art == b"VEVENT"]
    if problems := list(_problems(vevents, feed, datei)):
        raise InputError(problems)
    return Vorlage(feed, tuple(_ressource(vevent, zone, feed) for vevent in vevents))


def _problems(vevents: Sequence[Sequence[bytes]], feed: str, datei: str) -> Iterator[Problem]:
    """Yield what keeps events from having addresses of their own."""
    domain = feed.rpartition("@")[2]
    uids = Counter(_value(vevent, b"UID") for vevent in vevents)
    for uid, anzahl in uids.items():
        if not _UID.fullmatch(uid) or uid.rpartition("@")[2] != domain:
            yield Problem(datei, "UID", Text("This event is none of the feed's city."), uid)
        elif anzahl > 1:
            yield Problem(datei, "UID", Text("Two events have the same UID."), uid)


def _ressource(vevent: Sequence[bytes], zone: bytes, feed: str) -> Ressource:
    """Return one event with its time zone, without a METHOD and without invitations, marked as ours."""
    eigenes = [zeile for zeile in vevent[:-1] if _name(zeile) not in _EINLADEND]
    eigenes.append(_folded(f"{MARKE_FEED}:{feed}"))
    rahmen = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
        f"PRODID:{PRODID}\r\n".encode(),
        b"CALSCALE:GREGORIAN\r\n",
    )
    anfang = b"".join((*rahmen, zone, *eigenes))
    summe = hashlib.sha256(anfang).hexdigest()[:32]
    inhalt = b"".join((anfang, f"{MARKE_SUMME}:{summe}\r\n".encode(), vevent[-1], _ENDE))
    return Ressource(_value(vevent, b"UID"), inhalt, summe)


def _blocks(inhalt: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield the components inside a calendar, and its own lines as those of VCALENDAR.

    Each with its content lines: a folded one is one line, with the breaks it was written with.
    """
    offen: list[bytes] = []
    zeilen: list[bytes] = []
    for zeile in _content_lines(inhalt):
        if zeile.startswith(b"BEGIN:"):
            offen.append(zeile[6:].strip())
        if len(offen) < 2:
            yield b"VCALENDAR", [zeile.removesuffix(b"\r\n")]
        else:
            zeilen.append(zeile)
        if zeile.startswith(b"END:") and offen:
            art = offen.pop()
            if len(offen) == 1:
                yield art, zeilen
                zeilen = []


def _content_lines(inhalt: bytes) -> list[bytes]:
    return re.findall(rb"[^\r\n]+(?:\r\n[ \t][^\r\n]*)*\r\n", inhalt)


def _folded(zeile: str) -> bytes:
    """Return a content line with its end, folded at 75 octets and never inside a character."""
    teile, breite = [b""], 75
    for zeichen in zeile:
        roh = zeichen.encode()
        if len(teile[-1]) + len(roh) > breite:
            teile.append(b"")
            breite = 74
        teile[-1] += roh
    return b"\r\n ".join(teile) + b"\r\n"


def _name(zeile: bytes) -> bytes:
    match = _NAME.match(zeile)
    return match[0].upper() if match else b""


def _value(zeilen: Sequence[bytes], name: bytes) -> str:
    """Return the value of the first property of a name, unfolded; empty where there is none."""
    for zeile in zeilen:
        if _name(zeile) == name:
            wert = zeile.replace(b"\r\n ", b"").partition(b":")[2]
            return wert.decode("utf-8", "replace").strip()
    return ""
