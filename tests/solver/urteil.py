"""Verdicts on one tiny problem: what the audit says of every plan, what the encoding allows, what the search finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from ortools.sat.python import cp_model

from gremienplan import requirements as req
from gremienplan.auditing import check, cost, costs
from gremienplan.plan import Lage
from gremienplan.solver import Erklaerung, Loesung, Problem, Suche, Unmoeglich, Widerspruch
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.modell import Literal, Modell
from gremienplan.solver.preferences import encode as encode_preference, unary
from gremienplan.solver.problem import Kandidat, per_day
from gremienplan.solver.statisch import allowed, reasons
from tests.solver.winzig import Alle, Lagen, as_lage, lagen_of, ways

GRENZE = 30.0
Plan = frozenset[Lage]
"""Where every event lies."""

ZEITLICH = (req.Verfuegbar, req.Wegezeit, req.EineVon, req.OrtFrei)
"""Kinds that ask for the hour, where a model has days only."""


# --- search and explanation ---------------------------------------------------------------------------------


def judge(problem: Problem, alle: Alle) -> Loesung | Widerspruch:
    """Ask the solver, and hold every word of its answer against all plans."""
    best = alle.best(problem.requirements)
    answer = Suche(problem, GRENZE).run()
    if best is None:
        assert isinstance(answer, Unmoeglich), "a plan was found where there is none"
        return explained(problem, alle)
    assert isinstance(answer, Loesung), f"no plan was found, but there is one: {best}"
    lagen = lagen_of(problem, answer)
    broken = [r.id for r in problem.requirements if check(r, lagen, {})]
    assert broken == [], "the audit rejects the choice"
    assert {s.stufe: s.wert for s in answer.stufen} == best, "the choice is not the best"
    assert all(s.wert == s.schranke for s in answer.stufen), "not proven"
    assert not answer.abgebrochen
    # without preferences the solver still answers for one stage, of 0 points
    assert dict.fromkeys(best, 0) | costs(problem.preferences, lagen) == best, "the audit counts other points"
    assert answer.kanonisch, "the rule for ties is not confirmed to name one choice"
    assert lagen == alle.named(problem.requirements, best), "not the choice the rule for ties names"
    return answer


def explained(problem: Problem, alle: Alle) -> Widerspruch:
    """Ask why there is no plan, and confirm: impossible together, possible without any single one."""
    why = Erklaerung(problem, GRENZE, frist=600).run()
    assert why is not None, "no explanation"
    ids = [r.id for r in why.requirements]
    assert not alle.possible(why.requirements), f"possible together: {ids}"
    needless = [r.id for r in why.requirements if alle_without(alle, why.requirements, r)]
    assert needless == [], f"impossible without them too, in {ids}"
    assert why.minimal
    return why


def alle_without(alle: Alle, requirements: Sequence[req.Requirement], r: req.Requirement) -> bool:
    """Tell whether these stay impossible without one of them."""
    return not alle.possible([other for other in requirements if other != r])


# --- brute force: every plan, judged by the audit -----------------------------------------------------------


def every_plan(problem: Problem, events: Iterable[str]) -> Iterator[Plan]:
    """Yield each combination of the ways to hold these events."""
    for plan in product(*(tuple(ways(problem, problem.ereignisse[e])) for e in events)):
        yield frozenset(plan)


def kept(problem: Problem, requirements: Sequence[req.Requirement]) -> set[Plan]:
    """Return every plan of the events that are demanded, or facts, in which the audit finds nothing."""
    plans = every_plan(problem, demanded(problem, requirements))
    return {plan for plan in plans if not any(check(r, as_lagen(plan), {}) for r in requirements)}


def demanded(problem: Problem, requirements: Iterable[req.Requirement]) -> list[str]:
    """Return the events that cannot stay away."""
    found = [r.ereignis for r in requirements if isinstance(r, req.Stattfinden | req.Angesetzt)]
    return [e for e in problem.ereignisse if e in found or e in problem.fakten]


def as_lagen(plan: Iterable[Lage]) -> Lagen:
    return {lage.ereignis: (lage,) for lage in plan}


# --- the encoding: every plan its clauses allow -------------------------------------------------------------


def encoded(
    problem: Problem, requirements: Sequence[req.Requirement], *, annahmen: bool, nur_tage: bool = False
) -> Modell:
    """Return the model of some requirements, all of which hold; with ``annahmen`` only they filter."""
    found = {e: _candidates(problem, e, requirements if annahmen else None) for e in problem.ereignisse}
    if nur_tage:
        found = {e: per_day(ks) for e, ks in found.items()}
    m = Modell(problem, found, annahmen=annahmen, nur_tage=nur_tage)
    for r in requirements if annahmen else undominated(requirements):
        encode(m, r)
    if annahmen:
        for literal in m.assumptions.values():
            m.cp.add(literal == 1)
    return m


def _candidates(
    problem: Problem, e: str, requirements: Sequence[req.Requirement] | None
) -> tuple[Kandidat, ...]:
    if requirements is None:
        return allowed(problem, problem.ereignisse[e])
    found = reasons(problem, problem.ereignisse[e])
    return tuple(k for k, why in found.items() if not any(r in requirements for r in why))


def solutions(m: Modell, events: Sequence[str]) -> set[Plan]:
    """Return every plan of these events that the model allows."""
    seen: set[Plan] = set()

    class Each(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            seen.add(frozenset(_lage(m, e, self.boolean_value) for e in events))

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.enumerate_all_solutions = True
    verdict = solver.solve(m.cp, Each())
    assert verdict in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    assert (verdict == cp_model.INFEASIBLE) == (not seen)
    return seen


def _lage(m: Modell, e: str, wert: Callable[[Literal], bool]) -> Lage:
    (k,) = [k for k, x in zip(m.kandidaten[e], m.x[e], strict=True) if wert(x)]
    slots = m.problem.ereignisse[e].vortrag
    vortrag = []
    for i, slot in enumerate(slots):
        (wer,) = [wer for wer in slot if wert(m.traegt_vor(e, i, wer))] if len(slot) > 1 else slot
        vortrag.append(wer)
    return as_lage(m.problem, e, k, tuple(vortrag))


def cheapest(m: Modell, problem: Problem, p: req.Preference, plan: Plan | None) -> int | None:
    """Return the least points of one preference in the model, held at ``plan``; None when nothing is left."""
    if plan is not None:
        pin(m, plan)
    terms = encode_preference(m, p)
    alone = unary(p, problem.zeit)
    if alone and alone[0] in m.x:
        e, points = alone
        terms += [(x, points(k)) for k, x in zip(m.kandidaten[e], m.x[e], strict=True)]
    m.cp.minimize(sum(points * x for x, points in terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return round(solver.objective_value) if solver.solve(m.cp) == cp_model.OPTIMAL else None


def pin(m: Modell, plan: Plan) -> None:
    """Hold the model at a plan; where it has days only, at the days of its Sitzungen."""
    for lage in plan:
        if lage.ereignis not in m.x:
            continue
        for k, x in zip(m.kandidaten[lage.ereignis], m.x[lage.ereignis], strict=True):
            here = as_lage(m.problem, lage.ereignis, k, lage.vortrag)
            same = here.tag == lage.tag if m.nur_tage and not lage.sitzung else here == lage
            m.cp.add(x == same)
        for i, wer in enumerate(lage.vortrag):
            m.cp.add(m.traegt_vor(lage.ereignis, i, wer) == 1)


def points_of(p: req.Preference, plan: Plan) -> int:
    """Return what the audit counts."""
    return cost(p, as_lagen(plan))
