"""The record of what each person has been told: it follows from what was published and from who holds what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt
    from gremienplan.release import Release


def next_persons(
    folder: Path, projekt: Projekt, release: Release, now: datetime, *, erstmals: bool
) -> Release | None:
    """Return the record as it is to be after a release; None where a project names nobody and never did.

    ``erstmals`` says that nothing was published before, so that no record can have been lost. Raises
    InputError, before anything is written, where a private file is damaged or the one with the names is lost.
    """
    from gremienplan.loading.tokens import read_tokens
    from gremienplan.loading.veroeffentlichtes import PERSONEN, read_persons
    from gremienplan.publishing.personen import persons

    read_tokens(folder)  # a server that cannot read them lets nobody in
    vorher = read_persons(folder)
    if vorher is None:
        stand = max(now, release.stand)
        return persons(release, projekt.besetzung, stand, erstmals=erstmals) if projekt.besetzung else None
    if vorher.kalender and not projekt.besetzung:
        _require_list(folder, PERSONEN)
    return persons(release, projekt.besetzung, max(now, release.stand, vorher.stand), vorher)


def write_persons(folder: Path, record: Release | None) -> None:
    """Write the record; whoever calls holds the lock on the project."""
    from gremienplan.loading.veroeffentlichtes import PERSONEN
    from gremienplan.publishing.dateien import write_atomically
    from gremienplan.release import release_to_json

    if record is not None:
        write_atomically(folder / PERSONEN, release_to_json(record).encode(), mode=0o600)


def _require_list(folder: Path, record: str) -> None:
    """Refuse to forget everybody for a file that is not there."""
    from gremienplan.loading.projektdatei import besetzung_file

    path = besetzung_file(folder)
    if not path.is_file():
        meldung = Text("This file is missing, but persons have personal calendars: {record}", record=record)
        hinweis = Text("Put it back. With nothing but its heading, everybody is forgotten.")
        raise InputError([Problem(str(path), "", meldung, hinweis=hinweis)])
