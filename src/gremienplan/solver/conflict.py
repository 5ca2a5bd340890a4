"""Why there is no plan: a minimal set of requirements that cannot hold together, verified by solving again.

No verdict of the solver is believed alone. A core of assumptions only says where to look; what is reported has
been found impossible with presolve on and off, and possible without any single one of its members.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import field, frozen

from gremienplan import requirements as req
from gremienplan.quellen import Authority
from gremienplan.solver.constraints import encode
from gremienplan.solver.lauf import Antwort, Lauf, Verdict, solve
from gremienplan.solver.modell import Modell
from gremienplan.solver.problem import Kandidat, Problem, per_day
from gremienplan.solver.statisch import allowed, reasons

_WEAKEST_FIRST = (Authority.VORGABE, Authority.AUSLEGUNG, Authority.TATSACHE, Authority.TEXT)

Begruendet = Mapping[Kandidat, tuple[req.Requirement, ...]]


@frozen
class Widerspruch:
    """Requirements that cannot hold together, in the order of the year's requirements."""

    requirements: tuple[req.Requirement, ...]
    minimal: bool


@frozen
class Erklaerung:
    """One explanation of one impossible problem."""

    problem: Problem
    grenze: float
    frist: float
    """Deterministic time, of all calls together, after which a set that is not yet minimal is good enough."""
    stop: Callable[[], bool] | None = None
    _gruende: dict[str, Begruendet] = field(factory=dict, init=False)
    _dauern: list[float] = field(factory=list, init=False)

    def run(self) -> Widerspruch | None:
        """Explain; None when the problem turns out to be possible, or nothing could be decided."""
        core = self._one_event()
        if core is not None:
            return self._widerspruch(core)
        for nur_tage in (True, False):
            core = self._core(nur_tage=nur_tage)
            if core is None:
                continue
            core = self._shrink(core, nur_tage=nur_tage, kandidaten=self._filtered)
            core = self._shrink(self._with_filters(core), nur_tage=nur_tage)
            return self._widerspruch(self._shrink(core, nur_tage=False))
        return None

    # --- one event that has no candidate ------------------------------------------------------------------

    def _one_event(self) -> list[req.Requirement] | None:
        """Return the smallest set of filters that leaves some single event no candidate."""
        best: list[req.Requirement] | None = None
        for ereignis in self._empty:
            core = [self._existence(ereignis)]
            core += [
                r for r in self._filters(ereignis) if any(r in rs for rs in self._reasons(ereignis).values())
            ]
            for r in self._weakest_first(core[1:]):
                rest = [other for other in core if other is not r]
                if all(any(g in rest for g in gs) for gs in self._reasons(ereignis).values()):
                    core = rest
            if best is None or len(core) < len(best):
                best = core
        return best

    @property
    def _empty(self) -> list[str]:
        return [e for e, ereignis in self.problem.ereignisse.items() if not allowed(self.problem, ereignis)]

    # --- several events -----------------------------------------------------------------------------------

    def _core(self, *, nur_tage: bool) -> list[req.Requirement] | None:
        """Return requirements that the solver blames, all filters taken for granted."""
        events = list(self.problem.ereignisse)
        m = Modell(self.problem, self._filtered(events, (), nur_tage), annahmen=True, nur_tage=nur_tage)
        for r in self.problem.requirements:
            encode(m, r)
        m.cp.add_assumptions(list(m.assumptions.values()))
        antwort = self._solve(m, presolve=False)
        if antwort.verdict is not Verdict.INFEASIBLE:
            return None
        blamed = set(antwort.solver.sufficient_assumptions_for_infeasibility())
        core = [
            r
            for r in self.problem.requirements
            if r.id in m.assumptions and m.assumptions[r.id].index in blamed
        ]
        everything = [r for r in self.problem.requirements if r.id in m.assumptions]
        if self._impossible(core, nur_tage=nur_tage, kandidaten=self._filtered):
            return core
        return (
            everything if self._impossible(everything, nur_tage=nur_tage, kandidaten=self._filtered) else None
        )

    def _shrink(
        self,
        core: Sequence[req.Requirement],
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
            if self._impossible(rest, nur_tage=nur_tage, kandidaten=kandidaten):
                kept = [other for other in rest if self._matters(other, rest)]
        return kept

    def _with_filters(self, core: Sequence[req.Requirement]) -> list[req.Requirement]:
        """Return the core with every requirement that filters one of its events."""
        wanted = {r.id for r in core}
        for ereignis in self._present(core):
            wanted |= {r.id for r in self._filters(ereignis)}
        return [r for r in self.problem.requirements if r.id in wanted]

    def _impossible(
        self, subset: Sequence[req.Requirement], *, nur_tage: bool, kandidaten: Candidates | None = None
    ) -> bool:
        """Tell whether the solver finds these requirements alone impossible."""
        return self._verdict(subset, nur_tage=nur_tage, kandidaten=kandidaten) is Verdict.INFEASIBLE

    def _verdict(
        self,
        subset: Sequence[req.Requirement],
        *,
        nur_tage: bool = False,
        kandidaten: Candidates | None = None,
        presolve: bool = True,
    ) -> Verdict:
        """Return what the solver says of these requirements alone."""
        found = (kandidaten or self._unfiltered)(
            self._present(subset), subset, nur_tage or not _timed(subset)
        )
        if not all(found.values()):
            return Verdict.INFEASIBLE
        m = Modell(self.problem, found, annahmen=True, nur_tage=nur_tage)
        for r in subset:
            encode(m, r)
        for literal in m.assumptions.values():
            m.cp.add(literal == 1)
        return self._solve(m, presolve=presolve).verdict

    def _widerspruch(self, core: Sequence[req.Requirement]) -> Widerspruch | None:
        """Confirm: impossible with presolve on and off, possible without any one member."""
        both = {self._verdict(core, presolve=presolve) for presolve in (True, False)}
        if both != {Verdict.INFEASIBLE}:
            return None
        without = {self._verdict([other for other in core if other is not r]) for r in core}
        minimal = without <= {Verdict.OPTIMAL, Verdict.FEASIBLE}
        wanted = {r.id for r in core}
        ordered = tuple(r for r in self.problem.requirements if r.id in wanted)
        return Widerspruch(ordered, minimal)

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
        found = {
            e: tuple(k for k, gs in self._reasons(e).items() if not any(g.id in wanted for g in gs))
            for e in events
        }
        return {e: per_day(ks) if je_tag else ks for e, ks in found.items()}

    def _reasons(self, ereignis: str) -> Begruendet:
        if ereignis not in self._gruende:
            self._gruende[ereignis] = reasons(self.problem, self.problem.ereignisse[ereignis])
        return self._gruende[ereignis]

    def _filters(self, ereignis: str) -> list[req.Requirement]:
        found = {g.id: g for gs in self._reasons(ereignis).values() for g in gs}
        return [r for r in self.problem.nach_ereignis[ereignis] if r.id in found]

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


def _timed(subset: Iterable[req.Requirement]) -> bool:
    """Tell whether hours matter: whether a requirement ties Sitzungen together by their time of day."""
    return any(isinstance(r, req.Verfuegbar | req.Wegezeit | req.EineVon | req.OrtFrei) for r in subset)
