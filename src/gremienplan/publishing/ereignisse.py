"""A plan's events as calendars show them: each rendered once per audience, with the Sitze it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.errors import InputError
from gremienplan.plan import (
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
from gremienplan.publishing.pruefung import problems
from gremienplan.rules import invitations
from gremienplan.stadt import Gremium, Ort, RollenArt, Sitz
from gremienplan.texts import render

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


def entries(projekt: Projekt, plan: Plan, sprache: str) -> tuple[Eintrag, ...]:
    """Return the events of a plan in the order of time, cancelled ones included.

    Open Sitzungen have no event. Raises InputError with everything that keeps the plan from being published.
    """
    werk = _Werk(projekt, plan, sprache)
    if found := problems(projekt.stadt, plan, werk.sitzungen, werk.beratungen, werk.zone):
        raise InputError(found)
    alle = [
        *(werk.sitzung(werk.sitzungen[t.sitzung], t) for t in plan.termine),
        *(werk.beratung(werk.beratungen[b.beratung], b) for b in plan.beratungen),
        *werk.absagen(),
    ]
    return tuple(sorted(alle, key=lambda eintrag: (eintrag.beginn, eintrag.uid)))


@frozen
class _Werk:
    """What the rendering of each event needs again and again."""

    projekt: Projekt
    plan: Plan
    sprache: str

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
    def bestaetigt(self) -> datetime | None:
        """Since when the plan has been more than a draft: that moment changed the status of every event."""
        seit = None
        for eintrag in reversed(self.plan.verlauf):
            if eintrag.zustand is Zustand.DRAFT:
                break
            seit = eintrag.stand
        return seit

    def sitzung(self, sitzung: Sitzung, termin: Termin) -> Eintrag:
        """Return a Sitzung that takes place."""
        stadt = self.projekt.stadt
        geladen = invitations(stadt, self.projekt.regeln, sitzung, termin.beginn.date())
        saetze = ereignistext.sitzung_text(self.projekt, self.plan, sitzung, termin, geladen)
        return self._eintrag(
            sitzung,
            termin.beginn,
            termin.ende,
            _place(stadt.orte[termin.ort]) if termin.ort else "",
            saetze,
            {e.sitz: ereignistext.einladung_text(self.projekt, e) for e in geladen},
        )

    def beratung(self, beratung: Beratung, termin: Beratungstermin) -> Eintrag:
        """Return an item that is heard in a sitting of the council calendar."""
        vortrag = tuple(self.projekt.stadt.sitze[sitz] for sitz in termin.vortrag) or beratung.vortrag
        saetze = ereignistext.beratung_text(self.projekt, self.plan, beratung, termin.beginn, vortrag)
        ort = self.ratsorte.get(termin.sitzung, "")
        anteile = self._anteile(beratung, vortrag)
        return self._eintrag(beratung, termin.beginn, termin.ende, ort, saetze, anteile)

    def absagen(self) -> Iterator[Eintrag]:
        """Yield what no longer takes place, until 30 days after its old date by the history's last stand."""
        plan, satz = self.plan, ereignistext.absage_text()
        for kennung, beginn in abgesagte(plan):
            if plan.verlauf[-1].stand.date() > beginn.date() + ABSAGE_BLEIBT:
                continue
            if sitzung := self.sitzungen.get(kennung):
                geladen = invitations(self.projekt.stadt, self.projekt.regeln, sitzung, beginn.date())
                ende = beginn + timedelta(minutes=sitzung.dauer)
                yield self._eintrag(
                    sitzung, beginn, ende, "", satz, {e.sitz: () for e in geladen}, abgesagt=True
                )
            elif beratung := self.beratungen.get(kennung):
                anteile = dict.fromkeys(self._anteile(beratung, beratung.vortrag), ())
                ende = beginn + timedelta(minutes=beratung.gremium.art.dauer)
                yield self._eintrag(beratung, beginn, ende, "", satz, anteile, abgesagt=True)

    def _anteile(self, beratung: Beratung, vortrag: Iterable[Sitz]) -> dict[Sitz, tuple[Satz, ...]]:
        """Return whom a Beratung concerns: who presents it, and who is to know of it where it is heard."""
        vortrag = tuple(vortrag)
        kenntnis = tuple(kenntnis_von(self.projekt, beratung))
        return {
            sitz: ereignistext.anteil_text(traegt_vor=sitz in vortrag, kenntnis=sitz in kenntnis)
            for sitz in (*vortrag, *kenntnis)
        }

    def _eintrag(
        self,
        was: Sitzung | Beratung,
        beginn: datetime,
        ende: datetime,
        ort: str,
        saetze: tuple[Satz, ...],
        persoenlich: Mapping[Sitz, tuple[Satz, ...]],
        *,
        abgesagt: bool = False,
    ) -> Eintrag:
        stand = letzte_aenderung(self.plan, was.id)
        if not abgesagt and self.bestaetigt is not None:
            stand = max(stand, self.bestaetigt)
        ereignis = Ereignis(
            uid=was.uid(self.projekt.stadt.domain),
            beginn=beginn,
            ende=ende,
            titel=self._words(ereignistext.titel(was.name, abgesagt=abgesagt)),
            status=self._status(abgesagt=abgesagt),
            geaendert=in_utc(stand, self.zone),
            sequenz=sequenz(self.plan, was.id),
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

    def _status(self, *, abgesagt: bool) -> Status:
        if abgesagt:
            return Status.CANCELLED
        return Status.TENTATIVE if self.plan.zustand is Zustand.DRAFT else Status.CONFIRMED

    def _words(self, satz: Satz) -> str:
        return render(satz, self.sprache)


def _place(ort: Ort) -> str:
    """Return a venue's name and address; an address that its name already says is not said again."""
    return ort.name if ort.adresse in ort.name else f"{ort.name}, {ort.adresse}"


def kenntnis_von(projekt: Projekt, beratung: Beratung) -> Iterator[Sitz]:
    """Yield the Sitze that are to know of a Beratung: those of its ``kenntnis`` where it is heard."""
    for rolle in beratung.eintrag.kenntnis:
        yield from projekt.stadt.sitze_von(rolle, beratung.gremium.gebiet)
