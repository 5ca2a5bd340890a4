"""Tiny problems of every kind, and all their plans: each combination of candidates, judged by the audit alone.

The days lie around a turn of the year that is also a turn of the week, the starts around midnight and each other,
so that every bound is met from both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import product
from math import prod
from typing import assert_never

from attrs import evolve, frozen
from hypothesis import strategies as st

from gremienplan import requirements as req
from gremienplan.auditing import check, cost
from gremienplan.plan import Lage
from gremienplan.quellen import Authority, Grundlage
from gremienplan.solver import Loesung, Problem, build_problem
from gremienplan.solver.problem import Ereignis, Kandidat

ERSTER = date(2026, 12, 30)
"""A Wednesday: 2026 ends on the second day, ISO week 53 on the fifth."""
TAGE = tuple(ERSTER + timedelta(days=n) for n in range(8))
STUNDEN = (time(9), time(10), time(10, 30), time(16), time(18, 30), time(22))
SITZE = ("p", "q", "r")
MOST = 1500
"""Combinations of one problem, at most."""


# --- every plan ---------------------------------------------------------------------------------------------


class Alle:
    """Every way to hold each event, and every plan made of them, judged by ``auditing``."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ways = {e: tuple(ways(problem, ereignis)) for e, ereignis in problem.ereignisse.items()}
        self._kept: dict[tuple[str, tuple[int, ...]], bool] = {}
        self._points: dict[tuple[str, tuple[int, ...]], int] = {}

    def plans(self, requirements: Sequence[req.Requirement]) -> Iterator[dict[str, int]]:
        """Yield every plan that keeps these: event -> number of its way. An event nobody demands stays away."""
        events = [r.ereignis for r in requirements if isinstance(r, req.Stattfinden | req.Angesetzt)]
        if all(self._keeps(r, {}) for r in requirements if not set(r.ereignisse) & set(events)):
            yield from self._extend({}, events, requirements)

    def _extend(
        self, chosen: dict[str, int], rest: Sequence[str], requirements: Sequence[req.Requirement]
    ) -> Iterator[dict[str, int]]:
        if not rest:
            yield dict(chosen)
            return
        event, later = rest[0], rest[1:]
        due = [r for r in requirements if event in r.ereignisse and not set(later) & set(r.ereignisse)]
        for n in range(len(self.ways[event])):
            now = {**chosen, event: n}
            if all(self._keeps(r, now) for r in due):
                yield from self._extend(now, later, requirements)

    def _keeps(self, r: req.Requirement, plan: Mapping[str, int]) -> bool:
        key = (r.id, tuple(plan.get(e, -1) for e in r.ereignisse))
        if key not in self._kept:
            self._kept[key] = not check(r, self.lagen(plan, r.ereignisse), {})
        return self._kept[key]

    def costs(self, plan: Mapping[str, int]) -> dict[int, int]:
        """Return the points of a plan per stage."""
        found = dict.fromkeys(self.problem.stufen or (1,), 0)
        for p in self.problem.preferences:
            found[p.stufe] += self.points(p, plan)
        return found

    def points(self, p: req.Preference, plan: Mapping[str, int]) -> int:
        """Return what one preference costs in a plan."""
        events = _events(p)
        key = (p.id, tuple(plan[e] for e in events))
        if key not in self._points:
            self._points[key] = cost(p, self.lagen(plan, events))
        return self._points[key]

    def best(self, requirements: Sequence[req.Requirement]) -> dict[int, int] | None:
        """Return the least costs, earlier stages first; None when no plan keeps the requirements."""
        return min((self.costs(plan) for plan in self.plans(requirements)), key=_staged, default=None)

    def named(self, requirements: Sequence[req.Requirement], best: Mapping[int, int]) -> Lagen:
        """Return the plan the rule for ties names among the best: least sum over days, then over all else."""
        plans = [plan for plan in self.plans(requirements) if self.costs(plan) == best]
        return min((self.lagen(plan, list(plan)) for plan in plans), key=self._weight)

    def _weight(self, lagen: Lagen) -> tuple[int, int]:
        """Return both sums of a plan, as docs/proof.md says them."""
        days, rest = 0, 0
        for e, (lage,) in lagen.items():
            days += weight(e, lage.beginn.strftime("%Y-%m-%d"))
            rest += weight(e, lage.beginn.strftime("%Y-%m-%dT%H:%M"), lage.ort, lage.sitzung)
            slots = self.problem.ereignisse[e].vortrag
            for n, (wer, slot) in enumerate(zip(lage.vortrag, slots, strict=True)):
                rest += weight(e, str(n), wer) if len(slot) > 1 else 0
        return days, rest

    def possible(self, requirements: Sequence[req.Requirement]) -> bool:
        """Tell whether any plan keeps these."""
        return next(self.plans(requirements), None) is not None

    def lagen(self, plan: Mapping[str, int], events: Sequence[str]) -> Lagen:
        """Return where the events of a plan lie, as the audit wants it."""
        return {e: (self.ways[e][plan[e]],) for e in events if e in plan}


