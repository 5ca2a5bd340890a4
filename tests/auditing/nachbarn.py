"""For two plans: requirements as tight as they can be that both keep, so that a checker that says too much shows.

They are read off the plans day by day and minute by minute, not by asking a checker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from gremienplan.plan import Lage
from gremienplan.requirements import (
    Anzahl,
    Belegung,
    Fenster,
    Hoechstabstand,
    KeineUeberschneidung,
    Mindestabstand,
    OrtFrei,
    Pflicht,
    Reihenfolge,
    Requirement,
    Sperre,
    Sperrtage,
    Stattfinden,
    Tageszeit,
    Verfuegbar,
    Wegezeit,
    Wochentage,
)
from tests.auditing.bau import G

TAG = timedelta(days=1)

Plan = Sequence[Lage]


def neighbours(one: Plan, other: Plan) -> Iterator[Requirement]:
    """Yield the tight requirements both plans keep, of every kind that can be had."""
    both = (*one, *other)
    for ereignis in sorted({lage.ereignis for lage in both}):
        yield from _of_one(ereignis, one, other)
    for a, b in combinations(sorted({lage.ereignis for lage in both}), 2):
        yield from _of_two(a, b, one, other)
    ids = tuple(sorted({lage.ereignis for lage in both}))
    apart = [abs(b.tag - a.tag).days for plan in (one, other) for a, b in combinations(plan, 2)]
    if apart:
        yield Mindestabstand("mindestabstand", G, "kr", ids, min(apart))
    counts = [sum(lage.tag.year == 2027 for lage in plan) for plan in (one, other)]
    yield Anzahl("anzahl", G, "kr", ids, 2027, min(counts), max(counts))
    yield OrtFrei("ort", G, "anderswo", ids, tuple(Belegung(x.beginn, x.ende, "Messe") for x in both))


def _of_one(ereignis: str, one: Plan, other: Plan) -> Iterator[Requirement]:
    lagen = [lage for lage in (*one, *other) if lage.ereignis == ereignis]
    first, last = min(lage.beginn for lage in lagen), max(lage.ende for lage in lagen)
    von, bis = min(lage.tag for lage in lagen), max(lage.tag for lage in lagen)
    yield Fenster("fenster", G, ereignis, von, bis)
    yield Wochentage("wochentage", G, ereignis, tuple({lage.tag.weekday() for lage in lagen}))
    if all(lage.ende.date() == lage.tag for lage in lagen):
        hours = [(lage.beginn.time(), lage.ende.time()) for lage in lagen]
        yield Tageszeit("tageszeit", G, ereignis, min(h[0] for h in hours), max(h[1] for h in hours))
    eve, morrow = first.date() - TAG, last.date() + TAG
    yield Sperrtage(
        "sperre", G, ereignis, "feiertage", (Sperre(eve, eve, "davor"), Sperre(morrow, morrow, "danach"))
    )
    around = (Belegung(first - TAG, first, "davor"), Belegung(last, last + TAG, "danach"))
    yield KeineUeberschneidung("überschneidung", G, ereignis, around)
    lengths = {(lage.ende - lage.beginn) // timedelta(minutes=1) for lage in lagen}
    once = all(sum(lage.ereignis == ereignis for lage in plan) == 1 for plan in (one, other))
    if once and len(lengths) == 1 and not any(lage.sitzung or lage.vortrag for lage in lagen):
        orte = tuple(sorted({lage.ort for lage in lagen}))
        if orte == ("",) or "" not in orte:
            yield Stattfinden(
                "stattfinden", G, ereignis, 2027, von, bis, lengths.pop(), () if orte == ("",) else orte
            )


def _of_two(a: str, b: str, one: Plan, other: Plan) -> Iterator[Requirement]:
    pairs = [
        (x, y) for plan in (one, other) for x in plan for y in plan if (x.ereignis, y.ereignis) == (a, b)
    ]
    if not pairs:
        return
    days = [(y.tag - x.tag).days for x, y in pairs]
    yield Reihenfolge("reihenfolge", G, a, b, min(days))
    yield Hoechstabstand("höchstabstand", G, a, b, max(days))
    duties = (Pflicht(a), Pflicht(b))
    mine = [[lage for lage in plan if lage.ereignis in (a, b)] for plan in (one, other)]
    gaps = [max(y.beginn - x.ende, x.beginn - y.ende) for plan in mine for x, y in combinations(plan, 2)]
    if min(gaps) >= timedelta(0):
        # Who presents nothing has fewer duties, never more: both hold for anybody.
        yield Verfuegbar("verfügbar", G, "amt/sued", duties)
        yield Wegezeit("weg", G, "amt/sued", duties, min(gaps) // timedelta(minutes=1))
    if all(gap < timedelta(0) for gap in gaps):
        yield Wegezeit("weg", G, "amt/sued", duties, 600)
