"""``check_plan``: what the changes of a council calendar do to a plan, by the audit of before and of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from gremienplan.auditing import Finding, audit_year, in_vanished
from gremienplan.jahr import Jahr, build
from gremienplan.plan import Beratungstermin, Gesehen, Plan, as_planned
from gremienplan.projekt import Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.requirements import Angesetzt
from gremienplan.texts import Text
from gremienplan.watch.aenderungen import changes_of, compare
from gremienplan.watch.damals import as_seen, still_standing
from gremienplan.watch.werte import Aenderung, Bericht, Paar, Wandel, Wirkung
from gremienplan.watch.zuordnen import vergleiche

_ORT_UND_ZEIT = {Wandel.VERSCHWUNDEN, Wandel.ABGESAGT, Wandel.VERLEGT, Wandel.ENDE, Wandel.VERSCHOBEN}
"""What keeps a Beratung from being heard where the plan has it."""
_EIN_AUGENBLICK = timedelta(microseconds=1)


def check_plan(projekt: Projekt, plan: Plan, *, stand: datetime | None = None) -> Bericht:
    """Say what has changed in the council calendar since a plan was made, and what of it touches the plan.

    A sitting that has vanished counts as standing where it stood. A change answers for what the plan keeps with
    the calendar it was made with and breaks with that of today; what is broken in both is no matter here. A plan
    rests on every vanished sitting in which it has something heard, also when it was made after that. What
    was held on the day of ``stand`` or before is a fact; what was to be heard in a cancelled sitting was not held.
    Raises InputError as ``build`` does.
    """
    year = build(as_planned(projekt, plan), plan.jahr, stand=stand, before=plan)
    belegt = plan.ratskalender is not None
    gesehen = plan.ratskalender if plan.ratskalender is not None else _aus_beratungen(plan)
    paare = compare(gesehen, projekt.ratskalender, year.von, year.bis)
    if not belegt:
        paare = tuple(p for p in paare if p.bisher)
    zeitzone, ab = projekt.stadt.zeitzone, stand.date() if stand else None
    unheard = {b.sitzung for b in plan.beratungen if b.beratung not in year.fakten}
    found = changes_of(paare, projekt.ratskalender, ab=ab, zeitzone=zeitzone, auch=unheard)
    lage = _Lage(projekt, stand, evolve(plan, beratungen=tuple(_umgestellt(plan.beratungen, paare))))
    bericht = _bericht(lage, year, found, belegt=belegt) if found else Bericht(plan.jahr, belegt, ())
    return evolve(bericht, verschwunden=in_vanished(year, lage.plan))


def vanished(projekt: Projekt, plan: Plan, *, ab: date | None = None) -> tuple[Gesehen, ...]:
    """Return the sittings a plan was made with that the calendar has no more, and nobody says why: from ``ab`` on."""
    paare = vergleiche(plan.ratskalender or (), projekt.ratskalender.sitzungen)
    gone = (a for a in changes_of(paare, projekt.ratskalender, ab=ab) if a.wandel is Wandel.VERSCHWUNDEN)
    return tuple(p.bisher for a in gone for p in a.paare if p.bisher and not p.jetzt)


@frozen
class _Lage:
    """A project, the moment, and a plan whose Beratungen name their sittings as the calendar of today does."""

    projekt: Projekt
    stand: datetime | None
    plan: Plan

    def year(self, sitzungen: Sequence[Ratssitzung]) -> Jahr:
        """Return the year, compiled with these sittings."""
        kalender = evolve(self.projekt.ratskalender, sitzungen=tuple(sitzungen))
        projekt = evolve(self.projekt, ratskalender=kalender)
        return build(projekt.im_profil(self.plan.profil), self.plan.jahr, stand=self.stand, before=self.plan)


def _bericht(lage: _Lage, year: Jahr, found: Sequence[Aenderung], *, belegt: bool) -> Bericht:
    sitzungen = still_standing(lage.projekt.ratskalender.sitzungen, found)
    known = frozenset(lage.projekt.stadt.alle_gremien)
    heute, damals = lage.year(sitzungen), lage.year(as_seen(sitzungen, found, known))
    plan = lage.plan
    bisher = _broken(damals, plan)
    gebrochen = _mehr(_broken(heute, plan), bisher)
    je = {a: _beratungen(plan, a, year.fakten) for a in found}
    folgt = _mehr(_broken(heute, _mitgezogen(plan, je)), bisher)
    lagen = {b.beratung: (b.beginn, b.ende) for b in plan.beratungen}
    lagen |= {t.sitzung: (t.beginn, t.ende) for t in plan.termine}
    schuld: dict[Aenderung, list[Finding]] = {a: [] for a in found}
    gemeinsam: list[Finding] = []
    for finding in gebrochen:
        wer = [a for a in found if set(finding.ereignisse) & set(je[a])] or [
            a for a in found if _am_tag(a, [lagen[e] for e in finding.ereignisse if e in lagen])
        ]
        for a in wer:
            schuld[a].append(finding)
        if not wer:
            gemeinsam.append(finding)
    for a in found:
        schuld[a] += _ohne_sitzung(a, je[a], heute, plan, schuld[a])
    wirkungen = tuple(
        Wirkung(
            a,
            je[a],
            tuple(schuld[a]),
            tuple(f for f in folgt if set(f.ereignisse) & set(je[a])) if _steht(a) and je[a] else None,
        )
        for a in found
    )
    return Bericht(plan.jahr, belegt, wirkungen, tuple(gemeinsam))


def _broken(year: Jahr, plan: Plan) -> tuple[Finding, ...]:
    """Return what a plan breaks, but that what was to be heard in a cancelled sitting lies in the past."""
    past = {f"stand:{e}" for e in year.ereignisse}
    return tuple(f for f in audit_year(year, plan).findings if f.requirement.id not in past)


def _aus_beratungen(plan: Plan) -> tuple[Gesehen, ...]:
    """Return the sittings in which a plan's Beratungen are heard, each once."""
    found = {b.sitzung: Gesehen(b.sitzung, b.gremium, b.gremium, b.beginn, b.ende) for b in plan.beratungen}
    return tuple(found.values())


