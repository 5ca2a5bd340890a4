"""A conflict, asked anew: each smaller set of its requirements on its own, as a year that has nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gremienplan import solver
from gremienplan.jahr.werte import ANFAENGE
from gremienplan.plan import Conflict
from gremienplan.requirements import Requirement


def is_minimal(conflict: Conflict) -> bool:
    """Ask anew: are its requirements impossible together, and possible without any single one?"""

    def ask(requirements: Sequence[Requirement]) -> object:
        problem = solver.build_problem(requirements, (), date(conflict.jahr, 1, 1), ANFAENGE)
        seen: list[object] = []
        # any choice will do: the best one is not asked for
        return solver.Suche(problem, 30.0, stop=lambda: bool(seen), on_progress=seen.append).run()

    smaller = [[o for o in conflict.requirements if o is not r] for r in conflict.requirements]
    together = ask(conflict.requirements)
    return together == solver.Unmoeglich() and all(isinstance(ask(rest), solver.Loesung) for rest in smaller)
