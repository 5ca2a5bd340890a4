"""What each kind of requirement means, as truths: a plan that keeps it beside one that just does not."""

from __future__ import annotations

import pytest
from attrs import evolve

from gremienplan.auditing.zugleich import absent
from gremienplan.requirements import (
    Angesetzt,
    Anzahl,
    Dienst,
    EineVon,
    Fenster,
    Hoechstabstand,
    KeineUeberschneidung,
    Mindestabstand,
    OrtFrei,
    Pflicht,
    Reihenfolge,
    Sitzungstag,
    Sperre,
    Sperrtage,
    Stattfinden,
    Tageszeit,
    Verfuegbar,
    Wegezeit,
    Wochentage,
)
from tests.auditing.bau import G, belegung, d, dt, findings, keeps, lage, plan, t


class TestStattfinden:
    kr = Stattfinden("r", G, "kr", 2027, d("2027-01-01"), d("2027-12-31"), 120, ("haus", "schule"))

    def test_one_termin_of_its_length_in_one_of_its_orte(self) -> None:
        assert keeps(self.kr, lage("kr", "2027-05-05", ort="haus"))
        assert keeps(self.kr, lage("kr", "2027-05-05", "17:10", "19:10", ort="schule"))

    @pytest.mark.parametrize("tag", ["2027-01-01", "2027-12-31"])
    def test_first_and_last_day_belong_to_the_year(self, tag: str) -> None:
        assert keeps(self.kr, lage("kr", tag, ort="haus"))

    @pytest.mark.parametrize("tag", ["2026-12-31", "2028-01-01"])
    def test_a_day_outside_the_year_breaks_it(self, tag: str) -> None:
        assert not keeps(self.kr, lage("kr", tag, ort="haus"))

    def test_a_missing_event_breaks_it(self) -> None:
        assert not keeps(self.kr)

    def test_the_same_event_twice_breaks_it_once_with_both_dates(self) -> None:
        (finding,) = findings(
            self.kr, lage("kr", "2027-05-05", ort="haus"), lage("kr", "2027-06-02", ort="haus")
        )
        assert "2027-05-05" in str(finding.meldung)
        assert "2027-06-02" in str(finding.meldung)

    @pytest.mark.parametrize("bis", ["18:59", "19:01"])
    def test_a_minute_more_or_less_breaks_it(self, bis: str) -> None:
        assert not keeps(self.kr, lage("kr", "2027-05-05", "17:00", bis, ort="haus"))

    @pytest.mark.parametrize("ort", ["", "rathaus"])
    def test_another_ort_or_none_breaks_it(self, ort: str) -> None:
        assert not keeps(self.kr, lage("kr", "2027-05-05", ort=ort))

    def test_without_orte_the_place_stays_open(self) -> None:
        kr = evolve(self.kr, orte=())
        assert keeps(kr, lage("kr", "2027-05-05"))
        assert not keeps(kr, lage("kr", "2027-05-05", ort="haus"))

    def test_an_item_of_a_council_sitting_is_no_termin_of_its_own(self) -> None:
        kr = evolve(self.kr, orte=())
        assert not keeps(kr, lage("kr", "2027-05-05", sitzung="bv-1"))
        assert not keeps(kr, lage("kr", "2027-05-05", vortrag=("amt/nord",)))

    def test_everything_wrong_is_said_at_once(self) -> None:
        assert len(findings(self.kr, lage("kr", "2028-05-05", "17:00", "18:00", ort="rathaus"))) == 3


