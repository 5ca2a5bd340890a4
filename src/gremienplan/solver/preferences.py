"""Preferences as costs: one function per kind, each with its logical reading.

A cost is a sum of literals with weights. What a preference costs a single candidate by itself is *unary* and
known before any search (:func:`unary`); the rest gets literals of its own (:func:`encode`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from gremienplan import requirements as req
from gremienplan.solver import gerecht, robust, wechsel
from gremienplan.solver.modell import Kosten, Literal, Modell
from gremienplan.solver.problem import TAG, Kandidat, Zeit
from gremienplan.solver.statisch import belegt

HALBE_STUNDE = 30

Woche = tuple[int, int]


def unary(p: req.Preference, zeit: Zeit) -> tuple[str, Callable[[Kandidat], int]] | None:
    """Return the event and what each of its candidates costs by itself; None when ``p`` is not of that kind."""
    match p:
        case req.Gewohnt():
            usual = p.beginn.hour * 60 + p.beginn.minute
            monday = zeit.von.weekday()

            def habit(k: Kandidat) -> int:
                off = abs(k.beginn - k.tag * TAG - usual)
                day = 0 if (monday + k.tag) % 7 == p.wochentag else p.gewicht_tag
                return day + p.gewicht_zeit * -(-off // HALBE_STUNDE)

            return p.ereignis, habit
        case req.Meiden():
            busy = belegt(zeit, p.belegt)
            return (
                p.ereignis,
                lambda k: p.gewicht if busy.on(k.tag) and busy.overlaps(k.beginn, k.ende) else 0,
            )
        case req.Bleiben(vortrag=None):
            old = zeit.minute(p.beginn), zeit.minute(p.ende), p.ort
            return p.ereignis, lambda k: 0 if (k.beginn, k.ende, k.ort) == old else p.gewicht
        case _:
            return None


def encode(m: Modell, p: req.Preference) -> Kosten:
    """Return the cost of a preference that ties events together, as weighted literals.

    An event that is not in the model, because its date stays open, costs nothing.
    """
    match p:
        case req.Abstandswunsch() | req.Vorher() if not {p.erst, p.dann} <= m.x.keys():
            return []
        case req.Danach() if p.nach not in m.x:
            return []
        case req.Selbst() | req.Bleiben() if p.ereignis not in m.x:
            return []
        case req.Abstandswunsch():
            return list(abstandswunsch(m, p))
        case req.Vorher():
            return vorher(m, p)
        case req.Danach():
            return danach(m, p)
        case req.Verteilt():
            return list(verteilt(m, p))
        case req.Abendlast():
            return list(abendlast(m, p))
        case req.Selbst():
            return list(selbst(m, p))
        case req.Bleiben(vortrag=vortrag) if vortrag is not None:
            return bleiben(m, p, vortrag)
        case req.Wechsel():
            return [] if m.nur_tage else list(wechsel.encode(m, p))
        case req.Ausgleich():
            return [] if m.nur_tage else list(gerecht.encode(m, p))
        case req.Robust():
            return list(robust.encode(m, p))
        case _:
            return []  # unary


def abstandswunsch(m: Modell, p: req.Abstandswunsch) -> Iterator[tuple[Literal, int]]:
    """``max(0, dann − erst − h) = #{d : erst ≤ d, dann > d + h}``, one literal per stretch of equal days.

    ``max(0, m − (dann − erst)) = #{d : dann ≤ d, erst > d − m}`` is the same with the roles changed. With
    unary costs and orders this is a minimum cut, whose linear relaxation is integral.
    """
    if p.hoechstens is not None:
        yield from _cut(m, p.id, p.erst, p.dann, p.hoechstens, p.gewicht)
    if p.mindestens is not None:
        yield from _cut(m, p.id, p.dann, p.erst, -p.mindestens, p.gewicht)


def _cut(m: Modell, key: str, a: str, b: str, shift: int, gewicht: int) -> Iterator[tuple[Literal, int]]:
    """Yield literals that count the days d with ``a ≤ d`` and ``b > d + shift``."""
    first, last = m.tage[a][0], m.tage[b][-1] - shift - 1
    edges = {first, last + 1}
    edges |= {tag for tag in m.tage[a] if first <= tag <= last}
    edges |= {tag - shift for tag in m.tage[b] if first <= tag - shift <= last}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        if start > last:
            break
        before, after = m.bis(a, start), m.bis(b, start + shift)
        late = m.neu(f"{key}:{a}≤{start}<{b}")
        m.clause(key, [before.negated(), after, late])
        yield late, gewicht * (end - start)


def selbst(m: Modell, p: req.Selbst) -> Iterator[tuple[Literal, int]]:
    """A literal per presenter: true iff a deputy presents instead."""
    for slot, options in enumerate(m.problem.ereignisse[p.ereignis].vortrag):
        for wer in options:
            if wer not in p.vortrag:
                yield m.traegt_vor(p.ereignis, slot, wer), p.gewicht


def bleiben(m: Modell, p: req.Bleiben, vortrag: tuple[str, ...]) -> Kosten:
    """``moved ∨ the old time and Ort``; per presenter ``moved ∨ the old one presents``."""
    zeit, moved = m.problem.zeit, m.neu(p.id)
    old = zeit.minute(p.beginn), zeit.minute(p.ende), p.ort
    tag = zeit.tag(p.beginn.date())
    pairs = zip(m.kandidaten[p.ereignis], m.x[p.ereignis], strict=True)
    same = [
        x
        for k, x in pairs
        if (k.beginn, k.ende, k.ort) == old or (m.nur_tage and not k.sitzung and k.tag == tag)
    ]
    m.clause(p.id, [moved, *same])
    slots = m.problem.ereignisse[p.ereignis].vortrag
    if len(vortrag) != len(slots):
        m.clause(p.id, [moved])
        return [(moved, p.gewicht)]
    for slot, wer in enumerate(vortrag):
        presents = [m.traegt_vor(p.ereignis, slot, wer)] if wer in slots[slot] else []
        m.clause(p.id, [moved, *presents])
    return [(moved, p.gewicht)]


def vorher(m: Modell, p: req.Vorher) -> Kosten:
    """``dann ≤ d ∧ erst > d − 1 → broken``, for every day d of ``dann``."""
    broken = m.neu(p.id)
    for tag in m.tage[p.dann]:
        m.clause(p.id, [m.bis(p.dann, tag).negated(), m.bis(p.erst, tag - 1), broken])
    return [(broken, p.gewicht)]


def danach(m: Modell, p: req.Danach) -> Kosten:
    """``nach = d → missed ∨ some event on d+1 … d+tage``, for every day d of ``nach``."""
    missed = m.neu(p.id)
    for tag in m.tage[p.nach]:
        on = m.am(p.nach, tag)
        after = [x for e in p.ereignisse if e in m.x for x in m.am_tagen(e, tag + 1, tag + p.tage)]
        if on is not None:
            m.clause(p.id, [on.negated(), missed, *after])
    return [(missed, p.gewicht)]


def verteilt(m: Modell, p: req.Verteilt) -> Iterator[tuple[Literal, int]]:
    """Per week: as many literals as there are events beyond the bound."""
    weeks: dict[Woche, list[Literal]] = {}
    for ereignis in p.ereignisse:
        for tag in m.tage.get(ereignis, ()):
            on = m.am(ereignis, tag)
            if on is not None:
                weeks.setdefault(_week(m.problem.zeit, tag), []).append(on)
    yield from _beyond(m, p.id, weeks, dict.fromkeys(weeks, p.je_woche), p.gewicht)


def abendlast(m: Modell, p: req.Abendlast) -> Iterator[tuple[Literal, int]]:
    """Per week: an evening literal per day with a duty that ends after ``ab``, counted beyond the bound."""
    zeit, limit = m.problem.zeit, p.ab.hour * 60 + p.ab.minute
    fixed = {tag for b in p.belegt for tag in _evenings(zeit.minute(b.von), zeit.minute(b.bis), limit)}
    busy: dict[Woche, int] = {}
    for tag in fixed:
        busy[_week(zeit, tag)] = busy.get(_week(zeit, tag), 0) + 1
    evenings: dict[int, list[Literal]] = {}
    for ereignis in (e for e in p.ereignisse if e in m.x):
        vortrag = m.problem.ereignisse[ereignis].vortrag
        pieces = m.dabei(p.sitz, (p.sitz,), ereignis) if vortrag else m.zeiten(ereignis)
        for s in pieces:
            for tag in _evenings(s.beginn, s.ende, limit):
                if tag not in fixed:
                    evenings.setdefault(tag, []).append(s.literal)
    weeks: dict[Woche, list[Literal]] = {}
    for tag, literals in sorted(evenings.items()):
        evening = m.neu(f"{p.id}:{tag}")
        for literal in literals:
            m.cp.add_implication(literal, evening)
        weeks.setdefault(_week(zeit, tag), []).append(evening)
    free = {week: max(p.je_woche - busy.get(week, 0), 0) for week in weeks}
    yield from _beyond(m, p.id, weeks, free, p.gewicht)


def _beyond(
    m: Modell, key: str, weeks: dict[Woche, list[Literal]], free: dict[Woche, int], gewicht: int
) -> Iterator[tuple[Literal, int]]:
    for week, literals in sorted(weeks.items()):
        extra = [m.neu(f"{key}:{week}:{i}") for i in range(len(literals) - free[week])]
        if extra:
            m.cp.add(sum(literals) - sum(extra) <= free[week])
            yield from ((literal, gewicht) for literal in extra)


def _evenings(beginn: int, ende: int, limit: int) -> Iterator[int]:
    """Yield the days whose evening, from minute ``limit`` on, the time [beginn, ende) reaches into."""
    for tag in range(beginn // TAG, ende // TAG + 1):
        if tag * TAG + limit < ende:
            yield tag


def _week(zeit: Zeit, tag: int) -> Woche:
    year, week, _ = zeit.datum(tag).isocalendar()
    return year, week
