"""The plan's list that comes back from Excel: what was edited in it, and nothing else; what is wrong, with its cell."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from gremienplan.errors import InputError
from gremienplan.loading.planblatt import Mitgebracht, read_changes
from gremienplan.loading.planzeile import Aenderung
from gremienplan.orte import Ort
from gremienplan.plan import Beratungstermin, Plan, Termin, Zustand
from gremienplan.plan.werte import Gehalten
from gremienplan.projekt import Pin, Projekt
from gremienplan.publishing.mappe import Mappe, workbook_bytes
from gremienplan.publishing.tabellen import csv_tables, sheet, tables
from gremienplan.ratskalender import Ratskalender, Ratssitzung
from gremienplan.tabellen import PLANSPALTEN, plan_sheet
from tests.publishing import welt

CI = os.environ.get("PROFILE") == "ci"
SPALTE = {spalte.id: n for n, spalte in enumerate(PLANSPALTEN)}
BUCHSTABE = dict(zip(SPALTE, "ABCDEFGHIJKL", strict=True))
OFFEN = "runde-1/rechts"


@cache
def projekt() -> Projekt:
    """Return the invented project; its Bezirksvertretungen sit once more, twice on that day in one Bezirk."""
    found = welt.projekt()
    more = [
        Ratssitzung(f"mehr-{n}", "rat", "BV", f"bezirksvertretung/{wo}", beginn, beginn + timedelta(hours=1))
        for n, (wo, beginn) in enumerate(
            [
                ("links", datetime(2027, 11, 24, 17)),
                ("rechts", datetime(2027, 11, 24, 14)),
                ("rechts", datetime(2027, 11, 24, 17)),
            ]
        )
    ]
    orte = dict(found.stadt.orte)
    for id in ("aula-a", "aula-b"):
        orte[id] = Ort(id, "Aula", "schule", "stadt/stadt")
    return evolve(
        found,
        stadt=evolve(found.stadt, orte=orte),
        ratskalender=Ratskalender((*found.ratskalender.sitzungen, *more)),
    )


@cache
def plan() -> Plan:
    gemacht = welt.plan(welt.projekt())
    return evolve(
        gemacht,
        termine=tuple(t for t in gemacht.termine if t.sitzung != OFFEN),
        offen=(OFFEN,),
    )


@cache
def buch(sprache: str = "de") -> bytes:
    return sheet(projekt(), plan(), sprache=sprache)


@cache
def kurz() -> bytes:
    """Return the workbook without its other long sheets, which take time to read."""
    plan_, *_, orte = tables(projekt(), plan())
    return workbook_bytes(Mappe("Plan"), (plan_, orte))


@cache
def liste(sprache: str = "de") -> bytes:
    return csv_tables(projekt(), plan(), sprache=sprache)["plan"]


def lies(roh: bytes, *, gegen: Plan | None = None, stand: datetime | None = None) -> Mitgebracht:
    return read_changes(roh, "plan.xlsx", projekt(), gegen or plan(), stand=stand)


def zeile(ereignis: str) -> int:
    """Return the row of an event as Excel counts."""
    return 2 + [str(z[SPALTE["kennung"]]) for z in plan_sheet(projekt(), plan()).zeilen].index(ereignis)


def edited(*edits: tuple[str, str, str]) -> bytes:
    """Return the list as CSV after cells were edited: event, column, text."""
    rows = as_rows(liste())
    for ereignis, spalte, wert in edits:
        rows[zeile(ereignis) - 1][SPALTE[spalte]] = wert
    return as_csv(rows)


def in_excel(edits: dict[str, dict[str, object]]) -> bytes:
    """Return the workbook after cells were edited: event -> column -> value."""
    mappe = openpyxl.load_workbook(io.BytesIO(kurz()))
    for ereignis, cells in edits.items():
        for spalte, wert in cells.items():
            cell: Any = mappe.worksheets[0].cell(zeile(ereignis), SPALTE[spalte] + 1)
            cell.value = wert
    return saved(mappe)


def saved(mappe: openpyxl.Workbook) -> bytes:
    puffer = io.BytesIO()
    mappe.save(puffer)
    return puffer.getvalue()


def as_rows(roh: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(roh.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_csv(rows: list[list[str]], trenner: str = ";") -> bytes:
    puffer = io.StringIO(newline="")
    csv.writer(puffer, delimiter=trenner).writerows(rows)
    return b"\xef\xbb\xbf" + puffer.getvalue().encode()


def with_all(plan: Plan, found: Mitgebracht) -> Plan:
    """Return the plan with what a list brings."""
    neu = {a.ereignis: a.jetzt for a in found.aenderungen}
    termine = {t.sitzung: t for t in plan.termine} | {i: t for i, t in neu.items() if isinstance(t, Termin)}
    items = {b.beratung: b for b in plan.beratungen}
    items |= {i: b for i, b in neu.items() if isinstance(b, Beratungstermin)}
    offen = tuple(e for e in plan.offen if e not in neu)
    return evolve(plan, termine=tuple(termine.values()), beratungen=tuple(items.values()), offen=offen)


def only(found: Mitgebracht) -> Aenderung:
    (aenderung,) = found.aenderungen
    return aenderung


def problems(roh: bytes, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        lies(roh, **more)
    assert {p.datei for p in caught.value.problems} == {"plan.xlsx"}
    return [(p.pfad, str(p.meldung)) for p in caught.value.problems]


RUNDE = "entwurf/links"
BERATUNG = "vorstellung/links/links"


class TestNothingEdited:
    @pytest.mark.parametrize("roh", [buch, liste, lambda: liste("en")])
    def test_what_was_written_brings_nothing(self, roh: Callable[[], bytes]) -> None:
        assert lies(roh()) == Mitgebracht()

    @given(st.randoms(use_true_random=False), st.sampled_from([";", ",", "\t"]))
    @settings(max_examples=15 if CI else 5)
    def test_nor_does_another_order(self, zufall: Any, trenner: str) -> None:
        """Rows sorted, columns moved, a column and a title of one's own, another separator."""
        kopf, *rows = as_rows(liste())
        zufall.shuffle(rows)
        order = list(range(len(kopf)))
        zufall.shuffle(order)
        moved = [[row[n] for n in order] + ["eigenes"] for row in [kopf, *rows]]
        moved[0][-1] = "Bemerkung"
        assert lies(as_csv([["Sitzungskalender"], *moved], trenner)) == Mitgebracht(fremd=("Bemerkung",))

    def test_saved_by_another_program(self) -> None:
        """Formulas without results, a sheet of its own beside ours."""
        mappe = openpyxl.load_workbook(io.BytesIO(kurz()))
        mappe.create_sheet("Notizen")["A1"] = "nur für uns"
        assert lies(saved(mappe)) == Mitgebracht()


