"""Counting back from a sitting: numbers of real Geschäftsordnungen, and every day of eleven years by an oracle."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate, product
from pathlib import Path

import holidays
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.fristen import (
    Ausweichen,
    Feiertage,
    Frist,
    Fristart,
    Fristtag,
    Zaehlung,
    describe,
    label,
    letzter_tag,
    vorlauf,
)
from gremienplan.loading.shapes import structure
from gremienplan.quellen import Authority, Grundlage
from gremienplan.texts import render

TAG = timedelta(days=1)
JAHRE = range(2024, 2036)
NW = Feiertage(frozenset(holidays.country_holidays("DE", subdiv="NW", years=JAHRE)), frozenset(JAHRE))
FRIST = Frist("f", Fristart.LADUNG, ("rat",), 10, Grundlage(Authority.VORGABE))


def last(frist: Frist, tag: date) -> date:
    return letzter_tag(frist, tag, NW).tag


class TestRealNumbers:
    """What Geschäftsordnungen say, in dates anybody can count on a calendar."""

    def test_ten_full_days(self) -> None:
        """Mettmann: ten full days lie between; a sitting on Thursday 18 March is called on Sunday 7 March."""
        assert last(FRIST, date(2027, 3, 18)) == date(2027, 3, 7)

    def test_noon_of_the_seventh_calendar_day_before(self) -> None:
        """Wuppertal: papers until 12:00 on the 7th day before a BV: of a Wednesday, the Wednesday before."""
        frist = evolve(FRIST, tage=7, versandtag=True, bis=time(12))
        fristtag = letzter_tag(frist, date(2027, 3, 17), NW)
        assert fristtag == Fristtag(date(2027, 3, 10), time(12))
        assert not fristtag.past(datetime(2027, 3, 10, 12))
        assert fristtag.past(datetime(2027, 3, 10, 12, 1))

    def test_eleven_days_before(self) -> None:
        """Hannover: public eleven days before the sitting, which are ten full days."""
        frist = evolve(FRIST, tage=11, versandtag=True)
        assert last(frist, date(2027, 3, 18)) == last(FRIST, date(2027, 3, 18)) == date(2027, 3, 7)

    def test_working_days_leave_out_easter(self) -> None:
        """Thursday 1 April 2027: Good Friday and Easter Monday do not count, Saturday 27 March only as a Werktag."""
        tag = date(2027, 4, 1)
        werktage = evolve(FRIST, tage=5, zaehlung=Zaehlung.WERKTAGE)
        assert last(werktage, tag) == date(2027, 3, 23)
        assert last(evolve(werktage, zaehlung=Zaehlung.ARBEITSTAGE), tag) == date(2027, 3, 22)

    @pytest.mark.parametrize(
        ("weicht", "expected"),
        [
            (Ausweichen.BLEIBT, date(2027, 3, 28)),
            (Ausweichen.VORHER, date(2027, 3, 25)),
            (Ausweichen.NACHHER, date(2027, 3, 30)),
        ],
    )
    def test_a_last_day_at_easter(self, weicht: Ausweichen, expected: date) -> None:
        """Easter Sunday moves to the Thursday before Good Friday, or to the Tuesday after."""
        frist = evolve(FRIST, art=Fristart.VORLAGE, tage=10, versandtag=True, am_freien_tag=weicht)
        assert last(frist, date(2027, 4, 7)) == expected

    def test_a_later_day_is_none_where_it_would_be_the_sittings_own(self) -> None:
        """Monday's sitting, one day before: Sunday moves back to Friday, not on to the day of the sitting."""
        frist = evolve(FRIST, tage=1, versandtag=True, am_freien_tag=Ausweichen.NACHHER)
        assert last(frist, date(2027, 3, 8)) == date(2027, 3, 5)

    def test_no_days_at_all(self) -> None:
        assert last(evolve(FRIST, tage=0), date(2027, 3, 18)) == date(2027, 3, 18)


