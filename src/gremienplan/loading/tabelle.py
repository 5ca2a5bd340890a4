"""Council calendars as tables: CSV and Excel lists, as offices keep them by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from attrs import field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.angaben import closest
from gremienplan.loading.tabelle_reihenfolge import lies_reihenfolge
from gremienplan.loading.tabelle_spalten import BEDEUTUNGEN, Spalten, read_spalten, steht_nebeneinander
from gremienplan.loading.tabelle_zeilen import (
    Blatt,
    Zeile,
    csv_anfaenge,
    csv_tabelle,
    excel_tabellen,
    zu_lang,
)
from gremienplan.loading.tabelle_zeiten import Tag, Zeit, Zelle, ortszeit, read_tag, read_wochentag, read_zeit
from gremienplan.loading.zeichen import ohne_html
from gremienplan.ratskalender import CANCELLED, Eintrag, Gemeint, Mangel, Verlust
from gremienplan.ratskalender.namen import lies_name, sagt_ab
from gremienplan.texts import Text

KOPFZEILEN = 30
"""The headings stand among so many first rows."""

_JAHR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_JA = re.compile(r"(?:ja|ein|x|wahr|true|yes|1)", re.IGNORECASE)
_MONAT = re.compile(
    r"(?:jan|feb|mär|mae|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)\w*\.?\s*(?:20\d\d)?", re.IGNORECASE
)
_VIERTELTAG = 6
_EIN_JAHR = timedelta(days=366)


def read_tabelle(
    roh: bytes, quelle: str, datei: str, angaben: Mapping[str, str], zone: tzinfo | None = None
) -> tuple[tuple[Eintrag, ...], tuple[Verlust, ...]]:
    """Return the entries of a CSV or Excel file and what was lost.

    ``angaben`` say what a column means, by its heading; the usual headings are known. A row without a day, or
    whose weekday contradicts its date, is lost; one whose time is not readable stands without a time. Moments with
    an offset are shown by the clock of ``zone``.
    Raises InputError if no table with a day and a body can be found, and for headings that are not there.
    """
    _check_angaben(angaben, datei)
    excel = roh[:4] == b"PK\x03\x04"
    blaetter = excel_tabellen(roh, datei) if excel else _csv(roh, angaben)
    if not any(blatt.zeilen for blatt in blaetter):
        raise InputError([Problem(datei, "", Text("The table is empty."))])
    koepfe = [(blatt, *kopf) for blatt in blaetter if (kopf := _kopf(blatt, angaben)) is not None]
    if not koepfe:
        raise InputError([_ohne_kopf(blaetter, angaben, datei)])
    if any(blatt.zu_lang for blatt, *_ in koepfe):
        raise zu_lang(datei)
    formeln = _formeln(roh, datei) if excel and any(_hat_luecken(*kopf) for kopf in koepfe) else {}
    eintraege: list[Eintrag] = []
    verluste: list[Verlust] = []
    folge = lies_reihenfolge((blatt.zeilen, nummer, spalten) for blatt, nummer, spalten in koepfe)
    if folge.zweifel:
        verluste.append(Verlust(Mangel.TAG_ODER_MONAT, folge.stelle, folge.zweifel[:80]))
    for blatt, nummer, spalten in koepfe:
        leser = _Leser(quelle, spalten, formeln, folge.monat_zuerst, zone)
        leser.lies(blatt, nummer, _JAHR.findall(datei))
        eintraege += leser.eintraege
        verluste += leser.verluste
    return tuple(eintraege), tuple(verluste)


def _csv(roh: bytes, angaben: Mapping[str, str]) -> tuple[Blatt, ...]:
    """Return the table of a text, with the separator by which most of its columns mean something."""
    anfaenge = list(csv_anfaenge(roh))
    koepfe = [
        (len(kopf[1].nummern), trenner)
        for trenner, blatt in anfaenge
        if (kopf := _kopf(blatt, angaben)) is not None
    ]
    if not koepfe:
        return tuple(blatt for _, blatt in anfaenge)
    return (csv_tabelle(roh, max(koepfe, key=lambda kopf: kopf[0])[1]),)


def _check_angaben(angaben: Mapping[str, str], datei: str) -> None:
    problems = [
        Problem(datei, f"spalten.{key}", Text("No column can mean this."), key, closest(key, BEDEUTUNGEN))
        for key in angaben
        if key not in BEDEUTUNGEN
    ]
    if problems:
        raise InputError(problems)


def _kopf(blatt: Blatt, angaben: Mapping[str, str]) -> tuple[int, Spalten] | None:
    """Return the number of the row with the headings and what the columns mean; None if there is none."""
    for nummer, zeile in enumerate(blatt.zeilen[:KOPFZEILEN]):
        spalten = read_spalten(zeile.zellen, angaben)
        danach = blatt.zeilen[nummer + 1 : nummer + 2]
        if "name" not in angaben and any(read_tag(spalten.zelle(z.zellen, "name")) for z in danach):
            spalten = spalten.name_ist_datum()
        if (
            spalten.brauchbar
            and not steht_nebeneinander(zeile.zellen)
            and not spalten.fehlend
            and read_tag(spalten.zelle(zeile.zellen, "datum")) is None
        ):
            return nummer, spalten
    return None


def _ohne_kopf(blaetter: Sequence[Blatt], angaben: Mapping[str, str], datei: str) -> Problem:
    """Return the problem of a table whose columns nobody understands, with the headings it has."""
    blatt = max(blaetter, key=lambda b: len(b.zeilen[0].zellen) if b.zeilen else 0)
    erste = blatt.zeilen[0]
    namen = tuple(str(zelle)[:40] for zelle in erste.zellen if zelle not in (None, ""))[:12]
    fehlend = read_spalten(erste.zellen, angaben).fehlend
    meldung = Text("No row of this table has headings for a day and a body.")
    if fehlend:
        meldung = Text("This table has no columns with these headings: {namen}", namen=fehlend)
    hinweis = Text("Say in gremienplan.toml what its columns mean: [[quelle]] with spalten = {beispiel}",
                   beispiel='{ datum = "…", gremium = "…", beginn = "…" }')  # fmt: skip
    if steht_nebeneinander(erste.zellen):
        meldung = Text("The days of this table stand side by side; a list has one sitting in each row.")
        hinweis = Text("Make a list of it, with the headings {namen}.", namen="Datum, Beginn, Gremium, Ort")
    elif any(read_tag(zelle) is not None for zelle in erste.zellen):
        hinweis = Text("Put a row of headings above it: {namen}.", namen="Datum, Beginn, Gremium, Ort")
    return Problem(datei, erste.stelle, meldung, ", ".join(namen)[:80], hinweis)


def _hat_luecken(blatt: Blatt, nummer: int, spalten: Spalten) -> bool:
    """Tell whether a row has a body and no day: a formula may stand there that nobody has computed."""
    return any(
        spalten.zelle(z.zellen, "datum") is None and spalten.zelle(z.zellen, "beginn") is None
        for z in blatt.zeilen[nummer + 1 :]
    )


def _formeln(roh: bytes, datei: str) -> dict[str, tuple[Zelle, ...]]:
    """Return place -> cells of the rows in which formulas stand."""
    return {
        zeile.stelle: zeile.zellen
        for blatt in excel_tabellen(roh, datei, formeln=True)
        for zeile in blatt.zeilen
        if any(isinstance(zelle, str) and zelle.startswith("=") for zelle in zeile.zellen)
    }


def _ist_mitternacht(zelle: Zelle) -> bool:
    """Tell whether a cell says 0:00, and does not just say nothing."""
    zeit = None if zelle is None else read_zeit(zelle)
    return zeit is not None and zeit.beginn == time()


def _gezeigt(zelle: object) -> str:
    """Return what stands in a cell, days as in German lists."""
    if isinstance(zelle, datetime) and zelle.time() != time():
        return f"{zelle:%d.%m.%Y %H:%M}"
    return f"{zelle:%d.%m.%Y}" if isinstance(zelle, date) else str(zelle)


@frozen
class _Leser:
    """Reads one table row by row."""

    quelle: str
    spalten: Spalten
    formeln: Mapping[str, tuple[Zelle, ...]]
    monat_zuerst: bool
    zone: tzinfo | None
    eintraege: list[Eintrag] = field(factory=list)
    verluste: list[Verlust] = field(factory=list)

    def lies(self, blatt: Blatt, kopf: int, jahre: Sequence[str]) -> None:
        """Read all rows below the headings; the year of days without one stands above them, or in a name."""
        bekannt = [*jahre, *_JAHR.findall(blatt.name)]
        jahr = int(bekannt[-1]) if bekannt else None
        for nummer, zeile in enumerate(blatt.zeilen):
            if nummer < kopf or self._ist_titel(zeile):
                found = [j for zelle in zeile.zellen if isinstance(zelle, str) for j in _JAHR.findall(zelle)]
                jahr = int(found[-1]) if found else jahr
            elif nummer > kopf:
                self._lies_zeile(zeile, jahr)

    def _ist_titel(self, zeile: Zeile) -> bool:
        """Tell a row that only heads those below it ("March 2027"), or repeats the headings."""
        worte = [zelle for zelle in zeile.zellen if zelle not in (None, "")]
        if len(worte) > 1 or not isinstance(worte[0], str):
            return False
        return _MONAT.fullmatch(worte[0]) is not None or self._zelle(zeile, "gremium", "name") is None

    def _zelle(self, zeile: Zeile, *bedeutungen: str) -> Zelle:
        for bedeutung in bedeutungen:
            zelle = self.spalten.zelle(zeile.zellen, bedeutung)
            if zelle is not None and zelle != "":
                return zelle if self.zone is None else ortszeit(zelle, self.zone)
        return None

    def _text(self, zeile: Zeile, bedeutung: str) -> str:
        zelle = self._zelle(zeile, bedeutung)
        if isinstance(zelle, float) and zelle.is_integer():
            zelle = int(zelle)
        return "" if zelle is None else " ".join(ohne_html(str(zelle)).split())

    def _verliere(
        self, mangel: Mangel, zeile: Zeile, wert: object, tag: date | None = None, *, ganz: bool = True
    ) -> None:
        """Note what a row has lost; where it is lost as a whole, also what is known of it."""
        name = self._text(zeile, "name") or self._text(zeile, "gremium")
        gemeint = Gemeint(self._text(zeile, "kennung"), name, tag) if ganz else None
        self.verluste.append(Verlust(mangel, zeile.stelle, " ".join(_gezeigt(wert).split())[:80], gemeint))

    def _lies_zeile(self, zeile: Zeile, jahr: int | None) -> None:
        gremium, name = self._text(zeile, "gremium"), self._text(zeile, "name")
        roh = self._zelle(zeile, "datum" if "datum" in self.spalten.nummern else "beginn")
        tag = read_tag(roh, jahr, monat_zuerst=self.monat_zuerst)
        if tag is None:
            self._ohne_tag(zeile, roh, name or gremium)
            return
        if not (gremium or name):
            self._verliere(Mangel.OHNE_GREMIUM, zeile, tag.tag, tag.tag)
            return
        gesagt = [tag.wochentag, read_wochentag(self._zelle(zeile, "wochentag"))]
        if any(wochentag not in (None, tag.tag.weekday()) for wochentag in gesagt):
            wort = self._zelle(zeile, "wochentag")
            geschrieben = tag.tag if isinstance(roh, date | int | float) else roh
            wert = f"{_gezeigt(wort or '')} {_gezeigt(geschrieben)}"
            self._verliere(Mangel.WOCHENTAG_WIDERSPRICHT, zeile, wert, tag.tag)
            return
        beginn, ende = self._spanne(zeile, tag)
        status = self._text(zeile, "status")
        verlegt = lies_name(f"Sitzung - {status}")
        if verlegt.verlegt_auf or verlegt.verlegt:  # where to is read with the name
            name = f"{name or gremium} - {status}"
        abgesagt = self._text(zeile, "abgesagt")
        eintrag = Eintrag(
            quelle=self.quelle,
            kennung=self._text(zeile, "kennung"),
            name=name or gremium,
            beginn=beginn,
            ende=ende,
            ort=self._text(zeile, "ort").strip(" ,"),
            status=CANCELLED if sagt_ab(status) or sagt_ab(abgesagt) or _JA.fullmatch(abgesagt) else "",
            gremien=(gremium,) if gremium and name else (),
        )
        self.eintraege.append(eintrag)

    def _ohne_tag(self, zeile: Zeile, roh: Zelle, name: str) -> None:
        """Note what is lost of a row without a day; one that repeats the headings or says nothing loses nothing."""
        formeln = self.formeln.get(zeile.stelle, ())
        formel = self.spalten.zelle(formeln, "datum" if "datum" in self.spalten.nummern else "beginn")
        if roh is not None:
            wiederholt = read_spalten(zeile.zellen, {}).brauchbar
            if not wiederholt:
                self._verliere(Mangel.ZEIT_UNLESBAR, zeile, f"{_gezeigt(roh)} {name}")
        elif isinstance(formel, str) and formel.startswith("="):
            self._verliere(Mangel.ZEIT_UNLESBAR, zeile, formel)
        elif name:
            self._verliere(Mangel.OHNE_BEGINN, zeile, name)

    def _spanne(self, zeile: Zeile, tag: Tag) -> tuple[datetime | date, datetime | date | None]:
        """Return start and end; a day without a time begins at midnight and has no end, which says just that."""
        zeit = self._zeit(zeile, tag)
        roh = self._zelle(zeile, "ende")
        letzter = self._tag(roh) or self._tag(self._zelle(zeile, "endedatum"))
        if zeit.ganztags or tag.bis or _JA.fullmatch(self._text(zeile, "ganztags")):
            bis = letzter.tag if letzter else tag.bis or tag.tag
            if (
                letzter and bis > tag.tag and _ist_mitternacht(roh)
            ):  # as Outlook writes the end of the day before
                bis -= timedelta(days=1)
            return tag.tag, bis + timedelta(days=1) if tag.tag <= bis < tag.tag + _EIN_JAHR else None
        beginn = datetime.combine(tag.tag, zeit.beginn or time())
        if zeit.beginn is None:
            return beginn, None
        mit_tag = None if isinstance(roh, datetime) else self._tag(roh)
        bis_zeit = read_zeit(mit_tag.rest if mit_tag else roh)
        if bis_zeit is None:
            self._verliere(Mangel.UHRZEIT_UNLESBAR, zeile, roh, ganz=False)
        ende = bis_zeit.beginn if bis_zeit and bis_zeit.beginn else zeit.ende
        return beginn, self._ende(beginn, ende, letzter)

    def _tag(self, zelle: Zelle) -> Tag | None:
        return read_tag(zelle, monat_zuerst=self.monat_zuerst)

    def _ende(self, beginn: datetime, ende: time | None, letzter: Tag | None) -> datetime | None:
        """Return an end; one in the small hours is of the next day."""
        if ende is None:
            return None
        if letzter is not None:
            return datetime.combine(letzter.tag, ende)
        am_tag = datetime.combine(beginn.date(), ende)
        nachts = am_tag < beginn and ende.hour < _VIERTELTAG and beginn.hour >= 3 * _VIERTELTAG
        return am_tag + timedelta(days=1) if nachts else am_tag

    def _zeit(self, zeile: Zeile, tag: Tag) -> Zeit:
        """Return when it begins: by its own column, else by what stands beside the date."""
        roh = self._zelle(zeile, "beginn")
        if "datum" not in self.spalten.nummern or (isinstance(roh, str) and read_tag(roh)):
            gelesen = read_tag(roh, tag.tag.year)
            roh = gelesen.rest if gelesen else roh
        elif roh is None:
            roh = tag.rest if read_zeit(tag.rest) else None
        if isinstance(roh, datetime) and roh.year > 1904:
            roh = roh.time() if roh.time() != time() else None
        zeit = read_zeit(roh)
        if zeit is None:
            self._verliere(Mangel.UHRZEIT_UNLESBAR, zeile, roh, ganz=False)
        return zeit or Zeit()
