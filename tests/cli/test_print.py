"""``print``: sheets on disk, whole and only where something changed; nothing to hang up from a draft."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attrs import evolve
from pypdf import PdfReader

from gremienplan.loading import AKTE, load, read_plan
from gremienplan.plan import Zustand, plan_to_json
from gremienplan.publishing import release
from gremienplan.release import release_to_json
from tests.cli.lauf import lauf
from tests.publishing import welt

MUSTER = Path(__file__).parent / "musterstadt"


@pytest.fixture(scope="module")
def projekt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a plan for 2027 that was made by hand."""
    ordner = Path(shutil.copytree(MUSTER, tmp_path_factory.mktemp("muster") / "projekt"))
    found = load(ordner, jahr=2027)
    plan = welt.plan(evolve(found, programm=evolve(found.programm, beratungen=())), Zustand.DRAFT)
    path = ordner / "jahre" / "2027" / "plan.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(plan_to_json(plan), "utf-8")
    return ordner


def test_sheets_are_written_once(projekt: Path) -> None:
    """The year and one list per area, in German whatever the terminal speaks; the next run changes no file."""
    result = lauf("print", projekt, "--papier", "a4", "--json")
    assert result.code == 0, result.alles
    assert "jahr-2027-a4.pdf" in result.json["blaetter"]
    assert result.json["written"] == result.json["blaetter"]
    ordner = projekt / "out" / "print"
    assert sorted(p.name for p in ordner.glob("*.pdf")) == result.json["blaetter"]
    assert "Sitzungskalender 2027" in PdfReader(ordner / "jahr-2027-a4.pdf").pages[0].extract_text()
    again = lauf("print", projekt, "--papier", "a4", "--dry-run")
    assert "nothing was written" in again.rede
    assert "0 of them new or changed" in again.rede


def test_a_draft_is_not_hung_up(projekt: Path) -> None:
    """P-58: a Stadtteilkonferenz is not made public before it is coordinated. The answer is no, as JSON too."""
    result = lauf("print", projekt, "--oeffentlich")
    assert result.code == 1
    assert "draft" in result.rede
    assert lauf("print", projekt, "--oeffentlich", "--json").json["answer"] == "refused"
    assert not (projekt / "out" / "print" / "oeffentlich").exists()


def test_what_is_published_is_hung_up(projekt: Path, tmp_path: Path) -> None:
    """In a folder of its own, in English where one asks for it; before it is published the command says so."""
    kopie = Path(shutil.copytree(projekt, tmp_path / "projekt"))
    path = kopie / "jahre" / "2027" / "plan.json"
    plan = read_plan(path)
    plan = evolve(plan, verlauf=(evolve(plan.verlauf[0], zustand=Zustand.PUBLISHED),))
    path.write_text(plan_to_json(plan), "utf-8")
    before = lauf("print", kopie, "--oeffentlich")
    assert before.code == 2
    assert "Nothing has been published yet" in before.rede
    (kopie / AKTE).write_text(release_to_json(release(load(kopie, jahr=2027), plan)), "utf-8")
    result = lauf(
        "print", kopie, "--oeffentlich", "--papier", "a4", "--lang", "en", "--ziel", tmp_path / "hier"
    )
    assert result.code == 0, result.alles
    blatt = PdfReader(tmp_path / "hier" / "print" / "oeffentlich" / "jahr-2027-a4.pdf")
    assert "Public meetings 2027" in blatt.pages[0].extract_text()
