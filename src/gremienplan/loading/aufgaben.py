"""What a project says of a programme, what is held on demand and who is on its lists; and tasks held against a city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from gremienplan.loading.angaben import closest
from gremienplan.loading.programm import Fund, Gelesen
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.verweise import Bekannt
from gremienplan.programm import (
    Aufgabeneintrag,
    Beratungseintrag,
    Je,
    Programm,
    Sitzungseintrag,
    Tagesordnungseintrag,
)
from gremienplan.programm.aufgaben import zustaendige
from gremienplan.rules import Regel
from gremienplan.stadt import Gremium, Stadt
from gremienplan.texts import Text

TABELLEN = ("bei_bedarf", "verteiler")
"""Tables of a project's file that are read here."""


@frozen
class _Liste:
    liste: tuple[str, ...]


def _listen(datei: Datei, tabelle: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield key, place and entries of each line of a table of lists."""
    for name, pfad, roh in datei.table(tabelle):
        liste = datei.structure(_Liste, {}, pfad, fest={"liste": roh})
        if liste is not None:
            yield name, pfad, liste.liste


# --- what is held on demand --------------------------------------------------------------------------------


def read_bedarf(datei: Datei, gelesen: Gelesen, stadt: Stadt | None) -> dict[str, tuple[str, ...]]:
    """Return where a project holds what the programme has on demand: entry -> Gebiete."""
    bedarf: dict[str, tuple[str, ...]] = {}
    moeglich = {k: f for k, f in gelesen.eintraege.items() if getattr(f.wert, "bei_bedarf", False)}
    for name, pfad, orte in _listen(datei, "bei_bedarf"):
        if name in moeglich:
            bedarf[name] = orte
        elif not gelesen.offen and name not in gelesen.kaputt:
            meldung = Text("The programme holds nothing of this id on demand.")
            datei.problem(pfad, meldung, name, closest(name, moeglich))
    if stadt is not None:
        for name, orte in bedarf.items():
            _check_orte(datei, moeglich[name], orte, gelesen, stadt, bedarf)
    return bedarf


def _check_orte(
    datei: Datei,
    fund: Fund,
    orte: tuple[str, ...],
    gelesen: Gelesen,
    stadt: Stadt,
    bedarf: Mapping[str, tuple[str, ...]],
) -> None:
    """Report Gebiete at which an entry cannot be held, or at which that is not held which it belongs to."""
    zu = fund.wert if isinstance(fund.wert, Sitzungseintrag) else None
    if isinstance(fund.wert, Beratungseintrag) and (gehoert := gelesen.eintraege.get(fund.wert.zu)):
        zu = gehoert.wert
    if zu is None:
        return
    gebiete = [
        g.gebiet.id
        for f in stadt.fassungen
        for g in f.gremien.values()
        if zu.gremium in (g.art.id, g.id) and (fund.wert.nur is None or g.gebiet.id in fund.wert.nur)
    ]
    held = bedarf.get(zu.id, ()) if zu.bei_bedarf else zu.nur
    for ort in orte:
        pfad = join("bei_bedarf", fund.wert.id)
        if ort not in gebiete:
            datei.problem(pfad, Text("It cannot be held there."), ort, closest(ort, gebiete))
        elif zu is not fund.wert and held is not None and ort not in held:
            meldung = Text("It belongs to “{sitzung}”, which is not held there.", sitzung=zu.id)
            datei.problem(pfad, meldung, ort)


# --- lists of recipients -----------------------------------------------------------------------------------


def read_verteiler(datei: Datei, gelesen: Gelesen) -> dict[str, tuple[str, ...]]:
    """Return the lists of recipients that a project keeps; a name that no task asks for is reported."""
    namen = {n for f in gelesen.eintraege.values() for n in getattr(f.wert, "verteiler", ())}
    verteiler: dict[str, tuple[str, ...]] = {}
    for name, pfad, liste in _listen(datei, "verteiler"):
        verteiler[name] = liste
        if name not in namen and not gelesen.offen and "aufgabe" not in gelesen.kaputt.values():
            datei.problem(
                pfad, Text("No task of the programme asks for this list."), name, closest(name, namen)
            )
    return verteiler


# --- tasks and items ---------------------------------------------------------------------------------------


def check_aufgaben(gelesen: Gelesen, bekannt: Bekannt, stadt: Stadt | None) -> None:
    """Report tasks and items that belong to nothing, tasks without one day, and tasks without one office.

    Without a city nothing is known of its offices: one whose file has mistakes would have too many or too few.
    """
    for fund in gelesen.eintraege.values():
        if isinstance(fund.wert, Aufgabeneintrag | Tagesordnungseintrag) and not (
            fund.wert.zu or fund.wert.gremium
        ):
            fund.datei.problem(fund.pfad, Text("At least one of the keys zu and gremium is needed."))
        if isinstance(fund.wert, Aufgabeneintrag):
            if (fund.wert.vorher is None) == (fund.wert.nachher is None):
                meldung = Text("Exactly one of the keys vorher and nachher says when it is due.")
                fund.datei.problem(fund.pfad, meldung)
            if fund.wert.je is Je.AN and not fund.wert.an:
                meldung = Text("One task for each recipient needs the key an.")
                fund.datei.problem(join(fund.pfad, "je"), meldung, fund.wert.je.value)
            if fund.wert.abstimmung:
                _check_abstimmung(fund, fund.wert, bekannt)
            if fund.wert.einladung and fund.wert.vorher is None:
                meldung = Text("An invitation goes out before the Sitzung: it needs the key vorher.")
                fund.datei.problem(join(fund.pfad, "einladung"), meldung)
            if stadt is not None:
                _check_zustaendig(fund, fund.wert, gelesen, stadt)


def _check_abstimmung(fund: Fund, eintrag: Aufgabeneintrag, bekannt: Bekannt) -> None:
    """Report a date that is agreed with nobody, with a whole body, or once the Sitzung is over."""
    pfad = join(fund.pfad, "abstimmung")
    if not eintrag.an and eintrag.je is not Je.AN:
        fund.datei.problem(pfad, Text("With whom the date is agreed is missing: it needs the key an."))
    if eintrag.nachher is not None and eintrag.vorher is None:
        fund.datei.problem(pfad, Text("A date is agreed before the Sitzung: it needs the key vorher."))
    for name in eintrag.an:
        if name in bekannt.gremienarten.ids or name in bekannt.gremien.ids:
            meldung = Text("A date is agreed with offices, not with a whole body.")
            fund.datei.problem(join(fund.pfad, "an"), meldung, name)


def _check_zustaendig(fund: Fund, eintrag: Aufgabeneintrag, gelesen: Gelesen, stadt: Stadt) -> None:
    """Report the Gremien for whose task no office answers, or more than one."""
    name = eintrag.zustaendig
    if name is None or eintrag.je is Je.ZUSTAENDIG:
        return
    if not any(name in f.rollen or name in f.sitze for f in stadt.fassungen):
        return
    sitzungen = [f.wert for f in gelesen.eintraege.values() if f.liste == "sitzung"]
    zahlen = {
        gremium.id: len(fassung.sitze_von(name, gremium.gebiet))
        for fassung in stadt.fassungen
        for gremium in fassung.gremien.values()
        if any(_belongs(eintrag, sitzung, gremium) for sitzung in sitzungen)
    }
    falsch = tuple(f"{gremium}: {zahl}" for gremium, zahl in zahlen.items() if zahl != 1)
    if falsch:
        meldung = Text("Exactly one office answers for a task; offices here: {gremien}", gremien=falsch[:5])
        hinweis = Text("One task for each of several offices: je = {je}", je='"zustaendig"')
        fund.datei.problem(join(fund.pfad, "zustaendig"), meldung, name, hinweis)


def _belongs(eintrag: Aufgabeneintrag, sitzung: Sitzungseintrag, gremium: Gremium) -> bool:
    held = sitzung.gremium in (gremium.art.id, gremium.id)
    held = held and (sitzung.nur is None or gremium.gebiet.id in sitzung.nur)
    return held and (sitzung.id in eintrag.zu or bool({gremium.art.id, gremium.id} & set(eintrag.gremium)))


def warn_aufgaben(
    befund: Befund,
    programm: Programm,
    stadt: Stadt,
    regeln: tuple[Regel, ...],
    verteiler: Mapping[str, tuple[str, ...]],
) -> None:
    """Say which tasks nobody answers for, since nobody manages the Gremium, and which lists are empty."""
    leer = {n: a.name for a in programm.aufgaben for n in a.verteiler if not verteiler.get(n)}
    for name, aufgabe in leer.items():
        befund.warnungen.append(
            Text("The list “{name}” is empty; the task “{aufgabe}” goes to it.", name=name, aufgabe=aufgabe)
        )
    for eintrag in programm.aufgaben:
        ohne = {
            stadt.gremium_name(gremium): None
            for gremium in stadt.gremien.values()
            if any(_belongs(eintrag, sitzung, gremium) for sitzung in programm.sitzungen)
            and not any(
                zustaendige(f, regeln, eintrag, gremium, tag)
                for f in stadt.fassungen
                for tag in {date.min, *(r.gueltig_ab for r in regeln if r.gueltig_ab)}
            )
        }
        if ohne:
            meldung = Text(
                "No office answers for the task “{aufgabe}” of: {gremien}",
                aufgabe=eintrag.name,
                gremien=tuple(ohne),
            )
            befund.warnungen.append(meldung)
