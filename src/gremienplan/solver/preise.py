"""The price of the order of stages: what a later stage could have, and what that would cost an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from attrs import frozen

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stufenwert
from gremienplan.solver.gegenprobe import twice
from gremienplan.solver.lauf import Lauf, Verdict
from gremienplan.solver.problem import Problem
from gremienplan.solver.statisch import allowed
from gremienplan.solver.stufe import Aufgabe, Fund, loese


@frozen
class Preis:
    """``spaeter`` could have ``waere`` points, if ``frueher`` had ``dafuer``; all other stages before it held."""

    frueher: int
    spaeter: int
    waere: int
    """The least of the later stage, however dear the earlier one."""
    dafuer: int
    """The least of the earlier stage, the later one at ``waere``."""
    exakt: bool
    """False where time ran out: then both are only what was found, and less may be possible."""


def prices(
    problem: Problem,
    werte: Sequence[Stufenwert],
    grenze: float,
    stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Iterator[Preis]:
    """Yield for each two stages what the later one gains without the earlier one, where that is anything.

    Once it is stopped no further model is built, and what comes then is no answer.
    """
    aufbau, lauf = Aufbau(problem), Lauf(grenze, stop, workers=workers)
    for n, spaeter in enumerate(werte):
        if not spaeter.wert:
            continue
        for frueher in werte[:n]:
            held = [w for w in werte[:n] if w is not frueher]
            best = _least(aufbau, held, spaeter.stufe, lauf)
            if best.stand is None or best.wert >= spaeter.wert:
                continue
            there = Stufenwert(spaeter.stufe, best.wert, best.schranke)
            cost = _least(aufbau, [*held, there], frueher.stufe, lauf)
            if cost.stand is not None:
                exact = best.verdict is Verdict.OPTIMAL and cost.verdict is Verdict.OPTIMAL
                yield Preis(frueher.stufe, spaeter.stufe, best.wert, cost.wert, exact)


def _least(aufbau: Aufbau, held: Sequence[Stufenwert], stufe: int, lauf: Lauf) -> Fund:
    """Return the least of a stage, others held at their values; unknown once it is stopped."""
    if lauf.gestoppt:
        return Fund(Verdict.UNKNOWN)
    problem = aufbau.problem
    offen: Kandidaten = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
    for w in held:
        if w.wert is not None:
            offen = aufbau.filter(offen, w.stufe, w.wert)
    aufgabe = Aufgabe(aufbau, offen, held, partial(aufbau.kosten, stufe=stufe))
    return twice(aufgabe, stufe, loese(aufgabe, None, lauf), lauf)
