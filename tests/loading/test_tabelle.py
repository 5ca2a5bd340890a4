"""Council calendars as CSV and Excel lists: what people type, and every way to be broken."""

import contextlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given, settings, strategies as st

from gremienplan.errors import InputError, Problem
from gremienplan.loading.tabelle import read_tabelle
from gremienplan.loading.tabelle_zeilen import ZEILEN
from gremienplan.loading.tabelle_zeiten import Zeit, read_tag, read_wochentag, read_zeit
from gremienplan.ratskalender import Eintrag, Mangel
from gremienplan.ratskalender.namen import lies_name
from tests.nur_ci import nur_ci

HAMM = Path(__file__).parents[3] / "shared/data/hamm"
KOPF = ["Wochentag", "Datum", "Uhrzeit", "Gremium", "Ort"]


def lies(text: str | bytes, **spalten: str) -> tuple[tuple[Eintrag, ...], list[tuple[str, str]]]:
    roh = text if isinstance(text, bytes) else text.encode()
    eintraege, verluste = read_tabelle(roh, "rat", "rat.csv", spalten)
    return eintraege, [(v.mangel.value, v.stelle) for v in verluste]


def excel(*zeilen: Sequence[object], titel: str = "Tabelle1") -> bytes:
    mappe = openpyxl.Workbook()
    blatt = mappe.active
    assert blatt is not None
    blatt.title = titel
    for zeile in zeilen:
        blatt.append(list(zeile))
    return gespeichert(mappe)


def gespeichert(mappe: openpyxl.Workbook) -> bytes:
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def lange_liste(zustand: str, *zeile: object) -> bytes:
    """Return a workbook with a sheet of too many such rows, and a short list."""
    mappe = openpyxl.Workbook(write_only=True)
    lang = mappe.create_sheet("Alle")
    kurz = mappe.create_sheet("Liste")
    for blatt in (lang, kurz):
        blatt.append(["Datum", "Gremium"])
    for _ in range(ZEILEN + 1):
        lang.append(zeile)
    kurz.append([date(2027, 2, 2), "Rat"])
    lang.sheet_state = zustand
    return gespeichert(mappe)


def problem(roh: bytes, datei: str = "rat.csv", **spalten: str) -> Problem:
    with pytest.raises(InputError) as caught:
        read_tabelle(roh, "rat", datei, spalten)
    (found,) = caught.value.problems
    assert found.datei == datei
    return found


ZEHN = datetime(2027, 2, 2, 17)


class TestDays:
    @pytest.mark.parametrize(
        "wort",
        [
            "2.2.2027", "02.02.2027", "2.2.27", "2. 2. 2027", "2.2.", "2027-02-02", "2. Februar 2027", "2. Feb. 27",
            "Di., 2. Februar 2027", "Dienstag, den 02.02.2027", "Di 02.02.", "02.02.2027 (Dienstag)", "2/2/2027",
            "02-02-2027", "46420", 46420, 46420.0, date(2027, 2, 2), ZEHN, "2.2.2027, 17:00 Uhr", "2. 2. 17 Uhr",
            "2.2. 17-19 Uhr", "2. Februar 17 Uhr",
        ],
    )  # fmt: skip
    def test_every_way_to_write_one_day(self, wort: str | float | date) -> None:
        found = read_tag(wort, 2027)
        assert found is not None
        assert found.tag == date(2027, 2, 2)

    @pytest.mark.parametrize(
        "wort",
        [
            "",
            "Dienstag",
            "31.2.2027",
            "2.13.2027",
            "17 Uhr",
            "2027",
            "1.1.1",
            "1.1.202",
            "8",
            True,
            3.5,
            None,
        ],
    )
    def test_what_is_no_day(self, wort: str | float | None) -> None:
        assert read_tag(wort, 2027) is None

    def test_a_day_without_a_year_needs_one(self) -> None:
        assert read_tag("2.2.") is None

    @given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
    def test_each_day_as_german_tables_write_it(self, tag: date) -> None:
        wochentag = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")[tag.weekday()]
        for text in (f"{tag:%d.%m.%Y}", f"{wochentag}, {tag.day}.{tag.month}.{tag:%y}", tag.isoformat()):
            found = read_tag(text)
            assert found is not None
            assert (found.tag, found.wochentag) in ((tag, None), (tag, tag.weekday()))

    def test_several_days(self) -> None:
        found = read_tag("19.8. - 20.8.2027")
        assert found is not None
        assert (found.tag, found.bis) == (date(2027, 8, 19), date(2027, 8, 20))

    @pytest.mark.parametrize(
        ("wort", "nummer"),
        [("Mo", 0), ("Di.", 1), ("mittwoch", 2), ("Sonnabend", 5), ("Thu", 3), ("Mai", None)],
    )
    def test_weekdays(self, wort: str, nummer: int | None) -> None:
        assert read_wochentag(wort) == nummer


