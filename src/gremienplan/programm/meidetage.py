"""``[[meidetag]]``: days rather left free, such as Karneval, feasts, elections: as data, and in the years asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from attrs import frozen

from gremienplan.programm.monattag import MonatTag
from gremienplan.quellen import Grundlage
from gremienplan.ratskalender import feste, ostersonntage
from gremienplan.texts import Text

_TAG = timedelta(days=1)


@frozen
class Fest:
    """A feast as the calendar of a country has it, by its English name in the package ``holidays``."""

    land: str
    """Two letters: ``TR``, ``IL``."""
    name: str


@frozen
class Meidetag:
    """One entry: exactly one of ``tage``, ``jaehrlich``, ``ostern`` and ``fest`` says which days it means."""

    id: str
    name: str
    grundlage: Grundlage
    tage: tuple[date, ...] = ()
    """Single days, listed."""
    jaehrlich: MonatTag | None = None
    ostern: int | None = None
    """Days after Easter Sunday; before it where negative."""
    fest: Fest | None = None
    tage_lang: int = 1
    """How many days it lasts; a feast has as many as its calendar gives it."""
    vorabend: time | None = None
    """From when on the day before counts as well."""
    quelle: str = ""
    """Where the days come from."""
    mond: bool = False
    """The sighting of the moon decides: it may be a day earlier or later."""

    @property
    def wort(self) -> Text | str:
        """The name, with what is uncertain of it."""
        if self.mond:
            return Text("{name} (by the moon; perhaps a day earlier or later)", name=self.name)
        return self.name


@frozen
class Meidezeit:
    """A time that is rather left free: [von, bis) in local time."""

    meidetag: Meidetag
    von: datetime
    bis: datetime


def meidezeiten(meidetage: Iterable[Meidetag], jahre: Iterable[int]) -> tuple[Meidezeit, ...]:
    """Return the times of all entries in these years, in the order of time; a feast of several days is one."""
    gewollt = sorted(set(jahre))
    found = [
        Meidezeit(m, _beginn(m, von), datetime.combine(bis + _TAG, time()))
        for m in meidetage
        for von, bis in _spannen(m, gewollt)
    ]
    return tuple(sorted(found, key=lambda zeit: (zeit.von, zeit.bis, zeit.meidetag.id)))


def _beginn(meidetag: Meidetag, tag: date) -> datetime:
    if meidetag.vorabend is None:
        return datetime.combine(tag, time())
    return datetime.combine(tag - _TAG, meidetag.vorabend)


def _spannen(meidetag: Meidetag, jahre: list[int]) -> Iterator[tuple[date, date]]:
    """Yield first and last day, both inclusive, of each time it is kept."""
    if meidetag.fest is not None:
        yield from _zusammen(feste(meidetag.fest.land, meidetag.fest.name, jahre))
        return
    for tag in _anfaenge(meidetag, jahre):
        yield tag, tag + (meidetag.tage_lang - 1) * _TAG


def _anfaenge(meidetag: Meidetag, jahre: list[int]) -> Iterator[date]:
    if meidetag.jaehrlich is not None:
        yield from map(meidetag.jaehrlich.on, jahre)
    elif meidetag.ostern is not None:
        yield from (tag + meidetag.ostern * _TAG for tag in ostersonntage(jahre))
    else:
        yield from (tag for tag in meidetag.tage if tag.year in jahre)


def _zusammen(tage: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Yield neighbouring days as one span; ``tage`` come in the order of time."""
    offen: tuple[date, date] | None = None
    for tag in tage:
        if offen and tag - offen[1] == _TAG:
            offen = (offen[0], tag)
            continue
        if offen:
            yield offen
        offen = (tag, tag)
    if offen:
        yield offen
