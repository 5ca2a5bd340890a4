"""What differs between two plans, as people see it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from attrs import evolve

from gremienplan.plan import Beratungstermin, Plan, Termin, Zustand, record, unterschied

TAG = timedelta(days=1)
STAND = datetime(2026, 10, 1)


def termin(sitzung: str, tag: int, ort: str = "haus", gremium: str = "kr/nord") -> Termin:
    beginn = datetime(2027, 3, tag, 17)
    return Termin(sitzung, gremium, beginn, beginn + timedelta(hours=2), ort)


ITEM = Beratungstermin(
    "x", "bv/nord", "bv-1", datetime(2027, 4, 1, 16), datetime(2027, 4, 1, 18), ("stk/nord",)
)
PLAN = Plan("muster", 2027, "programm", (termin("a", 1), termin("b", 8), termin("c", 15)), (ITEM,))


def test_a_plan_differs_from_itself_in_nothing() -> None:
    found = unterschied(PLAN, PLAN)
    assert not found
    assert found.bleibt == ("a", "b", "c", "x")


def test_moved_new_off_and_open() -> None:
    """Each event is in one part; what has lost its date and waits for one is off and open."""
    moved, new = termin("a", 20), termin("d", 2)
    later = evolve(PLAN, termine=(new, moved, termin("c", 15)), offen=("b",))
    found = unterschied(PLAN, later)
    assert [(v.ereignis, v.bisher.beginn.day, v.jetzt.beginn.day) for v in found.verlegt] == [("a", 1, 20)]
    assert [lage.ereignis for lage in found.neu] == ["d"]
    assert [lage.ereignis for lage in found.entfallen] == ["b"]
    assert found.offen == {"b"}
    assert found.bleibt == ("c", "x")


@pytest.mark.parametrize(
    ("item", "seen"),
    [
        (evolve(ITEM, sitzung="bv-2"), False),
        (evolve(ITEM, vortrag=("stk/sued",)), True),
        (evolve(ITEM, ende=ITEM.ende + TAG), True),
    ],
)
def test_what_people_see_is_what_the_history_records(item: Beratungstermin, seen: bool) -> None:
    """The sitting of an item is no matter, its time and who presents it are."""
    later = evolve(PLAN, beratungen=(item,))
    assert bool(unterschied(PLAN, later).verlegt) is seen
    kept = record(later, record(PLAN, None, STAND), STAND + TAG, Zustand.DRAFT)
    assert bool(kept.verlauf[-1].verlegt) is seen


def test_another_gremium_is_another_event() -> None:
    """As in the history: off there, new here."""
    later = evolve(PLAN, termine=(termin("a", 1, gremium="kr/sued"), *PLAN.termine[1:]))
    found = unterschied(PLAN, later)
    assert (len(found.verlegt), len(found.neu), len(found.entfallen)) == (0, 1, 1)
