"""A plan's events as calendars show them: each rendered once per audience, with the Sitze it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.orte import Ort
from gremienplan.plan import (
    Absage,
    Beratungstermin,
    Plan,
    Termin,
    Zustand,
    abgesagte,
    letzte_aenderung,
    sequenz,
)
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.publishing import ereignistext
from gremienplan.publishing.ereignistext import Satz
from gremienplan.publishing.kalender import Ereignis, Status, ereignis_bytes, in_utc, time_zone
from gremienplan.publishing.pruefung import DATEI, problems
from gremienplan.publishing.unbekannt import beratung_by_id, is_beratung, sitzung_by_id
from gremienplan.rules import invitations
from gremienplan.stadt import Gremium, RollenArt, Sitz, Stadt
from gremienplan.texts import Text, render

ABSAGE_BLEIBT = timedelta(days=30)
"""How long after its old date a cancelled event stays in the feeds."""


@frozen
class Eintrag:
    """One event as the feeds hold it. A Beratung has no public face: it only shows in feeds of an Amt."""

    beginn: datetime
    uid: str
    stand: datetime
    """Time of the last change, the city's local time."""
    gremium: Gremium
    oeffentlich: bytes | None
    """The VEVENT for everybody; None for a Beratung."""
    persoenlich: Mapping[str, bytes]
    """Id of each Amt the event concerns -> the VEVENT for it."""


def entries(projekt: Projekt, plan: Plan, sprache: str, fruehere: Sequence[Plan] = ()) -> tuple[Eintrag, ...]:
    """Return the events of a plan and of other years' plans in the order of time, cancelled ones included.

    Open Sitzungen have no event. Other years may have been made for another programme: what this one does not
    know is called by its Gremium. Raises InputError with everything that keeps the plans from being published.
    """
    plaene = (plan, *fruehere)
    werke = [_Werk(projekt, p, sprache, plaene) for p in plaene]
    if found := [problem for werk in werke for problem in _problems(werk, plan, plaene)]:
        raise InputError(found)
    alle = [eintrag for werk in werke for eintrag in werk.alle()]
    return tuple(sorted(alle, key=lambda eintrag: (eintrag.beginn, eintrag.uid)))


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

    @cached_property
    def zone(self) -> ZoneInfo:
        return time_zone(self.projekt.stadt.zeitzone, self.plan.jahr)

    @cached_property
    def sitzungen(self) -> Mapping[str, Sitzung]:
        return {sitzung.id: sitzung for sitzung in self.projekt.sitzungen(self.plan.jahr)}

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

    def alle(self) -> Iterator[Eintrag]:
        """Yield everything that takes place or is cancelled."""
        yield from map(self.sitzung, self.plan.termine)
        yield from map(self.beratung, self.plan.beratungen)
        for absage in abgesagte(self.plan):
            if self.heute <= absage.bisher.date() + ABSAGE_BLEIBT:
                yield self.absage(absage)

    def sitzung(self, termin: Termin) -> Eintrag:
        """Return a Sitzung that takes place."""
        stadt = self.projekt.stadt
        sitzung, bekannt = self._sitzung(termin.sitzung, termin.gremium)
        geladen = invitations(stadt, self.projekt.regeln, sitzung, termin.beginn.date())
        saetze = ereignistext.sitzung_text(self.projekt, self.plan, sitzung, termin, geladen, bekannt=bekannt)
        return self._eintrag(
            termin.sitzung,
            sitzung,
            termin.beginn,
            termin.ende,
            self._place(termin.ort),
            saetze,
            {e.sitz: ereignistext.einladung_text(self.projekt, e) for e in geladen},
        )

    def beratung(self, termin: Beratungstermin) -> Eintrag:
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

    def absage(self, absage: Absage) -> Eintrag:
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
        return _place(known) if known else ""

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
        abgesagt: bool = False,
        ungewiss: bool = False,
    ) -> Eintrag:
        stand = letzte_aenderung(self.plan, kennung)
        ereignis = Ereignis(
            uid=was.uid(self.projekt.stadt.domain),
            beginn=beginn,
            ende=ende,
            titel=self._words(ereignistext.titel(was.name, abgesagt=abgesagt)),
            status=self._status(abgesagt=abgesagt, ungewiss=ungewiss),
            geaendert=in_utc(stand, self.zone),
            sequenz=sequenz(self.plan, kennung),
            ort=ort,
            kategorie=was.gremium.art.name,
            oeffentlich=was.gremium.art.oeffentlich,
        )
        rendered: dict[tuple[Satz, ...], bytes] = {}

        def vevent(eigene: tuple[Satz, ...]) -> bytes:
            if eigene not in rendered:
                worte = [self._words(satz) for satz in (*eigene, *saetze)]
                rendered[eigene] = ereignis_bytes(ereignis, worte, self.zone)
            return rendered[eigene]

        return Eintrag(
            beginn=beginn,
            uid=ereignis.uid,
            stand=stand,
            gremium=was.gremium,
            oeffentlich=vevent(()) if isinstance(was, Sitzung) else None,
            persoenlich={
                sitz.id: vevent(eigene)
                for sitz, eigene in persoenlich.items()
                if sitz.rolle.art is RollenArt.AMT
            },
        )

    def _status(self, *, abgesagt: bool, ungewiss: bool) -> Status:
        if abgesagt:
            return Status.CANCELLED
        return Status.TENTATIVE if ungewiss or self.plan.zustand is Zustand.DRAFT else Status.CONFIRMED

    def _words(self, satz: Satz) -> str:
        return render(satz, self.sprache)


def _place(ort: Ort) -> str:
    """Return a venue's name and address; an address that its name already says is not said again."""
    return ort.name if ort.adresse in ort.name else f"{ort.name}, {ort.adresse}"


def kenntnis_von(stadt: Stadt, beratung: Beratung) -> Iterator[Sitz]:
    """Yield the Sitze that are to know of a Beratung: those of its ``kenntnis`` where it is heard."""
    gremium = stadt.gremien.get(beratung.gremium.id, beratung.gremium)
    for rolle in beratung.eintrag.kenntnis:
        yield from stadt.sitze_von(rolle, gremium.gebiet)
