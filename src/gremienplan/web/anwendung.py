"""The ASGI app: calendars on the shortest way there is, pages by Starlette."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool

from gremienplan.texts import Text, render
from gremienplan.tokens.werte import FOLDER
from gremienplan.web.antwort import ICS, LESEN, SICHER, Antwort, Header, Receive, Scope, Send, say
from gremienplan.web.bestand import NICHTS, Bestand
from gremienplan.web.quelle import Abo, Unlesbar
from gremienplan.web.schnappschuss import FEEDS, Schnappschuss
from gremienplan.web.wege import SCHNAPPSCHUSS, WURZEL, pages

_FEEDS, _ABO = f"/{FEEDS}/", f"/{FOLDER}/"
SPRACHE = "de"
"""What is said before anything is published."""
_SPAETER: Header = (b"retry-after", b"300")


class Anwendung:
    """An ASGI app to run alone or to mount under any path. It only reads, and sets no cookie."""

    def __init__(
        self,
        bestand: Bestand,
        adresse: str = "",
        abo: Abo | None = None,
        abo_heil: Callable[[], bool] | None = None,
    ) -> None:
        """``abo_heil`` tells whether all can be read that personal addresses need; None: there is nothing to tell."""
        self.bestand, self.abo, self.abo_heil = bestand, abo, abo_heil
        self._wurzel = urlsplit(adresse).path
        self._pages = pages()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await _other(scope, receive, send)
            return
        wurzel = scope.get("root_path", "")
        pfad = _below(_below(scope["path"], wurzel), self._wurzel)
        schnappschuss = await self.bestand.current()
        if scope["method"] not in LESEN:
            await say(scope, send, 405, "Method Not Allowed", [(b"allow", b"GET, HEAD")])
        elif pfad == "/health":
            await self._health(scope, send, schnappschuss)
        elif schnappschuss is None:
            await say(scope, send, 503, render(NICHTS, SPRACHE), [_SPAETER])
        elif pfad.startswith(_ABO) and self.abo is not None:
            await _personal(scope, receive, send, schnappschuss, self.abo, pfad[len(_ABO) :])
        elif pfad.startswith((_FEEDS, _ABO)):  # no personal address is known here: none has a calendar
            name = pfad[len(_FEEDS) :] if pfad.startswith(_FEEDS) else ""
            await _feed(scope, receive, send, schnappschuss, name)
        else:
            hier = {SCHNAPPSCHUSS: schnappschuss, WURZEL: wurzel, "path": pfad or "/", "root_path": ""}
            await self._pages({**scope, **hier}, receive, send)

    async def _health(self, scope: Scope, send: Send, schnappschuss: Schnappschuss | None) -> None:
        """Say whether there is something to serve, and whether it is what lies there now."""
        zustand: dict[str, object] = {
            "status": "ok" if schnappschuss else "nothing published",
            "current": self.bestand.heil,
        }
        if self.abo_heil is not None:
            zustand["personal"] = await run_in_threadpool(self.abo_heil)
        body = json.dumps(zustand).encode() + b"\n"
        header: Iterable[Header] = (
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
            *SICHER,
        )
        await send(
            {"type": "http.response.start", "status": 200 if schnappschuss else 503, "headers": header}
        )
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _feed(scope: Scope, receive: Receive, send: Send, schnappschuss: Schnappschuss, name: str) -> None:
    """Answer with a calendar; one that nobody has asked for yet is written beside the other requests."""
    antwort: Antwort | None = schnappschuss.antworten.get(name)
    if antwort is None:
        if name not in schnappschuss.kalender:
            await _no_calendar(scope, send, schnappschuss)
            return
        antwort = await run_in_threadpool(schnappschuss.feed, name)
    await antwort(scope, receive, send)


def _below(pfad: str, wurzel: str) -> str:
    """Return a path below the one where the app is mounted; a server or proxy may have taken that away already."""
    rest = pfad[len(wurzel) :]
    return rest if wurzel and pfad.startswith(wurzel) and (not rest or rest[0] == "/") else pfad


async def _personal(
    scope: Scope, receive: Receive, send: Send, schnappschuss: Schnappschuss, abo: Abo, name: str
) -> None:
    """Answer with the calendar of a token; one that is unknown, revoked or no token at all looks the same."""
    try:
        inhalt = await run_in_threadpool(abo, name.removesuffix(".ics"))
    except Unlesbar:
        satz = Text("Personal calendars cannot be answered at present.")
        await say(scope, send, 503, render(satz, schnappschuss.release.sprache), [_SPAETER])
        return
    if inhalt is None or not name.endswith(".ics"):
        await _no_calendar(scope, send, schnappschuss)
        return
    await _personal_answer(inhalt, schnappschuss.gzip)(scope, receive, send)


@lru_cache(maxsize=256)
def _personal_answer(inhalt: bytes, gzip: bool) -> Antwort:
    """Return the answer that is a personal calendar: for its reader alone, named without its token."""
    kopf = inhalt.partition(b"BEGIN:VTIMEZONE")[0]
    wann = re.search(rb"\r\nLAST-MODIFIED:(\d{8}T\d{6})Z\r\n", kopf)
    return Antwort.of(
        inhalt,
        ICS,
        (b"cache-control", b"private, max-age=300"),
        weitere=[(b"content-disposition", b'inline; filename="abo.ics"')],
        geaendert=datetime.fromisoformat(wann[1].decode()).replace(tzinfo=UTC) if wann else None,
        gzip=gzip,
    )


async def _no_calendar(scope: Scope, send: Send, schnappschuss: Schnappschuss) -> None:
    satz = Text("There is no calendar at this address.")
    await say(scope, send, 404, render(satz, schnappschuss.release.sprache))


async def _other(scope: Scope, receive: Receive, send: Send) -> None:
    """Take part in a server's start and end, with nothing to do, and refuse a websocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1000})
        return
    while scope["type"] == "lifespan":
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
