"""Orte that take turns, as a cost: who follows whom is a matter of days, so the order is part of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from gremienplan import requirements as req
from gremienplan.solver.modell import Literal, Modell

Terme = Iterator[tuple[Literal, int]]


def encode(m: Modell, p: req.Wechsel) -> Terme:
    """Repetitions, and shares that are too large or too small."""
    events = [e for e in dict.fromkeys(p.ereignisse) if e in m.x]
    yield from _repeated(m, p, events)
    yield from _unequal(m, p, events)


def _repeated(m: Modell, p: req.Wechsel, events: Sequence[str]) -> Terme:
    """``a and b at one Ort ∧ a before b ∧ no c between them → repeated``, for each pair and Ort."""
    for a, b in permutations(events, 2):
        if m.is_falsch(before := _before(m, a, b, events)):
            continue
        gaps = [gap for c in events if c not in (a, b) for gap in _between(m, a, c, b, events)]
        orte = dict.fromkeys(k.ort for k in m.kandidaten[a] if k.ort)
        both = [(m.in_ort(a, ort), m.in_ort(b, ort)) for ort in orte]
        both = [(x, y) for x, y in both if not m.is_falsch(y)]
        if not both:
            continue
        again = m.neu(f"{p.id}:{a}>{b}")
        for x, y in both:
            m.clause(p.id, [x.negated(), y.negated(), before.negated(), *gaps, again])
        yield again, p.gewicht


def _between(m: Modell, a: str, c: str, b: str, events: Sequence[str]) -> Iterator[Literal]:
    """Yield a literal that implies that ``c`` comes after ``a`` and before ``b``; none where it cannot."""
    first, second = _before(m, a, c, events), _before(m, c, b, events)
    if m.is_falsch(first) or m.is_falsch(second):
        return
    found = m.neu(f"{a}<{c}<{b}")
    m.cp.add_implication(found, first)
    m.cp.add_implication(found, second)
    yield found


def _before(m: Modell, a: str, b: str, events: Sequence[str]) -> Literal:
    """Return the literal "``a`` comes before ``b``": on one day the events keep their order."""
    return m.nicht_nach(a, b) if events.index(a) < events.index(b) else m.nicht_nach(b, a).negated()


def _unequal(m: Modell, p: req.Wechsel, events: Sequence[str]) -> Terme:
    """Per Ort as many literals as it holds beyond the rounded-up share, or lacks of the rounded-down one."""
    orte = tuple(dict.fromkeys(p.orte))
    if not orte:
        return
    least, most = len(events) // len(orte), -(-len(events) // len(orte))
    for ort in orte:
        held = [m.in_ort(e, ort) for e in events]
        more = [m.neu(f"{p.id}:{ort}+{i}") for i in range(len(events) - most)]
        less = [m.neu(f"{p.id}:{ort}-{i}") for i in range(least)]
        m.cp.add(sum(held) - sum(more) <= most)
        m.cp.add(sum(held) + sum(less) >= least)
        yield from ((literal, p.gewicht) for literal in (*more, *less))
