"""What ``make bench`` compares with: our rows without clauses say the same, and the local search counts right."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import pytest
from ortools.sat.python import cp_model

from tests.solver.faelle import BEDINGUNGEN, Fall
from tests.solver.urteil import encoded, solutions
from tests.test_instanzen import BENCHMARKS, INSTANZEN, module

sys.path.insert(0, str(BENCHMARKS))  # its modules import each other
zeilen, lokal, vergleich = (module(BENCHMARKS / f"{name}.py") for name in ("zeilen", "lokal", "vergleich"))

EVERYDAY = os.environ.get("PROFILE", "everyday") == "everyday"
FAELLE = [
    pytest.param(fall, id=f"{kind.__name__}: {fall.name}")
    for kind, some in BEDINGUNGEN.items()
    for fall in some[: 2 if EVERYDAY else None]
]


@pytest.mark.parametrize("annahmen", [False, True])
@pytest.mark.parametrize("fall", FAELLE)
def test_the_rows_allow_what_the_clauses_allow(fall: Fall, annahmen: bool) -> None:
    m = encoded(fall.problem, fall.problem.requirements, annahmen=annahmen)
    events = [*fall.problem.ereignisse]
    expected = solutions(m, events)
    m.cp = from_rows(zeilen.as_rows(m, {}))
    assert solutions(m, events) == expected


def from_rows(rows: dict[str, Any]) -> cp_model.CpModel:
    cp = cp_model.CpModel()
    xs = [cp.new_bool_var("") for _ in range(rows["columns"])]
    for column, value in rows["fixed"]:
        cp.add(xs[column] == value)
    for columns, factors, least, most in rows["rows"]:
        assert len({*columns}) == len(columns), "HiGHS refuses what occurs twice"
        total = sum(f * xs[c] for c, f in zip(columns, factors, strict=True))
        cp.add_linear_constraint(
            total, -(1 << 40) if least is None else least, 1 << 40 if most is None else most
        )
    return cp


def test_negations_and_what_occurs_twice() -> None:
    """``a + ¬b + a ≥ 1`` is ``2a − b ≥ 0``."""
    m = cp_model.CpModel()
    a, b = m.new_bool_var("a"), m.new_bool_var("b")
    m.add(a + b.negated() + a >= 1)
    m.add_bool_or([a.negated(), b])

    class Stub:
        cp = m

    rows = zeilen.as_rows(Stub(), {1: [(b.negated(), 5), (a, 2)]})
    assert rows["rows"] == [([0, 1], [2, -1], 0, None), ([0, 1], [-1, 1], 0, None)]
    assert rows["stages"] == {1: {"columns": [1, 0], "coefficients": [-5, 2], "constant": 5}}


def test_what_is_always_true_is_no_condition() -> None:
    """A row that holds if a constant is true simply holds, one that holds if it is false is none."""
    m = cp_model.CpModel()
    a, wahr = m.new_bool_var("a"), m.new_constant(1)
    m.add(a + wahr <= 1).only_enforce_if(wahr)
    m.add(a + wahr <= 1).only_enforce_if(wahr.negated())
    m.add_bool_or([wahr.negated(), a]).only_enforce_if(a)

    class Stub:
        cp = m

    rows = zeilen.as_rows(Stub(), {})
    assert rows["fixed"] == [[1, 1]]
    assert rows["rows"] == [([0, 1], [1, 1], None, 1), ([1, 0], [-1, 0], -1, None)]


@pytest.mark.parametrize("name", ["quartier", "hattingen"])
def test_the_local_search_counts_as_the_validator_does(name: str) -> None:
    """Move by move; the same seed finds the same; and it never claims less than what has been proven."""
    instance = json.loads((INSTANZEN / f"{name}.json").read_text("utf-8"))
    proven = json.loads((INSTANZEN / f"{name}.solution.json").read_text("utf-8"))["bound"]
    found = []
    for _ in range(2):
        search = lokal.Lokal(instance, seed=3)
        found.append([costs for _, costs in search.run(2_000, 60.0)])
        assert search._counted() == search.costs()
        search.plan = search.best
        assert search.costs() == found[-1][-1]
    assert found[0] == found[1]
    assert found[0] == sorted(found[0], reverse=True), "each is better than the one before"
    assert list(found[0][-1][1:]) >= list(proven.values())


def test_a_cost_without_a_proof_is_said_with_its_bound() -> None:
    trace = [
        {"t": 0.5, "stage": 1, "cost": 9, "bound": 2},
        {"t": 1.0, "stage": 1, "cost": 7, "bound": 7},
        {"t": 2.0, "stage": 2, "cost": 30},
        {"t": 3.0, "stage": 2, "cost": 20, "bound": 11},
    ]
    said = [vergleich.said(trace, t, [1, 2, 3]) for t in (0.1, 0.5, 1.0, 3.0)]
    assert said == ["–", "9 (≥ 2) / · / ·", "7 / · / ·", "7 / 20 (≥ 11) / ·"]
    assert vergleich.end(trace) == "not in the limit"
    assert vergleich.end([*trace, {"t": 4.0, "done": True}]) == "4.0 s"
    assert vergleich.end([{"t": 1.0, "costs": [1, 2, 3]}]) == "no bound"


def test_thinned_data_keep_what_was_proven() -> None:
    trace = [{"t": 0.0, "rows": 5}]
    trace += [{"t": 1 + i / 1000, "stage": 1, "cost": 100 - i} for i in range(50)]
    trace += [{"t": 1.05, "stage": 1, "cost": 50, "bound": 50, "proven": True}]
    found = vergleich.thinned(trace)
    assert len(found) < 10
    assert found[-1] == trace[-1]
    assert vergleich.state(found, 2.0) == vergleich.state(trace, 2.0)
