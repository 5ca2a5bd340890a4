"""Requirements as clauses: one function per kind, each with its logical reading.

What a kind forbids a single candidate has been filtered (``statisch``); here stands what ties events together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from gremienplan import requirements as req
from gremienplan.solver.modell import Modell, Stueck
from gremienplan.solver.problem import TAG, Kandidat
from gremienplan.solver.statisch import away, belegt, clash, gilt_am, gueltig


def encode(m: Modell, r: req.Requirement) -> None:
    """Add to the model what ``r`` demands of several events together, as far as they are in the model."""
    match r:
        case req.Reihenfolge():
            reihenfolge(m, r.id, r.erst, r.dann, r.tage)
        case req.Hoechstabstand():
            hoechstabstand(m, r)
        case req.Mindestabstand():
            mindestabstand(m, r)
        case req.Verfuegbar() | req.Wegezeit():
            verfuegbar(m, r)
        case req.EineVon():
            eine_von(m, r)
        case req.OrtFrei():
            ort_frei(m, r)
        case req.Anzahl():
            anzahl(m, r)
        case req.Fest() if r.ereignis in m.x:
            fest(m, r)
        case req.Stattfinden() | req.Angesetzt():
            m.clause(r.id, [m.anwesend[r.ereignis]] if r.ereignis in m.x else [])
        case _:
            pass  # looks at one event alone: filtered


def reihenfolge(m: Modell, key: str, erst: str, dann: str, tage: int) -> None:
    """``dann ≤ d → erst ≤ d − tage``, for every day d of ``dann`` (while ``erst`` takes place)."""
    if erst in m.x and dann in m.x:
        for tag in m.tage[dann]:
            m.clause(
                key,
                [m.bis(dann, tag).negated(), m.bis(erst, tag - tage), m.anwesend[erst].negated()],
            )


def hoechstabstand(m: Modell, r: req.Hoechstabstand) -> None:
    """``erst ≤ d → dann ≤ d + tage``, for every day d of ``erst`` (while ``dann`` takes place)."""
    if r.erst in m.x and r.dann in m.x:
        for tag in m.tage[r.erst]:
            m.clause(
                r.id,
                [
                    m.bis(r.erst, tag).negated(),
                    m.bis(r.dann, tag + r.tage),
                    m.anwesend[r.dann].negated(),
                ],
            )


def mindestabstand(m: Modell, r: req.Mindestabstand) -> None:
    """At most one of the events in any ``tage`` days in a row; windows begin on candidate days."""
    events = [e for e in dict.fromkeys(r.ereignisse) if e in m.x]
    for tag in sorted({tag for e in events for tag in m.tage[e]}):
        window = [literal for e in events for literal in m.am_tagen(e, tag, tag + r.tage - 1)]
        m.at_most_one(r.id, window)


def anzahl(m: Modell, r: req.Anzahl) -> None:
    """The events that fall in the calendar year, counted; one that stays away may still be held in it."""
    zeit = m.problem.zeit
    events = [e for e in dict.fromkeys(r.ereignisse) if e in m.x]
    there = [
        literal
        for e in events
        for tag, literal in ((tag, m.am(e, tag)) for tag in m.tage[e])
        if literal is not None and zeit.datum(tag).year == r.jahr
    ]
    if r.max is not None:
        m.cp.add(sum(there) <= r.max).only_enforce_if(m.gilt(r.id))
    if r.min is not None:
        away = [m.anwesend[e].negated() for e in events]
        missing = len(set(r.ereignisse)) - len(events)
        m.cp.add(sum(there) + sum(away) + missing >= r.min).only_enforce_if(m.gilt(r.id))


def fest(m: Modell, r: req.Fest) -> None:
    """These Sitze present, and no deputy; that they may at all, and the time and the Ort, have been filtered."""
    slots = m.problem.ereignisse[r.ereignis].vortrag
    if r.vortrag is not None and len(r.vortrag) == len(slots):
        for slot, wer in enumerate(r.vortrag):
            if wer in slots[slot]:
                m.clause(r.id, [m.traegt_vor(r.ereignis, slot, wer), m.anwesend[r.ereignis].negated()])


def ort_frei(m: Modell, r: req.OrtFrei) -> None:
    """Of all candidates in the Ort that are under way at one moment, at most one is chosen."""
    pieces = [s for e in r.ereignisse if e in m.x for s in m.stuecke(e) if s.ort == r.ort]
    for group in _at_once(pieces):
        m.at_most_one(r.id, [s.literal for s in group])


def verfuegbar(m: Modell, r: req.Verfuegbar | req.Wegezeit) -> None:
    """Of all duties of a Sitz that collide pairwise at one moment, at most one is chosen.

    Verfuegbar: duties under way at that moment. Wegezeit: one under way, others elsewhere that ended less than
    ``minuten`` before. Beratungen in one sitting share a literal and never collide.
    """
    pieces = list(_duties(m, r))
    if isinstance(r, req.Verfuegbar):
        for group in _at_once(pieces):
            if not (m.annahmen and _of_one(group)):
                m.at_most_one(r.id, [s.literal for s in group])
    else:
        for first, second in _close(pieces, r.minuten):
            if m.annahmen:  # pairs only: that the others collide among themselves is Verfuegbar's to say
                for a, b in product(first, second):
                    m.at_most_one(r.id, [a.literal, b.literal])
            else:
                m.at_most_one(r.id, [s.literal for s in (*first, *second)])
    _deputies(m, r, pieces)


def eine_von(m: Modell, r: req.EineVon) -> None:
    """One of the Sitze comes; it comes → the Sitzung is at no time at which it has something else.

    On days on which the requirement does not hold, nobody has to come.
    """
    if r.ereignis not in m.x:
        return
    zeit, valid = m.problem.zeit, gilt_am(r, m.problem.zeit)
    pieces = m.stuecke(r.ereignis)
    mine = [s for s in pieces if valid(s.beginn // TAG)]
    if not mine:
        return
    comes = [m.neu(f"{dienst.sitz} in {r.ereignis}") for dienst in r.sitze]
    for dienst, literal in zip(r.sitze, comes, strict=True):
        busy = belegt(zeit, dienst.belegt)
        others: dict[int, list[Stueck]] = {}
        for s in _duties(m, _as_needed(r, dienst)):
            for tag in range(s.beginn // TAG - 1, s.ende // TAG + 2):
                others.setdefault(tag, []).append(s)
        for s in mine:
            tag = s.beginn // TAG
            if busy.on(tag) and away(busy, Kandidat(tag, s.beginn, s.ende, s.ort), r.minuten):
                m.clause(r.id, [literal.negated(), s.literal.negated()])
                continue
            for other in others.get(tag, ()):
                if _collide(s, other, r.minuten):
                    m.clause(r.id, [literal.negated(), s.literal.negated(), other.literal.negated()])
    m.clause(r.id, [*comes, *(s.literal for s in pieces if not valid(s.beginn // TAG))])


def _collide(a: Stueck, b: Stueck, minuten: int) -> bool:
    """Tell whether nobody can do both: they overlap, or are at different Orte and too close."""
    gap = max(b.beginn - a.ende, a.beginn - b.ende)
    return gap < 0 or (gap < minuten and (a.ort != b.ort or not a.ort))


def _as_needed(r: req.EineVon, dienst: req.Dienst) -> req.Verfuegbar:
    """Return what a Sitz has beside the Sitzung, said as a requirement of its own."""
    key = f"{r.id}:{dienst.sitz}"
    return req.Verfuegbar(key, r.grundlage, dienst.sitz, dienst.pflichten, dienst.belegt, dienst.mit)


def _duties(m: Modell, r: req.Verfuegbar | req.Wegezeit) -> Iterator[Stueck]:
    """Yield when the Sitz may be busy: each Sitzung on its valid days, each sitting it may present in once.

    The Sitze of one person are one. Where duties to present do not hold all year, the literals "is there" are this
    requirement's own: others count other days.
    """
    seen: set[str] = set()
    beratungen = {e for e in r.ereignisse if e in m.x and m.problem.ereignisse[e].vortrag}
    limited = any(p.ereignis in beratungen and (p.ab or p.bis) for p in r.pflichten)
    key = r.id if limited else "+".join(r.sitze)
    for ereignis in dict.fromkeys(r.ereignisse):
        if ereignis not in m.x:
            continue
        valid = gueltig(r.pflichten, ereignis, m.problem.zeit)
        if ereignis not in beratungen:
            yield from (s for s in m.stuecke(ereignis) if valid(s.beginn // TAG))
            continue
        for s in m.dabei(key, r.sitze, ereignis, valid):
            if s.sitzung not in seen:
                seen.add(s.sitzung)
                yield s


def _deputies(m: Modell, r: req.Verfuegbar | req.Wegezeit, pieces: Sequence[Stueck]) -> None:
    """Where a deputy may present, fixed busy time forbids attending, not the Beratung."""
    if not r.belegt or not any(
        len(slot) > 1 and set(r.sitze) & set(slot)
        for e in r.ereignisse
        if e in m.x
        for slot in m.problem.ereignisse[e].vortrag
    ):
        return
    busy = belegt(m.problem.zeit, r.belegt)
    rand = r.minuten if isinstance(r, req.Wegezeit) else 0
    for s in pieces:
        k = Kandidat(s.beginn // TAG, s.beginn, s.ende, s.ort, s.sitzung)
        if s.sitzung and clash(busy, k, rand):
            m.clause(r.id, [s.literal.negated()])


def _by_day(pieces: Iterable[Stueck], rand: int = 0) -> Iterator[list[Stueck]]:
    """Yield the pieces of each day they touch, ``rand`` minutes after their end included."""
    days: dict[int, list[Stueck]] = {}
    for s in pieces:
        for tag in range(s.beginn // TAG, (s.ende - 1 + rand) // TAG + 1):
            days.setdefault(tag, []).append(s)
    for tag in sorted(days):
        yield days[tag]


def _at_once(pieces: Iterable[Stueck]) -> Iterator[list[Stueck]]:
    """Yield the maximal sets of pieces that share a moment; each is named by the start of its latest piece."""
    for day in _by_day(pieces):
        for t in sorted({s.beginn for s in day}):
            group = [s for s in day if s.beginn <= t < s.ende]
            if len(group) > 1:
                yield group


def _of_one(group: Sequence[Stueck]) -> bool:
    """Tell whether all pieces are of one Sitzung, so that they exclude each other without being told."""
    return bool(group[0].ereignis) and all(s.ereignis == group[0].ereignis for s in group)


def _close(pieces: Iterable[Stueck], minuten: int) -> Iterator[tuple[list[Stueck], list[Stueck]]]:
    """Yield, per moment and Ort, the pieces there that begin at it and those elsewhere just ended.

    The second set has pairwise overlapping pieces only, so that the union is a clique: pieces that ended within
    ``minuten`` before ``t`` are cut at every one of their ends.
    """
    for day in _by_day(pieces, minuten):
        starts = sorted({(s.beginn, s.ort) for s in day})
        for t, ort in starts:
            begin = [s for s in day if s.beginn == t and s.ort == ort]
            ended = [s for s in day if t - minuten < s.ende <= t and (s.ort != ort or not ort)]
            for edge in sorted({s.beginn for s in ended}):
                group = [s for s in ended if s.beginn <= edge < s.ende]
                if group:
                    yield begin, group


def undominated(requirements: Iterable[req.Requirement]) -> list[req.Requirement]:
    """Drop the requirements of a Sitz all of whose duties another Sitz has too: they say nothing new.

    Only for a model in which all requirements hold; fixed busy time has been filtered before. A Beratung, also one
    that has been held, is a duty only of who presents it, so that nobody else has it too.
    """
    found = list(requirements)
    sitzungen = {r.ereignis for r in found if isinstance(r, req.Stattfinden)}
    keyed: dict[
        tuple[object, ...], list[tuple[frozenset[tuple[req.Pflicht, tuple[str, ...]]], req.Requirement]]
    ] = {}
    for r in found:
        if isinstance(r, req.Verfuegbar | req.Wegezeit):
            kind = (type(r), r.minuten if isinstance(r, req.Wegezeit) else 0)
            duties = frozenset((p, () if p.ereignis in sitzungen else r.sitze) for p in r.pflichten)
            keyed.setdefault(kind, []).append((duties, r))
    dropped: set[str] = set()
    for group in keyed.values():
        kept: list[frozenset[tuple[req.Pflicht, tuple[str, ...]]]] = []
        for duties, r in sorted(group, key=lambda dr: (-len(dr[0]), dr[1].id)):
            if any(duties <= other for other in kept):
                dropped.add(r.id)
            else:
                kept.append(duties)
    return [r for r in found if r.id not in dropped]
