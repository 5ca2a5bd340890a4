"""``plan``: find the dates of a year, write them down, and say how good they are."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import datetime
from functools import partial as with_
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gremienplan.cli.abdeckung import unknown
from gremienplan.cli.ablage import (
    Rang,
    compared,
    keep,
    refuse_agreed,
    refuse_earlier,
    write_plan,
)
from gremienplan.cli.antworten import (
    show_turns,
    stage_lines,
    stages_json,
    stopped_text,
    turns_json,
    undecided_json,
)
from gremienplan.cli.ausgabe import WIDTH, console, say, say_command, show, write, write_json
from gremienplan.cli.auswegansicht import Gefragt, report_conflict
from gremienplan.cli.codes import DONE, INTERRUPTED, NO, UNDECIDED
from gremienplan.cli.fortschritt import Abbruch, Fortschritt
from gremienplan.cli.freigabe import check_moment
from gremienplan.cli.fristen import say_too_late
from gremienplan.cli.jahresansicht import year_lines
from gremienplan.cli.klick import (
    Choice,
    Misuse,
    between,
    command,
    moment,
    option,
    profil_option,
    programm_option,
    projekt_argument,
    projekt_option,
    threads,
    year,
)
from gremienplan.cli.projekte import (
    current_moment,
    find_project,
    in_profile,
    load_project,
    plan_on_disk,
    plan_path,
)
from gremienplan.cli.sprache import words
from gremienplan.cli.teilansicht import (
    Gruende,
    is_partial,
    say_how_many,
    say_no_day_left,
    show_why_open,
    why_open_json,
)
from gremienplan.cli.varianten import MOST, MOST_TAKEN, propose, read_variant
from gremienplan.cli.verschwundene import say_gone, say_vanished, vanished_json
from gremienplan.cli.zusagen import say_void
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.plan import Conflict, Plan, Undecided
    from gremienplan.planning import EffortName, Varianten
    from gremienplan.projekt import Projekt

Antwort = TypeVar("Antwort")

EFFORTS = ("kurz", "normal", "lang")


@command(
    "plan",
    help=N_(
        "Plan a year: place its Sitzungen and Beratungen around the council calendar and write plan.json."
        " Ctrl-C keeps the best plan found so far."
    ),
    short_help=N_("Find the dates of a year."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), required=True, help=N_("The year to be planned."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time from which on dates may be set, local time; without it: now."),
)
@programm_option
@profil_option
@option(
    "--partial",
    is_flag=True,
    help=N_("Where not everything can have a date: leave open as little as possible, and say why."),
)
@option(
    "--variants",
    "number",
    type=between(2, MOST),
    metavar=N_("NUMBER"),
    help=N_("Make several truly different plans that are as good, to choose from; plan.json stays as it is."),
)
@option(
    "--take",
    type=between(1, MOST_TAKEN),
    metavar=N_("NUMBER"),
    help=N_("Make this variant the plan."),
)
@option(
    "--no-ways-out",
    "ohne_auswege",
    is_flag=True,
    help=N_("Where no plan exists: say why, but do not look for what would have to change."),
)
@option("--workers", type=threads, metavar=N_("NUMBER"), default="1", help=N_("Threads of the solver."))
@option("--effort", type=Choice(EFFORTS), default="normal", help=N_("How long to look for a better plan."))
def plan(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int,
    stand: datetime | None,
    programm: str | None,
    profil: str | None,
    partial: bool,
    number: int | None,
    take: int | None,
    ohne_auswege: bool,
    workers: int,
    effort: EffortName,
    as_json: bool,
) -> int:
    """Solve the year and write its plan."""
    _refuse_several(partial=partial, variants=number, take=take)
    with Abbruch() as stop:
        from gremienplan import planning
        from gremienplan.publishing.dateien import lock

        folder = find_project(projekt, projekt_option)
        found = in_profile(load_project(folder, programm, jahr), profil)
        stop.pruefe()
        path = plan_path(folder, jahr)
        check_moment(stand, jahr, current_moment(found))
        now = stand or current_moment(found)
        with lock(folder):
            before = plan_on_disk(folder, jahr)
            if before:
                refuse_agreed(before, path)
            if not number:
                refuse_earlier(before, found, now)
            asked = None if ohne_auswege else Gefragt(folder, programm, found, now, before, stop)
            if take:
                return _take(take, before, found, now, path, as_json)
            if number:
                options = _search(_several(number), found, jahr, now, before, effort, workers, stop)
                if isinstance(options, planning.Varianten):
                    propose(options, found, path, as_json)
                    return DONE
                return _settle(options, before, found, now, path, effort, as_json, stop, asked)
            one = with_(planning.schedule, partial=True) if partial else planning.schedule
            answer = _search(one, found, jahr, now, before, effort, workers, stop)
            return _settle(answer, before, found, now, path, effort, as_json, stop, asked)


def _refuse_several(**asked: object) -> None:
    """Refuse options that ask for different things."""
    given = tuple(f"--{name}" for name, value in asked.items() if value)
    if len(given) > 1:
        raise Misuse(given[0], Text("These options ask for different things: {options}.", options=given))


def _take(
    number: int, before: Plan | None, projekt: Projekt, stand: datetime, path: Path, as_json: bool
) -> int:
    """Make a variant the plan, with its history."""
    chosen = read_variant(path, number, projekt, stand, before)
    kept, changed = write_plan(chosen, before, stand, path)
    say_void(before, kept, path)
    if as_json:
        _plan_json(kept, projekt, path, changed, {})
    else:
        _show_plan(kept, projekt, path, {})
    return DONE


def _search(
    ask: Callable[..., Antwort],
    projekt: Projekt,
    jahr: int,
    stand: datetime,
    before: Plan | None,
    effort: EffortName,
    workers: int,
    abbruch: Abbruch,
) -> Antwort:
    say(Text("Planning: {stadt}, {jahr}", stadt=projekt.stadt.name, jahr=str(jahr)))
    for text in unknown(projekt, jahr):
        say(text)
    if before:
        say_gone(projekt, before, stand)
    from gremienplan.plan import Plan

    abbruch.pruefe()
    with Fortschritt() as progress:

        def stop() -> bool:
            return abbruch.gehoert(progress.say)

        answer = ask(
            projekt,
            jahr,
            stand=stand,
            before=before,
            effort=effort,
            on_progress=progress,
            stop=stop,
            workers=workers,
        )
        progress.finish(answer if isinstance(answer, Plan) else None)
        return answer


def _several(number: int) -> Callable[..., Varianten | Conflict | Undecided]:
    """Return how to ask for variants, which tells which of them is being made."""
    from gremienplan.planning import variants

    def ask(
        projekt: Projekt, jahr: int, *, on_progress: Fortschritt, **how: Any
    ) -> Varianten | Conflict | Undecided:
        def on_variant(n: int) -> None:
            on_progress.begin(Text("Variant {nummer} of {anzahl}", nummer=n, anzahl=number))

        return variants(projekt, jahr, number, on_progress=on_progress, on_variant=on_variant, **how)

    return ask


def _settle(
    answer: Plan | Conflict | Undecided,
    before: Plan | None,
    projekt: Projekt,
    stand: datetime,
    path: Path,
    effort: EffortName,
    as_json: bool,
    abbruch: Abbruch,
    asked: Gefragt | None,
) -> int:
    from gremienplan.plan import Conflict, Undecided
    from gremienplan.planning import why_open

    match answer:
        case Undecided() if abbruch.verlangt:
            say(Text("Stopped before a plan was found; nothing was kept."))
            _say_untouched(before, path)
            return INTERRUPTED
        case Conflict():
            report_conflict(answer, projekt, asked, as_json)
            if not as_json:
                _say_untouched(before, path)
            return NO
        case Undecided():
            if as_json:
                write_json("undecided", **undecided_json(answer))
            else:
                say(answer.meldung)
                _say_untouched(before, path)
            return UNDECIDED
        case _:
            kept, changed = _keep(answer, before, projekt, stand, path)
            try:
                gruende: Gruende = {}
                if is_partial(kept):
                    gruende = why_open(projekt, kept, stand=stand, before=before, effort=effort)
                if as_json:
                    _plan_json(kept, projekt, path, changed, gruende)
                else:
                    _show_plan(kept, projekt, path, gruende)
            except KeyboardInterrupt:  # the words broke off, the plan is kept
                say(Text("The plan: {path}", path=str(path)))
            return DONE


def _keep(
    found: Plan, before: Plan | None, projekt: Projekt, stand: datetime, path: Path
) -> tuple[Plan, bool]:
    """Keep a plan, and say so where that on disk stays; return what lies there, and whether the file changed."""
    rang = compared(before, found, projekt, stand)
    kept, changed = keep(found, before, rang, stand, path)
    if before is not None:
        _say_what_stays(before, found, rang)
    say_void(before, kept, path)
    return kept, changed


def _say_what_stays(before: Plan, found: Plan, rang: Rang | None) -> None:
    """Say whether the dates on disk stay, and how many are others than those that were found."""
    from gremienplan.plan import unterschied

    anzahl = len(unterschied(before, found).verlegt)
    if rang is Rang.SCHLECHTER:
        if anzahl:
            say(
                Text(
                    "The plan on disk had more points and gives way; dates that are others now: {anzahl}",
                    anzahl=anzahl,
                )
            )
    elif rang and _what(before) == _what(found):
        say(Text("Nothing has changed since the last run."))
    elif rang:
        say(Text("The plan on disk is at least as good; it stays."))
        if rang is Rang.GLEICH and anzahl:
            say(Text("By the tie rule alone so many dates would be others: {anzahl}", anzahl=anzahl))


def _what(plan: Plan) -> tuple[object, ...]:
    """Return what a run found: dates, how good they are, and whether it was stopped."""
    return plan.lagen, plan.stufen, plan.abgebrochen, plan.kanonisch


def _say_untouched(before: Plan | None, path: Path) -> None:
    if before:
        say(Text("The plan on disk stays as it was: {path}", path=str(path)))


def _plan_json(kept: Plan, projekt: Projekt, path: Path, changed: bool, gruende: Gruende) -> None:
    from gremienplan.auditing import audit
    from gremienplan.plan import plan_to_json

    judged = audit(projekt, kept)
    write_json(
        "plan",
        datei=str(path),
        changed=changed,
        abgebrochen=kept.abgebrochen,
        bewiesen=kept.bewiesen,
        kanonisch=kept.kanonisch,
        stufen=stages_json(kept.stufen),
        turns=turns_json(projekt, kept),
        offen=why_open_json(gruende, judged, projekt, kept.jahr),
        verschwunden=vanished_json(judged.verschwunden),
        plan=json.loads(plan_to_json(kept)),
    )


def _show_plan(kept: Plan, projekt: Projekt, path: Path, gruende: Gruende) -> None:
    from gremienplan.auditing import audit
    from gremienplan.cli.commands.audit import say_not_avoided, say_verhindert, say_wartet

    for line in year_lines(projekt, kept, max(min(console().width, 120), WIDTH)):
        write(line)
    show()
    for line in stage_lines(kept.stufen, projekt.programm):
        show(line)
    show()
    show_turns(projekt, kept)
    judged = audit(projekt, kept)
    if gruende:
        show_why_open(gruende, judged, projekt, kept.jahr)
    show(words(Text("The plan: {path}", path=str(path))))
    _say_quality(kept)
    if is_partial(kept):
        say_how_many(kept)
    say_no_day_left(judged, projekt, kept.jahr)
    say_verhindert(judged, projekt, kept.jahr)
    if not gruende:
        say_wartet(judged, projekt, kept.jahr)
    say_too_late(judged.zu_spaet)
    say_not_avoided(judged, projekt, kept.jahr)
    say_vanished(judged.verschwunden, projekt, kept.jahr)
    folder = shlex.quote(str(path.parent.parent.parent))
    command_line = f"gremienplan publish --projekt {folder} --jahr {kept.jahr}"
    say_command(Text("Next, the calendars to subscribe to:"), command_line)


def _say_quality(kept: Plan) -> None:
    if kept.abgebrochen:
        say(stopped_text(kept))
    elif not kept.bewiesen:
        say(Text("The plan keeps every rule. It is not proven that no better one exists (see the gap)."))
    elif kept.kanonisch:
        say(Text("Proven best in every stage, and the only one by the tie rule."))
    else:
        say(Text("Proven best in every stage. Others may be as good by the tie rule too."))
