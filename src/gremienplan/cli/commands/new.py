"""``new``: a project folder that explains itself, and the next three steps."""

from __future__ import annotations

import shlex
from datetime import date
from importlib.resources import files
from pathlib import Path, PurePath

import click

from gremienplan.cli.ausgabe import entries, say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import command, did_you_mean, option
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

TEMPLATES = {
    "gremienplan.toml": "gremienplan.toml",
    "ratskalender/README.txt": "ratskalender/README.txt",
    "gitignore": ".gitignore",
}
"""Template -> name in the project. (A real .gitignore among the templates would hide files from our own git.)"""
CITY_MARK = "STADT"
OWN_CITY = "stadt"
"""The folder inside a project that holds a copy of its city."""


@command(
    "new",
    help=N_("Make a project folder DIR: its file explains itself, and the next steps are said."),
    short_help=N_("Make a project folder."),
)
@click.argument("folder", metavar="DIR")
@option(
    "--stadt",
    metavar=N_("CITY"),
    help=N_("The city: one that ships with the program, or the path of a city folder."),
)
@option(
    "--eigene-regeln",
    is_flag=True,
    help=N_("Copy the city's folder into the project, so that its rules can be changed there."),
)
def new(folder: str, stadt: str | None, eigene_regeln: bool, as_json: bool) -> int:
    """Write the templates into a new folder."""
    from gremienplan.publishing.dateien import write_atomically

    root = Path(folder)
    city = _city(stadt, root)
    if root.is_file() or (root.is_dir() and any(root.iterdir())):
        raise InputError([Problem(folder, "", Text("This exists and is not an empty folder."))])
    inhalt = _city_files(root, city) if eigene_regeln else {}
    city = OWN_CITY if eigene_regeln else city
    for template, name in TEMPLATES.items():
        source = files("gremienplan.cli").joinpath("vorlagen", *template.split("/"))
        text = source.read_text(encoding="utf-8").replace(f'"{CITY_MARK}"', _toml_string(city))
        inhalt[name] = text.encode()
    for name, data in inhalt.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, data)
    written = list(inhalt)
    if as_json:
        write_json("project", folder=folder, stadt=city, dateien=written)
        return DONE
    say(Text("A project has been made: {folder}", folder=folder))
    show(words(Text("The next steps:")))
    jahr = date.today().year + 1  # noqa: DTZ011  (an example for the user who reads it today)
    calendar = f"gremienplan import {words(Text('FILE'))} --projekt {shlex.quote(folder)}"
    steps = (
        *((calendar,) if _needs_calendar(root) else ()),
        f"gremienplan check {shlex.quote(folder)}",
        f"gremienplan plan {shlex.quote(folder)} --jahr {jahr}",
    )
    show(entries((f"{number}.", step) for number, step in enumerate(steps, start=1)))
    return DONE


def _city(stadt: str | None, root: Path) -> str:
    """Return what the project's file shall say: a shipped city, or the path from there to a city folder."""
    from gremienplan.loading.ordner import shipped as cities

    shipped = cities()
    if stadt is None:
        if len(shipped) == 1:
            return shipped[0]
        missing = Text("Name the city: one of {names}, or the path of a folder.", names=shipped)
        raise InputError([Problem("--stadt", "", missing)])
    if stadt in shipped:
        return stadt
    if (Path(stadt) / "stadt.toml").is_file():
        city = Path(stadt).absolute()
        return city.as_posix() if Path(stadt).is_absolute() else path_from(root.absolute(), city)
    unknown = Text("Neither a city of the program ({names}) nor a folder with a stadt.toml.", names=shipped)
    raise InputError([Problem("--stadt", "", unknown, stadt, did_you_mean(stadt, shipped))])


def _needs_calendar(root: Path) -> bool:
    """Tell whether the new project's city has political bodies; one that cannot be read may have some."""
    from gremienplan.loading import load

    try:
        return load(root).stadt.hat_rat
    except InputError:
        return True


def _city_files(root: Path, city: str) -> dict[str, bytes]:
    """Return the files of a city's folder, under their names in a project that has a copy of it."""
    from gremienplan.loading.ordner import PROJEKT, Ordner, find_stadt

    ordner = find_stadt(Ordner(root, root.name), city)
    found = sorted(ordner.pfad.glob("*.toml")) if ordner else []
    return {f"{OWN_CITY}/{pfad.name}": pfad.read_bytes() for pfad in found if pfad.name != PROJEKT}


def path_from(here: PurePath, there: PurePath) -> str:
    """Return the path, with slashes, that leads from one absolute folder to another; whole where they share no drive.

    >>> from pathlib import PureWindowsPath
    >>> path_from(PureWindowsPath("C:/amt/plan"), PureWindowsPath("C:/amt/Stadt Süd"))
    '../Stadt Süd'
    >>> path_from(PureWindowsPath("C:/amt/plan"), PureWindowsPath("D:/stadt"))
    'D:/stadt'
    """
    if here.anchor != there.anchor:
        return there.as_posix()
    pairs = zip(here.parts, there.parts, strict=False)
    shared = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(here.parts), len(there.parts)))
    return "/".join([*[".."] * (len(here.parts) - shared), *there.parts[shared:]])


def _toml_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
