"""Feeds as files: written only where something changed, and never taken away from a subscriber."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.errors import InputError
from gremienplan.projekt import Projekt
from gremienplan.publishing import feeds, publish
from gremienplan.publishing.dateien import lock
from tests.publishing import welt
from tests.publishing.lesen import head, lint

PROJEKT = welt.projekt()
PLAN = welt.plan(PROJEKT)
KLEINER = evolve(PROJEKT, regeln=tuple(r for r in PROJEKT.regeln if r.id != "lk"))
"""The same city without the rule that concerns the Dezernat: its feed ends."""
ENDET, ROLLE = "amt/dezernat-stadt.ics", "rolle/dezernat.ics"


def files(ziel: Path) -> dict[str, bytes]:
    ordner = ziel / "feeds"
    return {pfad.relative_to(ordner).as_posix(): pfad.read_bytes() for pfad in sorted(ordner.rglob("*.ics"))}


def directory(ziel: Path) -> dict[str, dict[str, object]]:
    inhalt = json.loads((ziel / "feeds" / "verzeichnis.json").read_text("utf-8"))
    return {feed["name"]: feed for feed in inhalt["feeds"]}


def age(ziel: Path) -> None:
    for pfad in (ziel / "feeds").rglob("*"):
        os.utime(pfad, (1_000_000_000, 1_000_000_000))


def touched(ziel: Path) -> set[str]:
    ordner = ziel / "feeds"
    alle = (p for p in ordner.rglob("*") if p.suffix in (".ics", ".json"))
    return {p.relative_to(ordner).as_posix() for p in alle if p.stat().st_mtime != 1_000_000_000}


def test_the_files_are_the_feeds(tmp_path: Path) -> None:
    """Every feed is a file below ``feeds``, and the directory lists each with its title and number of events."""
    found = publish(PROJEKT, PLAN, tmp_path / "out")
    assert files(tmp_path / "out") == feeds(PROJEKT, PLAN)
    assert (found.written, found.unchanged, found.removed) == (tuple(sorted(feeds(PROJEKT, PLAN))), (), ())
    assert directory(tmp_path / "out").keys() == feeds(PROJEKT, PLAN).keys()
    assert directory(tmp_path / "out")["gremium/runde-ufer.ics"] == {
        "name": "gremium/runde-ufer.ics",
        "titel": "Flussau: Koordinierungsrunde Ufer",
        "termine": 2,
        "beendet": False,
    }


def test_nothing_new_nothing_written(tmp_path: Path) -> None:
    """A second publication of the same plan touches no file."""
    publish(PROJEKT, PLAN, tmp_path)
    age(tmp_path)
    found = publish(PROJEKT, PLAN, tmp_path)
    assert (found.written, found.removed) == ((), ())
    assert found.unchanged == tuple(sorted(files(tmp_path)))
    assert touched(tmp_path) == set()


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    """A moved meeting touches the feeds that hold it, and no other file."""
    publish(PROJEKT, PLAN, tmp_path)
    vorher = files(tmp_path)
    age(tmp_path)
    neu = datetime(welt.JAHR, 4, 6, 17)
    found = publish(PROJEKT, welt.moved(PLAN, "runde-1/ufer", neu, datetime(2026, 12, 1, 10)), tmp_path)
    nachher = files(tmp_path)
    assert (
        set(found.written) == touched(tmp_path) == {name for name in vorher if vorher[name] != nachher[name]}
    )
    assert 0 < len(found.written) < len(found.unchanged)


def test_a_feed_that_ends(tmp_path: Path) -> None:
    """It becomes an empty calendar under its old name and identity, once; the directory says that it has ended."""
    publish(PROJEKT, PLAN, tmp_path)
    vorher = head(files(tmp_path)[ENDET])
    found = publish(KLEINER, PLAN, tmp_path, sprache="en")
    nachher = head(files(tmp_path)[ENDET])
    assert found.removed == (ENDET, ROLLE)
    assert b"BEGIN:VEVENT" not in files(tmp_path)[ENDET]
    assert lint(files(tmp_path)[ENDET]) == []
    assert (nachher["UID"], nachher["NAME"]) == (vorher["UID"], vorher["NAME"])
    assert nachher["DESCRIPTION"] == "This calendar is no longer kept"
    assert directory(tmp_path)[ENDET]["beendet"] is True
    age(tmp_path)
    again = publish(KLEINER, PLAN, tmp_path, sprache="en")
    assert (again.written, again.removed, touched(tmp_path)) == ((), (), set())
    assert ENDET in again.unchanged


def test_a_feed_that_comes_back(tmp_path: Path) -> None:
    """What had ended and is kept again is an ordinary feed."""
    publish(PROJEKT, PLAN, tmp_path)
    publish(KLEINER, PLAN, tmp_path)
    found = publish(PROJEKT, PLAN, tmp_path)
    assert ENDET in found.written
    assert files(tmp_path) == feeds(PROJEKT, PLAN)
    assert directory(tmp_path)[ENDET]["beendet"] is False


def test_files_of_others_stay(tmp_path: Path) -> None:
    """A calendar that is not ours is left alone, and so is any other file."""
    fremd = {
        "fremd.ics": b"BEGIN:VCALENDAR\r\nPRODID:-//anderswo\r\nEND:VCALENDAR\r\n",
        "amt/notiz.txt": b"x",
        "leer.ics": b"",
    }
    for name, inhalt in fremd.items():
        (tmp_path / "feeds" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "feeds" / name).write_bytes(inhalt)
    publish(PROJEKT, PLAN, tmp_path)
    assert {name: (tmp_path / "feeds" / name).read_bytes() for name in fremd} == fremd
    assert not fremd.keys() & directory(tmp_path).keys()


def test_a_damaged_feed_ends_too(tmp_path: Path) -> None:
    """A left-over feed that nobody can read any more becomes an empty calendar under its file's name."""
    publish(PROJEKT, PLAN, tmp_path)
    pfad = tmp_path / "feeds" / ENDET
    pfad.write_bytes(pfad.read_bytes().replace(b"\r\nNAME:", b"\r\nNA ME;"))
    assert publish(KLEINER, PLAN, tmp_path).removed == (ENDET, ROLLE)
    assert lint(pfad.read_bytes()) == []


