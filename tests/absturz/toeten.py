"""Kills a writer at any moment: before each line of our code that it runs, and between lines, by the clock.

Run as a program of its own (``run``): it is forked for each death, which a test process with threads must not be.
A scene is a module of this package with ``prepare(folder)``, ``write(folder)`` and ``judge(folder)``; ``judge``
returns what is wrong on the disk, or an empty string.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

WURZEL = Path(__file__).parents[2]


def run(scene: str, folder: Path, every: int, by_clock: int) -> dict[str, int]:
    """Kill the writer of a scene before every n-th of its lines, then ``by_clock`` times at random moments.

    Returns how often it was killed and how often it ended by itself. Raises AssertionError for what a death broke.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.absturz.toeten", scene, str(folder), str(every), str(by_clock)],
        cwd=WURZEL,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    killed, ended = done.stdout.split()
    return {"killed": int(killed), "ended": int(ended)}


def _main(scene: str, folder: Path, every: int, by_clock: int) -> None:
    module = import_module(f"tests.absturz.{scene}")
    module.prepare(folder)
    killed = ended = 0
    line = 0
    while _dies(partial(_write_until, module, folder, line)):
        _check(module, folder, f"line {line}")
        killed, line = killed + 1, line + every
    ended += 1
    _check(module, folder, "nothing")
    chance = random.Random(7)
    for number in range(by_clock):
        if _dies(lambda: module.write(folder), after=chance.expovariate(1 / 0.004)):
            killed += 1
        else:
            ended += 1
        _check(module, folder, f"clock {number}")
    print(killed, ended)  # noqa: T201  (read by run)


def _check(module: Any, folder: Path, death: str) -> None:
    wrong = module.judge(folder)
    if wrong:
        sys.exit(f"killed by {death}: {wrong}")


def _dies(work: Callable[[], None], after: float | None = None) -> bool:
    """Do some work in a process of its own; tell whether it was killed, and raise when it failed."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            sys.stderr.flush()
            os._exit(1)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    if os.WEXITSTATUS(status):
        sys.exit("the writer failed")
    return False


def _write_until(module: Any, folder: Path, line: int) -> None:
    """Write, and be killed before the ``line``-th line of what the scene calls its own files."""
    left = line

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if not frame.f_code.co_filename.endswith(module.FILES):
            return None
        if event == "line":
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
        return trace

    sys.settrace(trace)
    module.write(folder)
    sys.settrace(None)


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
