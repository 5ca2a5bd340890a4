"""``tasks``: what is to be done for the Sitzungen of a planned year, by when, by whom, and on whose word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage
from gremienplan.cli.ausgabe import heading, say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.fristen import frist_json, show_frist
from gremienplan.cli.klick import (
    command,
    day,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import find_project, load_project, plan_on_disk, plan_path, usual_year
from gremienplan.cli.sitzwahl import choose_sitz
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.programm import Aufgabe, Fristtermin
from gremienplan.stadt import Gremium
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt
    from gremienplan.stadt import Sitz


@command(
    "tasks",
    help=N_(
        "List what is to be done before and after the Sitzungen of a planned year, in the order of the days it is"
        " due: what, which office answers for it, with whom or for whom, and the passage behind it. The last days for"
        " invitations and papers are among them, and how each is counted."
    ),
    short_help=N_("List what is to be done for the Sitzungen, and by when."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The planned year."))
@option("--sitz", "sitz_word", metavar="SITZ", help=N_("Only what this Sitz answers for."))
@option("--von", type=day, metavar=N_("DATE"), help=N_("Only what is due on this day or later."))
@option("--bis", type=day, metavar=N_("DATE"), help=N_("Only what is due on this day or earlier."))
@programm_option
def tasks(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    sitz_word: str | None,
    von: date | None,
    bis: date | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Read the plan and say what follows from its dates."""
    folder = find_project(projekt, projekt_option)
    jahr = jahr or usual_year(folder)
    found = load_project(folder, programm, jahr)
    plan = plan_on_disk(folder, jahr)
    if plan is None:
        missing = Text("This year has not been planned yet, so nothing has a date.")
        hint = Text("Plan it: {command}", command="gremienplan plan")
        raise InputError([Problem(str(plan_path(folder, jahr)), "", missing, hinweis=hint)])
    (ganz,) = found.stadt.gebiete_von("stadt")
    sitz = choose_sitz(found.stadt, sitz_word, ganz) if sitz_word else None
    aufgaben = [
        aufgabe
        for aufgabe in found.aufgaben(jahr, {t.sitzung: t.beginn.date() for t in plan.termine})
        if (von is None or von <= aufgabe.faellig) and (bis is None or aufgabe.faellig <= bis)
        if sitz is None or (aufgabe.zustaendig and aufgabe.zustaendig.id == sitz.id)
    ]
    fristen = [
        termin
        for termin in found.fristen(jahr, {id: lagen[0].tag for id, lagen in plan.lagen.items()})
        if (von is None or von <= termin.letzter.tag) and (bis is None or termin.letzter.tag <= bis)
        if sitz is None or sitz.id in [eines.id for eines in termin.zustaendig]
    ]
    if as_json:
        both = {
            "aufgaben": [_json(found, aufgabe) for aufgabe in aufgaben],
            "fristen": [frist_json(found, termin) for termin in fristen],
        }
        write_json("tasks", jahr=jahr, **both)
        return DONE
    alle: list[Aufgabe | Fristtermin] = [*aufgaben, *fristen]
    for eintrag in sorted(alle, key=_due):
        if isinstance(eintrag, Aufgabe):
            _show(found, eintrag)
        else:
            show_frist(found, eintrag)
    say(Text("{anzahl} tasks.", anzahl=len(aufgaben)))
    if fristen:
        say(Text("{anzahl} deadlines.", anzahl=len(fristen)))
    return DONE


def _due(eintrag: Aufgabe | Fristtermin) -> date:
    return eintrag.faellig if isinstance(eintrag, Aufgabe) else eintrag.letzter.tag


def _show(projekt: Projekt, aufgabe: Aufgabe) -> None:
    wer = aufgabe.zustaendig
    heading(words(Text("Due {tag}: {name}", tag=aufgabe.faellig, name=aufgabe.eintrag.name)))
    zeilen = [
        Text("By: {sitz}", sitz=projekt.stadt.sitz_name(wer) if wer else Text("nobody has said who")),
        Text("For: {sitzung}, {tag}", sitzung=aufgabe.sitzung.name, tag=aufgabe.tag),
    ]
    an = (
        *(_name(projekt, eines) for eines in aufgabe.an),
        *(eintrag for liste in aufgabe.verteiler for eintrag in liste.eintraege),
    )
    if an:
        zeilen.insert(1, Text("With, or to: {an}", an=an))
    wort = short_passage(aufgabe.eintrag.grundlage, projekt.katalog)
    for zeile in (*zeilen, Text("Basis: {fundstelle}", fundstelle=wort)):
        show(Padding(words(zeile), (0, 0, 0, 4)))


def _name(projekt: Projekt, eines: Sitz | Gremium) -> str:
    stadt = projekt.stadt
    return stadt.gremium_name(eines) if isinstance(eines, Gremium) else stadt.sitz_name(eines)


def _json(projekt: Projekt, aufgabe: Aufgabe) -> dict[str, Any]:
    frist = aufgabe.eintrag.vorher or aufgabe.eintrag.nachher
    return {
        "aufgabe": aufgabe.id,
        "name": aufgabe.eintrag.name,
        "faellig": aufgabe.faellig.isoformat(),
        "sitzung": aufgabe.sitzung.id,
        "tag": aufgabe.tag.isoformat(),
        "zustaendig": aufgabe.zustaendig.id if aufgabe.zustaendig else None,
        "an": [eines.id for eines in aufgabe.an],
        "verteiler": {liste.name: list(liste.eintraege) for liste in aufgabe.verteiler},
        "grundlage": grundlage_json(aufgabe.eintrag.grundlage, projekt.katalog),
        "frist": grundlage_json(frist.grundlage, projekt.katalog) if frist else None,
    }
