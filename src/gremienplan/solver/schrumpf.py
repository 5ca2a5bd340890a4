"""What a proven stage leaves over: candidates that no choice of its value contains are dropped, where few others would.

A stage whose value lies above the least of its candidates leaves every event some slack, and with it nearly all
candidates; but mostly the same few events need it. So it is asked whether any *other* event can be dearer than its
cheapest, in the coarse model. Those that can are let off; once no other can, all others keep their cheapest
candidates only. Everything after that is small.

What is asked for is the least the stage costs where another event is dearer, and not whether its value can be kept
so: a cost that is to be the least has a bound, a row that says "no more than" has none, and takes four times the work.

Every such question is a large one. Those that need slack are mostly tied to each other by one wish: so first the same
is asked of those it ties, all others on few candidates. That is quick, and who needs slack there needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from gremienplan.solver.aufbau import Aufbau, Kandidaten, Stand, Stufenwert, excess_of, minimise, read
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.lose import events_of
from gremienplan.solver.modell import Modell
from gremienplan.solver.nebenher import both
from gremienplan.solver.problem import Kandidat
from gremienplan.solver.stufe import coarse, compressible, is_large

WORTH = 4
"""It is asked only where fewer than one in so many candidates would be left."""
FRAGEN = 12
"""How often others may turn out to need slack, in the large question."""
GRENZE = 5.0
"""Deterministic time of one question: it is there to save more than that."""


def shrink(
    aufbau: Aufbau, offen: Kandidaten, wert: Stufenwert, werte: Sequence[Stufenwert], stand: Stand, lauf: Lauf
) -> Kandidaten:
    """Return the candidates that may be part of a choice of this stage's value; ``werte`` has it and earlier ones."""
    if not wert.bewiesen or not is_large(offen):
        return offen
    excess = {e: excess_of(costs) for e, costs in aufbau.unary(offen, wert.stufe).items()}
    cheapest = {e: tuple(k for k in ks if not excess[e][k]) for e, ks in offen.items()}
    if WORTH * sum(map(len, cheapest.values())) > sum(map(len, offen.values())):
        return offen
    needy = frozenset(e for e, costs in excess.items() if costs[stand.wahl[e]])
    could = frozenset(e for e, costs in excess.items() if any(costs.values()))
    lauf = evolve(lauf, grenze=min(lauf.grenze, GRENZE), melden=None, workers=1)
    frage = _Frage(aufbau, wert, werte[:-1], excess, frozenset(compressible(aufbau.problem)), lauf)
    few = _few(aufbau, offen, stand)
    for group in sorted((events & could for events in _ties(aufbau, werte)), key=len, reverse=True):
        if not group & needy or not group - needy:
            continue
        m = frage.modell(few | {e: offen[e] for e in group | needy})
        found = False
        while not is_large(m.kandidaten) and group - needy and (more := frage.others(m, group - needy)):
            needy, found = needy | more, True
        if not found:
            break
    whole = frage.modell(offen)
    for _ in range(FRAGEN):
        more = frage.others(whole, could - needy, twice=True)
        if more is not None and not more:
            return {e: ks if e in needy else cheapest[e] for e, ks in offen.items()}
        if more is None:
            return offen
        needy |= more
    return offen


def _few(aufbau: Aufbau, offen: Kandidaten, stand: Stand) -> Kandidaten:
    """Return the choice, and the candidates that are the cheapest of all stages together."""
    excess = aufbau.excess(offen)
    return {e: tuple(k for k in ks if not excess[e][k] or k == stand.wahl[e]) for e, ks in offen.items()}


def _ties(aufbau: Aufbau, werte: Sequence[Stufenwert]) -> Iterator[frozenset[str]]:
    """Yield the events of each preference of these stages that ties events together."""
    for wert in werte:
        for p in aufbau.ties(wert.stufe):
            yield frozenset(events_of(p, aufbau.problem))


@frozen
class _Frage:
    """Who else can be dearer than its cheapest?"""

    aufbau: Aufbau
    wert: Stufenwert
    frueher: Sequence[Stufenwert]
    excess: Mapping[str, Mapping[Kandidat, int]]
    weich: frozenset[str]
    lauf: Lauf

    def modell(self, kandidaten: Kandidaten) -> Modell:
        """Return the coarse model of these candidates: what is cheapest and what is not, one of each a day."""
        grob, frei = coarse(kandidaten, self.weich, klasse=lambda e, k: self.excess[e][k] > 0)
        m = self.aufbau.modell(grob, self.frueher, frei)
        minimise(m, self.aufbau.kosten(m, self.wert.stufe))
        return m

    def others(self, m: Modell, rest: frozenset[str], *, twice: bool = False) -> frozenset[str] | None:
        """Return those of ``rest`` that are dearer in some choice of the stage's value; None: not known.

        It may be asked again of a model for fewer events: what was said before still holds. ``twice``: it is also
        asked without preprocessing, and nobody is dearer only where both say so.
        """
        m.cp.add_bool_or(
            [
                x
                for e in sorted(rest)
                for k, x in zip(m.kandidaten[e], m.x[e], strict=True)
                if self.excess[e][k]
            ]
        )
        words = (
            both(
                lambda: solve(m.cp.clone(), self.lauf),
                lambda lauf: solve(m.cp, lauf, presolve=False),
                self.lauf,
            )
            if twice
            else (solve(m.cp, self.lauf),)
        )
        if all(map(self._none, words)):
            return frozenset()
        choices = [read(m, word).wahl for word in words if word.plan and word.wert <= self._most]
        return frozenset(e for e in rest for wahl in choices if self.excess[e][wahl[e]]) or None

    @property
    def _most(self) -> int:
        return self.wert.schranke

    def _none(self, antwort: Antwort) -> bool:
        return antwort.verdict is Verdict.INFEASIBLE or (antwort.plan and antwort.schranke > self._most)
