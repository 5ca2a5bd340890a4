"""``plan``: the answers Plan, Conflict and Undecided, each with its exit code and what it leaves on disk."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import gremienplan.planning
from gremienplan.loading import load, read_plan
from gremienplan.plan import Plan, Stufe, Undecided, Zustand, plan_to_json, record
from gremienplan.solver import Progress
from gremienplan.texts import Text
from tests.cli.lauf import Ergebnis, lauf, too_wide

STAND = "2026-10-01"


def plan(projekt: Path, *more: object, **environ: str) -> Ergebnis:
    return lauf("plan", projekt, "--jahr", 2027, "--stand", STAND, "--effort", "kurz", *more, **environ)


def plan_file(projekt: Path) -> Path:
    return projekt / "jahre" / "2027" / "plan.json"


def answering(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Any]) -> None:
    """Let the engine give this answer."""
    monkeypatch.setattr(gremienplan.planning, "schedule", answer)


def test_a_plan(projekt: Path) -> None:
    """The table of the year, how good it is, and where it lies; talk on stderr; all in 80 columns."""
    result = plan(projekt)
    assert result.code == 0, result.alles
    table = [line for line in result.daten.splitlines() if "Runde Am" in line]
    assert len(table) == 4
    assert "March 2027" in result.daten
    assert "Stage 1: usual weekday and hour\n  0 points, proven best" in result.daten
    assert str(plan_file(projekt)) in "".join(result.daten.split("\n"))
    assert "gremienplan publish" in result.rede
    assert not too_wide(result.alles.replace(str(projekt), ""))
    assert len(read_plan(plan_file(projekt)).termine) == 4


def test_a_second_run_changes_no_byte(geplant: Path) -> None:
    """And says so."""
    before = plan_file(geplant).read_bytes()
    result = plan(geplant)
    assert result.code == 0
    assert "Nothing has changed" in result.rede
    assert plan_file(geplant).read_bytes() == before


def test_a_plan_as_json(projekt: Path) -> None:
    """The answer holds the plan as it is on disk."""
    result = plan(projekt, "--json")
    assert result.json["answer"] == "plan"
    assert result.json["plan"] == json.loads(plan_file(projekt).read_text("utf-8"))
    assert result.json["bewiesen"] is True


def test_a_gap_is_said_and_no_failure(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 0; the gap stands in the table, the remark on stderr. So it is with a search that was stopped."""
    found = gremienplan.planning.schedule(load(projekt, jahr=2027), 2027)
    assert isinstance(found, Plan)
    answering(monkeypatch, lambda *_, **__: evolve(found, stufen=(Stufe(1, 9, 4),)))
    result = plan(projekt)
    assert result.code == 0
    assert "  9 points, at best 4 (gap 5)" in result.daten
    assert "not proven" in result.rede
    answering(monkeypatch, lambda *_, **__: evolve(found, abgebrochen=True))
    result = plan(projekt)
    assert result.code == 0
    assert "stopped" in result.rede


def test_a_published_plan_is_refused(geplant: Path) -> None:
    """People rely on its dates; the file stays as it was."""
    found = read_plan(plan_file(geplant))
    published = record(found, found, found.verlauf[-1].stand, Zustand.PUBLISHED)
    plan_file(geplant).write_text(plan_to_json(published), "utf-8", newline="\n")
    before = plan_file(geplant).read_bytes()
    result = plan(geplant)
    assert result.code == 2
    assert "replan" in result.rede
    assert plan_file(geplant).read_bytes() == before


def _impossible(projekt: Path) -> None:
    programm = projekt / "stadt" / "programm.toml"
    text = programm.read_text("utf-8").replace('von = "04-01", bis = "06-30"', 'von = "04-01", bis = "04-10"')
    programm.write_text(text, "utf-8")


def test_a_conflict_is_said_in_sentences_with_passages(geplant: Path) -> None:
    """Exit code 1; numbered; the plan on disk stays as it was."""
    before = plan_file(geplant).read_bytes()
    _impossible(geplant)
    result = plan(geplant)
    assert result.code == 1
    assert "1. " in result.daten
    assert "2. " in result.daten
    assert "Konzept der Musterstadt, section 3, “vor dem Abschluss beraten”" in " ".join(result.daten.split())
    assert "stays as it was" in result.rede
    assert plan_file(geplant).read_bytes() == before
    assert not too_wide(result.alles.replace(str(geplant), ""))


def test_a_conflict_as_json(projekt: Path) -> None:
    """Each requirement with its sentence and its passage."""
    _impossible(projekt)
    result = plan(projekt, "--json", "--lang", "de")
    assert result.code == 1
    assert result.json["answer"] == "conflict"
    stellen = [r["grundlage"].get("abschnitt") for r in result.json["requirements"]]
    assert "3" in stellen
    assert all(r["satz"] for r in result.json["requirements"])
    assert not plan_file(projekt).exists()


def test_undecided(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3: not found is not impossible."""
    answering(monkeypatch, lambda *_, **__: Undecided(2027, Text("Time ran out.")))
    result = plan(projekt)
    assert (result.code, result.daten) == (3, "")
    assert "Time ran out." in result.rede
    assert plan(projekt, "--json").json["answer"] == "undecided"


def test_our_own_fault(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 70, an apology, and the traceback only for those who ask for it."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("oops")

    answering(monkeypatch, broken)
    result = plan(projekt)
    assert result.code == 70
    assert "Sorry" in result.rede
    assert "Traceback" not in result.rede
    assert "Traceback" in plan(projekt, GREMIENPLAN_DEBUG="1").rede
    assert plan(projekt, "--json").json["answer"] == "fault"


def test_interrupted_with_nothing_kept(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    answering(monkeypatch, interrupted)
    assert plan(projekt).code == 130
    assert not plan_file(projekt).exists()


def test_progress_is_a_line_per_stage(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no terminal shows a line that changes."""

    def tells(*_: object, on_progress: Callable[[Progress], None], **__: object) -> Undecided:
        for progress in (Progress(1, 9, 2, 0.5), Progress(1, 5, 5, 1.0), Progress(2, 3, 1, 2.0)):
            on_progress(progress)
        return Undecided(2027, Text("Time ran out."))

    answering(monkeypatch, tells)
    lines = plan(projekt).rede.splitlines()
    assert "Stage 1: 5 points, at best 5 (1.0 s)" in lines
    assert "Stage 2: 3 points, at best 1 (2.0 s)" in lines
    assert not any("9 points" in line for line in lines)
