"""Partial plans of planted years from which something is taken away: what cannot have a date stays open."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import datetime
from functools import cache

import pytest
from attrs import evolve
from ortools.sat.python import cp_model

from gremienplan.auditing import audit
from gremienplan.jahr import build
from gremienplan.jahr.offen import hangs_on, waiting
from gremienplan.plan import OFFEN, Conflict, Plan, plan_to_json
from gremienplan.planning import Umplanung, replan, schedule, why_open
from gremienplan.planning.frage import ask
from gremienplan.planning.replanung import STUFE
from gremienplan.planning.teilplan import ranks
from gremienplan.projekt import Besetzt, Festlegung, Projekt
from gremienplan.quellen import Authority
from gremienplan.requirements import Angesetzt, Stattfinden
from gremienplan.solver import auslese
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.statisch import allowed
from tests.jahre.nachfragen import is_minimal
from tests.jahre.pflanzen import BV, pflanze
from tests.nur_ci import nur_ci

CI = os.environ.get("PROFILE") == "ci"
SEEDS = range(4) if CI else range(1)
EXISTENZ = (Stattfinden, Angesetzt)
year = cache(pflanze)


def partial(projekt: Projekt, jahr: int) -> Plan:
    """Return the partial plan; the audit knows what is open, and has nothing to complain of."""
    plan = schedule(projekt, jahr, effort="kurz", partial=True)
    assert isinstance(plan, Plan), plan
    judged = audit(projekt, plan)
    assert judged.ok, [str(f.meldung) for f in judged.findings]
    assert judged.kosten == {s.stufe: s.wert for s in plan.stufen}
    assert plan.lagen.keys() | set(plan.offen) == build(projekt, jahr).ereignisse, "something has vanished"
    return plan


def closed(projekt: Projekt, jahr: int, ereignisse: Collection[str]) -> set[str]:
    """Return these events and what must wait for them."""
    compiled = build(projekt, jahr)
    return {*ereignisse, *waiting(hangs_on(compiled.requirements, compiled.beratungen), ereignisse)}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_that_has_a_plan_is_planned_as_ever(seed: int) -> None:
    """The same bytes with and without ``partial``."""
    grown = year(seed)
    whole = schedule(grown.projekt, grown.jahr, effort="kurz")
    assert isinstance(whole, Plan)
    assert plan_to_json(partial(grown.projekt, grown.jahr)) == plan_to_json(whole)


@pytest.mark.parametrize("seed", range(0, 16 if CI else 4, 4))
def test_a_body_without_its_autumn_sitting(seed: int) -> None:
    """S-10: what it should have heard stands open, with what must wait for that, and nothing else; never lost."""
    grown = year(seed)
    assert grown.ohne is not None
    gone = {
        b.id
        for b in build(grown.ohne, grown.jahr).beratungen
        if b.gremium.id == grown.gremium and b.id.startswith("bv-jahresplan/")
    }
    plan = partial(grown.ohne, grown.jahr)
    assert set(plan.offen) == closed(grown.ohne, grown.jahr, gone)
    first = plan.stufen[0]
    assert (first.stufe, first.wert, first.schranke) == (OFFEN, len(plan.offen), len(plan.offen))
    for number, (ereignis, conflict) in enumerate(why_open(grown.ohne, plan, effort="kurz").items()):
        assert ereignis in gone
        assert isinstance(conflict, Conflict)
        assert any(ereignis in r.ereignisse for r in conflict.requirements), "it speaks of another event"
        assert conflict.minimal
        assert number or is_minimal(conflict)


def test_a_choice_that_is_not_proven_is_not_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time runs out after the number is proven, before it is who stays open: no proof, and no canonical plan."""
    calls: list[bool] = []

    def slow(model: cp_model.CpModel, lauf: Lauf, *, presolve: bool = True) -> Antwort:
        calls.append(presolve)
        found = solve(model, lauf, presolve=presolve)
        return evolve(found, verdict=Verdict.UNKNOWN) if len(calls) > 2 else found

    grown = year(0)
    assert grown.ohne is not None
    monkeypatch.setattr(auslese, "solve", slow)
    plan = partial(grown.ohne, grown.jahr)
    assert calls[:3] == [True, False, True], "the number, asked twice, and then the rest"
    assert plan.stufen[0].stufe == OFFEN
    assert not plan.stufen[0].bewiesen
    assert not plan.kanonisch


