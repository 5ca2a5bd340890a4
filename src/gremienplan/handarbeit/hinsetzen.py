"""Several events at once, each where somebody has put it: a list that comes back, for instance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gremienplan.handarbeit.pruefen import judged
from gremienplan.handarbeit.stellen import with_date
from gremienplan.handarbeit.werte import Handgriff
from gremienplan.plan import Beratungstermin, Plan, Termin
from gremienplan.projekt import Projekt


def place(
    projekt: Projekt, plan: Plan, termine: Iterable[Termin | Beratungstermin], *, stand: datetime
) -> Handgriff:
    """Put each event where its Termin says, all at once: they are judged together, as one change.

    That each is an event of the year, and may still be moved, whoever makes the Termine sees to.
    """
    termine = tuple(termine)
    neu = plan
    for termin in termine:
        neu = with_date(neu, termin)
    ids = tuple(t.sitzung if isinstance(t, Termin) else t.beratung for t in termine)
    return judged(projekt, plan, neu, ids, stand)
