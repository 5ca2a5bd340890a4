"""The years that are told together: which they are, by which project each is read, and which is published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from gremienplan.cli.projekte import load_project, plan_path, usual_year, years_on_disk
from gremienplan.errors import InputError, Problem
from gremienplan.plan import Zustand
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt
    from gremienplan.release import Release


@frozen
class AnderesJahr:
    """The plan of another year than the one that is published, of which the calendars tell, too."""

    pfad: Path
    plan: Plan
    projekt: Projekt | None
    """The project with the plan's own programme; None where that is not at hand."""


def year_to_publish(folder: Path, vorher: Release | None) -> int:
    """Return the year meant where none is named: the last that is told, or that somebody has agreed to.

    As long as nothing was told: the last one with a plan. The draft of a further year must be named.
    """
    if vorher is None:
        return usual_year(folder)
    gemeint = [jahr for jahr in years_on_disk(folder) if _counts(folder, jahr, vorher)]
    return gemeint[-1] if gemeint else usual_year(folder)


def other_years(
    folder: Path, found: Projekt, jahr: int, vorher: Release | None, jetzt: datetime, programm: str | None
) -> tuple[AnderesJahr, ...]:
    """Return the other years the feeds span: from the year before this moment's to the last that is told.

    Which year is published, ``jahr``, moves neither end, but that it is told from now on. Raises InputError for a plan
    that cannot be read, that is of another year than its folder, or that is told and no longer there.
    """
    von = jetzt.year - 1
    _require_told(folder, jahr, von, vorher)
    spanne = [other for other in years_on_disk(folder) if other >= von]
    bis = max([jahr, *(other for other in spanne if _counts(folder, other, vorher))])
    plans = [(plan_path(folder, other), other) for other in spanne if other <= bis and other != jahr]
    return tuple(
        AnderesJahr(path, plan, _own_project(folder, programm, plan, found))
        for path, plan in ((path, _read(path, other)) for path, other in plans)
    )


def _counts(folder: Path, jahr: int, vorher: Release | None) -> bool:
    """Tell whether a year is told already, or no mere draft."""
    path = plan_path(folder, jahr)
    return jahr in _told(vorher) or _read(path, jahr).zustand is not Zustand.DRAFT


def _told(vorher: Release | None) -> frozenset[int]:
    return frozenset(map(int, vorher.ausgaben[-1].zustaende)) if vorher else frozenset()


def _read(path: Path, jahr: int) -> Plan:
    from gremienplan.loading import read_plan

    plan = read_plan(path)
    if plan.jahr != jahr:
        meldung = Text("This plan is of another year than its folder.")
        raise InputError([Problem(str(path), "jahr", meldung, str(plan.jahr))])
    return plan


def _require_told(folder: Path, jahr: int, von: int, vorher: Release | None) -> None:
    """Refuse to empty a year for a file that is not there."""
    there = {*years_on_disk(folder), jahr}
    meldung = Text("This file is missing, but the calendars tell of its year.")
    hinweis = Text("Put it back. What is not to take place is cancelled in the plan.")
    missing = [
        Problem(str(plan_path(folder, one)), "", meldung, hinweis=hinweis)
        for one in sorted(_told(vorher))
        if one >= von and one not in there
    ]
    if missing:
        raise InputError(missing)


def _own_project(folder: Path, programm: str | None, plan: Plan, found: Projekt) -> Projekt | None:
    """Return the project with the programme of a plan, or None: not at hand, or not to be read for its year."""
    if plan.stadt != found.stadt.id:
        return found  # which refuses it
    for one in dict.fromkeys((programm, None)):
        try:
            other = load_project(folder, one, plan.jahr)
        except InputError:
            continue
        if other.programm.id == plan.programm:
            return other
    return None
