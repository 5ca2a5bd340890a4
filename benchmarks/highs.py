"""HiGHS on rows that were written by ``zeilen.py``: stage after stage, one thread, in a process of its own.

    python benchmarks/highs.py ROWS.json CPU_SECONDS

Prints a line of JSON for each better cost or bound. A stage that is proven is held by a row, and its
solution handed on. highspy cannot be imported beside ortools.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import highspy
import numpy as np

INFINITE = highspy.kHighsInf


class Lauf:
    """One run of all stages."""

    def __init__(self, rows: dict, seconds: float) -> None:
        self.rows, self.seconds = rows, seconds
        self.begin = time.process_time()
        self.h = highspy.Highs()
        self.h.setOptionValue("output_flag", False)
        self.h.setOptionValue("threads", 1)
        self.h.setOptionValue("mip_rel_gap", 0.0)
        self.h.setOptionValue("mip_abs_gap", 0.999)  # costs are whole numbers
        self._build()
        self.best: np.ndarray | None = None

    def _build(self) -> None:
        n = self.rows["columns"]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = n, len(self.rows["rows"])
        lp.col_cost_ = np.zeros(n)
        lower, upper = np.zeros(n), np.ones(n)
        for column, value in self.rows["fixed"]:
            lower[column] = upper[column] = value
        lp.col_lower_, lp.col_upper_ = lower, upper
        lp.row_lower_ = np.array(
            [-INFINITE if lo is None else lo for _, _, lo, _ in self.rows["rows"]], float
        )
        lp.row_upper_ = np.array([INFINITE if hi is None else hi for _, _, _, hi in self.rows["rows"]], float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * n
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(columns) for columns, _, _, _ in self.rows["rows"])])
        lp.a_matrix_.index_ = np.array([c for columns, _, _, _ in self.rows["rows"] for c in columns])
        lp.a_matrix_.value_ = np.array([f for _, fs, _, _ in self.rows["rows"] for f in fs], float)
        if self.h.passModel(lp) == highspy.HighsStatus.kError:
            raise SystemExit("HiGHS does not take the rows")

    def left(self) -> float:
        return self.seconds - (time.process_time() - self.begin)

    def say(self, **what: object) -> None:
        print(json.dumps({"t": round(time.process_time() - self.begin, 2)} | what), flush=True)

    def run(self) -> None:
        self.say(rows=len(self.rows["rows"]), columns=self.rows["columns"])
        for stage, costs in self.rows["stages"].items():
            proven = self._stage(int(stage), costs)
            if not proven:
                return
        self.say(done=True)

    def _stage(self, stage: int, costs: dict) -> bool:
        """Solve one stage; tell whether it is proven."""
        n = self.rows["columns"]
        objective = np.zeros(n)
        objective[costs["columns"]] = costs["coefficients"]
        self.h.changeColsCost(n, np.arange(n, dtype=np.int32), objective)
        seen: dict[str, int | None] = {"cost": None, "bound": None}

        def look(event: object) -> None:
            out = event.data_out
            for key, value in (("cost", out.mip_primal_bound), ("bound", out.mip_dual_bound)):
                if abs(value) < 1e15:
                    whole = round(value) if key == "cost" else int(np.ceil(value - 1e-6))
                    whole += costs["constant"]
                    better = seen[key] is None or (whole < seen[key] if key == "cost" else whole > seen[key])
                    if better:
                        seen[key] = whole
                        self.say(stage=stage, **{k: v for k, v in seen.items() if v is not None})

        def stop(event: object) -> None:
            if self.left() < 0:
                event.interrupt()

        self.h.clearCallbacks() if hasattr(self.h, "clearCallbacks") else None
        self.h.cbMipImprovingSolution += look
        self.h.cbMipLogging += look
        self.h.cbMipInterrupt += stop
        self.h.cbSimplexInterrupt += stop
        if self.best is not None:
            self.h.setSolution(n, np.arange(n, dtype=np.int32), self.best)
        if self.left() < 0:
            return False
        self.h.run()
        status = self.h.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            self.say(stage=stage, impossible=True)
            return False
        if status != highspy.HighsModelStatus.kOptimal:
            return False
        value = round(self.h.getInfo().objective_function_value)
        self.say(stage=stage, cost=value + costs["constant"], bound=value + costs["constant"], proven=True)
        self.best = np.round(np.array(self.h.getSolution().col_value))
        if costs["columns"]:
            self.h.addRow(
                -INFINITE,
                value,
                len(costs["columns"]),
                np.array(costs["columns"], dtype=np.int32),
                np.array(costs["coefficients"], dtype=float),
            )
        return True


if __name__ == "__main__":
    end = int(time.process_time() + float(sys.argv[2])) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (end, end))  # HiGHS does not listen while it presolves
    Lauf(json.loads(Path(sys.argv[1]).read_text("utf-8")), float(sys.argv[2])).run()
