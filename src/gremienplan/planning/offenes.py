"""Why an event stays open in a partial plan: its own small conflict, verified like that of a whole year."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from gremienplan.jahr import Jahr, build
from gremienplan.jahr.offen import hangs_on, roots, with_open
from gremienplan.plan import Conflict, Plan, Undecided, as_planned
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.frage import ask
from gremienplan.planning.konflikt import explain
from gremienplan.projekt import Projekt


def why_open(
    projekt: Projekt,
    plan: Plan,
    *,
    stand: datetime | None = None,
    before: Plan | None = None,
    effort: EffortName = "normal",
    stop: Callable[[], bool] | None = None,
) -> dict[str, Conflict | Undecided]:
    """Return why each event that a plan leaves open has no date: what cannot hold while all others stay open.

    Not of what the project announces, nor of what only waits for another. A Conflict is minimal and verified, as
    that of a whole year. ``stand`` and ``before`` are those the plan was made with.
    """
    year = build(as_planned(projekt, plan), plan.jahr, stand=stand, before=before)
    grenze = Effort.named(effort).value
    offen = frozenset(e for e in plan.offen if not plan.lagen.get(e)) & year.ereignisse
    pairs = tuple(hangs_on(year.requirements, year.beratungen))
    first = roots(pairs, offen)
    everything = (*(s.id for s in year.sitzungen), *(b.id for b in year.beratungen))
    found = [e for e in everything if e in first and e not in year.offen]
    return {e: _why(year, offen - {e}, grenze, stop) for e in found}


def _why(
    year: Jahr, others: Collection[str], grenze: float, stop: Callable[[], bool] | None
) -> Conflict | Undecided:
    """Explain why there is no plan in which all but these have a date."""
    return explain(ask(with_open(year, others)), grenze, stop)
