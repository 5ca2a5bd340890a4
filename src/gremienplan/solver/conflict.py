"""Why there is no plan: a minimal set of requirements that cannot hold together, verified by solving again.

No verdict of the solver is believed alone. A core of assumptions only says where to look; what is reported has
been found impossible with presolve on and off, and possible without any single one of its members: for each of
these there is a witness, a choice that keeps all others, which whoever asked can judge without a solver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import field, frozen

from gremienplan import requirements as req
from gremienplan.quellen import Authority
from gremienplan.solver.constraints import encode, undominated
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.modell import Modell
from gremienplan.solver.problem import Kandidat, Problem, per_day
from gremienplan.solver.statisch import allowed
from gremienplan.solver.verbote import Verbote

VIELE = 200
"""Of an event with more candidates than this a few are tried first: mostly one of them will do."""

_WEAKEST_FIRST = (Authority.VORGABE, Authority.AUSLEGUNG, Authority.TATSACHE, Authority.TEXT)


@frozen
class Widerspruch:
    """Requirements that cannot hold together, in the order of the year's requirements."""

    requirements: tuple[req.Requirement, ...]
    minimal: bool
    zeugen: tuple[Zeuge, ...] = ()
    """For each requirement that is proven to be needed, in their order: how the others hold without it."""


@frozen
class Zeuge:
    """A choice that keeps every requirement of a contradiction but one."""

    ohne: str
    """Id of the requirement it does not keep."""
    wahl: Mapping[str, Kandidat]
    vortrag: Mapping[str, tuple[str, ...]]


