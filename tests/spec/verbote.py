"""What a city rules out, broken on purpose: from each entry that forbids, something that it forbids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import gremienplan as gp
from gremienplan.errors import InputError
from gremienplan.loading import inspect
from tests.spec.ergebnis import JAHR, Aendern, Roh

TABELLEN = ("ausgeschlossen", "kein_gremium", "mitgliederliste")
TEILE = (".ohne_beschluss",)
"""Tables, and parts of entries, of what must not be: without them a sound city comes to the same."""


def verbietet(traeger: str) -> bool:
    """Tell whether an entry only forbids."""
    return traeger.partition(".")[0] in TABELLEN or traeger.endswith(TEILE)


@cache
def inhalt(stadt: str) -> Mapping[str, Roh]:
    """Return the raw content of a city's files."""
    gelesen: dict[str, Roh] = {}

    def merken(name: str, roh: dict[str, Any]) -> Roh:
        return gelesen.setdefault(name, roh)

    inspect(stadt, jahr=JAHR, aendern=merken)
    return gelesen


def refused(stadt: str, *aenderungen: Aendern) -> bool:
    """Tell whether a city with these changes is refused."""

    def alle(name: str, roh: dict[str, Any]) -> Roh:
        for aendern in aenderungen:
            roh = dict(aendern(name, roh))
        return roh

    try:
        inspect(stadt, jahr=JAHR, aendern=alle)
    except InputError:
        return True
    return False


def plant(stadt: str, traeger: str) -> Aendern:
    """Return a change that adds to a city what this entry forbids."""
    tabelle, kennung = traeger.split(".")[:2]
    if traeger.endswith(".ohne_beschluss"):
        return _beratung(stadt, kennung)
    eintrag = _entry(stadt, traeger)
    match tabelle:
        case "ausgeschlossen":
            als = "mitgliedschaft" if eintrag.get("als") == ["mitglied"] else "einladung"
            return _mehr(
                "regeln.toml", als, gremium=_first(eintrag["gremium"]), rollen=[_out(stadt, eintrag)]
            )
        case "mitgliederliste":
            return _mehr(
                "regeln.toml",
                "mitgliedschaft",
                gremium=eintrag["gremium"],
                rollen=[_stranger(stadt, eintrag)],
            )
        case "kein_gremium":
            name = eintrag["muster"].partition("|")[0]
            assert re.search(eintrag["muster"], name)
            return _gremienart(name)
        case _:
            raise AssertionError(traeger)


def allows(stadt: str, traeger: str) -> bool:
    """Tell whether an entry is an open list of members: it allows what nothing allows without it."""
    return traeger.startswith("mitgliederliste.") and _entry(stadt, traeger)["art"] == "offen"


def project_with_member(ordner: Path, stadt: str, traeger: str) -> str:
    """Return a project of a city that adds a member to a list."""
    eintrag = _entry(stadt, traeger)
    zeilen = (
        f'format = 1\nstadt = "{stadt}"\n[[mitgliedschaft]]\nid = "gepflanzt"\nvorgabe = true\n'
        f'gremium = "{eintrag["gremium"]}"\nrollen = ["{_stranger(stadt, eintrag)}"]\n'
    )
    (ordner / "gremienplan.toml").write_text(zeilen, "utf-8")
    return str(ordner)


def _entry(stadt: str, traeger: str) -> Roh:
    tabelle, kennung = traeger.split(".")[:2]
    return next(
        roh
        for datei in inhalt(stadt).values()
        for roh in (datei.get(tabelle) or ())
        if isinstance(roh, dict) and roh["id"] == kennung
    )


def _first(wert: Any) -> str:
    return str(wert[0] if isinstance(wert, list) else wert)


def _mehr(datei: str, liste: str, **eintrag: Any) -> Aendern:
    neu = {"id": "gepflanzt", "vorgabe": True, **eintrag}
    return lambda name, roh: {**roh, liste: [*roh.get(liste, ()), neu]} if name == datei else roh


def _out(stadt: str, eintrag: Roh) -> str:
    """Return a Rolle that an exclusion rules out."""
    arten = eintrag.get("rollenart", ())
    rollen = gp.load(stadt, jahr=JAHR).stadt.rollen.values()
    genannt: list[str] = [*eintrag.get("rollen", ()), *(r.id for r in rollen if r.art.value in arten)]
    return genannt[0]


def _stranger(stadt: str, eintrag: Roh) -> str:
    """Return an office that no rule makes a member of this Gremium, and that nothing rules out."""
    regeln = inhalt(stadt)["regeln.toml"]
    drin = [r for r in regeln["mitgliedschaft"] if r["gremium"] == eintrag["gremium"]]
    nie = regeln.get("ausgeschlossen", ())
    genannt = {rolle.partition("/")[0] for r in (*drin, *nie) for rolle in r.get("rollen", ())}
    rollen = gp.load(stadt, jahr=JAHR).stadt.rollen.values()
    return next(r.id for r in rollen if r.id not in genannt and r.art.value == "amt")


def _gremienart(name: str) -> Aendern:
    neu = {"je": "stadt", "name": name.title()}
    return lambda datei, roh: (
        {**roh, "gremienart": {**roh["gremienart"], "gepflanzt": neu}} if datei == "stadt.toml" else roh
    )


def _beratung(stadt: str, gremium: str) -> Aendern:
    """Return a change that lets something wait for a body that decides nothing."""
    programm = inhalt(stadt)["programm.toml"]
    erst = next(s["id"] for s in programm["sitzung"] if s["gremium"] == gremium)
    dann = programm["beratung"][0]["id"]
    return _mehr("programm.toml", "bedingung", art="reihenfolge", erst=erst, dann=dann)
