"""How planning grows: 1 to 100 Hamms that share people in one problem, and 396 municipalities that share nobody.

Each row is measured in a process of its own, one after the other; CPU seconds, never those on the clock. What has been
measured is kept in ``benchmarks/out/scale.json`` and not measured again (``--anew`` does). What has not is extrapolated
from the two largest sizes that have been, and marked.

    python benchmarks/scale.py --sizes 1 3 10 --count 40 --write docs/measurements/scale.md
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
OUT = HERE / "out" / "scale.json"
SIZES = (1, 3, 10, 30, 100)
ALONE = 10
"""So many cities are also planned each by itself: what one city costs differs."""
MUNICIPALITIES = 396
JAHR = 2027
EFFORT = 30.0

sys.path.insert(0, str(HERE.parent))


def measure_region(number: int, seed: int) -> dict[str, Any]:
    """One problem of so many Hamms, neighbours share three people each: compile step excluded, audit included."""
    from gremienplan.plan import Plan
    from gremienplan.planning import answer, ask
    from tests.jahre.region import region

    year = region(number, seed=seed)
    beginn = time.process_time()
    plan = answer(ask(year), EFFORT)
    cpu = time.process_time() - beginn
    if not isinstance(plan, Plan):
        return {"cpu": cpu, "answer": type(plan).__name__}
    stufen = [[s.stufe, s.wert, s.schranke] for s in plan.stufen]
    return {"cpu": cpu, "answer": "Plan", "kanonisch": plan.kanonisch, "stufen": stufen}


def measure_many(number: int) -> dict[str, Any]:
    """So many municipalities through ``schedule_many``, one after the other in this process."""
    from collections import Counter
    from concurrent.futures import ThreadPoolExecutor

    import gremienplan as gp

    beginn = time.process_time()
    kinds: Counter[str] = Counter()
    stages = proven = 0
    with ThreadPoolExecutor(1) as pool:
        for _, answer in gp.schedule_many(map(order, range(number)), executor=pool, ahead=2):
            kinds[type(answer).__name__] += 1
            if isinstance(answer, gp.Plan):
                stages += len(answer.stufen)
                proven += sum(s.bewiesen for s in answer.stufen)
    return {
        "cpu": time.process_time() - beginn,
        "answers": dict(sorted(kinds.items())),
        "stages": stages,
        "proven": proven,
    }


def order(number: int) -> Any:
    """Return one municipality: in four of five a small drawn one, else a city that ships, one in forty a Hamm."""
    from functools import partial

    import gremienplan as gp
    from tests.jahre.pflanzen import pflanze
    from tests.jahre.ziehen import ziehe

    key = f"{number:03}"
    if number % 40 == 0:
        return gp.Auftrag(key, partial(ziehe, number), JAHR)
    if number % 5 == 0:
        name = Random(number).choice(["hattingen", "quartier"])
        return gp.Auftrag(key, partial(gp.load, name, jahr=JAHR), JAHR)
    year = pflanze(number)
    return gp.Auftrag(key, year.projekt, year.jahr)


# --- rows ---------------------------------------------------------------------------------------------------


def row(kind: str, number: int, seed: int, known: dict[str, Any]) -> dict[str, Any]:
    """Return what is known of a row, or measure it in a process of its own."""
    key = f"{kind}-{number}-{seed}"
    if key not in known:
        command = [sys.executable, __file__, "--row", kind, str(number), str(seed)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        known[key] = json.loads(done.stdout.splitlines()[-1])
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_text(json.dumps(known, indent=1, sort_keys=True))
        print(key, known[key], flush=True)
    found: dict[str, Any] = known[key]
    return found


def one_row(kind: str, number: int, seed: int) -> None:
    """Measure one row in this process, and print it."""
    import gremienplan.planning  # noqa: F401  (imported before the clock starts)

    found = measure_region(number, seed) if kind == "region" else measure_many(number)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found))


def report(
    rows: dict[int, dict[str, Any]], alone: list[dict[str, Any]], many: dict[int, dict[str, Any]]
) -> str:
    """Return everything as Markdown."""
    cpu = sum(r["cpu"] for r in alone) / len(alone)
    low, high = min(r["cpu"] for r in alone), max(r["cpu"] for r in alone)
    memory = max(r["memory"] for r in alone)
    lines = [
        "# How planning grows",
        "",
        "Copies of Hamm, each with a council calendar of its own, in one problem; neighbours share three people. One",
        "worker, one process for each row, the audit included. CPU seconds; the machine was busy with other work, so",
        "read the ratios. Measured with `benchmarks/scale.py`.",
        "",
        f"One city alone: {len(alone)} different ones, each by itself, take {low:.1f} to {high:.1f} seconds,",
        f"{cpu:.1f} on average, and at most {memory} MB. The ratios are to that average and that most.",
        "",
        "| cities | CPU seconds | ratio | memory | ratio | stages proven | gap | canonical |",
        "|---:|---:|---:|---:|---:|---|---:|---|",
    ]
    for number in sorted({*SIZES, *rows}):
        if number in rows:
            r = rows[number]
            stufen = r.get("stufen", [])
            proven = sum(wert <= schranke for _, wert, schranke in stufen)
            gap = sum(wert - schranke for _, wert, schranke in stufen)
            lines.append(
                f"| {number} | {r['cpu']:.1f} | {r['cpu'] / cpu:.1f} | {r['memory']} MB |"
                f" {r['memory'] / memory:.2f} | {proven} of {len(stufen)} | {gap} |"
                f" {'yes' if r.get('kanonisch') else 'no'} |"
            )
        else:
            a, b = sorted(rows)[-2:]
            slope = (rows[b]["cpu"] - rows[a]["cpu"]) / (b - a)
            more = (rows[b]["memory"] - rows[a]["memory"]) / (b - a)
            time_, space = rows[b]["cpu"] + slope * (number - b), rows[b]["memory"] + more * (number - b)
            lines.append(
                f"| {number} | *{time_:.0f}* | *{time_ / cpu:.0f}* | *{space:.0f} MB* | *{space / memory:.2f}* |"
                " *not run: extrapolated* | | |"
            )
    lines += [
        "",
        "## Municipalities that share nobody",
        "",
        "Through `schedule_many`, one at a time in one process: four of five are small drawn cities with Hamm's rules,",
        "the others Hattingen, the Quartier, and one Hamm in forty.",
        "",
        "| municipalities | CPU seconds | each | memory | answers | stages proven |",
        "|---:|---:|---:|---:|---|---|",
    ]
    for number, r in sorted(many.items()):
        answers = ", ".join(f"{n} {kind}" for kind, n in r["answers"].items())
        lines.append(
            f"| {number} | {r['cpu']:.0f} | {r['cpu'] / number:.2f} | {r['memory']} MB | {answers} |"
            f" {r['proven']} of {r['stages']} |"
        )
    if many and MUNICIPALITIES not in many:
        number, r = max(many.items())
        lines.append(
            f"| {MUNICIPALITIES} | *{r['cpu'] / number * MUNICIPALITIES:.0f}* | | | *not run: extrapolated* | |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", nargs="*", type=int, default=[1, 3, 10])
    parser.add_argument("--count", type=int, default=40, help="how many municipalities")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--row", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.row:
        one_row(args.row[0], int(args.row[1]), int(args.row[2]))
        return
    known = json.loads(OUT.read_text()) if OUT.exists() and not args.anew else {}
    alone = [row("region", 1, seed, known) for seed in range(ALONE)]
    rows = {number: row("region", number, 0, known) for number in args.sizes}
    many = {args.count: row("many", args.count, 0, known)} if args.count else {}
    for key, found in known.items():
        kind, number, _ = key.split("-")
        if kind == "many":
            many[int(number)] = found
    text = report(rows, alone, many)
    print(text)
    if args.write:
        args.write.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
