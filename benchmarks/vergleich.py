"""``make bench``: our search beside others on the same years, in one run: cost and bound over CPU time.

    python benchmarks/vergleich.py                          all of it, into docs/measurements/compare.{json,md,svg}
    python benchmarks/vergleich.py hamm-r --limit 20        one year, 20 CPU seconds for each
    python benchmarks/vergleich.py --draw                   table and plot anew from compare.json

Everybody goes stage by stage, as the years are meant: the first stage is minimised, held, and so on; for the local
search, which cannot hold anything, stages are weighted and its choices compared stage by stage. Each run has a process
of its own, one after the other, with one thread; times are CPU seconds without imports, building of models included.
A run that is not done goes on where it stopped: delete compare.json to begin again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ZIEL = HERE.parent / "docs" / "measurements"
sys.path.insert(0, str(HERE))

JAHRE = ("hamm-r", "hamm-c", "hamm-drawn-1", "hamm-drawn-2", "hamm-drawn-3")
ZEITEN = (1, 2, 5, 10, 20)
NAIV = 130.0
"""CPU seconds of the naive model, which takes more than the others to be built; it runs on the first year only."""

Trace = list[dict[str, Any]]
"""What a run says: CPU seconds ``t``, and a stage with its cost and bound, or the ``costs`` of all stages at once."""


# --- the runs, each in a process of its own -----------------------------------------------------------------


def say(begin: float, **what: object) -> None:
    print(json.dumps({"t": round(time.process_time() - begin, 2)} | what), flush=True)


def run_ours(name: str, limit: float) -> None:
    """Our search, as ``plan`` runs it; the tie-break is part of it."""
    import instanz

    from gremienplan.solver import Progress, Suche

    problem = instanz.INSTANZEN[name]()
    begin = time.process_time()

    def melden(p: Progress) -> None:
        if p.stufe in problem.stufen:
            seen = {"cost": p.wert, "bound": p.schranke}
            say(begin, stage=p.stufe, **{key: value for key, value in seen.items() if value is not None})

    late = lambda: time.process_time() - begin > limit  # noqa: E731
    answer = Suche(problem, limit, late, melden).run()
    for s in answer.stufen:
        say(begin, stage=s.stufe, cost=s.wert, bound=s.schranke, proven=s.bewiesen)
    say(begin, done=all(s.bewiesen for s in answer.stufen))


def run_rows(name: str, limit: float) -> None:
    """The same rows as HiGHS gets, all candidates, for CP-SAT without our search."""
    import instanz
    import zeilen

    problem = instanz.INSTANZEN[name]()
    begin = time.process_time()
    m, stages = zeilen.model(problem, zeilen.all_candidates(problem))
    staged(m.cp, stages, begin, limit)


def run_naive(name: str, limit: float) -> None:
    """The naive model, stage by stage."""
    import instanz
    import naiv

    problem = instanz.INSTANZEN[name]()
    begin = time.process_time()
    model = naiv.Naiv(problem)
    say(begin, rows=len(model.cp.proto.constraints))
    staged(model.cp, model.stufen, begin, limit)


def staged(cp: Any, stages: Mapping[int, Sequence[tuple[Any, int]]], begin: float, limit: float) -> None:
    """Minimise stage after stage with CP-SAT as it comes, on one worker."""
    from ortools.sat.python import cp_model

    class Watch(cp_model.CpSolverSolutionCallback):
        def __init__(self, stage: int) -> None:
            super().__init__()
            self.stage = stage

        def on_solution_callback(self) -> None:
            cost, bound = round(self.objective_value), round(self.best_objective_bound)
            say(begin, stage=self.stage, cost=cost, bound=bound)

    for stage, terms in stages.items():
        cp.minimize(sum(c * x for x, c in terms))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        done: list[Any] = []
        watch = Watch(stage)
        thread = threading.Thread(
            target=lambda s=solver, w=watch, d=done: d.append(s.solve(cp, w)), daemon=True
        )
        thread.start()
        while thread.is_alive():
            thread.join(0.1)
            if time.process_time() - begin > limit:
                solver.stop_search()
        if done != [cp_model.OPTIMAL]:
            if done == [cp_model.FEASIBLE]:
                bound = -int(-(solver.best_objective_bound - 1e-6) // 1)
                say(begin, stage=stage, cost=round(solver.objective_value), bound=bound)
            return
        value = round(solver.objective_value)
        say(begin, stage=stage, cost=value, bound=value, proven=True)
        cp.clear_hints()
        for index in range(len(cp.proto.variables)):
            x = cp.get_int_var_from_proto_index(index)
            cp.add_hint(x, solver.value(x))
        cp.add(sum(c * x for x, c in terms) <= value)
    say(begin, done=True)


def write_rows(name: str, path: str, filtered: str) -> None:
    """Write the rows of a year; ``filtered`` leaves only what the first stage allows at its proven value."""
    import instanz
    import zeilen

    from gremienplan.solver.aufbau import Aufbau

    problem = instanz.INSTANZEN[name]()
    proven = json.loads((HERE / "instances" / f"{name}.solution.json").read_text("utf-8"))["bound"]
    begin = time.process_time()
    ks = zeilen.all_candidates(problem)
    if filtered:
        first = problem.stufen[0]
        ks = Aufbau(problem).filter(dict(ks), first, proven[str(first)])
    rows = zeilen.as_rows(*zeilen.model(problem, ks))
    Path(path).write_text(json.dumps(rows), "utf-8")
    say(begin)


def run_highs(name: str, limit: float, *, filtered: bool) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.json"
        built = 0.0
        for line in lines("vergleich.py", "--rows", name, str(rows), "x" if filtered else ""):
            built = line["t"]
        for line in lines("highs.py", str(rows), str(limit)):
            yield line | {"t": round(built + line["t"], 2)}


def lines(*command: str) -> Iterator[dict[str, Any]]:
    """Yield what a script of this folder prints."""
    script, *arguments = command
    process = subprocess.Popen(
        [sys.executable, str(HERE / script), *arguments], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert process.stdout
    for line in process.stdout:
        yield json.loads(line)
    process.wait()


def lokal(name: str, limit: float) -> Iterator[dict[str, Any]]:
    instance = HERE / "instances" / f"{name}.json"
    for line in lines("lokal.py", str(instance), "--seed", "1", "--steps", "150000", "--limit", str(limit)):
        if "judged" in line:
            line = {"t": line["t"], "breaches": line["judged"][0]}
        yield line


WEGE: Mapping[str, Callable[[str, float], Iterator[dict[str, Any]]]] = {
    "gremienplan": lambda name, limit: lines("vergleich.py", "--one", "ours", name, str(limit)),
    "CP-SAT, our rows": lambda name, limit: lines("vergleich.py", "--one", "rows", name, str(limit)),
    "HiGHS, our rows": lambda name, limit: run_highs(name, limit, filtered=False),
    "HiGHS, our rows, filtered": lambda name, limit: run_highs(name, limit, filtered=True),
    "local search": lokal,
    "naive model": lambda name, limit: lines("vergleich.py", "--one", "naive", name, str(max(limit, NAIV))),
}
"""How each is run. What is said of a year depends on nothing else but the machine."""
LANGSAM = "naive model"


# --- table ----------------------------------------------------------------------------------------------------


def state(trace: Trace, seconds: float) -> tuple[dict[int, int], dict[int, int]]:
    """Return costs and bounds per stage as known at a moment."""
    cost: dict[int, int] = {}
    bound: dict[int, int] = {}
    for line in trace:
        if line["t"] > seconds:
            break
        if "costs" in line:
            cost = dict(enumerate(line["costs"], 1))
        elif "stage" in line:
            if line.get("cost") is not None:
                cost[line["stage"]] = line["cost"]
            if line.get("bound") is not None:
                bound[line["stage"]] = max(bound.get(line["stage"], line["bound"]), line["bound"])
    return cost, bound


def said(trace: Trace, seconds: float, stages: Sequence[int]) -> str:
    """Return costs stage by stage: proven ones alone, others with their bound, those not begun as a dot."""
    cost, bound = state(trace, seconds)
    if not cost:
        return "–"
    parts = []
    for stage in stages:
        if stage not in cost:
            parts.append("·")
        elif bound.get(stage) is None or bound[stage] >= cost[stage]:
            parts.append(str(cost[stage]))
        else:
            parts.append(f"{cost[stage]} (≥ {bound[stage]})")
    return " / ".join(parts)


def end(trace: Trace) -> str:
    """Return when a run was over, if it was."""
    if any("costs" in line for line in trace):
        return "no bound"
    done = [line["t"] for line in trace if line.get("done")]
    return f"{done[-1]:.1f} s" if done else "not in the limit"


def table(data: Mapping[str, Any]) -> str:
    """Return the measurements as Markdown."""
    text = [
        "# Our search beside others",
        "",
        f"From `make bench`: {data['limit']:.0f} CPU seconds and one thread for each (the naive model has",
        f"{NAIV:.0f}, and runs on the first year only). Costs are per stage, the first stage first; a cost with its",
        "lower bound in brackets is not proven, a stage not begun is a dot, no plan a dash. What it means is said in",
        "[benchmarks.md](../benchmarks.md).",
        "",
        "![cost and bound over CPU time](compare.svg)",
    ]
    for name, runs in data["years"].items():
        stages = stages_of(name)
        text += ["", f"## {name}", ""]
        text.append("| | first plan | " + " | ".join(f"{z} s" for z in ZEITEN) + " | end | all proven |")
        text.append("|---" * (len(ZEITEN) + 4) + "|")
        for wie, trace in sorted(runs.items(), key=_order):
            first = next((line["t"] for line in trace if "cost" in line or "costs" in line), None)
            cells = [wie, "–" if first is None else f"{first:.1f} s"]
            cells += [said(trace, z, stages) for z in ZEITEN]
            cells += [said(trace, 1e9, stages), end(trace)]
            text.append("| " + " | ".join(cells) + " |")
    return "\n".join(text) + "\n"


def _order(run: tuple[str, object]) -> int:
    return list(WEGE).index(run[0])


def stages_of(name: str) -> list[int]:
    rows = json.loads((HERE / "instances" / f"{name}.json").read_text("utf-8"))["preferences"]
    return sorted({row["stage"] for row in rows})


# --- plot -----------------------------------------------------------------------------------------------------


def plot(data: Mapping[str, Any], path: Path) -> None:
    """Draw cost (line) and bound (dashes) of each stage over CPU time; the same data give the same bytes."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "gremienplan", "svg.fonttype": "none", "font.size": 7})
    from matplotlib import pyplot as plt

    years = data["years"]
    stages = sorted({s for name in years for s in stages_of(name)})
    colours = dict(zip(WEGE, ("#000000", "#999999", "#e69f00", "#009e73", "#0072b2", "#cc79a7"), strict=True))
    figure, axes = plt.subplots(
        len(years),
        len(stages),
        figsize=(2.4 * len(stages), 1.5 * len(years) + 0.5),
        sharex=True,
        squeeze=False,
    )
    for row, (name, runs) in zip(axes, years.items(), strict=True):
        for panel, stage in zip(row, stages, strict=True):
            for wie, trace in runs.items():
                _lines(panel, trace, stage, colours[wie], wie)
            panel.set_xscale("log")
            panel.set_yscale("symlog", linthresh=10)
            panel.set_ylim(bottom=-1)
            panel.set_title(f"{name}, stage {stage}", fontsize=7)
            panel.grid(visible=True, linewidth=0.3)
    for panel in axes[-1]:
        panel.set_xlabel("CPU seconds")
    handles = [plt.Line2D([], [], color=colour, label=wie) for wie, colour in colours.items()]
    figure.legend(handles=handles, loc="upper center", ncol=len(handles), frameon=False)
    figure.tight_layout(rect=(0, 0, 1, 0.965))
    figure.savefig(path, metadata={"Date": None, "Creator": None})


