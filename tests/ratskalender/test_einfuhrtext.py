"""What lies in ratskalender/ after an import: readable, located where it is broken, and free of persons."""

import contextlib
from datetime import date, datetime

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.errors import InputError
from gremienplan.ratskalender import (
    Einfuhr,
    Eintrag,
    Mangel,
    Verlust,
    einfuhr_from_json,
    einfuhr_to_json,
)
from gremienplan.ratskalender.einfuhrtext import geordnet, ohne_angaben

WORTE = st.text(max_size=20)
ZEITEN = st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31))
TAGE = st.dates(date(1900, 1, 1), date(2199, 12, 31))
EINTRAEGE = st.builds(
    Eintrag,
    quelle=st.just("rat"),
    kennung=WORTE,
    name=WORTE,
    beginn=ZEITEN | TAGE,
    ende=st.none() | ZEITEN | TAGE,
    ort=WORTE,
    status=WORTE,
    gremien=st.lists(WORTE, max_size=2).map(tuple),
    geaendert=st.none() | ZEITEN,
)
EINFUHREN = st.builds(
    Einfuhr,
    quelle=st.just("rat"),
    art=st.sampled_from(["ics", "oparl", "tabelle"]),
    herkunft=WORTE,
    gelesen=ZEITEN,
    pruefsumme=st.text("0123456789abcdef", min_size=16, max_size=16),
    eintraege=st.lists(EINTRAEGE, max_size=4).map(tuple),
    verluste=st.lists(st.builds(Verlust, st.sampled_from(Mangel), WORTE, WORTE), max_size=2).map(tuple),
    feste_kennungen=st.booleans(),
)
RAT = Eintrag("rat", "1", "Rat", datetime(2027, 3, 2, 17), datetime(2027, 3, 2, 20), "Saal 1")
EINFUHR = Einfuhr("rat", "ics", "alle.ics", datetime(2026, 10, 1, 8), "0" * 16, (RAT,))


class TestText:
    @given(EINFUHREN)
    def test_what_is_written_is_read_again(self, einfuhr: Einfuhr) -> None:
        assert einfuhr_from_json(einfuhr_to_json(einfuhr), "rat", "rat.json") == geordnet(einfuhr)

    @given(EINFUHREN, st.randoms(use_true_random=False))
    def test_the_order_of_a_source_changes_no_byte(self, einfuhr: Einfuhr, zufall: object) -> None:
        gemischt = list(einfuhr.eintraege)
        zufall.shuffle(gemischt)  # type: ignore[attr-defined]
        assert einfuhr_to_json(evolve(einfuhr, eintraege=tuple(gemischt))) == einfuhr_to_json(einfuhr)

    def test_one_entry_is_one_line(self) -> None:
        text = einfuhr_to_json(evolve(EINFUHR, eintraege=(RAT, evolve(RAT, kennung="2", ende=None))))
        (zeile,) = [line for line in text.splitlines() if '"kennung": "1"' in line]
        assert zeile.strip(" ,") == (
            '{"beginn": "2027-03-02T17:00", "ende": "2027-03-02T20:00", "name": "Rat", "ort": "Saal 1", '
            '"kennung": "1"}'
        )

    def test_identities_that_change_are_not_kept(self) -> None:
        assert geordnet(evolve(EINFUHR, feste_kennungen=False)).eintraege[0].kennung == ""


class TestNobodyIsNamed:
    @pytest.mark.parametrize(
        "angabe",
        [
            "Tel. 01234 / 56789",
            "Telefon: 01234-567890",
            "+49 1234 567890",
            "01234/567890",
            "vera.muster@stadt.example",
        ],
    )
    def test_telephone_numbers_and_addresses_are_taken_out(self, angabe: str) -> None:
        """The number and the mail address are invented."""
        text = einfuhr_to_json(evolve(EINFUHR, eintraege=(evolve(RAT, ort=f"Rathaus, {angabe}"),)))
        assert "567" not in text
        assert "@" not in text
        assert "Rathaus" in text

    @pytest.mark.parametrize(
        "text",
        [
            "03.03.2027",
            "2027-03-02",
            "SI/0507/20",
            "Vorlage 0507/2010",
            "59065 Musterstadt",
            "17:00-19:00 Uhr",
        ],
    )
    def test_other_numbers_stay(self, text: str) -> None:
        assert ohne_angaben(text) == text


class TestBroken:
    def test_every_mistake_at_once_with_its_place(self) -> None:
        text = (
            '{"format": 2, "art": "fax", "gelesen": "gestern", "eintraege": ['
            '{"beginn": "2027-02-30", "name": 5}, {"nahme": "Rat"}, []], "verluste": [{"mangel": "x"}]}'
        )
        with pytest.raises(InputError) as caught:
            einfuhr_from_json(text, "rat", "rat.json")
        assert [p.pfad for p in caught.value.problems] == [
            "format",
            "art",
            "gelesen",
            "eintraege[1].beginn",
            "eintraege[1].name",
            "eintraege[2].nahme",
            "eintraege[2].beginn",
            "eintraege[2].name",
            "eintraege[3]",
            "verluste[1].mangel",
        ]
        assert {p.datei for p in caught.value.problems} == {"rat.json"}

    @given(st.data())
    def test_a_damaged_file_is_read_or_refused(self, data: st.DataObject) -> None:
        text = einfuhr_to_json(EINFUHR)
        von = data.draw(st.integers(0, len(text)))
        bis = data.draw(st.integers(von, len(text)))
        neu = text[:von] + data.draw(st.text(max_size=5)) + text[bis:]
        with contextlib.suppress(InputError):
            einfuhr_from_json(neu, "rat", "rat.json")

    def test_a_year_no_council_speaks_of(self) -> None:
        text = einfuhr_to_json(EINFUHR).replace("2027-03-02T17", "9999-12-31T17")
        with pytest.raises(InputError):
            einfuhr_from_json(text, "rat", "rat.json")

    def test_deep_nesting_is_a_problem(self) -> None:
        with pytest.raises(InputError):
            einfuhr_from_json("[" * 100_000, "rat", "rat.json")
