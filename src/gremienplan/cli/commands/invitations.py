"""``invitations``: who is invited to a Sitzung, as what, by which rule, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage
from gremienplan.cli.ausgabe import heading, say, show, table, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.gruende import als_name, derivation_json
from gremienplan.cli.klick import command, day, option, programm_option, projekt_option, year
from gremienplan.cli.personen import show_personen
from gremienplan.cli.projekte import (
    find_project_or_city,
    load_project,
    meeting_day,
    plan_on_disk,
    usual_year,
)
from gremienplan.cli.sitzungswahl import choose_sitzung
from gremienplan.cli.sprache import language, words
from gremienplan.programm import tagesordnung
from gremienplan.rules import (
    Derivation,
    Invitation,
    gastgeber,
    geschaeftsfuehrung,
    invitations as invited,
)
from gremienplan.texts import N_, Text, render_value

if TYPE_CHECKING:
    from gremienplan.programm import Sitzung
    from gremienplan.projekt import Projekt
    from gremienplan.stadt import Sitz


@command(
    "invitations",
    help=N_(
        "Say who is invited to SITZUNG, as what, by which rule and passage, and who invites."
        " SITZUNG is an id; unique beginnings of its two parts and other names of the place do as well."
        " Without it, all Sitzungen are listed with their ids."
    ),
    short_help=N_("Say who is invited to a Sitzung, and why."),
)
@click.argument("word", required=False, metavar="[SITZUNG]")
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year the Sitzung belongs to."))
@option(
    "--am",
    type=day,
    metavar=N_("DATE"),
    help=N_("The day of the Sitzung, for rules change; without it the planned one."),
)
@programm_option
@option(
    "--personen",
    is_flag=True,
    help=N_("List persons instead of Sitze, each once; for the planner, who has a besetzung.csv."),
)
def invitations(
    word: str | None,
    projekt_option: str | None,
    jahr: int | None,
    am: date | None,
    programm: str | None,
    personen: bool,
    as_json: bool,
) -> int:
    """List the Sitzungen, or explain one."""
    folder = find_project_or_city(None, projekt_option)
    jahr = jahr or usual_year(folder)
    projekt = load_project(folder, programm, jahr)
    sitzungen = projekt.sitzungen(jahr)
    if word is None:
        plan = plan_on_disk(folder, jahr)
        _list(sitzungen, {t.sitzung: t.beginn for t in plan.termine} if plan else {}, jahr, as_json)
        return DONE
    sitzung = choose_sitzung(projekt.stadt, sitzungen, word)
    tag, woher = meeting_day(sitzung, am, folder)
    found = invited(projekt.stadt, projekt.regeln, sitzung, tag)
    if personen:
        show_personen(projekt, sitzung, tag, woher, found, as_json=as_json)
    elif as_json:
        write_json("invitations", **_json(projekt, sitzung, tag, found))
    else:
        _show(projekt, sitzung, tag, woher, found)
    return DONE


def _list(sitzungen: Sequence[Sitzung], beginn: Mapping[str, datetime], jahr: int, as_json: bool) -> None:
    if as_json:
        listed = [
            {
                "id": s.id,
                "name": s.name,
                "gremium": s.gremium.id,
                "beginn": beginn[s.id].isoformat(timespec="minutes") if s.id in beginn else None,
            }
            for s in sitzungen
        ]
        write_json("sitzungen", jahr=jahr, sitzungen=listed)
        return
    if beginn:
        headings = (Text("Sitzung"), Text("Planned"), Text("Name"))
        rows = [
            (s.id, render_value(beginn[s.id].date(), language()) if s.id in beginn else "–", s.name)
            for s in sitzungen
        ]
        show(table(headings, rows))
    else:
        show(table((Text("Sitzung"), Text("Name")), ((s.id, s.name) for s in sitzungen)))
    anzahl, in_jahr = len(sitzungen), str(jahr)
    alle = Text("{anzahl} Sitzungen in {jahr}.", anzahl=anzahl, jahr=in_jahr)
    say(Text("1 Sitzung in {jahr}.", jahr=in_jahr) if anzahl == 1 else alle)


def _show(projekt: Projekt, sitzung: Sitzung, tag: date, woher: Text, found: Sequence[Invitation]) -> None:
    stadt, regeln = projekt.stadt, projekt.regeln
    heading(f"{sitzung.name} [{sitzung.id}]")
    show(words(Text("Day: {tag} ({woher})", tag=tag, woher=woher)))
    hosts = gastgeber(stadt, regeln, sitzung.gremium, tag)
    managing = geschaeftsfuehrung(stadt, regeln, sitzung.gremium, tag)
    show(words(Text("Invites: {sitze}", sitze=_names(projekt, hosts))))
    show(words(Text("Managing office: {sitze}", sitze=_names(projekt, managing))))
    for punkt in tagesordnung(stadt, regeln, projekt.programm, sitzung, tag):
        sitze = _names(projekt, punkt.vortrag)
        show(words(Text("On the agenda: {punkt} ({sitze})", punkt=punkt.eintrag.name, sitze=sitze)))
    for invitation in found:
        show()
        show(stadt.sitz_name(invitation.sitz))
        for grund in invitation.gruende:
            show(Padding(words(_reason(projekt, grund)), (0, 0, 0, 4)))
            if grund.insbesondere:
                fundstelle = short_passage(grund.insbesondere, projekt.katalog)
                mark = Text("in particular those who live here: {fundstelle}", fundstelle=fundstelle)
                show(Padding(words(mark), (0, 0, 0, 8)))
    say(Text("{anzahl} invited.", anzahl=len(found)))


def _names(projekt: Projekt, sitze: Iterable[Sitz]) -> Text | tuple[str, ...]:
    names = tuple(projekt.stadt.sitz_name(sitz) for sitz in sitze)
    return names or Text("nobody has said who")


def _reason(projekt: Projekt, grund: Derivation) -> Text:
    anlaesse = projekt.programm.anlaesse
    anlass = tuple(anlaesse[a].name if a in anlaesse else a for a in grund.anlass)
    facts: dict[str, Any] = {
        "als": als_name(grund.als),
        "regel": grund.regel,
        "fundstelle": short_passage(grund.grundlage, projekt.katalog),
    }
    if anlass:
        return Text("{als}, for “{anlass}”, rule {regel}: {fundstelle}", **facts, anlass=anlass)
    return Text("{als}, rule {regel}: {fundstelle}", **facts)


def _json(projekt: Projekt, sitzung: Sitzung, tag: date, found: Sequence[Invitation]) -> dict[str, Any]:
    stadt, regeln = projekt.stadt, projekt.regeln
    return {
        "sitzung": sitzung.id,
        "name": sitzung.name,
        "tag": tag.isoformat(),
        "gastgeber": [sitz.id for sitz in gastgeber(stadt, regeln, sitzung.gremium, tag)],
        "geschaeftsfuehrung": [sitz.id for sitz in geschaeftsfuehrung(stadt, regeln, sitzung.gremium, tag)],
        "tagesordnung": [
            {
                "punkt": punkt.eintrag.id,
                "name": punkt.eintrag.name,
                "vortrag": [sitz.id for sitz in punkt.vortrag],
                "grundlage": grundlage_json(punkt.eintrag.grundlage, projekt.katalog),
            }
            for punkt in tagesordnung(stadt, regeln, projekt.programm, sitzung, tag)
        ],
        "invitations": [
            {
                "sitz": invitation.sitz.id,
                "name": stadt.sitz_name(invitation.sitz),
                "als": [als.value for als in invitation.als],
                "gruende": [derivation_json(grund, projekt.katalog) for grund in invitation.gruende],
            }
            for invitation in found
        ],
    }