def weight(*label: str) -> int:
    """Return the first five hex digits of the SHA-256 of salt 0 and a label."""
    return int(sha256("|".join(["0", *label]).encode()).hexdigest()[:5], 16)


Lagen = dict[str, tuple[Lage, ...]]


def _events(p: req.Preference) -> tuple[str, ...]:
    """Return the events a preference looks at."""
    match p:
        case req.Gewohnt() | req.Meiden() | req.Selbst() | req.Bleiben():
            return (p.ereignis,)
        case req.Abstandswunsch() | req.Vorher():
            return p.erst, p.dann
        case req.Danach():
            return p.nach, *p.ereignisse
        case req.Verteilt() | req.Abendlast() | req.Wechsel():
            return p.ereignisse
        case req.Robust():
            bound = (e for r in p.ordnung for e in r.ereignisse)
            return tuple(dict.fromkeys((*p.beratungen, *bound, *(e for e, _ in p.frei))))
        case req.Ausgleich():
            duties = (d.pflichten for last in p.lasten for d in last.dienste)
            return tuple(dict.fromkeys(pflicht.ereignis for of in duties for pflicht in of))
        case _:
            assert_never(p)


def _staged(costs: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(costs[stufe] for stufe in sorted(costs))


def ways(problem: Problem, ereignis: Ereignis) -> Iterator[Lage]:
    """Yield every candidate of an event, with everybody who may present it."""
    for k in ereignis.kandidaten():
        for vortrag in product(*ereignis.vortrag):
            yield as_lage(problem, ereignis.id, k, vortrag)


def as_lage(problem: Problem, ereignis: str, k: Kandidat, vortrag: tuple[str, ...]) -> Lage:
    moment = problem.zeit.moment
    return Lage(ereignis, moment(k.beginn), moment(k.ende), k.ort, k.sitzung, vortrag)


def lagen_of(problem: Problem, loesung: Loesung) -> Lagen:
    """Return where the events lie in what the solver chose."""
    return {e: (as_lage(problem, e, k, loesung.vortrag.get(e, ())),) for e, k in loesung.wahl.items()}


# --- what is drawn ------------------------------------------------------------------------------------------


@frozen
class Welt:
    """The events of a problem, before anything ties them."""

    existenz: tuple[req.Stattfinden | req.Angesetzt, ...]
    anfaenge: tuple[time, ...]
    personen: bool = False
    """Whether one person may hold several Sitze, for all days or some."""

    @property
    def ereignisse(self) -> tuple[str, ...]:
        return tuple(r.ereignis for r in self.existenz)

    @property
    def sitzungen(self) -> tuple[str, ...]:
        return tuple(r.ereignis for r in self.existenz if isinstance(r, req.Stattfinden))

    @property
    def sittings(self) -> tuple[req.Sitzungstag, ...]:
        return tuple(s for r in self.existenz if isinstance(r, req.Angesetzt) for s in r.sitzungen)

    def presented_by(self, sitz: str) -> tuple[str, ...]:
        """Return the Beratungen a Sitz may present."""
        return tuple(
            r.ereignis
            for r in self.existenz
            if isinstance(r, req.Angesetzt) and any(sitz in slot for slot in r.vortrag)
        )

    @property
    def size(self) -> int:
        """How many combinations of candidates and presenters there are."""
        return prod(_size(r, len(self.anfaenge)) for r in self.existenz)


def _size(r: req.Stattfinden | req.Angesetzt, starts: int) -> int:
    if isinstance(r, req.Stattfinden):
        return ((r.bis - r.von).days + 1) * starts * max(1, len(r.orte))
    return len(r.sitzungen) * prod(len(slot) for slot in r.vortrag)


Draw = st.DrawFn
tage = st.sampled_from(TAGE)
stunden = st.sampled_from(STUNDEN)
grundlagen = st.sampled_from([Grundlage(authority) for authority in Authority])
stufen = st.integers(1, 3)
gewichte = st.integers(1, 5)


@st.composite
def welten(draw: Draw, beratung: bool) -> Welt:
    """Two to four events: Sitzungen of a few days, starts and Orte, Beratungen with up to three sittings.

    With ``beratung`` at least one Beratung is among them.
    """
    beratungen = draw(st.integers(1 if beratung else 0, 2))
    sitzungen = draw(st.integers(max(1, 2 - beratungen), 4 - beratungen))
    existenz: list[req.Stattfinden | req.Angesetzt] = []
    for e in "abcd"[:sitzungen]:
        first = draw(st.integers(0, len(TAGE) - 3))
        last = min(first + draw(st.sampled_from([0, 2, 3, 4, 5])), len(TAGE) - 1)
        dauer = draw(st.sampled_from([60, 90, 120]))
        orte = draw(st.sampled_from([("haus",), (), ("haus",), ("haus", "schule")]))
        g = draw(grundlagen)
        existenz.append(req.Stattfinden(f"statt-{e}", g, e, 2027, TAGE[first], TAGE[last], dauer, orte))
    if beratungen:
        sittings = [draw(_sitting(i)) for i in range(draw(st.integers(1, 3)))]
        for e in "xy"[:beratungen]:
            heard = tuple(s for s in sittings if draw(st.integers(0, 7)))
            vortrag = draw(
                st.sampled_from([(("p",),), (("p", "q"),), (("q", "p"),), (("p", "r"), ("q",)), ()])
            )
            existenz.append(req.Angesetzt(f"angesetzt-{e}", draw(grundlagen), e, "bv", heard, vortrag))
    anfaenge = tuple(sorted(draw(st.sets(stunden, min_size=2, max_size=3))))
    return _small(Welt(tuple(existenz), anfaenge))


@st.composite
def _sitting(draw: Draw, i: int) -> req.Sitzungstag:
    beginn = datetime.combine(draw(tage), draw(stunden))
    ende = beginn + timedelta(minutes=draw(st.sampled_from([60, 120, 180])))
    return req.Sitzungstag(f"bv-{i}", "bv", beginn, ende, "BV")


def _small(welt: Welt) -> Welt:
    """Shorten the longest window until there are few enough combinations."""
    while welt.size > MOST:
        existenz = list(welt.existenz)
        longest = max(
            (r for r in existenz if isinstance(r, req.Stattfinden)), key=lambda r: (r.bis - r.von, r.id)
        )
        existenz[existenz.index(longest)] = evolve(longest, bis=longest.bis - timedelta(days=1))
        if longest.von == longest.bis:
            return evolve(welt, anfaenge=welt.anfaenge[:1])
        welt = evolve(welt, existenz=tuple(existenz))
    return welt


@st.composite
def belegungen(draw: Draw, welt: Welt, least: int = 0) -> tuple[req.Belegung, ...]:
    """A few busy times: of minutes, over midnight, of days; sometimes a sitting of the problem, or one at its time."""
    found = []
    for _ in range(draw(st.integers(least, 3))):
        beginn = datetime.combine(draw(tage), draw(stunden))
        minuten = draw(st.sampled_from([60, 180, 600, 2880, 45, 120]))
        found.append(req.Belegung(beginn, beginn + timedelta(minutes=minuten), "belegt"))
    more = draw(st.booleans())
    if welt.sittings and more:
        s = draw(st.sampled_from(welt.sittings))
        own = req.Belegung(s.beginn, s.ende, s.name, s.key)
        at_once = evolve(own, sitzung="")
        across = evolve(at_once, von=s.beginn + timedelta(minutes=30))
        found.append(draw(st.sampled_from([own, at_once, across])))
    return tuple(found)


@st.composite
def _pflichten(draw: Draw, welt: Welt) -> tuple[req.Pflicht, ...]:
    """Duties as ``jahr`` gives them: some Sitzungen, on some of their days."""
    found = []
    for e in welt.sitzungen:
        tag = draw(tage)
        span = draw(st.sampled_from([(None, None), (None, None), (tag, None), (None, tag), None]))
        if span:
            found.append(req.Pflicht(e, *span))
    return tuple(found)


def _vortraege(welt: Welt, sitze: Sequence[str], held: Held) -> tuple[req.Pflicht, ...]:
    """Every Beratung one of these Sitze may present, on the days on which they are held."""
    found = dict.fromkeys(e for sitz in sitze for e in welt.presented_by(sitz))
    return tuple(req.Pflicht(e, *held) for e in found)


Held = tuple[date | None, date | None]
_IMMER: Held = (None, None)
_PERSONEN: tuple[tuple[int, Held], ...] = (
    (0, _IMMER),
    (0, (TAGE[2], None)),
    (1, _IMMER),
    (1, (None, TAGE[5])),
    (2, _IMMER),
)
"""How many other Sitze the same person holds, and from when to when."""


Stueck = st.SearchStrategy[list[req.Requirement]]


def _of_one(
    make: Callable[[Draw, Welt, str, Grundlage, str], req.Requirement],
) -> Callable[[Welt, str], Stueck]:
    """Return a drawer of requirements that speak of one event."""

    @st.composite
    def drawn(draw: Draw, welt: Welt, key: str) -> list[req.Requirement]:
        return [make(draw, welt, key, draw(grundlagen), draw(st.sampled_from(welt.ereignisse)))]

    return drawn


def _of_two(
    make: Callable[[Draw, str, Grundlage, str, str], req.Requirement],
) -> Callable[[Welt, str], Stueck]:
    """Return a drawer of requirements that speak of two events."""

    @st.composite
    def drawn(draw: Draw, welt: Welt, key: str) -> list[req.Requirement]:
        a, b = draw(st.permutations(welt.ereignisse))[:2]
        return [make(draw, key, draw(grundlagen), a, b)]

    return drawn


def _fenster(draw: Draw, welt: Welt, key: str, g: Grundlage, e: str) -> req.Requirement:
    von, bis = sorted((draw(tage), draw(tage)))
    return req.Fenster(key, g, e, *draw(st.sampled_from([(von, bis), (von, None), (None, bis)])))


def _fest(draw: Draw, welt: Welt, key: str, g: Grundlage, e: str) -> req.Requirement:
    stunde = draw(st.sampled_from([*welt.anfaenge, time(11, 10)]))
    ort = draw(st.sampled_from(["", "", "haus", "schule"]))
    nur_tag = draw(st.booleans())
    beginn = datetime.combine(draw(tage), time() if nur_tag else stunde)
    return req.Fest(key, g, e, beginn, ort, draw(_vortrag_of(welt, e)), nur_tag)


def _vortrag_of(welt: Welt, e: str) -> st.SearchStrategy[tuple[str, ...] | None]:
    """Who is to present: whoever does, one who may in each slot, or somebody who may not."""
    r = next(r for r in welt.existenz if r.ereignis == e)
    slots = r.vortrag if isinstance(r, req.Angesetzt) else ()
    known = st.tuples(*(st.sampled_from(slot) for slot in slots))
    return st.none() | known | known | st.just(("r",))


def _raumgroesse(draw: Draw, welt: Welt, key: str, g: Grundlage, e: str) -> req.Requirement:
    return req.Raumgroesse(key, g, e, 30, draw(st.sampled_from([(("haus", 20),), (("schule", 29),), ()])))


def _wochentage(draw: Draw, welt: Welt, key: str, g: Grundlage, e: str) -> req.Requirement:
    return req.Wochentage(key, g, e, tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=3)))))


