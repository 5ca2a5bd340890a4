"""Tables as values: a plan as a list that offices sort, filter and edit, before it becomes Excel or CSV.

What is written and what is read back must agree, so headings and cells of the plan's list are made here, for both.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import TypeAlias

from attrs import frozen

from gremienplan.plan import Beratungstermin, Plan, Termin, Zustand, as_planned
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.stadt import Stadt
from gremienplan.texts import Text, render, render_value

Wert: TypeAlias = Text | str | tuple[Text | str, ...] | int | date | time | None
"""What a cell may hold: words without a language yet, several of them, a number, a day or a time."""

_DAMAGE = {"Cc", "Cs", "Co", "Cn"}
"""Unicode categories no cell can hold: control characters, lone surrogates, and what is no character."""


class Art(Enum):
    """What the cells of a column are."""

    TEXT = "text"
    TAG = "tag"
    WOCHENTAG = "wochentag"
    """The weekday of the day in the column behind it."""
    UHR = "uhr"
    ZAHL = "zahl"


@frozen
class Spalte:
    """One column: its heading, what its cells are, and whether people may change them."""

    id: str
    kopf: Text | str
    art: Art = Art.TEXT
    frei: bool = False
    """May be edited: what is changed there comes back into the plan."""
    versteckt: bool = False
    gedruckt: bool = True
    """Columns that are not printed stand behind all that are."""
    breite: int = 40
    """Characters a cell shows in one line at most; what is longer is wrapped."""
    liste: str = ""
    """Id of the table whose first column has the values to choose from."""


@frozen
class Blatt:
    """One table: its name, its columns, and its rows, each with one value for each column."""

    id: str
    name: Text | str
    spalten: tuple[Spalte, ...]
    zeilen: tuple[tuple[Wert, ...], ...]

    def nummer(self, spalte: str) -> int:
        """Return the place of a column, from 0. Raises KeyError."""
        return {s.id: n for n, s in enumerate(self.spalten)}[spalte]


PLAN = "plan"
ORTE = "orte"

NICHTS = "–"
"""What the last column of the plan's list says where there is nothing."""

PLANSPALTEN = (
    Spalte("gremium", "Gremium", breite=26),
    Spalte("gebiet", Text("Area"), breite=20),
    Spalte("titel", Text("Title")),
    Spalte("wochentag", Text("Weekday"), Art.WOCHENTAG),
    Spalte("datum", Text("Date"), Art.TAG, frei=True),
    Spalte("beginn", Text("Start"), Art.UHR, frei=True),
    Spalte("ende", Text("End"), Art.UHR),
    Spalte("ort", "Ort", frei=True, breite=30, liste=ORTE),
    Spalte("anlass", Text("Topic"), breite=30),
    Spalte("status", Text("State"), breite=16),
    Spalte("kennung", Text("Id (keep)"), gedruckt=False, breite=60),
    Spalte("stand", Text("As planned (keep)"), versteckt=True, gedruckt=False, breite=60),
)
"""The columns of a plan's list. The last one holds what the plan said when the list was written."""
FEST = ("gremium", "gebiet", "titel", "anlass")
"""Columns that say what an event is, whenever it is held."""

HELD = "held"
ZUSTAENDE: Mapping[str, Text] = {
    Zustand.DRAFT.value: Text("draft"),
    Zustand.COORDINATED.value: Text("coordinated"),
    Zustand.PUBLISHED.value: Text("published"),
    HELD: Text("held"),
    NICHTS: Text("Date to be announced"),
}
"""What the column of the state says, by what the last column calls it."""


def clean(text: str) -> str:
    r"""Return a text as one line that a cell can hold.

    >>> clean("Aula\r\nSchulstraße\x00 1 ")
    'Aula Schulstraße 1'
    """
    if text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(" " if unicodedata.category(c) in _DAMAGE else c for c in text).split())


def zelle(wert: Wert, sprache: str) -> str | int | date | time | None:
    """Return a value as a cell holds it in a language: words as one line, days and times as they are."""
    match wert:
        case Text() | str():
            return clean(render(wert, sprache))
        case tuple():
            return clean("; ".join(render(teil, sprache) for teil in wert))
        case datetime():
            return wert.date()
        case _:
            return wert


def siegel(worte: Iterable[str]) -> str:
    """Return 8 hex digits for the words of a row, however their blanks are."""
    return hashlib.sha256("\n".join(clean(wort) for wort in worte).encode()).hexdigest()[:8]


