"""All feeds of Hamm's year: how fast they are assembled, against a library that writes every event of every feed anew.

    python benchmarks/feeds.py [--write docs/measurements/feeds.md]

Both write the same events, in one run on one core; figures are ratios. The release is made of a plan of the example.
"""

from __future__ import annotations

import argparse
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

import gremienplan as gp
from gremienplan import publishing
from gremienplan.publishing import kalender
from gremienplan.release import Fassung, Release

HAMM = Path(__file__).parents[1] / "examples" / "hamm-2027"
STAND = datetime(2026, 11, 1, 8)
ZONE = ZoneInfo("Europe/Berlin")
RUNDEN = 9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="the Markdown file")
    args = parser.parse_args()
    text = table(planned())
    print(text)
    if args.write:
        args.write.write_text(text)


def table(release: Release) -> str:
    """Measure and return the table."""
    feeds = [list(release.told(k.publikum)) for k in release.kalender]
    number = sum(map(len, feeds))
    warm = publishing.Kalendersatz(release)
    warm.feeds()
    rounds = [
        (
            _cpu(lambda: [_plain(told) for told in feeds]),
            _cold(release),
            _cpu(
                lambda: [
                    warm.write(k, [(e.uid, f) for e, f in release.told(k.publikum)]) for k in release.kalender
                ]
            ),
        )
        for _ in range(RUNDEN)
    ]
    other, first, ein = (median(times) for times in zip(*rounds, strict=True))
    size = sum(len(feed.inhalt) for feed in warm.feeds())
    faces = len({(e.uid, f) for told in feeds for e, f in told})
    rows = [
        ("`icalendar`, every event of every feed", number / other, 1.0),
        (
            "all feeds of a new release, nothing rendered before",
            number / first,
            median(o / f for o, f, _ in rounds),
        ),
        ("all feeds again, their events rendered before", number / ein, median(o / e for o, _, e in rounds)),
    ]
    lines = [
        "# Feeds of a year",
        "",
        f"`python benchmarks/feeds.py`: {len(feeds)} feeds of the Hamm year, {number} events in all of them,",
        f"{faces} different faces, {size / 1e6:.1f} MB. CPU of one core, one run,",
        f"the middle of {RUNDEN} rounds; `icalendar` gets the same events and writes them anew for every feed.",
        "",
        "| | events a second | times `icalendar` |",
        "|---|---|---|",
        *(f"| {name} | {rate:,.0f} | {ratio:.1f} |" for name, rate, ratio in rows),
    ]
    return "\n".join(lines) + "\n"


def _cold(release: Release) -> float:
    kalender.clean.cache_clear()
    return _cpu(lambda: publishing.Kalendersatz(release).feeds())


def planned() -> Release:
    """Return the first release of the Hamm year."""
    projekt = gp.load(HAMM, jahr=2027)
    plan = gp.schedule(projekt, 2027, stand=STAND)
    assert isinstance(plan, gp.Plan)
    return publishing.release(projekt, gp.record(plan, None, STAND))


def _plain(told: list[tuple[object, Fassung]]) -> bytes:
    """Write one feed as a program would that gives each event to the library."""
    calendar = Calendar()
    calendar.add("PRODID", "-//plain//")
    calendar.add("VERSION", "2.0")
    for ereignis, fassung in told:
        g, event = fassung.gesicht, Event()
        event.add("UID", ereignis.uid)
        event.add("DTSTAMP", fassung.geaendert.replace(tzinfo=ZONE))
        event.add("LAST-MODIFIED", fassung.geaendert.replace(tzinfo=ZONE))
        event.add("SEQUENCE", fassung.sequenz)
        event.add("DTSTART", g.beginn.replace(tzinfo=ZONE))
        event.add("DTEND", (g.ende or g.beginn + timedelta(hours=1)).replace(tzinfo=ZONE))
        event.add("SUMMARY", g.titel)
        event.add("STATUS", g.status.value)
        event.add("DESCRIPTION", "\n".join(g.worte))
        event.add("LOCATION", g.ort)
        event.add("CATEGORIES", [g.kategorie])
        calendar.add_component(event)
    return calendar.to_ical()


def _cpu(what: object) -> float:
    start = time.process_time()
    what()
    return time.process_time() - start


if __name__ == "__main__":
    main()
