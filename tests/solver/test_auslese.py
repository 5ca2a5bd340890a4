"""What stays open is what counting all plans of tiny problems says: the fewest, least important, last in line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import time
from itertools import combinations, permutations

import pytest
from attrs import evolve, frozen
from hypothesis import event, given, strategies as st
from ortools.sat.python import cp_model

from gremienplan import requirements as req
from gremienplan.auditing import check, costs
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Loesung, Problem, Suche, auslese, build_problem
from gremienplan.solver.auslese import Auslese, Auswahl
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from tests.solver.winzig import TAGE, Alle, lagen_of, probleme

GRENZE = 30.0


@frozen
class Fall:
    """A tiny problem, what may stay open, and what would leave it a day."""

    problem: Problem
    rang: Mapping[str, int]
    folgt: tuple[tuple[str, str], ...]
    raum: tuple[req.Fenster, ...]

    def schranken(self, offen: Collection[str]) -> list[req.Fenster]:
        return [f for f in self.raum if f.wegen in offen and f.ereignis not in offen]

    def auswahl(self) -> Auswahl:
        return Auswahl(self.problem, self.rang, self.folgt, self.schranken, GRENZE)

    def without(self, offen: Collection[str]) -> list[req.Requirement]:
        """Return what is demanded while these stay open."""
        return [r for r in self.problem.requirements if not _of(r, offen)]


def _of(r: req.Requirement, offen: Collection[str]) -> bool:
    return isinstance(r, req.Stattfinden | req.Angesetzt) and r.ereignis in offen


@st.composite
def faelle(draw: st.DrawFn) -> Fall:
    """A problem that most often has no plan; each event may stay open, or but for one all."""
    problem = draw(probleme(req.Verfuegbar, most=7))
    events = draw(st.permutations(list(problem.ereignisse)))
    needed = events[0] if draw(st.integers(0, 3)) == 0 else ""
    rang = {e: draw(st.integers(0, 2)) for e in draw(st.permutations(events)) if e != needed}
    pairs = [(a, b) for a, b in permutations(sorted(events), 2) if a < b and b != needed]
    folgt = tuple(p for p in pairs if draw(st.integers(0, 4)) == 0)
    raum = []
    for a, b in permutations(events, 2):
        if draw(st.booleans()):
            tag = draw(st.sampled_from(TAGE))
            von, bis = draw(st.sampled_from([(tag, None), (None, tag)]))
            raum.append(req.Fenster(f"{a}:{b}:offen", TATSACHE, a, von, bis, b))
    return Fall(problem, rang, folgt, tuple(raum))


def counted(fall: Fall, alle: Alle) -> frozenset[str] | None:
    """Return what stays open by trying every set; None where no set helps."""

    def order(offen: Sequence[str]) -> tuple[object, ...]:
        ranks = sorted({*fall.rang.values()}, reverse=True)
        weight = [sum(fall.rang[e] == rank for e in offen) for rank in ranks]
        return len(offen), weight, [e in offen for e in fall.rang]

    sets = sorted((s for n in range(len(fall.rang) + 1) for s in combinations(fall.rang, n)), key=order)
    for offen in sets:
        if all(b in offen for a, b in fall.folgt if a in offen) and alle.possible(fall.without(offen)):
            return frozenset(offen)
    return None


def given_up(fall: Fall, alle: Alle, offen: Collection[str]) -> list[str]:
    """Return which bounds cannot be kept, by trying every set of them: the fewest, and of those the last in line."""
    bounds = fall.schranken(offen)

    def tries() -> Iterator[tuple[req.Fenster, ...]]:
        for n in range(len(bounds) + 1):
            yield from sorted(combinations(bounds, n), key=lambda s: [b in s for b in bounds])

    for dropped in tries():
        kept = [b for b in bounds if b not in dropped]
        if any(
            all(not check(b, alle.lagen(plan, b.ereignisse), {}) for b in kept)
            for plan in alle.plans(fall.without(offen))
        ):
            return [b.id for b in dropped]
    raise AssertionError("a year without bounds has a plan")


@given(faelle())
def test_the_fewest_the_least_important_the_last_in_line(fall: Fall) -> None:
    """Exactly the set that counting finds stays open, proven; and of what leaves it a day all that can be is kept."""
    alle = Alle(fall.problem)
    expected = counted(fall, alle)
    found = fall.auswahl().run(nur_tage=False)
    event("open: " + ("no choice helps" if expected is None else str(len(expected))))
    if expected is None:
        assert found is None
        return
    assert found is not None
    assert found.bewiesen
    assert set(found.offen) == expected
    assert found.mindestens == len(expected)
    assert found.vergeblich == set(given_up(fall, alle, expected))
    the_rest_is_best(fall, alle, found)


@given(faelle())
def test_looking_at_days_only_leaves_no_more_open(fall: Fall) -> None:
    """The quick look is a lower bound: what it leaves open is no more than what has to be."""
    expected = counted(fall, Alle(fall.problem))
    found = fall.auswahl().run(nur_tage=True)
    if expected is not None:
        assert found is not None
        assert found.mindestens == len(found.offen) <= len(expected)


def the_rest_is_best(fall: Fall, alle: Alle, found: Auslese) -> None:
    """With these open, and every bound that is kept, the search finds the best plan of what has a date."""
    kept = [b for b in fall.schranken(found.offen) if b.id not in found.vergeblich]
    rest = fall.without(found.offen)
    events = {e: x for e, x in fall.problem.ereignisse.items() if e not in found.offen}
    wishes = [p for p in fall.problem.preferences if isinstance(p, req.Gewohnt) and p.ereignis in events]
    problem = evolve(fall.problem, ereignisse=events, requirements=(*rest, *kept), preferences=tuple(wishes))
    answer = Suche(problem, GRENZE).run()
    assert isinstance(answer, Loesung)
    lagen = lagen_of(problem, answer)
    assert [r.id for r in problem.requirements if check(r, lagen, {})] == []
    plans = (
        costs(wishes, alle.lagen(plan, list(plan)))
        for plan in alle.plans(rest)
        if all(not check(b, alle.lagen(plan, b.ereignisse), {}) for b in kept)
    )
    stages = sorted({p.stufe for p in wishes})
    best = min(tuple(points.get(stufe, 0) for stufe in stages) for points in plans)
    assert tuple(s.wert for s in answer.stufen if s.stufe in stages) == best


# --- the order of importance, case by case ------------------------------------------------------------------


def at_once(*events: str, tage: int = 1) -> Problem:
    """Return a problem in which as many of the events as there are days can take place."""
    last = TAGE[tage - 1]
    held = [req.Stattfinden(f"statt-{e}", TATSACHE, e, 2027, TAGE[0], last, 60) for e in events]
    one = req.Mindestabstand("eins", TATSACHE, "g", events, 1)
    return build_problem([*held, one], (), TAGE[0], [time(9)])


@pytest.mark.parametrize("rang", [dict(zip("abc", p, strict=True)) for p in permutations((0, 1, 2))])
def test_the_highest_rank_keeps_its_date(rang: dict[str, int]) -> None:
    """Whatever the line: of three for one day the most important, of three for two all but the least."""
    for tage in (1, 2):
        found = Auswahl(at_once(*"abc", tage=tage), rang, (), lambda _: (), GRENZE).run(nur_tage=True)
        assert found
        assert set(found.offen) == {e for e, rank in rang.items() if rank < 3 - tage}


@pytest.mark.parametrize("line", list(permutations("abc")))
def test_the_first_in_line_keeps_its_date(line: tuple[str, ...]) -> None:
    """Among equals, whatever the order of the problem."""
    for tage in (1, 2):
        problem, rang = at_once(*"abc", tage=tage), dict.fromkeys(line, 1)
        found = Auswahl(problem, rang, (), lambda _: (), GRENZE).run(nur_tage=True)
        assert found
        assert set(found.offen) == set(line[tage:])


def test_few_come_before_important() -> None:
    """One important event stays open rather than two others that wait for nothing else."""
    problem = at_once("a", "b")
    rang = {"a": 2, "b": 0, "c": 0}
    more = req.Stattfinden("statt-c", TATSACHE, "c", 2027, TAGE[3], TAGE[3], 60)
    problem = build_problem([*problem.requirements, more], (), TAGE[0], [time(9)])
    found = Auswahl(problem, rang, (("b", "c"),), lambda _: (), GRENZE).run(nur_tage=True)
    assert found
    assert found.offen == ("a",)
    assert found.mindestens == 1


# --- out of time, and a solver that lies --------------------------------------------------------------------


def three(rang: Mapping[str, int]) -> Auswahl:
    """Return the choice among three for two days, one of which would leave what stays open a day."""
    bounds = [req.Fenster(f"{e}:offen", TATSACHE, e, TAGE[1], None, "c") for e in "ab"]
    return Auswahl(
        at_once(*"abc", tage=2),
        rang,
        (),
        lambda offen: [b for b in bounds if b.ereignis not in offen],
        GRENZE,
    )


RAENGE = [{"a": 2, "b": 1, "c": 0}, {"a": 1, "b": 1, "c": 1}, {"c": 1, "b": 1, "a": 1}]


def wrong(monkeypatch: pytest.MonkeyPatch, call: int, verdict: Verdict) -> list[bool]:
    """Let one call hear another verdict, in a way that happens; return what was asked how."""
    calls: list[bool] = []

    def lies(model: cp_model.CpModel, lauf: Lauf, *, presolve: bool = True) -> Antwort:
        calls.append(presolve)
        answer = solve(model, lauf, presolve=presolve)
        happens = {Verdict.FEASIBLE: answer.plan, Verdict.INFEASIBLE: presolve}.get(verdict, True)
        return evolve(answer, verdict=verdict) if len(calls) - 1 == call and happens else answer

    monkeypatch.setattr(auslese, "solve", lies)
    return calls


@pytest.mark.parametrize("rang", RAENGE, ids=str)
@pytest.mark.parametrize("verdict", [Verdict.UNKNOWN, Verdict.FEASIBLE, Verdict.INFEASIBLE])
def test_any_one_wrong_verdict_makes_no_wrong_proof(
    monkeypatch: pytest.MonkeyPatch, rang: Mapping[str, int], verdict: Verdict
) -> None:
    """Out of time at any moment, or a wrong "no" with presolve: what is called proven is the right choice."""
    truth = three(rang).run(nur_tage=True)
    assert truth is not None
    assert truth.bewiesen
    assert len(truth.offen) == 1
    assert (truth.offen == ("c",)) is bool(truth.vergeblich)
    doubted = 0
    for call in range(20):
        with monkeypatch.context() as patch:
            calls = wrong(patch, call, verdict)
            found = three(rang).run(nur_tage=True)
        if found is not None and found.bewiesen:
            assert found == truth
        elif found is not None:
            doubted += 1
            assert found.mindestens <= len(truth.offen) <= len(found.offen)
        if len(calls) <= call:
            break
    assert 3 < call < 19, "each of the calls has been wrong once"
    assert doubted


def test_without_time_nothing_is_chosen() -> None:
    """No choice rather than one that is not."""
    assert evolve(three(RAENGE[0]), grenze=1e-9).run(nur_tage=True) is None


def test_stopped_on_the_way_the_choice_is_not_proven() -> None:
    """Whenever it is stopped: no choice, one that is not called proven, or the right one."""
    truth = three(RAENGE[0]).run(nur_tage=True)
    asked = [0]

    def stop(limit: int) -> bool:
        asked[0] += 1
        return asked[0] > limit

    for limit in (0, 1, 2, 4, 6):
        asked[0] = 0
        found = evolve(three(RAENGE[0]), stop=lambda limit=limit: stop(limit)).run(nur_tage=True)  # type: ignore[misc]
        assert found is None or not found.bewiesen or found == truth
