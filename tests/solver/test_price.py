"""The price of another date, on tiny problems, is what counting every plan says: possible or not, and how dear."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import datetime, time

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, event, given, settings, strategies as st

from gremienplan import requirements as req
from gremienplan.auditing import check, costs
from gremienplan.plan import Lage
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Loesung, Problem, Unmoeglich, build_problem, nachbarn, wenige
from gremienplan.solver.aufbau import Stufenwert
from gremienplan.solver.price import Preise
from gremienplan.solver.problem import Kandidat
from tests.nur_ci import nur_ci
from tests.solver.urteil import GRENZE
from tests.solver.winzig import ERSTER, TAGE, Alle, as_lage, lagen_of, probleme

CI = os.environ.get("PROFILE") == "ci"

FIXTURES = (HealthCheck.function_scoped_fixture,)

Plan = Mapping[str, Lage]


@frozen
class Gezaehlt:
    """Every plan of a problem with its points, stage by stage."""

    problem: Problem
    plans: tuple[tuple[tuple[int, ...], Plan], ...]

    @property
    def best(self) -> tuple[int, ...]:
        return min(points for points, _ in self.plans)

    def with_day(self, ereignis: str, tag: int) -> list[tuple[tuple[int, ...], Plan]]:
        day = self.problem.zeit.datum(tag)
        return [(points, plan) for points, plan in self.plans if plan[ereignis].tag == day]


def counted(problem: Problem) -> Gezaehlt:
    alle = Alle(problem)
    found = []
    for numbers in alle.plans(problem.requirements):
        points = tuple(alle.costs(numbers)[stufe] for stufe in problem.stufen or (1,))
        found.append((points, {e: alle.ways[e][n] for e, n in numbers.items()}))
    return Gezaehlt(problem, tuple(found))


def prices(
    gezaehlt: Gezaehlt, points: tuple[int, ...], plan: Plan, *, proven: bool, verlegt: int | None = None
) -> Preise:
    """Return prices beside one of the plans; its bounds are its points only if it is the best."""
    problem, zeit = gezaehlt.problem, gezaehlt.problem.zeit
    wahl = {
        e: Kandidat(
            zeit.tag(lage.tag), zeit.minute(lage.beginn), zeit.minute(lage.ende), lage.ort, lage.sitzung
        )
        for e, lage in plan.items()
    }
    werte = tuple(
        Stufenwert(s, wert, wert if proven else 0)
        for s, wert in zip(problem.stufen or (1,), points, strict=True)
    )

    def zaehlen(wahl: Mapping[str, Kandidat], vortrag: Mapping[str, tuple[str, ...]]) -> dict[int, int]:
        lagen = {e: (as_lage(problem, e, k, vortrag.get(e, ())),) for e, k in wahl.items()}
        return costs(problem.preferences, lagen)

    vortrag = {e: plan[e].vortrag for e in wahl if problem.ereignisse[e].vortrag}
    return Preise(problem, Loesung(wahl, vortrag, werte), zaehlen, GRENZE, verlegt=verlegt)


def days(preise: Preise) -> Iterator[tuple[str, int, tuple[Kandidat, ...]]]:
    """Yield every day of every event, with the candidates that no requirement forbids by themselves."""
    for e, ereignis in preise.problem.ereignisse.items():
        for tag in ereignis.tage:
            yield e, tag, tuple(k for k in preise.offen[e] if k.tag == tag)


def moved(plan: Plan, other: Plan) -> int:
    return sum(
        (a.beginn, a.ort, a.sitzung) != (b.beginn, b.ort, b.sitzung)
        for a, b in ((plan[e], other[e]) for e in plan)
    )


@nur_ci("many searches")
@settings(max_examples=80 if CI else 20, suppress_health_check=FIXTURES)
@given(probleme())
def test_each_day_costs_what_the_best_plan_with_it_costs(problem: Problem) -> None:
    """Beside the best plan: exact in each stage, sound, moving as little as any; and impossible iff no plan has it."""
    gezaehlt = counted(problem)
    if not gezaehlt.plans:
        event("impossible")
        return
    plan = next(plan for points, plan in gezaehlt.plans if points == gezaehlt.best)
    _all_right(gezaehlt, prices(gezaehlt, gezaehlt.best, plan, proven=True), plan)


@nur_ci("many searches")
@settings(max_examples=50 if CI else 12, suppress_health_check=FIXTURES)
@given(probleme(), st.integers(0, 10**6))
def test_beside_any_plan_the_points_are_those_of_the_best_with_that_day(
    problem: Problem, number: int
) -> None:
    """Beside a plan of which nothing is proven: the same, though a day may then be cheaper than the plan."""
    gezaehlt = counted(problem)
    if gezaehlt.plans:
        points, plan = gezaehlt.plans[number % len(gezaehlt.plans)]
        _all_right(gezaehlt, prices(gezaehlt, points, plan, proven=False), plan)


@settings(max_examples=50 if CI else 12, suppress_health_check=FIXTURES)
@given(probleme(), st.integers(0, 10**6))
def test_beside_a_plan_people_rely_on_as_few_are_moved_as_can_be(problem: Problem, number: int) -> None:
    """Any plan, with one stage more before all others: whatever does not lie as in it costs a point."""
    gezaehlt = counted(problem)
    if not gezaehlt.plans:
        return
    _, told = gezaehlt.plans[number % len(gezaehlt.plans)]
    stays = tuple(
        req.Bleiben(
            f"bleibt:{e}",
            G,
            -1,
            e,
            x.beginn,
            x.ende,
            x.ort,
            x.vortrag if problem.ereignisse[e].vortrag else None,
        )
        for e, x in told.items()
        if e not in problem.fakten
    )
    first = counted(evolve(problem, preferences=(*stays, *problem.preferences)))
    points, plan = next((points, plan) for points, plan in first.plans if plan == told)
    assert points == first.best
    _all_right(first, prices(first, points, plan, proven=True, verlegt=-1), plan)


@pytest.fixture(autouse=True, params=["near by", "alone"])
def surroundings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where at first only the event itself may move, to its two best ways: then bounds and searches decide."""
    if request.param == "alone":
        monkeypatch.setattr(nachbarn, "MOST", 1)
        monkeypatch.setitem(wenige.MOST, wenige.Welche.NAHE, 2)
        monkeypatch.setattr(Preise, "_wide", lambda _self, _offen, stand, _welche: stand)


