"""A small release made by hand, and an app that serves it: values, no plan, no city."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from attrs import evolve, frozen

from gremienplan.release import (
    Aenderung,
    Art,
    Ausgabe,
    Fassung,
    Geladen,
    Gesicht,
    Kalender,
    Offen,
    Release,
    Seite,
    Status,
    Veroeffentlicht,
)
from gremienplan.web import app

STAND = datetime(2026, 11, 2, 9, 30)
SPAETER = STAND + timedelta(days=7)
BISHER = datetime(2027, 3, 1, 10)
KONFERENZ = "konferenz/nord"
RUNDE = "runde/nord"


def gesicht(
    titel: str, tag: datetime, *, worte: tuple[str, ...] = (), art: str = "Runde", oeffentlich: bool = False
) -> Gesicht:
    """Return a face of two hours."""
    ort = "Haus am Fluss, Weg 1"
    return Gesicht(tag, tag + timedelta(hours=2), titel, Status.CONFIRMED, worte, ort, art, oeffentlich)


def ereignis(
    kennung: str, gremium: str, gebiet: str, fassungen: Mapping[str, Fassung], jahr: int = 2027
) -> Veroeffentlicht:
    """Return an event whose pages say what its first face says, in both languages."""
    erste = next(iter(fassungen.values())).gesicht
    seiten = {
        sprache: Seite(
            erste.titel,
            erste.titel.partition(":")[0],
            gebiet.partition("/")[2].title(),
            erste.worte if sprache == "de" else tuple(f"[en] {wort}" for wort in erste.worte),
            (
                Geladen(
                    "leitung/nord",
                    "Leitung Nord",
                    ("Eingeladen als Mitglied: FLU-1, Konzept, Abschnitt 4.1",),
                ),
            ),
        )
        for sprache in ("de", "en")
    }
    uid = f"{kennung.replace('/', '.')}.{jahr}@flussau.example"
    return Veroeffentlicht(uid, kennung, jahr, gremium, gebiet, fassungen, seiten)


def release() -> Release:
    """Return a second release: a round that was moved, a public conference, one that is cancelled, and an open one."""
    runde = gesicht("Runde Nord: Auftakt", datetime(2027, 3, 3, 10), worte=("Einladung durch: Leitung Nord",))
    eigene = evolve(runde, worte=("Eingeladen als Mitglied: FLU-1", *runde.worte))
    konferenz = gesicht(
        "Konferenz Nord: Frühjahr",
        datetime(2027, 5, 5, 17, 30),
        worte=("Einladung durch: Leitung Nord",),
        art="Konferenz",
        oeffentlich=True,
    )
    ab = evolve(
        gesicht("Abgesagt: Runde Süd: Auftakt", datetime(2027, 3, 3, 14), worte=("Diese Sitzung entfällt",)),
        status=Status.CANCELLED,
    )
    return Release(
        stadt="flussau",
        name="Flussau",
        domain="flussau.example",
        zeitzone="Europe/Berlin",
        sprache="de",
        kalender=(
            Kalender("alle", "Flussau: Alle Sitzungen", "navy"),
            Kalender("amt/leitung-nord", "Flussau: Leitung Nord", "slateblue"),
            Kalender("gremium/konferenz-nord", "Flussau: Konferenz Nord", "teal"),
            Kalender("gremium/runde-nord", "Flussau: Runde Nord", "teal"),
            Kalender("gremium/runde-sued", "Flussau: Runde Süd", "teal"),
            Kalender("oeffentlich", "Flussau: Öffentliche Sitzungen", "firebrick"),
            Kalender("raum/nord", "Flussau: Raum Nord", "seagreen"),
            Kalender("raum/sued", "Flussau: Raum Süd", "seagreen"),
            Kalender("rolle/leitung", "Flussau: Leitung", "peru"),
        ),
        beendet=(Kalender("gremium/alt", "Flussau: Alte Runde", "teal"),),
        ereignisse=(
            ereignis(
                KONFERENZ,
                "konferenz/nord",
                "raum/nord",
                dict.fromkeys(
                    (
                        "alle",
                        "gremium/konferenz-nord",
                        "oeffentlich",
                        "raum/nord",
                        "rolle/leitung",
                        "amt/leitung-nord",
                    ),
                    Fassung(konferenz, 0, STAND),
                ),
            ),
            ereignis(
                RUNDE,
                "runde/nord",
                "raum/nord",
                dict.fromkeys(
                    ("alle", "gremium/runde-nord", "raum/nord", "rolle/leitung"),
                    Fassung(runde, 1, SPAETER, None, BISHER),
                )
                | {"amt/leitung-nord": Fassung(eigene, 1, SPAETER, None, BISHER)},
            ),
            ereignis(
                "runde/sued",
                "runde/sued",
                "raum/sued",
                dict.fromkeys(("alle", "gremium/runde-sued", "raum/sued"), Fassung(ab, 1, SPAETER)),
            ),
        ),
        offen=(
            Offen(
                "abschluss/nord",
                2027,
                "runde/nord",
                "raum/nord",
                {"de": "Runde Nord: Abschluss", "en": "Runde Nord: Abschluss"},
            ),
            Offen(
                "herbst/nord",
                2027,
                "konferenz/nord",
                "raum/nord",
                {"de": "Konferenz Nord: Herbst", "en": "Konferenz Nord: Herbst"},
                True,
            ),
        ),
        ausgaben=(
            Ausgabe(1, STAND, {"2027": "published"}),
            Ausgabe(
                2,
                SPAETER,
                {"2027": "published"},
                (
                    Aenderung(
                        "runde.nord.2027@flussau.example",
                        Art.VERLEGT,
                        ("alle", "gremium/runde-nord", "raum/nord", "rolle/leitung", "amt/leitung-nord"),
                        BISHER,
                    ),
                    Aenderung(
                        "runde.sued.2027@flussau.example",
                        Art.ABGESAGT,
                        ("alle", "gremium/runde-sued", "raum/sued"),
                    ),
                ),
            ),
        ),
    )


@frozen
class Antwort:
    """What came back: names of headers in lower case, each at most once."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode()

    def json(self) -> Any:
        """Return the body, read as JSON."""
        return json.loads(self.content)


