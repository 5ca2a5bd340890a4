"""Blocks that clash, reconciled: of what is best for each, the choices that go together, by the rule for ties.

One model of all of them, but of few candidates: each block is held at its own values, so only what these leave is in
it. The points cannot be less than in the blocks alone; so this is the best plan of all, where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand
from gremienplan.solver.gleichstand import tie_break
from gremienplan.solver.lauf import Lauf
from gremienplan.solver.modell import Modell
from gremienplan.solver.problem import Problem
from gremienplan.solver.search import Loesung
from gremienplan.solver.statisch import allowed

Kern = tuple[Problem, Loesung]
"""A block, and the choice that is proven best for it and named by the rule for ties."""


def reconcile(block: Problem, kerne: Sequence[Kern], lauf: Lauf) -> Stand | None:
    """Break the tie of several blocks as one; None where no choice has the least points of each, or none was found.

    ``block`` is what they are together, with all that ties them.
    """
    offen = {e: ks for part, found in kerne for e, ks in _best(part, found).items()}

    def hold(m: Modell) -> None:
        for part, found in kerne:
            Aufbau(part).hold(m, found.stufen)

    apart = _together([Stand(found.wahl, found.vortrag) for _, found in kerne])
    kandidaten = {e: offen[e] for e in block.ereignisse}
    tie = tie_break(Aufbau(block, (hold,)), kandidaten, (), apart, lauf)
    return tie.stand if tie.kanonisch else None


def _best(block: Problem, found: Loesung) -> Kandidaten:
    """Return the candidates of a block that its best values leave."""
    aufbau = Aufbau(block)
    offen: Kandidaten = {e: allowed(block, ereignis) for e, ereignis in block.ereignisse.items()}
    for w in found.stufen:
        if w.wert is not None:
            offen = aufbau.filter(offen, w.stufe, w.wert)
    return offen


def _together(several: Sequence[Stand]) -> Stand:
    return Stand(
        {e: k for stand in several for e, k in stand.wahl.items()},
        {e: who for stand in several for e, who in stand.vortrag.items()},
    )
