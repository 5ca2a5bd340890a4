"""``letters``: files on disk, from the project's templates before the city's before ours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.loading import load
from gremienplan.plan import Zustand, plan_to_json
from tests.cli.lauf import lauf
from tests.publishing import welt

MUSTER = Path(__file__).parent / "musterstadt"


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """Return a project with a plan for 2027 that was made by hand."""
    ordner = Path(shutil.copytree(MUSTER, tmp_path / "projekt"))
    found = load(ordner, jahr=2027)
    plan = welt.plan(evolve(found, programm=evolve(found.programm, beratungen=())), Zustand.DRAFT)
    path = ordner / "jahre" / "2027" / "plan.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(plan_to_json(plan), "utf-8")
    return ordner


def test_letters_are_written_once(projekt: Path) -> None:
    """Two files for each Sitzung, marked as drafts; the next run changes none and names what is left over."""
    tried = lauf("letters", "--projekt", projekt, "--dry-run", "--json")
    assert not (projekt / "out").exists()
    result = lauf("letters", "--projekt", projekt, "--json")
    assert result.code == 0, result.alles
    assert tried.json == {**result.json, "dry_run": True}
    assert not result.json["dry_run"]
    ordner = projekt / "out" / "letters" / "2027"
    namen = [brief["name"] for brief in result.json["briefe"]]
    assert len(namen) > 1
    assert sorted(result.json["written"]) == sorted(f"{name}.{e}" for name in namen for e in ("md", "eml"))
    assert all(brief["betreff"].startswith("[Entwurf] ") for brief in result.json["briefe"])
    (ordner / "frueher.nord.eml").write_bytes(b"")
    again = lauf("letters", "--projekt", projekt)
    assert "files new or changed: 0" in again.rede
    assert "frueher.nord.eml" in again.rede
    assert "none is to be sent" in again.rede


def test_templates(projekt: Path) -> None:
    """The project's stand before the city's; one Sitzung alone; broken ones are named by file and line: exit 2."""
    vorlagen = projekt / "vorlagen"
    vorlagen.mkdir()
    (vorlagen / "einladung.md.j2").write_text("Hallo {{ gremium }}", "utf-8")
    wort = lauf("letters", "--projekt", projekt, "--json").json["briefe"][0]
    (vorlagen / "betreff.txt.j2").write_text("{{ gremium }} am {{ wann }}", "utf-8")
    result = lauf("letters", wort["sitzung"], "--projekt", projekt, "--json")
    assert [b["sitzung"] for b in result.json["briefe"]] == [wort["sitzung"]]
    text = (projekt / "out" / "letters" / "2027" / f"{wort['name']}.md").read_text("utf-8")
    assert "\n---\n\nHallo " in text
    (vorlagen / "betreff.txt.j2").write_text("{{ gremum }}", "utf-8")
    (vorlagen / "einladung.md.j2").write_text("a\n{% fi %}", "utf-8")
    wrong = lauf("letters", "--projekt", projekt)
    assert wrong.code == 2
    assert "2 problems." in wrong.rede
    assert str(Path("vorlagen") / "betreff.txt.j2") in wrong.rede
    (vorlagen / "notiz.md.j2").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in lauf("letters", "--projekt", projekt).rede
