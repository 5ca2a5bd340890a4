"""``ways_out``: the cheapest changes with which a year that is impossible has a plan.

Each way is a set of levers (``hebel``): first the planner's own defaults, then another reading, then a request to the
world; never what the concept or a law says. How far a lever must be moved is found on the events of the conflict alone,
which is quick; whether it helps is found on the whole year, planned and audited. Where another conflict then appears,
the way goes on from there.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime

from attrs import evolve, field, frozen

from gremienplan import requirements as req, solver
from gremienplan.jahr import Jahr, build
from gremienplan.jahr.werte import ANFAENGE
from gremienplan.plan import Conflict, Plan
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.bitten import asked_for, asks, sitting, sondersitzung, workdays
from gremienplan.planning.eigenprogramm import EIGEN, NEU, has_own, written
from gremienplan.planning.frage import ask
from gremienplan.planning.hebel import Hebel, Schritt, Wort
from gremienplan.planning.konflikt import explain
from gremienplan.planning.lockern import loosened
from gremienplan.planning.planen import audited, plan_of
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority
from gremienplan.texts import Text

Lesen = Callable[[str, str], Projekt | None]
"""Reads the project with one alternative of one open question; None where it cannot be read so."""

SCHRITTE, FRAGEN, KLEINE, JE_WORT = 3, 8, 90, 2
"""How many changes a way has at most; how often the whole year is asked, and a part of it; how many ways of one word
are preferred."""

Preis = tuple[int, int, int]
"""How many requests, how many other readings, and how far the planner's defaults move (in days)."""


@frozen
class Ausweg:
    """Changes with which the year has a plan, or with which this conflict is gone and another one shows."""

    schritte: tuple[Schritt, ...]
    preis: Preis
    hebel: tuple[tuple[str, int], ...]
    """What is moved, by the id of its rule, and how far."""
    rest: Conflict | None = None
    """The conflict that is left; None: with these changes a plan exists, found and audited."""
    begrenzt: bool = False
    """Whether the search met one of its limits: a cheaper way may exist."""


@frozen
class _Knoten:
    """Levers, each with how far it is moved, and the conflicts they are to remove."""

    hebel: tuple[tuple[Hebel, int], ...]
    konflikte: tuple[Conflict, ...]

    @property
    def key(self) -> tuple[tuple[str, int], ...]:
        return tuple((h.id, weit) for h, weit in self.hebel)

    @property
    def preis(self) -> Preis:
        worte = [h.wort for h, _ in self.hebel]
        return worte.count(Wort.BITTE), worte.count(Wort.AUSLEGUNG), sum(h.preis(n)[1] for h, n in self.hebel)

    @property
    def wort(self) -> Wort:
        """The strongest word that gives way."""
        return max(h.wort for h, _ in self.hebel)


def ways_out(
    projekt: Projekt,
    conflict: Conflict,
    *,
    stand: datetime | None = None,
    before: Plan | None = None,
    effort: EffortName = "kurz",
    anzahl: int = 3,
    lesen: Lesen | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Ausweg, ...]:
    """Return the ``anzahl`` cheapest ways out of a conflict, cheapest first.

    ``projekt``, ``stand`` and ``before`` are what ``schedule`` was asked. Of each way a plan exists, found and
    audited; where none could be found within the limits, the ways that remove this conflict and what is then left.
    Of one word (default, reading, request) there are at most two as long as another word has a way. ``lesen`` reads
    the project with another reading; without it readings stay as they are. The limits are counts and deterministic
    time (``effort``): the same input gives the same answer, unless it is stopped.
    """
    return _Suche(projekt, conflict, stand, before, Effort.named(effort).value, lesen, stop).run(anzahl)


