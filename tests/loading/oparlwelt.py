"""OParl objects of an invented city, as small as a test wants them, and ways to read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from gremienplan.loading import oparl
from gremienplan.ratskalender import Einfuhr, Eintrag, Mangel

STAND = datetime(2027, 1, 2, 8)
WIRT = "https://rat.example/oparl"
SCHEMA = "https://schema.oparl.org/1.1/"

Objekt = dict[str, Any]


def objekt(art: str, nummer: object, **felder: Any) -> Objekt:
    """Return an object of a kind with its address; a field that is None is left out."""
    alle = {"id": f"{WIRT}/{art.lower()}/{nummer}", "type": SCHEMA + art, **felder}
    return {name: wert for name, wert in alle.items() if wert is not None}


def sitzung(nummer: object = 1, **felder: Any) -> Objekt:
    """Return a meeting of the Rat on 2 March 2027 from 17 to 19 o'clock."""
    roh = {
        "name": "Rat",
        "start": "2027-03-02T17:00:00+01:00",
        "end": "2027-03-02T19:00:00+01:00",
        "modified": "2027-01-01T12:00:00+01:00",
    }
    return objekt("Meeting", nummer, **(roh | felder))


def gremium(nummer: object, name: str | None, **felder: Any) -> Objekt:
    """Return an Organization."""
    return objekt("Organization", nummer, name=name, **felder)


def adresse(art: str, nummer: object) -> str:
    """Return the address of an object."""
    return f"{WIRT}/{art.lower()}/{nummer}"


def schreibe(ordner: Path, dateien: Mapping[str, object]) -> Path:
    """Write files into a folder: bytes as they are, all else as JSON."""
    for name, inhalt in dateien.items():
        pfad = ordner / name
        pfad.parent.mkdir(parents=True, exist_ok=True)
        roh = inhalt if isinstance(inhalt, bytes) else json.dumps(inhalt, ensure_ascii=False).encode()
        pfad.write_bytes(roh)
    return ordner


def lies(ordner: Path, *objekte: object, **mehr: Any) -> Einfuhr:
    """Return the reading of a file with these objects as a list."""
    schreibe(ordner, {"liste.json": list(objekte)})
    return oparl.read("rat", ordner / "liste.json", "Europe/Berlin", STAND, **mehr)


def lies_ordner(ordner: Path, dateien: Mapping[str, object], **mehr: Any) -> Einfuhr:
    """Return the reading of a folder with these files."""
    return oparl.read("rat", schreibe(ordner, dateien), "Europe/Berlin", STAND, **mehr)


def eine(einfuhr: Einfuhr) -> Eintrag:
    """Return the only entry."""
    (eintrag,) = einfuhr.eintraege
    return eintrag


def verluste(einfuhr: Einfuhr) -> list[tuple[Mangel, str, str]]:
    """Return what was lost: why, where, and what stands there."""
    return [(verlust.mangel, verlust.stelle, verlust.wert) for verlust in einfuhr.verluste]
