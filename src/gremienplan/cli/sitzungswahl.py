"""Which Sitzung a few typed letters mean: ids, unique beginnings, names and aliases of its Gebiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from gremienplan.cli.klick import did_you_mean
from gremienplan.errors import InputError, Problem
from gremienplan.stadt import fold
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.programm import Sitzung
    from gremienplan.stadt import Stadt

T = TypeVar("T")

SHOWN = 9
"""How many ids a complaint about an ambiguous word names."""


def choose_sitzung(stadt: Stadt, sitzungen: Sequence[Sitzung], word: str) -> Sitzung:
    """Return the one Sitzung that ``word`` means (``runde-entwurf/am-berg``, ``runde-e/Am Berg``).

    Raises InputError when there is none, with the nearest ids, or more than one, with their ids.
    """
    entry, _, place = word.partition("/")
    found = nearest(sitzungen, _by_entry(entry))
    if place:
        found = nearest(found, _by_place(stadt, place))
    if len(found) == 1:
        return found[0]
    if not found:
        near = did_you_mean(word, [sitzung.id for sitzung in sitzungen])
        hint = near or Text("All of them: {command}", command="gremienplan invitations")
        raise InputError([Problem("SITZUNG", "", Text("There is no such Sitzung."), word, hint)])
    names = tuple(sitzung.id for sitzung in found[:SHOWN])
    more = ("…",) if len(found) > SHOWN else ()
    meldung = Text("This can mean {anzahl} Sitzungen.", anzahl=len(found))
    raise InputError([Problem("SITZUNG", "", meldung, word, Text("One of: {names}", names=names + more))])


def nearest(of: Iterable[T], tests: Sequence[Callable[[T], bool]]) -> list[T]:
    """Return those that pass the first test that any of them passes."""
    candidates = list(of)
    for test in tests:
        found = [one for one in candidates if test(one)]
        if found:
            return found
    return []


def _by_entry(word: str) -> list[Callable[[Sitzung], bool]]:
    typed = fold(word)
    return [
        lambda sitzung: sitzung.eintrag.id == word,
        lambda sitzung: fold(sitzung.eintrag.name) == typed,
        lambda sitzung: fold(sitzung.eintrag.id).startswith(typed),
    ]


def _by_place(stadt: Stadt, word: str) -> list[Callable[[Sitzung], bool]]:
    typed, keys = fold(word), stadt.resolve(word)
    return [
        lambda sitzung: sitzung.gebiet.id == word,
        lambda sitzung: sitzung.gebiet.key in keys or sitzung.gremium.id in keys,
        lambda sitzung: (
            fold(sitzung.gebiet.id).startswith(typed) or fold(sitzung.gebiet.name).startswith(typed)
        ),
    ]