def _tageszeit(draw: Draw, welt: Welt, key: str, g: Grundlage, e: str) -> req.Requirement:
    bis = draw(st.sampled_from([time(23, 59), time(11), time(12), time(18), time(20, 30)]))
    return req.Tageszeit(key, g, e, draw(st.sampled_from([time(0), time(9), time(9, 30), time(16)])), bis)


def _sperrtage(draw: Draw, welt: Welt, key: str, g: Grundlage, e: str) -> req.Requirement:
    first = [draw(st.integers(0, 7)) for _ in range(draw(st.integers(1, 2)))]
    spans = [(TAGE[n], TAGE[min(n + draw(st.integers(0, 2)), 7)]) for n in first]
    grund = draw(st.sampled_from(["feiertage", "schulferien", "sitzungstage"]))
    return req.Sperrtage(key, g, e, grund, tuple(req.Sperre(von, bis, "frei") for von, bis in spans))


def _keine_ueberschneidung(draw: Draw, welt: Welt, key: str, g: Grundlage, e: str) -> req.Requirement:
    puffer = draw(st.sampled_from([0, 30, 60]))
    return req.KeineUeberschneidung(key, g, e, draw(belegungen(welt)), puffer, puffer == 0)


def _reihenfolge(draw: Draw, key: str, g: Grundlage, a: str, b: str) -> req.Requirement:
    return req.Reihenfolge(key, g, a, b, draw(st.integers(0, 3)))


