"""The list of a plan as it comes back from Excel: which dates, times and Orte were edited in it, and nothing else.

Its last column says what the plan said when the list was written, so what was edited is known even where the plan has
changed since.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache

from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.abstimmungslisten import asks
from gremienplan.loading.angaben import closest
from gremienplan.loading.planzeile import Aenderung, Vorher, Zeilenleser
from gremienplan.loading.planzellen import Zellen, address, wort
from gremienplan.loading.tabelle_zeilen import Blatt, Zeile, csv_anfaenge, csv_tabelle, excel_tabellen
from gremienplan.plan import Plan, as_planned
from gremienplan.projekt import Projekt
from gremienplan.tabellen import NICHTS, PLANSPALTEN, ZUSTAENDE, Wert, clean, plan_sheet
from gremienplan.texts import LANGUAGES, Text, render

KOPFZEILEN = 10
"""The headings stand among so many first rows."""
_GENUG = 5
"""So many of our headings make a table the list of a plan, …"""
_EIGEN = {"kennung", "stand"}
"""… one of these among them: no other list has them."""
_STAND = re.compile(rf"(?:(\d{{4}}-\d\d-\d\d) (\d\d:\d\d) (\S+)|{NICHTS})(?: (\S+) ([0-9a-f]{{8}}))?")
_ANEW = Text("Write the list anew: {command}", command="gremienplan sheet")


@frozen
class Mitgebracht:
    """What a list brings back."""

    aenderungen: tuple[Aenderung, ...] = ()
    ueberholt: tuple[str, ...] = ()
    """Ids of what the plan has elsewhere since the list was written; the list has not edited them."""
    fremd: tuple[str, ...] = ()
    """Headings of columns that are not ours; nobody reads them."""


def read_changes(
    roh: bytes, datei: str, projekt: Projekt, plan: Plan, *, stand: datetime | None = None
) -> Mitgebracht:
    """Return what was edited in the list of a plan, an Excel file or CSV.

    Days and times may be those of a spreadsheet, text, or parts of a day; Orte names or ids. What has begun at
    ``stand`` (local time) or is marked as held is a fact. Raises InputError with every problem of
    the file, each with its cell.
    """
    projekt = as_planned(projekt, plan)
    blatt, kopf, sprache = _find(roh, datei)
    spalten, fremd, problems = _columns(blatt.zeilen[kopf], datei, sprache)
    if problems:
        raise InputError(problems)
    zellen = Zellen(datei, spalten)
    soll = {str(zeile[_PLATZ["kennung"]]): zeile for zeile in plan_sheet(projekt, plan).zeilen}
    rows = _rows(zellen, blatt, blatt.zeilen[kopf + 1 :], soll)
    leser = Zeilenleser(projekt, plan, stand, sprache, zellen)
    stale = [id for zeile, id, vorher in rows if leser.overtaken(zeile, id, vorher)]
    if len(stale) > 1 and len(stale) == len(rows):
        hinweis = Text("Is it of another year? Name it: --jahr. Else write the list anew.")
        raise InputError(
            [Problem(datei, "", Text("This list was not written from this plan."), hinweis=hinweis)]
        )
    found = [leser.lies(zeile, id, vorher, soll[id]) for zeile, id, vorher in rows]
    if zellen.problems:
        raise InputError(zellen.problems)
    aenderungen = tuple(aenderung for aenderung in found if aenderung is not None)
    return Mitgebracht(aenderungen, tuple(stale), fremd)


_PLATZ = {spalte.id: n for n, spalte in enumerate(PLANSPALTEN)}


# --- the table and its columns -----------------------------------------------------------------------------


def _find(roh: bytes, datei: str) -> tuple[Blatt, int, str]:
    """Return the table with our headings, the number of their row, and their language. Raises InputError."""
    if roh[:4] == b"PK\x03\x04":
        blaetter = excel_tabellen(roh, datei)
    else:
        anfaenge = ((_kopf(blatt)[0], trenner) for trenner, blatt in csv_anfaenge(roh))
        blaetter = (csv_tabelle(roh, max(anfaenge, default=(0, ";"))[1]),)
    if asks(blaetter):
        meldung = Text("This is a list of dates to agree on, not the list of the plan.")
        hinweis = Text(
            "Take its answers: {command}", command=f"gremienplan coordinate --take {shlex.quote(datei)}"
        )
        raise InputError([Problem(datei, "", meldung, hinweis=hinweis)])
    found = [(blatt, *kopf[1:]) for blatt in blaetter if (kopf := _kopf(blatt))[0] >= _GENUG]
    if len(found) == 1:
        return found[0]
    if found:
        meldung = Text("Several sheets of this file hold a plan; one is to be kept.")
        raise InputError([Problem(datei, "", meldung, ", ".join(blatt.name for blatt, *_ in found))])
    namen = tuple(render(spalte.kopf, "de") for spalte in PLANSPALTEN)
    meldung = Text("This is no list of a plan: its headings are missing ({namen}).", namen=namen)
    raise InputError([Problem(datei, "", meldung, hinweis=_ANEW)])


def _kopf(blatt: Blatt) -> tuple[int, int, str]:
    """Return how many of our headings the best row of a table has, the number of that row, and their language."""
    found = [
        (len(known) if known & _EIGEN else 0, -nummer, sprache)
        for nummer, zeile in enumerate(blatt.zeilen[:KOPFZEILEN])
        for sprache in LANGUAGES
        for known in [{_headings(sprache).get(_heading(zelle)) for zelle in zeile.zellen} - {None}]
    ]
    anzahl, nummer, sprache = max(found, default=(0, 0, LANGUAGES[0]))
    return anzahl, -nummer, sprache


@cache
def _headings(sprache: str) -> Mapping[str, str]:
    """Return heading -> id of its column."""
    return {clean(render(spalte.kopf, sprache)).casefold(): spalte.id for spalte in PLANSPALTEN}


def _heading(zelle: object) -> str:
    return clean(str(zelle)).casefold() if isinstance(zelle, str) else ""


def _columns(kopf: Zeile, datei: str, sprache: str) -> tuple[dict[str, int], tuple[str, ...], list[Problem]]:
    """Return where our columns are, the headings of others, and what is wrong with them."""
    headings, spalten, fremd, problems = _headings(sprache), dict[str, int](), [], list[Problem]()
    for n, zelle in enumerate(kopf.zellen):
        id = headings.get(_heading(zelle))
        if id in spalten:
            problems.append(Problem(datei, address(kopf, n), Text("This column is there twice."), str(zelle)))
        elif id is not None:
            spalten[id] = n
        elif zelle is not None and zelle != "":
            fremd.append(wort(zelle))
    hinweis = Text("Columns may be hidden and moved, but neither renamed nor deleted.")
    for spalte in (spalte for spalte in PLANSPALTEN if spalte.id not in spalten):
        meldung = Text("A column is missing.")
        problems.append(Problem(datei, address(kopf), meldung, render(spalte.kopf, sprache), hinweis))
    return spalten, tuple(fremd), problems


# --- the rows ----------------------------------------------------------------------------------------------


def _rows(
    zellen: Zellen, blatt: Blatt, zeilen: Sequence[Zeile], soll: Mapping[str, Sequence[Wert]]
) -> list[tuple[Zeile, str, Vorher]]:
    """Return each row that can be read, with its id and what the plan said; note what is wrong with the others."""
    found: list[tuple[Zeile, str, Vorher]] = []
    seen: dict[str, str] = {}
    for zeile in zeilen:
        id, stelle = zellen.wort(zeile, "kennung"), zellen.stelle(zeile, "kennung")
        if not id:
            zellen.problem(stelle, Text("The id of this row is missing."))
        elif id not in soll:
            unknown = Text("The plan has no Sitzung or Beratung with this id.")
            zellen.problem(stelle, unknown, id, closest(id, soll.keys()))
        elif id in seen:
            zellen.problem(stelle, Text("This id stands here twice, first in: {zelle}", zelle=seen[id]), id)
        elif (vorher := _vorher(zellen.wort(zeile, "stand"))) is None:
            planned = Text("This cell says what was planned, and is not to be edited.")
            zellen.problem(zellen.stelle(zeile, "stand"), planned, zellen.wort(zeile, "stand"), _ANEW)
        else:
            found.append((zeile, id, vorher))
        seen.setdefault(id, stelle)
    for id in (id for id in soll if id not in seen):
        gone = Text("The plan has this, but the list has no row for it; a row that is gone cancels nothing.")
        zellen.problem(blatt.name, gone, id, _ANEW)
    return found


def _vorher(text: str) -> Vorher | None:
    """Return what the last column says; None where that is nothing we have written."""
    match = _STAND.fullmatch(text)
    if match is None or (match[4] and match[4] not in ZUSTAENDE):
        return None
    zustand, worte = match[4] or "", match[5] or ""
    if match[1] is None:
        return Vorher(zustand=zustand, worte=worte)
    try:
        beginn = datetime.fromisoformat(f"{match[1]}T{match[2]}")
    except ValueError:
        return None
    return Vorher(beginn, "" if match[3] == NICHTS else match[3], zustand, worte)
