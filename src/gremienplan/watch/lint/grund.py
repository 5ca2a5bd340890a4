"""What the checks of a linter share: the sittings of a span of days, and the bodies they belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

from attrs import frozen

from gremienplan.jahr.grund import Grund
from gremienplan.programm.ratsfolge import AUSSCHUSS
from gremienplan.projekt import Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.stadt import Gremium
from gremienplan.watch.zuordnen import body


@frozen
class Pruefgrund:
    """A project, of which only the council calendar is judged, and the first and last day that matter."""

    projekt: Projekt
    von: date
    bis: date

    @cached_property
    def sitzungen(self) -> tuple[Ratssitzung, ...]:
        """The sittings that begin on these days, in the order of time."""
        return tuple(s for s in self.alle if self.von <= s.tag <= self.bis)

    @cached_property
    def alle(self) -> tuple[Ratssitzung, ...]:
        """Every sitting of the calendar, in the order of time."""
        return tuple(sorted(self.projekt.ratskalender.sitzungen, key=lambda s: (s.beginn, s.gremium, s.key)))

    @cached_property
    def gremien(self) -> Mapping[str, Gremium]:
        """Every body by id: the city's own, and those the import made."""
        return Grund(self.projekt, self.von.year, (), ()).gremien

    @cached_property
    def je_gremium(self) -> Mapping[str, tuple[Ratssitzung, ...]]:
        """Body -> its sittings on these days."""
        found: dict[str, list[Ratssitzung]] = {}
        for s in self.sitzungen:
            found.setdefault(body(s), []).append(s)
        return {wer: tuple(own) for wer, own in sorted(found.items())}

    def named(self, gremium: str, by: Collection[str]) -> bool:
        """Tell whether a body is meant: by its id, its Gremienart, or as one that the import made."""
        if gremium not in self.gremien:
            return False
        made = any(a.id == gremium for a in self.projekt.ratskalender.ausschuesse)
        return gremium in by or self.gremien[gremium].art.id in by or (made and AUSSCHUSS in by)

    def name(self, sitzung: Ratssitzung) -> str:
        """Return what people call the body of a sitting."""
        return self.gremium_name(sitzung.gremium) if sitzung.gremium in self.gremien else sitzung.name

    def gremium_name(self, gremium: str) -> str:
        """Return what people call a body."""
        return self.projekt.stadt.gremium_name(self.gremien[gremium])
