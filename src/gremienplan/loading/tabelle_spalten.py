"""Which column of a table means what: by the project's word, else by the usual headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import frozen

from gremienplan.loading.tabelle_zeiten import Zelle
from gremienplan.stadt import fold

UEBERSCHRIFTEN: Mapping[str, tuple[str, ...]] = {
    "datum": (
        "datum", "sitzungsdatum", "sitzungstag", "termin", "tagesdatum", "startdatum", "beginnt am", "anfangsdatum",
        "datum/uhrzeit", "datum und uhrzeit", "datum uhrzeit", "sitzungstermin",
        "datum der sitzung", "datum sitzung", "termin der sitzung", "date", "start date", "beginndatum", "wann",
    ),
    "wochentag": ("wochentag", "tag", "wt", "weekday", "day"),
    "beginn": (
        "beginn", "uhrzeit", "zeit", "von", "start", "startzeit", "anfang", "anfangszeit", "sitzungsbeginn",
        "beginnt um", "beginnzeit", "start time", "time",
    ),
    "ende": ("ende", "bis", "endzeit", "sitzungsende", "endet um", "end time", "end"),
    "endedatum": ("enddatum", "endet am", "end date", "bis datum"),
    "ganztags": ("ganztägiges ereignis", "ganztägig", "ganztags", "all day event", "all day"),
    "gremium": ("gremium", "gremien", "ausschuss", "gremium/ausschuss", "gremienname", "body", "committee"),
    "name": (
        "bezeichnung", "sitzung", "titel", "name", "betreff", "veranstaltung", "sitzungsname", "thema", "was",
        "subject", "title", "summary", "event", "anlass", "beschreibung",
    ),
    "ort": (
        "ort", "raum", "sitzungsort", "sitzungsraum", "tagungsort", "veranstaltungsort", "saal", "ort/raum",
        "raum/ort", "location", "room", "place", "wo",
    ),
    "status": ("status", "sitzungsstatus", "bemerkung", "bemerkungen", "hinweis", "anmerkung"),
    "abgesagt": ("abgesagt", "entfällt", "entfallen", "ausgefallen", "cancelled", "canceled"),
    "kennung": ("id", "uid", "kennung", "sitzungs-id", "sitzungsid", "sitzungsnummer", "sitzungs-nr"),
}  # fmt: skip
"""What a column means -> headings it usually has, the surest first."""

_ENGLISCH = frozenset({"date", "start date", "end date", "start time", "end time", "time"})
"""Headings of days and times that only English tables have."""
_MONAT = re.compile(r"(?:jan|feb|m.{1,2}r|mrz|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-z]*(?: ?\d\d(?:\d\d)?)?")
_NUMMERIERT = re.compile(r"(?=.*\d)(?:\d+ ?)?(?:sitzung|termin|datum|sitzungstermin|sitzungstag)(?: ?\d+)?")

_FRIST = re.compile(
    r"einladung|versand|vorlage|abgabe|frist|schluss|redaktion|protokoll|niederschrift|veroff|bekannt"
)
"""A heading of a day that comes before or after a sitting."""

BEDEUTUNGEN = tuple(UEBERSCHRIFTEN)


@frozen
class Spalten:
    """Meaning -> number of the column."""

    nummern: Mapping[str, int]
    fehlend: tuple[str, ...] = ()
    """Headings the project names and the table does not have."""

    @property
    def brauchbar(self) -> bool:
        """Tell whether a table with these columns can be a calendar."""
        tag = "datum" in self.nummern or "beginn" in self.nummern
        return tag and ("name" in self.nummern or "gremium" in self.nummern)

    def name_ist_datum(self) -> Spalten:
        """Return the columns where "Sitzung" has days, beside a body and without another column of days."""
        if "datum" in self.nummern or "gremium" not in self.nummern:
            return self
        neu = {("datum" if was == "name" else was): nummer for was, nummer in self.nummern.items()}
        return Spalten(neu, self.fehlend)

    def zelle(self, zeile: Sequence[Zelle], bedeutung: str) -> Zelle:
        """Return the cell of a row that means this, None if there is none."""
        nummer = self.nummern.get(bedeutung)
        return zeile[nummer] if nummer is not None and nummer < len(zeile) else None


def read_spalten(kopf: Sequence[Zelle], angaben: Mapping[str, str]) -> Spalten:
    """Return what the columns under these headings mean; ``angaben`` (meaning -> heading) come first."""
    namen = [_plain(zelle) for zelle in kopf]
    nummern: dict[str, int] = {}
    fehlend: list[str] = []
    for bedeutung, ueberschrift in angaben.items():
        if _plain(ueberschrift) in namen:
            nummern[bedeutung] = namen.index(_plain(ueberschrift))
        else:
            fehlend.append(ueberschrift)
    for genau in (True, False):
        for bedeutung, uebliche in UEBERSCHRIFTEN.items():
            if bedeutung in nummern or bedeutung in angaben:
                continue
            gewuenscht = [_plain(eine) for eine in uebliche]
            frei = [(n, name) for n, name in enumerate(namen) if name and n not in nummern.values()]
            treffer = [
                (gewuenscht.index(wort), n)
                for n, name in frei
                if (wort := name if genau else name.split(" ")[0]) in gewuenscht
                and (genau or _FRIST.search(name) is None)
            ]
            if treffer:
                nummern[bedeutung] = min(treffer)[1]
    if "datum" not in nummern and "datum" not in angaben and "tag" in namen:
        nummern["datum"] = namen.index("tag")  # beside a weekday, or without one, this is the date
        if nummern.get("wochentag") == nummern["datum"]:
            del nummern["wochentag"]
    tag = nummern.get("wochentag")
    if (
        "datum" not in nummern
        and "wochentag" not in angaben
        and tag is not None
        and namen[tag] in ("tag", "day")
    ):
        nummern["datum"] = nummern.pop("wochentag")  # without a date beside it, this is the date
    return Spalten(nummern, tuple(fehlend))


def ist_englisch(kopf: Sequence[Zelle], spalten: Spalten) -> bool:
    """Tell whether the headings of days and times are English."""
    return any(
        _plain(spalten.zelle(kopf, was)) in _ENGLISCH for was in ("datum", "beginn", "ende", "endedatum")
    )


def steht_nebeneinander(kopf: Sequence[Zelle]) -> bool:
    """Tell whether headings are of several days in one row: months, or "1. Termin", "2. Termin"."""
    namen = [_plain(zelle) for zelle in kopf]
    monate = sum(_MONAT.fullmatch(name) is not None for name in namen)
    return monate >= 3 or sum(_NUMMERIERT.fullmatch(name) is not None for name in namen) >= 2


def _plain(zelle: Zelle) -> str:
    """Return a heading as it is compared."""
    if not isinstance(zelle, str):
        return ""
    return " ".join(re.sub(r"[^\w/ -]", " ", fold(zelle)).split())[:60]
