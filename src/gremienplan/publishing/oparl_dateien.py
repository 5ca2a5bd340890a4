"""OParl as files that any web server can show: whole at any moment, and nothing ever just gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from attrs import field, frozen

from gremienplan.publishing.dateien import lock, write_atomically
from gremienplan.publishing.oparl import SCHEMA, Objekt, Schnittstelle


@frozen
class OparlAusgabe:
    """What writing did: paths below the folder, sorted, each in one of the four."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...] = field(repr=False)
    deleted: tuple[str, ...]
    """Objects that are no longer told of: their files now say that they are deleted."""
    removed: tuple[str, ...]
    """Pages of lists that have become shorter."""


def write_oparl(schnittstelle: Schnittstelle, ordner: Path, *, dry_run: bool = False) -> OparlAusgabe:
    """Write the files of an interface into a folder, and return what that changed.

    OParl lets no object vanish: one that an earlier run wrote and that is told of no more stays, marked as deleted.
    Files that are not ours stay as they are. ``dry_run``: only say what would be written.
    """
    neu = {pfad: _bytes(objekt) for pfad, objekt in schnittstelle.files.items()}
    if dry_run:
        return _write(schnittstelle, ordner, neu, dry_run=True)
    ordner.mkdir(parents=True, exist_ok=True)
    with lock(ordner):
        return _write(schnittstelle, ordner, neu, dry_run=False)


def _write(
    schnittstelle: Schnittstelle, ordner: Path, neu: dict[str, bytes], *, dry_run: bool
) -> OparlAusgabe:
    weg = dict(_left_over(schnittstelle, ordner))
    grabsteine = {pfad: _bytes(objekt) for pfad, objekt in weg.items() if objekt is not None}
    anders = []
    for pfad, inhalt in (neu | grabsteine).items():
        ziel = ordner / pfad
        if ziel.is_file() and ziel.read_bytes() == inhalt:
            continue
        anders.append(pfad)
        if not dry_run:
            ziel.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(ziel, inhalt)
    seiten = sorted(pfad for pfad, objekt in weg.items() if objekt is None)
    for pfad in () if dry_run else seiten:
        (ordner / pfad).unlink()
    return OparlAusgabe(
        written=tuple(sorted(pfad for pfad in anders if pfad in neu)),
        unchanged=tuple(sorted((neu | grabsteine).keys() - set(anders))),
        deleted=tuple(sorted(pfad for pfad in anders if pfad in grabsteine)),
        removed=tuple(seiten),
    )


def _left_over(schnittstelle: Schnittstelle, ordner: Path) -> Iterator[tuple[str, Objekt | None]]:
    """Yield what an earlier run wrote and this one does not: a mark for an object, None for a page of a list."""
    for datei in sorted(ordner.rglob("*.json")):
        pfad = datei.relative_to(ordner).as_posix()
        if pfad in schnittstelle.files:
            continue
        alt = _read(datei)
        adresse = schnittstelle.adresse + pfad
        links = alt.get("links")
        if alt.get("id") == adresse and str(alt.get("type", "")).startswith(SCHEMA):
            yield pfad, _tombstone(schnittstelle, alt)
        elif isinstance(links, dict) and links.get("self") == adresse:
            yield pfad, None


def _tombstone(schnittstelle: Schnittstelle, alt: Objekt) -> Objekt:
    """Return what stays of an object; one that is marked already stays as it is."""
    if alt.get("deleted") is True:
        return alt
    jetzt = schnittstelle.now
    created, modified = alt.get("created", jetzt), alt.get("modified", jetzt)
    zuletzt = max(jetzt, str(modified), key=_moment)
    return {"id": alt["id"], "type": alt["type"], "deleted": True, "created": created, "modified": zuletzt}


def _moment(text: str) -> float:
    """Return a time with its offset as a number; one that nobody can read lies before all others."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return 0.0


def _read(datei: Path) -> Objekt:
    try:
        alt = json.loads(datei.read_bytes())
    except ValueError:
        return {}
    return alt if isinstance(alt, dict) else {}


def _bytes(objekt: Objekt) -> bytes:
    return (json.dumps(objekt, ensure_ascii=False, indent=2) + "\n").encode()
