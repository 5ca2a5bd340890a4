"""Other dates of Hamm's year: how long the static reasons of all pairs take, and what drawn dates cost to price.

For every event ``--count`` days are drawn among those that nothing forbids by itself. Each answer is a price, audited
with the date forced; or a verified conflict. Every ``--check``-th priced day is searched again from nothing, with the
date as a requirement and without any of the shortcuts: a difference in a stage that was called exact is wrong.
Results are kept in ``--keep`` after each event: a run that was broken off goes on.

    nice -n 10 python benchmarks/why_table.py --count 20 > docs/measurements/why.md
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from attrs import evolve

from gremienplan import solver
from gremienplan.jahr import build
from gremienplan.loading import load
from gremienplan.plan import Plan
from gremienplan.planning import Forbidden, Price, answer, ask
from gremienplan.planning.basis import Basis, basis_of
from gremienplan.planning.tafel import static_rows
from gremienplan.planning.warum import Fragen
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Fest

HAMM = Path(__file__).parent.parent / "examples" / "hamm-2027"
STAND = datetime(2026, 11, 1, 8)
GRENZE = 30.0

Row = dict[str, Any]


def main() -> None:
    """Measure, and write a page of Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--check", type=int, default=20)
    parser.add_argument("--every", type=int, default=1, help="only every so many-th event")
    parser.add_argument("--keep", type=Path, default=Path("why-table.part.json"))
    asked = parser.parse_args()
    projekt = load(HAMM, jahr=2027)
    plan = answer(ask(build(projekt, 2027, stand=STAND)), GRENZE)
    assert isinstance(plan, Plan)
    begun = time.process_time()
    basis = basis_of(projekt, plan, stand=STAND, grenze=GRENZE)
    prepared = time.process_time() - begun
    events = list(basis.frage.problem.ereignisse)
    begun = time.process_time()
    static = {e: {row.tag for row in static_rows(basis, e)} for e in events}
    statically = time.process_time() - begun
    kept: dict[str, list[Row]] = json.loads(asked.keep.read_text()) if asked.keep.exists() else {}
    chosen = events[:: asked.every]
    for number, e in enumerate(chosen):
        if e not in kept:
            days = [tag for tag in basis.days(e) if tag not in static[e]]
            rng = Random(f"{e}/2027")
            drawn = sorted(rng.sample(days, min(asked.count, len(days))))
            kept[e] = [
                _asked(basis, fragen, e, tag, asked.check) for fragen in [Fragen(basis)] for tag in drawn
            ]
            asked.keep.write_text(json.dumps(kept))
        print(number + 1, e, file=sys.stderr)
    pairs = sum(len(basis.days(e)) for e in events)
    forbidden = sum(map(len, static.values()))
    _report(
        {e: kept[e] for e in chosen},
        asked.count,
        plan,
        f"{prepared:.2f}",
        f"{statically:.1f}",
        pairs,
        forbidden,
    )


def _asked(basis: Basis, fragen: Fragen, e: str, tag: Any, every: int) -> Row:
    begun = time.process_time()
    found = fragen.why_not(e, tag)
    row: Row = {"tag": tag.isoformat(), "cpu": time.process_time() - begun, "kind": type(found).__name__}
    if isinstance(found, Forbidden):
        row["exact"] = found.geprueft
    if isinstance(found, Price):
        row |= {"exact": found.genau, "mehr": found.mehr}
        if Random(f"{e}/{tag}").randrange(every) == 0:
            row["right"] = _again(basis, e, tag, found)
    return row


def _again(basis: Basis, e: str, tag: Any, price: Price) -> bool:
    """Search the forced year from nothing; tell whether it agrees with the price."""
    beginn = datetime.combine(tag, datetime.min.time())
    pin = Fest("again", Grundlage(Authority.VORGABE), e, beginn, nur_tag=True)
    forced = ask(evolve(basis.year, requirements=(*basis.year.requirements, pin)))
    found = solver.Suche(forced.problem, GRENZE).run()
    if not isinstance(found, solver.Loesung):
        return False
    before = [w.wert or 0 for w in basis.preise.basis.stufen]
    pairs = zip(found.stufen, price.stufen, before, strict=True)
    for searched, priced, then in pairs:
        if not (searched.bewiesen and priced.genau):
            return True
        if (searched.wert or 0) - then != priced.mehr:
            return False
    return True


def _report(
    kept: dict[str, list[Row]],
    count: int,
    plan: Plan,
    prepared: str,
    statically: str,
    pairs: int,
    forbidden: int,
) -> None:
    rows = [row for found in kept.values() for row in found]
    exact = sum(bool(row.get("exact")) for row in rows)
    again = [row["right"] for row in rows if "right" in row]
    cpu = sorted(row["cpu"] for row in rows)
    points = ", ".join(f"{s.wert}" for s in plan.stufen)
    print(f"""# Why not then: other dates of Hamm's year

`python benchmarks/why_table.py`: programme R, the example calendar, {len(kept)} events,
{count} days each where there are so many, beside the plan with {points} points.
CPU time of one thread, on a machine that others used as well.

| | |
|---|---|
| pairs of event and day | {pairs} |
| of them forbidden by a requirement alone | {forbidden} |
| all static reasons together, CPU seconds | {statically} |
| preparing a plan for questions, CPU seconds | {prepared} |
| drawn days, of those nothing forbids alone | {len(rows)} |
| with a price | {sum(row["kind"] == "Price" for row in rows)} |
| impossible, with a verified conflict | {sum(row["kind"] == "Forbidden" for row in rows)} |
| exact (price proven in every stage, or conflict minimal) | {exact} ({100 * exact / len(rows):.1f} %) |
| upper bounds or undecided | {len(rows) - exact} |
| searched again from nothing | {len(again)} |
| wrong | {again.count(False)} |
| CPU seconds per day, median | {median(cpu):.2f} |
| 90 % within | {cpu[int(0.9 * (len(cpu) - 1))]:.2f} |
| the slowest | {cpu[-1]:.2f} |

Every price was audited with the date among the year's requirements: faults would have stopped the run.""")


if __name__ == "__main__":
    main()
