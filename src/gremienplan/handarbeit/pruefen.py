"""A changed plan is judged, priced and given its entry in the history; or refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from attrs import evolve

from gremienplan.abstimmung import nach_aenderung
from gremienplan.auditing import Audit, Finding, audit_year, cost
from gremienplan.auditing.fristen import too_late
from gremienplan.errors import InputError, Problem
from gremienplan.handarbeit.werte import Handgriff
from gremienplan.jahr import Jahr, build
from gremienplan.plan import OFFEN, Lage, Plan, Stufe, as_planned, belege, record, seen
from gremienplan.projekt import Projekt
from gremienplan.quellen import TATSACHE
from gremienplan.requirements import Fest, Preference
from gremienplan.texts import Text


def year_of(projekt: Projekt, neu: Plan, bisher: Plan, ereignisse: Collection[str], stand: datetime) -> Jahr:
    """Return the year a changed plan is judged by: what lies before ``stand`` is a fact, but not what is changed."""
    rest = evolve(
        bisher,
        termine=tuple(t for t in bisher.termine if t.sitzung not in ereignisse),
        beratungen=tuple(b for b in bisher.beratungen if b.beratung not in ereignisse),
    )
    return build(as_planned(projekt, neu), bisher.jahr, stand=stand, before=rest)


def judged(
    projekt: Projekt, bisher: Plan, neu: Plan, ereignisse: tuple[str, ...], stand: datetime
) -> Handgriff:
    """Return a change as what it would be: kept with an entry in the history, or refused with all that it breaks.

    What was broken before in just the same way does not speak against it. Raises InputError when ``stand`` lies
    before the last entry of the history.
    """
    year = year_of(projekt, neu, bisher, ereignisse, stand)
    namen = {**names_of(projekt, bisher), **year.namen}  # what was added and is off, the year does not know
    if _shown(neu) == _shown(bisher):
        return Handgriff(ereignisse, bisher, bisher, namen)
    before, after = audit_year(year, bisher), audit_year(year, neu)
    known = {_key(finding) for finding in before.findings}
    broken = tuple(f for f in after.findings if _key(f) not in known)
    found = Handgriff(
        ereignisse,
        bisher,
        bisher,
        namen,
        next(iter(neu.lagen.get(ereignisse[0], ())), None),
        broken,
        tuple(f for f in after.findings if _key(f) in known),
        kosten_bisher=before.kosten,
        kosten=after.kosten,
        wuensche=tuple(_dearer(year, bisher, neu)),
    )
    if broken:
        return found
    kept = _kept(year, bisher, neu, after, stand)
    late = tuple(f for f in too_late(year.projekt, kept) if f.ereignis.id in ereignisse)
    return evolve(found, plan=kept, zu_spaet=late)


def _key(finding: Finding) -> tuple[str, Text, tuple[str, ...]]:
    return finding.requirement.id, finding.meldung, finding.ereignisse


def _shown(plan: Plan) -> tuple[object, ...]:
    """Return all that a hand changes, in one order."""
    return set(plan.termine), set(plan.beratungen), set(plan.offen), set(plan.zusaetzlich)


def _dearer(year: Jahr, bisher: Plan, neu: Plan) -> Iterator[tuple[Preference, int]]:
    for p in sorted(year.preferences, key=lambda p: p.stufe):
        more = cost(p, neu.lagen) - cost(p, bisher.lagen)
        if more > 0:
            yield p, more


def _kept(year: Jahr, bisher: Plan, neu: Plan, audit: Audit, stand: datetime) -> Plan:
    """Return the plan with its points, receipt and entry; made from today's inputs where it keeps all they ask for."""
    plan = evolve(neu, stufen=_stufen(year, bisher, audit.kosten), kanonisch=False)
    if audit.ok:
        calendar = seen(year.projekt.ratskalender.sitzungen, year.von, year.bis)
        plan = evolve(plan, eingaben=year.projekt.eingaben, ratskalender=calendar)
    return record(belege(year.projekt, plan), bisher, stand, nach_aenderung(year.projekt, bisher, plan))


def _stufen(year: Jahr, bisher: Plan, kosten: Mapping[int, int]) -> tuple[Stufe, ...]:
    """Return the points of each stage; of a plan changed by hand nothing is proven but that none has less than 0."""
    stages = {s.stufe for s in bisher.stufen if s.stufe >= 1} | {p.stufe for p in year.preferences}
    if OFFEN in kosten:
        stages.add(OFFEN)
    return tuple(Stufe(stufe, kosten.get(stufe, 0), 0) for stufe in sorted(stages))


# --- what has been held ------------------------------------------------------------------------------------


def refused_as_fact(projekt: Projekt, plan: Plan, ereignis: str, stand: datetime) -> Handgriff | None:
    """Return the refusal to change what has begun, or is marked as held; None for what is still to come."""
    for lage in plan.lagen.get(ereignis, ()):
        if lage.beginn <= stand or ereignis in plan.gehalten:
            namen = names_of(projekt, plan)
            meldung = Text(
                "{name}, {beginn}: this is past, and what has been held is a fact: it is neither moved nor cancelled.",
                name=namen[ereignis],
                beginn=lage.beginn,
            )
            return refusal(plan, namen, lage, meldung, Text("it has been held"))
    return None


def refusal(plan: Plan, namen: Mapping[str, str], lage: Lage, meldung: Text, weil: Text) -> Handgriff:
    """Return a change that the world forbids."""
    r = Fest(f"tatsache:{lage.ereignis}", TATSACHE, lage.ereignis, lage.beginn, lage.ort, weil=weil)
    finding = Finding(r, meldung, (lage.ereignis,))
    return Handgriff((lage.ereignis,), plan, plan, namen, befunde=(finding,))


def names_of(projekt: Projekt, plan: Plan) -> dict[str, str]:
    """Return what people call the events of a year, and the Orte; an unknown event is called by its id."""
    projekt = as_planned(projekt, plan)
    return {
        **{id: id for id in (*plan.lagen, *plan.offen, *plan.gehalten)},
        **{ort.id: ort.name for ort in projekt.stadt.alle_orte.values()},
        **{s.id: s.name for s in projekt.sitzungen(plan.jahr)},
        **{b.id: b.name for b in projekt.beratungen(plan.jahr)},
    }


def wrong(wo: str, meldung: Text, wert: str = "", hinweis: Text | None = None) -> InputError:
    """Return the error for one argument."""
    return InputError([Problem(wo, "", meldung, wert, hinweis)])