class TestOneCell:
    @given(st.data())
    @settings(max_examples=40 if CI else 10)
    def test_a_date_is_exactly_that_pin(self, data: st.DataObject) -> None:
        """Of any Sitzung, to any other day: its hour, its length and its Ort stay."""
        termin = data.draw(st.sampled_from(plan().termine))
        tag = data.draw(
            st.dates(date(2027, 1, 1), date(2027, 12, 31)).filter(lambda t: t != termin.beginn.date())
        )
        rows = as_rows(liste())
        rows[zeile(termin.sitzung) - 1][SPALTE["datum"]] = f"{tag:%d.%m.%Y}"
        aenderung = only(lies(as_csv(rows)))
        shift = tag - termin.beginn.date()
        assert aenderung.jetzt == evolve(termin, beginn=termin.beginn + shift, ende=termin.ende + shift)
        assert aenderung.stellen == (f"E{zeile(termin.sitzung)}",)
        assert aenderung.pin(2027) == Pin(termin.sitzung, tag, None, "", 2027)

    @given(st.data())
    @settings(max_examples=20 if CI else 6)
    def test_a_start_is_exactly_that_pin(self, data: st.DataObject) -> None:
        termin = data.draw(st.sampled_from(plan().termine))
        hours = st.times(time(7), time(20)).map(lambda t: t.replace(second=0, microsecond=0))
        uhr = data.draw(hours.filter(lambda t: t != termin.beginn.time()))
        rows = as_rows(liste())
        rows[zeile(termin.sitzung) - 1][SPALTE["beginn"]] = f"{uhr:%H:%M}"
        aenderung = only(lies(as_csv(rows)))
        assert aenderung.jetzt.ende - aenderung.jetzt.beginn == termin.ende - termin.beginn
        assert aenderung.pin(2027) == Pin(termin.sitzung, termin.beginn.date(), uhr, "", 2027)

    @pytest.mark.parametrize("wert", ["Rathaus", "rathaus", "  RATHAUS "])
    def test_an_ort_by_name_or_id(self, wert: str) -> None:
        aenderung = only(lies(edited((RUNDE, "ort", wert))))
        assert isinstance(aenderung.jetzt, Termin)
        assert aenderung.jetzt.ort == "rathaus"
        assert aenderung.pin(2027) == Pin(RUNDE, aenderung.jetzt.beginn.date(), None, "rathaus", 2027)

    def test_what_was_pinned_before_stays_pinned(self) -> None:
        """A new day for what has a pinned hour and Ort."""
        aenderung = only(lies(edited((RUNDE, "datum", "12.05.2027"))))
        before = Pin(RUNDE, date(2027, 2, 1), time(9), "zentrum-links")
        assert aenderung.pin(2027, before) == Pin(RUNDE, date(2027, 5, 12), time(9), "zentrum-links", 2027)

    def test_days_and_times_as_programs_and_people_write_them(self) -> None:
        """Days with a midnight, as text, as numbers; times as parts of a day, as text, as the first day of all."""
        days = [
            date(2027, 5, 12),
            datetime(2027, 5, 12),
            "12.05.2027",
            "12.5.27",
            "Mi, 12.05.2027",
            "2027-05-12",
            46519,
        ]
        times = [
            time(18),
            0.75,
            "0,750",
            "18:00",
            "18 Uhr",
            datetime(1899, 12, 30, 18),
            time(17, 59, 59, 999_000),
        ]
        rows = [t.sitzung for t in plan().termine[:7]]
        edits: dict[str, dict[str, object]] = {
            id: {"datum": tag, "beginn": uhr} for id, tag, uhr in zip(rows, days, times, strict=True)
        }
        found = lies(in_excel(edits)).aenderungen
        assert {a.ereignis: a.jetzt.beginn for a in found} == dict.fromkeys(rows, datetime(2027, 5, 12, 18))

    @pytest.mark.parametrize(
        "wert", ["46519", " 12. Mai 2027 ", "12.05.2027 09:00", "12.05.2027 00:00", "12-05-2027"]
    )
    def test_days_in_text(self, wert: str) -> None:
        """Beside them may stand the time that its own column says, or midnight."""
        assert only(lies(edited((RUNDE, "datum", wert)))).jetzt.beginn == datetime(2027, 5, 12, 9)

    def test_slashes_are_read_where_they_can_mean_one_day(self) -> None:
        """A day beyond the twelfth is no month; of two days, the one that stood there is still there."""
        assert only(lies(edited((RUNDE, "datum", "5/13/2027")))).jetzt.beginn == datetime(2027, 5, 13, 9)
        assert lies(edited((RUNDE, "datum", "02/01/2027"))) == Mitgebracht()

    def test_a_new_end_that_follows_is_no_mistake(self) -> None:
        """Who moves start and end alike means the same."""
        found = lies(edited((RUNDE, "beginn", "18:00"), (RUNDE, "ende", "20:00")))
        assert only(found).jetzt.ende.time() == time(20)

    def test_an_item_goes_into_the_sitting_of_that_day(self) -> None:
        """It is pinned to the day; where the body sits twice, to the time that is written beside it."""
        aenderung = only(lies(edited((BERATUNG, "datum", "24.11.2027"))))
        assert isinstance(aenderung.jetzt, Beratungstermin)
        assert (aenderung.jetzt.sitzung, aenderung.jetzt.beginn.hour) == ("mehr-0", 17)
        assert aenderung.pin(2027) == Pin(BERATUNG, date(2027, 11, 24), None, "", 2027)
        item = "vorstellung/rechts/rechts"
        twice = only(lies(edited((item, "datum", "24.11.2027"), (item, "beginn", "14:00"))))
        assert twice.pin(2027) == Pin(item, date(2027, 11, 24), time(14), "", 2027)

    def test_what_is_open_gets_a_date(self) -> None:
        """With its time; it is as long as the programme says, in the one Ort there is."""
        aenderung = only(lies(edited((OFFEN, "datum", "02.06.2027"), (OFFEN, "beginn", "10:00"))))
        beginn = datetime(2027, 6, 2, 10)
        assert aenderung.jetzt == Termin(
            OFFEN, "runde/rechts", beginn, beginn + timedelta(hours=2), "zentrum-rechts"
        )


