"""With what a plan was made: the code of gremienplan itself, and the libraries that bring its free days and zones."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DATEN = ("holidays", "tzdata")
"""What brings data from which a plan follows: free days, and the days on which the clock changes."""


@cache
def werk() -> str:
    """Return 16 hex digits for the code of the package: the paths and bytes of its modules, in sorted order."""
    ordner = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for name, datei in sorted((d.relative_to(ordner).as_posix(), d) for d in ordner.rglob("*.py")):
        inhalt = datei.read_bytes()
        digest.update(f"{name}\0{len(inhalt)}\0".encode())
        digest.update(inhalt)
    return digest.hexdigest()[:16]


@cache
def daten() -> dict[str, str]:
    """Return the versions of the libraries that are installed, by name."""
    found: dict[str, str] = {}
    for name in DATEN:
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
