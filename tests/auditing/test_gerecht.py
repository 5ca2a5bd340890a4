"""Who bears how much: evenings, weekdays and journeys counted at their boundaries, and against counting by hand."""

from __future__ import annotations

from collections import Counter
from datetime import time

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.auditing import Lagen, cost
from gremienplan.plan import Lage
from gremienplan.requirements import Ausgleich, Dienst, Last, Pflicht, Was
from tests.auditing.bau import G, belegung, d, lage, plan, t
from tests.auditing.test_wuensche import EVENTS, busy, plans, times


def last(wer: str, *events: str, **mehr: object) -> Last:
    return Last(wer, (Dienst(wer, tuple(Pflicht(e) for e in events)),), **mehr)  # type: ignore[arg-type]


ABENDE = Ausgleich(
    "w", G, 5, Was.ABENDE, (last("stk/nord", "a", "b"), last("stk/sued", "c", "d")), t("18:00"), 0, 2
)


def points(p: Ausgleich, *lagen: Lage) -> int:
    return cost(p, plan(lagen))


class TestAbende:
    """A load is a number of days; the largest counts."""

    def test_the_largest_load_counts_and_only_it(self) -> None:
        a, b, c = lage("a", "2027-09-01"), lage("b", "2027-09-08"), lage("c", "2027-09-15")
        assert [points(ABENDE, *some) for some in ((), (a,), (a, c), (a, b, c))] == [0, 2, 2, 4]

    @pytest.mark.parametrize(("bis", "evenings"), [("18:00", 0), ("18:01", 1)])
    def test_it_ends_after_the_hour_or_is_no_evening(self, bis: str, evenings: int) -> None:
        assert points(ABENDE, lage("a", "2027-09-01", "16:00", bis)) == 2 * evenings

    def test_days_count_and_not_duties(self) -> None:
        assert points(ABENDE, lage("a", "2027-09-01"), lage("b", "2027-09-01", "19:00", "21:00")) == 2

    def test_sittings_count_whoever_places_them(self) -> None:
        council = (belegung("2027-09-01", "17:00", "19:00"), belegung("2027-09-08", "17:00", "19:00"))
        who = Last("stk/nord", (Dienst("stk/nord", (Pflicht("a"),), council),))
        r = evolve(ABENDE, lasten=(who,))
        assert [points(r), points(r, lage("a", "2027-09-01")), points(r, lage("a", "2027-09-02"))] == [
            4,
            4,
            6,
        ]

    def test_a_beratung_is_a_duty_only_of_who_presents_it(self) -> None:
        heard = lage("a", "2027-09-01", sitzung="bv-1", vortrag=("stk/nord",))
        assert points(ABENDE, heard) == 2
        assert points(ABENDE, evolve(heard, vortrag=("stk/sued",))) == 0

    def test_a_person_bears_what_all_its_sitze_have_while_it_holds_them(self) -> None:
        alone = Dienst("stk/nord", (Pflicht("a", bis=d("2027-06-30")),))
        both = Dienst(
            "stk/nord", (Pflicht("a", d("2027-07-01")), Pflicht("c", d("2027-07-01"))), mit=("stk/sued",)
        )
        r = evolve(ABENDE, lasten=(Last("stk/nord", (alone, both)),))
        spring, autumn = lage("a", "2027-04-01"), lage("a", "2027-10-01")
        assert points(r, spring, lage("c", "2027-05-01")) == 2
        assert points(r, autumn, lage("c", "2027-11-01")) == 4
        heard = lage("c", "2027-11-01", sitzung="bv-1", vortrag=("stk/sued",))
        assert points(r, autumn, heard) == 4


