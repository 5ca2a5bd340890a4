"""Files are whole at any moment, and a folder has one writer at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from gremienplan.errors import InputError
from gremienplan.publishing.dateien import LOCK, lock, write_atomically, write_files

HOLD = """
import sys, time
from pathlib import Path
from gremienplan.publishing.dateien import lock
with lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@given(alt=st.none() | st.binary(max_size=50), neu=st.binary(max_size=50))
def test_a_file_then_holds_what_was_written(
    alt: bytes | None, neu: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The answer says whether the content changed, and nothing else is left in the folder."""
    pfad = tmp_path_factory.mktemp("ordner") / "plan.json"
    if alt is not None:
        pfad.write_bytes(alt)
    assert write_atomically(pfad, neu) is (alt != neu)
    assert pfad.read_bytes() == neu
    assert os.listdir(pfad.parent) == ["plan.json"]  # noqa: PTH208  (names alone, hidden ones too)


def test_equal_bytes_touch_nothing(tmp_path: Path) -> None:
    """Neither the file's time nor its identity changes: nothing that watches it wakes up."""
    pfad = tmp_path / "plan.json"
    write_atomically(pfad, b"eins")
    os.utime(pfad, (1, 1))
    vorher = pfad.stat()
    assert write_atomically(pfad, b"eins") is False
    nachher = pfad.stat()
    assert (nachher.st_mtime, nachher.st_ino) == (1, vorher.st_ino)


def test_a_failed_write_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full, say: the old plan is there, whole, and no half file beside it."""
    pfad = tmp_path / "plan.json"
    pfad.write_bytes(b"alt")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(pfad, b"neu")
    assert [p.name for p in tmp_path.iterdir()] == ["plan.json"]
    assert pfad.read_bytes() == b"alt"


def test_a_reader_that_has_the_file_open_keeps_the_old_content(tmp_path: Path) -> None:
    pfad = tmp_path / "plan.json"
    pfad.write_bytes(b"alt")
    with pfad.open("rb") as offen:
        write_atomically(pfad, b"neuer Inhalt")
        assert offen.read() == b"alt"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o644, 0o600, 0o664])
def test_a_file_keeps_its_permissions(mode: int, tmp_path: Path) -> None:
    """A feed that the web server may read can be read by it after the next publication too."""
    pfad = tmp_path / "alle.ics"
    pfad.write_bytes(b"alt")
    pfad.chmod(mode)
    write_atomically(pfad, b"neu")
    assert pfad.stat().st_mode & 0o777 == mode


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """Temporary files are private; what becomes of them is not."""
    write_atomically(tmp_path / "alle.ics", b"neu")
    (tmp_path / "anders.ics").write_bytes(b"neu")
    modes = {p.stat().st_mode for p in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    """In the same process or in another: the answer names the process that holds the folder."""
    with lock(tmp_path), pytest.raises(InputError) as caught, lock(tmp_path):
        pass
    (problem,) = caught.value.problems
    assert problem.datei == str(tmp_path)
    assert str(os.getpid()) in str(problem.meldung)


def test_a_folder_is_free_when_its_writer_is_done(tmp_path: Path) -> None:
    """Also when it ended by an exception."""
    with pytest.raises(ZeroDivisionError), lock(tmp_path):
        raise ZeroDivisionError
    with lock(tmp_path):
        assert (tmp_path / LOCK).read_text().startswith(f"{os.getpid()} ")
    assert (tmp_path / LOCK).read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_killed_writer_leaves_no_lock(tmp_path: Path) -> None:
    """While it lives it is named; once it is killed, whatever it left on the disk keeps nobody out."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"held\n"
        with pytest.raises(InputError) as caught, lock(tmp_path):
            pass
        assert str(writer.pid) in str(caught.value.problems[0].meldung)
        writer.send_signal(signal.SIGKILL)
    assert (tmp_path / LOCK).read_text().startswith(str(writer.pid))
    with lock(tmp_path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_private_file_is_private(tmp_path: Path) -> None:
    """It becomes so again where somebody has opened it, even if its content stays."""
    pfad = tmp_path / "tokens.json"
    for daten in (b"eins", b"zwei", b"zwei"):
        write_atomically(pfad, daten, mode=0o600)
        assert pfad.stat().st_mode & 0o777 == 0o600
        pfad.chmod(0o644)


def test_what_a_killed_writer_left_goes(tmp_path: Path) -> None:
    """With the next writing of the same file, where nobody else can be at it; whatever else lies there stays."""
    ordner = tmp_path / "jahre"
    ordner.mkdir()
    left = ordner / ".plan.json.a1b2_3cd.tmp"
    others = [
        ordner / n for n in (".plan.json.notes.tmp", "plan.json.a1b2_3cd.tmp", ".pins.toml.a1b2_3cd.tmp")
    ]
    for path in (left, *others):
        path.write_bytes(b"half")
    write_atomically(ordner / "plan.json", b"eins")
    assert left.exists()
    with lock(tmp_path):
        write_atomically(ordner / "plan.json", b"zwei")
    assert sorted(ordner.iterdir()) == sorted([*others, ordner / "plan.json"])
    left.write_bytes(b"half")
    write_atomically(ordner / "plan.json", b"drei")
    assert left.exists()


def test_a_dry_run_says_what_would_be_written(tmp_path: Path) -> None:
    ordner = tmp_path / "out"
    files = {"a": b"1", "b": b"2"}
    assert write_files(files, ordner, dry_run=True) == ("a", "b")
    assert not ordner.exists()
    assert write_files(files, ordner) == ("a", "b")
    (ordner / LOCK).unlink()
    assert write_files({**files, "b": b"3"}, ordner, dry_run=True) == ("b",)
    assert sorted(p.name for p in ordner.iterdir()) == ["a", "b"]
    assert (ordner / "b").read_bytes() == b"2"