class TestAngesetzt:
    bv1 = Sitzungstag("bv-1", "bv/nord", dt("2027-03-03", "16:00"), dt("2027-03-03", "19:00"), "BV Nord")
    bv2 = Sitzungstag("bv-2", "bv/nord", dt("2027-10-06", "16:00"), dt("2027-10-06", "18:30"), "BV Nord")
    item = Angesetzt("r", G, "b", "bv/nord", (bv1, bv2), (("stk/nord", "stk/sued"), ("amt/nord",)))
    good = lage("b", "2027-03-03", "16:00", "19:00", sitzung="bv-1", vortrag=("stk/nord", "amt/nord"))

    def test_one_sitting_that_stands_at_its_time_by_its_presenters(self) -> None:
        assert keeps(self.item, self.good)

    def test_a_deputy_may_present(self) -> None:
        assert keeps(self.item, evolve(self.good, vortrag=("stk/sued", "amt/nord")))

    @pytest.mark.parametrize(
        "vortrag",
        [
            (),
            ("stk/nord",),
            ("stk/nord", "amt/sued"),
            ("amt/nord", "stk/nord"),
            ("stk/nord", "amt/nord", "stk/sued"),
        ],
    )
    def test_each_presenter_is_one_of_its_sitze_in_order(self, vortrag: tuple[str, ...]) -> None:
        assert not keeps(self.item, evolve(self.good, vortrag=vortrag))

    def test_no_presenter_is_wanted_where_none_is_named(self) -> None:
        item = evolve(self.item, vortrag=())
        assert keeps(item, evolve(self.good, vortrag=()))
        assert not keeps(item, self.good)

    @pytest.mark.parametrize("key", ["bv-3", ""])
    def test_a_sitting_that_does_not_stand_breaks_it(self, key: str) -> None:
        assert not keeps(self.item, evolve(self.good, sitzung=key))

    def test_the_time_is_exactly_that_of_the_named_sitting(self) -> None:
        assert not keeps(self.item, evolve(self.good, beginn=dt("2027-03-03", "17:10")))
        assert not keeps(self.item, evolve(self.good, ende=dt("2027-03-03", "18:30")))
        assert not keeps(self.item, evolve(self.good, sitzung="bv-2"))

    def test_missing_or_twice_breaks_it(self) -> None:
        other = lage("b", "2027-10-06", "16:00", "18:30", sitzung="bv-2", vortrag=("stk/nord", "amt/nord"))
        assert not keeps(self.item)
        assert not keeps(self.item, self.good, other)


class TestFenster:
    def test_both_ends_are_inside(self) -> None:
        fenster = Fenster("r", G, "kr", d("2027-08-15"), d("2027-10-31"))
        for tag, ok in [("2027-08-14", 0), ("2027-08-15", 1), ("2027-10-31", 1), ("2027-11-01", 0)]:
            assert keeps(fenster, lage("kr", tag)) == ok

    def test_an_open_end_bounds_nothing(self) -> None:
        assert keeps(Fenster("r", G, "kr", None, d("2027-10-31")), lage("kr", "1999-01-01"))
        assert keeps(Fenster("r", G, "kr", d("2027-08-15"), None), lage("kr", "2099-01-01"))

    def test_the_day_is_the_one_it_begins_on(self) -> None:
        assert keeps(Fenster("r", G, "kr", None, d("2027-10-31")), lage("kr", "2027-10-31", "23:00", "01:00"))


class TestWochentage:
    def test_only_the_named_weekdays(self) -> None:
        r = Wochentage("r", G, "kr", (2, 3))
        assert keeps(r, lage("kr", "2027-09-01"))  # a Wednesday
        assert keeps(r, lage("kr", "2027-09-02"))
        assert not keeps(r, lage("kr", "2027-09-03"))
        assert keeps(r, lage("kr", "2027-09-02", "22:00", "01:00"))  # the day it begins on


class TestTageszeit:
    r = Tageszeit("r", G, "sk", t("17:00"), t("20:00"))

    @pytest.mark.parametrize(
        ("von", "bis", "ok"),
        [
            ("17:00", "20:00", True),
            ("17:10", "19:10", True),
            ("16:59", "19:00", False),
            ("18:00", "20:01", False),
            ("03:00", "05:00", False),
            ("18:00", "00:00", False),
            ("18:00", "17:30", False),
        ],
    )
    def test_it_begins_and_ends_within_the_hours_of_one_day(self, von: str, bis: str, ok: bool) -> None:
        assert keeps(self.r, lage("sk", "2027-09-01", von, bis)) == ok

    def test_the_same_hours_of_two_days_are_not_one_day(self) -> None:
        two_days = evolve(lage("sk", "2027-09-01", "17:00", "19:00"), ende=dt("2027-09-02", "19:00"))
        assert not keeps(self.r, two_days)


