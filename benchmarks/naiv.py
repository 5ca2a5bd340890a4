"""The yardstick: the model one writes first. One Bool per candidate, pairwise clauses, distances by ``abs``.

It keeps the same requirements and preferences as the library's own model, on the same filtered candidates, with all
stages in one weighted sum, or one after the other. It is here to be compared with, not to be used: it does not know
places in turn, deputies, nor that one of several is enough.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations

from ortools.sat.python import cp_model

from gremienplan import requirements as req
from gremienplan.solver.preferences import unary
from gremienplan.solver.problem import TAG, Kandidat, Problem
from gremienplan.solver.statisch import allowed, gueltig

STUFENGEWICHT = {1: 1000, 2: 100, 3: 10, 4: 1}


class Naiv:
    """The naive model of a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cp = cp_model.CpModel()
        self.ks = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
        self.x = {e: [self.cp.new_bool_var(f"{e}{i}") for i in range(len(ks))] for e, ks in self.ks.items()}
        self.tag = {}
        for e, ks in self.ks.items():
            self.cp.add(sum(self.x[e]) == 1)
            self.tag[e] = self.cp.new_int_var(ks[0].tag, ks[-1].tag, f"tag{e}")
            self.cp.add(self.tag[e] == sum(k.tag * x for k, x in zip(ks, self.x[e], strict=True)))
        self.forbidden: set[tuple[int, int]] = set()
        self.stufen: dict[int, list[tuple[cp_model.IntVar, int]]] = {stufe: [] for stufe in problem.stufen}
        for r in problem.requirements:
            self._require(r)
        for p in problem.preferences:
            self._prefer(p)
        self.cp.minimize(
            sum(STUFENGEWICHT.get(s, 1) * c * x for s, terms in self.stufen.items() for x, c in terms)
        )

    def _require(self, r: req.Requirement) -> None:
        match r:
            case req.Reihenfolge():
                self.cp.add(self.tag[r.dann] >= self.tag[r.erst] + r.tage)
            case req.Hoechstabstand():
                self.cp.add(self.tag[r.dann] <= self.tag[r.erst] + r.tage)
            case req.Mindestabstand():
                for a, b in combinations(r.ereignisse, 2):
                    self.cp.add(self._abs(a, b) >= r.tage)
            case req.Anzahl() if r.max is not None and len(r.ereignisse) > r.max:
                self.cp.add_bool_or([])
            case req.OrtFrei():
                self._pairs(r.ereignisse, 0, lambda _, k: k.ort == r.ort)
            case req.Verfuegbar() | req.Wegezeit():
                zeit = self.problem.zeit
                valid = {p.ereignis: gueltig(r.pflichten, p.ereignis, zeit) for p in r.pflichten}
                rand = r.minuten if isinstance(r, req.Wegezeit) else 0
                self._pairs(tuple(valid), rand, lambda e, k: valid[e](k.tag))

    def _pairs(self, events: tuple[str, ...], rand: int, zaehlt: Callable[[str, Kandidat], bool]) -> None:
        for a, b in combinations(events, 2):
            for i, k in enumerate(self.ks[a]):
                for j, other in enumerate(self.ks[b]):
                    if other.tag > k.tag:
                        break
                    if other.tag == k.tag and zaehlt(a, k) and zaehlt(b, other) and _clash(k, other, rand):
                        pair = (self.x[a][i].index, self.x[b][j].index)
                        if pair not in self.forbidden:
                            self.forbidden.add(pair)
                            self.cp.add(self.x[a][i] + self.x[b][j] <= 1)

    def _prefer(self, p: req.Preference) -> None:
        terms = self.stufen[p.stufe]
        found = unary(p, self.problem.zeit)
        if found:
            e, cost = found
            terms += [(x, cost(k)) for k, x in zip(self.ks[e], self.x[e], strict=True) if cost(k)]
            return
        match p:
            case req.Abstandswunsch():
                for edge, sign in ((p.hoechstens, 1), (p.mindestens, -1)):
                    if edge is not None:
                        over = self.cp.new_int_var(0, 400, p.id)
                        self.cp.add(over >= sign * (self.tag[p.dann] - self.tag[p.erst] - edge))
                        terms.append((over, p.gewicht))
            case req.Vorher():
                late = self.cp.new_bool_var(p.id)
                self.cp.add(self.tag[p.erst] < self.tag[p.dann]).only_enforce_if(late.negated())
                terms.append((late, p.gewicht))
            case req.Danach():
                hits = []
                for e in p.ereignisse:
                    hit = self.cp.new_bool_var(f"{p.id}{e}")
                    self.cp.add(self.tag[e] > self.tag[p.nach]).only_enforce_if(hit)
                    self.cp.add(self.tag[e] <= self.tag[p.nach] + p.tage).only_enforce_if(hit)
                    hits.append(hit)
                missed = self.cp.new_bool_var(p.id)
                self.cp.add_bool_or([*hits, missed])
                terms.append((missed, p.gewicht))
            case req.Verteilt():
                self._weeks(p, lambda _: True)
            case req.Abendlast():
                limit = p.ab.hour * 60 + p.ab.minute
                self._weeks(p, lambda k: k.ende - k.tag * TAG > limit)

    def _weeks(self, p: req.Verteilt | req.Abendlast, zaehlt: Callable[[Kandidat], bool]) -> None:
        weeks: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        for e in p.ereignisse:
            for k, x in zip(self.ks[e], self.x[e], strict=True):
                if zaehlt(k):
                    year, week, _ = self.problem.zeit.datum(k.tag).isocalendar()
                    weeks.setdefault((year, week), []).append(x)
        for found in weeks.values():
            over = self.cp.new_int_var(0, len(p.ereignisse), "")
            self.cp.add(over >= sum(found) - p.je_woche)
            self.stufen[p.stufe].append((over, p.gewicht))

    def _abs(self, a: str, b: str) -> cp_model.IntVar:
        distance = self.cp.new_int_var(0, 800, "")
        self.cp.add_abs_equality(distance, self.tag[a] - self.tag[b])
        return distance


def _clash(a: Kandidat, b: Kandidat, rand: int) -> bool:
    if a.sitzung and a.sitzung == b.sitzung:
        return False
    near = rand if a.ort != b.ort or not a.ort else 0
    return a.beginn < b.ende + near and b.beginn < a.ende + near


class FirstPlan(cp_model.CpSolverSolutionCallback):
    """Notes the CPU time of the first solution."""

    def __init__(self, beginn: float) -> None:
        super().__init__()
        self.beginn = beginn
        self.first: float | None = None

    def on_solution_callback(self) -> None:
        if self.first is None:
            self.first = time.process_time() - self.beginn
            self.stop_search()


def first_plan(problem: Problem, seconds: float) -> tuple[float | None, float, int]:
    """Return CPU seconds to the first plan and to the built model, and how many constraints it has.

    The first is None when there was no plan within ``seconds`` on the clock.
    """
    beginn = time.process_time()
    model = Naiv(problem)
    built = time.process_time() - beginn
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    watch = FirstPlan(beginn)
    solver.solve(model.cp, watch)
    return watch.first, built, len(model.cp.proto.constraints)
