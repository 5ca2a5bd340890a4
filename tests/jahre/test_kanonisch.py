"""The one plan: the same bytes for any number of threads, order of hashes, and load; called so only with proof."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

import pytest
from attrs import evolve

import gremienplan as gp
from gremienplan import requirements as req, solver
from gremienplan.jahr import build
from gremienplan.plan import Plan, plan_from_json, plan_to_json
from gremienplan.planning import ask, schedule
from gremienplan.quellen import TATSACHE
from gremienplan.solver import gleichstand, stufe
from tests.jahre.pflanzen import pflanze

CI = os.environ.get("PROFILE") == "ci"
WURZEL = Path(__file__).parents[2]
STAND = datetime(2026, 11, 1, 8)
SEED = 3


def bytes_of(plan: object) -> str:
    assert isinstance(plan, Plan), plan
    return plan_to_json(plan)


_SCRIPT = """
from gremienplan.plan import plan_to_json
from gremienplan.planning import schedule
from tests.jahre.pflanzen import pflanze
year = pflanze({seed})
for n in range({times}):
    print(plan_to_json(schedule(year.projekt, year.jahr, workers=(1, 2, 8)[n % 3])), end="\\0")
"""


def plans_elsewhere(hashseed: int, times: int) -> list[str]:
    """Return the plans of a process with its own order of hashes, on 1, 2 and 8 threads in turn."""
    found = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(seed=SEED, times=times)],
        cwd=WURZEL,
        env={
            **os.environ,
            "PYTHONHASHSEED": str(hashseed),
            "PYTHONPATH": os.pathsep.join(filter(None, (str(WURZEL), os.environ.get("PYTHONPATH")))),
            "PYTHONIOENCODING": "utf-8",
        },
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=1200,
    )
    return found.stdout.split("\0")[:-1]


def test_a_small_year_is_planned_the_same_on_any_number_of_threads() -> None:
    """P-69: with 1, 2 and 8 threads the plan is canonical, and the same bytes."""
    year = pflanze(SEED)
    plans = [schedule(year.projekt, year.jahr, workers=n) for n in (1, 2, 8)]
    assert all(isinstance(plan, Plan) and plan.kanonisch for plan in plans)
    assert len({bytes_of(plan) for plan in plans}) == 1


@pytest.mark.skipif(not CI, reason="a hundred plans: PROFILE=ci")
def test_a_small_year_a_hundred_times() -> None:
    """Five orders of hashes, twenty plans each, on 1, 2 and 8 threads in turn: one plan."""
    found = [plan for hashseed in range(5) for plan in plans_elsewhere(hashseed, 20)]
    assert len(found) == 100
    assert len(set(found)) == 1
    assert plan_from_json(found[0]).kanonisch


@pytest.mark.acceptance
@pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
def test_hamm_three_times_each_also_under_load(programm: str) -> None:
    """On 1, 2 and 8 threads, three times each, the last time beside processes that take all the cores: one plan."""
    projekt = gp.load(WURZEL / "examples" / "hamm-2027", jahr=2027, programm=programm)
    found = set()
    for n in (1, 2, 8):
        found |= {bytes_of(gp.schedule(projekt, 2027, stand=STAND, workers=n)) for _ in range(2)}
        with load():
            found.add(bytes_of(gp.schedule(projekt, 2027, stand=STAND, workers=n)))
    assert len(found) == 1
    assert plan_from_json(found.pop()).kanonisch


@pytest.mark.acceptance
@pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
def test_spacing_first_is_proven_too(programm: str) -> None:
    """Hamm in the profile gleichmaessig: every stage, and the one plan, on 1, 2 and 8 threads."""
    projekt = gp.load(WURZEL / "examples" / "hamm-2027", jahr=2027, programm=programm)
    projekt = projekt.mit_profil("gleichmaessig")
    found = {bytes_of(gp.schedule(projekt, 2027, stand=STAND, workers=n)) for n in (1, 2, 8)}
    assert len(found) == 1
    plan = plan_from_json(found.pop())
    assert plan.bewiesen
    assert plan.kanonisch
    assert plan.profil == "gleichmaessig"


@pytest.mark.acceptance
def test_little_effort_is_enough_without_usual_days() -> None:
    """Hamm without the wish that leaves few candidates: --effort kurz proves every stage all the same."""
    projekt = gp.load(WURZEL / "examples" / "hamm-2027", jahr=2027)
    wishes = tuple(w for w in projekt.programm.wuensche if w.id != "gewohnt")
    without = evolve(projekt, programm=evolve(projekt.programm, wuensche=wishes))
    plan = gp.schedule(without, 2027, stand=STAND, effort="kurz")
    assert isinstance(plan, Plan)
    assert plan.bewiesen
    assert plan.kanonisch


@contextmanager
def load() -> Iterator[None]:
    """Keep every core busy meanwhile."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 2)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()


