"""Models of a problem: its requirements on some candidates, what its stages cost, and earlier stages held."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from gremienplan import requirements as req
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.lauf import Antwort
from gremienplan.solver.modell import Kosten, Modell
from gremienplan.solver.preferences import encode as encode_preference, unary
from gremienplan.solver.problem import Kandidat, Problem

Wahl = Mapping[str, Kandidat]
Kandidaten = dict[str, tuple[Kandidat, ...]]

Zusatz = Callable[[Modell], None]
"""Adds clauses to a model of some candidates of the problem."""


@frozen
class Stufenwert:
    """Value and proven bound of one stage; a stage the search never reached has no value of its own."""

    stufe: int
    wert: int | None
    schranke: int

    @property
    def bewiesen(self) -> bool:
        """Tell whether nothing is better."""
        return self.wert is not None and self.wert <= self.schranke


@frozen
class Stand:
    """A choice with who presents."""

    wahl: Wahl
    vortrag: Mapping[str, tuple[str, ...]]


@frozen
class Aufbau:
    """Builds the models of one problem."""

    problem: Problem
    zusatz: tuple[Zusatz, ...] = ()

    def modell(self, kandidaten: Kandidaten, werte: Sequence[Stufenwert] = ()) -> Modell:
        """Return the model in which every requirement holds, and earlier stages keep their values."""
        m = Modell(self.problem, kandidaten)
        for r in undominated(self.problem.requirements):
            encode(m, r)
        for add in self.zusatz:
            add(m)
        self.hold(m, werte)
        return m

    def hold(self, m: Modell, werte: Sequence[Stufenwert]) -> None:
        """Keep earlier stages at their values; where every choice left is cheap enough no row is needed."""
        for wert in werte:
            costs = self.kosten(m, wert.stufe)
            most = sum(max(c.values()) for c in self.unary(m.kandidaten, wert.stufe).values())
            if wert.wert is not None and (self.ties(wert.stufe) or most > wert.wert):
                m.cp.add(sum(c * x for x, c in costs) <= wert.wert)

    def kosten(self, m: Modell, stufe: int) -> Kosten:
        """Return what a stage costs, as weighted literals of the model."""
        terms: Kosten = [
            (x, cost)
            for e, costs in self.unary(m.kandidaten, stufe).items()
            for k, x in zip(m.kandidaten[e], m.x[e], strict=True)
            if (cost := costs[k])
        ]
        for p in self.ties(stufe):
            terms += encode_preference(m, p)
        return terms

    def ties(self, stufe: int) -> list[req.Preference]:
        """Return the stage's preferences that tie events together."""
        zeit = self.problem.zeit
        return [p for p in self.problem.preferences if p.stufe == stufe and unary(p, zeit) is None]

    def unary(
        self, kandidaten: Mapping[str, Sequence[Kandidat]], stufe: int
    ) -> dict[str, dict[Kandidat, int]]:
        """Return what each candidate of each event costs by itself in a stage."""
        costs = {e: dict.fromkeys(ks, 0) for e, ks in kandidaten.items()}
        for p in self.problem.preferences:
            found = unary(p, self.problem.zeit) if p.stufe == stufe else None
            if found and found[0] in costs:
                of = costs[found[0]]
                for k in of:
                    of[k] += found[1](k)
        return costs

    def filter(self, offen: Kandidaten, stufe: int, wert: int) -> Kandidaten:
        """Drop candidates that by themselves exceed what the stage may cost."""
        costs = self.unary(offen, stufe)
        slack = wert - sum(min(found.values()) for found in costs.values())
        excess = {e: excess_of(found) for e, found in costs.items()}
        return {e: tuple(k for k in ks if excess[e][k] <= slack) for e, ks in offen.items()}


def excess_of(costs: Mapping[Kandidat, int]) -> dict[Kandidat, int]:
    """Return by how much each candidate is dearer than the cheapest."""
    least = min(costs.values())
    return {k: cost - least for k, cost in costs.items()}


def minimise(m: Modell, terms: Kosten) -> None:
    """Ask for the least sum."""
    m.cp.minimize(sum(cost * x for x, cost in terms))


def hint(m: Modell, stand: Stand) -> None:
    """Tell the solver a choice to begin with."""
    for e, ks in m.kandidaten.items():
        for k, x in zip(ks, m.x[e], strict=True):
            m.cp.add_hint(x, k == stand.wahl[e])
    for (beratung, slot, wer), x in m.vortragende.items():
        m.cp.add_hint(x, stand.vortrag[beratung][slot] == wer)


def read(m: Modell, antwort: Antwort) -> Stand:
    """Return the chosen candidates and presenters of a solution."""
    wahl = {
        e: next(k for k, x in zip(ks, m.x[e], strict=True) if antwort.solver.boolean_value(x))
        for e, ks in m.kandidaten.items()
    }
    vortrag = {
        e: tuple(
            next(w for w in slot if antwort.solver.boolean_value(m.traegt_vor(e, i, w)))
            for i, slot in enumerate(ereignis.vortrag)
        )
        for e, ereignis in m.problem.ereignisse.items()
        if ereignis.vortrag
    }
    return Stand(wahl, vortrag)