class TestTimes:
    @pytest.mark.parametrize(
        "wort",
        [
            "17 Uhr", "17:00", "17.00 Uhr", "17:00:00", "17h", "ab 17:00", "ca. 17 Uhr", "1700", "17", "5:00 PM",
            time(17), 17, 17.0, 17 / 24, "0,708333", datetime(1899, 12, 30, 17),
        ],
    )  # fmt: skip
    def test_every_way_to_write_five_o_clock(self, wort: str | float | time | datetime) -> None:
        assert read_zeit(wort) == Zeit(time(17))

    @pytest.mark.parametrize("wort", ["17:00-19:00 Uhr", "17 - 19 Uhr", "von 17.00 bis 19.00 Uhr", "17–19 h"])
    def test_from_to(self, wort: str) -> None:
        assert read_zeit(wort) == Zeit(time(17), time(19))

    @pytest.mark.parametrize(
        "wort", ["", None, "n.n.", "offen", "wird noch bekannt gegeben", "?", "im Anschluss"]
    )
    def test_not_known_yet(self, wort: str | None) -> None:
        assert read_zeit(wort) == Zeit()

    @pytest.mark.parametrize("wort", ["abends", "25:00", "17:70", "2460", True])
    def test_what_is_no_time(self, wort: str | bool) -> None:
        assert read_zeit(wort) is None


