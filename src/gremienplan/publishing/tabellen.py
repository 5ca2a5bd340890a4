"""A plan as tables: its dates, who is invited by whom and until when, and every last day; as Excel and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gremienplan.fristen import Fristart, describe, label
from gremienplan.plan import Plan, as_planned
from gremienplan.programm import Aufgabe, Fristtermin, Sitzung
from gremienplan.programm.aufgaben import due, on
from gremienplan.projekt import Projekt
from gremienplan.publishing.ereignistext import ALS, grundlage_text
from gremienplan.publishing.mappe import EPOCHE, Mappe, csv_bytes, workbook_bytes
from gremienplan.rules import Derivation, Invitation, gastgeber, invitations
from gremienplan.stadt import Gremium, Sitz
from gremienplan.tabellen import ORTE, Art, Blatt, Spalte, Wert, ort_names, plan_sheet
from gremienplan.texts import Text, render

EINLADUNGEN, FRISTEN = "einladungen", "fristen"

_EINLADUNGSSPALTEN = (
    Spalte("wochentag", Text("Weekday"), Art.WOCHENTAG),
    Spalte("datum", Text("Date"), Art.TAG),
    Spalte("beginn", Text("Start"), Art.UHR),
    Spalte("titel", Text("Title"), breite=30),
    Spalte("ort", "Ort", breite=20),
    Spalte("sitz", Text("Invited"), breite=30),
    Spalte("als", Text("As"), breite=16),
    Spalte("grundlage", Text("On whose word"), breite=36),
    Spalte("versand", Text("Send by"), Art.TAG),
    Spalte("einladend", Text("Invited by"), breite=30),
    Spalte("gremium", "Gremium", gedruckt=False),
    Spalte("gebiet", Text("Area"), gedruckt=False),
    Spalte("kennung", Text("Id of the Sitzung"), gedruckt=False, breite=60),
    Spalte("sitzkennung", Text("Id of the Sitz"), gedruckt=False, breite=60),
)
_FRISTSPALTEN = (
    Spalte("wochentag", Text("Weekday"), Art.WOCHENTAG),
    Spalte("faellig", Text("Due"), Art.TAG),
    Spalte("bis", Text("Until"), Art.UHR),
    Spalte("was", Text("What"), breite=30),
    Spalte("wer", Text("Who"), breite=30),
    Spalte("an", Text("With, or to"), breite=30),
    Spalte("titel", Text("For"), breite=30),
    Spalte("datum", Text("Its date"), Art.TAG),
    Spalte("grundlage", Text("On whose word"), breite=30),
    Spalte("zaehlung", Text("How it is counted"), breite=30),
    Spalte("kennung", Text("Id"), gedruckt=False, breite=60),
)
_ORTSPALTEN = (
    Spalte("name", "Ort", breite=50),
    Spalte("adresse", Text("Address"), breite=50),
    Spalte("stufenlos", Text("Step-free")),
    Spalte("hilfen", Text("Helps to take part")),
    Spalte("plaetze", Text("Seats"), Art.ZAHL),
    Spalte("kennung", Text("Id"), breite=60),
)


def tables(projekt: Projekt, plan: Plan) -> tuple[Blatt, ...]:
    """Return what a plan says as tables: its dates, its invitations, its deadlines, and the Orte to choose from.

    Facts of Sitze only, never of persons.
    """
    projekt = as_planned(projekt, plan)
    return plan_sheet(projekt, plan), _invitations(projekt, plan), _deadlines(projekt, plan), _orte(projekt)


def sheet(projekt: Projekt, plan: Plan, *, sprache: str = "de") -> bytes:
    """Return the plan as an Excel workbook: the same plan gives the same bytes, whenever it is asked.

    Raises InputError where openpyxl is not installed (the extra ``office``).
    """
    return _book(projekt, plan, tables(projekt, plan), sprache)


def csv_tables(projekt: Projekt, plan: Plan, *, sprache: str = "de") -> Mapping[str, bytes]:
    """Return the same tables as CSV, each by its id; not the Orte, which only help to fill a cell."""
    return _csv(tables(projekt, plan), sprache)


def table_files(projekt: Projekt, plan: Plan, *, sprache: str = "de") -> Mapping[str, bytes]:
    """Return ``plan-2027.xlsx`` and the CSV that go beside it, each by its name."""
    blaetter = tables(projekt, plan)
    inhalt = {f"plan-{plan.jahr}.xlsx": _book(projekt, plan, blaetter, sprache)}
    for id, roh in _csv(blaetter, sprache).items():
        inhalt[f"{id}-{plan.jahr}.csv"] = roh
    return inhalt


def _book(projekt: Projekt, plan: Plan, blaetter: Sequence[Blatt], sprache: str) -> bytes:
    head = Text("Sitzungskalender {jahr}: {stadt}", jahr=str(plan.jahr), stadt=projekt.stadt.name)
    stand = plan.verlauf[-1].stand if plan.verlauf else EPOCHE
    return workbook_bytes(Mappe(render(head, sprache), stand, sprache), blaetter)


def _csv(blaetter: Sequence[Blatt], sprache: str) -> Mapping[str, bytes]:
    return {blatt.id: csv_bytes(blatt, sprache) for blatt in blaetter if blatt.id != ORTE}


# --- who is invited ----------------------------------------------------------------------------------------


def _invitations(projekt: Projekt, plan: Plan) -> Blatt:
    """Return one row for each Sitz and each Sitzung that has a date, by the rules of its day."""
    sitzungen = {s.id: s for s in projekt.sitzungen(plan.jahr)}
    orte = ort_names(projekt.stadt)
    zeilen: list[tuple[Wert, ...]] = []
    for termin in sorted(plan.termine, key=lambda t: (t.beginn, t.sitzung)):
        if termin.sitzung not in sitzungen:
            continue
        sitzung, tag = sitzungen[termin.sitzung], termin.beginn.date()
        vorne = (tag, tag, termin.beginn.time(), sitzung.name, orte.get(termin.ort, termin.ort))
        einladend = _sitze(projekt, gastgeber(projekt.stadt, projekt.regeln, sitzung.gremium, tag))
        versand = _dispatch(projekt, sitzung, tag)
        gremium = projekt.stadt.gremium_name(sitzung.gremium)
        hinten = (versand, einladend, gremium, sitzung.gebiet.name, sitzung.id)
        zeilen += (
            (*vorne, *_invited(projekt, einladung), *hinten, einladung.sitz.id)
            for einladung in invitations(projekt.stadt, projekt.regeln, sitzung, tag)
        )
    return Blatt(EINLADUNGEN, Text("Invitations"), _EINLADUNGSSPALTEN, tuple(zeilen))


def _invited(projekt: Projekt, einladung: Invitation) -> tuple[Wert, ...]:
    """Return the office, as what it is invited, and on whose word; several reasons in one cell each."""
    als = tuple(dict.fromkeys(ALS[grund.als] for grund in einladung.gruende))
    worte = tuple(dict.fromkeys(_reason(projekt, grund) for grund in einladung.gruende))
    return projekt.stadt.sitz_name(einladung.sitz), als, worte


def _reason(projekt: Projekt, grund: Derivation) -> Text:
    wort = grundlage_text(projekt.katalog, grund.grundlage)
    if grund.insbesondere is None:
        return Text("{grundlage} (rule {regel})", grundlage=wort, regel=grund.regel)
    return Text("{grundlage} (rule {regel}), in particular residents", grundlage=wort, regel=grund.regel)


def _dispatch(projekt: Projekt, sitzung: Sitzung, tag: date) -> date | None:
    """Return the last day on which the invitation is in time by task and by Ladungsfrist; None where none is said."""
    fristen = projekt.fristen_von(sitzung, tag)
    days = [f.letzter.tag for f in fristen if f.frist.art is Fristart.LADUNG]
    days += [due(e, tag) for e in projekt.programm.aufgaben if e.einladung and on(e, sitzung)]
    return min(days, default=None)


# --- what is due -------------------------------------------------------------------------------------------


def _deadlines(projekt: Projekt, plan: Plan) -> Blatt:
    """Return every task and every last day, in the order they are due."""
    tage = {termin.sitzung: termin.beginn.date() for termin in plan.termine}
    alle = {ereignis: lagen[0].tag for ereignis, lagen in plan.lagen.items()}
    found = [
        *((a.faellig, a.id, _task(projekt, a)) for a in projekt.aufgaben(plan.jahr, tage)),
        *((f.letzter.tag, f.id, _frist(projekt, f)) for f in projekt.fristen(plan.jahr, alle)),
    ]
    zeilen = tuple(zeile for *_, zeile in sorted(found, key=lambda eines: eines[:2]))
    return Blatt(FRISTEN, Text("Deadlines"), _FRISTSPALTEN, zeilen)


def _task(projekt: Projekt, aufgabe: Aufgabe) -> tuple[Wert, ...]:
    stadt = projekt.stadt
    wer = aufgabe.zustaendig
    an = (
        *(stadt.gremium_name(x) if isinstance(x, Gremium) else stadt.sitz_name(x) for x in aufgabe.an),
        *(eintrag for liste in aufgabe.verteiler for eintrag in liste.eintraege),
    )
    return (
        aufgabe.faellig,
        aufgabe.faellig,
        None,
        aufgabe.eintrag.name,
        stadt.sitz_name(wer) if wer else Text("nobody has said who"),
        ", ".join(an),
        aufgabe.sitzung.name,
        aufgabe.tag,
        grundlage_text(projekt.katalog, aufgabe.eintrag.grundlage),
        "",
        aufgabe.id,
    )


def _frist(projekt: Projekt, termin: Fristtermin) -> tuple[Wert, ...]:
    frist, letzter = termin.frist, termin.letzter
    unsure = Text("Public holidays of that time are not known: check the day.")
    return (
        letzter.tag,
        letzter.tag,
        letzter.bis,
        label(frist),
        _sitze(projekt, termin.zustaendig),
        "",
        termin.ereignis.name,
        termin.tag,
        grundlage_text(projekt.katalog, frist.grundlage),
        describe(frist) if letzter.bekannt else (describe(frist), unsure),
        termin.id,
    )


# --- Orte --------------------------------------------------------------------------------------------------


def _orte(projekt: Projekt) -> Blatt:
    """Return the Orte by their names: what the column of Orte can be chosen from."""
    namen = ort_names(projekt.stadt)
    ja_nein = {True: Text("yes"), False: Text("no"), None: None}
    zeilen = [
        (namen[id], ort.adresse, ja_nein[ort.stufenlos], ort.hilfen, ort.plaetze, id)
        for id, ort in sorted(projekt.stadt.alle_orte.items(), key=lambda paar: namen[paar[0]].casefold())
    ]
    return Blatt(ORTE, "Orte", _ORTSPALTEN, tuple(zeilen))


def _sitze(projekt: Projekt, sitze: Iterable[Sitz]) -> Text | str:
    return ", ".join(projekt.stadt.sitz_name(sitz) for sitz in sitze) or Text("nobody has said who")
