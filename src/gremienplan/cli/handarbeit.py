"""A change by hand: what it is made to, the answer in words or as JSON, and what is kept of it."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date, datetime, time
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import frozen
from rich.padding import Padding

from gremienplan.cli.antworten import grundlage_json, more_points, passage, stage_name
from gremienplan.cli.ausgabe import entries, heading, say, say_command, show, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.freigabe import check_moment
from gremienplan.cli.fristen import frist_json, say_too_late
from gremienplan.cli.klick import moment, option, programm_option, projekt_option, year
from gremienplan.cli.planvergleich import change, lage_json, moves_json, told
from gremienplan.cli.projekte import check_programme, current_moment, find_project, load_project, plan_path
from gremienplan.cli.sitzungswahl import choose_beratung, choose_sitzung, means_beratung
from gremienplan.cli.sprache import words
from gremienplan.cli.umplanung import known_plan
from gremienplan.cli.zusagen import say_void
from gremienplan.plan import OFFEN
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.auditing import Finding
    from gremienplan.handarbeit import Handgriff
    from gremienplan.plan import Lage, Plan
    from gremienplan.projekt import Projekt

TIME = N_("TIME")
"""Stands for a time of day in help pages."""
WISHES = 6
"""So many wishes that are kept less are named, the rest is counted."""


@frozen
class Aufruf:
    """What every command that changes a plan by hand is told."""

    projekt: str | None
    jahr: int
    stand: datetime | None
    programm: str | None
    dry_run: bool
    as_json: bool


@frozen
class Werkbank:
    """A project, the plan of a year, and the moment of the change."""

    projekt: Projekt
    plan: Plan
    stand: datetime
    path: Path
    aufruf: Aufruf

    def event(self, word: str) -> str:
        """Return the id of the one Sitzung or Beratung that a word means; of what was added and is off its whole id."""
        if word in {z.sitzung for z in self.plan.zusaetzlich}:
            return word
        jahr = self.plan.jahr
        sitzungen, beratungen = self.projekt.sitzungen(jahr), self.projekt.beratungen(jahr)
        if means_beratung(sitzungen, beratungen, word):
            return choose_beratung(self.projekt.stadt, beratungen, word).id
        return choose_sitzung(self.projekt.stadt, sitzungen, word, beratungen).id

    def sitzung(self, word: str) -> str:
        """Return the id of the one Sitzung that a word means."""
        return choose_sitzung(self.projekt.stadt, self.projekt.sitzungen(self.plan.jahr), word).id


def by_hand_options(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options that every change by hand takes; the function is given them as one ``aufruf``."""

    @wraps(function)
    def collected(
        projekt_option: str | None,
        jahr: int,
        stand: datetime | None,
        programm: str | None,
        dry_run: bool,
        as_json: bool,
        **own: Any,
    ) -> int:
        return function(aufruf=Aufruf(projekt_option, jahr, stand, programm, dry_run, as_json), **own)

    found: Callable[..., int] = collected
    for add in (
        option("--dry-run", is_flag=True, help=N_("Only say what would change; write nothing.")),
        programm_option,
        option(
            "--stand",
            type=moment,
            metavar=N_("MOMENT"),
            help=N_("The time of the change, local time; what lies before is past. Without it: now."),
        ),
        option(
            "--jahr",
            type=year,
            metavar=N_("YEAR"),
            required=True,
            help=N_("The year whose plan is changed."),
        ),
        projekt_option,
    ):
        found = add(found)
    return found


def change_plan(aufruf: Aufruf, name: str, griff: Callable[[Werkbank], Handgriff]) -> int:
    """Read the plan, change it as ``griff`` says, and keep the change or say why not; return the exit code."""
    from gremienplan.plan import as_planned
    from gremienplan.publishing.dateien import lock

    folder = find_project(None, aufruf.projekt)
    with nullcontext() if aufruf.dry_run else lock(folder):
        found = load_project(folder, aufruf.programm, aufruf.jahr)
        path = plan_path(folder, aufruf.jahr)
        plan = known_plan(folder, aufruf.jahr)
        check_programme(found, plan, str(path))
        projekt, now = as_planned(found, plan), current_moment(found)
        check_moment(aufruf.stand, aufruf.jahr, now)
        bank = Werkbank(projekt, plan, aufruf.stand or now, path, aufruf)
        done = griff(bank)
        if done.ok and done.changed and not aufruf.dry_run:
            from gremienplan.plan import plan_to_json
            from gremienplan.publishing.dateien import write_atomically

            write_atomically(path, plan_to_json(done.plan).encode())
    if aufruf.as_json:
        _write_json(name, done, bank)
    elif done.ok:
        _show_done(name, done, bank)
    else:
        _show_refused(name, done, bank)
    return DONE if done.ok else NO