class TestSperrtage:
    r = Sperrtage("r", G, "sk", "schulferien", (Sperre(d("2027-10-23"), d("2027-11-06"), "Herbstferien"),))

    @pytest.mark.parametrize(
        ("tag", "ok"),
        [("2027-10-22", True), ("2027-10-23", False), ("2027-11-06", False), ("2027-11-07", True)],
    )
    def test_both_ends_are_blocked(self, tag: str, ok: bool) -> None:
        assert keeps(self.r, lage("sk", tag)) == ok

    def test_the_day_it_ends_on_counts_too(self) -> None:
        assert not keeps(self.r, lage("sk", "2027-10-22", "22:00", "01:00"))
        assert not keeps(self.r, lage("sk", "2027-10-22", "22:00", "00:00"))

    def test_a_block_within_a_long_termin_is_noticed(self) -> None:
        week = evolve(lage("sk", "2027-10-20"), ende=dt("2027-11-20", "19:00"))
        assert not keeps(self.r, week)

    def test_the_finding_says_what_is_blocked(self) -> None:
        (finding,) = findings(self.r, lage("sk", "2027-10-25"))
        assert "Herbstferien" in str(finding.meldung)


class TestKeineUeberschneidung:
    r = KeineUeberschneidung("r", G, "sk", (belegung("2027-09-01", "16:00", "18:00"),))

    @pytest.mark.parametrize(
        ("von", "bis", "ok"),
        [
            ("14:00", "16:00", True),
            ("14:00", "16:01", False),
            ("18:00", "20:00", True),
            ("17:59", "20:00", False),
            ("16:30", "17:00", False),
            ("15:00", "20:00", False),
        ],
    )
    def test_touching_is_not_overlapping(self, von: str, bis: str, ok: bool) -> None:
        assert keeps(self.r, lage("sk", "2027-09-01", von, bis)) == ok

    @pytest.mark.parametrize(("puffer", "unbekannt"), [(0, False), (30, False), (0, True)])
    def test_it_names_once_who_is_in_the_way_where_that_is_known(self, puffer: int, unbekannt: bool) -> None:
        r = evolve(self.r, puffer=puffer, unbekannt=unbekannt)
        plain = str(r.satz({"sk": "Runde"}))
        named = evolve(r, hier=(*self.r.belegt, *self.r.belegt))
        assert named == r
        assert (
            str(named.satz({"sk": "Runde"})) == plain.removesuffix(".") + f"; in the way: {r.belegt[0].was}."
        )

    @pytest.mark.parametrize(
        ("von", "bis", "ok"),
        [
            ("13:30", "15:30", True),
            ("13:31", "15:31", False),
            ("18:30", "20:00", True),
            ("18:29", "20:00", False),
            ("17:00", "19:00", False),
        ],
    )
    def test_with_a_puffer_closeness_and_overlap_break_it_alike(self, von: str, bis: str, ok: bool) -> None:
        assert keeps(evolve(self.r, puffer=30), lage("sk", "2027-09-01", von, bis)) == ok

    def test_other_days_do_not_matter(self) -> None:
        assert keeps(evolve(self.r, puffer=30), lage("sk", "2027-09-02", "16:00", "18:00"))


class TestReihenfolge:
    @pytest.mark.parametrize(
        ("tage", "tag", "ok"),
        [
            (0, "2027-08-31", False),
            (0, "2027-09-01", True),
            (1, "2027-09-01", False),
            (1, "2027-09-02", True),
            (21, "2027-09-21", False),
            (21, "2027-09-22", True),
            (21, "2027-08-01", False),
        ],
    )
    def test_at_least_so_many_days(self, tage: int, tag: str, ok: bool) -> None:
        r = Reihenfolge("r", G, "a", "b", tage)
        assert keeps(r, lage("a", "2027-09-01"), lage("b", tag)) == ok

    def test_hours_do_not_matter(self) -> None:
        later, earlier = lage("a", "2027-09-01", "18:00", "20:00"), lage("b", "2027-09-01", "09:00", "10:00")
        assert keeps(Reihenfolge("r", G, "a", "b", 0), later, earlier)
        next_day = lage("b", "2027-09-02", "00:00", "01:00")
        assert keeps(Reihenfolge("r", G, "a", "b", 1), later, next_day)

    def test_each_termin_of_an_event_held_twice_is_judged(self) -> None:
        r = Reihenfolge("r", G, "a", "b", 1)
        assert not keeps(r, lage("a", "2027-09-01"), lage("b", "2027-09-02"), lage("b", "2027-09-01"))
        assert not keeps(r, lage("a", "2027-09-01"), lage("a", "2027-09-09"), lage("b", "2027-09-02"))