@pytest.mark.parametrize("seed", SEEDS)
def test_before_the_council_calendar_is_there(seed: int) -> None:
    """S-08: no Beratung has a date that nobody has set, nor what must wait for one; all else is planned.

    When the calendar comes, all have a date, and it is proven that no fewer of those told are moved.
    """
    grown = year(seed)
    kalender = grown.projekt.ratskalender
    without = tuple(s for s in kalender.sitzungen if not s.gremium.startswith(f"{BV}/"))
    projekt = evolve(grown.projekt, ratskalender=evolve(kalender, sitzungen=without))
    plan = partial(projekt, grown.jahr)
    items = {b.id for b in build(projekt, grown.jahr).beratungen}
    assert plan.beratungen == ()
    assert set(plan.offen) == closed(projekt, grown.jahr, items)
    assert plan.termine
    told = audit(projekt, plan)
    assert all(told.wartet[e] for e in set(plan.offen) - items)
    reasons = why_open(projekt, plan, effort="kurz")
    assert set(reasons) == items - told.wartet.keys()
    for ereignis, conflict in reasons.items():
        assert isinstance(conflict, Conflict)
        assert [r.ereignisse for r in conflict.requirements] == [(ereignis,)]
    later = replan(grown.projekt, plan, effort="kurz")
    assert isinstance(later, Umplanung)
    assert later.plan.offen == ()
    assert {lage.ereignis for lage in later.unterschied.neu} == set(plan.offen)
    moved = next(s for s in later.plan.stufen if s.stufe == STUFE)
    assert moved.bewiesen, "a needless move"
    assert moved.wert == len(later.unterschied.verlegt)
    assert seed or moved.wert == 0


@nur_ci("several searches")
@pytest.mark.parametrize("seed", SEEDS)
def test_one_sozialraum_is_blocked_all_year(seed: int) -> None:
    """S-50: the others are planned all the same, and each of its open Sitzungen has a reason."""
    grown = year(seed)
    raum = grown.projekt.stadt.gebiete_von("sozialraum")[0].id
    away = Besetzt(f"asd/{raum}", datetime(grown.jahr, 1, 1), datetime(grown.jahr + 1, 1, 31), "abwesend")
    projekt = evolve(grown.projekt, besetzt=(*grown.projekt.besetzt, away))
    plan = partial(projekt, grown.jahr)
    assert plan.offen
    runden = {
        s.id for s in build(projekt, grown.jahr).sitzungen if s.gremium.id == f"koordinierungsrunde/{raum}"
    }
    assert runden <= set(plan.offen)
    assert set(plan.offen) == closed(projekt, grown.jahr, runden)
    told = audit(projekt, plan)
    assert set(why_open(projekt, plan, effort="kurz")) == set(plan.offen) - told.wartet.keys()


def test_who_gives_way_first() -> None:
    """A planner's default before a reading, that before the concept, last what is fixed; among equals the later."""
    grown = year(0)
    fest = grown.plan.termine[-1]
    projekt = evolve(grown.projekt, fest=(Festlegung(fest.sitzung, fest.beginn, fest.ende),))
    problem = ask(build(projekt, grown.jahr)).problem
    rang = dict(ranks(problem))
    words = {r.ereignis: r.grundlage.authority for r in problem.requirements if isinstance(r, EXISTENZ)}
    assert rang.pop(fest.sitzung) == 3
    assert {(words[e], rank) for e, rank in rang.items()} >= {(Authority.TEXT, 2), (Authority.AUSLEGUNG, 1)}
    expected = {Authority.TEXT: 2, Authority.AUSLEGUNG: 1, Authority.TATSACHE: 1, Authority.VORGABE: 0}
    assert all(expected[words[e]] == rank for e, rank in rang.items())
    first = [min(k.tag for k in allowed(problem, problem.ereignisse[e])) for e in rang]
    assert first == sorted(first)
