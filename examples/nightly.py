"""The night's work for one project: ``python nightly.py my-city --jahr 2027``. See docs/nightly.md.

Reads the council calendar anew, says what of it touches the plan and which dates would have to move, and where asked
for, publishes and pushes. It moves no date: that is for somebody to do who is awake. It needs the program alone, no
shell, and ends with one of its exit codes:

0 all is quiet; 4 the plan is touched, look at what was printed; 1 refused: publishing, a way out, or some events of a
push; 2 something could not be read or reached; 3 the trial run found nothing in time; 70 a fault of the program.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence

DONE, NO, BAD_INPUT, UNDECIDED, TOUCHED = 0, 1, 2, 3, 4
GRAVE_FIRST = (70, BAD_INPUT, NO, UNDECIDED, TOUCHED)
"""Which exit code counts when several steps have one."""


def gremienplan(*arguments: str) -> int:
    """Run one command of the program with the same interpreter; what it prints goes to the log of the night."""
    print("\n== gremienplan", *arguments, flush=True)  # noqa: T201  (the log is what this writes)
    return subprocess.run([sys.executable, "-m", "gremienplan", *arguments], check=False).returncode


def night(wish: argparse.Namespace, run: Callable[..., int] = gremienplan) -> int:
    """Do the steps in their order, and return the gravest of their exit codes."""
    project = ("--projekt", wish.projekt)
    of_year = (*project, "--jahr", wish.jahr)
    codes = []
    if not wish.no_import:
        codes.append(run("import", *project))  # a source that fails leaves its last copy; the rest goes on
    codes.append(run("watch", *of_year))
    if codes[-1] == TOUCHED:
        codes.append(run("replan", *of_year, "--dry-run"))
    if wish.publish:
        codes.append(run("publish", *of_year))
    if not wish.publish or codes[-1] == DONE:
        for feed, address in wish.push:
            codes.append(run("push", address, "--feed", feed, *project))
    return outcome(codes)


def outcome(codes: Sequence[int]) -> int:
    """Return the gravest code; an unknown one, such as that of a process that was killed, before all."""
    unknown = [code for code in codes if code not in (DONE, *GRAVE_FIRST)]
    return next((code for code in (*unknown, *GRAVE_FIRST) if code in codes), DONE)


def wishes(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="The night's work for one project of gremienplan.")
    parser.add_argument("projekt", help="the project's folder")
    parser.add_argument("--jahr", required=True, help="the year whose plan is watched")
    parser.add_argument("--no-import", action="store_true", help="leave the council calendar as it is")
    parser.add_argument("--publish", action="store_true", help="tell everybody what has changed since")
    parser.add_argument(
        "--push", nargs=2, action="append", default=[], metavar=("FEED", "ADDRESS"), help="into a calendar"
    )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(night(wishes()))
