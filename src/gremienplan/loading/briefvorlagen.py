"""Templates of letters from the disk: a project's own, and those of its city."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gremienplan.errors import InputError, Problem
from gremienplan.loading.ordner import Ordner, find
from gremienplan.loading.projektdatei import read_projektdatei
from gremienplan.loading.toml import Befund
from gremienplan.texts import Text

ORDNER = "vorlagen"
ENDUNG = ".j2"


def read_templates(pfad: str | Path) -> Mapping[str, tuple[str, str]]:
    """Return the templates in ``vorlagen`` of a project and of its city: name -> (file, text); the project's first.

    Raises InputError with every file that cannot be read as text.
    """
    befund = Befund()
    projekt, stadt = find(pfad)
    if projekt is not None:
        datei = read_projektdatei(befund, projekt)
        stadt = datei.stadt if datei else None
    found: dict[str, tuple[str, str]] = {}
    for ordner in (stadt, projekt):
        if ordner is not None:
            found |= _read(befund, ordner / ORDNER)
    if befund.problems:
        raise InputError(befund.problems)
    return dict(sorted(found.items()))


def _read(befund: Befund, ordner: Ordner) -> dict[str, tuple[str, str]]:
    found = {}
    for pfad in sorted(ordner.pfad.rglob(f"*{ENDUNG}")) if ordner.pfad.is_dir() else ():
        wo = ordner.at(pfad)
        try:
            text = pfad.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            befund.problems.append(Problem(wo.name, "", Text("This file is not UTF-8 text.")))
            continue
        found[pfad.relative_to(ordner.pfad).as_posix()] = (wo.name, text)
    return found
