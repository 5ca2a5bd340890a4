"""``receipt``: what a plan was made from; ``receipt verify``: whether it still follows from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click
from rich.padding import Padding

from gremienplan.cli.antworten import short_passage, stages_json
from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.commands.audit import audit_json, require_plan, show_findings
from gremienplan.cli.gruende import als_name
from gremienplan.cli.klick import Choice, command, option, programm_option, projekt_option, year
from gremienplan.cli.projekte import check_programme, find_project, load_project, plan_path, usual_year
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError
from gremienplan.quellen import Authority, Grundlage
from gremienplan.rules import Als
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.plan import Beleg, Plan
    from gremienplan.plan.werte import Zustand
    from gremienplan.projekt import Projekt
    from gremienplan.receipt import Einladungswandel, Verification, Wandel

WHAT = ("show", "verify")
DIGITS = len("sha256:") + 12
"""How much of a hash is shown."""


@command(
    "receipt",
    help=N_(
        "Show what a plan was made from: files, version, readings, and whom its rules invited."
        " With verify: derive every invitation and judge every date anew from the files, and say what differs."
    ),
    short_help=N_("Show what a plan was made from, or verify it."),
)
@click.argument("what", required=False, type=Choice(WHAT), default="show", metavar="[show|verify]")
@projekt_option
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("The year whose plan is meant."))
@programm_option
def receipt(
    what: str, projekt_option: str | None, jahr: int | None, programm: str | None, as_json: bool
) -> int:
    """Show the receipt of a plan, or verify the plan by it."""
    from gremienplan.loading import read_plan

    folder = find_project(None, projekt_option)
    path = require_plan(plan_path(folder, jahr or usual_year(folder)))
    plan = read_plan(path)
    if what == "show":
        if as_json:
            write_json("receipt", **_receipt_json(plan, path))
        else:
            _show_receipt(plan, path, *_names(folder, programm, plan))
        return DONE
    projekt = load_project(folder, programm, plan.jahr)
    check_programme(projekt, plan, str(path))
    from gremienplan.receipt import verify

    found = verify(projekt, plan)
    if as_json:
        write_json("verification", **_verification_json(projekt, plan, path, found))
    else:
        _show_verification(projekt, plan, path, found)
    return DONE if found.holds else NO


# --- what a plan was made from -------------------------------------------------------------------------


def _show_receipt(plan: Plan, path: Path, stadt: str, programm: str) -> None:
    show(words(Text("The plan: {path}", path=str(path))))
    show(words(Text("City “{stadt}”, programme “{programm}”", stadt=stadt, programm=programm)))
    if plan.verlauf:
        last = plan.verlauf[-1]
        show(
            words(
                Text(
                    "Last entry of its history: {stand} ({zustand})",
                    stand=last.stand,
                    zustand=_zustand(last.zustand),
                )
            )
        )
    if plan.beleg:
        show(words(_made_by(plan.beleg)))
        _show_lesarten(plan.beleg)
    show()
    heading(Text("Its inputs:"))
    show(entries((hash_[:DIGITS], name) for name, hash_ in sorted(plan.eingaben.items())))
    show()
    if plan.beleg is None:
        _say_no_receipt()
    else:
        show(words(_numbers(plan.beleg)))


def _made_by(beleg: Beleg) -> Text:
    if not beleg.werk:
        return Text("Made by gremienplan {version}", version=beleg.version)
    return Text("Made by gremienplan {version}, build {werk}", version=beleg.version, werk=beleg.werk)


def _zustand(zustand: Zustand) -> Text:
    from gremienplan.plan.werte import Zustand

    match zustand:
        case Zustand.DRAFT:
            return Text("a draft")
        case Zustand.COORDINATED:
            return Text("coordinated")
        case Zustand.PUBLISHED:
            return Text("published")


def _names(folder: Path, programm: str | None, plan: Plan) -> tuple[str, str]:
    """Return what people call city and programme of a plan; their ids where the project cannot be read."""
    try:
        projekt = load_project(folder, programm, plan.jahr)
    except InputError:
        return plan.stadt, plan.programm
    stadt = projekt.stadt.name if projekt.stadt.id == plan.stadt else plan.stadt
    return stadt, projekt.programm.name if projekt.programm.id == plan.programm else plan.programm


def _show_lesarten(beleg: Beleg) -> None:
    if not beleg.lesarten:
        show(words(Text("Open questions: read as the city reads them")))
    for frage, wahl in sorted(beleg.lesarten.items()):
        lesart = _read_as(wahl, beleg.lesarten_ab.get(frage, ""), beleg.lesarten_angabe.get(frage, {}))
        show(words(Text("Open question {frage}: read as “{lesart}”", frage=frage, lesart=lesart)))


def _read_as(wahl: str, ab: str, angabe: Mapping[str, str]) -> Text | str:
    """Name a reading as the project chooses it, with its first day and the planner's answers."""
    if not wahl:
        return Text("as the city reads it")
    antworten = tuple(f"{name} = {wert}" for name, wert in angabe.items())
    lesart = Text("{lesart} ({antworten})", lesart=wahl, antworten=antworten) if angabe else wahl
    return Text("{lesart} from {ab} on", lesart=lesart, ab=_day(ab)) if ab else lesart