@frozen
class Erklaerung:
    """One explanation of one impossible problem."""

    problem: Problem
    grenze: float
    frist: float
    """Deterministic time, of all calls together, after which a set that is not yet minimal is good enough."""
    stop: Callable[[], bool] | None = None
    _verbote: dict[str, Verbote] = field(factory=dict, init=False)
    _dauern: list[float] = field(factory=list, init=False)

    def run(self) -> Widerspruch | None:
        """Explain; None when the problem turns out to be possible, or nothing could be decided."""
        core = self._one_event()
        if core is not None:
            return self._widerspruch(core)
        for presolve in (True, False):  # the second time only where the first was misled
            for nur_tage in (True, False):
                core = self._core(nur_tage=nur_tage, presolve=presolve)
                if core is None:
                    continue
                core = self._shrink(core, presolve, nur_tage=nur_tage, kandidaten=self._filtered)
                core = self._shrink(self._with_filters(core), presolve, nur_tage=nur_tage)
                found = self._widerspruch(self._shrink(core, presolve, nur_tage=False))
                if found is not None:
                    return found
        return None

    # --- one event that has no candidate ------------------------------------------------------------------

    def _one_event(self) -> list[req.Requirement] | None:
        """Return the smallest set of filters that leaves some single event no candidate."""
        best: list[req.Requirement] | None = None
        for ereignis in self._empty:
            verbote = self._of(ereignis)
            core = list(verbote.filter)
            for r in self._weakest_first(core):
                rest = [other for other in core if other is not r]
                if verbote.empty({other.id for other in rest}):
                    core = rest
            if best is None or len(core) + 1 < len(best):
                best = [self._existence(ereignis), *core]
            if len(best) <= 2:
                break
        return best

    @property
    def _empty(self) -> list[str]:
        return [e for e, ereignis in self.problem.ereignisse.items() if not allowed(self.problem, ereignis)]

    # --- several events -----------------------------------------------------------------------------------

    def _core(self, *, nur_tage: bool, presolve: bool) -> list[req.Requirement] | None:
        """Return requirements that the solver blames, all filters taken for granted.

        It may blame too much, or what was never asked (OR-Tools #3943, #5141): what it blames is asked again.
        """
        events = list(self.problem.ereignisse)
        m = Modell(self.problem, self._filtered(events, (), nur_tage), annahmen=True, nur_tage=nur_tage)
        asked = undominated(self.problem.requirements)
        for r in asked:
            encode(m, r)
        m.cp.add_assumptions(list(m.assumptions.values()))
        antwort = self._solve(m, presolve=False)
        if antwort.verdict is not Verdict.INFEASIBLE:
            return None
        blamed = set(antwort.solver.sufficient_assumptions_for_infeasibility())
        everything = [r for r in asked if r.id in m.assumptions]
        core = [r for r in everything if m.assumptions[r.id].index in blamed]
        for blame in (core, everything):
            if self._impossible(blame, presolve, nur_tage=nur_tage, kandidaten=self._filtered):
                return blame
        return None

    def _shrink(
        self,
        core: Sequence[req.Requirement],
        presolve: bool,
        *,
        nur_tage: bool,
        kandidaten: Candidates | None = None,
    ) -> list[req.Requirement]:
        """Drop, weakest authority first, every requirement without which the rest is still impossible."""
        kept = list(core)
        for r in self._weakest_first(core):
            if r not in kept or self._late():
                continue
            rest = [other for other in kept if other is not r]
            if self._impossible(rest, presolve, nur_tage=nur_tage, kandidaten=kandidaten):
                kept = [other for other in rest if self._matters(other, rest)]
        return kept

    def _with_filters(self, core: Sequence[req.Requirement]) -> list[req.Requirement]:
        """Return the core with every requirement that filters one of its events."""
        wanted = {r.id for r in core}
        for ereignis in self._present(core):
            wanted |= {r.id for r in self._of(ereignis).filter}
        return [r for r in self.problem.requirements if r.id in wanted]

    def _impossible(
        self,
        subset: Sequence[req.Requirement],
        presolve: bool,
        *,
        nur_tage: bool,
        kandidaten: Candidates | None = None,
    ) -> bool:
        """Tell whether the solver finds these requirements alone impossible."""
        verdict, _ = self._ask(subset, presolve, nur_tage=nur_tage, kandidaten=kandidaten)
        return verdict is Verdict.INFEASIBLE

    def _ask(
        self,
        subset: Sequence[req.Requirement],
        presolve: bool,
        *,
        nur_tage: bool = False,
        kandidaten: Candidates | None = None,
        ohne: str = "",
    ) -> tuple[Verdict, Zeuge | None]:
        """Return what the solver says of these requirements alone, and how they hold if they do."""
        found = (kandidaten or self._unfiltered)(
            self._present(subset), subset, nur_tage or not _timed(subset)
        )
        if not all(found.values()):
            return Verdict.INFEASIBLE, None
        verdict = Verdict.UNKNOWN
        few = _few(found)
        for some in (few, found) if few != found else (found,):
            m = Modell(self.problem, some, annahmen=True, nur_tage=nur_tage)
            for r in subset:
                encode(m, r)
            for literal in m.assumptions.values():
                m.cp.add(literal == 1)
            antwort = self._solve(m, presolve=presolve)
            verdict = antwort.verdict
            if antwort.plan:
                return verdict, _read(m, antwort, ohne)
        return verdict, None

    def _widerspruch(self, core: Sequence[req.Requirement]) -> Widerspruch | None:
        """Confirm: impossible with presolve on and off, possible without any one member."""
        asked = (self._ask(core, presolve)[0] for presolve in (True, False))
        if not core or any(verdict is not Verdict.INFEASIBLE for verdict in asked):
            return None  # no requirement at all can always be kept
        wanted = {r.id for r in core}
        ordered = tuple(r for r in self.problem.requirements if r.id in wanted)
        rests = [(r, [other for other in core if other is not r]) for r in ordered]
        found = (self._ask(rest, presolve=True, ohne=r.id)[1] for r, rest in rests)
        zeugen = tuple(zeuge for zeuge in found if zeuge is not None)
        return Widerspruch(ordered, len(zeugen) == len(ordered), zeugen)

    # --- candidates ---------------------------------------------------------------------------------------

    def _filtered(
        self, events: Iterable[str], _subset: Sequence[req.Requirement], je_tag: bool
    ) -> dict[str, tuple[Kandidat, ...]]:
        """Return the candidates that every filter allows."""
        found = {e: allowed(self.problem, self.problem.ereignisse[e]) for e in events}
        return {e: per_day(ks) if je_tag else ks for e, ks in found.items()}

    def _unfiltered(
        self, events: Iterable[str], subset: Sequence[req.Requirement], je_tag: bool
    ) -> dict[str, tuple[Kandidat, ...]]:
        """Return the candidates that the filters of ``subset`` allow."""
        wanted = {r.id for r in subset}
        return {e: self._of(e).left(wanted, je_tag=je_tag) for e in events}

    def _of(self, ereignis: str) -> Verbote:
        if ereignis not in self._verbote:
            self._verbote[ereignis] = Verbote(self.problem, self.problem.ereignisse[ereignis])
        return self._verbote[ereignis]

    # --- small things -------------------------------------------------------------------------------------

    def _present(self, subset: Sequence[req.Requirement]) -> list[str]:
        """Return the events that cannot stay away: their taking place is part of the subset, or a fact."""
        held = [r.ereignis for r in subset if isinstance(r, req.Stattfinden | req.Angesetzt)]
        told = {e for r in subset for e in r.ereignisse}
        return held + [e for e in self.problem.ereignisse if e in self.problem.fakten and e in told]

    def _existence(self, ereignis: str) -> req.Requirement:
        return next(
            r for r in self.problem.nach_ereignis[ereignis] if isinstance(r, req.Stattfinden | req.Angesetzt)
        )

    def _weakest_first(self, core: Sequence[req.Requirement]) -> list[req.Requirement]:
        return sorted(core, key=lambda r: _WEAKEST_FIRST.index(r.grundlage.authority))

    def _matters(self, r: req.Requirement, core: Sequence[req.Requirement]) -> bool:
        """Tell whether a requirement can still say anything: one of its events must be in the core."""
        present = set(self._present(core))
        return isinstance(r, req.Stattfinden | req.Angesetzt | req.Anzahl) or bool(
            present & set(r.ereignisse)
        )

    def _solve(self, m: Modell, *, presolve: bool) -> Antwort:
        antwort = solve(m.cp, Lauf(self.grenze, self.stop), presolve=presolve)
        self._dauern.append(antwort.dauer)
        return antwort

    def _late(self) -> bool:
        stopped = self.stop is not None and self.stop()
        return stopped or sum(self._dauern) > self.frist


