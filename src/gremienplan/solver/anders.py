"""What makes a choice another one: days that differ from earlier choices, and stages that cost little more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stufenwert
from gremienplan.solver.lauf import Lauf, Verdict, solve
from gremienplan.solver.modell import Modell
from gremienplan.solver.problem import Problem
from gremienplan.solver.statisch import allowed

Tage = Mapping[str, int]
"""Event -> its day."""


@frozen
class Anders:
    """A further choice: it shares at most ``hoechstens`` days with each earlier one, each stage within its limit."""

    problem: Problem
    frueher: Sequence[Tage]
    """The days of earlier choices, of the events that count."""
    hoechstens: int
    grenzen: Mapping[int, int]
    """Stage -> the most it may cost."""

    def __call__(self, m: Modell) -> None:
        """Add the clauses: in each earlier choice's days, at most so many are kept."""
        for tage in self.frueher:
            same = [am for e, tag in tage.items() if (am := m.am(e, tag)) is not None]
            if len(same) > self.hoechstens:
                m.cp.add(sum(same) <= self.hoechstens)
        held = [Stufenwert(stufe, most, 0) for stufe, most in self.grenzen.items()]
        Aufbau(self.problem).hold(m, held)

    def narrowed(self) -> Problem | None:
        """Return the problem without the candidates that alone exceed a limit; None if an event has none left."""
        aufbau = Aufbau(self.problem)
        offen: Kandidaten = {e: allowed(self.problem, x) for e, x in self.problem.ereignisse.items()}
        for stufe, most in self.grenzen.items():
            if not all(offen.values()):
                return None
            offen = aufbau.filter(offen, stufe, most)
        if not all(offen.values()):
            return None
        found = evolve(self.problem)
        found.erlaubt.update(offen)
        return found

    def impossible(self, problem: Problem, lauf: Lauf) -> bool:
        """Tell whether it is certain that there is none, asked without objective and presolve."""
        offen: Kandidaten = {e: allowed(problem, x) for e, x in problem.ereignisse.items()}
        m = Aufbau(problem, (self,)).modell(offen)
        return solve(m.cp, lauf, presolve=False).verdict is Verdict.INFEASIBLE
