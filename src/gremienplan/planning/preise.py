"""``prices``: what the order of the stages costs; what a later one could have if an earlier one gave way."""

from __future__ import annotations

from collections.abc import Callable

from gremienplan import solver
from gremienplan.jahr import build
from gremienplan.plan import Plan, as_planned
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.frage import ask
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

    What had been held when the plan was made stays. A plan that is not proven has no prices.
    """
    if not plan.bewiesen:
        return ()
    grenze = Effort.named(effort).value
    stand = plan.verlauf[-1].stand if plan.verlauf else None
    year = build(as_planned(projekt, plan), plan.jahr, stand=stand, before=plan)
    werte = [solver.Stufenwert(s.stufe, s.wert, s.schranke) for s in plan.stufen]
    return tuple(solver.prices(ask(year).problem, werte, grenze, stop, workers))
