"""The program as a process of its own: exit codes, streams, signals, a reader that leaves."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gremienplan.loading import read_plan
from tests.cli.lauf import NO_LANGUAGE
from tests.nur_ci import nur_ci

HAMM = Path(__file__).parents[2] / "examples" / "hamm-2027"
PROGRAM = [sys.executable, "-m", "gremienplan"]
CI = os.environ.get("PROFILE") == "ci"
ENVIRON = {k: v for k, v in os.environ.items() if k not in NO_LANGUAGE} | {"COLUMNS": "80"}
LIBRARIES = [
    (module, times)
    for module in ("gremienplan.planning", "numpy", "pandas", "ortools.util.python")
    for times in (1, 2)
]
LIBRARIES = LIBRARIES if CI else LIBRARIES[:1] + LIBRARIES[-1:]
"""What is being loaded when the signals come, and how many: all of it with PROFILE=ci."""

STARTING = ("gremienplan.cli", "click", "rich.console") if CI else ("gremienplan.cli",)


def run(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, *(str(argument) for argument in arguments)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env={**ENVIRON, **environ}, timeout=120, check=False
    )


def test_data_and_talk_are_apart(projekt: Path) -> None:
    """The exit code of a sound project is 0; nothing is coloured where no terminal is."""
    result = run("check", projekt, "--jahr", 2027)
    assert result.returncode == 0, result.stderr
    assert "Musterstadt, 2027" in result.stdout
    assert "\x1b" not in result.stdout + result.stderr


def test_bad_input_is_2() -> None:
    """As seen by the shell."""
    assert run("check", "nowhere").returncode == 2


def test_a_terminal_that_knows_no_umlauts(projekt: Path) -> None:
    """Reads them as one would type them there."""
    result = run("invitations", "runde-entwurf/am-fluss", "--projekt", projekt, PYTHONIOENCODING="ascii")
    assert result.returncode == 0, result.stderr
    assert "Buergeramt" in result.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
def test_a_reader_that_leaves_is_no_error(projekt: Path) -> None:
    """``gremienplan … | head -1`` says nothing about broken pipes."""
    command = [*PROGRAM, "invitations", "--projekt", str(projekt), "--jahr", "2027"]
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody:
        result = subprocess.run(
            command,
            stdout=nobody,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=ENVIRON,
            timeout=120,
            check=False,
        )
    assert result.returncode == 0
    assert "Broken" not in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
@pytest.mark.parametrize(("times", "code"), [(1, 0), (2, 130)])
def test_ctrl_c(projekt: Path, tmp_path: Path, times: int, code: int) -> None:
    """The first keeps the best plan so far, a second one ends the program with nothing written."""
    # The engine is told to search until it is stopped; everything else is as always.
    script = tmp_path / "slow.py"
    script.write_text(SLOW, "utf-8")
    command = [sys.executable, str(script), "plan", str(projekt), "--jahr", "2027", "--stand", "2026-10-01"]
    environ = ENVIRON | {"STUBBORN": "1" if times == 2 else ""}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=environ
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if "Stage 7" in line:
                break
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
        process.communicate(timeout=60)
    assert process.returncode == code
    assert (projekt / "jahre" / "2027" / "plan.json").exists() is (code == 0)


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
@pytest.mark.parametrize(("module", "times"), LIBRARIES)
@nur_ci("starts processes")
def test_ctrl_c_while_the_engine_is_loaded(projekt: Path, tmp_path: Path, module: str, times: int) -> None:
    """A library that was interrupted half-loaded is no fault of ours: 130, whatever it says of itself."""
    script = tmp_path / "loading.py"
    script.write_text(LOADING, "utf-8")
    command = [sys.executable, str(script), "plan", str(projekt), "--jahr", "2027"]
    result = subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        env=ENVIRON | {"MODULE": module, "TIMES": str(times)},
        timeout=120,
        check=False,
    )
    assert result.returncode == 130, result.stderr
    assert "Interrupted; nothing was kept." in result.stderr
    assert "Traceback" not in result.stderr
    assert not (projekt / "jahre").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
@pytest.mark.parametrize("module", STARTING)
def test_ctrl_c_while_the_program_starts(tmp_path: Path, module: str) -> None:
    """Whatever is being loaded before the command is known: 130, and not a word."""
    script = tmp_path / "starting.py"
    script.write_text(LOADING, "utf-8")
    command = [sys.executable, str(script), "check", "hamm"]
    environ = ENVIRON | {"MODULE": module, "TIMES": "1"}
    result = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=environ, timeout=120, check=False
    )
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and signals of POSIX")
@pytest.mark.skipif(not HAMM.is_dir(), reason="the example is not there")
@pytest.mark.skipif(not CI, reason="the example is planned: PROFILE=ci")
@pytest.mark.parametrize("after", [0.0, 0.7, 1.4, 3.0])
def test_ctrl_c_at_any_moment(tmp_path: Path, after: float) -> None:
    """Counted from the first word: 0 and a plan, or 130 and none; never "undecided" and never a fault.

    A program that has done its work and is on its way out may die of the signal; its plan is kept.
    """
    projekt = Path(shutil.copytree(HAMM, tmp_path / "hamm", ignore=shutil.ignore_patterns("jahre", "out")))
    command = [*PROGRAM, "plan", str(projekt), "--jahr", "2027", "--stand", "2026-10-01"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", env=ENVIRON
    ) as process:
        assert process.stderr
        first = process.stderr.readline()
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate(timeout=60)
    assert process.returncode in (0, 130, -signal.SIGINT), first + rest
    path = projekt / "jahre" / "2027" / "plan.json"
    assert path.exists() is (process.returncode != 130)
    assert ("nothing was kept" in rest) is (process.returncode == 130)
    if path.exists():
        assert ("was stopped" in rest) is read_plan(path).abgebrochen


LOADING = """
import os, signal, sys
from importlib.abc import MetaPathFinder
from gremienplan.__main__ import main

class Interrupting(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["MODULE"]:
            for _ in range(int(os.environ["TIMES"])):
                os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
main()
"""

SLOW = """
import os, time
import gremienplan.planning
from attrs import evolve
from gremienplan.cli import main
from gremienplan.solver import Progress

quick = gremienplan.planning.schedule

def slow(*args, on_progress, stop, **more):
    plan = quick(*args, **more)
    on_progress(Progress(7, 2, 1, 0.1))
    on_progress(Progress(8, 2, 1, 0.2))
    while os.environ["STUBBORN"] or not stop():
        time.sleep(0.05)
    return evolve(plan, abgebrochen=True)

gremienplan.planning.schedule = slow
main()
"""
