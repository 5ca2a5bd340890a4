"""Days to leave free: as a programme writes them, and the days they are in each year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.loading import load
from gremienplan.loading.ordner import shipped
from gremienplan.programm import Fest, Meidetag, MonatTag, meidezeiten
from gremienplan.ratskalender import festnamen, ostersonntage
from gremienplan.texts import render
from tests.fristen.test_zaehlung import OSTERN
from tests.jahr.muster import G
from tests.programm.test_ereignisse import programm

TAG = timedelta(days=1)
KARNEVAL = Meidetag("weiber", "Weiberfastnacht", G, ostern=-52)
ROSENMONTAG = Meidetag("rosen", "Rosenmontag", G, ostern=-48)
WAHL = Meidetag("wahl", "Landtagswahl", G, tage=(date(2027, 4, 25),), quelle="Bekanntmachung")
ZUCKERFEST = Meidetag("eid", "Zuckerfest", G, fest=Fest("TR", "Eid al-Fitr"), mond=True)
MARTIN = Meidetag("martin", "Sankt Martin", G, jaehrlich=MonatTag(11, 11))

MOVING = {
    2026: ("02-12", "02-16", "03-20", "03-22", "09-21"),
    2027: ("02-04", "02-08", "03-09", "03-11", "10-11"),
    2028: ("02-24", "02-28", "02-26", "02-28", "09-30"),
    2029: ("02-08", "02-12", "02-14", "02-16", None),
    2030: ("02-28", "03-04", "02-04", "02-06", None),
}
"""Weiberfastnacht, Rosenmontag, first and last day of Eid al-Fitr, Jom Kippur: from calendars, not from the package."""


def days(meidetag: Meidetag, *jahre: int) -> list[date]:
    """Return every day of which all is rather left free."""
    found = []
    for zeit in meidezeiten((meidetag,), jahre):
        tag = zeit.von if zeit.von.time() == time() else datetime.combine(zeit.von.date() + TAG, time())
        while tag < zeit.bis:
            found.append(tag.date())
            tag += TAG
    return found


class TestKnownDates:
    @pytest.mark.parametrize("jahr", OSTERN)
    def test_easter(self, jahr: int) -> None:
        assert ostersonntage([jahr]) == (date.fromisoformat(f"{jahr}-{OSTERN[jahr]}"),)

    @pytest.mark.parametrize("jahr", MOVING)
    def test_what_moves(self, jahr: int) -> None:
        weiber, rosen, first, last, kippur = (d and date.fromisoformat(f"{jahr}-{d}") for d in MOVING[jahr])
        assert days(KARNEVAL, jahr) == [weiber]
        assert days(ROSENMONTAG, jahr) == [rosen]
        feast = days(ZUCKERFEST, jahr)
        assert (feast[0], feast[-1], len(feast)) == (first, last, 3)
        found = days(evolve(ZUCKERFEST, fest=Fest("IL", "Yom Kippur")), jahr)
        assert len(found) == 1
        assert kippur in (None, *found)

    def test_elections_are_listed(self) -> None:
        """In a year without one there is none."""
        assert days(WAHL, 2026, 2027, 2028) == [date(2027, 4, 25)]

    def test_an_estimated_feast_is_one_as_well(self) -> None:
        """Where the package only estimates it."""
        assert len(days(ZUCKERFEST, 2045)) == 3

    def test_a_country_or_feast_nobody_knows_has_no_days(self) -> None:
        assert festnamen("XX") == frozenset()
        assert days(evolve(ZUCKERFEST, fest=Fest("XX", "Eid al-Fitr")), 2027) == []
        assert days(evolve(ZUCKERFEST, fest=Fest("TR", "Karneval")), 2027) == []


class TestTimes:
    def test_the_evening_before(self) -> None:
        """From the hour that is said, of the day before, to the end of the last day."""
        (zeit,) = meidezeiten([evolve(MARTIN, vorabend=time(17))], [2027])
        assert (zeit.von, zeit.bis) == (datetime(2027, 11, 10, 17), datetime(2027, 11, 12))

    def test_a_feast_of_several_days_is_one_time(self) -> None:
        (zeit,) = meidezeiten([ZUCKERFEST], [2027])
        assert (zeit.von, zeit.bis) == (datetime(2027, 3, 9), datetime(2027, 3, 12))

    def test_the_moon_is_said(self) -> None:
        assert render(ZUCKERFEST.wort, "en") == "Zuckerfest (by the moon; perhaps a day earlier or later)"
        assert ROSENMONTAG.wort == "Rosenmontag"

    @given(
        st.integers(-180, 180),
        st.integers(1, 31),
        st.sets(st.integers(2024, 2035), min_size=1, max_size=4),
    )
    def test_counted_from_easter(self, ostern: int, lang: int, jahre: set[int]) -> None:
        """The same distance every year, so always the same weekday; so many days in a row."""
        found = meidezeiten([evolve(KARNEVAL, ostern=ostern, tage_lang=lang)], jahre)
        sundays = [date.fromisoformat(f"{jahr}-{OSTERN[jahr]}") for jahr in sorted(jahre)]
        assert [(z.von.date() - sunday).days for z, sunday in zip(found, sundays, strict=True)] == (
            [ostern] * len(jahre)
        )
        assert {z.von.weekday() for z in found} == {(6 + ostern) % 7}
        assert {z.bis - z.von for z in found} == {lang * TAG}

    @given(
        st.lists(st.sampled_from([KARNEVAL, ROSENMONTAG, WAHL, ZUCKERFEST, MARTIN]), max_size=4, unique=True)
    )
    def test_years_and_entries_add_up(self, meidetage: list[Meidetag]) -> None:
        """All years together are the years one by one, all entries the entries one by one; in the order of time."""
        together = meidezeiten(meidetage, [2027, 2028, 2028])
        alone = [z for m in meidetage for jahr in (2027, 2028) for z in meidezeiten([m], [jahr])]
        assert list(together) == sorted(together, key=lambda z: z.von)
        assert sorted(map(str, together)) == sorted(map(str, alone))


@pytest.mark.parametrize("stadt", shipped())
def test_the_days_of_the_cities_that_ship_are_days(stadt: str) -> None:
    """Every feast is one its country's calendar has, and comes in 2027; every entry says days of some year."""
    for meidetag in load(stadt).programm.meidetage:
        if meidetag.fest is not None:
            assert meidetag.fest.name in festnamen(meidetag.fest.land)
            assert days(meidetag, 2027)
        assert meidezeiten([meidetag], range(2025, 2036))


def test_a_projects_days_take_the_place_of_those_of_the_same_id() -> None:
    """In their place in the list; others follow."""
    own = evolve(ROSENMONTAG, id="weiber")
    both = programm(sitzungen=())
    found = evolve(both, meidetage=(KARNEVAL, WAHL)).mit_meidetagen((MARTIN, own))
    assert found.meidetage == (own, WAHL, MARTIN)