class TestSchritte:
    """After the largest load: how many have it, then how many have one less at the most."""

    three = evolve(ABENDE, lasten=(last("p", "a", "b", "c"), last("q", "b", "d"), last("r", "d")), gewicht=1)
    days = tuple(lage(e, f"2027-09-0{n}") for n, e in enumerate("abcd", 1))

    def test_each_step_comes_one_nearer_to_the_smallest(self) -> None:
        """Loads 3, 2 and 1."""
        found = [cost(evolve(self.three, schritt=n), plan(self.days)) for n in range(6)]
        assert found == [3, 1, 2, 3, 3, 3]

    def test_nobody_is_counted_for_having_nothing(self) -> None:
        """Loads 1, 0 and 0."""
        assert [cost(evolve(self.three, schritt=n), plan(self.days[:1])) for n in range(4)] == [1, 1, 1, 1]
        assert [cost(evolve(self.three, schritt=n), {}) for n in range(4)] == [0, 0, 0, 0]


class TestWochentage:
    """One load for each weekday."""

    r = evolve(
        ABENDE, was=Was.WOCHENTAGE, lasten=tuple(last("kr", "a", "b", "c", wochentag=n) for n in range(7))
    )

    def test_the_weekday_used_most_counts(self) -> None:
        wednesday, thursday = ("2027-09-01", "2027-09-08"), "2027-09-09"
        twice = [lage(e, day, "09:00", "11:00") for e, day in zip("ab", wednesday, strict=True)]
        assert points(self.r, *twice) == 4
        assert points(self.r, twice[0], lage("b", thursday), lage("c", "2027-09-10")) == 2


class TestWege:
    """A journey is a day with an Ort that does not lie in one's own area."""

    r = evolve(ABENDE, was=Was.WEGE, lasten=(last("stk/nord", "a", "b", "c", fern=("haus", "schule")),))

    def test_a_day_with_an_ort_far_away_counts_once(self) -> None:
        a, b = lage("a", "2027-09-01", ort="haus"), lage("b", "2027-09-01", "08:00", "09:00", ort="haus")
        assert points(self.r, a, b) == 2
        assert points(self.r, a, evolve(b, ort="schule")) == 4
        assert points(self.r, a, lage("b", "2027-09-02", ort="haus")) == 4

    def test_ones_own_area_and_an_unknown_place_are_no_journey(self) -> None:
        assert points(self.r, lage("a", "2027-09-01", ort="halle"), lage("b", "2027-09-02")) == 0


@given(plans(), busy, times, st.sampled_from(Was), st.integers(0, 4), st.integers(1, 9))
def test_against_counting_by_hand(
    lagen: Lagen, council: tuple[object, ...], ab: time, was: Was, schritt: int, gewicht: int
) -> None:
    """Each load as a list of days struck off one by one, the steps by sorting."""
    who = {"stk/nord": ("a", "b"), "stk/sued": ("b", "c", "d"), "amt/ost": EVENTS}
    lasten = tuple(
        Last(
            wer,
            (Dienst(wer, tuple(Pflicht(e) for e in events), council if wer == "amt/ost" else ()),),  # type: ignore[arg-type]
            2 if was is Was.WOCHENTAGE else None,
            ("haus",),
        )
        for wer, events in who.items()
    )
    loads = []
    for wer, events in who.items():
        days = Counter[object]()
        for e in events:
            for one in lagen.get(e, ()):
                if one.sitzung and wer not in one.vortrag:
                    continue
                if was is Was.ABENDE and one.ende.time() > ab:
                    days[one.tag] += 1
                if was is Was.WOCHENTAGE and one.tag.isoweekday() == 3:
                    days[one.tag] += 1
                if was is Was.WEGE and one.ort == "haus":
                    days[one.tag] += 1
        for b in council if wer == "amt/ost" else ():
            day = b.von.date()  # type: ignore[attr-defined]
            late = b.bis.time() > ab  # type: ignore[attr-defined]
            if (was is Was.ABENDE and late) or (was is Was.WOCHENTAGE and day.isoweekday() == 3):
                days[day] += 1
        loads.append(len(days))
    loads.sort(reverse=True)
    expected = loads[0]
    if schritt:
        expected = sum(1 for one in loads if one and one > loads[0] - schritt)
    p = Ausgleich("w", G, 5, was, lasten, ab, schritt, gewicht)
    assert cost(p, lagen) == gewicht * expected
