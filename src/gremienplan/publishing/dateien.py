"""Files that are whole at any moment: written beside their place and moved there, one writer at a time."""

from __future__ import annotations

import os
import re
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

LOCK = ".gremienplan.lock"
"""The file in a folder on which its writer holds the lock of the operating system.

It stays when the writer is done: only the lock counts, and that ends with the process that holds it.
"""

_locked: list[Path] = []
"""The folders that are locked by us."""


def write_files(files: Mapping[str, bytes], ordner: Path, *, dry_run: bool = False) -> tuple[str, ...]:
    """Write files into a folder, each whole or not at all; return the names of those that are new or changed.

    A dry run says which these would be: it makes no folder, and keeps nobody out.
    """
    if dry_run:
        return tuple(name for name, data in files.items() if not _holds(ordner / name, data))
    ordner.mkdir(parents=True, exist_ok=True)
    with lock(ordner):
        return tuple(name for name, data in files.items() if write_atomically(ordner / name, data))


def write_atomically(path: Path, data: bytes, *, mode: int | None = None) -> bool:
    """Make ``data`` the content of a file; return False, and touch nothing, where it already is.

    Whoever reads the file meanwhile gets the old content or the new, never a part. The file keeps its
    permissions, or gets those of ``mode``. Raises OSError when it cannot be written; the old content then stays.
    What a writer that was killed has left beside the file goes, where a lock of ours keeps other writers out.
    """
    path = Path(path)
    if _holds(path, data):
        if mode is not None and _mode(path) != mode:
            path.chmod(mode)
        return False
    _tidy(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(_mode(path) if mode is None else mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file is there and has this content."""
    with suppress(FileNotFoundError):
        return path.read_bytes() == data
    return False


def _tidy(path: Path) -> None:
    """Remove the half-written copies of a file that a killed writer has left; none of theirs who may be at it now."""
    if not any(path.resolve().is_relative_to(folder) for folder in _locked):
        return
    ours = re.compile(rf"\.{re.escape(path.name)}\.[a-z0-9_]{{8}}\.tmp")
    for other in path.parent.iterdir():
        if ours.fullmatch(other.name):
            other.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Return the permissions a file has, or those that a new file gets here."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Keep other writers out of a folder. Raises InputError, which says who is writing, when somebody is."""
    path = Path(folder) / LOCK
    with path.open("a+b", buffering=0) as file:
        if not _acquire(file.fileno()):
            file.seek(0)
            wer = file.read(200).decode("utf-8", "replace").strip() or "?"
            meldung = Text("Another process is writing into this folder: {wer}", wer=wer)
            hinweis = Text("Wait until it is done, or end it.")
            raise InputError([Problem(str(folder), "", meldung, hinweis=hinweis)])
        locked = path.parent.resolve()
        _locked.append(locked)
        try:
            file.truncate(0)
            file.write(f"{os.getpid()} ({socket.gethostname()})".encode())
            yield
        finally:
            _locked.remove(locked)
            file.truncate(0)
            _release(file.fileno())


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """Windows keeps others from reading what is locked: this byte lies behind the content."""

    def _acquire(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(file: int) -> None:
        os.lseek(file, _FAR, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _acquire(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
