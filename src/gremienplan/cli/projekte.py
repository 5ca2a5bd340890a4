"""Which project, which year, which plan a command means."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.programm import Sitzung
    from gremienplan.projekt import Projekt

PROJECT_FILE = "gremienplan.toml"
YEARS = "jahre"
PLAN_FILE = "plan.json"


def find_project(argument: str | None, option: str | None, start: Path | None = None) -> Path:
    """Return the project's folder: the one named, else the current one or the nearest above it.

    ``start`` is where the search begins instead of the current folder. Raises InputError when there is none,
    and when argument and option name two.
    """
    if argument and option and Path(argument) != Path(option):
        raise InputError(
            [Problem(argument, "", Text("There is a second project in --projekt: {x}", x=option))]
        )
    named = argument or option
    if named:
        folder = Path(named)
        if folder.name == PROJECT_FILE and folder.is_file():
            return folder.parent
        if (folder / PROJECT_FILE).is_file():
            return folder
        raise InputError([_no_project(named, folder)])
    begin = (start or Path()).absolute()
    for folder in (begin, *begin.parents):
        if (folder / PROJECT_FILE).is_file():
            return _relative(folder)
    hint = Text("Name one: --projekt FOLDER. Make one: {command}", command="gremienplan new DIR")
    missing = Text("There is no {file} here or in a folder above.", file=PROJECT_FILE)
    raise InputError([Problem(str(start or "."), "", missing, hinweis=hint)])


def find_project_or_city(argument: str | None, option: str | None) -> Path:
    """Return the same, or what is named when it is a city: a city folder, or one that ships, by its name."""
    from gremienplan.loading.ordner import STADT, shipped

    named = argument or option
    if named and not (Path(named) / PROJECT_FILE).is_file():
        is_city = (Path(named) / STADT).is_file() or (not Path(named).exists() and named in shipped())
        if is_city:
            return Path(named)
    return find_project(argument, option)


def is_project(folder: Path) -> bool:
    """Tell a project's folder from a city's, which has no calendar and no plan."""
    return (folder / PROJECT_FILE).is_file()


def names_project(named: str) -> bool:
    """Tell whether a word of the command line names a project: its folder, or the file in it."""
    path = Path(named)
    return is_project(path) or (path.name == PROJECT_FILE and path.is_file())


def _no_project(named: str, folder: Path) -> Problem:
    hint = Text("Make one: {command}", command=f"gremienplan new {named}")
    if not folder.exists():
        return Problem(named, "", Text("There is no such folder."), hinweis=hint)
    return Problem(named, "", Text("This is no project: it has no {file}.", file=PROJECT_FILE), hinweis=hint)


def _relative(folder: Path) -> Path:
    """Return the folder as one would type it: relative where it is the current one."""
    return Path() if folder == Path().absolute() else folder


def plan_path(folder: Path, jahr: int) -> Path:
    """Return where the plan of a year lies."""
    return folder / YEARS / str(jahr) / PLAN_FILE


def years_on_disk(folder: Path) -> tuple[int, ...]:
    """Return the years that have a plan, in their order."""
    plans = (folder / YEARS).glob(f"*/{PLAN_FILE}")
    return tuple(sorted(int(plan.parent.name) for plan in plans if plan.parent.name.isdecimal()))


def usual_year(folder: Path) -> int:
    """Return the year meant where none is named: the last one with a plan, else the next one to come."""
    on_disk = years_on_disk(folder)
    return on_disk[-1] if on_disk else date.today().year + 1  # noqa: DTZ011  (the user's own year)


def plan_on_disk(folder: Path, jahr: int) -> Plan | None:
    """Return the plan of a year, or None where there is none. Raises InputError when it cannot be read."""
    from gremienplan.loading import read_plan

    path = plan_path(folder, jahr)
    return read_plan(path) if path.is_file() else None


def meeting_day(sitzung: Sitzung, am: date | None, folder: Path) -> tuple[date, Text]:
    """Return the day to judge by, and where it comes from: asked for, planned, or the window's first day."""
    if am:
        return am, Text("as asked")
    plan = plan_on_disk(folder, sitzung.jahr)
    for termin in plan.termine if plan else ():
        if termin.sitzung == sitzung.id:
            return termin.beginn.date(), Text("as planned")
    return sitzung.fenster()[0], Text("first day of its window, not planned yet")


def load_project(folder: Path, programm: str | None, jahr: int | None) -> Projekt:
    """Return everything known of the project. Raises InputError with every problem in its files."""
    from gremienplan.loading import load

    return load(folder, programm=programm, jahr=jahr)


def in_profile(projekt: Projekt, profil: str | None) -> Projekt:
    """Return the project with the wishes in the order of a profile; None: in that it has. Raises InputError."""
    if profil is None:
        return projekt
    if profil not in projekt.programm.profile:
        hint = Text("Known are: {names}", names=tuple(projekt.programm.profile))
        wrong = Text("The programme has no profile of this name.")
        raise InputError([Problem("--profil", "", wrong, profil, hint if projekt.programm.profile else None)])
    return projekt.mit_profil(profil)


def current_moment(projekt: Projekt) -> datetime:
    """Return the time it is in the city, to the second: the ``stand`` of a run that names none."""
    return datetime.now(ZoneInfo(projekt.stadt.zeitzone)).replace(tzinfo=None, microsecond=0)


def check_programme(projekt: Projekt, plan: Plan, datei: str) -> None:
    """Refuse to judge a plan by another city's rules or another programme than it was made for."""
    problems = []
    if plan.stadt != projekt.stadt.id:
        other = Text("This plan is of another city than the project ({city}).", city=projekt.stadt.id)
        problems.append(Problem(datei, "stadt", other, plan.stadt))
    elif plan.programm != projekt.programm.id:
        other = Text("This plan is of another programme than the one read ({id}).", id=projekt.programm.id)
        hint = Text("Name the file of its programme: --programm FILE.")
        problems.append(Problem(datei, "programm", other, plan.programm, hint))
    if problems:
        raise InputError(problems)
