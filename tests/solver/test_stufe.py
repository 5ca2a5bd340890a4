"""Large stages, days first: what is found is what counting every plan finds, however few candidates there are."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, example, given, settings, strategies as st
from ortools.sat.python import cp_model

from gremienplan import requirements as req
from gremienplan.quellen import TATSACHE
from gremienplan.solver import (
    Loesung,
    Problem,
    Suche,
    anfang,
    build_problem,
    conflict,
    schrumpf,
    search,
    stufe,
)
from gremienplan.solver.anfang import begin
from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.schrumpf import shrink
from gremienplan.solver.statisch import allowed
from tests.nur_ci import CI, nur_ci
from tests.solver.urteil import judge
from tests.solver.winzig import ERSTER, Alle, probleme


@pytest.fixture(scope="module", autouse=True)
def _everything_is_large() -> object:
    """Ask for the days of every problem first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stufe, "GROSS", 0)
        yield


def test_the_last_thing_told_is_how_it_ended() -> None:
    """Value and bound, which are one where it is proven."""
    model = cp_model.CpModel()
    x = [model.new_bool_var(f"x{n}") for n in range(6)]
    model.add(sum(x) >= 3)
    model.minimize(sum((n + 2) * x[n] for n in range(6)))
    told: list[tuple[int, int]] = []
    solve(model, Lauf(30.0, melden=lambda wert, schranke: told.append((wert, schranke))))
    assert told[-1] == (9, 9)


@given(probleme(), st.booleans())
def test_days_first_agrees_with_counting_every_plan(problem: Problem, begun: bool) -> None:
    """Impossible iff no plan passes the audit; else the best plan, stage by stage, proven, and the one by the rule.

    With a plan to begin with, and without one; of what is impossible few candidates are tried first.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conflict, "VIELE", 2)
        if begun:
            patch.setattr(anfang, "is_large", lambda _: False)
        judge(problem, Alle(problem))


@st.composite
def with_habits(draw: st.DrawFn) -> Problem:
    """Draw events that have usual days and cannot all keep them: in the first stage or the second."""
    names = "abc"
    usual, stufe = draw(st.integers(0, 6)), draw(st.integers(1, 2))
    days = [draw(st.sampled_from([usual, usual, (usual + 1) % 7])) for _ in names]
    pair = draw(st.sampled_from(["ab", "ac", "bc"]))
    apart = req.Mindestabstand("m", TATSACHE, "g", tuple(pair), draw(st.integers(2, 3)))
    event = [req.Stattfinden(e, TATSACHE, e, 2026, ERSTER, ERSTER + timedelta(days=6), 60) for e in names]
    habit = [
        req.Gewohnt(
            f"g{e}", TATSACHE, stufe, e, tag, time(10), draw(st.integers(1, 4)), draw(st.integers(0, 3))
        )
        for e, tag in zip(names, days, strict=True)
    ]
    other = req.Abstandswunsch("w", TATSACHE, 3 - stufe, "a", "b", draw(st.integers(1, 3)), 4, 2)
    return build_problem([*event, apart], [*habit, other], ERSTER, [time(9), time(10), time(18)])


@nur_ci("many years counted")
def test_who_keeps_the_usual_days_is_found_as_by_counting() -> None:
    """What is dropped behind a stage is in no best plan; and something is dropped."""
    dropped: list[int] = []

    @settings(max_examples=60 if CI else 6)
    @given(with_habits(), st.sampled_from([0, 15]))
    def agrees(problem: Problem, gross: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(stufe, "GROSS", gross)
            patch.setattr(schrumpf, "WORTH", 0)
            patch.setattr(search, "shrink", counted)
            judge(problem, Alle(problem))

    def counted(aufbau: Aufbau, offen: Kandidaten, *rest: Any) -> Kandidaten:
        left = shrink(aufbau, offen, *rest)
        dropped.append(sum(map(len, offen.values())) - sum(map(len, left.values())))
        return left

    agrees()
    assert any(dropped)


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


def test_those_tied_to_who_needs_slack_are_asked_first() -> None:
    """Two that one wish ties share the slack: one small question finds the other, one large one no more, twice."""
    problem = habits(stufe=2, wochentag=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stufe, "GROSS", 50)
        found = Suche(problem, 30.0).run()
        assert isinstance(found, Loesung)
        assert [s.wert for s in found.stufen] == [0, 4]
        sizes: list[int] = []

        def counted(model: cp_model.CpModel, lauf: Lauf, *, presolve: bool = True) -> Antwort:
            sizes.append(len(model.proto.variables))
            return solve(model, lauf, presolve=presolve)

        patch.setattr(schrumpf, "solve", counted)
        aufbau, werte = Aufbau(problem), found.stufen
        offen = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
        left = shrink(aufbau, offen, werte[1], werte, Stand(found.wahl, found.vortrag), Lauf(30.0))
    assert {e: len(ks) for e, ks in left.items()} == {f"e{n}": 1 if n < 6 else 14 for n in range(8)}
    assert len(sizes) == 3
    assert sizes[0] < sizes[1] == sizes[2]


def test_a_plan_to_begin_with_leaves_its_usual_days_where_a_stage_needs_it() -> None:
    """On the usual days the first stage costs; the two events it costs something for get their days back, and more."""
    problem = habits(stufe=2, abstand=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stufe, "GROSS", 50)
        aufbau = Aufbau(problem)
        offen = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
        stand = begin(aufbau, offen, Lauf(30.0))
    assert stand is not None
    assert [aufbau.points(s, stand) for s in problem.stufen] == [0, 4]


def habits(stufe: int = 1, *, wochentag: int = 2, abstand: bool = True) -> Problem:
    """Eight events on one usual day; the last two must not fall on one day, and one has to move."""
    events = [f"e{n}" for n in range(8)]
    return build_problem(
        [
            *(req.Stattfinden(e, TATSACHE, e, 2026, ERSTER, ERSTER + timedelta(days=6), 120) for e in events),
            *([req.Mindestabstand("m", TATSACHE, "g", tuple(events[6:]), 2)] if abstand else []),
        ],
        [req.Gewohnt(f"w{e}", TATSACHE, stufe, e, wochentag, time(10), 4, 4) for e in events]
        + [req.Vorher("v", TATSACHE, 3 - stufe, "e6", "e7", 5)],
        ERSTER,
        [time(9), time(10)],
    )


def test_proven_is_told_only_of_what_stays_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut short before the second word is in, a stage is not proven, and nobody was told it was; else both say so."""
    usual = [req.Gewohnt(f"w{e}", TATSACHE, 1, e, 2, time(10), 4, 1) for e in ("a", "b")]
    problem = build_problem(
        [req.Stattfinden(e, TATSACHE, e, 2026, ERSTER, ERSTER + timedelta(days=6), 120) for e in ("a", "b")],
        [*usual, req.Abstandswunsch("ab", TATSACHE, 2, "a", "b", 3, None, 2)],
        ERSTER,
        [time(10)],
    )

    def told_and_found() -> tuple[list[bool], list[bool]]:
        told: dict[int, bool] = {}
        answer = Suche(
            problem, 30.0, on_progress=lambda p: told.update({p.stufe: p.wert == p.schranke})
        ).run()
        assert isinstance(answer, Loesung)
        return [told[s.stufe] for s in answer.stufen], [s.bewiesen for s in answer.stufen]

    assert told_and_found() == ([True, True], [True, True])
    monkeypatch.setattr(
        search, "twice", lambda _a, _s, fund, _l: evolve(fund, verdict=Verdict.FEASIBLE, schranke=0)
    )
    told, found = told_and_found()
    assert told == found
    assert not found[1]


