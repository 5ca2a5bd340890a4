"""``check``: everything that is wrong with city, rules, project and council calendar, at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gremienplan.cli.abdeckung import unknown
from gremienplan.cli.antworten import number_of_problems, problem_json, show_problems
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import BAD_INPUT, DONE
from gremienplan.cli.fundstellen import compare_with_sources
from gremienplan.cli.kalenderbericht import SAETZE, names
from gremienplan.cli.klick import (
    command,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import find_project_or_city, is_project, usual_year
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt
    from gremienplan.ratskalender import Hinweis

UNMATCHED = "unbekanntes-gremium"
GENAU = {"kein-gremium", "uhrzeit-springt", "neuer-tag-fehlt", "gemeinsam", "name-vom-gremium"}
"""Kinds of remarks of which each sentence says more than the name."""


@command(
    "check",
    help=N_("Check a project: its city with rules and programme, and the council calendar; or a city alone."),
    short_help=N_("Check everything a project is made of."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year to be planned."))
@programm_option
@option(
    "--quellen",
    type=click.Path(path_type=Path),
    metavar=N_("DIR"),
    help=N_("Instead: compare the passages of the catalogue with the texts of the sources in this folder."),
)
def check(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    programm: str | None,
    quellen: Path | None,
    as_json: bool,
) -> int:
    """Read everything and say what is wrong, what was guessed, and what there is."""
    from gremienplan.coverage import problems
    from gremienplan.loading import inspect
    from gremienplan.loading.deckung import read_deckung
    from gremienplan.loading.gegenprobe import check_lesarten

    folder = find_project_or_city(projekt, projekt_option)
    try:
        found, warnings = inspect(folder, programm=programm, jahr=jahr)
        deckung = read_deckung(folder)
        if not deckung.fehlt and (wrong := problems(found.katalog, deckung)):
            raise InputError(wrong)
        if quellen is None and (wrong := check_lesarten(folder, found.katalog, programm=programm)):
            raise InputError(wrong)
    except InputError as error:
        _say_problems(error.problems, as_json)
        return BAD_INPUT
    if quellen is not None:
        return compare_with_sources(found.katalog, deckung, quellen, as_json)
    planned = jahr or usual_year(folder)
    if is_project(folder):  # a city alone has no year
        warnings = (*warnings, *unknown(found, planned))
    facts = {
        "jahr": planned,
        "sitzungen": len(found.sitzungen(planned)),
        "beratungen": len(found.beratungen(planned)),
        "ratssitzungen": len({sitzung.zusammen for sitzung in found.ratskalender.sitzungen}),
    }
    hinweise = found.ratskalender.hinweise
    if as_json:
        write_json(
            "checked",
            **facts,
            stadt=found.stadt.id,
            programm=found.programm.id,
            warnings=[words(text) for text in warnings],
            ratskalender=[_hinweis_json(hinweis) for hinweis in hinweise],
        )
        return DONE
    _say_warnings(warnings, hinweise)
    _say_summary(found, facts)
    return DONE


def _say_problems(problems: Sequence[Problem], as_json: bool) -> None:
    if as_json:
        write_json("problems", problems=[problem_json(problem) for problem in problems])
        return
    show_problems(problems, stderr=False)
    say(number_of_problems(len(problems)))


def _say_warnings(warnings: Sequence[Text], hinweise: Sequence[Hinweis]) -> None:
    if warnings:
        heading(Text("Worth a look:"))
        show(entries(("-", words(text)) for text in warnings))
        show()
    unmatched = _names([hinweis for hinweis in hinweise if hinweis.art == UNMATCHED])
    if unmatched:
        heading(Text("Bodies of the council calendar that no pattern of the city folder knows:"))
        show(entries((f"{anzahl}×", name) for name, anzahl in unmatched.items()))
        show()
    arten = dict.fromkeys(hinweis.art for hinweis in hinweise if hinweis.art != UNMATCHED)
    if arten:
        heading(Text("How the council calendar was read:"))
        show(entries(("-", _reading(art, [h for h in hinweise if h.art == art])) for art in arten))
        show()


def _names(hinweise: Iterable[Hinweis]) -> dict[str, int]:
    """Return each name once, with the number of its entries in all sources."""
    names: dict[str, int] = {}
    for hinweis in hinweise:
        names[hinweis.name] = names.get(hinweis.name, 0) + hinweis.anzahl
    return names


def _reading(art: str, hinweise: Sequence[Hinweis]) -> str:
    """Say what was made of all entries of one kind: one sentence and their names."""
    if art in GENAU:
        return " · ".join(words(hinweis.meldung) for hinweis in hinweise)
    return f"{words(SAETZE[art])} {names(_names(hinweise).items())}"


def _say_summary(found: Projekt, facts: dict[str, int]) -> None:
    show(
        words(
            Text(
                "{stadt}, {jahr}: {sitzungen} Sitzungen and {beratungen} Beratungen to place,"
                " {ratssitzungen} council sittings read.",
                stadt=found.stadt.name,
                **{name: str(value) for name, value in facts.items()},
            )
        )
    )
    say(Text("No problems."))


def _hinweis_json(hinweis: Hinweis) -> dict[str, object]:
    return {
        "quelle": hinweis.quelle,
        "art": hinweis.art,
        "name": hinweis.name,
        "anzahl": hinweis.anzahl,
        "meldung": words(hinweis.meldung),
    }
