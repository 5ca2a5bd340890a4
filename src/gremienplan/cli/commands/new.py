"""``new``: a project folder that explains itself, and the next three steps."""

from __future__ import annotations

import shlex
from datetime import date
from importlib.resources import files
from pathlib import Path

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


@command(
    "new",
    help=N_("Make a project folder DIR: its file explains itself, and the next three steps are said."),
    short_help=N_("Make a project folder."),
)
@click.argument("folder", metavar="DIR")
@option(
    "--stadt",
    metavar=N_("CITY"),
    help=N_("The city: one that ships with the program, or the path of a city folder."),
)
def new(folder: str, stadt: str | None, as_json: bool) -> int:
    """Write the templates into a new folder."""
    from gremienplan.publishing.dateien import write_atomically

    root = Path(folder)
    city = _city(stadt, root)
    if root.is_file() or (root.is_dir() and any(root.iterdir())):
        raise InputError([Problem(folder, "", Text("This exists and is not an empty folder."))])
    written = []
    for template, name in TEMPLATES.items():
        source = files("gremienplan.cli").joinpath("vorlagen", *template.split("/"))
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8").replace(f'"{CITY_MARK}"', _toml_string(city))
        write_atomically(target, text.encode())
        written.append(name)
    if as_json:
        write_json("project", folder=folder, stadt=city, dateien=written)
        return DONE
    say(Text("A project has been made: {folder}", folder=folder))
    show(words(Text("The next three steps:")))
    calendars = root / "ratskalender"
    jahr = date.today().year + 1  # noqa: DTZ011  (an example for the user who reads it today)
    steps = (
        words(Text("Put the council calendar there as .ics files: {folder}", folder=str(calendars))),
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
        return Path(stadt).absolute().as_posix() if Path(stadt).is_absolute() else _from(root, Path(stadt))
    unknown = Text("Neither a city of the program ({names}) nor a folder with a stadt.toml.", names=shipped)
    raise InputError([Problem("--stadt", "", unknown, stadt, did_you_mean(stadt, shipped))])


def _from(root: Path, city: Path) -> str:
    """Return the relative path that leads from the project's folder to the city's."""
    here, there = root.absolute().parts, city.absolute().parts
    shared = next((i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), None)
    shared = min(len(here), len(there)) if shared is None else shared
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]])


def _toml_string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
