"""What a way out says to write, written: the files then say what the lever did."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.jahr import build
from gremienplan.loading import load
from gremienplan.planning.bitten import asked_for, asks, sitting
from gremienplan.planning.eigenprogramm import has_own, written
from gremienplan.planning.hebel import Hebel
from gremienplan.planning.lockern import loosened
from gremienplan.projekt import Festlegung, Pin, Projekt

BEISPIELE = Path(__file__).parents[2] / "examples"


def copy(name: str, tmp_path: Path) -> Path:
    quelle = BEISPIELE / name
    if not quelle.is_dir():
        pytest.skip("the examples are not part of this tree")
    return Path(shutil.copytree(quelle, tmp_path / name, ignore=shutil.ignore_patterns("jahre", "out")))


def levers(projekt: Projekt, jahr: int) -> Iterator[Hebel]:
    """Yield every lever of the year once."""
    year = build(projekt, jahr)
    seen: set[str] = set()
    args = (projekt, jahr, year.requirements, year.namen)
    for hebel in (*loosened(*args), *asked_for(*args)):
        if hebel.id not in seen:
            seen.add(hebel.id)
            yield hebel


@pytest.mark.parametrize("name", ["quartier-2027", "hamm-2027-knapp"])
def test_the_file_says_what_the_levers_did(name: str, tmp_path: Path) -> None:
    """All of them at once, moved one step each: the programme that is read is the one that was tried."""
    ordner = copy(name, tmp_path)
    projekt = load(ordner, jahr=2027)
    changed, rules = projekt, []
    for hebel in levers(projekt, 2027):
        if hebel.regel:
            changed = hebel.aendern(changed, 1)
            rules.append(hebel.regel)
    assert len(set(rules)) > 3
    assert not has_own(projekt)
    (ordner / projekt.programmdatei).write_text("\n".join(written(changed, rules)), "utf-8")
    found = load(ordner, jahr=2027)
    assert found.programm.id == "eigen"
    assert evolve(found.programm, id=projekt.programm.id, name=projekt.programm.name) == changed.programm
    assert has_own(found)
    assert all("[programm]\n" not in text for text in written(found, rules))


def test_a_sitting_that_is_asked_for_is_known_as_the_bodys_own(tmp_path: Path) -> None:
    """The calendar names it as the body's other sittings, so that the city's patterns find it."""
    ordner = copy("hamm-2027-knapp", tmp_path)
    projekt = load(ordner, jahr=2027)
    gremium, tag = "bezirksvertretung/mitte", date(2027, 11, 30)
    one = sitting(projekt, gremium, tag, "Bezirksvertretung Mitte")
    schritt = asks("Bezirksvertretung Mitte", one, one)
    assert not (ordner / schritt.datei).exists()
    (ordner / schritt.datei).write_text(schritt.zeilen, "utf-8")
    before = projekt.ratskalender.von_gremium(gremium)
    (new,) = set(load(ordner, jahr=2027).ratskalender.von_gremium(gremium)) - set(before)
    assert (new.beginn, new.ende) == (one.beginn, one.ende)


class TestDates:
    """What a planner has fixed or pinned gives way in its own file, and only this year's."""

    def hebel(self, projekt: Projekt) -> dict[str, Hebel]:
        return {h.id: h for h in levers(projekt, 2027)}

    def test_a_pin_is_dropped(self) -> None:
        kennung = "sk-herbst/westen"
        pins = (Pin(kennung, date(2027, 11, 7)), Pin(kennung, date(2028, 11, 5)))
        projekt = evolve(load("hamm", jahr=2027), pins=pins, fest=())
        found = self.hebel(projekt)
        lever = found[f"pin:{kennung}"]
        assert lever.aendern(projekt, 1).pins == pins[1:]
        assert f"gremienplan pin {kennung} --jahr 2027 --drop" in str(lever.sagen(1).so)
        assert f"offen:{kennung}" not in found

    def test_a_fixed_date_is_let_go(self) -> None:
        kennung = "sk-herbst/westen"
        fest = tuple(Festlegung(kennung, datetime(jahr, 11, 9, 17)) for jahr in (2027, 2028))
        projekt = evolve(load("hamm", jahr=2027), fest=fest)
        assert self.hebel(projekt)[f"fest:{kennung}"].aendern(projekt, 1).fest == fest[1:]
