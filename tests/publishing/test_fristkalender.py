"""The calendar of deadlines: every task and deadline of the year on its last day, and nothing for anybody else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from attrs import evolve

from gremienplan import load, publishing
from gremienplan.plan import Plan, Termin, record
from gremienplan.release import FRISTEN
from tests.publishing.lesen import events, lint

HAMM = load("hamm", jahr=2027)
STAND = datetime(2026, 11, 1, 8)


def plan(tag: date = date(2027, 5, 12)) -> Plan:
    (sitzung,) = (s for s in HAMM.sitzungen(2027) if s.id == "sk-fruehjahr/westen")
    beginn = datetime(tag.year, tag.month, tag.day, 17)
    termin = Termin(sitzung.id, sitzung.gremium.id, beginn, beginn + timedelta(hours=2))
    return record(Plan("hamm", 2027, HAMM.programm.id, (termin,), ()), None, STAND)


def test_each_deadline_on_its_day() -> None:
    """The days are those of the tasks and deadlines the project counts; the linter has nothing to say."""
    tage = {t.sitzung: t.beginn.date() for t in plan().termine}
    erwartet = sorted(
        [a.faellig for a in HAMM.aufgaben(2027, tage)] + [f.letzter.tag for f in HAMM.fristen(2027, tage)]
    )
    assert len(erwartet) > 3
    data = publishing.feeds(HAMM, plan())["fristen.ics"]
    assert lint(data) == []
    assert sorted(v["DTSTART"] for v in events(data)) == [f"{tag:%Y%m%d}" for tag in erwartet]
    assert {v["TRANSP"] for v in events(data)} == {"TRANSPARENT"}


def test_nobody_else_has_them() -> None:
    """A deadline stands in the calendar of deadlines only."""
    release = publishing.release(HAMM, plan())
    deadlines = [e for e in release.ereignisse if FRISTEN in e.fassungen]
    assert deadlines
    assert all(e.frist for e in deadlines)


def test_they_move_with_their_sitzung() -> None:
    """A week later: each deadline keeps its UID and is told as moved, or is that of the same last day."""
    first = publishing.release(HAMM, plan())
    spaeter = plan(date(2027, 5, 19))
    moved = record(evolve(spaeter, verlauf=(), aufgezeichnet={}), plan(), STAND + timedelta(days=1))
    second = publishing.release(HAMM, moved, vorher=first)
    assert {e.uid for e in second.ereignisse} == {e.uid for e in first.ereignisse}
    assert all(f.sequenz == 1 for e in second.ereignisse for f in e.fassungen.values())
