"""One call of CP-SAT: parameters, deterministic limits, progress, and a stop that works at any moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum

from attrs import field, frozen
from ortools.sat.python import cp_model


class Verdict(Enum):
    """What one call of the solver has to say."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class Halt:
    """Asks whether somebody has stopped it: only in the thread that began; elsewhere the last answer counts."""

    def __init__(self, stop: Callable[[], bool] | None) -> None:
        self._stop, self._thread, self._said = stop, threading.get_ident(), False
        self.fallen = False
        """Nobody waits for the answer any more."""

    def __call__(self) -> bool:
        """Tell whether it has been stopped."""
        mine = threading.get_ident() == self._thread
        if self._stop is not None and (mine or isinstance(self._stop, Halt)):
            self._said = self._stop()
        return self._said or self.fallen


def _halt(stop: Callable[[], bool] | None) -> Halt | None:
    return stop if stop is None or isinstance(stop, Halt) else Halt(stop)


@frozen
class Lauf:
    """How to run: the deterministic limit of one call, and who may stop it."""

    grenze: float
    """Deterministic time (about seconds of one core) of one call."""
    stop: Halt | None = field(default=None, converter=_halt)
    melden: Callable[[int, int], None] | None = None
    """Called with cost and bound when either improves, and with the last of them."""
    workers: int = 1
    """Threads. With more than one only what is proven is the same each time."""

    @property
    def gestoppt(self) -> bool:
        """Tell whether somebody has stopped it."""
        return self.stop is not None and self.stop()


@frozen
class Antwort:
    """Verdict, value, bound and the solver to read values from."""

    verdict: Verdict
    wert: int
    schranke: int
    solver: cp_model.CpSolver
    gestoppt: bool = False
    dauer: float = 0.0
    """Deterministic time it took."""

    @property
    def plan(self) -> bool:
        """Tell whether there is a solution to read."""
        return self.verdict in (Verdict.OPTIMAL, Verdict.FEASIBLE)


_VERDICTS = {
    cp_model.OPTIMAL: Verdict.OPTIMAL,
    cp_model.FEASIBLE: Verdict.FEASIBLE,
    cp_model.INFEASIBLE: Verdict.INFEASIBLE,
}

POLL = 0.1
"""Seconds between two looks at the stop flag."""


def solve(model: cp_model.CpModel, lauf: Lauf, *, presolve: bool = True) -> Antwort:
    """Run CP-SAT; on one worker the same model and limit give the same answer, byte for byte.

    The call runs in a thread of its own, so that ``stop`` is heard at any moment, also where it is a flag that
    a signal handler of the main thread sets.
    """
    solver = cp_model.CpSolver()
    p = solver.parameters
    p.num_workers, p.random_seed = lauf.workers, 1
    if (
        lauf.workers > 1
    ):  # the first thread goes the way of a single one: most bounds come from the linear relaxation
        p.extra_subsolvers.append("max_lp")
    p.max_deterministic_time = lauf.grenze
    p.linearization_level, p.root_lp_iterations = 2, 1_000_000
    p.cp_model_probing_level, p.symmetry_level = 0, 0
    p.cp_model_presolve = presolve
    # Preprocessing may only drop what is impossible. Where it also drops what it takes to be as good as something
    # else, CP-SAT 9.15 has called a value best that was not (tests/solver/test_fehler.py).
    p.keep_all_feasible_solutions_in_presolve = True
    p.catch_sigint_signal = False
    watch = _Watch()
    solver.best_bound_callback = watch.on_bound
    done: list[cp_model.CpSolverStatus] = []
    thread = threading.Thread(target=lambda: done.append(solver.solve(model, watch)), daemon=True)
    thread.start()
    stopped = False
    last: tuple[int, int] | None = None
    while thread.is_alive():
        thread.join(POLL)
        stopped = stopped or (lauf.stop is not None and lauf.stop())
        if stopped:  # said again each time: the first may come before the search has begun
            solver.stop_search()
        if lauf.melden is not None and watch.seen is not None and watch.seen != last:
            last = watch.seen
            lauf.melden(*last)
    verdict = _VERDICTS.get(done[0], Verdict.UNKNOWN) if done else Verdict.UNKNOWN
    has = verdict in (Verdict.OPTIMAL, Verdict.FEASIBLE) and model.has_objective()
    wert = round(solver.objective_value) if has else 0
    schranke = _up(solver.best_objective_bound) if has else 0
    if lauf.melden is not None and has and (wert, min(schranke, wert)) != last:
        lauf.melden(wert, min(schranke, wert))
    dauer = solver.response_proto.deterministic_time
    return Antwort(verdict, wert, min(schranke, wert), solver, stopped, dauer)


def _up(bound: float) -> int:
    """Return the least integer that is not below a bound, rounding errors forgiven."""
    return -int(-(bound - 1e-6) // 1)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps the last cost and bound for the thread that waits."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: tuple[int, int] | None = None

    def on_solution_callback(self) -> None:
        self.seen = (round(self.objective_value), _up(self.best_objective_bound))

    def on_bound(self, bound: float) -> None:
        """Take note of a better bound."""
        if self.seen is not None:
            self.seen = (self.seen[0], max(self.seen[1], _up(bound)))
