"""``print``: the year on one page and a list per Gebiet, as PDF to hang up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.cli.ausgabe import entries, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.commands.audit import require_plan
from gremienplan.cli.klick import (
    Choice,
    command,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import check_programme, find_project, load_project, plan_path, usual_year
from gremienplan.cli.sprache import words, written_language
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text, Wert
from gremienplan.webadresse import address_problem

if TYPE_CHECKING:
    from gremienplan.release import Release

ORDNER = "print"
PAPIERE = ("a3", "a4")


@command(
    "print",
    help=N_(
        "Write the year on one page and a list per area as PDF, in German unless --lang says otherwise."
        " With --oeffentlich they hold what everybody may read, fit to hang up."
    ),
    short_help=N_("Write the year on one page and a list per area as PDF."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@option("--papier", type=Choice(PAPIERE), default="a3", help=N_("Size of the page with the year: a3 or a4."))
@option("--oeffentlich", is_flag=True, help=N_("Only the meetings of public Gremien, to hang up."))
@option("--adresse", metavar="URL", default="", help=N_("Where the calendars are served, to name them."))
@option("--ziel", metavar=N_("FOLDER"), help=N_("Where to write; without it, out/ in the project."))
@programm_option
@option("--dry-run", is_flag=True, help=N_("Only say what would be changed; nothing is written."))
def print_(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    papier: str,
    oeffentlich: bool,
    adresse: str,
    ziel: str | None,
    programm: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Typeset every sheet, then write them, or say which would be another."""
    from gremienplan.loading import read_plan, read_release
    from gremienplan.plan import Zustand
    from gremienplan.publishing.papier import Papier, blaetter, store

    if adresse and (problem := address_problem("--adresse", adresse, "https://termine.example.org/feeds")):
        raise InputError([problem])
    folder = find_project(projekt, projekt_option)
    path = require_plan(plan_path(folder, jahr or usual_year(folder)))
    plan = read_plan(path)
    found = load_project(folder, programm, plan.jahr)
    check_programme(found, plan, str(path))
    target = (Path(ziel) if ziel else folder / "out") / ORDNER
    if oeffentlich and plan.zustand is Zustand.DRAFT:
        warum = Text("Nothing to hang up: the plan is a draft, and its dates are not coordinated.")
        if as_json:
            write_json("refused", jahr=plan.jahr, zustand=plan.zustand.value, meldung=words(warum))
        else:
            say(warum)
        return NO
    sheets = blaetter(
        found,
        plan,
        papier=Papier(papier),
        aushang=_told(folder) if oeffentlich else None,
        erzaehlt=None if oeffentlich else read_release(folder),
        sprache=written_language(),
        adresse=adresse,
    )
    target = target / "oeffentlich" if oeffentlich else target
    written = store(sheets, target, dry_run=dry_run)
    if as_json:
        write_json(
            "printed",
            ziel=str(target),
            jahr=plan.jahr,
            zustand=plan.zustand.value,
            oeffentlich=oeffentlich,
            dry_run=dry_run,
            blaetter=[sheet.name for sheet in sheets],
            written=list(written),
        )
        return DONE
    show(entries(("-", sheet.name) for sheet in sheets))
    facts: dict[str, Wert] = {"anzahl": len(sheets), "neu": len(written), "path": str(target)}
    say(
        Text("1 sheet, {neu} of them new or changed: {path}", **facts)
        if len(sheets) == 1
        else Text("{anzahl} sheets, {neu} of them new or changed: {path}", **facts)
    )
    if dry_run:
        say(Text("Only looked at: nothing was written."))
    return DONE


def _told(folder: Path) -> Release:
    """Return what residents have been told. Raises InputError where that is nothing."""
    from gremienplan.loading import AKTE, read_release

    release = read_release(folder)
    if release is None:
        missing = Text("Nothing has been published yet.")
        hint = Text("Publish it: {command}", command="gremienplan publish")
        raise InputError([Problem(str(folder / AKTE), "", missing, hinweis=hint)])
    return release
