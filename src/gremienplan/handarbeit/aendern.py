"""Move, another Ort, cancel: what becomes of a date that the plan has."""

from __future__ import annotations

from datetime import date, datetime

from attrs import evolve

from gremienplan.handarbeit.pruefen import judged, refused_as_fact, wrong, year_of
from gremienplan.handarbeit.stellen import dated, heard, moment, termin, with_date, without
from gremienplan.handarbeit.werte import Handgriff
from gremienplan.jahr import Jahr
from gremienplan.jahr.offen import hangs_on, waiting
from gremienplan.plan import Plan
from gremienplan.programm import Beratung
from gremienplan.projekt import Projekt
from gremienplan.texts import Text


def move(
    projekt: Projekt, plan: Plan, ereignis: str, wann: date, *, ort: str | None = None, stand: datetime
) -> Handgriff:
    """Move a Sitzung or Beratung to another day, at its hour, or to a moment; a Sitzung perhaps to another Ort.

    A Beratung goes into the sitting of its body that is held then. ``stand`` (local time) is the moment of the
    change. Raises InputError for an event without a date, and where there is no such sitting.
    """
    event = dated(projekt, plan, ereignis)
    if past := refused_as_fact(projekt, plan, ereignis, stand):
        return past
    lage = plan.lagen[ereignis][0]
    if isinstance(event, Beratung):
        if ort is not None:
            raise wrong(
                "ORT", Text("An item has no place of its own: it is heard where its sitting is."), ort
            )
        neu = with_date(plan, heard(projekt, event, wann, lage.vortrag))
    else:
        beginn = moment(wann, lage.beginn.time()) or lage.beginn
        neu = with_date(plan, termin(event, beginn, lage.ort if ort is None else ort))
    return judged(projekt, plan, neu, (ereignis,), stand)


def swap(projekt: Projekt, plan: Plan, sitzung: str, ort: str, *, stand: datetime) -> Handgriff:
    """Put a Sitzung into another Ort, at its time. Raises InputError like :func:`move`."""
    dated(projekt, plan, sitzung)
    return move(projekt, plan, sitzung, plan.lagen[sitzung][0].beginn, ort=ort, stand=stand)


def cancel(
    projekt: Projekt, plan: Plan, ereignis: str, *, mit_folgen: bool = False, stand: datetime
) -> Handgriff:
    """Take the date of a Sitzung or Beratung away; ``mit_folgen`` also those of all that must wait for it.

    What the programme asks for is then open: its new date is to be announced. What was added by hand is off.
    Raises InputError for an event without a date.
    """
    dated(projekt, plan, ereignis)
    if past := refused_as_fact(projekt, plan, ereignis, stand):
        return past
    neu = _off(plan, (ereignis,))
    waits = _waiting(year_of(projekt, neu, plan, (ereignis,), stand), plan, ereignis)
    if not mit_folgen:
        found = judged(projekt, plan, neu, (ereignis,), stand)
        return evolve(found, folgen=waits if found.befunde else ())
    return judged(projekt, plan, _off(plan, (ereignis, *waits)), (ereignis, *waits), stand)


def _off(plan: Plan, ereignisse: tuple[str, ...]) -> Plan:
    added = {z.sitzung for z in plan.zusaetzlich}
    more = tuple(e for e in ereignisse if e not in added and e not in plan.offen)
    zusatz = tuple(evolve(z, abgesagt=True) if z.sitzung in ereignisse else z for z in plan.zusaetzlich)
    return evolve(without(plan, ereignisse), offen=(*plan.offen, *more), zusaetzlich=zusatz)


def _waiting(year: Jahr, plan: Plan, ereignis: str) -> tuple[str, ...]:
    """Return what has a date and must wait for an event; what has been held waits for nothing."""
    pairs = tuple(hangs_on(year.requirements, year.beratungen))
    return tuple(e for e in waiting(pairs, (ereignis,)) if plan.lagen.get(e) and e not in year.fakten)
