"""What real councils export: unknown ends and starts, whole days, placeholders, written procedures, empty places.

Each case imitates an entry that was seen; none is copied.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.ratskalender import Eintrag, Ratskalender, normalisieren
from gremienplan.ratskalender.dauer import Ende, form, spanne
from gremienplan.ratskalender.gewohnheiten import Gewohnheit, gewohnheit, spruenge
from gremienplan.ratskalender.ortsangabe import lies_ort
from tests.ratskalender.test_lesart import DORF, MUSTER

UM_9, UM_17 = datetime(2027, 3, 2, 9), datetime(2027, 3, 2, 17)
TAG = datetime(2027, 3, 2)


def eintrag(name: str = "Rat der Stadt", **werte: Any) -> Eintrag:
    return evolve(Eintrag("ris", "", name, UM_17, UM_17 + timedelta(hours=2)), **werte)


def lies(*eintraege: Eintrag) -> Ratskalender:
    return normalisieren(eintraege, MUSTER, DORF)


def busy(**werte: Any) -> tuple[datetime, datetime]:
    (sitzung,) = lies(eintrag(**werte)).sitzungen
    return sitzung.beginn, sitzung.ende


def arten(kalender: Ratskalender) -> dict[str, int]:
    counted: dict[str, int] = {}
    for h in kalender.hinweise:
        counted[h.art] = counted.get(h.art, 0) + h.anzahl
    return counted


class TestShapesOfAnEnd:
    @pytest.mark.parametrize(
        ("beginn", "ende", "expected"),
        [
            (UM_17, UM_17 + timedelta(hours=2), Ende.BEKANNT),
            (UM_17, None, Ende.FEHLT),
            (UM_17, datetime(2027, 3, 3), Ende.MITTERNACHT),
            (UM_17, date(2027, 3, 3), Ende.MITTERNACHT),
            (UM_17, TAG, Ende.MITTERNACHT_DAVOR),
            (UM_17, datetime(2027, 3, 2, 23, 59, 59), Ende.TAGESENDE),
            (UM_17, UM_17, Ende.GLEICH_BEGINN),
            (datetime(2027, 3, 2, 16, 45), datetime(2027, 3, 2, 15, 17), Ende.VOR_BEGINN),
            (UM_9, UM_9 + timedelta(hours=13), Ende.ZU_LANG),
            (TAG, datetime(2027, 3, 2, 14), Ende.OHNE_UHRZEIT),
            (date(2027, 3, 2), None, Ende.GANZTAEGIG),
        ],
    )
    def test_each_is_told_from_the_others(
        self, beginn: datetime | date, ende: datetime | date | None, expected: Ende
    ) -> None:
        assert form(beginn, ende) is expected

    @given(
        st.datetimes(TAG, TAG + timedelta(days=1)),
        st.none() | st.datetimes(TAG - timedelta(days=1), TAG + timedelta(days=3)),
    )
    def test_an_end_is_taken_over_exactly_when_it_is_known(
        self, beginn: datetime, ende: datetime | None
    ) -> None:
        made = spanne(beginn, ende, 180)
        assert made.ende_bekannt == (form(beginn, ende) is Ende.BEKANNT)
        assert made.beginn < made.ende


class TestLongDays:
    def test_a_budget_day_is_busy_as_long_as_the_source_says(self) -> None:
        """9:00 to 22:00 is longer than twelve hours; four assumed hours would free the afternoon."""
        ende = UM_9 + timedelta(hours=13)
        assert busy(beginn=UM_9, ende=ende) == (UM_9, ende)
        kalender = lies(eintrag(beginn=UM_9, ende=ende))
        assert arten(kalender) == {"lang": 1}
        assert not kalender.sitzungen[0].ende_bekannt

    def test_a_retreat_of_a_day_is_busy_over_night(self) -> None:
        assert busy(beginn=UM_9, ende=UM_9 + timedelta(days=1)) == (UM_9, UM_9 + timedelta(days=1))

    def test_a_longer_one_only_if_it_says_so(self) -> None:
        """Two days of a "Klausurtagung" are busy; two days of a plain sitting are a mistake."""
        ende = UM_9 + timedelta(days=2)
        assert busy(name="Rat - Klausurtagung", beginn=UM_9, ende=ende) == (UM_9, ende)
        assert busy(beginn=UM_9, ende=ende) == (UM_9, UM_9 + timedelta(minutes=240))

    @pytest.mark.parametrize("name", ["Rat (ganztägig)", "Rat - ganztägig", "Rat, ganztags"])
    def test_a_name_that_says_all_day_takes_the_rest_of_the_day(self, name: str) -> None:
        kalender = lies(eintrag(name, beginn=UM_9, ende=None))
        (sitzung,) = kalender.sitzungen
        assert (sitzung.name, sitzung.beginn, sitzung.ende) == ("Rat", UM_9, datetime(2027, 3, 3))
        assert arten(kalender) == {"ganztaegig": 1}

    def test_its_known_end_stays(self) -> None:
        assert busy(name="Rat (ganztägig)", beginn=UM_9, ende=UM_17) == (UM_9, UM_17)


class TestStartAtMidnight:
    @pytest.mark.parametrize(
        ("ende", "tage"),
        [
            (None, 1),
            (TAG, 1),
            (datetime(2027, 3, 2, 12), 1),
            (datetime(2027, 3, 3), 1),
            (datetime(2027, 3, 4), 2),
            (datetime(2027, 3, 3, 18), 1),
            (datetime(2028, 3, 3), 7),
        ],
    )
    def test_means_that_nobody_knows_when(self, ende: datetime | None, tage: int) -> None:
        """The days are taken as busy: as many as end at midnight again, seven at most."""
        assert busy(beginn=TAG, ende=ende) == (TAG, TAG + timedelta(days=tage))
        assert arten(lies(eintrag(beginn=TAG, ende=ende))) == {"zeit-unbekannt": 1}


class TestNobodyMeets:
    @pytest.mark.parametrize(
        ("name", "tag"),
        [
            ("Rat (Sammeldatum für Vorlagen)", datetime(2027, 6, 1, 18)),
            ("Platzhalter Rat", datetime(2027, 6, 1, 18)),
            ("Rat", datetime(2027, 12, 31, 18)),
            ("Rat", date(2027, 1, 1)),
            ("Rat", datetime(1989, 12, 12, 15, 30)),
            ("Rat", datetime(2199, 6, 1, 18)),
        ],
    )
    def test_a_placeholder_blocks_nothing_and_is_said(self, name: str, tag: datetime | date) -> None:
        """By its name, on the edge of a year, or ages away."""
        kalender = lies(eintrag(name, beginn=tag, ende=None))
        assert not kalender.sitzungen
        assert arten(kalender) == {"platzhalter": 1}

    @pytest.mark.parametrize(
        "tag", [datetime(2027, 12, 30, 18), datetime(2027, 1, 2, 18), datetime(2000, 1, 3, 18)]
    )
    def test_a_day_beside_is_a_day(self, tag: datetime) -> None:
        assert len(lies(eintrag(beginn=tag, ende=None)).sitzungen) == 1

    @pytest.mark.parametrize(
        ("name", "stunden"),
        [
            ("Offenlage", 32),
            ("Rat - Offenlage Plan 7", 32),
            ("Rat (Umlaufbeschluss)", 1),
            ("Rat im schriftlichen Verfahren", 2),
        ],
    )
    def test_a_written_procedure_blocks_nobody(self, name: str, stunden: int) -> None:
        """Papers lie open for 32 hours: nobody has to be anywhere."""
        kalender = lies(eintrag(name, beginn=UM_9, ende=UM_9 + timedelta(hours=stunden)))
        assert not kalender.sitzungen
        assert arten(kalender) == {"schriftlich": 1}

    def test_a_sitting_about_one_is_a_sitting(self) -> None:
        assert len(lies(eintrag("Rat (Offenlage Plan 7)")).sitzungen) == 1


class TestMoved:
    def test_without_a_new_day_it_stays_busy_and_is_said(self) -> None:
        kalender = lies(eintrag("Rat - verschoben"))
        assert len(kalender.sitzungen) == 1
        assert arten(kalender) == {"verlegt": 1}

    @pytest.mark.parametrize(
        "name", ["Rat (verlegt vom 01.03.)", "Rat - verlegt nach Saal 3", "Rat - verlegt in die Aula"]
    )
    def test_a_new_place_or_an_old_day_is_no_open_question(self, name: str) -> None:
        assert arten(lies(eintrag(name))) == {}

    def test_to_a_day_on_which_nothing_stands_is_said(self) -> None:
        """The new date may be missing in the export: somebody should look."""
        moved = eintrag("Rat - verlegt auf den 09.03.2027")
        assert arten(lies(moved)) == {"abgesagt": 1, "neuer-tag-fehlt": 1}
        assert arten(lies(moved, eintrag(beginn=UM_17 + timedelta(days=7), ende=None))) == {
            "abgesagt": 1,
            "ende-unbekannt": 1,
        }

    def test_across_the_new_year_the_nearest_such_day_is_meant(self) -> None:
        moved = eintrag("Rat - verlegt auf den 12.1.", beginn=datetime(2027, 12, 20, 17), ende=None)
        assert arten(lies(moved, eintrag(beginn=datetime(2028, 1, 12, 17), ende=None))) == {
            "abgesagt": 1,
            "ende-unbekannt": 1,
        }

    def test_to_a_day_that_does_not_exist_frees_the_old_one_only(self) -> None:
        assert arten(lies(eintrag("Rat - verlegt auf den 31.02."))) == {"abgesagt": 1}


class TestHabits:
    """Ends a source writes under everything."""

    def test_always_one_hour_is_no_end(self) -> None:
        """The Rat gets its 240 minutes and the committee its 150."""
        entries = [
            eintrag(name, beginn=UM_17 + timedelta(days=n), ende=UM_17 + timedelta(days=n, hours=1))
            for n, name in enumerate(["Rat", "Sportausschuss"] * 3)
        ]
        kalender = lies(*entries)
        assert {(s.ende - s.beginn) // timedelta(minutes=1) for s in kalender.sitzungen} == {240, 150}
        assert arten(kalender) == {"ende-vorgegeben": 6}

    def test_one_hour_among_others_is_an_end(self) -> None:
        entries = [
            eintrag(beginn=UM_17 + timedelta(days=n), ende=UM_17 + timedelta(days=n, hours=1 + n % 2))
            for n in range(8)
        ]
        assert arten(lies(*entries)) == {}

    def test_four_are_no_habit_and_said_twice_they_are_no_eight(self) -> None:
        entries = [
            eintrag(beginn=UM_17 + timedelta(days=n), ende=UM_17 + timedelta(days=n, hours=1))
            for n in range(4)
        ]
        assert arten(lies(*entries, *entries)) == {"doppelt": 4}

    def test_always_at_eight_is_no_end_but_the_later_of_two(self) -> None:
        """16:30 to 20:00 stays; 19:00 to 20:00 becomes 240 minutes. Ends taken afterwards do not hide the habit."""

        def at(n: int, von: time, bis: time) -> Eintrag:
            tag = date(2027, 4, 1) + timedelta(days=n)
            return eintrag("Rat", beginn=datetime.combine(tag, von), ende=datetime.combine(tag, bis))

        later = [at(n, time(19) if n % 2 else time(15), time(20)) for n in range(10)]
        past = [at(n + 20, time(15), time(17, 31 + n)) for n in range(8)]
        kalender = lies(*later, *past)
        assert arten(kalender) == {"ende-vorgegeben": 10}
        ends = {(s.beginn.time(), s.ende.time()) for s in kalender.sitzungen if not s.ende_bekannt}
        assert ends == {(time(15), time(20)), (time(19), time(23))}

    def test_one_start_and_one_end_are_a_plan(self) -> None:
        """17:00 to 20:00 all year is what the council wants."""
        spans = [("rat", UM_17 + timedelta(days=n), UM_17 + timedelta(days=n, hours=3)) for n in range(30)]
        assert gewohnheit(spans) == Gewohnheit()


class TestClocks:
    """A source that writes local time as UTC, or UTC as local time."""

    @staticmethod
    def year(winter: int, sommer: int, name: str = "Sportausschuss", n: int = 3) -> list[Eintrag]:
        return [
            eintrag(name, beginn=datetime(2027, monat, 1 + 2 * i, stunde), ende=None)
            for monat, stunde in ((2, winter), (6, sommer))
            for i in range(n)
        ]

    @pytest.mark.parametrize(("winter", "sommer"), [(14, 13), (16, 17)])
    def test_a_start_that_jumps_with_the_clocks_is_said(self, winter: int, sommer: int) -> None:
        """Nothing is corrected: which of the two is right cannot be known."""
        kalender = lies(*self.year(winter, sommer))
        assert {h.name for h in kalender.hinweise if h.art == "uhrzeit-springt"} == {"Sportausschuss"}
        assert {s.beginn.hour for s in kalender.sitzungen} == {winter, sommer}

    @pytest.mark.parametrize(
        "entries",
        [
            year(17, 17),
            year(15, 17),
            year(14, 13, n=1),
            [*year(14, 13), *year(17, 17, "Rat"), *year(16, 16, "Kurzbeirat")],
            [*year(14, 13), *year(17, 17, "Rat"), *year(16, 17, "Kurzbeirat"), *year(9, 9, "Bauausschuss")],
        ],
        ids=["same", "two hours", "one sitting each", "one of three", "two directions"],
    )
    def test_a_habit_of_a_few_is_no_suspicion(self, entries: list[Eintrag]) -> None:
        assert "uhrzeit-springt" not in arten(lies(*entries))

    def test_in_a_zone_without_summer_time_nothing_jumps(self) -> None:
        angaben = [("a", e.beginn, None) for e in self.year(14, 13)]
        assert spruenge(angaben, "Europe/Berlin")
        assert not spruenge(angaben, "Africa/Lagos")


class TestPlaces:
    @pytest.mark.parametrize(
        "ort",
        [
            "noch nicht bekannt",
            "(noch nicht bekannt),",
            "Sitzungsort wird noch bekanntgegeben",
            "Der Sitzungsort steht noch nicht fest.",
            "wird noch bekannt gegeben",
            "sonstiger Raum",
            "Extern",
            "Externe Sitzung",
            "außerhalb des Rathauses, Info siehe Bekanntmachung",
            "Auswärtiger Tagungsort (siehe Einladung)",
            "N/A",
            "-",
        ],
    )
    def test_what_says_nothing_is_nothing_and_is_said(self, ort: str) -> None:
        kalender = lies(eintrag(ort=ort))
        assert kalender.sitzungen[0].ort == ""
        assert arten(kalender) == {"ort-sagt-nichts": 1}

    @pytest.mark.parametrize(
        ("roh", "ort"),
        [
            ("Rathaus, Markt 1, Sitzungssaal, ", "Rathaus, Markt 1, Sitzungssaal"),
            ("Extern, Haus am Park", "Extern, Haus am Park"),
            ("außerhalb des Rathauses, Schützenhalle", "außerhalb des Rathauses, Schützenhalle"),
            ("Raum 3 (siehe Plan)", "Raum 3 (siehe Plan)"),
            ("Offener Treff", "Offener Treff"),
            (" , ", ""),
            ("", ""),
        ],
    )
    def test_what_says_something_stays_without_its_last_comma(self, roh: str, ort: str) -> None:
        kalender = lies(eintrag(ort=roh))
        assert kalender.sitzungen[0].ort == ort
        assert arten(kalender) == {}

    @given(st.text(max_size=40))
    def test_a_place_that_is_read_is_clean(self, roh: str) -> None:
        assert lies_ort(lies_ort(roh)) == lies_ort(roh)

    def test_a_duplicate_with_a_place_gives_it(self) -> None:
        assert lies(eintrag(ort="Extern"), eintrag("Rat", ort="Saal,")).sitzungen[0].ort == "Saal"