def _hoechstabstand(draw: Draw, key: str, g: Grundlage, a: str, b: str) -> req.Requirement:
    return req.Hoechstabstand(key, g, a, b, draw(st.integers(0, 3)))


@st.composite
def _mindestabstand(draw: Draw, welt: Welt, key: str) -> list[req.Requirement]:
    events = tuple(draw(st.permutations(welt.ereignisse))[: draw(st.integers(2, 4))])
    return [req.Mindestabstand(key, draw(grundlagen), "kr", events, draw(st.integers(1, 3)))]


@st.composite
def _anzahl(draw: Draw, welt: Welt, key: str) -> list[req.Requirement]:
    events = tuple(draw(st.permutations(welt.ereignisse))[: draw(st.integers(1, 4))])
    least, most = draw(
        st.sampled_from([(1, None), (None, 1), (None, 2), (2, None), (None, 0), (3, None), (1, 2)])
    )
    return [req.Anzahl(key, draw(grundlagen), "lk", events, draw(st.sampled_from([2026, 2027])), least, most)]


@st.composite
def _ort_frei(draw: Draw, welt: Welt, key: str) -> list[req.Requirement]:
    ort = draw(st.sampled_from(["haus", "haus", "schule"]))
    events = tuple(r.ereignis for r in welt.existenz if isinstance(r, req.Stattfinden) and ort in r.orte)
    return [req.OrtFrei(key, draw(grundlagen), ort, events, draw(belegungen(welt, 2)))]


