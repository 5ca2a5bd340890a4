"""Limits of the rules: who is never invited to a Gremium, and which membership lists are open, closed or absent.

Limits invite nobody and remove nobody. ``check`` holds every rule of a city and of its projects against them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import Enum

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.rules.auswertung import applies, mitglieder
from gremienplan.rules.werte import Als, Regel, RegelArt
from gremienplan.stadt import Gremium, RollenArt, Sitz, Stadt


class ListenArt(Enum):
    """What a membership list allows: additions by a project, none, or no members at all."""

    OFFEN = "offen"
    GESCHLOSSEN = "geschlossen"
    KEINE = "keine"


@frozen
class Ausschluss:
    """``[[ausgeschlossen]]``: these Rollen, or all Rollen of these kinds, never belong to a Gremium."""

    id: str
    gremium: tuple[str, ...]
    """Gremienarten (every Gremium of them) or single Gremien with a slash."""
    grundlage: Grundlage
    rollen: tuple[str, ...] = ()
    """Rollen, or single Sitze with a slash."""
    rollenart: tuple[RollenArt, ...] = ()
    als: tuple[Als, ...] = tuple(Als)
    """As what they are ruled out; by default as anything."""

    def betrifft(self, gremium: Gremium) -> bool:
        """Tell whether the exclusion is about this Gremium."""
        return bool({gremium.art.id, gremium.id} & set(self.gremium))

    def trifft(self, sitz: Sitz, als: Als) -> bool:
        """Tell whether it rules out this Sitz in this capacity."""
        genannt = bool({sitz.rolle.id, sitz.id} & set(self.rollen)) or sitz.rolle.art in self.rollenart
        return genannt and als in self.als


@frozen
class Mitgliederliste:
    """``[[mitgliederliste]]``: whether a Gremium's list of members is open, closed, or none at all."""

    id: str
    gremium: str
    art: ListenArt
    grundlage: Grundlage
    sitze: int | None = None
    """How many Sitze the list has."""

    def betrifft(self, gremium: Gremium) -> bool:
        """Tell whether it is the list of this Gremium."""
        return self.gremium in (gremium.art.id, gremium.id)


@frozen
class KeinGremium:
    """``[[kein_gremium]]``: a name that no Gremium, Sitzung or item of this city may have."""

    id: str
    muster: str
    """A regular expression, searched in ids and names, capital letters or not."""
    grundlage: Grundlage

    def trifft(self, *namen: str) -> bool:
        """Tell whether one of the names is ruled out."""
        return any(re.search(self.muster, name, re.IGNORECASE) for name in namen)


@frozen
class Grenzen:
    """All limits of a city."""

    ausgeschlossen: tuple[Ausschluss, ...] = ()
    listen: tuple[Mitgliederliste, ...] = ()
    kein_gremium: tuple[KeinGremium, ...] = ()

    def liste(self, gremium: Gremium) -> Mitgliederliste | None:
        """Return what is said of a Gremium's list of members; of several entries the last one."""
        found = [liste for liste in self.listen if liste.betrifft(gremium)]
        return found[-1] if found else None


@frozen
class Verstoss:
    """A rule that would invite Sitze which an exclusion rules out."""

    regel: Regel
    ausschluss: Ausschluss
    sitze: tuple[Sitz, ...]


def verstoesse(stadt: Stadt, regeln: Iterable[Regel], grenzen: Grenzen) -> Iterator[Verstoss]:
    """Yield, for each rule and each exclusion it breaks, the Sitze it must not name, whatever the day."""
    for regel in regeln:
        for ausschluss in grenzen.ausgeschlossen:
            sitze = (
                sitz
                for fassung in stadt.fassungen
                for gremium in gremien_der_regel(fassung, regel)
                if ausschluss.betrifft(gremium)
                for eintrag in regel.rollen
                for sitz in fassung.sitze_von(eintrag, gremium.gebiet)
                if ausschluss.trifft(sitz, regel.als)
            )
            if found := tuple({sitz.id: sitz for sitz in sitze}.values()):
                yield Verstoss(regel, ausschluss, found)


def gremien_der_regel(stadt: Stadt, regel: Regel) -> tuple[Gremium, ...]:
    """Return the Gremien of a city, as it stands here, that a rule is about, whatever the day."""
    tag = regel.gueltig_ab or regel.gueltig_bis or date.min
    return tuple(g for g in stadt.gremien.values() if applies(regel, g, tag))


def mitgliederzahlen(stadt: Stadt, regeln: Sequence[Regel], gremium: str) -> dict[date, int]:
    """Return how many members a Gremium has from each day on which that may change.

    Days on which no rule of membership is in force, or the city has no such Gremium, are left out; but a Gremium
    that no such rule is ever about has no members on any day.
    """
    regeln = [r for r in regeln if r.art is RegelArt.MITGLIEDSCHAFT]
    tage = {r.gueltig_ab or date.min for r in regeln} | {f.gueltig_ab or date.min for f in stadt.fassungen}
    tage |= {r.gueltig_bis + timedelta(days=1) for r in regeln if r.gueltig_bis and r.gueltig_bis < date.max}
    zahlen: dict[date, int] = {}
    for tag in sorted(tage):
        heute = stadt.am(tag).gremien.get(gremium)
        if heute is not None and any(applies(regel, heute, tag) for regel in regeln):
            zahlen[tag] = len(mitglieder(stadt, regeln, heute, tag))
    return zahlen or {date.min: 0}
