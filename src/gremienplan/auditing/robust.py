"""What a moved sitting of the council would move with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from gremienplan.auditing.befunde import Lagen
from gremienplan.plan import Lage
from gremienplan.requirements import Belegung, Fenster, Hoechstabstand, Reihenfolge, Robust

_TAG = timedelta(days=1)


def robust(p: Robust, lagen: Lagen) -> int:
    """Return, over all days the sitting could move to, how many events beyond one would have to move."""
    heard = [one for b in p.beratungen for one in lagen.get(b, ()) if one.sitzung == p.sitzung.key]
    days = (n * _TAG for n in range(-p.tage, p.tage + 1) if n)
    return sum(max(0, len(tuple(affected(p, heard, lagen, by))) - 1) for by in days)


def affected(p: Robust, heard: Collection[Lage], lagen: Lagen, by: timedelta) -> Iterator[Lage]:
    """Yield the Termine that could not stay if the sitting, with what is ``heard`` in it, moved by so much."""
    tag, along = p.sitzung.tag + by, {one.ereignis for one in heard}
    for one in heard:
        if any(_breaks(r, one.ereignis, tag, along, lagen) for r in p.ordnung):
            yield one
    moved = Belegung(p.sitzung.beginn + by, p.sitzung.ende + by, p.sitzung.name)
    for ereignis, minuten in p.frei:
        clear = timedelta(minutes=minuten)
        for one in lagen.get(ereignis, ()):
            if moved.overlaps(one.beginn - clear, one.ende + clear):
                yield one


def _breaks(
    r: Reihenfolge | Hoechstabstand | Fenster, ereignis: str, tag: date, along: Collection[str], lagen: Lagen
) -> bool:
    """Tell whether an event on this day breaks a rule; what moves along with it keeps its distance."""
    if isinstance(r, Fenster):
        early, late = r.von is not None and tag < r.von, r.bis is not None and r.bis < tag
        return r.ereignis == ereignis and (early or late)
    other = {r.erst: r.dann, r.dann: r.erst}.get(ereignis)
    if other is None or other in along:
        return False
    sign = 1 if ereignis == r.dann else -1
    distances = (sign * (tag - one.tag).days for one in lagen.get(other, ()))
    return any(n < r.tage if isinstance(r, Reihenfolge) else n > r.tage for n in distances)
