"""The history of a plan: what each run changed, and what follows from it for those who have the old dates."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from gremienplan.plan.text import geordnet
from gremienplan.plan.werte import Lage, Plan, Verlaufseintrag, Zustand


def record(neu: Plan, alt: Plan | None, stand: datetime, zustand: Zustand = Zustand.DRAFT) -> Plan:
    """Return ``neu`` with the history of ``alt`` and one entry more, which says what changed since.

    Where inputs, result and state are those of ``alt``, that is returned as it is: a run that changes nothing
    changes no byte. A history that ``neu`` brings along does not count.
    """
    neu = geordnet(evolve(neu, verlauf=()))
    if alt is None or not alt.verlauf:
        return evolve(neu, verlauf=(_eintrag(neu, None, stand, zustand),))
    if alt.zustand is zustand and neu == geordnet(evolve(alt, verlauf=())):
        return alt
    return geordnet(evolve(neu, verlauf=(*alt.verlauf, _eintrag(neu, alt, stand, zustand))))


def _eintrag(neu: Plan, alt: Plan | None, stand: datetime, zustand: Zustand) -> Verlaufseintrag:
    jetzt = neu.lagen
    bisher = alt.lagen if alt else {}
    return Verlaufseintrag(
        stand=stand,
        zustand=zustand,
        neu=tuple(sorted(jetzt.keys() - bisher.keys())),
        verlegt=tuple(
            (ereignis, bisher[ereignis][0].beginn)
            for ereignis in sorted(jetzt.keys() & bisher.keys())
            if list(map(_sichtbar, jetzt[ereignis])) != list(map(_sichtbar, bisher[ereignis]))
        ),
        abgesagt=tuple(
            (ereignis, bisher[ereignis][0].beginn) for ereignis in sorted(bisher.keys() - jetzt.keys())
        ),
    )


def _sichtbar(lage: Lage) -> tuple[object, ...]:
    """Return what people see of an event: time, place and presenter; the council's own key is not theirs."""
    return lage.beginn, lage.ende, lage.ort, lage.vortrag


def _nennt(eintrag: Verlaufseintrag, ereignis: str) -> bool:
    return ereignis in eintrag.neu or any(
        ereignis == anderes for anderes, _ in (*eintrag.verlegt, *eintrag.abgesagt)
    )


def letzte_aenderung(plan: Plan, ereignis: str) -> datetime:
    """Return the ``stand`` of the last entry that mentions an event.

    An event that no entry mentions was put in by hand: it counts from the last entry. Raises KeyError for a
    plan without history.
    """
    if not plan.verlauf:
        raise KeyError(ereignis)
    staende = (eintrag.stand for eintrag in reversed(plan.verlauf) if _nennt(eintrag, ereignis))
    return next(staende, plan.verlauf[-1].stand)


def sequenz(plan: Plan, ereignis: str) -> int:
    """Return how often an event was changed: the number of entries that mention it, after the first."""
    return max(0, sum(_nennt(eintrag, ereignis) for eintrag in plan.verlauf) - 1)


def abgesagte(plan: Plan) -> tuple[tuple[str, datetime], ...]:
    """Return the cancelled events, each with its former start, sorted by their ids.

    What takes place again is not cancelled, and neither is a Sitzung that only waits for a new date.
    """
    bisher: dict[str, datetime] = {}
    for eintrag in plan.verlauf:
        bisher.update(eintrag.abgesagt)
        for ereignis in eintrag.neu:
            bisher.pop(ereignis, None)
    stehen = plan.lagen.keys() | set(plan.offen)
    return tuple(sorted((ereignis, beginn) for ereignis, beginn in bisher.items() if ereignis not in stehen))