def _sitz(*, weg: bool) -> Callable[[Welt, str], Stueck]:
    """Return a drawer of what binds a Sitz; travel never comes without "one place at a time" (see ``jahr``)."""

    @st.composite
    def drawn(draw: Draw, welt: Welt, key: str) -> list[req.Requirement]:
        sitz = draw(st.sampled_from(SITZE))
        duties, busy = draw(_pflichten(welt)), draw(belegungen(welt))
        more, held = draw(st.sampled_from(_PERSONEN)) if welt.personen else (0, _IMMER)
        mit = tuple(other for other in SITZE if other != sitz)[:more]
        duties += _vortraege(welt, (sitz, *mit), held)
        one = req.Verfuegbar(f"{key}-hier", draw(grundlagen), sitz, duties, busy, mit)
        if not weg:
            return [one]
        minuten = draw(st.sampled_from([400, 30, 60, 400]))
        g = draw(grundlagen)
        return [one, req.Wegezeit(f"{key}-weg", g, sitz, duties, minuten, busy, mit)]

    return drawn


@st.composite
def _eine_von(draw: Draw, welt: Welt, key: str) -> list[req.Requirement]:
    """One of one to three Sitze, each with other duties; the day on which it begins or ends to hold may be drawn."""
    if not welt.sitzungen:
        return []
    e, tag = draw(st.sampled_from(welt.sitzungen)), draw(tage)
    ab, bis = draw(st.sampled_from([(None, None), (None, None), (tag, None), (None, tag)]))
    sitze = draw(st.permutations(SITZE))[: draw(st.sampled_from([1, 1, 2, 2, 3]))]
    dienste = tuple(
        req.Dienst(
            sitz,
            (*(p for p in draw(_pflichten(welt)) if p.ereignis != e), *_vortraege(welt, (sitz,), _IMMER)),
            draw(belegungen(welt, 3)),
        )
        for sitz in sitze
    )
    minuten = draw(st.sampled_from([0, 0, 30, 400, 1440]))
    return [req.EineVon(key, draw(grundlagen), e, dienste, ab, bis, minuten)]


