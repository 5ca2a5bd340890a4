"""``serve``: the page and the calendars over HTTP, from what was published."""

from __future__ import annotations

import sys
from contextlib import suppress

from gremienplan.cli.ausgabe import say, write_json
from gremienplan.cli.codes import DONE
from gremienplan.cli.klick import between, command, option, projekt_argument, projekt_option
from gremienplan.cli.projekte import find_project
from gremienplan.errors import InputError
from gremienplan.texts import N_, Text
from gremienplan.webadresse import address_problem


@command(
    "serve",
    help=N_(
        "Serve the page and the calendars over HTTP until Ctrl-C. They are made from what was published alone; what is"
        " published meanwhile is served at once."
    ),
    short_help=N_("Serve the page and the calendars over HTTP."),
)
@projekt_argument
@projekt_option
@option(
    "--host", default="127.0.0.1", metavar=N_("ADDRESS"), help=N_("Whom to listen to; 0.0.0.0 is everybody.")
)
@option(
    "--port",
    type=between(1, 65535),
    default="8000",
    metavar=N_("NUMBER"),
    help=N_("The port, 8000 by default."),
)
@option(
    "--adresse",
    default="",
    metavar=N_("ADDRESS"),
    help=N_("Where people reach it, with its path, if a proxy stands before it: https://…"),
)
@option(
    "--public",
    is_flag=True,
    help=N_("Show and serve only what residents are told; personal addresses work for whoever has one."),
)
@option("--no-gzip", is_flag=True, help=N_("Never compress: a proxy does it."))
def serve(
    projekt: str | None,
    projekt_option: str | None,
    host: str,
    port: int,
    adresse: str,
    public: bool,
    no_gzip: bool,
    as_json: bool,
) -> int:
    """Say where, then serve."""
    from gremienplan import web

    folder = find_project(projekt, projekt_option)
    if adresse and (problem := address_problem("--adresse", adresse, "https://kalender.example/sitzungen")):
        raise InputError([problem])
    app = web.app(folder, adresse=adresse, nur_oeffentlich=public, gzip=not no_gzip)
    where = adresse or f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    if app.bestand.jetzt is None:
        hint = Text("Publish it: {command}", command="gremienplan publish")
        say(Text("Nothing has been published yet."))
        say(hint)

    def begin() -> None:
        if as_json:
            write_json("serving", adresse=where)
            sys.stdout.flush()
        else:
            say(Text("The page: {adresse} (to end: Ctrl-C)", adresse=where))

    with suppress(KeyboardInterrupt):
        web.serve(app, host=host, port=port, on_start=begin)
    return DONE
