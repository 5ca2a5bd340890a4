"""The record of what each person has been told: it follows from what was published and from who holds what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt
    from gremienplan.release import Release


def keep_persons(folder: Path, projekt: Projekt, release: Release, now: datetime) -> None:
    """Write the record anew; a project that names nobody and never did has none."""
    from gremienplan.loading.veroeffentlichtes import PERSONEN, read_persons
    from gremienplan.publishing.dateien import lock, write_atomically
    from gremienplan.publishing.personen import persons
    from gremienplan.release import release_to_json

    with lock(folder):
        vorher = read_persons(folder)
        if not projekt.besetzung and vorher is None:
            return
        stand = max(now, release.stand, vorher.stand if vorher else now)
        found = persons(release, projekt.besetzung, stand, vorher)
        write_atomically(folder / PERSONEN, release_to_json(found).encode(), mode=0o600)