def _umgestellt(beratungen: Iterable[Beratungstermin], paare: Iterable[Paar]) -> Iterator[Beratungstermin]:
    """Yield the Beratungen with the keys their sittings have today."""
    keys = {p.bisher.key: p.jetzt.key for p in paare if p.bisher and p.jetzt}
    for b in beratungen:
        yield evolve(b, sitzung=keys.get(b.sitzung, b.sitzung))


def _beratungen(plan: Plan, a: Aenderung, fakten: Mapping[str, object]) -> tuple[str, ...]:
    """Return the Beratungen still to come that are heard in a sitting that is not where they have it."""
    if a.wandel not in _ORT_UND_ZEIT:
        return ()
    weg = {p.jetzt.key if p.jetzt else p.bisher.key if p.bisher else "": p.jetzt for p in a.paare}
    return tuple(
        b.beratung
        for b in plan.beratungen
        if b.sitzung in weg and b.beratung not in fakten and not _ist_dort(b, weg[b.sitzung])
    )


def _ist_dort(b: Beratungstermin, sitzung: Ratssitzung | None) -> bool:
    """Tell whether the plan has a Beratung where its sitting is today."""
    return (
        sitzung is not None
        and not sitzung.verschwunden
        and (b.beginn, b.ende) == (sitzung.beginn, sitzung.ende)
    )


def _steht(a: Aenderung) -> bool:
    """Tell whether the sittings of a change stand, at another time."""
    return all(p.jetzt and not p.jetzt.verschwunden for p in a.paare)


def _mitgezogen(plan: Plan, je: Mapping[Aenderung, Collection[str]]) -> Plan:
    """Return the plan with what is heard in a sitting that stands at another time heard then."""
    neu = {
        (p.jetzt.key, b): p.jetzt
        for a, wer in je.items()
        if _steht(a)
        for p in a.paare
        for b in wer
        if p.jetzt
    }
    gezogen = [
        evolve(b, beginn=s.beginn, ende=s.ende) if (s := neu.get((b.sitzung, b.beratung))) else b
        for b in plan.beratungen
    ]
    return evolve(plan, beratungen=tuple(gezogen))


def _mehr(findings: Iterable[Finding], bisher: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that were not there before."""
    before = Counter(_key(f) for f in bisher)
    more = []
    for finding in findings:
        if before[_key(finding)]:
            before[_key(finding)] -= 1
        else:
            more.append(finding)
    return tuple(more)


def _key(finding: Finding) -> tuple[str, tuple[str, ...], Text]:
    return finding.requirement.id, finding.ereignisse, finding.meldung


def _am_tag(a: Aenderung, zeiten: Iterable[tuple[datetime, datetime]]) -> bool:
    """Tell whether a sitting of the change is on one of the days of these times."""
    days = [_tage(s.beginn, s.ende) for p in a.paare if (s := p.jetzt)]
    return any(von <= bis_ and von_ <= bis for von, bis in days for von_, bis_ in map(_span, zeiten))


def _span(zeit: tuple[datetime, datetime]) -> tuple[date, date]:
    return _tage(*zeit)


def _tage(beginn: datetime, ende: datetime) -> tuple[date, date]:
    return beginn.date(), max(beginn.date(), (ende - _EIN_AUGENBLICK).date())


def _ohne_sitzung(
    a: Aenderung, beratungen: Collection[str], year: Jahr, plan: Plan, gesagt: Sequence[Finding]
) -> Iterator[Finding]:
    """Yield what the audit cannot say, for the sitting is kept: a Beratung is heard in one that is gone."""
    if a.wandel is not Wandel.VERSCHWUNDEN:
        return
    said = {e for f in gesagt if isinstance(f.requirement, Angesetzt) for e in f.ereignisse}
    held = {r.ereignis: r for r in year.requirements if isinstance(r, Angesetzt)}
    for b in plan.beratungen:
        if b.beratung in beratungen and b.beratung in held and b.beratung not in said:
            meldung = Text(
                "{name}: the sitting it is heard in has vanished from the council calendar: {zeit}.",
                name=year.namen[b.beratung],
                zeit=b.beginn,
            )
            yield Finding(held[b.beratung], meldung, (b.beratung,))
