"""Blocked days: public holidays, school holidays, days of other bodies."""

from __future__ import annotations

from datetime import date

from attrs import evolve, field, frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements.werte import Namen, Sperre
from gremienplan.texts import Text


@frozen
class Sperrtage:
    """An event does not fall on blocked days: public holidays, school holidays, days of other bodies."""

    id: str
    grundlage: Grundlage
    ereignis: str
    grund: str
    """What the days are, as one word of the programme: ``feiertage``, ``schulferien``, ``sitzungstage``."""
    tage: tuple[Sperre, ...]
    hier: tuple[Sperre, ...] = field(default=(), eq=False)
    """Where one day matters: what makes that day one of them."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        """The events it speaks of."""
        return (self.ereignis,)

    def am(self, tag: date) -> Sperrtage:
        """Return it as it speaks of one day; itself where it does not forbid that."""
        hier = tuple(Sperre(tag, tag, s.was) for s in self.tage if s.von <= tag <= s.bis)
        return evolve(self, hier=hier) if hier else self

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        name = namen[self.ereignis]
        was = tuple(dict.fromkeys(sperre.was for sperre in self.hier or self.tage))
        match self.grund, self.hier:
            case "feiertage", ():
                return Text("{name}: not on a public holiday.", name=name)
            case "schulferien", ():
                return Text("{name}: not in the school holidays.", name=name)
            case _, ():
                return Text("{name}: not on a day of a sitting of: {was}.", name=name, was=was)
            case "feiertage", (eine, *_):
                return Text(
                    "{name}: not on a public holiday; {tag}: {was}.", name=name, tag=eine.von, was=was
                )
            case "schulferien", (eine, *_):
                return Text(
                    "{name}: not in the school holidays; {tag}: {was}.", name=name, tag=eine.von, was=was
                )
            case _, (eine, *_):
                return Text(
                    "{name}: not on a day of a sitting; {tag}: {was}.", name=name, tag=eine.von, was=was
                )
            case _:
                raise AssertionError(self)
