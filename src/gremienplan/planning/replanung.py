"""``replan``: a plan people rely on meets another calendar, and as few of its dates as possible are moved.

That is the question of the year with one more stage before all others (:data:`STUFE`): one point for each Termin
that is not where people have been told. What has been held is a fact; what is held soon, or is invited already,
is fixed, on the planner's word.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from gremienplan import solver
from gremienplan.auditing import Finding, check, costs
from gremienplan.fristen import Fristart
from gremienplan.jahr import Jahr, build
from gremienplan.jahr.offen import left_open, with_open
from gremienplan.plan import (
    OFFEN,
    VERLEGT,
    Conflict,
    Lage,
    Plan,
    Stufe,
    Undecided,
    Unterschied,
    Zustand,
    as_planned,
    unterschied,
    with_held,
)
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.konflikt import pointed
from gremienplan.planning.planen import Ergebnis, planned
from gremienplan.planning.teilplan import Geoeffnet, opened
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Pin, Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Angesetzt, Bleiben, Fenster, Fest, Namen, Requirement
from gremienplan.solver import Progress
from gremienplan.texts import Text

STUFE = VERLEGT
"""The stage that counts moved Termine."""

_VORGABE = Grundlage(Authority.VORGABE)
_TAG = timedelta(days=1)


@frozen
class Umplanung:
    """A plan that had to change: the new one, what is moved and why, and what could not be moved."""

    plan: Plan
    """The new plan, with no history yet; its stage −1 counts the moved Termine."""
    bisher: Plan
    """The plan before, its items in the sittings of today's council calendar where those stand at their time."""
    unterschied: Unterschied
    gruende: Mapping[str, tuple[Finding, ...]]
    """Id of each moved event -> what its old date breaks now, or would break in the new plan."""
    gehalten: Mapping[str, Fest]
    """Id of each event that had to stay -> the requirement that says why."""
    kosten: Mapping[int, int]
    """Stage -> points of the plan before, counted by today's wishes."""
    namen: Namen

    @property
    def verlegungen(self) -> Stufe:
        """How many Termine are moved, and how many must be at least."""
        return next((s for s in self.plan.stufen if s.stufe == STUFE), Stufe(STUFE, 0, 0))


