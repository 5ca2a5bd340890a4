"""Throws damaged council calendars at the readers: each gives a reading or a located error, and nothing else.

    python benchmarks/fuzz.py KIND [--seconds 60] [--keep FOLDER]        KIND: ics, csv, xlsx, oparl or stored

A reading is then stored, read back, and understood as a calendar of Hamm; that must not fail either. Needs Atheris
(`pip install -r requirements/fuzz.txt`), which follows what the bytes make the code do and looks for bytes that make
it do something else. It starts from the small calendars below and ends at the first crash, at an input that takes
longer than ten seconds, or at a gigabyte of memory; the bytes are then kept beside what was found on the way.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import atheris
import openpyxl

with atheris.instrument_imports(include=["gremienplan"]):
    from gremienplan.errors import InputError
    from gremienplan.loading import ics_teilweise, load, oparl, tabelle  # noqa: F401
    from gremienplan.loading.einfuhr import Umstand, read_einfuhr
    from gremienplan.ratskalender import Einfuhr, Kalenderart, Kalenderquelle, Muster, Treffer, normalisieren
    from gremienplan.ratskalender.einfuhrtext import einfuhr_from_json, einfuhr_to_json, geordnet

STAND = datetime(2027, 1, 15, 8)
"""The moment of every reading."""
ICS = """BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n\
TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:sitzung-1\r\n\
DTSTAMP;TZID=Europe/Berlin:20270101T080000\r\nDTSTART;TZID=Europe/Berlin:20270301T170000\r\n\
DTEND;TZID=Europe/Berlin:20270302T000000\r\nSUMMARY;LANGUAGE=de:3. Sitzung des Sportausschusses\\, öffentlich\r\n\
LOCATION:Rathaus\\, \r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:serie\r\nDTSTART:20270105T160000Z\r\n\
DURATION:PT2H\r\nRRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=6\r\nEXDATE:20270202T160000Z\r\nSUMMARY:Rat - entfällt\r\n\
END:VEVENT\r\nEND:VCALENDAR\r\n"""
CSV = """Tag;Datum;Uhrzeit;Gremium;Ort\nMo;1.3.2027;17:00-19:00 Uhr;Sportausschuss;Rathaus\n\
Di., 2. Februar 2027;;17 Uhr;Rat;\n"""
OPARL = {
    "data": [
        {
            "id": "https://ris.example/meeting/1",
            "type": "https://schema.oparl.org/1.1/Meeting",
            "name": "Sportausschuss",
            "start": "2027-03-01T17:00:00+01:00",
            "end": "2027-03-01T00:00:00+01:00",
            "organization": ["https://ris.example/organization/1"],
            "location": {"id": "https://ris.example/location/1", "description": "Rathaus"},
            "cancelled": False,
            "modified": "2027-01-01T10:00:00+01:00",
        },
        {"id": "https://ris.example/meeting/2", "type": "Meeting", "deleted": True},
        {
            "id": "https://ris.example/organization/1",
            "type": "https://schema.oparl.org/1.1/Organization",
            "name": "Sportausschuss",
        },
    ],
    "links": {"next": None},
    "pagination": {"totalElements": 3},
}
WOERTER = {
    "ics": [
        "BEGIN:",
        "END:",
        "VEVENT",
        "VALUE=DATE:",
        "RRULE:FREQ=",
        "RDATE:",
        "RECURRENCE-ID:",
        "PT1H",
        "TZID=",
    ],
    "csv": [";", ",", "\t", '"', "Beginn", "Ende", "Uhr", "2027", "30.02.", "verlegt auf den"],
    "xlsx": ["<row>", "</c>", 't="inlineStr"', "<f>", 't="d"', 's="1"', "<mergeCell", "&#0;", "<!ENTITY"],
    "oparl": [
        '"id":',
        '"start":',
        '"links":',
        '"next":',
        "[null]",
        "NaN",
        "1e999",
        '"type":',
        '"deleted":true',
    ],
    "stored": ['"eintraege":', '"beginn":', '"status": "VERSCHWUNDEN"', '"verluste":', '"gremien":'],
}
MUSTER = (Muster("^rat", Treffer.GREMIUM, "rat/hamm"), Muster("ausschuss", Treffer.ART, "ausschuss"))
SHEET = "xl/worksheets/sheet1.xml"
ENDUNG = {"ics": "ics", "csv": "csv", "xlsx": "xlsx", "oparl": "json"}
ARTEN = {
    "ics": Kalenderart.ICS,
    "csv": Kalenderart.TABELLE,
    "xlsx": Kalenderart.TABELLE,
    "oparl": Kalenderart.OPARL,
}


def seed(kind: str) -> bytes:
    """Return a small calendar of a kind in which nothing is wrong."""
    match kind:
        case "ics":
            return ICS.encode()
        case "csv":
            return CSV.encode()
        case "oparl":
            return json.dumps(OPARL).encode()
        case "xlsx":
            with zipfile.ZipFile(io.BytesIO(workbook())) as packed:
                return packed.read(SHEET)
        case _:
            with tempfile.TemporaryDirectory() as folder:
                return einfuhr_to_json(reading("ics", ICS.encode(), Path(folder))).encode()


def workbook(sheet: bytes | None = None) -> bytes:
    """Return an Excel file of the small table; ``sheet`` stands in it instead of the rows, as XML."""
    book = openpyxl.Workbook()
    for line in CSV.splitlines():
        book.active.append(line.split(";"))
    book.save(whole := io.BytesIO())
    if sheet is None:
        return whole.getvalue()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(made := io.BytesIO(), "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name == SHEET else old.read(name))
    return made.getvalue()


def reading(kind: str, raw: bytes, folder: Path) -> Einfuhr:
    """Read the bytes as a source of a project. Raises InputError."""
    name = f"kalender.{ENDUNG[kind]}"
    (folder / name).write_bytes(workbook(raw) if kind == "xlsx" else raw)
    quelle = Kalenderquelle(name="kalender", adresse=name, art=ARTEN[kind])
    return read_einfuhr(quelle, Umstand(folder, "Europe/Berlin", STAND, 2029))


def main() -> None:
    """Run until the time is over."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kind", choices=sorted(WOERTER))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="what was found on the way, to go on from next time")
    asked = parser.parse_args()
    stadt = load("hamm").stadt
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        folder = Path(name)

        def one(raw: bytes) -> None:
            try:
                if asked.kind == "stored":
                    read = einfuhr_from_json(raw.decode(errors="replace"), "kalender", "kalender.json")
                else:
                    read = reading(asked.kind, raw, folder)
            except InputError as error:
                if not error.problems:
                    raise AssertionError("an error that says nothing") from error
                return
            text = einfuhr_to_json(read)
            again = einfuhr_from_json(text, "kalender", "kalender.json")
            assert einfuhr_to_json(again) == text, "a stored reading is read back as another"
            normalisieren(geordnet(again).eintraege, MUSTER, stadt)

        corpus = asked.keep or folder / "corpus"
        corpus.mkdir(parents=True, exist_ok=True)
        (corpus / "seed").write_bytes(seed(asked.kind))
        words = folder / "words"
        words.write_text("".join(f'"{escaped(word)}"\n' for word in WOERTER[asked.kind]))
        options = [f"-max_total_time={asked.seconds}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=20000"]
        options += [
            f"-dict={words}",
            f"-artifact_prefix={corpus}/crash-",
            "-print_final_stats=1",
            str(corpus),
        ]
        atheris.Setup([sys.argv[0], *options], one)
        atheris.Fuzz()


def escaped(word: str) -> str:
    """Return a word as a dictionary of libFuzzer writes it."""
    return "".join(c if c.isalnum() or c in " .:;=" else f"\\x{ord(c):02x}" for c in word)


if __name__ == "__main__":
    main()
