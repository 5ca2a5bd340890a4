"""``tasks``: what is to be done for the Sitzungen of a planned year, by when, by whom, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen
from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, short_passage
from gremienplan.cli.ausgabe import heading, say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.fristen import frist_json, show_frist
from gremienplan.cli.klick import (
    Misuse,
    command,
    day,
    moment,
    option,
    programm_option,
    projekt_argument,
    projekt_option,
    year,
)
from gremienplan.cli.projekte import find_project, load_project, plan_path, usual_year, years_on_disk
from gremienplan.cli.sitzwahl import choose_sitz
from gremienplan.cli.sprache import words
from gremienplan.cli.umplanung import known_plan
from gremienplan.errors import InputError, Problem
from gremienplan.fristen import Fristart
from gremienplan.orte import Ort, access
from gremienplan.programm import Aufgabe, Fristtermin
from gremienplan.stadt import Gremium
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.projekt import Projekt
    from gremienplan.stadt import Sitz


@command(
    "tasks",
    help=N_(
        "List what is due this week before and after the Sitzungen of all planned years: invitations to send, papers"
        " to hand in, dates to agree on, needs to report, and every other task; who answers for it, with whom or for"
        " whom, and the passage behind it. Other days: --week, --until, --von and --bis, --all."
    ),
    short_help=N_("List what is due this week, or until when you say."),
)
@projekt_argument
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("Only for the Sitzungen of this planned year."))
@option("--sitz", "sitz_word", metavar="SITZ", help=N_("Only what this Sitz answers for."))
@option("--week", "woche", type=day, metavar=N_("DATE"), help=N_("What is due in the week of this day."))
@option("--until", type=day, metavar=N_("DATE"), help=N_("What is due from today to this day."))
@option("--von", type=day, metavar=N_("DATE"), help=N_("Only what is due on this day or later."))
@option("--bis", type=day, metavar=N_("DATE"), help=N_("Only what is due on this day or earlier."))
@option("--all", "alle", is_flag=True, help=N_("Everything, whenever it is due."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The day on which it is asked; without it: today."),
)
@programm_option
def tasks(
    projekt: str | None,
    projekt_option: str | None,
    jahr: int | None,
    sitz_word: str | None,
    woche: date | None,
    until: date | None,
    von: date | None,
    bis: date | None,
    alle: bool,
    stand: datetime | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Read the plans and say what follows from their dates."""
    if sum((woche is not None, until is not None, (von or bis) is not None, alle)) > 1:
        possible = ("--week", "--until", "--von, --bis", "--all")
        raise Misuse("tasks", Text("Say one thing at a time."), Text("Possible: {names}", names=possible))
    folder = find_project(projekt, projekt_option)
    heute = (stand or datetime.now()).date()  # noqa: DTZ005  (the user's own day)
    if until is not None:
        von, bis = heute, until
    elif not (von or bis or alle):
        tag = woche or heute
        von = tag - timedelta(days=tag.weekday())
        bis = von + timedelta(days=6)
    found = [
        faellig
        for one in _years(folder, jahr, von, bis)
        for faellig in _of_year(folder, one, programm, sitz_word)
        if (von is None or von <= faellig.tag) and (bis is None or faellig.tag <= bis)
    ]
    found.sort(key=lambda faellig: faellig.tag)
    aufgaben = [f for f in found if isinstance(f.eintrag, Aufgabe)]
    fristen = [f for f in found if isinstance(f.eintrag, Fristtermin)]
    if as_json:
        days = {"von": von and von.isoformat(), "bis": bis and bis.isoformat()}
        both = {"aufgaben": [_json(f) for f in aufgaben], "fristen": [_json(f) for f in fristen]}
        write_json("tasks", **days, **both)
        return DONE
    for faellig in found:
        _show(faellig)
    if von and bis:
        say(Text("Due from {von} to {bis}:", von=von, bis=bis))
    anzahl = len(aufgaben)
    say(Text("1 task.") if anzahl == 1 else Text("{anzahl} tasks.", anzahl=anzahl))
    if fristen:
        anzahl = len(fristen)
        say(Text("1 deadline.") if anzahl == 1 else Text("{anzahl} deadlines.", anzahl=anzahl))
    return DONE


@frozen
class _Faellig:
    """What is due on a day, with all that is known of it."""

    projekt: Projekt
    plan: Plan
    eintrag: Aufgabe | Fristtermin
    fehlt: tuple[str, ...] = ()
    """Ids of the Sitze whose word is missing, where it is an agreement."""

    @property
    def tag(self) -> date:
        return self.eintrag.faellig if isinstance(self.eintrag, Aufgabe) else self.eintrag.letzter.tag

    @property
    def ort(self) -> Ort | None:
        """The Ort of the Sitzung, where it has one and it matters for what is due: who invites names it."""
        match self.eintrag:
            case Aufgabe(sitzung=sitzung) if self.eintrag.eintrag.einladung:
                ereignis = sitzung.id
            case Fristtermin() if self.eintrag.frist.art is not Fristart.VORLAGE:
                ereignis = self.eintrag.ereignis.id
            case _:
                return None
        return next(
            (self.projekt.stadt.alle_orte.get(lage.ort) for lage in self.plan.lagen.get(ereignis, ())), None
        )


