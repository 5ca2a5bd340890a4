"""``make bench``: the Hamm year, our model beside the naive one, in one run; ratios and counts to be read, not seconds.

Every row is measured in a process of its own, one after the other, after its imports. ``--write FILE`` keeps the
table as Markdown.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent
PROJEKT = HERE.parent / "examples" / "hamm-2027"
STAND = datetime(2026, 11, 1)
JAHR = 2027


def measure_first() -> dict[str, object]:
    """First audited plan of our own model: CPU from reading nothing but values to a plan that passed the audit."""
    import gremienplan as gp

    projekt = gp.load(PROJEKT, jahr=JAHR)
    gp.schedule  # noqa: B018  (imports the solver before the clock starts)
    seen: list[object] = []
    beginn = time.process_time()
    plan = gp.schedule(projekt, JAHR, stand=STAND, on_progress=seen.append, stop=lambda: bool(seen))
    cpu = time.process_time() - beginn
    assert isinstance(plan, gp.Plan), plan
    return {"cpu": cpu, "stufen": [[s.stufe, s.wert, s.schranke] for s in plan.stufen]}


def measure_full() -> dict[str, object]:
    """The whole search: all stages and the tie-break."""
    import gremienplan as gp

    projekt = gp.load(PROJEKT, jahr=JAHR)
    gp.schedule  # noqa: B018
    beginn = time.process_time()
    plan = gp.schedule(projekt, JAHR, stand=STAND)
    cpu = time.process_time() - beginn
    assert isinstance(plan, gp.Plan), plan
    return {"cpu": cpu, "stufen": [[s.stufe, s.wert, s.schranke] for s in plan.stufen]}


def measure_naive(limit: float = 90.0) -> dict[str, object]:
    """First plan of the naive model (not audited), build included."""
    sys.path.insert(0, str(HERE))
    import naiv

    import gremienplan as gp
    from gremienplan import solver
    from gremienplan.jahr import build
    from gremienplan.jahr.werte import ANFAENGE

    projekt = gp.load(PROJEKT, jahr=JAHR)
    beginn = time.process_time()
    year = build(projekt, JAHR, stand=STAND)
    problem = solver.build_problem(year.requirements, year.preferences, year.von, ANFAENGE)
    built = time.process_time() - beginn
    first, model, constraints = naiv.first_plan(problem, limit)
    cpu = None if first is None else built + first
    return {"cpu": cpu, "limit": limit, "constraints": constraints, "build": built + model}


def measure_conflict() -> dict[str, object]:
    """The tight example: from values to a verified minimal conflict."""
    import gremienplan as gp

    projekt = gp.load(PROJEKT.with_name("hamm-2027-knapp"), jahr=JAHR)
    gp.schedule  # noqa: B018
    beginn = time.process_time()
    answer = gp.schedule(projekt, JAHR, stand=STAND)
    cpu = time.process_time() - beginn
    assert isinstance(answer, gp.Conflict), answer
    return {"cpu": cpu, "size": len(answer.requirements)}


def measure_import() -> dict[str, object]:
    """``import gremienplan`` alone."""
    beginn = time.process_time()
    import gremienplan  # noqa: F401

    heavy = sorted({"ortools", "numpy", "pandas", "icalendar", "holidays"} & set(sys.modules))
    return {"cpu": time.process_time() - beginn, "heavy": heavy}


def main() -> None:
    """Run every measurement in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--write", type=Path, help="also write the table to this file")
    args = parser.parse_args()
    if args.one:
        found = globals()[f"measure_{args.one}"]()
        found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(found))
        return
    found = {name: _run(name) for name in ("import", "first", "naive", "full", "conflict")}
    text = _table(found)
    print(text)
    if args.write:
        args.write.write_text(text + "\n", encoding="utf-8")


def _run(name: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, __file__, "--one", name], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def _table(found: dict[str, dict[str, object]]) -> str:
    first, naive, full, conflict = (found[name] for name in ("first", "naive", "full", "conflict"))
    ratio = (
        f"{first['cpu'] / naive['cpu']:.2f}" if naive["cpu"] else f"under {first['cpu'] / naive['limit']:.2f}"
    )
    naive_cpu = f"{naive['cpu']:.1f}" if naive["cpu"] else f"none in {naive['limit']:.0f}"
    rows = [
        "# Measurements",
        "",
        f"The year 2027 of `examples/hamm-2027`, one run, one worker, Python {platform.python_version()},",
        "each row in a process of its own. Read the ratio; seconds differ between machines.",
        "",
        "| what | CPU seconds | peak memory |",
        "|---|---|---|",
        (
            f"| `import gremienplan` (heavy modules loaded: {found['import']['heavy'] or 'none'}) "
            f"| {found['import']['cpu']:.2f} | {found['import']['memory']} MB |"
        ),
        f"| first audited plan, compile step included | {first['cpu']:.1f} | {first['memory']} MB |",
        (
            f"| naive model, first plan, not audited ({naive['constraints']:,} constraints; "
            f"{naive['build']:.0f} s of it building) | {naive_cpu} | {naive['memory']} MB |"
        ),
        f"| ratio first / naive | {ratio} | |",
        f"| all stages and the tie-break | {full['cpu']:.1f} | {full['memory']} MB |",
        (
            f"| `examples/hamm-2027-knapp`: a minimal conflict of {conflict['size']}, verified "
            f"| {conflict['cpu']:.1f} | {conflict['memory']} MB |"
        ),
        "",
        "| stage | points | proven bound | |",
        "|---|---|---|---|",
    ]
    for stufe, wert, schranke in full["stufen"]:
        rows.append(f"| {stufe} | {wert} | {schranke} | {'proven' if wert <= schranke else 'open'} |")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
