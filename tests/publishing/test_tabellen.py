"""Excel and CSV of a plan: its dates, who is invited, what is due; the same bytes for the same plan."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import openpyxl
import pytest
from attrs import evolve
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter

from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.fristen import Frist, Fristart
from gremienplan.plan import Plan
from gremienplan.programm import Aufgabeneintrag
from gremienplan.programm.bedingungen import Tage
from gremienplan.projekt import Projekt
from gremienplan.publishing.mappe import guarded
from gremienplan.publishing.tabellen import csv_tables, sheet, tables
from gremienplan.rules import invitations
from gremienplan.tabellen import PLANSPALTEN, clean
from tests.publishing import welt

BOESE = '=HYPERLINK("http://example.invalid")\x07'


@cache
def projekt() -> Projekt:
    """Return the invented project, one of whose Sitzungen has a name a spreadsheet would compute."""
    found = welt.projekt()
    eintraege = tuple(evolve(e, name=BOESE) if e.id == "steuern" else e for e in found.programm.sitzungen)
    return evolve(found, programm=evolve(found.programm, sitzungen=eintraege))


@cache
def plan() -> Plan:
    gemacht = welt.plan(projekt())
    return evolve(gemacht, termine=gemacht.termine[1:], offen=(gemacht.termine[0].sitzung,))


@cache
def roh() -> bytes:
    return sheet(projekt(), plan())


def blaetter(*, werte: bool = False) -> Iterator[Any]:
    """Yield the sheets as a foreign program reads them: formulas, or what they give."""
    yield from openpyxl.load_workbook(io.BytesIO(roh()), data_only=werte).worksheets


def spalte(blatt: Any, kopf: str) -> list[Any]:
    (n,) = [cell.column for cell in blatt[1] if cell.value == kopf]
    return [cell.value for (cell,) in blatt.iter_rows(min_row=2, min_col=n, max_col=n)]


def test_the_same_plan_gives_the_same_bytes() -> None:
    """Every time in the file is that of the plan's last entry, and no other run writes anything else."""
    assert sheet(projekt(), plan()) == roh()
    with zipfile.ZipFile(io.BytesIO(roh())) as archiv:
        assert {teil.date_time for teil in archiv.infolist()} == {welt.STAND.timetuple()[:6]}
        kern = archiv.read("docProps/core.xml").decode()
    assert kern.count(welt.STAND.isoformat()) == 2
    later = welt.noted(plan(), datetime(2027, 1, 9, 8), plan().zustand)
    assert sheet(projekt(), later) != roh()


def test_days_and_times_are_days_and_times() -> None:
    """Excel sorts and filters them; they are shown as German offices write them, and the weekday follows the day."""
    blatt, *_ = blaetter()
    werte, *_ = blaetter(werte=True)
    termine = sorted(lagen[0].beginn for lagen in plan().lagen.values())
    assert [
        datetime.combine(d.date(), t)
        for d, t in zip(spalte(blatt, "Datum"), spalte(blatt, "Beginn"), strict=True)
        if d
    ] == termine
    assert blatt["E2"].number_format == "dd.mm.yyyy"
    assert isinstance(blatt["F2"].value, time)
    assert isinstance(blatt["G2"].value, time)
    assert blatt["D2"].value.startswith("=IF(E2=")
    tage = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    assert spalte(werte, "Wochentag") == [*(tage[t.weekday()] for t in termine), None]


def test_a_row_for_each_event_and_each_invitation() -> None:
    """What is open has a row without a date; whom the rules of the day invite has one for each Sitzung."""
    plaene, einladungen, fristen, orte = blaetter()
    assert [b.title for b in (plaene, einladungen, fristen, orte)] == [
        "Sitzungen",
        "Einladungen",
        "Fristen",
        "Orte",
    ]
    ids = spalte(plaene, "Kennung (nicht ändern)")
    assert sorted(ids) == sorted((*plan().lagen, *plan().offen))
    assert spalte(plaene, "Stand")[-1] == "Termin wird noch bekannt gegeben"
    p = projekt()
    meant = {
        (t.sitzung, einladung.sitz.id)
        for t in plan().termine
        for einladung in invitations(p.stadt, p.regeln, p.sitzung(t.sitzung, welt.JAHR), t.beginn.date())
    }
    found = list(
        zip(
            spalte(einladungen, "Kennung der Sitzung"), spalte(einladungen, "Kennung des Sitzes"), strict=True
        )
    )
    assert set(found) == meant
    assert len(found) == len(meant)
    assert spalte(orte, "Ort") == sorted(spalte(orte, "Ort"), key=str.casefold)


def test_lists_can_be_filtered_and_printed() -> None:
    """Headings stay in sight and stand on every page of A4, across; the filter reaches from corner to corner."""
    for blatt in blaetter():
        last = f"{get_column_letter(blatt.max_column)}{blatt.max_row}"
        assert blatt.freeze_panes == "A2"
        assert blatt.auto_filter.ref == f"A1:{last}"
        assert (blatt.page_setup.orientation, blatt.page_setup.paperSize) == ("landscape", 9)
        assert (blatt.print_title_rows, blatt.page_setup.fitToWidth, blatt.page_setup.fitToHeight) == (
            "$1:$1",
            1,
            0,
        )
        assert blatt.sheet_properties.pageSetUpPr.fitToPage


