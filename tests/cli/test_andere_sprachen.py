"""docs/reading-plan-json.md: programs in other languages read what we write, as the page shows it."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gremienplan.loading import read_plan, read_release
from tests.cli.lauf import lauf

SEITE = Path(__file__).parents[2] / "docs" / "reading-plan-json.md"
mit_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on this machine")
mit_jq = pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not on this machine")
pytestmark = pytest.mark.skipif(not SEITE.is_file(), reason="the documentation is not part of this tree")


def run(command: list[str], folder: Path) -> str:
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=True
    ).stdout


@pytest.fixture(scope="module")
def folder(einmal_geplant: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a plan and what was published of it, and the page's programs beside them."""
    made = Path(shutil.copytree(einmal_geplant, tmp_path_factory.mktemp("gelesen") / "projekt"))
    assert lauf("publish", made, "--stand", "2026-10-02").code == 0
    seite = SEITE.read_text("utf-8")
    for name, code in re.findall(r"`(\w+\.mjs)`:\n\n```js\n(.*?)^```$", seite, re.DOTALL | re.MULTILINE):
        (made / name).write_text(code, "utf-8")
    assert len(list(made.glob("*.mjs"))) == 2
    return made


def jq_lines() -> list[list[str]]:
    (block,) = re.findall(r"^```sh\n(.*?)^```$", SEITE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    found = [re.fullmatch(r"jq -r '(.+)' (\S+)", line) for line in block.splitlines()]
    assert all(found)
    return [["jq", "-r", *match.groups()] for match in found if match]


def termine(folder: Path) -> list[list[str]]:
    """Return what the plan says, read by ourselves."""
    plan = read_plan(folder / "jahre" / "2027" / "plan.json")
    return [
        [t.beginn.isoformat(timespec="minutes"), t.ende.isoformat(timespec="minutes"), t.sitzung, t.ort]
        for t in plan.termine
    ]


@mit_node
def test_javascript_reads_a_plan(folder: Path) -> None:
    """Every Termin, with the state of the plan."""
    printed = [line.split("\t") for line in run(["node", "termine.mjs"], folder).splitlines()]
    assert printed == [[*termin, "draft"] for termin in termine(folder)]


@mit_node
def test_javascript_reads_what_was_told(folder: Path) -> None:
    """UID, SEQUENCE, times and titles are those of the calendar."""
    publikum = "amt/buergeramt-ost"
    release = read_release(folder)
    assert release
    told = [
        (e.uid, f.sequenz, f.gesicht.beginn.isoformat(), f.gesicht.titel) for e, f in release.told(publikum)
    ]
    found = json.loads(run(["node", "gelesen.mjs", publikum], folder))
    assert sorted((e["uid"], e["sequence"], e["beginn"], e["titel"]) for e in found) == sorted(told)
    assert told


@mit_jq
def test_jq_reads_both(folder: Path) -> None:
    """Comma-separated Termine; dates and titles of everybody's calendar."""
    plan, published = (run(command, folder).splitlines() for command in jq_lines())
    assert list(csv.reader(plan)) == termine(folder)
    release = read_release(folder)
    assert release
    told = {
        (f.gesicht.beginn.isoformat(), f.gesicht.status.value, f.gesicht.titel)
        for _, f in release.told("alle")
    }
    assert {tuple(line.split("\t")) for line in published} == told
