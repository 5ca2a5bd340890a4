"""Where the files of a project and of its city lie, and by which names people know them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.angaben import closest
from gremienplan.texts import Text

PROJEKT = "gremienplan.toml"
STADT = "stadt.toml"


@frozen
class Ordner:
    """A folder, and how its files are called: in messages, and among the inputs of a plan."""

    pfad: Path
    name: str
    eingabe: str = ""

    def __truediv__(self, teil: str) -> Ordner:
        return Ordner(self.pfad / teil, str(Path(self.name) / teil), (Path(self.eingabe) / teil).as_posix())

    def at(self, pfad: Path) -> Ordner:
        """Return a path inside this folder, with its names."""
        return self / pfad.relative_to(self.pfad).as_posix()


def shipped() -> tuple[str, ...]:
    """Return the cities that ship with the package."""
    return tuple(sorted(p.name for p in _cities().iterdir() if (p / STADT).is_file()))


def _cities() -> Path:
    return Path(str(files("gremienplan") / "cities"))


def _shipped(name: str) -> Ordner:
    return Ordner(_cities() / name, f"cities/{name}", f"cities/{name}")


def find(pfad: str | Path) -> tuple[Ordner | None, Ordner | None]:
    """Return the project folder and the city folder that ``pfad`` means: exactly one of them.

    Raises InputError when it means neither, nor a city that ships with the package.
    """
    ordner = Path(pfad)
    if ordner.is_file() and ordner.name in (PROJEKT, STADT):
        ordner = ordner.parent
    if (ordner / PROJEKT).is_file():
        return Ordner(ordner, str(ordner)), None
    if (ordner / STADT).is_file():
        return None, Ordner(ordner, str(ordner))
    if str(pfad) in shipped():
        return None, _shipped(str(pfad))
    hinweis: Text | None
    if ordner.is_dir():
        meldung = Text("This folder holds neither a project (gremienplan.toml) nor a city (stadt.toml).")
        hinweis = Text("A new project is made by: gremienplan new")
    else:
        meldung = Text("There is no such folder, and no city of this name ships with gremienplan.")
        hinweis = closest(str(pfad), shipped())
    raise InputError([Problem(str(pfad), "", meldung, hinweis=hinweis)])


def find_stadt(projekt: Ordner, angabe: str) -> Ordner | None:
    """Return the city folder a project names: a path beside its file, or a city that ships; None for neither."""
    pfad = projekt.pfad / angabe
    if (pfad / STADT).is_file():
        eingabe = pfad.name if Path(angabe).is_absolute() else Path(angabe).as_posix()
        return Ordner(pfad, str(Path(projekt.name) / angabe), eingabe)
    return _shipped(angabe) if angabe in shipped() else None


def find_programm(stadt: Ordner, projekt: Ordner | None, angabe: str) -> Ordner:
    """Return the programme file of this name: one beside the project's file, else the city's."""
    own = projekt is not None and (projekt.pfad / angabe).is_file()
    if projekt is None or (not own and (stadt.pfad / angabe).is_file()):
        return stadt / angabe
    return projekt / angabe


def jahre(projekt: Ordner) -> tuple[int, ...]:
    """Return the years that have a folder in ``jahre``."""
    ordner = projekt.pfad / "jahre"
    namen = (p.name for p in ordner.iterdir() if p.is_dir()) if ordner.is_dir() else ()
    return tuple(sorted(int(name) for name in namen if re.fullmatch(r"[0-9]{4}", name)))


def matching(projekt: Ordner, muster: str, jahre: tuple[int, ...]) -> Iterator[Ordner]:
    """Return the files a pattern like ``jahre/{jahr}/ratskalender/*.ics`` means, each pattern's sorted by name.

    Raises ValueError for a pattern that does not stay relative to the project.
    """
    if Path(muster).is_absolute():
        raise ValueError(muster)
    konkret = [muster.replace("{jahr}", str(jahr)) for jahr in jahre] if "{jahr}" in muster else [muster]
    for eines in konkret:
        for pfad in sorted(projekt.pfad.glob(eines)):
            if pfad.is_file():
                yield projekt.at(pfad)