BEDINGUNGEN: Mapping[type[req.Requirement], Callable[[Welt, str], Stueck]] = {
    req.Fenster: _of_one(_fenster),
    req.Wochentage: _of_one(_wochentage),
    req.Tageszeit: _of_one(_tageszeit),
    req.Sperrtage: _of_one(_sperrtage),
    req.KeineUeberschneidung: _of_one(_keine_ueberschneidung),
    req.Reihenfolge: _of_two(_reihenfolge),
    req.Hoechstabstand: _of_two(_hoechstabstand),
    req.Mindestabstand: _mindestabstand,
    req.Verfuegbar: _sitz(weg=False),
    req.Wegezeit: _sitz(weg=True),
    req.EineVon: _eine_von,
    req.OrtFrei: _ort_frei,
    req.Anzahl: _anzahl,
    req.Fest: _of_one(_fest),
    req.Raumgroesse: _of_one(_raumgroesse),
}
"""How each kind is drawn; Stattfinden and Angesetzt are in every problem that has such an event."""


@st.composite
def _gewohnt(draw: Draw, welt: Welt, key: str) -> req.Preference:
    e, tag, beginn = draw(st.sampled_from(welt.ereignisse)), draw(st.integers(0, 6)), draw(stunden)
    return req.Gewohnt(
        key, draw(grundlagen), draw(stufen), e, tag, beginn, draw(gewichte), draw(st.integers(0, 1))
    )


@st.composite
def _abstandswunsch(draw: Draw, welt: Welt, key: str) -> req.Preference:
    a, b = draw(st.permutations(welt.ereignisse))[:2]
    least = draw(st.sampled_from([None, 0, 1, 3]))
    most = draw(st.sampled_from([None, 0, 1, 3] if least is None else [None, least, least + 1]))
    return req.Abstandswunsch(key, draw(grundlagen), draw(stufen), a, b, least, most, draw(gewichte))


@st.composite
def _vorher(draw: Draw, welt: Welt, key: str) -> req.Preference:
    a, b = draw(st.permutations(welt.ereignisse))[:2]
    return req.Vorher(key, draw(grundlagen), draw(stufen), a, b, draw(gewichte))


@st.composite
def _danach(draw: Draw, welt: Welt, key: str) -> req.Preference:
    first, *others = draw(st.permutations(welt.ereignisse))
    events = tuple(others[: draw(st.integers(1, 3))])
    days, weight = draw(st.integers(1, 3)), draw(gewichte)
    return req.Danach(key, draw(grundlagen), draw(stufen), first, events, days, weight)


@st.composite
def _verteilt(draw: Draw, welt: Welt, key: str) -> req.Preference:
    events = tuple(draw(st.permutations(welt.ereignisse))[: draw(st.integers(2, 4))])
    return req.Verteilt(key, draw(grundlagen), draw(stufen), events, draw(st.integers(0, 2)), draw(gewichte))


@st.composite
def _abendlast(draw: Draw, welt: Welt, key: str) -> req.Preference:
    sitz = draw(st.sampled_from(SITZE))
    events = tuple(e for e in welt.sitzungen if draw(st.integers(0, 2))) + welt.presented_by(sitz)
    busy, ab = draw(belegungen(welt)), draw(st.sampled_from([time(12), time(18)]))
    return req.Abendlast(
        key, draw(grundlagen), draw(stufen), sitz, events, busy, ab, draw(st.integers(0, 1)), draw(gewichte)
    )


