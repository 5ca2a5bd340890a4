"""Variants of planted years, and of tiny problems by counting: truly different, as good, and no more where none is."""

from __future__ import annotations

import os
from functools import cache
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import event, given, strategies as st

from gremienplan.auditing import audit
from gremienplan.plan import Conflict, Plan, plan_to_json
from gremienplan.planning import Varianten, schedule, variants
from gremienplan.planning.varianten import andere, days_of, unit, worst
from gremienplan.projekt import Festlegung, Projekt
from gremienplan.solver import Loesung, Problem, Suche, Unmoeglich
from gremienplan.solver.anders import Anders
from gremienplan.solver.lauf import Lauf
from tests.jahre.pflanzen import Gepflanzt, pflanze
from tests.nur_ci import nur_ci
from tests.solver.winzig import Alle, probleme

CI = os.environ.get("PROFILE") == "ci"
SEEDS = (2, 6) if CI else (2,)
GRENZE = 30.0
year = cache(pflanze)


def found(projekt: Projekt, jahr: int, number: int = 3) -> Varianten:
    answer = variants(projekt, jahr, number, effort="kurz")
    assert isinstance(answer, Varianten)
    return answer


@cache
def of_seed(seed: int) -> Varianten:
    """Return the variants of a planted year whose windows are as wide as the programme's."""
    return found(wide(year(seed)), year(seed).jahr, 3 if CI else 2)


def wide(grown: Gepflanzt) -> Projekt:
    """Return the project with the windows of the programme as it is: the planted ones leave no room."""
    from gremienplan.loading import load

    return evolve(grown.projekt, programm=load("hamm").programm)


@pytest.mark.parametrize("seed", SEEDS)
class TestGesetze:
    @nur_ci("a second search")
    def test_the_first_is_the_plan(self, seed: int) -> None:
        """The same bytes as without variants."""
        plan = schedule(wide(year(seed)), year(seed).jahr, effort="kurz")
        assert isinstance(plan, Plan)
        assert plan_to_json(of_seed(seed).varianten[0].plan) == plan_to_json(plan)

    def test_any_two_differ_on_three_dates_of_ten(self, seed: int) -> None:
        """By the day, of those nobody has fixed; and that is what the table says."""
        several = of_seed(seed)
        assert len(several.varianten) > 1
        plans = [v.plan for v in several.varianten]
        assert set(several.frei) == plans[0].lagen.keys()
        for a, b in combinations(range(len(plans)), 2):
            before, after = days_of(plans[a]), days_of(plans[b])
            other = [e for e in several.frei if before[e] != after[e]]
            assert 10 * len(other) >= 3 * len(several.frei)
            assert several.unterschiede(a, b) == tuple(other)
            assert several.mindestens <= len(other)

    def test_each_is_sound_and_as_good(self, seed: int) -> None:
        """The audit is content; every stage but the last as in the best plan, the last within its limit, proven."""
        several, projekt = of_seed(seed), wide(year(seed))
        best = several.varianten[0].plan
        for v in several.varianten:
            judged = audit(projekt, v.plan)
            assert judged.findings == ()
            assert judged.kosten == {s.stufe: s.wert for s in v.plan.stufen}
            assert v.bewiesen
            assert v.kanonisch
            for mine, least in zip(v.plan.stufen, best.stufen, strict=True):
                assert mine.schranke == least.schranke
                more = mine.wert - least.wert
                assert more == 0 or mine == v.plan.stufen[-1]
                assert 100 * more <= max(2 * least.wert, 100 * 5)


@pytest.mark.parametrize(("free", "number"), [(0, 1), (1, 2)])
def test_where_no_other_is_as_good_it_is_said(free: int, number: int) -> None:
    """With all Sitzungen fixed, or all but one, there are fewer than asked for; and that is proven."""
    grown = year(2 if free else 0)
    fixed = tuple(Festlegung(t.sitzung, t.beginn, t.ende) for t in grown.plan.termine[free:])
    several = found(evolve(grown.projekt, fest=fixed), grown.jahr)
    assert len(several.varianten) == number
    assert several.erschoepft


