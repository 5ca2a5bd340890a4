"""The model's variables: candidates, days in order encoding, presence, and who attends a sitting.

A :class:`Modell` is a CP-SAT model over some candidates of a problem's events. Without ``annahmen`` every
requirement holds outright; with it, each requirement holds iff its assumption literal does, and every event may
be absent, so that a subset of the requirements can be asked for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen
from ortools.sat.python import cp_model

from gremienplan.solver.problem import Kandidat, Problem

if TYPE_CHECKING:
    from gremienplan.solver.gerecht import Stand

Literal: TypeAlias = cp_model.BoolVarT
"""A Boolean variable or its negation; the constants are :meth:`Modell.wahr` and :meth:`Modell.falsch`."""

Frei: TypeAlias = Mapping[str, Mapping[Kandidat, tuple[Kandidat, ...]]]
"""Event -> candidates that collide with nothing, each with those it stands for."""

Kosten: TypeAlias = list[tuple[Literal, int]]
"""A sum of literals with weights."""


@frozen
class Stueck:
    """One way a Sitz or Ort may be busy: from, to, where, and the literal that is true iff it is."""

    beginn: int
    ende: int
    ort: str
    sitzung: str
    literal: Literal
    ereignis: str = ""
    """The Sitzung it is of; at most one of its pieces is chosen anyway."""


class Modell:
    """Variables of one model; encodings add their clauses to it."""

    def __init__(
        self,
        problem: Problem,
        kandidaten: Mapping[str, Sequence[Kandidat]],
        *,
        annahmen: bool = False,
        nur_tage: bool = False,
        verzichtbar: Collection[str] = (),
        frei: Frei | None = None,
    ) -> None:
        self.problem = problem
        self.verzichtbar = verzichtbar
        """Events that may be absent although the requirements hold."""
        self.nur_tage = nur_tage
        """A relaxation: Sitzungen have days but no hours, and collide with nothing."""
        self.frei: Frei = frei or {}
        """A milder relaxation: these candidates collide with nothing."""
        self.cp = cp_model.CpModel()
        self.kandidaten = {ereignis: tuple(ks) for ereignis, ks in kandidaten.items()}
        self.annahmen = annahmen
        self._wahr = self.cp.new_constant(1)
        self._falsch = self._wahr.negated()
        self._konstant = {self._wahr.index: True, self._falsch.index: False}
        self._gilt: dict[str, Literal] = {}
        self._dabei: dict[tuple[str, str], Literal] = {}
        self._traegt_vor: dict[tuple[str, int, str], Literal] = {}
        self._in_ort: dict[tuple[str, str], Literal] = {}
        self._nicht_nach: dict[tuple[str, str], Literal] = {}
        self._cliques: set[frozenset[int]] = set()
        self.lasten: dict[Hashable, Stand] = {}
        """Loads that have been counted, by what counts (``gerecht``)."""
        self.x: dict[str, tuple[Literal, ...]] = {}
        self.anwesend: dict[str, Literal] = {}
        self.tage: dict[str, tuple[int, ...]] = {}
        self._am: dict[str, dict[int, Literal]] = {}
        self._bis: dict[str, tuple[Literal, ...]] = {}
        for ereignis in self.kandidaten:
            self._event(ereignis)
            for slot, options in enumerate(problem.ereignisse[ereignis].vortrag):
                self.traegt_vor(ereignis, slot, options[0])

    # --- events -------------------------------------------------------------------------------------------

    def _event(self, ereignis: str) -> None:
        """Make the literals of one event: one candidate iff it is present; the day; day ≤ d, as a chain."""
        kandidaten = self.kandidaten[ereignis]
        optional = ereignis in self.verzichtbar or (self.annahmen and ereignis not in self.problem.fakten)
        present = self._bool(f"da:{ereignis}") if optional else self._wahr
        x = tuple(self._bool(f"{ereignis}@{k.beginn}") for k in kandidaten)
        by_day: dict[int, list[Literal]] = {}
        for k, literal in zip(kandidaten, x, strict=True):
            by_day.setdefault(k.tag, []).append(literal)
        am, bis, before = {}, [], None
        for tag in sorted(by_day):
            am[tag] = self._or(by_day[tag], f"{ereignis}am{tag}")
            now = am[tag] if before is None else self._bool(f"{ereignis}bis{tag}")
            if before is not None:
                self.cp.add(before + am[tag] == now)
            bis.append(now)
            before = now
        if optional:
            self.cp.add(sum(x) == present)
        else:
            self.cp.add_exactly_one(x)
        self.x[ereignis], self.anwesend[ereignis] = x, present
        self.tage[ereignis], self._am[ereignis], self._bis[ereignis] = tuple(sorted(by_day)), am, tuple(bis)

    def am(self, ereignis: str, tag: int) -> Literal | None:
        """Return the literal "the event falls on this day"; None when it cannot."""
        return self._am[ereignis].get(tag)

    def am_tagen(self, ereignis: str, von: int, bis: int) -> list[Literal]:
        """Return the day literals of an event from ``von`` to ``bis``, both inclusive."""
        return [self._am[ereignis][tag] for tag in self.tage[ereignis] if von <= tag <= bis]

    def in_ort(self, ereignis: str, ort: str) -> Literal:
        """Return the literal "the event takes place at this Ort"."""
        if (ereignis, ort) not in self._in_ort:
            pairs = zip(self.kandidaten[ereignis], self.x[ereignis], strict=True)
            here = [x for k, x in pairs if k.ort == ort]
            self._in_ort[ereignis, ort] = self._or(here, f"{ereignis} in {ort}") if here else self.falsch
        return self._in_ort[ereignis, ort]

    def nicht_nach(self, a: str, b: str) -> Literal:
        """Return the literal "``a`` falls on an earlier day than ``b`` or on the same"."""
        if self.tage[a][-1] <= self.tage[b][0]:
            return self._wahr
        if self.tage[b][-1] < self.tage[a][0]:
            return self.falsch
        if (a, b) not in self._nicht_nach:
            found = self._nicht_nach[a, b] = self._bool(f"{a}≤{b}")
            for tag in self.tage[b]:  # then b ≤ d → a ≤ d
                self.cp.add_bool_or([found.negated(), self.bis(b, tag).negated(), self.bis(a, tag)])
            for tag in self.tage[a]:  # else a ≤ d → b ≤ d − 1
                self.cp.add_bool_or([found, self.bis(a, tag).negated(), self.bis(b, tag - 1)])
        return self._nicht_nach[a, b]

    def bis(self, ereignis: str, tag: int) -> Literal:
        """Return the literal "the event falls on this day or before": constant outside its days."""
        before = bisect_right(self.tage[ereignis], tag)
        return self._bis[ereignis][before - 1] if before else self._falsch

    # --- requirements as assumptions ----------------------------------------------------------------------

    def gilt(self, requirement: str) -> Literal:
        """Return the literal "this requirement holds": true, unless the model works with assumptions."""
        if not self.annahmen:
            return self._wahr
        if requirement not in self._gilt:
            self._gilt[requirement] = self._bool(f"gilt:{requirement}")
        return self._gilt[requirement]

    @property
    def assumptions(self) -> Mapping[str, Literal]:
        """Id of each requirement that occurs in the model -> its literal."""
        return self._gilt

    def clause(self, requirement: str, literals: Iterable[Literal]) -> None:
        """Demand that one of the literals is true when the requirement holds."""
        found = []
        for literal in tuple(literals):
            wert = self._konstant.get(literal.index)
            if wert:
                return
            if wert is None:
                found.append(literal)
        if self.annahmen:
            found.append(self.gilt(requirement).negated())
        self.cp.add_bool_or(found)

    def at_most_one(self, requirement: str, literals: Iterable[Literal]) -> None:
        """Demand that at most one of the literals is true when the requirement holds; each set once."""
        falsch = self._falsch.index
        found = {index: literal for literal in literals if (index := literal.index) != falsch}
        if len(found) < 2:
            return
        if self.annahmen:
            self.cp.add(sum(found.values()) <= 1).only_enforce_if(self.gilt(requirement))
            return
        key = frozenset(found)
        if key not in self._cliques:
            self._cliques.add(key)
            self.cp.add_at_most_one(list(found.values()))

    # --- who attends --------------------------------------------------------------------------------------

    def traegt_vor(self, beratung: str, slot: int, sitz: str) -> Literal:
        """Return the literal "this Sitz presents": constant unless a deputy could do it."""
        options = self.problem.ereignisse[beratung].vortrag[slot]
        if len(options) == 1:
            return self._wahr
        if (beratung, slot, sitz) not in self._traegt_vor:
            choice = [self._bool(f"{beratung}:{slot}:{wer}") for wer in options]
            self.cp.add_exactly_one(choice)
            for wer, literal in zip(options, choice, strict=True):
                self._traegt_vor[beratung, slot, wer] = literal
        return self._traegt_vor[beratung, slot, sitz]

    @property
    def vortragende(self) -> Mapping[tuple[str, int, str], Literal]:
        """The decisions who presents: Beratung, slot and Sitz -> literal."""
        return self._traegt_vor

    def dabei(
        self,
        key: str,
        sitze: Sequence[str],
        beratung: str,
        gueltig: Callable[[int], bool] = lambda _: True,
    ) -> list[Stueck]:
        """Return when who holds these Sitze attends a Beratung, on the days on which it is a duty.

        One literal per sitting and ``key``, shared by all Beratungen in it.
        """
        vortrag = self.problem.ereignisse[beratung].vortrag
        roles = [(slot, sitz) for slot, wer in enumerate(vortrag) for sitz in sitze if sitz in wer]
        found = []
        for k, x in zip(self.kandidaten[beratung], self.x[beratung], strict=True):
            if not gueltig(k.tag):
                continue
            there = self._dabei.get((key, k.sitzung))
            if there is None:
                there = self._dabei[key, k.sitzung] = self._bool(f"{key} in {k.sitzung}")
            for slot, sitz in roles:
                self.cp.add_bool_or([there, x.negated(), self.traegt_vor(beratung, slot, sitz).negated()])
            found.append(Stueck(k.beginn, k.ende, "", k.sitzung, there))
        return found

    def stuecke(self, ereignis: str) -> list[Stueck]:
        """Return the times of a Sitzung with their literals, as far as they may collide."""
        free = self.frei.get(ereignis, {})
        return [s for k, s in self._zeiten(ereignis) if k not in free]

    def zeiten(self, ereignis: str) -> list[Stueck]:
        """Return all times of a Sitzung with their literals."""
        return [s for _, s in self._zeiten(ereignis)]

    def _zeiten(self, ereignis: str) -> list[tuple[Kandidat, Stueck]]:
        if self.nur_tage:
            return []
        pairs = zip(self.kandidaten[ereignis], self.x[ereignis], strict=True)
        return [(k, Stueck(k.beginn, k.ende, k.ort, k.sitzung, x, ereignis)) for k, x in pairs]

    # --- small things -------------------------------------------------------------------------------------

    @property
    def wahr(self) -> Literal:
        """The literal that is true."""
        return self._wahr

    @property
    def falsch(self) -> Literal:
        """The literal that is false."""
        return self._falsch

    def is_falsch(self, literal: Literal) -> bool:
        """Tell whether a literal is the constant that is false."""
        return self._is(literal, False)

    def is_wahr(self, literal: Literal) -> bool:
        """Tell whether a literal is the constant that is true."""
        return self._is(literal, True)

    def neu(self, name: str) -> Literal:
        """Return a fresh literal, for a preference."""
        return self._bool(name)

    def _is(self, literal: Literal, wert: bool) -> bool:
        return self._konstant.get(literal.index) is wert

    def _bool(self, name: str) -> Literal:
        return self.cp.new_bool_var(name)

    def _or(self, literals: Sequence[Literal], name: str) -> Literal:
        """Return a literal that is true iff one of ``literals``, of which at most one is true, is."""
        if len(literals) == 1:
            return literals[0]
        found = self._bool(name)
        self.cp.add(sum(literals) == found)
        return found
