"""``pin``: what would give way if a Sitzung had this date; again on top; then accept it all, or drop it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve, frozen
from rich.padding import Padding

from gremienplan.cli.ausgabe import heading, say, say_command, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.commands.replan import event_id
from gremienplan.cli.fortschritt import Abbruch
from gremienplan.cli.freigabe import check_moment
from gremienplan.cli.klick import (
    Choice,
    Misuse,
    command,
    day,
    hour,
    moment,
    option,
    programm_option,
    projekt_option,
    year,
)
from gremienplan.cli.pinablage import pins_for_good, with_pins, write_pins
from gremienplan.cli.projekte import (
    check_programme,
    current_moment,
    find_project,
    load_project,
    plan_path,
)
from gremienplan.cli.sitzungswahl import choose_ort
from gremienplan.cli.sprache import language
from gremienplan.cli.umplanung import known_plan, refuse_earlier, search, settle
from gremienplan.errors import InputError, Problem
from gremienplan.loading.pins import PINS, VERSUCH, read_versuch
from gremienplan.projekt import Pin
from gremienplan.texts import N_, Text, render_value

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.planning import EffortName
    from gremienplan.projekt import Projekt


TIME = N_("TIME")
"""Stands for a time of day in help pages."""


@command(
    "pin",
    help=N_(
        "Try a date for a Sitzung: say what would give way, with all that has been tried before. Nothing is changed"
        " until --accept writes it into the plan; --drop forgets it. With --list: what is tried and what is pinned."
    ),
    short_help=N_("Try dates: what would give way?"),
)
@click.argument("word", metavar="[SITZUNG]", required=False)
@click.argument("tag", metavar="[DATE]", type=day, required=False)
@click.argument("uhr", metavar=f"[{TIME}]", type=hour, required=False)
@click.argument("ort", metavar="[ORT]", required=False)
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), required=True, help=N_("The year whose plan is changed."))
@option("--list", "listen", is_flag=True, help=N_("Show what is tried, and what is pinned for good."))
@option("--accept", is_flag=True, help=N_("Change the plan as tried; the dates stay pinned."))
@option("--drop", is_flag=True, help=N_("Forget what is tried; with SITZUNG only that, or its pin."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time of planning, local time; what lies before is past. Without it: now."),
)
@programm_option
@option("--effort", type=Choice(("kurz", "normal", "lang")), default="normal", help=N_("How long to look."))
def pin(
    word: str | None,
    tag: date | None,
    uhr: time | None,
    ort: str | None,
    projekt_option: str | None,
    jahr: int,
    listen: bool,
    accept: bool,
    drop: bool,
    stand: datetime | None,
    programm: str | None,
    effort: EffortName,
    as_json: bool,
) -> int:
    """Try, list, accept or drop."""
    _check_use(word, tag, listen, accept, drop, jahr)
    from gremienplan.publishing.dateien import lock

    with Abbruch() as stop:
        folder = find_project(None, projekt_option)
        with lock(folder):
            if drop and not word:
                return _forget(folder, jahr, as_json)
            found = load_project(folder, programm, jahr)
            tried = read_versuch(_place(folder, jahr, VERSUCH), jahr, found)
            if listen:
                return _list(tried, found, jahr, as_json)
            ereignis = event_id(found, jahr, word) if word else ""
            if drop:
                return _drop(ereignis, tried, found, folder, jahr, as_json)
            if tag:
                new = Pin(ereignis, tag, uhr, choose_ort(found.stadt, ort), jahr)
                tried = (*(p for p in tried if p.sitzung != ereignis), new)
            elif not tried:
                missing = Text("Nothing has been tried that could be accepted.")
                hint = Text("Try a date: {command}", command=_example(jahr))
                raise InputError([Problem(str(_place(folder, jahr, VERSUCH)), "", missing, hinweis=hint)])
            before = known_plan(folder, jahr)
            check_programme(found, before, str(plan_path(folder, jahr)))
            check_moment(stand, jahr, current_moment(found))
            now = stand or current_moment(found)
            versuch = _Versuch(folder, found, before, tried, now, effort, as_json)
            return versuch.accept(stop) if accept else versuch.show(stop)


def _check_use(word: str | None, tag: date | None, listen: bool, accept: bool, drop: bool, jahr: int) -> None:
    if not (tag or listen or accept or drop):
        missing = Text("The date is missing.") if word else Text("Sitzung and date are missing.")
        raise Misuse("pin", missing, Text("For example: {command}", command=_example(jahr, word)))
    if sum((listen, accept, drop, tag is not None)) != 1 or (word and (listen or accept)):
        raise Misuse(
            "pin",
            Text("Say one thing at a time."),
            Text(
                "Possible: {names}",
                names=("pin SITZUNG 2027-09-15", "pin --list", "pin --accept", "pin --drop"),
            ),
        )


def _example(jahr: int, word: str | None = None) -> str:
    """Return how a date is tried; a command has no language."""
    return f"gremienplan pin {shlex.quote(word or 'SITZUNG')} {jahr}-09-15 --jahr {jahr}"


def _place(folder: Path, jahr: int, name: str) -> Path:
    return plan_path(folder, jahr).with_name(name)


@frozen
class _Versuch:
    """All that is tried at once."""

    folder: Path
    projekt: Projekt
    before: Plan
    tried: tuple[Pin, ...]
    stand: datetime
    effort: EffortName
    as_json: bool

    @property
    def path(self) -> Path:
        return plan_path(self.folder, self.before.jahr)

    def show(self, stop: Abbruch) -> int:
        """Say what gives way; keep the attempt only where it is possible."""
        answer = search(self.projekt, self.before, self.stand, None, (), self.tried, self.effort, stop)
        code = settle(
            answer,
            self.before,
            self.projekt,
            self.stand,
            self.path,
            self.as_json,
            stop,
            dry_run=True,
            head=self._head,
        )
        if code != DONE:
            say(Text("The pin was not kept."))
            return code
        write_pins(self.path.with_name(VERSUCH), self.tried)
        accept, drop = _next(self.before.jahr)
        say_command(Text("Pin more, or keep what was tried:"), accept)
        say_command(Text("Or forget it:"), drop)
        return code

    def accept(self, stop: Abbruch) -> int:
        """Write the plan, then the pins it keeps, then forget the attempt: broken off in between, once more ends it."""
        from gremienplan.planning import Umplanung

        pins = pins_for_good(self.projekt, self.before.jahr, self.tried)
        projekt = with_pins(self.projekt, self.before.jahr, pins)
        refuse_earlier(self.before, projekt, self.stand)
        answer = search(self.projekt, self.before, self.stand, None, (), self.tried, self.effort, stop)
        if isinstance(answer, Umplanung):
            answer = evolve(answer, plan=evolve(answer.plan, eingaben=projekt.eingaben))

        def and_then() -> None:
            write_pins(self.path.with_name(PINS), pins)
            self.path.with_name(VERSUCH).unlink(missing_ok=True)

        return settle(
            answer,
            self.before,
            projekt,
            self.stand,
            self.path,
            self.as_json,
            stop,
            dry_run=False,
            head=self._head,
            and_then=and_then,
        )

    @property
    def _head(self) -> Text:
        """Say that it is the dates that cannot be."""
        if len(self.tried) == 1:
            return Text("With this date there is no plan.")
        return Text("With these dates there is no plan.")


def _next(jahr: int) -> tuple[str, str]:
    return f"gremienplan pin --accept --jahr {jahr}", f"gremienplan pin --drop --jahr {jahr}"


# --- what is pinned ----------------------------------------------------------------------------------------


def _list(tried: Sequence[Pin], projekt: Projekt, jahr: int, as_json: bool) -> int:
    pinned = pins_for_good(projekt, jahr, ())
    if as_json:
        write_json("pins", versuch=[_json(p) for p in tried], pins=[_json(p) for p in pinned])
        return DONE
    for head, pins in ((Text("Tried:"), tried), (Text("Pinned:"), pinned)):
        if pins:
            heading(head)
        for one in pins:
            show(Padding(_line(one, projekt, jahr), (0, 0, 0, 2)))
    if not tried and not pinned:
        say(Text("Nothing is pinned, and nothing is tried."))
    return DONE


def _line(one: Pin, projekt: Projekt, jahr: int) -> str:
    names = {s.id: s.name for s in projekt.sitzungen(jahr)} | {b.id: b.name for b in projekt.beratungen(jahr)}
    name = names.get(one.sitzung, one.sitzung)
    when = render_value(one.beginn if one.uhr else one.tag, language())
    ort = f", {projekt.stadt.alle_orte[one.ort].name}" if one.ort else ""
    return f"{name}: {when}{ort} [{one.sitzung}]"


def _json(one: Pin) -> dict[str, object]:
    return {
        "sitzung": one.sitzung,
        "tag": one.tag.isoformat(),
        "uhr": f"{one.uhr:%H:%M}" if one.uhr else None,
        "ort": one.ort,
    }


def _forget(folder: Path, jahr: int, as_json: bool) -> int:
    path = _place(folder, jahr, VERSUCH)
    was = path.is_file()
    path.unlink(missing_ok=True)
    if as_json:
        write_json("dropped", changed=was)
    else:
        say(Text("Forgotten: what was tried.") if was else Text("Nothing was tried."))
    return DONE


def _drop(
    ereignis: str, tried: Sequence[Pin], projekt: Projekt, folder: Path, jahr: int, as_json: bool
) -> int:
    """Forget one pin that is tried; else lift one for good: its date may be moved again."""
    pinned = pins_for_good(projekt, jahr, ())
    for name, pins in ((VERSUCH, tried), (PINS, pinned)):
        rest = [p for p in pins if p.sitzung != ereignis]
        if len(rest) < len(pins):
            write_pins(_place(folder, jahr, name), rest)
            if as_json:
                write_json("dropped", changed=True)
            elif name == PINS:
                say(Text("No longer pinned: {id}. Its date stays until something moves it.", id=ereignis))
            else:
                say(Text("No longer tried: {id}", id=ereignis))
            return DONE
    missing = Text("This is neither tried nor pinned.")
    hint = Text("What is: {command}", command=f"gremienplan pin --list --jahr {jahr}")
    raise InputError([Problem("SITZUNG", "", missing, ereignis, hint)])
