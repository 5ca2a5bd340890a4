"""``publish``: write the calendars to subscribe to, of a plan that keeps every rule."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.cli.ausgabe import entries, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.commands.audit import audit_json, require_plan, show_audit
from gremienplan.cli.klick import (
    command,
    moment,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import (
    check_programme,
    current_moment,
    find_project,
    load_project,
    plan_path,
    usual_year,
    years_on_disk,
)
from gremienplan.cli.sprache import words
from gremienplan.cli.verschwundene import say_vanished
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan

FEED_LANGUAGE = "de"
"""Calendars speak the city's own language, whatever the terminal speaks."""


@command(
    "publish",
    help=N_("Write the calendars to subscribe to. A plan that breaks a rule is refused."),
    short_help=N_("Write the calendars to subscribe to."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@option("--ziel", metavar=N_("FOLDER"), help=N_("Where to write; without it, out/ in the project."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time at which edits by hand are recorded, local time; without it: now."),
)
@programm_option
def publish(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    ziel: str | None,
    stand: datetime | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Audit the plan, record what was edited by hand, then write the feeds of all years."""
    from gremienplan import publishing
    from gremienplan.auditing import audit as judge
    from gremienplan.loading import read_plan

    folder = find_project(projekt, projekt_option)
    path = require_plan(plan_path(folder, jahr or usual_year(folder)))
    plan = read_plan(path)
    found = load_project(folder, programm, plan.jahr)
    check_programme(found, plan, str(path))
    audit = judge(found, plan)
    if not audit.ok:
        if as_json:
            write_json("audit", datei=str(path), jahr=plan.jahr, **audit_json(audit, found))
        else:
            show_audit(audit, found, plan.jahr)
            say(Text("Not published: the plan breaks a rule. The calendars on disk stay as they were."))
        return NO
    say_vanished(audit.verschwunden, found, plan.jahr)
    others = _other_years(folder, plan.jahr)
    now = stand or current_moment(found)
    plan = _recorded(path, plan, now)
    fruehere = tuple(_recorded(where, other, now) for where, other in others)
    target = Path(ziel) if ziel else folder / "out"
    done = publishing.publish(found, plan, target, fruehere=fruehere, sprache=FEED_LANGUAGE)
    if as_json:
        write_json(
            "published",
            ziel=str(target),
            jahr=plan.jahr,
            zustand=plan.zustand.value,
            written=list(done.written),
            unchanged=list(done.unchanged),
            removed=list(done.removed),
        )
        return DONE
    counts = (
        (Text("new or changed"), len(done.written)),
        (Text("unchanged"), len(done.unchanged)),
        (Text("ended"), len(done.removed)),
    )
    show(words(Text("Calendars of {stadt}, {jahr}:", stadt=found.stadt.name, jahr=str(plan.jahr))))
    show(entries((f"{number:>4}", words(text)) for text, number in counts))
    show(words(Text("The calendars: {path}", path=str(target))))
    return DONE


def _other_years(folder: Path, jahr: int) -> tuple[tuple[Path, Plan], ...]:
    """Return the other plans that the feeds span, from the year before on: each with its file.

    Raises InputError for one that cannot be read, or that is of another year than its folder.
    """
    from gremienplan.loading import read_plan

    found = []
    for other in years_on_disk(folder):
        path = plan_path(folder, other)
        if other == jahr or other < jahr - 1 or not path.exists():
            continue
        plan = read_plan(path)
        if plan.jahr != other:
            meldung = Text("This plan is of another year than its folder.")
            raise InputError([Problem(str(path), "jahr", meldung, str(plan.jahr))])
        found.append((path, plan))
    return tuple(found)


def _recorded(path: Path, plan: Plan, stand: datetime) -> Plan:
    """Return the plan with an entry for what was edited by hand, which is then also in its file."""
    from gremienplan.loading import read_plan
    from gremienplan.plan import edited, plan_to_json, record_edits, unrecorded
    from gremienplan.publishing.dateien import lock, write_atomically

    if not edited(plan):
        return plan
    edits = unrecorded(plan)
    with lock(path.parents[2]):  # the project: nobody plans meanwhile
        if read_plan(path) != plan:
            meldung = Text("This plan was changed by somebody else meanwhile.")
            raise InputError([Problem(str(path), "", meldung, hinweis=Text("Publish again."))])
        kept = record_edits(plan, stand)
        write_atomically(path, plan_to_json(kept).encode())
    if edits:
        say(Text("Edited by hand since the last run: {n}; recorded in {path}", n=len(edits), path=str(path)))
    else:
        say(
            Text(
                "The plan was changed by hand since the last run, but no date was; noted in {path}",
                path=str(path),
            )
        )
    return kept
