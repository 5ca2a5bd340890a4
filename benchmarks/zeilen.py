"""The rows of our model as plain numbers, for a solver that knows nothing of clauses.

Columns are 0 or 1. A clause ``a ∨ ¬b`` becomes ``a − b ≥ 0``; sums stay what they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ortools.sat.python import cp_model

from gremienplan.solver.aufbau import Aufbau
from gremienplan.solver.modell import Kosten, Modell
from gremienplan.solver.problem import Kandidat, Problem
from gremienplan.solver.statisch import allowed

UNENDLICH = 1 << 60

Rows = list[tuple[list[int], list[int], int | None, int | None]]
"""Columns, coefficients, least and greatest value of each row."""

Kandidaten = Mapping[str, Sequence[Kandidat]]


def all_candidates(problem: Problem) -> Kandidaten:
    """Return what no requirement forbids by itself."""
    return {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}


def model(problem: Problem, kandidaten: Kandidaten) -> tuple[Modell, dict[int, Kosten]]:
    """Return our model of these candidates, and what each stage costs in it."""
    aufbau = Aufbau(problem)
    m = aufbau.modell(dict(kandidaten))
    return m, {stufe: aufbau.kosten(m, stufe) for stufe in problem.stufen}


def as_rows(m: Modell, stages: Mapping[int, Kosten]) -> dict[str, Any]:
    """Return the rows of a model, and the costs of each stage as columns, coefficients and a constant."""
    proto = m.cp.proto
    fixed = {i: next(iter(v.domain)) for i, v in enumerate(proto.variables) if len({*v.domain}) == 1}
    rows: Rows = []
    for c in proto.constraints:
        wenn = [x for x in c.enforcement_literal if _value(x, fixed) != 1]
        if any(_value(x, fixed) == 0 for x in wenn):
            continue
        if c.has_linear():
            lo, hi = list(c.linear.domain)
            rows.append(_row(c.linear.vars, c.linear.coeffs, lo, hi, wenn))
        elif c.has_bool_or():
            rows.append(_row(c.bool_or.literals, None, 1, UNENDLICH, wenn))
        elif c.has_at_most_one():
            rows.append(_row(c.at_most_one.literals, None, -UNENDLICH, 1))
        elif c.has_exactly_one():
            rows.append(_row(c.exactly_one.literals, None, 1, 1))
        elif c.has_bool_and():
            rows += [_row([x], None, 1, UNENDLICH, wenn) for x in c.bool_and.literals]
        else:
            raise NotImplementedError(f"no rows for {c}")
    costs = {}
    for stufe, terms in stages.items():
        columns, coefficients, constant = _plain([x.index for x, _ in terms], [c for _, c in terms])
        costs[stufe] = {"columns": columns, "coefficients": coefficients, "constant": constant}
    return {
        "columns": len(proto.variables),
        "fixed": [[*pair] for pair in fixed.items()],
        "rows": rows,
        "stages": costs,
    }


def _row(
    literals: Sequence[int], coefficients: Sequence[int] | None, lo: int, hi: int, wenn: Sequence[int] = ()
) -> tuple[list[int], list[int], int | None, int | None]:
    """Return one row; where it holds only if ``wenn`` is true, as much slack as it can need if it is not."""
    columns, factors, constant = _plain(literals, coefficients or [1] * len(literals))
    least = lo - constant if lo > -UNENDLICH else None
    most = hi - constant if hi < UNENDLICH else None
    for literal in wenn:
        if least is not None and most is not None:
            raise NotImplementedError("an equation that holds only sometimes")
        if least is not None:
            slack = max(0, least - sum(min(f, 0) for f in factors))
            columns, factors, shift = _plain([*columns, literal], [*factors, -slack])
            least -= slack + shift
        elif most is not None:
            slack = max(0, sum(max(f, 0) for f in factors) - most)
            columns, factors, shift = _plain([*columns, literal], [*factors, slack])
            most += slack - shift
    return columns, factors, least, most


def _value(literal: int, fixed: Mapping[int, int]) -> int | None:
    """Return what a literal always is, if it is always the same."""
    return fixed.get(literal) if literal >= 0 else {0: 1, 1: 0, None: None}[fixed.get(-literal - 1)]


def _plain(literals: Sequence[int], coefficients: Sequence[int]) -> tuple[list[int], list[int], int]:
    """Return columns and coefficients without negations, and what is to be added; each column once."""
    sums: dict[int, int] = {}
    constant = 0
    for literal, c in zip(literals, coefficients, strict=True):
        if literal < 0:
            constant += c
            sums[-literal - 1] = sums.get(-literal - 1, 0) - c
        else:
            sums[literal] = sums.get(literal, 0) + c
    return list(sums), list(sums.values()), constant


def value_of(terms: Kosten, solver: cp_model.CpSolver) -> int:
    """Return what a stage costs in a solution."""
    return sum(c * solver.boolean_value(x) for x, c in terms)