class TestHoechstabstand:
    @pytest.mark.parametrize(
        ("tag", "ok"), [("2027-10-31", True), ("2027-11-01", False), ("2027-09-01", True)]
    )
    def test_at_most_so_many_days(self, tag: str, ok: bool) -> None:
        assert keeps(Hoechstabstand("r", G, "a", "b", 60), lage("a", "2027-09-01"), lage("b", tag)) == ok

    def test_that_dann_is_not_before_erst_is_another_requirement(self) -> None:
        assert keeps(Hoechstabstand("r", G, "a", "b", 60), lage("a", "2027-09-01"), lage("b", "2027-01-01"))


class TestMindestabstand:
    r = Mindestabstand("r", G, "kr/nord", ("a", "b", "c"), 21)

    @pytest.mark.parametrize(("tag", "ok"), [("2027-09-21", False), ("2027-09-22", True)])
    def test_exactly_21_days_are_enough(self, tag: str, ok: bool) -> None:
        assert keeps(self.r, lage("a", "2027-09-01"), lage("c", tag)) == ok
        assert keeps(self.r, lage("c", "2027-09-01"), lage("a", tag)) == ok

    def test_hours_do_not_matter(self) -> None:
        morning, evening = (
            lage("b", "2027-09-22", "08:00", "10:00"),
            lage("a", "2027-09-01", "18:00", "20:00"),
        )
        assert keeps(self.r, evening, morning)

    def test_two_termine_of_one_event_are_too_close_as_well(self) -> None:
        (finding,) = findings(self.r, lage("a", "2027-09-01"), lage("a", "2027-09-08"))
        assert finding.ereignisse == ("a",)

    def test_others_do_not_matter(self) -> None:
        assert keeps(self.r, lage("a", "2027-09-01"), lage("x", "2027-09-02"))

    def test_it_names_the_two_that_are_too_close(self) -> None:
        (finding,) = findings(
            self.r, lage("a", "2027-09-01"), lage("b", "2027-12-01"), lage("c", "2027-09-02")
        )
        assert finding.ereignisse == ("a", "c")