def test_every_cell_is_shown_whole() -> None:
    """It fits into its column, or is wrapped there; what is printed stays readable: at most 230 characters across."""
    for blatt, werte in zip(blaetter(), blaetter(werte=True), strict=True):
        breiten = [blatt.column_dimensions[cell.column_letter].width for cell in blatt[1]]
        for zeile in werte.iter_rows(min_row=2):
            for cell, breite in zip(zeile, breiten, strict=True):
                assert isinstance(cell, Cell)
                text = "31.12.2027" if isinstance(cell.value, date) else str(cell.value or "")
                assert len(text) < breite or cell.alignment.wrap_text, cell.coordinate
        area = blatt.print_area.split("$")
        assert sum(breiten[: openpyxl.utils.column_index_from_string(area[3])]) <= 230


def test_no_text_is_a_formula() -> None:
    """A name that begins with = stays a name, in the workbook as in CSV; what no cell can hold is left out."""
    blatt, *_ = blaetter()
    (cell,) = [cell for cell in blatt["C"] if "HYPERLINK" in str(cell.value)]
    assert cell.data_type == "s"
    assert "\x07" not in cell.value
    runde = evolve(welt.projekt().programm.sitzungen[0], name="@SUM(1)")
    other = evolve(projekt(), programm=evolve(projekt().programm, anlaesse={}, sitzungen=(runde,)))
    assert clean("=1\ud800+1") == "=1 +1"
    for inhalt in csv_tables(other, plan()).values():
        for zeile in csv.reader(io.StringIO(inhalt.decode("utf-8-sig"), newline=""), delimiter=";"):
            assert not [text for text in zeile if text.lstrip()[:1] in set("=+-@")]


@pytest.mark.parametrize(("text", "wird"), [("=1", "'=1"), (" -1", "' -1"), ("Runde", "Runde"), ("", "")])
def test_csv_guards_formulas(text: str, wird: str) -> None:
    assert guarded(text) == wird


def test_csv_opens_in_a_german_excel() -> None:
    """Semicolons, the mark of UTF-8, line ends of Windows, days and times as they are written here."""
    found = csv_tables(projekt(), plan())
    assert sorted(found) == ["einladungen", "fristen", "plan"]
    for inhalt in found.values():
        assert inhalt.startswith(b"\xef\xbb\xbf")
        assert inhalt.count(b"\n") == inhalt.count(b"\r\n")
    first = found["plan"].decode("utf-8-sig").splitlines()[1].split(";")
    assert first[3:7] == ["Do", "04.02.2027", "10:00", "12:00"]
    english = (
        csv_tables(projekt(), plan(), sprache="en")["plan"].decode("utf-8-sig").splitlines()[1].split(";")
    )
    assert english[3:5] == ["Thu", "2027-02-04"]


def test_what_can_be_changed_is_marked() -> None:
    """Date, start and Ort are coloured; an Ort is chosen from the list of Orte."""
    blatt, *_ = blaetter()
    frei = [cell.column for cell in blatt[2] if cell.fill.fill_type]
    assert frei == [n for n, s in enumerate(PLANSPALTEN, start=1) if s.frei]
    rules = {str(rule.sqref): rule for rule in blatt.data_validations.dataValidation}
    assert rules[f"H2:H{blatt.max_row}"].formula1 == f"'Orte'!$A$2:$A${len(projekt().stadt.alle_orte) + 1}"
    assert {rule.type for rule in rules.values()} == {"date", "time", "list"}


def test_tables_name_no_person() -> None:
    """Who holds a Sitz changes nothing, and stands nowhere; the person is invented."""
    held = Besetzung(tuple(Innehabung(sitz, "Erfundene Person") for sitz in projekt().stadt.alle_sitze))
    assert tables(evolve(projekt(), besetzung=held), plan()) == tables(projekt(), plan())


def test_an_invitation_goes_out_by_its_task_or_its_deadline_whichever_is_first() -> None:
    """Of two last days the earlier one; a Sitzung that neither speaks of has none."""
    task = Aufgabeneintrag(
        "e",
        "Einladen",
        welt.VORGABE,
        gremium=("runde", "konferenz"),
        vorher=Tage(14, welt.VORGABE),
        einladung=True,
    )
    frist = Frist("l", Fristart.LADUNG, ("konferenz",), 20, welt.VORGABE)
    found = evolve(projekt(), programm=evolve(projekt().programm, aufgaben=(task,), fristen=(frist,)))
    blatt = tables(found, plan())[1]
    spalten = [blatt.nummer(spalte) for spalte in ("kennung", "datum", "versand")]
    for kennung, tag, versand in {tuple(zeile[n] for n in spalten) for zeile in blatt.zeilen}:
        days = {"entwurf": 14, "runde-1": 14, "konferenz": 21, "steuern": None}[
            str(kennung).partition("/")[0]
        ]
        assert isinstance(tag, date)
        assert versand == (None if days is None else tag - timedelta(days))
