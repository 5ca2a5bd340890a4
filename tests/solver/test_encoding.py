"""What the solver says of tiny problems is what counting every plan says: possible or not, how good, and why not."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import get_args

import pytest
from hypothesis import event, given, seed, settings

from gremienplan import requirements as req
from gremienplan.auditing import check, costs
from gremienplan.solver import Erklaerung, Loesung, Problem, Suche, Unmoeglich, Widerspruch
from tests.solver.winzig import BEDINGUNGEN, WUENSCHE, Alle, lagen_of, probleme

CI = os.environ.get("PROFILE") == "ci"
BLOECKE, JE_BLOCK = (10, 12) if CI else (5, 8)
"""Problems per kind: a seed of its own for each block keeps them from resembling each other."""
GRENZE = 30.0


def judge(problem: Problem, alle: Alle) -> Loesung | Widerspruch:
    """Ask the solver, and hold every word of its answer against all plans."""
    best = alle.best(problem.requirements)
    answer = Suche(problem, GRENZE).run()
    if best is None:
        assert isinstance(answer, Unmoeglich), "a plan was found where there is none"
        return explained(problem, alle)
    assert isinstance(answer, Loesung), f"no plan was found, but there is one: {best}"
    lagen = lagen_of(problem, answer)
    broken = [r.id for r in problem.requirements if check(r, lagen, {})]
    assert broken == [], "the audit rejects the choice"
    assert {s.stufe: s.wert for s in answer.stufen} == best, "the choice is not the best"
    assert all(s.wert == s.schranke for s in answer.stufen), "not proven"
    assert not answer.abgebrochen
    # without preferences the solver still answers for one stage, of 0 points
    assert dict.fromkeys(best, 0) | costs(problem.preferences, lagen) == best, "the audit counts other points"
    return answer


def explained(problem: Problem, alle: Alle) -> Widerspruch:
    """Ask why there is no plan, and confirm: impossible together, possible without any single one."""
    why = Erklaerung(problem, GRENZE, frist=600).run()
    assert why is not None, "no explanation"
    ids = [r.id for r in why.requirements]
    assert not alle.possible(why.requirements), f"possible together: {ids}"
    needless = [r.id for r in why.requirements if not alle.possible([o for o in why.requirements if o != r])]
    assert needless == [], f"impossible without them too, in {ids}"
    assert why.minimal
    return why


def count(plans: Iterable[object]) -> int:
    return sum(1 for _ in plans)


@given(probleme())
def test_the_solver_agrees_with_counting_every_plan(problem: Problem) -> None:
    """Unmoeglich iff no plan passes the audit; else the best plan, stage by stage, proven; else a minimal reason."""
    answer = judge(problem, Alle(problem))
    event("plan" if isinstance(answer, Loesung) else f"conflict of {len(answer.requirements)}")


def test_every_kind_is_drawn() -> None:
    """The kinds below are all there are."""
    always = {req.Stattfinden, req.Angesetzt}
    assert set(BEDINGUNGEN) | always == set(get_args(req.Requirement))
    assert set(WUENSCHE) == set(get_args(req.Preference))


@pytest.mark.parametrize("kind", get_args(req.Requirement), ids=lambda kind: kind.__name__)
def test_each_requirement_kind_binds_and_is_violated(kind: type[req.Requirement]) -> None:
    """Each kind rules out plans that all others would allow, and is part of some conflicts."""
    seen = {"binds": 0, "violated": 0}

    @settings(max_examples=JE_BLOCK)
    @given(probleme(kind, most=3))
    def agrees(problem: Problem) -> None:
        alle = Alle(problem)
        answer = judge(problem, alle)
        if isinstance(answer, Widerspruch):
            seen["violated"] += any(isinstance(r, kind) for r in answer.requirements)
        elif kind in (req.Stattfinden, req.Angesetzt):
            seen["binds"] += any(isinstance(r, kind) for r in problem.requirements)
        else:
            without = [r for r in problem.requirements if not isinstance(r, kind)]
            seen["binds"] += count(alle.plans(without)) > count(alle.plans(problem.requirements))

    for block in range(BLOECKE):
        seed(block)(agrees)()
    assert seen["binds"] > 0
    assert seen["violated"] > 0


@pytest.mark.parametrize("kind", get_args(req.Preference), ids=lambda kind: kind.__name__)
def test_each_preference_kind_costs_and_is_kept(kind: type[req.Preference]) -> None:
    """Each kind costs points in some best plans, and in others it is kept at the price of fewer choices."""
    seen = {"costs": 0, "kept": 0}

    @settings(max_examples=JE_BLOCK)
    @given(probleme(kind, most=2))
    def agrees(problem: Problem) -> None:
        alle = Alle(problem)
        answer = judge(problem, alle)
        if isinstance(answer, Loesung):
            mine = [p for p in problem.preferences if isinstance(p, kind)]
            paid = sum(costs(mine, lagen_of(problem, answer)).values())
            dearest = max(
                sum(alle.points(p, plan) for p in mine) for plan in alle.plans(problem.requirements)
            )
            seen["costs"] += paid > 0
            seen["kept"] += paid < dearest

    for block in range(BLOECKE):
        seed(block)(agrees)()
    assert seen["costs"] > 0
    assert seen["kept"] > 0
