"""Who or what cannot be in two places: bodies that share seats, and rooms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from functools import cache

from attrs import field, frozen

from gremienplan.jahr.pflichten import segments
from gremienplan.projekt import Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.rules import invitations
from gremienplan.stadt import Gremium, RollenArt, fold
from gremienplan.texts import Text
from gremienplan.watch.lint.grund import Pruefgrund
from gremienplan.watch.lint.werte import Befund, Befundart, Schwere
from gremienplan.watch.zuordnen import body

SICHER = timedelta(minutes=60)
"""A sitting whose end nobody knows lasts at least so long."""


@frozen
class _Tagung:
    """A sitting of a political body, as the rules look at it: it has no Anlass of ours."""

    gremium: Gremium
    anlass: tuple[str, ...] = field(default=())


def doppelt_besetzt(g: Pruefgrund) -> Iterator[Befund]:
    """Two sittings at the same time of one body, of bodies that share a seat, or with seats that one person holds.

    A joint sitting is one.
    """
    sitze = _sitze(g)
    for a, b in _paare(g):
        zeit = _zeit(a, b)
        if body(a) == body(b):
            was = Text("{zeit}: twice the same body", zeit=zeit)
        elif both := sitze(a) & sitze(b):
            was = Text("{zeit}: {was}", zeit=zeit, was=_namen(g, both))
        elif held := _von_einer_person(g.projekt, sitze(a), sitze(b), a.tag):
            was = Text("{zeit}: one person holds: {sitze}", zeit=zeit, sitze=_namen(g, held))
        else:
            continue
        yield _befund(g, a, b, Befundart.DOPPELT_BESETZT, Schwere.FEHLER, was)


def _namen(g: Pruefgrund, sitze: Collection[str]) -> tuple[str, ...]:
    stadt = g.projekt.stadt
    return tuple(stadt.sitz_name(stadt.alle_sitze[sitz]) for sitz in sorted(sitze))


def _von_einer_person(
    projekt: Projekt, hier: Collection[str], dort: Collection[str], tag: date
) -> frozenset[str]:
    """Return seats of two bodies that one person holds on a day; of an office only where nobody shares it."""

    def held(sitze: Collection[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for sitz in sitze:
            holders = projekt.besetzung.inhaber(sitz, tag)
            mandate = projekt.stadt.alle_sitze[sitz].rolle.art is RollenArt.MANDAT
            for person in holders if mandate or len(holders) == 1 else ():
                found.setdefault(person, set()).add(sitz)
        return found

    if not projekt.besetzung:
        return frozenset()
    here, there = held(hier), held(dort)
    return frozenset(sitz for person in here.keys() & there.keys() for sitz in here[person] | there[person])


def raeume(g: Pruefgrund) -> Iterator[Befund]:
    """Two sittings at the same time in the same room."""
    for a, b in _paare(g):
        if a.ort and fold(a.ort) == fold(b.ort):
            was = Text("{zeit}: {was}", zeit=_zeit(a, b), was=a.ort)
            yield _befund(g, a, b, Befundart.RAUM, Schwere.WARNUNG, was)


def _paare(g: Pruefgrund) -> Iterator[tuple[Ratssitzung, Ratssitzung]]:
    """Yield the sittings that are at the same time and are not one, as far as is known when they end."""
    laufend: list[Ratssitzung] = []
    for s in g.sitzungen:
        laufend = [other for other in laufend if _mindestens(other) > s.beginn]
        yield from ((other, s) for other in laufend if other.zusammen != s.zusammen)
        laufend.append(s)


def _mindestens(s: Ratssitzung) -> datetime:
    """Return until when a sitting lasts at least."""
    return s.ende if s.ende_bekannt else min(s.ende, s.beginn + SICHER)


def _sitze(g: Pruefgrund) -> Callable[[Ratssitzung], frozenset[str]]:
    """Return who sits in the body of a sitting: offices and mandates, as the rules of its day say."""
    stadt, regeln = g.projekt.stadt, g.projekt.regeln
    spans = segments(stadt, regeln, g.von, g.bis)

    @cache
    def members(gremium: str, number: int) -> frozenset[str]:
        found = invitations(stadt, regeln, _Tagung(g.gremien[gremium]), spans[number][0])
        return frozenset(i.sitz.id for i in found if i.sitz.rolle.art is not RollenArt.GRUPPE)

    def of(s: Ratssitzung) -> frozenset[str]:
        if s.gremium not in g.gremien:
            return frozenset()
        return members(s.gremium, next(n for n, (_, bis) in enumerate(spans) if s.tag <= bis))

    return of


def _zeit(a: Ratssitzung, b: Ratssitzung) -> Text | datetime:
    """Say when two sittings begin."""
    if a.beginn == b.beginn:
        return a.beginn
    return Text("{a} and {b}", a=a.beginn, b=b.beginn.time() if a.tag == b.tag else b.beginn)


def _befund(
    g: Pruefgrund, a: Ratssitzung, b: Ratssitzung, art: Befundart, schwere: Schwere, was: Text
) -> Befund:
    wer = tuple(dict.fromkeys((g.name(a), g.name(b))))
    return Befund(art, schwere, wer, was, tuple(dict.fromkeys((body(a), body(b)))), a.tag, (a, b))
