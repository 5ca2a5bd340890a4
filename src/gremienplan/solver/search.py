"""The search: stage after stage, each solved with the earlier ones held, on models that shrink as it goes.

A stage whose cost is a sum over single candidates has a trivial lower bound, the sum of its least costs. So the
first stage begins with the cheapest candidates only and lets in dearer ones until a plan exists; and a stage held
at a value drops every candidate that alone would exceed it. What remains is small enough to be proven.
"""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from gremienplan.solver.aufbau import (
    Aufbau,
    Kandidaten,
    Stand,
    Stufenwert,
    Wahl,
    Zusatz,
    excess_of,
    hint,
    minimise,
    read,
)
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.gleichstand import tie_break
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.modell import Modell
from gremienplan.solver.preferences import encode as encode_preference
from gremienplan.solver.problem import Problem, per_day
from gremienplan.solver.statisch import allowed

GLEICHSTAND = 0
"""Number of the last stage, the tie-break."""


@frozen
class Progress:
    """How far the search is: the stage (0: the tie-break), its current cost and bound (None before the first plan)."""

    stufe: int
    wert: int | None
    schranke: int | None
    sekunden: float


@frozen
class Loesung:
    """A choice for every event, who presents what, and how good each stage is."""

    wahl: Wahl
    vortrag: Mapping[str, tuple[str, ...]]
    stufen: tuple[Stufenwert, ...]
    abgebrochen: bool = False
    kanonisch: bool = False
    """Every stage is proven, and the rule for ties names this choice and no other."""


@frozen
class Unmoeglich:
    """No choice keeps all requirements (to be explained, and confirmed, by ``conflict``)."""

    ereignisse: frozenset[str] = field(default=frozenset(), eq=False)
    """Where it was found of a part of the problem only: the events of that part."""


@frozen
class Unentschieden:
    """Neither a choice nor a proof that there is none, within the limit."""


