"""Models of a problem: its requirements on some candidates, what its stages cost, and earlier stages held."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from gremienplan import requirements as req
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.lose import events_of
from gremienplan.solver.modell import Frei, Kosten, Modell
from gremienplan.solver.preferences import encode as encode_preference, unary
from gremienplan.solver.problem import Kandidat, Problem

Wahl = Mapping[str, Kandidat]
Kandidaten = dict[str, tuple[Kandidat, ...]]

PROBE = 30.0
"""Deterministic time to count what one choice costs: far more than it takes."""

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
    _punkte: dict[int, dict[str, dict[Kandidat, int]]] = field(factory=dict, init=False, repr=False, eq=False)
    """Stage -> what each candidate of each event costs by itself, as far as it has been asked for."""

    def modell(
        self, kandidaten: Kandidaten, werte: Sequence[Stufenwert] = (), frei: Frei | None = None
    ) -> Modell:
        """Return the model in which every requirement holds, and earlier stages keep their values.

        With ``frei`` it is a relaxation: what else must hold is left out.
        """
        m = Modell(self.problem, kandidaten, frei=frei)
        for r in undominated(self.problem.requirements):
            encode(m, r)
        for add in () if frei else self.zusatz:
            add(m)
        self.hold(m, werte)
        return m

    def hold(self, m: Modell, werte: Sequence[Stufenwert]) -> None:
        """Keep earlier stages at their values; where every choice left is cheap enough no row is needed."""
        for wert in werte:
            costs = self.kosten(m, wert.stufe)
            most = sum(max(c.values()) for c in self._alone(m, wert.stufe).values())
            if wert.wert is not None and (self.ties(wert.stufe) or most > wert.wert):
                m.cp.add(sum(c * x for x, c in costs) <= wert.wert)

    def kosten(self, m: Modell, stufe: int) -> Kosten:
        """Return what a stage costs, as weighted literals of the model."""
        terms: Kosten = [
            (x, cost)
            for e, costs in self._alone(m, stufe).items()
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
        if stufe not in self._punkte:
            self._punkte[stufe] = {}
        known = self._punkte[stufe]
        missing = {
            e: dict.fromkeys((k for k in ks if k not in known.get(e, ())), 0) for e, ks in kandidaten.items()
        }
        missing = {e: costs for e, costs in missing.items() if costs}
        if missing:
            for p in self.problem.preferences:
                found = unary(p, self.problem.zeit) if p.stufe == stufe else None
                if found and found[0] in missing:
                    of = missing[found[0]]
                    for k in of:
                        of[k] += found[1](k)
            for e, costs in missing.items():
                known.setdefault(e, {}).update(costs)
        return {e: {k: known[e][k] for k in ks} for e, ks in kandidaten.items()}

    def excess(self, offen: Kandidaten) -> dict[str, dict[Kandidat, int]]:
        """Return by how much each candidate is dearer than the cheapest of its event, all stages together."""
        costs = [self.unary(offen, stufe) for stufe in self.problem.stufen]
        return {e: excess_of({k: sum(of[e][k] for of in costs) for k in ks}) for e, ks in offen.items()}

    def _alone(self, m: Modell, stufe: int) -> dict[str, dict[Kandidat, int]]:
        """Return what each candidate of a model costs by itself: where it stands for others, what the cheapest does."""
        costs = self.unary(m.kandidaten, stufe)
        for e, of in m.frei.items():
            alone = self.unary({e: tuple(k for same in of.values() for k in same)}, stufe)[e]
            costs[e] |= {k: min(alone[other] for other in same) for k, same in of.items()}
        return costs

    def filter(self, offen: Kandidaten, stufe: int, wert: int) -> Kandidaten:
        """Drop candidates that by themselves exceed what the stage may cost."""
        costs = self.unary(offen, stufe)
        slack = wert - sum(min(found.values()) for found in costs.values())
        excess = {e: excess_of(found) for e, found in costs.items()}
        return {e: tuple(k for k in ks if excess[e][k] <= slack) for e, ks in offen.items()}

    def points(self, stufe: int, stand: Stand) -> int:
        """Return what a choice costs in a stage."""
        alone = self.unary({e: (k,) for e, k in stand.wahl.items()}, stufe)
        return sum(costs[stand.wahl[e]] for e, costs in alone.items()) + self._tied(stufe, stand)

    def dear(self, stufe: int, stand: Stand) -> frozenset[str]:
        """Return the events a choice costs something for in a stage: by themselves, or tied to others."""
        costs = self.unary({e: (k,) for e, k in stand.wahl.items()}, stufe)
        found = {e for e, of in costs.items() if any(of.values())}
        if self.ties(stufe):
            terms, antwort = self._counted(stufe, stand)
            for p, of in zip(self.ties(stufe), terms, strict=True):
                if any(antwort.solver.boolean_value(x) for x, cost in of if cost):
                    found.update(events_of(p, self.problem))
        return frozenset(found)

    def _tied(self, stufe: int, stand: Stand) -> int:
        """Return what the preferences that tie events together cost in a choice."""
        return self._counted(stufe, stand)[1].wert if self.ties(stufe) else 0

    def _counted(self, stufe: int, stand: Stand) -> tuple[list[Kosten], Antwort]:
        """Return the terms of each preference that ties events together, and their values in a choice."""
        m = Modell(self.problem, {e: (k,) for e, k in stand.wahl.items()})
        for e, vortrag in stand.vortrag.items():
            for slot, wer in enumerate(vortrag):
                m.cp.add(m.traegt_vor(e, slot, wer) == 1)
        terms = [encode_preference(m, p) for p in self.ties(stufe)]
        minimise(m, [term for of in terms for term in of])
        antwort = solve(m.cp, Lauf(PROBE))
        if antwort.verdict is not Verdict.OPTIMAL:  # everything is fixed: it can only be a wrong word
            antwort = solve(m.cp, Lauf(PROBE), presolve=False)
        if antwort.verdict is not Verdict.OPTIMAL:
            raise AssertionError("what stands fast could not be counted")
        return terms, antwort


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
            chosen = stand.wahl[e]
            m.cp.add_hint(x, k == chosen or chosen in m.frei.get(e, {}).get(k, ()))
    for (beratung, slot, wer), x in m.vortragende.items():
        m.cp.add_hint(x, stand.vortrag[beratung][slot] == wer)


def forget(m: Modell) -> None:
    """Take back every hint."""
    clear: Callable[[], None] = m.cp.clear_hints
    clear()


def read(m: Modell, antwort: Antwort) -> Stand:
    """Return the chosen candidates and presenters of a solution, of the events that are in the model."""
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
        if ereignis.vortrag and e in m.kandidaten
    }
    return Stand(wahl, vortrag)
