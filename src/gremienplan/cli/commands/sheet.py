"""``sheet``: the plan, its invitations and its deadlines as an Excel file that sorts and filters; CSV beside it."""

from __future__ import annotations

import shlex
from pathlib import Path

from gremienplan.cli.ausgabe import say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import (
    command,
    document_language,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import check_programme, find_project, load_project, plan_path, usual_year
from gremienplan.cli.umplanung import known_plan
from gremienplan.texts import N_, Text


@command(
    "sheet",
    help=N_(
        "Write the plan of a year as an Excel file: its dates, who is invited by whom and until when, and every"
        " deadline. Dates, times and Orte that are changed there come back with: gremienplan take. The same as CSV."
    ),
    short_help=N_("Write the plan as an Excel file, and as CSV."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The planned year."))
@option("--ziel", metavar=N_("FOLDER"), help=N_("Where to write; without it, out/ in the project."))
@programm_option
@option("--dry-run", is_flag=True, help=N_("Only say what would be changed; nothing is written."))
def sheet(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    ziel: str | None,
    programm: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Write what the plan on disk says, or say which files would be others."""
    from gremienplan.publishing.dateien import write_files
    from gremienplan.publishing.tabellen import table_files

    folder = find_project(projekt, projekt_option)
    jahr = jahr or usual_year(folder)
    found = load_project(folder, programm, jahr)
    plan = known_plan(folder, jahr)
    check_programme(found, plan, str(plan_path(folder, jahr)))
    target = Path(ziel) if ziel else folder / "out"
    files = table_files(found, plan, sprache=document_language())
    paths = [target / name for name in files]
    written = write_files(files, target, dry_run=dry_run)
    if as_json:
        write_json(
            "sheet", jahr=jahr, dry_run=dry_run, dateien=[str(path) for path in paths], written=list(written)
        )
        return DONE
    for path in paths:
        show(str(path))
    if dry_run:
        if written:
            say(Text("New or changed: {namen}", namen=written))
        say(Text("Only looked at: nothing was written."))
        return DONE
    command = f"gremienplan take {shlex.quote(str(paths[0]))} --jahr {jahr}"
    say(Text("Changed dates, times and Orte come back with: {command}", command=command))
    return DONE
