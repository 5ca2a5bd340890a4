"""The command ``oparl``: files for a web server, for residents unless somebody else is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gremienplan.publishing.feeds import release
from gremienplan.release import release_to_json
from tests.cli.lauf import lauf
from tests.publishing import welt
from tests.publishing.oparl_pruefer import check

WO = "https://flussau.example/oparl/"


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """Return what a project that has published something looks like from outside."""
    (tmp_path / "gremienplan.toml").write_text("format = 1\n", "utf-8")
    akte = release_to_json(release(welt.projekt(), welt.plan(welt.projekt())))
    (tmp_path / "veroeffentlicht.json").write_text(akte, "utf-8")
    return tmp_path


def test_it_writes_what_residents_are_told(projekt: Path) -> None:
    """Valid files in out/oparl; a second run has nothing to write."""
    result = lauf("oparl", projekt, "--adresse", WO)
    assert (result.code, f"{WO}system.json" in result.daten, "   3 meetings" in result.daten) == (
        0,
        True,
        True,
    )
    ordner = projekt / "out" / "oparl"
    dateien = {p.relative_to(ordner).as_posix(): json.loads(p.read_bytes()) for p in ordner.rglob("*.json")}
    assert check(dateien, WO, "system.json") == []
    assert "   0 files new or changed" in lauf("oparl", projekt, "--adresse", WO).daten


def test_another_audience(projekt: Path) -> None:
    """Named, it is written instead; one that nobody knows is refused with the nearest."""
    result = lauf("oparl", projekt, "--adresse", WO, "--publikum", "alle", "--dry-run", "--json")
    assert (result.json["meetings"], (projekt / "out").exists()) == (10, False)
    result = lauf("oparl", projekt, "--adresse", WO, "--publikum", "ale")
    assert (result.code, "alle" in result.rede) == (2, True)


def test_nothing_published(projekt: Path) -> None:
    """Then there is nothing to write, and the sentence says what to do."""
    (projekt / "veroeffentlicht.json").unlink()
    result = lauf("oparl", projekt, "--adresse", WO)
    assert (result.code, "gremienplan publish" in result.rede) == (2, True)


@pytest.mark.parametrize("adresse", [(), ("--adresse", "flussau.example")])
def test_the_address(projekt: Path, adresse: tuple[str, ...]) -> None:
    """Without one that a web server can have, nothing is written."""
    result = lauf("oparl", projekt, *adresse)
    assert (result.code, "https://www.example.org/oparl/" in result.rede, (projekt / "out").exists()) == (
        2,
        True,
        False,
    )
