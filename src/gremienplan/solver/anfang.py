"""A plan to begin with: the best one, stage after stage, among candidates that are usual and avoid nothing.

Where a stage costs more than the least it might, the events that it costs something for get all their candidates
back: few events, so the model stays small. What is found proves nothing; but it is often the best one, and then a bound
is all that is left to find.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from attrs import evolve

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand, Stufenwert
from gremienplan.solver.lauf import Lauf, Verdict
from gremienplan.solver.stufe import Aufgabe, Fund, is_large, loese

STUFEN = (0, 2, 8)
"""By how much a candidate may be dearer than the cheapest of its event, all stages together."""


def begin(
    aufbau: Aufbau, offen: Kandidaten, lauf: Lauf, say: Callable[[int, int], None] = lambda *_: None
) -> Stand | None:
    """Return a choice that is good in all stages; ``say`` is told of the first one, its stage and value."""
    excess = aufbau.excess(offen)
    for slack in STUFEN:
        chosen = {e: tuple(k for k in ks if excess[e][k] <= slack) for e, ks in offen.items()}
        if is_large(chosen):
            return None
        if stand := _through(aufbau, offen, chosen, (), None, lauf, say):
            return stand
    return None


def ahead(aufbau: Aufbau, offen: Kandidaten, werte: Sequence[Stufenwert], stand: Stand, lauf: Lauf) -> Stand:
    """Return a choice as good in the stages so far, and good in the later ones; ``stand`` where none is found."""
    excess = aufbau.excess(offen)
    chosen = {
        e: tuple(k for k in ks if not excess[e][k] or k == stand.wahl[e]) for e, ks in offen.items()
    } | {e: offen[e] for wert in werte if wert.wert for e in aufbau.dear(wert.stufe, stand)}
    if is_large(chosen):
        return stand
    return _through(aufbau, offen, chosen, werte, stand, lauf) or stand


def _through(
    aufbau: Aufbau,
    offen: Kandidaten,
    chosen: Kandidaten,
    held: Sequence[Stufenwert],
    stand: Stand | None,
    lauf: Lauf,
    say: Callable[[int, int], None] = lambda *_: None,
) -> Stand | None:
    """Go through the stages that are not held yet, on few candidates, until one costs more than the least it might."""
    werte = list(held)
    for stufe in aufbau.problem.stufen[len(held) :]:
        least = sum(min(alone.values()) for alone in aufbau.unary(offen, stufe).values())
        known = None if stand is None else aufbau.points(stufe, stand)
        if known is None or known > least:
            found = _least(aufbau, chosen, werte, stufe, stand, lauf if stand else _told(lauf, stufe, say))
            if known is not None and (found.stand is None or found.wert > known):  # cut short
                found = Fund(Verdict.FEASIBLE, known, least, stand)
            if found.stand is None:
                break
            if found.wert > least:
                wider = chosen | {e: offen[e] for e in aufbau.dear(stufe, found.stand)}
                if not is_large(wider):
                    again = _least(aufbau, wider, werte, stufe, found.stand, lauf)
                    if again.stand is not None and again.wert < found.wert:
                        found, chosen = again, wider
            stand = found.stand
            if found.wert > least or lauf.gestoppt:
                break  # what comes later is better asked for when this one is proven
        werte.append(Stufenwert(stufe, least, least))
    return stand


def _told(lauf: Lauf, stufe: int, say: Callable[[int, int], None]) -> Lauf:
    """Return how to run where each choice that is found is told at once."""
    return evolve(lauf, melden=lambda wert, _: say(stufe, wert))


def _least(
    aufbau: Aufbau,
    kandidaten: Kandidaten,
    werte: Collection[Stufenwert],
    stufe: int,
    stand: Stand | None,
    lauf: Lauf,
) -> Fund:
    """Return the least of a stage among these candidates, earlier stages held."""
    return loese(Aufgabe(aufbau, kandidaten, tuple(werte), partial(aufbau.kosten, stufe=stufe)), stand, lauf)
