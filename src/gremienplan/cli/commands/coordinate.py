"""``coordinate``: ask each office concerned about the dates of a year, and record what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date, datetime
from pathlib import Path

import click

from gremienplan.cli.abstimmungsrunde import Runde
from gremienplan.cli.freigabe import check_moment
from gremienplan.cli.klick import Misuse, command, day, moment, option, programm_option, projekt_option, year
from gremienplan.cli.projekte import (
    check_programme,
    current_moment,
    find_project,
    load_project,
    plan_path,
    usual_year,
)
from gremienplan.cli.umplanung import known_plan
from gremienplan.texts import N_, Text

ORDNER = "abstimmung"
"""The folder below ``out`` in which the lists of each year have a folder of their own."""


@command(
    "coordinate",
    help=N_(
        "Write one list of proposed dates for each office whose agreement a date needs before it is made public, as an"
        " Excel file and as a mail to send; and show what is agreed, open, refused and void. --take FILE… reads filled"
        " lists back. --record SITZUNG SITZ yes|no notes an answer given otherwise, by telephone for instance; open"
        " takes it back. When all have agreed, the plan is coordinated; when an agreed date is moved, it is a draft"
        " again."
    ),
    short_help=N_("Agree the dates with the offices concerned."),
)
@click.argument("angaben", nargs=-1, metavar="[FILE… | SITZUNG SITZ yes|no]")
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@option("--take", is_flag=True, help=N_("Read filled lists back: FILE…"))
@option("--record", is_flag=True, help=N_("Note one answer: SITZUNG SITZ yes, no or open."))
@option("--remark", metavar=N_("WORDS"), help=N_("With --record: what the office added."))
@option(
    "--bis",
    type=day,
    metavar=N_("DATE"),
    help=N_("Until when to answer; without it, what the programme says."),
)
@option("--ziel", metavar=N_("FOLDER"), help=N_("Where to write; without it, out/ in the project."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_(
        "The time at which answers are recorded, local time; nobody is asked about what lies before. Without it: now."
    ),
)
@option("--dry-run", is_flag=True, help=N_("Say what would be written and recorded, and change nothing."))
@programm_option
def coordinate(
    angaben: tuple[str, ...],
    projekt_option: str | None,
    jahr: int | None,
    take: bool,
    record: bool,
    remark: str | None,
    bis: date | None,
    ziel: str | None,
    stand: datetime | None,
    dry_run: bool,
    programm: str | None,
    as_json: bool,
) -> int:
    """Ask, or take answers; then let the state of the plan follow."""
    _check_use(angaben, take, record, remark)
    from gremienplan.loading.abstimmung import ABSTIMMUNG, read_abstimmung
    from gremienplan.plan import as_planned
    from gremienplan.publishing.dateien import lock

    folder = find_project(None, projekt_option)
    with nullcontext() if dry_run else lock(folder):
        jahr = jahr or usual_year(folder)
        found = load_project(folder, programm, jahr)
        plan = known_plan(folder, jahr)
        path = plan_path(folder, jahr)
        check_programme(found, plan, str(path))
        check_moment(stand, jahr, current_moment(found))
        vorher = read_abstimmung(path.with_name(ABSTIMMUNG))
        runde = Runde(
            as_planned(found, plan), plan, vorher, path, stand or current_moment(found), dry_run, as_json
        )
        if take:
            return runde.take([Path(angabe) for angabe in angaben])
        if record:
            sitzung, sitz, antwort = angaben
            return runde.note(sitzung, sitz, antwort, remark or "")
        return runde.ask((Path(ziel) if ziel else folder / "out") / ORDNER / str(jahr), bis)


def _check_use(angaben: Sequence[str], take: bool, record: bool, remark: str | None) -> None:
    example = "gremienplan coordinate --record SITZUNG SITZ yes"
    if take and record:
        raise Misuse("coordinate", Text("Say one thing at a time."))
    if take and not angaben:
        hint = Text("For example: {command}", command="gremienplan coordinate --take FILE.xlsx")
        raise Misuse("--take", Text("Which lists came back is missing."), hint)
    if record and len(angaben) != 3:
        raise Misuse(
            "--record",
            Text("This needs a Sitzung, a Sitz and an answer."),
            Text("For example: {command}", command=example),
        )
    if remark is not None and not record:
        raise Misuse(
            "--remark",
            Text("A remark belongs to an answer."),
            Text("For example: {command}", command=example),
        )
    if angaben and not (take or record):
        hint = Text("Read lists back: {command}", command="gremienplan coordinate --take FILE")
        raise Misuse(angaben[0], Text("This argument is one too many."), hint)