def replan(
    projekt: Projekt,
    plan: Plan,
    *,
    stand: datetime | None = None,
    frozen: int | None = None,
    auch: Collection[str] = (),
    pins: Sequence[Pin] = (),
    effort: EffortName = "normal",
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Umplanung | Conflict | Undecided:
    """Change a plan for what the project says today: the fewest Termine moved first, then the stages as ever.

    A Termin is moved when its time, its Ort or its presenters change; what is new or falls away counts nothing.
    What lies on the day of ``stand`` (local time) or before is a fact. Of a plan that is coordinated or published,
    a Termin stays that lies within ``frozen`` days from ``stand`` (None: as many as the project says), or whose
    invitation had to be out by then; of a draft, what lies within ``frozen`` days where these are given. ``auch`` are
    ids of what may be moved all the same. What is moved is put where
    its invitation is still in time. ``pins`` are tried beside those of the project, and before them; what they speak of
    may be moved in any case. ``workers`` are the threads the solver may use for the stages.

    Answers as ``schedule`` does; a Conflict that names what had to stay is solved by ``auch`` (:func:`held`).
    """
    pinned = frozenset(pin.sitzung for pin in pins)
    kept = (pin for pin in projekt.pins if not (pin.sitzung in pinned and pin.of(plan.jahr)))
    projekt = evolve(projekt, pins=(*kept, *pins))
    auch = frozenset(auch) | pinned
    year = build(as_planned(projekt, plan), plan.jahr, stand=stand, before=plan)
    bisher = _of_today(plan, year)
    halt = tuple(_halts(year, bisher, stand, frozen, auch))
    gehalten = {r.ereignis: r for r in halt}
    late = _in_time(year, stand, gehalten.keys() | auch) if stand else ()
    far = _not_near(year, bisher, stand, frozen, gehalten.keys() | auch)
    year = evolve(
        year,
        requirements=(*year.requirements, *halt, *late, *far),
        preferences=(*stays(year, bisher), *year.preferences),
    )
    darf = left_open(year, plan) - pinned
    found = _fewest(year, darf, Effort.named(effort).value, on_progress, stop, workers)
    if isinstance(found, Conflict):
        return pointed(found, {e: lagen[0].tag for e, lagen in bisher.lagen.items()})
    if isinstance(found, Undecided):
        return found
    found = with_held(found, plan)
    moved = unterschied(bisher, found)
    wishes = [p for p in year.preferences if p.stufe != STUFE]
    gruende = dict(_reasons(year, bisher, found, [v.ereignis for v in moved.verlegt]))
    return Umplanung(found, bisher, moved, gruende, gehalten, costs(wishes, bisher.lagen), year.namen)


def _fewest(
    year: Jahr,
    darf: Collection[str],
    grenze: float,
    on_progress: Callable[[Progress], None] | None,
    stop: Callable[[], bool] | None,
    workers: int,
) -> Plan | Conflict | Undecided:
    """Plan the year after what cannot be moved has been left where it is; ``darf`` may stay open where it must."""

    def suche(problem: solver.Problem) -> Ergebnis:
        less = solver.narrowed(problem, STUFE, grenze, stop)
        if isinstance(less, solver.Unmoeglich):
            return less
        return solver.Suche(less, grenze, stop, on_progress, workers=workers).run()

    def weniger() -> Iterator[Geoeffnet]:
        if darf:
            yield from opened(year, grenze, stop, darf)
            yield Geoeffnet(with_open(year, darf), Stufe(OFFEN, len(darf), 0))

    return planned(year, suche, weniger(), grenze, stop)


def held(conflict: Conflict, plan: Plan | None = None) -> tuple[str, ...]:
    """Return the ids of what takes part in a Conflict and had to stay, or could not be put near.

    With the plan before, also what hangs on a council sitting of theirs that does not stand any more: the same holds
    of all that it should have heard.
    """
    own = [r for r in conflict.requirements if isinstance(r, Fest | Fenster) and r.id in _ids(r.ereignis)]
    found = [r.ereignis for r in own]
    if plan is not None:
        sittings = {r.ereignis: r.sitzungen for r in conflict.requirements if isinstance(r, Angesetzt)}
        items = {b.beratung: b for b in plan.beratungen}
        for b in [items[e] for e in found if e in items and e in sittings]:
            if all(s.beginn != b.beginn for s in sittings[b.beratung]):
                beside = (o for o in plan.beratungen if (o.gremium, o.beginn) == (b.gremium, b.beginn))
                found.extend(o.beratung for o in beside)
    return tuple(dict.fromkeys(found))


def stays(year: Jahr, plan: Plan) -> Iterator[Bleiben]:
    """Yield the wish that each event a plan has, and that is not held yet, stays where people have been told."""
    slots = {r.ereignis: r.vortrag for r in year.requirements if isinstance(r, Angesetzt)}
    for ereignis, lage in _planned(year, plan):
        only = tuple(slot[0] for slot in slots.get(ereignis, ()) if len(slot) == 1)
        one_way = len(only) == len(slots.get(ereignis, ())) and only == lage.vortrag
        vortrag = None if one_way else lage.vortrag
        yield Bleiben(
            f"bleibt:{ereignis}",
            _VORGABE,
            STUFE,
            ereignis,
            lage.beginn,
            lage.ende,
            lage.ort,
            vortrag,
        )


def _planned(year: Jahr, plan: Plan) -> Iterator[tuple[str, Lage]]:
    """Yield where a plan has what is to be planned: nothing that is held, unknown, or has no date on purpose."""
    for ereignis, lagen in plan.lagen.items():
        if ereignis in year.ereignisse and ereignis not in year.fakten and ereignis not in year.offen:
            yield ereignis, lagen[0]


def _of_today(plan: Plan, year: Jahr) -> Plan:
    """Return the plan with its items in the sittings that stand at their time today, whatever their keys were."""
    sittings = {r.ereignis: r.sitzungen for r in year.requirements if isinstance(r, Angesetzt)}
    found = []
    for b in plan.beratungen:
        now = [s.key for s in sittings.get(b.beratung, ()) if (s.beginn, s.ende) == (b.beginn, b.ende)]
        found.append(evolve(b, sitzung=now[0]) if now and b.sitzung not in now else b)
    return evolve(plan, beratungen=tuple(found))


# --- what stays --------------------------------------------------------------------------------------------


def _ids(ereignis: str) -> tuple[str, str, str]:
    return f"ladung:{ereignis}", f"haltefrist:{ereignis}", f"nicht-nah:{ereignis}"


def _near(year: Jahr, plan: Plan, stand: datetime | None, frozen: int | None) -> int | None:
    """Return within how many days nothing is moved; None: of a draft nobody has been told."""
    if stand is None or (plan.zustand is Zustand.DRAFT and frozen is None):
        return None
    return year.projekt.haltefrist if frozen is None else frozen


def _halts(
    year: Jahr, plan: Plan, stand: datetime | None, frozen: int | None, auch: Collection[str]
) -> Iterator[Fest]:
    """Yield what is not to be moved any more, and why: of a draft only what the planner says is near."""
    tage = _near(year, plan, stand, frozen)
    if stand is None or tage is None:
        return
    ladung = (
        {}
        if plan.zustand is Zustand.DRAFT
        else _last_days(year, {e: lage.tag for e, lage in _planned(year, plan)})
    )
    for ereignis, lage in _planned(year, plan):
        if ereignis in auch:
            continue
        by_law, by_rule, _ = _ids(ereignis)
        past = [tag for tag, over in ladung.get(ereignis, ()) if over(stand)]
        if lage.tag <= stand.date():  # and no fact: its sitting was cancelled
            weil = Text("what is past is not moved without a word")
            yield _stays(by_rule, ereignis, lage, weil)
        elif past:
            weil = Text("the invitation had to be out by {tag}", tag=min(past))
            yield _stays(by_law, ereignis, lage, weil)
        elif lage.tag <= stand.date() + tage * _TAG:
            weil = Text("nothing within {tage} days is moved any more", tage=tage)
            yield _stays(by_rule, ereignis, lage, weil)


def _not_near(
    year: Jahr, plan: Plan, stand: datetime | None, frozen: int | None, ohne: Collection[str]
) -> Iterator[Fenster]:
    """Yield that nothing is put into the days within which nothing is moved, but what is fixed or pinned there.

    An item whose own sitting was moved there may go with it.
    """
    tage = _near(year, plan, stand, frozen)
    if stand is None or not tage:
        return
    first = stand.date() + (tage + 1) * _TAG
    ohne = {*ohne, *year.fakten, *year.offen, *(r.ereignis for r in year.requirements if isinstance(r, Fest))}
    keys = {b.beratung: b.sitzung for b in plan.beratungen}
    for r in year.requirements:
        if isinstance(r, Angesetzt):
            ohne |= {r.ereignis for s in r.sitzungen if s.key == keys.get(r.ereignis) and s.tag < first}
    weil = Text("nothing is put within the next {tage} days any more", tage=tage)
    for ereignis in sorted(year.ereignisse - ohne):
        yield Fenster(_ids(ereignis)[2], _VORGABE, ereignis, first, None, weil=weil)


def _stays(key: str, ereignis: str, lage: Lage, weil: Text) -> Fest:
    vortrag = lage.vortrag if lage.sitzung else None
    return Fest(key, _VORGABE, ereignis, lage.beginn, lage.ort, vortrag, weil=weil)


Ueber = Callable[[datetime], bool]


def _last_days(year: Jahr, tage: Mapping[str, date]) -> dict[str, list[tuple[date, Ueber]]]:
    """Return for each event on its day the last days of its invitations, each with whether it is over at a moment."""
    found: dict[str, list[tuple[date, Ueber]]] = {}
    if year.projekt.programm.fristen:
        events: tuple[Sitzung | Beratung, ...] = (*year.sitzungen, *year.beratungen)
        for event in (e for e in events if e.id in tage):
            for f in year.projekt.fristen_von(event, tage[event.id]):
                if f.frist.art is Fristart.LADUNG:
                    found.setdefault(event.id, []).append((f.letzter.tag, f.letzter.past))
    return found


def _in_time(year: Jahr, stand: datetime, ohne: Collection[str]) -> Iterator[Fenster]:
    """Yield from when on the invitation of each Sitzung can still be in time, as far as that bounds it."""
    if not year.projekt.programm.fristen:
        return
    for sitzung in year.sitzungen:
        if sitzung.id in ohne or sitzung.id in year.fakten:
            continue
        tag, grundlage = stand.date() + _TAG, None
        while late := [
            f.frist
            for f in year.projekt.fristen_von(sitzung, tag)
            if f.frist.art is Fristart.LADUNG and f.letzter.past(stand)
        ]:
            tag, grundlage = tag + _TAG, late[0].grundlage
        if grundlage is not None:
            yield Fenster(f"ladung:{sitzung.id}", grundlage, sitzung.id, tag, None)


# --- why something is moved --------------------------------------------------------------------------------


def _reasons(
    year: Jahr, bisher: Plan, jetzt: Plan, moved: Iterable[str]
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Yield each moved event with what the plan before breaks in it; else what its old date would break now."""
    nach: dict[str, list[Requirement]] = {}
    for r in year.requirements:
        for ereignis in dict.fromkeys(r.ereignisse):
            nach.setdefault(ereignis, []).append(r)
    for ereignis in moved:
        back = {**jetzt.lagen, ereignis: bisher.lagen[ereignis]}
        found = (
            tuple(
                finding
                for r in nach.get(ereignis, ())
                for finding in check(r, lagen, year.namen)
                if ereignis in finding.ereignisse
            )
            for lagen in (bisher.lagen, back)
        )
        yield ereignis, tuple(_gone(year, bisher, f) for f in next(filter(None, found), ()))


def _gone(year: Jahr, bisher: Plan, finding: Finding) -> Finding:
    """Return the finding; where it is that a sitting the plan was made with is not there any more, in these words."""
    r = finding.requirement
    if not isinstance(r, Angesetzt):
        return finding
    lage = bisher.lagen[r.ereignis][0]
    kalender = year.projekt.ratskalender
    known = {s.key for s in bisher.ratskalender or ()} - {s.key for s in kalender.sitzungen}
    if lage.sitzung not in known:
        return finding
    name, gremium, beginn = year.namen[r.ereignis], year.namen[r.gremium], lage.beginn
    off = any(
        s.key == lage.sitzung or (s.gremium, s.beginn) == (r.gremium, beginn) for s in kalender.abgesagt
    )
    cancelled = Text(
        "{name}: its sitting is cancelled: {gremium}, {beginn}.", name=name, gremium=gremium, beginn=beginn
    )
    gone = Text(
        "{name}: its sitting is not in the council calendar any more: {gremium}, {beginn}.",
        name=name,
        gremium=gremium,
        beginn=beginn,
    )
    return evolve(finding, meldung=cancelled if off else gone)