class TestVerfuegbar:
    r = Verfuegbar(
        "r",
        G,
        "stk/nord",
        (Pflicht("a"), Pflicht("b")),
        (belegung("2027-09-01", "16:00", "18:00", sitzung="bv-1"),),
    )
    day = "2027-09-08"

    def test_touching_duties_do_not_overlap(self) -> None:
        assert keeps(self.r, lage("a", self.day, "15:00", "17:00"), lage("b", self.day, "17:00", "19:00"))
        assert not keeps(self.r, lage("a", self.day, "15:00", "17:01"), lage("b", self.day, "17:00", "19:00"))

    def test_one_ort_does_not_make_two_duties_one(self) -> None:
        assert not keeps(self.r, lage("a", self.day, ort="haus"), lage("b", self.day, ort="haus"))

    def test_busy_time_blocks(self) -> None:
        assert keeps(self.r, lage("a", "2027-09-01", "18:00", "20:00"))
        assert not keeps(self.r, lage("a", "2027-09-01", "17:59", "20:00"))

    def test_two_busy_times_are_nobody_s_fault(self) -> None:
        r = evolve(self.r, belegt=(*self.r.belegt, belegung("2027-09-01", "17:00", "19:00")))
        assert keeps(r)

    @pytest.mark.parametrize(
        ("ab", "bis", "ok"),
        [
            ("2027-09-08", "2027-09-08", False),
            ("2027-09-09", None, True),
            (None, "2027-09-07", True),
            (None, "2027-09-08", False),
            ("2027-09-08", None, False),
        ],
    )
    def test_a_duty_holds_on_its_days_only(self, ab: str | None, bis: str | None, ok: bool) -> None:
        dated = Pflicht("b", d(ab) if ab else None, d(bis) if bis else None)
        r = evolve(self.r, pflichten=(Pflicht("a"), dated))
        assert keeps(r, lage("a", self.day), lage("b", self.day)) == ok

    def test_two_duties_for_one_event_are_one(self) -> None:
        assert keeps(
            evolve(self.r, pflichten=(Pflicht("a"), Pflicht("a", d("2027-01-01")))), lage("a", self.day)
        )

    def test_an_event_that_is_no_duty_does_not_matter(self) -> None:
        assert keeps(self.r, lage("a", self.day), lage("x", self.day))

    def test_a_beratung_binds_only_who_presents_it(self) -> None:
        a = lage("a", self.day)
        assert not keeps(self.r, a, lage("b", self.day, sitzung="bv-1", vortrag=("x", "stk/nord")))
        assert keeps(self.r, a, lage("b", self.day, sitzung="bv-1", vortrag=("stk/sued",)))

    def test_a_beratung_is_known_by_its_sitting_or_its_presenters(self) -> None:
        a = lage("a", self.day)
        assert keeps(self.r, a, lage("b", self.day, vortrag=("stk/sued",)))
        assert keeps(self.r, a, lage("b", self.day, sitzung="bv-1"))
        no_key = lage("a", "2027-09-01", "16:00", "18:00", vortrag=("stk/nord",))
        assert not keeps(self.r, no_key)  # it could be another body's sitting at the same time
        assert not keeps(self.r, no_key, evolve(no_key, ereignis="b"))  # no key says that it is one sitting

    def test_two_beratungen_of_one_sitting_do_not_collide(self) -> None:
        a = lage("a", self.day, sitzung="bv-1", vortrag=("stk/nord",))
        assert keeps(self.r, a, evolve(a, ereignis="b"))
        assert not keeps(self.r, a, evolve(a, ereignis="b", sitzung="bv-2"))

    def test_the_sitting_one_presents_in_is_not_a_second_place(self) -> None:
        a = lage("a", "2027-09-01", "16:00", "18:00", sitzung="bv-1", vortrag=("stk/nord",))
        assert keeps(self.r, a)
        assert not keeps(self.r, evolve(a, sitzung="bv-2"))  # another body's sitting at the same time
        assert not keeps(self.r, lage("a", "2027-09-01", "16:00", "18:00"))  # a Sitzung of ours is no item

    def test_an_event_that_stands_twice_at_one_time_needs_the_sitz_twice(self) -> None:
        (finding,) = findings(
            self.r, lage("a", self.day, "15:00", "17:00"), lage("a", self.day, "16:00", "18:00")
        )
        assert finding.ereignisse == ("a",)


class TestEineVon:
    """Of two Sitze one can come: one is needed in b, the other is busy from 18:00."""

    r = EineVon(
        "r",
        G,
        "a",
        (
            Dienst("eins", (Pflicht("b"),)),
            Dienst("zwei", (), (belegung("2027-05-05", "18:00", "20:00"),)),
        ),
    )
    here = lage("a", "2027-05-05", "17:00", "19:00", ort="haus")

    def test_one_of_them_is_enough(self) -> None:
        """Whether the one or the other."""
        assert keeps(self.r, self.here, lage("b", "2027-05-05", "19:00", "21:00", ort="haus"))
        early = lage("a", "2027-05-05", "16:00", "18:00", ort="haus")
        assert keeps(self.r, early, lage("b", "2027-05-05", "16:00", "18:00", ort="schule"))

    def test_none_of_them_breaks_it(self) -> None:
        (finding,) = findings(self.r, self.here, lage("b", "2027-05-05", "18:59", "21:00", ort="schule"))
        assert finding.ereignisse == ("a", "b")
        assert "eins, zwei" in str(finding.meldung)

    def test_a_day_outside_breaks_nothing(self) -> None:
        both = (self.here, lage("b", "2027-05-05", "18:00", "21:00"))
        assert not keeps(self.r, *both)
        assert not keeps(evolve(self.r, ab=d("2027-05-05"), bis=d("2027-05-05")), *both)
        assert keeps(evolve(self.r, ab=d("2027-05-06")), *both)
        assert keeps(evolve(self.r, bis=d("2027-05-04")), *both)

    def test_with_minutes_the_way_counts(self) -> None:
        r = evolve(self.r, minuten=30)
        assert keeps(r, self.here, lage("b", "2027-05-05", "19:30", "21:00", ort="schule"))
        assert not keeps(r, self.here, lage("b", "2027-05-05", "19:29", "21:00", ort="schule"))
        assert not keeps(r, self.here, lage("b", "2027-05-05", "19:29", "21:00"))
        assert keeps(r, self.here, lage("b", "2027-05-05", "19:00", "21:00", ort="haus"))
        early = lage("a", "2027-05-05", "15:30", "17:30", ort="haus")
        there = lage("b", "2027-05-05", "15:30", "17:30", ort="haus")
        assert keeps(r, early, there)
        assert not keeps(evolve(r, minuten=31), early, there)

    def test_who_presents_nothing_can_come(self) -> None:
        item = lage("b", "2027-05-05", "18:00", "20:00", sitzung="bv-1", vortrag=("drei",))
        assert keeps(self.r, self.here, item)
        assert not keeps(self.r, self.here, evolve(item, vortrag=("eins",)))

    def test_who_cannot_come_is_told(self) -> None:
        assert absent(self.r, plan([self.here])) == ("zwei",)
        assert absent(evolve(self.r, ab=d("2027-05-06")), plan([self.here])) == ()


