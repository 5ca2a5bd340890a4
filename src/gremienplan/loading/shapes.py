"""From raw TOML to values: one converter that knows our types and finds every mistake of an entry at once.

The fields of a value class are the keys of its TOML. Three things differ: a field ``grundlage`` is written
as one of the keys ``text``, ``auslegung`` and ``vorgabe``; a field ``ebene`` as ``je``; and where a list is
asked for, a single value will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from gremienplan.errors import InputError, Problem
from gremienplan.loading import angaben
from gremienplan.loading.angaben import WORTE, Falsch, closest, show
from gremienplan.programm.bedingungen import Wochentage
from gremienplan.programm.monattag import MonatTag
from gremienplan.quellen import Fundstelle, Grundlage, Quelle
from gremienplan.stadt import Name
from gremienplan.texts import Text

T = TypeVar("T")

_GRUNDLAGE = "text | auslegung | vorgabe"
"""Where the three keys wait for the converter, under a name that no TOML file has."""

_NAMEN = {"grundlage": _GRUNDLAGE, "ebene": "je"}
"""Field of a value -> key in the file, where they differ."""


def structure(
    cls: type[T],
    roh: object,
    datei: str,
    pfad: str,
    *,
    fest: Mapping[str, object],
    auch: Collection[str] = (),
) -> T:
    """Return ``roh`` as a value of ``cls``, with the fields ``fest`` given by the place it stands at.

    Raises InputError with every mistake in it.
    """
    problems: list[Problem] = []
    if isinstance(roh, dict):
        unknown = Text("This key is unknown.")
        problems += [Problem(datei, join(pfad, key), unknown) for key in roh if key in fest]
        roh = {**roh, **fest}
    try:
        wert = _converter().structure(roh, cls)
    except Exception as error:
        problems += _walk(error, datei, pfad, frozenset(fest), frozenset(auch))
    else:
        if not problems:
            return wert
    raise InputError(problems)


def join(pfad: str, key: str) -> str:
    """Return the place of ``key`` below ``pfad``, quoted where TOML quotes it.

    >>> join("gremium", "stadtteilkonferenz/sued")
    'gremium."stadtteilkonferenz/sued"'
    """
    teil = key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{key}"'
    return f"{pfad}.{teil}" if pfad else teil


def _walk(
    error: BaseException,
    datei: str,
    pfad: str,
    fest: frozenset[str] = frozenset(),
    auch: frozenset[str] = frozenset(),
) -> Iterator[Problem]:
    """Say every mistake in the tree of exceptions that cattrs raises.

    A key that is missing because it is misspelt is one mistake, not two.
    """
    match error:
        case ClassValidationError():
            extra = [teil for teil in error.exceptions if isinstance(teil, ForbiddenExtraKeysError)]
            fremd = sorted(key for teil in extra for key in teil.extra_fields)
            known = _keys(error.cl) - fest | auch
            gemeint = {nearest for key in fremd for nearest in get_close_matches(key, known, n=1)}
            for teil in error.exceptions:
                if teil not in extra and not (isinstance(teil, KeyError) and teil.args[0] in gemeint):
                    yield from _walk(teil, datei, _place(teil, pfad, fest))
            for key in fremd:
                yield Problem(datei, join(pfad, key), Text("This key is unknown."), "", closest(key, known))
        case IterableValidationError():
            for teil in error.exceptions:
                yield from _walk(teil, datei, _place(teil, pfad))
        case KeyError():
            yield Problem(datei, pfad, Text("This key is missing."))
        case Falsch():
            yield Problem(datei, pfad, error.meldung, show(error.wert), error.hinweis)
        case _:
            raise error


def _place(error: BaseException, pfad: str, fest: frozenset[str] = frozenset()) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            gleich = note.name == "grundlage" or note.name in fest
            return pfad if gleich else join(pfad, _NAMEN.get(note.name, note.name))
        if isinstance(note, IterableValidationNote):
            return join(pfad, note.index) if isinstance(note.index, str) else f"{pfad}[{note.index + 1}]"
    return pfad


def _keys(cls: type) -> frozenset[str]:
    """Return the keys a person may write for a value of ``cls``."""
    keys = {_NAMEN.get(feld.name, feld.name) for feld in attrs.fields(cls)}
    return frozenset(keys - {_GRUNDLAGE} | (set(WORTE) if _GRUNDLAGE in keys else set()))


_TYPEN: Mapping[type, Callable[[Any, Any], Any]] = {
    str: angaben.text,
    int: angaben.zahl,
    bool: angaben.ja_nein,
    date: angaben.tag,
    datetime: angaben.zeitpunkt,
    time: angaben.uhrzeit,
    MonatTag: angaben.monat_tag,
    Grundlage: angaben.grundlage,
}

_FELDER: Mapping[str, Callable[[Any, Any], Any]] = {
    "id": angaben.kennung,
    "stufe": angaben.stufe,
    "dauer": angaben.dauer,
    "ostern": angaben.versatz,
    "wochentag": angaben.wochentag,
}
"""Fields whose name says more than their type."""

FREI: Mapping[str, bool] = {"frei": True}
"""Metadata of a field ``id`` that a person may write in any letters: it travels nowhere."""

_FREIE_IDS = (Quelle, Fundstelle)
"""What has ids as the source writes them."""


_KURZ: Mapping[type, str] = {Name: "name"}
"""What may be written as one text: the field it is, while the others have their defaults."""


def _is_tuple(typ: Any) -> bool:
    return get_origin(typ) is tuple and get_args(typ)[1:] == (...,)


def _is_table(typ: Any) -> bool:
    return get_origin(typ) is Mapping


def _is_enum(typ: Any) -> bool:
    return isinstance(typ, type) and issubclass(typ, Enum)


def _tuple_hook(typ: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    inner = get_args(typ)[0]

    def hook(roh: Any, _: Any) -> Any:
        if isinstance(roh, list):
            return tuple(converter.structure(roh, list[inner]))  # type: ignore[valid-type]
        return (converter.structure(roh, inner),)

    return hook


def _table_hook(typ: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """Return the hook of a table with keys of the author's own: its values are of one class, or anything."""
    inner = get_args(typ)[1]

    def hook(roh: Any, _: Any) -> Any:
        if not isinstance(roh, dict):
            raise Falsch(Text("This must be a table with keys of its own."), roh)
        return dict(roh) if inner is object else converter.structure(roh, dict[str, inner])  # type: ignore[valid-type]

    return hook


