"""What single candidates cost by themselves, stage by stage, counted once and asked often."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import field, frozen

from gremienplan import requirements as req
from gremienplan.solver.preferences import unary
from gremienplan.solver.problem import TAG, Kandidat, Problem, per_day

Auswahl = Mapping[str, tuple[Kandidat, ...]]
"""Id of an event -> the candidates it may choose among."""

FEW = 40
"""Fewer candidates are looked through again rather than remembered."""


@frozen(eq=False)
class Eigenkosten:
    """The points of single candidates in the stages of a problem, and the preferences that tie events together."""

    problem: Problem
    gebunden: dict[int, list[req.Preference]] = field(factory=dict, init=False)
    """Stage -> the preferences that are no matter of single candidates."""
    _einzeln: dict[tuple[int, str], list[Callable[[Kandidat], int]]] = field(factory=dict, init=False)
    _punkte: dict[tuple[int, str], dict[Kandidat, int]] = field(factory=dict, init=False)
    _least: dict[tuple[int, str, int], tuple[tuple[Kandidat, ...], int]] = field(factory=dict, init=False)
    _kept: dict[tuple[int, str, int, int], tuple[tuple[Kandidat, ...], tuple[Kandidat, ...]]] = field(
        factory=dict, init=False
    )

    def __attrs_post_init__(self) -> None:
        for p in self.problem.preferences:
            found = unary(p, self.problem.zeit)
            if found is None:
                self.gebunden.setdefault(p.stufe, []).append(p)
            else:
                self._einzeln.setdefault((p.stufe, found[0]), []).append(found[1])

    def cost(self, stufe: int, ereignis: str, k: Kandidat) -> int:
        """Return what a candidate costs by itself in a stage."""
        tests = self._einzeln.get((stufe, ereignis))
        if tests is None:
            return 0
        known = self._punkte.setdefault((stufe, ereignis), {})
        if k not in known:
            known[k] = sum(test(k) for test in tests)
        return known[k]

    def any(self, stufe: int, ereignis: str) -> bool:
        """Tell whether the candidates of an event can cost anything by themselves in a stage."""
        return (stufe, ereignis) in self._einzeln

    def least(self, stufe: int, ereignis: str, ks: tuple[Kandidat, ...]) -> int:
        """Return the least cost of these candidates."""
        if not self.any(stufe, ereignis):
            return 0
        if len(ks) < FEW:
            return min(self.cost(stufe, ereignis, k) for k in ks)
        key = (stufe, ereignis, id(ks))
        if key not in self._least:  # the candidates are kept with it, so that the id stays theirs
            self._least[key] = ks, min(self.cost(stufe, ereignis, k) for k in ks)
        return self._least[key][1]

    def floor(self, stufe: int, offen: Auswahl, ohne: str = "") -> int:
        """Return what all events but ``ohne`` cost at least by themselves."""
        return sum(self.least(stufe, e, ks) for e, ks in offen.items() if e != ohne)

    def at_most(
        self, stufe: int, ereignis: str, ks: tuple[Kandidat, ...], slack: int
    ) -> tuple[Kandidat, ...]:
        """Return the candidates that are at most ``slack`` dearer than the cheapest."""
        if not self.any(stufe, ereignis):
            return ks
        most = self.least(stufe, ereignis, ks) + slack
        if len(ks) < FEW:
            return tuple(k for k in ks if self.cost(stufe, ereignis, k) <= most)
        key = (stufe, ereignis, id(ks), slack)
        if key not in self._kept:
            self._kept[key] = ks, tuple(k for k in ks if self.cost(stufe, ereignis, k) <= most)
        return self._kept[key][1]

    def filtered(
        self, offen: Auswahl, stufe: int, wert: int, ohne: str = ""
    ) -> dict[str, tuple[Kandidat, ...]]:
        """Drop candidates that by themselves exceed what the stage may cost; those of ``ohne`` are free."""
        slack = wert - self.floor(stufe, offen, ohne)
        return {e: ks if e == ohne else self.at_most(stufe, e, ks, slack) for e, ks in offen.items()}

    def nearest(
        self, ereignis: str, ks: tuple[Kandidat, ...], now: Kandidat, most: int
    ) -> tuple[Kandidat, ...]:
        """Return at most so many: the cheapest, stage by stage, and of these the nearest to ``now``."""
        rank = self._rank(ereignis, now)
        return ks if len(ks) <= most else tuple(sorted(sorted(ks, key=rank)[:most]))

    def one_a_day(self, ereignis: str, ks: tuple[Kandidat, ...], now: Kandidat) -> tuple[Kandidat, ...]:
        """Return the first of each day in that order; every sitting in which an item may be heard."""
        best = per_day(sorted(ks, key=self._rank(ereignis, now)))
        return ks if len(best) == len(ks) else tuple(sorted(best))

    def _rank(
        self, ereignis: str, now: Kandidat
    ) -> Callable[[Kandidat], tuple[tuple[int, ...], int, int, Kandidat]]:
        def rank(k: Kandidat) -> tuple[tuple[int, ...], int, int, Kandidat]:
            costs = tuple(self.cost(stufe, ereignis, k) for stufe in self.problem.stufen)
            return costs, abs(k.tag - now.tag), abs(k.beginn % TAG - now.beginn % TAG), k

        return rank