def at(tag: date, uhr: time | None) -> date:
    """Return the moment that was typed, or only the day."""
    return tag if uhr is None else datetime.combine(tag, uhr)


# --- in words ----------------------------------------------------------------------------------------------


def _show_done(name: str, done: Handgriff, bank: Werkbank) -> None:
    if not done.changed:
        say(Text("Nothing changes: the plan says so already."))
        _say_untouched(bank)
        return
    _show_change(done)
    _show_price(done, bank)
    say_too_late(done.zu_spaet)
    if done.schon:
        audit = f"gremienplan audit --jahr {bank.plan.jahr}"
        say(Text("Broken before, and still: {anzahl}. All: {command}", anzahl=len(done.schon), command=audit))
    show()
    if bank.aufruf.dry_run:
        say(Text("Only tried: the plan on disk stays as it was: {path}", path=str(bank.path)))
        return
    show(words(Text("The plan: {path}", path=str(bank.path))))
    say_void(bank.plan, done.plan, bank.path)
    _say_ways(_next_steps(name, done, bank))


def _show_change(done: Handgriff) -> None:
    """Write what people see otherwise."""
    found, eintrag = done.unterschied, done.plan.verlauf[-1]
    waits = [lage for lage in found.entfallen if lage.ereignis in found.offen]
    gone = [lage for lage in found.entfallen if lage.ereignis not in found.offen]
    minutes = [(s, done.plan.gehalten[s].protokoll) for s in eintrag.protokolle]
    nowhere = words(Text("no address any more"))
    _rows(Text("Moved:"), [(v.ereignis, change(v, done.namen)) for v in found.verlegt], done)
    _rows(
        Text("With a date now:"), [(lage.ereignis, (words(_where(lage, done)),)) for lage in found.neu], done
    )
    off = Text("Off for now, date to be announced:")
    _rows(off, [(lage.ereignis, (told(lage.beginn),)) for lage in waits], done)
    _rows(Text("Off:"), [(lage.ereignis, (told(lage.beginn),)) for lage in gone], done)
    _rows(Text("Held:"), [(sitzung, ()) for sitzung in eintrag.gehalten], done)
    _rows(Text("Minutes:"), [(sitzung, (url or nowhere,)) for sitzung, url in minutes], done)


def _rows(head: Text, rows: Sequence[tuple[str, Sequence[str]]], done: Handgriff) -> None:
    """Write under a heading each event with what is said of it."""
    if not rows:
        return
    heading(head)
    for ereignis, lines in rows:
        show(Padding(_called(ereignis, done), (0, 0, 0, 2)))
        for line in lines:
            show(Padding(line, (0, 0, 0, 4)))


def _called(ereignis: str, done: Handgriff) -> str:
    return f"{done.namen[ereignis]} [{ereignis}]"


def _where(lage: Lage, done: Handgriff) -> Text:
    if lage.ort:
        ort = done.namen.get(lage.ort, lage.ort)
        return Text("{beginn} to {ende}, {ort}", beginn=lage.beginn, ende=lage.ende.time(), ort=ort)
    return Text("{beginn} to {ende}", beginn=lage.beginn, ende=lage.ende.time())


def _show_price(done: Handgriff, bank: Werkbank) -> None:
    """Write which wishes are kept less, and the points of each stage that changes; what is open has been said."""
    stages = [s for s in sorted(done.kosten.keys() | done.kosten_bisher.keys()) if s != OFFEN]
    pairs = [(s, done.kosten_bisher.get(s, 0), done.kosten.get(s, 0)) for s in stages]
    changed = [(stufe, bisher, jetzt) for stufe, bisher, jetzt in pairs if bisher != jetzt]
    if not changed:
        return
    if done.wuensche:
        show()
        show(words(Text("Wishes that are kept less:")))
    for wish, more in done.wuensche[:WISHES]:
        show(entries([("-", f"{words(wish.satz(done.namen))} {words(more_points(more))}.")]))
    if len(done.wuensche) > WISHES:
        show(words(Text("And {anzahl} more.", anzahl=len(done.wuensche) - WISHES)))
    show()
    show(words(Text("How good the plan is, before → now:")))
    for stufe, bisher, jetzt in changed:
        show(Padding(stage_name(stufe, bank.projekt.programm), (0, 0, 0, 2)))
        line = Text("{bisher} → {jetzt} points", bisher=bisher, jetzt=jetzt)
        show(Padding(words(line), (0, 0, 0, 4)))


Weg = tuple[Text, str]
"""What a command is good for, and the command."""


def _say_ways(ways: Iterable[Weg]) -> None:
    """Say what there is to do, each command whole on a line of its own."""
    for what, command in ways:
        say_command(what, command)


