"""What a moved sitting of the council would move with it, as a cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gremienplan import requirements as req
from gremienplan.solver.modell import Literal, Modell
from gremienplan.solver.problem import TAG, Kandidat

Terme = Iterator[tuple[Literal, int]]
Gruende = frozenset[tuple[int, ...]]
"""What would break: of each rule, the literals of which one keeps it."""


def encode(m: Modell, p: req.Robust) -> Terme:
    """Per day the sitting could move to: as many literals as there are events beyond one that could not stay.

    Days on which the same events could not stay, for the same reasons, are counted by the same literals.
    """
    zeit = m.problem.zeit
    tag, von, bis = zeit.tag(p.sitzung.tag), zeit.minute(p.sitzung.beginn), zeit.minute(p.sitzung.ende)
    here = {b: x for b in p.beratungen if b in m.x for k, x in _ways(m, b) if k.sitzung == p.sitzung.key}
    known: dict[tuple[str, Gruende], Literal] = {}
    alike: dict[tuple[int, ...], tuple[list[list[Literal]], int]] = {}
    for by in (n for n in range(-p.tage, p.tage + 1) if n):
        moved = [x for b in here if not m.is_falsch(x := _breaks(m, p, b, here, tag + by, known))]
        near = [] if m.nur_tage else [_near(m, e, von + by * TAG - c, bis + by * TAG + c) for e, c in p.frei]
        away = [[x] for x in moved] + [literals for literals in near if literals]
        key = tuple(sorted(x.index for literals in away for x in literals))
        alike[key] = (away, alike[key][1] + 1 if key in alike else 1)
    for away, days in alike.values():
        more = [m.neu(f"{p.id}:{i}") for i in range(len(away) - 1)]
        if more:
            m.cp.add(sum(x for literals in away for x in literals) - sum(more) <= 1)
            yield from ((literal, p.gewicht * days) for literal in more)


def _ways(m: Modell, ereignis: str) -> Iterator[tuple[Kandidat, Literal]]:
    return zip(m.kandidaten[ereignis], m.x[ereignis], strict=True)


def _near(m: Modell, ereignis: str, von: int, bis: int) -> list[Literal]:
    """Return the ways to hold an event that share a moment with [von, bis): none where it stays open."""
    if ereignis not in m.x:
        return []
    return [x for k, x in _ways(m, ereignis) if k.beginn < bis and von < k.ende]


def _breaks(
    m: Modell,
    p: req.Robust,
    b: str,
    here: Mapping[str, Literal],
    tag: int,
    known: dict[tuple[str, Gruende], Literal],
) -> Literal:
    """Return a literal that holds if ``b`` is heard in the sitting and would break a rule on this day."""
    keeps: list[list[Literal]] = []
    for r in p.ordnung:
        if isinstance(r, req.Fenster):
            if r.ereignis == b and not _within(m, r, tag):
                return here[b]
        elif b in (r.erst, r.dann) and (other := r.dann if b == r.erst else r.erst) in m.x:
            ok = _keeps(m, r, other, tag)
            if not m.is_wahr(ok):  # what is heard in the same sitting moves along
                keeps.append([ok, *([here[other]] if other in here else [])])
    if not keeps:
        return m.falsch
    if any(all(m.is_falsch(x) for x in kept) for kept in keeps):
        return here[b]
    why = frozenset(tuple(x.index for x in kept) for kept in keeps)
    if (b, why) not in known:
        breaks = known[b, why] = m.neu(f"{p.id}:{b}:{tag}")
        for kept in keeps:
            m.cp.add_bool_or([here[b].negated(), *kept, breaks])
    return known[b, why]


def _within(m: Modell, r: req.Fenster, tag: int) -> bool:
    zeit = m.problem.zeit
    return (r.von is None or zeit.tag(r.von) <= tag) and (r.bis is None or tag <= zeit.tag(r.bis))


def _keeps(m: Modell, r: req.Reihenfolge | req.Hoechstabstand, other: str, tag: int) -> Literal:
    """Return the literal "the other event keeps its distance from this day"."""
    if isinstance(r, req.Reihenfolge):
        return m.bis(other, tag - r.tage) if other == r.erst else m.bis(other, tag + r.tage - 1).negated()
    return m.bis(other, tag - r.tage - 1).negated() if other == r.erst else m.bis(other, tag + r.tage)
