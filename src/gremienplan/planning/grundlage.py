"""Whether a plan is the ground on which questions about its dates can be answered."""

from __future__ import annotations

from datetime import datetime

from gremienplan.auditing import audit_year
from gremienplan.errors import InputError, Problem
from gremienplan.jahr import Jahr, build
from gremienplan.jahr.offen import left_open, with_open
from gremienplan.plan import Plan, as_planned
from gremienplan.projekt import Projekt
from gremienplan.texts import Text


def checked_year(projekt: Projekt, plan: Plan, ereignis: str = "", stand: datetime | None = None) -> Jahr:
    """Return the year a plan was made for, in its profile, at the moment of its last entry where none is given.

    Raises InputError with everything that keeps the plan, or the event, from being asked about.
    """
    if stand is None and plan.verlauf:
        stand = plan.verlauf[-1].stand
    projekt = as_planned(projekt, plan)
    year = build(projekt, plan.jahr, stand=stand, before=plan)
    year = with_open(year, left_open(year, plan))
    judged = audit_year(year, plan)
    broken = [f for f in judged.findings if not year.fakten.keys() >= set(f.ereignisse)]
    problems = [*_stale(projekt, plan, bool(broken or judged.unbekannt)), *_not_asked(year, plan, ereignis)]
    if problems:
        raise InputError(problems)
    return year


def _stale(projekt: Projekt, plan: Plan, broken: bool) -> list[Problem]:
    """Return a problem where the plan is not one of the project as it stands."""
    datei, jahr = "plan.json", str(plan.jahr)
    names = sorted({*plan.eingaben, *projekt.eingaben})
    changed = tuple(name for name in names if plan.eingaben.get(name) != projekt.eingaben.get(name))
    if changed:
        meldung = Text("The plan of {jahr} was made from other inputs than the project has now.", jahr=jahr)
        hint = Text(
            "First, with as few dates moved as possible: {command}",
            command=f"gremienplan replan --jahr {jahr}",
        )
        return [Problem(datei, "eingaben", meldung, ", ".join(changed), hint)]
    if broken:
        meldung = Text("The plan of {jahr} does not keep what its year asks for.", jahr=jahr)
        hint = Text("What is broken says: {command}", command=f"gremienplan audit --jahr {jahr}")
        return [Problem(datei, "", meldung, hinweis=hint)]
    return []


def _not_asked(year: Jahr, plan: Plan, ereignis: str) -> list[Problem]:
    """Return a problem where the event has no date that could be another."""
    if not ereignis:
        return []
    if ereignis not in year.ereignisse:
        return [Problem("SITZUNG", "", Text("There is no such Sitzung or Beratung."), ereignis)]
    if ereignis in year.offen or ereignis not in plan.lagen:
        return [Problem("SITZUNG", "", Text("Its date is still to be announced."), ereignis)]
    if ereignis in year.fakten:
        return [Problem("SITZUNG", "", Text("It has been held already."), ereignis)]
    return []
