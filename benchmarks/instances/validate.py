"""Judges a solution of an instance: is it feasible, and what does it cost per stage? Knows nothing but the two files.

    python validate.py INSTANCE.json SOLUTION.json

The format is described in README.md beside this file. Needs Python 3.10 or newer and its standard library. Exit
status: 0 feasible, and what the solution claims to cost is right; 1 not; 2 a file that is not what it should be.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

INSTANCE, SOLUTION = "gremienplan-instance/1", "gremienplan-solution/1"
DAY = 24 * 60


class Placed:
    """Where a solution holds one event."""

    def __init__(self, event, start, end, place="", sitting="", presenters=()):
        self.event, self.start, self.end = event, start, end
        self.place, self.sitting, self.presenters = place, sitting, tuple(presenters)
        self.day = start // DAY

    def overlaps(self, start, end):
        return self.start < end and start < self.end

    def gap(self, start, end):
        """Minutes between the two; negative where they overlap."""
        return max(start - self.end, self.start - end)

    def attended_by(self, seats):
        """A meeting is attended by everybody whose duty it is, an item by its presenters."""
        return not self.sitting or any(seat in self.presenters for seat in seats)


class Validator:
    """One instance, ready to judge solutions."""

    def __init__(self, instance):
        if instance.get("format") != INSTANCE:
            raise ValueError(f"not an instance: format {instance.get('format')!r}, not {INSTANCE!r}")
        self.instance = instance
        self.first = date.fromisoformat(instance["first_day"])
        self.events = {event["id"]: event for event in instance["events"]}
        self.busy = instance["busy"]
        for what, known in (("requirements", REQUIREMENTS), ("preferences", PREFERENCES)):
            unknown = sorted({row["kind"] for row in instance[what]} - set(known))
            if unknown:
                raise ValueError(f"{what} of unknown kinds: {', '.join(unknown)}")

    def judge(self, events):
        """Return what is broken, as sentences, and the points per stage. ``events``: id -> where it is held."""
        plan = {name: Placed(name, **where) for name, where in events.items()}
        broken = [f"{name}: there is no such event" for name in plan if name not in self.events]
        plan = {name: placed for name, placed in plan.items() if name in self.events}
        for name, event in self.events.items():
            broken += self.misplaced(event, plan[name]) if name in plan else [f"{name}: is missing"]
        for row in self.instance["requirements"]:
            broken += [f"{row['kind']}: {said}" for said in REQUIREMENTS[row["kind"]](self, row, plan)]
        points = {row["stage"]: 0 for row in self.instance["preferences"]}
        for row in self.instance["preferences"]:
            points[row["stage"]] += PREFERENCES[row["kind"]](self, row, plan)
        return broken, dict(sorted(points.items()))

    # --- candidates -------------------------------------------------------------------------------------------

    def misplaced(self, event, placed):
        if "sittings" in event:
            where = [placed.start, placed.end, placed.sitting]
            if where not in event["sittings"] or placed.place:
                yield f"{event['id']}: {where} is none of its sittings"
            wanted = event["presenters"]
            if len(placed.presenters) != len(wanted) or not all(
                seat in seats for seat, seats in zip(placed.presenters, wanted, strict=True)
            ):
                yield f"{event['id']}: is presented by {list(placed.presenters)}"
            return
        midnight = placed.day * DAY
        slot = [placed.start - midnight, placed.end - midnight, placed.place]
        possible = any(
            slot in self.instance["slots"][slots] and any(a <= placed.day <= b for a, b in days)
            for days, slots in event["candidates"]
        )
        if not possible or placed.sitting or placed.presenters:
            yield f"{event['id']}: day {placed.day}, {slot} is none of its candidates"

    # --- small things -----------------------------------------------------------------------------------------

    def busy_times(self, names):
        """Yield from, to and the sitting ("" for none)."""
        for name in names:
            for start, end, *sitting in self.busy[name]:
                yield start, end, sitting[0] if sitting else ""

    def duties(self, row, plan):
        """Return what these seats attend, each event once."""
        found = {}
        for name, first, last in row["duties"]:
            placed = plan.get(name)
            if placed is None or not placed.attended_by(row["seats"]):
                continue
            if (first is None or first <= placed.day) and (last is None or placed.day <= last):
                found[name] = placed
        return list(found.values())

    def week(self, day):
        return (self.first + timedelta(days=day)).isocalendar()[:2]


# --- requirements: each yields what is broken -----------------------------------------------------------------


def order(v, row, plan):
    a, b = plan.get(row["first"]), plan.get(row["then"])
    if a and b and b.day < a.day + row["days"]:
        yield f"{b.event} on day {b.day}, {a.event} on day {a.day}"


def max_gap(v, row, plan):
    a, b = plan.get(row["first"]), plan.get(row["then"])
    if a and b and b.day > a.day + row["days"]:
        yield f"{b.event} on day {b.day}, {a.event} on day {a.day}"


def min_gap(v, row, plan):
    found = [plan[name] for name in row["events"] if name in plan]
    for a, b in combinations(found, 2):
        if abs(a.day - b.day) < row["days"]:
            yield f"{a.event} on day {a.day}, {b.event} on day {b.day}"


def count(v, row, plan):
    held = sum(row["from"] <= plan[name].day <= row["to"] for name in row["events"] if name in plan)
    if row["max"] is not None and held > row["max"]:
        yield f"{held} of {row['events']}"
    if row["min"] is not None and held + sum(name not in plan for name in row["events"]) < row["min"]:
        yield f"{held} of {row['events']}"


def one_place(v, row, plan):
    mine = v.duties(row, plan)
    for a, b in combinations(mine, 2):
        if a.overlaps(b.start, b.end) and not (a.sitting and a.sitting == b.sitting):
            yield f"{row['seats']}: {a.event} and {b.event}"
    for a in mine:
        for start, end, sitting in v.busy_times(row["busy"]):
            if a.overlaps(start, end) and not (sitting and sitting == a.sitting):
                yield f"{row['seats']}: {a.event}, busy {start} to {end}"


def travel(v, row, plan):
    mine = v.duties(row, plan)
    for a, b in combinations(mine, 2):
        elsewhere = (a.place != b.place or not a.place) and not (a.sitting and a.sitting == b.sitting)
        if elsewhere and 0 <= a.gap(b.start, b.end) < row["minutes"]:
            yield f"{row['seats']}: {a.event} and {b.event}"
    for a in mine:
        for start, end, sitting in v.busy_times(row["busy"]):
            if 0 <= a.gap(start, end) < row["minutes"] and not (sitting and sitting == a.sitting):
                yield f"{row['seats']}: {a.event}, busy {start} to {end}"


def one_of(v, row, plan):
    meeting = plan.get(row["event"])
    if meeting is None or (row["from"] is not None and meeting.day < row["from"]):
        return
    if row["to"] is not None and meeting.day > row["to"]:
        return
    if all(kept_away(v, who, meeting, row["minutes"], plan) for who in row["seats"]):
        yield f"nobody can come to {meeting.event}"


def kept_away(v, who, meeting, minutes, plan):
    for duty in v.duties(who, plan):
        gap = duty.gap(meeting.start, meeting.end)
        if gap < 0 or (gap < minutes and (duty.place != meeting.place or not meeting.place)):
            return True
    return any(
        meeting.gap(start, end) < max(minutes, 0) or meeting.overlaps(start, end)
        for start, end, _ in v.busy_times(who["busy"])
    )


def place(v, row, plan):
    here = [plan[name] for name in row["events"] if name in plan and plan[name].place == row["place"]]
    for a, b in combinations(here, 2):
        if a.overlaps(b.start, b.end):
            yield f"{row['place']}: {a.event} and {b.event}"
    for a in here:
        for start, end, _ in v.busy_times(row["busy"]):
            if a.overlaps(start, end):
                yield f"{row['place']}: {a.event}, occupied {start} to {end}"


REQUIREMENTS = {
    "order": order,
    "max_gap": max_gap,
    "min_gap": min_gap,
    "count": count,
    "one_place": one_place,
    "travel": travel,
    "one_of": one_of,
    "place": place,
}


# --- preferences: each returns its points ---------------------------------------------------------------------


def usual(v, row, plan):
    a = plan.get(row["event"])
    if a is None:
        return 0
    off = abs(a.start - a.day * DAY - row["start"])
    other_day = (v.first.weekday() + a.day) % 7 != row["weekday"]
    return row["day_weight"] * other_day + row["half_hour_weight"] * -(-off // 30)


def distance(v, row, plan):
    a, b = plan.get(row["first"]), plan.get(row["then"])
    if a is None or b is None:
        return 0
    days = b.day - a.day
    short = 0 if row["min"] is None else max(0, row["min"] - days)
    beyond = 0 if row["max"] is None else max(0, days - row["max"])
    return row["weight"] * (short + beyond)


def before(v, row, plan):
    a, b = plan.get(row["first"]), plan.get(row["then"])
    return row["weight"] if a and b and a.day >= b.day else 0


def after(v, row, plan):
    a = plan.get(row["event"])
    if a is None:
        return 0
    days = [plan[name].day - a.day for name in row["events"] if name in plan]
    return 0 if any(1 <= d <= row["days"] for d in days) else row["weight"]


def weekly(v, row, plan):
    weeks = Counter(v.week(plan[name].day) for name in row["events"] if name in plan)
    return row["weight"] * sum(max(0, n - row["max"]) for n in weeks.values())


def evenings(v, row, plan):
    def days(start, end):
        return {day for day in range(start // DAY, end // DAY + 1) if day * DAY + row["from"] < end}

    fixed, own = set(), set()
    for start, end, _ in v.busy_times(row["busy"]):
        fixed |= days(start, end)
    for name in row["events"]:
        if name in plan and plan[name].attended_by([row["seat"]]):
            own |= days(plan[name].start, plan[name].end)
    already = Counter(v.week(day) for day in fixed)
    weeks = Counter(v.week(day) for day in fixed | own)
    return row["weight"] * sum(max(0, n - max(row["max"], already[week])) for week, n in weeks.items())


def avoid(v, row, plan):
    a = plan.get(row["event"])
    hit = a is not None and any(a.overlaps(start, end) for start, end, _ in v.busy_times(row["busy"]))
    return row["weight"] * hit


def themselves(v, row, plan):
    a = plan.get(row["event"])
    return row["weight"] * sum(seat not in row["seats"] for seat in (a.presenters if a else ()))


def turns(v, row, plan):
    turn = sorted((plan[name] for name in row["events"] if name in plan), key=lambda a: a.day)
    again = sum(a.place == b.place != "" for a, b in pairwise(turn))
    held, places = Counter(a.place for a in turn), row["places"]
    if not places:
        return row["weight"] * again
    least, most = len(turn) // len(places), -(-len(turn) // len(places))
    return row["weight"] * (again + sum(max(0, held[p] - most, least - held[p]) for p in places))


def stay(v, row, plan):
    a = plan.get(row["event"])
    if a is None:
        return 0
    moved = [a.start, a.end, a.place] != [row["start"], row["end"], row["place"]]
    other = row["presenters"] is not None and list(a.presenters) != row["presenters"]
    return row["weight"] * (moved or other)


def share(v, row, plan):
    loads = [load(v, row, one, plan) for one in row["loads"]]
    most = max(loads, default=0)
    if row["step"] == 0:
        return row["weight"] * most
    near = max(1, most - (row["step"] - 1))
    return row["weight"] * sum(one >= near for one in loads)


def load(v, row, one, plan):
    found = set()
    for part in one["parts"]:
        held = [(a.start, a.end, a.place) for a in v.duties(part, plan)]
        held += [(start, end, "") for start, end, _ in v.busy_times(part["busy"])]
        for start, end, where in held:
            day = start // DAY
            if row["what"] == "evenings":
                found |= {d for d in range(day, end // DAY + 1) if d * DAY + row["from"] < end}
            elif row["what"] == "weekdays" and one["weekday"] in (None, (v.first.weekday() + day) % 7):
                found.add(day)
            elif row["what"] == "journeys" and where in one["far"]:
                found.add((day, where))
    return len(found)


def robust(v, row, plan):
    heard = {name for name in row["items"] if name in plan and plan[name].sitting == row["sitting"]}
    beyond = 0
    for by in range(-row["days"], row["days"] + 1):
        shift = by * DAY
        day = (row["start"] + shift) // DAY
        hit = sum(any(breaks(rule, name, day, heard, plan) for rule in row["rules"]) for name in heard)
        hit += sum(
            plan[name].gap(row["start"] + shift, row["end"] + shift) < minutes
            for name, minutes in row["clear"]
            if name in plan
        )
        beyond += max(0, hit - 1) if by else 0
    return row["weight"] * beyond


def breaks(rule, name, day, heard, plan):
    if rule["kind"] == "window":
        early = rule["from"] is not None and day < rule["from"]
        late = rule["to"] is not None and rule["to"] < day
        return rule["event"] == name and (early or late)
    if name not in (rule["first"], rule["then"]):
        return False
    other = rule["then"] if name == rule["first"] else rule["first"]
    if other in heard or other not in plan:
        return False
    days = plan[other].day - day if name == rule["first"] else day - plan[other].day
    return days < rule["days"] if rule["kind"] == "order" else days > rule["days"]


PREFERENCES = {
    "share": share,
    "robust": robust,
    "usual": usual,
    "distance": distance,
    "before": before,
    "after": after,
    "weekly": weekly,
    "evenings": evenings,
    "avoid": avoid,
    "themselves": themselves,
    "turns": turns,
    "stay": stay,
}


def main(instance, solution):
    """Judge one solution, and say so."""
    try:
        validator = Validator(json.loads(Path(instance).read_text("utf-8")))
        claimed = json.loads(Path(solution).read_text("utf-8"))
        if claimed.get("format") != SOLUTION:
            raise ValueError(f"not a solution: format {claimed.get('format')!r}, not {SOLUTION!r}")
        if claimed["instance"] != validator.instance["name"]:
            raise ValueError(f"a solution of {claimed['instance']!r}, not of {validator.instance['name']!r}")
        if claimed.get("impossible"):
            print("claimed to be impossible: nothing that this program could check")
            return 1
        broken, points = validator.judge(claimed["events"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"cannot be judged: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    for said in broken:
        print(said)
    if not broken:
        print("feasible")
    right = True
    for stage, cost in points.items():
        said = claimed.get("cost", {}).get(str(stage), cost)
        right = right and said == cost
        print(f"stage {stage}: {cost}" + ("" if said == cost else f", not {said} as claimed"))
    return 0 if right and not broken else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
