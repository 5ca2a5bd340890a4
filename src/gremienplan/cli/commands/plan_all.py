"""``plan-all``: the year of many projects, several at once; what is wrong with one keeps none of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import define, field, frozen

from gremienplan.cli.ablage import compared, keep, refuse_earlier
from gremienplan.cli.antworten import JsonObject, problem_json, show_problems, stages_json
from gremienplan.cli.ausgabe import say, show, table, write_json
from gremienplan.cli.codes import BAD_INPUT, DONE, INTERRUPTED, NO, OUR_FAULT, UNDECIDED
from gremienplan.cli.commands.plan import EFFORTS
from gremienplan.cli.fortschritt import Abbruch
from gremienplan.cli.klick import Choice, command, moment, option, threads, year
from gremienplan.cli.projekte import current_moment, find_project, load_project, plan_on_disk, plan_path
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from gremienplan.plan import Plan
    from gremienplan.planning import Antwort, Auftrag, EffortName
    from gremienplan.projekt import Projekt

WORST = (OUR_FAULT, INTERRUPTED, BAD_INPUT, NO, UNDECIDED, DONE)
"""Exit codes: that of the whole is the first of these that one of the projects has."""


@command(
    "plan-all",
    help=N_(
        "Plan a year of several projects, several at once, each in a process of its own. What is wrong with one"
        " keeps none of the others. At the end stands a table."
    ),
    short_help=N_("Plan a year of several projects at once."),
)
@click.argument("projekte", nargs=-1, required=True, metavar="PROJEKT...")
@option("--jahr", type=year, metavar=N_("YEAR"), required=True, help=N_("The year to be planned."))
@option(
    "--stand",
    type=moment,
    metavar=N_("MOMENT"),
    help=N_("The time from which on dates may be set, local time; without it: now."),
)
@option(
    "--processes",
    type=threads,
    metavar=N_("NUMBER"),
    default="2",
    help=N_("How many projects are planned at once."),
)
@option("--effort", type=Choice(EFFORTS), default="normal", help=N_("How long to look for a better plan."))
def plan_all(
    projekte: tuple[str, ...],
    jahr: int,
    stand: datetime | None,
    processes: int,
    effort: EffortName,
    as_json: bool,
) -> int:
    """Plan every project, write the plans, and tell how each went."""
    with Abbruch() as abbruch, ExitStack() as locks:
        from gremienplan.planning import schedule_many

        bench = _Bank(jahr, stand, effort, locks)
        order = tuple(dict.fromkeys(projekte))
        with _pool(processes) as pool:
            running = schedule_many(
                bench.orders(order),
                executor=pool,
                ahead=2 * processes,
                stop=lambda: abbruch.gehoert(say),
            )
            for name, answer in running:
                bench.settle(name, answer)
        rows = [bench.rows.get(name) or _not_begun(name) for name in order]
        if as_json:
            write_json("plans", jahr=jahr, projekte=[row.json for row in rows])
        else:
            _show(rows)
        codes = {row.code for row in rows}
        return next(code for code in WORST if code in codes)


@frozen
class _Zeile:
    """How one project went."""

    projekt: str
    code: int
    satz: Text
    stufen: str
    facts: JsonObject
    problems: tuple[Problem, ...] = ()

    @property
    def json(self) -> JsonObject:
        return {"projekt": self.projekt, **self.facts}


@frozen
class _Fall:
    """A project that is being planned."""

    projekt: Projekt
    before: Plan | None
    stand: datetime
    path: Path


@define
class _Bank:
    """Reads the projects as their turn comes, and writes their plans as they come back."""

    jahr: int
    stand: datetime | None
    effort: EffortName
    locks: ExitStack
    rows: dict[str, _Zeile] = field(factory=dict)
    _cases: dict[str, _Fall] = field(factory=dict)

    def orders(self, names: tuple[str, ...]) -> Iterator[Auftrag]:
        """Yield what is to be planned; a project that cannot be read is told of at once."""
        from gremienplan.plan import Zustand
        from gremienplan.planning import Auftrag
        from gremienplan.publishing.dateien import lock

        for name in names:
            try:
                folder = find_project(name, None)
                self.locks.enter_context(lock(folder))
                projekt, before = load_project(folder, None, self.jahr), plan_on_disk(folder, self.jahr)
                path, stand = plan_path(folder, self.jahr), self.stand or current_moment(projekt)
                if before and before.zustand is Zustand.DRAFT:
                    refuse_earlier(before, projekt, stand)
            except InputError as error:
                self._note(_broken(name, error.problems))
                continue
            if before and before.zustand is not Zustand.DRAFT:
                self._note(_stays(name, before, path))
                continue
            case = self._cases[name] = _Fall(projekt, before, stand, path)
            yield Auftrag(name, projekt, self.jahr, case.stand, before, self.effort)

    def settle(self, name: str, answer: Antwort) -> None:
        """Write the plan of a project, and note how it went."""
        from gremienplan.plan import Plan

        case = self._cases.pop(name)
        if isinstance(answer, Plan):
            rang = compared(case.before, answer, case.projekt, case.stand)
            kept, changed = keep(answer, case.before, rang, case.stand, case.path)
            self._note(_planned(name, kept, case.path, changed))
        else:
            self._note(_no_plan(name, answer))

    def _note(self, row: _Zeile) -> None:
        self.rows[row.projekt] = row
        say(f"{row.projekt}: {words(row.satz)}")


def _stays(name: str, plan: Plan, path: Path) -> _Zeile:
    """Tell of a plan people rely on: it is not planned anew, and nothing is wrong with that."""
    from gremienplan.plan import Zustand

    published = plan.zustand is Zustand.PUBLISHED
    satz = Text("published, stays") if published else Text("coordinated, stays")
    return _Zeile(name, DONE, satz, _points(plan), _facts(plan, path, changed=False))


def _points(plan: Plan) -> str:
    return " · ".join(f"{s.wert}" if s.bewiesen else f"{s.wert} (≥ {s.schranke})" for s in plan.stufen)


def _facts(plan: Plan, path: Path, *, changed: bool) -> JsonObject:
    return {
        "answer": "plan",
        "datei": str(path),
        "zustand": plan.zustand.value,
        "changed": changed,
        "bewiesen": plan.bewiesen,
        "stufen": stages_json(plan.stufen),
    }


def _planned(name: str, plan: Plan, path: Path, changed: bool) -> _Zeile:
    satz = Text("plan, proven best") if plan.bewiesen else Text("plan, perhaps not the best")
    if plan.bewiesen and not changed:
        satz = Text("plan, proven best; unchanged")
    return _Zeile(name, DONE, satz, _points(plan), _facts(plan, path, changed=changed))


def _no_plan(name: str, answer: Antwort) -> _Zeile:
    from gremienplan.plan import Conflict, Undecided
    from gremienplan.planning import Failed, Ursache

    match answer:
        case Conflict():
            ids = [r.id for r in answer.requirements]
            satz = Text("no plan exists: {anzahl} requirements cannot hold together", anzahl=len(ids))
            if len(ids) == 1:
                satz = Text("no plan exists: a requirement cannot hold")
            return _Zeile(name, NO, satz, "", {"answer": "conflict", "requirements": ids})
        case Undecided():
            return _Zeile(name, UNDECIDED, Text("undecided: time ran out"), "", {"answer": "undecided"})
        case Failed(ursache=Ursache.EINGABE):
            return _broken(name, answer.problems)
        case Failed():
            code = INTERRUPTED if answer.ursache is Ursache.GESTOPPT else OUR_FAULT
            facts = {"answer": "failed", "ursache": answer.ursache.value, "meldung": words(answer.meldung)}
            return _Zeile(name, code, answer.meldung, "", facts)
        case _:
            raise AssertionError(answer)


def _broken(name: str, problems: tuple[Problem, ...]) -> _Zeile:
    facts = {"answer": "problems", "problems": [problem_json(problem) for problem in problems]}
    return _Zeile(name, BAD_INPUT, Text("its files are broken: see below"), "", facts, problems)


def _not_begun(name: str) -> _Zeile:
    return _Zeile(name, INTERRUPTED, Text("not begun"), "", {"answer": "failed", "ursache": "stopped"})


def _show(rows: list[_Zeile]) -> None:
    headings = (Text("Project"), Text("Points by stage"), Text("Answer"))
    names = _short([row.projekt for row in rows])
    show(table(headings, [(names[row.projekt], row.stufen, words(row.satz)) for row in rows]))
    for row in rows:
        if row.problems:
            show()
            show_problems(row.problems, stderr=False)
    if any(row.code == NO for row in rows):
        show()
        say(Text("Why there is no plan: {command}", command="gremienplan plan --projekt PROJEKT --jahr JAHR"))


def _short(projekte: Sequence[str]) -> dict[str, str]:
    """Return what tells folders apart: their names, where these do."""
    names = {projekt: Path(projekt).absolute().name for projekt in projekte}
    return names if len(set(names.values())) == len(names) else {projekt: projekt for projekt in projekte}


def _pool(processes: int) -> Executor:
    """Return processes that share nothing with this one, and leave Ctrl-C to it."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _deaf)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gremienplan.planning"])
    return ProcessPoolExecutor(processes, context, _deaf)


def _deaf() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
