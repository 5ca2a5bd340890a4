"""The search: stage after stage, each solved with the earlier ones held, on models that shrink as it goes.

A stage whose cost is a sum over single candidates has a trivial lower bound, the sum of its least costs. So the
first stage begins with the cheapest candidates only and lets in dearer ones until a plan exists; and a stage held
at a value drops every candidate that alone would exceed it. What remains is small enough to be proven.
"""

from __future__ import annotations

import hashlib
import time as clock
from collections.abc import Callable, Mapping, Sequence

from attrs import field, frozen

from gremienplan import requirements as req
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.modell import Kosten, Modell
from gremienplan.solver.preferences import encode as encode_preference, unary
from gremienplan.solver.problem import Kandidat, Problem, per_day
from gremienplan.solver.statisch import allowed

Wahl = Mapping[str, Kandidat]
Kandidaten = dict[str, tuple[Kandidat, ...]]

Zusatz = Callable[[Modell], None]
"""Adds clauses to a model of some candidates of the problem."""

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
class Stufenwert:
    """Value and proven bound of one stage; a stage the search never reached has no value of its own."""

    stufe: int
    wert: int | None
    schranke: int

    @property
    def bewiesen(self) -> bool:
        """Tell whether nothing is better."""
        return self.wert is not None and self.wert <= self.schranke


@frozen
class Loesung:
    """A choice for every event, who presents what, and how good each stage is."""

    wahl: Wahl
    vortrag: Mapping[str, tuple[str, ...]]
    stufen: tuple[Stufenwert, ...]
    abgebrochen: bool = False


@frozen
class Unmoeglich:
    """No choice keeps all requirements (to be explained, and confirmed, by ``conflict``)."""


@frozen
class Unentschieden:
    """Neither a choice nor a proof that there is none, within the limit."""


