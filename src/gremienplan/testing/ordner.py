"""A city back to its folder: values in, the text of its TOML files out, which load to the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

import attrs

from gremienplan.loading.angaben import WOCHENTAGE
from gremienplan.programm import MonatTag, Programm, bedingungen, wuensche
from gremienplan.projekt import Projekt
from gremienplan.quellen import Auslegung, Authority, Grundlage, Katalog
from gremienplan.rules import Regel
from gremienplan.stadt import Gremium, Stadt

Tabelle = dict[str, Any]

FORMAT = {"format": 1}


def as_files(projekt: Projekt) -> dict[str, str]:
    """Return name and text of each file of a city folder that loads to the project's city, rules and programme.

    Council calendar, free days and absences belong to a planner's project and are not in it.
    """
    inhalte = {
        "stadt.toml": stadt_table(projekt.stadt) | {"kein_gremium": _list(projekt.grenzen.kein_gremium)},
        "regeln.toml": {
            **regeln_table(projekt.regeln),
            "ausgeschlossen": _list(projekt.grenzen.ausgeschlossen),
            "mitgliederliste": _list(projekt.grenzen.listen),
        },
        "programm.toml": programm_table(projekt.programm),
        "katalog.toml": katalog_table(projekt.katalog),
        "auslegungen.toml": {k: _lesart(w) for k, w in projekt.katalog.auslegungen.items()},
    }
    return {name: dump({**FORMAT, **inhalt}) for name, inhalt in inhalte.items()}


def write_city(projekt: Projekt, ordner: Path) -> Path:
    """Write the folder of a city, and return it."""
    ordner.mkdir(parents=True, exist_ok=True)
    for name, text in as_files(projekt).items():
        (ordner / name).write_text(text, "utf-8", newline="\n")
    return ordner


def _lesart(auslegung: Auslegung) -> Tabelle:
    """Return one reading; its alternatives are changes of the files it came from, and stay there."""
    ohne = ("id", "stand", "alternative", "wahl", "ab", "statt", "angabe")
    return {"fest": "Wie es hier steht.", **entry(auslegung, *ohne)}


def stadt_table(stadt: Stadt) -> Tabelle:
    """Return the content of ``stadt.toml``.

    Raises ValueError for a city that is not the same on every day.
    """
    ebenen = [ebene for ebene in stadt.ebenen if ebene.id not in ("stadt", stadt.atom)]
    head = {k: getattr(stadt, k) for k in ("id", "name", "domain", "land", "zeitzone", "atom")}
    if stadt.verlauf is not None:
        raise ValueError("a city that changes over time cannot be written back")
    namen: dict[str, list[Tabelle]] = {}
    for name, meant in stadt.namen.items():
        for one in meant:
            namen.setdefault(one.key, []).append({"name": name, **entry(one, "key")})

    def gebiete(ebene: str) -> Tabelle:
        return {g.id: {"name": g.name} | _alias(namen, g.key) for g in stadt.gebiete_von(ebene)}

    atome = gebiete(stadt.atom)
    for ebene in ebenen:
        for atom, tabelle in atome.items():
            tabelle[ebene.id] = [g.id for g in stadt.gebiete_von(ebene.id) if atom in g.atome]
    gremien = {g.id: _gremium(g) | _alias(namen, g.id) for g in stadt.gremien.values()}
    return {
        "stadt": {**head, "ebenen": [ebene.id for ebene in ebenen]},
        "ebene": {e.id: {"name": e.name, "lueckenlos": e.lueckenlos} for e in stadt.ebenen},
        **{ebene.id: gebiete(ebene.id) for ebene in ebenen},
        stadt.atom: atome,
        "rolle": {k: entry(w, "id") for k, w in stadt.rollen.items()},
        "gremienart": {k: entry(w, "id") for k, w in stadt.gremienarten.items()},
        "gremium": {k: tabelle for k, tabelle in gremien.items() if tabelle},
        "ort": {k: entry(w, "id") for k, w in stadt.orte.items()},
        "vertretung": dict(stadt.vertretungen),
    }


def _alias(namen: Mapping[str, list[Tabelle]], key: str) -> Tabelle:
    return {"alias": namen[key]} if key in namen else {}


def _gremium(gremium: Gremium) -> Tabelle:
    return entry(gremium, "art", "gebiet")


def _list(werte: Iterable[Any]) -> list[Tabelle]:
    return [entry(wert) for wert in werte]


def regeln_table(regeln: tuple[Regel, ...]) -> Tabelle:
    """Return the content of ``regeln.toml``."""
    inhalt: Tabelle = {}
    for regel in regeln:
        inhalt.setdefault(regel.art.value, []).append(entry(regel, "art"))
    return inhalt


def programm_table(programm: Programm) -> Tabelle:
    """Return the content of ``programm.toml``."""
    arten: dict[type, str] = {cls: art for art, cls in bedingungen.ARTEN.items()}
    arten |= {cls: art for art, cls in wuensche.ARTEN.items()}
    return {
        "programm": {"id": programm.id, "name": programm.name},
        "anlass": {k: entry(w, "id") for k, w in programm.anlaesse.items()},
        "sitzung": [entry(w) for w in programm.sitzungen],
        "beratung": [entry(w) for w in programm.beratungen],
        "bedingung": [{"art": arten[type(w)], **entry(w)} for w in programm.bedingungen],
        "aufgabe": _list(programm.aufgaben),
        "tagesordnung": _list(programm.tagesordnung),
        "frist": _list(programm.fristen),
        "meidetag": _list(programm.meidetage),
        "wunsch": [{"art": arten[type(w)], **entry(w)} for w in programm.wuensche],
        "profil": {k: entry(w, "id") for k, w in programm.profile.items()},
    }


def katalog_table(katalog: Katalog) -> Tabelle:
    """Return the content of ``katalog.toml``."""
    return {
        "quelle": {k: entry(w, "id") for k, w in katalog.quellen.items()},
        "stelle": {k: entry(w, "id") for k, w in katalog.stellen.items()},
    }


def entry(wert: Any, *ohne: str) -> Tabelle:
    """Return a value as the table it is written as: its fields are the keys, defaults are left out."""
    tabelle: Tabelle = {}
    for feld in attrs.fields(type(wert)):
        teil = getattr(wert, feld.name)
        if feld.name in ohne or teil is None or teil == feld.default or teil == {}:
            continue
        if isinstance(teil, Grundlage):
            tabelle[teil.authority.value] = teil.authority is Authority.VORGABE or teil.id
        else:
            tabelle["je" if feld.name == "ebene" else feld.name] = _raw(wert, feld.name, teil)
    return tabelle


def _raw(wert: Any, name: str, teil: Any) -> Any:
    """Return one field as the file has it."""
    if name == "wochentag":
        return WOCHENTAGE[teil]
    if name == "tage" and isinstance(wert, bedingungen.Wochentage):
        return [WOCHENTAGE[tag] for tag in teil]
    if isinstance(teil, MonatTag):
        return str(teil)
    if isinstance(teil, time):
        return f"{teil:%H:%M}"
    if isinstance(teil, Enum):
        return teil.value
    if isinstance(teil, Mapping):
        return {key: _raw(wert, "", einer) for key, einer in teil.items()}
    if isinstance(teil, tuple):
        return [_raw(wert, "", einer) for einer in teil]
    return entry(teil) if attrs.has(type(teil)) else teil


def dump(inhalt: Mapping[str, Any]) -> str:
    """Return content as TOML: plain keys first, then tables, then lists of tables."""
    plain = {k: w for k, w in inhalt.items() if not isinstance(w, dict) and not _is_list_of_tables(w)}
    lines = [f"{_key(k)} = {_value(w)}" for k, w in plain.items()]
    for key, wert in inhalt.items():
        if key not in plain:
            lines += _section(key, wert)
    return "\n".join(lines) + "\n"


def _section(key: str, wert: Any) -> Iterator[str]:
    for tabelle in wert if isinstance(wert, list) else [wert]:
        yield ""
        yield f"[[{_key(key)}]]" if isinstance(wert, list) else f"[{_key(key)}]"
        for name, teil in tabelle.items():
            yield f"{_key(name)} = {_value(teil)}"


def _is_list_of_tables(wert: Any) -> bool:
    return isinstance(wert, list) and bool(wert) and all(isinstance(teil, dict) for teil in wert)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)


def _value(wert: Any) -> str:
    match wert:
        case bool():
            return str(wert).lower()
        case str():
            return json.dumps(wert, ensure_ascii=False).replace("\x7f", "\\u007f")
        case datetime() | date():
            return wert.isoformat()
        case dict():
            return "{ " + ", ".join(f"{_key(k)} = {_value(w)}" for k, w in wert.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(_value(teil) for teil in wert) + "]"
        case _:
            return str(wert)
