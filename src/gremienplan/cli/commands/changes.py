"""``changes``: the notice of a release, one message for each Sitz it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gremienplan.cli.ausgabe import say, show, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import command, option, projekt_argument, projekt_option
from gremienplan.cli.projekte import find_project
from gremienplan.cli.sprache import words
from gremienplan.cli.veroeffentlichung import show_notice, show_without_calendar, told_title
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.release import Ausgabe, Meldung, Nachricht, Release


@command(
    "changes",
    help=N_(
        "Print what a release has told anew, as one message for each Sitz it concerns: what is new, moved (from when),"
        " cancelled, or takes place after all. Without a number: the last release."
    ),
    short_help=N_("Print what a release has told anew, Sitz by Sitz."),
)
@projekt_argument
@projekt_option
@option(
    "--release", "nummer", type=int, metavar=N_("NUMBER"), help=N_("Which release; without it the last one.")
)
def changes(projekt: str | None, projekt_option: str | None, nummer: int | None, as_json: bool) -> int:
    """Read the record and say what it tells."""
    from gremienplan.loading import AKTE, read_release
    from gremienplan.release import messages, without_calendar

    folder = find_project(projekt, projekt_option)
    release = read_release(folder)
    if release is None:
        missing = Text("Nothing has been published yet.")
        hint = Text("Publish it: {command}", command="gremienplan publish")
        raise InputError([Problem(str(folder / AKTE), "", missing, hinweis=hint)])
    ausgabe = _choose(release, nummer, str(folder / AKTE))
    found = tuple(messages(release, ausgabe))
    ohne = tuple(without_calendar(release, ausgabe))
    if as_json:
        nachrichten = [_json(nachricht, release.sprache) for nachricht in found]
        write_json(
            "changes",
            release=ausgabe.nummer,
            stand=ausgabe.stand.isoformat(timespec="minutes"),
            nachrichten=nachrichten,
            ohne_kalender=[
                {**_change_json(one.meldung, release.sprache), "sitze": list(one.sitze)} for one in ohne
            ],
        )
        return DONE
    show(words(Text("Release {nummer}, as of {stand}", nummer=ausgabe.nummer, stand=ausgabe.stand)))
    show()
    for nachricht in found:
        show_notice(nachricht, release, ausgabe)
    show_without_calendar(ohne, release, ausgabe)
    if ausgabe.nummer == 1:
        say(Text("This was the first release: all of it was new."))
    elif not (found or ohne):
        say(Text("Nobody has to be told anything."))
    return DONE


def _choose(release: Release, nummer: int | None, datei: str) -> Ausgabe:
    """Return one of the releases. Raises InputError for a number that none has."""
    found = {ausgabe.nummer: ausgabe for ausgabe in release.ausgaben}
    if nummer is not None and nummer not in found:
        meldung = Text("There is no release of this number.")
        hint = Text("The releases: 1 to {nummer}", nummer=release.nummer)
        raise InputError([Problem(datei, "--release", meldung, str(nummer), hint)])
    return found[release.nummer if nummer is None else nummer]


def _json(nachricht: Nachricht, sprache: str) -> dict[str, Any]:
    return {
        "publikum": nachricht.publikum,
        "titel": nachricht.titel,
        "aenderungen": [_change_json(meldung, sprache) for meldung in nachricht.meldungen],
    }


def _change_json(meldung: Meldung, sprache: str) -> dict[str, Any]:
    bisher = meldung.aenderung.bisher
    return {
        "art": meldung.aenderung.art.value,
        "ereignis": meldung.ereignis.kennung,
        "titel": told_title(meldung, sprache),
        "beginn": meldung.beginn.isoformat(timespec="minutes"),
        "bisher": bisher and bisher.isoformat(timespec="minutes"),
    }
