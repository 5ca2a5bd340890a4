"""Loads that are shared: the largest one, and how many come near it, as costs.

Unlike other costs these compare with each other, so every literal here says exactly what it means, in both
directions: a largest load that only claimed to be as large would hide how many have it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise

from attrs import frozen

from gremienplan import requirements as req
from gremienplan.solver.modell import Literal, Modell
from gremienplan.solver.problem import TAG, Kandidat, Zeit
from gremienplan.solver.statisch import gueltig

Terme = Iterator[tuple[Literal, int]]


@frozen
class Stand:
    """A load in a model: what it is at least, and a literal for each further unit: "at least so many"."""

    fest: int
    weitere: Sequence[Literal]

    @property
    def hoechstens(self) -> int:
        """What it can be at most."""
        return self.fest + len(self.weitere)

    def mindestens(self, m: Modell, wert: int) -> Literal:
        """Return the literal "the load is at least ``wert``"."""
        if wert <= self.fest:
            return m.wahr
        return self.weitere[wert - self.fest - 1] if wert <= self.hoechstens else m.falsch


def encode(m: Modell, p: req.Ausgleich) -> Terme:
    """Step 0: the largest load, counted up; a later one: per value of it, how many are near."""
    loads = [_stand(m, p, last) for last in p.lasten]
    least = max((one.fest for one in loads), default=0)
    most = max((one.hoechstens for one in loads), default=0)
    reached = {n: _any(m, [one.mindestens(m, n) for one in loads]) for n in range(least, most + 2)}
    if p.schritt == 0:
        yield m.wahr, p.gewicht * least
        yield from ((reached[n], p.gewicht) for n in range(least + 1, most + 1))
        return
    count = [m.neu(f"{p.id}:{i}") for i in range(len(loads))]
    for n in range(max(least, 1), most + 1):  # unless n + 1 is reached: count ≥ how many are near n
        near = [one.mindestens(m, max(1, n - p.schritt + 1)) for one in loads]
        m.cp.add(sum(near) - sum(count) <= len(loads) * reached[n + 1])
    yield from ((literal, p.gewicht) for literal in count)


def _stand(m: Modell, p: req.Ausgleich, last: req.Last) -> Stand:
    key = (p.was, p.ab, last)
    if key not in m.lasten:
        m.lasten[key] = _counted(m, p, last)
    return m.lasten[key]


def _counted(m: Modell, p: req.Ausgleich, last: req.Last) -> Stand:
    """Return the load: what counts for certain, and the other things that may, counted."""
    zeit = m.problem.zeit
    certain = {
        mark
        for dienst in last.dienste
        for b in dienst.belegt
        for mark in _marks(
            p, last, zeit, Kandidat(zeit.tag(b.von.date()), zeit.minute(b.von), zeit.minute(b.bis))
        )
    }
    maybe: dict[Hashable, dict[str, dict[Kandidat, list[Literal]]]] = {}
    for dienst in last.dienste:
        for ereignis, k, there in _attended(m, dienst):
            for mark in _marks(p, last, zeit, k):
                if mark not in certain:
                    maybe.setdefault(mark, {}).setdefault(ereignis, {}).setdefault(k, []).append(there)
    marks = [
        _any(m, [_one(m, [_any(m, there) for there in of.values()]) for of in events.values()])
        for events in maybe.values()
    ]
    often = Counter((e, k) for events in maybe.values() for e, of in events.items() for k in of)
    per_event: dict[str, int] = {}
    for (e, _), times in often.items():
        per_event[e] = max(times, per_event.get(e, 0))
    more = [m.neu(f"{p.id}:{last.wer}>{n}") for n in range(min(len(marks), sum(per_event.values())))]
    m.cp.add(sum(marks) == sum(more))
    for lower, higher in pairwise(more):
        m.cp.add_implication(higher, lower)
    return Stand(len(certain), more)


def _marks(p: req.Ausgleich, last: req.Last, zeit: Zeit, k: Kandidat) -> Iterator[Hashable]:
    """Yield what counts once: the evenings a time reaches into, its weekday, the journey to its Ort."""
    match p.was:
        case req.Was.ABENDE:
            limit = p.ab.hour * 60 + p.ab.minute
            for tag in range(k.tag, k.ende // TAG + 1):
                if tag * TAG + limit < k.ende:
                    yield tag
        case req.Was.WOCHENTAGE:
            if last.wochentag in (None, zeit.datum(k.tag).weekday()):
                yield k.tag
        case req.Was.WEGE:
            if k.ort in last.fern:
                yield k.tag, k.ort


def _attended(m: Modell, dienst: req.Dienst) -> Iterator[tuple[str, Kandidat, Literal]]:
    """Yield how each duty may be held, with the literal "and the Sitz is there"."""
    sitze = (dienst.sitz, *dienst.mit)
    for ereignis in dict.fromkeys(pflicht.ereignis for pflicht in dienst.pflichten):
        if ereignis not in m.x:
            continue
        valid = gueltig(dienst.pflichten, ereignis, m.problem.zeit)
        vortrag = m.problem.ereignisse[ereignis].vortrag
        presents = _any(
            m,
            [
                m.traegt_vor(ereignis, slot, sitz)
                for slot, options in enumerate(vortrag)
                for sitz in options
                if sitz in sitze
            ],
        )
        for k, x in zip(m.kandidaten[ereignis], m.x[ereignis], strict=True):
            if valid(k.tag):
                # a Beratung is heard in a sitting, and attended only by who presents it
                yield ereignis, k, _both(m, x, presents) if k.sitzung or vortrag else x


def _both(m: Modell, a: Literal, b: Literal) -> Literal:
    """Return the literal "both"."""
    if m.is_wahr(b):
        return a
    if m.is_falsch(b):
        return b
    both = m.neu("und")
    m.cp.add_implication(both, a)
    m.cp.add_implication(both, b)
    m.cp.add_bool_or([both, a.negated(), b.negated()])
    return both


def _one(m: Modell, literals: Sequence[Literal]) -> Literal:
    """Return the literal "one of them", of which at most one is true."""
    if len(literals) == 1:
        return literals[0]
    one = m.neu("eines")
    m.cp.add(sum(literals) == one)
    return one


def _any(m: Modell, literals: Sequence[Literal]) -> Literal:
    """Return the literal "at least one of them"."""
    found: Mapping[int, Literal] = {x.index: x for x in literals if not m.is_falsch(x)}
    if any(m.is_wahr(x) for x in found.values()):
        return m.wahr
    if not found:
        return m.falsch
    if len(found) == 1:
        return next(iter(found.values()))
    some = m.neu("oder")
    for x in found.values():
        m.cp.add_implication(x, some)
    m.cp.add_bool_or([some.negated(), *found.values()])
    return some
