"""A plan's events as each audience is to read them, rendered in words: what is to be told, before it is compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.plan import (
    Absage,
    Beratungstermin,
    Plan,
    Termin,
    Zustand,
    abgesagte,
    as_planned,
    letzte_aenderung,
    sequenz,
    since_binding,
)
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.publishing import ereignistext
from gremienplan.publishing.ereignistext import Satz
from gremienplan.publishing.farben import arten
from gremienplan.publishing.kalender import time_zone
from gremienplan.publishing.pruefung import DATEI, problems
from gremienplan.publishing.publikum import (
    amt_publikum,
    gebiet_publikum,
    gremium_publikum,
    rolle_publikum,
    touched,
)
from gremienplan.publishing.unbekannt import beratung_by_id, is_beratung, sitzung_by_id
from gremienplan.release import (
    ABSAGE_BLEIBT,
    ALLE,
    OEFFENTLICH,
    Geladen,
    Gemeldet,
    Gesicht,
    Seite,
    Status,
)
from gremienplan.rules import invitations
from gremienplan.stadt import Gremium, RollenArt, Sitz, Stadt
from gremienplan.texts import LANGUAGES, Text, render


def entries(
    projekte: Mapping[int, Projekt | None],
    plan: Plan,
    sprache: str,
    fruehere: Sequence[Plan] = (),
    zurueck: Collection[tuple[int, str]] = (),
    *,
    erstmals: bool = False,
) -> tuple[Gemeldet, ...]:
    """Return the events of a plan and of other years' plans in the order of time, cancelled ones included.

    ``projekte`` is by year the project that tells of it; None: nobody does. Open Sitzungen have no event; residents are
    not told of those in ``zurueck`` yet. ``erstmals``: what was moved or cancelled in a draft was never told. Other
    years may have been made for another programme: what theirs does not know is called by its Gremium.
    Raises InputError with everything that keeps the plans from being published.
    """
    plaene = (plan, *fruehere)
    held = {p.jahr: frozenset(id for jahr, id in zurueck if jahr == p.jahr) for p in plaene}
    werke = [
        _Werk(projekt, p, sprache, plaene, held[p.jahr], erstmals)
        for p in plaene
        if (projekt := projekte[p.jahr])
    ]
    if found := [problem for werk in werke for problem in _problems(werk, plan, plaene)]:
        raise InputError(found)
    return tuple(eintrag for werk in werke for eintrag in werk.alle())


def _problems(werk: _Werk, plan: Plan, plaene: Sequence[Plan]) -> Iterator[Problem]:
    """Yield what keeps one of the plans from being published; only the first must fit the programme."""
    eigener = werk.plan is plan
    datei = DATEI if eigener else f"{werk.plan.jahr}/{DATEI}"
    if not eigener and sum(p.jahr == werk.plan.jahr for p in plaene) > 1:
        yield Problem(datei, "jahr", Text("Two plans are for the same year"), str(werk.plan.jahr))
    sitzungen = werk.sitzungen if eigener else None
    beratungen = werk.beratungen if eigener else None
    yield from problems(werk.projekt.stadt, werk.plan, sitzungen, beratungen, werk.zone, datei)


@frozen
class _Werk:
    """What the rendering of each event needs again and again."""

    projekt: Projekt
    plan: Plan
    sprache: str
    plaene: Sequence[Plan]
    """The plans of all years that are published together."""
    zurueck: frozenset[str]
    """Ids of Sitzungen that residents are not told of yet."""
    erstmals: bool
    """Nobody was told of a draft."""

    @cached_property
    def zone(self) -> ZoneInfo:
        return time_zone(self.projekt.stadt.zeitzone, self.plan.jahr)

    @cached_property
    def sitzungen(self) -> Mapping[str, Sitzung]:
        return {
            sitzung.id: sitzung for sitzung in as_planned(self.projekt, self.plan).sitzungen(self.plan.jahr)
        }

    @cached_property
    def beratungen(self) -> Mapping[str, Beratung]:
        return {beratung.id: beratung for beratung in self.projekt.beratungen(self.plan.jahr)}

    @cached_property
    def ratsorte(self) -> Mapping[str, str]:
        return {sitzung.key: sitzung.ort for sitzung in self.projekt.ratskalender.sitzungen}

    @cached_property
    def verschwunden(self) -> frozenset[str]:
        """Keys of the sittings that have vanished from the council calendar: nobody has said whether they are held."""
        return frozenset(s.key for s in self.projekt.ratskalender.sitzungen if s.verschwunden)

    @cached_property
    def heute(self) -> date:
        """The day of the last entry of all histories: by it a cancelled event leaves the feeds."""
        return max(plan.verlauf[-1].stand for plan in self.plaene).date()

    @cached_property
    def nummern(self) -> Mapping[str, int]:
        """Id of a Gremienart -> its number."""
        return {art: nummer for nummer, art in enumerate(arten(self.projekt.stadt))}

    @cached_property
    def erzaehlt(self) -> Plan:
        """The plan with that part of its history of which somebody may have been told."""
        return since_binding(self.plan) if self.erstmals else self.plan

    def alle(self) -> Iterator[Gemeldet]:
        """Yield everything that takes place or is cancelled."""
        yield from map(self.sitzung, self.plan.termine)
        yield from map(self.beratung, self.plan.beratungen)
        for absage in abgesagte(self.erzaehlt):
            if self.heute <= absage.bisher.date() + ABSAGE_BLEIBT:
                yield self.absage(absage)

    def sitzung(self, termin: Termin) -> Gemeldet:
        """Return a Sitzung that takes place."""
        stadt = self.projekt.stadt
        sitzung, bekannt = self._sitzung(termin.sitzung, termin.gremium)
        geladen = invitations(stadt, self.projekt.regeln, sitzung, termin.beginn.date())
        what = partial(
            ereignistext.sitzung_text, self.projekt, self.plan, sitzung, termin, geladen, bekannt=bekannt
        )
        saetze = what()
        public = what(wort=ereignistext.public_grundlage_text) if sitzung.gremium.art.oeffentlich else saetze
        return self._eintrag(
            termin.sitzung,
            sitzung,
            termin.beginn,
            termin.ende,
            self._place(termin.ort),
            saetze,
            {e.sitz: ereignistext.einladung_text(self.projekt, e) for e in geladen},
            public=public,
        )

    def beratung(self, termin: Beratungstermin) -> Gemeldet:
        """Return an item that is heard in a sitting of the council calendar."""
        beratung, bekannt = self._beratung(termin.beratung, termin.gremium)
        sitze = self.projekt.stadt.alle_sitze
        vortrag = tuple(sitze[sitz] for sitz in termin.vortrag) or beratung.vortrag
        saetze = ereignistext.beratung_text(
            self.projekt, self.plan, beratung, termin.beginn, vortrag, bekannt=bekannt
        )
        ort = self.ratsorte.get(termin.sitzung, "")
        anteile = self._anteile(beratung, vortrag, termin.beginn.date())
        return self._eintrag(
            termin.beratung,
            beratung,
            termin.beginn,
            termin.ende,
            ort,
            saetze,
            anteile,
            ungewiss=termin.sitzung in self.verschwunden,
        )

    def absage(self, absage: Absage) -> Gemeldet:
        """Return what no longer takes place: the history alone says what it was, and the city whom to tell."""
        was: Sitzung | Beratung
        if is_beratung(absage.ereignis):
            was, bekannt = self._beratung(absage.ereignis, absage.gremium)
            sitze = self.projekt.stadt.alle_sitze
            vortrag = tuple(sitze[s] for s in absage.vortrag if s in sitze) or was.vortrag
            betroffen = list(self._anteile(was, vortrag, absage.bisher.date()))
            if not bekannt:
                betroffen += self._stets_geladen(was.gremium, absage.bisher)
        else:
            was, _ = self._sitzung(absage.ereignis, absage.gremium)
            stadt, regeln = self.projekt.stadt, self.projekt.regeln
            betroffen = [e.sitz for e in invitations(stadt, regeln, was, absage.bisher.date())]
        return self._eintrag(
            absage.ereignis,
            was,
            absage.bisher,
            absage.ende,
            self._place(absage.ort),
            ereignistext.absage_text(),
            dict.fromkeys(betroffen, ()),
            abgesagt=True,
        )

    def _sitzung(self, kennung: str, gremium: str) -> tuple[Sitzung, bool]:
        """Return a Sitzung, and whether the programme asks for it."""
        bekannt = self.sitzungen.get(kennung)
        if bekannt is not None and bekannt.gremium.id == gremium:
            return bekannt, True
        projekt = self.projekt
        return sitzung_by_id(projekt.stadt, projekt.programm, kennung, gremium, self.plan.jahr), False

    def _beratung(self, kennung: str, gremium: str) -> tuple[Beratung, bool]:
        """Return a Beratung, and whether the programme asks for it."""
        bekannt = self.beratungen.get(kennung)
        if bekannt is not None and bekannt.gremium.id == gremium:
            return bekannt, True
        projekt = self.projekt
        return beratung_by_id(projekt.stadt, projekt.programm, kennung, gremium, self.plan.jahr), False

    def _stets_geladen(self, gremium: Gremium, beginn: datetime) -> list[Sitz]:
        """Return whom a Gremium invites whatever the Anlass."""
        ohne = sitzung_by_id(self.projekt.stadt, self.projekt.programm, "", gremium.id, self.plan.jahr)
        geladen = invitations(self.projekt.stadt, self.projekt.regeln, ohne, beginn.date())
        return [einladung.sitz for einladung in geladen]

    def _place(self, ort: str) -> str:
        known = self.projekt.stadt.alle_orte.get(ort)
        return ereignistext.place(known) if known else ""

    def _anteile(
        self, beratung: Beratung, vortrag: Iterable[Sitz], tag: date
    ) -> dict[Sitz, tuple[Satz, ...]]:
        """Return whom a Beratung concerns: who presents it, and who is to know of it where it is heard that day."""
        traegt_vor = {sitz.id: sitz for sitz in vortrag}
        kenntnis = {sitz.id: sitz for sitz in kenntnis_von(self.projekt.stadt.am(tag), beratung)}
        return {
            sitz: ereignistext.anteil_text(traegt_vor=id in traegt_vor, kenntnis=id in kenntnis)
            for id, sitz in {**traegt_vor, **kenntnis}.items()
        }

    def _eintrag(
        self,
        kennung: str,
        was: Sitzung | Beratung,
        beginn: datetime,
        ende: datetime,
        ort: str,
        saetze: tuple[Satz, ...],
        persoenlich: Mapping[Sitz, tuple[Satz, ...]],
        *,
        public: tuple[Satz, ...] | None = None,
        abgesagt: bool = False,
        ungewiss: bool = False,
    ) -> Gemeldet:
        """Return what is told; ``public`` is what residents read where it is not what everybody does."""
        public = saetze if public is None else public
        art = was.gremium.art
        bisher = None if abgesagt else ereignistext.former_start(self.erzaehlt, kennung, beginn)
        titel = ereignistext.titel(was.name, abgesagt=abgesagt)
        gemeinsam = Gesicht(
            beginn=beginn,
            ende=ende,
            titel=render(titel, self.sprache),
            status=self._status(abgesagt=abgesagt, ungewiss=ungewiss),
            worte=self._words(saetze),
            ort=ort,
            kategorie=art.name,
            oeffentlich=art.oeffentlich and kennung not in self.zurueck,
        )
        aemter = {s: eigene for s, eigene in persoenlich.items() if s.rolle.art is RollenArt.AMT}
        gesichter = dict.fromkeys((rolle_publikum(s.rolle.id) for s in aemter), gemeinsam)
        if isinstance(was, Sitzung):
            gesichter |= dict.fromkeys(self._publikum(was, beginn.date()), gemeinsam)
        if OEFFENTLICH in gesichter:
            gesichter[OEFFENTLICH] = evolve(gemeinsam, worte=self._words(public))
        for sitz, eigene in aemter.items():
            worte = self._words((*eigene, *saetze))
            gesichter[amt_publikum(sitz.id)] = evolve(gemeinsam, worte=worte)
        return Gemeldet(
            uid=was.uid(self.projekt.stadt.domain),
            kennung=kennung,
            jahr=self.plan.jahr,
            gremium=was.gremium.id,
            gebiet=was.gremium.gebiet.key,
            gesichter=gesichter,
            seiten={s: self._page(s, titel, was, saetze, public, persoenlich) for s in LANGUAGES},
            sequenz=sequenz(self.plan, kennung),
            geaendert=letzte_aenderung(self.plan, kennung),
            bisher=bisher,
            nummer=self.nummern.get(art.id),
        )

    def _publikum(self, sitzung: Sitzung, tag: date) -> Iterator[str]:
        """Yield the audiences beside the Ämter that are told of a Sitzung."""
        gremium = sitzung.gremium
        yield ALLE
        yield gremium_publikum(gremium.id)
        yield from map(gebiet_publikum, touched(self.projekt.stadt.am(tag), gremium))
        if gremium.art.oeffentlich and sitzung.id not in self.zurueck:
            yield OEFFENTLICH

    def _page(
        self,
        sprache: str,
        titel: Satz,
        was: Sitzung | Beratung,
        saetze: tuple[Satz, ...],
        public: tuple[Satz, ...],
        persoenlich: Mapping[Sitz, tuple[Satz, ...]],
    ) -> Seite:
        stadt = self.projekt.stadt
        return Seite(
            titel=render(titel, sprache),
            gremium=stadt.gremium_name(was.gremium),
            gebiet=was.gremium.gebiet.name,
            worte=tuple(render(satz, sprache) for satz in saetze),
            geladen=tuple(
                Geladen(sitz.id, stadt.sitz_name(sitz), tuple(render(satz, sprache) for satz in eigene))
                for sitz, eigene in persoenlich.items()
            ),
            oeffentlich=() if public == saetze else tuple(render(satz, sprache) for satz in public),
        )

    def _status(self, *, abgesagt: bool, ungewiss: bool) -> Status:
        if abgesagt:
            return Status.CANCELLED
        return Status.TENTATIVE if ungewiss or self.plan.zustand is Zustand.DRAFT else Status.CONFIRMED

    def _words(self, saetze: Iterable[Satz]) -> tuple[str, ...]:
        return tuple(render(satz, self.sprache) for satz in saetze)


def kenntnis_von(stadt: Stadt, beratung: Beratung) -> Iterator[Sitz]:
    """Yield the Sitze that are to know of a Beratung: those of its ``kenntnis`` where it is heard."""
    gremium = stadt.gremien.get(beratung.gremium.id, beratung.gremium)
    for rolle in beratung.eintrag.kenntnis:
        yield from stadt.sitze_von(rolle, gremium.gebiet)
