"""Tables as files: an Excel workbook that sorts, filters and prints, and CSV as Excel in Germany opens it.

The same tables give the same bytes: properties and times inside the file are those it is told, never those of a clock.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from attrs import frozen

from gremienplan.errors import InputError, Problem, install_command
from gremienplan.tabellen import Art, Blatt, Spalte, clean, wochentag, zelle
from gremienplan.texts import WEEKDAYS, Text, render

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FORMATE = {"de": "dd.mm.yyyy", "en": "yyyy-mm-dd"}
"""How days are shown, by language."""
EPOCHE = datetime(1980, 1, 1)
"""The earliest time a zip can hold; of what has never changed."""
_FORMEL = ("=", "+", "-", "@")
"""A text that begins so would be computed by a spreadsheet, whoever wrote it."""
_A4 = 9
_DUNKEL, _HELL, _FREI = "FF1F3864", "FFFFFFFF", "FFFFF2CC"


@frozen
class Mappe:
    """What a workbook says of itself."""

    titel: str
    stand: datetime = EPOCHE
    """Time of the last change of what it shows; stands for every time in the file."""
    sprache: str = "de"


# --- Excel -------------------------------------------------------------------------------------------------


def workbook_bytes(mappe: Mappe, blaetter: Sequence[Blatt]) -> bytes:
    """Return an .xlsx with one sheet for each table. Raises InputError where openpyxl is not installed."""
    try:
        import openpyxl
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        hinweis = Text("Install it: {command}", command=install_command("office"))
        problem = Problem("", "", Text("Excel files need openpyxl."), hinweis=hinweis)
        raise InputError([problem]) from None
    buch = openpyxl.Workbook()
    buch.remove(buch.worksheets[0])
    namen = {blatt.id: render(blatt.name, mappe.sprache) for blatt in blaetter}
    laengen = {blatt.id: len(blatt.zeilen) for blatt in blaetter}
    for blatt in blaetter:
        _sheet(buch.create_sheet(namen[blatt.id]), blatt, mappe, namen, laengen)
    props = buch.properties
    props.creator, props.title, props.language = "gremienplan", clean(mappe.titel), mappe.sprache
    props.created = props.modified = max(mappe.stand, EPOCHE)
    _calculated(buch)
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w") as archiv:
        ExcelWriter(buch, archiv).write_data()  # not save(), which asks the clock
    return _packed(puffer, blaetter, mappe)


def _calculated(buch: Workbook) -> None:
    """Let a spreadsheet compute what hangs on edited cells when it opens the file."""
    if buch.calculation is not None:
        buch.calculation.fullCalcOnLoad = True


def _sheet(
    sheet: Worksheet, blatt: Blatt, mappe: Mappe, namen: Mapping[str, str], laengen: Mapping[str, int]
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    kopf = Alignment(vertical="center", wrap_text=True)
    line = Border(bottom=Side(style="hair", color="FFB0B0B0"))
    for n, spalte in enumerate(blatt.spalten, start=1):
        cell: Any = sheet.cell(1, n, render(spalte.kopf, mappe.sprache))
        cell.font = Font(bold=True, color=_HELL)
        cell.fill = PatternFill("solid", start_color=_DUNKEL)
        cell.alignment = kopf
        breite = _breite(blatt, n - 1, mappe.sprache)
        dimension = sheet.column_dimensions[get_column_letter(n)]
        dimension.width = min(breite, spalte.breite) + 2
        dimension.hidden = spalte.versteckt
        frei = PatternFill("solid", start_color=_FREI) if spalte.frei else None
        align = Alignment(vertical="top", wrap_text=breite > spalte.breite)
        form = _format(spalte, mappe.sprache)
        for z, zeile in enumerate(blatt.zeilen, start=2):
            cell = sheet.cell(z, n)
            _fill(cell, spalte, zeile[n - 1], mappe.sprache, n, z)
            cell.alignment, cell.border, cell.number_format = align, line, form
            if frei is not None:
                cell.fill = frei
    sheet.row_dimensions[1].height = 30
    last = f"{get_column_letter(len(blatt.spalten))}{len(blatt.zeilen) + 1}"
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{last}"
    _choices(sheet, blatt, mappe.sprache, namen, laengen)
    printed = sum(spalte.gedruckt for spalte in blatt.spalten)
    sheet.print_area = f"A1:{get_column_letter(printed)}{len(blatt.zeilen) + 1}"
    _print_setup(sheet, mappe)


def _fill(cell: Any, spalte: Spalte, wert: Any, sprache: str, n: int, z: int) -> None:
    """Put a value into a cell; a text is never a formula, however it begins."""
    from openpyxl.utils import get_column_letter

    if spalte.art is Art.WOCHENTAG:
        tag = f"{get_column_letter(n + 1)}{z}"
        names = ",".join(f'"{render(name, sprache)}"' for name in WEEKDAYS)
        cell.value = f'=IF({tag}="","",CHOOSE(WEEKDAY({tag},2),{names}))'
        return
    found = zelle(wert, sprache)
    if found is None or found == "":
        return
    if isinstance(found, str):
        cell.value, cell.data_type = found, "s"
        cell.quotePrefix = found.startswith(_FORMEL)
    else:
        cell.value = found


def _format(spalte: Spalte, sprache: str) -> str:
    match spalte.art:
        case Art.TAG:
            return FORMATE[sprache]
        case Art.UHR:
            return "hh:mm"
        case Art.ZAHL:
            return "0"
        case _:
            return "@" if spalte.frei else "General"


def _breite(blatt: Blatt, n: int, sprache: str) -> int:
    """Return how many characters the widest cell of a column has, its heading with the arrow of its filter."""
    words = render(blatt.spalten[n].kopf, sprache)
    longest = max(map(len, words.split(" ")), default=0) + 3
    return max(longest, *(len(_as_text(blatt.spalten[n], zeile[n], sprache)) for zeile in blatt.zeilen), 4)


def _choices(
    sheet: Worksheet, blatt: Blatt, sprache: str, namen: Mapping[str, str], laengen: Mapping[str, int]
) -> None:
    """Say at each cell that may be edited what belongs there, and offer the values that can be chosen."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for n, spalte in enumerate(blatt.spalten, start=1):
        if not (spalte.frei and blatt.zeilen):
            continue
        rules: dict[str, Any] = {"type": "date", "operator": "greaterThan", "formula1": "DATE(2000,1,1)"}
        if spalte.art is Art.UHR:
            rules = {"type": "time", "operator": "between", "formula1": "0", "formula2": "0.99999"}
        elif spalte.liste:
            if not laengen.get(spalte.liste):
                continue
            quoted = namen[spalte.liste].replace("'", "''")
            rules = {"type": "list", "formula1": f"'{quoted}'!$A$2:$A${laengen[spalte.liste] + 1}"}
        elif spalte.art is not Art.TAG:
            continue
        rule = DataValidation(**rules, allow_blank=True, showErrorMessage=True, errorStyle="warning")
        rule.error = render(Text("This is not what belongs here. Keep it all the same?"), sprache)
        letter = get_column_letter(n)
        rule.add(f"{letter}2:{letter}{len(blatt.zeilen) + 1}")
        sheet.add_data_validation(rule)


