"""A new reading of a source meets the last one: what an export no longer says is kept, and what is missing is said."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from attrs import evolve, frozen

from gremienplan.ratskalender.dauer import als_zeitpunkt
from gremienplan.ratskalender.einfuhr import Einfuhr, Mangel, Verlust
from gremienplan.ratskalender.einfuhrtext import geordnet
from gremienplan.ratskalender.namen import lies_name
from gremienplan.ratskalender.werte import CANCELLED, VERSCHWUNDEN, Eintrag
from gremienplan.stadt import fold

NAHE = timedelta(days=21)
"""An entry without an identity that lies as near as this to a missing one of its name is the same, moved."""
GENUG = 3
"""So many entries must be the same before their identities are judged."""


@frozen
class Fortschreibung:
    """What becomes of a source after a new reading: ``einfuhr`` is to be kept, the rest says what is new in it."""

    einfuhr: Einfuhr
    geaendert: bool = True
    """False: the source says what it said before, and ``einfuhr`` is the last reading."""
    neue: tuple[Eintrag, ...] = ()
    andere: tuple[tuple[Eintrag, Eintrag], ...] = ()
    """Entries as they were and as they are now."""
    verschwunden: tuple[Eintrag, ...] = ()
    """Entries that were there at the last reading, and are missing where the source should have them."""
    wieder: tuple[Eintrag, ...] = ()
    """Entries that had vanished and stand in the source again."""
    behalten: int = 0
    """Entries the source no longer gives, kept because they are past or lie beyond what it gives."""
    ungelesen: tuple[Eintrag, ...] = ()
    """Entries that could not be read now, though they stand in the source: kept as they were last read."""
    jenseits: tuple[Eintrag, ...] = ()
    """Those of them that are to come: a shorter export, or the last ones have vanished; nobody can tell."""


def fortschreiben(alt: Einfuhr | None, neu: Einfuhr, stand: datetime) -> Fortschreibung:
    """Return what is to be kept of a source, given its last copy (as its text has it) and a new reading.

    Entries before the day of ``stand`` that are missing stay as they were: exports drop the past. Those that
    should be there, from that day to the end of the month of the last new entry, stay with the status
    ``VERSCHWUNDEN`` until the source has them again, and so do those that it says it has deleted; a part of
    the source that could not be read, or was not asked for, takes nothing away, and so does an entry that is lost
    in the reading: what it may be stays as it was. Entries are the same by their
    identity, where the source keeps it, else by name and start; where it has none, an entry of the same name
    within 21 days is the missing one, moved.
    """
    neu = geordnet(neu)
    if alt is None:
        return Fortschreibung(neu, neue=neu.eintraege)
    feste = neu.feste_kennungen and alt.feste_kennungen and (alt.art != neu.art or not _wechselt(alt, neu))
    if feste != neu.feste_kennungen:
        neu = geordnet(evolve(neu, feste_kennungen=feste))
    verloren = _verlorene(neu.verluste, nach_kennung=feste and alt.art == neu.art)
    paare = _paare(alt, neu, stand, verloren, nach_kennung=feste and alt.art == neu.art)
    gepaart = {nummer for nummer, _ in paare}
    bekannt = {nummer for _, nummer in paare}
    ende = _reicht_bis(neu)
    geloescht = {verlust.stelle for verlust in neu.verluste if verlust.mangel is Mangel.GELOESCHT}
    fehlend: list[Eintrag] = []
    ungelesen: list[Eintrag] = []
    verschwunden: list[Eintrag] = []
    for nummer, eintrag in enumerate(alt.eintraege):
        if nummer in gepaart:
            continue
        kept = eintrag if feste else evolve(eintrag, kennung="")
        erwartet = eintrag.kennung in geloescht or (ende is not None and _tag(eintrag) <= ende)
        kommt = stand.date() <= _tag(eintrag) and not _abgesagt(eintrag)
        if kommt and eintrag.kennung not in geloescht and verloren.kann_sein(eintrag):
            if eintrag.status != VERSCHWUNDEN:
                ungelesen.append(kept)
        elif erwartet and kommt:
            kept = evolve(kept, status=VERSCHWUNDEN)
            if eintrag.status != VERSCHWUNDEN:
                verschwunden.append(kept)
        fehlend.append(kept)
    einfuhr = geordnet(evolve(neu, eintraege=(*neu.eintraege, *fehlend)))
    offen = set(ungelesen)
    jenseits = tuple(
        e
        for e in fehlend
        if e not in offen
        and ende is not None
        and _tag(e) > ende
        and e.status != VERSCHWUNDEN
        and not _abgesagt(e)
        if _tag(e) >= stand.date()
    )
    if _inhalt(einfuhr) == _inhalt(alt):
        return Fortschreibung(
            evolve(alt, verluste=neu.verluste),
            geaendert=False,
            behalten=_behalten(fehlend) - len(ungelesen),
            ungelesen=tuple(ungelesen),
            jenseits=jenseits,
        )
    vorher_nachher = [(alt.eintraege[a], neu.eintraege[n]) for a, n in paare]
    return Fortschreibung(
        einfuhr,
        neue=tuple(e for nummer, e in enumerate(neu.eintraege) if nummer not in bekannt),
        andere=tuple((a, n) for a, n in vorher_nachher if _anders(a, n)),
        verschwunden=tuple(verschwunden),
        wieder=tuple(n for a, n in vorher_nachher if a.status == VERSCHWUNDEN),
        behalten=_behalten(fehlend) - len(ungelesen),
        ungelesen=tuple(ungelesen),
        jenseits=jenseits,
    )


@frozen
class _Verlorene:
    """What is known of the entries that a reading could not read."""

    kennungen: frozenset[str]
    namen: frozenset[str]
    tage: frozenset[date]
    irgendeiner: bool
    """Of one of them nothing is known: it may be any."""

    def kann_sein(self, eintrag: Eintrag) -> bool:
        """Tell whether an entry may be one of them; one of a series has the day behind its identity."""
        kennung = eintrag.kennung
        return (
            self.irgendeiner
            or (kennung != "" and not self.kennungen.isdisjoint((kennung, kennung.rpartition("/")[0])))
            or _name(eintrag) in self.namen
            or _tag(eintrag) in self.tage
        )


def _verlorene(verluste: Iterable[Verlust], *, nach_kennung: bool) -> _Verlorene:
    """Return the lost entries, each by the surest of what is known of it: identity, name, day."""
    kennungen, namen, tage, irgendeiner = set[str](), set[str](), set[date](), False
    for gemeint in (verlust.eintrag for verlust in verluste):
        if gemeint is None:
            continue
        if nach_kennung and gemeint.kennung:
            kennungen.add(gemeint.kennung)
        elif gemeint.name:
            namen.add(_verglichen(gemeint.name))
        elif gemeint.tag:
            tage.add(gemeint.tag)
        else:
            irgendeiner = True
    return _Verlorene(frozenset(kennungen), frozenset(namen), frozenset(tage), irgendeiner)


def _behalten(fehlend: Iterable[Eintrag]) -> int:
    return sum(eintrag.status != VERSCHWUNDEN for eintrag in fehlend)


def _inhalt(einfuhr: Einfuhr) -> Einfuhr:
    """Return what counts as the content of a reading: not when it was read, nor from which bytes."""
    return evolve(einfuhr, gelesen=datetime(1900, 1, 1), pruefsumme="", vollstaendig=True)


def _anders(alt: Eintrag, neu: Eintrag) -> bool:
    """Tell whether two versions of an entry differ in what they say, not only in who or when, or in being back."""
    if alt.status == VERSCHWUNDEN:
        alt = evolve(alt, status=neu.status)
    return evolve(alt, kennung="", geaendert=None) != evolve(neu, kennung="", geaendert=None)


def _reicht_bis(neu: Einfuhr) -> date | None:
    """Return the last day on which a missing entry says something; None if none does.

    Exports end with a month or a year, so the rest of the month of the last entry belongs to them.
    """
    teil = not neu.vollstaendig or any(verlust.mangel.unvollstaendig for verlust in neu.verluste)
    if teil or not neu.eintraege:
        return None
    letzter = max(_tag(eintrag) for eintrag in neu.eintraege)
    return letzter.replace(day=monthrange(letzter.year, letzter.month)[1])


def _wechselt(alt: Einfuhr, neu: Einfuhr) -> bool:
    """Tell whether most entries that are the same by name and start have got another identity."""
    vorher, nachher = (_einzelne(e.eintraege, _gleich) for e in (alt, neu))
    kennungen = [
        (alt.eintraege[vorher[was]].kennung, neu.eintraege[nachher[was]].kennung)
        for was in vorher.keys() & nachher.keys()
    ]
    beide = [(a, n) for a, n in kennungen if a and n]
    return len(beide) >= GENUG and 2 * sum(a == n for a, n in beide) < len(beide)


def _paare(
    alt: Einfuhr, neu: Einfuhr, stand: datetime, verloren: _Verlorene, *, nach_kennung: bool
) -> list[tuple[int, int]]:
    """Return the numbers of the entries that are the same in both."""
    offen_a, offen_n = dict(enumerate(alt.eintraege)), dict(enumerate(neu.eintraege))
    paare: list[tuple[int, int]] = []

    def nimm(a: int, n: int) -> None:
        paare.append((a, n))
        del offen_a[a], offen_n[n]

    if nach_kennung:
        vorher, nachher = (_einzelne(e.eintraege, _kennung) for e in (alt, neu))
        for kennung in [k for k in vorher if k in nachher]:
            nimm(vorher[kennung], nachher[kennung])
    gruppen: defaultdict[tuple[str, datetime], list[int]] = defaultdict(list)
    for n, eintrag in offen_n.items():
        gruppen[_gleich(eintrag)].append(n)
    for a, eintrag in list(offen_a.items()):
        if gruppe := gruppen.get(_gleich(eintrag)):
            nimm(a, gruppe.pop(0))
    heute = datetime(stand.year, stand.month, stand.day)
    offen_a = {a: eintrag for a, eintrag in offen_a.items() if not verloren.kann_sein(eintrag)}
    for a, n in _naechste(offen_a, offen_n, heute, nach_kennung):
        if a in offen_a and n in offen_n:
            nimm(a, n)
    return paare


def _naechste(
    alte: dict[int, Eintrag], neue: dict[int, Eintrag], heute: datetime, nach_kennung: bool
) -> Iterable[tuple[int, int]]:
    """Return candidates for one entry that was moved, the nearest first: nothing else tells who they are."""
    nach_name: defaultdict[str, list[int]] = defaultdict(list)
    for n, eintrag in neue.items():
        if not (nach_kennung and eintrag.kennung):
            nach_name[_name(eintrag)].append(n)
    moegliche = [
        (abs(als_zeitpunkt(alte[a].beginn) - als_zeitpunkt(neue[n].beginn)), a, n)
        for a, eintrag in alte.items()
        if als_zeitpunkt(eintrag.beginn) >= heute and not (nach_kennung and eintrag.kennung)
        for n in nach_name.get(_name(eintrag), ())
    ]
    return [(a, n) for abstand, a, n in sorted(moegliche) if abstand <= NAHE]


def _einzelne(eintraege: Sequence[Eintrag], wer: Callable[[Eintrag], object]) -> dict[object, int]:
    """Return what only one entry has -> its number."""
    alle = [wer(eintrag) for eintrag in eintraege]
    anzahl = Counter(alle)
    return {was: nummer for nummer, was in enumerate(alle) if was and anzahl[was] == 1}


def _kennung(eintrag: Eintrag) -> str:
    return eintrag.kennung


def _gleich(eintrag: Eintrag) -> tuple[str, datetime]:
    return _name(eintrag), als_zeitpunkt(eintrag.beginn)


def _name(eintrag: Eintrag) -> str:
    """Return the name as it is compared, without marks such as "cancelled"."""
    return _verglichen(eintrag.name)


@lru_cache(maxsize=20_000)
def _verglichen(name: str) -> str:
    return fold(lies_name(name).name)


def _abgesagt(eintrag: Eintrag) -> bool:
    return eintrag.status == CANCELLED or lies_name(eintrag.name).entfaellt(_tag(eintrag))


def _tag(eintrag: Eintrag) -> date:
    return als_zeitpunkt(eintrag.beginn).date()
