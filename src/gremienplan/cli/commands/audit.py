"""``audit``: judge any plan, also one edited by hand, by the rules and the council calendar. No solver."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.padding import Padding

from gremienplan.cli.abdeckung import unknown
from gremienplan.cli.antworten import grundlage_json, passage, points, show_turns, stage_name, turns_json
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.fristen import frist_json, say_too_late
from gremienplan.cli.klick import command, option, programm_option, projekt_option, year
from gremienplan.cli.projekte import (
    check_programme,
    find_project,
    load_project,
    names_project,
    plan_path,
    usual_year,
)
from gremienplan.cli.sprache import words
from gremienplan.cli.verschwundene import say_vanished, vanished_json
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.auditing import Audit
    from gremienplan.projekt import Projekt


@command(
    "audit",
    help=N_(
        "Judge a plan by the rules and the council calendar: PLAN is any plan.json, also one edited by hand, or a"
        " project; without it, the plan of the project's last year."
    ),
    short_help=N_("Judge a plan, also one edited by hand."),
)
@click.argument("plan_file", required=False, metavar="[PLAN]")
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@programm_option
def audit(
    plan_file: str | None,
    projekt_option: str | None,
    jahr: int | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Read the plan and say what it breaks."""
    from gremienplan.auditing import audit as judge
    from gremienplan.loading import read_plan

    if plan_file and (names_project(plan_file) or Path(plan_file).is_dir()):
        projekt_option = str(find_project(plan_file, projekt_option))
        plan_file = None
    start = Path(plan_file).absolute().parent if plan_file else None
    folder = find_project(None, projekt_option, start)
    path = Path(plan_file) if plan_file else plan_path(folder, jahr or usual_year(folder))
    judged = read_plan(require_plan(path))
    found = load_project(folder, programm, judged.jahr)
    check_programme(found, judged, str(path))
    answer = judge(found, judged)
    for text in unknown(found, judged.jahr):
        say(text)
    if as_json:
        turns = turns_json(found, judged)
        write_json("audit", datei=str(path), jahr=judged.jahr, **audit_json(answer, found), turns=turns)
    else:
        show_turns(found, judged)
        show_audit(answer, found.im_profil(judged.profil), judged.jahr)
    return DONE if answer.ok else NO


def require_plan(path: Path) -> Path:
    """Return the path of a plan that exists. Raises InputError otherwise."""
    if not path.is_file():
        jahr = path.parent.name if path.parent.name.isdecimal() else "…"
        hint = Text("Make one: {command}", command=f"gremienplan plan --jahr {jahr}")
        raise InputError([Problem(str(path), "", Text("There is no such plan."), hinweis=hint)])
    return path


def say_verhindert(answer: Audit, projekt: Projekt, jahr: int) -> None:
    """Say who cannot come where one of several is enough."""
    for sitzung, sitze in answer.verhindert.items():
        names = tuple(projekt.stadt.sitz_name(projekt.stadt.alle_sitze[sitz]) for sitz in sitze)
        meldung = Text(
            "{sitzung}: not free: {sitze}. One of several is enough.",
            sitzung=projekt.sitzung(sitzung, jahr).name,
            sitze=names,
        )
        say(meldung)


def say_wartet(answer: Audit, projekt: Projekt, jahr: int) -> None:
    """Say of each Sitzung whose date is still to be announced what has no date because of that."""
    names = {sitzung.id: sitzung.name for sitzung in projekt.sitzungen(jahr)}
    names |= {beratung.id: beratung.name for beratung in projekt.beratungen(jahr)}
    for erst in dict.fromkeys(erst for wer in answer.wartet.values() for erst in wer):
        meldung = Text(
            "{sitzung}: its date is still to be announced. What must wait for it has no date either: {ereignisse}",
            sitzung=names[erst],
            ereignisse=tuple(names[e] for e, wer in answer.wartet.items() if erst in wer),
        )
        say(meldung)


def say_not_avoided(answer: Audit, projekt: Projekt, jahr: int) -> None:
    """Say which Sitzungen lie on days to leave free, or when others have something on."""
    for gemieden in answer.gemieden:
        meldung = Text(
            "{sitzung}: falls on {was}, from {von}.",
            sitzung=projekt.sitzung(gemieden.ereignis, jahr).name,
            was=gemieden.belegung.was,
            von=_start(gemieden.belegung.von),
        )
        say(meldung)


def _start(von: datetime) -> date:
    """Return a moment, or its day where it is midnight."""
    return von.date() if von.time() == time() else von


def show_findings(answer: Audit, projekt: Projekt) -> None:
    """Write every finding with its passage."""
    for number, finding in enumerate(answer.findings, start=1):
        show(entries([(f"{number}.", words(finding.meldung))]))
        stands_on = passage(finding.requirement.grundlage, projekt.katalog)
        show(Padding(words(stands_on), (0, 0, 0, len(str(number)) + 2)))


def show_audit(answer: Audit, projekt: Projekt, jahr: int) -> None:
    """Write every finding with its passage, then what the plan costs, stage by stage."""
    show_findings(answer, projekt)
    if answer.findings:
        show()
    if answer.kosten:
        heading(Text("Points per stage (0 is best):"))
        for stufe, wert in sorted(answer.kosten.items()):
            show(stage_name(stufe, projekt.programm))
            show("  " + words(points(wert)))
    say_verhindert(answer, projekt, jahr)
    if answer.offen:
        say(Text("Date to be announced: {sitzungen}", sitzungen=answer.offen))
    say_wartet(answer, projekt, jahr)
    say_too_late(answer.zu_spaet)
    say_not_avoided(answer, projekt, jahr)
    say_vanished(answer.verschwunden, projekt, jahr)
    if answer.unbekannt:
        show(words(Text("In the plan, but not in the programme: {ids}", ids=answer.unbekannt)))
    say(Text("No findings: the plan keeps every rule.") if answer.ok else number_of_findings(answer))


def number_of_findings(answer: Audit) -> Text:
    """Say how many findings there are; what could not be judged is one."""
    anzahl = len(answer.findings) + len(answer.unbekannt)
    return Text("1 finding.") if anzahl == 1 else Text("{anzahl} findings.", anzahl=anzahl)


def audit_json(answer: Audit, projekt: Projekt) -> dict[str, object]:
    """Return what an audit found as plain data."""
    return {
        "ok": answer.ok,
        "findings": [
            {
                "requirement": finding.requirement.id,
                "meldung": words(finding.meldung),
                "ereignisse": list(finding.ereignisse),
                "grundlage": grundlage_json(finding.requirement.grundlage, projekt.katalog),
            }
            for finding in answer.findings
        ],
        "kosten": {str(stufe): wert for stufe, wert in sorted(answer.kosten.items())},
        "offen": list(answer.offen),
        "wartet": {ereignis: list(wer) for ereignis, wer in answer.wartet.items()},
        "unbekannt": list(answer.unbekannt),
        "verhindert": {sitzung: list(sitze) for sitzung, sitze in answer.verhindert.items()},
        "gemieden": [
            {
                "ereignis": gemieden.ereignis,
                "was": words(gemieden.belegung.was),
                "von": gemieden.belegung.von.isoformat(),
                "bis": gemieden.belegung.bis.isoformat(),
            }
            for gemieden in answer.gemieden
        ],
        "zu_spaet": [frist_json(projekt, termin) for termin in answer.zu_spaet],
        "verschwunden": vanished_json(answer.verschwunden),
    }
