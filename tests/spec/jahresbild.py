"""Project and plan side by side, for a judge that uses nothing that is made of them (``richter``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property

from attrs import frozen

import gremienplan as gp
from gremienplan.programm import Sitzungseintrag
from gremienplan.ratskalender import Ratssitzung
from gremienplan.stadt import Gebiet, RollenArt

TAG = timedelta(days=1)


@frozen
class Treffen:
    """A Sitzung of our own as the plan has it: what rules need to know of it, and when and where it is."""

    id: str
    gremium: gp.Gremium
    anlass: tuple[str, ...]
    beginn: datetime
    ende: datetime
    ort: str

    @property
    def tag(self) -> date:
        return self.beginn.date()

    def __str__(self) -> str:
        return f"{self.id} {self.beginn:%Y-%m-%d %H:%M}"


@frozen
class Vortrag:
    """An item in a council sitting as the plan has it; ``anlass`` is that of the Sitzung it follows from."""

    id: str
    sozialraum: str
    anlass: tuple[str, ...]
    termin: gp.Beratungstermin

    @property
    def tag(self) -> date:
        return self.termin.beginn.date()

    @property
    def bezirk(self) -> str:
        return self.termin.gremium.partition("/")[2]

    def __str__(self) -> str:
        return f"{self.id} {self.termin.beginn:%Y-%m-%d %H:%M}"


@frozen
class Politik:
    """A political body in session: no Anlass of ours."""

    gremium: gp.Gremium
    anlass: tuple[str, ...] = ()


@frozen
class Pflicht:
    """Where a Sitz has to be; ``sitzung`` is the council's key, so that an item and its sitting are one place."""

    was: str
    beginn: datetime
    ende: datetime
    ort: str = ""
    sitzung: str = ""
    fest: bool = False
    """Given from outside: two such are never the plan's fault."""


@frozen
class Jahresbild:
    """Project and plan side by side; ids of entries of the programme only tell which Anlässe a Termin has."""

    projekt: gp.Projekt
    plan: gp.Plan

    @cached_property
    def eintraege(self) -> dict[str, Sitzungseintrag]:
        return {e.id: e for e in self.projekt.programm.sitzungen}

    @cached_property
    def treffen(self) -> tuple[Treffen, ...]:
        found = []
        for t in self.plan.termine:
            eintrag = self.eintraege.get(t.sitzung.partition("/")[0])
            gremium = self.projekt.stadt.gremien[t.gremium]
            anlass = eintrag.anlass if eintrag else ()
            found.append(Treffen(t.sitzung, gremium, anlass, t.beginn, t.ende, t.ort))
        return tuple(found)

    @cached_property
    def vortraege(self) -> tuple[Vortrag, ...]:
        zu = {b.id: self.eintraege[b.zu].anlass for b in self.projekt.programm.beratungen}
        found = []
        for b in self.plan.beratungen:
            eintrag, sozialraum, _ = b.beratung.split("/")
            found.append(Vortrag(b.beratung, sozialraum, zu.get(eintrag, ()), b))
        return tuple(found)

    @cached_property
    def sozialraeume(self) -> tuple[Gebiet, ...]:
        return self.projekt.stadt.gebiete_von("sozialraum")

    def bezirke(self, gebiet: Gebiet) -> set[str]:
        """Return B(s)."""
        return {b.id for b in self.projekt.stadt.gebiete_von("bezirk") if b.atome & gebiet.atome}

    def von(self, art: str, anlass: str = "", gebiet: str = "") -> list[Treffen]:
        """Return the Sitzungen of a Gremienart (with this Anlass, at this Gebiet) in the order of time."""
        found = [
            t
            for t in self.treffen
            if t.gremium.art.id == art
            and (not anlass or anlass in t.anlass)
            and (not gebiet or t.gremium.gebiet.id == gebiet)
        ]
        return sorted(found, key=lambda t: t.beginn)

    def kr(self, anlass: str, sozialraum: str) -> list[Treffen]:
        return self.von("koordinierungsrunde", anlass, sozialraum)

    def gehoert(self, anlass: str, sozialraum: str = "") -> list[Vortrag]:
        """Return the items that follow from the Koordinierungsrunden with this Anlass."""
        return [v for v in self.vortraege if anlass in v.anlass and sozialraum in ("", v.sozialraum)]

    def politik(self, *arten: str) -> Iterator[tuple[Ratssitzung, gp.Gremium]]:
        for sitzung in self.projekt.ratskalender.sitzungen:
            gremium = self.projekt.stadt.gremien.get(sitzung.gremium)
            if gremium and (not arten or gremium.art.id in arten):
                yield sitzung, gremium

    def aemter(self, tagung: Treffen | Politik, tag: date) -> set[str]:
        """Return the Sitze that are invited on this day and have a calendar."""
        found = gp.invitations(self.projekt.stadt, self.projekt.regeln, tagung, tag)
        return {i.sitz.id for i in found if i.sitz.rolle.art is RollenArt.AMT}


def tage(von: datetime, bis: datetime) -> set[date]:
    """Return the days a half-open span touches: what ends at midnight does not touch the next day."""
    last = max(von, bis - timedelta(microseconds=1)).date()
    return {von.date() + n * TAG for n in range((last - von.date()).days + 1)}


def zugleich(a_von: datetime, a_bis: datetime, b_von: datetime, b_bis: datetime) -> bool:
    return a_von < b_bis and b_von < a_bis
