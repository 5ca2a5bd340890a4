"""Requirements of places: what an Ort can hold, and when it can be had."""

from __future__ import annotations

from attrs import field, frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements.werte import Belegung, Namen, benannt
from gremienplan.texts import Text


@frozen
class OrtFrei:
    """An Ort holds one event at a time, and none while something else occupies it."""

    id: str
    grundlage: Grundlage
    ort: str
    ereignisse: tuple[str, ...]
    belegt: tuple[Belegung, ...] = ()
    was: str = ""
    """What occupies it week after week, where it is one thing alone with a word of its own to stand on."""
    hier: tuple[Belegung, ...] = field(default=(), eq=False)
    """Where it matters when the events could lie: what occupies it then."""

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        if self.was:
            return Text("{ort} cannot be had during: {was}.", ort=namen[self.ort], was=self.was)
        if self.hier:
            return Text(
                "{ort} holds one Sitzung at a time; in the way: {was}.",
                ort=namen[self.ort],
                was=benannt(self.hier),
            )
        return Text("{ort} holds one Sitzung at a time.", ort=namen[self.ort])


@frozen
class Raumgroesse:
    """An event takes place where at least ``plaetze`` people find room; an Ort of unknown size will do."""

    id: str
    grundlage: Grundlage
    ereignis: str
    plaetze: int
    zu_klein: tuple[tuple[str, int], ...]
    """Id and places of each Ort that is too small."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "{name}: needs room for {plaetze}; too small: {orte}.",
            name=namen[self.ereignis],
            plaetze=self.plaetze,
            orte=tuple(
                Text("{ort} ({anzahl})", ort=namen[ort], anzahl=anzahl) for ort, anzahl in self.zu_klein
            ),
        )
