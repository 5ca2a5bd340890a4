"""``changes``: what became of the sittings a plan was made with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from gremienplan.plan import Gesehen, seen
from gremienplan.ratskalender import Ratskalender, Ratssitzung
from gremienplan.stadt import fold
from gremienplan.watch.werte import Aenderung, Paar, Wandel
from gremienplan.watch.zuordnen import body, vergleiche

MINDESTENS = 3
"""So many sittings of a source have to be shifted by the same time to be one shift of the source,"""
ANTEIL = 0.8
"""and they are at least this part of its sittings from the first shifted one on."""

_REIHE = tuple(Wandel)


def changes(
    gesehen: Sequence[Gesehen],
    kalender: Ratskalender,
    von: date,
    bis: date,
    *,
    ab: date | None = None,
    zeitzone: str = "UTC",
) -> tuple[Aenderung, ...]:
    """Return what has changed between the sittings seen and a calendar: shifts and new names, then by time.

    A sitting that was not seen is new where it can matter for the days from ``von`` to ``bis``. What lies before
    ``ab``, then and now, is past and no change. Equal calendars have no change, whatever keys their sources give.
    ``zeitzone`` says when it is summer: a source that mixes up its zones is shifted by an hour more or less then.
    """
    return changes_of(compare(gesehen, kalender, von, bis), kalender, ab=ab, zeitzone=zeitzone)


def compare(gesehen: Sequence[Gesehen], kalender: Ratskalender, von: date, bis: date) -> tuple[Paar, ...]:
    """Return each sitting that was seen with what it is now, and each new one that can matter for these days."""
    matter = {s.key for s in seen(kalender.sitzungen, von, bis)}
    paare = vergleiche(gesehen, kalender.sitzungen)
    return tuple(p for p in paare if p.bisher or (p.jetzt and p.jetzt.key in matter))


def changes_of(
    paare: Iterable[Paar],
    kalender: Ratskalender,
    *,
    ab: date | None = None,
    zeitzone: str = "UTC",
    auch: Collection[str] = (),
) -> tuple[Aenderung, ...]:
    """Return the changes that pairs of sittings show (see :func:`changes`).

    ``auch`` are the keys, as seen, of sittings that matter although they are past.
    """
    offen = [
        p
        for p in paare
        if ab is None or any(tag >= ab for tag in p.tage) or (p.bisher and p.bisher.key in auch)
    ]
    found = [Aenderung(wandel, (p,)) for p in offen for wandel in _einzeln(p, kalender)]
    together = [*_verschoben(offen, ZoneInfo(zeitzone)), *_umbenannt(found)]
    in_one = {(p, a.wandel) for a in together for p in a.paare}
    in_one |= {(p, Wandel.VERLEGT) for p, wandel in in_one if wandel is Wandel.VERSCHOBEN}
    alone = [a for a in found if (a.paare[0], a.wandel) not in in_one]
    return tuple(sorted(together, key=_ordnung)) + tuple(sorted(_gemeinsam(alone), key=_ordnung))


def _gemeinsam(found: Iterable[Aenderung]) -> Iterator[Aenderung]:
    """Yield the changes, what becomes of the bodies of a joint sitting together in one."""
    je: dict[tuple[object, ...], list[Paar]] = {}
    for a in found:
        p = a.paare[0]
        sitzung = p.jetzt.zusammen if p.jetzt else p.eine.key
        je.setdefault((a.wandel, sitzung, p.beginn, p.um, p.geraten), []).append(p)
    for (wandel, *_), paare in je.items():
        assert isinstance(wandel, Wandel)
        yield Aenderung(wandel, tuple(paare))


def _ordnung(a: Aenderung) -> tuple[object, ...]:
    sitzung = a.paare[0].eine
    return (a.paare[0].beginn, _REIHE.index(a.wandel), sitzung.gremium, sitzung.name, sitzung.key)


def _einzeln(paar: Paar, kalender: Ratskalender) -> Iterator[Wandel]:
    """Yield in which ways one sitting is not what it was."""
    alt, neu = paar.bisher, paar.jetzt
    if alt is None:
        yield Wandel.NEU
    elif neu is None:
        cancelled = any(_dieselbe(alt, s) for s in kalender.abgesagt)
        # one that was kept although its source had it no more goes because somebody says so
        yield Wandel.ABGESAGT if cancelled or alt.verschwunden else Wandel.VERSCHWUNDEN
    else:
        if neu.verschwunden and not alt.verschwunden:
            yield Wandel.VERSCHWUNDEN
        if _neuer_name(alt, neu):
            yield Wandel.UMBENANNT
        if alt.beginn != neu.beginn:
            yield Wandel.VERLEGT
        elif alt.ende != neu.ende:
            yield Wandel.ENDE


def _dieselbe(alt: Gesehen, weg: Ratssitzung) -> bool:
    """Tell whether a cancelled sitting is the one that was seen."""
    return alt.key == weg.key or (body(alt) == body(weg) and alt.beginn == weg.beginn)


def _neuer_name(alt: Gesehen, neu: Ratssitzung) -> bool:
    """Tell whether a body has a new name; how a source writes that of a body the city knows does not matter."""
    return fold(alt.name) != fold(neu.name) and (alt.gremium != neu.gremium or not neu.gremium)


def _verschoben(paare: Sequence[Paar], zone: ZoneInfo) -> Iterator[Aenderung]:
    """Yield the shift of each source whose sittings have moved by the same time, all or nearly all.

    The same time may be an hour more or less in summer: so it is where a source mixes up its zones.
    """
    for quelle in sorted({p.jetzt.quelle for p in paare if p.jetzt}):
        own = [p for p in paare if p.bisher and p.jetzt and p.jetzt.quelle == quelle]
        shifts = [s for mehr in (0, 1, -1) if (s := _shift(own, {p: mehr * _dst(p, zone) for p in own}))]
        if shifts:
            yield max(shifts, key=lambda s: len(s.paare))


def _dst(paar: Paar, zone: ZoneInfo) -> timedelta:
    """Return by how much the clocks were put forward when a sitting was to begin."""
    return paar.beginn.replace(tzinfo=zone).dst() or timedelta()


def _shift(own: Sequence[Paar], mehr: Mapping[Paar, timedelta]) -> Aenderung | None:
    """Return the shift of a source, of each sitting by the same time and by what it has ``mehr``; None without one."""
    moved = [p for p in own if p.um]
    if not moved:
        return None
    counted = Counter(p.um - mehr[p] for p in moved)
    um = max(counted, key=lambda um: (counted[um], um))
    gleich = tuple(p for p in moved if p.um == um + mehr[p])
    spaeter = [p for p in own if p.beginn >= gleich[0].beginn and um + mehr[p]]
    if _sittings(gleich) < MINDESTENS or _sittings(gleich) < ANTEIL * _sittings(spaeter):
        return None
    return Aenderung(Wandel.VERSCHOBEN, gleich, um, max(mehr.values(), key=abs))


def _sittings(paare: Iterable[Paar]) -> int:
    """Return how many sittings these are; a joint one is one."""
    return len({p.jetzt.zusammen for p in paare if p.jetzt})


def _umbenannt(found: Iterable[Aenderung]) -> Iterator[Aenderung]:
    """Yield the new names, one change for each body."""
    je: dict[tuple[str, str], list[Paar]] = {}
    for a in found:
        paar = a.paare[0]
        if a.wandel is Wandel.UMBENANNT and paar.bisher and paar.jetzt:
            je.setdefault((body(paar.bisher), body(paar.jetzt)), []).append(paar)
    for paare in je.values():
        yield Aenderung(Wandel.UMBENANNT, tuple(paare))
