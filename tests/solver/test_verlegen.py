"""Fewest moves: what is left where it is before the search could not have been moved by any best plan."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime

from hypothesis import assume, event, given, settings, strategies as st

from gremienplan import requirements as req
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Loesung, Problem, Suche, Unmoeglich, build_problem, narrowed
from gremienplan.solver.statisch import allowed
from tests.solver.winzig import Alle, lagen_of, probleme

GRENZE = 30.0
STUFE = -1


@st.composite
def umzuege(draw: st.DrawFn) -> tuple[Problem, Sequence[str]]:
    """A tiny problem in which most events were somewhere before: where they could be, by themselves or not at all."""
    problem = draw(probleme(most=6))
    alle, wishes = Alle(problem), []
    for e, ways in alle.ways.items():
        if ways and draw(st.integers(0, 5)) > 0:
            lage = draw(st.sampled_from(ways))
            vortrag = draw(st.sampled_from([None, lage.vortrag, lage.vortrag, ("r",)]))
            g, weight = TATSACHE, draw(st.sampled_from([1, 1, 1, 2]))
            wishes.append(
                req.Bleiben(f"bleibt:{e}", g, STUFE, e, lage.beginn, lage.ende, lage.ort, vortrag, weight)
            )
    assume(wishes)
    other = [p for p in problem.preferences if p.stufe != STUFE]
    starts = sorted({w.beginn.time() for w in wishes} | {x.time() for x in _starts(alle)})
    more = build_problem(problem.requirements, [*wishes, *other], problem.zeit.von, starts)
    return more, [w.ereignis for w in wishes]


def _starts(alle: Alle) -> list[datetime]:
    return [lage.beginn for ways in alle.ways.values() for lage in ways]


@settings(max_examples=40 if os.environ.get("PROFILE") == "ci" else 12)
@given(umzuege())
def test_nothing_best_is_lost(drawn: tuple[Problem, Sequence[str]]) -> None:
    """The fewest moves and all that follows are those of counting every plan; the choice is that of all candidates."""
    problem, _ = drawn
    alle = Alle(problem)
    best = alle.best(problem.requirements)
    less = narrowed(problem, STUFE, GRENZE)
    if isinstance(less, Unmoeglich):
        assert best is None, "a plan was ruled out"
        event("impossible")
        return
    found = Suche(less, GRENZE).run()
    if best is None:
        assert isinstance(found, Unmoeglich)
        return
    assert isinstance(found, Loesung)
    assert {s.stufe: s.wert for s in found.stufen} == best
    assert all(s.bewiesen for s in found.stufen)
    whole = Suche(problem, GRENZE).run()
    assert isinstance(whole, Loesung)
    assert lagen_of(problem, found) == lagen_of(problem, whole)
    event(f"{best[STUFE]} moves")


@settings(max_examples=40 if os.environ.get("PROFILE") == "ci" else 12)
@given(umzuege())
def test_what_has_a_choice_is_moved_by_some_plan(drawn: tuple[Problem, Sequence[str]]) -> None:
    """And what has none is moved by no plan with as few moves."""
    problem, wishing = drawn
    less = narrowed(problem, STUFE, GRENZE)
    assume(isinstance(less, Problem))
    assert isinstance(less, Problem)
    alle = Alle(problem)
    best = alle.best(problem.requirements)
    assume(best is not None)
    assert best is not None
    wishes = {p.ereignis: p for p in problem.preferences if isinstance(p, req.Bleiben) and p.stufe == STUFE}
    moved = set()
    for plan in alle.plans(problem.requirements):
        if alle.costs(plan)[STUFE] == best[STUFE]:
            moved |= {e for e in wishing if alle.points(wishes[e], plan)}
    for e in wishing:
        before, after = (len(allowed(p, p.ereignisse[e])) for p in (problem, less))
        assert after == before if e in moved else after <= before
        if e not in moved:
            told = wishes[e]
            zeit = problem.zeit
            old = zeit.minute(told.beginn), zeit.minute(told.ende), told.ort
            assert {(k.beginn, k.ende, k.ort) for k in allowed(less, less.ereignisse[e])} <= {old}


def test_a_problem_without_wishes_to_stay_is_left_alone() -> None:
    """There is nothing to count."""
    problem = build_problem((), (), date(2027, 1, 1), ())
    assert narrowed(problem, STUFE, GRENZE) == problem