def _lines(panel: Any, trace: Trace, stage: int, colour: str, wie: str) -> None:
    last = max((line["t"] for line in trace), default=0)
    for which, style in ((0, "-"), (1, "--")):
        points = [
            (line["t"], value)
            for line in trace
            if (value := state(trace, line["t"])[which].get(stage)) is not None
        ]
        if points:
            times, values = zip(*points, (last, points[-1][1]), strict=True)
            panel.step(times, values, style, where="post", color=colour, linewidth=1, label=wie)


# --- all of it ------------------------------------------------------------------------------------------------


def main() -> None:
    """Run what is missing, then write data, table and plot."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("years", nargs="*", metavar="YEAR", help=", ".join(JAHRE))
    parser.add_argument("--limit", type=float, default=20)
    parser.add_argument("--only", choices=[*WEGE], help="one of them")
    parser.add_argument("--draw", action="store_true", help="measure nothing")
    parser.add_argument("--into", type=Path, default=ZIEL)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--rows", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        how, name, limit = args.one
        {"ours": run_ours, "rows": run_rows, "naive": run_naive}[how](name, float(limit))
        return
    if args.rows:
        write_rows(*args.rows)
        return
    args.into.mkdir(parents=True, exist_ok=True)
    path = args.into / "compare.json"
    data: dict[str, Any] = {"limit": args.limit, "years": {}}
    if path.exists():
        data = json.loads(path.read_text("utf-8"))
    wanted = [(name, wie) for name in args.years or JAHRE for wie in WEGE if wie != LANGSAM]
    wanted += [(JAHRE[0], LANGSAM)] if not args.years or JAHRE[0] in args.years else []
    for name, wie in wanted if not args.draw else ():
        runs = data["years"].setdefault(name, {})
        if wie not in runs and args.only in (None, wie):
            runs[wie] = thinned(list(WEGE[wie](name, data["limit"])))
            print(f"{name}, {wie}: {said(runs[wie], 1e9, stages_of(name))}; {end(runs[wie])}", flush=True)
            path.write_text(as_text(data), "utf-8")
    text = table(data)
    print(text)
    (args.into / "compare.md").write_text(text, "utf-8")
    plot(data, args.into / "compare.svg")


def thinned(trace: Trace) -> Trace:
    """Keep the last of what was said within each fiftieth of a time, so that files stay small."""
    found: Trace = []
    for line in trace:
        before = found[-1] if len(found) > 1 else {}
        same = before.keys() == line.keys() and before.get("stage") == line.get("stage")
        if same and "proven" not in line and line["t"] < before["t"] * 1.02 + 0.01:
            found.pop()
        found.append(line)
    return found


def as_text(data: Mapping[str, Any]) -> str:
    """Return the data, one run a line."""
    years = ",\n".join(
        f"{json.dumps(name)}: {{\n"
        + ",\n".join(f"{json.dumps(wie)}: {json.dumps(t)}" for wie, t in runs.items())
        + "}"
        for name, runs in data["years"].items()
    )
    return f'{{"limit": {data["limit"]}, "years": {{\n{years}\n}}}}\n'


if __name__ == "__main__":
    main()
