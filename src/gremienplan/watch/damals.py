"""The council calendar of today with its changes undone, and with what has vanished still standing."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from attrs import evolve

from gremienplan.plan import Gesehen
from gremienplan.ratskalender import Ratssitzung
from gremienplan.watch.werte import Aenderung, Wandel


def still_standing(
    sitzungen: Iterable[Ratssitzung], aenderungen: Iterable[Aenderung]
) -> tuple[Ratssitzung, ...]:
    """Return the sittings with those that have vanished, for nobody has said that their time is free."""
    gone = (p.bisher for a in aenderungen if a.wandel is Wandel.VERSCHWUNDEN for p in a.paare if not p.jetzt)
    return _geordnet([*sitzungen, *(_sitzung(s) for s in gone if s)])


def as_seen(
    sitzungen: Iterable[Ratssitzung], aenderungen: Iterable[Aenderung], gremien: Collection[str]
) -> tuple[Ratssitzung, ...]:
    """Return the sittings as they were seen, under the keys of today.

    A name is undone only where it was that of a body of the city: another was never more than a name.
    """
    found = {s.key: s for s in sitzungen}
    for a in aenderungen:
        for p in a.paare:
            if p.bisher is None:
                found.pop(p.jetzt.key if p.jetzt else "", None)
            elif p.jetzt is None:
                found[p.bisher.key] = _sitzung(p.bisher)
            else:
                found[p.jetzt.key] = _bisher(found[p.jetzt.key], p.bisher, gremien)
    return _geordnet(found.values())


def _bisher(jetzt: Ratssitzung, bisher: Gesehen, gremien: Collection[str]) -> Ratssitzung:
    when = evolve(jetzt, beginn=bisher.beginn, ende=bisher.ende)
    return evolve(when, gremium=bisher.gremium, name=bisher.name) if bisher.gremium in gremien else when


def _sitzung(bisher: Gesehen) -> Ratssitzung:
    quelle = bisher.key.partition(":")[0]
    return Ratssitzung(
        bisher.key, quelle, bisher.name, bisher.gremium, bisher.beginn, bisher.ende, verschwunden=True
    )


def _geordnet(sitzungen: Iterable[Ratssitzung]) -> tuple[Ratssitzung, ...]:
    return tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.gremium, s.key)))
