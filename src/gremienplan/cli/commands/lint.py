"""``lint``: what in a council calendar is hardly meant or cannot work, before anybody plans with it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gremienplan.cli.ausgabe import say, write_json
from gremienplan.cli.codes import DONE, NO
from gremienplan.cli.klick import Misuse, command, option, programm_option, projekt_option, year
from gremienplan.cli.projekte import find_project, is_project, load_project
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.projekt import Projekt


@command(
    "lint",
    help=N_(
        "Judge a council calendar before anybody plans with it: sittings on holidays, two at once with the same seats"
        " or in the same room, none where the programme needs one, unusual weekdays, long waits. KALENDER is a file, a"
        " folder or an address; a project means its calendar, and so does nothing at all. Exit code 1 when there are"
        " findings; a project mutes single ones with [[stumm]]."
    ),
    short_help=N_("Judge a council calendar without planning."),
)
@click.argument("calendars", nargs=-1, metavar="[KALENDER]...")
@projekt_option
@option(
    "--stadt", metavar=N_("CITY"), help=N_("The city that reads the calendars: a folder, or one that ships.")
)
@option("--land", metavar="LAND", help=N_("Without a city: the Land whose holidays count."))
@option("--jahr", type=year, metavar=N_("YEAR"), help=N_("Only this year."))
@programm_option
def lint(
    calendars: tuple[str, ...],
    projekt_option: str | None,
    stadt: str | None,
    land: str | None,
    jahr: int | None,
    programm: str | None,
    as_json: bool,
) -> int:
    """Read the calendar and say what is found."""
    from gremienplan.cli.lintansicht import show_urteil, urteil_json
    from gremienplan.watch.lint import lint as judge

    found = _projekt(calendars, projekt_option, stadt, land, jahr, programm)
    _say_unknown(found, jahr)
    urteil = judge(found, jahr)
    anzahl = len(_judged(found, jahr))
    if as_json:
        write_json("lint", jahr=jahr, sitzungen=anzahl, **urteil_json(urteil, found))
    else:
        show_urteil(urteil, found)
        if urteil.befunde:
            say(Text("Findings: {anzahl}", anzahl=len(urteil.befunde)))
        elif anzahl:
            none = Text("No findings in {anzahl} sittings.", anzahl=anzahl)
            say(Text("No findings in 1 sitting.") if anzahl == 1 else none)
    return NO if urteil.befunde else DONE


def _projekt(
    calendars: tuple[str, ...],
    projekt_option: str | None,
    stadt: str | None,
    land: str | None,
    jahr: int | None,
    programm: str | None,
) -> Projekt:
    """Return what is judged: a project, or calendars as a city, a project or nobody reads them."""
    from gremienplan.loading.pruefkalender import read_pruefkalender

    if stadt and projekt_option:
        raise Misuse("--stadt", Text("The project has a city of its own; name one of the two."))
    if len(calendars) <= 1 and not stadt and (not calendars or is_project(Path(calendars[0]))):
        return load_project(find_project(calendars[0] if calendars else None, projekt_option), programm, jahr)
    if not calendars:
        raise Misuse("KALENDER", Text("Which calendar is meant?"))
    projekt = find_project(None, projekt_option) if projekt_option else None
    found = read_pruefkalender(calendars, stadt, projekt, land, _jetzt(), jahr)
    for quelle, anzahl in found.verloren.items():
        say(
            Text(
                "{quelle}: entries or parts of them that could not be read: {anzahl}",
                quelle=quelle,
                anzahl=anzahl,
            )
        )
    return found.projekt


def _jetzt() -> datetime:
    return datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005  (only the horizon of series without an end)


def _judged(projekt: Projekt, jahr: int | None) -> list[date]:
    """Return the days of the sittings that are judged."""
    return [s.tag for s in projekt.ratskalender.sitzungen if jahr in (None, s.tag.year)]


def _say_unknown(projekt: Projekt, jahr: int | None) -> None:
    """Say what could not be judged."""
    frei, tage = projekt.freitage, _judged(projekt, jahr)
    if not tage:
        if jahr:
            say(Text("The council calendar has no sitting in {jahr}.", jahr=str(jahr)))
        else:
            say(Text("The council calendar has no sitting."))
        return
    if not frei.jahre:
        say(Text("Holidays are not judged: nobody has said in which Land (--land, or a city: --stadt)."))
    elif frei.ferien_bis is None:
        say(Text("School holidays are not known; dates may fall into them."))
    elif frei.ferien_bis < max(tage, default=date.min):
        say(
            Text(
                "School holidays are known until {tag}; later dates may fall into them.", tag=frei.ferien_bis
            )
        )
    if not projekt.stadt.name:
        say(Text("Without a city every name is a body of its own; who sits in which is not known."))
