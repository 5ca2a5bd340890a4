"""A scene: a plan is written again and again, each time with other dates and one entry more in its history."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from attrs import evolve

from gremienplan.cli.ablage import write_plan
from gremienplan.errors import InputError
from gremienplan.loading import read_plan
from gremienplan.plan import Termin, unrecorded
from gremienplan.publishing.dateien import lock
from tests.publishing import welt

FILES = ("publishing/dateien.py", "cli/ablage.py")
PLAN = welt.plan(welt.projekt())
_seen = 0


def prepare(folder: Path) -> None:
    """Begin with a plan."""
    write_plan(PLAN, None, welt.STAND, folder / "plan.json")


def write(folder: Path) -> None:
    """Move every meeting by a day."""
    with lock(folder):
        before = read_plan(folder / "plan.json")
        tag = timedelta(days=1)
        anders = tuple(evolve(t, beginn=t.beginn + tag, ende=t.ende + tag) for t in before.termine)
        stand = before.verlauf[-1].stand + timedelta(minutes=1)
        write_plan(evolve(before, termine=anders), before, stand, folder / "plan.json")


def judge(folder: Path) -> str:
    """A plan whose history tells every step up to the dates it has, and that nobody has to have edited by hand."""
    global _seen
    try:
        plan = read_plan(folder / "plan.json")
        with lock(folder):
            pass
    except InputError as error:
        return str(error)
    schritte = len(plan.verlauf) - 1
    um = {t.beginn - v.beginn for t, v in zip(plan.termine, _sorted(), strict=True)}
    if schritte < _seen or um != {timedelta(days=schritte)} or unrecorded(plan):
        return f"{schritte} steps after {_seen}, moved by {um}"
    _seen = schritte
    return ""


def _sorted() -> list[Termin]:
    return sorted(PLAN.termine, key=lambda t: t.sitzung)
