"""How entries of council calendars become sittings that block."""

import random
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.quellen import Authority, Grundlage
from gremienplan.ratskalender import (
    ARTEN,
    Ausgang,
    Eintrag,
    Muster,
    Ratskalender,
    Ratssitzung,
    Treffer,
    normalisieren,
)
from gremienplan.ratskalender.dauer import spanne
from gremienplan.rules import KeinGremium
from gremienplan.stadt import Gebiet, Gremienart, Gremium, Klasse, Stadt

GANZ = Gebiet("stadt", "dorf", "Dorf", frozenset({"a"}))
RAT = Gremienart("rat", "stadt", "Rat", Klasse.POLITISCH, dauer=240)
AUSSCHUSS = Gremienart("ausschuss", "stadt", "Ausschuss", Klasse.POLITISCH, dauer=150)
DORF = Stadt(
    id="dorf",
    name="Dorf",
    domain="dorf.example",
    land="NW",
    zeitzone="Europe/Berlin",
    atom="a",
    ebenen=(),
    gebiete=(GANZ,),
    rollen={},
    gremienarten={"rat": RAT, "ausschuss": AUSSCHUSS},
    gremien={"rat/dorf": Gremium(RAT, GANZ)},
    orte={},
)
MUSTER = (
    Muster("fraktion|wahltag", Treffer.KEINE_SITZUNG),
    Muster(r"^rat\b", Treffer.GREMIUM, "rat/dorf"),
    Muster("kurzbeirat", Treffer.ART, "ausschuss", dauer=60),
    Muster("ausschuss", Treffer.ART, "ausschuss"),
)
UM_17 = datetime(2027, 3, 2, 17)


def lies(*eintraege: Eintrag) -> Ratskalender:
    return normalisieren(eintraege, MUSTER, DORF)


def eine(eintrag: Eintrag) -> Ratssitzung:
    (sitzung,) = lies(eintrag).sitzungen
    return sitzung


def eintrag(name: str = "Rat der Stadt", **werte: Any) -> Eintrag:
    return evolve(Eintrag("ris", "", name, UM_17, UM_17 + timedelta(hours=2)), **werte)


def arten(kalender: Ratskalender) -> dict[tuple[str, str], int]:
    return {(h.art, h.name): h.anzahl for h in kalender.hinweise}


class TestEnd:
    @pytest.mark.parametrize(
        "ende",
        [
            None,
            datetime(2027, 3, 3),
            datetime(2027, 3, 2),
            datetime(2027, 3, 2, 23, 59),
            datetime(2027, 3, 2, 23, 59, 59),
            UM_17,
            datetime(2027, 3, 2, 15, 17),
            UM_17 + timedelta(hours=32),
            date(2027, 3, 3),
        ],
    )
    def test_the_shapes_of_an_unknown_end(self, ende: datetime | date | None) -> None:
        """Each of them gets exactly the length of the Gremienart, and the import says so."""
        kalender = lies(eintrag(ende=ende))
        assert kalender.sitzungen[0].ende == UM_17 + timedelta(minutes=240)
        assert not kalender.sitzungen[0].ende_bekannt
        assert arten(kalender) == {("ende-unbekannt", "Rat der Stadt"): 1}

    @pytest.mark.parametrize(("name", "minuten"), [("Kurzbeirat", 60), ("Sportausschuss", 150), ("Wer", 180)])
    def test_the_default_is_the_patterns_else_the_kinds_else_three_hours(
        self, name: str, minuten: int
    ) -> None:
        assert eine(eintrag(name, ende=None)).ende == UM_17 + timedelta(minutes=minuten)

    @given(st.integers(1, 12 * 60))
    def test_a_known_end_stays(self, minuten: int) -> None:
        """Up to twelve hours, also across midnight; only midnight itself and 23:59 say nothing."""
        ende = UM_17 + timedelta(minutes=minuten)
        sitzung = eine(eintrag(ende=ende))
        if (ende.hour, ende.minute) in {(0, 0), (23, 59)}:
            assert not sitzung.ende_bekannt
        else:
            assert (sitzung.ende, sitzung.ende_bekannt) == (ende, True)


