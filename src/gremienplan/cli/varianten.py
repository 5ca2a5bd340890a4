"""``plan --variants`` and ``plan --take``: several plans side by side, and one of them becomes the plan."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from gremienplan.cli.antworten import JsonObject, stage_name, stages_json
from gremienplan.cli.ausgabe import say, say_command, show, write, write_json
from gremienplan.cli.jahresansicht import day_of, fit, labels
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.plan import Plan, plan_to_json
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.planning import Varianten
    from gremienplan.projekt import Projekt

FOLDER = "varianten"
MOST = 5
"""Variants that fit beside each other."""
MOST_TAKEN = 99
"""Beyond it a number is surely a slip; which variants there are, their files say."""
WIDTH = 80
COLUMN = 10
"""Columns of one variant: a weekday, day and month, and a gap."""


def variant_path(plan: Path, number: int) -> Path:
    """Return where a variant lies: in a folder beside the plan of its year."""
    return plan.parent / FOLDER / f"{number}.json"


def keep_variants(found: Varianten, plan: Path) -> list[Path]:
    """Write the variants beside the plan, in place of earlier ones."""
    from gremienplan.publishing.dateien import write_atomically

    (plan.parent / FOLDER).mkdir(parents=True, exist_ok=True)
    paths = []
    for number, variante in enumerate(found.varianten, start=1):
        paths.append(variant_path(plan, number))
        write_atomically(paths[-1], plan_to_json(variante.plan).encode())
    for number in range(len(paths) + 1, MOST + 1):
        variant_path(plan, number).unlink(missing_ok=True)
    return paths


def read_variant(plan: Path, number: int, projekt: Projekt, stand: datetime, before: Plan | None) -> Plan:
    """Return a variant that still fits the project and the day. Raises InputError otherwise."""
    from gremienplan.auditing import audit_year
    from gremienplan.jahr import build
    from gremienplan.loading import read_plan

    path = variant_path(plan, number)
    anew = Text(
        "Make them anew: {command}", command=f"gremienplan plan --jahr {plan.parent.name} --variants 3"
    )
    if not path.is_file():
        there = tuple(str(n) for n in range(1, MOST + 1) if variant_path(plan, n).is_file())
        hint = Text("There are: {names}", names=there) if there else anew
        raise InputError([Problem(str(path), "", Text("There is no such variant."), str(number), hint)])
    found = read_plan(path)
    if found.eingaben != projekt.eingaben or found.programm != projekt.programm.id:
        meldung = Text("The variant was made from other data than the project has now.")
        raise InputError([Problem(str(path), "eingaben", meldung, hinweis=anew)])
    year = build(projekt, found.jahr, stand=stand, before=before)
    if broken := audit_year(year, found).findings:
        meldung = Text("The variant does not keep every rule any more: {befund}", befund=broken[0].meldung)
        raise InputError([Problem(str(path), "", meldung, hinweis=anew)])
    return found


def propose(found: Varianten, projekt: Projekt, plan: Path, as_json: bool) -> None:
    """Write the variants beside the plan, and show them side by side."""
    paths = keep_variants(found, plan)
    if as_json:
        variants_json(found, paths)
    else:
        show_variants(found, projekt, paths)
        say_variants(found, plan)


# --- side by side --------------------------------------------------------------------------------------


def show_variants(found: Varianten, projekt: Projekt, paths: list[Path]) -> None:
    """Write the table to choose from: points, how many dates differ and whose, and these dates side by side."""
    numbers = range(len(found.varianten))
    best = found.varianten[0].plan
    write(_row("", tuple(words(Text("variant {nummer}", nummer=n + 1)) for n in numbers)))
    show(words(Text("Points per stage (0 is best):")))
    for index, stufe in enumerate(best.stufen):
        points = tuple(str(v.plan.stufen[index].wert) for v in found.varianten)
        write(_row(f"  {stage_name(stufe.stufe, projekt.programm)}", points))
    if len(numbers) > 1:
        show(words(Text("Other dates than")))
    for a in numbers[:-1]:
        label = words(Text("variant {nummer}", nummer=a + 1))
        cells = tuple(str(len(found.unterschiede(a, b))) if b != a else "–" for b in numbers)
        write(_row(f"  {label}", cells))
    if len(numbers) > 1:
        for line in _dates(found, projekt):
            write(line)
    show()
    for path in paths:
        show(str(path))


def say_variants(found: Varianten, plan: Path) -> None:
    """Say how different they are, whether there are more, and how to take one."""
    count, n = len(found.varianten), len(found.frei)
    if count > 1:
        say(
            Text(
                "Any two differ on at least {mindestens} of {anzahl} dates that nobody has fixed.",
                mindestens=found.mindestens,
                anzahl=n,
            )
        )
    if count < found.gefragt:
        say(_why_fewer(found))
    if found.varianten[0].plan.abgebrochen:
        say(Text("The search was stopped: the plan keeps every rule, but a better one may exist."))
    elif not all(v.bewiesen for v in found.varianten):
        say(Text("Not every one of them is proven to be the best of its kind; see the points."))
    elif count > 1 and all(v.kanonisch for v in found.varianten):
        say(Text("Each is proven to be the best that differs so much, and the only one by the tie rule."))
    take = f"gremienplan plan --projekt {shlex.quote(str(plan.parent.parent.parent))} --jahr {found.jahr} --take 1"
    if count > 1:
        say_command(Text("Nothing is decided yet. Make one of them the plan:"), take)
    else:
        say_command(Text("Nothing is decided yet. Make it the plan:"), take)


def _why_fewer(found: Varianten) -> Text:
    counts = {"gezeigt": len(found.varianten), "gefragt": found.gefragt}
    if found.erschoepft:
        return Text(
            "{gezeigt} instead of {gefragt}: it is proven that no further plan is as good and differs as much"
            " from all of these.",
            **counts,
        )
    if found.abgebrochen:
        return Text("{gezeigt} instead of {gefragt}: the search was interrupted.", **counts)
    return Text("{gezeigt} instead of {gefragt}: time ran out before another was found.", **counts)


def variants_json(found: Varianten, paths: list[Path]) -> None:
    """Write the same as plain data."""
    numbers = range(len(found.varianten))
    of_body = _by_body(found)
    data: list[JsonObject] = [
        {
            "nummer": n + 1,
            "datei": str(paths[n]),
            "bewiesen": found.varianten[n].bewiesen,
            "kanonisch": found.varianten[n].kanonisch,
            "stufen": stages_json(found.varianten[n].plan.stufen),
            "andere": [len(found.unterschiede(a, n)) for a in numbers],
            "gremien": {id: counts[n - 1] for id, counts in of_body.items() if n and counts[n - 1]},
            "plan": json.loads(plan_to_json(found.varianten[n].plan)),
        }
        for n in numbers
    ]
    write_json(
        "variants",
        jahr=found.jahr,
        gefragt=found.gefragt,
        erschoepft=found.erschoepft,
        abgebrochen=found.abgebrochen,
        termine=len(found.frei),
        mindestens=found.mindestens,
        varianten=data,
    )


def _by_body(found: Varianten) -> dict[str, list[int]]:
    """Return each Gremium with other dates, and how many in each variant but the first."""
    plan = found.varianten[0].plan
    body = {t.sitzung: t.gremium for t in plan.termine} | {b.beratung: b.gremium for b in plan.beratungen}
    counts = [Counter(body[e] for e in found.unterschiede(0, n)) for n in range(1, len(found.varianten))]
    found_in = {g: [count[g] for count in counts] for g in dict.fromkeys(body[e] for e in found.frei)}
    return {g: numbers for g, numbers in found_in.items() if any(numbers)}


def _dates(found: Varianten, projekt: Projekt) -> Iterator[str]:
    """Yield, Gremium by Gremium, how many dates differ from the first variant, and which; "=" is the same day."""
    from gremienplan.planning.varianten import days_of

    gremium, thema = labels(projekt, found.jahr)
    days = [days_of(v.plan) for v in found.varianten]
    first = found.varianten[0].plan
    body = {t.sitzung: t.gremium for t in first.termine} | {b.beratung: b.gremium for b in first.beratungen}
    for key, counts in _by_body(found).items():
        yield ""
        yield _row(gremium(key), ("", *(str(n) for n in counts)))
        mine = (e for e in found.frei if body[e] == key and any(tage[e] != days[0][e] for tage in days))
        for e in sorted(mine, key=lambda e: (days[0][e], e)):
            others = (day_of(tage[e]) if tage[e] != days[0][e] else "=" for tage in days[1:])
            yield _row(f"  {thema(e)}", (day_of(days[0][e]), *others))


def _row(label: str, cells: tuple[str, ...]) -> str:
    """Return a line of the table: what it is about, and a cell for each variant."""
    width = max(WIDTH - (COLUMN + 1) * len(cells), 24)
    text = "".join(" " * max(1, COLUMN + 1 - cell_len(cell)) + cell for cell in cells)
    return f"{fit(label, width)}{text}".rstrip()
