"""``prices``: what the order of the stages costs in a planned year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import asdict
from rich.padding import Padding

from gremienplan.cli.antworten import points, stage_name, stage_themes
from gremienplan.cli.ausgabe import say, show, write_json
from gremienplan.cli.codes import DONE, UNDECIDED
from gremienplan.cli.fortschritt import Abbruch
from gremienplan.cli.klick import command, option, programm_option, projekt_argument, projekt_option, year
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
from gremienplan.plan import VERLEGT
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gremienplan.plan import Plan
    from gremienplan.programm import Programm
    from gremienplan.solver import Preis


@command(
    "prices",
    help=N_(
        "Say what the order of the stages costs in a planned year: for each two stages how many points the later one"
        " could have, and how many the earlier one would then have. Takes about as long as planning."
    ),
    short_help=N_("Say what the order of the stages costs."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The planned year."))
@programm_option
def prices(
    projekt: str | None, projekt_option: str | None, jahr: int | None, programm: str | None, as_json: bool
) -> int:
    """Read the plan and ask."""
    from gremienplan import planning

    folder = find_project(projekt, projekt_option)
    jahr = jahr or usual_year(folder)
    found = load_project(folder, programm, jahr)
    plan = plan_on_disk(folder, jahr)
    path = str(plan_path(folder, jahr))
    if plan is None:
        missing = Text("This year has not been planned yet, so nothing has a date.")
        hint = Text("Plan it: {command}", command=f"gremienplan plan --jahr {jahr}")
        raise InputError([Problem(path, "", missing, hinweis=hint)])
    check_programme(found, plan, path)
    with Abbruch() as stop:
        answer = planning.prices(found, plan, stop=lambda: stop.endet(say))
        stop.pruefe()  # what was found until then is no answer: prices may be missing
    if as_json:
        write_json("prices", bewiesen=plan.bewiesen, preise=[asdict(preis) for preis in answer])
    else:
        _show(answer, plan, found.im_profil(plan.profil).programm)
    return DONE if plan.bewiesen else UNDECIDED


def _show(answer: Sequence[Preis], plan: Plan, programm: Programm) -> None:
    if not plan.bewiesen:
        say(Text("The plan is not proven best in every stage: what its order costs is not known."))
        return
    if not answer:
        show(
            words(
                Text("The order of the stages costs nothing: no stage would be better off without another.")
            )
        )
        return
    values = {stufe.stufe: stufe.wert for stufe in plan.stufen}
    named = None
    for preis in answer:
        if preis.spaeter != named:
            named = preis.spaeter
            show(stage_name(named, programm))
        could = _could(preis, values, programm)
        said = could if preis.exakt else Text("{satz} (at most; less may be possible)", satz=could)
        show(Padding(words(said), (0, 0, 0, 2)))


def _could(preis: Preis, values: Mapping[int, int], programm: Programm) -> Text:
    """Say what a stage could have, and for what: points of an earlier one, or dates that would be others."""
    facts: dict[str, Any] = {"punkte": points(preis.waere), "wert": values[preis.spaeter]}
    if preis.frueher == VERLEGT and preis.dafuer == 1:
        return Text("{punkte} in place of {wert}, if 1 more date were moved", **facts)
    if preis.frueher == VERLEGT:
        return Text(
            "{punkte} in place of {wert}, if {anzahl} more dates were moved", **facts, anzahl=preis.dafuer
        )
    return Text(
        "{punkte} in place of {wert}, if stage {frueher} ({themen}) had {dafuer} in place of {bisher}",
        **facts,
        frueher=preis.frueher,
        themen=stage_themes(preis.frueher, programm),
        dafuer=preis.dafuer,
        bisher=values[preis.frueher],
    )
