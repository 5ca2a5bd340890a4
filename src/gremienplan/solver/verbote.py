"""Who forbids what: per event and requirement a set of bits for every day, so that any subset can be asked quickly.

``statisch`` says what a requirement forbids one candidate. Here the answers for all candidates of an event are kept:
one bit per candidate of a day, set iff it is forbidden. What a set of requirements leaves of a day is then a few
operations on integers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cached_property

from attrs import field, frozen

from gremienplan import requirements as req
from gremienplan.solver.problem import Ereignis, Kandidat, Problem, Verbietet, Zeit
from gremienplan.solver.statisch import belegt, verbietet

Bits = tuple[int, ...]
"""Per day of an event, in its order: one bit for each of the day's candidates."""


@frozen
class Verbote:
    """What every requirement that looks at one event alone forbids it."""

    problem: Problem
    ereignis: Ereignis
    _bits: dict[str, Bits] = field(factory=dict, init=False)
    _days: dict[int, tuple[Kandidat, ...]] = field(factory=dict, init=False)

    @cached_property
    def filter(self) -> tuple[req.Requirement, ...]:
        """The requirements that forbid at least one candidate, in their order."""
        return tuple(r for r, test in self._tests if any(self._of(r, test)))

    def left(self, wanted: Collection[str], *, je_tag: bool) -> tuple[Kandidat, ...]:
        """Return the candidates that none of the requirements ``wanted`` (ids) forbids, in the order of time.

        With ``je_tag`` only the first of each day of a Sitzung, and all sittings of a Beratung.
        """
        found: list[Kandidat] = []
        bits = [self._of(r, test) for r, test in self._tests if r.id in wanted]
        for number, tag in enumerate(self.ereignis.tage):
            rest = self._all[number]
            for of in bits:
                rest &= ~of[number]
            if not rest:
                continue
            day = self._day(tag)
            first = je_tag and tag not in self.ereignis.sitzungen
            while rest:
                low = rest & -rest
                found.append(day[low.bit_length() - 1])
                rest = 0 if first else rest ^ low
        return tuple(found)

    def empty(self, wanted: Collection[str]) -> bool:
        """Tell whether the requirements ``wanted`` leave no candidate."""
        bits = [self._of(r, test) for r, test in self._tests if r.id in wanted]
        for number, rest in enumerate(self._all):
            for of in bits:
                rest &= ~of[number]
            if rest:
                return False
        return True

    # --- the bits -----------------------------------------------------------------------------------------

    @cached_property
    def _tests(self) -> tuple[tuple[req.Requirement, Verbietet], ...]:
        if self.ereignis.id in self.problem.fakten:
            return ()
        asked = self.problem.nach_ereignis[self.ereignis.id]
        tests = ((r, verbietet(r, self.ereignis, self.problem.zeit)) for r in asked)
        return tuple((r, test) for r, test in tests if test is not None)

    @cached_property
    def _all(self) -> Bits:
        sittings, hours = self.ereignis.sitzungen, len(self.ereignis.raster)
        return tuple(
            (1 << (len(sittings[tag]) if tag in sittings else hours)) - 1 for tag in self.ereignis.tage
        )

    def _day(self, tag: int) -> tuple[Kandidat, ...]:
        if tag not in self._days:
            self._days[tag] = self.ereignis.am(tag)
        return self._days[tag]

    def _of(self, r: req.Requirement, test: Verbietet) -> Bits:
        if r.id not in self._bits:
            self._bits[r.id] = tuple(self._compute(r, test))
        return self._bits[r.id]

    def _compute(self, r: req.Requirement, test: Verbietet) -> Iterator[int]:
        """Yield what ``r`` forbids of each day, by one look at the whole day wherever that is enough."""
        if isinstance(r, req.Tageszeit | req.Raumgroesse) and self.ereignis.raster and self.ereignis.tage:
            every = self._bits_of(self.ereignis.tage[0], test)  # says the same of every day
            yield from (every for _ in self.ereignis.tage)
            return
        concerns = _concerns(r, self.problem.zeit)
        for tag, everything in zip(self.ereignis.tage, self._all, strict=True):
            found = concerns(tag)
            if found is None:
                yield self._bits_of(tag, test)
            else:
                yield everything if found else 0

    def _bits_of(self, tag: int, test: Verbietet) -> int:
        return sum(1 << number for number, k in enumerate(self._day(tag)) if test(k))


def _concerns(r: req.Requirement, zeit: Zeit) -> Callable[[int], bool | None]:
    """Return for a day whether ``r`` forbids all of it, nothing, or (None) that candidates must be looked at."""
    match r:
        case req.Fenster():
            first = zeit.tag(r.von) if r.von else None
            last = zeit.tag(r.bis) if r.bis else None
            return lambda tag: (first is not None and tag < first) or (last is not None and tag > last)
        case req.Wochentage():
            return lambda tag: zeit.datum(tag).weekday() not in r.tage
        case req.Sperrtage():
            blocked = frozenset(tag for s in r.tage for tag in range(zeit.tag(s.von), zeit.tag(s.bis) + 1))
            return lambda tag: True if tag in blocked else None if tag + 1 in blocked else False
        case req.Verfuegbar() | req.Wegezeit() | req.KeineUeberschneidung() | req.OrtFrei():
            busy = belegt(zeit, r.belegt)
            return lambda tag: None if busy.on(tag) else False
        case req.EineVon():
            each = [belegt(zeit, dienst.belegt) for dienst in r.sitze]
            return lambda tag: None if all(busy.on(tag) for busy in each) else False
        case _:
            return lambda _: None