Candidates = Callable[[Iterable[str], Sequence[req.Requirement], bool], dict[str, tuple[Kandidat, ...]]]


def _few(kandidaten: Mapping[str, tuple[Kandidat, ...]]) -> dict[str, tuple[Kandidat, ...]]:
    """Return up to ``VIELE`` candidates of each event, spread over all it has.

    What is possible with few of them is possible.
    """
    return {e: ks[:: -(-len(ks) // VIELE)] if ks else ks for e, ks in kandidaten.items()}


def _timed(subset: Iterable[req.Requirement]) -> bool:
    """Tell whether hours matter: whether a requirement ties Sitzungen together by their time of day."""
    return any(isinstance(r, req.Verfuegbar | req.Wegezeit | req.EineVon | req.OrtFrei) for r in subset)


def _read(m: Modell, antwort: Antwort, ohne: str) -> Zeuge:
    """Return where the events lie that take place, and who presents."""
    holds = antwort.solver.boolean_value
    wahl = {
        e: next(k for k, x in zip(ks, m.x[e], strict=True) if holds(x))
        for e, ks in m.kandidaten.items()
        if holds(m.anwesend[e])
    }
    vortrag = {
        e: tuple(
            next(wer for wer in slot if holds(m.traegt_vor(e, number, wer)))
            for number, slot in enumerate(m.problem.ereignisse[e].vortrag)
        )
        for e in wahl
        if m.problem.ereignisse[e].vortrag
    }
    return Zeuge(ohne, wahl, vortrag)