def _print_setup(sheet: Any, mappe: Mappe) -> None:
    """Print on A4, across, all columns on one page, the headings on each, with its number."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "1:1"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.7
    sheet.oddHeader.left.text = clean(mappe.titel).replace("&", "&&")
    sheet.oddHeader.right.text = "&A"
    sheet.oddFooter.right.text = "&P / &N"


_FORMELZELLE = re.compile(
    r'<c r="([A-Z]+)(\d+)"((?: s="\d+")?)(?: t="\w+")?><f>(.*?)</f><v ?(?:/>|></v>)</c>'
)


def _packed(roh: io.BytesIO, blaetter: Sequence[Blatt], mappe: Mappe) -> bytes:
    """Return the parts of a workbook in one order and with one time; formulas with what they give."""
    puffer = io.BytesIO()
    moment = max(mappe.stand, EPOCHE).timetuple()[:6]
    with zipfile.ZipFile(roh) as alt, zipfile.ZipFile(puffer, "w") as neu:
        for name in sorted(alt.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            inhalt = alt.read(name)
            if match := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name):
                inhalt = _with_results(inhalt, blaetter[int(match[1]) - 1], mappe.sprache)
            teil = zipfile.ZipInfo(name, moment)
            teil.compress_type, teil.create_system, teil.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            neu.writestr(teil, inhalt)
    return puffer.getvalue()


def _with_results(inhalt: bytes, blatt: Blatt, sprache: str) -> bytes:
    """Write beside each formula what it gives: who only shows a file does not compute it."""

    def result(match: re.Match[str]) -> str:
        from openpyxl.utils import column_index_from_string

        tag = blatt.zeilen[int(match[2]) - 2][column_index_from_string(match[1]) - 1]
        wort = wochentag(tag, sprache) if isinstance(tag, date) else ""
        return f'<c r="{match[1]}{match[2]}"{match[3]} t="str"><f>{match[4]}</f><v>{wort}</v></c>'

    return _FORMELZELLE.sub(result, inhalt.decode()).encode()


# --- CSV ---------------------------------------------------------------------------------------------------


def csv_bytes(blatt: Blatt, sprache: str = "de") -> bytes:
    """Return a table as CSV with ``;``, in UTF-8 with its mark, lines ended as Windows does.

    Days and times are written as people of the language write them. A text that a spreadsheet would compute has an
    apostrophe before it.
    """
    puffer = io.StringIO(newline="")
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(guarded(render(spalte.kopf, sprache)) for spalte in blatt.spalten)
    for zeile in blatt.zeilen:
        schreiber.writerow(_csv_row(blatt.spalten, zeile, sprache))
    return b"\xef\xbb\xbf" + puffer.getvalue().encode()


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("Runde"), guarded(" @x")
    ("'=1+1", 'Runde', "' @x")
    """
    return f"'{text}" if text.lstrip().startswith(_FORMEL) else text


def _csv_row(spalten: Iterable[Spalte], zeile: Sequence[Any], sprache: str) -> list[str]:
    return [
        guarded(text) if isinstance(wert, str | Text | tuple) else text
        for spalte, wert in zip(spalten, zeile, strict=True)
        for text in [_as_text(spalte, wert, sprache)]
    ]


def _as_text(spalte: Spalte, wert: Any, sprache: str) -> str:
    """Return a value as people of a language read it."""
    match zelle(wert, sprache):
        case None:
            return ""
        case date() as tag if spalte.art is Art.WOCHENTAG:
            return wochentag(tag, sprache)
        case date() as tag:
            return f"{tag:%d.%m.%Y}" if sprache == "de" else tag.isoformat()
        case time() as uhr:
            return f"{uhr:%H:%M}"
        case anderes:
            return str(anderes)
