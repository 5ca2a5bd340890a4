"""A plain local search, to be compared with: simulated annealing over the candidates of an instance.

    python benchmarks/lokal.py benchmarks/instances/hamm-r.json --seed 1 --steps 200000

One move gives one event another of its candidates. What requirements and preferences say is read from the stand-alone
validator, so it knows nothing of our models. Breaches cost points like wishes, only more; the best feasible choice
is kept by its stages, compared one after the other. The same seed and number of steps give the same answer. It proves
nothing: it has no bound.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("validate", HERE / "instances" / "validate.py")
validate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(validate)

BREACH = 5_000
WARM, COLD = 3_000.0, 0.5
WEIGHTS = (1_000, 100, 10, 1)
"""Of the first stages; the fourth and all later ones have 1."""
ALONE = {"usual", "avoid", "themselves", "stay"}
"""Preferences that look at one event."""

Costs = tuple[int, ...]
"""Breaches, then the points of each stage."""


class Lokal:
    """One instance and a choice for every event."""

    def __init__(self, instance: dict[str, Any], seed: int) -> None:
        self.v = validate.Validator(instance)
        self.rng = Random(seed)
        self.stages = sorted({row["stage"] for row in instance["preferences"]})
        self.candidates = {e["id"]: tuple(self._candidates(e)) for e in instance["events"]}
        self.names = [name for name, some in self.candidates.items() if len(some) > 1]
        self.alone: dict[Any, Costs] = {}
        self.of: dict[str, list[tuple[str, dict[str, Any], int]]] = defaultdict(list)
        self.wishes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.pairs: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)
        self.busy: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in instance["requirements"]:
            self._require(row)
        for row in instance["preferences"]:
            if row["kind"] in ALONE:
                self.wishes[row["event"]].append(row)
            else:
                self._ties("prefer", row, 1 + self.stages.index(row["stage"]))
        self.value: dict[int, int] = {}
        self.plan: dict[str, Any] = {}
        self.days: dict[int, set[str]] = defaultdict(set)
        self._begin()

    def _candidates(self, event: dict[str, Any]) -> Iterator[Any]:
        name = event["id"]
        for start, end, sitting in event.get("sittings", ()):
            for presenters in product(*event["presenters"]):
                yield validate.Placed(name, start, end, "", sitting, presenters)
        for days, slots in event.get("candidates", ()):
            for first, last in days:
                for day in range(first, last + 1):
                    for start, end, place in self.v.instance["slots"][slots]:
                        yield validate.Placed(
                            name, day * validate.DAY + start, day * validate.DAY + end, place
                        )

    def _require(self, row: dict[str, Any]) -> None:
        """Sort a requirement: pairs on one day, busy times, or the whole of it to be counted anew."""
        match row["kind"]:
            case "one_place" | "travel":
                spans = defaultdict(list)
                for name, first, last in row["duties"]:
                    spans[name].append((-1 if first is None else first, 10**6 if last is None else last))
                minutes = row.get("minutes", 0)
                for a, b in combinations(spans, 2):
                    self.pairs[a, b].append((minutes, tuple(row["seats"]), spans[a], spans[b]))
                    self.pairs[b, a].append((minutes, tuple(row["seats"]), spans[b], spans[a]))
                for name in spans:
                    if row["busy"] and len(self.candidates[name]) and self.candidates[name][0].sitting:
                        self.busy[name].append(row)  # of meetings the candidates have it already
            case "place":
                for a, b in combinations(row["events"], 2):
                    for one, other in ((a, b), (b, a)):
                        self.pairs[one, other].append((row["place"],))
            case _:
                self._ties("require", row, 0)

    def _ties(self, what: str, row: dict[str, Any], stage: int) -> None:
        names = {row.get(key) for key in ("first", "then", "event")} | set(row.get("events", ()))
        for who in row["seats"] if row["kind"] == "one_of" else ():
            names |= {duty[0] for duty in who["duties"]}
        for name in names - {None}:
            self.of[name].append((what, row, stage))

    # --- costs --------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        for some in self.candidates.values():
            cheapest = min(map(self._unary, some))
            self._place(self.rng.choice([c for c in some if self._unary(c) == cheapest]))
        for rows in self.of.values():
            for what, row, _ in rows:
                self.value[id(row)] = self._row(what, row)

    def _row(self, what: str, row: dict[str, Any]) -> int:
        if what == "require":
            return sum(1 for _ in validate.REQUIREMENTS[row["kind"]](self.v, row, self.plan))
        return validate.PREFERENCES[row["kind"]](self.v, row, self.plan)

    def _unary(self, c: Any) -> Costs:
        """Return what a candidate costs by itself."""
        key = (c.event, c.start, c.place, c.sitting, c.presenters)
        if key not in self.alone:
            costs, alone = [0] * (1 + len(self.stages)), {c.event: c}
            for row in self.wishes[c.event]:
                stage = 1 + self.stages.index(row["stage"])
                costs[stage] += validate.PREFERENCES[row["kind"]](self.v, row, alone)
            for row in self.busy[c.event]:
                costs[0] += sum(1 for _ in validate.REQUIREMENTS[row["kind"]](self.v, row, alone))
            self.alone[key] = tuple(costs)
        return self.alone[key]

    def _place(self, c: Any) -> None:
        if c.event in self.plan:
            self.days[self.plan[c.event].day].discard(c.event)
        self.plan[c.event] = c
        self.days[c.day].add(c.event)

    def _collisions(self, c: Any) -> int:
        """Count the other events of the day and those beside it that this one collides with."""
        return sum(
            other != c.event and self._collide(c, self.plan[other])
            for day in (c.day - 1, c.day, c.day + 1)
            for other in self.days.get(day, ())
        )

    def _collide(self, a: Any, b: Any) -> bool:
        gap = a.gap(b.start, b.end)
        if gap >= 24 * 60 or (a.sitting and a.sitting == b.sitting):
            return False
        for rule in self.pairs.get((a.event, b.event), ()):
            if len(rule) == 1:
                if gap < 0 and a.place == b.place == rule[0]:
                    return True
                continue
            minutes, seats, mine, theirs = rule
            near = gap < 0 or (gap < minutes and (a.place != b.place or not a.place))
            if (
                near
                and a.attended_by(seats)
                and b.attended_by(seats)
                and any(first <= a.day <= last for first, last in mine)
                and any(first <= b.day <= last for first, last in theirs)
            ):
                return True
        return False

    def delta(self, c: Any) -> tuple[list[int], dict[int, int]]:
        """Return what changes when an event moves to another candidate: per stage, and the rows counted anew."""
        old = self.plan[c.event]
        change = [new - was for new, was in zip(self._unary(c), self._unary(old), strict=True)]
        change[0] += self._collisions(c) - self._collisions(old)
        rows = {}
        self.plan[c.event] = c
        for what, row, stage in self.of[c.event]:
            rows[id(row)] = self._row(what, row)
            change[stage] += rows[id(row)] - self.value[id(row)]
        self.plan[c.event] = old
        return change, rows

    def costs(self) -> Costs:
        """Return breaches and points, counted from nothing by the validator."""
        broken, points = self.v.judge({name: _where(c) for name, c in self.plan.items()})
        return (len(broken), *points.values())

    # --- the search ---------------------------------------------------------------------------------------

    def run(self, steps: int, limit: float) -> Iterator[tuple[float, Costs]]:
        """Yield CPU seconds and costs at each better choice; the first without breaches comes before all others."""
        begin = time.process_time()
        now = self._counted()
        best: Costs | None = None
        weights = [BREACH, *(WEIGHTS[min(i, 3)] for i in range(len(self.stages)))]
        for step in range(steps):
            if not step % 256 and time.process_time() - begin > limit:
                return
            heat = WARM * (COLD / WARM) ** (step / steps)
            c = self.rng.choice(self.candidates[self.rng.choice(self.names)])
            if c is self.plan[c.event]:
                continue
            change, rows = self.delta(c)
            worse = sum(w * d for w, d in zip(weights, change, strict=True))
            if worse <= 0 or self.rng.random() < math.exp(-worse / heat):
                self._place(c)
                self.value.update(rows)
                now = tuple(a + d for a, d in zip(now, change, strict=True))
                if not now[0] and (best is None or now < best):
                    best = now
                    self.best = dict(self.plan)
                    yield time.process_time() - begin, now

    def _counted(self) -> Costs:
        found = [0] * (1 + len(self.stages))
        for c in self.plan.values():
            for i, cost in enumerate(self._unary(c)):
                found[i] += cost
            found[0] += self._collisions(c)
        found[0] -= sum(self._collisions(c) for c in self.plan.values()) // 2  # each pair was counted twice
        seen = {id(row): (stage, self.value[id(row)]) for rows in self.of.values() for _, row, stage in rows}
        for stage, value in seen.values():
            found[stage] += value
        return tuple(found)


def _where(c: Any) -> dict[str, Any]:
    return {
        "start": c.start,
        "end": c.end,
        "place": c.place,
        "sitting": c.sitting,
        "presenters": list(c.presenters),
    }


def main() -> None:
    """Search one instance; print each better choice as a line of JSON, and at last what the validator says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=200_000)
    parser.add_argument("--limit", type=float, default=600, help="CPU seconds")
    args = parser.parse_args()
    begin = time.process_time()
    search = Lokal(json.loads(args.instance.read_text("utf-8")), args.seed)
    built, found = time.process_time() - begin, False
    for seconds, costs in search.run(args.steps, args.limit):
        found = True
        print(json.dumps({"t": round(built + seconds, 2), "costs": costs[1:]}), flush=True)
    if found:
        search.plan = search.best
    print(json.dumps({"t": round(time.process_time() - begin, 2), "judged": search.costs()}), flush=True)
    sys.exit(not found)


if __name__ == "__main__":
    main()
