"""Requirements that are content with one of several Sitze."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements.werte import Dienst, Namen
from gremienplan.texts import Text


@frozen
class EineVon:
    """To a Sitzung that lies from ``ab`` to ``bis`` (None = open) one of several Sitze can come.

    A Sitz can come when it has nothing else at that time: none of its ``pflichten``, which are everything else it
    is invited to or presents, and no busy time; with ``minuten``, also none at another Ort so shortly before or
    after (a place unknown is a different one).
    """

    id: str
    grundlage: Grundlage
    ereignis: str
    sitze: tuple[Dienst, ...]
    ab: date | None = None
    bis: date | None = None
    minuten: int = 0

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of: the Sitzung, and what may keep the Sitze from it."""
        others = (pflicht.ereignis for dienst in self.sitze for pflicht in dienst.pflichten)
        return tuple(dict.fromkeys((self.ereignis, *others)))

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "{name}: one of these can come: {sitze}.",
            name=namen[self.ereignis],
            sitze=tuple(namen[dienst.sitz] for dienst in self.sitze),
        )
