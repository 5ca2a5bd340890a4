"""``watch``: what has changed in the council calendar since the plans were made, and what of it touches them."""

from __future__ import annotations

from datetime import datetime

from gremienplan.cli.ausgabe import write_json
from gremienplan.cli.codes import DONE, TOUCHED
from gremienplan.cli.klick import (
    command,
    moment,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import find_project, plan_path
from gremienplan.cli.wachansicht import show_watch, touches, watch_json, watch_plans
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text


@command(
    "watch",
    help=N_(
        "Compare the council calendar with the one the plans were made with: what was moved, cancelled, has vanished or"
        " is new, and which dates of a plan that touches. Exit code 4 when any touches a plan."
    ),
    short_help=N_("Notice changes of the council calendar."),
)
@projekt_argument
@projekt_option
@option(
    "--jahr", type=year, metavar=N_("YEAR"), help=N_("Only the plan of this year; without it, all to come.")
)
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("What lies before is past and no matter, local time; without it: now."),
)
@programm_option
def watch(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    stand: datetime | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Compare every plan with the calendar of today."""
    folder = find_project(projekt, projekt_option)
    found = watch_plans(folder, stand, jahr, programm)
    if not found:
        missing = Text("There is no plan whose dates could be touched.")
        hint = Text("Make one: {command}", command=f"gremienplan plan --jahr {jahr or '…'}")
        raise InputError(
            [Problem(str(plan_path(folder, jahr) if jahr else folder), "", missing, hinweis=hint)]
        )
    if as_json:
        write_json("watch", plaene=watch_json(found))
    else:
        show_watch(found)
    return TOUCHED if touches(found) else DONE
