"""Which of two numbers between slashes is the month: one order holds for all days of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from gremienplan.loading.tabelle_spalten import Spalten, ist_englisch
from gremienplan.loading.tabelle_zeilen import Zeile

_SPALTEN = ("datum", "beginn", "ende", "endedatum")
_PAAR = re.compile(r"(?:[a-zäöü]{2,10}\b\.?,?\s*)?(\d{1,2})/(\d{1,2})/\d", re.IGNORECASE)
_AM_PM = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)


@frozen
class Reihenfolge:
    """How days with slashes are read, and the first of them that could be read either way though nothing decides."""

    monat_zuerst: bool = False
    zweifel: str = ""
    """Empty: something decides, or there is nothing to decide."""
    stelle: str = ""


def lies_reihenfolge(tabellen: Iterable[tuple[Sequence[Zeile], int, Spalten]]) -> Reihenfolge:
    """Return the order of the days of a file, given the rows of its tables, their headings and what these mean.

    A number above twelve is a day, in every column. Where no such number decides, AM and PM or English headings
    mean that the month comes first. Without them the day does, which is a guess.
    """
    tabellen = tuple(tabellen)
    englisch = any(ist_englisch(zeilen[nummer].zellen, spalten) for zeilen, nummer, spalten in tabellen)
    paare: list[tuple[int, int]] = []
    zweifel: tuple[str, str] | None = None
    for zeilen, nummer, spalten in tabellen:
        for zeile in zeilen[nummer + 1 :]:
            for zelle in (spalten.zelle(zeile.zellen, bedeutung) for bedeutung in _SPALTEN):
                if not isinstance(zelle, str):
                    continue
                englisch = englisch or _AM_PM.search(zelle) is not None
                if (match := _PAAR.match(zelle)) is None:
                    continue
                a, b = int(match[1]), int(match[2])
                paare.append((a, b))
                if zweifel is None and a != b and max(a, b) <= 12:
                    zweifel = zelle, zeile.stelle
    zuerst_tag, zuerst_monat = any(a > 12 for a, _ in paare), any(b > 12 for _, b in paare)
    if zuerst_tag != zuerst_monat:
        return Reihenfolge(zuerst_monat)
    if zuerst_tag or not englisch:  # both orders, or nothing says which
        return Reihenfolge(False, *(zweifel or ()))
    return Reihenfolge(True)
