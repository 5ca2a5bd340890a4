"""How much somebody bears in a plan: evenings, days on a weekday, journeys; and what sharing them unfairly costs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date, datetime, time, timedelta

from gremienplan.auditing.befunde import Lagen
from gremienplan.auditing.zugleich import duties
from gremienplan.plan import Lage
from gremienplan.requirements import Ausgleich, Belegung, Dienst, Last, Was

_TAG = timedelta(days=1)


def ausgleich(p: Ausgleich, lagen: Lagen) -> int:
    """Return the largest load (``schritt`` 0), or how many are near it; nobody is counted for a load of 0."""
    loads = [load(p.was, p.ab, last, lagen) for last in p.lasten]
    most = max(loads, default=0)
    if p.schritt == 0:
        return most
    level = max(1, most - (p.schritt - 1))
    return sum(one >= level for one in loads)


def load(was: Was, ab: time, last: Last, lagen: Lagen) -> int:
    """Return how many evenings, days on its weekday, or journeys somebody has."""
    found: set[Hashable] = set()
    for dienst in last.dienste:
        held: tuple[Lage | Belegung, ...] = (*attended(dienst, lagen), *dienst.belegt)
        found.update(mark for one in held for mark in _marks(was, ab, last, one))
    return len(found)


def attended(dienst: Dienst, lagen: Lagen) -> tuple[Lage, ...]:
    """Return the Termine a Sitz (or one person with several) attends in a plan."""
    return duties((dienst.sitz, *dienst.mit), dienst.pflichten, lagen)


def _marks(was: Was, ab: time, last: Last, one: Lage | Belegung) -> Iterator[Hashable]:
    """Yield what counts once: the evenings a time reaches into, its weekday, the journey to its Ort."""
    von, bis = (one.beginn, one.ende) if isinstance(one, Lage) else (one.von, one.bis)
    match was:
        case Was.ABENDE:
            yield from evenings(von, bis, ab)
        case Was.WOCHENTAGE:
            if last.wochentag in (None, von.weekday()):
                yield von.date()
        case Was.WEGE:
            if isinstance(one, Lage) and one.ort in last.fern:
                yield von.date(), one.ort


def evenings(von: datetime, bis: datetime, ab: time) -> Iterator[date]:
    """Yield the days whose evening [``ab``, midnight) the time [von, bis) reaches into.

    For a time within one day that means: it ends after ``ab``. Past midnight it is the evening it begins on.
    """
    day = von.date()
    while datetime.combine(day, ab) < bis:
        yield day
        day += _TAG
