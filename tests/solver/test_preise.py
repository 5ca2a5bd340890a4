"""The price of the order of stages is what counting every plan says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from hypothesis import given

from gremienplan import requirements as req
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Loesung, Preis, Problem, Suche, build_problem, prices
from gremienplan.solver.aufbau import Aufbau
from tests.solver.winzig import ERSTER, Alle, probleme


@given(probleme())
def test_prices_agree_with_counting_every_plan(problem: Problem) -> None:
    """Each pair of stages in which the later one could have less; what it could have, and what that costs at least."""
    answer = Suche(problem, 30.0).run()
    if isinstance(answer, Loesung):
        assert list(prices(problem, answer.stufen, 30.0)) == list(counted(problem, answer))


def test_a_price() -> None:
    """Both on their usual Wednesday, or three days apart: six points in place of none, for four."""
    usual = [req.Gewohnt(f"w{e}", TATSACHE, 1, e, 2, time(10), 4, 1) for e in ("a", "b")]
    problem = build_problem(
        [req.Stattfinden(e, TATSACHE, e, 2026, ERSTER, ERSTER + timedelta(days=6), 120) for e in ("a", "b")],
        [*usual, req.Abstandswunsch("ab", TATSACHE, 2, "a", "b", 3, None, 2)],
        ERSTER,
        [time(10)],
    )
    answer = Suche(problem, 30.0).run()
    assert isinstance(answer, Loesung)
    assert [s.wert for s in answer.stufen] == [0, 6]
    expected = [Preis(1, 2, waere=0, dafuer=4, exakt=True)]
    assert list(prices(problem, answer.stufen, 30.0)) == expected == list(counted(problem, answer))


def counted(problem: Problem, answer: Loesung) -> Iterator[Preis]:
    alle = Alle(problem)
    plans = [alle.costs(plan) for plan in alle.plans(problem.requirements)]
    best = {s.stufe: s.wert or 0 for s in answer.stufen}
    for spaeter in best:
        for frueher in (s for s in best if s < spaeter):
            held = [s for s in best if s < spaeter and s != frueher]
            left = [plan for plan in plans if all(plan[s] <= best[s] for s in held)]
            least = min(plan[spaeter] for plan in left)
            if least < best[spaeter]:
                dafuer = min(plan[frueher] for plan in left if plan[spaeter] == least)
                yield Preis(frueher, spaeter, least, dafuer, exakt=True)


def test_stopped_it_builds_no_further_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C is heard between two models, not only while one is searched."""
    usual = [req.Gewohnt(f"w{e}", TATSACHE, 1, e, 2, time(10), 4, 1) for e in ("a", "b")]
    problem = build_problem(
        [req.Stattfinden(e, TATSACHE, e, 2026, ERSTER, ERSTER + timedelta(days=6), 120) for e in ("a", "b")],
        [*usual, req.Abstandswunsch("ab", TATSACHE, 2, "a", "b", 3, None, 2)],
        ERSTER,
        [time(10)],
    )
    answer = Suche(problem, 30.0).run()
    assert isinstance(answer, Loesung)
    built: list[object] = []
    monkeypatch.setattr(Aufbau, "modell", lambda *args, **_: built.append(args))
    assert list(prices(problem, answer.stufen, 30.0, lambda: True)) == built == []
