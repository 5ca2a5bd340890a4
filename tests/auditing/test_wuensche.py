"""What a plan costs: boundaries as truths, and every kind against an oracle that counts day by day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import get_args

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.auditing import Lagen, cost, costs
from gremienplan.plan import Lage
from gremienplan.requirements import (
    Abendlast,
    Abstandswunsch,
    Ausgleich,
    Belegung,
    Bleiben,
    Danach,
    Dienst,
    Gewohnt,
    Last,
    Meiden,
    Pflicht,
    Preference,
    Robust,
    Selbst,
    Sitzungstag,
    Verteilt,
    Vorher,
    Was,
    Wechsel,
)
from tests.auditing.bau import G, belegung, dt, lage, plan, t

MINUTE, TAG = timedelta(minutes=1), timedelta(days=1)
FIRST = date(2026, 12, 21)
"""A Monday; the ten weeks from here hold the turn of a year with 53 ISO weeks."""
DAYS = [FIRST + n * TAG for n in range(70)]


def points(preference: Preference, *lagen: Lage) -> int:
    return cost(preference, plan(lagen))


class TestGewohnt:
    r = Gewohnt("w", G, 1, "a", 2, t("17:00"), 4, 1)

    @pytest.mark.parametrize(
        ("tag", "von", "points_"),
        [
            ("2027-09-01", "17:00", 0),
            ("2027-09-01", "17:01", 1),
            ("2027-09-01", "17:30", 1),
            ("2027-09-01", "17:31", 2),
            ("2027-09-01", "16:50", 1),
            ("2027-09-01", "16:00", 2),
            ("2027-09-02", "17:00", 4),
            ("2027-09-04", "17:10", 5),
        ],
    )
    def test_the_weekday_once_and_each_half_hour_begun(self, tag: str, von: str, points_: int) -> None:
        assert points(self.r, lage("a", tag, von, "19:00")) == points_

    def test_an_event_that_stands_twice_costs_twice(self) -> None:
        assert points(self.r, lage("a", "2027-09-02"), lage("a", "2027-09-03")) == 8


class TestAbstandswunsch:
    r = Abstandswunsch("w", G, 1, "a", "b", 10, 60, 3)

    @pytest.mark.parametrize(
        ("tag", "days"),
        [
            ("2027-09-10", 1),
            ("2027-09-11", 0),
            ("2027-10-31", 0),
            ("2027-11-01", 1),
            ("2027-09-01", 10),
            ("2027-08-31", 11),
        ],
    )
    def test_each_day_outside(self, tag: str, days: int) -> None:
        assert points(self.r, lage("a", "2027-09-01"), lage("b", tag)) == 3 * days

    def test_an_open_end_costs_nothing(self) -> None:
        a, early, late = lage("a", "2027-09-01"), lage("b", "2027-01-01"), lage("b", "2028-09-01")
        assert points(evolve(self.r, mindestens=None), a, early) == 0
        assert points(evolve(self.r, hoechstens=None), a, late) == 0


class TestVorher:
    r = Vorher("w", G, 1, "a", "b", 10)

    @pytest.mark.parametrize(("tag", "points_"), [("2027-08-31", 10), ("2027-09-01", 10), ("2027-09-02", 0)])
    def test_the_same_day_is_not_earlier(self, tag: str, points_: int) -> None:
        assert points(self.r, lage("a", "2027-09-01", "09:00", "10:00"), lage("b", tag)) == points_


class TestDanach:
    r = Danach("w", G, 1, "sk", ("a", "b"), 60, 10)
    sk = lage("sk", "2027-09-01", "08:00", "09:00")

    @pytest.mark.parametrize(
        ("tag", "points_"), [("2027-09-01", 10), ("2027-09-02", 0), ("2027-10-31", 0), ("2027-11-01", 10)]
    )
    def test_one_on_a_day_from_1_to_60_is_enough(self, tag: str, points_: int) -> None:
        assert points(self.r, self.sk, lage("a", tag)) == points_
        assert points(self.r, self.sk, lage("b", tag), lage("a", "2027-01-01")) == points_

    def test_nothing_to_take_up_costs_nothing(self) -> None:
        assert points(self.r, lage("a", "2027-01-01")) == 0

    def test_none_that_could_take_it_up_costs(self) -> None:
        assert points(self.r, self.sk) == 10


class TestVerteilt:
    r = Verteilt("w", G, 1, ("a", "b", "c", "d"), 2, 10)

    def test_each_one_more_in_a_week_from_monday_to_sunday(self) -> None:
        monday, sunday, next_monday = "2027-09-06", "2027-09-12", "2027-09-13"
        two = (lage("a", monday), lage("b", sunday))
        assert points(self.r, *two) == 0
        assert points(self.r, *two, lage("c", next_monday)) == 0
        assert points(self.r, *two, lage("c", sunday)) == 10
        assert points(self.r, *two, lage("c", sunday), lage("d", monday)) == 20

    def test_a_week_is_one_over_the_turn_of_the_year(self) -> None:
        three = lage("a", "2026-12-31"), lage("b", "2027-01-01"), lage("c", "2027-01-03")
        assert points(self.r, *three) == 10

    def test_weeks_of_one_number_in_two_years_are_two(self) -> None:
        assert points(self.r, lage("a", "2026-09-01"), lage("b", "2026-09-02"), lage("c", "2027-09-01")) == 0


class TestAbendlast:
    r = Abendlast(
        "w", G, 1, "stk/nord", ("a", "b", "c"), (belegung("2027-09-06", "16:00", "19:00"),), t("18:00"), 2, 10
    )

    def test_it_ends_after_the_hour_or_is_no_evening(self) -> None:
        none = evolve(self.r, je_woche=0, belegt=())
        assert points(none, lage("a", "2027-09-07", "16:00", "18:00")) == 0
        assert points(none, lage("a", "2027-09-07", "16:00", "18:01")) == 10

    def test_days_count_and_not_duties(self) -> None:
        a, b = lage("a", "2027-09-07"), lage("b", "2027-09-08")
        assert points(self.r, a, b) == 10
        assert points(self.r, a, lage("b", "2027-09-07", "19:00", "20:00")) == 0
        assert points(self.r, a, lage("b", "2027-09-06", "19:00", "20:00")) == 0
        assert points(self.r, a, lage("b", "2027-09-13")) == 0

    def test_a_beratung_is_a_duty_only_of_who_presents_it(self) -> None:
        a = lage("a", "2027-09-07")
        b = lage("b", "2027-09-08", sitzung="bv-1", vortrag=("stk/nord",))
        assert points(self.r, a, b) == 10
        assert points(self.r, a, evolve(b, vortrag=("stk/sued",))) == 0

    def test_at_the_bound_by_fixed_busy_time_each_more_costs(self) -> None:
        r = evolve(self.r, je_woche=1)
        assert points(r) == 0
        assert points(r, lage("a", "2027-09-07"), lage("b", "2027-09-08")) == 20

    def test_over_the_bound_by_fixed_busy_time_only_what_comes_on_top_costs(self) -> None:
        r = evolve(self.r, je_woche=0)
        assert points(r) == 0
        assert points(r, lage("a", "2027-09-06", "19:00", "20:00")) == 0
        assert points(r, lage("a", "2027-09-07")) == 10
        assert points(r, lage("a", "2027-09-07"), lage("b", "2027-09-14")) == 20

    def test_past_midnight_is_the_evening_it_begins_on(self) -> None:
        r = evolve(self.r, je_woche=0, belegt=())
        sunday, monday = lage("a", "2027-09-12", "22:00", "01:00"), lage("b", "2027-09-13", "09:00", "10:00")
        assert points(r, sunday, monday) == 10
        assert points(r, lage("a", "2027-09-12", "22:00", "00:00")) == 10

    def test_busy_days_on_end_are_an_evening_each(self) -> None:
        fair = Belegung(dt("2027-09-06", "00:00"), dt("2027-09-09", "00:00"), "Messe")
        assert points(evolve(self.r, belegt=(fair,), je_woche=3), lage("a", "2027-09-09")) == 10


class TestMeiden:
    r = Meiden(
        "w",
        G,
        1,
        "a",
        "gremien",
        (belegung("2027-09-01", "16:00", "18:00"), belegung("2027-09-01", "17:00", "19:00")),
        3,
    )

    @pytest.mark.parametrize(
        ("von", "bis", "points_"),
        [("14:00", "16:00", 0), ("14:00", "16:01", 3), ("17:00", "18:30", 3), ("19:00", "20:00", 0)],
    )
    def test_once_however_much_it_overlaps(self, von: str, bis: str, points_: int) -> None:
        assert points(self.r, lage("a", "2027-09-01", von, bis)) == points_


class TestSelbst:
    r = Selbst("w", G, 1, "b", ("stk/nord", "amt/nord"), 2)

    @pytest.mark.parametrize(
        ("vortrag", "deputies"),
        [(("stk/nord", "amt/nord"), 0), (("stk/sued", "amt/nord"), 1), (("stk/sued", "amt/sued"), 2)],
    )
    def test_each_deputy_costs(self, vortrag: tuple[str, ...], deputies: int) -> None:
        assert points(self.r, lage("b", "2027-09-01", sitzung="bv-1", vortrag=vortrag)) == 2 * deputies

    def test_others_do_not_matter(self) -> None:
        assert points(self.r, lage("a", "2027-09-01", sitzung="bv-1", vortrag=("stk/sued",))) == 0


class TestWechsel:
    r = Wechsel("w", G, 1, "kr", ("a", "b", "c", "d"), ("haus", "schule"), 2)

    @pytest.mark.parametrize(
        ("orte", "breaches"),
        [
            (("haus", "schule", "haus", "schule"), 0),
            (("haus", "schule", "schule", "haus"), 1),
            (("haus", "haus", "haus", "schule"), 2 + 1 + 1),
            (("haus", "haus", "haus", "haus"), 3 + 2 + 2),
            (("haus", "schule", "haus"), 0),
            (("", "", "haus", "schule"), 1 + 1),
        ],
    )
    def test_repetitions_and_unequal_shares_cost(self, orte: tuple[str, ...], breaches: int) -> None:
        days = ("2027-03-03", "2027-05-05", "2027-07-07", "2027-09-09")
        lagen = [lage(e, day, ort=ort) for e, day, ort in zip("abcd", days, orte, strict=False)]
        assert points(self.r, *lagen) == 2 * breaches

    def test_the_order_is_that_of_the_days(self) -> None:
        late, early = lage("a", "2027-09-01", ort="haus"), lage("b", "2027-03-01", ort="haus")
        between = lage("c", "2027-06-01", ort="schule")
        assert points(self.r, late, early, between) == 0

    def test_on_one_day_the_order_is_that_of_the_programme(self) -> None:
        a = lage("a", "2027-03-01", "18:00", "19:00", ort="haus")
        b = lage("b", "2027-03-01", "08:00", "09:00", ort="schule")
        c = lage("c", "2027-03-02", ort="haus")
        assert points(self.r, a, b, c) == 0


class TestBleiben:
    r = Bleiben("w", G, -1, "a", dt("2027-09-01", "17:00"), dt("2027-09-01", "19:00"), "haus", ("p", "q"), 3)
    told = lage("a", "2027-09-01", ort="haus", sitzung="bv-1", vortrag=("p", "q"))

    def test_what_people_were_told_costs_nothing(self) -> None:
        """Nobody was told in which sitting of that moment it is heard."""
        assert points(self.r, self.told) == 0
        assert points(self.r, evolve(self.told, sitzung="bv-2")) == 0

    @pytest.mark.parametrize(
        "other",
        [
            lage("a", "2027-09-02", ort="haus", vortrag=("p", "q")),
            evolve(told, beginn=told.beginn + MINUTE),
            evolve(told, ende=told.ende - MINUTE),
            evolve(told, ort="schule"),
            evolve(told, vortrag=("q", "p")),
            lage("a", "2028-09-01", "08:00", "09:00", ort="", vortrag=()),
        ],
    )
    def test_any_change_costs_once(self, other: Lage) -> None:
        assert points(self.r, other) == 3

    def test_who_presents_may_not_matter(self) -> None:
        assert points(evolve(self.r, vortrag=None), evolve(self.told, vortrag=("x",))) == 0


# --- every kind against counting day by day -------------------------------------------------------------

EVENTS = ("a", "b", "c", "d")
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@st.composite
def spans(draw: st.DrawFn) -> tuple[datetime, datetime]:
    """A time within one of the DAYS."""
    minutes = draw(st.lists(st.integers(8 * 60, 23 * 60), min_size=2, max_size=2, unique=True).map(sorted))
    midnight = datetime.combine(draw(st.sampled_from(DAYS)), time(0))
    return midnight + minutes[0] * MINUTE, midnight + minutes[1] * MINUTE


@st.composite
def plans(draw: st.DrawFn) -> Lagen:
    """Each event missing, once, or twice; some are Beratungen."""
    presented = st.sampled_from([("", ()), ("", ()), ("bv-1", ("stk/nord",)), ("bv-2", ("stk/sued",))])
    lagen = []
    for ereignis in EVENTS:
        for von, bis in draw(st.lists(spans(), max_size=2)):
            sitzung, vortrag = draw(presented)
            ort = "" if sitzung else draw(st.sampled_from(["haus", "haus", "schule", ""]))
            lagen.append(Lage(ereignis, von, bis, ort, sitzung, vortrag))
    return plan(lagen)


busy = st.lists(spans().map(lambda span: Belegung(*span, "Rat")), max_size=8).map(tuple)
weights = st.integers(1, 9)
bounds = st.tuples(st.integers(-5, 20), st.integers(0, 20)).map(lambda pair: (pair[0], sum(pair)))
folge = st.lists(st.sampled_from(EVENTS), min_size=1, max_size=4, unique=True).map(tuple)


@given(plans(), st.integers(0, 6), times, weights, weights)
def test_gewohnt(lagen: Lagen, wochentag: int, beginn: time, gewicht_tag: int, gewicht_zeit: int) -> None:
    expected = 0
    for one in lagen.get("a", ()):
        if one.tag not in DAYS[wochentag::7]:
            expected += gewicht_tag
        early, late = sorted([one.beginn.time(), beginn])
        clock, end = datetime.combine(FIRST, early), datetime.combine(FIRST, late)
        while clock < end:
            clock += 30 * MINUTE
            expected += gewicht_zeit
    assert cost(Gewohnt("w", G, 1, "a", wochentag, beginn, gewicht_tag, gewicht_zeit), lagen) == expected


@given(plans(), bounds, st.booleans(), st.booleans(), weights)
def test_abstandswunsch(lagen: Lagen, bound: tuple[int, int], low: bool, high: bool, gewicht: int) -> None:
    """The cost is how many days ``dann`` would have to move to lie within the bounds."""
    mindestens, hoechstens = (bound[0] if low else None), (bound[1] if high else None)

    def within(day: date, erst: date) -> bool:
        days = (day - erst).days
        return (mindestens is None or days >= mindestens) and (hoechstens is None or days <= hoechstens)

    expected = 0
    for erst in lagen.get("a", ()):
        for dann in lagen.get("b", ()):
            steps = 0
            while not (within(dann.tag + steps * TAG, erst.tag) or within(dann.tag - steps * TAG, erst.tag)):
                steps += 1
            expected += gewicht * steps
    assert cost(Abstandswunsch("w", G, 1, "a", "b", mindestens, hoechstens, gewicht), lagen) == expected


@given(plans(), weights)
def test_vorher(lagen: Lagen, gewicht: int) -> None:
    expected = 0
    for erst in lagen.get("a", ()):
        later = [day for day in DAYS if day > erst.tag]
        expected += sum(gewicht for dann in lagen.get("b", ()) if dann.tag not in later)
    assert cost(Vorher("w", G, 1, "a", "b", gewicht), lagen) == expected


@given(plans(), folge, st.integers(1, 30), weights)
def test_danach(lagen: Lagen, ereignisse: tuple[str, ...], tage: int, gewicht: int) -> None:
    held = {one.tag for ereignis in ereignisse for one in lagen.get(ereignis, ())}
    expected = 0
    for nach in lagen.get("d", ()):
        if not held & {nach.tag + n * TAG for n in range(1, tage + 1)}:
            expected += gewicht
    assert cost(Danach("w", G, 1, "d", ereignisse, tage, gewicht), lagen) == expected


@given(plans(), folge, st.integers(0, 3), weights)
def test_verteilt(lagen: Lagen, ereignisse: tuple[str, ...], je_woche: int, gewicht: int) -> None:
    expected = 0
    for monday in DAYS[::7]:
        number = 0
        for day in (monday + n * TAG for n in range(7)):
            for ereignis in ereignisse:
                for one in lagen.get(ereignis, ()):
                    if one.tag == day:
                        number += 1
                        expected += gewicht if number > je_woche else 0
    assert cost(Verteilt("w", G, 1, ereignisse, je_woche, gewicht), lagen) == expected


@given(plans(), folge, busy, times, st.integers(0, 3), weights)
def test_abendlast(
    lagen: Lagen,
    ereignisse: tuple[str, ...],
    belegt: tuple[Belegung, ...],
    ab: time,
    je_woche: int,
    gewicht: int,
) -> None:
    mine = [
        one
        for ereignis in ereignisse
        for one in lagen.get(ereignis, ())
        if not one.sitzung or "stk/nord" in one.vortrag
    ]
    expected = 0
    for monday in DAYS[::7]:
        week = [monday + n * TAG for n in range(7)]
        fixed = [day for day in week if any(b.bis.date() == day and b.bis.time() > ab for b in belegt)]
        more = [day for day in week if any(one.tag == day and one.ende.time() > ab for one in mine)]
        evenings = len(fixed)
        for day in more:
            if day not in fixed:
                evenings += 1
                expected += gewicht if evenings > je_woche else 0
    r = Abendlast("w", G, 1, "stk/nord", ereignisse, belegt, ab, je_woche, gewicht)
    assert cost(r, lagen) == expected


@given(plans(), busy, weights)
def test_meiden(lagen: Lagen, belegt: tuple[Belegung, ...], gewicht: int) -> None:
    taken = set()
    for b in belegt:
        taken |= {b.von + n * MINUTE for n in range((b.bis - b.von) // MINUTE)}
    expected = 0
    for one in lagen.get("a", ()):
        if any(one.beginn + n * MINUTE in taken for n in range((one.ende - one.beginn) // MINUTE)):
            expected += gewicht
    assert cost(Meiden("w", G, 1, "a", "gremien", belegt, gewicht), lagen) == expected


@given(plans(), weights)
def test_selbst(lagen: Lagen, gewicht: int) -> None:
    deputies = [one for one in lagen.get("a", ()) if one.vortrag == ("stk/sued",)]
    assert cost(Selbst("w", G, 1, "a", ("stk/nord",), gewicht), lagen) == gewicht * len(deputies)


@given(plans(), st.sampled_from(DAYS), st.sampled_from(["", "haus"]), weights)
def test_bleiben(lagen: Lagen, tag: date, ort: str, gewicht: int) -> None:
    """Each Termin of the event counts that differs from the one told in any respect."""
    told = lagen["a"][0] if lagen.get("a") else lage("a", tag.isoformat(), ort=ort)
    p = Bleiben("w", G, -1, "a", told.beginn, told.ende, told.ort, told.vortrag, gewicht)
    same = [one for one in lagen.get("a", ()) if evolve(one, sitzung=told.sitzung) == told]
    assert cost(p, lagen) == gewicht * (len(lagen.get("a", ())) - len(same))


@given(plans(), st.sampled_from([(), ("haus",), ("haus", "schule"), ("haus", "schule", "halle")]), weights)
def test_wechsel(lagen: Lagen, orte: tuple[str, ...], gewicht: int) -> None:
    """A fair share is what dealing the Termine out one by one gives the first and the last Ort."""
    ereignisse = ("b", "a", "d")
    by_day: dict[date, list[Lage]] = {}
    for ereignis in ereignisse:
        for one in lagen.get(ereignis, ()):
            by_day.setdefault(one.tag, []).append(one)
    in_turn = [one for tag in sorted(by_day) for one in by_day[tag]]
    expected, before = 0, ""
    for one in in_turn:
        expected += gewicht if one.ort and one.ort == before else 0
        before = one.ort
    dealt = dict.fromkeys(orte, 0)
    for number in range(len(in_turn) if orte else 0):
        dealt[orte[number % len(orte)]] += 1
    for ort in orte:
        here = sum(one.ort == ort for one in in_turn)
        expected += gewicht * max(0, here - dealt[orte[0]], dealt[orte[-1]] - here)
    assert cost(Wechsel("w", G, 1, "kr", ereignisse, orte, gewicht), lagen) == expected


# --- laws ------------------------------------------------------------------------------------------------

ALL: tuple[Preference, ...] = (
    TestGewohnt.r,
    TestAbstandswunsch.r,
    TestVorher.r,
    evolve(TestDanach.r, nach="d"),
    TestVerteilt.r,
    TestAbendlast.r,
    TestMeiden.r,
    TestSelbst.r,
    TestWechsel.r,
    TestBleiben.r,
    Ausgleich(
        "w", G, 1, Was.ABENDE, (Last("p", (Dienst("p", tuple(map(Pflicht, EVENTS))),)),), t("18:00"), 0, 1
    ),
    Robust(
        "w",
        G,
        1,
        Sitzungstag("bv-1", "bv", dt("2027-01-05", "08:00"), dt("2027-01-05", "20:00"), "BV"),
        ("d",),
        (),
        tuple((e, 1440) for e in EVENTS),
        14,
        1,
    ),
)


def test_the_list_of_kinds_is_complete() -> None:
    assert {type(preference) for preference in ALL} == set(get_args(Preference))


@pytest.mark.parametrize("preference", ALL, ids=lambda preference: type(preference).__name__)
def test_an_empty_plan_costs_nothing(preference: Preference) -> None:
    assert cost(preference, {}) == 0


@pytest.mark.parametrize("preference", ALL, ids=lambda preference: type(preference).__name__)
@given(lagen=plans(), factor=st.integers(0, 5))
def test_points_are_in_proportion_to_the_weights(preference: Preference, lagen: Lagen, factor: int) -> None:
    match preference:
        case Gewohnt(gewicht_tag=day, gewicht_zeit=hour):
            heavier: Preference = evolve(preference, gewicht_tag=factor * day, gewicht_zeit=factor * hour)
        case _:
            heavier = evolve(preference, gewicht=factor * preference.gewicht)
    assert cost(heavier, lagen) == factor * cost(preference, lagen) >= 0


@given(plans(), st.lists(st.integers(1, 4), min_size=len(ALL), max_size=len(ALL)))
def test_a_stage_costs_what_its_preferences_cost(lagen: Lagen, stages: list[int]) -> None:
    staged = [evolve(preference, stufe=stage) for preference, stage in zip(ALL, stages, strict=True)]
    found = costs(staged, lagen)
    assert list(found) == sorted(set(stages))
    for stage, total in found.items():
        assert total == sum(cost(preference, lagen) for preference in staged if preference.stufe == stage)