def _all_right(gezaehlt: Gezaehlt, preise: Preise, plan: Plan) -> None:
    problem = gezaehlt.problem
    for e, tag, ways in days(preise):
        found = preise.price(e, ways, wenig=True)
        having = gezaehlt.with_day(e, tag)
        quick = preise.near(e, ways) if ways else None
        if not having:
            assert quick is None
            assert isinstance(found, Unmoeglich)
            continue
        assert isinstance(found, Loesung), (e, tag)
        best = min(points for points, _ in having)
        assert preise.least(e, ways) <= best
        assert quick is None or quick >= best
        for limit in (gezaehlt.best, best):
            assert not preise.dearer(e, ways, limit) or best > limit
        assert tuple(s.wert for s in found.stufen) == best
        assert all(s.bewiesen for s in found.stufen)
        lagen = lagen_of(problem, found)
        assert lagen[e][0].tag == problem.zeit.datum(tag)
        assert [r.id for r in problem.requirements if check(r, lagen, {})] == []
        fewest = min(moved(plan, other) for points, other in having if points == best)
        if preise.basis.wahl[e] not in ways:
            assert moved(plan, {x: lage for x, (lage,) in lagen.items()}) == fewest


def test_what_costs_more_is_quickly_told() -> None:
    """Off its weekday "a" costs a point; on its weekday none, and that is no more than a limit of none."""
    problem = build_problem(
        [statt("a", 0, 1), statt("b", 3, 4)],
        [req.Gewohnt("g", G, 1, "a", TAGE[0].weekday(), time(10), 1, 0)],
        ERSTER,
        [time(10)],
    )
    gezaehlt = counted(problem)
    plan = next(plan for points, plan in gezaehlt.plans if points == gezaehlt.best)
    preise = prices(gezaehlt, gezaehlt.best, plan, proven=True)
    told = {tag: preise.dearer(e, ways, (0,)) for e, tag, ways in days(preise) if e == "a"}
    assert list(told.values()) == [False, True]