def crowded() -> Problem:
    """Two events of one Sitz with the same usual hour: on the days best for each, one has to give way."""
    return build_problem(
        [
            *(req.Stattfinden(e, TATSACHE, e, 2026, ERSTER, ERSTER + timedelta(days=6), 60) for e in "ab"),
            req.Verfuegbar("p", TATSACHE, "p", (req.Pflicht("a"), req.Pflicht("b"))),
        ],
        [req.Gewohnt(f"w{e}", TATSACHE, 1, e, 2, time(10), 4, 1) for e in "ab"],
        ERSTER,
        [time(9), time(10)],
    )


@given(probleme(), st.integers(0, 8))
@example(crowded(), 2)
def test_what_was_found_is_kept_when_time_runs_out(problem: Problem, calls: int) -> None:
    """From some call on nothing is found any more: the answer is the best choice that was."""
    found: list[int] = []
    asked: list[bool] = []
    fein = stufe._fein

    def noted(*args: Any) -> stufe.Fund:
        fund = fein(*args)
        found.extend([fund.wert] if fund.stand is not None else [])
        return fund

    def tired(model: cp_model.CpModel, lauf: Lauf, *, presolve: bool = True) -> Antwort:
        asked.append(presolve)
        answer = solve(model, lauf, presolve=presolve)
        return answer if len(asked) <= calls else evolve(answer, verdict=Verdict.UNKNOWN, gestoppt=True)

    aufbau = Aufbau(problem)
    offen: Kandidaten = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
    assume(all(offen.values()))
    first = (problem.stufen or (1,))[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stufe, "_fein", noted)
        patch.setattr(stufe, "solve", tired)
        fund = stufe.loese(
            stufe.Aufgabe(aufbau, offen, (), partial(aufbau.kosten, stufe=first)), None, Lauf(10.0)
        )
    assert (fund.stand is None) == (not found)
    if found:
        assert fund.wert == min(found)
