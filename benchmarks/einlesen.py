"""How long council calendars take to be read and kept, and how much memory: for each MB, beyond a one-entry file.

    python benchmarks/einlesen.py

Each file is made here and read in a process of its own, after its imports: what `gremienplan import` does before it
looks at the project. Seconds are those of the processor.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

STAND = datetime(2026, 1, 1, 8)
KOPF = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\n"
GREMIEN = ("Rat", "Sportausschuss", "Schulausschuss", "Kulturausschuss", "Bezirksvertretung Mitte")


def day(n: int) -> date:
    return date(2020, 1, 1) + timedelta(days=n // 8)


def ics(n: int, words: int = 0) -> bytes:
    events = (
        f"BEGIN:VEVENT\r\nUID:sitzung-{i}\r\nDTSTAMP:20260101T080000Z\r\n"
        f"DTSTART;TZID=Europe/Berlin:{day(i):%Y%m%d}T{9 + i % 8:02}0000\r\n"
        f"SUMMARY:{GREMIEN[i % 5]} {i % 40}\r\nLOCATION:Rathaus\\, Saal {i % 9}\r\n"
        f"DESCRIPTION:{'Tagesordnung folgt. ' * words}\r\nEND:VEVENT\r\n"
        for i in range(n)
    )
    return (KOPF + "".join(events) + "END:VCALENDAR\r\n").encode()


def csv(n: int) -> bytes:
    rows = (
        f"{day(i):%d.%m.%Y};{9 + i % 8}:00-{10 + i % 8}:30 Uhr;{GREMIEN[i % 5]} {i % 40};Rathaus, Saal {i % 9}"
        for i in range(n)
    )
    return "\n".join(("Datum;Uhrzeit;Gremium;Ort", *rows)).encode()


def oparl(n: int) -> bytes:
    meetings = [
        {
            "id": f"https://ris.example/meeting/{i}",
            "type": "https://schema.oparl.org/1.1/Meeting",
            "name": f"{GREMIEN[i % 5]} {i % 40}",
            "start": f"{day(i)}T{9 + i % 8:02}:00:00+01:00",
            "organization": [f"https://ris.example/organization/{i % 40}"],
            "location": {"id": f"https://ris.example/location/{i % 9}", "description": f"Saal {i % 9}"},
        }
        for i in range(n)
    ]
    return json.dumps({"data": meetings}).encode()


FILES: dict[str, tuple[str, Callable[[int], bytes], int]] = {
    "`.ics`, 20,000 short events": ("x.ics", ics, 20_000),
    "`.ics`, 2,000 events with long descriptions": ("x.ics", lambda n: ics(n, 150), 2_000),
    "`.csv`, 15,000 short rows": ("x.csv", csv, 15_000),
    "OParl, a list of 20,000 meetings": ("x.json", oparl, 20_000),
}


def measure(file: Path) -> tuple[float, int]:
    """Return the seconds, and the most bytes of memory this process has had."""
    from gremienplan.loading import ics_teilweise, oparl, tabelle  # noqa: F401  (imports do not count)
    from gremienplan.loading.einfuhr import Umstand, read_einfuhr
    from gremienplan.ratskalender import Kalenderquelle, einfuhr_to_json, fortschreiben

    quelle = Kalenderquelle(name="x", adresse=file.name)
    before = time.process_time()
    read = read_einfuhr(quelle, Umstand(file.parent, "Europe/Berlin", STAND, 2029))
    einfuhr_to_json(fortschreiben(None, read, STAND).einfuhr)
    return time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def run(file: Path) -> tuple[float, int]:
    """Measure in a process of its own."""
    told = subprocess.run(
        [sys.executable, __file__, str(file)], check=True, capture_output=True, text=True, env={**os.environ}
    )
    seconds, memory = json.loads(told.stdout)
    return seconds, memory


def main() -> None:
    """Print the table."""
    print("| file | MB | seconds per MB | memory, times its size |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, (place, make, number) in FILES.items():
            file = Path(folder) / place
            file.write_bytes(make(1))
            little = run(file)
            file.write_bytes(raw := make(number))
            much = min(run(file), run(file))
            mb = len(raw) / 1_000_000
            print(
                f"| {name} | {mb:.1f} | {(much[0] - little[0]) / mb:.2f} | {(much[1] - little[1]) / len(raw):.0f} |"
            )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(Path(sys.argv[1]))))
    else:
        main()
