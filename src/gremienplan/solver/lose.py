"""Loose bands between blocks: of which kinds they are, and whether choices of several blocks keep them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import TypeAlias, TypeGuard

from attrs import frozen

from gremienplan import requirements as req
from gremienplan.solver.constraints import encode
from gremienplan.solver.lauf import Lauf, solve
from gremienplan.solver.modell import Modell
from gremienplan.solver.preferences import encode as encode_preference
from gremienplan.solver.problem import Kandidat, Problem

Band: TypeAlias = req.Requirement | req.Preference
Loses: TypeAlias = req.Verfuegbar | req.Wegezeit | req.EineVon | req.OrtFrei | req.Abendlast
"""Kinds that demand no more, and cost no more, of some of their events than of all."""

PROBE = 30.0
"""Deterministic time for one loose band while every event stands: far more than it takes."""


def is_loose(band: Band) -> TypeGuard[Loses]:
    """Tell whether a requirement or preference demands and costs no more of some of its events than of all."""
    return isinstance(band, req.Verfuegbar | req.Wegezeit | req.EineVon | req.OrtFrei | req.Abendlast)


def events_of(band: Band, problem: Problem) -> tuple[str, ...]:
    """Return the events of the problem that a requirement or preference looks at; of a kind unknown here, all."""
    match band:
        case req.Abstandswunsch() | req.Vorher():
            found: Iterable[str] = (band.erst, band.dann)
        case req.Danach():
            found = (band.nach, *band.ereignisse)
        case _ if hasattr(band, "ereignisse"):
            found = band.ereignisse
        case _ if hasattr(band, "ereignis"):
            found = (band.ereignis,)
        case _:
            found = problem.ereignisse
    return tuple(dict.fromkeys(e for e in found if e in problem.ereignisse))


@frozen
class Probe:
    """Choices of blocks, put together: do they keep what ties the blocks loosely?"""

    problem: Problem
    wahl: Mapping[str, Kandidat]
    vortrag: Mapping[str, tuple[str, ...]]

    def broken(self, r: req.Requirement, events: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, int]]:
        """Yield which blocks break a requirement together; all of them where no two do."""
        if not self.keeps(r, chain(*events.values())):
            pairs = list(combinations(sorted(events), 2))
            yield from [(a, b) for a, b in pairs if not self.keeps(r, (*events[a], *events[b]))] or pairs

    def dearer(
        self, p: req.Preference, home: int, events: Mapping[int, Sequence[str]]
    ) -> Iterator[tuple[int, int]]:
        """Yield which blocks make a preference cost more than in its own block; all where none does by itself."""
        own = events[home]
        least = self.points(p, own)
        if self.points(p, chain(*events.values())) > least:
            pairs = [(home, n) for n in sorted(events) if n != home]
            yield from [(a, b) for a, b in pairs if self.points(p, (*own, *events[b])) > least] or pairs

    def keeps(self, r: req.Requirement, events: Iterable[str]) -> bool:
        """Tell whether these events keep a requirement."""
        m = self._standing(events)
        encode(m, r)
        return solve(m.cp, Lauf(PROBE)).plan

    def points(self, p: req.Preference, events: Iterable[str]) -> int:
        """Return what these events cost in a preference."""
        m = self._standing(events)
        m.cp.minimize(sum(cost * x for x, cost in encode_preference(m, p)))
        return solve(m.cp, Lauf(PROBE)).wert

    def _standing(self, events: Iterable[str]) -> Modell:
        """Return a model in which these events lie, and are presented, as has been chosen."""
        m = Modell(self.problem, {e: (self.wahl[e],) for e in events})
        for e in m.kandidaten:
            for slot, wer in enumerate(self.vortrag.get(e, ())):
                m.cp.add(m.traegt_vor(e, slot, wer) == 1)
        return m
