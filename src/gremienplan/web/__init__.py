"""The page and the calendars over HTTP, from what was published alone: an ASGI app to mount, and a server.

Whoever runs it needs the extra ``web``; importing this room needs nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gremienplan.errors import InputError, Problem, install_command
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.release import Release
    from gremienplan.web.anwendung import Anwendung
    from gremienplan.web.quelle import Abo, Releasequelle

__all__ = ["app", "serve"]


def app(
    quelle: str | Path | Release | Releasequelle,
    *,
    adresse: str = "",
    nur_oeffentlich: bool = False,
    gzip: bool = True,
    pruefen: float = 1.0,
    abo: Abo | None = None,
) -> Anwendung:
    """Return the ASGI app of a project: its page and its calendars, to run alone or to mount under any path.

    ``quelle`` is the project's folder, whose ``veroeffentlicht.json`` is looked at every ``pruefen`` seconds when
    somebody asks, or a release that never changes. ``adresse`` is where the app is reached from outside, with its
    path (https://…); without it each answer goes by the address it was asked at, and the calendars do not name
    theirs. ``nur_oeffentlich`` shows and serves only what residents are told; personal
    addresses work there, too, for their secret is the key. ``gzip`` lets clients have the bytes compressed that ask for
    it. ``abo`` answers personal addresses, a token → the bytes of a calendar, or None; without it those of the project
    do (``gremienplan tokens``). ``lambda token: None`` serves none.

    Raises InputError where the extra ``web`` is not installed, and with every problem of what was published.
    """
    _require("starlette", "segno")
    from gremienplan.web.abos import Abos
    from gremienplan.web.anwendung import Anwendung
    from gremienplan.web.bestand import Bestand
    from gremienplan.web.quelle import source
    from gremienplan.web.schnappschuss import Schnappschuss

    basis = adresse.rstrip("/")

    def bauen(release: Release) -> Schnappschuss:
        return Schnappschuss.of(release, basis, nur_oeffentlich=nur_oeffentlich, gzip=gzip)

    abos = Abos(Path(quelle), pruefen=pruefen) if abo is None and isinstance(quelle, str | Path) else None
    bestand = Bestand(source(quelle), bauen, pruefen)
    return Anwendung(bestand, basis, abo or abos, abos.heil if abos else None)


def serve(
    anwendung: Anwendung,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    on_start: Callable[[], None] = lambda: None,
) -> None:
    """Serve an app until somebody ends it; requests that have begun are answered first.

    ``on_start`` is called once the port is ours.
    Raises InputError where the extra ``web`` is not installed, and where the port cannot be had.
    """
    _require("uvicorn")
    import logging
    import socket

    import uvicorn

    from gremienplan.web.schnell import fast

    art = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        offen = socket.create_server((host, port), family=art, backlog=2048)
    except OSError as error:
        grund = error.strerror or str(error)
        meldung = Text(
            "Nothing can be served at {host}, port {port}: {grund}", host=host, port=port, grund=grund
        )
        raise InputError([Problem("--port", "", meldung, str(port), Text("Name another port."))]) from None
    logging.getLogger("gremienplan.web").addHandler(logging.StreamHandler())
    config = uvicorn.Config(
        anwendung,
        http=fast(anwendung),
        lifespan="off",
        access_log=False,
        server_header=False,
        log_level="warning",
    )
    with offen:
        on_start()
        uvicorn.Server(config).run(sockets=[offen])


def _require(*namen: str) -> None:
    """Raise InputError, with what to do, where a library of the extra is missing."""
    from importlib.util import find_spec

    for name in namen:
        if find_spec(name) is None:
            meldung = Text("The server needs {name}.", name=name)
            hinweis = Text("Install it: {command}", command=install_command("web"))
            raise InputError([Problem("web", "", meldung, hinweis=hinweis)])
