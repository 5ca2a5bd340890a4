"""The history of a plan: what each run changed, and what follows from it for those who have the old dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import astuple, evolve

from gremienplan.errors import InputError, Problem
from gremienplan.plan.text import geordnet, siegel
from gremienplan.plan.werte import Absage, Beleg, Gehalten, Plan, Verlaufseintrag, Vermerk, Zustand
from gremienplan.texts import Text


def record(neu: Plan, alt: Plan | None, stand: datetime, zustand: Zustand = Zustand.DRAFT) -> Plan:
    """Return ``neu`` with the history of ``alt`` and one entry more, which says what changed since.

    What changed is judged by what the history of ``alt`` recorded, so edits made by hand since count too. Where
    inputs, result and state are those of ``alt``, that is returned as it is, whichever version of gremienplan made
    it: a run that changes nothing changes no byte. A history that ``neu`` brings along does not count. Raises
    InputError when something changed and ``stand`` lies before the last entry.
    """
    neu = _result(neu)
    if alt is None or not alt.verlauf:
        return _append(neu, alt, {}, stand, zustand)
    if alt.zustand is zustand and _same(neu, _result(alt)) and not edited(alt):
        return alt
    return _append(neu, alt, alt.aufgezeichnet, stand, zustand)


def check_order(plan: Plan, stand: datetime) -> None:
    """Raise InputError where ``stand`` lies before the last entry of a plan's history: nothing can be recorded then."""
    if plan.verlauf and stand < plan.verlauf[-1].stand:
        letzter = plan.verlauf[-1].stand
        meldung = Text("This lies before the last entry of the plan's history: {letzter}", letzter=letzter)
        hinweis = Text(
            "Name a time that is not before it. If that one is wrong itself, go back to a copy of the file."
        )
        raise InputError([Problem("plan.json", "verlauf", meldung, stand.isoformat(), hinweis)])


def unrecorded(plan: Plan) -> tuple[str, ...]:
    """Return the ids of what was edited by hand since the last entry: changed, put in or taken out. Sorted."""
    ereignisse = plan.vermerke.keys() | plan.aufgezeichnet.keys()
    return tuple(sorted(e for e in ereignisse if plan.vermerke.get(e) != _recorded(plan, e)))


def edited(plan: Plan) -> bool:
    """Tell whether anything in the plan was edited by hand since the last entry: an event, or what is said of them."""
    return bool(unrecorded(plan)) or not sealed(plan)


def sealed(plan: Plan) -> bool:
    """Tell whether a plan says what it said when it was last written; one without receipt cannot tell."""
    return plan.beleg is None or plan.beleg.siegel == siegel(plan)


def record_edits(plan: Plan, stand: datetime) -> Plan:
    """Return the plan with one entry more, which says what was edited by hand; without edits, the plan itself.

    The state stays. Raises InputError when ``stand`` lies before the last entry.
    """
    if not plan.verlauf:
        return record(plan, None, stand)
    if not edited(plan):
        return plan
    return _append(_result(plan), plan, plan.aufgezeichnet, stand, plan.zustand)


def _result(plan: Plan) -> Plan:
    """Return a plan without its history: inputs and result."""
    return geordnet(evolve(plan, verlauf=(), aufgezeichnet={}))


def _same(neu: Plan, alt: Plan) -> bool:
    """Tell whether two results differ in nothing, or in the version that made them."""
    return same_receipt(neu, alt) and evolve(neu, beleg=None) == evolve(alt, beleg=None)


def same_receipt(a: Plan, b: Plan) -> bool:
    """Tell whether two plans were made by the same readings and rules; the version that did it does not count."""
    if a.beleg and b.beleg:
        return _made(a.beleg) == _made(b.beleg)
    return a.beleg is b.beleg


def _made(beleg: Beleg) -> Beleg:
    """Return what a receipt says of readings and rules."""
    return evolve(beleg, version="", werk="", daten={}, siegel="")


def _recorded(plan: Plan, ereignis: str) -> tuple[Vermerk, ...] | None:
    return (plan.aufgezeichnet[ereignis],) if ereignis in plan.aufgezeichnet else None


