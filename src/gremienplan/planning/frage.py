"""What is asked of the solver: a compiled year, and the same in integers.

Every question about a year is one of these. A pin, another lead time or a further wish is a compiled year with
other requirements or preferences (``attrs.evolve``): solver, audit and conflict then all know of it.
"""

from __future__ import annotations

from attrs import frozen

from gremienplan import solver
from gremienplan.jahr import Jahr
from gremienplan.jahr.offen import bounds, hangs_on
from gremienplan.jahr.werte import ANFAENGE
from gremienplan.requirements import Angesetzt, Requirement, Stattfinden


@frozen
class Frage:
    """A compiled year and what the solver is told of it."""

    year: Jahr
    problem: solver.Problem


def ask(year: Jahr) -> Frage:
    """Return the question for the best plan of a compiled year."""
    problem = solver.build_problem(_asked(year), year.preferences, year.von, ANFAENGE, year.fakten.values())
    return Frage(year, problem)


def _asked(year: Jahr) -> list[Requirement]:
    """Return what is asked of a plan: of what is open nothing, but that the rest leaves it a day."""
    kept = [
        r
        for r in year.requirements
        if not (isinstance(r, Stattfinden | Angesetzt) and r.ereignis in year.offen)
    ]
    pairs = hangs_on(year.requirements, year.beratungen)
    found = bounds(year.requirements, year.offen, pairs)
    return [*kept, *(bound for bound in found if bound.id not in year.vergeblich)]
