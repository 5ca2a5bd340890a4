"""Which page an address means: Starlette's routes, each answered from the snapshot that its request began with."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from urllib.parse import urlsplit

from attrs import evolve
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.routing import Route, Router

from gremienplan.web.antwort import Antwort, Header, Receive, Scope, Send
from gremienplan.web.auswahl import Auswahl
from gremienplan.web.schnappschuss import Schnappschuss
from gremienplan.web.seiten import STATISCH, Seiten, static

SCHNAPPSCHUSS, WURZEL = "gremienplan.schnappschuss", "gremienplan.wurzel"
"""Under which keys of the scope the request's snapshot is, and the path where the app is mounted."""
HTML: Header = (b"content-type", b"text/html; charset=utf-8")
NACHFRAGEN: Header = (b"cache-control", b"no-cache")
"""Pages may be kept, but who has one asks whether it is still the same."""
LANGE: Header = (b"cache-control", b"public, max-age=86400")
_CSP = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'"
CSP: Header = (b"content-security-policy", f"{_CSP}; frame-ancestors 'none'".encode())
"""Nothing but our own two files; and nobody frames the page."""
SEITEN_HALTEN = 300
"""How many pages of a release are kept; addresses with filters are many."""
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9a-fA-F:]+\](:\d+)?")


def pages() -> Router:
    """Return the routes of the page."""
    return Router(
        [
            Route("/", _calendar),
            Route("/termin/{jahr:int}/{kennung:path}", _event),
            Route("/abonnieren", _subscribe),
            Route("/abonnieren/{publikum:path}", _subscribe),
            Route("/statisch/{datei}", _static),
        ],
        redirect_slashes=False,
        default=_default,
    )


async def _calendar(request: Request) -> Antwort:
    auswahl = _selection(request)
    return await _answer(request, ("/", auswahl), lambda seiten: seiten.calendar(auswahl))


async def _event(request: Request) -> Antwort:
    auswahl, jahr = Auswahl(_selection(request).sprache), int(request.path_params["jahr"])
    kennung = str(request.path_params["kennung"])
    return await _answer(
        request, ("termin", auswahl, jahr, kennung), lambda seiten: seiten.event(auswahl, jahr, kennung)
    )


async def _subscribe(request: Request) -> Antwort:
    auswahl, publikum = Auswahl(_selection(request).sprache), str(request.path_params.get("publikum", ""))
    return await _answer(
        request, ("abo", auswahl, publikum), lambda seiten: seiten.subscribe(auswahl, publikum)
    )


async def _static(request: Request) -> Antwort:
    datei = str(request.path_params["datei"])
    if datei not in STATISCH:
        return await _missing(request)
    return Antwort.of(static(datei), (b"content-type", STATISCH[datei]), LANGE)


async def _default(scope: Scope, receive: Receive, send: Send) -> None:
    antwort = await _missing(Request(scope, receive))
    await antwort(scope, receive, send)


async def _answer(request: Request, key: Hashable, seite: Callable[[Seiten], str | None]) -> Antwort:
    """Return a page, rendered beside the other requests unless it has been already."""
    schnappschuss: Schnappschuss = request.scope[SCHNAPPSCHUSS]
    seiten = _seiten(request, schnappschuss)
    ganz = (key, seiten.basis, seiten.wurzel)
    antwort = schnappschuss.seiten.get(ganz)
    if antwort is None:
        html = await run_in_threadpool(seite, seiten)
        if html is None:
            return await _missing(request)
        antwort = Antwort.of(html.encode(), HTML, NACHFRAGEN, weitere=[CSP], gzip=schnappschuss.gzip)
        if len(schnappschuss.seiten) >= SEITEN_HALTEN:
            schnappschuss.seiten.clear()
        schnappschuss.seiten[ganz] = antwort
    return antwort


async def _missing(request: Request) -> Antwort:
    schnappschuss: Schnappschuss = request.scope[SCHNAPPSCHUSS]
    html = await run_in_threadpool(_seiten(request, schnappschuss).missing, _selection(request))
    keine: Header = (b"cache-control", b"no-store")
    return evolve(Antwort.of(html.encode(), HTML, keine, weitere=[CSP], gzip=False), status=404)


def _selection(request: Request) -> Auswahl:
    schnappschuss: Schnappschuss = request.scope[SCHNAPPSCHUSS]
    return Auswahl.of(request.query_params, schnappschuss.release.sprache)


def _seiten(request: Request, schnappschuss: Schnappschuss) -> Seiten:
    """Return the pages for where the app is reached: as was said, else where this request arrived."""
    if schnappschuss.adresse:
        return Seiten(schnappschuss.einblick, schnappschuss.adresse, urlsplit(schnappschuss.adresse).path)
    wurzel = str(request.scope[WURZEL]).rstrip("/")
    host = request.headers.get("host", "")
    sicher = host if _HOST.fullmatch(host) else "localhost"
    return Seiten(schnappschuss.einblick, f"{request.scope.get('scheme', 'http')}://{sicher}{wurzel}", wurzel)
