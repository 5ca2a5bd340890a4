"""Which moved council sittings a year survives with at most one date of ours moved: without and with the wish "robust".

    nice -n 10 python benchmarks/robust.py [--count 200] [--years 5]

Years: the example of Hamm, and drawn council calendars. Each is planned as its programme asks, and once more with the
wish behind all others. Then shifts are drawn: one sitting that carries a Beratung, or shares a day with a date of
ours, lies 1 to 14 days earlier or later. What is heard in it moves along, which is not our move. A plan survives if it
keeps every requirement of the changed year, or does so once a single date has moved: every date that could help is
tried at every time it may have, by the audit alone. Writes docs/measurements/robust.md; nothing in it depends on the
clock but the seconds, which are those of the processor. The report of a plan is kept beside it in a file, and not
measured again (--fresh does).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from random import Random

WURZEL = Path(__file__).parent.parent
sys.path.insert(0, str(WURZEL))

from attrs import asdict, evolve, frozen  # noqa: E402

from gremienplan import requirements as req  # noqa: E402
from gremienplan.auditing import check, costs  # noqa: E402
from gremienplan.auditing.robust import affected  # noqa: E402
from gremienplan.jahr import Jahr, build  # noqa: E402
from gremienplan.loading import load  # noqa: E402
from gremienplan.plan import Lage, Plan  # noqa: E402
from gremienplan.planning import answer, ask  # noqa: E402
from gremienplan.programm.wuensche import Robust  # noqa: E402
from gremienplan.projekt import Projekt  # noqa: E402
from gremienplan.quellen import Authority, Grundlage  # noqa: E402
from gremienplan.solver.problem import Kandidat, Zeit  # noqa: E402
from gremienplan.solver.statisch import allowed  # noqa: E402
from tests.jahre.ziehen import ziehe  # noqa: E402

JAHR = 2027
TAGE = 14
WUNSCH = Robust("robust", 5, Grundlage(Authority.VORGABE), TAGE)
SEITE = WURZEL / "docs" / "measurements" / "robust.md"
MERKE = WURZEL / "benchmarks" / "out" / "robust.json"

Lagen = dict[str, tuple[Lage, ...]]


@frozen
class Bericht:
    """What was measured of one plan."""

    stufen: list[tuple[int, int, int]]
    sekunden: float
    punkte: int
    """What the wish counts, whether the plan was made with it or not."""
    zuege: dict[str, int]
    """Moves needed ("0", "1", "more") -> shifts drawn."""
    schein: dict[str, int]
    """Of the shifts drawn: "dates that could not stay, as the wish counts/moves needed" -> shifts."""
    teuer: dict[str, int]
    """Of all shifts of all sittings the wish counts a point for: moves needed -> shifts."""


def with_wish(projekt: Projekt) -> Projekt:
    programm = projekt.programm
    return evolve(projekt, programm=evolve(programm, wuensche=(*programm.wuensche, WUNSCH)))


def planned(projekt: Projekt) -> tuple[Plan, float]:
    """Return the plan of a year, every stage proven, and the seconds it took."""
    begin = time.process_time()
    found = answer(ask(build(projekt, JAHR)), 60.0)
    if not isinstance(found, Plan) or not found.bewiesen:
        raise LookupError("no plan, or not proven")
    return found, time.process_time() - begin


def scope(projekt: Projekt, plan: Plan) -> list[str]:
    """Return the sittings, by key, that carry a Beratung or share a day with a date of ours."""
    heard = {b.sitzung for b in plan.beratungen}
    days = {t.beginn.date() for t in plan.termine}
    known = {*projekt.stadt.alle_gremien, *(a.id for a in projekt.ratskalender.ausschuesse)}
    return list(
        dict.fromkeys(
            s.zusammen
            for s in projekt.ratskalender.sitzungen
            if s.gremium in known and (s.zusammen in heard or s.tag in days)
        )
    )


def moved(projekt: Projekt, key: str, by: timedelta) -> Projekt:
    """Return the project with one sitting on another day, at the same hours."""
    kalender = projekt.ratskalender
    sittings = tuple(
        evolve(s, beginn=s.beginn + by, ende=s.ende + by) if s.zusammen == key else s
        for s in kalender.sitzungen
    )
    return evolve(projekt, ratskalender=evolve(kalender, sitzungen=sittings))


def along(plan: Plan, key: str, by: timedelta) -> Lagen:
    """Return where the events lie when what is heard in the sitting moves with it."""
    return {
        e: tuple(
            evolve(one, beginn=one.beginn + by, ende=one.ende + by) if one.sitzung == key else one
            for one in lagen
        )
        for e, lagen in plan.lagen.items()
    }


def moves(year: Jahr, lagen: Lagen) -> str:
    """Return how many dates have to move: "0", "1" or "more"."""
    broken = [r for r in year.requirements if check(r, lagen, {})]
    if not broken:
        return "0"
    helpful = set(broken[0].ereignisse).intersection(*(r.ereignisse for r in broken))
    problem = ask(year).problem
    for e in sorted(helpful & problem.ereignisse.keys()):
        rules = problem.nach_ereignis[e]
        for k in allowed(problem, problem.ereignisse[e]):
            one = as_lage(problem.zeit, lagen[e][0], k)
            if not any(check(r, {**lagen, e: (one,)}, {}) for r in rules):
                return "1"
    return "more"


def as_lage(zeit: Zeit, old: Lage, k: Kandidat) -> Lage:
    return evolve(old, beginn=zeit.moment(k.beginn), ende=zeit.moment(k.ende), ort=k.ort, sitzung=k.sitzung)


def shifts(keys: list[str], count: int, seed: str) -> Iterator[tuple[str, timedelta]]:
    rng = Random(seed)
    for _ in range(count):
        where, days, sign = rng.random(), rng.randint(1, TAGE), rng.choice([-1, 1])
        yield keys[int(where * len(keys))], timedelta(days=sign * days)


def measured(projekt: Projekt, plan: Plan, seconds: float, count: int, seed: str) -> Bericht:
    wishes = {
        p.sitzung.key: p for p in build(with_wish(projekt), JAHR).preferences if isinstance(p, req.Robust)
    }
    heard_in = {
        key: [one for of in plan.lagen.values() for one in of if one.sitzung == key] for key in wishes
    }

    def needed(key: str, by: timedelta) -> str:
        return moves(build(moved(projekt, key, by), JAHR), along(plan, key, by))

    def counted(key: str, by: timedelta) -> int:
        return len(list(affected(wishes[key], heard_in[key], plan.lagen, by))) if key in wishes else 0

    zuege, schein, teuer = Counter[str](), Counter[str](), Counter[str]()
    for key, by in shifts(scope(projekt, plan), count, seed):
        found = needed(key, by)
        zuege[found] += 1
        schein[f"{min(counted(key, by), 2)}/{found}"] += 1
    for key in wishes:
        for n in range(-TAGE, TAGE + 1):
            if n and counted(key, timedelta(days=n)) > 1:
                teuer[needed(key, timedelta(days=n))] += 1
    points = costs(wishes.values(), plan.lagen)[WUNSCH.stufe]
    stufen = [(s.stufe, s.wert, s.schranke) for s in plan.stufen]
    return Bericht(stufen, seconds, points, dict(zuege), dict(schein), dict(teuer))


def years(number: int) -> Iterator[tuple[str, Projekt]]:
    yield "example", load(WURZEL / "examples" / "hamm-2027", jahr=JAHR)
    for seed in range(1000):
        yield f"drawn {seed}", ziehe(seed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="shifts in all")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--fresh", action="store_true")
    args = parser.parse_args()
    MERKE.parent.mkdir(exist_ok=True)
    known = json.loads(MERKE.read_text()) if MERKE.is_file() and not args.fresh else {}
    each, done = -(-args.count // args.years), []
    for name, projekt in years(args.years):
        key = f"{name}/{each}"
        if key not in known:
            try:
                before, after = planned(projekt), planned(with_wish(projekt))
            except LookupError:
                known[key] = None
            else:
                known[key] = [asdict(measured(projekt, *which, each, name)) for which in (before, after)]
            MERKE.write_text(json.dumps(known))
        if known[key] is not None:
            done.append((name, [Bericht(**of) for of in known[key]]))
            print(name, *(f"{b.punkte} {b.zuege} {b.sekunden:.1f}s" for b in done[-1][1]), flush=True)
        if len(done) == args.years:
            break
    SEITE.parent.mkdir(exist_ok=True)
    SEITE.write_text(page(done), "utf-8")


KOPF = (
    "| year | plan | no move | one move | more | points | shifts with points | of these more than one move |"
    " earlier stages | CPU s |"
)


def page(done: list[tuple[str, list[Bericht]]]) -> str:
    """Return the page: how many shifts each year survives, what the wish counts, and what both cost."""
    drawn = sum(sum(b.zuege.values()) for _, both in done for b in both[:1])
    lines = [
        "# What a moved council sitting moves",
        "",
        f"Made by `benchmarks/robust.py`: {drawn} shifts drawn over {len(done)} years, for the plan without and with",
        "the wish `robust` behind all others (stage 5). [Fair and robust](../fair-and-robust.md) says what is counted.",
        "",
        KOPF,
        "|---|---|---:|---:|---:|---:|---:|---:|---|---:|",
    ]
    total = [Counter[str](), Counter[str]()]
    dear, cpu, pairs = [Counter[str](), Counter[str]()], [0.0, 0.0], Counter[str]()
    for name, both in done:
        for i, b in enumerate(both):
            total[i].update(b.zuege)
            dear[i].update(b.teuer)
            pairs.update(b.schein)
            cpu[i] += b.sekunden
            stages = " ".join(str(wert) for stufe, wert, _ in b.stufen if stufe < WUNSCH.stufe)
            lines.append(_row(name, i, b.zuege, b.punkte, b.teuer, stages, b.sekunden))
    for i in range(2):
        points = sum(both[i].punkte for _, both in done)
        lines.append(_row("all", i, total[i], points, dear[i], "", cpu[i]))
    shares = [100 * (1 - of["more"] / of.total()) for of in total]
    survive = "With at most one date moved the plans survive "
    survive += f"{shares[0]:.2f} % of the shifts drawn without the wish, and {shares[1]:.2f} % with it."
    lines += [
        "",
        survive,
        "",
        "Points and the shifts with points are of all sittings and all shifts of a year, not only of those drawn. CPU",
        "is of the whole planning on a busy machine: read it as a ratio.",
        "",
        "How well the points stand in for what is wanted: of all shifts drawn, the dates that could not stay as the",
        "wish counts them, and the moves that were really needed.",
        "",
        "| could not stay | no move | one move | more |",
        "|---|---:|---:|---:|",
    ]
    for n in ("0", "1", "2"):
        cells = " | ".join(str(pairs[f"{n}/{found}"]) for found in ("0", "1", "more"))
        lines.append(f"| {n if n < '2' else '2 or more'} | {cells} |")
    return "\n".join(lines) + "\n"


def _row(
    name: str,
    i: int,
    zuege: Mapping[str, int],
    points: int,
    teuer: Mapping[str, int],
    stages: str,
    cpu: float,
) -> str:
    moves = " | ".join(str(zuege.get(found, 0)) for found in ("0", "1", "more"))
    plan = ("without", "with")[i]
    return (
        f"| {name} | {plan} | {moves} | {points} | {sum(teuer.values())} | {teuer.get('more', 0)} | {stages} |"
        f" {cpu:.1f} |"
    )


if __name__ == "__main__":
    main()
