"""Verdicts twice: for every branch of every kind, audit, encoding and search say the same of each plan there is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import get_args

import pytest
from attrs import evolve

from gremienplan import requirements as req
from gremienplan.auditing.zugleich import attends
from gremienplan.solver import Erklaerung, Loesung, Problem, Suche, Unmoeglich
from gremienplan.solver.problem import Ereignis
from tests.solver.faelle import BEDINGUNGEN, IMMER, WUENSCHE, Fall
from tests.solver.urteil import (
    GRENZE,
    ZEITLICH,
    Plan,
    as_lagen,
    cheapest,
    demanded,
    encoded,
    every_plan,
    kept,
    points_of,
    solutions,
)
from tests.solver.winzig import Lagen, lagen_of

EVERYDAY = os.environ.get("PROFILE", "everyday") == "everyday"


def cases(table: Mapping[type, tuple[Fall, ...]], everyday: int | None = None) -> list[object]:
    """Return the cases of all kinds, in the everyday run the first few of each."""
    return [
        pytest.param(kind, fall, id=f"{kind.__name__}: {fall.name}")
        for kind, faelle in table.items()
        for fall in faelle[: everyday if EVERYDAY else None]
    ]


HART, WENIGE = cases(BEDINGUNGEN), cases(BEDINGUNGEN, 2)
WEICH = cases(WUENSCHE)
VORHANDEN = (req.Stattfinden, req.Angesetzt)


def test_every_kind_has_its_cases() -> None:
    """A new kind needs cases here, and cannot be forgotten."""
    assert set(BEDINGUNGEN) == set(get_args(req.Requirement))
    assert set(WUENSCHE) == set(get_args(req.Preference))
    for faelle in (*BEDINGUNGEN.values(), *WUENSCHE.values()):
        names = [fall.name for fall in faelle]
        assert names
        assert len(set(names)) == len(names)


# --- requirements -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "fall"), HART)
def test_the_encoding_allows_what_the_audit_allows(kind: type[req.Requirement], fall: Fall) -> None:
    """Plan by plan; and the kind forbids some plans that all else allows, but not all."""
    problem = fall.problem
    plans = kept(problem, problem.requirements)
    assert solutions(encoded(problem, problem.requirements, annahmen=False), [*problem.ereignisse]) == plans
    others = [r for r in problem.requirements if not isinstance(r, kind) or isinstance(r, VORHANDEN)]
    assert plans, "the case allows nothing"
    if kind in VORHANDEN:
        everything = set(every_plan(problem, problem.ereignisse))
        assert plans < everything, "the case forbids nothing"
    else:
        assert plans < kept(problem, others), "the kind forbids nothing"


@pytest.mark.parametrize(("kind", "fall"), WENIGE)
def test_so_it_does_with_assumptions(kind: type[req.Requirement], fall: Fall) -> None:
    """The form in which conflicts are sought: all requirements, and all but any one of them."""
    problem = fall.problem
    for missing in (None, *problem.requirements):
        some = [r for r in problem.requirements if r != missing]
        events = demanded(problem, some)
        m = encoded(problem, some, annahmen=True)
        assert solutions(m, events) == kept(problem, some), missing
        assert set(m.assumptions) <= {r.id for r in some}, "blamed under its own name"


@pytest.mark.parametrize(("kind", "fall"), WENIGE)
def test_days_alone_forbid_no_plan(kind: type[req.Requirement], fall: Fall) -> None:
    """The relaxed model allows the days of every plan; and no others, where nothing asks for the hour."""
    problem, some = fall.problem, fall.problem.requirements
    for annahmen in (False, True):
        m = encoded(problem, some, annahmen=annahmen, nur_tage=True)
        found = {days(plan) for plan in solutions(m, [*problem.ereignisse])}
        plans = {days(plan) for plan in kept(problem, some)}
        assert plans <= found
        if not any(isinstance(r, ZEITLICH) for r in some):
            assert plans == found


def days(plan: Plan) -> frozenset[tuple[str, object, str]]:
    return frozenset((lage.ereignis, lage.tag, lage.sitzung) for lage in plan)


@pytest.mark.parametrize(("kind", "fall"), WENIGE)
def test_what_the_kind_forbids_is_a_conflict_with_it(kind: type[req.Requirement], fall: Fall) -> None:
    """Held at a plan that only this kind forbids, the problem is impossible, and the kind is named as a reason."""
    problem = fall.problem
    if kind in VORHANDEN:
        first = next(r for r in problem.requirements if isinstance(r, kind))
        held = evolve(problem, requirements=(*problem.requirements, never(first)))
    else:
        others = [r for r in problem.requirements if not isinstance(r, kind)]
        plan = min(
            kept(problem, others) - kept(problem, problem.requirements), key=lambda p: sorted(map(str, p))
        )
        held = pinned(problem, plan)
    assert isinstance(Suche(held, GRENZE).run(), Unmoeglich)
    why = Erklaerung(held, GRENZE, frist=600).run()
    assert why is not None
    assert why.minimal
    assert any(isinstance(r, kind) for r in why.requirements)
    assert not kept(held, why.requirements), "possible together"
    for r in why.requirements:
        assert kept(held, [other for other in why.requirements if other != r]), (
            f"impossible without {r.id} too"
        )


def never(r: req.Requirement) -> req.Requirement:
    (ereignis,) = r.ereignisse
    return req.Wochentage("nie", r.grundlage, ereignis, ())


def pinned(problem: Problem, plan: Plan) -> Problem:
    """Return the problem with every event held where a plan has it, and with who presents it there."""
    where = as_lagen(plan)
    ereignisse = dict(problem.ereignisse)
    fixed: list[req.Requirement] = []
    for r in problem.requirements:
        if isinstance(r, req.Stattfinden):
            (lage,) = where[r.ereignis]
            fixed.append(req.Fest(f"so-{r.ereignis}", r.grundlage, r.ereignis, lage.beginn, lage.ort))
        elif isinstance(r, req.Angesetzt):
            (lage,) = where[r.ereignis]
            old = ereignisse[r.ereignis]
            there = tuple(k for k in old.kandidaten() if k.sitzung == lage.sitzung)
            (day,) = {k.tag for k in there}
            vortrag = tuple((wer,) for wer in lage.vortrag)
            ereignisse[r.ereignis] = evolve(old, tage=(day,), sitzungen={day: there}, vortrag=vortrag)
    requirements = tuple(_of_presenters(r, where) for r in problem.requirements)
    return evolve(problem, ereignisse=ereignisse, requirements=(*requirements, *fixed))


def _of_presenters(r: req.Requirement, where: Lagen) -> req.Requirement:
    """Return a requirement without duties to present that are nobody's any more."""

    def mine(duties: Iterable[req.Pflicht], sitze: Iterable[str]) -> tuple[req.Pflicht, ...]:
        return tuple(
            d for d in duties if any(attends(s, lage) for lage in where.get(d.ereignis, ()) for s in sitze)
        )

    if isinstance(r, req.Verfuegbar | req.Wegezeit):
        return evolve(r, pflichten=mine(r.pflichten, r.sitze))
    if isinstance(r, req.EineVon):
        return evolve(
            r, sitze=tuple(evolve(d, pflichten=mine(d.pflichten, (d.sitz, *d.mit))) for d in r.sitze)
        )
    return r


