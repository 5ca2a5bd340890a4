"""What the page shows of a release: dates, filters and calendars as values, without HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property

from attrs import frozen

from gremienplan.publishing.ereignistext import bare_title
from gremienplan.publishing.farben import FARBEN
from gremienplan.release import (
    ALLE,
    OEFFENTLICH,
    Fassung,
    Kalender,
    Offen,
    Release,
    Seite,
    Status,
    Veroeffentlicht,
)
from gremienplan.texts import LANGUAGES
from gremienplan.web.auswahl import Auswahl

_KEIN_GEBIET = {"gremium", "rolle", "amt"}
_KEINE = Seite("", "", "", ())


@frozen
class Zeichen:
    """How a Gremienart is marked: by a letter and a shape (``nummer``), beside its colour."""

    art: str
    name: str
    buchstabe: str
    nummer: int


@frozen
class Eintrag:
    """A date as the page shows it."""

    ereignis: Veroeffentlicht
    fassung: Fassung
    titel: str
    """Its name, without the word that it is cancelled."""
    zeichen: Zeichen

    @property
    def bisher(self) -> datetime | None:
        """From when it was moved, if it was."""
        return self.fassung.bisher

    @property
    def beginn(self) -> datetime:
        """Local time."""
        return self.fassung.gesicht.beginn

    @property
    def ende(self) -> datetime:
        """Local time."""
        return self.fassung.gesicht.ende

    @property
    def tag(self) -> date:
        """The day on which it begins."""
        return self.beginn.date()

    @property
    def ort(self) -> str:
        """Name and address; empty while it is open."""
        return self.fassung.gesicht.ort

    @property
    def abgesagt(self) -> bool:
        """It does not take place."""
        return self.fassung.abgesagt

    @property
    def vorlaeufig(self) -> bool:
        """It may still change."""
        return self.fassung.gesicht.status is Status.TENTATIVE

    @property
    def pfad(self) -> str:
        """Its own address, below the app."""
        return f"/termin/{self.ereignis.jahr}/{self.ereignis.kennung}"


@frozen
class Wahl:
    """One value a filter can have."""

    wert: str
    name: str


@frozen(eq=False)
class Einblick:
    """A release, asked for what a page needs."""

    release: Release

    @cached_property
    def basis(self) -> str:
        """The audience of whoever says nothing else: everybody, or residents where the release is theirs."""
        alle = {k.publikum for k in self.release.kalender}
        return ALLE if ALLE in alle else OEFFENTLICH

    @cached_property
    def kalender(self) -> Mapping[str, Kalender]:
        """Audience -> calendar."""
        return {k.publikum: k for k in self.release.kalender}

    @cached_property
    def stand(self) -> datetime:
        """When anything here was last told."""
        staende = (f.geaendert for e in self.release.gezeigt for f in e.fassungen.values())
        return max(staende, default=self.release.ausgaben[0].stand)

    @cached_property
    def jahre(self) -> tuple[int, ...]:
        """The years there is something to say of."""
        told = (e for e in self.release.gezeigt if not e.frist)
        jahre = {f.gesicht.beginn.year for e in told for f in e.fassungen.values()}
        found = jahre | {offen.jahr for offen in self.release.offen} or {self.release.stand.year}
        return tuple(sorted(found))

    def name(self, kalender: Kalender) -> str:
        """Return a calendar's title without the city's name."""
        return kalender.titel.removeprefix(f"{self.release.name}: ")

    @cached_property
    def zeichen(self) -> Mapping[str, Zeichen]:
        """Gremienart -> its mark: the first letter of its name that no other has, in the order of their names.

        Colour and shape are those of its number in the city, which paper has, too; without one, by that order.
        """
        namen = {
            _art(e.gremium): f.gesicht.kategorie or _art(e.gremium)
            for e in self.release.gezeigt
            for f in e.fassungen.values()
        }
        nummern = {_art(e.gremium): e.nummer for e in self.release.gezeigt if e.nummer is not None}
        found: dict[str, Zeichen] = {}
        vergeben: set[str] = set()
        for nummer, (art, name) in enumerate(sorted(namen.items(), key=lambda one: (one[1], one[0]))):
            frei = (
                b for b in f"{name}ABCDEFGHIJKLMNOPQRSTUVWXYZ".upper() if b.isalpha() and b not in vergeben
            )
            buchstabe = next(frei, "?")
            vergeben.add(buchstabe)
            found[art] = Zeichen(art, name, buchstabe, nummern.get(art, nummer) % len(FARBEN))
        return found

    def publikum(self, auswahl: Auswahl) -> str:
        """Return through whose eyes a selection looks."""
        if auswahl.amt:
            return f"amt/{auswahl.amt}"
        return f"rolle/{auswahl.rolle}" if auswahl.rolle else self.basis

    def entries(self, auswahl: Auswahl) -> tuple[Eintrag, ...]:
        """Return the dates of a selection, of its year, in the order of time."""
        publikum = self.publikum(auswahl)
        return tuple(
            self.entry(ereignis, publikum)
            for ereignis, fassung in self.release.told(publikum)
            if fassung.gesicht.beginn.year == auswahl.jahr
            and (not auswahl.gebiet or _touches(ereignis, auswahl.gebiet))
            and (not auswahl.art or _art(ereignis.gremium) == auswahl.art)
        )

    def entry(self, ereignis: Veroeffentlicht, publikum: str) -> Eintrag:
        """Return an event as an audience was told of it."""
        fassung = ereignis.fassungen[publikum]
        titel = fassung.gesicht.titel
        return Eintrag(
            ereignis,
            fassung,
            bare_title(titel, self.release.sprache) if fassung.abgesagt else titel,
            self.zeichen[_art(ereignis.gremium)],
        )

    def find(self, jahr: int, kennung: str) -> Eintrag | None:
        """Return a date by its own address, through the eyes of whoever may see most of it here."""
        for ereignis in self.release.gezeigt:
            if (ereignis.jahr, ereignis.kennung) == (jahr, kennung) and ereignis.fassungen:
                allgemein = (p for p in ereignis.fassungen if not p.startswith("amt/"))
                publikum = self.basis if self.basis in ereignis.fassungen else next(allgemein, "")
                return self.entry(ereignis, publikum or next(iter(ereignis.fassungen)))
        return None

    def words(self, eintrag: Eintrag, sprache: str) -> tuple[str, tuple[str, ...]]:
        """Return the language and the sentences of a date: translated where the page still says what was told."""
        eigene, hier = eintrag.fassung.gesicht.worte, self.release.sprache
        seiten = eintrag.ereignis.seiten
        if sprache in seiten and hier in seiten and eigene == seiten[hier].worte:
            return sprache, seiten[sprache].worte
        return hier, eigene

    def invited(self, eintrag: Eintrag, sprache: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
        """Return why somebody is invited, and who: those together of whom the same is said.

        Nobody is invited to what does not take place.
        """
        found: dict[tuple[str, ...], list[str]] = {}
        for geladen in eintrag.ereignis.seiten.get(sprache, _KEINE).geladen:
            found.setdefault(geladen.worte, []).append(geladen.name)
        return () if eintrag.abgesagt else tuple((worte, tuple(namen)) for worte, namen in found.items())

    def page(self, eintrag: Eintrag) -> Seite:
        """Return names of Gremium and Gebiet, which are the same in every language."""
        return eintrag.ereignis.seiten.get(self.release.sprache, _KEINE)

    def open(self, auswahl: Auswahl) -> tuple[Offen, ...]:
        """Return the Sitzungen of a selection that wait for a date; nobody knows yet who is invited to them."""
        return tuple(
            offen
            for offen in self.release.offen
            if offen.jahr == auswahl.jahr
            and (not auswahl.gebiet or offen.gebiet.replace("/", "-") == auswahl.gebiet.replace("/", "-"))
            and (not auswahl.art or _art(offen.gremium) == auswahl.art)
            and not (auswahl.rolle or auswahl.amt)
        )

    @cached_property
    def gebiete(self) -> tuple[Wahl, ...]:
        """The Gebiete to filter by: those with a calendar, or those of the dates where there is one calendar only."""
        found = {
            k.publikum: self.name(k)
            for k in self.release.kalender
            if "/" in k.publikum and k.publikum.split("/")[0] not in _KEIN_GEBIET
        }
        if not found:
            for ereignis in self.release.gezeigt:
                seite = ereignis.seiten.get(self.release.sprache)
                ort = ereignis.gebiet.partition("/")[2].replace("-", " ").title()
                found[ereignis.gebiet] = seite.gebiet if seite else found.get(ereignis.gebiet, ort)
        return tuple(Wahl(wert, found[wert]) for wert in sorted(found, key=lambda w: (found[w], w)))

    @cached_property
    def arten(self) -> tuple[Wahl, ...]:
        """The Gremienarten to filter by."""
        return tuple(Wahl(z.art, z.name) for z in self.zeichen.values())

    @cached_property
    def rollen(self) -> tuple[Wahl, ...]:
        """The Rollen to filter by, sorted by name."""
        found = (k for k in self.release.kalender if k.publikum.startswith("rolle/"))
        return tuple(
            sorted((Wahl(k.publikum.partition("/")[2], self.name(k)) for k in found), key=lambda w: w.name)
        )

    def kinds(self, auswahl: Auswahl) -> tuple[Wahl, ...]:
        """Return the Gremienarten that have a date, or wait for one, in a year and through the eyes of a selection.

        The chosen one is among them: it can be taken back.
        """
        told = self.release.told(self.publikum(auswahl))
        found = {_art(e.gremium) for e, f in told if f.gesicht.beginn.year == auswahl.jahr}
        found |= {_art(offen.gremium) for offen in self.release.offen if offen.jahr == auswahl.jahr}
        return tuple(wahl for wahl in self.arten if wahl.wert in found or wahl.wert == auswahl.art)

    def offices(self, rolle: str) -> tuple[Wahl, ...]:
        """Return the Ämter of a Rolle: those whose id begins with it, and with no longer one."""
        rollen = [wahl.wert for wahl in self.rollen]

        def of(amt: str) -> str:
            return max((r for r in rollen if amt.startswith(f"{r}-")), key=len, default="")

        found = ((k, k.publikum.partition("/")[2]) for k in self.release.kalender)
        return tuple(
            Wahl(amt, self.name(k)) for k, amt in found if k.publikum.startswith("amt/") and of(amt) == rolle
        )

    def calendars(self, auswahl: Auswahl) -> tuple[tuple[Kalender, ...], bool]:
        """Return the calendars that hold a selection, and whether it is one that holds nothing else."""
        publikum = self.publikum(auswahl)
        gremium = self._gremium(auswahl)
        namen = [publikum] if publikum != self.basis else []
        namen += [gremium] if gremium else [auswahl.gebiet] if auswahl.gebiet else []
        found = [self.kalender[name] for name in namen if name in self.kalender]
        genau = len(found) == 1 and (bool(gremium) or not auswahl.art)
        if not found:
            found = [self.kalender[self.basis]] if self.basis in self.kalender else []
            genau = not auswahl.gefiltert
        return tuple(found), genau

    def _gremium(self, auswahl: Auswahl) -> str:
        """Return the audience of the one Gremium that Gremienart and Gebiet of a selection mean, if it is one."""
        if not auswahl.art:
            return ""
        gremien = {e.gremium for e in self.release.gezeigt} | {o.gremium for o in self.release.offen}
        gemeint = {g for g in gremien if _art(g) == auswahl.art}
        if auswahl.gebiet:
            gebiet = {e.gremium: e.gebiet for e in self.release.gezeigt}
            gemeint = {g for g in gemeint if gebiet.get(g) == auswahl.gebiet}
        name = f"gremium/{min(gemeint).replace('/', '-')}" if len(gemeint) == 1 else ""
        return name if name in self.kalender else ""

    def groups(self) -> Iterator[tuple[str, tuple[Kalender, ...]]]:
        """Yield all calendars by what they are about: the first part of their names, empty for the whole."""
        found: dict[str, list[Kalender]] = {}
        for kalender in self.release.kalender:
            found.setdefault(kalender.publikum.rpartition("/")[0], []).append(kalender)
        ordnung = ["", *sorted(found.keys() - {"", *_KEIN_GEBIET}), "gremium", "rolle", "amt"]
        for gruppe in ordnung:
            if gruppe in found:
                yield gruppe, tuple(sorted(found[gruppe], key=lambda k: (k.titel, k.publikum)))


def _art(gremium: str) -> str:
    return gremium.partition("/")[0]


def _touches(ereignis: Veroeffentlicht, gebiet: str) -> bool:
    """Tell whether an event is one of a Gebiet: its Gebiet's audience is told of it, or it is of that Gebiet itself."""
    return gebiet in ereignis.fassungen or ereignis.gebiet == gebiet


SPRACHEN = {"de": "Deutsch", "en": "English"}
"""Each language by its own name."""
assert set(SPRACHEN) == set(LANGUAGES)
