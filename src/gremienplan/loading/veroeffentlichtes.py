"""What was published: the record in a project, from its file."""

from __future__ import annotations

from pathlib import Path

from gremienplan.loading.plandatei import read_plan_text
from gremienplan.release import Release, release_from_json

AKTE = "veroeffentlicht.json"
"""The file in a project that holds what was published."""
PERSONEN = "personen.json"
"""The file beside it that holds what each person was told; private."""


def read_release(projekt: str | Path) -> Release | None:
    """Return what a project has published, None if nothing yet. Raises InputError with every problem of the record."""
    return _read(Path(projekt) / AKTE)


def read_persons(projekt: str | Path) -> Release | None:
    """Return what each person of a project has been told, None if nobody was. Raises InputError likewise."""
    return _read(Path(projekt) / PERSONEN)


def _read(path: Path) -> Release | None:
    if not path.exists():
        return None
    return release_from_json(read_plan_text(path), str(path))
