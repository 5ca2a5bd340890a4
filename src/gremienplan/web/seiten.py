"""The pages as HTML: from what the page shows, by templates that escape whatever they are given."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gremienplan.publishing.farben import FARBEN
from gremienplan.release import Kalender
from gremienplan.texts import MONTHS, WEEKDAYS, Text, render
from gremienplan.web import worte
from gremienplan.web.abonnieren import Abo
from gremienplan.web.auswahl import FILTER, Auswahl
from gremienplan.web.einblick import SPRACHEN, Einblick, Eintrag

HIER = Path(__file__).parent
STATISCH = {"seite.css": b"text/css; charset=utf-8", "seite.js": b"text/javascript; charset=utf-8"}


@cache
def static(datei: str) -> bytes:
    """Return one of our two files; the colours of the marks are put into the style sheet."""
    text = (HIER / "statisch" / datei).read_text("utf-8")
    for wann in ("hell", "dunkel"):
        farben = (f"--z{n}: {getattr(farbe, wann)};" for n, farbe in enumerate(FARBEN))
        text = text.replace(f"/* {wann} */", " ".join(farben))
    return text.encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HIER / "vorlagen"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@frozen
class Tag:
    """A day of the year, with its dates."""

    tag: date
    termine: tuple[Eintrag, ...]


@frozen
class Monat:
    """A month of the year."""

    nummer: int
    name: Text
    tage: tuple[Tag, ...]

    @property
    def termine(self) -> tuple[Eintrag, ...]:
        """Its dates in the order of time."""
        return tuple(termin for tag in self.tage for termin in tag.termine)


@frozen(eq=False)
class Seiten:
    """The pages of a release, reached below ``basis`` (https://…, no slash at its end) and linked below ``wurzel``."""

    einblick: Einblick
    basis: str
    wurzel: str

    def calendar(self, auswahl: Auswahl) -> str:
        """Return the calendar as somebody wants to see it."""
        einblick = self.einblick
        jahr = auswahl.jahr if auswahl.jahr in einblick.jahre else einblick.jahre[-1]
        gewaehlt = self._chosen(auswahl)
        auswahl = auswahl.but(jahr=jahr, **{key: "" for key in FILTER if key not in gewaehlt})
        termine = einblick.entries(auswahl)
        erster = termine[0].tag.month if termine else 1
        auswahl = auswahl.but(monat=auswahl.monat or erster)
        kalender, genau = einblick.calendars(auswahl)
        arten = {e.zeichen.art: e.zeichen for e in termine}
        return self._page(
            "kalender.html",
            auswahl,
            "/",
            alles=auswahl.but(**dict.fromkeys(FILTER, "")),
            gewaehlt=list(gewaehlt.values()),
            jahre=einblick.jahre,
            termine=termine,
            vorlaeufig=bool(termine) and all(e.vorlaeufig or e.abgesagt for e in termine),
            arten=[arten[art] for art in einblick.zeichen if art in arten],
            monate=_months(jahr, termine),
            offen=einblick.open(auswahl),
            abos=[Abo(k, self.basis) for k in kalender],
            genau=genau,
        )

    def event(self, auswahl: Auswahl, jahr: int, kennung: str) -> str | None:
        """Return the page of one date; None where there is none."""
        einblick = self.einblick
        e = einblick.find(jahr, kennung)
        if e is None:
            return None
        sprache, saetze = einblick.words(e, auswahl.sprache)
        gremium = f"gremium/{e.ereignis.gremium.replace('/', '-')}"
        eigener = einblick.kalender.get(gremium) or einblick.kalender[einblick.basis]
        return self._page(
            "termin.html",
            auswahl,
            e.pfad,
            e=e,
            seite=einblick.page(e),
            worte=saetze,
            worte_sprache=sprache,
            geladen=einblick.invited(e, auswahl.sprache),
            abos=[Abo(eigener, self.basis)],
        )

    def subscribe(self, auswahl: Auswahl, publikum: str) -> str | None:
        """Return the page of one calendar, or of all (""); None where there is none."""
        kalender = self.einblick.kalender.get(publikum)
        if publikum and kalender is None:
            return None
        return self._page(
            "abo.html",
            auswahl,
            f"/abonnieren/{publikum}" if publikum else "/abonnieren",
            eines=Abo(kalender, self.basis) if kalender else None,
            gruppen=list(self.einblick.groups()),
            ebene=self._level,
        )

    def missing(self, auswahl: Auswahl) -> str:
        """Return what is said where there is no page."""
        return self._page("fehlt.html", auswahl, "/")

    def _chosen(self, auswahl: Auswahl) -> Mapping[str, str]:
        """Return the filters that mean something here, each with the name of its value."""
        einblick = self.einblick
        wahlen = {
            "gebiet": einblick.gebiete,
            "art": einblick.arten,
            "rolle": einblick.rollen,
            "amt": einblick.offices(auswahl.rolle),
        }
        namen = {key: {wahl.wert: wahl.name for wahl in found} for key, found in wahlen.items()}
        return {k: namen[k][getattr(auswahl, k)] for k in FILTER if getattr(auswahl, k) in namen[k]}

    def _level(self, kalender: Sequence[Kalender]) -> str:
        """Return the name of a level: the word that the titles of all its calendars begin with."""
        return self.einblick.name(kalender[0]).partition(" ")[0]

    def _page(self, vorlage: str, auswahl: Auswahl, hier: str, **inhalt: Any) -> str:
        einblick, sprache = self.einblick, auswahl.sprache
        usual = einblick.release.sprache
        stand = Text("As of: {stand}", stand=einblick.stand)
        return (
            _environment()
            .get_template(vorlage)
            .render(
                release=einblick.release,
                einblick=einblick,
                auswahl=auswahl,
                leer=Auswahl(sprache),
                sprache=sprache,
                sprachen=SPRACHEN,
                hier=f"{self.wurzel}{hier}",
                wurzel=self.wurzel,
                stand=render(stand, sprache),
                w=worte,
                t=lambda text: render(text, sprache),
                name=einblick.name,
                kurz=lambda tag: render(WEEKDAYS[tag.weekday()], sprache),
                frage=lambda wahl: wahl.query(usual),
                bisher=lambda e: render(Text("Moved from {frueher}", frueher=e.bisher), sprache),
                fassung_css=_mark("seite.css"),
                fassung_js=_mark("seite.js"),
                **inhalt,
            )
        )


@cache
def _mark(datei: str) -> str:
    return sha256(static(datei)).hexdigest()[:8]


def _months(jahr: int, termine: Sequence[Eintrag]) -> tuple[Monat, ...]:
    nach_tag: dict[date, list[Eintrag]] = {}
    for termin in termine:
        nach_tag.setdefault(termin.tag, []).append(termin)
    return tuple(
        Monat(
            monat,
            MONTHS[monat - 1],
            tuple(
                Tag(tag, tuple(nach_tag.get(tag, ())))
                for tag in (date(jahr, monat, n + 1) for n in range(monthrange(jahr, monat)[1]))
            ),
        )
        for monat in range(1, 13)
    )