def test_what_is_not_in_the_model_does_not_take_place() -> None:
    """That it has to is then broken, whatever else there is; what ties it to others says nothing."""
    (fall,) = [one for one in BEDINGUNGEN[req.Reihenfolge] if one.name == "a later day"]
    problem, only = fall.problem, {"a": fall.problem.ereignisse["a"]}
    less = evolve(problem, ereignisse=only)
    assert solutions(
        encoded(less, [r for r in problem.requirements if r.id != "statt-b"], annahmen=False), ["a"]
    )
    assert not solutions(encoded(less, problem.requirements, annahmen=False), ["a"])


# --- preferences --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "fall"), WEICH)
def test_the_encoding_counts_what_the_audit_counts(kind: type[req.Preference], fall: Fall) -> None:
    """In every plan; days alone never cost more; and the plans do not all cost the same."""
    problem = fall.problem
    (p,) = problem.preferences
    assert isinstance(p, kind)
    some, seen = problem.requirements, dict[int, Plan]()
    for plan in kept(problem, some):
        seen.setdefault(points_of(p, plan), plan)
        assert cheapest(encoded(problem, some, annahmen=False), problem, p, plan) == points_of(p, plan)
    for points, plan in seen.items():
        if kind not in (req.Gewohnt, req.Meiden, req.Bleiben):  # those are floors of their own, by the hour
            relaxed = cheapest(encoded(problem, some, annahmen=False, nur_tage=True), problem, p, plan)
            assert relaxed is not None
            assert relaxed <= points
    assert (len(seen) == 1) == (fall.name in IMMER), "the case decides nothing"


@pytest.mark.parametrize(("kind", "fall"), WEICH)
def test_the_search_finds_the_cheapest(kind: type[req.Preference], fall: Fall) -> None:
    """And proves it: no plan there is costs less."""
    problem = fall.problem
    answer = Suche(problem, GRENZE).run()
    assert isinstance(answer, Loesung)
    (p,) = problem.preferences
    plan = frozenset(lage for lagen in lagen_of(problem, answer).values() for lage in lagen)
    least = min(points_of(p, other) for other in kept(problem, problem.requirements))
    assert [(s.wert, s.schranke) for s in answer.stufen] == [(least, least)]
    assert points_of(p, plan) == least


@pytest.mark.parametrize(("kind", "fall"), WEICH)
def test_what_stays_open_costs_nothing(kind: type[req.Preference], fall: Fall) -> None:
    """An event that is not asked for any more, because its date stays open: the encoding counts as the audit."""
    problem = fall.problem
    (p,) = problem.preferences
    for e in problem.ereignisse:
        rest = evolve(
            problem,
            ereignisse=without(problem.ereignisse, e),
            requirements=tuple(r for r in problem.requirements if e not in r.ereignisse),
        )
        for plan in list(kept(rest, rest.requirements))[:3]:
            counted = cheapest(encoded(rest, rest.requirements, annahmen=False), rest, p, plan)
            assert counted == points_of(p, plan), e


def without(ereignisse: Mapping[str, Ereignis], e: str) -> dict[str, Ereignis]:
    return {other: value for other, value in ereignisse.items() if other != e}


# --- said in the docs ---------------------------------------------------------------------------------------


def test_the_table_in_the_docs_has_every_case() -> None:
    """``python benchmarks/arten.py`` writes it, with the plans counted."""
    path = Path(__file__).parents[2] / "docs" / "measurements" / "kinds.md"
    rows = [line.split(" | ")[:2] for line in path.read_text("utf-8").splitlines() if " | " in line]
    tables: dict[type, tuple[Fall, ...]] = {**BEDINGUNGEN, **WUENSCHE}
    known = [[f"| {kind.__name__}", fall.name] for kind, faelle in tables.items() for fall in faelle]
    assert [row for row in rows if row[1] != "branch"] == known