@st.composite
def _meiden(draw: Draw, welt: Welt, key: str) -> req.Preference:
    e, busy = draw(st.sampled_from(welt.ereignisse)), draw(belegungen(welt))
    return req.Meiden(key, draw(grundlagen), draw(stufen), e, "gremien", busy, draw(gewichte))


@st.composite
def _selbst(draw: Draw, welt: Welt, key: str) -> req.Preference:
    r = draw(st.sampled_from(welt.existenz))
    e, wer = r.ereignis, tuple(slot[0] for slot in r.vortrag) if isinstance(r, req.Angesetzt) else ()
    return req.Selbst(key, draw(grundlagen), draw(stufen), e, wer, draw(gewichte))


@st.composite
def _wechsel(draw: Draw, welt: Welt, key: str) -> req.Preference:
    events = tuple(draw(st.permutations(welt.ereignisse))[: draw(st.integers(2, 4))])
    orte = draw(st.sampled_from([("haus", "schule"), ("haus",), ("haus", "schule", "halle"), ()]))
    return req.Wechsel(key, draw(grundlagen), draw(stufen), "kr", events, orte, draw(gewichte))


@st.composite
def _bleiben(draw: Draw, welt: Welt, key: str) -> req.Preference:
    """Often a time at which the event can be held, sometimes one off the grid or in no sitting."""
    r = draw(st.sampled_from(welt.existenz))
    if isinstance(r, req.Angesetzt) and r.sitzungen and draw(st.integers(0, 4)):
        s = draw(st.sampled_from(r.sitzungen))
        beginn, ende, ort = s.beginn, s.ende, ""
    else:
        minuten = r.dauer if isinstance(r, req.Stattfinden) else 120
        beginn = datetime.combine(draw(tage), draw(st.sampled_from([*welt.anfaenge, time(11, 10)])))
        ende = beginn + timedelta(minutes=draw(st.sampled_from([minuten, minuten, minuten, 45])))
        orte = r.orte if isinstance(r, req.Stattfinden) else ()
        ort = draw(st.sampled_from([*(orte or ("",)), "schule"]))
    vortrag = draw(_vortrag_of(welt, r.ereignis))
    stufe = draw(st.sampled_from([-1, -1, 1, 2]))
    return req.Bleiben(key, draw(grundlagen), stufe, r.ereignis, beginn, ende, ort, vortrag, draw(gewichte))


@st.composite
def lasten(draw: Draw, welt: Welt, was: req.Was) -> tuple[req.Last, ...]:
    """One to three who bear something, with parts that may overlap and fixed times; some hold two Sitze."""
    found = []
    for sitz in draw(st.permutations(SITZE))[: draw(st.integers(1, 3))]:
        parts = []
        for _ in range(draw(st.sampled_from([1, 1, 2]))):
            mit = draw(st.sampled_from([(), (), ("q",), ("r",)]))
            duties = (
                *draw(_pflichten(welt)),
                *_vortraege(welt, (sitz, *mit), draw(st.sampled_from(_PERSONEN))[1]),
            )
            busy = draw(belegungen(welt)) if draw(st.booleans()) else ()
            parts.append(req.Dienst(sitz, duties, busy, mit))
        weekday = draw(st.none() | st.integers(0, 6)) if was is req.Was.WOCHENTAGE else None
        fern = draw(st.sampled_from([("haus", "schule"), ("haus",), ()])) if was is req.Was.WEGE else ()
        found.append(req.Last(sitz, tuple(parts), weekday, fern))
    return tuple(found)


@st.composite
def _ausgleich(draw: Draw, welt: Welt, key: str) -> req.Preference:
    was, schritt = draw(st.sampled_from(req.Was)), draw(st.integers(0, 3))
    who, ab = draw(lasten(welt, was)), draw(st.sampled_from([time(12), time(18)]))
    return req.Ausgleich(key, draw(grundlagen), draw(stufen), was, who, ab, schritt, draw(gewichte))