def _next_steps(name: str, done: Handgriff, bank: Werkbank) -> Iterator[Weg]:
    """Yield what there may be to do after a change that was kept."""
    from gremienplan.plan import Zustand

    jahr, found, ereignis = done.plan.jahr, done.unterschied, done.ereignisse[0]
    if found.offen:
        yield Text("To give it a new date:"), f"gremienplan add {ereignis} {jahr}-… --jahr {jahr}"
        yield Text("To date all that is open:"), f"gremienplan replan --jahr {jahr}"
    if not found:
        return
    if len(done.plan.zusaetzlich) > len(done.bisher.zusaetzlich):
        yield Text("Who is invited:"), f"gremienplan invitations {ereignis} --jahr {jahr}"
    if done.plan.zustand is not Zustand.DRAFT:
        folder = shlex.quote(str(bank.path.parent.parent.parent))
        yield Text("Next, tell everybody:"), f"gremienplan publish --projekt {folder} --jahr {jahr}"
    elif name in ("move", "add"):
        pin = _pin(ereignis, done.plan.lagen[ereignis][0], jahr)
        yield Text("The plan is a draft: planning anew may move this. To hold it:"), pin


def _pin(ereignis: str, lage: Lage, jahr: int) -> str:
    return f"gremienplan pin {ereignis} {lage.beginn:%Y-%m-%d} {lage.beginn:%H:%M} --jahr {jahr}"


def _say_untouched(bank: Werkbank) -> None:
    say(Text("The plan on disk stays as it was: {path}", path=str(bank.path)))


def _show_refused(name: str, done: Handgriff, bank: Werkbank) -> None:
    """Write every requirement that is broken, with its passage, and the ways out."""
    alone = len(done.befunde) == 1
    head = (
        Text("Not possible. This would be broken:") if alone else Text("Not possible. These would be broken:")
    )
    show(words(head))
    show()
    for number, finding in enumerate(done.befunde, start=1):
        show(entries([(f"{number}.", words(finding.meldung))]))
        stands_on = words(passage(finding.requirement.grundlage, bank.projekt.katalog))
        show(Padding(stands_on, (0, 0, 0, len(str(number)) + 2)))
    show()
    _say_untouched(bank)
    _say_ways(_ways_out(name, done, bank))


def _ways_out(name: str, done: Handgriff, bank: Werkbank) -> Iterator[Weg]:
    ereignis, jahr, asked = done.ereignisse[0], bank.plan.jahr, done.gewollt
    if done.folgen:
        command = f"gremienplan cancel {ereignis} --with-dependents --jahr {jahr}"
        yield Text("Together with what must wait for it:"), command
    if asked is None or ereignis not in bank.plan.lagen:
        return
    if name == "move":
        yield Text("What would have to give way for this date:"), _pin(ereignis, asked, jahr)
    yield Text("The cheapest other days:"), f"gremienplan alternatives {ereignis} --jahr {jahr}"


# --- as plain data -----------------------------------------------------------------------------------------


def _write_json(name: str, done: Handgriff, bank: Werkbank) -> None:
    katalog = bank.projekt.katalog
    stages = sorted(done.kosten.keys() | done.kosten_bisher.keys())
    write_json(
        name,
        datei=str(bank.path),
        ok=done.ok,
        changed=done.ok and done.changed and not bank.aufruf.dry_run,
        dry_run=bank.aufruf.dry_run,
        zustand=done.plan.zustand.value,
        ereignisse=list(done.ereignisse),
        findings=_findings_json(done.befunde, bank),
        schon=_findings_json(done.schon, bank),
        folgen=list(done.folgen),
        **moves_json(done.unterschied, done.namen, katalog, {}),
        lagen={e: [lage_json(lage) for lage in done.plan.lagen.get(e, ())] for e in done.ereignisse},
        gewollt=done.gewollt and lage_json(done.gewollt),
        gehalten={e: done.plan.gehalten[e].protokoll for e in done.ereignisse if e in done.plan.gehalten},
        kosten=[
            {"stufe": s, "bisher": done.kosten_bisher.get(s, 0), "jetzt": done.kosten.get(s, 0)}
            for s in stages
        ],
        wuensche=[
            {"id": w.id, "stufe": w.stufe, "satz": words(w.satz(done.namen)), "mehr": more}
            for w, more in done.wuensche
        ],
        zu_spaet=[frist_json(bank.projekt, termin) for termin in done.zu_spaet],
    )


def _findings_json(findings: Sequence[Finding], bank: Werkbank) -> list[dict[str, Any]]:
    return [
        {
            "requirement": f.requirement.id,
            "meldung": words(f.meldung),
            "ereignisse": list(f.ereignisse),
            "grundlage": grundlage_json(f.requirement.grundlage, bank.projekt.katalog),
        }
        for f in findings
    ]
