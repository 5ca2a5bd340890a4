"""``explain``: a question that has no plan in; the Conflict behind it out, its witnesses judged by the audit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from attrs import evolve

from gremienplan import solver
from gremienplan.auditing import check
from gremienplan.plan import Conflict, Lage, Undecided
from gremienplan.planning.frage import Frage
from gremienplan.requirements import Belegung, Fest, KeineUeberschneidung, Requirement, Sperrtage
from gremienplan.solver.verbote import Verbote
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
    said = tuple(_in_the_way(frage.problem, found.requirements))
    conflict = Conflict(said, year.namen, year.jahr, found.minimal and not broken)
    return pointed(conflict, {r.ereignis: r.beginn.date() for r in found.requirements if isinstance(r, Fest)})


def pointed(conflict: Conflict, tage: Mapping[str, date]) -> Conflict:
    """Return the conflict; what it says of blocked days names what blocks these days of the events, where it does."""
    found = (
        r.am(tage[r.ereignis]) if isinstance(r, Sperrtage) and r.ereignis in tage and not r.hier else r
        for r in conflict.requirements
    )
    return evolve(conflict, requirements=tuple(found))


def _in_the_way(problem: solver.Problem, requirements: Sequence[Requirement]) -> Iterator[Requirement]:
    """Yield the requirements; what one says of overlaps names the sittings where the others let the event lie."""
    for r in requirements:
        if not isinstance(r, KeineUeberschneidung):
            yield r
            continue
        others = {other.id for other in requirements if other is not r}
        there: dict[date, list[tuple[datetime, datetime]]] = {}
        puffer, moment = timedelta(minutes=r.puffer), problem.zeit.moment
        for k in Verbote(problem, problem.ereignisse[r.ereignis]).left(others, je_tag=False):
            beginn, ende = moment(k.beginn), moment(k.ende)
            there.setdefault(beginn.date(), []).append((beginn - puffer, ende + puffer))
        near = ((b, _days(b)) for b in r.belegt)
        hier = (b for b, days in near if any(b.overlaps(*k) for tag in days for k in there.get(tag, ())))
        yield evolve(r, hier=tuple(hier))


def _days(b: Belegung) -> Iterator[date]:
    """Yield the days on which an event could begin that overlaps busy time, or nearly."""
    for n in range(-1, (b.bis.date() - b.von.date()).days + 2):
        yield b.von.date() + timedelta(days=n)


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
