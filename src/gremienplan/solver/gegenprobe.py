"""The second word: a value is the least only where a choice that costs less is refused without preprocessing too.

What the preprocessing of a solver gets wrong it gets wrong silently, and in both directions: a value that is not the
best has been called optimal (``tests/solver/test_fehler.py``). Where the value is the sum of the least costs of single
candidates nothing needs to be asked: no choice costs less.
"""

from __future__ import annotations

from attrs import evolve

from gremienplan.solver.lauf import Lauf, Verdict
from gremienplan.solver.modell import Modell
from gremienplan.solver.stufe import Aufgabe, Fund, loese


def twice(aufgabe: Aufgabe, stufe: int, fund: Fund, lauf: Lauf) -> Fund:
    """Return what was found of a stage; "optimal" only if a choice of less is refused without preprocessing.

    Where there is such a choice, it is returned; then both words count as none, and the stage as unproven.
    """
    aufbau = aufgabe.aufbau
    if fund.stand is None or fund.verdict is not Verdict.OPTIMAL:
        return fund
    least = sum(min(costs.values()) for costs in aufbau.unary(aufgabe.offen, stufe).values())
    if fund.wert <= least:
        return fund
    if lauf.gestoppt:
        return Fund(Verdict.FEASIBLE, fund.wert, min(least, fund.wert), fund.stand, True)

    def cheaper(m: Modell) -> None:
        if aufgabe.auch is not None:
            aufgabe.auch(m)
        m.cp.add(sum(cost * x for x, cost in aufgabe.teile(m)) <= fund.wert - 1)

    frage = evolve(aufgabe, teile=lambda _: [], auch=cheaper, lieber=None, wert=None)
    other = loese(frage, None, evolve(lauf, melden=None), presolve=False)
    if other.verdict is Verdict.INFEASIBLE:
        return fund
    stand = fund.stand if other.stand is None else other.stand
    wert = aufbau.points(stufe, stand)
    return Fund(Verdict.FEASIBLE, wert, min(least, wert), stand, other.gestoppt)
