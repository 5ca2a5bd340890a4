"""``publish``: write the calendars to subscribe to, of a plan that keeps every rule."""

from __future__ import annotations

from pathlib import Path

from gremienplan.cli.ausgabe import entries, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.commands.audit import audit_json, require_plan, show_audit
from gremienplan.cli.klick import (
    command,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import check_programme, find_project, load_project, plan_path, usual_year
from gremienplan.cli.sprache import words
from gremienplan.texts import N_, Text

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
@programm_option
def publish(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    ziel: str | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Audit the plan, then write its feeds."""
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
            show_audit(audit, found)
            say(Text("Not published: the plan breaks a rule. The calendars on disk stay as they were."))
        return NO
    target = Path(ziel) if ziel else folder / "out"
    done = publishing.publish(found, plan, target, sprache=FEED_LANGUAGE)
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
