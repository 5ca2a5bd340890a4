"""What requirements are made of: busy time, blocked days, duties, sittings that stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from attrs import frozen

from gremienplan.texts import Text

Namen = Mapping[str, str]
"""Id of a Sitzung, Beratung, Sitz or Ort -> the name people read."""


@frozen
class Belegung:
    """Busy time [von, bis) in the city's local time, and what it is."""

    von: datetime
    bis: datetime
    was: str | Text
    sitzung: str = ""
    """Key of the sitting in the council calendar, where it is one."""

    def overlaps(self, von: datetime, bis: datetime) -> bool:
        """Tell whether [von, bis) shares a moment with it."""
        return self.von < bis and von < self.bis

    @property
    def letzter(self) -> date:
        """The last day of it; what ends at midnight has ended the day before."""
        return max(self.von, self.bis - timedelta(microseconds=1)).date()


def benannt(belegt: Iterable[Belegung]) -> tuple[str | Text, ...]:
    """Return the words of busy times, each once: what is so on one day, or in one span of days, with these."""
    found: dict[str | Text, list[Belegung]] = {}
    for b in dict.fromkeys(belegt):
        found.setdefault(b.was, []).append(b)
    return tuple(
        was if len(times) > 1 else _am(was, times[0].von.date(), times[0].letzter)
        for was, times in found.items()
    )


def _am(was: str | Text, von: date, bis: date) -> Text:
    if von == bis:
        return Text("{was} (on {tag})", was=was, tag=von)
    return Text("{was} ({von} to {bis})", was=was, von=von, bis=bis)


@frozen
class Sperre:
    """Blocked days from ``von`` to ``bis``, both inclusive, and why."""

    von: date
    bis: date
    was: str


@frozen
class Pflicht:
    """An event a Sitz has to attend, on the days from ``ab`` to ``bis`` (None = open) its invitation holds."""

    ereignis: str
    ab: date | None = None
    bis: date | None = None


@frozen
class Dienst:
    """All duties and busy times of one Sitz, or of one person while it holds several (``personen``)."""

    sitz: str
    pflichten: tuple[Pflicht, ...]
    belegt: tuple[Belegung, ...] = ()
    mit: tuple[str, ...] = ()
    """The other Sitze of the same person."""
    ab: date | None = None
    """Since when the person holds them together, where that is in the year."""

    @property
    def key(self) -> str:
        """What tells it from the others: ``amt/nord+amt/sued@2027-07-01``."""
        return "+".join((self.sitz, *self.mit)) + (f"@{self.ab}" if self.ab else "")


@frozen
class Sitzungstag:
    """A sitting that stands in the council calendar: its key there, the Gremium, and its time."""

    key: str
    gremium: str
    beginn: datetime
    ende: datetime
    name: str

    @property
    def tag(self) -> date:
        """The day it begins on."""
        return self.beginn.date()
