"""Which events stay open where not all can take place: the fewest, then the least important, then the later ones.

The choice is made before any stage, in three steps, each held for the next: as few as possible; of those as few of
the highest rank as possible, then of the next; and among equals each event, in the order it is named, that can still
take place does. What would leave an open event a day is kept as far as it costs no other event its date. Each "no" on
the way is confirmed without presolve; where one is not, or time runs out, the choice is not called proven.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from attrs import field, frozen
from ortools.sat.python import cp_model

from gremienplan import requirements as req
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.modell import Literal, Modell
from gremienplan.solver.problem import Problem, per_day
from gremienplan.solver.statisch import allowed

Schranken = Callable[[Collection[str]], Iterable[req.Fenster]]
"""Given what stays open: what would leave each of that a day."""


@frozen
class Auslese:
    """What stays open, in the order of the problem, and how few it could be at best."""

    offen: tuple[str, ...]
    mindestens: int
    """Proven: no choice leaves fewer open."""
    vergeblich: frozenset[str]
    """Ids of the bounds that leave an open event a day and are not kept."""
    bewiesen: bool
    """Each step of the choice is proven: the fewest, the least important, the last in line, and the bounds."""


@frozen
class Auswahl:
    """One choice of what stays open."""

    problem: Problem
    rang: Mapping[str, int]
    """Id of each event that may stay open -> its rank (0 = least important), first in line for a date first."""
    folgt: tuple[tuple[str, str], ...]
    """Pairs of events: the second cannot have a date while the first has none."""
    schranken: Schranken
    grenze: float
    stop: Callable[[], bool] | None = None

    def run(self, *, nur_tage: bool) -> Auslese | None:
        """Choose; None where no choice helps or none was found in time.

        With ``nur_tage`` Sitzungen have days but no hours and collide with nothing: what stays open then stays open
        in earnest too, and if it is enough it is the answer.
        """
        return _Lauf(self, nur_tage).run()


@frozen
class _Lauf:
    """The choice on one model, which gets narrower with each step."""

    auswahl: Auswahl
    nur_tage: bool
    m: Modell = field(init=False)
    zweifel: list[str] = field(factory=list, init=False)
    """Steps of the choice that are not proven."""

    @m.default
    def _model(self) -> Modell:
        problem, rang = self.auswahl.problem, self.auswahl.rang
        found = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
        kandidaten = {e: per_day(ks) if self.nur_tage else ks for e, ks in found.items() if ks}
        m = Modell(problem, kandidaten, nur_tage=self.nur_tage, verzichtbar=rang.keys())
        for r in undominated(problem.requirements):
            if not (isinstance(r, req.Stattfinden | req.Angesetzt) and r.ereignis in rang):
                encode(m, r)
        for a, b in self.auswahl.folgt:
            if b in m.x and a in problem.ereignisse:
                m.cp.add_bool_or([m.anwesend[b].negated(), m.anwesend.get(a, m.falsch)])
        return m

    def run(self) -> Auslese | None:
        """Count, weigh, go down the line, and see what leaves the open ones a day."""
        ereignisse = self.auswahl.problem.ereignisse
        never = [e for e in ereignisse if e not in self.m.x]
        if any(e not in self.auswahl.rang for e in never):
            return None
        absent = {e: self.m.anwesend[e].negated() for e in self.auswahl.rang if e in self.m.x}
        fewest = self._fewest(absent.values())
        if not fewest.plan:
            return None
        mindestens = len(never) + (0 if self.zweifel else fewest.wert)
        antwort = self._in_line(absent, self._weighed(absent, fewest))
        gone = {*never, *(e for e, x in absent.items() if antwort.solver.boolean_value(x))}
        offen = tuple(e for e in ereignisse if e in gone)
        vergeblich = frozenset(self._not_kept(offen))
        return Auslese(offen, mindestens, vergeblich, bewiesen=not self.zweifel)

    # --- the steps ----------------------------------------------------------------------------------------

    def _fewest(self, literals: Iterable[Literal]) -> Antwort:
        """Make as few of the literals true as possible, and hold that; that fewer are impossible is asked twice."""
        literals = tuple(literals)
        model = self.m.cp.clone()
        model.minimize(sum(literals))
        antwort = solve(model, self._lauf())
        fewer = self.m.cp.clone()
        fewer.add(sum(literals) <= antwort.wert - 1)
        if antwort.plan:
            self.m.cp.add(sum(literals) <= antwort.wert)
        if antwort.verdict is not Verdict.OPTIMAL or not (antwort.wert == 0 or self._none(fewer)):
            self.zweifel.append("fewest")
        return antwort

    def _none(self, model: cp_model.CpModel) -> bool:
        """Tell whether a model has no solution, asked without presolve."""
        return solve(model, self._lauf(), presolve=False).verdict is Verdict.INFEASIBLE

    def _weighed(self, absent: Mapping[str, Literal], antwort: Antwort) -> Antwort:
        """Leave open as few events of the highest rank as possible, then of the next."""
        ranks = sorted({self.auswahl.rang[e] for e in absent}, reverse=True)
        for rank in ranks[:-1]:  # how many of the last are open has been counted
            of_rank = [x for e, x in absent.items() if self.auswahl.rang[e] == rank]
            if any(antwort.solver.boolean_value(x) for x in of_rank):
                found = self._fewest(of_rank)
                if not found.plan:
                    self.m.cp.add(sum(of_rank) <= sum(map(antwort.solver.boolean_value, of_rank)))
                antwort = found if found.plan else antwort
            else:
                self.m.cp.add_bool_and([x.negated() for x in of_rank])
        return antwort

    def _in_line(self, literals: Mapping[str, Literal], antwort: Antwort) -> Antwort:
        """Make the literals that are true in a solution false again, one after the other, where that is possible.

        Of as many true ones these are the last in line. Most often there is no other choice, and one look is enough.
        """
        true = [x for x in literals.values() if antwort.solver.boolean_value(x)]
        if not true or self._possible([x.negated() for x in true]) is None:
            self.m.cp.add_bool_and(true)
            return antwort
        for x in literals.values():
            if antwort.solver.boolean_value(x):
                found = self._possible([x.negated()])
                if found is None:
                    self.m.cp.add_bool_and([x])
                    continue
                antwort = found
            self.m.cp.add_bool_and([x.negated()])
        return antwort

    def _possible(self, one_of: list[Literal]) -> Antwort | None:
        """Return a solution in which one of the literals is true; a "no" is asked again, without presolve."""
        model = self.m.cp.clone()
        model.add_bool_or(one_of)
        antwort = solve(model, self._lauf())
        if antwort.verdict is Verdict.INFEASIBLE:
            antwort = solve(model, self._lauf(), presolve=False)
        if antwort.plan:
            return antwort
        if antwort.verdict is not Verdict.INFEASIBLE:
            self.zweifel.append("possible")
        return None

    def _not_kept(self, offen: Collection[str]) -> list[str]:
        """Return the bounds that cannot be kept: as few as possible, and of those the last in line."""
        broken = {}
        for bound in self.auswahl.schranken(offen):
            if bound.ereignis in self.m.x and bound.ereignis not in self.auswahl.problem.fakten:
                broken[bound.id] = self._broken(bound)
        if not broken:
            return []
        antwort = self._fewest(broken.values())
        if antwort.plan:
            antwort = self._in_line(broken, antwort)
        return [key for key, x in broken.items() if not antwort.plan or antwort.solver.boolean_value(x)]

    def _broken(self, bound: req.Fenster) -> Literal:
        """Return a literal that may be false only where ``von ≤ day ≤ bis``."""
        zeit, broken = self.auswahl.problem.zeit, self.m.neu(bound.id)
        if bound.bis is not None:
            self.m.cp.add_bool_or([broken, self.m.bis(bound.ereignis, zeit.tag(bound.bis))])
        if bound.von is not None:
            before = self.m.bis(bound.ereignis, zeit.tag(bound.von) - 1)
            self.m.cp.add_bool_or([broken, before.negated()])
        return broken

    def _lauf(self) -> Lauf:
        return Lauf(self.auswahl.grenze, self.auswahl.stop)