def _append(
    neu: Plan,
    alt: Plan | None,
    bisher: Mapping[str, Vermerk],
    stand: datetime,
    zustand: Zustand,
) -> Plan:
    verlauf, known = (alt.verlauf, alt.gehalten) if alt and alt.verlauf else ((), {})
    if alt:
        check_order(alt, stand)
    jetzt = {ereignis: vermerke[0] for ereignis, vermerke in neu.vermerke.items()}
    eintrag = evolve(
        _eintrag(jetzt, bisher, stand, zustand),
        gehalten=tuple(sorted(neu.gehalten.keys() - known.keys())),
        protokolle=tuple(
            sorted(s for s, g in neu.gehalten.items() if g.protokoll != known.get(s, Gehalten()).protokoll)
        ),
    )
    plan = geordnet(evolve(neu, verlauf=(*verlauf, eintrag), aufgezeichnet=jetzt))
    return evolve(plan, beleg=plan.beleg and evolve(plan.beleg, siegel=siegel(plan)))


def _eintrag(
    jetzt: Mapping[str, Vermerk], bisher: Mapping[str, Vermerk], stand: datetime, zustand: Zustand
) -> Verlaufseintrag:
    """Return what changed. What another Gremium does now is another event: one is cancelled, one is new."""
    bleibt = {e for e in jetzt.keys() & bisher.keys() if jetzt[e].gremium == bisher[e].gremium}
    return Verlaufseintrag(
        stand=stand,
        zustand=zustand,
        neu=tuple(sorted(jetzt.keys() - bleibt)),
        verlegt=tuple((e, bisher[e].beginn) for e in sorted(bleibt) if jetzt[e] != bisher[e]),
        abgesagt=tuple(_absage(e, bisher[e]) for e in sorted(bisher.keys() - bleibt)),
    )


def _absage(ereignis: str, bisher: Vermerk) -> Absage:
    return Absage(ereignis, bisher.gremium, bisher.beginn, bisher.ende, bisher.ort, bisher.vortrag)


def aenderungen(plan: Plan, ereignis: str) -> tuple[datetime, ...]:
    """Return the ``stand`` of each entry that made an event look different, oldest first.

    That is each that mentions it, and while it takes place each that turns a draft into more, or back.
    """
    found: list[datetime] = []
    steht, vorher = False, Zustand.DRAFT
    for eintrag in plan.verlauf:
        neu = ereignis in eintrag.neu
        verlegt = any(ereignis == anderes for anderes, _ in eintrag.verlegt)
        abgesagt = any(ereignis == absage.ereignis for absage in eintrag.abgesagt)
        wechsel = (vorher is Zustand.DRAFT) is not (eintrag.zustand is Zustand.DRAFT)
        if neu or verlegt or abgesagt or (steht and wechsel):
            found.append(eintrag.stand)
        steht = neu or (not abgesagt and (steht or verlegt))
        vorher = eintrag.zustand
    return tuple(found)


def letzte_aenderung(plan: Plan, ereignis: str) -> datetime:
    """Return the ``stand`` of the last entry that made an event look different.

    An event that no entry mentions was put in by hand: it counts from the last entry. Raises KeyError for a
    plan without history.
    """
    if not plan.verlauf:
        raise KeyError(ereignis)
    return next(reversed(aenderungen(plan, ereignis)), plan.verlauf[-1].stand)


def sequenz(plan: Plan, ereignis: str) -> int:
    """Return how often an event was changed: the number of entries that made it look different, after the first."""
    return max(0, len(aenderungen(plan, ereignis)) - 1)


def since_binding(plan: Plan) -> Plan:
    """Return the plan with what its history holds since it became binding: before, it was nobody's concern."""
    erst = next((i for i, e in enumerate(plan.verlauf) if e.zustand is Zustand.PUBLISHED), len(plan.verlauf))
    return evolve(plan, verlauf=plan.verlauf[erst + 1 :])


def abgesagte(plan: Plan) -> tuple[Absage, ...]:
    """Return the cancelled events as they last were, sorted by their ids.

    What takes place again is not cancelled. What waits for a new date (``offen``) is: those who have the old one
    must let it go.
    """
    stehen = {(ereignis, v.gremium) for ereignis, vermerke in plan.vermerke.items() for v in vermerke}
    bisher = {
        (absage.ereignis, absage.gremium): absage for eintrag in plan.verlauf for absage in eintrag.abgesagt
    }
    return tuple(sorted((a for key, a in bisher.items() if key not in stehen), key=astuple))
