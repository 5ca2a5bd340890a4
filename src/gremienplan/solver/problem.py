"""The year in integers: every event with the candidates it may choose among.

Days count from the first day of the year's span; times are minutes from that day's midnight. Names come back in
``search`` and ``conflict``: no index leaves this package.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Protocol

from attrs import field, frozen

from gremienplan import requirements as req

TAG = 24 * 60


@frozen(order=True, cache_hash=True)
class Kandidat:
    """One way to hold an event: when, where, and for a Beratung in which sitting."""

    tag: int
    beginn: int
    ende: int
    ort: str = ""
    sitzung: str = ""


Raster = tuple[tuple[int, int, str], ...]
"""Starts and ends in minutes from midnight, with the Ort: what a Sitzung may choose among on any day."""


@frozen
class Ereignis:
    """An event and the candidates it has before any requirement has spoken.

    A Sitzung has the same ``raster`` on each of its days; a Beratung has the sittings that stand.
    """

    id: str
    tage: Sequence[int]
    raster: Raster = ()
    sitzungen: Mapping[int, tuple[Kandidat, ...]] = field(factory=dict)
    vortrag: tuple[tuple[str, ...], ...] = ()
    """For a Beratung: per presenter the Sitze that may do it."""

    def am(self, tag: int, raster: Raster | None = None) -> tuple[Kandidat, ...]:
        """Return the candidates of one day in the order of time, on a part of its ``raster`` where one is given."""
        if tag in self.sitzungen:
            return self.sitzungen[tag]
        midnight = tag * TAG
        return tuple(
            Kandidat(tag, midnight + beginn, midnight + ende, ort)
            for beginn, ende, ort in (self.raster if raster is None else raster)
        )

    def kandidaten(self) -> Iterator[Kandidat]:
        """Yield all its candidates in the order of time."""
        for tag in self.tage:
            yield from self.am(tag)


@frozen
class Zeit:
    """Turns days and times into integers and back."""

    von: date

    def tag(self, tag: date) -> int:
        """Return a day as a number of days."""
        return (tag - self.von).days

    def minute(self, zeit: datetime) -> int:
        """Return a moment as minutes."""
        return self.tag(zeit.date()) * TAG + zeit.hour * 60 + zeit.minute

    def datum(self, tag: int) -> date:
        """Return the day a number stands for."""
        return self.von + timedelta(days=tag)

    def moment(self, minute: int) -> datetime:
        """Return the moment a number stands for."""
        return datetime.combine(self.von, time()) + timedelta(minutes=minute)


@frozen
class Problem:
    """Everything the solver decides: events, requirements by event, preferences by stage."""

    zeit: Zeit
    ereignisse: Mapping[str, Ereignis]
    requirements: tuple[req.Requirement, ...]
    preferences: tuple[req.Preference, ...]
    fakten: frozenset[str] = frozenset()
    """Events that have been held: they have one candidate, and no requirement looks at them alone."""
    erlaubt: dict[str, tuple[Kandidat, ...]] = field(factory=dict, init=False, repr=False, eq=False)
    """What ``statisch.allowed`` has found, so that search and explanation filter once."""

    @cached_property
    def nach_ereignis(self) -> Mapping[str, tuple[req.Requirement, ...]]:
        """Id of an event -> the requirements that speak of it, in their order."""
        found: dict[str, list[req.Requirement]] = {ereignis: [] for ereignis in self.ereignisse}
        for requirement in self.requirements:
            for ereignis in dict.fromkeys(requirement.ereignisse):
                if ereignis in found:
                    found[ereignis].append(requirement)
        return {ereignis: tuple(reqs) for ereignis, reqs in found.items()}

    @property
    def stufen(self) -> tuple[int, ...]:
        """The stages that have a preference, first to last."""
        return tuple(sorted({p.stufe for p in self.preferences}))


class Fakt(Protocol):
    """Where an event lies that has been held."""

    @property
    def ereignis(self) -> str:
        """Its id."""

    @property
    def beginn(self) -> datetime:
        """When it began."""

    @property
    def ende(self) -> datetime:
        """When it ended."""

    @property
    def ort(self) -> str:
        """Where; empty if unknown."""

    @property
    def sitzung(self) -> str:
        """For a Beratung: in which sitting."""

    @property
    def vortrag(self) -> tuple[str, ...]:
        """For a Beratung: who presented it."""


def build_problem(
    requirements: Sequence[req.Requirement],
    preferences: Sequence[req.Preference],
    von: date,
    anfaenge: Iterable[time],
    fakten: Iterable[Fakt] = (),
) -> Problem:
    """Return the year in integers.

    ``anfaenge`` are the starts a Sitzung may choose among, and those that are fixed for it or people have been told;
    ``fakten`` the events that have been held.
    """
    zeit = Zeit(von)
    usual = {_minute(t) for t in anfaenge}
    fixed: dict[str, set[int]] = {}
    for r in requirements:
        if isinstance(r, req.Fest) and not r.nur_tag:
            fixed.setdefault(r.ereignis, set()).add(_minute(r.beginn.time()))
    for p in preferences:
        if isinstance(p, req.Bleiben):  # also a time off the grid, set by hand
            fixed.setdefault(p.ereignis, set()).add(_minute(p.beginn.time()))
    ereignisse: dict[str, Ereignis] = {}
    for r in requirements:
        if isinstance(r, req.Stattfinden):
            starts = sorted(usual | fixed.get(r.ereignis, set()))
            ereignisse[r.ereignis] = _sitzung(zeit, r, starts)
        elif isinstance(r, req.Angesetzt):
            ereignisse[r.ereignis] = _beratung(zeit, r)
    for fakt in fakten:
        ereignisse[fakt.ereignis] = _gehalten(zeit, fakt)
    held = frozenset(fakt.ereignis for fakt in fakten)
    return Problem(zeit, ereignisse, tuple(requirements), tuple(preferences), held)


def _minute(t: time) -> int:
    return t.hour * 60 + t.minute


def _gehalten(zeit: Zeit, fakt: Fakt) -> Ereignis:
    tag = zeit.tag(fakt.beginn.date())
    k = Kandidat(tag, zeit.minute(fakt.beginn), zeit.minute(fakt.ende), fakt.ort, fakt.sitzung)
    return Ereignis(fakt.ereignis, (tag,), sitzungen={tag: (k,)}, vortrag=tuple((s,) for s in fakt.vortrag))


def _sitzung(zeit: Zeit, r: req.Stattfinden, starts: Sequence[int]) -> Ereignis:
    raster = tuple((start, start + r.dauer, ort) for start in starts for ort in r.orte or ("",))
    return Ereignis(r.ereignis, range(zeit.tag(r.von), zeit.tag(r.bis) + 1), raster)


def _beratung(zeit: Zeit, r: req.Angesetzt) -> Ereignis:
    sittings: dict[int, list[Kandidat]] = {}
    for s in (*r.sitzungen, *r.spaeter):
        tag = zeit.tag(s.tag)
        k = Kandidat(tag, zeit.minute(s.beginn), zeit.minute(s.ende), sitzung=s.key)
        sittings.setdefault(tag, []).append(k)
    found = {tag: tuple(sorted(ks)) for tag, ks in sorted(sittings.items())}
    return Ereignis(r.ereignis, tuple(found), sitzungen=found, vortrag=r.vortrag)


def per_day(kandidaten: Iterable[Kandidat]) -> tuple[Kandidat, ...]:
    """Keep the first candidate of each day of a Sitzung, and all sittings of a Beratung."""
    found: dict[int | Kandidat, Kandidat] = {}
    for k in kandidaten:
        found.setdefault(k if k.sitzung else k.tag, k)
    return tuple(found.values())


Verbietet = Callable[[Kandidat], bool]
"""Tells whether a requirement, looking at one event alone, forbids this candidate."""
