"""Cities that share people: block by block the plan of the whole, where people are really shared."""

from __future__ import annotations

from collections import Counter

import pytest

from gremienplan import requirements as req
from gremienplan.plan import Plan
from gremienplan.planning import answer, ask, schedule
from gremienplan.solver import Loesung, Suche, in_blocks
from gremienplan.solver.lose import events_of
from gremienplan.solver.zerlegung import partition
from tests.jahre.region import GETEILT, JAHR, region
from tests.jahre.ziehen import ziehe


def test_neighbours_share_people_and_nothing_else() -> None:
    """Each city is a block; between neighbours lie as many persons as are shared, twice (places, and ways)."""
    problem = ask(region(3)).problem
    groups = partition(problem)
    assert [len(group) for group in groups] == [102, 102, 102]
    assert [{e.partition("@")[2][0] for e in group} for group in groups] == [{"0"}, {"1"}, {"2"}]
    between: Counter[tuple[str, ...]] = Counter()
    for r in problem.requirements:
        cities = {e.partition("@")[2][0] for e in events_of(r, problem)}
        if len(cities) > 1:
            assert isinstance(r, req.Verfuegbar | req.Wegezeit)
            between[tuple(sorted(cities))] += 1
    assert between == {("0", "1"): 2 * GETEILT, ("1", "2"): 2 * GETEILT}


@pytest.mark.acceptance
@pytest.mark.parametrize("geteilt", [3, 12])
def test_two_cities_block_by_block_are_two_cities_at_once(geteilt: int) -> None:
    """With a few people shared, and with many, so that the two clash: the same plan, proven, and canonical."""
    frage = ask(region(2, geteilt=geteilt))
    apart, whole = in_blocks(Suche(frage.problem, 60.0)), Suche(frage.problem, 60.0).run()
    assert isinstance(apart, Loesung)
    assert isinstance(whole, Loesung)
    assert apart.kanonisch
    assert apart.wahl == whole.wahl
    assert apart.stufen == whole.stufen
    assert isinstance(answer(frage, 60.0), Plan)


@pytest.mark.acceptance
def test_cities_that_share_nobody_cost_what_they_cost_alone() -> None:
    """Stage by stage the sum."""
    both = answer(ask(region(2, geteilt=0)), 60.0)
    alone = [schedule(ziehe(seed, JAHR), JAHR) for seed in (0, 1)]
    assert isinstance(both, Plan)
    points = [[s.wert for s in plan.stufen] for plan in alone if isinstance(plan, Plan)]
    assert [s.wert for s in both.stufen] == [sum(values) for values in zip(*points, strict=True)]
    assert both.bewiesen
