"""Which years are proven, and canonical, in each profile: the example, both programmes, and drawn council calendars.

One year after the other, each in a process of its own; what is measured is kept in ``--log`` and not measured again.
Writes docs/measurements/proof.md. CPU seconds are of one machine, alone or not; deterministic time is of the solver.

    python benchmarks/proof.py --count 30
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent
WURZEL = HERE.parent
ZIEL = WURZEL / "docs" / "measurements" / "proof.md"
PROFILE = ("gewohnt", "gleichmaessig", "zusammen")
STAND = datetime(2026, 11, 1, 8)
JAHR = 2027


def measure(which: str, profil: str, only_first: bool = False) -> dict[str, object]:
    """Plan one year: its stages, whether they are proven, and what it took; or stop it at its first plan."""
    sys.path.insert(0, str(WURZEL))
    from ortools.sat.python import cp_model

    import gremienplan as gp

    det, solve = [0.0], cp_model.CpSolver.solve

    def counted(self: cp_model.CpSolver, *args: object, **more: object) -> object:
        status = solve(self, *args, **more)
        det.append(self.response_proto.deterministic_time)
        return status

    cp_model.CpSolver.solve = counted
    projekt = _projekt(which).mit_profil(profil)
    gp.schedule  # noqa: B018  (imports the solver before the clock starts)
    seen: list[object] = []
    wall, cpu = time.monotonic(), time.process_time()
    stop = (lambda: bool(seen)) if only_first else None
    plan = gp.schedule(projekt, JAHR, stand=STAND, on_progress=seen.append, stop=stop)
    found: dict[str, object] = {
        "which": which,
        "profil": profil,
        "answer": type(plan).__name__,
        "cpu": time.process_time() - cpu,
        "wall": time.monotonic() - wall,
        "det": sum(det),
        "longest": max(det),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    if isinstance(plan, gp.Plan):
        found |= {
            "bewiesen": plan.bewiesen,
            "kanonisch": plan.kanonisch,
            "stufen": [[s.stufe, s.wert, s.schranke] for s in plan.stufen],
        }
    return found


def _projekt(which: str):
    import gremienplan as gp

    if which.startswith("seed "):
        from tests.jahre.ziehen import ziehe

        return ziehe(int(which.removeprefix("seed ")))
    programm = {"R": "programm.toml", "C": "programm-c.toml"}[which]
    return gp.load(WURZEL / "examples" / "hamm-2027", jahr=JAHR, programm=programm)


def main() -> None:
    """Measure what is not in the log yet, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("YEAR", "PROFILE", "WHAT"), help=argparse.SUPPRESS)
    parser.add_argument("--count", type=int, default=30, help="drawn calendars that have a plan")
    parser.add_argument("--together", type=int, default=10, help=f"so many of them in {PROFILE[-1]}, too")
    parser.add_argument("--log", type=Path, default=HERE / ".proof.jsonl")
    parser.add_argument("--write", type=Path, default=ZIEL)
    args = parser.parse_args()
    if args.one:
        which, profil, what = args.one
        print(json.dumps(measure(which, profil, what == "first")))
        return
    known = _read(args.log)
    rows = []
    for which in ("R", "C"):
        rows += [_row(which, profil, known, args.log) for profil in PROFILE]
    planned, seed = 0, 0
    while planned < args.count:
        seed += 1
        row = _row(f"seed {seed}", PROFILE[0], known, args.log)
        if row["answer"] == "Conflict":
            continue
        planned += 1
        profile = PROFILE[1:] if planned <= args.together else PROFILE[1:-1]
        rows += [row, *(_row(f"seed {seed}", profil, known, args.log) for profil in profile)]
    args.write.parent.mkdir(parents=True, exist_ok=True)
    args.write.write_text(table(rows, seed - planned), encoding="utf-8")


def _read(log: Path) -> dict[tuple[str, str], dict[str, object]]:
    rows = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    return {(row["which"], row["profil"]): row for row in rows}


def _row(
    which: str, profil: str, known: dict[tuple[str, str], dict[str, object]], log: Path
) -> dict[str, object]:
    if (which, profil) not in known:
        found, first = (_one(which, profil, what) for what in ("all", "first"))
        known[which, profil] = found | {"first": first["cpu"]}
        line = json.dumps(known[which, profil])
        with log.open("a") as file:
            file.write(line + "\n")
        print(which, profil, line[:200], flush=True)
    return known[which, profil]


def _one(which: str, profil: str, what: str) -> dict[str, object]:
    """Measure in a process of its own."""
    command = [sys.executable, __file__, "--one", which, profil, what]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def table(rows: list[dict[str, object]], impossible: int) -> str:
    """Return the page."""
    drawn = len({row["which"] for row in rows}) - 2
    lines = [
        "# Proof",
        "",
        f"The year {JAHR} of Hamm: programmes R and C with the example's calendar, and programme R with {drawn}",
        f"drawn council calendars that have a plan ({impossible} more were drawn and have none); some also in",
        "the profile `zusammen`. `--workers 1`, each year in a process of its own, from values to the audited plan;",
        "what is asked a second time is asked on the other of two cores. The first audited plan is that of a search",
        "stopped as soon as it has one. Made by `benchmarks/proof.py`; the machine had other work, too: prefer counts.",
        "",
        (
            "| profile | years | every stage proven | canonical | seconds, median | worst | CPU s, worst | "
            "first audited plan, median CPU s | worst | deterministic time, worst year | worst call | memory, worst |"
        ),
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for profil in PROFILE:
        mine = [row for row in rows if row["profil"] == profil]

        def worst(key: str, mine: list[dict[str, object]] = mine) -> float:
            return max(float(row[key] or 0) for row in mine)  # type: ignore[arg-type]

        def middle(key: str, mine: list[dict[str, object]] = mine) -> float:
            return statistics.median(float(row[key] or 0) for row in mine)  # type: ignore[arg-type]

        lines.append(
            f"| {profil} | {len(mine)} | {sum(bool(r.get('bewiesen')) for r in mine)} "
            f"| {sum(bool(r.get('kanonisch')) for r in mine)} "
            f"| {middle('wall'):.1f} | {worst('wall'):.1f} | {worst('cpu'):.1f} | {middle('first'):.1f} "
            f"| {worst('first'):.1f} | {worst('det'):.1f} | {worst('longest'):.1f} | {worst('memory'):.0f} MB |"
        )
    lines += [
        "",
        "| year | profile | stages: points (bound where it is lower) | proven | canonical | CPU s | seconds |",
    ]
    lines += ["|---|---|---|---|---|---|---|"]
    for row in rows:
        stufen = ", ".join(
            f"{wert}" if wert <= schranke else f"{wert} ({schranke})"
            for _, wert, schranke in row.get("stufen", [])  # type: ignore[attr-defined]
        )
        yes = {True: "yes", False: "no"}
        lines.append(
            f"| {row['which']} | {row['profil']} | {stufen} | {yes[bool(row.get('bewiesen'))]} "
            f"| {yes[bool(row.get('kanonisch'))]} | {row['cpu']:.1f} | {row['wall']:.1f} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
