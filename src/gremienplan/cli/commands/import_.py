"""``import``: read council calendars from their sources and keep them in the project."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click
from attrs import evolve

from gremienplan.cli.antworten import problem_json, report_problems, show_problems
from gremienplan.cli.ausgabe import say, write_json
from gremienplan.cli.codes import BAD_INPUT, DONE, TOUCHED
from gremienplan.cli.einfuhransicht import Gelesen, eintraege, gelesen_json, grund, show_gelesen, stelle
from gremienplan.cli.kalenderbericht import bericht_json, guesses, show_bericht
from gremienplan.cli.klick import command, moment, option, projekt_option
from gremienplan.cli.sprache import words
from gremienplan.cli.wachansicht import Gewacht, show_watch, touches, watch_json, watch_plans
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.loading.einlesen import Auftrag, Einlesen
    from gremienplan.ratskalender import Einfuhr, Fortschreibung


@command(
    "import",
    help=N_(
        "Read council calendars into the project: SOURCE is a file (.ics, .csv, .xlsx), a folder, an address or the"
        " name of a [[quelle]] of the project; without it, all of these are read. A source that fails leaves its"
        " last copy as it was."
    ),
    short_help=N_("Read council calendars into the project."),
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@projekt_option
@option("--name", metavar=N_("NAME"), help=N_("What the one SOURCE is called in the project."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("When the source was read, local time: what lies before may be missing in it; without it: now."),
)
@option(
    "--nur-geaendertes",
    is_flag=True,
    help=N_(
        "Ask an OParl server only for what changed since it was last read; then nothing is seen to vanish."
    ),
)
@option(
    "--strict", is_flag=True, help=N_("Refuse a source of which something was lost or had to be guessed.")
)
@option("--details", is_flag=True, help=N_("Show every name, day, change and loss in the report."))
def import_(
    sources: tuple[str, ...],
    projekt_option: str | None,
    name: str | None,
    stand: datetime | None,
    nur_geaendertes: bool,
    strict: bool,
    details: bool,
    as_json: bool,
) -> int:
    """Read every source, keep what it says, and tell what that changes."""
    from gremienplan.cli.projekte import find_project
    from gremienplan.loading.einlesen import read_einlesen
    from gremienplan.publishing.dateien import lock

    folder = find_project(None, projekt_option)
    projekt = read_einlesen(folder)
    auftraege = projekt.auftraege(sources, name)
    zone = ZoneInfo(projekt.stadt.zeitzone)
    now = stand or datetime.now(zone).replace(tzinfo=None, microsecond=0)
    with lock(folder):
        gelesen = [
            _import(auftrag, projekt, now, strict=strict, teil=nur_geaendertes) for auftrag in auftraege
        ]
    return _tell(gelesen, folder, now, as_json, details=details)


def _import(auftrag: Auftrag, projekt: Einlesen, stand: datetime, *, strict: bool, teil: bool) -> Gelesen:
    """Read one source and keep what it says; a failure leaves everything as it was."""
    from gremienplan.loading.einfuhr import Umstand, read_einfuhr, read_stored
    from gremienplan.publishing.einfuhr import store
    from gremienplan.ratskalender import fortschreiben

    name, datei = auftrag.quelle.name, _relative(auftrag.ziel, projekt.ordner)
    bis_jahr = max(stand.year + 2, *(jahr + 1 for jahr in projekt.jahre), 0)
    umstand = Umstand(auftrag.ordner, projekt.stadt.zeitzone, stand, bis_jahr)
    letzte: Einfuhr | None = None
    try:
        letzte = read_stored(auftrag.ziel)
        seit = letzte.gelesen if letzte and teil and not letzte.luecken else None
        frisch = read_einfuhr(auftrag.quelle, evolve(umstand, seit=seit))
        problems = [] if seit else _leer(frisch, letzte, stand)
        if problems:
            raise InputError(problems)
        neu = fortschreiben(letzte, frisch, stand)
        if strict and (problems := _nicht_sicher(neu, projekt)):
            raise InputError(problems)
        store(neu.einfuhr, auftrag.ziel)
    except InputError as error:
        bleibt = len(letzte.eintraege) if letzte else None
        return Gelesen(name, datei, None, not auftrag.ziel.exists(), error.problems, bleibt)
    return Gelesen(name, datei, neu, letzte is None)


def _relative(pfad: Path, ordner: Path) -> str:
    return pfad.resolve().relative_to(ordner.resolve()).as_posix()


def _tell(gelesen: list[Gelesen], folder: Path, stand: datetime, as_json: bool, *, details: bool) -> int:
    """Say how it went, what the calendar holds now and what that does to the plans; return the exit code."""
    from gremienplan.loading import load
    from gremienplan.ratskalender import Ratskalender, bericht

    failed = [eines for eines in gelesen if eines.fortschreibung is None]
    problems: tuple[Problem, ...] = ()
    kalender, namen = None, {}
    gewacht: list[Gewacht] = []
    if len(failed) < len(gelesen):
        try:
            projekt = load(folder)
            kalender = projekt.ratskalender
            namen = {g.id: projekt.stadt.gremium_name(g) for g in projekt.stadt.alle_gremien.values()}
            gewacht = watch_plans(folder, stand)
        except InputError as error:
            problems = error.problems
    gemacht = bericht(
        [e.fortschreibung.einfuhr for e in gelesen if e.fortschreibung], kalender or Ratskalender(), namen
    )
    if as_json:
        report = bericht_json(gemacht, kalender) if kalender else None
        quellen = [gelesen_json(eines) for eines in gelesen]
        write_json(
            "import",
            quellen=quellen,
            bericht=report,
            plaene=watch_json(gewacht),
            problems=list(map(problem_json, problems)),
        )
    else:
        for eines in gelesen:
            show_gelesen(eines, details=details)
            _say_failed(eines)
        if kalender:
            show_bericht(gemacht, kalender, details=details)
        show_watch(gewacht)
    if problems and not as_json:
        say(Text("The sources were read, but the project cannot be used:"))
        report_problems(problems, as_json)
    if failed or problems:
        return BAD_INPUT
    return TOUCHED if touches(gewacht) else DONE


def _say_failed(gelesen: Gelesen) -> None:
    """Say why a source could not be read, and what holds instead."""
    if gelesen.fortschreibung is not None:
        return
    show_problems(gelesen.problems)
    if gelesen.bleibt is None and not gelesen.erste:
        say(
            Text(
                "{name}: not imported; its last copy cannot be read: {datei}",
                name=gelesen.name,
                datei=gelesen.datei,
            )
        )
    elif gelesen.bleibt is None:
        say(Text("{name}: not imported; there is no earlier copy.", name=gelesen.name))
    else:
        say(
            Text(
                "{name}: not imported; the last copy stays ({eintraege}): {datei}",
                name=gelesen.name,
                eintraege=eintraege(gelesen.bleibt),
                datei=gelesen.datei,
            )
        )


def _leer(frisch: Einfuhr, letzte: Einfuhr | None, stand: datetime) -> list[Problem]:
    """Return problems if nothing could be read, or a source that had sittings to come suddenly says nothing."""
    if frisch.alles_verloren:
        return _verlorenes(frisch)
    heute = stand.date().isoformat()
    kommend = [e for e in letzte.eintraege if e.beginn.isoformat() >= heute] if letzte else []
    if frisch.eintraege or not kommend:
        return []
    meldung = Text("The source has no entry at all; its last copy has {anzahl} to come.", anzahl=len(kommend))
    return [Problem(frisch.herkunft, "", meldung)]


def _verlorenes(einfuhr: Einfuhr) -> list[Problem]:
    """Return each loss as a problem, with its reason."""
    from gremienplan.ratskalender import Mangel

    return [
        Problem(
            einfuhr.herkunft, words(stelle(verlust.stelle, einfuhr.art)), grund(verlust.mangel), verlust.wert
        )
        for verlust in einfuhr.verluste
        if verlust.mangel is not Mangel.GELOESCHT
    ]


def _nicht_sicher(neu: Fortschreibung, projekt: Einlesen) -> list[Problem]:
    """Return what ``--strict`` does not let pass: losses and guesses."""
    from gremienplan.ratskalender import bericht

    einfuhr = neu.einfuhr
    lost = _verlorenes(einfuhr)
    guessed = guesses(bericht([einfuhr], projekt.deuten(einfuhr.eintraege)))
    problems = [*lost, *(Problem(einfuhr.herkunft, "", meldung) for meldung in guessed)]
    hinweis = Text("--strict lets nothing pass that was lost or guessed; without it the source is imported.")
    return [*problems[:-1], *(evolve(last, hinweis=hinweis) for last in problems[-1:])]