def test_the_table_of_the_page() -> None:
    """docs/council-calendar.md says which day each of its rules gives for Thursday 18 March 2027."""
    page = (Path(__file__).parents[2] / "docs" / "council-calendar.md").read_text("utf-8")
    rows = re.findall(r"^\| [^|]+ \| (`tage[^|]*) \| \w+ (\d+) (\w+)(?:, 12:00)? \|$", page, re.MULTILINE)
    assert len(rows) == 4
    for keys, day, month in rows:
        written = tomllib.loads("\n".join(re.findall(r"`([^`]*)`", keys)))
        frist = structure(
            Frist,
            {"id": "f", "art": "vorlagenschluss", "fuer": "rat", "vorgabe": True, **written},
            "",
            "",
            fest={},
        )
        expected = date(2027, {"February": 2, "March": 3}[month], int(day))
        assert last(frist, date(2027, 3, 18)) == expected


# --- the oracle: how many days count up to each day, as one running sum over all days ------------------------

FIRST = date(2024, 1, 1)
DAYS = [FIRST + n * TAG for n in range((date(2036, 1, 1) - FIRST).days)]
SITTINGS = range(DAYS.index(date(2025, 1, 1)), len(DAYS))
FIXED = ("01-01", "05-01", "10-03", "11-01", "12-25", "12-26")
MOVING = (-2, 1, 39, 50, 60)
"""Days after Easter Sunday."""
OSTERN = {
    2024: "03-31",
    2025: "04-20",
    2026: "04-05",
    2027: "03-28",
    2028: "04-16",
    2029: "04-01",
    2030: "04-21",
    2031: "04-13",
    2032: "03-28",
    2033: "04-17",
    2034: "04-09",
    2035: "03-25",
}
"""Easter Sundays, from the church's tables and not from the package."""


@cache
def off() -> frozenset[date]:
    """Return the public holidays of Nordrhein-Westfalen, by the law of the Land."""
    fixed = {date.fromisoformat(f"{year}-{day}") for year in OSTERN for day in FIXED}
    moving = {date.fromisoformat(f"{year}-{day}") + n * TAG for year, day in OSTERN.items() for n in MOVING}
    return frozenset(fixed | moving)


@cache
def running(zaehlung: Zaehlung) -> list[int]:
    """Return how many counting days there are before each day, and in the end before the day after the last."""
    week = {Zaehlung.KALENDERTAGE: 7, Zaehlung.WERKTAGE: 6, Zaehlung.ARBEITSTAGE: 5}[zaehlung]
    counts = [
        zaehlung is Zaehlung.KALENDERTAGE or (day.weekday() < week and day not in off()) for day in DAYS
    ]
    return list(accumulate(counts, initial=0))


def oracle(frist: Frist, sitting: int) -> int:
    """Return the number of the last day: the counting days from there to the sitting are enough."""
    before = running(frist.zaehlung)
    if (before[sitting + 1] - before[sitting]) * (frist.sitzungstag and frist.versandtag) >= frist.tage:
        found = sitting  # the day itself is enough, or nothing is asked for
    else:
        goal = before[sitting + frist.sitzungstag] - frist.tage
        found = min(bisect_right(before, goal) - 1 - (not frist.versandtag), sitting - 1)
    if frist.am_freien_tag is Ausweichen.BLEIBT:
        return found
    working = running(Zaehlung.ARBEITSTAGE)
    if working[found + 1] > working[found]:
        return found
    earlier = bisect_left(working, working[found]) - 1
    later = bisect_right(working, working[found]) - 1
    return later if frist.am_freien_tag is Ausweichen.NACHHER and later < sitting else earlier


def test_the_packages_holidays_are_those_of_the_law() -> None:
    assert off() == NW.tage


MODES = list(product(Zaehlung, (False, True), (False, True), Ausweichen))


