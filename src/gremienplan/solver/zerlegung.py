"""What falls apart is solved apart: many cities in one problem, tied together by a few people or rooms they share.

*Firm* requirements and preferences (orders, distances, counts) tie their events into one block. *Loose* ones say that
somebody or something cannot be in two places at once, or has too many evenings; in most choices they hold by
themselves. Each block is solved alone, with the loose ones as far as they speak of its events. Of fewer events they
demand no more, and cost no more; so the blocks together are a relaxation, and the sums of their values are bounds of
the whole, stage after stage, and in the tie-break too. Where the choices of all blocks, put together, keep every loose
requirement and cost no more than these sums, they are the best choice of all. Otherwise the blocks that clash become
one block. Mostly they only chose the same hour where others would have been as good: so first of all the tie is broken
anew among the choices that are best for each of them. Only where there is none is the new block searched from the
beginning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations

from attrs import evolve, field, frozen

from gremienplan import requirements as req
from gremienplan.solver.aufbau import Stufenwert
from gremienplan.solver.lauf import Lauf
from gremienplan.solver.lose import Band, Probe, events_of, is_loose
from gremienplan.solver.melder import Progress
from gremienplan.solver.problem import Problem
from gremienplan.solver.search import Loesung, Suche, Unentschieden, Unmoeglich
from gremienplan.solver.versoehnung import Kern, reconcile


def in_blocks(
    suche: Suche, groups: Sequence[Sequence[str]] | None = None
) -> Loesung | Unmoeglich | Unentschieden:
    """Search a problem in blocks where it has more than one; what is found is what the search as a whole would find.

    ``groups`` are the events of each block, no firm band between them; without it those of :func:`partition`.
    """
    if groups is None:
        groups = partition(suche.problem)
    if len(groups) < 2 or suche.zusatz:
        return suche.run()
    return _Verband(suche, dict(enumerate(parts(suche.problem, groups)))).run()


# --- blocks -------------------------------------------------------------------------------------------------


def partition(problem: Problem, *, closely: bool = True) -> tuple[tuple[str, ...], ...]:
    """Return the events of each block: what firm bands hold together, and (``closely``) what loose ones tie closely.

    Closely tied is a block at least half of whose loose bands lead to one and the same other block.
    """
    bands = [(b, events_of(b, problem)) for b in (*problem.requirements, *problem.preferences)]
    union = _Union(problem.ereignisse)
    for band, events in bands:
        if not is_loose(band):
            union.join(events)
    loose = [events for band, events in bands if is_loose(band)]
    while True:
        own: Counter[str] = Counter()
        both: Counter[tuple[str, str]] = Counter()
        for events in loose:
            met = sorted({union.find(e) for e in events})
            own.update(met)
            both.update(combinations(met, 2))
        close = [(a, b) for (a, b), n in sorted(both.items()) if 2 * n >= min(own[a], own[b])]
        if not (close and closely):
            return union.groups()
        for pair in close:
            union.join(pair)


def parts(problem: Problem, groups: Sequence[Sequence[str]]) -> list[Problem]:
    """Return a problem for each group of events: with every requirement that speaks of one of them.

    A preference belongs to one group: to that with most of its events. What speaks of no event is the first one's.
    """
    number = {e: n for n, group in enumerate(groups) for e in group}
    asked: list[list[req.Requirement]] = [[] for _ in groups]
    wished: list[list[req.Preference]] = [[] for _ in groups]
    for r in problem.requirements:
        for n in sorted({number[e] for e in events_of(r, problem)}) or [0]:
            asked[n].append(r)
    for p in problem.preferences:
        met = Counter(sorted(number[e] for e in events_of(p, problem)))
        wished[met.most_common(1)[0][0] if met else 0].append(p)
    return [
        evolve(
            problem,
            ereignisse={e: problem.ereignisse[e] for e in group},
            requirements=tuple(asked[n]),
            preferences=tuple(wished[n]),
            fakten=problem.fakten & set(group),
        )
        for n, group in enumerate(groups)
    ]


def part_of(problem: Problem, answer: Unmoeglich) -> Problem:
    """Return the part of a problem in which "impossible" was found; without preferences, which forbid nothing."""
    if not answer.ereignisse:
        return problem
    asked = [(r, events_of(r, problem)) for r in problem.requirements]
    return evolve(
        problem,
        ereignisse={e: ereignis for e, ereignis in problem.ereignisse.items() if e in answer.ereignisse},
        requirements=tuple(r for r, events in asked if not events or answer.ereignisse & set(events)),
        preferences=(),
        fakten=problem.fakten & answer.ereignisse,
    )


def joined(problem: Problem, some: Sequence[Problem]) -> Problem:
    """Return several parts of a problem as one, everything in the order of the problem."""
    events = {e for p in some for e in p.ereignisse}
    asked = {id(r) for p in some for r in p.requirements}
    wished = {id(w) for p in some for w in p.preferences}
    return evolve(
        problem,
        ereignisse={e: ereignis for e, ereignis in problem.ereignisse.items() if e in events},
        requirements=tuple(r for r in problem.requirements if id(r) in asked),
        preferences=tuple(w for w in problem.preferences if id(w) in wished),
        fakten=problem.fakten & events,
    )


class _Union:
    """Sets of events that grow together; each is named by its first event."""

    def __init__(self, events: Iterable[str]) -> None:
        self._order = {e: n for n, e in enumerate(events)}
        self._up = {e: e for e in self._order}

    def find(self, e: str) -> str:
        while (up := self._up[e]) != e:
            self._up[e] = e = self._up[up]
        return e

    def join(self, events: Iterable[str]) -> None:
        roots = sorted({self.find(e) for e in events}, key=self._order.__getitem__)
        for root in roots[1:]:
            self._up[root] = roots[0]

    def groups(self) -> tuple[tuple[str, ...], ...]:
        found: dict[str, list[str]] = {}
        for e in self._order:
            found.setdefault(self.find(e), []).append(e)
        return tuple(map(tuple, found.values()))


# --- the search ---------------------------------------------------------------------------------------------


@frozen
class _Geloest:
    """A block with its choice, and the smallest parts whose values, one by one, are what they are alone."""

    loesung: Loesung
    kerne: tuple[Kern, ...]


@frozen
class _Verband:
    """One search in blocks: each has a number, that of the first when several have become one."""

    suche: Suche
    bloecke: dict[int, Problem]
    geloest: dict[int, _Geloest] = field(factory=dict)

    def run(self) -> Loesung | Unmoeglich | Unentschieden:
        """Solve each block; make one of those that clash; until none do."""
        due: dict[int, tuple[_Geloest, ...]] = dict.fromkeys(self.bloecke, ())
        while due:
            for n, before in sorted(due.items()):
                found = self._settled(n, before) or self._searched(n)
                if not isinstance(found, _Geloest):
                    return found
                self.geloest[n] = found
            due = self._merge(self._clashes(due))
        order = self.suche.problem
        return _together(order, [found.loesung for found in self.geloest.values()])

    def _searched(self, n: int) -> _Geloest | Unmoeglich | Unentschieden:
        """Search a block from the beginning."""
        block = self.bloecke[n]
        found = evolve(self.suche, problem=block, on_progress=self._melden).run()
        block.erlaubt.clear()  # by far the largest part, and seldom asked for again
        if isinstance(found, Unmoeglich):
            return Unmoeglich(frozenset(block.ereignisse))
        return found if isinstance(found, Unentschieden) else _Geloest(found, ((block, found),))

    def _settled(self, n: int, before: Sequence[_Geloest]) -> _Geloest | None:
        """Break the tie anew among what is best for each of several blocks; None where nothing is left."""
        kerne = tuple(kern for found in before for kern in found.kerne)
        if not kerne or not all(found.kanonisch for _, found in kerne):
            return None
        block = self.bloecke[n]
        lauf = Lauf(self.suche.grenze, self.suche.stop, workers=self.suche.workers)
        stand = reconcile(block, kerne, lauf)
        for part, _ in kerne:
            part.erlaubt.clear()
        if stand is None:
            return None
        apart = _together(block, [found.loesung for found in before])
        return _Geloest(evolve(apart, wahl=stand.wahl, vortrag=stand.vortrag, kanonisch=True), kerne)

    def _merge(self, pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[_Geloest, ...]]:
        """Make one block of blocks that clash; return the number of each new one, and what was found of its parts."""
        union = _Union(map(str, self.bloecke))
        for a, b in pairs:
            union.join((str(a), str(b)))
        new = {}
        for first, *others in ([int(n) for n in group] for group in union.groups()):
            if others:
                several = [self.bloecke[first], *(self.bloecke.pop(n) for n in others)]
                self.bloecke[first] = joined(self.suche.problem, several)
                new[first] = tuple(self.geloest.pop(n) for n in (first, *others))
        return new

    def _clashes(self, due: Collection[int]) -> Iterator[tuple[int, int]]:
        """Yield pairs of blocks, one of them among ``due``, whose choices together break a band or cost more."""
        number = {e: n for n, block in self.bloecke.items() for e in block.ereignisse}
        home = {id(p): n for n, block in self.bloecke.items() for p in block.preferences}
        problem = self.suche.problem
        together = _together(problem, [found.loesung for found in self.geloest.values()])
        probe = Probe(problem, together.wahl, together.vortrag)
        for band in filter(is_loose, chain[Band](problem.requirements, problem.preferences)):
            events: dict[int, list[str]] = {}
            for e in events_of(band, problem):
                events.setdefault(number[e], []).append(e)
            if len(events) > 1 and not events.keys().isdisjoint(due):
                if isinstance(band, req.Abendlast):
                    yield from probe.dearer(band, home[id(band)], events)
                else:
                    yield from probe.broken(band, events)

    def _melden(self, progress: Progress) -> None:
        """Tell of progress: of the blocks so far. What is proven of them together shows when all are done."""
        if self.suche.on_progress is None:
            return
        done = [
            w for found in self.geloest.values() for w in found.loesung.stufen if w.stufe == progress.stufe
        ]
        wert = None if progress.wert is None else progress.wert + sum(w.wert or 0 for w in done)
        self.suche.on_progress(evolve(progress, wert=wert, schranke=None))


def _together(problem: Problem, several: Sequence[Loesung]) -> Loesung:
    """Return the choices of blocks as one; sums of values, and of bounds as far as they hold of the sum.

    Where a stage of some block is not proven, another block could do worse in it for the sake of a later stage:
    then nothing is known of the later ones.
    """
    stufen, safe = [], True
    for stufe in problem.stufen or (1,):
        found = [w for loesung in several for w in loesung.stufen if w.stufe == stufe]
        values = [w.wert for w in found if w.wert is not None]
        wert = sum(values) if len(values) == len(found) else None
        stufen.append(Stufenwert(stufe, wert, sum(w.schranke for w in found) if safe else 0))
        safe = safe and all(w.bewiesen for w in found)
    wahl = {e: k for loesung in several for e, k in loesung.wahl.items()}
    vortrag = {e: who for loesung in several for e, who in loesung.vortrag.items()}
    return Loesung(
        {e: wahl[e] for e in problem.ereignisse},
        {e: vortrag[e] for e in problem.ereignisse if e in vortrag},
        tuple(stufen),
        any(loesung.abgebrochen for loesung in several),
        all(loesung.kanonisch for loesung in several),
    )
