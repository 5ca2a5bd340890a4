"""``loads``: who bears how much in a planned year: evenings, weekdays, journeys."""

from __future__ import annotations

from datetime import time
from itertools import groupby
from typing import TYPE_CHECKING, Any

from gremienplan.cli.ausgabe import say, show, table, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import (
    clock,
    command,
    did_you_mean,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import (
    check_programme,
    find_project,
    load_project,
    plan_on_disk,
    plan_path,
    usual_year,
)
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.programm.wuensche import WAS
from gremienplan.texts import N_, WEEKDAYS, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gremienplan.auditing import Bilanz, Geteilt, Lasten
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt

NAMED = 3
"""So many are named who have the most; of more it is said how many they are."""


@command(
    "loads",
    help=N_(
        "Show who bears how much in a planned year: for each area and each Sitz the dates, the evenings, the busiest"
        " week, the days on each weekday and the journeys; then who has most of each. Where the programme wishes to"
        " share them fairly, it is said whether less was possible. With a Besetzung, one person who holds several"
        " Sitze is one; nobody is named."
    ),
    short_help=N_("Show who has how many evenings, weekdays and journeys."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The planned year."))
@option(
    "--rolle",
    "rollen",
    multiple=True,
    metavar="ROLLE",
    help=N_("Only the Sitze of this Rolle; may be repeated."),
)
@option("--alle", is_flag=True, help=N_("Also the Rollen that have neither evenings nor journeys."))
@option(
    "--ab", type=clock, metavar=N_("TIME"), default="18:00", help=N_("What ends later is an evening; 18:00.")
)
@programm_option
def loads(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    rollen: tuple[str, ...],
    alle: bool,
    ab: time,
    programm: str | None,
    as_json: bool,
) -> int:
    """Read the plan and count."""
    from gremienplan.auditing import loads as count

    folder = find_project(projekt, projekt_option)
    jahr = jahr or usual_year(folder)
    found = load_project(folder, programm, jahr)
    _check_rollen(found, rollen)
    path = plan_path(folder, jahr)
    plan = plan_on_disk(folder, jahr)
    if plan is None:
        missing = Text("This year has not been planned yet, so nothing has a date.")
        hint = Text("Plan it: {command}", command=f"gremienplan plan --jahr {jahr}")
        raise InputError([Problem(str(path), "", missing, hinweis=hint)])
    check_programme(found, plan, str(path))
    answer = count(found, plan, ab=ab)
    sitze = [
        one for one in answer.sitze if not rollen or any(_rolle(s) in rollen for s in (one.wer, *one.mit))
    ]
    if as_json:
        write_json("loads", **_json(plan, answer, sitze))
        return DONE
    _show(found, answer, sitze, every=alle or bool(rollen))
    return DONE


def _rolle(sitz: str) -> str:
    return sitz.partition("/")[0]


def _check_rollen(projekt: Projekt, rollen: Sequence[str]) -> None:
    known = projekt.stadt.rollen
    problems = [
        Problem("--rolle", "", Text("There is no Rolle with this id."), rolle, did_you_mean(rolle, known))
        for rolle in rollen
        if rolle not in known
    ]
    if problems:
        raise InputError(problems)


# --- for people ----------------------------------------------------------------------------------------------------


def _show(projekt: Projekt, answer: Lasten, sitze: Sequence[Bilanz], *, every: bool) -> None:
    """Write a table of the areas, and one for each Rolle with evenings or journeys."""
    stadt = projekt.stadt
    days = range(7) if any(sum(one.wochentage[5:]) for one in (*answer.gebiete, *sitze)) else range(5)
    areas = {g.key: g.name for f in reversed(stadt.fassungen) for g in f.gebiete}
    _table(Text("Areas"), [(areas[one.wer], one) for one in answer.gebiete], days, journeys=False)
    quiet = 0
    for _, held in groupby(sitze, key=lambda one: _rolle(one.wer)):
        rows = [(_name(projekt, one), one) for one in held]
        rolle = stadt.alle_sitze[rows[0][1].wer].rolle.name
        if every or any(one.abende or one.wege for _, one in rows):
            show()
            _table(rolle, rows, days, journeys=True)
        else:
            quiet += 1
    show()
    if quiet:
        show(
            words(
                Text("{anzahl} Rollen have neither evenings nor journeys: --alle shows them.", anzahl=quiet)
            )
        )
        show()
    for text in (*_most(projekt, answer), *map(_shared, answer.geteilt)):
        show(words(text))
    say(Text("An evening is a day on which something ends after {ab}.", ab=answer.ab))


def _name(projekt: Projekt, one: Bilanz) -> str:
    """Name a Sitz by its area, for the table names the Rolle, and what else its holder holds."""
    stadt = projekt.stadt
    more = tuple(stadt.sitz_name(stadt.alle_sitze[sitz]) for sitz in one.mit)
    area = stadt.alle_sitze[one.wer].gebiet.name
    return words(Text("{sitz} (and {mehr})", sitz=area, mehr=more)) if more else area


def _table(title: Text | str, rows: Sequence[tuple[str, Bilanz]], days: range, *, journeys: bool) -> None:
    heads = [
        title,
        Text("Dates"),
        Text("Evenings"),
        Text("Week"),
        *(words(WEEKDAYS[day])[:2] for day in days),
        *([Text("Journeys")] if journeys else []),
    ]
    cells = (
        (
            name,
            str(one.termine),
            str(one.abende),
            str(one.woche),
            *(str(one.wochentage[day]) for day in days),
            *([str(one.wege)] if journeys else []),
        )
        for name, one in rows
    )
    show(table(heads, cells, flexible=0))


def _most(projekt: Projekt, answer: Lasten) -> Iterator[Text]:
    """Say of each kind of load who has most of it."""
    for was in WAS:
        most, who = answer.hoechste(was)
        if not most:
            continue
        facts: dict[str, Any] = {"was": Text(WAS[was]), "wert": most}
        if len(who) > NAMED:
            yield Text("Most {was}: {wert}, for {anzahl} Sitze.", anzahl=len(who), **facts)
        else:
            names = tuple(projekt.stadt.sitz_name(projekt.stadt.alle_sitze[sitz]) for sitz in who)
            yield Text("Most {was}: {wert}, for: {wer}.", wer=names, **facts)


def _shared(one: Geteilt) -> Text:
    """Say what a wish makes of it, and whether less was possible."""
    facts: dict[str, Any] = {"wunsch": one.wunsch, "anzahl": len(one.unter), "wert": one.wert}
    said = Text("proven best") if one.bewiesen else Text("not proven")
    match one.schritt:
        case 0:
            return Text(
                "“{wunsch}”, among {anzahl}: {was}, at most {wert}; {bewiesen}.",
                was=Text(WAS[one.was]),
                bewiesen=said,
                **facts,
            )
        case 1:
            return Text("“{wunsch}”: {wert} have that many; {bewiesen}.", bewiesen=said, **facts)
        case _:
            return Text(
                "“{wunsch}”: {wert} have at most {weniger} fewer; {bewiesen}.",
                weniger=one.schritt - 1,
                bewiesen=said,
                **facts,
            )


# --- for programs --------------------------------------------------------------------------------------------------


def _json(plan: Plan, answer: Lasten, sitze: Sequence[Bilanz]) -> dict[str, Any]:
    most = {was: answer.hoechste(was) for was in WAS}
    return {
        "jahr": plan.jahr,
        "ab": f"{answer.ab:%H:%M}",
        "gebiete": [_row(one) for one in answer.gebiete],
        "sitze": [_row(one) | {"mit": list(one.mit), "wege": one.wege} for one in sitze],
        "hoechste": {was.value: {"wert": wert, "wer": list(who)} for was, (wert, who) in most.items()},
        "geteilt": [
            {
                "wunsch": one.wunsch,
                "was": one.was.value,
                "unter": list(one.unter),
                "stufe": one.stufe,
                "schritt": one.schritt,
                "wert": one.wert,
                "bewiesen": one.bewiesen,
            }
            for one in answer.geteilt
        ],
    }


def _row(one: Bilanz) -> dict[str, Any]:
    return {
        "wer": one.wer,
        "termine": one.termine,
        "abende": one.abende,
        "woche": one.woche,
        "wochentage": list(one.wochentage),
    }
