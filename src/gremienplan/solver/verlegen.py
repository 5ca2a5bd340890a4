"""Which events can be moved at all where as few as possible are: the rest is left where it is before any search.

Most of a year stays where it is, and no model should ask where else it could be. So the fewest moves are found from
below, as the smallest set of events that meets every reason why not all can stay (an implicit hitting set). A reason
is a set of events that cannot stay together, whether all others are held or not: found and confirmed on a model in
which only what is to be moved has a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import Literal

from attrs import evolve, field, frozen
from ortools.sat.python import cp_model

from gremienplan import requirements as req
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.lauf import Lauf, Verdict, solve
from gremienplan.solver.modell import Modell
from gremienplan.solver.problem import Kandidat, Problem
from gremienplan.solver.search import Unmoeglich
from gremienplan.solver.statisch import allowed

MOST = 300
"""Sets of events that are tried before the search is left to do it all by itself."""


def narrowed(
    problem: Problem, stufe: int, grenze: float, stop: Callable[[], bool] | None = None
) -> Problem | Unmoeglich:
    """Return the problem without the candidates that no choice with the fewest moves uses; the stage counts those.

    Every best choice of the problem is one of the narrowed problem, and the other way round. Where it takes too
    long to find out, or is stopped, the problem comes back as it is. Whatever is ruled out, Unmoeglich included, has
    been confirmed by a second verdict, without presolve.
    """
    return _Umzug(problem, stufe, grenze, stop).run()


@frozen
class _Umzug:
    problem: Problem
    stufe: int
    grenze: float
    stop: Callable[[], bool] | None
    gruende: list[frozenset[str]] = field(factory=list)
    """Sets of events that cannot stay all together."""

    def run(self) -> Problem | Unmoeglich:
        """Find the fewest moves, then every event that is moved in some choice with as few."""
        self.gruende.extend(frozenset({e}) for e in self._wishes if not self._stay[e])
        fewest, mobile = None, frozenset[str]()
        for _ in range(MOST):
            chosen = self._chosen(fewest, mobile)
            if chosen is False:
                return self._left(mobile)
            found = None if chosen is None else self._try(chosen)
            if chosen is None or found is None:
                return self.problem
            if isinstance(found, frozenset):
                if not found:
                    return Unmoeglich()
                self.gruende.append(found)
                continue
            if fewest is None:
                fewest = sum(self._wishes[e].gewicht for e in chosen)
                if not self._least(fewest):
                    return self.problem
            mobile |= chosen
        return self.problem

    def _left(self, mobile: Collection[str]) -> Problem:
        """Return the problem in which only these may be moved."""
        left = evolve(self.problem)
        left.erlaubt.update(self.problem.erlaubt)
        left.erlaubt.update((e, stay) for e, stay in self._stay.items() if e not in mobile)
        return left

    # --- what the problem says -----------------------------------------------------------------------------

    @cached_property
    def _wishes(self) -> Mapping[str, req.Bleiben]:
        """Id of each event that would rather stay -> where."""
        return {
            p.ereignis: p
            for p in self.problem.preferences
            if isinstance(p, req.Bleiben)
            and p.stufe == self.stufe
            and p.ereignis in self.problem.ereignisse
            and p.ereignis not in self.problem.fakten
        }

    @cached_property
    def _stay(self) -> Mapping[str, tuple[Kandidat, ...]]:
        """Id of each of them -> its candidates that are no move; none where it cannot stay."""
        return {e: self._where(p) for e, p in self._wishes.items()}

    def _where(self, p: req.Bleiben) -> tuple[Kandidat, ...]:
        zeit, ereignis = self.problem.zeit, self.problem.ereignisse[p.ereignis]
        slots = ereignis.vortrag
        if p.vortrag is not None and (
            len(p.vortrag) != len(slots)
            or any(wer not in slot for wer, slot in zip(p.vortrag, slots, strict=True))
        ):
            return ()
        told = zeit.minute(p.beginn), zeit.minute(p.ende), p.ort
        return tuple(k for k in allowed(self.problem, ereignis) if (k.beginn, k.ende, k.ort) == told)

    # --- which events to move ------------------------------------------------------------------------------

    def _chosen(self, fewest: int | None, mobile: Collection[str]) -> frozenset[str] | Literal[False] | None:
        """Return the cheapest set of events that meets every reason; False: there is none; None: undecided.

        Once the ``fewest`` moves are known: one as cheap with an event that is not known to be ``mobile``.
        """
        m, x, cost = self._meeting(self._wishes if fewest is not None else chain(*self.gruende))
        if fewest is not None:
            m.add(cost <= fewest)
            m.add_bool_or([literal for e, literal in x.items() if e not in mobile])
        none_at_all = m.clone()
        m.minimize(cost)
        antwort = solve(m, self._lauf())
        if antwort.verdict is Verdict.OPTIMAL:
            return frozenset(e for e, literal in x.items() if antwort.solver.boolean_value(literal))
        ruled_out = antwort.verdict is Verdict.INFEASIBLE and fewest is not None
        return False if ruled_out and self._none(none_at_all) else None

    def _least(self, fewest: int) -> bool:
        """Tell whether no cheaper set of events meets every reason, asked again."""
        m, _, cost = self._meeting(chain(*self.gruende))
        m.add(cost <= fewest - 1)
        return fewest == 0 or self._none(m)

    def _meeting(
        self, events: Iterable[str]
    ) -> tuple[cp_model.CpModel, Mapping[str, cp_model.IntVar], cp_model.LinearExprT]:
        """Return the model of all sets of these events that meet every reason, who is in it, and what it costs."""
        m, some = cp_model.CpModel(), frozenset(events)
        x = {e: m.new_bool_var(e) for e in self._wishes if e in some}
        for grund in self.gruende:
            m.add_bool_or([x[e] for e in sorted(grund)])
        return m, x, sum(self._wishes[e].gewicht * literal for e, literal in x.items())

    def _none(self, model: cp_model.CpModel) -> bool:
        """Tell whether a model has no solution, without presolve."""
        return solve(model, self._lauf(), presolve=False).verdict is Verdict.INFEASIBLE

    # --- whether the others can stay -----------------------------------------------------------------------

    def _try(self, moved: frozenset[str]) -> frozenset[str] | bool | None:
        """Tell that all others can stay (True), or which of them cannot; None: undecided."""
        m = self._model(moved)
        stays = {m.anwesend[e].index: e for e in self._wishes if e not in moved}
        cp = m.cp.clone()
        cp.add_assumptions([m.anwesend[e] for e in stays.values()])
        antwort = solve(cp, self._lauf(), presolve=False)
        if antwort.plan:
            return True
        if antwort.verdict is not Verdict.INFEASIBLE:
            return None
        blamed = [stays[i] for i in antwort.solver.sufficient_assumptions_for_infeasibility() if i in stays]
        for e in tuple(blamed):
            rest = [other for other in blamed if other != e]
            if e in blamed and self._apart(m, rest):
                blamed = rest
        confirmed = self._apart(m, blamed) and self._apart(m, blamed, presolve=False)
        return frozenset(blamed) if confirmed else None

    def _apart(self, m: Modell, stays: Iterable[str], *, presolve: bool = True) -> bool:
        """Tell whether these cannot stay together."""
        cp = m.cp.clone()
        cp.add_bool_and([m.anwesend[e] for e in stays])
        return solve(cp, self._lauf(), presolve=presolve).verdict is Verdict.INFEASIBLE

    def _model(self, moved: Collection[str]) -> Modell:
        """Return the model in which what is moved has a choice, and all else is where it was, or nowhere."""
        stays = {e: ks for e, ks in self._stay.items() if e not in moved}
        kandidaten = {
            e: stays[e] if e in stays else allowed(self.problem, ereignis)
            for e, ereignis in self.problem.ereignisse.items()
        }
        m = Modell(self.problem, kandidaten, verzichtbar=stays.keys())
        for r in undominated(self.problem.requirements):
            if not (isinstance(r, req.Stattfinden | req.Angesetzt) and r.ereignis in stays):
                encode(m, r)
        for e in stays:
            for slot, wer in enumerate(self._wishes[e].vortrag or ()):
                m.cp.add_implication(m.anwesend[e], m.traegt_vor(e, slot, wer))
        return m

    def _lauf(self) -> Lauf:
        return Lauf(self.grenze, self.stop)