@frozen
class Klient:
    """Calls an ASGI app as a server does, and tidies nothing: neither path nor body."""

    anwendung: Any
    wurzel: str = ""

    def get(self, ziel: str, *, headers: Mapping[str, str] | None = None, methode: str = "GET") -> Antwort:
        """Return the answer to a request for a path with its query."""
        pfad, _, frage = ziel.partition("?")
        scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "https",
            "server": ("flussau.example", 443),
            "method": methode,
            "path": pfad,
            "raw_path": quote(pfad).encode(),
            "root_path": self.wurzel,
            "query_string": frage.encode(),
            "headers": [
                (b"host", b"flussau.example"),
                *((name.encode(), wert.encode()) for name, wert in (headers or {}).items()),
            ],
        }
        sent: list[Any] = []
        gelesen: list[bool] = []

        async def receive() -> dict[str, Any]:
            if gelesen:
                await asyncio.Future()
            gelesen.append(True)
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        asyncio.run(self.anwendung(scope, receive, send))
        start, *rest = sent
        assert [m["type"] for m in sent] == ["http.response.start"] + ["http.response.body"] * len(rest)
        assert [m.get("more_body", False) for m in rest] == [True] * (len(rest) - 1) + [False]
        found = {name.decode(): wert.decode() for name, wert in start["headers"]}
        assert len(found) == len(list(start["headers"]))
        return Antwort(start["status"], found, b"".join(m.get("body", b"") for m in rest))


def client(quelle: Any = None, **wahl: Any) -> Klient:
    """Return a client of an app: of our release, unless told otherwise."""
    return Klient(app(quelle or release(), **wahl))