# --- bounds that hold only under a condition ---------------------------------------------------------------

G = TATSACHE


def statt(e: str, first: int, last: int) -> req.Stattfinden:
    return req.Stattfinden(e, G, e, TAGE[first].year, TAGE[first], TAGE[last], 60)


def avoids(e: str, points: int, *days: int) -> req.Meiden:
    times = tuple(
        req.Belegung(datetime.combine(TAGE[d], time(0)), datetime.combine(TAGE[d], time(23)), "")
        for d in days
    )
    return req.Meiden(f"{e}{points}", G, 2, e, "meidetage", times, points)


def forced(problem: Problem, ereignis: str, tag: int) -> tuple[tuple[int | None, ...], bool]:
    """Return the points with an event on a day, beside the best plan, and whether they are said to be proven."""
    gezaehlt = counted(problem)
    plan = next(plan for points, plan in gezaehlt.plans if points == gezaehlt.best)
    preise = prices(gezaehlt, gezaehlt.best, plan, proven=True)
    found = preise.price(ereignis, tuple(k for k in preise.offen[ereignis] if k.tag == tag))
    assert isinstance(found, Loesung)
    return tuple(s.wert for s in found.stufen), all(s.bewiesen for s in found.stufen)


def test_a_stage_may_be_cheaper_than_the_plan_s_behind_one_that_is_dearer() -> None:
    """Off its weekday "a" is no longer to be avoided, which was worth 5; only if "b" follows is nothing else lost."""
    problem = build_problem(
        [statt("a", 0, 1), statt("b", 3, 4)],
        [
            req.Gewohnt("g", G, 1, "a", TAGE[0].weekday(), time(10), 1, 0),
            avoids("a", 5, 0),
            req.Abstandswunsch("w", G, 2, "a", "b", 3, 3, 1),
        ],
        ERSTER,
        [time(10)],
    )
    assert forced(problem, "a", 1) == ((1, 0), True)


def test_the_best_rest_says_nothing_once_another_event_is_driven_off() -> None:
    """With "b" on its weekday stage 2 costs at least 5, or so the rest of the year says; "a" drives it off that day."""
    problem = build_problem(
        [statt("a", 0, 6), statt("b", 0, 7), req.Reihenfolge("r", G, "a", "b", 1)],
        [
            req.Gewohnt("g", G, 1, "b", TAGE[1].weekday(), time(10), 1, 0),
            avoids("b", 5, 1),
            avoids("b", 3, 4, 5, 6, 7),
        ],
        ERSTER,
        [time(10)],
    )
    assert forced(problem, "a", 2) == ((1, 0), True)


def test_no_price_lies_below_what_is_said_to_be_the_least() -> None:
    """At ten the seat is elsewhere each day: "e" must leave its hour, and the hour it would like says nothing.

    Held to ten for the stage after that, "e" would meet what is to be avoided then on the day between.
    """
    held = [
        r
        for d in range(3)
        for r in (statt(f"f{d}", d, d), req.Fest(f"x{d}", G, f"f{d}", datetime.combine(TAGE[d], time(10))))
    ]
    there = tuple(req.Pflicht(e) for e in ("e", "f0", "f1", "f2"))
    at_ten = req.Belegung(datetime.combine(TAGE[1], time(10)), datetime.combine(TAGE[1], time(11)), "")
    problem = build_problem(
        [statt("e", 0, 2), *held, req.Verfuegbar("v", G, "s", there, ())],
        [
            req.Gewohnt("g", G, 1, "e", TAGE[0].weekday(), time(10), 0, 1),
            req.Meiden("m", G, 2, "e", "meidetage", (at_ten,), 5),
            avoids("e", 3, 2),
        ],
        ERSTER,
        [time(10), time(11)],
    )
    gezaehlt = counted(problem)
    plan = next(plan for points, plan in gezaehlt.plans if points == gezaehlt.best)
    preise = prices(gezaehlt, gezaehlt.best, plan, proven=True)
    for e, tag, ways in days(preise):
        assert preise.least(e, ways) <= min(points for points, _ in gezaehlt.with_day(e, tag))