@frozen
class _Suche:
    """One search for ways out: cheapest first, over sets of levers."""

    projekt: Projekt
    conflict: Conflict
    stand: datetime | None
    before: Plan | None
    grenze: float
    lesen: Lesen | None
    stop: Callable[[], bool] | None
    _ganze: dict[tuple[tuple[str, int], ...], bool | Conflict | None] = field(factory=dict, init=False)
    _kleine: dict[tuple[object, frozenset[str]], bool] = field(factory=dict, init=False)
    _grenzen: set[str] = field(factory=set, init=False)
    """The limits that were met where something was left out."""

    def run(self, anzahl: int) -> tuple[Ausweg, ...]:
        """Search."""
        offen: list[tuple[Preis, int, tuple[tuple[str, int], ...], _Knoten]] = []
        seen: set[tuple[tuple[str, int], ...]] = set()

        def push(knoten: _Knoten) -> None:
            if knoten.key not in seen:
                seen.add(knoten.key)
                heapq.heappush(offen, (knoten.preis, len(knoten.hebel), knoten.key, knoten))

        for knoten in self._more(_Knoten((), ()), self.conflict):
            push(knoten)
        found: list[_Knoten] = []
        spaeter: list[_Knoten] = []
        reste: list[Ausweg] = []
        konflikte = [self.conflict]
        while len(found) < anzahl and offen and not self._done():
            knoten = heapq.heappop(offen)[3]
            if any({k for k, _ in old.key} <= {k for k, _ in knoten.key} for old in found):
                continue  # more than is needed
            if sum(old.wort is knoten.wort for old in found) >= JE_WORT:
                spaeter.append(knoten)
                continue
            left = next((c for c in konflikte if not self._removes(knoten, c)), None)
            if left is None:
                answer = self._whole(knoten)
                if answer is True:
                    found.append(knoten)
                    continue
                if not isinstance(answer, Conflict):
                    self._grenzen.add("undecided")
                    continue
                left = answer
                konflikte.append(left)
            reste.append(Ausweg(tuple(self._said(knoten)), knoten.preis, knoten.key, left))
            if len(knoten.hebel) <= SCHRITTE:
                for more in self._more(knoten, left):
                    push(more)
        if offen and not found:
            self._grenzen.add("plans")
        for knoten in spaeter:
            if len(found) < anzahl and self._whole(knoten) is True:
                found.append(knoten)
        begrenzt = bool(self._grenzen)
        ways = [
            Ausweg(tuple(self._said(k, weiter=True)), k.preis, k.key, begrenzt=begrenzt)
            for k in sorted(found, key=lambda k: k.preis)
        ]
        left_over = sorted(reste, key=lambda a: a.preis)[:anzahl]
        return tuple(ways) or tuple(evolve(way, begrenzt=begrenzt) for way in left_over)

    # --- levers -------------------------------------------------------------------------------------------

    def _more(self, knoten: _Knoten, left: Conflict) -> Iterator[_Knoten]:
        """Yield the node with one lever moved further, or one more, so that this conflict is gone too."""
        konflikte = (*knoten.konflikte, left)
        for number, (hebel, weit) in enumerate(knoten.hebel):
            others = (*knoten.hebel[:number], *knoten.hebel[number + 1 :])
            further = self._least(hebel, others, konflikte, weit + 1) if hebel.stetig else None
            if further is not None:
                yield _Knoten(_ordered((*others, (hebel, further))), konflikte)
        if len(knoten.hebel) >= SCHRITTE:
            return
        known = {h.id for h, _ in knoten.hebel}
        reading = any(h.wort is Wort.AUSLEGUNG for h, _ in knoten.hebel)
        for hebel in self._levers(knoten, left):
            if hebel.id not in known and not (reading and hebel.wort is Wort.AUSLEGUNG):
                least = self._least(hebel, knoten.hebel, konflikte, 1)
                if least is not None:
                    yield _Knoten(_ordered((*knoten.hebel, (hebel, least))), konflikte)

    def _levers(self, knoten: _Knoten, left: Conflict) -> Iterator[Hebel]:
        """Yield every lever a conflict offers, each once."""
        jahr, namen = left.jahr, left.namen
        projekt = self._changed(knoten.hebel)
        seen: set[str] = set()
        for hebel in (
            *loosened(projekt, jahr, left.requirements, namen),
            *self._readings(left),
            *asked_for(projekt, jahr, left.requirements, namen),
            *self._sittings(projekt, left),
        ):
            if hebel.id not in seen:
                seen.add(hebel.id)
                yield hebel

    def _least(
        self, hebel: Hebel, others: tuple[tuple[Hebel, int], ...], konflikte: tuple[Conflict, ...], ab: int
    ) -> int | None:
        """Return how far a lever must be moved at least to remove these conflicts; None where it cannot."""

        def helps(weit: int) -> bool:
            moved = _Knoten(_ordered((*others, (hebel, weit))), ())
            return all(self._removes(moved, c) for c in konflikte)

        if not hebel.stetig:
            return next((n for n in _spread(ab, hebel.most) if helps(n)), None)
        if ab > hebel.most or not helps(hebel.most):
            return None
        low, high, step = ab, hebel.most, 1
        while low + step - 1 < high:  # short ways first: most levers move little
            if helps(low + step - 1):
                high = low + step - 1
                break
            low, step = low + step, 2 * step
        while low < high:
            middle = (low + high) // 2
            if helps(middle):
                high = middle
            else:
                low = middle + 1
        return None if self._exhausted() else high  # cut short it could be further than it must

    def _readings(self, left: Conflict) -> Iterator[Hebel]:
        """Yield the alternatives of the readings that a conflict stands on."""
        if self.lesen is None:
            return
        ids = {r.grundlage.id: r for r in left.requirements if r.grundlage.authority is Authority.AUSLEGUNG}
        for frage, r in ids.items():
            auslegung = self.projekt.katalog.auslegungen.get(frage)
            for wahl, alternative in auslegung.alternative.items() if auslegung else ():
                if wahl != (auslegung.wahl if auslegung else "") and not alternative.verlangt:
                    other = self.lesen(frage, wahl)
                    if other is not None:
                        yield _reading(frage, wahl, alternative.lesart, r, other)

    def _sittings(self, projekt: Projekt, left: Conflict) -> Iterator[Hebel]:
        """Yield, per body that should hear something, the lever that asks it for one more sitting."""
        asked = [r for r in left.requirements if isinstance(r, req.Angesetzt)]
        year = self._built(projekt)
        for gremium in dict.fromkeys(r.gremium for r in asked):
            mine = {r.ereignis for r in asked if r.gremium == gremium}
            name = left.namen[gremium]
            days = workdays(projekt, left.jahr, gremium)
            more = tuple(sitting(projekt, gremium, tag, name) for tag in days)
            neu = tuple(req.Sitzungstag(s.key, gremium, s.beginn, s.ende, s.name) for s in more)
            about = [
                evolve(r, sitzungen=neu) if isinstance(r, req.Angesetzt) and r.ereignis in mine else r
                for r in _about(year, _events(left))
            ]
            problem = self._problem(year, about, _events(left))
            span = solver.days_of(problem, min(mine), self.grenze)
            if span is not None:
                first, last = (problem.zeit.datum(tag) for tag in span)
                yield sondersitzung(gremium, name, [s for s in more if first <= s.tag <= last])

    # --- questions ----------------------------------------------------------------------------------------

    def _removes(self, knoten: _Knoten, konflikt: Conflict) -> bool:
        """Tell whether the events of a conflict alone can be placed with these levers moved; a hint, no answer."""
        events = _events(konflikt)
        key = (knoten.key, events)
        if key not in self._kleine and self._exhausted():
            return False
        if key not in self._kleine:
            year = self._built(self._changed(knoten.hebel))
            problem = self._problem(year, _about(year, events), events)
            self._kleine[key] = solver.possible(problem, self.grenze) is not False
        return self._kleine[key]

    def _whole(self, knoten: _Knoten) -> bool | Conflict | None:
        """Plan the whole year with these levers moved: True, the conflict that is left, or None if undecided."""
        if knoten.key not in self._ganze:
            self._ganze[knoten.key] = None if self._done() else self._planned(knoten)
        return self._ganze[knoten.key]

    def _planned(self, knoten: _Knoten) -> bool | Conflict | None:
        frage = ask(self._built(self._changed(knoten.hebel)))
        about = frozenset[str]().union(*map(_events, knoten.konflikte))
        found = solver.any_choice(frage.problem, self.grenze, self.stop, about)
        if isinstance(found, solver.Stand):
            choice = solver.Loesung(found.wahl, found.vortrag, ())
            audited(frage.year, plan_of(frage, choice), choice)
            return True
        if found is not solver.Verdict.INFEASIBLE:
            return None
        why = explain(frage, self.grenze, self.stop)
        return why if isinstance(why, Conflict) else None

    def _problem(self, year: Jahr, about: list[req.Requirement], events: frozenset[str]) -> solver.Problem:
        fakten = [lage for e, lage in year.fakten.items() if e in events]
        return solver.build_problem(about, (), year.von, ANFAENGE, fakten)

    def _changed(self, hebel: tuple[tuple[Hebel, int], ...]) -> Projekt:
        projekt = self.projekt
        for one, weit in hebel:
            projekt = one.aendern(projekt, weit)
        return projekt

    def _built(self, projekt: Projekt) -> Jahr:
        return build(projekt, self.conflict.jahr, stand=self.stand, before=self.before)

    def _done(self) -> bool:
        return len(self._ganze) >= FRAGEN or self._stopped()

    def _exhausted(self) -> bool:
        if len(self._kleine) < KLEINE and not self._stopped():
            return False
        self._grenzen.add("questions")
        return True

    def _stopped(self) -> bool:
        return self.stop is not None and self.stop()

    # --- words --------------------------------------------------------------------------------------------

    def _said(self, knoten: _Knoten, *, weiter: bool = False) -> Iterator[Schritt]:
        """Say each change; of a sitting that is asked for also between which days, its ends planned too."""
        rules = [hebel.regel for hebel, _ in knoten.hebel if hebel.regel]
        changed = self._changed(knoten.hebel)
        lines = written(changed, rules)
        for number, (hebel, weit) in enumerate(knoten.hebel):
            if weiter and hebel.sitzungen:
                yield self._span(knoten, number)
            elif hebel.regel:
                so = EIGEN if has_own(changed) else NEU
                yield evolve(hebel.sagen(weit), so=so, datei=changed.programmdatei, zeilen=next(lines))
            else:
                yield hebel.sagen(weit)

    def _span(self, knoten: _Knoten, number: int) -> Schritt:
        hebel, weit = knoten.hebel[number]
        ends: list[int] = []
        for end in (1, hebel.most):
            tries = dict.fromkeys((end, (end + weit) // 2))
            ends.append(next((n for n in tries if self._placed(knoten, number, n)), weit))
        first, last = (hebel.sitzungen[n - 1] for n in ends)
        name = next(c.namen[first.gremium] for c in knoten.konflikte if first.gremium in c.namen)
        return asks(name, first, last)

    def _placed(self, knoten: _Knoten, number: int, weit: int) -> bool:
        moved = (*knoten.hebel[:number], (knoten.hebel[number][0], weit), *knoten.hebel[number + 1 :])
        return self._planned(_Knoten(moved, knoten.konflikte)) is True


def _reading(frage: str, wahl: str, lesart: str, r: req.Requirement, other: Projekt) -> Hebel:
    def sagen(_weit: int) -> Schritt:
        return Schritt(
            Wort.AUSLEGUNG,
            r.grundlage,
            Text("Read it otherwise: {lesart}", lesart=lesart),
            Text("in the project's own file, if that is how you read the concept"),
            "gremienplan.toml",
            f'[auslegung]\n{frage} = "{wahl}"\n',
            1,
        )

    return Hebel(f"{frage}={wahl}", Wort.AUSLEGUNG, 1, 1, lambda _projekt, _weit: other, sagen)


def _ordered(hebel: tuple[tuple[Hebel, int], ...]) -> tuple[tuple[Hebel, int], ...]:
    """Return levers in a stated order: readings first, for they read the whole project anew."""
    return tuple(sorted(hebel, key=lambda one: (one[0].wort is not Wort.AUSLEGUNG, one[0].id)))


def _events(konflikt: Conflict) -> frozenset[str]:
    """Return the events that a conflict demands."""
    held = {r.ereignis for r in konflikt.requirements if isinstance(r, req.Stattfinden | req.Angesetzt)}
    return frozenset(held)


def _about(year: Jahr, events: frozenset[str]) -> list[req.Requirement]:
    """Return everything that is asked of these events, and of them alone."""
    return [
        r
        for r in ask(year).problem.requirements
        if not events.isdisjoint(r.ereignisse)
        and (not isinstance(r, req.Stattfinden | req.Angesetzt) or r.ereignis in events)
    ]


def _spread(first: int, last: int) -> Iterator[int]:
    """Yield some numbers of a span: the middle, the quarters, the ends."""
    quarters = [(first + last) // 2, (3 * first + last) // 4, (first + 3 * last) // 4, first, last]
    yield from (n for n in dict.fromkeys(quarters) if first <= n <= last)
