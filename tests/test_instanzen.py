"""The instances under ``benchmarks``: what their validator says of a solution is what the audit says."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any, get_args

import pytest
from attrs import evolve
from hypothesis import given

from gremienplan import requirements as req
from gremienplan.auditing import check, costs
from gremienplan.plan import Lage
from gremienplan.solver import Problem
from tests.solver import faelle
from tests.solver.urteil import Plan, as_lagen, every_plan
from tests.solver.winzig import as_lage, probleme

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
INSTANZEN = BENCHMARKS / "instances"
CI = os.environ.get("PROFILE") == "ci"


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


instanz, validate = module(BENCHMARKS / "instanz.py"), module(INSTANZEN / "validate.py")


def validator(problem: Problem) -> Any:
    """Return the validator of a problem's instance, as it would be read from a file."""
    return validate.Validator(json.loads(instanz.text(instanz.Instanz(problem, "winzig").export())))


def agree(problem: Problem, v: Any, plans: Iterable[Plan | tuple[Lage, ...]]) -> set[bool]:
    """Hold the two verdicts and the points of each plan against each other; return which verdicts there were."""
    seen = set()
    for plan in plans:
        lagen = as_lagen(plan)
        broken, points = v.judge({lage.ereignis: instanz.where(problem, lage) for lage in plan})
        audit = [r.id for r in problem.requirements if check(r, lagen, {})]
        assert (not broken) == (not audit), (broken, audit)
        assert points == costs(problem.preferences, lagen)
        seen.add(not broken)
    return seen


# --- tiny problems: every plan ------------------------------------------------------------------------------

HART = [
    pytest.param(fall, id=f"{kind.__name__}: {fall.name}")
    for kind, some in faelle.BEDINGUNGEN.items()
    for fall in some
]
WEICH = [
    pytest.param(fall, id=f"{kind.__name__}: {fall.name}")
    for kind, some in faelle.WUENSCHE.items()
    for fall in some
]


def test_every_kind_has_its_cases() -> None:
    assert set(faelle.BEDINGUNGEN) == set(get_args(req.Requirement))
    assert set(faelle.WUENSCHE) == set(get_args(req.Preference))


@pytest.mark.parametrize("fall", HART)
def test_validator_and_audit_agree_on_every_plan(fall: faelle.Fall) -> None:
    """Of each case of each kind: those that keep the requirement, and those that do not."""
    problem = fall.problem
    plans = every_plan(problem, problem.ereignisse)
    assert agree(problem, validator(problem), plans) == {True, False}


@pytest.mark.parametrize("fall", WEICH)
def test_validator_and_audit_count_the_same_points(fall: faelle.Fall) -> None:
    agree(fall.problem, validator(fall.problem), every_plan(fall.problem, fall.problem.ereignisse))


@given(probleme())
def test_they_agree_on_drawn_problems(problem: Problem) -> None:
    """With several requirements and preferences at once; some of the plans of each."""
    agree(problem, validator(problem), islice(every_plan(problem, problem.ereignisse), 0, 400, 7))


# --- the instances that ship --------------------------------------------------------------------------------


@cache
def problem_of(name: str) -> Problem:
    problem: Problem = instanz.INSTANZEN[name]()
    return problem


def read(name: str) -> Any:
    return json.loads((INSTANZEN / f"{name}.json").read_text("utf-8"))


GELOEST = [name for name in instanz.INSTANZEN if "impossible" not in read(f"{name}.solution")]


@pytest.mark.parametrize("name", instanz.INSTANZEN if CI else ["quartier", "hattingen"])
def test_exported_again_it_has_the_same_bytes(name: str) -> None:
    """Unless the city, its programme or the kinds have changed: then ``python benchmarks/instanz.py`` writes them."""
    exported = instanz.text(instanz.Instanz(problem_of(name), name).export())
    assert (INSTANZEN / f"{name}.json").read_text("utf-8") == exported


def test_nothing_else_lies_there() -> None:
    names = {f"{name}{end}" for name in instanz.INSTANZEN for end in (".json", ".solution.json")}
    assert {p.name for p in INSTANZEN.glob("*.json")} == names
    assert sum(p.stat().st_size for p in INSTANZEN.iterdir() if p.is_file()) < 2_000_000