def test_what_is_fixed_does_not_count() -> None:
    """A date somebody else has set is no date to differ in, and stays in each."""
    grown = year(2)
    first = of_seed(2).varianten[0].plan.termine[0]
    projekt = evolve(wide(grown), fest=(Festlegung(first.sitzung, first.beginn, first.ende),))
    several = found(projekt, grown.jahr, 2)
    assert first.sitzung not in several.frei
    assert {days_of(v.plan)[first.sitzung] for v in several.varianten} == {first.beginn.date()}


def test_a_year_without_a_plan_has_no_variants() -> None:
    """The answer is the Conflict."""
    grown = year(0)
    assert grown.ohne is not None
    assert isinstance(variants(grown.ohne, grown.jahr, effort="kurz"), Conflict)


@pytest.mark.skipif(not CI, reason="a second search: PROFILE=ci")
def test_they_do_not_depend_on_threads() -> None:
    """The same bytes with two workers as with one."""
    grown = year(2)
    again = variants(wide(grown), grown.jahr, effort="kurz", workers=2)
    assert isinstance(again, Varianten)
    assert [plan_to_json(v.plan) for v in again.varianten] == [
        plan_to_json(v.plan) for v in of_seed(2).varianten
    ]


def test_three_of_ten_are_rounded_up() -> None:
    assert [andere(n) for n in (0, 1, 3, 4, 10, 11, 102)] == [0, 1, 1, 2, 3, 4, 31]


@given(probleme(most=3), st.integers(1, 2))
def test_what_counting_finds(problem: Problem, earlier: int) -> None:
    """A further choice is found iff there is one, and then the best; that there is none is confirmed."""
    alle = Alle(problem)
    stages = sorted({p.stufe for p in problem.preferences}) or [1]

    def staged(plan: dict[str, int]) -> tuple[int, ...]:
        return tuple(alle.costs(plan)[stufe] for stufe in stages)

    ranked = sorted((staged(p), list(p.items())) for p in alle.plans(problem.requirements))
    if not ranked:
        return
    day = {e: [problem.zeit.tag(lage.tag) for lage in ways] for e, ways in alle.ways.items()}
    before = [{e: day[e][n] for e, n in plan} for _, plan in ranked[:earlier]]
    shared = len(problem.ereignisse) - andere(len(problem.ereignisse))
    best = Suche(problem, GRENZE).run()
    assert isinstance(best, Loesung)
    limits = dict(zip(stages, ranked[0][0], strict=True))
    limits[stages[-1]] += max(limits[stages[-1]] * 2 // 100, unit(problem.preferences, stages[-1]))
    good = [
        costs
        for costs, plan in ranked
        if all(c <= limits[s] for s, c in zip(stages, costs, strict=True))
        and all(sum(tage[e] == day[e][n] for e, n in plan) <= shared for tage in before)
    ]
    anders = Anders(problem, before, shared, limits)
    narrowed = anders.narrowed()
    assert narrowed is not None
    answer = Suche(narrowed, GRENZE, zusatz=(anders,)).run()
    event("another" if good else "none")
    if good:
        assert isinstance(answer, Loesung)
        assert tuple(s.wert for s in answer.stufen) == min(good)
        assert all(s.bewiesen for s in answer.stufen)
        chosen = {e: k.tag for e, k in answer.wahl.items()}
        assert all(sum(tage[e] == chosen[e] for e in tage) <= shared for tage in before)
        assert not anders.impossible(narrowed, Lauf(GRENZE))
    else:
        assert isinstance(answer, Unmoeglich)
        assert anders.impossible(narrowed, Lauf(GRENZE))


def test_the_limits_of_a_variant() -> None:
    """As much as the best plan; in the last stage two of a hundred more, or one unit of a wish."""
    from gremienplan import requirements as req
    from gremienplan.plan import Stufe
    from gremienplan.quellen import TATSACHE

    wishes = [req.Vorher(str(n), TATSACHE, 2, "a", "b", n) for n in (3, 5)]
    assert unit(wishes, 2) == 3
    assert unit(wishes, 1) == 0
    assert worst([Stufe(1, 40, 40), Stufe(2, 7, 7)], wishes) == {1: 40, 2: 10}
    assert worst([Stufe(1, 40, 40), Stufe(2, 400, 400)], wishes) == {1: 40, 2: 408}
