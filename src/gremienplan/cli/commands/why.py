"""``why``: why a Sitz is invited to a Sitzung, or not; why a Sitzung is on its date, or not on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve
from rich.padding import Padding

from gremienplan.cli.andere_lesarten import AndereLesart, other_readings, reading_json, reading_text
from gremienplan.cli.antworten import passage, short_passage
from gremienplan.cli.ausgabe import entries, show, write_json
from gremienplan.cli.beratungsgruende import explain_beratung
from gremienplan.cli.codes import DONE
from gremienplan.cli.gruende import (
    als_name,
    anlass_names,
    atom_names,
    atom_word,
    derivation_json,
    is_whole_city,
    lacks,
    limits,
    limits_json,
    nearest_json,
    sitz_or_rolle,
)
from gremienplan.cli.klick import (
    Misuse,
    clock,
    command,
    day,
    effort_option,
    moment,
    option,
    programm_option,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import find_project_or_city, load_project, meeting_day, usual_year
from gremienplan.cli.sitzungswahl import choose_beratung, choose_sitzung, means_beratung
from gremienplan.cli.sitzwahl import choose_sitz
from gremienplan.cli.sprache import words
from gremienplan.cli.terminfrage import ask_about, asked_for, explain_not, explain_there
from gremienplan.rules import Beinahe, Derivation, Invitation, NotInvited, why as reasons
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.planning import EffortName
    from gremienplan.programm import Sitzung
    from gremienplan.projekt import Projekt


@command(
    "why",
    help=N_(
        "Say why a Sitz is invited to SITZUNG: by which rule and passage, through which places, for which topic;"
        " and where it is not, which rules come nearest and what they lack."
        " Of an item (Beratung) it says who presents it, and why."
        " Sitzung and Sitz are named by their ids, unique beginnings of both parts, or names."
        " Without --sitz: say why SITZUNG is on its planned date, or with --not-on why not on another: what forbids"
        " that day (or that TIME of it), or what it would cost, and what else would move."
    ),
    short_help=N_("Say why somebody is invited, or a date is as it is, or not."),
)
@click.argument("word", metavar="SITZUNG")
@click.argument("um", metavar="[TIME]", required=False, type=clock)
@option(
    "--sitz",
    "sitz_word",
    metavar="SITZ",
    help=N_(
        "Whose invitation: a Rolle and its place. The place may be left out where only one can be meant."
    ),
)
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year the Sitzung belongs to."))
@option(
    "--am",
    type=day,
    metavar=N_("DATE"),
    help=N_("The day of the Sitzung, for rules change; without it the planned one."),
)
@option(
    "--not-on",
    type=moment,
    metavar=N_("DATE"),
    help=N_(
        "Another day for SITZUNG, perhaps with a TIME: 2027-05-12, 12.05.2027, --not-on 12.05.2027 17:00."
    ),
)
@programm_option
@effort_option
def why(
    word: str,
    um: time | None,
    sitz_word: str | None,
    projekt_option: str | None,
    jahr: int | None,
    am: date | None,
    not_on: datetime | None,
    programm: str | None,
    effort: EffortName,
    as_json: bool,
) -> int:
    """Explain one invitation or one date, or that there is none."""
    if um is not None and not_on is None:
        raise Misuse(f"{um:%H:%M}", Text("This argument is one too many."))
    if sitz_word is None:
        if am is not None:
            raise Misuse("--am", Text("It goes with --sitz; another date for the Sitzung: --not-on."))
        frage = ask_about(word, projekt_option, jahr, programm)
        if not_on is None:
            return explain_there(frage, effort, as_json=as_json)
        return explain_not(frage, *asked_for(not_on, um), effort, as_json=as_json)
    if not_on is not None:
        raise Misuse("--not-on", Text("It asks about a date, and --sitz about an invitation: one at a time."))
    folder = find_project_or_city(None, projekt_option)
    jahr = jahr or usual_year(folder)
    projekt = load_project(folder, programm, jahr)
    sitzungen, beratungen = projekt.sitzungen(jahr), projekt.beratungen(jahr)
    if means_beratung(sitzungen, beratungen, word):
        beratung = choose_beratung(projekt.stadt, beratungen, word)
        sitz = choose_sitz(projekt.stadt, sitz_word, beratung.gebiet)
        explain_beratung(projekt, beratung, sitz, folder, am, as_json=as_json)
        return DONE
    sitzung = choose_sitzung(projekt.stadt, sitzungen, word, beratungen)
    tag, woher = meeting_day(sitzung, am, folder)
    sitz = choose_sitz(projekt.stadt, sitz_word, sitzung.gebiet)
    answer = reasons(projekt.stadt, projekt.regeln, sitzung, sitz, tag, grenzen=projekt.grenzen)
    others = list(other_readings(folder, programm, projekt, sitzung, tag, answer))
    projekt = evolve(projekt, stadt=projekt.stadt.am(tag))
    if as_json:
        lesarten = [reading_json(andere) for andere in others]
        write_json("why", **_json(projekt, sitzung, tag, answer), lesarten=lesarten)
        return DONE
    show(f"{sitzung.name} [{sitzung.id}]")
    show(words(Text("Day: {tag} ({woher})", tag=tag, woher=woher)))
    show(words(Text("Sitz: {sitz}", sitz=f"{projekt.stadt.sitz_name(sitz)} [{sitz.id}]")))
    match answer:
        case Invitation():
            als = tuple(als_name(als) for als in answer.als)
            show(words(Text("Invited: yes, as {als}", als=als)))
            _show_entries(_grund(projekt, grund) for grund in answer.gruende)
        case NotInvited():
            show(words(Text("Invited: no")))
            _show_not(projekt, sitzung, answer)
    _show_readings(others, eingeladen=isinstance(answer, Invitation))
    return DONE


def _show_entries(found: Iterator[tuple[Text, ...]]) -> None:
    """Write numbered entries: a first line, and what belongs to it below."""
    for number, (first, *rest) in enumerate(found, start=1):
        show()
        show(entries([(f"{number}.", words(first))]))
        for text in rest:
            show(Padding(words(text), (0, 0, 0, len(str(number)) + 2)))


def _grund(projekt: Projekt, grund: Derivation) -> tuple[Text, ...]:
    als, anlass = als_name(grund.als), anlass_names(projekt, grund.anlass)
    first = Text("As {als}, by rule {regel}", als=als, regel=grund.regel)
    if anlass:
        first = Text("As {als} for “{anlass}”, by rule {regel}", als=als, regel=grund.regel, anlass=anlass)
    if not grund.ueber:
        through = Text("The rule names this Sitz itself.")
    elif is_whole_city(projekt, grund.ueber):
        through = Text("Through the whole city.")
    else:
        through = Text(
            "Through {atom}: {atome}", atom=atom_word(projekt), atome=atom_names(projekt, grund.ueber)
        )
    found = (first, passage(grund.grundlage, projekt.katalog), through)
    if not grund.insbesondere:
        return found
    word = short_passage(grund.insbesondere, projekt.katalog)
    return *found, Text("in particular those who live here: {fundstelle}", fundstelle=word)


def _show_not(projekt: Projekt, sitzung: Sitzung, answer: NotInvited) -> None:
    for text, grundlage in limits(answer):
        show(words(text))
        show(Padding(words(passage(grundlage, projekt.katalog)), (0, 0, 0, 3)))
    if not answer.naechste:
        named = tuple(sitz_or_rolle(projekt, eintrag) for eintrag in answer.genannt)
        show()
        show(
            words(Text("No rule about this Gremium names the Rolle “{rolle}”.", rolle=answer.sitz.rolle.name))
        )
        show(words(Text("Its rules name:") if named else Text("Its rules name nobody.")))
        show(entries(("-", name) for name in named))
        return
    show(words(Text("The nearest rules, and what they lack:")))
    _show_entries(_naechste(projekt, sitzung, beinahe) for beinahe in answer.naechste)


def _naechste(projekt: Projekt, sitzung: Sitzung, beinahe: Beinahe) -> tuple[Text, ...]:
    regel = beinahe.regel
    return (
        Text("As {als}, by rule {regel}", als=als_name(regel.als), regel=regel.id),
        passage(regel.grundlage, projekt.katalog),
        *(lacks(projekt, sitzung, hindernis) for hindernis in beinahe.fehlt),
    )


def _show_readings(others: Sequence[AndereLesart], *, eingeladen: bool) -> None:
    if others:
        show()
        show(words(Text("Open questions, and what another reading would do:")))
    for auslegung, found in groupby(others, key=lambda andere: andere.auslegung):
        show(f"{auslegung.id}: {auslegung.frage}")
        for andere in found:
            show(Padding(words(reading_text(andere, eingeladen)), (0, 0, 0, 3)))


def _json(projekt: Projekt, sitzung: Sitzung, tag: date, answer: Invitation | NotInvited) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sitzung": sitzung.id,
        "name": sitzung.name,
        "tag": tag.isoformat(),
        "sitz": answer.sitz.id,
        "sitz_name": projekt.stadt.sitz_name(answer.sitz),
        "eingeladen": isinstance(answer, Invitation),
    }
    match answer:
        case Invitation():
            found["als"] = [als.value for als in answer.als]
            found["gruende"] = [derivation_json(grund, projekt.katalog) for grund in answer.gruende]
        case NotInvited():
            found["naechste"] = [nearest_json(projekt, sitzung, beinahe) for beinahe in answer.naechste]
            found["genannt"] = list(answer.genannt)
            found |= limits_json(answer, projekt.katalog)
    return found