@st.composite
def _robust(draw: Draw, welt: Welt, key: str) -> req.Preference:
    """Of a sitting in which something may be heard, if there is one; rules of any kind, kept by no plan or by some."""
    s = draw(st.sampled_from(welt.sittings)) if welt.sittings else draw(_sitting(9))
    heard = tuple(
        r.ereignis
        for r in welt.existenz
        if isinstance(r, req.Angesetzt) and s.key in {t.key for t in r.sitzungen}
    )
    ordnung: list[req.Reihenfolge | req.Hoechstabstand | req.Fenster] = []
    for i in range(draw(st.integers(1, 4))):
        e = draw(st.sampled_from([*heard, *welt.ereignisse]))
        other = draw(st.sampled_from([o for o in welt.ereignisse if o != e]))
        a, b = draw(st.permutations([e, other]))
        von, bis = sorted((draw(tage), draw(tage)))
        n, g = draw(st.integers(0, 4)), draw(grundlagen)
        kinds: list[req.Reihenfolge | req.Hoechstabstand | req.Fenster] = [
            req.Reihenfolge(f"{key}-{i}", g, a, b, n),
            req.Reihenfolge(f"{key}-{i}", g, a, b, n),
            req.Hoechstabstand(f"{key}-{i}", g, a, b, n),
            req.Fenster(f"{key}-{i}", g, e, von, draw(st.sampled_from([bis, None]))),
        ]
        ordnung.append(draw(st.sampled_from(kinds)))
    frei = tuple((e, draw(st.sampled_from([0, 30, 1440]))) for e in welt.sitzungen if draw(st.booleans()))
    days, weight = draw(st.integers(1, 5)), draw(gewichte)
    return req.Robust(key, draw(grundlagen), draw(stufen), s, heard, tuple(ordnung), frei, days, weight)


WUENSCHE: Mapping[type[req.Preference], Callable[[Welt, str], st.SearchStrategy[req.Preference]]] = {
    req.Gewohnt: _gewohnt,
    req.Abstandswunsch: _abstandswunsch,
    req.Vorher: _vorher,
    req.Danach: _danach,
    req.Verteilt: _verteilt,
    req.Abendlast: _abendlast,
    req.Meiden: _meiden,
    req.Selbst: _selbst,
    req.Wechsel: _wechsel,
    req.Bleiben: _bleiben,
    req.Ausgleich: _ausgleich,
    req.Robust: _robust,
}
"""How each kind of preference is drawn."""


@st.composite
def probleme(
    draw: Draw,
    dabei: type[req.Requirement] | type[req.Preference] | None = None,
    most: int = 7,
    *,
    personen: bool = False,
) -> Problem:
    """A tiny problem with up to ``most`` requirements and three preferences of any kind.

    The kind ``dabei`` is in it for certain, once or twice more. With ``personen`` one person may hold several Sitze.
    """
    welt = evolve(
        draw(welten(personen or dabei in (req.Angesetzt, req.Selbst, req.Robust))), personen=personen
    )
    hard = [draw(st.sampled_from(list(BEDINGUNGEN))) for _ in range(draw(st.integers(0, most)))]
    soft = [draw(st.sampled_from(list(WUENSCHE))) for _ in range(draw(st.integers(0, 3)))]
    copies = draw(st.integers(1, 2)) if dabei else 0
    if dabei is req.Selbst:
        hard += [req.Verfuegbar] * copies  # a deputy is worth its points only where somebody is busy
    hard += [kind for kind in BEDINGUNGEN if kind is dabei] * copies
    soft += [wish for wish in WUENSCHE if wish is dabei] * copies
    requirements: list[req.Requirement] = list(welt.existenz)
    seats: set[str] = set()
    for i, kind in enumerate(hard):
        found = draw(BEDINGUNGEN[kind](welt, f"{kind.__name__}-{i}"))
        new = {sitz for r in found if isinstance(r, req.Verfuegbar) for sitz in r.sitze}
        if not new & seats:  # what binds one Sitz is one requirement of each kind
            requirements += found
        seats |= new
    preferences = [draw(WUENSCHE[wish](welt, f"{wish.__name__}-{i}")) for i, wish in enumerate(soft)]
    return build_problem(requirements, preferences, ERSTER, welt.anfaenge)
