"""A valid city to break: copies of the Musterstadt, changes to their files, and the problems these cause."""

from __future__ import annotations

import shutil
from pathlib import Path

from gremienplan.errors import InputError, Problem
from gremienplan.loading import load

MUSTERSTADT = Path(__file__).parent.parent / "staedte" / "musterstadt"


def copy_city(ziel: Path) -> Path:
    """Return a copy of the Musterstadt inside ``ziel``."""
    return Path(shutil.copytree(MUSTERSTADT, ziel / "stadt"))


def change(ordner: Path, datei: str, alt: str, neu: str) -> None:
    """Replace a passage that stands exactly once in a file."""
    pfad = ordner / datei
    text = pfad.read_text("utf-8")
    assert text.count(alt) == 1, f"{alt!r} stands {text.count(alt)} times in {datei}"
    pfad.write_text(text.replace(alt, neu), "utf-8")


def problems(ordner: Path, programm: str | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with a folder; nothing when it can be read."""
    try:
        load(ordner, programm=programm)
    except InputError as error:
        return error.problems
    return ()


def places(found: tuple[Problem, ...], ordner: Path) -> list[tuple[str, str]]:
    """Return file and place of each problem, sorted."""
    return sorted((Path(p.datei).relative_to(ordner).as_posix(), p.pfad) for p in found)
