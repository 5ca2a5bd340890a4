"""``replan``: a plan people rely on meets another calendar; as few of its dates as possible are moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from gremienplan.cli.fortschritt import Abbruch
from gremienplan.cli.freigabe import check_moment
from gremienplan.cli.klick import (
    Choice,
    command,
    days,
    moment,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    threads,
    year,
)
from gremienplan.cli.projekte import check_programme, current_moment, find_project, load_project, plan_path
from gremienplan.cli.sitzungswahl import choose_beratung, choose_sitzung, means_beratung
from gremienplan.cli.umplanung import known_plan, refuse_earlier, search, settle
from gremienplan.cli.verschwundene import say_gone
from gremienplan.texts import N_

if TYPE_CHECKING:
    from gremienplan.planning import EffortName
    from gremienplan.projekt import Projekt


@command(
    "replan",
    help=N_(
        "Change the plan of a year for what the project says today: the fewest dates moved, none that is past, near"
        " or already invited; then as good as possible. Says what moves, why it had to, and what it costs."
    ),
    short_help=N_("Change a plan, moving as little as possible."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), required=True, help=N_("The year whose plan is changed."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time of planning, local time; what lies before is past. Without it: now."),
)
@option(
    "--frozen",
    type=days,
    metavar=N_("DAYS"),
    help=N_(
        "Dates within so many days are not moved, in a draft neither; without it what the project says (haltefrist),"
        " but for drafts."
    ),
)
@option(
    "--thaw",
    multiple=True,
    metavar="SITZUNG",
    help=N_("May be moved although it is near or invited; can be given several times."),
)
@programm_option
@option("--workers", type=threads, metavar=N_("NUMBER"), default="1", help=N_("Threads of the solver."))
@option("--effort", type=Choice(("kurz", "normal", "lang")), default="normal", help=N_("How long to look."))
@option("--dry-run", is_flag=True, help=N_("Only say what would change; write nothing."))
def replan(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int,
    stand: datetime | None,
    frozen: int | None,
    thaw: Sequence[str],
    programm: str | None,
    workers: int,
    effort: EffortName,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Change the plan on disk and say what that moves."""
    with Abbruch() as stop:
        from gremienplan.publishing.dateien import lock

        folder = find_project(projekt, projekt_option)
        found = load_project(folder, programm, jahr)
        stop.pruefe()
        path = plan_path(folder, jahr)
        check_moment(stand, jahr, current_moment(found))
        now = stand or current_moment(found)
        with lock(folder):
            before = known_plan(folder, jahr)
            check_programme(found, before, str(path))
            if not dry_run:
                refuse_earlier(before, found, now)
            auch = tuple(event_id(found, jahr, word) for word in thaw)
            say_gone(found, before, now)
            answer = search(found, before, now, frozen, auch, (), effort, stop, workers)
            return settle(answer, before, found, now, path, as_json, stop, dry_run=dry_run)


def event_id(projekt: Projekt, jahr: int, word: str) -> str:
    """Return the id of the one Sitzung or Beratung that a word means. Raises InputError."""
    sitzungen, beratungen = projekt.sitzungen(jahr), projekt.beratungen(jahr)
    if means_beratung(sitzungen, beratungen, word):
        return choose_beratung(projekt.stadt, beratungen, word).id
    return choose_sitzung(projekt.stadt, sitzungen, word, beratungen).id
