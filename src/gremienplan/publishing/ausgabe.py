"""Feeds as files: written whole or not at all, and only where something changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from attrs import frozen
from icalendar import Calendar

from gremienplan.plan import Plan
from gremienplan.projekt import Projekt
from gremienplan.publishing.dateien import lock, write_atomically
from gremienplan.publishing.feeds import Feed, Kalendersatz, release
from gremienplan.publishing.kalender import PRODID
from gremienplan.release import Kalender, Release

ORDNER = "feeds"
VERZEICHNIS = "verzeichnis.json"


@frozen
class Veroeffentlichung:
    """What a publication did to the feeds: each name is in exactly one of the three, sorted."""

    release: Release
    """What is public now."""
    written: tuple[str, ...]
    """New feeds and feeds with new bytes."""
    unchanged: tuple[str, ...]
    """Feeds whose bytes, and with them the file's time, stayed as they were."""
    removed: tuple[str, ...]
    """Feeds that ended with this publication: each now is an empty calendar that says so."""


def publish(
    projekt: Projekt,
    plan: Plan,
    ziel: Path,
    *,
    fruehere: Sequence[Plan] = (),
    projekte: Mapping[int, Projekt | None] = MappingProxyType({}),
    sprache: str = "de",
    adresse: str = "",
    vorher: Release | None = None,
    stand: datetime | None = None,
    zurueck: Collection[tuple[int, str]] = (),
) -> Veroeffentlichung:
    """Write the feeds of a plan and their directory below ``ziel/feeds``, and return what that changed.

    ``fruehere`` are plans of other years of the same city, before or after: the feeds span them all. ``projekte`` are
    their projects by year, where that is not ``projekt``; None leaves a year as it was told. Edits by hand must be
    recorded before (``record_edits``). ``vorher`` is what was public until now: keep the release that is
    returned, and hand it in the next time, so that everybody is told what changed for them; without it the plans' own
    histories say so. ``stand`` is the time of what is told anew, ``zurueck`` are Sitzungen, by year and
    id, that residents are not told of yet.

    A feed of ours that no longer exists becomes an empty calendar: whoever subscribed to it sees neither
    stale dates nor an error. Files that are not ours stay. Everything is rendered before the first file is
    touched. Raises InputError with everything that keeps the plan from being published.
    """
    neu = release(
        projekt,
        plan,
        fruehere=fruehere,
        projekte=projekte,
        sprache=sprache,
        vorher=vorher,
        stand=stand,
        zurueck=zurueck,
    )
    return write_feeds(neu, ziel, adresse=adresse)


@contextmanager
def target(ziel: Path) -> Iterator[None]:
    """Make the folder of the feeds below ``ziel`` and keep other writers out of it.

    Raises OSError where nothing can be written there, and InputError where somebody else is writing.
    """
    ordner = ziel / ORDNER
    ordner.mkdir(parents=True, exist_ok=True)
    with lock(ordner):
        yield


def write_feeds(
    release: Release, ziel: Path, *, adresse: str = "", prepared: bool = False
) -> Veroeffentlichung:
    """Write the feeds of a release and their directory below ``ziel/feeds``, and return what that changed.

    ``adresse`` is where they will be served. ``prepared``: whoever calls holds the ``target``.
    """
    satz = Kalendersatz(release, adresse)
    laufend = satz.feeds()
    ordner = ziel / ORDNER
    with nullcontext() if prepared else target(ziel):
        beendet = tuple(
            satz.ended(Kalender(name.removesuffix(".ics"), titel, ""))
            for name, titel in _left_over(ordner, {feed.name for feed in laufend}).items()
        )
        for feed in laufend:
            (ordner / feed.name).parent.mkdir(parents=True, exist_ok=True)
        neu = {
            feed.name for feed in (*laufend, *beendet) if write_atomically(ordner / feed.name, feed.inhalt)
        }
        write_atomically(ordner / VERZEICHNIS, _directory(laufend, beendet))
    namen = {feed.name for feed in laufend}
    return Veroeffentlichung(
        release=release,
        written=tuple(sorted(neu & namen)),
        unchanged=tuple(sorted({feed.name for feed in (*laufend, *beendet)} - neu)),
        removed=tuple(sorted(neu - namen)),
    )


def _left_over(ordner: Path, laufend: set[str]) -> Mapping[str, str]:
    """Return the feeds that an earlier publication left: name -> title, sorted by name."""
    marke = f"\r\nPRODID:{PRODID}\r\n".encode()
    found: dict[str, str] = {}
    for pfad in sorted(ordner.rglob("*.ics")):
        name = pfad.relative_to(ordner).as_posix()
        if name not in laufend and marke in (inhalt := pfad.read_bytes()):
            kopf = inhalt.partition(b"BEGIN:VTIMEZONE")[0] + b"END:VCALENDAR\r\n"
            try:
                found[name] = str(Calendar.from_ical(kopf).get("NAME", name))
            except ValueError:  # ours, but damaged
                found[name] = name
    return found


def _directory(laufend: Iterable[Feed], beendet: Iterable[Feed]) -> bytes:
    """Return the directory of the feeds: the same feeds give the same bytes."""
    alle = {feed.name: (feed, False) for feed in laufend} | {feed.name: (feed, True) for feed in beendet}
    eintraege = [
        {"name": name, "titel": feed.titel, "termine": feed.anzahl, "beendet": ende}
        for name, (feed, ende) in sorted(alle.items())
    ]
    return (json.dumps({"format": 1, "feeds": eintraege}, ensure_ascii=False, indent=2) + "\n").encode()
