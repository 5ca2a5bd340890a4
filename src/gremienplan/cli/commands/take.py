"""``take``: dates, times and Orte that were edited in the plan's list come back into the plan, and are pinned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, passage
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.freigabe import check_moment
from gremienplan.cli.fristen import frist_json, say_too_late
from gremienplan.cli.klick import Misuse, command, moment, option, programm_option, projekt_option, year
from gremienplan.cli.pinablage import pins_for_good, with_pins, write_plan_and_pins
from gremienplan.cli.planvergleich import moves_json, show_moves
from gremienplan.cli.projekte import (
    check_programme,
    current_moment,
    find_project,
    load_project,
    plan_path,
    usual_year,
)
from gremienplan.cli.sprache import words
from gremienplan.cli.umplanung import known_plan
from gremienplan.cli.zusagen import say_void
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.auditing import Finding
    from gremienplan.handarbeit import Handgriff
    from gremienplan.loading.planblatt import Mitgebracht
    from gremienplan.projekt import Pin, Projekt


@command(
    "take",
    help=N_(
        "Take back FILE, the plan's list as gremienplan sheet has written it, Excel or CSV: dates, times and Orte that"
        " were edited there become the plan's, and are pinned. All of it is judged before any is kept; nothing else"
        " moves."
    ),
    short_help=N_("Take back dates that were edited in Excel."),
)
@click.argument("dateien", metavar="FILE", nargs=-1)
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The planned year."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time of the change, local time; what lies before is past. Without it: now."),
)
@programm_option
@option("--dry-run", is_flag=True, help=N_("Only say what would change; write nothing."))
def take(
    dateien: Sequence[str],
    projekt_option: str | None,
    jahr: int | None,
    stand: datetime | None,
    programm: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Read the list, judge what it changes, then write plan and pins."""
    from gremienplan.handarbeit import place
    from gremienplan.loading.planblatt import read_changes
    from gremienplan.plan import as_planned
    from gremienplan.publishing.dateien import lock

    if len(dateien) != 1:
        wrong = Text("One file at a time.") if dateien else Text("The file is missing.")
        raise Misuse("FILE", wrong, Text("For example: {command}", command="gremienplan take plan-2027.xlsx"))
    datei = Path(dateien[0])
    roh = datei.read_bytes()
    folder = find_project(None, projekt_option)
    jahr = jahr or usual_year(folder)
    with nullcontext() if dry_run else lock(folder):
        found = load_project(folder, programm, jahr)
        path, plan = plan_path(folder, jahr), known_plan(folder, jahr)
        check_programme(found, plan, str(path))
        check_moment(stand, jahr, current_moment(found))
        now = stand or current_moment(found)
        brought = read_changes(roh, str(datei), found, plan, stand=now)
        projekt = as_planned(found, plan)
        pinned = {pin.sitzung: pin for pin in projekt.pins if pin.of(jahr)}
        pins = tuple(a.pin(jahr, pinned.get(a.ereignis)) for a in brought.aenderungen)
        alle = pins_for_good(projekt, jahr, pins)
        projekt = with_pins(projekt, jahr, alle) if pins else projekt
        done = place(projekt, plan, (a.jetzt for a in brought.aenderungen), stand=now)
        keep = done.ok and bool(pins) and not dry_run
        if keep:
            write_plan_and_pins(path, done.plan, alle)
    zellen = {a.ereignis: a.stellen for a in brought.aenderungen}
    if as_json:
        _write_json(done, projekt, path, zellen, pins, brought, changed=keep, dry_run=dry_run)
    else:
        _say_stale(brought)
        if not done.ok:
            _show_refused(done, projekt, zellen, pins)
        elif pins:
            _show_done(done, projekt, pins)
        else:
            say(Text("Nothing new: the list says what the plan says."))
        if dry_run and done.ok and pins:
            say(Text("Only tried: the plan on disk stays as it was: {path}", path=str(path)))
        elif keep:
            show(words(Text("The plan: {path}", path=str(path))))
            say_void(plan, done.plan, path)
        else:
            say(Text("The plan on disk stays as it was: {path}", path=str(path)))
    return DONE if done.ok else NO


def _say_stale(brought: Mitgebracht) -> None:
    """Say what of the list is not heeded."""
    if brought.ueberholt:
        ids = brought.ueberholt
        say(
            Text(
                "Changed in the plan since the list was written, and left as the plan has it: {ids}", ids=ids
            )
        )
    if brought.fremd:
        say(Text("Columns that are not read: {namen}", namen=brought.fremd))


def _show_done(done: Handgriff, projekt: Projekt, pins: Sequence[Pin]) -> None:
    show_moves(done.unterschied, done.namen, projekt.katalog, {})
    show()
    show(words(Text("Pinned: {ids}", ids=tuple(pin.sitzung for pin in pins))))
    say_too_late(done.zu_spaet)


def _show_refused(
    done: Handgriff, projekt: Projekt, zellen: Mapping[str, Sequence[str]], pins: Sequence[Pin]
) -> None:
    """Write every rule that is broken, with its passage and the cells that have to do with it."""
    heading(Text("The edited dates break rules, so nothing of the list was kept:"))
    for number, finding in enumerate(done.befunde, start=1):
        rows = [words(finding.meldung), words(passage(finding.requirement.grundlage, projekt.katalog))]
        if cells := _cells(finding, zellen):
            rows.append(words(Text("Cells: {zellen}", zellen=cells)))
        show(entries([(f"{number}.", rows[0])]))
        for row in rows[1:]:
            show(Padding(row, (0, 0, 0, len(str(number)) + 2)))
    show()
    broken = {ereignis for finding in done.befunde for ereignis in finding.ereignisse}
    for pin in [pin for pin in pins if pin.sitzung in broken][:1]:
        command = f"gremienplan pin {pin.sitzung} {pin.tag} --jahr {done.bisher.jahr}"
        say(Text("What would have to give way for such a date: {command}", command=command))


def _cells(finding: Finding, zellen: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(cell for ereignis in finding.ereignisse for cell in zellen.get(ereignis, ()))


def _write_json(
    done: Handgriff,
    projekt: Projekt,
    path: Path,
    zellen: Mapping[str, Sequence[str]],
    pins: Sequence[Pin],
    brought: Mitgebracht,
    *,
    changed: bool,
    dry_run: bool,
) -> None:
    findings: list[dict[str, Any]] = [
        {
            "requirement": f.requirement.id,
            "meldung": words(f.meldung),
            "ereignisse": list(f.ereignisse),
            "zellen": list(_cells(f, zellen)),
            "grundlage": grundlage_json(f.requirement.grundlage, projekt.katalog),
        }
        for f in done.befunde
    ]
    write_json(
        "take",
        datei=str(path),
        ok=done.ok,
        changed=changed,
        dry_run=dry_run,
        pins=[
            {
                "sitzung": pin.sitzung,
                "tag": pin.tag.isoformat(),
                "uhr": f"{pin.uhr:%H:%M}" if pin.uhr else None,
                "ort": pin.ort,
                "zellen": list(zellen[pin.sitzung]),
            }
            for pin in pins
        ],
        findings=findings,
        ueberholt=list(brought.ueberholt),
        fremd=list(brought.fremd),
        **moves_json(done.unterschied, done.namen, projekt.katalog, {}),
        zu_spaet=[frist_json(projekt, termin) for termin in done.zu_spaet],
    )