class TestRefused:
    @pytest.mark.parametrize(
        ("ereignis", "spalte", "wert", "sagt"),
        [
            (RUNDE, "datum", "bald", "This is no day; one is written 12.05.2027."),
            (RUNDE, "datum", "30.02.2027", "This is no day; one is written 12.05.2027."),
            (RUNDE, "datum", "12.05.", "This is no day; one is written 12.05.2027."),
            (RUNDE, "datum", "", "The date is missing."),
            (RUNDE, "datum", "5/6/2027", "Day and month cannot be told apart here; a day is written 12.05.2027."),
            (RUNDE, "datum", "12.05.2027-14.05.2027", "More stands here than one day."),
            (RUNDE, "datum", "12.05.2027 oder später", "More stands here than one day."),
            (RUNDE, "datum", "Mo, 12.05.2027", "This day is another weekday: Wed 2027-05-12"),
            (RUNDE, "datum", "12.05.2027 18:00", "Another time stands here than in its own column."),
            (RUNDE, "wochentag", "Sa", "This day is another weekday: Mon 2027-02-01"),
            (RUNDE, "beginn", "abends", "This is no time; one is written 17:00."),
            (RUNDE, "beginn", "", "The time is missing."),
            (RUNDE, "beginn", "17-19 Uhr", "More stands here than one time."),
            (RUNDE, "ende", "20:00", "This cell is not to be edited."),
            (RUNDE, "ende", "", "This cell is not to be edited."),
            (RUNDE, "ort", "Ratshaus", "There is no such Ort."),
            (RUNDE, "ort", "", "The Ort is missing."),
            (RUNDE, "ort", "Aula", "Several Orte have this name. Write its id: aula-a, aula-b"),
            (RUNDE, "titel", "Neu", "This cell is not to be edited."),
            (RUNDE, "status", "abgesagt", "This cell is not to be edited."),
            (RUNDE, "stand", "2027-02-01", "This cell says what was planned, and is not to be edited."),
            (RUNDE, "stand", "2027-13-01 10:00 x", "This cell says what was planned, and is not to be edited."),
            (RUNDE, "kennung", "", "The id of this row is missing."),
            (BERATUNG, "ort", "Rathaus", "This cell is not to be edited."),
            (BERATUNG, "datum", "11.11.2027", "On this day the body does not sit."),
            (BERATUNG, "beginn", "15:00", "The body sits on this day at: Wed 2027-11-10 16:00"),
            ("vorstellung/rechts/rechts", "datum", "24.11.2027",
             "The body sits on this day at: Wed 2027-11-24 14:00, Wed 2027-11-24 17:00"),
            (OFFEN, "datum", "02.06.2027", "The time is missing."),
            (OFFEN, "beginn", "10:00", "The date is missing."),
            (OFFEN, "ort", "Rathaus", "The date is missing."),
        ],
    )  # fmt: skip
    def test_one_wrong_cell_has_its_address(self, ereignis: str, spalte: str, wert: str, sagt: str) -> None:
        """Nothing else is wrong with the list, unless the row cannot be known any more."""
        where = {"The time is missing.": "beginn", "The date is missing.": "datum"}.get(sagt, spalte)
        where = "beginn" if sagt.startswith("The body sits") else where
        found = problems(edited((ereignis, spalte, wert)))
        assert found[0] == (f"{BUCHSTABE[where]}{zeile(ereignis)}", sagt)
        assert len(found) == (2 if spalte == "kennung" else 1)

    def test_everything_at_once(self) -> None:
        """Rows gone, ids unknown and twice, cells of several rows."""
        mappe = openpyxl.load_workbook(
            io.BytesIO(in_excel({BERATUNG: {"datum": "x"}, "entwurf/rechts": {"ort": "y"}}))
        )
        blatt = mappe.worksheets[0]
        blatt.delete_rows(zeile(RUNDE))
        blatt.append(["", "", "", "", "", "", "", "", "", "", "entwurf/lnks", ""])
        blatt.append(["", "", "", "", "", "", "", "", "", "", "entwurf/rechts", ""])
        found = problems(saved(mappe))
        first = f"Sitzungen!K{zeile('entwurf/rechts') - 1}"
        assert sorted(found) == sorted(
            [
                (f"Sitzungen!K{blatt.max_row - 1}", "The plan has no Sitzung or Beratung with this id."),
                (f"Sitzungen!K{blatt.max_row}", f"This id stands here twice, first in: {first}"),
                ("Sitzungen", "The plan has this, but the list has no row for it; a row that is gone cancels nothing."),
                (f"Sitzungen!E{zeile(BERATUNG) - 1}", "This is no day; one is written 12.05.2027."),
                (f"Sitzungen!H{zeile('entwurf/rechts') - 1}", "There is no such Ort."),
            ]
        )  # fmt: skip

    def test_columns_renamed_deleted_or_doubled(self) -> None:
        mappe = openpyxl.load_workbook(io.BytesIO(kurz()))
        mappe.worksheets[0]["E1"] = "Termin"
        mappe.worksheets[0]["M1"] = "Ort"
        assert problems(saved(mappe)) == [
            ("Sitzungen!M1", "This column is there twice."),
            ("Sitzungen!1", "A column is missing."),
        ]

    def test_what_is_no_list_of_a_plan(self) -> None:
        mappe = openpyxl.Workbook()
        for roh in (saved(mappe), b"", b"Datum;Ort\r\n1.2.2027;Rathaus\r\n"):
            assert problems(roh)[0][1].startswith("This is no list of a plan")

    def test_two_sheets_with_a_plan(self) -> None:
        mappe = openpyxl.load_workbook(io.BytesIO(kurz()))
        mappe.copy_worksheet(mappe.worksheets[0])
        assert problems(saved(mappe)) == [("", "Several sheets of this file hold a plan; one is to be kept.")]

    def test_what_lies_in_the_past_is_a_fact(self) -> None:
        """It is neither moved nor may anything be moved there."""
        roh = edited((RUNDE, "datum", "12.05.2027"), ("steuern/stadt", "datum", "07.01.2027"))
        stand = datetime(2027, 2, 1, 9)
        assert problems(roh, stand=stand) == [
            (
                f"E{zeile(RUNDE)}",
                "This was held, or has begun: Mon 2027-02-01 09:00. It is not moved any more.",
            ),
            (f"E{zeile('steuern/stadt')}", "This is past: Thu 2027-01-07 18:00"),
        ]
        assert len(lies(roh).aenderungen) == 2

    def test_an_hour_the_clock_skips(self) -> None:
        roh = edited((RUNDE, "datum", "28.03.2027"), (RUNDE, "beginn", "02:30"))
        assert problems(roh) == [(f"F{zeile(RUNDE)}", "The clock skips this time: Sun 2027-03-28 02:30.")]


