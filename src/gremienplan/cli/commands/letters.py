"""``letters``: for each Sitzung its invitation, as Markdown and as a mail to send."""

from __future__ import annotations

from pathlib import Path

import click

from gremienplan.cli.ausgabe import say, show, table, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.commands.audit import require_plan
from gremienplan.cli.klick import command, option, programm_option, projekt_option, year
from gremienplan.cli.projekte import check_programme, find_project, load_project, plan_path, usual_year
from gremienplan.cli.sitzungswahl import choose_sitzung
from gremienplan.cli.sprache import written_language
from gremienplan.errors import InputError, Problem
from gremienplan.plan import Zustand
from gremienplan.texts import N_, Text

ORDNER = "letters"


@command(
    "letters",
    help=N_(
        "Write the invitation to each Sitzung that has a date, or to SITZUNG, as Markdown and as a mail to send: in"
        " German unless --lang says otherwise. Templates in vorlagen/ of the project or its city replace ours."
    ),
    short_help=N_("Write the invitations as texts and mails."),
)
@click.argument("word", required=False, metavar="[SITZUNG]")
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@option("--ziel", metavar=N_("FOLDER"), help=N_("Where to write; without it, out/ in the project."))
@programm_option
@option("--dry-run", is_flag=True, help=N_("Only say what would be changed; nothing is written."))
def letters(
    word: str | None,
    projekt_option: str | None,
    jahr: int | None,
    ziel: str | None,
    programm: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Make every letter, then write them, or say which would be another."""
    from gremienplan.loading import read_plan, read_release
    from gremienplan.loading.abstimmung import ABSTIMMUNG, read_abstimmung
    from gremienplan.loading.briefvorlagen import read_templates
    from gremienplan.publishing.briefe import briefe, store

    folder = find_project(None, projekt_option)
    path = require_plan(plan_path(folder, jahr or usual_year(folder)))
    plan = read_plan(path)
    found = load_project(folder, programm, plan.jahr)
    check_programme(found, plan, str(path))
    nur = None
    if word is not None:
        gemeint = choose_sitzung(found.stadt, found.sitzungen(plan.jahr), word).id
        if gemeint not in {termin.sitzung for termin in plan.termine}:
            raise InputError([Problem("SITZUNG", "", Text("This Sitzung has no date in the plan."), gemeint)])
        nur = {gemeint}
    letters = briefe(
        found,
        plan,
        quellen=read_templates(folder),
        sprache=written_language(),
        nur=nur,
        release=read_release(folder),
        abstimmung=read_abstimmung(path.with_name(ABSTIMMUNG)),
    )
    target = (Path(ziel) if ziel else folder / "out") / ORDNER / str(plan.jahr)
    written = store(letters, target, dry_run=dry_run)
    uebrig = () if nur else _left_over(target, {brief.name for brief in letters})
    if as_json:
        write_json(
            "letters",
            ziel=str(target),
            jahr=plan.jahr,
            zustand=plan.zustand.value,
            dry_run=dry_run,
            briefe=[
                {"sitzung": b.sitzung, "name": b.name, "betreff": b.betreff, "versand": b.versand or None}
                for b in letters
            ],
            written=list(written),
            uebrig=list(uebrig),
        )
        return DONE
    show(table((Text("File"), Text("Subject")), ((brief.name, brief.betreff) for brief in letters)))
    if plan.zustand is Zustand.DRAFT:
        say(Text("The plan is a draft: every letter says so, and none is to be sent."))
    if uebrig:
        say(Text("No longer in the plan, and left as they are: {namen}", namen=uebrig))
    neu = len(written)
    say(
        Text("1 letter; files new or changed: {neu}", neu=neu)
        if len(letters) == 1
        else Text("{anzahl} letters; files new or changed: {neu}", anzahl=len(letters), neu=neu)
    )
    say(Text("The letters: {path}", path=str(target)))
    if dry_run:
        say(Text("Only looked at: nothing was written."))
    return DONE


def _left_over(target: Path, names: set[str]) -> tuple[str, ...]:
    """Return the files of letters for which there is no Sitzung with a date any more."""
    found = (p for ending in ("md", "eml") for p in target.glob(f"*.{ending}"))
    return tuple(sorted(p.name for p in found if p.stem not in names))
