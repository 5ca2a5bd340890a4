"""Where an event can be put: the hours of a Sitzung, and the sittings in which an item can be heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from attrs import evolve

from gremienplan.errors import InputError
from gremienplan.handarbeit.pruefen import wrong
from gremienplan.plan import Absage, Beratungstermin, Plan, Termin, as_planned
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.texts import Text

Ereignis = Sitzung | Beratung

NAHE = 3
"""So many sittings are named where none is on the day that was asked for."""


def event(projekt: Projekt, plan: Plan, kennung: str) -> Ereignis:
    """Return a Sitzung or Beratung of the year of a plan by its id. Raises InputError."""
    projekt = as_planned(projekt, plan)
    events: tuple[Ereignis, ...] = (*projekt.sitzungen(plan.jahr), *projekt.beratungen(plan.jahr))
    for one in events:
        if one.id == kennung:
            return one
    raise wrong("SITZUNG", Text("There is no such Sitzung or Beratung."), kennung)


def dated(projekt: Projekt, plan: Plan, kennung: str) -> Ereignis:
    """Return the same, where the plan has a date for it. Raises InputError."""
    found = event(projekt, plan, kennung)
    if not plan.lagen.get(kennung):
        hint = Text("Give it one: {command}", command=f"gremienplan add {kennung} … --jahr {plan.jahr}")
        raise wrong("SITZUNG", Text("It has no date."), kennung, hint)
    return found


def moment(wann: date, uhr: time | None) -> datetime | None:
    """Return a moment: as it was said, or a day at the hour that is known."""
    if isinstance(wann, datetime):
        return wann
    return None if uhr is None else datetime.combine(wann, uhr)


def termin(sitzung: Sitzung, beginn: datetime, ort: str) -> Termin:
    """Return the Termin of a Sitzung, as long as it is to be."""
    ende = beginn + timedelta(minutes=sitzung.dauer)
    return Termin(sitzung.id, sitzung.gremium.id, beginn, ende, ort)


def heard(projekt: Projekt, beratung: Beratung, wann: date, vortrag: Sequence[str]) -> Beratungstermin:
    """Return an item in the sitting of its body on a day, or at a moment. Raises InputError where there is none."""
    sittings = projekt.ratskalender.von_gremium(beratung.gremium.id)
    exact = isinstance(wann, datetime)
    tag = wann.date() if isinstance(wann, datetime) else wann
    found = [s for s in sittings if s.tag == tag and (not exact or s.beginn == wann)]
    if len(found) != 1:
        raise _no_sitting(projekt, beratung, tag, sittings, found)
    s = found[0]
    return Beratungstermin(beratung.id, beratung.gremium.id, s.zusammen, s.beginn, s.ende, tuple(vortrag))


def _no_sitting(
    projekt: Projekt,
    beratung: Beratung,
    tag: date,
    sittings: Sequence[Ratssitzung],
    found: Sequence[Ratssitzung],
) -> InputError:
    near = found or sorted(sorted(sittings, key=lambda s: abs(s.tag - tag))[:NAHE], key=lambda s: s.beginn)
    hint = Text("Its sittings around then: {tage}", tage=tuple(s.beginn for s in near) or "–")
    name = projekt.stadt.gremium_name(beratung.gremium)
    if found:
        many = Text("There is more than one sitting on this day: {gremium}. Name the time too.", gremium=name)
        return wrong("DATE", many, tag.isoformat(), hint)
    none = Text("In the council calendar there is no such sitting: {gremium}.", gremium=name)
    return wrong("DATE", none, tag.isoformat(), hint)


def without(plan: Plan, ereignisse: Sequence[str]) -> Plan:
    """Return a plan without the dates of some events."""
    return evolve(
        plan,
        termine=tuple(t for t in plan.termine if t.sitzung not in ereignisse),
        beratungen=tuple(b for b in plan.beratungen if b.beratung not in ereignisse),
    )


def with_date(plan: Plan, neu: Termin | Beratungstermin) -> Plan:
    """Return a plan with this date of an event, and no other one."""
    ereignis = neu.sitzung if isinstance(neu, Termin) else neu.beratung
    rest = without(plan, (ereignis,))
    rest = evolve(rest, offen=tuple(e for e in rest.offen if e != ereignis))
    if isinstance(neu, Termin):
        return evolve(rest, termine=(*rest.termine, neu))
    return evolve(rest, beratungen=(*rest.beratungen, neu))


def last_seen(plan: Plan, ereignis: str) -> Absage | None:
    """Return how an event without a date was, when it last had one."""
    known = [a for eintrag in plan.verlauf for a in eintrag.abgesagt if a.ereignis == ereignis]
    return known[-1] if known else None
