"""The second word: a value is the least only where none is less without preprocessing too.

What the preprocessing of a solver gets wrong it gets wrong silently, and in both directions: a value that is not the
best has been called optimal (``tests/solver/test_fehler.py``). Where the value is the sum of the least costs of single
candidates nothing needs to be asked: no choice costs less.
"""

from __future__ import annotations

from attrs import evolve

from gremienplan.solver.lauf import Lauf, Verdict
from gremienplan.solver.stufe import Aufgabe, Fund, loese


def twice(aufgabe: Aufgabe, stufe: int, fund: Fund, lauf: Lauf) -> Fund:
    """Return what was found of a stage; "optimal" only if nothing is less without preprocessing either.

    What is asked for is the least again, and not whether there is less: only the first has a bound. Where there is a
    choice of less, it is returned; then both words count as none, and the stage as unproven. It is asked on one thread,
    whatever the stage was searched on: several take other ways, and some of them to no end.
    """
    aufbau = aufgabe.aufbau
    if fund.stand is None or fund.verdict is not Verdict.OPTIMAL:
        return fund
    least = sum(min(costs.values()) for costs in aufbau.unary(aufgabe.offen, stufe).values())
    if fund.wert <= least:
        return fund
    if lauf.gestoppt:
        return Fund(Verdict.FEASIBLE, fund.wert, min(least, fund.wert), fund.stand, True)

    again = evolve(aufgabe, wert=fund.wert)
    other = loese(again, fund.stand, evolve(lauf, melden=None, workers=1), presolve=False)
    if other.stand is not None and other.schranke >= fund.wert:
        return fund
    stand, wert = fund.stand, aufbau.points(stufe, fund.stand)
    if other.stand is not None and (less := aufbau.points(stufe, other.stand)) < wert:
        stand, wert = other.stand, less
    return Fund(Verdict.FEASIBLE, wert, min(least, wert), stand, other.gestoppt)
