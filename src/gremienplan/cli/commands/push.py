"""``push``: bring a feed into a calendar of a CalDAV server, changing only what changed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.padding import Padding

from gremienplan.cli.ausgabe import entries, heading, say, show, write_json
from gremienplan.cli.codes import DONE, INTERRUPTED, NO
from gremienplan.cli.klick import command, did_you_mean, option, projekt_option
from gremienplan.cli.projekte import find_project
from gremienplan.cli.sprache import words
from gremienplan.errors import InputError, Problem
from gremienplan.texts import N_, Text

if TYPE_CHECKING:
    from gremienplan.publishing.caldav.abgleich import Hindernis, Schritt
    from gremienplan.publishing.caldav.bringen import Ergebnis
    from gremienplan.publishing.caldav.verbindung import Zugang

FEEDS = Path("out", "feeds")


@command(
    "push",
    help=N_(
        "Bring a feed into a calendar of a CalDAV server, changing only what changed. ADDRESS is that of one calendar."
        " Events that are not this feed's are never touched. User and password come from GREMIENPLAN_CALDAV_USER and"
        " GREMIENPLAN_CALDAV_PASSWORD, or from a netrc file."
    ),
    short_help=N_("Bring a feed into a calendar of a CalDAV server."),
)
@click.argument("adresse", metavar="ADDRESS")
@option(
    "--feed",
    required=True,
    metavar=N_("NAME"),
    help=N_("Which feed: its name in out/feeds, such as alle, or an .ics file that publish wrote."),
)
@projekt_option
@option(
    "--zugang",
    metavar=N_("FILE"),
    help=N_("A netrc file with user and password for the server; it counts before everything else."),
)
@option("--dry-run", is_flag=True, help=N_("Only say what would be changed; nothing is written."))
def push(
    adresse: str,
    feed: str,
    projekt_option: str | None,
    zugang: str | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Read the feed, compare it with the calendar, write the difference."""
    from gremienplan.publishing.caldav import bringen
    from gremienplan.publishing.caldav.ressourcen import split
    from gremienplan.publishing.caldav.verbindung import address, connect

    url = address(adresse)
    datei = _feed_file(feed, projekt_option)
    vorlage = split(datei.read_bytes(), str(datei))
    getan: list[Schritt] = []

    def note(schritt: Schritt, _: int) -> None:
        getan.append(schritt)

    try:
        with connect(adresse, _credentials(url.host, zugang)) as verbindung:
            ergebnis = bringen.push(verbindung, vorlage, dry_run=dry_run, on_step=note)
    except KeyboardInterrupt:
        ergebnis = bringen.Ergebnis(tuple(getan), (), ())
        if as_json:
            _write(ergebnis, str(url), vorlage.feed, dry_run=dry_run, abgebrochen=True)
        elif getan:
            _show(ergebnis, str(url), dry_run=dry_run, abgebrochen=True)
        more = Text("One more may have been under way; the same command does the rest.")
        say(Text("Interrupted; changes made: {n}. {more}", n=len(getan), more=more))
        return INTERRUPTED
    if as_json:
        _write(ergebnis, str(url), vorlage.feed, dry_run=dry_run)
    else:
        _show(ergebnis, str(url), dry_run=dry_run)
    return NO if ergebnis.hindernisse else DONE


def _feed_file(feed: str, projekt: str | None) -> Path:
    """Return the file of a feed, named by its path or by its name; raises InputError where there is none."""
    if feed.endswith(".ics") and Path(feed).is_file():
        return Path(feed)
    ordner = find_project(None, projekt) / FEEDS
    datei = ordner / f"{feed.removesuffix('.ics')}.ics"
    if datei.is_file() and datei.resolve().is_relative_to(ordner.resolve()):
        return datei
    known = sorted(p.relative_to(ordner).as_posix().removesuffix(".ics") for p in ordner.rglob("*.ics"))
    if not known:
        hint: Text | None = Text("Write the calendars first: {command}", command="gremienplan publish")
    else:
        hint = did_you_mean(feed, known) or Text(
            "There are: {namen}", namen=(*known[:12], *["…"] * (len(known) > 12))
        )
    raise InputError([Problem("--feed", "", Text("There is no such feed."), feed, hint)])


def _credentials(host: str, zugang: str | None) -> Zugang | None:
    from gremienplan.loading.zugang import credentials, readable_by_others
    from gremienplan.publishing.caldav.verbindung import Zugang

    datei = Path(zugang) if zugang else None
    found = credentials(host, os.environ, datei)
    if datei is not None and readable_by_others(datei):
        say(Text("Others on this machine can read the password: {path}", path=str(datei)))
    return Zugang(*found) if found else None


def _write(ergebnis: Ergebnis, adresse: str, feed: str, *, dry_run: bool, abgebrochen: bool = False) -> None:
    """Write what was done; of a push that was broken off nobody knows what else there is."""
    from gremienplan.publishing.caldav.abgleich import Was

    write_json(
        "push",
        adresse=adresse,
        feed=feed,
        dry_run=dry_run,
        abgebrochen=abgebrochen,
        **{was.value: list(ergebnis.uids(was)) for was in Was},
        **({} if abgebrochen else _rest(ergebnis)),
    )


def _rest(ergebnis: Ergebnis) -> dict[str, object]:
    return {
        "unveraendert": list(ergebnis.gleich),
        "hindernisse": [{"uid": h.uid, "grund": h.grund.value, "wert": h.wert} for h in ergebnis.hindernisse],
    }


def _show(ergebnis: Ergebnis, adresse: str, *, dry_run: bool, abgebrochen: bool = False) -> None:
    from gremienplan.publishing.caldav.abgleich import Was

    heading(adresse)
    rows = [
        (len(ergebnis.uids(Was.NEU)), Text("new")),
        (len(ergebnis.uids(Was.GEAENDERT)), Text("changed")),
        (len(ergebnis.uids(Was.GELOESCHT)), Text("removed")),
    ]
    if not abgebrochen:
        rows.append((len(ergebnis.gleich), Text("unchanged")))
    show(entries((f"{number:>4}", words(text)) for number, text in rows))
    for hindernis in ergebnis.hindernisse:
        show(Padding(words(_reason(hindernis)), (0, 0, 0, 2)), stderr=True)
    if dry_run:
        say(Text("Only looked at: nothing was written."))


def _reason(hindernis: Hindernis) -> Text:
    """Say why an event stays as it is."""
    from gremienplan.publishing.caldav.abgleich import Grund

    uid = hindernis.uid
    match hindernis.grund:
        case Grund.FREMD:
            return Text(
                "{uid}: something that is not ours has this identity in the calendar; it stays.", uid=uid
            )
        case Grund.ANDERER_FEED:
            return Text(
                "{uid}: stands here already from another feed, {feed}; it stays.",
                uid=uid,
                feed=hindernis.wert,
            )
        case Grund.OHNE_ETAG:
            return Text("{uid}: the server does not say its version, so it is not overwritten.", uid=uid)
        case Grund.INZWISCHEN:
            return Text("{uid}: somebody else changed it meanwhile; push again.", uid=uid)
        case Grund.ABGELEHNT:
            return Text(
                "{uid}: the server does not take it (error {status}).", uid=uid, status=hindernis.wert
            )
