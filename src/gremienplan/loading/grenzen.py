"""Limits: read from ``regeln.toml``, and every rule of a city and of its project held against them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

from attrs import frozen

from gremienplan.loading.programm import Gelesen
from gremienplan.loading.regeln import check_id, vorgabe_id
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.loading.verweise import Bekannt, Verweise
from gremienplan.rules import (
    Ausschluss,
    Grenzen,
    KeinGremium,
    ListenArt,
    Mitgliederliste,
    Regel,
    RegelArt,
    gremien_der_regel,
    mitgliederzahlen,
    verstoesse,
)
from gremienplan.stadt import Gremium, Stadt
from gremienplan.texts import Text

T = TypeVar("T", Ausschluss, Mitgliederliste, KeinGremium)


@frozen
class Ort:
    """Where a rule stands."""

    datei: Datei
    pfad: str


def read_grenzen(datei: Datei | None, stadtdatei: Datei | None, bekannt: Bekannt) -> Grenzen:
    """Return the limits of a city, in the order of the files: those of its rules, and of what is a Gremium."""
    kein = _read_liste(stadtdatei, bekannt, "kein_gremium", KeinGremium)
    ausgeschlossen = _read_liste(datei, bekannt, "ausgeschlossen", Ausschluss)
    listen = _read_liste(datei, bekannt, "mitgliederliste", Mitgliederliste)
    for ort, verbot in kein:
        try:
            re.compile(verbot.muster, re.IGNORECASE)
        except re.error as error:
            meldung = Text("This is not a regular expression: {reason}", reason=str(error))
            ort.datei.problem(join(ort.pfad, "muster"), meldung, verbot.muster)
            kein = [(wo, v) for wo, v in kein if v is not verbot]
    for ort, ausschluss in ausgeschlossen:
        verweise = Verweise(ort.datei, bekannt)
        verweise.check_all("gremienarten-und-gremien", ausschluss.gremium, join(ort.pfad, "gremium"))
        verweise.check_all("rollen-und-sitze", ausschluss.rollen, join(ort.pfad, "rollen"))
        if not ausschluss.rollen and not ausschluss.rollenart:
            ort.datei.problem(ort.pfad, Text("At least one of the keys rollen and rollenart is needed."))
    for ort, liste in listen:
        Verweise(ort.datei, bekannt).check(
            "gremienarten-und-gremien", liste.gremium, join(ort.pfad, "gremium")
        )
    return Grenzen(
        tuple(wert for _, wert in ausgeschlossen),
        tuple(wert for _, wert in listen),
        tuple(v for _, v in kein),
    )


def _read_liste(datei: Datei | None, bekannt: Bekannt, liste: str, cls: type[T]) -> list[tuple[Ort, T]]:
    """Return the entries of a list that could be read, and where each stands."""
    gelesen: list[tuple[Ort, T]] = []
    orte: dict[str, str] = {}
    if datei is None:
        return gelesen
    for pfad, roh in datei.entries(liste):
        check_id(datei, roh, pfad, orte)
        wert = datei.structure(cls, roh, pfad)
        if wert is not None:
            Verweise(datei, bekannt).check_grundlagen(wert, pfad)
            gelesen.append((Ort(datei, pfad), wert))
    return gelesen


def check_namen(datei: Datei | None, stadt: Stadt | None, gelesen: Gelesen, grenzen: Grenzen) -> None:
    """Report everything of a city and its programme that has a name which nothing may have here."""

    def check(datei: Datei, pfad: str, *namen: str) -> None:
        for verbot in grenzen.kein_gremium:
            if verbot.trifft(*namen):
                meldung = Text(
                    "“{id}” keeps this out of the city's Gremien ({grundlage}).",
                    id=verbot.id,
                    grundlage=verbot.grundlage.wort,
                )
                datei.problem(pfad, meldung, namen[-1])

    if datei is not None and stadt is not None:
        arten = {(a.id, a.name): a for f in stadt.fassungen for a in f.gremienarten.values()}
        for art in arten.values():
            check(datei, join("gremienart", art.id), art.id, art.name)
        for gremium, titel in {(g.id, g.titel): 0 for f in stadt.fassungen for g in f.gremien.values()}:
            check(datei, join(join("gremium", gremium), "titel"), titel)
    for fund in (*gelesen.anlaesse.values(), *gelesen.eintraege.values()):
        check(fund.datei, fund.pfad, fund.wert.id, getattr(fund.wert, "name", ""))


Stelle = tuple[str, date | None]
"""What tells one rule from all others: its id and its first day, for a rule may have versions."""


def places(datei: Datei) -> dict[Stelle, Ort]:
    """Return where the rules of a file stand: in lists, or in a project's tables ``Gremium = Rollen``."""
    orte: dict[Stelle, Ort] = {}
    for art in RegelArt:
        roh = datei.inhalt.get(art.value)
        if isinstance(roh, dict):
            for gremium in roh:
                orte[vorgabe_id(art, gremium), None] = Ort(datei, join(art.value, gremium))
        elif isinstance(roh, list):
            for pfad, eintrag in datei.entries(art.value):
                if isinstance(eintrag, dict) and isinstance(kennung := eintrag.get("id"), str):
                    ab = eintrag.get("gueltig_ab")
                    orte[kennung, ab if isinstance(ab, date) else None] = Ort(datei, pfad)
    return orte


