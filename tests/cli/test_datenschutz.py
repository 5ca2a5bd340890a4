"""What docs/datenschutz.md says of persons: one file names them, and who is taken out of it is forgotten."""

from __future__ import annotations

import re
from pathlib import Path

from gremienplan.loading.veroeffentlichtes import PERSONEN
from tests.cli.lauf import lauf

LINES = ("sitz;person", "leitung/am-berg;Erfunden-Eins", "leitung/am-fluss;Erfunden-Zwei")
"""Invented persons."""


def marks(inhalt: bytes) -> set[bytes]:
    """Return what stands for persons in a record."""
    return set(re.findall(rb"person/(\w+)", inhalt))


def test_who_is_taken_out_is_forgotten(geplant: Path) -> None:
    """After a publication without its line, no file has a person's mark; and no file but one ever had its key."""
    besetzung = geplant / "besetzung.csv"
    besetzung.write_text("\n".join(LINES), "utf-8")
    assert lauf("publish", geplant, "--stand", "2026-10-02").code == 0
    files = {p.name: p.read_bytes() for p in geplant.rglob("*") if p.is_file()}
    known = marks(files[PERSONEN])
    assert len(known) == 2
    assert {n for n, inhalt in files.items() if any(mark in inhalt for mark in known)} == {PERSONEN}
    assert {n for n, inhalt in files.items() if b"Erfunden" in inhalt} == {"besetzung.csv"}
    besetzung.write_text("\n".join(LINES[:2]), "utf-8")
    assert lauf("publish", geplant, "--stand", "2026-10-03").code == 0
    left = marks((geplant / PERSONEN).read_bytes())
    assert left < known
    assert len(left) == 1