@frozen
class _Stand:
    """A choice with who presents."""

    wahl: Wahl
    vortrag: Mapping[str, tuple[str, ...]]


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
            m, antwort = self._solve(offen, stufe, werte, stand)
            if not antwort.plan:  # not even the plan we hinted at was taken up in time
                break
            stand = _read(m, antwort)
            werte.append(Stufenwert(stufe, antwort.wert, antwort.schranke))
            offen = self._filter(offen, stufe, antwort.wert)
        done = len(werte) == len(stufen) and all(wert.bewiesen for wert in werte)
        if done:
            stand, done = self._tie_break(offen, werte, stand)
        missing = [Stufenwert(stufe, None, 0) for stufe in stufen[len(werte) :]]
        return Loesung(stand.wahl, stand.vortrag, (*werte, *missing), self._stopped() and not done)

    # --- the first stage ----------------------------------------------------------------------------------

    def _first(
        self, offen: Kandidaten, stufe: int
    ) -> tuple[_Stand, Stufenwert, Kandidaten] | Unmoeglich | Unentschieden:
        """Let in dearer candidates until there is a plan, then until none left out could be better."""
        costs = self._unary(offen, stufe)
        floor = self._floor(offen, stufe)
        least = sum(min(found.values()) for found in costs.values()) + floor
        excess = {e: _excess(found) for e, found in costs.items()}
        widest = max((max(found.values()) for found in excess.values()), default=0)
        slack, stand, wert = 0, None, 0
        while True:
            chosen = {e: tuple(k for k in offen[e] if excess[e][k] <= slack) for e in offen}
            m, antwort = self._solve(chosen, stufe, (), stand, None if slack >= widest else least)
            if antwort.plan:
                stand, wert = _read(m, antwort), antwort.wert
            if stand is not None:
                everything = wert - least <= slack or slack >= widest
                proven = antwort.verdict is Verdict.OPTIMAL
                if everything or not proven:
                    bound = antwort.schranke if everything and proven else least
                    return stand, Stufenwert(stufe, wert, bound), self._filter(offen, stufe, wert - floor)
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
        if not self._ties(stufe):
            return 0
        m = self._days(offen)
        _minimise(m, [term for p in self._ties(stufe) for term in encode_preference(m, p)])
        antwort = solve(m.cp, Lauf(self.grenze, self.stop))
        return max(antwort.schranke, 0) if antwort.plan else 0

    def _days(self, offen: Kandidaten) -> Modell:
        """Return the relaxed model: Sitzungen have days but no hours, and collide with nothing."""
        m = Modell(self.problem, {e: per_day(ks) for e, ks in offen.items()}, nur_tage=True)
        for r in undominated(self.problem.requirements):
            encode(m, r)
        return m

    def _no_days(self, offen: Kandidaten) -> bool:
        """Tell whether there is no choice of days even if Sitzungen never collided: the quick "no"."""
        return solve(self._days(offen).cp, Lauf(self.grenze, self.stop)).verdict is Verdict.INFEASIBLE

    # --- the last stage -----------------------------------------------------------------------------------

    def _tie_break(
        self, offen: Kandidaten, werte: Sequence[Stufenwert], stand: _Stand
    ) -> tuple[_Stand, bool]:
        """Among equally good choices take the one with the least sum of hashes of its parts.

        Also tell whether it is proven to be that one.
        """
        m = self._model(offen)
        self._hold(m, werte)
        terms = [
            (x, _hash(f"{e}|{k.beginn}|{k.ort}|{k.sitzung}"))
            for e, ks in m.kandidaten.items()
            for k, x in zip(ks, m.x[e], strict=True)
        ]
        terms += [(x, _hash("|".join(map(str, key)))) for key, x in m.vortragende.items()]
        _minimise(m, terms)
        _hint(m, stand)
        antwort = solve(m.cp, self._lauf(GLEICHSTAND))
        return (_read(m, antwort) if antwort.plan else stand), antwort.verdict is Verdict.OPTIMAL

    # --- models -------------------------------------------------------------------------------------------

    def _solve(
        self,
        kandidaten: Kandidaten,
        stufe: int,
        werte: Sequence[Stufenwert],
        stand: _Stand | None,
        floor: int | None = None,
    ) -> tuple[Modell, Antwort]:
        """Solve one stage on these candidates; ``floor`` bounds it where others have been left out."""
        if not all(kandidaten.values()):
            raise AssertionError("an event lost its last candidate")
        m = self._model(kandidaten)
        self._hold(m, werte)
        _minimise(m, self._costs(m, stufe))
        if stand is not None:
            _hint(m, stand)
        return m, solve(m.cp, self._lauf(stufe, floor))

    def _model(self, kandidaten: Kandidaten) -> Modell:
        m = Modell(self.problem, kandidaten)
        for r in undominated(self.problem.requirements):
            encode(m, r)
        for add in self.zusatz:
            add(m)
        return m

    def _hold(self, m: Modell, werte: Sequence[Stufenwert]) -> None:
        """Keep earlier stages at their values; where every choice left is cheap enough no row is needed."""
        for wert in werte:
            costs = self._costs(m, wert.stufe)
            most = sum(max(c.values()) for c in self._unary(m.kandidaten, wert.stufe).values())
            if wert.wert is not None and (self._ties(wert.stufe) or most > wert.wert):
                m.cp.add(sum(c * x for x, c in costs) <= wert.wert)

    def _costs(self, m: Modell, stufe: int) -> Kosten:
        terms: Kosten = [
            (x, cost)
            for e, costs in self._unary(m.kandidaten, stufe).items()
            for k, x in zip(m.kandidaten[e], m.x[e], strict=True)
            if (cost := costs[k])
        ]
        for p in self._ties(stufe):
            terms += encode_preference(m, p)
        return terms

    def _ties(self, stufe: int) -> list[req.Preference]:
        """Return the stage's preferences that tie events together."""
        zeit = self.problem.zeit
        return [p for p in self.problem.preferences if p.stufe == stufe and unary(p, zeit) is None]

    def _unary(
        self, kandidaten: Mapping[str, Sequence[Kandidat]], stufe: int
    ) -> dict[str, dict[Kandidat, int]]:
        """Return what each candidate of each event costs by itself in a stage."""
        costs = {e: dict.fromkeys(ks, 0) for e, ks in kandidaten.items()}
        for p in self.problem.preferences:
            found = unary(p, self.problem.zeit) if p.stufe == stufe else None
            if found and found[0] in costs:
                of = costs[found[0]]
                for k in of:
                    of[k] += found[1](k)
        return costs

    def _filter(self, offen: Kandidaten, stufe: int, wert: int) -> Kandidaten:
        """Drop candidates that by themselves exceed what the stage may cost."""
        costs = self._unary(offen, stufe)
        slack = wert - sum(min(found.values()) for found in costs.values())
        excess = {e: _excess(found) for e, found in costs.items()}
        return {e: tuple(k for k in ks if excess[e][k] <= slack) for e, ks in offen.items()}

    # --- small things -------------------------------------------------------------------------------------

    def _lauf(self, stufe: int, floor: int | None = None) -> Lauf:
        def melden(wert: int, schranke: int) -> None:
            if self.on_progress is not None:
                bound = schranke if floor is None else min(schranke, floor)
                self.on_progress(Progress(stufe, wert, bound, clock.monotonic() - self.beginn))

        return Lauf(self.grenze, self.stop, melden)

    def _stopped(self) -> bool:
        return self.stop is not None and self.stop()


def _excess(costs: Mapping[Kandidat, int]) -> dict[Kandidat, int]:
    """Return by how much each candidate is dearer than the cheapest."""
    least = min(costs.values())
    return {k: cost - least for k, cost in costs.items()}


def _minimise(m: Modell, terms: Kosten) -> None:
    m.cp.minimize(sum(cost * x for x, cost in terms))


def _hint(m: Modell, stand: _Stand) -> None:
    for e, ks in m.kandidaten.items():
        for k, x in zip(ks, m.x[e], strict=True):
            m.cp.add_hint(x, k == stand.wahl[e])
    for (beratung, slot, wer), x in m.vortragende.items():
        m.cp.add_hint(x, stand.vortrag[beratung][slot] == wer)


def _read(m: Modell, antwort: Antwort) -> _Stand:
    """Return the chosen candidates and presenters of a solution."""
    wahl = {
        e: next(k for k, x in zip(ks, m.x[e], strict=True) if antwort.solver.boolean_value(x))
        for e, ks in m.kandidaten.items()
    }
    vortrag = {
        e: tuple(
            next(w for w in slot if antwort.solver.boolean_value(m.traegt_vor(e, i, w)))
            for i, slot in enumerate(ereignis.vortrag)
        )
        for e, ereignis in m.problem.ereignisse.items()
        if ereignis.vortrag
    }
    return _Stand(wahl, vortrag)


def _hash(label: str) -> int:
    """Return 20 bits of SHA-256: the tie-break's weight of one part of a plan."""
    return int.from_bytes(hashlib.sha256(label.encode()).digest()[:4]) >> 12
