"""The search: stage after stage, each solved with the earlier ones held, on models that shrink as it goes.

A stage whose cost is a sum over single candidates has a trivial lower bound, the sum of its least costs. So the
first stage begins with the cheapest candidates only and lets in dearer ones until a plan exists; and a stage held
at a value drops every candidate that alone would exceed it. What remains is small enough to be proven.
"""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from attrs import Factory, evolve, field, frozen

from gremienplan.solver.anfang import ahead, begin
from gremienplan.solver.aufbau import (
    Aufbau,
    Kandidaten,
    Stand,
    Stufenwert,
    Wahl,
    Zusatz,
    excess_of,
    minimise,
)
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.gegenprobe import twice
from gremienplan.solver.gleichstand import tie_break
from gremienplan.solver.lauf import Lauf, Verdict, solve
from gremienplan.solver.melder import Melder, Progress
from gremienplan.solver.modell import Modell
from gremienplan.solver.preferences import encode as encode_preference
from gremienplan.solver.problem import Problem, per_day
from gremienplan.solver.schrumpf import shrink
from gremienplan.solver.statisch import allowed
from gremienplan.solver.stufe import Aufgabe, Fund, is_large, loese

GLEICHSTAND = 0
"""Number of the last stage, the tie-break."""


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
    beside: bool = True
    """Ask for the second word of a stage while the next one is searched, and begin anew should it be another."""

    _aufbau: Aufbau = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(lambda s: Aufbau(s.problem, s.zusatz), takes_self=True),
    )

    _melder: Melder = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(lambda s: Melder(s.on_progress, s.beginn), takes_self=True),
    )

    def run(self) -> Loesung | Unmoeglich | Unentschieden:
        """Search, stage after stage."""
        try:
            return self._run()
        except BaseException:
            self._melder.drop()
            raise

    def _run(self) -> Loesung | Unmoeglich | Unentschieden:
        offen: Kandidaten = {
            e: allowed(self.problem, ereignis) for e, ereignis in self.problem.ereignisse.items()
        }
        if not all(offen.values()):
            return Unmoeglich()
        stufen = self.problem.stufen or (1,)
        first = self._first(offen, stufen[0])
        if not isinstance(first, tuple):
            return first
        stand, werte = first[0], [first[1]]
        self._settled(first[1])
        stand, offen = self._go_on(first[2], werte, stand)
        for stufe in stufen[1:]:
            if self._stopped():
                break
            if (least := self._kept(offen, stufe, stand)) is not None:
                werte.append(Stufenwert(stufe, least, least))
                offen = self._aufbau.filter(offen, stufe, least)
                continue
            aufgabe = self._aufgabe(offen, stufe, werte, stand)
            found = self._second(aufgabe, stufe, loese(aufgabe, stand, self._lauf(stufe)))
            if found.stand is None:  # not even the plan we hinted at was taken up in time
                break
            stand = found.stand
            werte.append(Stufenwert(stufe, found.wert, found.schranke))
            stand, offen = self._go_on(self._aufbau.filter(offen, stufe, found.wert), werte, stand)
        kanonisch = False
        if len(werte) == len(stufen) and all(wert.bewiesen for wert in werte):
            best = tie_break(self._aufbau, offen, werte, stand, self._lauf(GLEICHSTAND))
            stand, kanonisch = best.stand, best.kanonisch
        self._melder.hear()
        for n, wert in enumerate(werte):
            second = self._melder.worte.get(wert.stufe)
            if second is not None and second.stand is not None and second.wert != wert.wert:
                if not self._stopped():
                    return evolve(self, beside=False).run()  # nothing that was built upon a wrong value holds
                stand = second.stand
                rest = [Stufenwert(s, self._aufbau.points(s, stand), 0) for s in stufen[n:]]
                return Loesung(stand.wahl, stand.vortrag, (*werte[:n], *rest), abgebrochen=True)
            if second is not None:
                werte[n] = Stufenwert(wert.stufe, second.wert, second.schranke)
        kanonisch = kanonisch and all(wert.bewiesen for wert in werte)
        missing = [Stufenwert(stufe, None, 0) for stufe in stufen[len(werte) :]]
        stopped = self._stopped() and not kanonisch
        return Loesung(stand.wahl, stand.vortrag, (*werte, *missing), stopped, kanonisch)

    def _second(self, aufgabe: Aufgabe, stufe: int, found: Fund) -> Fund:
        """Ask for the second word of a stage; return what counts until it is in."""
        word = partial(twice, aufgabe, stufe, found)
        if self.beside and not is_large(aufgabe.offen):
            self._melder.ask(stufe, word, self._still())
            return found
        found = word(self._still())
        self._say(stufe, found.wert, found.schranke)
        return found

    def _go_on(
        self, offen: Kandidaten, werte: Sequence[Stufenwert], stand: Stand
    ) -> tuple[Stand, Kandidaten]:
        """Return, after a stage, a choice to go on with, and the candidates that may still be part of one."""
        if is_large(offen):
            stand = ahead(self._aufbau, offen, werte, stand, self._still())
        return stand, shrink(self._aufbau, offen, werte[-1], werte, stand, self._still())

    # --- the first stage ----------------------------------------------------------------------------------

    def _first(
        self, offen: Kandidaten, stufe: int
    ) -> tuple[Stand, Stufenwert, Kandidaten] | Unmoeglich | Unentschieden:
        """Let in dearer candidates until there is a plan, then until none left out could be better."""
        costs = self._aufbau.unary(offen, stufe)
        excess = {e: excess_of(found) for e, found in costs.items()}
        widest = max((max(found.values()) for found in excess.values()), default=0)
        floor = self._floor(offen, stufe) if widest else 0
        least = sum(min(found.values()) for found in costs.values()) + floor
        slack, stand, wert = 0, None, 0
        if not widest and is_large(offen) and (stand := self._begin(offen)):
            wert = self._aufbau.points(stufe, stand)
            if wert == least:
                return stand, Stufenwert(stufe, wert, wert), offen
        while True:
            chosen = {e: tuple(k for k in offen[e] if excess[e][k] <= slack) for e in offen}
            aufgabe = self._aufgabe(chosen, stufe, (), stand)
            antwort = loese(aufgabe, stand, self._lauf(stufe, None if slack >= widest else least))
            if antwort.stand is not None and (antwort.wert - least <= slack or slack >= widest):
                antwort = twice(aufgabe, stufe, antwort, self._still())
            if antwort.stand is not None:
                stand, wert = antwort.stand, antwort.wert
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
        terms = [term for p in self._aufbau.ties(stufe) for term in encode_preference(m, p)]
        less = m.cp.clone()
        minimise(m, terms)
        antwort = solve(m.cp, self._still())
        if not antwort.plan or antwort.schranke <= 0:
            return 0
        less.add(sum(cost * x for x, cost in terms) <= antwort.schranke - 1)
        sure = solve(less, self._still(), presolve=False).verdict is Verdict.INFEASIBLE
        return antwort.schranke if sure else 0

    def _days(self, offen: Kandidaten) -> Modell:
        """Return the relaxed model: Sitzungen have days but no hours, and collide with nothing."""
        m = Modell(self.problem, {e: per_day(ks) for e, ks in offen.items()}, nur_tage=True)
        for r in undominated(self.problem.requirements):
            encode(m, r)
        return m

    def _no_days(self, offen: Kandidaten) -> bool:
        """Tell whether there is no choice of days even if Sitzungen never collided: the quick "no"."""
        return solve(self._days(offen).cp, self._still()).verdict is Verdict.INFEASIBLE

    def _kept(self, offen: Kandidaten, stufe: int, stand: Stand) -> int | None:
        """Return the points of a stage where the choice so far costs the least of each event, and no tie breaks."""
        least = sum(min(found.values()) for found in self._aufbau.unary(offen, stufe).values())
        if self._aufbau.points(stufe, stand) > least:
            return None
        self._say(stufe, least, least)
        return least

    def _begin(self, offen: Kandidaten) -> Stand | None:
        return begin(self._aufbau, offen, self._still(), lambda stufe, wert: self._say(stufe, wert, None))

    def _settled(self, w: Stufenwert) -> None:
        """Say what a stage ends with: as good as proven only now that both words are in."""
        if w.wert is not None:
            self._say(w.stufe, w.wert, w.schranke)

    def _say(self, stufe: int, wert: int, schranke: int | None) -> None:
        self._melder.say(stufe, wert, schranke)

    # --- models -------------------------------------------------------------------------------------------

    def _aufgabe(
        self, kandidaten: Kandidaten, stufe: int, werte: Sequence[Stufenwert], stand: Stand | None
    ) -> Aufgabe:
        """Return the question for the least of one stage on these candidates."""
        if not all(kandidaten.values()):
            raise AssertionError("an event lost its last candidate")
        return Aufgabe(
            self._aufbau,
            kandidaten,
            werte,
            partial(self._aufbau.kosten, stufe=stufe),
            wert=None if stand is None or not is_large(kandidaten) else self._aufbau.points(stufe, stand),
        )

    # --- small things -------------------------------------------------------------------------------------

    def _lauf(self, stufe: int, floor: int | None = None) -> Lauf:
        """Return how to run a stage; ``floor`` bounds it where some candidates have been left out.

        A bound that meets the value is not told: it is to be asked a second time.
        """

        def melden(wert: int, schranke: int) -> None:
            bound = schranke if floor is None else min(schranke, floor)
            self._say(stufe, wert, bound if bound < wert else None)

        return Lauf(self.grenze, self.stop, melden, self.workers)

    def _still(self) -> Lauf:
        """Return how to run what nobody is told of."""
        return Lauf(self.grenze, self.stop, workers=self.workers)

    def _stopped(self) -> bool:
        return self.stop is not None and self.stop()