class TestWegezeit:
    r = Wegezeit(
        "r",
        G,
        "stk/nord",
        (Pflicht("a"), Pflicht("b")),
        30,
        (belegung("2027-09-01", "16:00", "18:00", sitzung="bv-1"),),
    )
    a = lage("a", "2027-09-08", "15:00", "17:00", ort="haus")

    def test_exactly_the_minutes_are_enough(self) -> None:
        assert keeps(self.r, self.a, lage("b", "2027-09-08", "17:30", "19:00", ort="schule"))
        assert not keeps(self.r, self.a, lage("b", "2027-09-08", "17:29", "19:00", ort="schule"))
        assert keeps(self.r, self.a, lage("b", "2027-09-08", "13:00", "14:30", ort="schule"))
        assert not keeps(self.r, self.a, lage("b", "2027-09-08", "13:00", "14:31", ort="schule"))

    def test_touching_duties_leave_no_time(self) -> None:
        assert not keeps(self.r, self.a, lage("b", "2027-09-08", "17:00", "19:00", ort="schule"))

    def test_within_one_ort_there_is_no_way(self) -> None:
        assert keeps(self.r, self.a, lage("b", "2027-09-08", "17:00", "19:00", ort="haus"))

    def test_an_unknown_ort_is_a_different_one(self) -> None:
        close = lage("b", "2027-09-08", "17:00", "19:00")
        assert not keeps(self.r, self.a, close)
        assert not keeps(self.r, evolve(self.a, ort=""), close)

    def test_overlap_is_another_requirement(self) -> None:
        assert keeps(self.r, self.a, lage("b", "2027-09-08", "16:59", "19:00", ort="schule"))
        assert keeps(self.r, lage("a", "2027-09-01", "17:59", "20:00", ort="haus"))

    def test_busy_time_is_elsewhere(self) -> None:
        assert keeps(self.r, lage("a", "2027-09-01", "18:30", "20:00", ort="haus"))
        assert not keeps(self.r, lage("a", "2027-09-01", "18:29", "20:00", ort="haus"))
        assert not keeps(self.r, lage("a", "2027-09-01", "14:00", "16:00", ort="haus"))

    def test_a_day_s_end_is_no_border(self) -> None:
        night = lage("a", "2027-09-08", "22:00", "00:00", ort="haus")
        assert not keeps(self.r, night, lage("b", "2027-09-09", "00:10", "01:00", ort="schule"))

    def test_a_beratung_binds_only_who_presents_it_and_lies_elsewhere(self) -> None:
        b = lage("b", "2027-09-08", "17:10", "19:00", sitzung="bv-1", vortrag=("stk/nord",))
        assert not keeps(self.r, self.a, b)
        assert keeps(self.r, self.a, evolve(b, vortrag=("stk/sued",)))

    def test_two_items_of_one_sitting_need_no_way(self) -> None:
        b = lage("b", "2027-09-08", "17:10", "19:00", sitzung="bv-1", vortrag=("stk/nord",))
        a = lage("a", "2027-09-08", "15:00", "17:00", sitzung="bv-1", vortrag=("stk/nord",))
        assert keeps(self.r, a, b)
        assert not keeps(self.r, evolve(a, sitzung="bv-2"), b)

    def test_a_duty_holds_on_its_days_only(self) -> None:
        r = evolve(self.r, pflichten=(Pflicht("a"), Pflicht("b", ab=d("2027-09-09"))))
        assert keeps(r, self.a, lage("b", "2027-09-08", "17:10", "19:00", ort="schule"))


