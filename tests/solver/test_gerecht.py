"""Loads that are shared: the stages of one wish, one after the other, are the leximin order."""

from __future__ import annotations

import os
from datetime import time

from hypothesis import event, given, settings, strategies as st

from gremienplan import requirements as req
from gremienplan.auditing.gerecht import load
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Loesung, Problem, Suche, build_problem
from tests.solver.winzig import ERSTER, Alle, Lagen, Welt, lagen_of, lasten, welten

TIEFE = 5
"""Steps: more than the largest load of a tiny problem."""


@st.composite
def geteilt(draw: st.DrawFn) -> Problem:
    """A tiny problem whose only wish is to share something, compared down to the smallest load."""
    welt: Welt = draw(welten(False))
    was = draw(st.sampled_from(req.Was))
    who, ab = draw(lasten(welt, was)), draw(st.sampled_from([time(12), time(18)]))
    wishes = [req.Ausgleich(f"w{n}", TATSACHE, 5 + n, was, who, ab, n, 1) for n in range(TIEFE + 1)]
    return build_problem(welt.existenz, wishes, ERSTER, welt.anfaenge)


def loads(problem: Problem, lagen: Lagen) -> list[int]:
    """Return all loads, the largest first."""
    p = problem.preferences[0]
    assert isinstance(p, req.Ausgleich)
    return sorted((load(p.was, p.ab, last, lagen) for last in p.lasten), reverse=True)


@settings(max_examples=60 if os.environ.get("PROFILE") == "ci" else 12)
@given(geteilt())
def test_the_stages_of_one_wish_are_leximin(problem: Problem) -> None:
    """Of all plans none has a smaller largest load, or then a smaller second largest, and so on: all are counted."""
    alle, events = Alle(problem), tuple(problem.ereignisse)
    every = [loads(problem, alle.lagen(plan, events)) for plan in alle.plans(problem.requirements)]
    answer = Suche(problem, 30.0).run()
    if not every:
        return
    assert isinstance(answer, Loesung)
    found = loads(problem, lagen_of(problem, answer))
    if max(found) <= TIEFE:
        assert found == min(every)
    else:
        assert found[0] == min(every)[0]
    assert all(stage.bewiesen for stage in answer.stufen)
    event("all plans alike" if min(every) == max(every) else "a choice")