def check_grenzen(
    datei: Datei, stadt: Stadt, regeln: tuple[Regel, ...], grenzen: Grenzen, orte: Mapping[Stelle, Ort]
) -> None:
    """Report every rule that invites whom an exclusion rules out, and every list that is not what is said of it.

    ``datei`` is the one with the limits; ``orte`` says where each rule stands, and a rule it does not name is
    none of ours.
    """
    for verstoss in verstoesse(stadt, regeln, grenzen):
        if ort := orte.get(_stelle(verstoss.regel)):
            meldung = Text(
                "“{id}” rules this out ({grundlage}): {sitze}",
                id=verstoss.ausschluss.id,
                grundlage=verstoss.ausschluss.grundlage.wort,
                sitze=tuple(sitz.id for sitz in verstoss.sitze[:5]) + ("…",) * (len(verstoss.sitze) > 5),
            )
            ort.datei.problem(join(ort.pfad, "rollen"), meldung, verstoss.regel.gremium)
    for regel in regeln:
        if (ort := orte.get(_stelle(regel))) and regel.art is RegelArt.MITGLIEDSCHAFT:
            _check_mitgliedschaft(stadt, regel, grenzen, ort, zusatz=ort.datei is not datei)
    eigene = tuple(r for r in regeln if (ort := orte.get(_stelle(r))) and ort.datei is datei)
    if _vollstaendig(datei, stadt, eigene):
        for pfad, liste in _listen(datei, grenzen):
            for gremium in stadt.alle_gremien.values():
                if liste.sitze is not None and grenzen.liste(gremium) is liste:
                    _check_anzahl(datei, pfad, liste, gremium, stadt, eigene)


def _stelle(regel: Regel) -> Stelle:
    return regel.id, regel.gueltig_ab


def check_ids(zusatz: Mapping[Stelle, Ort], stadt: Mapping[Stelle, Ort]) -> None:
    """Report every rule of a project whose id a rule of the city has."""
    ids = {kennung: ort for (kennung, _), ort in stadt.items()}
    for (kennung, _), ort in zusatz.items():
        if kennung in ids:
            meldung = Text("A rule of the city has this id: {ort}", ort=ids[kennung].pfad)
            ort.datei.problem(join(ort.pfad, "id"), meldung, kennung)


def _check_mitgliedschaft(stadt: Stadt, regel: Regel, grenzen: Grenzen, ort: Ort, *, zusatz: bool) -> None:
    """Report members of a body that has none, and, of a project, members it may not add."""
    gremien = {g.id: g for fassung in stadt.fassungen for g in gremien_der_regel(fassung, regel)}
    listen = {gremium: grenzen.liste(gremium) for gremium in gremien.values()}
    for gremium, liste in listen.items():
        wert = gremium.id
        if liste is not None and liste.art is ListenArt.KEINE:
            meldung = Text("This Gremium has no members (“{id}”, {grundlage}).", **_wort(liste))
        elif not zusatz or (liste is not None and liste.art is ListenArt.OFFEN):
            continue
        elif liste is not None:
            meldung = Text("The list of members is closed (“{id}”, {grundlage}).", **_wort(liste))
        else:
            meldung = Text("Nothing says that the list of members is open.")
        hinweis = Text("Guests are added as [[einladung]].") if zusatz else None
        ort.datei.problem(join(ort.pfad, "gremium"), meldung, wert, hinweis)
        return


def _wort(liste: Mitgliederliste) -> dict[str, str]:
    return {"id": liste.id, "grundlage": str(liste.grundlage)}


def _vollstaendig(datei: Datei, stadt: Stadt, regeln: tuple[Regel, ...]) -> bool:
    """Tell whether every rule of membership could be read: else nobody knows how many members there are."""
    eigene = [regel for regel in regeln if regel.art is RegelArt.MITGLIEDSCHAFT]
    roh = datei.inhalt.get(RegelArt.MITGLIEDSCHAFT.value, ())
    bekannt = {s for f in stadt.fassungen for s in (*f.rollen, *f.sitze)}
    gremien = {g for f in stadt.fassungen for g in (*f.gremienarten, *f.gremien)}
    return len(roh) == len(eigene) and all(
        regel.gremium in gremien and bekannt >= set(regel.rollen) for regel in eigene
    )


def _listen(datei: Datei, grenzen: Grenzen) -> Iterator[tuple[str, Mitgliederliste]]:
    pfade = {
        roh["id"]: pfad
        for pfad, roh in datei.entries("mitgliederliste")
        if isinstance(roh, dict) and isinstance(roh.get("id"), str)
    }
    return ((pfade.get(liste.id, ""), liste) for liste in grenzen.listen)


def _check_anzahl(
    datei: Datei, pfad: str, liste: Mitgliederliste, gremium: Gremium, stadt: Stadt, regeln: tuple[Regel, ...]
) -> None:
    for anzahl in dict.fromkeys(mitgliederzahlen(stadt, regeln, gremium.id).values()):
        if anzahl != liste.sitze:
            meldung = Text(
                "The rules give {gremium} {anzahl} members.", gremium=gremium.id, anzahl=str(anzahl)
            )
            datei.problem(join(pfad, "sitze"), meldung, liste.sitze)