class TestWholeDays:
    def test_an_all_day_entry_takes_its_day(self) -> None:
        kalender = lies(eintrag(beginn=date(2027, 3, 2), ende=None))
        (sitzung,) = kalender.sitzungen
        assert (sitzung.beginn, sitzung.ende) == (datetime(2027, 3, 2), datetime(2027, 3, 3))
        assert arten(kalender) == {("ganztaegig", "Rat der Stadt"): 1}

    @pytest.mark.parametrize(
        ("ende", "tage"), [(date(2027, 3, 3), 1), (date(2027, 3, 4), 2), (date(2027, 3, 2), 1)]
    )
    def test_its_last_day_is_excluded_as_icalendar_counts(self, ende: date, tage: int) -> None:
        sitzung = eine(eintrag(beginn=date(2027, 3, 2), ende=ende))
        assert sitzung.ende - sitzung.beginn == timedelta(days=tage)

    def test_an_all_day_entry_nobody_knows_blocks_nothing(self) -> None:
        """An entry "Osterferien" must not close two weeks; but it is said."""
        kalender = lies(eintrag("Osterferien", beginn=date(2027, 3, 22), ende=date(2027, 4, 4)))
        assert not kalender.sitzungen
        assert arten(kalender) == {("unbekannt-ganztaegig", "Osterferien"): 1}

    def test_a_start_at_midnight_without_an_end_is_an_unknown_time(self) -> None:
        kalender = lies(eintrag(beginn=datetime(2027, 3, 2), ende=None))
        assert kalender.sitzungen[0].ende == datetime(2027, 3, 3)
        assert arten(kalender) == {("zeit-unbekannt", "Rat der Stadt"): 1}


class TestWho:
    def test_a_body_made_from_a_pattern_is_a_gremium_of_its_own(self) -> None:
        """Its id is slug and city; other spellings of its name mean the same body."""
        kalender = lies(
            eintrag("Ausschuss für Umwelt- und Klimaschutz"),
            eintrag("Ausschuss für Umwelt und Klimaschutz", beginn=UM_17 + timedelta(days=7)),
            eintrag(
                "2. Sitzung des Ausschusses für Umwelt und Klimaschutz", beginn=UM_17 + timedelta(days=9)
            ),
        )
        (ausschuss,) = kalender.ausschuesse
        assert ausschuss.id == "ausschuss-fuer-umwelt-und-klimaschutz/dorf"
        assert ausschuss.name == "Ausschuss für Umwelt und Klimaschutz"
        assert (ausschuss.art, ausschuss.dauer) == ("ausschuss", 150)
        assert {s.gremium for s in kalender.sitzungen} == {ausschuss.id}

    def test_unmatched_names_are_said_once_with_their_number_and_still_block(self) -> None:
        kalender = lies(eintrag("Kreistag"), eintrag("Kreistag", beginn=UM_17 + timedelta(days=1)))
        assert [s.gremium for s in kalender.sitzungen] == ["", ""]
        assert arten(kalender)["unbekanntes-gremium", "Kreistag"] == 2

    def test_what_is_no_sitting_is_dropped_and_said(self) -> None:
        kalender = lies(
            eintrag("Fraktion A"), eintrag("Fraktion A"), eintrag("Wahltag", beginn=date(2027, 4, 25))
        )
        assert not kalender.sitzungen
        assert arten(kalender) == {("keine-sitzung", "Fraktion A"): 2, ("keine-sitzung", "Wahltag"): 1}
        assert (kalender.von, kalender.bis) == (None, None)

    def test_what_is_no_body_here_becomes_none_and_is_said_with_its_word(self) -> None:
        """Known to a pattern or to nobody; only a body of the city's own stays what it is."""
        fonds = KeinGremium("fonds", "fonds", Grundlage(Authority.TEXT, "DORF-1"))
        namen = ("Fondsausschuss", "Fonds", "Rat zum Fonds", "Fraktion Fonds")
        kalender = normalisieren([eintrag(name) for name in namen], MUSTER, DORF, [fonds])
        assert [s.gremium for s in kalender.sitzungen] == ["rat/dorf"]
        assert not kalender.ausschuesse
        assert arten(kalender) == {
            ("kein-gremium", "Fondsausschuss"): 1,
            ("kein-gremium", "Fonds"): 1,
            ("keine-sitzung", "Fraktion Fonds"): 1,
        }
        assert all("DORF-1" in str(h.meldung) for h in kalender.hinweise if h.art == "kein-gremium")


