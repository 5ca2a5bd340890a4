"""The specification: does any plan keep what its year asks for, and what are its costs?

Independent of the solver on purpose: it knows only requirements, preferences and where the events lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from gremienplan.auditing.bedingungen import check
from gremienplan.auditing.befunde import Finding, Lagen
from gremienplan.auditing.fristen import too_late
from gremienplan.auditing.gemieden import Gemieden, not_avoided
from gremienplan.auditing.lasten import Bilanz, Geteilt, Lasten, loads
from gremienplan.auditing.offen import announced, no_day_left, unready, waits_for
from gremienplan.auditing.reihum import turns
from gremienplan.auditing.verschwunden import Verschwunden, in_vanished
from gremienplan.auditing.wuensche import cost, costs
from gremienplan.auditing.zugleich import absent
from gremienplan.jahr import Jahr, build
from gremienplan.plan import OFFEN, Plan, as_planned
from gremienplan.programm import Fristtermin
from gremienplan.projekt import Projekt
from gremienplan.requirements import Angesetzt, EineVon, Namen, Preference, Requirement, Stattfinden
from gremienplan.texts import Text
from gremienplan.uhr import shown

__all__ = [
    "Audit",
    "Bilanz",
    "Finding",
    "Gemieden",
    "Geteilt",
    "Lagen",
    "Lasten",
    "Verschwunden",
    "audit",
    "audit_year",
    "check",
    "cost",
    "costs",
    "in_vanished",
    "judge",
    "loads",
    "turns",
]


@frozen
class Audit:
    """What an audit says of a plan."""

    findings: tuple[Finding, ...]
    """What is broken, in the order of the year's requirements."""
    kosten: Mapping[int, int]
    """Stage -> points of the preferences of that stage; first of all how many events have no date though the project
    announces none for them (``plan.OFFEN``), where there are any."""
    offen: tuple[str, ...]
    """Ids of the year's events the plan leaves without a date on purpose: a state, not a failure."""
    unbekannt: tuple[str, ...] = ()
    """Ids in the plan that the year does not know; nothing could be judged of them."""
    verhindert: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Id of a Sitzung for which one of several Sitze is enough -> those of them who cannot come."""
    wartet: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Id of an open event that waits for others -> their ids: it must come after them, or belongs to one."""
    ohne_tag: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Id of an open event no day is left for -> the events that would have to move; not of announced ones."""
    zu_spaet: tuple[Fristtermin, ...] = ()
    """Deadlines that were over when the plan set the date; they break nothing any more, and are said."""
    gemieden: tuple[Gemieden, ...] = ()
    """Sitzungen on days to leave free, or when others have something on: wishes that were not kept."""
    verschwunden: tuple[Verschwunden, ...] = ()
    """Beratungen in sittings that have vanished from the council calendar: whether they are held is to be asked."""

    @property
    def ok(self) -> bool:
        """Tell whether nothing is broken and everything in the plan could be judged."""
        return not self.findings and not self.unbekannt


def audit(projekt: Projekt, plan: Plan) -> Audit:
    """Judge any plan, also one edited by hand, against the project's rules, programme and calendars.

    What is marked as held is a fact, and not judged by itself any more.
    """
    return audit_year(build(as_planned(projekt, plan), plan.jahr, before=plan), plan)


def audit_year(year: Jahr, plan: Plan) -> Audit:
    """Judge a plan of a year that is already compiled.

    That an event listed as open has no Termin breaks nothing. One that has a Termin all the same is not open:
    it is judged by it. What must wait for an open one, and has a Termin, is a finding.
    """
    found = judge(year.requirements, year.preferences, year.namen, plan, ereignisse=year.ereignisse)
    more = (*_foreign(year, plan), *_unclear(year, plan), *unready(year, plan, found.offen))
    late = too_late(year.projekt, plan)
    waiting = waits_for(year, found.offen)
    more_open = len(set(found.offen) - announced(year))
    return evolve(
        found,
        kosten={**({OFFEN: more_open} if more_open else {}), **found.kosten},
        findings=(*found.findings, *more),
        wartet=waiting,
        ohne_tag=no_day_left(year, plan, found.offen),
        zu_spaet=late,
        gemieden=not_avoided(year.preferences, plan.lagen),
        verschwunden=in_vanished(year, plan),
    )


def _foreign(year: Jahr, plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each Termin that stands under another Gremium than its event belongs to."""
    belongs = {s.id: s.gremium.id for s in year.sitzungen} | {b.id: b.gremium.id for b in year.beratungen}
    held = {r.ereignis: r for r in year.requirements if isinstance(r, Stattfinden | Angesetzt)}
    stands = [(t.sitzung, t.gremium) for t in plan.termine] + [
        (b.beratung, b.gremium) for b in plan.beratungen
    ]
    for ereignis, gremium in stands:
        if ereignis in held and gremium != belongs[ereignis]:
            meldung = Text(
                "{name}: stands under “{ist}”, not “{soll}”.",
                name=year.namen[ereignis],
                ist=gremium,
                soll=belongs[ereignis],
            )
            yield Finding(held[ereignis], meldung, (ereignis,))


def _unclear(year: Jahr, plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each start and end of a Termin that the clock skips or shows twice where it is changed."""
    held = {r.ereignis: r for r in year.requirements if isinstance(r, Stattfinden)}
    zone = ZoneInfo(year.projekt.stadt.zeitzone)
    for t in (t for t in plan.termine if t.sitzung in held):
        for zeit in (t.beginn, t.ende):
            name, times = year.namen[t.sitzung], shown(zeit, zone)
            if times == 0:
                skipped = Text("{name}: the clock skips {zeit}.", name=name, zeit=zeit)
                yield Finding(held[t.sitzung], skipped, (t.sitzung,))
            elif times > 1:
                twice = Text("{name}: the clock shows {zeit} twice.", name=name, zeit=zeit)
                yield Finding(held[t.sitzung], twice, (t.sitzung,))


def judge(
    requirements: Iterable[Requirement],
    preferences: Iterable[Preference],
    namen: Namen,
    plan: Plan,
    *,
    ereignisse: frozenset[str],
) -> Audit:
    """Judge a plan against everything a year asks for; ``ereignisse`` are the ids of what is to be held.

    That an event listed as open has no Termin breaks nothing. One that has a Termin all the same is not open:
    it is judged by it.
    """
    requirements = tuple(requirements)
    lagen = plan.lagen
    offen = tuple(dict.fromkeys(ereignis for ereignis in plan.offen if not lagen.get(ereignis)))
    findings = tuple(
        finding
        for requirement in requirements
        if not (isinstance(requirement, Stattfinden | Angesetzt) and requirement.ereignis in offen)
        for finding in check(requirement, lagen, namen)
    )
    named = dict.fromkeys((*lagen, *plan.offen))
    return Audit(
        findings,
        costs(preferences, lagen),
        tuple(ereignis for ereignis in offen if ereignis in ereignisse),
        tuple(ereignis for ereignis in named if ereignis not in ereignisse),
        _verhindert(requirements, lagen),
    )


def _verhindert(requirements: Iterable[Requirement], lagen: Lagen) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for r in requirements:
        if isinstance(r, EineVon) and (away := absent(r, lagen)):
            found[r.ereignis] = tuple(dict.fromkeys((*found.get(r.ereignis, ()), *away)))
    return found
