"""Lower bounds of the price of another date: what a stage costs at least, once those before it are proven."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve, frozen

from gremienplan.solver.eigen import Auswahl, Eigenkosten
from gremienplan.solver.search import Loesung


@frozen
class Beweis:
    """The stages that have been proven, each with the event's own least cost in it, and what follows for the next."""

    eigen: Eigenkosten
    basis: Loesung
    rest: Callable[[str, int], int | None]
    """The least a stage costs when an event may lie anywhere and is free."""
    ereignis: str
    stufen: tuple[tuple[int, int, int], ...] = ()

    def with_stage(self, offen: Auswahl, stufe: int, wert: int) -> Beweis:
        """Return it with one more proven stage."""
        return evolve(self, stufen=(*self.stufen, (stufe, wert, self.own(offen, stufe))))

    def bound(self, offen: Auswahl, stufe: int, wert: int) -> int:
        """Return what the stage costs at least; no better bound is looked for than ``wert``."""
        found = max(self.eigen.floor(stufe, offen), self.as_in_the_plan(stufe))
        if found < wert:
            found = max(found, self.others(offen, stufe) + self.own(offen, stufe))
        return found

    def as_in_the_plan(self, stufe: int) -> int:
        """Return the bound of the plan, where all stages so far cost what they cost in it."""
        basis = {w.stufe: w for w in self.basis.stufen}
        same = all(wert == basis[before].wert for before, wert, _ in self.stufen)
        return basis[stufe].schranke if same else 0

    def others(self, offen: Auswahl, stufe: int) -> int:
        """Return what the stage costs at least without what the event costs by itself."""
        found = self.eigen.floor(stufe, offen, ohne=self.ereignis)
        rest = self.rest(self.ereignis, stufe) if self._tight() else None
        return found if rest is None else max(found, rest)

    def own(self, offen: Auswahl, stufe: int) -> int:
        """Return what the event costs at least by itself."""
        return self.eigen.least(stufe, self.ereignis, offen[self.ereignis])

    def _tight(self) -> bool:
        """Tell whether every stage so far costs the best rest and what the event costs by itself."""
        return all(self.rest(self.ereignis, s) == wert - own for s, wert, own in self.stufen)
