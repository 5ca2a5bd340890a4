"""A reading's alternative as a change of raw TOML: pure functions, applied before anything is made of the files.

Entries of a list ``[[einladung]]`` are addressed by table and id like those of a table: ``einladung.kr-bm.anlass``.
What an alternative says of an entry holds for every file that has the entry.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from gremienplan.quellen import Aenderung

Inhalt = Mapping[str, Any]

REGELN = "regeln.toml"
"""The one file whose entries may change within a year."""


@lru_cache(maxsize=1024)
def segments(pfad: str) -> tuple[str, ...]:
    """Return the parts of a dotted path, as TOML reads them.

    >>> segments('gremium."runde/nord".titel')
    ('gremium', 'runde/nord', 'titel')

    Raises ValueError for what TOML does not read as a path of two parts or more.
    """
    found: list[str] = []
    inner: object = tomllib.loads(f"{pfad} = 0")
    while isinstance(inner, dict):
        ((teil, inner),) = inner.items()
        found.append(teil)
    if len(found) < 2 or inner != 0:
        raise ValueError(pfad)
    return tuple(found)


def overlay(inhalt: Inhalt, aenderungen: Sequence[Aenderung], *, ab: date | None = None) -> dict[str, Any]:
    """Return the content of a file with these changes made; what a change does not find, it leaves alone.

    Entries are added first, then keys are set and taken away, then entries are left out, so that the order of
    the changes does not matter. With ``ab`` each changed entry has two versions: the old one until the day
    before, the new one from that day on.
    """
    found: dict[str, Any] = {}
    for key, wert in inhalt.items():
        if _is_list(wert):
            found[key] = [version for e in wert for version in _versions(e, _change(key, e, aenderungen), ab)]
        else:
            found[key] = deepcopy(wert)
    for aenderung in aenderungen:
        for liste, eintraege in aenderung.dazu.items():
            if receives(inhalt, liste):
                for roh in eintraege if isinstance(eintraege, list) else ():
                    found[liste] += _versions(None, _change(liste, deepcopy(roh), aenderungen), ab)
    for aenderung in aenderungen:
        _change_tables(found, aenderung)
    return found


def receives(inhalt: Inhalt, liste: str) -> bool:
    """Tell whether entries added to a list go into this file: it has the list, and extends no other programme."""
    programm = inhalt.get("programm")
    extends = isinstance(programm, dict) and "erweitert" in programm
    return _is_list(inhalt.get(liste)) and not extends


def _is_list(wert: object) -> bool:
    return isinstance(wert, list) and all(isinstance(eintrag, dict) for eintrag in wert)


def _change(liste: str, eintrag: dict[str, Any], aenderungen: Sequence[Aenderung]) -> dict[str, Any] | None:
    """Return an entry of a list as the changes leave it; None when they leave it out."""
    kennung = eintrag.get("id")
    if any(kennung in aenderung.ohne for aenderung in aenderungen):
        return None
    neu = deepcopy(eintrag)
    for aenderung in aenderungen:
        for pfad, wert in aenderung.setzt.items():
            teile = segments(pfad)
            if teile[:2] == (liste, kennung):
                _set(neu, teile[2:], wert)
        for pfad in aenderung.entfernt:
            teile = segments(pfad)
            if teile[:2] == (liste, kennung):
                _remove(neu, teile[2:])
    return neu


def _change_tables(inhalt: dict[str, Any], aenderung: Aenderung) -> None:
    """Make the changes of tables, and forget what is left out where a programme leaves it out itself."""
    for pfad, wert in aenderung.setzt.items():
        teile = segments(pfad)
        if isinstance(inhalt.get(teile[0]), dict):
            _set(inhalt, teile, wert)
    for pfad in aenderung.entfernt:
        teile = segments(pfad)
        if isinstance(inhalt.get(teile[0]), dict):
            _remove(inhalt, teile)
    programm = inhalt.get("programm")
    if isinstance(programm, dict) and isinstance(programm.get("ohne"), list):
        programm["ohne"] = [kennung for kennung in programm["ohne"] if kennung not in aenderung.ohne]


def _set(tabelle: dict[str, Any], teile: Sequence[str], wert: object) -> None:
    holder = _holder(tabelle, teile)
    if holder is not None:
        holder[teile[-1]] = deepcopy(wert)


def _remove(tabelle: dict[str, Any], teile: Sequence[str]) -> None:
    holder = _holder(tabelle, teile)
    if holder is not None:
        holder.pop(teile[-1], None)


def _holder(tabelle: dict[str, Any], teile: Sequence[str]) -> dict[str, Any] | None:
    """Return the table that holds the last part of a path; None when there is none."""
    inner: Any = tabelle
    for teil in teile[:-1]:
        inner = inner.get(teil) if isinstance(inner, dict) else None
    return inner if teile and isinstance(inner, dict) else None


def _versions(
    alt: dict[str, Any] | None, neu: dict[str, Any] | None, ab: date | None
) -> Iterator[dict[str, Any]]:
    """Yield what stands in the place of an entry: the new one, or with ``ab`` the old one first."""
    if ab is None or alt == neu:
        if neu is not None:
            yield neu
        return
    if alt is not None and not _begins(alt, ab):
        ends = _day(alt, "gueltig_bis")
        if ends is not None and ends < ab:
            yield alt
            return
        yield {**alt, "gueltig_bis": ab - timedelta(days=1)}
    if neu is not None:
        yield neu if _begins(neu, ab) else {**neu, "gueltig_ab": ab}


def _begins(eintrag: Inhalt, ab: date) -> bool:
    """Tell whether an entry is in force on ``ab`` or later only."""
    starts = _day(eintrag, "gueltig_ab")
    return starts is not None and starts >= ab


def _day(eintrag: Inhalt, key: str) -> date | None:
    wert = eintrag.get(key)
    return wert if isinstance(wert, date) else None


# --- does a change hit anything? -----------------------------------------------------------------------------


def hits_entry(inhalt: Inhalt, kennung: str) -> bool:
    """Tell whether any list of a file has an entry of this id."""
    return any(eintrag.get("id") == kennung for wert in inhalt.values() if _is_list(wert) for eintrag in wert)


def hits_path(inhalt: Inhalt, pfad: str, *, whole: bool) -> bool:
    """Tell whether a path leads somewhere in a file; ``whole``: to its last part, else to the part before it."""
    teile = segments(pfad)
    erstes = inhalt.get(teile[0])
    if _is_list(erstes):
        eintraege = [eintrag for eintrag in erstes if eintrag.get("id") == teile[1]] if erstes else []
        return len(teile) > 2 and any(_leads(eintrag, teile[2:], whole) for eintrag in eintraege)
    return isinstance(erstes, dict) and _leads(dict(inhalt), teile, whole)


def _leads(tabelle: dict[str, Any], teile: Sequence[str], whole: bool) -> bool:
    holder = _holder(tabelle, teile)
    return holder is not None and (not whole or teile[-1] in holder)
