"""A plan as the ground on which other dates are priced: its year in integers, and where everything lies in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from attrs import evolve, field, frozen

from gremienplan.auditing import costs
from gremienplan.jahr import Jahr
from gremienplan.plan import OFFEN, Lage, Plan
from gremienplan.planning.frage import Frage, ask
from gremienplan.planning.grundlage import checked_year
from gremienplan.planning.replanung import STUFE, stays
from gremienplan.projekt import Projekt
from gremienplan.requirements import Angesetzt, Requirement, Stattfinden
from gremienplan.solver import Loesung
from gremienplan.solver.aufbau import Stufenwert, Wahl
from gremienplan.solver.price import Preise, Vortrag
from gremienplan.solver.problem import TAG, Kandidat, Verbietet
from gremienplan.solver.statisch import filters


@frozen(eq=False)
class Basis:
    """A plan that keeps its year, ready to be asked for other dates."""

    plan: Plan
    frage: Frage
    preise: Preise
    _filters: dict[str, tuple[tuple[Requirement, Verbietet], ...]] = field(factory=dict, init=False)

    @property
    def year(self) -> Jahr:
        """The compiled year."""
        return self.frage.year

    def days(self, ereignis: str) -> tuple[date, ...]:
        """Return the days an event may be asked for."""
        zeit = self.frage.problem.zeit
        return tuple(zeit.datum(tag) for tag in self.frage.problem.ereignisse[ereignis].tage)

    def gestoppt(self) -> bool:
        """Tell whether somebody has stopped it: what is found from then on is no answer."""
        return self.preise.stop is not None and self.preise.stop()

    def ways(self, ereignis: str, tag: date, um: time | None = None) -> tuple[Kandidat, ...]:
        """Return every way to hold an event on a day, at a time: allowed or not, also off the usual starts."""
        asked, number = self.frage.problem.ereignisse[ereignis], self.frage.problem.zeit.tag(tag)
        if number not in asked.tage:
            return ()
        found = asked.am(number)
        if um is None:
            return found
        beginn = number * TAG + um.hour * 60 + um.minute
        if asked.sitzungen:
            return tuple(k for k in found if k.beginn == beginn)
        lengths = dict.fromkeys((k.ende - k.beginn, k.ort) for k in found)
        return tuple(Kandidat(number, beginn, beginn + dauer, ort) for dauer, ort in lengths)

    def open_ways(self, ereignis: str, tag: date) -> tuple[Kandidat, ...]:
        """Return those that no requirement forbids by itself."""
        number = self.frage.problem.zeit.tag(tag)
        return tuple(k for k in self.preise.offen[ereignis] if k.tag == number)

    def reasons(self, ereignis: str, k: Kandidat) -> tuple[Requirement, ...]:
        """Return the requirements that forbid a candidate by themselves."""
        return tuple(r for r, forbids in self.filters(ereignis) if forbids(k))

    def forbidding(self, ereignis: str, ways: Sequence[Kandidat]) -> tuple[Requirement, ...]:
        """Return the requirements that forbid each of these candidates by themselves."""
        first = [(r, forbids) for r, forbids in self.filters(ereignis) if forbids(ways[0])]
        return tuple(r for r, forbids in first if all(forbids(k) for k in ways))

    def filters(self, ereignis: str) -> tuple[tuple[Requirement, Verbietet], ...]:
        """Return what may forbid an event by itself, with what tells which candidates."""
        if ereignis not in self._filters:
            problem = self.frage.problem
            self._filters[ereignis] = filters(problem, problem.ereignisse[ereignis])
        return self._filters[ereignis]

    def existence(self, ereignis: str) -> Requirement:
        """Return the requirement that asks for the event."""
        return next(
            r
            for r in self.year.requirements
            if isinstance(r, Stattfinden | Angesetzt) and r.ereignis == ereignis
        )

    def lage(self, ereignis: str, k: Kandidat, vortrag: tuple[str, ...] = ()) -> Lage:
        """Return where a candidate lies."""
        moment = self.frage.problem.zeit.moment
        return Lage(ereignis, moment(k.beginn), moment(k.ende), k.ort, k.sitzung, vortrag)


def basis_of(
    projekt: Projekt,
    plan: Plan,
    ereignis: str = "",
    *,
    stand: datetime | None = None,
    grenze: float,
    stop: Callable[[], bool] | None = None,
    on_stage: Callable[[int], None] | None = None,
) -> Basis:
    """Return a plan ready to be asked. Raises InputError with everything that keeps it from being the ground."""
    year = checked_year(projekt, plan, ereignis, stand)
    if any(s.stufe == STUFE for s in plan.stufen):
        year = evolve(year, preferences=(*stays(year, plan), *year.preferences))
    frage = ask(year)
    zeit = frage.problem.zeit
    wahl = {}
    for e in frage.problem.ereignisse:
        lage = plan.lagen[e][0]
        beginn, ende = zeit.minute(lage.beginn), zeit.minute(lage.ende)
        wahl[e] = Kandidat(zeit.tag(lage.tag), beginn, ende, lage.ort, lage.sitzung)
    vortrag = {e: plan.lagen[e][0].vortrag for e in wahl if frage.problem.ereignisse[e].vortrag}
    werte = _values(plan, costs(year.preferences, plan.lagen), frage.problem.stufen or (1,))

    def zaehlen(wahl: Wahl, vortrag: Vortrag) -> dict[int, int]:
        moment = zeit.moment
        lagen = {
            e: (Lage(e, moment(k.beginn), moment(k.ende), k.ort, k.sitzung, vortrag.get(e, ())),)
            for e, k in wahl.items()
        }
        return costs(year.preferences, lagen)

    verlegt = STUFE if werte[0].stufe == STUFE else None
    preise = Preise(frage.problem, Loesung(wahl, vortrag, werte), zaehlen, grenze, stop, verlegt, on_stage)
    return Basis(plan, frage, preise)


def _values(plan: Plan, counted: Mapping[int, int], stufen: Sequence[int]) -> tuple[Stufenwert, ...]:
    """Return the points of a plan in each stage, with the bounds that hold for every year in its place.

    Where no more Termine were moved than must be, a choice that moves none of them is the plan itself, so its points
    are all proven. What was proven of it otherwise holds as long as it is counted as it was then; which events are
    open was decided before, and is no matter of this year.
    """
    points = {stufe: counted.get(stufe, 0) for stufe in stufen}
    if STUFE in points:
        return tuple(Stufenwert(s, wert, wert) for s, wert in points.items())
    known = {s.stufe: s for s in plan.stufen if s.stufe != OFFEN}
    same = known.keys() == points.keys() and all(known[s].wert == wert for s, wert in points.items())
    return tuple(Stufenwert(s, wert, known[s].schranke if same else 0) for s, wert in points.items())