@given(st.integers(0, 12 * 13), st.sampled_from(MODES), st.integers(13, 90))
def test_long_ones(week: int, mode: tuple[Zaehlung, bool, bool, Ausweichen], tage: int) -> None:
    """Up to ninety days, on some days of these years; one day more is never later."""
    frist = Frist("f", Fristart.BEDARF, ("rat",), tage, FRIST.grundlage, "", *mode)
    sitting = SITTINGS.start + week * 25
    assert last(frist, DAYS[sitting]) == DAYS[oracle(frist, sitting)]
    assert last(evolve(frist, tage=tage + 1), DAYS[sitting]) <= last(frist, DAYS[sitting])


@pytest.mark.parametrize("zaehlung", Zaehlung)
def test_every_mode_on_every_day(zaehlung: Zaehlung) -> None:
    """2025 to 2035, each mode of counting on each day, with 0 to 12 days in turn."""
    for mode in (mode for mode in MODES if mode[0] is zaehlung):
        fristen = [Frist("f", Fristart.BEDARF, ("rat",), n, FRIST.grundlage, "", *mode) for n in range(13)]
        for sitting in SITTINGS:
            frist = fristen[sitting % 13]
            expected = DAYS[oracle(frist, sitting)]
            assert last(frist, DAYS[sitting]) == expected, (frist, DAYS[sitting])


class TestUnknownHolidays:
    """Beyond the years whose holidays are known nothing is certain that depends on them."""

    @given(st.sampled_from(MODES), st.integers(0, 30))
    def test_said_exactly_where_it_matters(
        self, mode: tuple[Zaehlung, bool, bool, Ausweichen], tage: int
    ) -> None:
        """Counting calendar days that stay needs no holidays; everything else needs each year it reaches into."""
        frist = Frist("f", Fristart.BEDARF, ("rat",), tage, FRIST.grundlage, "", *mode)
        needs = mode[0] is not Zaehlung.KALENDERTAGE or mode[3] is not Ausweichen.BLEIBT
        only = Feiertage(NW.tage, frozenset({2027}))
        assert letzter_tag(frist, date(2027, 12, 1), only).bekannt
        assert letzter_tag(frist, date(2028, 1, 3), only).bekannt is not needs
        assert letzter_tag(evolve(frist, tage=8 + tage), date(2027, 1, 4), only).bekannt is not needs

    def test_a_day_that_moved_into_a_known_year_is_as_uncertain_as_before(self) -> None:
        """Saturday 30 December 2028 counts as a Werktag if it is no holiday; in any case it moves to 2 January 2029."""
        frist = Frist(
            "f",
            Fristart.VORLAGE,
            ("rat",),
            10,
            FRIST.grundlage,
            "",
            Zaehlung.WERKTAGE,
            False,
            True,
            Ausweichen.NACHHER,
        )
        for jahre in ({2029}, {2028, 2029}):
            found = letzter_tag(frist, date(2029, 1, 12), Feiertage(NW.tage, frozenset(jahre)))
            assert found == Fristtag(date(2029, 1, 2), bekannt=2028 in jahre)


class TestInWords:
    """What a deadline is called, and how it is counted."""

    def test_full_days(self) -> None:
        assert render(describe(FRIST), "en") == "10 calendar days before the sitting, neither day counted"
        assert label(FRIST) != label(evolve(FRIST, art=Fristart.VORLAGE))
        assert label(evolve(FRIST, name="Einladung")) == "Einladung"

    def test_each_mode_says_something_else(self) -> None:
        """No two ways of counting are told with the same words, in either language."""
        for language in ("de", "en"):
            words = {
                render(describe(Frist("f", Fristart.BEDARF, (), 7, FRIST.grundlage, "", *mode)), language)
                for mode in MODES
            }
            assert len(words) == len(MODES)

    def test_the_least_lead(self) -> None:
        """Full days are one day longer than counted ones; a last day that moves later shortens the lead."""
        assert vorlauf(FRIST) == 11
        assert vorlauf(evolve(FRIST, versandtag=True)) == 10
        assert vorlauf(evolve(FRIST, versandtag=True, am_freien_tag=Ausweichen.NACHHER)) == 8
        assert vorlauf(evolve(FRIST, zaehlung=Zaehlung.ARBEITSTAGE)) == 13
