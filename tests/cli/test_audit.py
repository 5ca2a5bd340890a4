"""``audit`` judges any plan by itself; ``publish`` only publishes what it finds nothing wrong with."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.lauf import lauf, too_wide

ANDERS = """
[[wunsch]]
id = "brueckentage"
art = "brueckentage"
stufe = 2
gremium = ["runde"]
gewicht = 1
vorgabe = true

[profil.anders]
name = "Brückentage zuerst"
stufen = ["brueckentage", "gewohnt"]
vorgabe = true
"""


def words(text: str) -> str:
    return " ".join(text.split())


def plan_file(projekt: Path) -> Path:
    return projekt / "jahre" / "2027" / "plan.json"


def spoil(path: Path) -> None:
    """Move one Sitzung to a Sunday at night, as a slip of the hand would."""
    plan: dict[str, Any] = json.loads(path.read_text("utf-8"))
    termin = plan["termine"][0]
    termin["beginn"], termin["ende"] = "2027-03-07T22:00", "2027-03-08T00:00"
    path.write_text(json.dumps(plan), "utf-8")


def test_a_sound_plan(geplant: Path) -> None:
    """Exit code 0, with the points of each stage."""
    result = lauf("audit", "--projekt", geplant)
    assert result.code == 0
    assert "Stage 1: usual weekday and hour\n  0 points" in result.daten
    assert "No findings" in result.rede
    assert lauf("audit", plan_file(geplant)).code == 0
    assert lauf("audit", geplant, "--jahr", 2027).daten == result.daten
    other = lauf("audit", geplant / "jahre")
    assert other.code == 2
    assert "This is no project" in other.rede


def test_stages_are_named_as_the_plan_has_them(projekt: Path) -> None:
    """A plan made in a profile is judged in its order of wishes, and its stages are called so."""
    programm = projekt / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + ANDERS, "utf-8")
    made = lauf("plan", projekt, "--jahr", 2027, "--stand", "2026-10-01", "--profil", "anders")
    assert made.code == 0, made.alles
    judged = lauf("audit", "--projekt", projekt)
    stages = [line.strip() for line in judged.daten.splitlines() if line.strip().startswith("Stage ")]
    assert len(stages) == 2
    assert "usual weekday and hour" in stages[1]
    assert all(stage in made.daten for stage in stages)


def test_findings_with_their_passages(geplant: Path) -> None:
    """Exit code 1; each finding says on whose word it stands."""
    spoil(plan_file(geplant))
    result = lauf("audit", plan_file(geplant))
    assert result.code == 1
    assert "a planner's default" in result.daten
    assert "findings." in result.rede
    assert not too_wide(result.alles)
    found = lauf("audit", plan_file(geplant), "--json", "--lang", "de").json
    assert found["answer"] == "audit"
    assert found["ok"] is False
    assert {"vorgabe"} <= {f["grundlage"]["authority"] for f in found["findings"]}


def test_a_plan_that_cannot_be_read(geplant: Path) -> None:
    """Exit code 2; the place is named."""
    plan_file(geplant).write_text('{"format": 1', "utf-8")
    result = lauf("audit", plan_file(geplant))
    assert result.code == 2
    assert "plan.json" in result.rede


def test_a_plan_of_another_programme_is_not_judged(geplant: Path) -> None:
    """It would break rules it was never made for."""
    path = plan_file(geplant)
    plan = json.loads(path.read_text("utf-8"))
    plan["programm"] = "N"
    path.write_text(json.dumps(plan), "utf-8")
    result = lauf("audit", path)
    assert result.code == 2
    assert "--programm" in result.rede


def test_a_plan_that_does_not_exist(projekt: Path) -> None:
    """Exit code 2, and how to make one."""
    for command in ("audit", "publish"):
        result = lauf(command, "--projekt", projekt, "--jahr", 2027)
        assert result.code == 2
        assert "gremienplan plan" in result.rede


def test_publish(geplant: Path, tmp_path: Path) -> None:
    """Counts and the folder; a second run changes nothing."""
    ziel = tmp_path / "ziel"
    first = lauf("publish", geplant, "--ziel", ziel, "--json").json
    assert first["answer"] == "published"
    assert first["written"]
    assert sorted(p.relative_to(ziel / "feeds").as_posix() for p in ziel.rglob("*.ics")) == first["written"]
    second = lauf("publish", geplant, "--ziel", ziel)
    assert second.code == 0
    assert "   0 calendars new or changed" in second.daten
    assert f"{len(first['written']):>4} calendars unchanged" in second.daten


def test_publish_writes_into_the_project(geplant: Path) -> None:
    """Without --ziel."""
    assert lauf("publish", geplant).code == 0
    assert list((geplant / "out").rglob("*.ics"))


def test_publish_refuses_a_plan_with_findings(geplant: Path) -> None:
    """Exit code 1; what was published before stays as it was."""
    assert lauf("publish", geplant).code == 0
    before = {path: path.read_bytes() for path in (geplant / "out").rglob("*.ics")}
    spoil(plan_file(geplant))
    result = lauf("publish", geplant)
    assert result.code == 1
    assert "Not published" in result.rede
    assert {path: path.read_bytes() for path in (geplant / "out").rglob("*.ics")} == before


class TestOffen:
    """P-37, S-27: what must wait for a Sitzung to be announced has no date either, and says for what it waits."""

    @pytest.fixture
    def offen(self, projekt: Path) -> Path:
        with (projekt / "gremienplan.toml").open("a", encoding="utf-8") as file:
            file.write('\n[[offen]]\nsitzung = "runde-entwurf/am-fluss"\n')
        return projekt

    def test_it_is_planned_so_and_said(self, offen: Path) -> None:
        """In the table, in the plan, and in words; the audit agrees."""
        planned = lauf("plan", offen, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz")
        assert planned.code == 0
        _, _, table = planned.daten.partition("Date to be announced\n")
        assert "Vorstellung des Entwurfs: Am Fluss" in table
        judged = lauf("audit", offen / "jahre" / "2027" / "plan.json")
        assert judged.code == 0
        for result in (planned, judged):
            assert "What must wait for it has no date either" in words(result.rede)

    def test_a_date_before_its_turn_is_a_finding(self, geplant: Path) -> None:
        """A plan that was made before the date was taken back; the one that is missing is named."""
        with (geplant / "gremienplan.toml").open("a", encoding="utf-8") as file:
            file.write('\n[[offen]]\nsitzung = "runde-entwurf/am-fluss"\n')
        path = geplant / "jahre" / "2027" / "plan.json"
        plan = json.loads(path.read_text("utf-8"))
        plan["termine"] = [t for t in plan["termine"] if t["sitzung"] != "runde-entwurf/am-fluss"]
        plan["offen"] = ["runde-entwurf/am-fluss"]
        path.write_text(json.dumps(plan), "utf-8")
        result = lauf("audit", path)
        assert result.code == 1
        assert "must wait for" in words(result.daten)
        assert "[M-3-BV]" in words(result.daten)