class TestAPlanThatHasMovedOn:
    def test_what_the_list_has_not_edited_stays_as_the_plan_has_it(self) -> None:
        now = welt.moved(plan(), RUNDE, datetime(2027, 4, 7, 11), datetime(2026, 12, 1))
        found = lies(edited(("entwurf/rechts", "datum", "12.05.2027")), gegen=now)
        assert only(found).ereignis == "entwurf/rechts"
        assert found.ueberholt == (RUNDE,)

    def test_what_both_have_changed_is_refused(self) -> None:
        now = welt.moved(plan(), RUNDE, datetime(2027, 4, 7, 11), datetime(2026, 12, 1))
        assert problems(edited((RUNDE, "datum", "12.05.2027")), gegen=now) == [
            (
                f"E{zeile(RUNDE)}",
                "Since this list was written the plan has changed here: Wed 2027-04-07 11:00",
            )
        ]

    def test_another_state_is_no_edit(self) -> None:
        """The list says the state it was written with, and a Sitzung that is held since is no mistake in it."""
        for zustand in Zustand:
            now = welt.noted(evolve(plan(), gehalten={RUNDE: Gehalten()}), datetime(2027, 2, 2), zustand)
            for sprache in ("de", "en"):
                assert lies(liste(sprache), gegen=now) == Mitgebracht()
        assert problems(edited((RUNDE, "status", "abgestimmt")))

    def test_a_list_that_does_not_say_its_state(self) -> None:
        """Lists of older versions: any state we write is none that was edited, anything else is."""
        rows = as_rows(liste())
        for row in rows[1:]:
            row[SPALTE["stand"]] = row[SPALTE["stand"]].rsplit(" ", 2)[0]
        published = welt.noted(plan(), datetime(2027, 1, 9), Zustand.PUBLISHED)
        assert lies(as_csv(rows), gegen=published) == Mitgebracht()
        rows[zeile(RUNDE) - 1][SPALTE["status"]] = "abgesagt"
        assert [stelle for stelle, _ in problems(as_csv(rows), gegen=published)] == [f"J{zeile(RUNDE)}"]

    def test_another_name_is_no_edit(self) -> None:
        """What an event is called may have changed since: who edits it all the same is told."""
        now = projekt()
        rows = as_rows(liste())
        stadt = evolve(
            now.stadt,
            gremien={i: evolve(g, art=evolve(g.art, name="Neu")) for i, g in now.stadt.gremien.items()},
        )
        renamed = evolve(now, stadt=stadt)
        assert plan_sheet(renamed, plan()).zeilen != plan_sheet(now, plan()).zeilen
        assert read_changes(as_csv(rows), "plan.xlsx", renamed, plan()) == Mitgebracht()
        rows[zeile(RUNDE) - 1][SPALTE["gremium"]] = "anders"
        with pytest.raises(InputError):
            read_changes(as_csv(rows), "plan.xlsx", renamed, plan())

    @given(st.data())
    @settings(max_examples=40 if CI else 10)
    def test_what_was_taken_before_is_nothing_new(self, data: st.DataObject) -> None:
        """Any edits, taken into the plan: the same list then says nothing, and what is edited on in it is one edit."""
        termine = data.draw(st.lists(st.sampled_from(plan().termine), min_size=1, max_size=3, unique=True))
        werte = {"datum": "16.11.2027", "beginn": "11:30", "ort": "aula-a"}
        spalten = st.sets(st.sampled_from(sorted(werte)), min_size=1)
        edits = [(t.sitzung, s, werte[s]) for t in termine for s in sorted(data.draw(spalten))]
        taken = with_all(plan(), lies(edited(*edits)))
        assert lies(edited(*edits), gegen=taken) == Mitgebracht()
        first = termine[0].sitzung
        done = {spalte for id, spalte, _ in edits if id == first}
        for spalte in sorted({"datum", "beginn"} - done):
            further = only(lies(edited(*edits, (first, spalte, werte[spalte])), gegen=taken))
            assert further.stellen == (f"{BUCHSTABE[spalte]}{zeile(first)}",)

    @pytest.mark.parametrize(
        "edits",
        [
            ((BERATUNG, "datum", "24.11.2027"),),
            (
                ("vorstellung/rechts/rechts", "datum", "24.11.2027"),
                ("vorstellung/rechts/rechts", "beginn", "14:00"),
            ),
            ((OFFEN, "datum", "02.06.2027"), (OFFEN, "beginn", "10:00")),
        ],
    )
    def test_nor_is_what_followed_from_an_edit(self, edits: tuple[tuple[str, str, str], ...]) -> None:
        """The time of an item follows from its sitting, the Ort from there being one only."""
        taken = with_all(plan(), lies(edited(*edits)))
        assert taken.lagen != plan().lagen
        assert lies(edited(*edits), gegen=taken) == Mitgebracht()

    def test_half_of_an_edit_is_not_what_the_plan_says(self) -> None:
        """The plan has the day of the list at another time: nobody knows which is meant."""
        now = welt.moved(plan(), RUNDE, datetime(2027, 5, 12, 11), datetime(2026, 12, 1))
        assert problems(edited((RUNDE, "datum", "12.05.2027")), gegen=now)

    def test_a_list_of_another_year_is_noticed(self) -> None:
        """None of its rows says what this plan says."""
        other = evolve(
            plan(),
            termine=tuple(
                evolve(t, beginn=t.beginn + timedelta(7), ende=t.ende + timedelta(7)) for t in plan().termine
            ),
            beratungen=tuple(
                evolve(b, beginn=b.beginn + timedelta(7), ende=b.ende + timedelta(7))
                for b in plan().beratungen
            ),
            offen=(),
        )
        extra = Termin(OFFEN, "runde/rechts", datetime(2027, 9, 1, 10), datetime(2027, 9, 1, 12), "rathaus")
        assert problems(kurz(), gegen=evolve(other, termine=(*other.termine, extra))) == [
            ("", "This list was not written from this plan.")
        ]
