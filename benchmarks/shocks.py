"""Published years that are struck, and replanned: ``python benchmarks/shocks.py --count 200``.

Drawn council calendars of Hamm (``tests/jahre/ziehen.py``) are planned and published; then something happens
(``tests/jahre/stoesse.py``). The plan is changed for it, and beside that the year is planned anew. What had to stay and
has become impossible is moved in a second question. Seconds are CPU, the build of the year included. What has been
measured is kept in a file of lines and not measured again; the table is written as Markdown.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean, median

HERE = Path(__file__).parent
STAND = HERE / "out" / "shocks.jsonl"
sys.path.insert(0, str(HERE.parent))

from gremienplan.auditing import audit_year  # noqa: E402
from gremienplan.jahr import build  # noqa: E402
from gremienplan.plan import Conflict, Plan, Zustand, record, unterschied  # noqa: E402
from gremienplan.planning import Progress, Umplanung, held, replan, schedule  # noqa: E402
from gremienplan.projekt import Projekt  # noqa: E402
from tests.jahre.stoesse import ARTEN, Stoss, stosse  # noqa: E402
from tests.jahre.ziehen import ziehe  # noqa: E402

JAHR, DAMALS, JE_JAHR = 2027, datetime(2026, 10, 1), 10
Row = dict[str, object]


def base(seed: int) -> tuple[Projekt, Plan] | None:
    """Return a drawn calendar with its published plan; None where it has none."""
    projekt = ziehe(seed, JAHR, folgen=(5, 7))
    found = schedule(projekt, JAHR, stand=DAMALS)
    return (projekt, record(found, None, DAMALS, Zustand.PUBLISHED)) if isinstance(found, Plan) else None


def measure(number: int, projekt: Projekt, plan: Plan) -> Row:
    """Return what became of one shock."""
    stoss = stosse(number, projekt, plan)
    row: Row = {"nummer": number, "art": stoss.art, "stand": stoss.stand.isoformat(), "was": stoss.was}
    start = time.process_time()
    found = replan(stoss.projekt, plan, stand=stoss.stand)
    row["sekunden"] = time.process_time() - start
    thawed: set[str] = set()
    while isinstance(found, Conflict) and set(held(found)) - thawed:
        thawed |= set(held(found))
        found = replan(stoss.projekt, plan, stand=stoss.stand, auch=thawed)
    row |= {"antwort": type(found).__name__, "aufgetaut": sorted(thawed)}
    start = time.process_time()
    fresh = schedule(stoss.projekt, JAHR, stand=stoss.stand, before=plan)
    row |= {"neu_sekunden": time.process_time() - start, "neu": type(fresh).__name__}
    if isinstance(fresh, Plan):
        row["neu_verlegt"] = len(unterschied(plan, fresh).verlegt)
    if number % 4 == 0 and isinstance(loose := _any_best(stoss, plan), Plan):
        row["beliebig_verlegt"] = len(unterschied(plan, loose).verlegt)
    if isinstance(found, Umplanung):
        moved = {v.ereignis: v for v in found.unterschied.verlegt}
        near = stoss.stand.date() + timedelta(days=projekt.haltefrist)
        year = build(stoss.projekt, JAHR, stand=stoss.stand, before=plan)
        row |= {
            "verlegt": len(moved),
            "schranke": found.verlegungen.schranke,
            "bewiesen": found.verlegungen.bewiesen and len(moved) == found.verlegungen.wert,
            "stufen_bewiesen": found.plan.bewiesen,
            "begruendet": all(found.gruende[e] for e in moved),
            "vergangenes": sum(v.bisher.tag <= stoss.stand.date() for v in moved.values()),
            "nahes": sum(v.bisher.tag <= near and e not in thawed for e, v in moved.items()),
            "geprueft": audit_year(year, found.plan).ok,
        }
    return row


def _any_best(stoss: Stoss, plan: Plan) -> object:
    """Return a fresh plan that is as good, stopped where the tie rule would begin."""
    seen: list[object] = []

    def look(progress: Progress) -> None:
        if progress.stufe == 0:
            seen.append(progress)

    return schedule(
        stoss.projekt, JAHR, stand=stoss.stand, before=plan, on_progress=look, stop=lambda: bool(seen)
    )


def table(rows: list[Row]) -> str:
    """Return what has been measured as Markdown."""
    lines = [
        "# Published years, struck and replanned",
        "",
        "Drawn council calendars of Hamm, planned and published in October; then something happens that strikes a date",
        "still to come, and the plan is changed for it (`python benchmarks/shocks.py`). A fresh plan is what `plan`",
        "would say now, by the same tie rule; beside it one without that rule, asked of every fourth year. Seconds are",
        "CPU on one core, the build included.",
        "",
        "| shock | years | changed | after a thaw | no plan | moves, mean | a fresh plan moves | s median | s worst |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for art in (*ARTEN, ""):
        of = [row for row in rows if not art or row["art"] == art]
        if of:
            lines.append(_line(art or "**all**", of))
    done = [row for row in rows if row["antwort"] == "Umplanung"]
    lines += [
        "",
        _proven(done),
        "",
        _impossible([row for row in rows if row["antwort"] != "Umplanung"]),
        "",
        _ratio([row for row in done if "neu_verlegt" in row]),
    ]
    return "\n".join(lines) + "\n"


def _proven(done: list[Row]) -> str:
    return (
        f"Of {len(done)} changed years: fewest moves proven in {_true(done, 'bewiesen')}, every stage in"
        f" {_true(done, 'stufen_bewiesen')}; audited {_true(done, 'geprueft')}; every move has its reason in"
        f" {_true(done, 'begruendet')}; moved although past: {_sum(done, 'vergangenes')}; although near, without being"
        f" asked: {_sum(done, 'nahes')}."
    )


def _line(name: str, rows: list[Row]) -> str:
    done = [row for row in rows if row["antwort"] == "Umplanung"]
    both = [row for row in done if "neu_verlegt" in row]
    seconds = [float(str(row["sekunden"])) for row in rows]
    cells = [
        name,
        len(rows),
        len(done),
        sum(bool(row["aufgetaut"]) for row in done),
        len(rows) - len(done),
        f"{mean(_numbers(done, 'verlegt')):.2f}" if done else "–",
        f"{mean(_numbers(both, 'neu_verlegt')):.2f}" if both else "–",
        f"{median(seconds):.1f}",
        f"{max(seconds):.1f}",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


def _impossible(rows: list[Row]) -> str:
    agreed = sum(row["neu"] == row["antwort"] for row in rows)
    return f"Without a plan: {len(rows)}; planning anew says the same of {agreed}."


def _ratio(rows: list[Row]) -> str:
    loose = [row for row in rows if "beliebig_verlegt" in row]
    return (
        f"Moves of all together: {_share(rows, 'neu_verlegt')}. Where anything has to be moved at all:"
        f" {_share([row for row in rows if row['verlegt']], 'neu_verlegt')}. Against fresh plans without the tie rule:"
        f" {_share(loose, 'beliebig_verlegt')}."
    )


def _share(rows: list[Row], key: str) -> str:
    ours, fresh = sum(_numbers(rows, "verlegt")), sum(_numbers(rows, key))
    share = f"{ours / fresh:.2f}" if fresh else "–"
    return f"{ours} of {fresh} ({share}; {len(rows)} years)"


def _numbers(rows: Iterable[Row], key: str) -> list[int]:
    return [int(str(row[key])) for row in rows]


def _true(rows: Iterable[Row], key: str) -> int:
    return sum(bool(row[key]) for row in rows)


def _sum(rows: Iterable[Row], key: str) -> int:
    return sum(_numbers(rows, key))


def main() -> None:
    """Measure until so many shocks are known, then write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--state", type=Path, default=STAND)
    parser.add_argument("--write", type=Path, help="the Markdown file")
    args = parser.parse_args()
    args.state.parent.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = (
        [json.loads(line) for line in args.state.read_text().splitlines()] if args.state.exists() else []
    )
    known, seed = {row["nummer"] for row in rows}, 0
    while len(rows) < args.count:
        numbers = [n for n in range(JE_JAHR * seed, JE_JAHR * (seed + 1)) if n not in known]
        found = base(seed) if numbers else None
        for number in numbers if found else ():
            if len(rows) < args.count and found:
                rows.append(measure(number, *found))
                print(rows[-1], flush=True)
                with args.state.open("a") as state:
                    state.write(json.dumps(rows[-1]) + "\n")
        seed += 1
    text = table(rows)
    print(text)
    if args.write:
        args.write.write_text(text)


if __name__ == "__main__":
    main()