def _enum_hook(typ: type[Enum]) -> Callable[[Any, Any], Any]:
    known = tuple(str(wert.value) for wert in typ)

    def hook(roh: Any, _: Any) -> Any:
        if roh not in known:
            meldung = Text("This is none of the words that may stand here.")
            raise Falsch(meldung, roh, closest(show(roh), known))
        return typ(roh)

    return hook


def _class_hook(typ: Any, converter: Converter) -> Callable[[Any, Any], Any]:
    """Return the hook of one value class: the keys of a table are its fields, and there are no others."""
    attrs.resolve_types(typ)
    overrides = {}
    for feld in attrs.fields(typ):
        hook = _FELDER.get(feld.name)
        if feld.name == "id" and (typ in _FREIE_IDS or FREI.items() <= feld.metadata.items()):
            hook = None
        if feld.name == "tage" and typ is Wochentage:
            hook = angaben.wochentage
        overrides[feld.name] = override(rename=_NAMEN.get(feld.name), struct_hook=hook)
    structured = make_dict_structure_fn(typ, converter, **overrides)  # type: ignore[arg-type]
    grundlage = getattr(attrs.fields(typ), "grundlage", None)

    def table(roh: Any, _: Any) -> Any:
        if typ in _KURZ and not isinstance(roh, dict):
            roh = {_KURZ[typ]: angaben.text(roh)}
        if not isinstance(roh, dict):
            raise Falsch(Text("This must be a table with keys of its own."), roh)
        if grundlage is not None:
            worte = {key: wert for key, wert in roh.items() if key in WORTE}
            roh = {key: wert for key, wert in roh.items() if key not in WORTE}
            if worte or grundlage.default is attrs.NOTHING:
                roh[_GRUNDLAGE] = worte
        return structured(roh, typ)

    return table


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    converter.register_structure_hook_factory(attrs.has, _class_hook)
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook)
    converter.register_structure_hook_factory(_is_table, _table_hook)
    converter.register_structure_hook_factory(_is_enum, _enum_hook)
    for typ, hook in _TYPEN.items():
        converter.register_structure_hook(typ, hook)
    return converter