def wochentag(tag: date, sprache: str) -> str:
    """Return the short name of a day's weekday.

    >>> wochentag(date(2027, 5, 12), "en")
    'Wed'
    """
    return render_value(tag, sprache).partition(" ")[0]


def ort_names(stadt: Stadt) -> Mapping[str, str]:
    """Return what each Ort is called in a list, by its id: its name; where two have it, with the id behind it."""
    orte = stadt.alle_orte
    names = [clean(ort.name) for ort in orte.values()]
    return {
        id: name if name and names.count(name) == 1 else clean(f"{name} [{id}]")
        for id, ort in orte.items()
        for name in [clean(ort.name)]
    }


def plan_sheet(projekt: Projekt, plan: Plan) -> Blatt:
    """Return the list of a plan: what has a date in the order of time, then what is open.

    What the programme does not know is left out: nobody could say what it is.
    """
    projekt = as_planned(projekt, plan)
    sitzungen = {s.id: s for s in projekt.sitzungen(plan.jahr)}
    beratungen = {b.id: b for b in projekt.beratungen(plan.jahr)}
    rows = _Zeilen(projekt, plan)
    found = [
        *(rows.sitzung(sitzungen[t.sitzung], t) for t in plan.termine if t.sitzung in sitzungen),
        *(rows.beratung(beratungen[b.beratung], b) for b in plan.beratungen if b.beratung in beratungen),
    ]
    found.sort(key=lambda zeile: (zeile[4], zeile[5], zeile[10]))
    offen = sorted(e for e in plan.offen if e not in plan.lagen)
    found += [rows.sitzung(sitzungen[e], None) for e in offen if e in sitzungen]
    found += [rows.beratung(beratungen[e], None) for e in offen if e in beratungen]
    return Blatt(PLAN, "Sitzungen", PLANSPALTEN, tuple(found))


def stand(lage: Termin | Beratungstermin | None) -> str:
    """Return what the last column says first: where an event lies; ``–`` stands for what it does not have.

    Behind it stand its state and the seal of what else says what it is.

    >>> stand(Termin("x", "rat", datetime(2027, 5, 12, 17), datetime(2027, 5, 12, 19), "rathaus"))
    '2027-05-12 17:00 rathaus'
    """
    if lage is None:
        return NICHTS
    ort = lage.ort if isinstance(lage, Termin) else ""
    return f"{lage.beginn:%Y-%m-%d %H:%M} {ort or NICHTS}"


class _Zeilen:
    """Makes one row of each event."""

    def __init__(self, projekt: Projekt, plan: Plan) -> None:
        self.projekt = projekt
        self.zustand = plan.zustand.value
        self.gehalten = plan.gehalten
        self.orte = ort_names(projekt.stadt)
        self.ratsorte = {s.key: s.ort for s in projekt.ratskalender.sitzungen}

    def sitzung(self, sitzung: Sitzung, termin: Termin | None) -> tuple[Wert, ...]:
        """Return the row of a Sitzung."""
        anlaesse = self.projekt.programm.anlaesse
        anlass = ", ".join(anlaesse[a].name if a in anlaesse else a for a in sitzung.anlass)
        ort = self.orte.get(termin.ort, termin.ort) if termin else ""
        return self._row(sitzung, termin, ort, anlass)

    def beratung(self, beratung: Beratung, termin: Beratungstermin | None) -> tuple[Wert, ...]:
        """Return the row of a Beratung: in the sitting that hears it."""
        ort = self.ratsorte.get(termin.sitzung, "") if termin else ""
        return self._row(beratung, termin, ort, beratung.eintrag.name or beratung.eintrag.id)

    def _row(
        self, was: Sitzung | Beratung, termin: Termin | Beratungstermin | None, ort: str, anlass: str
    ) -> tuple[Wert, ...]:
        beginn, ende = (termin.beginn, termin.ende) if termin else (None, None)
        zustand = NICHTS if termin is None else HELD if was.id in self.gehalten else self.zustand
        gremium = self.projekt.stadt.gremium_name(was.gremium)
        fest = (gremium, was.gebiet.name, was.name, anlass, ort if isinstance(was, Beratung) else "")
        return (
            gremium,
            was.gebiet.name,
            was.name,
            beginn and beginn.date(),
            beginn and beginn.date(),
            beginn and beginn.time(),
            ende and ende.time(),
            ort,
            anlass,
            ZUSTAENDE[zustand],
            was.id,
            f"{stand(termin)} {zustand} {siegel(fest)}",
        )
