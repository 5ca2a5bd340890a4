"""What a moved council sitting would move with it: boundaries, and against moving it in earnest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import event, given, strategies as st

from gremienplan.auditing import check, cost
from gremienplan.plan import Lage
from gremienplan.requirements import (
    Belegung,
    Fenster,
    Hoechstabstand,
    KeineUeberschneidung,
    Reihenfolge,
    Requirement,
    Robust,
    Sitzungstag,
)
from tests.auditing.bau import G, d, dt, lage, plan

DAY = "2027-09-15"
BV = Sitzungstag("bv-1", "bv/nord", dt(DAY, "16:00"), dt(DAY, "18:00"), "BV Nord")
ALONE = Robust("w", G, 5, BV, ("x", "y"), (), (), 2, 3)


def heard(e: str, day: str = DAY, sitzung: str = "bv-1") -> Lage:
    return lage(e, day, "16:00", "18:00", sitzung=sitzung, vortrag=("stk/nord",))


def points(p: Robust, *lagen: Lage) -> int:
    return cost(p, plan(lagen))


class TestBeratungen:
    """Two drafts, each the day before the sitting at the least: it must not come any sooner."""

    r = evolve(ALONE, ordnung=(Reihenfolge("a>x", G, "a", "x", 1), Reihenfolge("b>y", G, "b", "y", 1)))

    def test_one_event_may_move_and_each_more_costs(self) -> None:
        x, y, a = heard("x"), heard("y"), lage("a", "2027-09-14")
        assert points(self.r, x, y, a, lage("b", "2027-09-12")) == 0
        assert points(self.r, x, y, a, lage("b", "2027-09-13")) == 3
        assert points(self.r, x, y, a, lage("b", "2027-09-14")) == 2 * 3

    def test_what_is_heard_elsewhere_stays(self) -> None:
        elsewhere = heard("y", sitzung="bv-2")
        assert points(self.r, heard("x"), elsewhere, lage("a", "2027-09-14"), lage("b", "2027-09-14")) == 0

    def test_what_follows_must_not_be_overtaken(self) -> None:
        r = evolve(self.r, ordnung=(Reihenfolge("x>a", G, "x", "a", 1), Reihenfolge("y>b", G, "y", "b", 1)))
        assert points(r, heard("x"), heard("y"), lage("a", "2027-09-16"), lage("b", "2027-09-17")) == 3

    def test_nor_left_too_far_behind(self) -> None:
        r = evolve(
            self.r, ordnung=(Hoechstabstand("ax", G, "a", "x", 1), Hoechstabstand("yb", G, "y", "b", 1))
        )
        late, soon = lage("a", "2027-09-14"), lage("b", "2027-09-16")
        assert points(r, heard("x"), heard("y"), late, soon) == 0
        both = evolve(r, ordnung=(Hoechstabstand("ax", G, "a", "x", 1), Hoechstabstand("by", G, "b", "y", 1)))
        assert points(both, heard("x"), heard("y"), late, lage("b", "2027-09-14")) == 2 * 3

    def test_the_last_day_is_a_bound_too(self) -> None:
        r = evolve(ALONE, ordnung=tuple(Fenster(e, G, e, None, d("2027-09-16")) for e in "xy"))
        assert points(r, heard("x"), heard("y")) == 3

    def test_what_moves_along_keeps_its_distance(self) -> None:
        r = evolve(self.r, ordnung=(Reihenfolge("x>y", G, "x", "y", 0), *self.r.ordnung))
        assert points(r, heard("x"), heard("y")) == 0


class TestFrei:
    """Sitzungen that must not overlap the sitting, where it would then lie."""

    r = evolve(ALONE, frei=(("a", 0), ("b", 30)))

    @pytest.mark.parametrize(("bis", "pays"), [("15:30", 0), ("15:31", 3)])
    def test_both_in_its_way_are_one_too_many(self, bis: str, pays: int) -> None:
        a, b = lage("a", "2027-09-16", "17:00", "19:00"), lage("b", "2027-09-16", "14:00", bis)
        assert points(self.r, a, b) == pays
        assert points(self.r, b) == 0

    def test_further_than_it_may_move_nothing_matters(self) -> None:
        far = [lage(e, "2027-09-18", "16:00", "18:00") for e in "ab"]
        assert points(self.r, *far) == 0
        assert points(evolve(self.r, tage=3), *far) == 3

    def test_a_beratung_and_a_sitzung_are_two(self) -> None:
        r = evolve(self.r, ordnung=(Fenster("x", G, "x", None, d(DAY)),))
        assert points(r, heard("x"), lage("a", "2027-09-16", "17:00", "19:00")) == 3


RULES = st.tuples(
    st.permutations("abxy"), st.integers(0, 3), st.sampled_from([Reihenfolge, Hoechstabstand])
).map(lambda t: t[2](f"{t[0]}", G, t[0][0], t[0][1], t[1]))
HELD = st.tuples(st.sampled_from("abxy"), st.integers(-3, 3), st.sampled_from([9, 15, 16]))


@given(st.lists(HELD, max_size=6), st.lists(RULES, max_size=4), st.integers(0, 4))
def test_against_moving_it_in_earnest(
    held: list[tuple[str, int, int]], rules: list[Reihenfolge | Hoechstabstand], tage: int
) -> None:
    """Move the sitting and what is heard in it: counted is what the audit then finds broken."""
    ordnung = tuple(r for r in rules if {r.erst, r.dann} & {*"xy"})
    lagen: dict[str, tuple[Lage, ...]] = {}
    for e, day, hour in held:
        at = dt(DAY, "00:00") + timedelta(days=day, hours=hour)
        lagen[e] = (heard(e) if e in "xy" else Lage(e, at, at + timedelta(hours=2)),)
    mine = [e for e in lagen if e in "xy"]
    p = Robust("w", G, 5, BV, ("x", "y"), ordnung, (("a", 0), ("b", 30)), tage, 1)
    expected = 0
    for n in range(-tage, tage + 1):
        by = timedelta(days=n)
        moved = dict(lagen)
        for e in mine:
            moved[e] = (evolve(lagen[e][0], beginn=BV.beginn + by, ende=BV.ende + by),)
        busy = (Belegung(BV.beginn + by, BV.ende + by, "BV"),)
        clear: list[Requirement] = [KeineUeberschneidung(e, G, e, busy, m) for e, m in p.frei]
        hit = {r.id for r in clear if check(r, moved, {})}
        for r in ordnung:
            if not {r.erst, r.dann} <= {*mine} and check(r, moved, {}):
                hit |= {r.erst, r.dann} & {*mine}
        expected += max(0, len(hit) - 1) if n else 0
    event("costs" if expected else "free")
    assert cost(p, lagen) == expected
