"""``why_there``: what keeps one event where it lies, everything else staying where it is. No solver."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from attrs import evolve, frozen

from gremienplan.auditing import check, cost
from gremienplan.jahr import Jahr
from gremienplan.plan import Lage, Plan
from gremienplan.planning.grundlage import checked_year
from gremienplan.projekt import Projekt
from gremienplan.requirements import Angesetzt, Preference, Requirement
from gremienplan.texts import Text

DAYS = 7
"""Days looked at before the planned one, and after it."""
SITTINGS = 2
"""Sittings looked at before the one in which an item is heard, and after it."""


@frozen
class Reason:
    """A requirement that stands against a date, and what it says of it."""

    requirement: Requirement
    meldung: Text


@frozen
class Nearby:
    """The event alone on another day, at its hour: what that breaks, and which wishes it costs."""

    lage: Lage
    gruende: tuple[Reason, ...]
    wuensche: tuple[tuple[Preference, int], ...]
    """Wishes it keeps less, each with the points it costs more."""

    @property
    def tag(self) -> date:
        """The day."""
        return self.lage.tag


@frozen
class There:
    """Where an event lies, and what keeps it from the days (or sittings) around."""

    ereignis: str
    lage: Lage
    nachbarn: tuple[Nearby, ...]
    """In the order of time."""

    @property
    def gruende(self) -> Mapping[Requirement, tuple[Nearby, ...]]:
        """Each requirement that binds -> where it would be broken; those that forbid the nearest days first."""
        found: dict[Requirement, list[Nearby]] = {}
        for near in self._nearest():
            for reason in near.gruende:
                found.setdefault(reason.requirement, []).append(near)
        return {r: tuple(sorted(nears, key=lambda near: near.tag)) for r, nears in found.items()}

    @property
    def wuensche(self) -> Mapping[Preference, tuple[tuple[Nearby, int], ...]]:
        """Each wish at stake -> where it would be kept less, and by how much; first stage first."""
        found: dict[Preference, list[tuple[Nearby, int]]] = {}
        for near in self._nearest():
            for wish, more in near.wuensche:
                found.setdefault(wish, []).append((near, more))
        ordered = sorted(found, key=lambda wish: wish.stufe)
        return {w: tuple(sorted(found[w], key=lambda pair: pair[0].tag)) for w in ordered}

    def _nearest(self) -> list[Nearby]:
        return sorted(self.nachbarn, key=lambda near: abs(near.tag - self.lage.tag))


def why_there(projekt: Projekt, plan: Plan, ereignis: str, *, stand: datetime | None = None) -> There:
    """Say what keeps a Sitzung or Beratung where it lies: a week around it, or the sittings around it.

    Everything else stays where it is. Raises InputError like :func:`gremienplan.why_not`.
    """
    year = checked_year(projekt, plan, ereignis, stand)
    lage = plan.lagen[ereignis][0]
    return There(ereignis, lage, tuple(_nearby(year, plan, elsewhere) for elsewhere in _around(year, lage)))


def _around(year: Jahr, lage: Lage) -> Iterator[Lage]:
    """Yield where the event could be said to lie instead."""
    heard = [r for r in year.requirements if isinstance(r, Angesetzt) and r.ereignis == lage.ereignis]
    if not heard:
        for number in (n for n in range(-DAYS, DAYS + 1) if n):
            away = timedelta(days=number)
            yield evolve(lage, beginn=lage.beginn + away, ende=lage.ende + away)
        return
    sittings = sorted(heard[0].sitzungen, key=lambda s: (s.beginn, s.key))
    before = [s for s in sittings if s.beginn < lage.beginn][-SITTINGS:]
    after = [s for s in sittings if s.beginn > lage.beginn][:SITTINGS]
    for s in (*before, *after):
        yield evolve(lage, beginn=s.beginn, ende=s.ende, sitzung=s.key)


def _nearby(year: Jahr, plan: Plan, lage: Lage) -> Nearby:
    lagen = {**plan.lagen, lage.ereignis: (lage,)}
    reasons = tuple(
        Reason(r, finding.meldung)
        for r in year.requirements
        if lage.ereignis in r.ereignisse
        for finding in check(r, lagen, year.namen)[:1]
    )
    wishes = ((p, cost(p, lagen) - cost(p, plan.lagen)) for p in year.preferences)
    return Nearby(lage, reasons, tuple((p, more) for p, more in wishes if more > 0))


def in_days(nears: Sequence[Nearby]) -> tuple[date, ...]:
    """Return the days of neighbours."""
    return tuple(near.tag for near in nears)