@pytest.mark.parametrize("grenze", [0.01, 0.02, 0.04] if CI else [0.02])
def test_without_proof_no_plan_is_called_canonical(grenze: float) -> None:
    """Out of time in some stage, or in the tie-break: the answer does not claim to be the one."""
    year = pflanze(6, ganz_hamm=True)
    answer = solver.Suche(ask(build(year.projekt, year.jahr)).problem, grenze).run()
    assert not isinstance(answer, solver.Unmoeglich)
    assert not (isinstance(answer, solver.Loesung) and answer.kanonisch)


class TestWhereTheRuleNamesSeveral:
    """Weights that tell nothing apart: the search notices, and says so."""

    def test_another_salt_decides(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The first salt names several plans, the second one: that one is canonical."""
        year = pflanze(SEED)
        weigh = gleichstand._hash
        monkeypatch.setattr(gleichstand, "_hash", lambda salz, *label: weigh(salz, *label) if salz else 7)
        plan = schedule(year.projekt, year.jahr)
        assert isinstance(plan, Plan)
        assert plan.kanonisch

    def test_no_salt_decides(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """None of the salts names a single plan: a plan that is proven best, and not canonical."""
        year = pflanze(SEED)
        monkeypatch.setattr(gleichstand, "_hash", lambda *_: 7)
        plan = schedule(year.projekt, year.jahr)
        assert isinstance(plan, Plan)
        assert plan.bewiesen
        assert not plan.kanonisch

    @pytest.mark.parametrize("gross", [stufe.GROSS, 0])
    def test_the_hours_are_told_apart_as_they_are(self, monkeypatch: pytest.MonkeyPatch, gross: int) -> None:
        """One day, three hours, equal weights: several plans, also where a problem counts as large."""
        monkeypatch.setattr(gleichstand, "_hash", lambda *_: 7)
        monkeypatch.setattr(stufe, "GROSS", gross)
        tag = date(2026, 3, 2)
        held = [req.Stattfinden(e, TATSACHE, e, 2026, tag, tag, 60) for e in ("a", "b")]
        found = solver.Suche(solver.build_problem(held, [], tag, [time(9), time(10), time(11)]), 30.0).run()
        assert isinstance(found, solver.Loesung)
        assert not found.kanonisch


class TestInPlanJson:
    def test_it_is_said_only_where_it_is_so(self) -> None:
        """A plan of an earlier version says nothing of it; written again it is the same bytes."""
        plan = Plan("hamm", 2027, "r", (), ())
        assert "kanonisch" not in plan_to_json(plan)
        assert plan_from_json(plan_to_json(plan)) == plan

    def test_it_is_read_back(self) -> None:
        plan = Plan("hamm", 2027, "r", (), (), kanonisch=True)
        assert '\n  "kanonisch": true,\n' in plan_to_json(plan)
        assert plan_from_json(plan_to_json(plan)) == plan