def _years(folder: Path, jahr: int | None, von: date | None, bis: date | None) -> Iterable[int]:
    """Return the years whose Sitzungen may have something due then. Raises InputError where none is planned."""
    on_disk = years_on_disk(folder)
    if jahr or not on_disk:
        asked = jahr or usual_year(folder)
        if asked not in on_disk:
            missing = Text("This year has not been planned yet, so nothing has a date.")
            hint = Text("Plan it: {command}", command=f"gremienplan plan --jahr {asked}")
            raise InputError([Problem(str(plan_path(folder, asked)), "", missing, hinweis=hint)])
        return (asked,)
    return [
        one
        for one in on_disk
        if (von is None or von.year - 1 <= one) and (bis is None or one <= bis.year + 1)
    ]


def _of_year(folder: Path, jahr: int, programm: str | None, sitz_word: str | None) -> Iterator[_Faellig]:
    """Yield all that is due for the Sitzungen of a year, or what one Sitz of it answers for."""
    from gremienplan.abstimmung import fehlende
    from gremienplan.loading.abstimmung import ABSTIMMUNG, read_abstimmung
    from gremienplan.plan import as_planned

    plan = known_plan(folder, jahr)
    projekt = as_planned(load_project(folder, programm, jahr), plan)
    (ganz,) = projekt.stadt.gebiete_von("stadt")
    sitz = choose_sitz(projekt.stadt, sitz_word, ganz) if sitz_word else None
    record = read_abstimmung(plan_path(folder, jahr).with_name(ABSTIMMUNG))
    fehlt = {(f.sitzung, f.sitz) for f in fehlende(projekt, plan, record)}
    for aufgabe in projekt.aufgaben(jahr, {t.sitzung: t.beginn.date() for t in plan.termine}):
        if sitz is None or (aufgabe.zustaendig and aufgabe.zustaendig.id == sitz.id):
            wer = tuple(an.id for an in aufgabe.an if (aufgabe.sitzung.id, an.id) in fehlt)
            yield _Faellig(projekt, plan, aufgabe, wer if aufgabe.eintrag.abstimmung else ())
    for termin in projekt.fristen(jahr, {id: lagen[0].tag for id, lagen in plan.lagen.items()}):
        if sitz is None or sitz.id in [eines.id for eines in termin.zustaendig]:
            yield _Faellig(projekt, plan, termin)


def _show(faellig: _Faellig) -> None:
    if isinstance(faellig.eintrag, Aufgabe):
        _show_task(faellig.projekt, faellig.eintrag)
        if faellig.eintrag.eintrag.abstimmung:
            namen = tuple(
                faellig.projekt.stadt.sitz_name(faellig.projekt.stadt.alle_sitze[id]) for id in faellig.fehlt
            )
            missing = Text("Has not agreed yet: {sitze}", sitze=namen) if namen else Text("Agreed.")
            show(Padding(words(missing), (0, 0, 0, 4)))
    else:
        show_frist(faellig.projekt, faellig.eintrag)
    if faellig.ort is not None:
        place: tuple[Text | str, ...] = (faellig.ort.name, *access(faellig.ort))
        show(Padding(words(Text("Ort: {ort}", ort=place)), (0, 0, 0, 4)))


def _json(faellig: _Faellig) -> dict[str, Any]:
    ort = faellig.ort
    where = ort and {
        "id": ort.id,
        "name": ort.name,
        "stufenlos": ort.stufenlos,
        "hilfen": list(ort.hilfen),
    }
    if isinstance(faellig.eintrag, Aufgabe):
        task = _task_json(faellig.projekt, faellig.eintrag)
        return {"jahr": faellig.plan.jahr, **task, "fehlt": list(faellig.fehlt), "ort": where}
    return {"jahr": faellig.plan.jahr, **frist_json(faellig.projekt, faellig.eintrag), "ort": where}


def _show_task(projekt: Projekt, aufgabe: Aufgabe) -> None:
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


def _task_json(projekt: Projekt, aufgabe: Aufgabe) -> dict[str, Any]:
    frist, einladung = aufgabe.eintrag.vorher or aufgabe.eintrag.nachher, aufgabe.eintrag.einladung
    return {
        "aufgabe": aufgabe.id,
        "art": "einladung" if einladung else "abstimmung" if aufgabe.eintrag.abstimmung else "aufgabe",
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
