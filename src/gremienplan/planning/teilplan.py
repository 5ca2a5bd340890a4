"""The best year where not everything can have a date: the fewest and least important events stay open.

What stays open is chosen first (``solver.auslese``); the year with these open is then planned like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from attrs import frozen

from gremienplan.jahr import Jahr
from gremienplan.jahr.offen import hangs_on, open_bounds, with_open
from gremienplan.plan import OFFEN, Stufe
from gremienplan.planning.frage import ask
from gremienplan.quellen import Authority
from gremienplan.requirements import Angesetzt, Fest, Stattfinden
from gremienplan.solver.auslese import Auslese, Auswahl
from gremienplan.solver.problem import Ereignis, Problem
from gremienplan.solver.statisch import allowed

_RANG = {Authority.VORGABE: 0, Authority.AUSLEGUNG: 1, Authority.TATSACHE: 1, Authority.TEXT: 2}
_FEST = 3


@frozen
class Geoeffnet:
    """A year with what cannot have a date left open."""

    year: Jahr
    stufe: Stufe
    """The stage before all others: how many events are open beside those that wait for the project, and the least."""


def opened(
    year: Jahr,
    grenze: float,
    stop: Callable[[], bool] | None = None,
    darf: Collection[str] | None = None,
) -> Iterator[Geoeffnet]:
    """Yield a year that has no plan with as little as possible left open; twice where the first is too hopeful.

    The first looks at days only. ``darf`` are the only events that may stay open (None: any). Nothing is yielded where
    leaving events open does not help, or time ran out.
    """
    for nur_tage in (True, False):
        found = _auswahl(year, grenze, stop, darf).run(nur_tage=nur_tage)
        if found is None:
            return
        if found.offen:
            yield Geoeffnet(with_open(year, found.offen, found.vergeblich), _stufe(found))


def _stufe(found: Auslese) -> Stufe:
    """Return the stage of a choice: proven where each step of the choice is, not the number alone."""
    anzahl = len(found.offen)
    return Stufe(OFFEN, anzahl, found.mindestens if found.bewiesen else min(found.mindestens, anzahl - 1))


def _auswahl(
    year: Jahr, grenze: float, stop: Callable[[], bool] | None, darf: Collection[str] | None
) -> Auswahl:
    """Return the choice of what stays open."""
    problem = ask(year).problem
    pairs = tuple(hangs_on(year.requirements, year.beratungen))
    waits = tuple((a, b) for a, b in pairs if b not in problem.fakten)
    rang = {e: rank for e, rank in ranks(problem).items() if darf is None or e in darf}
    return Auswahl(problem, rang, waits, lambda offen: open_bounds(year, offen), grenze, stop)


def ranks(problem: Problem) -> Mapping[str, int]:
    """Return how important each event is that may stay open, those that can take place earliest first.

    What somebody else has fixed comes before what the concept demands, that before a reading, and a planner's
    default last.
    """
    fixed = {r.ereignis for r in problem.requirements if isinstance(r, Fest)}
    words = {
        r.ereignis: _RANG[r.grundlage.authority]
        for r in problem.requirements
        if isinstance(r, Stattfinden | Angesetzt) and r.ereignis not in problem.fakten
    }
    line = sorted(
        (e for e in problem.ereignisse if e in words), key=lambda e: _days(problem, problem.ereignisse[e])
    )
    return {e: _FEST if e in fixed else words[e] for e in line}


def _days(problem: Problem, ereignis: Ereignis) -> tuple[int, int]:
    """Return the first and the last day an event may have; what has none comes last."""
    found = allowed(problem, ereignis)
    return (found[0].tag, found[-1].tag) if found else (10**6, 0)
