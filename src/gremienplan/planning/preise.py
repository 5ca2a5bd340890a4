"""``prices``: what the order of the stages costs; what a later one could have if an earlier one gave way."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from gremienplan import solver
from gremienplan.plan import VERLEGT, Plan
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.frage import ask
from gremienplan.planning.grundlage import checked_year
from gremienplan.planning.replanung import stays
from gremienplan.projekt import Projekt


def prices(
    projekt: Projekt,
    plan: Plan,
    *,
    effort: EffortName = "normal",
    stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> tuple[solver.Preis, ...]:
    """Return for each two stages of a plan what the later one would gain if the earlier one came after it.

    What had been held when the plan was made stays, and what is open stays open. In a plan that was changed with the
    fewest moves the first of the stages is :data:`~gremienplan.plan.VERLEGT`: it says how many dates of this plan would
    be others, for which plan it was made from nobody knows any more. A plan that is not proven has no prices. Raises
    InputError for a plan that does not belong to the project any more.
    """
    if not plan.bewiesen:
        return ()
    grenze = Effort.named(effort).value
    year = checked_year(projekt, plan)
    werte = [solver.Stufenwert(s.stufe, s.wert, s.schranke) for s in plan.stufen if s.stufe >= 1]
    if any(s.stufe == VERLEGT for s in plan.stufen):
        year = evolve(year, preferences=(*stays(year, plan), *year.preferences))
        werte.insert(0, solver.Stufenwert(VERLEGT, 0, 0))
    return tuple(solver.prices(ask(year).problem, werte, grenze, stop, workers))