@pytest.mark.parametrize("name", GELOEST)
def test_our_solutions_are_feasible_and_proven(name: str) -> None:
    """The validator counts what they claim, and no stage of theirs is above its bound."""
    found = read(f"{name}.solution")
    broken, points = validate.Validator(read(name)).judge(found["events"])
    assert broken == []
    assert {str(stage): cost for stage, cost in points.items()} == found["cost"] == found["bound"]


@pytest.mark.parametrize("name", ["hattingen", "hamm-r", "hamm-c"] if CI else ["hattingen"])
def test_they_agree_on_corrupted_solutions(name: str) -> None:
    """Events moved to any day, hour and place, swapped, shortened, dropped, given to somebody else."""
    problem, rng = problem_of(name), Random(name)
    v, good = validate.Validator(read(name)), solution(problem, read(f"{name}.solution"))
    bad = []
    for e in good:
        k = rng.choice([*problem.ereignisse[e].kandidaten()])
        lage = good[e]
        changed = [
            as_lage(problem, e, k, lage.vortrag),
            evolve(lage, ende=lage.ende + (lage.ende - lage.beginn)),
            evolve(lage, vortrag=("niemand",)) if lage.sitzung else evolve(lage, ort="anderswo"),
            None,
        ]
        other = rng.choice(changed)
        bad.append((*(one for one in good.values() if one.ereignis != e), *([other] if other else [])))
    assert agree(problem, v, bad) >= {False}
    assert agree(problem, v, [tuple(good.values())]) == {True}


def solution(problem: Problem, found: Any) -> dict[str, Lage]:
    moment = problem.zeit.moment
    return {
        e: Lage(
            e,
            moment(at["start"]),
            moment(at["end"]),
            at.get("place", ""),
            at.get("sitting", ""),
            tuple(at.get("presenters", ())),
        )
        for e, at in found["events"].items()
    }


# --- as a program -------------------------------------------------------------------------------------------


def run(*files: Path) -> subprocess.CompletedProcess[str]:
    """Run the validator without any installed package."""
    command = [sys.executable, "-I", "-S", str(INSTANZEN / "validate.py"), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_it_needs_nothing_but_python(tmp_path: Path) -> None:
    """Feasible is 0, broken or dearer than claimed is 1, what cannot be judged is 2."""
    good = run(INSTANZEN / "hattingen.json", INSTANZEN / "hattingen.solution.json")
    assert (good.returncode, good.stdout.splitlines()[0]) == (0, "feasible")

    found, path = read("hattingen.solution"), tmp_path / "solution.json"
    first, last = next(iter(found["events"])), [*found["events"]][-1]
    path.write_text(json.dumps(found | {"cost": {"1": 7}}), "utf-8")
    dearer = run(INSTANZEN / "hattingen.json", path)
    assert (dearer.returncode, "stage 1: 0, not 7 as claimed" in dearer.stdout) == (1, True)

    del found["events"][first]
    found["events"][last]["start"] += 1
    path.write_text(json.dumps(found), "utf-8")
    broken = run(INSTANZEN / "hattingen.json", path)
    assert broken.returncode == 1
    assert f"{first}: is missing" in broken.stdout
    assert last in broken.stdout, "everything wrong is said at once"

    for instance, said in (("quartier", "a solution of 'hattingen'"), ("nichts", "nichts.json")):
        other = run(INSTANZEN / f"{instance}.json", path)
        assert other.returncode == 2
        assert said in other.stderr
    assert run(INSTANZEN / "hamm-tight.json", INSTANZEN / "hamm-tight.solution.json").returncode == 1


def test_a_kind_it_does_not_know_is_refused() -> None:
    """A verdict that leaves out a requirement would be none."""
    for what in ("requirements", "preferences"):
        row = {"kind": "moon", "stage": 1}
        with pytest.raises(ValueError, match="moon"):
            validate.Validator(read("quartier") | {what: [row]})
