"""The texts of the sources, from a folder of files, to compare the catalogue's passages with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gremienplan.errors import InputError, Problem
from gremienplan.quellen import Quelle, Quelltext
from gremienplan.texts import Text


def read_quelltexte(ordner: Path, quellen: Iterable[Quelle]) -> tuple[dict[str, Quelltext], list[Problem]]:
    """Return the text of each source that names a file, by the source's id, and what could not be found.

    A source means the one file of the folder whose name begins as its ``datei`` says. Raises InputError when
    there is no such folder.
    """
    if not ordner.is_dir():
        raise InputError([Problem(str(ordner), "", Text("There is no such folder."))])
    texte: dict[str, Quelltext] = {}
    problems: list[Problem] = []
    for quelle in quellen:
        if not quelle.datei:
            continue
        found = _find(ordner, quelle)
        if isinstance(found, Quelltext):
            texte[quelle.id] = found
        else:
            problems.append(found)
    return texte, problems


def _find(ordner: Path, quelle: Quelle) -> Quelltext | Problem:
    pfade = sorted(p for p in ordner.iterdir() if p.is_file() and p.name.startswith(quelle.datei))
    wo = f"quelle.{quelle.id}.datei"
    if not pfade:
        return Problem(str(ordner), wo, Text("No file of the folder begins like this."), quelle.datei)
    if len(pfade) > 1:
        namen = tuple(pfad.name for pfad in pfade)
        meldung = Text("More than one file of the folder begins like this: {namen}", namen=namen)
        return Problem(str(ordner), wo, meldung, quelle.datei)
    try:
        text = pfade[0].read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return Problem(str(pfade[0]), wo, Text("This file is not UTF-8 text."), quelle.datei)
    return Quelltext(tuple(text.split("\n")))
