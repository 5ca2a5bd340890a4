"""Release ↔ JSON text: what ``veroeffentlicht.json`` holds. Pure: nothing here reads or writes a file.

One event stands on one line; faces that look the same are written once. Equal releases give equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import cattrs
from attrs import evolve

from gremienplan.errors import InputError, Problem
from gremienplan.jsonleser import Jsonleser
from gremienplan.release.werte import (
    Ausgabe,
    Fassung,
    Gesicht,
    Kalender,
    Offen,
    Release,
    Veroeffentlicht,
)
from gremienplan.texts import Text

FORMAT = 1
"""The ``format`` this version writes and reads."""
_UNMOEGLICH = Text("This cannot be a release: it holds a number or a character that none has.")
_LISTEN = ("kalender", "beendet", "ereignisse", "offen", "ausgaben")


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, omit_if_default=True)
    converter.register_structure_hook(datetime, lambda roh, _: datetime.fromisoformat(roh))
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    return converter


_CONVERTER = _converter()


def release_to_json(release: Release) -> str:
    """Return the text of ``veroeffentlicht.json``, with a newline at its end."""
    kopf = {
        "format": FORMAT,
        "stadt": release.stadt,
        "name": release.name,
        "domain": release.domain,
        "zeitzone": release.zeitzone,
        "sprache": release.sprache,
    }
    zeilen = [f'  "{key}": {_json(wert)}' for key, wert in kopf.items()]
    listen: Mapping[str, list[Any]] = {
        "kalender": [_CONVERTER.unstructure(k) for k in release.kalender],
        "beendet": [_CONVERTER.unstructure(k) for k in release.beendet],
        "ereignisse": [_event(e) for e in release.ereignisse],
        "offen": [_CONVERTER.unstructure(o) for o in release.offen],
        "ausgaben": [_CONVERTER.unstructure(a) for a in release.ausgaben],
    }
    for key, werte in listen.items():
        inhalt = ",\n".join(f"    {_json(wert)}" for wert in werte)
        zeilen.append(f'  "{key}": [\n{inhalt}\n  ]' if werte else f'  "{key}": []')
    return "{\n" + ",\n".join(zeilen) + "\n}\n"


def _json(wert: object) -> str:
    return json.dumps(wert, ensure_ascii=False)


def _event(ereignis: Veroeffentlicht) -> dict[str, Any]:
    """Return an event as its line: faces that look the same once, and who was told which."""
    gesichter = list(dict.fromkeys(f.gesicht for f in ereignis.fassungen.values()))
    roh: dict[str, Any] = _CONVERTER.unstructure(evolve(ereignis, fassungen={}))
    return roh | {
        "gesichter": [_CONVERTER.unstructure(gesicht) for gesicht in gesichter],
        "fassungen": {
            publikum: [gesichter.index(f.gesicht), f.sequenz, *_times(f)]
            for publikum, f in ereignis.fassungen.items()
        },
    }


def _times(fassung: Fassung) -> list[str | None]:
    """Return the times of a face; those at the end that it does not have are left out."""
    zeiten = [fassung.geaendert, fassung.zuletzt, fassung.bisher]
    while zeiten[-1] is None:
        zeiten.pop()
    return [zeit.isoformat() if zeit else None for zeit in zeiten]


def _read_times(geaendert: str, *weitere: str | None) -> tuple[Any, ...]:
    return (
        datetime.fromisoformat(geaendert),
        *(datetime.fromisoformat(zeit) if zeit is not None else None for zeit in weitere),
    )


def release_from_json(text: str, datei: str = "veroeffentlicht.json") -> Release:
    """Return the release a text describes. Raises InputError with every problem in it."""
    leser = Jsonleser(datei)
    roh = leser.load(text, _UNMOEGLICH)
    if not isinstance(roh, dict) or roh.pop("format", None) != FORMAT:
        hinweis = Text("This version of gremienplan reads format {format}.", format=FORMAT)
        meldung = Text("The format of what was published is missing or unknown.")
        raise InputError([Problem(datei, "format", meldung, "", hinweis)])
    kopf = {key: roh.pop(key, None) for key in ("stadt", "name", "domain", "zeitzone", "sprache")}
    for key, wert in kopf.items():
        leser.text(wert, key)
    arten = {"kalender": Kalender, "beendet": Kalender, "offen": Offen, "ausgaben": Ausgabe}
    listen: dict[str, tuple[Any, ...]] = {}
    for key in _LISTEN:
        found = []
        for nummer, teil in enumerate(_list(leser, roh.pop(key, None), key), 1):
            try:
                ereignis = key == "ereignisse"
                found.append(_read_event(teil) if ereignis else _CONVERTER.structure(teil, arten[key]))
            except (cattrs.BaseValidationError, ValueError, TypeError, KeyError, IndexError, AttributeError):
                leser.problem(f"{key}[{nummer}]", _KAPUTT, teil, _HINWEIS)
        listen[key] = tuple(found)
    for key in roh:
        leser.problem(str(key), Text("This key is unknown."))
    if not listen["ausgaben"] and not leser.problems:
        leser.problem("ausgaben", _KAPUTT, "[]", _HINWEIS)
    if leser.problems:
        raise InputError(leser.problems)
    namen: dict[str, Any] = {**kopf, **listen}
    return Release(**namen)


_KAPUTT = Text("This entry is damaged: a key is missing, unknown, or of the wrong kind.")
_HINWEIS = Text("This file is written by “publish”; restore it from a backup.")


def _list(leser: Jsonleser, roh: object, key: str) -> list[Any]:
    if isinstance(roh, list):
        return roh
    leser.problem(key, Text("This must be a list."), roh)
    return []


def _read_event(roh: dict[str, Any]) -> Veroeffentlicht:
    rest = dict(roh)
    gesichter = [_CONVERTER.structure(teil, Gesicht) for teil in rest.pop("gesichter")]
    fassungen = {
        str(publikum): Fassung(gesichter[nummer], int(sequenz), *_read_times(*zeiten))
        for publikum, (nummer, sequenz, *zeiten) in rest.pop("fassungen").items()
    }
    ereignis = _CONVERTER.structure({**rest, "fassungen": {}}, Veroeffentlicht)
    return evolve(ereignis, fassungen=fassungen)