class TestOrtFrei:
    r = OrtFrei("r", G, "haus", ("a", "b"), (belegung("2027-09-01", "16:00", "18:00", "Flohmarkt"),))
    a = lage("a", "2027-09-08", "15:00", "17:00", ort="haus")

    def test_touching_is_not_overlapping(self) -> None:
        assert keeps(self.r, self.a, lage("b", "2027-09-08", "17:00", "19:00", ort="haus"))
        assert not keeps(self.r, self.a, lage("b", "2027-09-08", "16:59", "19:00", ort="haus"))

    def test_only_this_ort_matters(self) -> None:
        assert keeps(self.r, self.a, lage("b", "2027-09-08", "16:00", "18:00", ort="schule"))
        assert keeps(self.r, self.a, lage("b", "2027-09-08", "16:00", "18:00"))
        assert keeps(self.r, lage("a", "2027-09-01", "16:00", "18:00", ort="schule"))

    def test_what_else_occupies_it_blocks(self) -> None:
        assert keeps(self.r, lage("a", "2027-09-01", "18:00", "20:00", ort="haus"))
        (finding,) = findings(self.r, lage("a", "2027-09-01", "17:59", "20:00", ort="haus"))
        assert "Flohmarkt" in str(finding.meldung)

    def test_one_event_twice_needs_it_twice(self) -> None:
        assert not keeps(self.r, self.a, self.a)


class TestAnzahl:
    r = Anzahl("r", G, "lk", ("a", "b", "c"), 2027, 2, 2)
    days = ("2027-01-01", "2027-12-31", "2028-01-01", "2026-12-31")

    def test_the_calendar_year_of_the_start_counts(self) -> None:
        first, last, next_year, last_year = self.days
        assert keeps(self.r, lage("a", first), lage("b", last), lage("c", next_year))
        assert not keeps(self.r, lage("a", first), lage("b", last_year), lage("c", next_year))
        assert keeps(self.r, lage("a", first), lage("b", last, "23:00", "01:00"), lage("c", last_year))

    def test_one_more_is_too_many(self) -> None:
        assert not keeps(self.r, lage("a", "2027-01-01"), lage("b", "2027-05-05"), lage("c", "2027-09-01"))

    def test_an_event_that_stands_twice_counts_twice(self) -> None:
        assert not keeps(self.r, lage("a", "2027-01-01"), lage("a", "2027-02-01"), lage("b", "2027-05-05"))

    def test_a_missing_event_may_still_be_held(self) -> None:
        only_two = evolve(self.r, ereignisse=("a", "b"), min=2, max=None)
        assert keeps(only_two, lage("a", "2027-01-01"))
        assert not keeps(only_two, lage("a", "2027-01-01"), lage("b", "2028-01-01"))

    def test_more_than_the_year_has_is_too_few_even_if_all_are_missing(self) -> None:
        assert not keeps(evolve(self.r, min=4, max=None))

    def test_without_bounds_any_number_will_do(self) -> None:
        r = evolve(self.r, min=None, max=None)
        assert keeps(r, *(lage("a", f"2027-01-{tag:02}") for tag in range(1, 20)))


def test_what_the_year_does_not_know_is_called_by_its_id() -> None:
    """A slip of the hand in a plan must give a finding, not a KeyError."""
    r = Angesetzt("r", G, "b", "bv/nord", (TestAngesetzt.bv1,), (("stk/nord",),))
    wrong = lage("b", "2027-03-03", "16:00", "19:00", sitzung="bv-1", vortrag=("stk/nrod",))
    (finding,) = findings(r, wrong)
    assert "stk/nrod" in str(finding.meldung)