class TestIdentity:
    def test_the_sources_own_uid(self) -> None:
        assert eine(eintrag(kennung="ALLRIS-7")).key == "ris:ALLRIS-7"

    def test_without_one_body_day_and_number_of_the_day(self) -> None:
        """Also when a source gives one UID to everything."""
        for kennung in ("", "immer-gleich"):
            kalender = lies(
                eintrag(beginn=datetime(2027, 3, 2, 18), kennung=kennung),
                eintrag(beginn=datetime(2027, 3, 2, 15), kennung=kennung),
                eintrag("Kreis-Tag", kennung=kennung),
            )
            assert [s.key for s in kalender.sitzungen] == [
                "rat/dorf:2027-03-02:1",
                "kreis tag:2027-03-02:1",
                "rat/dorf:2027-03-02:2",
            ]

    def test_true_duplicates_are_one_with_the_surest_end_and_a_place(self) -> None:
        """Across sources too: the same body and the same start; the import says so."""
        kalender = lies(
            eintrag(kennung="1", ende=None),
            eintrag("Rat", quelle="zweite", kennung="9", ort="Ratssaal"),
        )
        (sitzung,) = kalender.sitzungen
        assert (sitzung.key, sitzung.ende_bekannt, sitzung.ort) == ("ris:1", True, "Ratssaal")
        assert arten(kalender)["doppelt", "Rat"] == 1


NAMEN = [
    "Gemeinsame Sitzung Sportausschuss und Rat",
    "Rat und Sportausschuss",
    "Gemeinsame Sitzung Rat und Kreistag",
    "Rat (Sammeldatum)",
    "Rat - Umlaufverfahren",
    "Rat - verlegt auf den 03.01.2027",
    "Rat (ganztägig)",
    "Rat",
    "3. Sitzung des Rates",
    "Sportausschuss",
    "Kurzbeirat",
    "Kreistag",
    "Fraktion",
    "Rat - entfällt",
]
ZEITEN = st.datetimes(datetime(2026, 12, 31), datetime(2027, 1, 4)).map(
    lambda z: z.replace(minute=0, second=0)
)
ENDEN = st.none() | ZEITEN | st.dates(date(2027, 1, 1), date(2027, 1, 4))
EINTRAEGE = st.lists(
    st.builds(
        Eintrag,
        st.sampled_from(["a", "b"]),
        st.sampled_from(["", "1", "2", "3"]),
        st.sampled_from(NAMEN),
        ZEITEN | st.dates(date(2027, 1, 1), date(2027, 1, 4)),
        ENDEN,
        st.sampled_from(["", "Saal"]),
        st.sampled_from(["", "CONFIRMED", "CANCELLED", "VERSCHWUNDEN"]),
        st.sampled_from([(), ("Rat",), ("Sportausschuss", "Rat"), ("Kreistag",)]),
    ),
    max_size=12,
)


