"""A plan that changes: the search, the answer in words or as JSON, and what is kept of it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.cli.abdeckung import unknown
from gremienplan.cli.antworten import (
    conflict_json,
    show_conflict,
    stages_json,
    stopped_text,
    undecided_json,
)
from gremienplan.cli.ausgabe import say, say_command, show, write_json
from gremienplan.cli.codes import DONE, INTERRUPTED, NO, UNDECIDED
from gremienplan.cli.fortschritt import Abbruch, Fortschritt
from gremienplan.cli.fristen import say_too_late
from gremienplan.cli.planvergleich import moves_json, show_costs, show_moves
from gremienplan.cli.projekte import plan_on_disk, plan_path
from gremienplan.cli.sprache import words
from gremienplan.cli.zusagen import say_void
from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Conflict, Plan, Undecided
    from gremienplan.planning import EffortName, Umplanung
    from gremienplan.projekt import Pin, Projekt


def known_plan(folder: Path, jahr: int) -> Plan:
    """Return the plan of a year on disk. Raises InputError where there is none."""
    plan = plan_on_disk(folder, jahr)
    if plan is None:
        hint = Text("Make one: {command}", command=f"gremienplan plan --jahr {jahr}")
        missing = Text("There is no plan of {jahr} yet.", jahr=str(jahr))
        raise InputError([Problem(str(plan_path(folder, jahr)), "", missing, hinweis=hint)])
    return plan


def refuse_earlier(before: Plan, projekt: Projekt, stand: datetime) -> None:
    """Raise InputError before a search where something is sure to be written before the last entry of the history."""
    from gremienplan.plan import check_order, edited

    if before.ratskalender is None or before.eingaben != projekt.eingaben or edited(before):
        check_order(before, stand)


def search(
    projekt: Projekt,
    before: Plan,
    stand: datetime,
    frozen: int | None,
    auch: Collection[str],
    pins: Sequence[Pin],
    effort: EffortName,
    abbruch: Abbruch,
    workers: int = 1,
) -> Umplanung | Conflict | Undecided:
    """Ask for the fewest moves."""
    jahr = str(before.jahr)
    say(Text("Changing the plan: {stadt}, {jahr}", stadt=projekt.stadt.name, jahr=jahr))
    for text in unknown(projekt, before.jahr):
        say(text)
    from gremienplan.planning import Umplanung, replan

    abbruch.pruefe()
    with Fortschritt() as progress:

        def stop() -> bool:
            return abbruch.gehoert(progress.say)

        answer = replan(
            projekt,
            before,
            stand=stand,
            frozen=frozen,
            auch=auch,
            pins=pins,
            effort=effort,
            on_progress=progress,
            stop=stop,
            workers=workers,
        )
        progress.finish(answer.plan if isinstance(answer, Umplanung) else None)
        return answer


def settle(
    answer: Umplanung | Conflict | Undecided,
    before: Plan,
    projekt: Projekt,
    stand: datetime,
    path: Path,
    as_json: bool,
    abbruch: Abbruch,
    *,
    dry_run: bool,
    head: Text | None = None,
    and_then: Callable[[], None] | None = None,
) -> int:
    """Say what came of it, keep a plan that changes unless it is only asked for, and return the exit code.

    ``head`` says what cannot be: without it, that the plan cannot be changed. ``and_then`` writes what goes
    with a plan that is kept.
    """
    from gremienplan.plan import Conflict, Undecided

    match answer:
        case Undecided() if abbruch.verlangt:
            say(Text("Stopped before a plan was found; nothing was kept."))
            return INTERRUPTED
        case Conflict():
            _show_no(answer, before, projekt, as_json, head)
            _say_untouched(path)
            return NO
        case Undecided():
            if as_json:
                write_json("undecided", **undecided_json(answer))
            else:
                say(answer.meldung)
            _say_untouched(path)
            return UNDECIDED
        case _:
            kept, changed = _keep(answer, before, projekt, stand, path, dry_run=dry_run)
            if and_then is not None:
                and_then()
            if as_json:
                _as_json(answer, kept, projekt, path, changed)
            else:
                show_answer(answer, projekt)
                _say_kept(answer, kept, before, projekt, path, changed=changed, dry_run=dry_run)
            return DONE


def _show_no(answer: Conflict, before: Plan, projekt: Projekt, as_json: bool, head: Text | None) -> None:
    from gremienplan.planning import held

    ids = held(answer, before)
    if as_json:
        write_json("conflict", **conflict_json(answer, projekt.katalog), thaw=list(ids))
        return
    if head is None:
        jahr = str(answer.jahr)
        head = Text("The plan of {jahr} cannot be changed so that everything holds.", jahr=jahr)
    show_conflict(answer, projekt.katalog, head)
    if ids:
        options = " ".join(f"--thaw {id}" for id in ids)
        say(Text("To move it all the same, which those invited must be told: {options}", options=options))


def _say_untouched(path: Path) -> None:
    say(Text("The plan on disk stays as it was: {path}", path=str(path)))


def _keep(
    answer: Umplanung, before: Plan, projekt: Projekt, stand: datetime, path: Path, *, dry_run: bool
) -> tuple[Plan, bool]:
    """Write the plan with its history, unless nothing differs; return it, and whether the file changed."""
    from gremienplan.abstimmung import nach_aenderung
    from gremienplan.plan import plan_to_json, record
    from gremienplan.publishing.dateien import write_atomically

    if dry_run or same_question(answer, before):
        return before, False
    kept = record(answer.plan, before, stand, nach_aenderung(projekt, before, answer.plan))
    return kept, write_atomically(path, plan_to_json(kept).encode())


def same_question(answer: Umplanung, before: Plan) -> bool:
    """Tell whether neither the dates nor what they were made from has changed."""
    from gremienplan.plan import edited

    new = answer.plan
    inputs = (new.eingaben, new.programm, new.ratskalender, new.offen)
    told = (before.eingaben, before.programm, before.ratskalender, before.offen)
    return not answer.unterschied and inputs == told and not edited(before)


def show_answer(answer: Umplanung, projekt: Projekt) -> None:
    """Write what is moved, why, and what it costs."""
    moves = answer.verlegungen
    if not answer.unterschied:
        alle = len(answer.unterschied.bleibt)
        show(words(Text("Nothing has to be moved: all dates hold ({anzahl}).", anzahl=alle)))
        return
    show_moves(answer.unterschied, answer.namen, projekt.katalog, answer.gruende)
    if moves.bewiesen and moves.wert:
        show(words(Text("Proven: fewer moves are not possible.")))
    elif moves.wert:
        least = Text("At least so many moves are needed: {anzahl}", anzahl=moves.schranke)
        show(words(least))
    show()
    show_costs(answer.kosten, [s for s in answer.plan.stufen if s.stufe >= 1], projekt.programm)


def _say_kept(
    answer: Umplanung,
    kept: Plan,
    before: Plan,
    projekt: Projekt,
    path: Path,
    *,
    changed: bool,
    dry_run: bool,
) -> None:
    from gremienplan.auditing import audit

    show()
    if dry_run:
        say(Text("Only tried: the plan on disk stays as it was: {path}", path=str(path)))
        return
    if changed:
        show(words(Text("The plan: {path}", path=str(path))))
    else:
        _say_untouched(path)
    if answer.plan.abgebrochen:
        say(stopped_text(answer.plan))
    say_too_late(audit(projekt, kept).zu_spaet)
    if changed and answer.unterschied and not say_void(before, kept, path):
        folder = shlex.quote(str(path.parent.parent.parent))
        command_line = f"gremienplan publish --projekt {folder} --jahr {kept.jahr}"
        say_command(Text("Next, tell everybody:"), command_line)


def _as_json(answer: Umplanung, kept: Plan, projekt: Projekt, path: Path, changed: bool) -> None:
    from gremienplan.plan import plan_to_json

    moves = answer.verlegungen
    write_json(
        "replan",
        datei=str(path),
        changed=changed,
        verlegungen={"wert": moves.wert, "schranke": moves.schranke, "bewiesen": moves.bewiesen},
        **moves_json(answer.unterschied, answer.namen, projekt.katalog, answer.gruende),
        gehalten=sorted(answer.gehalten),
        stufen=[
            {**stage, "bisher": answer.kosten.get(stage["stufe"], 0)}
            for stage in stages_json(s for s in answer.plan.stufen if s.stufe >= 1)
        ],
        abgebrochen=answer.plan.abgebrochen,
        plan=json.loads(plan_to_json(kept if changed else answer.plan)),
    )
