"""The year as a table: months, days, times, and what takes place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from attrs import evolve, frozen
from rich.cells import cell_len, set_cell_size

from gremienplan.cli.sprache import language, words
from gremienplan.texts import MONTHS, Text, render_value

if TYPE_CHECKING:
    from datetime import date

    from gremienplan.plan import Plan
    from gremienplan.programm import Beratung, Sitzung
    from gremienplan.projekt import Projekt


@frozen
class Zeile:
    """One line of the table."""

    beginn: datetime | None
    """None: the date is still to be announced."""
    gremium: str
    thema: str


def labels(projekt: Projekt, jahr: int) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Return what names a Gremium, and what names the topic of an event, by their ids."""
    stadt, programm = projekt.stadt, projekt.programm
    sitzungen = {sitzung.id: sitzung for sitzung in projekt.sitzungen(jahr)}
    beratungen = {beratung.id: beratung for beratung in projekt.beratungen(jahr)}

    def gremium(id: str) -> str:
        if id not in stadt.alle_gremien:
            return id
        return stadt.gremium_name(evolve(stadt.alle_gremien[id], titel=""))  # the local title would not fit

    def thema(id: str) -> str:
        if id in beratungen:
            eintrag = beratungen[id].eintrag
            return f"{eintrag.name or eintrag.id}: {beratungen[id].gebiet.name}"
        if id not in sitzungen:
            return id
        anlaesse = sitzungen[id].anlass
        names = (programm.anlaesse[a].name if a in programm.anlaesse else a for a in anlaesse)
        return sitzungen[id].eintrag.name or ", ".join(names)

    return gremium, thema


def zeilen(projekt: Projekt, plan: Plan) -> list[Zeile]:
    """Return the lines of a plan in the order of time: Sitzungen and Beratungen, those without a date last."""
    gremium, thema = labels(projekt, plan.jahr)
    found = [Zeile(t.beginn, gremium(t.gremium), thema(t.sitzung)) for t in plan.termine]
    alle: list[Sitzung | Beratung] = [*projekt.sitzungen(plan.jahr), *projekt.beratungen(plan.jahr)]
    of = {ereignis.id: ereignis.gremium.id for ereignis in alle}
    found += [
        Zeile(None, gremium(of.get(id, id)), thema(id)) for id in sorted(plan.offen) if not plan.lagen.get(id)
    ]
    found += [Zeile(b.beginn, gremium(b.gremium), thema(b.beratung)) for b in plan.beratungen]
    return sorted(found, key=_in_order)


def _in_order(zeile: Zeile) -> tuple[bool, datetime, str, str]:
    return not zeile.beginn, zeile.beginn or datetime(1, 1, 1), zeile.gremium, zeile.thema


DAY_AND_TIME = 17
"""Columns of day, time and the gap after them."""
GAP = 2


def year_lines(projekt: Projekt, plan: Plan, width: int = 80) -> Iterator[str]:
    """Return the table of a plan as lines that fit ``width`` columns; what is too long ends in an ellipsis.

    The Gremium is shown in full where that leaves the topic a third of the line. A Beratung stands under the
    body that hears it, with the Gebiet it belongs to.
    """
    found = zeilen(projekt, plan)
    rest = width - DAY_AND_TIME - GAP
    gremium = min(max((cell_len(z.gremium) for z in found), default=0), rest * 2 // 3)
    names = MONTHS
    for month, members in groupby(found, key=_month):
        yield ""
        yield f"{words(names[month[1] - 1])} {month[0]}" if month else words(Text("Date to be announced"))
        for zeile in members:
            told = f"{fit(zeile.gremium, gremium)}{' ' * GAP}{fit(zeile.thema, rest - gremium)}"
            when = f"{day_of(zeile.beginn.date())} {zeile.beginn:%H:%M}" if zeile.beginn else ""
            yield f"{when:{DAY_AND_TIME}}{told}".rstrip()


def _month(zeile: Zeile) -> tuple[int, int] | None:
    return (zeile.beginn.year, zeile.beginn.month) if zeile.beginn else None


def day_of(tag: date) -> str:
    """Return weekday, day and month in 9 columns; the year stands above."""
    weekday = render_value(tag, language()).partition(" ")[0]
    return f"{weekday} {tag:%d.%m.}" if language() == "de" else f"{weekday} {tag:%m-%d}"


def fit(text: str, columns: int) -> str:
    """Return ``text`` in exactly so many columns, shortened between words where it is too long."""
    if cell_len(text) <= columns:
        return set_cell_size(text, columns)
    kept = set_cell_size(text, columns - 1)
    between = kept.rpartition(" ")[0] if text[len(kept)] != " " else kept
    shown = between if cell_len(between) * 2 > columns else kept
    return set_cell_size(f"{shown.rstrip(' ,')}…", columns)