def _day(ab: str) -> date | str:
    """Return a recorded day; a hand may have changed it."""
    try:
        return date.fromisoformat(ab)
    except ValueError:
        return ab


def _say_no_receipt() -> None:
    say(Text("This plan does not say whom it invited: an earlier version made it, or a hand."))
    say(Text("To add it, plan again: {command}", command="gremienplan plan"))


def _numbers(beleg: Beleg) -> Text:
    return Text(
        "{einladungen} invitations to {sitzungen} Sitzungen, by {regeln} rules.",
        einladungen=_invitations(beleg),
        sitzungen=len(beleg.einladungen),
        regeln=len(beleg.regeln),
    )


def _invitations(beleg: Beleg) -> int:
    """Return how many Sitze are invited to how many Sitzungen, each once."""
    return sum(len({s for sitze in by.values() for s in sitze}) for by in beleg.einladungen.values())


def _beleg_json(beleg: Beleg) -> dict[str, Any]:
    """Return a receipt as it stands in the plan: days and answers only where there are some."""
    found = attrs.asdict(beleg)
    return {key: wert for key, wert in found.items() if wert or not key.startswith("lesarten_")}


def _receipt_json(plan: Plan, path: Path) -> dict[str, Any]:
    return {
        "datei": str(path),
        "stadt": plan.stadt,
        "jahr": plan.jahr,
        "programm": plan.programm,
        "eingaben": dict(sorted(plan.eingaben.items())),
        "beleg": _beleg_json(plan.beleg) if plan.beleg else None,
    }


# --- whether it still follows from that ----------------------------------------------------------------


def _show_verification(projekt: Projekt, plan: Plan, path: Path, found: Verification) -> None:
    show(words(Text("The plan: {path}", path=str(path))))
    if plan.beleg and found.bisherige_version != found.version:
        then, now = found.bisherige_version, found.version
        say(Text("Made by gremienplan {then}, verified by {now}.", then=then, now=now))
    elif plan.beleg and found.bisheriges_werk != found.werk:
        then, now = found.bisheriges_werk or "–", found.werk
        say(Text("Made by another build of gremienplan: {then}, verified by {now}.", then=then, now=now))
    for d in found.daten if plan.beleg else ():
        then, now = d.bisher or "–", d.jetzt or "–"
        say(Text("Made with {name} {then}, verified with {now}.", name=d.name, then=then, now=now))
    parts = (
        (Text("Inputs that changed since:"), list(_eingaben(found))),
        (Text("Open questions that are read otherwise now:"), list(_lesarten(projekt, found))),
        (Text("Edited by hand and not recorded:"), [_name(projekt, plan, e) for e in found.bearbeitet]),
        (Text("Points that are counted otherwise now:"), list(_punkte(found))),
    )
    for title, lines in parts:
        if lines:
            show()
            heading(title)
            for line in lines:
                show(Padding(line, (0, 0, 0, 2)))
    if found.verlegt is not None:
        text = Text(
            "Not counted anew, for it compares with the plan before: dates moved by the last change: {anzahl}",
            anzahl=found.verlegt.wert,
        )
        show()
        show(words(text))
    if not found.unversehrt:
        show()
        show(words(Text("The plan was changed by hand since it was written: not every part is as it was.")))
    if not found.verlauf:
        show()
        show(words(Text("The plan has no history, so nobody can say what was edited.")))
    _show_einladungen(projekt, plan, found)
    _show_findings(projekt, found)
    show()
    if found.holds:
        assert plan.beleg is not None
        show(words(Text("Holds: every invitation and every date is what the files make of it.")))
        show(words(_numbers(plan.beleg)))
        events = len(plan.termine) + len(plan.beratungen)
        kept = Text("{anzahl} dates keep every rule.", anzahl=events)
        show(words(Text("1 date keeps every rule.") if events == 1 else kept))
        return
    if plan.beleg is None:
        _say_no_receipt()
    elif not found.einladungen:
        show(words(Text("Every invitation is the same.")))
    if found.audit.ok:
        show(words(Text("Every date keeps every rule.")))
    say(Text("Does not hold: the plan is not what its files make of it."))


def _wandel(wandel: Wandel) -> Text:
    from gremienplan.receipt import Wandel

    match wandel:
        case Wandel.NEU:
            return Text("new")
        case Wandel.GEAENDERT:
            return Text("changed")
        case Wandel.WEG:
            return Text("no longer read")


def _eingaben(found: Verification) -> Iterator[str]:
    for eingabe in found.eingaben:
        yield f"{eingabe.name}: {words(_wandel(eingabe.wandel))}"


