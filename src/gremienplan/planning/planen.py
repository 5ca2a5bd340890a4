"""``schedule``: one year of a project in; a Plan, a Conflict or Undecided out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from attrs import evolve

from gremienplan import solver
from gremienplan.auditing import audit_year
from gremienplan.errors import InternalError
from gremienplan.jahr import Jahr, build
from gremienplan.plan import (
    Beratungstermin,
    Conflict,
    Plan,
    Stufe,
    Termin,
    Undecided,
    belege,
    seen,
    with_held,
)
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.frage import Frage, ask
from gremienplan.planning.konflikt import explain
from gremienplan.planning.teilplan import Geoeffnet, opened
from gremienplan.projekt import Projekt
from gremienplan.solver import Progress
from gremienplan.texts import Text

log = logging.getLogger("gremienplan")
log.addHandler(logging.NullHandler())


def schedule(
    projekt: Projekt,
    jahr: int,
    *,
    stand: datetime | None = None,
    before: Plan | None = None,
    effort: EffortName = "normal",
    partial: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Plan | Conflict | Undecided:
    """Place every Sitzung and Beratung of a year.

    ``stand`` (local time) is the moment of planning: nothing is placed on that day or before; without it the
    whole year is open. What a plan made ``before`` has on those days is a fact and stays. A Sitzung whose date is
    still to be announced gets none, nor does what must wait for it. ``effort`` says how long each stage may take
    (:class:`Effort`). With ``partial`` a year that has no plan gets the best one with the fewest and least
    important events left open: they are listed in ``offen`` and counted in its stage −2. ``on_progress`` is told
    of each better cost or bound; when ``stop`` becomes true the best plan so far is returned, marked as
    interrupted. ``workers`` are the threads the solver may use. The same input gives the same answer, unless it is
    stopped; a plan that is ``kanonisch`` is the same for any number of workers.

    The plan has passed the audit; it carries no history yet (``plan.record`` adds it). Raises
    InternalError when solver and audit contradict each other.
    """
    grenze = Effort.named(effort).value
    year = build(projekt, jahr, stand=stand, before=before)

    def suche(problem: solver.Problem) -> Ergebnis:
        return solver.in_blocks(solver.Suche(problem, grenze, stop, on_progress, workers=workers))

    found = planned(year, suche, opened(year, grenze, stop) if partial else (), grenze, stop)
    return with_held(found, before) if isinstance(found, Plan) else found


Ergebnis = solver.Loesung | solver.Unmoeglich | solver.Unentschieden


def planned(
    year: Jahr,
    suche: Callable[[solver.Problem], Ergebnis],
    weniger: Iterable[Geoeffnet],
    grenze: float,
    stop: Callable[[], bool] | None,
) -> Plan | Conflict | Undecided:
    """Return the plan of the year, or where it has none that of the first of those with ``weniger`` that has one.

    Where none of them has, the conflict is that of the last.
    """
    frage = ask(year)
    found = suche(frage.problem)
    for less in weniger if isinstance(found, solver.Unmoeglich) else ():
        rest = ask(less.year)
        choice = suche(rest.problem)
        if not isinstance(choice, solver.Unmoeglich):
            plan = settled(rest, choice, grenze, stop)
            return with_first_stage(plan, less.stufe) if isinstance(plan, Plan) else plan
        frage, found = rest, choice
    return settled(frage, found, grenze, stop)


def with_first_stage(plan: Plan, stufe: Stufe) -> Plan:
    """Return the plan with a stage that was decided before all others."""
    kanonisch = plan.kanonisch and stufe.bewiesen
    return evolve(plan, stufen=(stufe, *plan.stufen), kanonisch=kanonisch)


def answer(
    frage: Frage,
    grenze: float,
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Plan | Conflict | Undecided:
    """Return the best plan of a question, audited, or why there is none; ``grenze`` is what a stage may take."""
    found = solver.in_blocks(solver.Suche(frage.problem, grenze, stop, on_progress, workers=workers))
    return settled(frage, found, grenze, stop)


def settled(
    frage: Frage,
    found: solver.Loesung | solver.Unmoeglich | solver.Unentschieden,
    grenze: float,
    stop: Callable[[], bool] | None = None,
) -> Plan | Conflict | Undecided:
    """Return what a search has found as a plan, audited, or why there is none."""
    year = frage.year
    match found:
        case solver.Loesung():
            return audited(year, plan_of(frage, found), found)
        case solver.Unmoeglich():
            return explain(evolve(frage, problem=solver.part_of(frage.problem, found)), grenze, stop)
        case solver.Unentschieden():
            return Undecided(year.jahr, Text("Time ran out: no plan found, and none ruled out."))


def plan_of(frage: Frage, answer: solver.Loesung) -> Plan:
    """Return a choice of the solver as a plan, with names and times; not audited yet."""
    year, zeit = frage.year, frage.problem.zeit
    termine = []
    for sitzung in (s for s in year.sitzungen if s.id not in year.offen):
        k = answer.wahl[sitzung.id]
        beginn, ende = zeit.moment(k.beginn), zeit.moment(k.ende)
        termine.append(Termin(sitzung.id, sitzung.gremium.id, beginn, ende, k.ort))
    beratungen = []
    for beratung in (b for b in year.beratungen if b.id not in year.offen):
        k = answer.wahl[beratung.id]
        beratungen.append(
            Beratungstermin(
                beratung.id,
                beratung.gremium.id,
                k.sitzung,
                zeit.moment(k.beginn),
                zeit.moment(k.ende),
                answer.vortrag.get(beratung.id, ()),
            )
        )
    return Plan(
        stadt=year.projekt.stadt.id,
        jahr=year.jahr,
        programm=year.projekt.programm.id,
        profil=year.projekt.programm.profil,
        zusaetzlich=year.projekt.zusatz.get(year.jahr, ()),
        termine=tuple(termine),
        beratungen=tuple(beratungen),
        offen=tuple(sorted(year.offen)),
        eingaben=year.projekt.eingaben,
        ratskalender=seen(year.projekt.ratskalender.sitzungen, year.von, year.bis),
        abgebrochen=answer.abgebrochen,
        kanonisch=answer.kanonisch,
    )


def audited(year: Jahr, plan: Plan, answer: solver.Loesung) -> Plan:
    """Return the plan with the points the audit counts; that it finds fault, or counts otherwise, is our fault."""
    found = audit_year(year, plan)
    open_findings = [f for f in found.findings if not year.fakten.keys() >= set(f.ereignisse)]
    if open_findings or found.unbekannt:
        said = "; ".join(str(finding.meldung) for finding in open_findings)
        raise InternalError(f"the audit rejects the solver's plan: {said}")
    stufen = []
    for stage in answer.stufen:
        points = found.kosten.get(stage.stufe, 0)
        # a choice that is not proven may count breaches it does not have; a proven one is exact
        if stage.wert is not None and not stage.schranke <= points <= stage.wert:
            raise InternalError(f"stage {stage.stufe}: the solver counts {stage.wert}, the audit {points}")
        stufen.append(Stufe(stage.stufe, points, stage.schranke))
    return belege(year.projekt, evolve(plan, stufen=tuple(stufen)))
