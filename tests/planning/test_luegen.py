"""A solver that lies: what planning makes of it is refused, or undecided, but never a wrong answer.

OR-Tools #5274: INFEASIBLE with presolve where there is a solution. A wrong plan, or wrong points, are faults of
ours or of the solver: the audit notices both.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from attrs import evolve
from ortools.sat.python import cp_model

from gremienplan import solver
from gremienplan.auditing import audit_year
from gremienplan.errors import InternalError
from gremienplan.jahr import Jahr, build
from gremienplan.loading import load
from gremienplan.plan import Plan, Undecided
from gremienplan.planning import ask, schedule
from gremienplan.planning.planen import answer
from gremienplan.projekt import Projekt
from gremienplan.solver import Loesung, Suche, Unentschieden, Unmoeglich, stufe
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from tests.solver.faelle import BEDINGUNGEN, WUENSCHE, Fall
from tests.solver.test_stufe import habits
from tests.solver.urteil import kept, points_of
from tests.solver.winzig import lagen_of

EVERYDAY = os.environ.get("PROFILE", "everyday") == "everyday"
STAND = datetime(2026, 11, 1)
PROJEKT = Path(__file__).parents[2] / "examples" / "quartier-2027"


@cache
def projekt() -> Projekt:
    return load(PROJEKT, jahr=2027)


@cache
def year() -> Jahr:
    return build(projekt(), 2027, stand=STAND)


@cache
def truth() -> Loesung:
    found = solver.in_blocks(Suche(ask(year()).problem, 5.0))
    assert isinstance(found, Loesung)
    return found


def lying(monkeypatch: pytest.MonkeyPatch, lie: Callable[[int, bool], bool]) -> list[bool]:
    """Let every module that asks the solver hear "impossible" where ``lie`` says so; return what was asked how."""
    calls: list[bool] = []

    def lies(model: cp_model.CpModel, lauf: Lauf, *, presolve: bool = True) -> Antwort:
        calls.append(presolve)
        answer = solve(model, lauf, presolve=presolve)
        return evolve(answer, verdict=Verdict.INFEASIBLE) if lie(len(calls) - 1, presolve) else answer

    for name, module in list(sys.modules.items()):
        asks = name.startswith("gremienplan.solver.") and getattr(module, "solve", None) is solve
        if asks and name != "gremienplan.solver.lauf":
            monkeypatch.setattr(module, "solve", lies)
    return calls


@pytest.mark.parametrize("partial", [False, True])
def test_impossible_with_presolve_only_is_undecided(monkeypatch: pytest.MonkeyPatch, partial: bool) -> None:
    """Not a Conflict, and nothing is left open for it."""
    calls = lying(monkeypatch, lambda _n, presolve: presolve)
    found = schedule(projekt(), 2027, stand=STAND, effort="kurz", partial=partial)
    assert isinstance(found, Undecided)
    assert "not confirmed" in str(found.meldung)
    assert False in calls, "asked again without presolve"


@pytest.mark.parametrize("call", [0] if EVERYDAY else range(8))
def test_one_wrong_no_makes_no_wrong_answer(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """At any moment: the best plan, a plan that does not claim to be it, or undecided."""
    lying(monkeypatch, lambda n, presolve: presolve and n == call)
    found = schedule(projekt(), 2027, stand=STAND, effort="kurz")
    assert isinstance(found, Plan | Undecided)
    if isinstance(found, Plan):
        assert audit_year(year(), found).ok
        assert all(s.schranke <= t.schranke for s, t in zip(found.stufen, truth().stufen, strict=True))


SOME = [
    pytest.param(fall, id=f"{kind.__name__}: {fall.name}")
    for table in (BEDINGUNGEN, WUENSCHE)
    for kind, some in islice(table.items(), 0, None, 5 if EVERYDAY else 1)
    for fall in some[:1]
]


@pytest.mark.parametrize("fall", SOME)
def test_a_wrong_no_raises_no_bound(monkeypatch: pytest.MonkeyPatch, fall: Fall) -> None:
    """Of the search alone, whichever call is wrong: its plan is one, and no stage is better than what it claims."""
    problem = fall.problem
    plans = kept(problem, problem.requirements)
    least = min(sum(points_of(p, plan) for p in problem.preferences) for plan in plans)
    for call in range(4):
        with monkeypatch.context() as patch:
            calls = lying(patch, lambda n, presolve, call=call: presolve and n == call)  # type: ignore[misc]
            found = Suche(problem, 10.0).run()
        if isinstance(found, Loesung):
            plan = frozenset(lage for lagen in lagen_of(problem, found).values() for lage in lagen)
            assert plan in plans
            assert sum(s.schranke for s in found.stufen) <= least
        else:
            assert found in (Unmoeglich(), Unentschieden())
        if len(calls) <= call:
            break


@pytest.mark.parametrize("call", [6, 7] if EVERYDAY else range(12))
def test_a_wrong_no_drops_nothing_from_a_large_year(monkeypatch: pytest.MonkeyPatch, call: int) -> None:
    """Asked by days first, and with candidates dropped between the stages: the answer is the same."""
    monkeypatch.setattr(stufe, "GROSS", 0)
    truth = Suche(habits(), 30.0).run()
    assert isinstance(truth, Loesung)
    assert truth.kanonisch
    lying(monkeypatch, lambda n, presolve: presolve and n == call)
    found = Suche(habits(), 30.0).run()
    if isinstance(found, Loesung) and found.kanonisch:
        assert found.wahl == truth.wahl
        assert found.stufen == truth.stufen


# --- wrong plans --------------------------------------------------------------------------------------------


def hands_over(monkeypatch: pytest.MonkeyPatch, found: Loesung) -> None:
    monkeypatch.setattr(solver, "in_blocks", lambda _suche: found)


def test_what_the_solver_finds_is_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way the next tests go, with nothing changed."""
    hands_over(monkeypatch, truth())
    assert isinstance(answer(ask(year()), 5.0), Plan)


def test_a_plan_that_breaks_a_requirement_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event on a day that none of its candidates has, with the requirement in the error."""
    problem = ask(year()).problem
    e = next(e for e, ereignis in problem.ereignisse.items() if not ereignis.sitzungen)
    k = truth().wahl[e]
    moved = evolve(k, tag=k.tag + 365, beginn=k.beginn + 365 * 1440, ende=k.ende + 365 * 1440)
    hands_over(monkeypatch, evolve(truth(), wahl={**truth().wahl, e: moved}))
    with pytest.raises(InternalError, match="the audit rejects the solver's plan"):
        answer(ask(year()), 5.0)


@pytest.mark.parametrize("change", [{"wert": -1}, {"wert": 10_000, "schranke": 10_000}])
def test_points_that_the_audit_does_not_count_are_refused(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, int]
) -> None:
    """A stage told better than it is, and a bound above what the plan costs."""
    first, *rest = truth().stufen
    hands_over(monkeypatch, evolve(truth(), stufen=(evolve(first, **change), *rest)))
    with pytest.raises(InternalError, match="the solver counts"):
        answer(ask(year()), 5.0)
