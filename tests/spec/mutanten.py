"""Changes of Hamm's data, one at a time: each is a mistake that a law must see, or ``check`` refuse.

The operator knows what keys mean, not what Hamm says: it deletes entries, swaps Rollen and Gremien, drops and flips
Anlässe, moves bounds by a day or half an hour, changes levels, limits and words. Names that only people read
(``name``, ``titel`` apart), addresses and the text of patterns are left alone.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from attrs import field, frozen

import gremienplan
from gremienplan.errors import InputError
from gremienplan.loading import inspect
from tests.spec.gesetze import GESETZE
from tests.spec.gesetze.register import Gesetz
from tests.spec.gesetze.welt import Welt

HAMM = Path(gremienplan.__file__).parent / "cities" / "hamm"
DATEIEN = ("stadt.toml", "regeln.toml", "programm.toml")

Pfad = tuple[str | int, ...]
Inhalt = dict[str, Any]

PROSA = {"id", "name", "adresse", "muster", "stadt", "ebene", "format", "programm", "ratsgremium"}
"""Keys whose content only people read, or that name the entry itself.

The patterns of ``ratsgremium`` are no rules: which names of a council calendar they know is tested in
``tests/ratskalender``.
"""

GLEICHBEDEUTEND = (
    "stadt.gremium.stadtteilkonferenz/pelkum.alias: without Stadtteilkonferenz Pelkum",
    "stadt.gremium.stadtteilkonferenz/bockum-hoevel.alias: without Stadtteilkonferenz Bockum-Hövel",
    "stadt.gremium.lenkungskreis/hamm.alias: without Lenkungskreis Stadtteilarbeit",
    "stadt.gremium.arbeitskreis/hamm.alias: without Arbeitskreis Stadtteilarbeit",
    "stadt.gremium.rat/hamm.alias: without Rat",
    "programm.profil.gleichmaessig.stufen: without brueckentage",
)
"""Changes that change nothing: the name is already made of Gremienart and Gebiet; what is left out comes last."""

FREMD = {
    "wohnbereich": ("HAMM-GEO-",),
    "bezirk": ("HAMM-3.1-", "HAMM-GEO-", "ERR-"),
    "sozialraum": ("HAMM-3.1-", "HAMM-GEO-", "ERR-"),
    "ort": ("HAMM-3.1-STZ9", "AMB-41"),
    "gremienart": ("HAMM-3.1-", "HAMM-4.", "GAP-"),
    "gremium": ("HAMM-", "AMB-31", "GAP-02"),
}
"""Tables whose entries cite nothing themselves -> beginnings of the ids that stand for them."""


@frozen
class Mutant:
    """One change: its name, the file and the ids the changed entry rests on."""

    name: str
    datei: str
    ids: frozenset[str]
    pfad: Pfad
    neu: Any = field(repr=False, default=None)
    """What stands there instead; None: nothing."""

    def aendern(self, name: str, inhalt: Inhalt) -> Mapping[str, Any]:
        """Change the file, and no other."""
        if name != self.datei:
            return inhalt
        changed = copy.deepcopy(inhalt)
        place: Any = changed
        for key in self.pfad[:-1]:
            place = place[key]
        if self.neu is None:
            del place[self.pfad[-1]]
        else:
            place[self.pfad[-1]] = self.neu
        return changed

    def concerns(self, gesetz: Gesetz) -> bool:
        """Tell whether a law names what the entry rests on; of an entry that cites nothing, what stands for it."""
        if self.ids & set(gesetz.ids):
            return True
        stands = FREMD.get(str(self.pfad[0]), ()) or (() if self.ids else ("GAP-",))
        return any(kennung.startswith(stands) for kennung in gesetz.ids) if stands else False

    def killed_by(self) -> str:
        """Return by what the change is seen: ``check``, or the name of a law; empty if by nothing."""
        try:
            projekt, _ = inspect("hamm", aendern=self.aendern)
        except InputError:
            return "check"
        welt = Welt(projekt)
        for gesetz in GESETZE.values():
            if self.concerns(gesetz) and gesetz.faults(welt):
                return gesetz.name
        return ""


@cache
def inhalt(datei: str) -> Inhalt:
    """Return the raw content of a file of Hamm."""
    return tomllib.loads((HAMM / datei).read_text("utf-8"))


def mutanten() -> Iterator[Mutant]:
    """Yield every mutant that changes something, in the order of the files."""
    return (mutant for mutant in _alle() if mutant.name not in GLEICHBEDEUTEND)


def _alle() -> Iterator[Mutant]:
    for datei in DATEIEN:
        for table, entries in inhalt(datei).items():
            if table in PROSA:
                continue
            rows = enumerate(entries) if isinstance(entries, list) else entries.items()
            for key, entry in rows:
                named = entry.get("id", key) if isinstance(entry, dict) else key
                where = f"{datei.removesuffix('.toml')}.{table}.{named}"
                ids = frozenset(_ids(entry))
                yield Mutant(f"{where}: deleted", datei, ids, (table, key))
                if isinstance(entry, dict):
                    for pfad, was, neu in _changes(entry, datei):
                        yield Mutant(f"{where}.{was}", datei, ids, (table, key, *pfad), neu)


def _ids(wert: Any) -> Iterator[str]:
    """Yield the passages and readings an entry cites, those of its bounds included."""
    if isinstance(wert, dict):
        for key, teil in wert.items():
            if key in ("text", "auslegung") and isinstance(teil, str):
                yield teil
            yield from _ids(teil)
    elif isinstance(wert, list):
        for teil in wert:
            yield from _ids(teil)


def _changes(entry: Inhalt, datei: str) -> Iterator[tuple[Pfad, str, Any]]:
    """Yield path, description and new content of each change inside an entry."""
    for key, wert in entry.items():
        if key in PROSA:
            continue
        match wert:
            case dict():
                if set(wert) != {"vorgabe"}:
                    yield (key,), f"{key}: taken away", None
                yield from (((key, *p), f"{key}.{was}", neu) for p, was, neu in _changes(wert, datei))
            case list():
                yield from _of_list(key, wert)
            case _:
                yield from (
                    ((key,), f"{key}: {wert} becomes {neu}", neu) for neu in _instead(key, wert, entry)
                )


def _of_list(key: str, wert: list[Any]) -> Iterator[tuple[Pfad, str, Any]]:
    for n, one in enumerate(wert):
        if len(wert) > 1 or key in ("alias", "frueher"):
            yield (key,), f"{key}: without {one}", wert[:n] + wert[n + 1 :]
        for other in _swap(key, one)[:1]:
            if other not in wert:
                yield (key,), f"{key}: {one} becomes {other}", [*wert[:n], other, *wert[n + 1 :]]
    if key == "nur":
        yield (key,), "nur: taken away", None
    if key == "anlass":
        for other in _swap(key, wert[0]):
            if other not in wert:
                yield (key,), f"anlass: {other} as well", [*wert, other]
                break


def _swap(key: str, wert: Any) -> list[Any]:
    """Return what could stand in a list, or for a reference, instead of one of its entries."""
    stadt, programm = inhalt("stadt.toml"), inhalt("programm.toml")
    pools: dict[str, list[str]] = {
        "rollen": [*stadt["rolle"]],
        "vortrag": [*stadt["rolle"]],
        "kenntnis": [*stadt["rolle"]],
        "anlass": [*programm["anlass"]],
        "gremium": [*stadt["gremienart"]],
        "mit": [*stadt["gremienart"]],
        "nur": [*stadt["sozialraum"]],
        "folge": [s["id"] for s in programm["sitzung"]],
        "nach": [s["id"] for s in programm["sitzung"]],
        "beratung": [b["id"] for b in programm["beratung"]],
        "zu": [s["id"] for s in programm["sitzung"]],
        "erst": [s["id"] for s in programm["sitzung"]],
        "dann": [s["id"] for s in programm["sitzung"]],
        "je": ["bezirk", "sozialraum", "stadt"],
        "bezirk": [*stadt["bezirk"]],
        "sozialraum": [*stadt["sozialraum"]],
        "gebiet": [f"sozialraum/{s}" for s in stadt["sozialraum"]],
        "rollenart": ["amt", "mandat", "gruppe"],
    }
    pool = pools.get(key, [])
    if isinstance(wert, str) and "/" in wert and key in ("rollen", "gremium"):
        part = wert.partition("/")[0]
        pool = [f"{part}/{g}" for g in stadt["bezirk"]]
    start = pool.index(wert) + 1 if wert in pool else 0
    return [x for x in (*pool[start:], *pool[:start]) if x != wert]


def _instead(key: str, wert: Any, entry: Inhalt) -> Iterator[Any]:
    """Yield what may stand there instead of a single value."""
    if key in ("text", "auslegung"):
        known = sorted(set(_ids(inhalt("programm.toml"))) | set(_ids(inhalt("regeln.toml"))))
        same = [x for x in known if x.startswith("AMB-") == wert.startswith("AMB-") and x != wert]
        yield same[0]
    elif isinstance(wert, bool):
        if key != "vorgabe":
            yield not wert
    elif isinstance(wert, int):
        yield wert + 1
        if wert > 0:
            yield wert - 1
    elif isinstance(wert, str) and re.fullmatch(r"\d\d-\d\d", wert):
        day = date(2027, int(wert[:2]), int(wert[3:]))
        for other in (day - timedelta(days=1), day + timedelta(days=1)):
            yield f"{other.month:02}-{other.day:02}"
    elif isinstance(wert, str) and re.fullmatch(r"\d\d:\d\d", wert):
        minutes = int(wert[:2]) * 60 + int(wert[3:])
        for shifted in (minutes - 30, minutes + 30):
            yield f"{shifted // 60:02}:{shifted % 60:02}"
    elif key == "wochentag":
        days = ("mo", "di", "mi", "do", "fr")
        yield days[(days.index(wert) + 1) % 5]
    elif key == "tage":
        yield wert
    elif key == "titel":
        yield None
    elif key == "klasse":
        yield "eigen"
    elif key == "art" and "je" in entry:
        yield "amt"
    elif key == "art" and wert in ("offen", "geschlossen", "keine"):
        yield {"offen": "geschlossen", "geschlossen": "offen", "keine": "offen"}[wert]
    elif key in (
        "gremium",
        "rollen",
        "vortrag",
        "zu",
        "erst",
        "dann",
        "je",
        "bezirk",
        "sozialraum",
        "gebiet",
    ):
        yield from _swap(key, wert)[:1]
