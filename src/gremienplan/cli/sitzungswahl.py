"""Which Sitzung a few typed letters mean: ids, unique beginnings, names and aliases of its Gebiet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

from gremienplan.cli.klick import did_you_mean
from gremienplan.errors import InputError, Problem
from gremienplan.stadt import Klasse, fold
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.programm import Beratung, Sitzung
    from gremienplan.stadt import Gremium, Stadt

T = TypeVar("T")
Event = TypeVar("Event", "Sitzung", "Beratung")

SHOWN = 9
"""How many ids a complaint about an ambiguous word names."""
WORD = 4
"""So many letters has a word at least that is looked for in titles."""


def choose_sitzung(
    stadt: Stadt, sitzungen: Sequence[Sitzung], word: str, beratungen: Sequence[Beratung] = ()
) -> Sitzung:
    """Return the one Sitzung that ``word`` means (``runde-entwurf/am-berg``, ``runde-e/Am Berg``).

    Raises InputError when there is none, with the nearest ids, or more than one, with their ids. ``beratungen`` are
    items that could have been meant just as well: the nearest of them are named, too.
    """
    entry, _, place = word.partition("/")
    found = _by_title(sitzungen, word)
    if not found:
        found = nearest(sitzungen, by_entry(entry))
        if place:
            found = _at(found, lambda sitzung: sitzung.gremium, by_place(stadt, place))
    found = found or _by_name(stadt, sitzungen, word)
    if not found:
        raise InputError([_unknown(sitzungen, beratungen, word)])
    return _only(found, word, Text("This can mean {anzahl} Sitzungen.", anzahl=len(found)))


def choose_beratung(stadt: Stadt, beratungen: Sequence[Beratung], word: str) -> Beratung:
    """Return the one Beratung that ``word`` means (``bv-entwurf/am-berg/ost``, ``bv-e/Am Berg``).

    Its first place is that of the Sitzung it belongs to, the second that of the body that hears it. Raises
    InputError like :func:`choose_sitzung`.
    """
    entry, *places = word.split("/", 2)
    titled = _by_title(beratungen, word)
    found = titled or nearest(beratungen, by_entry(entry))
    if places and not titled:
        found = _at(found, lambda beratung: beratung.zu.gremium, by_place(stadt, places[0]))
    if places[1:] and not titled:
        found = _at(found, lambda beratung: beratung.gremium, by_place(stadt, places[1]))
    if not found:
        near = _near(beratungen, word)
        raise InputError([Problem("SITZUNG", "", Text("There is no such Beratung."), word, near)])
    return _only(found, word, Text("This can mean {anzahl} Beratungen.", anzahl=len(found)))


def choose_gremium(stadt: Stadt, word: str) -> str:
    """Return the id of the one Gremium that ``word`` means: an id, its name, a Gremienart that has one, beginnings.

    Political bodies are none of ours, and not looked at. Raises InputError.
    """
    own = [g for g in stadt.alle_gremien.values() if g.art.klasse is Klasse.EIGEN]
    head, _, place = word.partition("/")
    found = [
        g for g in own if g.id in {word, *stadt.resolve(word)} or fold(stadt.gremium_name(g)) == fold(word)
    ]
    if not found:
        arts: list[Callable[[Gremium], bool]] = [
            lambda g: g.art.id == head or fold(g.art.name) == fold(head),
            lambda g: fold(g.art.id).startswith(fold(head)),
        ]
        found = nearest(own, arts)
        if place:
            found = nearest(found, by_place(stadt, place))
    if not found:
        near = did_you_mean(word, [*(g.id for g in own), *(stadt.gremium_name(g) for g in own)])
        raise InputError([Problem("GREMIUM", "", Text("There is no such Gremium."), word, near)])
    if len(found) > 1:
        names = tuple(g.id for g in found[:SHOWN])
        hint = Text("One of: {names}", names=names + (("…",) if len(found) > SHOWN else ()))
        many = Text("This name can mean {anzahl} Gremien.", anzahl=len(found))
        raise InputError([Problem("GREMIUM", "", many, word, hint)])
    return found[0].id


def choose_ort(stadt: Stadt, word: str | None) -> str:
    """Return the id of the Ort a word means: an id, or a name; empty without a word. Raises InputError."""
    orte = stadt.alle_orte
    if not word or word in orte:
        return word or ""
    named = [id for id, ort in orte.items() if fold(ort.name) == fold(word)]
    if len(named) != 1:
        names = sorted(ort.name for ort in orte.values())
        near = did_you_mean(word, [*orte, *names]) or Text(
            "Known are: {names}", names=tuple(names[:SHOWN]) + (("…",) if len(names) > SHOWN else ())
        )
        raise InputError([Problem("ORT", "", Text("There is no such Ort."), word, near)])
    return named[0]


def _unknown(sitzungen: Sequence[Sitzung], beratungen: Sequence[Beratung], word: str) -> Problem:
    """Say that a word means nothing, with the nearest ids, or what lists all there is."""
    listed, sheet = "gremienplan invitations", "gremienplan sheet"
    if not beratungen:
        hint = _near(sitzungen, word) or Text("All of them: {command}", command=listed)
        return Problem("SITZUNG", "", Text("There is no such Sitzung."), word, hint)
    hint = _near((*sitzungen, *beratungen), word) or Text(
        "All Sitzungen: {command}; with the Beratungen, as a file: {sheet}", command=listed, sheet=sheet
    )
    return Problem("SITZUNG", "", Text("There is no such Sitzung or Beratung."), word, hint)


def _near(events: Sequence[Sitzung | Beratung], word: str) -> Text | None:
    """Return a hint at those whose titles hold each longer word that was typed, else at the nearest ids and titles."""
    typed = [part for part in re.split(r"[\W_]+", fold(word)) if len(part) >= WORD]
    titled = [event.id for event in events if typed and all(part in fold(event.name) for part in typed)]
    if 0 < len(titled) <= SHOWN:
        return Text("Did you mean: {names}?", names=tuple(titled))
    by_id = did_you_mean(word, [event.id for event in events])
    return by_id or did_you_mean(word, [event.name for event in events], cutoff=0.7)


def means_beratung(sitzungen: Sequence[Sitzung], beratungen: Sequence[Beratung], word: str) -> bool:
    """Tell whether a word means an item rather than a Sitzung, by what stands before its first slash."""
    if _by_title(beratungen, word):
        return True
    entry = word.partition("/")[0]
    return not nearest(sitzungen, by_entry(entry)) and bool(nearest(beratungen, by_entry(entry)))


def _by_title(events: Sequence[Event], word: str) -> list[Event]:
    """Return those whose whole title, as answers print it, is the word."""
    return [event for event in events if fold(event.name) == fold(word)]


def _only(found: Sequence[Event], word: str, many: Text) -> Event:
    if len(found) == 1:
        return found[0]
    names = tuple(event.id for event in found[:SHOWN])
    more = ("…",) if len(found) > SHOWN else ()
    raise InputError([Problem("SITZUNG", "", many, word, Text("One of: {names}", names=names + more))])


def _at(
    found: Sequence[Event],
    gremium: Callable[[Event], Gremium],
    tests: Sequence[Callable[[Gremium], bool]],
) -> list[Event]:
    """Return the events whose Gremium passes the first test that any passes."""
    passing = nearest([gremium(event) for event in found], tests)
    return [event for event in found if gremium(event) in passing]


def _by_name(stadt: Stadt, sitzungen: Sequence[Sitzung], word: str) -> list[Sitzung]:
    """Return the Sitzungen of the Gremium that people call, or called, so.

    Raises InputError when several Gremien have or had the name.
    """
    keys = [key for key in stadt.resolve(word) if key in stadt.alle_gremien]
    if len(keys) > 1:
        names = tuple(f"{stadt.gremium_name(stadt.alle_gremien[key])} ({key})" for key in keys)
        meldung = Text("This name can mean {anzahl} Gremien.", anzahl=len(keys))
        raise InputError([Problem("SITZUNG", "", meldung, word, Text("One of: {names}", names=names))])
    return [sitzung for sitzung in sitzungen if sitzung.gremium.id in keys]


def nearest(of: Iterable[T], tests: Sequence[Callable[[T], bool]]) -> list[T]:
    """Return those that pass the first test that any of them passes."""
    candidates = list(of)
    for test in tests:
        found = [one for one in candidates if test(one)]
        if found:
            return found
    return []


def by_entry(word: str) -> list[Callable[[Event], bool]]:
    """Return the ways to mean an entry of the programme: its id, its name, a beginning of its id."""
    typed = fold(word)
    return [
        lambda event: event.eintrag.id == word,
        lambda event: fold(event.eintrag.name) == typed,
        lambda event: fold(event.eintrag.id).startswith(typed),
    ]


def by_place(stadt: Stadt, word: str) -> list[Callable[[Gremium], bool]]:
    """Return the ways to mean a Gremium by its place: an id, a name of either, a beginning."""
    typed, keys = fold(word), stadt.resolve(word)
    return [
        lambda gremium: gremium.gebiet.id == word,
        lambda gremium: gremium.gebiet.key in keys or gremium.id in keys,
        lambda gremium: (
            fold(gremium.gebiet.id).startswith(typed) or fold(gremium.gebiet.name).startswith(typed)
        ),
    ]