@frozen
class Suche:
    """One search of one problem."""

    problem: Problem
    grenze: float
    stop: Callable[[], bool] | None = None
    on_progress: Callable[[Progress], None] | None = None
    zusatz: tuple[Zusatz, ...] = ()
    """What else a choice must keep; it may only forbid."""
    beginn: float = field(factory=clock.monotonic)
    workers: int = 1
    """Threads of the solver; what is proven does not depend on them."""

    @property
    def _aufbau(self) -> Aufbau:
        return Aufbau(self.problem, self.zusatz)

    def run(self) -> Loesung | Unmoeglich | Unentschieden:
        """Search, stage after stage."""
        offen: Kandidaten = {
            e: allowed(self.problem, ereignis) for e, ereignis in self.problem.ereignisse.items()
        }
        if not all(offen.values()):
            return Unmoeglich()
        stufen = self.problem.stufen or (1,)
        first = self._first(offen, stufen[0])
        if not isinstance(first, tuple):
            return first
        stand, werte, offen = first[0], [first[1]], first[2]
        for stufe in stufen[1:]:
            if (least := self._kept(offen, stufe, stand)) is not None:
                werte.append(Stufenwert(stufe, least, least))
                offen = self._aufbau.filter(offen, stufe, least)
                continue
            m, antwort = self._solve(offen, stufe, werte, stand)
            if not antwort.plan:  # not even the plan we hinted at was taken up in time
                break
            stand = read(m, antwort)
            werte.append(Stufenwert(stufe, antwort.wert, antwort.schranke))
            offen = self._aufbau.filter(offen, stufe, antwort.wert)
        kanonisch = False
        if len(werte) == len(stufen) and all(wert.bewiesen for wert in werte):
            best = tie_break(self._aufbau, offen, werte, stand, self._lauf(GLEICHSTAND))
            stand, kanonisch = best.stand, best.kanonisch
        missing = [Stufenwert(stufe, None, 0) for stufe in stufen[len(werte) :]]
        stopped = self._stopped() and not kanonisch
        return Loesung(stand.wahl, stand.vortrag, (*werte, *missing), stopped, kanonisch)

    # --- the first stage ----------------------------------------------------------------------------------

    def _first(
        self, offen: Kandidaten, stufe: int
    ) -> tuple[Stand, Stufenwert, Kandidaten] | Unmoeglich | Unentschieden:
        """Let in dearer candidates until there is a plan, then until none left out could be better."""
        costs = self._aufbau.unary(offen, stufe)
        floor = self._floor(offen, stufe)
        least = sum(min(found.values()) for found in costs.values()) + floor
        excess = {e: excess_of(found) for e, found in costs.items()}
        widest = max((max(found.values()) for found in excess.values()), default=0)
        slack, stand, wert = 0, None, 0
        while True:
            chosen = {e: tuple(k for k in offen[e] if excess[e][k] <= slack) for e in offen}
            m, antwort = self._solve(chosen, stufe, (), stand, None if slack >= widest else least)
            if antwort.plan:
                stand, wert = read(m, antwort), antwort.wert
            if stand is not None:
                everything = wert - least <= slack or slack >= widest
                proven = antwort.verdict is Verdict.OPTIMAL
                if everything or not proven:
                    bound = antwort.schranke if everything and proven else least
                    return (
                        stand,
                        Stufenwert(stufe, wert, bound),
                        self._aufbau.filter(offen, stufe, wert - floor),
                    )
                slack = wert - least
            elif slack == 0 and self._no_days(offen):
                return Unmoeglich()
            elif antwort.verdict is Verdict.UNKNOWN and (slack >= widest or antwort.gestoppt):
                return Unentschieden()
            elif slack >= widest:
                return Unmoeglich()
            else:
                slack = min(max(1, 2 * slack), widest) if slack < 16 else widest

    def _floor(self, offen: Kandidaten, stufe: int) -> int:
        """Return what the preferences that tie events together cost at least, whatever the hours."""
        if not self._aufbau.ties(stufe):
            return 0
        m = self._days(offen)
        minimise(m, [term for p in self._aufbau.ties(stufe) for term in encode_preference(m, p)])
        antwort = solve(m.cp, self._still())
        return max(antwort.schranke, 0) if antwort.plan else 0

    def _days(self, offen: Kandidaten) -> Modell:
        """Return the relaxed model: Sitzungen have days but no hours, and collide with nothing."""
        m = Modell(self.problem, {e: per_day(ks) for e, ks in offen.items()}, nur_tage=True)
        for r in undominated(self.problem.requirements):
            encode(m, r)
        return m

    def _no_days(self, offen: Kandidaten) -> bool:
        """Tell whether there is no choice of days even if Sitzungen never collided: the quick "no"."""
        return (
            solve(self._days(offen).cp, Lauf(self.grenze, self.stop, workers=self.workers)).verdict
            is Verdict.INFEASIBLE
        )

    def _kept(self, offen: Kandidaten, stufe: int, stand: Stand) -> int | None:
        """Return the points of a stage of single candidates where the choice so far has the least of each event."""
        if self._aufbau.ties(stufe):
            return None
        costs = self._aufbau.unary(offen, stufe)
        if any(found[stand.wahl[e]] > min(found.values()) for e, found in costs.items()):
            return None
        least = sum(min(found.values()) for found in costs.values())
        if self.on_progress is not None:
            self.on_progress(Progress(stufe, least, least, clock.monotonic() - self.beginn))
        return least

    # --- models -------------------------------------------------------------------------------------------

    def _solve(
        self,
        kandidaten: Kandidaten,
        stufe: int,
        werte: Sequence[Stufenwert],
        stand: Stand | None,
        floor: int | None = None,
    ) -> tuple[Modell, Antwort]:
        """Solve one stage on these candidates; ``floor`` bounds it where others have been left out."""
        if not all(kandidaten.values()):
            raise AssertionError("an event lost its last candidate")
        m = self._aufbau.modell(kandidaten, werte)
        minimise(m, self._aufbau.kosten(m, stufe))
        if stand is not None:
            hint(m, stand)
        return m, solve(m.cp, self._lauf(stufe, floor))

    # --- small things -------------------------------------------------------------------------------------

    def _lauf(self, stufe: int, floor: int | None = None) -> Lauf:
        def melden(wert: int, schranke: int) -> None:
            if self.on_progress is not None:
                bound = schranke if floor is None else min(schranke, floor)
                self.on_progress(Progress(stufe, wert, bound, clock.monotonic() - self.beginn))

        return Lauf(self.grenze, self.stop, melden, self.workers)

    def _still(self) -> Lauf:
        """Return how to run what nobody is told of."""
        return Lauf(self.grenze, self.stop, workers=self.workers)

    def _stopped(self) -> bool:
        return self.stop is not None and self.stop()
