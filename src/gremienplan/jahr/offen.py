"""What hangs on a Sitzung whose date is still to be announced.

What belongs to it or must come after it, by the concept, a reading or a fact, waits for it: it gets no date either.
What must come before it, or after it by a planner's default only, keeps a date that leaves it a day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta

from attrs import evolve

from gremienplan.jahr.werte import Jahr
from gremienplan.plan import Plan
from gremienplan.programm import Beratung
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Angesetzt, Fenster, Fest, Reihenfolge, Requirement, Stattfinden


def hangs_on(
    requirements: Iterable[Requirement], beratungen: Iterable[Beratung]
) -> Iterator[tuple[str, str]]:
    """Yield pairs of events: the first, and one that cannot have a date while the first has none.

    A Beratung hangs on the Sitzung it belongs to, unless it must come before it. What somebody else has fixed
    hangs on nothing.
    """
    requirements = tuple(requirements)
    fixed = {r.ereignis for r in requirements if isinstance(r, Fest)}
    orders = [r for r in requirements if isinstance(r, Reihenfolge)]
    before = {(r.erst, r.dann) for r in orders}
    belongs = [(b.zu.id, b.id) for b in beratungen if (b.id, b.zu.id) not in before]
    hard = [(r.erst, r.dann) for r in orders if r.grundlage.authority is not Authority.VORGABE]
    yield from dict.fromkeys((a, b) for a, b in (*belongs, *hard) if b not in fixed)


def waiting(pairs: Iterable[tuple[str, str]], offen: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return each event that waits, and for which of the open Sitzungen: over any number of steps of ``pairs``."""
    after: dict[str, list[str]] = {}
    for a, b in pairs:
        after.setdefault(a, []).append(b)
    offen = tuple(dict.fromkeys(offen))
    found: dict[str, tuple[str, ...]] = {}
    for sitzung in offen:
        seen, todo = {sitzung}, [sitzung]
        while todo:
            todo += (new := [b for b in dict.fromkeys(after.get(todo.pop(), ())) if b not in seen])
            seen.update(new)
        found |= {e: (*found.get(e, ()), sitzung) for e in seen.difference(offen)}
    return dict(sorted(found.items()))


def roots(pairs: Iterable[tuple[str, str]], offen: Collection[str]) -> frozenset[str]:
    """Return the open events that wait for no other one."""
    pairs = tuple(pairs)
    hanging = {b for a in offen for b in waiting(pairs, (a,))}
    return frozenset(offen) - hanging


def bounds(
    requirements: Iterable[Requirement], offen: Collection[str], pairs: Iterable[tuple[str, str]]
) -> Iterator[Fenster]:
    """Yield until when or from when on what is not open may take place, so that each open event still has a day.

    Nothing for what hangs on an open event (``pairs``): it should have no date at all. A bound stands on the
    weaker word of the order and of the window it comes from.
    """
    requirements, hanging = tuple(requirements), set(pairs)
    first, last = _spans(requirements, offen)
    for r in requirements:
        if not isinstance(r, Reihenfolge) or (r.erst in offen) is (r.dann in offen):
            continue
        gap = timedelta(days=r.tage)
        if r.dann in offen and r.dann in last:
            bis, wort = last[r.dann]
            yield Fenster(f"{r.id}:offen", _weaker(r.grundlage, wort), r.erst, None, bis - gap, r.dann)
        elif r.erst in first and (r.erst, r.dann) not in hanging:
            von, wort = first[r.erst]
            yield Fenster(f"{r.id}:offen", _weaker(r.grundlage, wort), r.dann, von + gap, None, r.erst)


def left_open(year: Jahr, plan: Plan) -> frozenset[str]:
    """Return what a plan leaves open beside what waits for the project: events of the year that have not been held."""
    dated = year.offen | plan.lagen.keys() | year.fakten.keys()
    return (frozenset(plan.offen) & year.ereignisse) - dated


def open_bounds(year: Jahr, offen: Collection[str]) -> Iterator[Fenster]:
    """Yield what would leave each of these events a day, beside what the year asks for anyway."""
    pairs = tuple(hangs_on(year.requirements, year.beratungen))
    everything = year.offen | frozenset(offen)
    for bound in bounds(year.requirements, everything, pairs):
        if bound.wegen not in year.offen:
            yield bound


def with_open(year: Jahr, offen: Collection[str], vergeblich: Collection[str] | None = None) -> Jahr:
    """Return the year with these events open too; of what would leave them a day nothing is asked, or not these."""
    if not offen:
        return year
    futile = (bound.id for bound in open_bounds(year, offen)) if vergeblich is None else vergeblich
    everything = year.offen | frozenset(offen)
    pairs = tuple(hangs_on(year.requirements, year.beratungen))
    wartet = waiting(pairs, sorted(roots(pairs, everything)))
    return evolve(year, offen=everything, wartet=wartet, vergeblich=frozenset(futile))


Schranken = Mapping[str, tuple[date, Grundlage]]
"""Event -> a day, and on whose word."""


def _spans(requirements: Iterable[Requirement], offen: Collection[str]) -> tuple[Schranken, Schranken]:
    """Return the first and the last day each open event may take place, as far as it is looked at alone."""
    first: dict[str, tuple[date, Grundlage]] = {}
    last: dict[str, tuple[date, Grundlage]] = {}
    for r in requirements:
        von: date | None
        bis: date | None
        match r:
            case Stattfinden() | Fenster():
                von, bis = r.von, r.bis
            case Angesetzt(sitzungen=sitzungen) if sitzungen:
                von, bis = min(s.tag for s in sitzungen), max(s.tag for s in sitzungen)
            case _:
                continue
        if r.ereignis not in offen:
            continue
        if von and (r.ereignis not in first or von > first[r.ereignis][0]):
            first[r.ereignis] = von, r.grundlage
        if bis and (r.ereignis not in last or bis < last[r.ereignis][0]):
            last[r.ereignis] = bis, r.grundlage
    return first, last


_STRENGE = tuple(Authority)


def _weaker(a: Grundlage, b: Grundlage) -> Grundlage:
    """Return the one of two words that gives way first; the first where they are alike."""
    return max((a, b), key=lambda g: _STRENGE.index(g.authority))
