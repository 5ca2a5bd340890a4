"""A few candidates of each event that are worth trying before all of them are."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen

from gremienplan.solver.eigen import Auswahl, Eigenkosten
from gremienplan.solver.problem import Kandidat


class Welche(Enum):
    """Which: the cheapest and of these the nearest, for a few events or for all; or the cheapest of each day."""

    NAHE = "nahe"
    NAECHSTE = "naechste"
    TAEGLICH = "taeglich"


MOST = {Welche.NAHE: 120, Welche.NAECHSTE: 30}
"""Candidates of an event, at most."""


@frozen(eq=False)
class Wenige:
    """A few candidates of the events of a problem, by what they cost and how far they are from a choice."""

    eigen: Eigenkosten
    wahl: Mapping[str, Kandidat]
    offen: Auswahl
    """What is asked for most often, and remembered."""
    _bekannt: dict[tuple[str, Welche], tuple[Kandidat, ...]] = field(factory=dict, init=False)

    def of(
        self,
        ereignis: str,
        ks: tuple[Kandidat, ...],
        also: Kandidat | None = None,
        welche: Welche = Welche.NAHE,
    ) -> tuple[Kandidat, ...]:
        """Return a few of the candidates of an event; ``also`` is among them."""
        found = self._bekannt.get((ereignis, welche)) if ks is self.offen[ereignis] else None
        if found is None:
            found = self._chosen(ereignis, ks, welche)
            if ks is self.offen[ereignis]:
                self._bekannt[ereignis, welche] = found
        return found if also is None or also in found or also not in ks else (*found, also)

    def _chosen(self, ereignis: str, ks: tuple[Kandidat, ...], welche: Welche) -> tuple[Kandidat, ...]:
        now = self.wahl[ereignis]
        if welche is Welche.TAEGLICH:
            return self.eigen.one_a_day(ereignis, ks, now)
        return self.eigen.nearest(ereignis, ks, now, MOST[welche])
