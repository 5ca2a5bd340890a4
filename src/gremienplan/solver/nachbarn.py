"""Which events would give way to one that is held to another day: the few that are worth moving with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gremienplan import requirements as req
from gremienplan.solver.problem import Kandidat, Problem

MOST = 14
"""Events in one neighbourhood, at most."""


def neighbours(
    problem: Problem, ereignis: str, wahl: Mapping[str, Kandidat], tage: Collection[int]
) -> tuple[str, ...]:
    """Return the event, those that lie on these days and share a requirement with it, and those tied to it.

    Nearest first, in the order of the problem where equally near; events that have been held stay where they are.
    """
    shared = {e for r in problem.nach_ereignis[ereignis] for e in r.ereignisse if e in wahl}
    there = [e for e in problem.ereignisse if e in shared and wahl[e].tag in tage]
    found = dict.fromkeys([ereignis, *there])
    ring = [ereignis]
    while ring and len(found) < MOST:
        tied = {e for near in ring for e in _tied(problem, near)}
        ring = [e for e in problem.ereignisse if e in tied and e not in found]
        found |= dict.fromkeys(ring)
    return tuple(e for e in list(found)[:MOST] if e not in problem.fakten)


def _tied(problem: Problem, ereignis: str) -> Iterator[str]:
    """Yield the events that an order or a distance ties to this one."""
    for r in problem.nach_ereignis[ereignis]:
        if isinstance(r, req.Reihenfolge | req.Hoechstabstand | req.Mindestabstand):
            yield from r.ereignisse
    for p in problem.preferences:
        if isinstance(p, req.Abstandswunsch | req.Vorher) and ereignis in (p.erst, p.dann):
            yield from (p.erst, p.dann)


def events_of(wish: req.Preference) -> tuple[str, ...]:
    """Return the events a preference looks at."""
    single = (getattr(wish, name, "") for name in ("ereignis", "erst", "dann", "nach"))
    shared = getattr(wish, "ereignisse", ())
    if isinstance(wish, req.Ausgleich):
        shared = tuple(p.ereignis for last in wish.lasten for d in last.dienste for p in d.pflichten)
    return (*(e for e in single if e), *shared)


def around(problem: Problem, near: Collection[str]) -> frozenset[str]:
    """Return these events, and all that share a requirement or a preference with one of them."""
    groups = [r.ereignisse for e in near for r in problem.nach_ereignis[e]]
    groups += [found for p in problem.preferences if not set(near).isdisjoint(found := events_of(p))]
    return frozenset(near).union(*groups)
