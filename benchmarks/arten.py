"""Every branch of every kind, counted: ``python benchmarks/arten.py`` writes docs/measurements/kinds.md.

Of each tiny problem in ``tests/solver/faelle.py``: how many plans there are, and how many keep the requirement, or
what they cost. The tests hold audit, encoding, search and the stand-alone validator against each other on all of them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

WURZEL = Path(__file__).parents[1]
sys.path.insert(0, str(WURZEL))

from tests.solver.faelle import BEDINGUNGEN, WUENSCHE  # noqa: E402
from tests.solver.urteil import every_plan, kept, points_of  # noqa: E402

ZIEL = WURZEL / "docs" / "measurements" / "kinds.md"


def table() -> Iterator[str]:
    """Yield the lines of the file."""
    yield "# Every branch of every kind"
    yield ""
    yield "Tiny problems, all their plans: what audit, encoding, search and validator agree on, plan by plan"
    yield "(`tests/solver/test_zweimal.py`, `tests/test_instanzen.py`). Written by `python benchmarks/arten.py`."
    yield ""
    yield "| requirement | branch | plans | keep all | break something |"
    yield "|---|---|---|---|---|"
    for kind, cases in BEDINGUNGEN.items():
        for case in cases:
            everything = sum(1 for _ in every_plan(case.problem, case.problem.ereignisse))
            good = len(kept(case.problem, case.problem.requirements))
            yield f"| {kind.__name__} | {case.name} | {everything} | {good} | {everything - good} |"
    yield ""
    yield "| preference | branch | plans | points |"
    yield "|---|---|---|---|"
    for wish, cases in WUENSCHE.items():
        for case in cases:
            (p,) = case.problem.preferences
            plans = kept(case.problem, case.problem.requirements)
            points = sorted({points_of(p, plan) for plan in plans})
            yield f"| {wish.__name__} | {case.name} | {len(plans)} | {', '.join(map(str, points))} |"


if __name__ == "__main__":
    ZIEL.parent.mkdir(parents=True, exist_ok=True)
    ZIEL.write_text("\n".join(table()) + "\n", encoding="utf-8")
    print(ZIEL)
