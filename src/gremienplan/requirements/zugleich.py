"""Requirements of who can be in one place at a time only: a Sitz, or a person who holds several."""

from __future__ import annotations

from attrs import field, frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements.werte import Belegung, Namen, Pflicht, benannt
from gremienplan.texts import Text


@frozen
class Verfuegbar:
    """A Sitz is in one place at a time: among its events, and against its fixed busy time.

    So is one person who holds several Sitze: then the duties and busy times are those of all of them.
    """

    id: str
    grundlage: Grundlage
    sitz: str
    pflichten: tuple[Pflicht, ...]
    belegt: tuple[Belegung, ...] = ()
    mit: tuple[str, ...] = ()
    """The other Sitze of the same person; it is at a Beratung when it presents there for any of them."""
    hier: tuple[Belegung, ...] = field(default=(), eq=False)
    """Where it matters when the events could lie: its busy times then."""

    @property
    def sitze(self) -> tuple[str, ...]:
        """All Sitze it speaks of."""
        return (self.sitz, *self.mit)

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return tuple(pflicht.ereignis for pflicht in self.pflichten)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        sitze, was = tuple(namen[sitz] for sitz in self.sitze), benannt(self.hier)
        match self.mit, was:
            case (), ():
                return Text("{sitz} cannot be in two places at once.", sitz=sitze[0])
            case (), _:
                return Text(
                    "{sitz} cannot be in two places at once; in the way: {was}.", sitz=sitze[0], was=was
                )
            case _, ():
                return Text("One person holds: {sitze}. Nobody can be in two places at once.", sitze=sitze)
            case _:
                return Text(
                    "One person holds: {sitze}. Nobody can be in two places at once; in the way: {was}.",
                    sitze=sitze,
                    was=was,
                )


@frozen
class Wegezeit:
    """A Sitz needs ``minuten`` between two duties at different Orte (a place unknown is a different one).

    So does one person who holds several Sitze.
    """

    id: str
    grundlage: Grundlage
    sitz: str
    pflichten: tuple[Pflicht, ...]
    minuten: int
    belegt: tuple[Belegung, ...] = ()
    mit: tuple[str, ...] = ()
    """The other Sitze of the same person, as in :class:`Verfuegbar`."""

    @property
    def sitze(self) -> tuple[str, ...]:
        """All Sitze it speaks of."""
        return (self.sitz, *self.mit)

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return tuple(pflicht.ereignis for pflicht in self.pflichten)

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        if self.mit:
            return Text(
                "One person holds: {sitze}. It needs {minuten} minutes between two places.",
                sitze=tuple(namen[sitz] for sitz in self.sitze),
                minuten=self.minuten,
            )
        return Text(
            "{sitz} needs {minuten} minutes between two places.",
            sitz=namen[self.sitz],
            minuten=self.minuten,
        )
