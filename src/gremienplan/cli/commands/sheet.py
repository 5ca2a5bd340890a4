"""``sheet``: the plan, its invitations and its deadlines as an Excel file that sorts and filters; CSV beside it."""

from __future__ import annotations

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
def sheet(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    ziel: str | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Write what the plan on disk says."""
    from gremienplan.publishing.tabellen import write_tables

    folder = find_project(projekt, projekt_option)
    jahr = jahr or usual_year(folder)
    found = load_project(folder, programm, jahr)
    plan = known_plan(folder, jahr)
    check_programme(found, plan, str(plan_path(folder, jahr)))
    target = Path(ziel) if ziel else folder / "out"
    written = write_tables(found, plan, target, sprache=document_language())
    if as_json:
        write_json("sheet", jahr=jahr, dateien=[str(path) for path in written])
        return DONE
    for path in written:
        show(str(path))
    say(
        Text(
            "Changed dates, times and Orte come back with: {command}",
            command=f"gremienplan take {written[0].name}",
        )
    )
    return DONE
