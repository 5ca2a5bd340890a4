"""``explain``: a question that has no plan in; the Conflict behind it out, its witnesses judged by the audit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from attrs import evolve

from gremienplan import solver
from gremienplan.auditing import check
from gremienplan.plan import Conflict, Lage, Undecided
from gremienplan.planning.frage import Frage
from gremienplan.requirements import Fest, Sperrtage
from gremienplan.texts import Text

log = logging.getLogger("gremienplan")


def explain(frage: Frage, grenze: float, stop: Callable[[], bool] | None = None) -> Conflict | Undecided:
    """Return why a question has no plan; Undecided where that could not be confirmed.

    That its requirements are impossible together has been found with presolve and without. That each of them is
    needed is shown by a witness, a choice that keeps all others: the audit judges it, without a solver.
    """
    found = solver.Erklaerung(frage.problem, grenze, frist=4 * grenze, stop=stop).run()
    year = frage.year
    if found is None:
        return Undecided(
            year.jahr, Text("The search found no plan, but the proof that there is none was not confirmed.")
        )
    broken = [r for zeuge in found.zeugen for r in _broken(frage, found, zeuge)]
    if broken:
        log.warning("the audit rejects a witness: %s", ", ".join(broken))
    conflict = Conflict(found.requirements, year.namen, year.jahr, found.minimal and not broken)
    return pointed(conflict, {r.ereignis: r.beginn.date() for r in found.requirements if isinstance(r, Fest)})


def pointed(conflict: Conflict, tage: Mapping[str, date]) -> Conflict:
    """Return the conflict; what it says of blocked days names what blocks these days of the events, where it does."""
    found = (
        r.am(tage[r.ereignis]) if isinstance(r, Sperrtage) and r.ereignis in tage and not r.hier else r
        for r in conflict.requirements
    )
    return evolve(conflict, requirements=tuple(found))


def _broken(frage: Frage, found: solver.Widerspruch, zeuge: solver.Zeuge) -> Iterator[str]:
    """Yield the ids of the requirements that a witness should keep and does not."""
    lagen = lagen_of(frage.problem, zeuge)
    for r in found.requirements:
        if r.id != zeuge.ohne and check(r, lagen, frage.year.namen):
            yield r.id


def lagen_of(problem: solver.Problem, zeuge: solver.Zeuge) -> dict[str, tuple[Lage, ...]]:
    """Return where the events of a choice lie, with times."""
    moment = problem.zeit.moment
    return {
        e: (Lage(e, moment(k.beginn), moment(k.ende), k.ort, k.sitzung, zeuge.vortrag.get(e, ())),)
        for e, k in zeuge.wahl.items()
    }
