"""Free days of a Land: facts against the tables of the ministry, and what nobody knows yet."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from gremienplan.errors import InputError
from gremienplan.ratskalender import FreierTag, Freitage, brueckentage, freitage

FERIEN = {
    2026: ["03-30/04-11", "05-26/05-26", "07-20/09-01", "10-17/10-31", "12-23/01-06"],
    2027: ["03-22/04-03", "05-18/05-18", "07-19/08-31", "10-23/11-06", "12-24/01-08"],
    2028: ["04-10/04-22", "07-10/08-22", "10-23/11-04", "12-21/01-05"],
}
"""Schulministerium NRW; a span that ends before it begins runs into the next year."""

FEIERTAGE = {
    2026: "01-01 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26",
    2027: "01-01 03-26 03-29 05-01 05-06 05-17 05-27 10-03 11-01 12-25 12-26",
    2028: "01-01 04-14 04-17 05-01 05-25 06-05 06-15 10-03 11-01 12-25 12-26",
}
BRUECKEN = {2026: "01-02 05-15 06-05", 2027: "05-07 05-28", 2028: "05-26 06-16 10-02"}


def tag(jahr: int, monat_tag: str) -> date:
    return date.fromisoformat(f"{jahr}-{monat_tag}")


@pytest.fixture(scope="module")
def nrw() -> Freitage:
    return freitage("NW", range(2026, 2030))


class TestNordrheinWestfalen:
    @pytest.mark.parametrize("jahr", FERIEN)
    def test_school_holidays_are_the_ministrys(self, nrw: Freitage, jahr: int) -> None:
        expected = []
        for spanne in FERIEN[jahr]:
            von, bis = spanne.split("/")
            expected.append((tag(jahr, von), tag(jahr + (bis < von), bis)))
        assert [
            (f.von, f.bis) for f in nrw.ferien if f.von.year == jahr and f.von > date(jahr, 1, 1)
        ] == expected

    @pytest.mark.parametrize("jahr", FEIERTAGE)
    def test_public_holidays_are_eleven_a_year(self, nrw: Freitage, jahr: int) -> None:
        found = [
            day
            for frei in nrw.feiertage
            for day in (frei.von, frei.bis)[: 1 + (frei.von != frei.bis)]
            if day.year == jahr
        ]
        assert found == [tag(jahr, monat_tag) for monat_tag in FEIERTAGE[jahr].split()]

    @pytest.mark.parametrize("jahr", BRUECKEN)
    def test_bridge_days(self, nrw: Freitage, jahr: int) -> None:
        expected = [tag(jahr, monat_tag) for monat_tag in BRUECKEN[jahr].split()]
        assert [b.von for b in brueckentage(nrw, jahr)] == expected
        assert all(b.von == b.bis and b.name == "Brückentag" for b in brueckentage(nrw, jahr))

    def test_names_are_german(self, nrw: Freitage) -> None:
        assert {"Karfreitag", "Fronleichnam", "Tag der Deutschen Einheit"} <= {f.name for f in nrw.feiertage}
        assert {"Sommerferien", "Herbstferien", "Weihnachtsferien"} <= {f.name for f in nrw.ferien}


class TestUnknown:
    def test_school_holidays_end_where_the_publication_ends(self, nrw: Freitage) -> None:
        """The package knows NRW to the end of the summer of 2029; the day after is unknown, never free."""
        assert nrw.ferien_bis == date(2029, 8, 14)
        assert nrw.ferien_bekannt(date(2029, 8, 14))
        assert not nrw.ferien_bekannt(date(2029, 8, 15))

    @pytest.mark.parametrize("jahre", [[2027], [2030], [2026, 2040]])
    def test_how_far_it_is_known_does_not_depend_on_what_is_asked(self, jahre: list[int]) -> None:
        assert freitage("NW", jahre).ferien_bis == date(2029, 8, 14)

    def test_a_year_beyond_has_public_holidays_and_unknown_school_holidays(self) -> None:
        frei = freitage("NW", [2031])
        assert not frei.ferien
        assert date(2031, 10, 3) in {f.von for f in frei.feiertage}
        assert not frei.ferien_bekannt(date(2031, 10, 20))

    def test_a_land_that_does_not_exist_is_a_problem_with_a_list(self) -> None:
        with pytest.raises(InputError) as caught:
            freitage("XX", [2027])
        (problem,) = caught.value.problems
        assert problem.wert == "XX"
        assert "NW" in str(problem.hinweis)


class TestShape:
    @pytest.mark.parametrize("land", ["NW", "BY", "DE-SN"])
    def test_spans_are_in_order_and_do_not_touch(self, land: str) -> None:
        """Neighbouring days of one name are one span, also across New Year."""
        for spannen in (freitage(land, [2026, 2027]).feiertage, freitage(land, [2026, 2027]).ferien):
            for a, b in pairwise(spannen):
                assert a.von <= a.bis < b.von
                assert a.name != b.name or b.von - a.bis > timedelta(days=1)

    def test_new_years_eve_can_be_a_bridge_day(self) -> None:
        """Monday 31 December 2029 leans on a New Year's Day of a year nobody asked for."""
        assert date(2029, 12, 31) in {b.von for b in brueckentage(freitage("NW", [2029]), 2029)}

    def test_two_days_are_no_bridge(self) -> None:
        """A holiday on a Wednesday bridges nothing; on a Tuesday it bridges Monday."""
        mittwoch, dienstag = date(2027, 6, 9), date(2027, 6, 15)
        frei = Freitage((FreierTag(mittwoch, mittwoch, "A"), FreierTag(dienstag, dienstag, "B")))
        assert [b.von for b in brueckentage(frei, 2027)] == [date(2027, 6, 14)]
