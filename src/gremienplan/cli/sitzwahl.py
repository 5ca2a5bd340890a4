"""Which Sitz a few typed letters mean: an id, unique beginnings, the names of its Rolle and of its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from gremienplan.cli.klick import did_you_mean
from gremienplan.cli.sitzungswahl import SHOWN, nearest
from gremienplan.errors import InputError, Problem
from gremienplan.stadt import Gebiet, Rolle, Sitz, Stadt, fold
from gremienplan.texts import Text

NAME = "--sitz"


def choose_sitz(stadt: Stadt, word: str, where: Gebiet, name: str = NAME) -> Sitz:
    """Return the one Sitz that ``word`` means (``leitung/am-berg``, ``leit/Berg``, ``Leitung Am Berg``).

    Without a place it is the only Sitz of its Rolle, or the only one that touches ``where``. Raises InputError
    under ``name`` when there is none, with the nearest ids, or more than one, with their ids.
    """
    sitze = tuple(stadt.alle_sitze.values())
    found = nearest(sitze, _whole(stadt, word))
    for rolle, place in _splits(word):
        found = found or _by_parts(stadt, sitze, rolle, place)
    if len(found) > 1:
        found = [sitz for sitz in found if sitz.gebiet.touches(where)] or found
    if len(found) == 1:
        return found[0]
    if found:
        names = tuple(sitz.id for sitz in found[:SHOWN])
        more = ("…",) if len(found) > SHOWN else ()
        meldung = Text("This can mean {anzahl} Sitze.", anzahl=len(found))
        raise InputError([Problem(name, "", meldung, word, Text("One of: {names}", names=names + more))])
    hint = _only_there(stadt, word) or did_you_mean(word, stadt.alle_sitze) or _by_name(stadt, word)
    raise InputError([Problem(name, "", Text("There is no such Sitz."), word, hint)])


def _splits(word: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to read a word as Rolle and place: at its slash, or at one of its blanks, last first."""
    if "/" in word:
        rolle, _, place = word.partition("/")
        yield rolle, place
        return
    parts = word.split()
    for n in range(len(parts), 0, -1):
        yield " ".join(parts[:n]), " ".join(parts[n:])


def _whole(stadt: Stadt, word: str) -> list[Callable[[Sitz], bool]]:
    return [lambda sitz: sitz.id == word, lambda sitz: fold(stadt.sitz_name(sitz)) == fold(word)]


def _by_parts(stadt: Stadt, sitze: Sequence[Sitz], rolle: str, place: str) -> list[Sitz]:
    rollen = nearest(_rollen(stadt), _rolle(rolle))
    found = [sitz for sitz in sitze if sitz.rolle.id in {rolle.id for rolle in rollen}]
    return nearest(found, _place(stadt, place)) if place else found


def _rollen(stadt: Stadt) -> list[Rolle]:
    """Return the Rollen of any time, each as it is now where there is it now."""
    return list({id: rolle for f in (*stadt.fassungen, stadt) for id, rolle in f.rollen.items()}.values())


def _rolle(word: str) -> list[Callable[[Rolle], bool]]:
    typed = fold(word)
    return [
        lambda rolle: rolle.id == word,
        lambda rolle: fold(rolle.name) == typed,
        lambda rolle: fold(rolle.id).startswith(typed) or fold(rolle.name).startswith(typed),
        lambda rolle: _says(word, rolle.name) or _says(word, rolle.id),
    ]


def _place(stadt: Stadt, word: str) -> list[Callable[[Sitz], bool]]:
    typed, keys = fold(word), stadt.resolve(word)
    return [
        lambda sitz: sitz.gebiet.id == word,
        lambda sitz: sitz.gebiet.key in keys,
        lambda sitz: fold(sitz.gebiet.id).startswith(typed) or fold(sitz.gebiet.name).startswith(typed),
        lambda sitz: _says(word, sitz.gebiet.id) or _says(word, sitz.gebiet.name),
    ]


_FUELLWORTE = {"der", "die", "das", "des", "dem", "den", "von", "vom", "für", "im", "in"}
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", ":": None, "*": None, "/": " ", "_": " "})
_STAMM, _ENDUNG = 5, 2
"""Letters that two forms of one word share at least, and letters that may follow in either."""


def _says(word: str, name: str) -> bool:
    """Tell whether every word typed is a word of a name, in any order: its beginning, or another form of it."""
    typed, known = _words(word), _words(name)
    return bool(typed) and all(any(_same_word(one, other) for other in known) for one in typed)


def _words(text: str) -> list[str]:
    folded = [wort for wort in fold(text).split() if wort not in _FUELLWORTE]
    return " ".join(folded).translate(_UMLAUTE).split()


def _same_word(typed: str, known: str) -> bool:
    stamm = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(typed, known, strict=False)))
    rest = max(len(typed), len(known)) - stamm
    return known.startswith(typed) or (stamm >= _STAMM and rest <= _ENDUNG)


def _only_there(stadt: Stadt, word: str) -> Text | None:
    """Return where there is a Rolle, when the word names one that there is at other Gebiete only."""
    for name, place in _splits(word):
        rollen = nearest(_rollen(stadt), _rolle(name))
        if stadt.resolve(place) and len(rollen) == 1:
            (rolle,) = rollen
            orte = tuple(sitz.gebiet.name for sitz in stadt.alle_sitze.values() if sitz.rolle.id == rolle.id)
            return Text("“{rolle}” there is only for: {orte}", rolle=rolle.name, orte=orte)
    return None


def _by_name(stadt: Stadt, word: str) -> Text | None:
    """Return a hint at the Sitze whose names are nearest."""
    names = {fold(stadt.sitz_name(sitz)): sitz.id for sitz in stadt.alle_sitze.values()}
    return did_you_mean(fold(word), names)