def test_two_writers(tmp_path: Path) -> None:
    """While somebody else writes there, a publication is refused and touches no file."""
    publish(PROJEKT, PLAN, tmp_path)
    age(tmp_path)
    with lock(tmp_path / "feeds"), pytest.raises(InputError, match="Another process"):
        publish(KLEINER, PLAN, tmp_path)
    assert touched(tmp_path) == set()


@pytest.mark.parametrize(
    ("projekt", "fehler"),
    [
        (evolve(PROJEKT, stadt=evolve(PROJEKT.stadt, zeitzone="Europe/London")), "CET"),
        (evolve(PROJEKT, stadt=evolve(PROJEKT.stadt, id="anderswo")), "another city"),
    ],
)
def test_a_refused_plan_changes_nothing(tmp_path: Path, projekt: Projekt, fehler: str) -> None:
    """The files of the last publication stay as they were when the next one is refused."""
    publish(PROJEKT, PLAN, tmp_path)
    vorher = files(tmp_path)
    age(tmp_path)
    with pytest.raises(InputError, match=fehler):
        publish(projekt, PLAN, tmp_path)
    assert files(tmp_path) == vorher
    assert touched(tmp_path) == set()


def test_the_address_is_where_it_will_lie(tmp_path: Path) -> None:
    """With a base address each feed says where it can be fetched."""
    publish(PROJEKT, PLAN, tmp_path, adresse="https://flussau.example/feeds/")
    for name, data in files(tmp_path).items():
        assert head(data)["SOURCE"] == head(data)["URL"] == f"https://flussau.example/feeds/{name}"
        assert lint(data) == []
