"""A plan on disk: whether it may be replaced, whether it is as good as a new one, and how that is written."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.auditing import Audit
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt


def refuse_agreed(before: Plan, path: Path) -> None:
    """Raise InputError where people already rely on the dates of a plan."""
    from gremienplan.plan import Zustand
    from gremienplan.tabellen import ZUSTAENDE

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
    raise InputError([Problem(str(path), "verlauf", meldung, words(ZUSTAENDE[before.zustand.value]), hint)])


class Rang(Enum):
    """How good the plan on disk is beside a new answer to the same question."""

    BESSER = "besser"
    GLEICH = "gleich"
    SCHLECHTER = "schlechter"


def keep(
    found: Plan, before: Plan | None, rang: Rang | None, stand: datetime, path: Path
) -> tuple[Plan, bool]:
    """Write the plan with its history; return what lies there then, and whether the file changed.

    ``rang`` is that of the plan on disk (:func:`compared`). Its dates stay where they answer the same question and are
    as good, for few changes come before the rule for ties; what the new search has proven then holds for them.
    """
    if before and rang is Rang.BESSER:
        return before, False
    if before and rang is Rang.GLEICH:
        found = _proven(before, found)
    return write_plan(found, before, stand, path)


def _proven(before: Plan, found: Plan) -> Plan:
    """Return a plan with what was proven of another one that has as many points in every stage."""
    known = {stufe.stufe: stufe.schranke for stufe in found.stufen}
    stufen = tuple(evolve(s, schranke=max(s.schranke, known.get(s.stufe, s.schranke))) for s in before.stufen)
    return evolve(
        before,
        stufen=stufen,
        abgebrochen=before.abgebrochen and found.abgebrochen,
        kanonisch=before.kanonisch or (found.kanonisch and before.lagen == found.lagen),
    )


def write_plan(found: Plan, before: Plan | None, stand: datetime, path: Path) -> tuple[Plan, bool]:
    """Write the plan with its history; return it, and whether the file changed."""
    from gremienplan.plan import Zustand, plan_to_json, record
    from gremienplan.publishing.dateien import write_atomically

    kept = record(found, before, stand, Zustand.DRAFT)
    path.parent.mkdir(parents=True, exist_ok=True)
    return kept, write_atomically(path, plan_to_json(kept).encode())


def compared(before: Plan | None, found: Plan, projekt: Projekt, stand: datetime) -> Rang | None:
    """Tell how good an earlier answer to the same question is; None where it is none, or does not hold at ``stand``."""
    judged = _judged(before, projekt, stand) if before and before.eingaben == found.eingaben else None
    if judged is None:
        return None
    kept = len(judged.offen), [judged.kosten.get(stufe.stufe, 0) for stufe in found.stufen]
    new = len(found.offen), [stufe.wert for stufe in found.stufen]
    if kept == new:
        return Rang.GLEICH
    return Rang.BESSER if kept < new else Rang.SCHLECHTER


def refuse_earlier(before: Plan | None, projekt: Projekt, stand: datetime) -> None:
    """Raise InputError before a search where whatever it finds would be written before the last entry of a history.

    A plan that may stay as it is needs no entry.
    """
    from gremienplan.plan import check_order

    if before and before.verlauf and stand < before.verlauf[-1].stand and not _judged(before, projekt, stand):
        check_order(before, stand)


def _judged(before: Plan, projekt: Projekt, stand: datetime) -> Audit | None:
    """Return what the audit says of an earlier answer to the project's question; None where it is none any more."""
    from gremienplan.auditing import audit_year
    from gremienplan.jahr import build
    from gremienplan.plan import belege, same_receipt, sealed

    if before.ratskalender is None:  # of an earlier version: it could not tell when a sitting moves
        return None
    asked = projekt.programm.id, projekt.programm.profil
    if not sealed(before) or before.eingaben != projekt.eingaben or (before.programm, before.profil) != asked:
        return None
    if not same_receipt(before, belege(projekt, before)):
        return None
    judged = audit_year(build(projekt, before.jahr, stand=stand, before=before), before)
    return judged if judged.ok else None
