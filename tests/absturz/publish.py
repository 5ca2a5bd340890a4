"""A scene: a plan is published again and again, each time another: the record, what persons were told, the feeds."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

from attrs import evolve

from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.cli.commands.publish import _keep
from gremienplan.cli.personenakte import next_persons, write_persons
from gremienplan.errors import InputError
from gremienplan.loading import read_release
from gremienplan.loading.veroeffentlichtes import read_persons
from gremienplan.publishing.ausgabe import write_feeds
from gremienplan.publishing.dateien import lock
from gremienplan.publishing.feeds import Kalendersatz, release
from gremienplan.release import Release
from tests.publishing import welt
from tests.publishing.lesen import lint

FILES = ("publishing/dateien.py", "publishing/ausgabe.py", "cli/commands/publish.py", "cli/personenakte.py")
PROJEKT = evolve(welt.projekt(), besetzung=Besetzung((Innehabung("dezernat/stadt", "Erfunden A"),)))
PLAN = welt.plan(PROJEKT)
WAS = "steuern/stadt"


@cache
def _releases() -> tuple[Release, Release]:
    """Return two releases, the second of which moves one meeting."""
    first = release(PROJEKT, PLAN)
    beginn = next(t.beginn for t in PLAN.termine if t.sitzung == WAS) + timedelta(days=1)
    stand = welt.STAND + timedelta(days=1)
    return first, release(PROJEKT, welt.moved(PLAN, WAS, beginn, stand), vorher=first, stand=stand)


def prepare(folder: Path) -> None:
    """Publish the first one."""
    _publish(folder, _releases()[0])


def write(folder: Path) -> None:
    """Publish the one that is not there; a record that goes back to the first is for this scene alone."""
    first, second = _releases()
    _publish(folder, first if read_release(folder) == second else second)


def _publish(folder: Path, neu: Release) -> None:
    with lock(folder):
        persons = next_persons(folder, PROJEKT, neu, neu.stand, erstmals=read_release(folder) is None)
        _keep(folder, neu)
        write_feeds(neu, folder / "out")
        write_persons(folder, persons)


def judge(folder: Path) -> str:
    """One of the two releases, whole; each feed is that of one of them, and the next run makes all of them agree."""
    try:
        found = read_release(folder)
        persons = read_persons(folder)
        for place in (folder, folder / "out" / "feeds"):
            with lock(place):
                pass
    except InputError as error:
        return str(error)
    if found not in _releases() or persons is None:
        return "no whole release"
    moeglich = [{f.name: f.inhalt for f in Kalendersatz(one).feeds()} for one in _releases()]
    for name in moeglich[0]:
        data = (folder / "out" / "feeds" / name).read_bytes()
        if lint(data) or data not in [one[name] for one in moeglich]:
            return f"{name} is damaged"
    return ""
