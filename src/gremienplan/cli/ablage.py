"""A plan on disk: whether it may be replaced, whether it is as good as a new one, and how that is written."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt


def refuse_agreed(before: Plan, path: Path) -> None:
    """Raise InputError where people already rely on the dates of a plan."""
    from gremienplan.plan import Zustand

    if before.zustand is Zustand.DRAFT:
        return
    jahr = str(before.jahr)
    meldung = Text(
        "The plan of {jahr} is published: people rely on its dates, and planning anew would move them.",
        jahr=jahr,
    )
    if before.zustand is Zustand.COORDINATED:
        meldung = Text(
            "The plan of {jahr} is coordinated: its dates are agreed, and planning anew would move them.",
            jahr=jahr,
        )
    command_line = f"gremienplan replan --jahr {before.jahr}"
    hint = Text("Changing such a plan with as few moves as possible: {command}", command=command_line)
    raise InputError([Problem(str(path), "verlauf", meldung, before.zustand.value, hint)])


def keep(
    found: Plan, before: Plan | None, projekt: Projekt, stand: datetime, path: Path
) -> tuple[Plan, bool]:
    """Write the plan with its history, unless that on disk is as good; return it, and whether the file changed."""
    if before and _as_good(before, found, projekt, stand):
        return before, False
    return write_plan(found, before, stand, path)


def write_plan(found: Plan, before: Plan | None, stand: datetime, path: Path) -> tuple[Plan, bool]:
    """Write the plan with its history; return it, and whether the file changed."""
    from gremienplan.plan import Zustand, plan_to_json, record
    from gremienplan.publishing.dateien import write_atomically

    kept = record(found, before, stand, Zustand.DRAFT)
    path.parent.mkdir(parents=True, exist_ok=True)
    return kept, write_atomically(path, plan_to_json(kept).encode())


def _as_good(before: Plan, found: Plan, projekt: Projekt, stand: datetime) -> bool:
    """Tell whether an earlier answer to the same question still holds at ``stand``, and is not the worse one."""
    from gremienplan.auditing import audit_year
    from gremienplan.jahr import build
    from gremienplan.plan import belege, same_receipt, sealed

    if before.ratskalender is None:  # of an earlier version: it could not tell when a sitting moves
        return False
    if not sealed(before) or before.eingaben != found.eingaben or _order(before) != _order(found):
        return False
    if not same_receipt(before, belege(projekt, before)):
        return False
    judged = audit_year(build(projekt, before.jahr, stand=stand, before=before), before)
    if not judged.ok:
        return False
    points = [judged.kosten.get(stufe.stufe, 0) for stufe in found.stufen]
    kept = (len(judged.offen), points, before.abgebrochen, not before.kanonisch)
    new = [stufe.wert for stufe in found.stufen]
    return kept <= (len(found.offen), new, found.abgebrochen, not found.kanonisch)


def _order(plan: Plan) -> tuple[str, str]:
    """Return by which programme a plan was made, and in which order of its wishes."""
    return plan.programm, plan.profil
