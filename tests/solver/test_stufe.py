"""Large stages, days first: what is found is what counting every plan finds, however few candidates there are."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given

from gremienplan import requirements as req
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Loesung, Problem, Suche, build_problem, schrumpf, stufe
from gremienplan.solver.aufbau import Aufbau, Stand
from gremienplan.solver.lauf import Lauf
from gremienplan.solver.schrumpf import shrink
from gremienplan.solver.statisch import allowed
from tests.solver.urteil import judge
from tests.solver.winzig import ERSTER, Alle, probleme


@pytest.fixture(scope="module", autouse=True)
def _everything_is_large() -> object:
    """Ask for the days of every problem first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stufe, "GROSS", 0)
        yield


@given(probleme())
def test_days_first_agrees_with_counting_every_plan(problem: Problem) -> None:
    """Impossible iff no plan passes the audit; else the best plan, stage by stage, proven, and the one by the rule."""
    judge(problem, Alle(problem))


def test_what_few_events_need_is_left_to_them() -> None:
    """A stage above the least of its candidates: the others keep their cheapest, and nothing else changes."""
    problem = habits()
    found = Suche(problem, 30.0).run()
    assert isinstance(found, Loesung)
    assert [s.wert for s in found.stufen] == [4, 0]
    aufbau, wert = Aufbau(problem), found.stufen[0]
    offen = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
    left = shrink(aufbau, offen, wert, [wert], Stand(found.wahl, found.vortrag), Lauf(30.0))
    assert {e: len(ks) for e, ks in left.items()} == {f"e{n}": 1 if n < 6 else 14 for n in range(8)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schrumpf, "WORTH", 10**6)
        assert Suche(problem, 30.0).run() == found


def habits() -> Problem:
    """Eight events on their usual Wednesday; the last two must not fall on one day, and one has to move."""
    events = [f"e{n}" for n in range(8)]
    return build_problem(
        [
            *(req.Stattfinden(e, TATSACHE, e, 2026, ERSTER, ERSTER + timedelta(days=6), 120) for e in events),
            req.Mindestabstand("m", TATSACHE, "g", tuple(events[6:]), 2),
        ],
        [req.Gewohnt(f"w{e}", TATSACHE, 1, e, 2, time(10), 4, 4) for e in events]
        + [req.Vorher("v", TATSACHE, 2, "e6", "e7", 5)],
        ERSTER,
        [time(9), time(10)],
    )