def _lesarten(projekt: Projekt, found: Verification) -> Iterator[str]:
    for lesart in found.lesarten:
        auslegung = projekt.katalog.auslegungen.get(lesart.frage)
        text = Text(
            "{frage}: “{jetzt}”, then “{bisher}”. {worum}",
            frage=lesart.frage,
            jetzt=_read_as(lesart.jetzt, lesart.jetzt_ab, lesart.jetzt_angabe),
            bisher=_read_as(lesart.bisher, lesart.bisher_ab, lesart.bisher_angabe),
            worum=auslegung.frage if auslegung else "",
        )
        yield words(text).strip()


def _punkte(found: Verification) -> Iterator[str]:
    for p in found.punkte:
        text = Text("Stage {stufe}: {jetzt}, then {bisher}", stufe=p.stufe, jetzt=p.jetzt, bisher=p.bisher)
        yield words(text)


def _name(projekt: Projekt, plan: Plan, ereignis: str) -> str:
    names = {sitzung.id: sitzung.name for sitzung in projekt.sitzungen(plan.jahr)}
    names |= {beratung.id: beratung.name for beratung in projekt.beratungen(plan.jahr)}
    return f"{names[ereignis]} [{ereignis}]" if ereignis in names else ereignis


def _show_einladungen(projekt: Projekt, plan: Plan, found: Verification) -> None:
    if not found.einladungen:
        return
    show()
    heading(Text("Invitations that changed ({anzahl}):", anzahl=len(found.einladungen)))
    show(Padding(entries(_je_regel(found.einladungen)), (0, 0, 1, 2)))
    for sitzung, changes in groupby(found.einladungen, key=lambda e: e.sitzung):
        show(_name(projekt, plan, sitzung))
        for change in changes:
            show(Padding(words(_einladung(projekt, change)), (0, 0, 0, 2)))


def _je_regel(changes: Iterable[Einladungswandel]) -> Iterator[tuple[str, str]]:
    """Yield what the changes come to, rule by rule: how many more, how many fewer."""
    from gremienplan.receipt import Wandel

    je = Counter((change.regel, change.wandel is Wandel.NEU) for change in changes)
    for regel in dict.fromkeys(regel for regel, _ in je):
        more, fewer = je[regel, True], je[regel, False]
        yield " ".join([f"+{more}"] * (more > 0) + [f"−{fewer}"] * (fewer > 0)), regel


def _einladung(projekt: Projekt, change: Einladungswandel) -> Text:
    from gremienplan.receipt import Wandel

    sitz = projekt.stadt.alle_sitze.get(change.sitz)
    facts: dict[str, Any] = {
        "sitz": projekt.stadt.sitz_name(sitz) if sitz else change.sitz,
        "als": als_name(Als(change.als)) if change.als in {als.value for als in Als} else change.als,
        "regel": change.regel,
        "grundlage": _wort(projekt, change.grundlage),
    }
    if change.wandel is Wandel.NEU and change.noch:
        return Text("one more reason: {sitz}, as {als}, by rule {regel}: {grundlage}", **facts)
    if change.wandel is Wandel.NEU:
        return Text("now invited: {sitz}, as {als}, by rule {regel}: {grundlage}", **facts)
    if change.noch:
        return Text("one reason fewer: {sitz}, as {als}, by rule {regel}: {grundlage}", **facts)
    return Text("no longer invited: {sitz}, as {als}, by rule {regel}: {grundlage}", **facts)


def _wort(projekt: Projekt, recorded: str) -> Text | str:
    """Return on whose word, from what the plan recorded; a hand may have changed that."""
    authority, _, kennung = recorded.partition(" ")
    if authority not in {known.value for known in Authority}:
        return recorded
    return short_passage(Grundlage(Authority(authority), kennung), projekt.katalog)


def _show_findings(projekt: Projekt, found: Verification) -> None:
    if found.audit.ok:
        return
    show()
    heading(Text("What the dates break:"))
    show_findings(found.audit, projekt)
    if found.audit.unbekannt:
        show(words(Text("In the plan, but not in the programme: {ids}", ids=found.audit.unbekannt)))


def _verification_json(projekt: Projekt, plan: Plan, path: Path, found: Verification) -> dict[str, Any]:
    return {
        "datei": str(path),
        "jahr": plan.jahr,
        "holds": found.holds,
        "belegt": found.belegt,
        "version": {"bisher": found.bisherige_version, "jetzt": found.version},
        "werk": {"bisher": found.bisheriges_werk, "jetzt": found.werk},
        "daten": [attrs.asdict(d) for d in found.daten],
        "verlauf": found.verlauf,
        "unversehrt": found.unversehrt,
        "eingaben": [{"name": e.name, "wandel": e.wandel.value} for e in found.eingaben],
        "lesarten": [attrs.asdict(lesart) for lesart in found.lesarten],
        "einladungen": [attrs.asdict(e) | {"wandel": e.wandel.value} for e in found.einladungen],
        "bearbeitet": list(found.bearbeitet),
        "punkte": [attrs.asdict(punkte) for punkte in found.punkte],
        "verlegt": next(iter(stages_json([found.verlegt])), None) if found.verlegt else None,
        "audit": audit_json(found.audit, projekt),
    }
