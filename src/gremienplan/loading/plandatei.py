"""``plan.json`` from the disk."""

from __future__ import annotations

from pathlib import Path

from gremienplan.errors import InputError, Problem
from gremienplan.plan import Plan, plan_from_json
from gremienplan.texts import Text


def read_plan(path: str | Path) -> Plan:
    """Return the plan of a file. Raises InputError with every problem in it."""
    return plan_from_json(read_plan_text(path), str(path))


def read_plan_text(path: str | Path) -> str:
    """Return the text of a plan's file, to compare it byte by byte. Raises InputError when it cannot be read."""
    try:
        return Path(path).read_bytes().decode("utf-8")
    except FileNotFoundError:
        meldung = Text("This file does not exist.")
    except OSError as error:
        meldung = Text("This file cannot be read: {reason}", reason=error.strerror or str(error))
    except UnicodeDecodeError:
        meldung = Text("This file is not UTF-8 text.")
    raise InputError([Problem(str(path), "", meldung)])
