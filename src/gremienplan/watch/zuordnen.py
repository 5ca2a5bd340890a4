"""Which sitting of today is which of those that were seen: by its key, else by body and date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from attrs import define, field

from gremienplan.plan import Gesehen
from gremienplan.ratskalender import Ratssitzung
from gremienplan.stadt import fold
from gremienplan.watch.werte import Paar

S = TypeVar("S", Gesehen, Ratssitzung)

NAHE = timedelta(days=21)
"""So far apart two dates of one body may lie to be taken for the same sitting."""

_GEZAEHLT = re.compile(r":\d{4}-\d{2}-\d{2}:\d+$")
"""Ends the key of a sitting that its source gave no identity: day and running number."""


def vergleiche(gesehen: Iterable[Gesehen], sitzungen: Iterable[Ratssitzung]) -> tuple[Paar, ...]:
    """Return each sitting that was seen with what it is now, and each that is left over; in the order of time.

    The source's own identity comes first, where the source keeps it; then the same body at the same time; then a
    body under a new name, with the same dates; then the same body on the nearest date within 21 days, guessed.
    """
    stand = _Stand(sorted(gesehen, key=_zeit), sorted(sitzungen, key=_zeit))
    vorher, heute = (frozenset(map(body, liste)) for liste in (stand.alt, stand.neu))
    for paarung in (_eigene_kennung, _gleiche_zeit, _gleicher_name):
        stand.take(paarung(stand.alt, stand.neu))
    stand.take(_umbenannt(stand.alt, stand.neu, vorher, heute))
    for paarung in (_gleicher_schluessel, _nahe):
        stand.take(paarung(stand.alt, stand.neu))
    paare = [
        *stand.paare,
        *(Paar(alt, None) for alt in stand.alt),
        *(Paar(None, neu) for neu in stand.neu),
    ]
    return tuple(sorted(paare, key=lambda p: (p.beginn, p.bisher is None, *_zeit(p.eine))))


def same_body(a: Gesehen | Ratssitzung, b: Gesehen | Ratssitzung) -> bool:
    """Tell whether two sittings are of one body: by its id, or by its name where one of them has none.

    Those of a joint sitting have one name, and are of several.
    """
    return a.gremium == b.gremium if a.gremium and b.gremium else fold(a.name) == fold(b.name)


def body(sitzung: Gesehen | Ratssitzung) -> str:
    """Return what tells bodies apart: the id, or the name as it is compared where nobody has named the body."""
    return sitzung.gremium or fold(sitzung.name)


def _zeit(sitzung: Gesehen | Ratssitzung) -> tuple[object, ...]:
    return (sitzung.beginn, sitzung.gremium, sitzung.name, sitzung.key, sitzung.ende)


@define
class _Stand:
    """What has found each other, and what is still left on either side."""

    alt: list[Gesehen]
    neu: list[Ratssitzung]
    paare: list[Paar] = field(factory=list)

    def take(self, paare: Iterable[Paar]) -> None:
        """Take pairs out of what is left; of two that want the same sitting the first gets it."""
        weg_alt: set[int] = set()
        weg_neu: set[int] = set()
        for paar in paare:
            if id(paar.bisher) not in weg_alt and id(paar.jetzt) not in weg_neu:
                weg_alt.add(id(paar.bisher))
                weg_neu.add(id(paar.jetzt))
                self.paare.append(paar)
        self.alt = [a for a in self.alt if id(a) not in weg_alt]
        self.neu = [n for n in self.neu if id(n) not in weg_neu]


def _eigene_kennung(alt: Sequence[Gesehen], neu: Sequence[Ratssitzung]) -> Iterator[Paar]:
    """Yield what has the same identity in its source, unless the source gives its identities to others.

    It does where more than half of those found again are another sitting: their body had one then, and has one now,
    at the very same time under another identity.
    """
    paare = [p for p in _join(alt, neu, lambda s: s.key) if p.bisher and not _GEZAEHLT.search(p.bisher.key)]
    damals, heute = {_wann(a) for a in alt}, {_wann(n) for n in neu}
    fremd = Counter(
        _quelle(p)
        for p in paare
        if p.bisher and p.jetzt and _wann(p.bisher) != _wann(p.jetzt)
        if _wann(p.bisher) in heute and _wann(p.jetzt) in damals
    )
    alle = Counter(_quelle(p) for p in paare)
    yield from (p for p in paare if 2 * fremd[_quelle(p)] <= alle[_quelle(p)])


def _quelle(paar: Paar) -> str:
    return paar.jetzt.quelle if paar.jetzt else ""


def _wann(sitzung: Gesehen | Ratssitzung) -> tuple[str, datetime]:
    return body(sitzung), sitzung.beginn


def _gleiche_zeit(alt: Sequence[Gesehen], neu: Sequence[Ratssitzung]) -> Iterator[Paar]:
    """Yield what is of one body, known to the city, and begins at the same time."""
    return _join(
        [a for a in alt if a.gremium], [n for n in neu if n.gremium], lambda s: (s.gremium, s.beginn)
    )


def _gleicher_name(alt: Sequence[Gesehen], neu: Sequence[Ratssitzung]) -> Iterator[Paar]:
    """Yield what has the same name and begins at the same time."""
    return _join(alt, neu, lambda s: (fold(s.name), s.beginn))


def _umbenannt(
    alt: Sequence[Gesehen], neu: Sequence[Ratssitzung], vorher: frozenset[str], heute: frozenset[str]
) -> Iterator[Paar]:
    """Yield the sittings of a body that is gone and of a new one with the very same dates, at least two; guessed."""
    gegangen = {wer: s for wer, s in _je_gremium(alt).items() if wer not in heute and len(s) > 1}
    gekommen = {wer: s for wer, s in _je_gremium(neu).items() if wer not in vorher}
    for sitzungen in gegangen.values():
        starts = [s.beginn for s in sitzungen]
        gleich = [s for s in gekommen.values() if [x.beginn for x in s] == starts]
        if len(gleich) == 1:
            yield from (Paar(a, n, geraten=True) for a, n in zip(sitzungen, gleich[0], strict=True))


def _je_gremium(sitzungen: Iterable[S]) -> dict[str, list[S]]:
    found: dict[str, list[S]] = {}
    for s in sitzungen:
        found.setdefault(body(s), []).append(s)
    return found


def _gleicher_schluessel(alt: Sequence[Gesehen], neu: Sequence[Ratssitzung]) -> Iterator[Paar]:
    """Yield what has the same key, made of body, day and number."""
    return (
        p for p in _join(alt, neu, lambda s: s.key) if p.bisher and p.jetzt and same_body(p.bisher, p.jetzt)
    )


def _nahe(alt: Sequence[Gesehen], neu: Sequence[Ratssitzung]) -> Iterator[Paar]:
    """Yield what is of one body, the nearest dates first; guessed."""
    known: dict[str, list[Ratssitzung]] = {}
    for n in neu:
        for key in {n.gremium, fold(n.name)} - {""}:
            known.setdefault(key, []).append(n)
    paare = [
        Paar(a, n, geraten=True)
        for a in alt
        for n in {s.key: s for key in (a.gremium, fold(a.name)) for s in known.get(key, ())}.values()
        if abs(n.beginn.date() - a.beginn.date()) <= NAHE and same_body(a, n)
    ]
    yield from sorted(paare, key=_abstand)


def _abstand(paar: Paar) -> tuple[object, ...]:
    alt, neu = paar.bisher, paar.jetzt
    assert alt is not None
    assert neu is not None
    return (abs(paar.um), *_zeit(alt), *_zeit(neu))


def _join(
    alt: Iterable[Gesehen], neu: Iterable[Ratssitzung], key: Callable[[Gesehen | Ratssitzung], Hashable]
) -> Iterator[Paar]:
    """Yield pairs of equal keys, in order; each sitting once."""
    waiting: dict[Hashable, list[Ratssitzung]] = {}
    for n in neu:
        waiting.setdefault(key(n), []).append(n)
    for a in alt:
        if found := waiting.get(key(a)):
            yield Paar(a, found.pop(0))
