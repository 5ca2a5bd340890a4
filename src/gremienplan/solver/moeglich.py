"""Whether a problem has a choice at all, and on which days one of its events can lie.

Nothing here is the best choice. A choice is a fact that the audit can judge; a "no" is a hint where to look, until
``conflict`` has confirmed it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand, excess_of, read
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.modell import Modell
from gremienplan.solver.problem import Problem, per_day
from gremienplan.solver.statisch import allowed

SLACKS = (0, 4, None)
"""By how many points of the first stage a candidate may be dearer than the cheapest of its event (None: any)."""


def possible(problem: Problem, grenze: float) -> bool | None:
    """Tell whether there is a choice; None when time ran out."""
    found = _allowed(problem)
    if not all(found.values()):
        return False
    days = Modell(problem, {e: per_day(ks) for e, ks in found.items()}, nur_tage=True)
    for m in (days, Modell(problem, found)):
        answer = _solve(m, grenze)
        if not answer.plan:
            return False if answer.verdict is Verdict.INFEASIBLE else None
    return True


def any_choice(
    problem: Problem,
    grenze: float,
    stop: Callable[[], bool] | None = None,
    weit: Collection[str] = (),
) -> Stand | Verdict:
    """Return a choice for every event, or the verdict that there is none (or none was found).

    The candidates that are usual are tried first, then all; of the events ``weit`` all of them from the start.
    """
    found = _allowed(problem)
    if not all(found.values()):
        return Verdict.INFEASIBLE
    aufbau = Aufbau(problem)
    stufe = min(problem.stufen, default=1)
    excess = {e: excess_of(costs) for e, costs in aufbau.unary(found, stufe).items()}
    verdict = Verdict.UNKNOWN
    for slack in SLACKS:
        chosen = {
            e: ks if slack is None or e in weit else tuple(k for k in ks if excess[e][k] <= slack)
            for e, ks in found.items()
        }
        m = aufbau.modell(chosen)
        answer = solve(m.cp, Lauf(grenze, stop))
        if answer.plan:
            return read(m, answer)
        verdict = answer.verdict
        if slack == 0:
            days = Modell(problem, {e: per_day(ks) for e, ks in found.items()}, nur_tage=True)
            if _solve(days, grenze).verdict is Verdict.INFEASIBLE:
                return Verdict.INFEASIBLE
    return verdict


def days_of(problem: Problem, ereignis: str, grenze: float) -> tuple[int, int] | None:
    """Return the first and the last day on which an event can lie in any choice; None where there is none."""
    found = _allowed(problem)
    if not all(found.values()):
        return None
    ends: list[int] = []
    for sign in (1, -1):
        m = Modell(problem, found)
        m.cp.minimize(sum(sign * k.tag * x for k, x in zip(found[ereignis], m.x[ereignis], strict=True)))
        answer = _solve(m, grenze)
        if answer.verdict is not Verdict.OPTIMAL:
            return None
        ends.append(sign * answer.wert)
    return ends[0], ends[1]


def _allowed(problem: Problem) -> Kandidaten:
    return {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}


def _solve(m: Modell, grenze: float) -> Antwort:
    for r in undominated(m.problem.requirements):
        encode(m, r)
    return solve(m.cp, Lauf(grenze))
