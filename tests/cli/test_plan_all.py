"""``plan-all``: each project gets its plan or its own trouble; the exit code is that of the worst."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gremienplan.cli.commands import plan_all
from gremienplan.loading import read_plan
from gremienplan.plan import Zustand, plan_to_json, record
from gremienplan.publishing.dateien import lock
from tests.cli.lauf import Ergebnis, lauf, too_wide

CI = os.environ.get("PROFILE") == "ci"
STAND = "2026-10-01"


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let threads do the work: processes take their time to start."""
    monkeypatch.setattr(plan_all, "_pool", ThreadPoolExecutor)


def run(*projekte: Path, more: tuple[str, ...] = ()) -> Ergebnis:
    return lauf("plan-all", *projekte, "--jahr", 2027, "--stand", STAND, "--effort", "kurz", *more)


def plan_file(projekt: Path) -> Path:
    return projekt / "jahre" / "2027" / "plan.json"


def broken(projekt: Path) -> Path:
    """Return a copy of a project whose file says something unknown."""
    copy = Path(shutil.copytree(projekt, projekt.with_name("kaputt")))
    with (copy / "gremienplan.toml").open("a", encoding="utf-8") as file:
        file.write("\n[unbekannt]\nwert = 1\n")
    return copy


@pytest.mark.usefixtures("threads")
def test_one_plan_each_and_what_is_wrong_with_one_is_told(projekt: Path) -> None:
    """A good one, one with a broken file, one that is not there: a table of all, the plan of the first, exit code 2."""
    other = Path(shutil.copytree(projekt, projekt.with_name("zweites")))
    bad = broken(projekt)
    result = run(projekt, bad, projekt.with_name("fehlt"), other)
    assert result.code == 2
    assert plan_file(projekt).read_bytes() == plan_file(other).read_bytes()
    assert not plan_file(bad).exists()
    rows = result.daten.splitlines()
    assert [row.split()[0] for row in rows[1:5]] == [projekt.name, "kaputt", "fehlt", "zweites"]
    assert result.daten.count("plan, proven best") == 2
    assert "unbekannt" in result.daten
    assert "There is no such folder." in result.daten
    assert not too_wide(result.alles.replace(str(projekt.parent), ""))


@pytest.mark.usefixtures("threads")
def test_a_second_run_changes_no_byte(projekt: Path) -> None:
    """And says so; the plan is the one that ``plan`` makes."""
    assert lauf("plan", projekt, "--jahr", 2027, "--stand", STAND, "--effort", "kurz").code == 0
    before = plan_file(projekt).read_bytes()
    result = run(projekt, more=("--json",))
    assert result.code == 0
    (row,) = result.json["projekte"]
    assert (row["projekt"], row["answer"], row["changed"]) == (str(projekt), "plan", False)
    assert row["bewiesen"] is True
    assert [s["stufe"] for s in row["stufen"]] == [s.stufe for s in read_plan(plan_file(projekt)).stufen]
    assert plan_file(projekt).read_bytes() == before
    assert "unchanged" in result.rede


@pytest.mark.usefixtures("threads")
def test_a_project_somebody_is_writing_into_is_left_alone(projekt: Path) -> None:
    """Also one that is named twice is planned once."""
    other = Path(shutil.copytree(projekt, projekt.with_name("zweites")))
    with lock(other):
        result = run(projekt, other, projekt, more=("--json",))
    assert result.code == 2
    assert [row["answer"] for row in result.json["projekte"]] == ["plan", "problems"]
    assert not plan_file(other).exists()


@pytest.mark.usefixtures("threads")
def test_agreed_plans_stay(geplant: Path) -> None:
    """Nobody's dates are moved by planning a whole region anew; nothing is wrong with that."""
    found = read_plan(plan_file(geplant))
    agreed = record(found, found, found.verlauf[-1].stand, Zustand.COORDINATED)
    plan_file(geplant).write_text(plan_to_json(agreed), "utf-8", newline="\n")
    before = plan_file(geplant).read_bytes()
    result = run(geplant)
    assert result.code == 0
    assert "coordinated, stays" in result.daten
    (row,) = run(geplant, more=("--json",)).json["projekte"]
    assert (row["answer"], row["zustand"], row["changed"]) == ("plan", "coordinated", False)
    assert plan_file(geplant).read_bytes() == before


@pytest.mark.usefixtures("threads")
def test_no_plan_is_the_answer_of_one(projekt: Path) -> None:
    """Exit code 1, and how to ask why; the other one is planned."""
    other = Path(shutil.copytree(projekt, projekt.with_name("zweites")))
    programm = other / "stadt" / "programm.toml"
    text = programm.read_text("utf-8").replace('von = "04-01", bis = "06-30"', 'von = "04-01", bis = "04-10"')
    programm.write_text(text, "utf-8")
    result = run(other, projekt)
    assert result.code == 1
    assert "no plan exists" in result.daten
    assert "gremienplan plan --projekt" in result.rede
    assert plan_file(projekt).exists()
    assert not plan_file(other).exists()


@pytest.mark.skipif(not CI, reason="processes take their time to start: PROFILE=ci")
def test_in_processes(projekt: Path) -> None:
    """The same bytes as from threads."""
    assert run(projekt).code == 0
