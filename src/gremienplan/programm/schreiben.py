"""An entry of a programme as the text of a file: read again, it is the same entry."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any

import attrs

from gremienplan.programm import bedingungen, wuensche
from gremienplan.programm.monattag import MonatTag
from gremienplan.quellen import Authority, Grundlage

_WOCHENTAGE = ("mo", "di", "mi", "do", "fr", "sa", "so")
_ARTEN = {cls: art for arten in (bedingungen.ARTEN, wuensche.ARTEN) for art, cls in arten.items()}
_NAMEN = {"ebene": "je"}


def entry_to_toml(liste: str, eintrag: Any) -> str:
    """Return ``[[bedingung]]`` and every key of an entry that says more than silence would.

    >>> from gremienplan.programm.bedingungen import Mindestabstand
    >>> print(entry_to_toml("bedingung", Mindestabstand("x", ("rat",), 7, Grundlage(Authority.VORGABE))), end="")
    [[bedingung]]
    id = "x"
    art = "mindestabstand"
    gremium = ["rat"]
    tage = 7
    vorgabe = true
    """
    return "\n".join((f"[[{liste}]]", *(f"{key} = {wert}" for key, wert in _pairs(eintrag)), ""))


def _pairs(wert: Any) -> Iterator[tuple[str, str]]:
    """Yield the keys of a value and what stands behind them; what is as without the key is left out."""
    for feld in attrs.fields(type(wert)):
        teil = getattr(wert, feld.name)
        if feld.default is not attrs.NOTHING and teil == _default(feld.default):
            continue
        if isinstance(teil, Grundlage):
            word = teil.authority.value
            yield word, "true" if teil.authority is Authority.VORGABE else _text(teil.id)
        elif feld.name == "wochentag" or (feld.name == "tage" and isinstance(wert, bedingungen.Wochentage)):
            days = teil if isinstance(teil, tuple) else (teil,)
            names = [_text(_WOCHENTAGE[tag]) for tag in days]
            yield feld.name, f"[{', '.join(names)}]" if isinstance(teil, tuple) else names[0]
        else:
            yield _NAMEN.get(feld.name, feld.name), _value(teil)
        if feld.name == "id" and type(wert) in _ARTEN:
            yield "art", _text(_ARTEN[type(wert)])


def _default(default: Any) -> Any:
    return getattr(default, "factory", lambda: default)()


def _value(wert: Any) -> str:
    match wert:
        case bool():
            return str(wert).lower()
        case str():
            return _text(wert)
        case MonatTag():
            return _text(str(wert))
        case Enum():
            return _value(wert.value)
        case datetime() | date():
            return wert.isoformat()
        case time():
            return _text(f"{wert:%H:%M}")
        case tuple():
            return f"[{', '.join(map(_value, wert))}]"
        case Mapping():
            return _table((_text(key), _value(teil)) for key, teil in wert.items())
        case _:
            return _table(_pairs(wert)) if attrs.has(type(wert)) else str(wert)


def _table(pairs: Iterator[tuple[str, str]]) -> str:
    return f"{{ {', '.join(f'{key} = {wert}' for key, wert in pairs)} }}"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
