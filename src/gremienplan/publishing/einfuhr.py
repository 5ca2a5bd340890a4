"""Readings of council calendars as files: written whole or not at all, and only where something changed."""

from __future__ import annotations

from pathlib import Path

from gremienplan.publishing.dateien import write_atomically
from gremienplan.ratskalender import Einfuhr, einfuhr_to_json


def store(einfuhr: Einfuhr, pfad: Path) -> bool:
    """Write a reading to its file; return False, and touch nothing, where it already stands there."""
    pfad.parent.mkdir(parents=True, exist_ok=True)
    return write_atomically(pfad, einfuhr_to_json(einfuhr).encode())
