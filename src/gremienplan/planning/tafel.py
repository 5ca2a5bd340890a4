"""Every other day of every event at once: what forbids it, or what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from gremienplan.plan import Undecided
from gremienplan.planning.basis import Basis
from gremienplan.planning.warum import Forbidden, Fragen, Price


@frozen
class Zeile:
    """One event on one day."""

    ereignis: str
    tag: date
    gruende: tuple[str, ...] = ()
    """Ids of the requirements that forbid it; none where it is possible, or nothing is known."""
    allein: bool = False
    """Each of them forbids it alone."""
    mehr: tuple[int, ...] | None = None
    """Points more than the plan's, first stage first; None where it is forbidden, or nothing is known."""
    genau: bool = True
    """The price is exact, or the reasons are verified."""
    verlegt: int = 0
    """How many other events lie elsewhere in the year that was priced: some need not."""


def static_rows(basis: Basis, ereignis: str) -> Iterator[Zeile]:
    """Yield the days of an event that a requirement forbids by itself; no search is needed."""
    fragen = Fragen(basis)
    for tag in basis.days(ereignis):
        found = fragen.forbidden(ereignis, tag)
        if found is not None:
            yield _row(found)


def rows(basis: Basis, ereignis: str, days: Sequence[date] | None = None) -> Iterator[Zeile]:
    """Yield these days of an event; without them, every day. What is said hangs on nothing that was asked before."""
    fragen = Fragen(basis)
    for tag in basis.days(ereignis) if days is None else days:
        yield _row(fragen.why_not(ereignis, tag), ereignis, tag)


def _row(found: Price | Forbidden | Undecided, ereignis: str = "", tag: date | None = None) -> Zeile:
    match found:
        case Forbidden():
            ids = tuple(g.requirement.id for g in found.gruende)
            return Zeile(found.ereignis, found.tag, ids, found.allein, genau=found.geprueft)
        case Price():
            return Zeile(
                found.ereignis, found.tag, mehr=found.mehr, genau=found.genau, verlegt=len(found.andere)
            )
        case Undecided():
            return Zeile(ereignis, tag or date.min, genau=False)
