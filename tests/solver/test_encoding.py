"""What the solver says of tiny problems is what counting every plan says: possible or not, how good, and why not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import event, given, seed, settings, strategies as st

from gremienplan import requirements as req
from gremienplan.auditing import check, costs
from gremienplan.quellen import TATSACHE
from gremienplan.solver import (
    Loesung,
    Problem,
    Suche,
    Unentschieden,
    Unmoeglich,
    Widerspruch,
    build_problem,
)
from gremienplan.solver.aufbau import Stufenwert
from tests.solver.urteil import GRENZE, judge
from tests.solver.winzig import BEDINGUNGEN, ERSTER, WUENSCHE, Alle, lagen_of, probleme

CI = os.environ.get("PROFILE") == "ci"
BLOECKE, JE_BLOCK = (5, 12) if CI else (1, 6)
"""Problems per kind: a seed of its own for each block keeps them from resembling each other."""
MEHR = 40
"""So many blocks at most."""


def count(plans: Iterable[object]) -> int:
    return sum(1 for _ in plans)


def in_blocks(agrees: Callable[[], None], seen: Mapping[str, int]) -> None:
    """Draw block after block, in CI until each side has been seen; every day that is ``test_zweimal``'s to say."""
    for block in range(MEHR if CI else BLOECKE):
        if block < BLOECKE or not all(seen.values()):
            seed(block)(agrees)()
    if CI:
        assert all(seen.values()), seen


@given(probleme())
def test_the_solver_agrees_with_counting_every_plan(problem: Problem) -> None:
    """Unmoeglich iff no plan passes the audit; else the best plan, stage by stage, proven; else a minimal reason."""
    answer = judge(problem, Alle(problem))
    event("plan" if isinstance(answer, Loesung) else f"conflict of {len(answer.requirements)}")


@pytest.mark.parametrize("kind", [req.Verfuegbar, req.Wegezeit])
def test_one_person_in_several_sitze(kind: type[req.Requirement]) -> None:
    """P-55: its duties are those of all its Sitze, on the days it holds them; and that rules out plans."""
    seen = {"binds": 0}

    @settings(max_examples=2 * JE_BLOCK)
    @given(probleme(kind, most=2, personen=True))
    def agrees(problem: Problem) -> None:
        alle = Alle(problem)
        judge(problem, alle)
        apart = [
            evolve(r, mit=()) if isinstance(r, req.Verfuegbar | req.Wegezeit) else r
            for r in problem.requirements
        ]
        without = Alle(evolve(problem, requirements=tuple(apart)))
        seen["binds"] += count(without.plans(apart)) > count(alle.plans(problem.requirements))

    for block in range(BLOECKE):
        seed(block)(agrees)()


@given(probleme(), st.integers(0, 8))
def test_a_search_cut_short_says_nothing_wrong(problem: Problem, looks: int) -> None:
    """Stopped at any moment: a choice passes the audit and its bounds hold; "impossible" is never a guess."""
    alle, left = Alle(problem), iter(range(looks))
    best = alle.best(problem.requirements)
    answer = Suche(problem, GRENZE, stop=lambda: next(left, None) is None).run()
    match answer:
        case Unmoeglich():
            assert best is None
        case Unentschieden():
            pass
        case Loesung():
            assert best is not None
            sound(problem, answer, best)


def sound(problem: Problem, answer: Loesung, best: Mapping[int, int]) -> None:
    lagen = lagen_of(problem, answer)
    assert [r.id for r in problem.requirements if check(r, lagen, {})] == []
    points = dict.fromkeys(best, 0) | costs(problem.preferences, lagen)
    assert [s.stufe for s in answer.stufen] == list(best)
    for s in answer.stufen:
        assert s.schranke <= points[s.stufe]
        assert s.wert is None or points[s.stufe] <= s.wert
        assert s.schranke <= best[s.stufe]
        if points[s.stufe] != best[s.stufe]:
            assert not s.bewiesen
            break
    assert answer.abgebrochen or points == best


# --- what was once wrong ------------------------------------------------------------------------------------

G = TATSACHE
TAG, NEXT = ERSTER, ERSTER + timedelta(days=1)


def tiny(
    *requirements: req.Requirement, wishes: Sequence[req.Preference] = (), at: time = time(22)
) -> Problem:
    return build_problem(requirements, wishes, ERSTER, [at])


def statt(e: str, von: date = TAG, bis: date = NEXT) -> req.Stattfinden:
    return req.Stattfinden(e, G, e, 2026, von, bis, 120)


def test_a_deputy_with_fewer_duties_is_still_one_person() -> None:
    """Its duties are among those of whom it stands in for; but at the Beratung only one of the two is there."""
    bv = req.Sitzungstag("bv", "bv", datetime.combine(TAG, time(21)), datetime.combine(TAG, time(23)), "BV")
    duties = (req.Pflicht("a"), req.Pflicht("x"))
    problem = tiny(
        statt("a", TAG, TAG),
        statt("b", NEXT, NEXT),
        req.Angesetzt("x", G, "x", "bv", (bv,), (("p", "q"),)),
        req.Verfuegbar("p", G, "p", (*duties, req.Pflicht("b"))),
        req.Verfuegbar("q", G, "q", duties),
    )
    answer = judge(problem, Alle(problem))
    assert isinstance(answer, Widerspruch)
    assert {r.id for r in answer.requirements} == {"a", "x", "p", "q"}


def test_too_few_is_not_impossible_by_itself() -> None:
    """An event nobody demands may still be held: that there are too few needs the reason why one is not."""
    late = req.Fenster("spaet", G, "b", date(2027, 1, 1), None)
    least = req.Anzahl("zwei", G, "lk", ("a", "b"), 2026, min=2)
    problem = tiny(statt("a"), statt("b", TAG, date(2027, 1, 2)), late, least)
    answer = judge(problem, Alle(problem))
    assert isinstance(answer, Widerspruch)
    assert {r.id for r in answer.requirements} == {"b", "spaet", "zwei"}


def test_what_ends_at_midnight_ends_on_the_next_day() -> None:
    problem = tiny(
        statt("a", TAG, TAG), req.Sperrtage("frei", G, "a", "feiertage", (req.Sperre(NEXT, NEXT, "x"),))
    )
    assert isinstance(judge(problem, Alle(problem)), Widerspruch)


def test_busy_days_are_evenings_all_of_them() -> None:
    """Busy time over midnight counts on its second day too: the event there adds no evening."""
    away = req.Belegung(datetime.combine(TAG, time(8)), datetime.combine(NEXT, time(20)), "Urlaub")
    wish = req.Abendlast("abend", G, 1, "p", ("a",), (away,), time(18), 1, 5)
    problem = tiny(statt("a", NEXT, NEXT), wishes=[wish])
    assert isinstance(judge(problem, Alle(problem)), Loesung)


def test_nothing_to_hold_is_a_plan() -> None:
    """A programme may ask for nothing."""
    assert judge(tiny(), Alle(tiny())) == Loesung({}, {}, (Stufenwert(1, 0, 0),), kanonisch=True)


# --- each kind ----------------------------------------------------------------------------------------------


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

    in_blocks(agrees, seen)


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

    in_blocks(agrees, seen)
