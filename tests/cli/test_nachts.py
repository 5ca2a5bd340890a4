"""examples/nightly.py: what the job of docs/nightly.md does, step by step, and how it ends."""

from __future__ import annotations

import os
import re
import sys
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from gremienplan.cli import codes, program
from tests.cli.lauf import lauf

WURZEL = Path(__file__).parents[2]
SKRIPT = WURZEL / "examples" / "nightly.py"
pytestmark = pytest.mark.skipif(not SKRIPT.is_file(), reason="the examples are not part of this tree")
CI = os.environ.get("PROFILE") == "ci"


@pytest.fixture
def nightly(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(SKRIPT.parent))
    monkeypatch.delitem(sys.modules, "nightly", raising=False)
    import nightly  # type: ignore[import-not-found]

    return nightly


class Nacht:
    """Runs the commands in this process, at a time of our own, and remembers them."""

    def __init__(self, stand: str = "2026-10-02") -> None:
        self.stand = stand
        self.getan: list[tuple[str, int]] = []

    def __call__(self, *arguments: str) -> int:
        if arguments[0] == "replan" and not CI:  # the search takes longer than the whole night besides
            assert "--dry-run" in arguments
            self.getan.append(("replan", codes.DONE))
            return codes.DONE
        code = lauf(*arguments, *(("--stand", self.stand) if arguments[0] != "push" else ())).code
        self.getan.append((arguments[0], code))
        return code


def calendar_says(projekt: Path, alt: str, neu: str) -> None:
    """Let the source of the council calendar say something else."""
    datei = projekt / "ratskalender" / "rat.ics"
    text = datei.read_bytes().decode()
    assert alt in text
    datei.write_bytes(text.replace(alt, neu).encode())


def test_a_quiet_night(nightly: Any, geplant: Path) -> None:
    """A source is read, nothing is touched, nothing is published: 0, and no file of the plan changes."""
    quelle = geplant / "export.ics"
    (geplant / "ratskalender" / "rat.ics").rename(quelle)
    toml = geplant / "gremienplan.toml"
    text = toml.read_text("utf-8").replace("ratskalender/*.ics", "ratskalender/*.json")
    toml.write_text(f'{text}\n[[quelle]]\nname = "rat"\nadresse = "export.ics"\n', "utf-8")
    lauf("import", "--projekt", geplant, "--stand", "2026-10-01")
    lauf("replan", geplant, "--jahr", 2027, "--stand", "2026-10-01T01:00")
    before = (geplant / "jahre" / "2027" / "plan.json").read_bytes()
    nacht = Nacht()
    assert nightly.night(nightly.wishes([str(geplant), "--jahr", "2027"]), nacht) == codes.DONE, nacht.getan
    assert nacht.getan == [("import", 0), ("watch", 0)]
    assert (geplant / "jahre" / "2027" / "plan.json").read_bytes() == before
    assert not (geplant / "out").exists()


def test_a_night_in_which_the_council_moved(nightly: Any, geplant: Path) -> None:
    """What would move is only tried: the plan stays, publishing it is refused, and nothing is pushed."""
    assert lauf("publish", geplant, "--stand", "2026-10-01").code == 0
    public = (geplant / "out" / "feeds" / "alle.ics").read_bytes()
    before = (geplant / "jahre" / "2027" / "plan.json").read_bytes()
    calendar_says(geplant, "20270415T", "20270325T")
    nacht = Nacht()
    push = ("--push", "alle", "https://cloud.example/dav/")
    wish = nightly.wishes([str(geplant), "--jahr", "2027", "--no-import", "--publish", *push])
    assert nightly.night(wish, nacht) == codes.NO
    assert [command for command, _ in nacht.getan] == ["watch", "replan", "publish"]
    assert dict(nacht.getan)["watch"] == codes.TOUCHED
    assert dict(nacht.getan)["publish"] == codes.NO
    assert (geplant / "jahre" / "2027" / "plan.json").read_bytes() == before
    assert (geplant / "out" / "feeds" / "alle.ics").read_bytes() == public


def test_a_night_that_publishes(nightly: Any, geplant: Path) -> None:
    """Without an import and with a calendar server that answers what it likes: each feed is pushed after publishing."""
    nacht = Nacht()

    def run(*arguments: str) -> int:
        if arguments[0] == "push":
            nacht.getan.append((" ".join(arguments[:4]), 0))
            return codes.DONE
        return nacht(*arguments)

    pushes = ("--push", "alle", "https://a.example/", "--push", "oeffentlich", "https://b.example/")
    wish = nightly.wishes([str(geplant), "--jahr", "2027", "--no-import", "--publish", *pushes])
    assert nightly.night(wish, run) == codes.DONE
    assert nacht.getan == [
        ("watch", 0),
        ("publish", 0),
        ("push https://a.example/ --feed alle", 0),
        ("push https://b.example/ --feed oeffentlich", 0),
    ]
    assert (geplant / "out" / "feeds" / "alle.ics").is_file()


def test_the_gravest_code_counts(nightly: Any) -> None:
    """Whatever the order of the steps; a process that was killed counts more than everything that is known."""
    for several in permutations((0, 4, 3, 1)):
        assert nightly.outcome(several) == 1
    assert nightly.outcome([]) == nightly.outcome([0, 0]) == 0
    assert nightly.outcome([4, 2, 1]) == 2
    assert nightly.outcome([2, -9, 70]) == -9


def test_its_codes_are_ours(nightly: Any) -> None:
    """The script needs nothing of the package, so it says them again; the page lists them in its order."""
    for name in ("DONE", "NO", "BAD_INPUT", "UNDECIDED", "TOUCHED"):
        assert getattr(nightly, name) == getattr(codes, name)
    assert nightly.GRAVE_FIRST[0] == codes.OUR_FAULT
    page = (WURZEL / "docs" / "nightly.md").read_text("utf-8").partition("| exit code |")[2]
    listed = [int(code) for code in re.findall(r"^\| (\d+)", page, re.MULTILINE)]
    assert listed == [*nightly.GRAVE_FIRST, codes.DONE]


def test_its_commands_parse(nightly: Any) -> None:
    """As the program itself would read them."""
    asked: list[tuple[str, ...]] = []

    def run(*arguments: str) -> int:
        asked.append(arguments)
        program.commands[arguments[0]].make_context(arguments[0], list(arguments[1:]))
        return codes.TOUCHED if arguments[0] == "watch" else codes.DONE

    arguments = ["p", "--jahr", "2027", "--publish", "--push", "alle", "https://a.example/"]
    assert nightly.night(nightly.wishes(arguments), run) == codes.TOUCHED
    assert [command for command, *_ in asked] == ["import", "watch", "replan", "publish", "push"]


@pytest.mark.skipif(not CI, reason="a process for each step: PROFILE=ci")
def test_as_a_job_would_run_it(geplant: Path) -> None:
    """With processes of its own; the log says each command, and the exit code arrives."""
    import subprocess

    command = [sys.executable, str(SKRIPT), str(geplant), "--jahr", "2027", "--publish"]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert result.returncode == codes.BAD_INPUT, "this project has no [[quelle]]"
    assert result.stdout.count("== gremienplan") == 3
