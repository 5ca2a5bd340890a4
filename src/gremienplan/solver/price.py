"""What another date costs: the best year with one event held to some of its candidates, stage by stage.

A choice that is known to keep everything, the plan, makes this cheap. First only the event's neighbours may move:
that gives an upper bound. Where it meets a lower bound, it is proven, and no search is needed. The lower bounds:

- the sum of the least costs that single candidates have;
- the plan's proven bound, as long as all earlier stages cost what they cost in the plan;
- the best rest: the least cost of a stage when the event may lie anywhere and is free, plus its own cost.

Only where they do not meet the whole year is searched, with the earlier stages held at their proven values.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from attrs import evolve, field, frozen

from gremienplan import requirements as req
from gremienplan.solver.aufbau import Stand, Stufenwert, Wahl, forget, hint, minimise, read
from gremienplan.solver.beweis import Beweis
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.eigen import Auswahl, Eigenkosten
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.modell import Kosten, Modell
from gremienplan.solver.nachbarn import around, neighbours
from gremienplan.solver.preferences import encode as encode_preference
from gremienplan.solver.problem import Kandidat, Problem, per_day
from gremienplan.solver.search import Loesung, Unentschieden, Unmoeglich
from gremienplan.solver.statisch import allowed
from gremienplan.solver.verlegen import narrowed
from gremienplan.solver.wenige import Welche, Wenige

Kandidaten = dict[str, tuple[Kandidat, ...]]
Gehalten = list[tuple[int, int]]
Vortrag = Mapping[str, tuple[str, ...]]
Zaehlen = Callable[[Wahl, Vortrag], Mapping[int, int]]
"""Counts the points of a choice in every stage."""

SLACKS = (0, 1, 2, 4, 8, 16)
"""By how much single candidates may be dearer than the cheapest in the first stage, before all are let in."""
NEBENBEI = 1.0
"""Deterministic time for what may spare a search."""


@frozen
class _Gezaehlt(Stand):
    """A choice with its points in each stage."""

    punkte: Mapping[int, int]


@frozen
class _Gefunden:
    """The best choice with a date, its value and bound in each stage, and the candidates these leave."""

    stand: _Gezaehlt
    werte: tuple[Stufenwert, ...]
    offen: Kandidaten


@frozen
class _Rest:
    """What is known of the best rest: candidates left, stages held, and a choice once the plan is none of the best."""

    offen: Kandidaten
    held: Gehalten
    stand: Stand | None


@frozen(eq=False)
class Preise:
    """Prices of other dates for the events of one problem, beside one choice that keeps all its requirements.

    ``basis`` has the points of that choice in every stage, and bounds that hold for every choice; ``zaehlen`` counts
    those of others. What is found out about the rest of the year while one event is asked for is kept for the
    next question about it.
    """

    problem: Problem
    basis: Loesung
    zaehlen: Zaehlen
    grenze: float
    stop: Callable[[], bool] | None = None
    verlegt: int | None = None
    """The first stage, where it counts what does not lie as in that choice."""
    melden: Callable[[int], None] | None = None
    """Told of each stage for which the whole year is searched."""
    offen: Kandidaten = field(factory=dict, init=False)
    """Id of an event -> the candidates that no requirement forbids by itself."""
    _wenige: Wenige = field(init=False)
    _requirements: list[req.Requirement] = field(factory=list, init=False)
    _reste: dict[str, _Rest] = field(factory=dict, init=False)
    _zuletzt: dict[tuple[str, tuple[Kandidat, ...]], _Gefunden] = field(factory=dict, init=False)
    _eigen: Eigenkosten = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_eigen", Eigenkosten(self.problem))
        object.__setattr__(self, "_wenige", Wenige(self._eigen, self.basis.wahl, self.offen))
        self.offen.update({e: allowed(self.problem, x) for e, x in self.problem.ereignisse.items()})
        self._requirements.extend(undominated(self.problem.requirements))

    @property
    def stufen(self) -> tuple[int, ...]:
        """The stages, first to last."""
        return self.problem.stufen or (1,)

    def price(
        self, ereignis: str, kandidaten: Sequence[Kandidat], *, wenig: bool = False
    ) -> Loesung | Unmoeglich | Unentschieden:
        """Return the best choice in which the event has one of these candidates, with value and bound per stage.

        With ``wenig``, of the best choices one in which fewest events lie elsewhere than in the plan.
        """
        if not kandidaten:
            return Unmoeglich()
        if self.basis.wahl[ereignis] in kandidaten and all(w.bewiesen for w in self.basis.stufen):
            return self.basis
        found = self._best(ereignis, tuple(kandidaten))
        if not isinstance(found, _Gefunden):
            return found
        stand = found.stand
        if wenig and len(self._moved(stand)) > 1:
            stand = self._few(found.offen, stand)
        return Loesung(stand.wahl, stand.vortrag, found.werte)

    def least(self, ereignis: str, kandidaten: Sequence[Kandidat]) -> tuple[int, ...]:
        """Return points per stage that no choice with one of these candidates goes below, compared in order.

        For the next stage those of the candidates are left that a choice can have which meets the bound of this one.
        """
        offen = {**self.offen, ereignis: tuple(kandidaten)}
        beweis = Beweis(self._eigen, self.basis, self.rest, ereignis)
        for stufe in self.stufen:
            least = beweis.others(offen, stufe) + beweis.own(offen, stufe)
            bound = max(least, beweis.as_in_the_plan(stufe))
            beweis = beweis.with_stage(offen, stufe, bound)
            left = self._eigen.at_most(stufe, ereignis, offen[ereignis], bound - least)
            offen = {**offen, ereignis: left}
        return tuple(wert for _, wert, _ in beweis.stufen)

    def near(self, ereignis: str, kandidaten: Sequence[Kandidat]) -> tuple[int, ...] | None:
        """Return the points per stage when only neighbours may move, an upper bound. None: there is no such choice."""
        tage = {k.tag for k in kandidaten}
        offen = {**self.offen, ereignis: tuple(kandidaten)}
        found = self._local(offen, neighbours(self.problem, ereignis, self.basis.wahl, tage), self._basis)
        return None if found is None else tuple(found.punkte[stufe] for stufe in self.stufen)

    def dearer(self, ereignis: str, kandidaten: Sequence[Kandidat], punkte: Sequence[int]) -> bool:
        """Tell whether it is quickly proven that any choice with one of these candidates has more points.

        As long as these points are the plan's, and proven, no choice has less; the first stage in which they are not is
        the last that is looked at.
        """
        offen: Kandidaten = {**self.offen, ereignis: tuple(kandidaten)}
        held: Gehalten = []
        for wert, basis in zip(punkte, self.basis.stufen, strict=True):
            offen = self._eigen.filtered(offen, basis.stufe, wert)
            if not all(offen.values()):
                return True
            held.append((basis.stufe, wert))
            if not (basis.bewiesen and wert == basis.wert):
                break
        m = self._model(offen)
        self._hold(m, held)
        lauf = Lauf(min(self.grenze, NEBENBEI), self.stop)
        return solve(m.cp, lauf, presolve=False).verdict is Verdict.INFEASIBLE

    # --- stage after stage --------------------------------------------------------------------------------

    def _best(
        self, ereignis: str, kandidaten: tuple[Kandidat, ...]
    ) -> _Gefunden | Unmoeglich | Unentschieden:
        """Return the best choice with one of these candidates; of the event that was asked for last it is known."""
        key = ereignis, kandidaten
        if key in self._zuletzt:
            return self._zuletzt[key]
        offen = {**self.offen, ereignis: kandidaten}
        near = neighbours(self.problem, ereignis, self.basis.wahl, {k.tag for k in kandidaten})
        stand = self._local(offen, near, self._basis)
        if self.verlegt is not None and (stand is None or stand.punkte[self.verlegt] > 1):
            less = self._narrowed(offen)
            if less is None:
                return Unmoeglich()
            offen = less
        if stand is None:
            some = self._any(offen, near)
            if not isinstance(some, _Gezaehlt):
                return some
            stand = some
        if any(other != ereignis for other, _ in self._zuletzt):
            self._zuletzt.clear()
        self._zuletzt[key] = found = self._staged(ereignis, offen, stand)
        return found

    def _staged(self, ereignis: str, offen: Kandidaten, stand: _Gezaehlt) -> _Gefunden:
        """Prove stage after stage: by a bound where one is met, else by a search of the whole year."""
        werte: list[Stufenwert] = []
        held: Gehalten = []
        beweis, wide = Beweis(self._eigen, self.basis, self.rest, ereignis), set[Welche]()
        for stufe in self.stufen:
            if len(held) < len(werte):  # a stage before it stayed open: nothing is known of this one
                werte.append(Stufenwert(stufe, stand.punkte[stufe], 0))
                continue
            bound = beweis.bound(offen, stufe, stand.punkte[stufe])
            for welche in (Welche.NAECHSTE, Welche.TAEGLICH):
                if stand.punkte[stufe] > bound and welche not in wide:
                    wide.add(welche)
                    stand = self._wide(offen, stand, welche)
            if stand.punkte[stufe] > bound:
                if self.melden is not None:
                    self.melden(stufe)
                some = self._eigen.filtered(offen, stufe, stand.punkte[stufe])
                m, antwort = self._search(some, stufe, held, stand)
                if antwort.plan and antwort.wert < stand.punkte[stufe]:
                    better = self._counted(read(m, antwort))
                    stand = self._wide(offen, better, Welche.TAEGLICH)
                if antwort.plan and self._none_cheaper(some, stufe, held, antwort.schranke):
                    bound = max(bound, antwort.schranke)
            wert = stand.punkte[stufe]
            werte.append(Stufenwert(stufe, wert, min(bound, wert)))
            if werte[-1].bewiesen:
                beweis = beweis.with_stage(offen, stufe, wert)
                held.append((stufe, wert))
                offen = self._eigen.filtered(offen, stufe, wert)
        return _Gefunden(stand, tuple(werte), offen)

    def _any(self, offen: Kandidaten, near: Sequence[str]) -> _Gezaehlt | Unmoeglich | Unentschieden:
        """Return some choice, as good as letting in dearer candidates step by step makes it."""
        if self._no_days({e: offen[e] for e in near}) or self._no_days(offen):
            return Unmoeglich()
        stufe = self.stufen[0]
        verdict = Verdict.UNKNOWN
        for slack in (*SLACKS, None):
            some = dict(offen)
            if slack is not None:
                some = {e: self._eigen.at_most(stufe, e, ks, slack) for e, ks in offen.items()}
                some |= {e: tuple(dict.fromkeys((*some[e], *self._wenige.of(e, offen[e])))) for e in near}
            m, antwort = self._search(some, stufe, [], self._basis)
            if antwort.plan:
                found = self._counted(read(m, antwort))
                return self._better(self._local(offen, near, found), found)
            if antwort.gestoppt:
                return Unentschieden()
            verdict = antwort.verdict
        return Unmoeglich() if verdict is Verdict.INFEASIBLE else Unentschieden()

    def _no_days(self, offen: Auswahl) -> bool:
        """Tell whether these events have no days even if Sitzungen never collided; what others do is left open."""
        m = self._model({e: per_day(ks) for e, ks in offen.items()}, nur_tage=True)
        return solve(m.cp, Lauf(self.grenze, self.stop)).verdict is Verdict.INFEASIBLE

    def _wide(self, offen: Kandidaten, stand: _Gezaehlt, welche: Welche) -> _Gezaehlt:
        """Return a better choice in which every event has one of a few candidates, if there is one."""
        near = [e for e in self.problem.ereignisse if e not in self.problem.fakten]
        return self._better(self._local(offen, near, stand, welche), stand)

    def _better(self, new: _Gezaehlt | None, old: _Gezaehlt) -> _Gezaehlt:
        punkte = [[stand.punkte[stufe] for stufe in self.stufen] for stand in (new or old, old)]
        return new if new is not None and punkte[0] <= punkte[1] else old

    def _local(
        self, offen: Kandidaten, near: Sequence[str], stand: Stand, welche: Welche = Welche.NAHE
    ) -> _Gezaehlt | None:
        """Return a choice in which only these events lie elsewhere than in ``stand``, as good as it gets in time."""
        shared = around(self.problem, near)
        some: Kandidaten = {e: (k,) for e, k in stand.wahl.items() if e in shared}
        some |= {e: self._wenige.of(e, offen[e], stand.wahl[e], welche) for e in near}
        m = self._model(some, near)
        found = stand
        for terms in (*(self._costs(m, stufe) for stufe in self.stufen), self._moves(m)):
            minimise(m, terms)
            forget(m)
            hint(m, found)
            antwort = solve(m.cp, Lauf(self.grenze, self.stop))
            if not antwort.plan:
                return None
            found = read(m, antwort)
            m.cp.add(sum(cost * x for x, cost in terms) <= antwort.wert)
        return self._counted(Stand({**stand.wahl, **found.wahl}, {**stand.vortrag, **found.vortrag}))

    def _narrowed(self, offen: Kandidaten) -> Kandidaten | None:
        """Return the candidates that choices with fewest moves use; None where there is no choice at all."""
        asked = evolve(self.problem)
        asked.erlaubt.update(offen)
        less = narrowed(asked, self.stufen[0], self.grenze, self.stop)
        return None if isinstance(less, Unmoeglich) else {e: less.erlaubt[e] for e in offen}

    def _few(self, offen: Kandidaten, stand: _Gezaehlt) -> _Gezaehlt:
        """Return a choice as good in which fewest events lie elsewhere than in the plan."""
        m = self._model(offen)
        self._hold(m, list(stand.punkte.items()))
        minimise(m, self._moves(m))
        hint(m, stand)
        antwort = solve(m.cp, Lauf(self.grenze, self.stop))
        found = self._counted(read(m, antwort)) if antwort.plan else stand
        return found if len(self._moved(found)) < len(self._moved(stand)) else stand

    def _moved(self, stand: _Gezaehlt) -> list[str]:
        return [e for e, k in stand.wahl.items() if k != self.basis.wahl[e]]

    # --- the best rest ------------------------------------------------------------------------------------

    def rest(self, ereignis: str, stufe: int) -> int | None:
        """Return the least a stage costs when the event may lie anywhere and is free, the earlier ones at their least.

        None where that could not be proven.
        """
        rest = self._reste.get(ereignis) or _Rest(dict(self.offen), [], None)
        for number, later in enumerate(self.stufen[: self.stufen.index(stufe) + 1]):
            if number == len(rest.held):
                self._reste[ereignis] = rest = self._next_rest(ereignis, rest, later)
            if number == len(rest.held):
                return None
        return dict(rest.held)[stufe]

    def _next_rest(self, ereignis: str, rest: _Rest, stufe: int) -> _Rest:
        wert, stand = self._eigen.floor(stufe, rest.offen, ohne=ereignis), rest.stand
        here = self._basis.punkte[stufe] - self._eigen.cost(stufe, ereignis, self.basis.wahl[ereignis])
        if stand is not None or here != wert:
            m, antwort = self._search(rest.offen, stufe, rest.held, stand or self._basis, ohne=ereignis)
            sure = antwort.verdict is Verdict.OPTIMAL
            if not sure or not self._none_cheaper(rest.offen, stufe, rest.held, antwort.wert, ereignis):
                return rest
            wert = antwort.wert
            if stand is not None or here != wert:
                stand = read(m, antwort)
        offen = self._eigen.filtered(rest.offen, stufe, wert, ohne=ereignis)
        return _Rest(offen, [*rest.held, (stufe, wert)], stand)

    # --- models -------------------------------------------------------------------------------------------

    def _search(
        self, offen: Kandidaten, stufe: int, held: Gehalten, stand: Stand, ohne: str = ""
    ) -> tuple[Modell, Antwort]:
        """Minimise one stage over the whole year; the own cost of the event ``ohne`` does not count."""
        m = self._model(offen)
        self._hold(m, held, ohne)
        minimise(m, self._costs(m, stufe, ohne))
        hint(m, stand)
        return m, solve(m.cp, Lauf(self.grenze, self.stop))

    def _none_cheaper(self, offen: Kandidaten, stufe: int, held: Gehalten, wert: int, ohne: str = "") -> bool:
        """Tell whether a choice of less is refused without preprocessing too."""
        if wert <= self._eigen.floor(stufe, offen, ohne=ohne):
            return True
        m = self._model(offen)
        self._hold(m, [*held, (stufe, wert - 1)], ohne)
        return solve(m.cp, Lauf(self.grenze, self.stop), presolve=False).verdict is Verdict.INFEASIBLE

    def _model(self, kandidaten: Auswahl, near: Collection[str] = (), *, nur_tage: bool = False) -> Modell:
        """Return a model of some candidates: what speaks of its events (of those in ``near`` only) is asked of them."""
        m = Modell(self.problem, kandidaten, nur_tage=nur_tage)
        there = frozenset(near or kandidaten)
        for r in self._requirements:
            if not there.isdisjoint(r.ereignisse):
                encode(m, r)
        return m

    def _hold(self, m: Modell, held: Gehalten, ohne: str = "") -> None:
        """Keep earlier stages at their values; where every choice left is cheap enough no row is needed."""
        for stufe, wert in held:
            terms = self._costs(m, stufe, ohne)
            most = sum(cost for _, cost in terms)
            if most > wert:
                m.cp.add(sum(cost * x for x, cost in terms) <= wert)

    def _costs(self, m: Modell, stufe: int, ohne: str = "") -> Kosten:
        terms: Kosten = [
            (x, cost)
            for e, ks in m.kandidaten.items()
            if e != ohne and self._eigen.any(stufe, e)
            for k, x in zip(ks, m.x[e], strict=True)
            if (cost := self._eigen.cost(stufe, e, k))
        ]
        for p in self._eigen.gebunden.get(stufe, ()):
            terms += encode_preference(m, p)
        return terms

    def _moves(self, m: Modell) -> Kosten:
        """Return the number of events that lie elsewhere than in the plan, as a sum."""
        return [
            (x, 1)
            for e, ks in m.kandidaten.items()
            for k, x in zip(ks, m.x[e], strict=True)
            if k != self.basis.wahl[e]
        ]

    # --- small things -------------------------------------------------------------------------------------

    def _counted(self, stand: Stand) -> _Gezaehlt:
        found = self.zaehlen(stand.wahl, stand.vortrag)
        punkte = {stufe: found.get(stufe, 0) for stufe in self.stufen}
        return _Gezaehlt(stand.wahl, stand.vortrag, punkte)

    @property
    def _basis(self) -> _Gezaehlt:
        punkte = {w.stufe: w.wert or 0 for w in self.basis.stufen}
        return _Gezaehlt(self.basis.wahl, self.basis.vortrag, punkte)
