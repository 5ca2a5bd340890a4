"""The rows of CSV and Excel files, with the place of each; whatever is wrong with a file is said, not raised."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any, Literal

from attrs import frozen

from gremienplan.errors import InputError, Problem, install_command
from gremienplan.loading.tabelle_zeiten import Zelle
from gremienplan.loading.zeichen import dekodiert
from gremienplan.texts import Text

SPALTEN = 60
"""Columns of a table that are looked at."""
ZEILEN = 20_000
"""Rows of a table; a large city has so many sittings in twenty years."""
LUECKE = 2_000
"""After so many empty rows a sheet is at its end, whatever its format says."""
ZELLE = 2_000
"""Characters of a cell that are kept."""
ENTPACKT = 100_000_000
"""Bytes to which an Excel file may unpack, …"""
VERHAELTNIS = 150
"""… and by what factor; more is made to fill the memory."""

TRENNER = (";", "\t", ",", "|")
ANFANG = 20_000
"""Characters of a text in which its headings stand."""
_UMBRUECHE = 10
"""Lines in one cell; more, and a quotation mark somewhere has no partner."""


@frozen
class Zeile:
    """One row and its place: its line, or its sheet and row."""

    stelle: str
    zellen: tuple[Zelle, ...]

    @property
    def leer(self) -> bool:
        """Tell whether nothing stands in it."""
        return all(zelle is None or zelle == "" for zelle in self.zellen)


@frozen
class Blatt:
    """One table: a file of CSV read with one separator, or one sheet."""

    name: str
    zeilen: tuple[Zeile, ...]

    @property
    def zu_lang(self) -> bool:
        """Tell whether it has more rows than a table may have."""
        return len(self.zeilen) > ZEILEN


def csv_anfaenge(roh: bytes) -> Iterator[tuple[str, Blatt]]:
    """Yield the separators a text may have, each with the first rows it gives; who knows the headings chooses."""
    text, trenner = _ohne_sep(dekodiert(roh).replace("\0", ""))
    for eines in (trenner,) if trenner else TRENNER:
        if eines in text or trenner:
            yield eines, _csv(text[:ANFANG], eines)


def csv_tabelle(roh: bytes, trenner: str) -> Blatt:
    """Return the table of a text with this separator."""
    return _csv(_ohne_sep(dekodiert(roh).replace("\0", ""))[0], trenner)


def _ohne_sep(text: str) -> tuple[str, str]:
    """Return a text and the separator that Excel wrote into its first line, if it did."""
    if match := re.match(r"sep=([^\w\s\"]|\t)\r?\n", text, re.IGNORECASE):
        return "\n" + text[match.end() :], match[1]
    return text, ""


def _csv(text: str, trenner: str) -> Blatt:
    """Return the rows of a text; where quotation marks do not come in pairs they are letters like others."""
    zeilen = _csv_zeilen(text, trenner, csv.QUOTE_MINIMAL)
    if zeilen is None:
        zeilen = _csv_zeilen(text, trenner, csv.QUOTE_NONE) or ()
    return Blatt("", zeilen)


def _csv_zeilen(text: str, trenner: str, quoting: Literal[0, 3]) -> tuple[Zeile, ...] | None:
    """Return the rows that are not empty; None if a cell runs on over many lines."""
    zeilen: list[Zeile] = []
    leser = csv.reader(io.StringIO(text, newline=""), delimiter=trenner, quoting=quoting)
    nummer = 1
    vorher = csv.field_size_limit(max(len(text), 1))
    try:
        for zellen in leser:
            if any(zelle.count("\n") > _UMBRUECHE for zelle in zellen):
                return None
            zeile = Zeile(str(nummer), tuple(zelle.strip()[:ZELLE] for zelle in zellen[:SPALTEN]))
            if not zeile.leer:
                zeilen.append(zeile)
            nummer = leser.line_num + 1
            if len(zeilen) > ZEILEN:
                break
    except csv.Error:
        return None if quoting != csv.QUOTE_NONE else tuple(zeilen)
    finally:
        csv.field_size_limit(vorher)
    return tuple(zeilen)


def excel_tabellen(roh: bytes, datei: str, *, formeln: bool = False) -> tuple[Blatt, ...]:
    """Return the visible sheets of an Excel file: what its formulas gave, or (``formeln``) the formulas themselves.

    Raises InputError if this is no such file, if it is made to fill the memory, or if openpyxl is not installed.
    """
    _check_zip(roh, datei)
    try:
        import openpyxl
    except ImportError:
        command = install_command("office")
        hinweis = Text("Save the list as .csv; or install it: {command}", command=command)
        raise InputError([Problem(datei, "", Text("Excel lists need openpyxl."), hinweis=hinweis)]) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mappe = openpyxl.load_workbook(io.BytesIO(roh), read_only=True, data_only=not formeln)
            sichtbar = [sheet for sheet in mappe.worksheets if sheet.sheet_state == "visible"]
            with zipfile.ZipFile(io.BytesIO(roh)) as archiv:
                lang = any(_volle_zeilen(archiv, getattr(sheet, "_worksheet_path", "")) for sheet in sichtbar)
            if not lang:
                return tuple(Blatt(sheet.title, tuple(_excel_zeilen(sheet))) for sheet in sichtbar)
    except Exception as error:  # whatever the library stumbles over is the file's fault
        grund = (str(error) or type(error).__name__)[:80]
        meldung = Text("This Excel file is not readable: {reason}", reason=grund)
        hinweis = Text("Open it and save it anew, as .xlsx or .csv.")
        raise InputError([Problem(datei, "", meldung, hinweis=hinweis)]) from error
    raise zu_lang(datei)


def _volle_zeilen(archiv: zipfile.ZipFile, pfad: str) -> bool:
    """Tell whether a sheet has more rows with values than a table may have, before the library reads any of them."""
    if pfad not in archiv.namelist():
        return False
    anzahl, rest = 0, b""
    with archiv.open(pfad) as blatt:
        while (stueck := blatt.read(1_000_000)) and anzahl <= ZEILEN:
            teile = (rest + stueck).split(b"</row>")
            rest = teile.pop()[-100_000:]
            anzahl += sum(b"<v" in teil or b"<is" in teil for teil in teile)
    return anzahl > ZEILEN


def zu_lang(datei: str) -> InputError:
    """Return what is said of a table with more rows than any calendar has."""
    meldung = Text("This table has more than {anzahl} rows; no council calendar does.", anzahl=ZEILEN)
    return InputError([Problem(datei, "", meldung)])


def _check_zip(roh: bytes, datei: str) -> None:
    """Refuse what is no Excel file, and what would unpack to more than a calendar ever needs."""
    hinweis = Text("Save it as .xlsx or .csv.")
    try:
        with zipfile.ZipFile(io.BytesIO(roh)) as archiv:
            teile = archiv.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError):
        meldung = Text("This Excel file is damaged or cut off.")
        raise InputError([Problem(datei, "", meldung, hinweis=hinweis)]) from None
    if not any(teil.filename == "xl/workbook.xml" for teil in teile):
        raise InputError([Problem(datei, "", Text("This is no Excel list (.xlsx)."), hinweis=hinweis)])
    entpackt = sum(teil.file_size for teil in teile)
    if entpackt > ENTPACKT or entpackt > 1_000_000 + VERHAELTNIS * len(roh) or len(teile) > 2_000:
        meldung = Text("This file would unpack to {mb} MB; no council calendar does.", mb=entpackt // 10**6)
        raise InputError([Problem(datei, "", meldung)])


def _excel_zeilen(sheet: Any) -> Iterator[Zeile]:
    """Yield the rows of a sheet in which something stands."""
    sheet.reset_dimensions()  # what a file says of its size is not always true
    leer = 0
    for nummer, zellen in enumerate(_gekuerzt(sheet.iter_rows(max_col=SPALTEN, values_only=True)), start=1):
        zeile = Zeile(f"{sheet.title}!{nummer}", zellen)
        leer = leer + 1 if zeile.leer else 0
        if leer > LUECKE:
            return
        if not zeile.leer:
            yield zeile


def _gekuerzt(rows: Iterable[Sequence[object]]) -> Iterator[tuple[Zelle, ...]]:
    """Yield at most so many rows as a table may have, without what no cell of a calendar holds."""
    for nummer, row in enumerate(rows):
        if nummer > ZEILEN + LUECKE:
            return
        yield tuple(_zelle(wert) for wert in row)


def _zelle(wert: object) -> Zelle:
    if isinstance(wert, str):
        return wert.strip()[:ZELLE]
    if isinstance(wert, timedelta):  # a time in a cell that counts hours
        return wert / timedelta(days=1)
    return wert if isinstance(wert, (int, float, date, time)) and not isinstance(wert, bool) else None
