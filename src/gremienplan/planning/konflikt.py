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
from gremienplan.requirements import (
    Angesetzt,
    Belegung,
    Fest,
    KeineUeberschneidung,
    OrtFrei,
    Requirement,
    Sperrtage,
    Stattfinden,
    Verfuegbar,
)
from gremienplan.solver.problem import Kandidat
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
    """Yield the requirements; what one says of busy times names those where the others let its events lie."""
    asked = {r.ereignis for r in requirements if isinstance(r, Stattfinden | Angesetzt)}
    for r in requirements:
        if isinstance(r, KeineUeberschneidung | OrtFrei | Verfuegbar):
            others = {other.id for other in requirements if other is not r}
            mine = (r.ereignis,) if isinstance(r, KeineUeberschneidung) else asked.intersection(r.ereignisse)
            there: dict[date, list[Kandidat]] = {}
            for ereignis in (e for e in mine if e not in problem.fakten):
                for k in Verbote(problem, problem.ereignisse[ereignis]).left(others, je_tag=False):
                    there.setdefault(problem.zeit.moment(k.beginn).date(), []).append(k)
            yield evolve(r, hier=tuple(_met(problem.zeit.moment, r, there)))
        else:
            yield r


def _met(
    moment: Callable[[int], datetime],
    r: KeineUeberschneidung | OrtFrei | Verfuegbar,
    there: Mapping[date, Sequence[Kandidat]],
) -> Iterator[Belegung]:
    """Yield the busy times that one of these candidates meets; its own sitting is in nobody's way."""
    puffer = timedelta(minutes=r.puffer if isinstance(r, KeineUeberschneidung) else 0)
    for b in r.belegt:
        near = (k for tag in _days(b) for k in there.get(tag, ()))
        if any(
            b.overlaps(moment(k.beginn) - puffer, moment(k.ende) + puffer)
            and not (b.sitzung and b.sitzung == k.sitzung)
            and not (isinstance(r, OrtFrei) and k.ort != r.ort)
            for k in near
        ):
            yield b


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
