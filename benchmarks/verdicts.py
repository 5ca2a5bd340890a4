"""Impossible years, drawn, explained and checked again: ``python benchmarks/verdicts.py --count 500``.

Each year of ``tests/jahre/unmoegliche.py`` that has no plan is explained, and the explanation is asked anew: the search
is given the named requirements as a year that has nothing else, and has to say no; and for each of them the audit,
which knows no solver, judges a choice that keeps all others. For one year in ten the search is also given that year
without each of them, and has to find a plan. Seconds are CPU. What has
been measured is kept in a file of lines and not measured again; the table is written as Markdown.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
STAND = HERE / "out" / "verdicts.jsonl"
sys.path.insert(0, str(HERE.parent))

from gremienplan import solver  # noqa: E402
from gremienplan.auditing import check  # noqa: E402
from gremienplan.jahr import build  # noqa: E402
from gremienplan.jahr.werte import ANFAENGE  # noqa: E402
from gremienplan.plan import Conflict  # noqa: E402
from gremienplan.planning import Frage, ask  # noqa: E402
from gremienplan.planning.konflikt import lagen_of  # noqa: E402
from gremienplan.requirements import Requirement  # noqa: E402
from tests.jahre.nachfragen import is_minimal  # noqa: E402
from tests.jahre.unmoegliche import verdorben  # noqa: E402

JAHR, GRENZE = 2027, 30.0


def measure(seed: int) -> dict[str, object]:
    """Return what became of one drawn year."""
    art, projekt = verdorben(seed, JAHR)
    first: list[object] = []
    start = time.process_time()
    frage = ask(build(projekt, JAHR))
    found = solver.Suche(frage.problem, GRENZE, stop=lambda: bool(first), on_progress=first.append).run()
    searched = time.process_time()
    row: dict[str, object] = {"seed": seed, "art": art, "antwort": type(found).__name__}
    if isinstance(found, solver.Loesung):
        return row
    why = solver.Erklaerung(frage.problem, GRENZE, frist=4 * GRENZE).run()
    row |= {"suche": searched - start, "erklaerung": time.process_time() - searched}
    row["antwort"] = "Undecided" if why is None else "Conflict"
    if why is not None:
        alone = _alone(frage, why.requirements) == solver.Unmoeglich()
        if seed % 10 == 0:  # the whole question once more, by the search
            alone &= is_minimal(Conflict(why.requirements, frage.year.namen, JAHR))
        row |= {
            "minimal": why.minimal,
            "nachgefragt": alone,
            "bezeugt": witnessed(frage, why),
            "groesse": len(why.requirements),
            "worte": sorted({r.grundlage.authority.value for r in why.requirements}),
            "arten": sorted({type(r).__name__ for r in why.requirements}),
        }
    return row


def _alone(
    frage: Frage, requirements: Sequence[Requirement]
) -> solver.Loesung | solver.Unmoeglich | solver.Unentschieden:
    """Ask for any choice that keeps these, in a year that has nothing else."""
    problem = solver.build_problem(requirements, (), frage.year.von, ANFAENGE)
    seen: list[object] = []
    return solver.Suche(problem, GRENZE, stop=lambda: bool(seen), on_progress=seen.append).run()


def witnessed(frage: Frage, why: solver.Widerspruch) -> bool:
    """Tell whether the audit finds, for each requirement, a choice that keeps all others."""
    if [zeuge.ohne for zeuge in why.zeugen] != [r.id for r in why.requirements]:
        return False
    for zeuge in why.zeugen:
        lagen = lagen_of(frage.problem, zeuge)
        if any(check(r, lagen, frage.year.namen) for r in why.requirements if r.id != zeuge.ohne):
            return False
    return True


def table(rows: list[dict[str, object]]) -> str:
    """Return the rows as Markdown."""
    no = [r for r in rows if r["antwort"] != "Loesung"]
    conflicts = [r for r in no if r["antwort"] == "Conflict"]
    right = [r for r in conflicts if r["minimal"] and r["nachgefragt"] and r["bezeugt"]]
    total = sorted(float(r["suche"]) + float(r["erklaerung"]) for r in conflicts)  # type: ignore[arg-type]
    why = sorted(float(r["erklaerung"]) for r in conflicts)  # type: ignore[arg-type]
    lines = [
        "# Impossible years, explained and checked again",
        "",
        (
            f"{len(rows)} years drawn (`tests/jahre/unmoegliche.py`), {len(no)} without a plan; of these"
            f" {len(conflicts)} with a Conflict, {len(no) - len(conflicts)} undecided."
        ),
        f"Named, minimal, and confirmed when asked anew: {len(right)} of {len(conflicts)}.",
        "",
        (
            f"CPU seconds, year compiled and searched and explained: median {median(total):.2f},"
            f" 9 of 10 within {total[int(0.9 * (len(total) - 1))]:.2f}, most {total[-1]:.2f};"
            f" the explanation alone: median {median(why):.2f}, most {why[-1]:.2f}."
        ),
        "",
        "| what went wrong | drawn | impossible | right | requirements in a conflict (median) | CPU median | most |",
        "|---|---|---|---|---|---|---|",
    ]
    for art in sorted({str(r["art"]) for r in rows}):
        mine = [r for r in conflicts if r["art"] == art]
        drawn = sum(r["art"] == art for r in rows)
        bad = sum(r["art"] == art for r in no)
        good = sum(r in right for r in mine)
        sizes = [int(r["groesse"]) for r in mine]  # type: ignore[call-overload]
        times = [float(r["suche"]) + float(r["erklaerung"]) for r in mine]  # type: ignore[arg-type]
        numbers = f"{median(sizes):g} | {median(times):.2f} | {max(times):.2f}" if mine else "– | – | –"
        lines.append(f"| {art} | {drawn} | {bad} | {good} | {numbers} |")
    for title, key in (("kind of requirement", "arten"), ("on whose word", "worte")):
        counted = Counter(name for r in conflicts for name in r[key])  # type: ignore[attr-defined]
        lines += ["", f"| {title} | in conflicts |", "|---|---|"]
        lines += [f"| {name} | {n} |" for name, n in sorted(counted.items(), key=lambda kv: (-kv[1], kv[0]))]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure until so many years without a plan are known, then write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20, help="years without a plan")
    parser.add_argument("--state", type=Path, default=STAND)
    parser.add_argument("--write", type=Path, help="the Markdown file")
    args = parser.parse_args()
    args.state.parent.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in args.state.read_text().splitlines()] if args.state.exists() else []
    known = {row["seed"] for row in rows}
    with args.state.open("a") as state:
        for seed in count():
            if sum(row["antwort"] != "Loesung" for row in rows) >= args.count:
                break
            if seed not in known:
                rows.append(measure(seed))
                state.write(json.dumps(rows[-1]) + "\n")
                state.flush()
    text = table(rows)
    print(text)
    if args.write:
        args.write.write_text(text)


if __name__ == "__main__":
    main()
