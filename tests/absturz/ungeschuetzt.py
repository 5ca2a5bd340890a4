"""A scene that must be caught: a file written in place."""

from __future__ import annotations

from pathlib import Path

FILES = ("absturz/ungeschuetzt.py",)


def prepare(folder: Path) -> None:
    """Begin with a whole file."""
    write(folder)


def write(folder: Path) -> None:
    """Write it anew, piece by piece."""
    with (folder / "liste").open("w") as file:
        file.write("Anfang\n")
        file.flush()
        file.write("Ende\n")


def judge(folder: Path) -> str:
    """It has its end."""
    return "" if (folder / "liste").read_text().endswith("Ende\n") else "half a file"
