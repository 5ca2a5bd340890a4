"""A reading's alternative as a change of raw TOML: pure functions, applied before anything is made of the files.

Entries of a list ``[[einladung]]`` are addressed by table and id like those of a table: ``einladung.kr-bm.anlass``.
What an alternative says of an entry holds for every file that has the entry.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from gremienplan.quellen import Aenderung

Inhalt = Mapping[str, Any]

REGELN = "regeln.toml"
"""The one file whose entries may change within a year."""


_VERSION = re.compile(r'(?<![\w"@-])([\w-]+@\d{4}-\d{2}-\d{2})(?!["\w-])')


def means(kennung: str, eintrag: Inhalt) -> bool:
    """Tell whether an id, or an id with a day (``kr-bm@2027-07-01``), means an entry of a list."""
    name, _, tag = kennung.partition("@")
    if eintrag.get("id") != name:
        return False
    ab, bis = _day(eintrag, "gueltig_ab"), _day(eintrag, "gueltig_bis")
    return not tag or (ab.isoformat() if ab else "") <= tag <= (bis.isoformat() if bis else "9")


def copied(roh: Any) -> Any:
    """Return raw TOML with tables and lists of its own; what they hold in the end cannot be changed."""
    if isinstance(roh, dict):
        return {key: copied(wert) for key, wert in roh.items()}
    return [copied(wert) for wert in roh] if isinstance(roh, list) else roh


@lru_cache(maxsize=1024)
def segments(pfad: str) -> tuple[str, ...]:
    """Return the parts of a dotted path, as TOML reads them.

    >>> segments('gremium."runde/nord".titel')
    ('gremium', 'runde/nord', 'titel')

    An id with a day behind it is one version of the entry, the one that holds on this day.

    >>> segments("einladung.kr-bm@2027-07-01.anlass")
    ('einladung', 'kr-bm@2027-07-01', 'anlass')

    Raises ValueError for what TOML does not read as a path of two parts or more.
    """
    found: list[str] = []
    inner: object = tomllib.loads(_VERSION.sub(r'"\1"', pfad) + " = 0")
    while isinstance(inner, dict):
        ((teil, inner),) = inner.items()
        found.append(teil)
    if len(found) < 2 or inner != 0:
        raise ValueError(pfad)
    return tuple(found)


def overlay(inhalt: Inhalt, aenderungen: Sequence[Aenderung]) -> dict[str, Any]:
    """Return the content of a file with these changes made; what a change does not find, it leaves alone.

    Entries are added first, then keys are set and taken away, then entries are left out, so that the order of
    the changes does not matter.
    """
    return overlay_from(inhalt, [(None, aenderung) for aenderung in aenderungen])


def overlay_from(inhalt: Inhalt, aenderungen: Sequence[tuple[date | None, Aenderung]]) -> dict[str, Any]:
    """Return the content of a file with changes made, each from a day on, or always (None).

    On each day every entry of a list is what :func:`overlay` makes of it with the changes that hold on that day.
    Where this is not the same on all days, the entry has versions. Tables have none: a change made always changes
    them.
    """
    tage = sorted({ab for ab, _ in aenderungen if ab is not None})
    spannen = [
        (beginn, tuple(a for ab, a in aenderungen if ab is None or (beginn is not None and ab <= beginn)))
        for beginn in (None, *tage)
    ]
    found: dict[str, Any] = {}
    for key, wert in inhalt.items():
        if _is_list(wert):
            found[key] = [
                version
                for eintrag in wert
                for version in _versions([(ab, _change(key, eintrag, alle)) for ab, alle in spannen])
            ]
        else:
            found[key] = copied(wert)
    for beginn, aenderung in aenderungen:
        for liste, eintraege in aenderung.dazu.items():
            for roh in eintraege if isinstance(eintraege, list) and receives(inhalt, liste) else ():
                neu = [
                    (ab, None if _before(ab, beginn) else _change(liste, roh, alle)) for ab, alle in spannen
                ]
                found[liste] += _versions(neu)
    for aenderung in spannen[0][1]:
        _change_tables(found, aenderung)
    return found


def _before(ab: date | None, beginn: date | None) -> bool:
    """Tell whether a span of days that begins on ``ab`` lies before a change."""
    return beginn is not None and (ab is None or ab < beginn)


def receives(inhalt: Inhalt, liste: str) -> bool:
    """Tell whether entries added to a list go into this file: it has the list, and extends no other programme."""
    programm = inhalt.get("programm")
    extends = isinstance(programm, dict) and "erweitert" in programm
    return _is_list(inhalt.get(liste)) and not extends


def _is_list(wert: object) -> bool:
    return isinstance(wert, list) and all(isinstance(eintrag, dict) for eintrag in wert)


def _change(liste: str, eintrag: dict[str, Any], aenderungen: Sequence[Aenderung]) -> dict[str, Any] | None:
    """Return an entry of a list as the changes leave it; None when they leave it out."""
    if any(means(kennung, eintrag) for aenderung in aenderungen for kennung in aenderung.ohne):
        return None
    neu: dict[str, Any] = copied(eintrag)
    for aenderung in aenderungen:
        for pfad, wert in aenderung.setzt.items():
            teile = segments(pfad)
            if teile[0] == liste and means(teile[1], eintrag):
                _set(neu, teile[2:], wert)
        for pfad in aenderung.entfernt:
            teile = segments(pfad)
            if teile[0] == liste and means(teile[1], eintrag):
                _remove(neu, teile[2:])
    return neu


def _change_tables(inhalt: dict[str, Any], aenderung: Aenderung) -> None:
    """Make the changes of tables, and forget what is left out where a programme names it besides."""
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
    profile = inhalt.get("profil")
    for profil in profile.values() if isinstance(profile, dict) else ():
        if isinstance(profil, dict) and isinstance(profil.get("stufen"), list):
            profil["stufen"] = list(_without(profil["stufen"], aenderung.ohne))


def _without(stufen: Sequence[Any], ohne: Sequence[str]) -> Iterator[Any]:
    """Yield the stages of a profile without the wishes left out; a stage of which nothing stays is none."""
    for stufe in stufen:
        if isinstance(stufe, list):
            left = [kennung for kennung in stufe if kennung not in ohne]
            if left or not stufe:
                yield left
        elif stufe not in ohne:
            yield stufe


def _set(tabelle: dict[str, Any], teile: Sequence[str], wert: object) -> None:
    holder = _holder(tabelle, teile)
    if holder is not None:
        holder[teile[-1]] = copied(wert)


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


def _versions(spannen: Sequence[tuple[date | None, dict[str, Any] | None]]) -> Iterator[dict[str, Any]]:
    """Yield the versions of an entry: what stands there in each span of days, equal neighbours joined.

    A span is its first day, and the entry as it is until the next begins; None where it is left out.
    """
    stuecke = [
        (ab, eintrag) for i, (ab, eintrag) in enumerate(spannen) if i == 0 or eintrag != spannen[i - 1][1]
    ]
    enden = [ab - timedelta(days=1) for ab, _ in stuecke if ab is not None]
    for (ab, eintrag), bis in zip(stuecke, [*enden, None], strict=True):
        if eintrag is not None:
            yield from _within(eintrag, ab, bis)


def _within(eintrag: dict[str, Any], ab: date | None, bis: date | None) -> Iterator[dict[str, Any]]:
    """Yield an entry as it is from ``ab`` to ``bis``; nothing when it holds on none of these days."""
    starts, ends = _day(eintrag, "gueltig_ab"), _day(eintrag, "gueltig_bis")
    if (ab and ends and ends < ab) or (bis and starts and starts > bis):
        return
    found = dict(eintrag)
    if bis is not None and (ends is None or ends > bis):
        found["gueltig_bis"] = bis
    if ab is not None and (starts is None or starts < ab):
        found["gueltig_ab"] = ab
    yield found


def _day(eintrag: Inhalt, key: str) -> date | None:
    wert = eintrag.get(key)
    return wert if isinstance(wert, date) and not isinstance(wert, datetime) else None


# --- does a change hit anything? -----------------------------------------------------------------------------


def hits_entry(inhalt: Inhalt, kennung: str) -> bool:
    """Tell whether any list of a file has an entry of this id."""
    return any(means(kennung, eintrag) for wert in inhalt.values() if _is_list(wert) for eintrag in wert)


def hits_path(inhalt: Inhalt, pfad: str, *, whole: bool) -> bool:
    """Tell whether a path leads somewhere in a file; ``whole``: to its last part, else to the part before it."""
    teile = segments(pfad)
    erstes = inhalt.get(teile[0])
    if _is_list(erstes):
        eintraege = [eintrag for eintrag in erstes if means(teile[1], eintrag)] if erstes else []
        return len(teile) > 2 and any(_leads(eintrag, teile[2:], whole) for eintrag in eintraege)
    return isinstance(erstes, dict) and _leads(dict(inhalt), teile, whole)


def versions(inhalt: Inhalt, pfad: str) -> int:
    """Return how many entries of a list a path means."""
    liste, kennung, *_ = segments(pfad)
    wert = inhalt.get(liste)
    return (
        sum(means(kennung, eintrag) for eintrag in wert) if isinstance(wert, list) and _is_list(wert) else 0
    )


def paths(inhalt: Inhalt, davor: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield every path of a file, of tables and of the entries of lists."""
    for key, wert in inhalt.items():
        hier = (*davor, key)
        if davor:
            yield ".".join(hier)
        if isinstance(wert, dict):
            yield from paths(wert, hier)
        elif not davor and isinstance(wert, list) and _is_list(wert):
            for eintrag in wert:
                if isinstance(eintrag.get("id"), str):
                    yield from paths(eintrag, (key, eintrag["id"]))


def _leads(tabelle: dict[str, Any], teile: Sequence[str], whole: bool) -> bool:
    holder = _holder(tabelle, teile)
    return holder is not None and (not whole or teile[-1] in holder)
