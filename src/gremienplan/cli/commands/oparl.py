"""``oparl``: write what was published as OParl 1.1, as files for any web server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import command, did_you_mean, option, projekt_argument, projekt_option
from gremienplan.cli.projekte import find_project
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.release import Release

ORDNER = Path("out", "oparl")


@command(
    "oparl",
    help=N_(
        "Write what was published as OParl 1.1: files that any web server can show, below --adresse. Without"
        " --publikum only what residents are told."
    ),
    short_help=N_("Write what was published as OParl 1.1."),
)
@projekt_argument
@projekt_option
@option(
    "--adresse",
    required=True,
    metavar=N_("ADDRESS"),
    help=N_(
        "Where the files will be shown; every object is called by its address, so do not change it later."
    ),
)
@option(
    "--publikum",
    default="oeffentlich",
    metavar=N_("NAME"),
    help=N_("Whose dates: a feed's name without its ending, such as alle; without it: oeffentlich."),
)
@option("--ziel", metavar=N_("FOLDER"), help=N_("Where to write; without it, out/oparl in the project."))
@option("--dry-run", is_flag=True, help=N_("Only say what would be changed; nothing is written."))
def oparl(
    projekt: str | None,
    projekt_option: str | None,
    adresse: str,
    publikum: str,
    ziel: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Read the record and write the files."""
    from gremienplan.loading import AKTE, read_release
    from gremienplan.publishing.oparl import SYSTEM, Schnittstelle, base
    from gremienplan.publishing.oparl_dateien import write_oparl

    folder = find_project(projekt, projekt_option)
    wo = base(adresse)
    release = read_release(folder)
    if release is None:
        missing = Text("Nothing has been published yet.")
        hint = Text("Publish it: {command}", command="gremienplan publish")
        raise InputError([Problem(str(folder / AKTE), "", missing, hinweis=hint)])
    schnittstelle = Schnittstelle(release, _audience(release, publikum), wo)
    target = Path(ziel) if ziel else folder / ORDNER
    done = write_oparl(schnittstelle, target, dry_run=dry_run)
    if as_json:
        write_json(
            "oparl",
            ziel=str(target),
            system=wo + SYSTEM,
            publikum=publikum,
            dry_run=dry_run,
            meetings=len(schnittstelle.treffen),
            written=list(done.written),
            unchanged=list(done.unchanged),
            deleted=list(done.deleted),
            removed=list(done.removed),
        )
        return DONE
    heading(wo + SYSTEM)
    rows = (
        (len(schnittstelle.treffen), Text("meetings")),
        (len(done.written), Text("files new or changed")),
        (len(done.unchanged), Text("files unchanged")),
        (len(done.deleted), Text("objects newly marked as deleted")),
    )
    show(entries((f"{number:>4}", words(text)) for number, text in rows))
    show(words(Text("The files: {path}", path=str(target))))
    if dry_run:
        say(Text("Only looked at: nothing was written."))
    return DONE


def _audience(release: Release, publikum: str) -> str:
    """Return an audience that is told anything. Raises InputError for one that nobody knows."""
    known = [kalender.publikum for kalender in release.kalender]
    if publikum not in known:
        wrong = Text("There is no feed of this name.")
        raise InputError([Problem("--publikum", "", wrong, publikum, did_you_mean(publikum, known))])
    return publikum
