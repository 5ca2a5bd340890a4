"""Deadlines that were over when the plan set the date: P-59."""

from __future__ import annotations

import pytest
from attrs import evolve

from gremienplan.auditing import audit
from gremienplan.auditing.fristen import too_late
from gremienplan.fristen import Frist, Fristart
from gremienplan.plan import Plan, record
from tests.auditing.bau import dt
from tests.auditing.test_audit import HELD
from tests.jahr.muster import BERICHT, VOR, G, projekt

PLAIN = projekt(sitzungen=(VOR,), beratungen=(BERICHT,))
LADUNG = Frist("ladung", Fristart.LADUNG, ("runde",), 10, G)
PROJEKT = evolve(PLAIN, programm=evolve(PLAIN.programm, fristen=(LADUNG,)))
"""The round of West on 7 April has its last day on 27 March, that of Ost on 14 April on 3 April."""
WEST, OST = HELD.termine
EARLY = record(HELD, None, dt("2027-03-01", "09:00"))


def moved(plan: Plan) -> Plan:
    """The round of Ost on 8 April, with its last day on 28 March."""
    ost = evolve(OST, beginn=dt("2027-04-08", "17:00"), ende=dt("2027-04-08", "18:30"))
    return evolve(plan, termine=(WEST, ost))


def late(plan: Plan) -> list[str]:
    found = too_late(PROJEKT, plan)
    judged = audit(PROJEKT, plan)
    assert judged.zu_spaet == found
    assert judged.ok
    return [termin.id for termin in found]


@pytest.mark.parametrize(
    ("stand", "ids"),
    [
        ("2027-03-27", []),
        ("2027-03-28", ["ladung/vor/west"]),
        ("2027-04-03", ["ladung/vor/west"]),
        ("2027-04-04", ["ladung/vor/west", "ladung/vor/ost"]),
    ],
)
def test_what_was_set_after_its_last_day_is_named_and_breaks_nothing(stand: str, ids: list[str]) -> None:
    assert late(record(HELD, None, dt(stand, "09:00"))) == ids


def test_what_was_moved_counts_from_then_and_what_stayed_from_its_first_day() -> None:
    assert late(EARLY) == []
    assert late(record(moved(EARLY), EARLY, dt("2027-03-28", "09:00"))) == []
    assert late(record(moved(EARLY), EARLY, dt("2027-04-20", "09:00"))) == ["ladung/vor/ost"]


def test_what_was_edited_by_hand_counts_from_the_last_entry() -> None:
    last = evolve(EARLY.verlauf[0], stand=dt("2027-03-29", "09:00"), neu=())
    assert late(moved(evolve(EARLY, verlauf=(*EARLY.verlauf, last)))) == ["ladung/vor/ost"]
    assert late(moved(EARLY)) == []


def test_without_a_history_or_without_deadlines_nothing_was_over() -> None:
    assert late(HELD) == []
    assert too_late(PLAIN, record(HELD, None, dt("2027-12-01", "09:00"))) == ()
