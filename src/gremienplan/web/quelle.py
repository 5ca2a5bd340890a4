"""Where releases come from: a project's folder, or a value that never changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Protocol, TypeAlias

from attrs import frozen

from gremienplan.loading import AKTE, read_release
from gremienplan.release import Release

Abo: TypeAlias = Callable[[str], "bytes | None"]
"""Answers a personal address: the bytes of its calendar; None for a token that is unknown or revoked.

Raises ``Unlesbar`` for every token alike while it can answer none.
"""


class Unlesbar(Exception):
    """No personal address can be answered now, whatever its token: come again later."""


class Releasequelle(Protocol):
    """Gives the release that is public."""

    def stamp(self) -> Hashable:
        """Return what differs once there is another release. This is asked often and must be quick."""

    def read(self) -> Release | None:
        """Return the release, None before the first. Whatever it raises, the release until now stays public."""


@frozen
class Ordner:
    """A project's folder with its ``veroeffentlicht.json``."""

    projekt: Path

    def stamp(self) -> Hashable:
        """Return by what the system tells one file from the next: it is replaced as a whole, never written into."""
        try:
            found = (self.projekt / AKTE).stat()
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns

    def read(self) -> Release | None:
        """Return what the file says. Raises InputError with every problem of it."""
        return read_release(self.projekt)


@frozen(eq=False)
class Wert:
    """One release for good."""

    release: Release

    def stamp(self) -> Hashable:
        """Return always the same."""
        return True

    def read(self) -> Release | None:
        """Return it."""
        return self.release


def source(quelle: str | Path | Release | Releasequelle) -> Releasequelle:
    """Return the source that is meant."""
    if isinstance(quelle, str | Path):
        return Ordner(Path(quelle))
    return Wert(quelle) if isinstance(quelle, Release) else quelle
