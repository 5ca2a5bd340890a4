"""Deadlines that were over when a plan set the date: nobody could have kept them (P-59)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from gremienplan.plan import Plan, unrecorded
from gremienplan.programm import Fristtermin
from gremienplan.projekt import Projekt


def too_late(projekt: Projekt, plan: Plan) -> tuple[Fristtermin, ...]:
    """Return the deadlines whose last day lay before the moment at which the plan set the date, by their last days.

    A plan without history says of no date when it was set, and none of its deadlines was over.
    """
    if not projekt.programm.fristen:
        return ()
    since = _since(plan)
    tage = {id: lagen[0].tag for id, lagen in plan.lagen.items() if id in since}
    return tuple(f for f in projekt.fristen(plan.jahr, tage) if f.letzter.past(since[f.ereignis.id]))


def _since(plan: Plan) -> Mapping[str, datetime]:
    """Return when each event got the date it has; of what was edited by hand, the last moment the history knows."""
    since = {
        ereignis: eintrag.stand
        for eintrag in plan.verlauf
        for ereignis in (*eintrag.neu, *(wer for wer, _ in eintrag.verlegt))
    }
    edited = dict.fromkeys(unrecorded(plan), plan.verlauf[-1].stand) if plan.verlauf else {}
    return since | edited
