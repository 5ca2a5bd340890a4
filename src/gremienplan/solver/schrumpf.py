"""What a proven stage leaves over: candidates that no choice of its value contains are dropped, where few others would.

A stage whose value lies above the least of its candidates leaves every event some slack, and with it nearly all
candidates; but mostly the same few events need it. So it is asked whether any *other* event can be dearer than its
cheapest, in the coarse model. Those that can are let off; once no other can, all others keep their cheapest
candidates only. Everything after that is small.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand, Stufenwert, excess_of, read
from gremienplan.solver.lauf import Lauf, Verdict, solve
from gremienplan.solver.stufe import coarse, compressible, is_large

WORTH = 4
"""It is asked only where fewer than one in so many candidates would be left."""
FRAGEN = 12
"""How often others may turn out to need slack."""
GRENZE = 5.0
"""Deterministic time of one question: it is there to save more than that."""


def shrink(
    aufbau: Aufbau, offen: Kandidaten, wert: Stufenwert, werte: Sequence[Stufenwert], stand: Stand, lauf: Lauf
) -> Kandidaten:
    """Return the candidates that may be part of a choice of this stage's value; ``werte`` has it and earlier ones."""
    if not wert.bewiesen or not is_large(offen):
        return offen
    excess = {e: excess_of(costs) for e, costs in aufbau.unary(offen, wert.stufe).items()}
    cheapest = sum(not cost for costs in excess.values() for cost in costs.values())
    if WORTH * cheapest > sum(map(len, offen.values())):
        return offen
    needy = {e for e, costs in excess.items() if costs[stand.wahl[e]]}
    weich = frozenset(compressible(aufbau.problem))
    lauf = evolve(lauf, grenze=min(lauf.grenze, GRENZE), melden=None)
    kandidaten, frei = coarse(offen, weich, klasse=lambda e, k: excess[e][k] > 0)
    m = aufbau.modell(kandidaten, werte, frei)
    for _ in range(FRAGEN):
        rest = frozenset(e for e, costs in excess.items() if e not in needy and any(costs.values()))
        if not rest:
            return offen
        m.cp.add_bool_or(  # of fewer events each time: what was said before still holds
            [
                x
                for e, ks in m.kandidaten.items()
                for k, x in zip(ks, m.x[e], strict=True)
                if e in rest and excess[e][k]
            ]
        )
        antwort = solve(m.cp, lauf)
        if antwort.plan:
            wahl = read(m, antwort).wahl
            needy |= {e for e in rest if excess[e][wahl[e]]}
        elif antwort.verdict is Verdict.INFEASIBLE:
            return {e: tuple(k for k in ks if e not in rest or not excess[e][k]) for e, ks in offen.items()}
        else:
            return offen
    return offen