class TestLaws:
    """S-09: said twice, cancelled or without an end, whatever the order; what is left out is counted."""

    @given(EINTRAEGE, st.randoms(use_true_random=False))
    def test_the_order_of_entries_does_not_matter(
        self, eintraege: list[Eintrag], zufall: random.Random
    ) -> None:
        shuffled = list(eintraege)
        zufall.shuffle(shuffled)
        assert lies(*shuffled) == lies(*eintraege)

    @given(EINTRAEGE, EINTRAEGE, st.sampled_from(["CANCELLED", "cancelled", "entfällt"]))
    def test_cancelled_entries_never_change_the_sittings(
        self, eintraege: list[Eintrag], weitere: list[Eintrag], wie: str
    ) -> None:
        cancelled = [
            evolve(e, name=f"ENTFÄLLT - {e.name}") if wie == "entfällt" else evolve(e, status=wie)
            for e in weitere
        ]
        assert lies(*eintraege, *cancelled).sitzungen == lies(*eintraege).sitzungen

    @given(EINTRAEGE, st.sampled_from(["CANCELLED", "entfällt"]))
    def test_what_is_cancelled_is_still_known(self, eintraege: list[Eintrag], wie: str) -> None:
        """A calendar whose every entry is cancelled keeps the keys and starts of its sittings, and none stands."""
        stehen = [evolve(e, status="", name="Rat der Stadt") for e in eintraege]
        weg = [
            evolve(e, name=f"ENTFÄLLT - {e.name}") if wie == "entfällt" else evolve(e, status=wie)
            for e in stehen
        ]
        vorher, nachher = lies(*stehen), lies(*weg)
        assert nachher.sitzungen == ()
        assert [(s.key, s.beginn) for s in nachher.abgesagt] == [(s.key, s.beginn) for s in vorher.sitzungen]

    @given(EINTRAEGE)
    def test_saying_everything_twice_changes_no_sitting_time(self, eintraege: list[Eintrag]) -> None:
        """Whatever is exported twice blocks once."""

        def zeiten(kalender: Ratskalender) -> list[tuple[str, datetime, datetime]]:
            return [(s.gremium or s.name, s.beginn, s.ende) for s in kalender.sitzungen]

        assert zeiten(lies(*eintraege, *eintraege)) == zeiten(lies(*eintraege))

    @given(EINTRAEGE)
    def test_sittings_have_a_length_an_order_and_their_own_key(self, eintraege: list[Eintrag]) -> None:
        kalender = lies(*eintraege)
        assert all(s.beginn < s.ende for s in kalender.sitzungen)
        assert [s.beginn for s in kalender.sitzungen] == sorted(s.beginn for s in kalender.sitzungen)
        assert len({s.key for s in kalender.sitzungen}) == len(kalender.sitzungen)

    @given(EINTRAEGE)
    def test_no_entry_is_lost_in_silence(self, eintraege: list[Eintrag]) -> None:
        """Every entry comes to exactly one end; one that does not stand is counted in a remark that says why not."""
        kalender = lies(*eintraege)
        became = Counter(v.ausgang for v in kalender.verbleib)
        assert became.total() == len(eintraege)
        counted: Counter[str] = Counter()
        for hinweis in kalender.hinweise:
            counted[hinweis.art] += hinweis.anzahl
        for ausgang, n in became.items():
            if ausgang is Ausgang.EINGEGANGEN:
                assert n == counted["doppelt"] + counted["neue-kennung"]
            elif ausgang is not Ausgang.SITZUNG:
                assert n == counted[ausgang.value]

    @given(EINTRAEGE)
    def test_every_sitting_is_what_an_entry_became(self, eintraege: list[Eintrag]) -> None:
        """An entry that stands has sittings of its own; one that went into another has those of that one."""
        kalender = lies(*eintraege)
        own = [key for v in kalender.verbleib if v.ausgang is Ausgang.SITZUNG for key in v.sitzungen]
        assert sorted(own) == sorted(s.key for s in kalender.sitzungen)
        for v in kalender.verbleib:
            stands = v.ausgang in {Ausgang.SITZUNG, Ausgang.EINGEGANGEN}
            assert bool(v.sitzungen) == stands
            assert set(v.sitzungen) <= set(own)

    @given(EINTRAEGE)
    def test_every_kind_of_remark_has_its_meaning(self, eintraege: list[Eintrag]) -> None:
        assert {h.art for h in lies(*eintraege).hinweise} <= set(ARTEN)


def test_seconds_go_to_the_sittings_side() -> None:
    """Exports write actual times after a sitting; a plan counts in minutes."""
    found = spanne(datetime(2027, 5, 5, 16, 0, 40), datetime(2027, 5, 5, 18, 15, 30), 180)
    assert (found.beginn, found.ende) == (datetime(2027, 5, 5, 16, 0), datetime(2027, 5, 5, 18, 16))


class TestAnything:
    """Whatever a source gives, it is understood somehow, and counted."""

    @given(
        st.lists(
            st.builds(
                Eintrag,
                st.sampled_from(["a", "b"]),
                st.text(max_size=3),
                st.text(max_size=30) | st.sampled_from(NAMEN),
                st.datetimes() | st.dates(),
                st.none() | st.datetimes() | st.dates(),
                st.text(max_size=20),
                st.text(max_size=3) | st.sampled_from(["VERSCHWUNDEN", "CANCELLED"]),
                st.lists(st.text(max_size=10) | st.sampled_from(NAMEN), max_size=3).map(tuple),
            ),
            max_size=6,
        )
    )
    def test_any_names_and_times_are_read(self, eintraege: list[Eintrag]) -> None:
        """From the year 1 to the year 9999, with any text in any place."""
        kalender = lies(*eintraege)
        assert len(kalender.verbleib) == len(eintraege)
        assert len({s.key for s in kalender.sitzungen}) == len(kalender.sitzungen)