class TestCsv:
    @pytest.mark.parametrize("trenner", [";", ",", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("umbruch", ["\n", "\r\n", "\r"])
    def test_every_separator_encoding_and_line_end(self, trenner: str, encoding: str, umbruch: str) -> None:
        zeilen = [KOPF, ["Di", "2.2.2027", "17 Uhr", "Ausschuss für Bürgeranregungen", "Rathaus"], []]
        text = umbruch.join(trenner.join(zeile) for zeile in zeilen)
        (eintrag,), verluste = lies(text.encode(encoding))
        assert verluste == []
        assert eintrag == Eintrag("rat", "", "Ausschuss für Bürgeranregungen", ZEHN, None, "Rathaus")

    def test_what_outlook_exports(self) -> None:
        """All-day entries end at midnight after their last day."""
        kopf = '"Betreff","Beginnt am","Beginnt um","Endet am","Endet um","Ganztägiges Ereignis","Ort"\r\n'
        rat = '"Rat","2.2.2027","17:00:00","2.2.2027","19:30:00","Aus","Saal, 1. Stock"\r\n'
        klausur = '"Klausur","3.2.2027","00:00:00","4.2.2027","00:00:00","Ein",""\r\n'
        eintraege, _ = lies((kopf + rat + klausur).encode("cp1252"))
        assert [(e.beginn, e.ende, e.ort) for e in eintraege] == [
            (ZEHN, datetime(2027, 2, 2, 19, 30), "Saal, 1. Stock"),
            (date(2027, 2, 3), date(2027, 2, 4), ""),
        ]

    def test_all_day_entries_without_times_say_their_last_day(self) -> None:
        text = "Subject,Start Date,End Date,All Day Event\nKlausur,3.2.2027,4.2.2027,True\n"
        assert [(e.beginn, e.ende) for e in lies(text)[0]] == [(date(2027, 2, 3), date(2027, 2, 5))]

    def test_american_days_of_the_end(self) -> None:
        """Google's own list: every number may be a month, but hours have AM and PM."""
        kopf = "Subject,Start Date,Start Time,End Date,End Time\n"
        (eintrag,), _ = lies(kopf + "Rat,02/03/2027,5:00 PM,02/03/2027,8:00 PM\n")
        assert (eintrag.beginn, eintrag.ende) == (datetime(2027, 2, 3, 17), datetime(2027, 2, 3, 20))

    def test_moments_with_an_offset_are_local(self) -> None:
        zeilen = ("2027-07-06T15:00:00Z,2027-07-06T17:30:00Z,Rat", "2027-02-02T17:00:00+01:00,,Rat")
        text = "\n".join(("Startzeit,Endzeit,Gremium", *zeilen))
        eintraege, _ = read_tabelle(text.encode(), "rat", "rat.csv", {}, ZoneInfo("Europe/Berlin"))
        assert [(e.beginn, e.ende) for e in eintraege] == [
            (datetime(2027, 7, 6, 17), datetime(2027, 7, 6, 19, 30)),
            (ZEHN, None),
        ]

    def test_a_column_that_says_yes_to_cancelled(self) -> None:
        zeilen = ("ja", "nein", "", "x", "abgesagt", "true", "false")
        text = "Datum;Uhrzeit;Gremium;Abgesagt\n" + "".join(f"2.2.2027;17:00;Rat;{z}\n" for z in zeilen)
        assert [bool(e.status) for e in lies(text)[0]] == [True, False, False, True, True, True, False]

    @pytest.mark.parametrize(
        "wort", ["verlegt auf 9.2.", "verlegt auf den 09.02.2027", "Verschoben auf Di, 9.2."]
    )
    def test_a_remark_that_moves_is_read_with_the_name(self, wort: str) -> None:
        (eintrag,), _ = lies(f"Datum;Uhrzeit;Gremium;Bemerkung\n2.2.2027;17:00;Rat;{wort}\n")
        assert lies_name(eintrag.name).verlegt_auf == (2, 9)
        assert lies_name(eintrag.name).name == "Rat"

    def test_other_remarks_stay_beside_the_name(self) -> None:
        (eintrag,), _ = lies("Datum;Uhrzeit;Gremium;Bemerkung\n2.2.2027;17:00;Rat;mit Haushalt\n")
        assert eintrag.name == "Rat"

    @pytest.mark.parametrize(
        "text",
        [
            "Wochentag;Tag;Zeit;Sitzung\nDi;2.2.2027;17:00;Rat\n",
            "Datum Einladung;Datum Sitzung;Uhrzeit;Gremium\n20.1.2027;2.2.2027;17:00;Rat\n",
            "Gremium;Abgabe Vorlagen;Einladung;Sitzung;Uhrzeit\nRat;10.1.2027;20.1.2027;2.2.2027;17:00\n",
            "Gremium;Vorlagenschluss;Sitzungstermin;Beginn\nRat;10.1.2027;2.2.2027;17:00\n",
            "Termin;Uhrzeit;Anlass\n2.2.2027;17:00;Rat\n",
        ],
    )
    def test_the_column_of_the_sitting_s_day_is_found(self, text: str) -> None:
        """Not that of the weekday, of the invitation or of the papers."""
        assert [(e.beginn, e.name) for e in lies(text)[0]] == [(ZEHN, "Rat")]

    @pytest.mark.parametrize(
        "zeit", ["17h30", "17 h 30", "17 Uhr 30", "17,30", "17.30 Uhr", "1730", "17:30:00"]
    )
    def test_every_way_to_write_half_past_five(self, zeit: str) -> None:
        assert read_zeit(zeit) == Zeit(time(17, 30))

    @pytest.mark.parametrize("tag", ["20270202", "2027/02/02", "2027/2/2"])
    def test_days_with_the_year_first(self, tag: str) -> None:
        found = read_tag(tag)
        assert found is not None
        assert (found.tag, found.rest) == (date(2027, 2, 2), "")

    @pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "cp1252", "utf-8", "utf-16-le"])
    def test_every_csv_of_excel(self, encoding: str) -> None:
        """Excel saves "CSV (MS-DOS)" and "CSV (Macintosh)", too."""
        text = "Datum;Uhrzeit;Gremium;Ort\n2.2.2027;17:00;Ausschuss für Bürgeranregungen;Großer Saal\n"
        (eintrag,), _ = lies(text.encode(encoding))
        assert (eintrag.name, eintrag.ort) == ("Ausschuss für Bürgeranregungen", "Großer Saal")

    def test_lines_with_other_letters(self) -> None:
        zeile = "2.2.2027;17:00;Ausschuss für Bürger\n"
        eintraege, _ = lies(f"Datum;Uhrzeit;Gremium\n{zeile}".encode() + zeile.encode("cp1252"))
        assert {e.name for e in eintraege} == {"Ausschuss für Bürger"}

    def test_a_very_long_cell_swallows_nothing_behind_it(self) -> None:
        eintraege, _ = lies(f"Datum;Gremium\n2.2.2027;{'x' * 200_000}\n3.2.2027;Rat\n")
        assert [e.beginn for e in eintraege] == [datetime(2027, 2, 2), datetime(2027, 2, 3)]

    @pytest.mark.parametrize(
        "kopf",
        ["Gremium;Januar;Februar;März", "Gremium;1. Termin;2. Termin", "Gremium;Sitzung 1;Termin 2;Ort"],
    )
    def test_days_side_by_side_are_refused(self, kopf: str) -> None:
        """One of them would be taken for the day, and the others would be lost without a word."""
        assert "side by side" in str(problem(f"{kopf}\nRat;2.2.2027;3.3.2027;4.4.2027\n".encode()).meldung)

    def test_more_rows_than_any_calendar_has(self) -> None:
        text = "Datum;Gremium\n" + "2.2.2027;Rat\n" * (ZEILEN + 1)
        assert "more than" in str(problem(text.encode()).meldung)
        assert len(lies(text.replace("2.2.2027;Rat\n", "", 2))[0]) == ZEILEN - 1

    def test_american_days_are_found_out(self) -> None:
        eintraege, _ = lies(
            "Subject,Start Date,Start Time\nRat,02/02/2027,05:00 PM\nRat,02/23/2027,05:00 PM\n"
        )
        assert [e.beginn for e in eintraege] == [ZEHN, datetime(2027, 2, 23, 17)]

    @pytest.mark.parametrize(
        "text",
        [
            "Subject,Start Date,End Date\nRat,{},7/5/2027\nBau,9/13/2027,9/13/2027\n",
            "Subject,Start Date,End Date\nRat,{},7/5/2027\nBau,9/3/2027,9/3/2027\n",
            "Titel,Datum,Enddatum\nRat,{},7/5/2027\nBau,9/3/2027,9/13/2027\n",
            "Titel,Beginn,Ende\nRat,{},7/5/2027 8:00\nBau,9/13/2027 5:00,9/13/2027 6:00\n",
            'Titel,Beginn\nRat,"{}, 5:00 PM"\nBau,"9/3/2027, 5:00 PM"\n',
        ],
    )
    def test_one_order_holds_for_all_days_of_a_file(self, text: str) -> None:
        """A day above twelve in any column decides, else AM, PM and English headings do."""
        eintraege, verluste = lies(text.format("7/5/2027"))
        tage = [zeit.month for e in eintraege for zeit in (e.beginn, e.ende) if zeit]
        assert set(tage[: len(tage) // 2]) == {7}
        assert set(tage[len(tage) // 2 :]) == {9}
        assert verluste == []

    def test_an_order_that_nothing_decides_is_a_guess(self) -> None:
        eintraege, verluste = lies("Datum;Gremium\n2/2/2027;Rat\n7/5/2027;Rat\n3/4/2027;Rat\n")
        assert [e.beginn for e in eintraege][1:] == [datetime(2027, 5, 7), datetime(2027, 4, 3)]
        assert verluste == [("tag-oder-monat", "3")]
        assert lies("Datum;Gremium\n2/2/2027;Rat\n")[1] == []
        assert lies("Datum;Gremium\n13/2/2027;Rat\n7/5/2027;Rat\n")[1] == []

    def test_two_orders_in_one_file_are_a_guess_for_what_has_either(self) -> None:
        eintraege, verluste = lies("Subject,Start Date\nRat,13/2/2027\nRat,2/14/2027\nRat,7/5/2027\n")
        assert [f"{e.beginn:%d.%m.}" for e in eintraege] == ["13.02.", "14.02.", "07.05."]
        assert verluste == [("tag-oder-monat", "4")]

    def test_weekday_and_date_must_agree(self) -> None:
        """A real list said "Di., 2. februar 2025" (a Sunday): whoever reads one of the two guesses."""
        text = "Wochentag;Datum;Uhrzeit;Gremium\nMi;2.2.2027;17:00;Rat\n;So., 2. Februar 2027;17:00;Rat\n"
        eintraege, verluste = lies(text)
        assert eintraege == ()
        assert verluste == [("wochentag-widerspricht", "2"), ("wochentag-widerspricht", "3")]

    def test_titles_say_the_year(self) -> None:
        text = "Sitzungskalender 2027\n\nTag;Zeit;Sitzung\nFebruar;;\nDi, 2.2.;17 - 19 Uhr;Rat\n2028;;\n1.2.;;Rat\n"
        eintraege, verluste = lies(text)
        assert verluste == []
        assert [(e.beginn, e.ende) for e in eintraege] == [
            (ZEHN, datetime(2027, 2, 2, 19)),
            (datetime(2028, 2, 1), None),
        ]

    def test_rows_that_cannot_be_read_are_named(self) -> None:
        text = "Datum;Uhrzeit;Gremium\nbald;17:00;Rat\n;17:00;BV\n2.2.2027;17:00;\n3.2.2027;abends;Schulausschuss\n"
        eintraege, verluste = lies(text)
        assert [(e.name, e.beginn) for e in eintraege] == [("Schulausschuss", datetime(2027, 2, 3))]
        assert verluste == [
            ("zeit-unlesbar", "2"),
            ("ohne-beginn", "3"),
            ("ohne-gremium", "4"),
            ("uhrzeit-unlesbar", "5"),
        ]

    def test_repeated_headings_and_empty_rows_lose_nothing(self) -> None:
        text = "Datum;Gremium\n2.2.2027;Rat\n;\n\nDatum;Gremium\n3.2.2027;Rat\n"
        eintraege, verluste = lies(text)
        assert (len(eintraege), verluste) == (2, [])

    def test_cancelled_in_a_column_of_its_own(self) -> None:
        eintraege, _ = lies("Datum;Gremium;Bemerkung\n2.2.2027;Rat;entfällt\n3.2.2027;Rat;mit Imbiss\n")
        assert [e.status for e in eintraege] == ["CANCELLED", ""]

    @pytest.mark.parametrize(
        ("bemerkung", "status"),
        [
            ("Die Sitzung ist leider abgesagt", "CANCELLED"),
            ("Sitzung abgesagt wegen Krankheit", "CANCELLED"),
            ("wegen Krankheit abgesagt", "CANCELLED"),
            ("ENTFÄLLT!", "CANCELLED"),
            ("cancelled", "CANCELLED"),
            ("öffentlicher Teil entfällt", ""),
            ("Ersatztermin, da 12.3. abgesagt", ""),
            ("Einwohnerfragestunde entfällt", ""),
        ],
    )
    def test_a_remark_cancels_only_the_sitting_itself(self, bemerkung: str, status: str) -> None:
        """What falls out of a sitting, or fell out before it, does not make its time free."""
        (eintrag,), _ = lies(f"Datum;Gremium;Bemerkung\n2.2.2027;Rat;{bemerkung}\n")
        assert eintrag.status == status

    def test_body_and_name(self) -> None:
        (eintrag,), _ = lies("Datum;Gremium;Bezeichnung;ID\n2.2.2027;Rat;3. Sitzung des Rates;SI/7\n")
        assert (eintrag.name, eintrag.gremien, eintrag.kennung) == ("3. Sitzung des Rates", ("Rat",), "SI/7")

    def test_after_midnight(self) -> None:
        (eintrag,), _ = lies("Datum;Beginn;Ende;Gremium\n2.2.2027;19:00;00:30;Rat\n")
        assert eintrag.ende == datetime(2027, 2, 3, 0, 30)

    def test_a_quotation_mark_without_its_partner_swallows_nothing(self) -> None:
        zeilen = "".join(f"{tag}.2.2027;Rat\n" for tag in range(3, 23))
        eintraege, _ = lies(f'Datum;Gremium\n2.2.2027;"Rat\n{zeilen}')
        assert len(eintraege) == 21


class TestColumns:
    def test_the_project_says_what_they_mean(self) -> None:
        (eintrag,), _ = lies("X;Y;Z\n2.2.2027;17 Uhr;Rat\n", datum="x", beginn="Y", name="Z")
        assert (eintrag.name, eintrag.beginn) == ("Rat", ZEHN)

    def test_a_heading_that_is_not_there(self) -> None:
        found = problem(b"Datum;Gremium\n2.2.2027;Rat\n", gremium="Was")
        assert "Was" in str(found.meldung)
        assert "Datum, Gremium" in found.wert

    def test_a_meaning_that_no_column_can_have(self) -> None:
        assert problem(b"Datum;Gremium\n", gremum="Was").pfad == "spalten.gremum"

    @pytest.mark.parametrize(
        "roh", [b"a;b\n1;2\n", b"Name;Adresse\nRat;Markt 1\n", b"Datum\n2.2.2027\n", bytes(range(256))]
    )
    def test_no_calendar(self, roh: bytes) -> None:
        problem(roh)

    def test_stadtteilkonferenzen_of_seven_cities(self) -> None:
        """The file has no column for a body: the project says which one stands for it."""
        if not HAMM.exists():
            pytest.skip("the real exports of ../shared are not beside this repository")
        roh = (HAMM / "stadtteilkonferenzen.csv").read_bytes()
        eintraege, verluste = read_tabelle(roh, "stk", "stk.csv", {"gremium": "stadtteil"})
        assert (len(eintraege), verluste) == (29, ())
        assert problem(roh).wert.startswith("stadt, stadtteil, datum")

    def test_dates_of_hamm(self) -> None:
        if not HAMM.exists():
            pytest.skip("the real exports of ../shared are not beside this repository")
        eintraege, verluste = read_tabelle((HAMM / "hamm_termine.csv").read_bytes(), "hamm", "hamm.csv", {})
        assert (len(eintraege), verluste) == (11, ())
        herringen = [e.beginn for e in eintraege if e.name.endswith("Herringen")]
        assert [beginn.weekday() for beginn in herringen] == [3, 3, 3, 3]


class TestExcel:
    def test_cells_of_every_kind(self) -> None:
        roh = excel(
            ["Sitzungskalender 2027"],
            [],
            KOPF,
            ["Di", date(2027, 2, 2), time(17), "Rat", "Saal"],
            ["Di", ZEHN, None, "Rat", "Saal"],
            [None, 46420, 17 / 24, "Rat", "Saal"],
            ["Di", "2.2.", "17 Uhr", "Rat", "Saal"],
            [None, date(2027, 2, 2), timedelta(hours=17), "Rat", "Saal"],
        )
        eintraege, verluste = read_tabelle(roh, "rat", "rat.xlsx", {})
        assert verluste == ()
        assert set(eintraege) == {Eintrag("rat", "", "Rat", ZEHN, None, "Saal")}
        assert len(eintraege) == 5

    def test_every_visible_sheet_counts(self) -> None:
        mappe = openpyxl.Workbook()
        for titel, zustand in (("2027", "visible"), ("2028", "visible"), ("alt", "hidden")):
            blatt = mappe.create_sheet(titel)
            blatt.append(["Tag", "Gremium"])
            blatt.append(["2.2.", "Rat"])
            blatt.sheet_state = zustand
        eintraege, _ = read_tabelle(gespeichert(mappe), "rat", "rat.xlsx", {})
        assert [e.beginn for e in eintraege] == [datetime(2027, 2, 2), datetime(2028, 2, 2)]

    def test_a_formula_that_nobody_computed_is_a_loss(self) -> None:
        roh = excel(["Datum", "Gremium"], [date(2027, 2, 2), "Rat"], ["=A2+7", "Rat"], [None, "BV"])
        eintraege, verluste = read_tabelle(roh, "rat", "rat.xlsx", {})
        assert len(eintraege) == 1
        assert [(v.mangel, v.stelle, v.wert) for v in verluste] == [
            (Mangel.ZEIT_UNLESBAR, "Tabelle1!3", "=A2+7"),
            (Mangel.OHNE_BEGINN, "Tabelle1!4", "BV"),
        ]

    def test_a_zip_bomb_is_refused(self) -> None:
        puffer = io.BytesIO()
        with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as archiv:
            archiv.writestr("xl/workbook.xml", b"<x/>")
            archiv.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
        assert "unpack" in str(problem(puffer.getvalue(), "rat.xlsx").meldung)

    def test_another_zip_is_refused(self) -> None:
        puffer = io.BytesIO()
        with zipfile.ZipFile(puffer, "w") as archiv:
            archiv.writestr("content.xml", b"<x/>")
        assert "no Excel list" in str(problem(puffer.getvalue(), "rat.xlsx").meldung)

    @nur_ci("a very long sheet")
    def test_a_sheet_of_more_rows_than_any_calendar_has(self) -> None:
        """Rows in which nothing stands do not count, nor do hidden sheets."""
        rat = (date(2027, 2, 2), "Rat")
        assert "more than" in str(problem(lange_liste("visible", *rat)).meldung)
        assert len(lies(lange_liste("hidden", *rat))[0]) == 1
        assert len(lies(lange_liste("visible", None, None))[0]) == 1

    def test_a_sheet_that_claims_a_million_rows(self) -> None:
        mappe = openpyxl.Workbook()
        blatt = mappe.active
        assert blatt is not None
        blatt.append(["Datum", "Gremium"])
        blatt.append([date(2027, 2, 2), "Rat"])
        blatt.cell(1_048_576, 16_384).value = " "
        eintraege, _ = read_tabelle(gespeichert(mappe), "rat", "rat.xlsx", {})
        assert len(eintraege) == 1

    @given(st.data())
    @settings(max_examples=40)
    def test_damage_is_answered_never_a_crash(self, data: st.DataObject) -> None:
        roh = bytearray(GANZ)
        for _ in range(data.draw(st.integers(1, 5))):
            roh[data.draw(st.integers(0, len(roh) - 1))] = data.draw(st.integers(0, 255))
        ende = data.draw(st.integers(0, len(roh)) | st.just(len(roh)))
        with contextlib.suppress(InputError):
            read_tabelle(bytes(roh[:ende]), "rat", "rat.xlsx", {})


GANZ = excel(KOPF, ["Di", date(2027, 2, 2), time(17), "Rat", "Saal"], ["Mi", "3.2.2027", "17 Uhr", "BV", ""])
CSV = ";".join(KOPF) + "\nDi;2.2.2027;17-19 Uhr;Rat;Saal\nMi;3.2.;;BV;\n"


@given(st.data())
def test_damage_is_answered_never_a_crash(data: st.DataObject) -> None:
    """Any text in any place of a table: entries or located problems."""
    von = data.draw(st.integers(0, len(CSV)))
    bis = data.draw(st.integers(von, len(CSV)))
    neu = CSV[:von] + data.draw(st.text(max_size=20)) + CSV[bis:]
    with contextlib.suppress(InputError):
        eintraege, _ = lies(neu.encode("utf-8", "surrogatepass"))
        assert all(1950 <= e.beginn.year < 2200 for e in eintraege)


@given(st.binary(max_size=300))
def test_any_bytes(roh: bytes) -> None:
    with contextlib.suppress(InputError):
        lies(roh)


@given(st.text(max_size=30) | st.floats() | st.datetimes() | st.times() | st.integers() | st.booleans())
def test_any_cell(zelle: str | float | datetime | time) -> None:
    """A cell is a day, a time, both or neither, and never a crash."""
    read_tag(zelle, 2027)
    read_zeit(zelle)
    read_wochentag(zelle)
