"""A city as the laws look at it: who, with whom, when and on whose word; entries are found by what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from attrs import evolve, frozen

import gremienplan as gp
from gremienplan.jahr import Jahr, build
from gremienplan.programm import Sitzung
from gremienplan.quellen import Grundlage
from gremienplan.requirements import Hoechstabstand, Reihenfolge
from gremienplan.rules import gastgeber, geschaeftsfuehrung
from gremienplan.stadt import Gebiet

TAG = date(2027, 6, 1)
KR, SK, LK, AK, BV = (
    "koordinierungsrunde",
    "stadtteilkonferenz",
    "lenkungskreis",
    "arbeitskreis",
    "bezirksvertretung",
)
SKO, BM = "stadtteilkoordination", "bezirksbuergermeister"


@frozen
class Tagung:
    """A Sitzung as far as the rules ask: its Gremium and its Anlässe."""

    gremium: gp.Gremium
    anlass: tuple[str, ...] = ()


def wort(grundlage: Grundlage | None) -> str:
    """Return a word as the city's files write it: ``text HAMM-5.1-BEF``; a fact of a date becomes ``vorgabe``."""
    return str(grundlage) if grundlage else ""


@frozen
class Welt:
    """One project, true or changed."""

    projekt: gp.Projekt

    @property
    def stadt(self) -> gp.Stadt:
        return self.projekt.stadt

    @cached_property
    def raeume(self) -> tuple[Gebiet, ...]:
        return self.stadt.gebiete_von("sozialraum")

    @cached_property
    def bezirke(self) -> tuple[Gebiet, ...]:
        return self.stadt.gebiete_von("bezirk")

    def b(self, raum: Gebiet) -> list[str]:
        """B(s), from the Wohnbereiche alone."""
        return sorted(b.id for b in self.bezirke if b.atome & raum.atome)

    def gremium(self, art: str, gebiet: str) -> gp.Gremium | None:
        return self.stadt.gremien.get(f"{art}/{gebiet}")

    def members(self, art: str, gebiet: str) -> list[str]:
        gremium = self.gremium(art, gebiet)
        if gremium is None:
            return []
        return sorted(s.id for s in gp.mitglieder(self.stadt, self.projekt.regeln, gremium, TAG))

    def invited(self, art: str, gebiet: str, *anlass: str) -> dict[str, gp.Invitation]:
        gremium = self.gremium(art, gebiet)
        if gremium is None:
            return {}
        found = gp.invitations(self.stadt, self.projekt.regeln, Tagung(gremium, anlass), TAG)
        return {i.sitz.id: i for i in found}

    def words(self, art: str, gebiet: str, sitz: str, *anlass: str) -> set[str]:
        """On whose word a Sitz is invited."""
        found = self.invited(art, gebiet, *anlass).get(sitz)
        return {wort(g.grundlage) for g in found.gruende} if found else set()

    def hosts(self, art: str, gebiet: str) -> list[str]:
        gremium = self.gremium(art, gebiet)
        if gremium is None:
            return []
        return sorted(s.id for s in gastgeber(self.stadt, self.projekt.regeln, gremium, TAG))

    def managing(self, art: str, gebiet: str) -> list[str]:
        gremium = self.gremium(art, gebiet)
        if gremium is None:
            return []
        return sorted(s.id for s in geschaeftsfuehrung(self.stadt, self.projekt.regeln, gremium, TAG))

    # --- the year ---

    @cached_property
    def sitzungen(self) -> tuple[Sitzung, ...]:
        return self.projekt.sitzungen(2027)

    @cached_property
    def jahr(self) -> Jahr:
        """The year, with no council calendar and no free days."""
        return build(self.projekt, 2027)

    def mit(self, **anders: object) -> Welt:
        """Return the same city with another calendar or other free days."""
        return Welt(evolve(self.projekt, **anders))  # type: ignore[arg-type]

    def von(self, art: str, anlass: str, gebiet: str = "") -> list[Sitzung]:
        """Return the Sitzungen with an Anlass, in the order of their windows."""
        found = [
            s
            for s in self.sitzungen
            if s.gremium.art.id == art and anlass in s.anlass and gebiet in ("", s.gebiet.id)
        ]
        return sorted(found, key=lambda s: s.fenster())

    def eins(self, art: str, anlass: str, gebiet: str, nummer: int = 0) -> str:
        """Return the id of one Sitzung by its Anlass; empty when there is none."""
        found = self.von(art, anlass, gebiet)
        return found[nummer].id if len(found) > nummer else ""

    def items(self, anlass: str, raum: str = "") -> list[gp.Beratung]:
        """Return the items that follow from the Sitzungen with an Anlass."""
        return [
            b for b in self.projekt.beratungen(2027) if anlass in b.zu.anlass and raum in ("", b.gebiet.id)
        ]

    @cached_property
    def _folgen(self) -> dict[tuple[str, str], set[tuple[str, int, str]]]:
        found: dict[tuple[str, str], set[tuple[str, int, str]]] = {}
        for r in self.jahr.requirements:
            if isinstance(r, Reihenfolge | Hoechstabstand):
                kind = "ab" if isinstance(r, Reihenfolge) else "bis"
                found.setdefault((r.erst, r.dann), set()).add((kind, r.tage, wort(r.grundlage)))
        return found

    def folge(self, erst: str, dann: str) -> set[tuple[str, int, str]]:
        """Return what binds two events: from so many days on, to so many days at most, and on whose word."""
        return self._folgen.get((erst, dann), set())

    def nachbarn(self, ereignis: str) -> set[tuple[str, str]]:
        """Return every ordered pair an event is bound in."""
        return {pair for pair in self._folgen if ereignis in pair}


Urteil = Iterator[str]
"""What breaks a law, one sentence each."""


def gleich(was: str, ist: object, soll: object) -> Urteil:
    """Say it where two things differ."""
    if ist != soll:
        yield f"{was}: {ist}, not {soll}"
