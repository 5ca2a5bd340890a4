"""Variants of a year: truly different plans that are as good, for people to choose from.

A variant equals the best plan in the points of every stage but the last, and is at most 2 % or one unit worse in
that; a unit is the least weight of a wish of the stage. On at least 30 % of the dates that nobody has fixed it differs
by the day from every other variant. Of all such plans the next variant is the best, ties broken as in a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from attrs import evolve, frozen

from gremienplan import solver
from gremienplan.jahr import Jahr, build
from gremienplan.plan import Conflict, Plan, Stufe, Undecided, with_held
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.frage import Frage, ask
from gremienplan.planning.planen import audited, plan_of, settled
from gremienplan.projekt import Projekt
from gremienplan.requirements import Fest, Preference
from gremienplan.solver import Progress
from gremienplan.solver.anders import Anders
from gremienplan.solver.lauf import Lauf

ANDERE_PROZENT = 30
"""On at least so many of a hundred dates any two variants differ."""
SCHLECHTER_PROZENT = 2
"""By at most so many points of a hundred a variant is worse in the last stage, or by one unit."""


@frozen
class Variante:
    """One plan to choose, and how sure it is that it is the best there is of its kind."""

    plan: Plan
    bewiesen: bool
    """No plan that differs enough from those before it is better."""
    kanonisch: bool
    """And it is the only one of these by the rule for ties."""


@frozen
class Varianten:
    """Plans to choose from; the first is the best plan of the year."""

    jahr: int
    varianten: tuple[Variante, ...]
    frei: tuple[str, ...]
    """Ids of the events whose dates nobody has fixed, in the order of the year."""
    gefragt: int
    erschoepft: bool = False
    """Fewer than asked for: it is proven that no further plan differs enough from all of these."""
    abgebrochen: bool = False
    """Fewer than asked for: somebody stopped the search."""

    @property
    def mindestens(self) -> int:
        """On how many dates any two of them differ at least."""
        return andere(len(self.frei))

    def unterschiede(self, a: int, b: int) -> tuple[str, ...]:
        """Return the events that lie on another day in variant ``b`` than in ``a``, both counted from 0."""
        before, after = (days_of(self.varianten[n].plan) for n in (a, b))
        return tuple(e for e in self.frei if before.get(e) != after.get(e))


def variants(
    projekt: Projekt,
    jahr: int,
    number: int = 3,
    *,
    stand: datetime | None = None,
    before: Plan | None = None,
    effort: EffortName = "normal",
    on_progress: Callable[[Progress], None] | None = None,
    on_variant: Callable[[int], None] | None = None,
    stop: Callable[[], bool] | None = None,
    workers: int = 1,
) -> Varianten | Conflict | Undecided:
    """Return up to ``number`` truly different plans of a year, the best one first; each has passed the audit.

    Fewer where it is proven that there is no further one (``Varianten.erschoepft``), the search was stopped
    (``abgebrochen``), or time ran out.
    ``on_variant`` is told the number of each before it is looked for. The other arguments are those of ``schedule``.
    """
    grenze = Effort.named(effort).value
    frage = ask(build(projekt, jahr, stand=stand, before=before))
    begin = on_variant or (lambda _: None)
    begin(1)
    best = solver.in_blocks(solver.Suche(frage.problem, grenze, stop, on_progress, workers=workers))
    first = settled(frage, best, grenze, stop)
    if not isinstance(first, Plan):
        return first
    first = with_held(first, before)
    frei = _free(frage.year)
    found = Varianten(jahr, (Variante(first, first.bewiesen, first.kanonisch),), frei, number)
    while len(found.varianten) < number and not (stop and stop()):
        suche = _suche(frage, found)
        if suche is None:
            return evolve(found, erschoepft=True)
        begin(len(found.varianten) + 1)
        anders, problem = suche
        answer = solver.Suche(problem, grenze, stop, on_progress, (anders,), workers=workers).run()
        match answer:
            case solver.Loesung():
                found = evolve(found, varianten=(*found.varianten, _variante(frage, answer, first, before)))
            case solver.Unmoeglich():
                return evolve(found, erschoepft=anders.impossible(problem, Lauf(grenze, stop)))
            case solver.Unentschieden():
                break
    stopped = len(found.varianten) < number and stop is not None and stop()
    return evolve(found, abgebrochen=stopped)


def andere(number: int) -> int:
    """Return on how many of so many dates two variants differ at least."""
    return -(-number * ANDERE_PROZENT // 100)


def worst(best: Sequence[Stufe], preferences: Sequence[Preference]) -> dict[int, int]:
    """Return what each stage of a variant may cost: as much as in the best plan, in the last stage a little more."""
    limits = {stufe.stufe: stufe.wert for stufe in best}
    last = best[-1]
    limits[last.stufe] += max(last.wert * SCHLECHTER_PROZENT // 100, unit(preferences, last.stufe))
    return limits


def unit(preferences: Sequence[Preference], stufe: int) -> int:
    """Return the least weight of a wish of the stage: by less two plans seldom differ."""
    return min((w for p in preferences if p.stufe == stufe for w in _weights(p) if w), default=0)


def days_of(plan: Plan) -> dict[str, date]:
    """Return the day of each event of a plan."""
    return {e: lagen[0].tag for e, lagen in plan.lagen.items()}


def _weights(p: Preference) -> tuple[int, ...]:
    return tuple(int(getattr(p, name, 0)) for name in ("gewicht", "gewicht_tag", "gewicht_zeit"))


def _free(year: Jahr) -> tuple[str, ...]:
    """Return the events whose dates nobody has fixed: neither somebody else nor the past, nor are they open."""
    fixed = {r.ereignis for r in year.requirements if isinstance(r, Fest)} | year.fakten.keys() | year.offen
    everything = (*(s.id for s in year.sitzungen), *(b.id for b in year.beratungen))
    return tuple(e for e in everything if e not in fixed)


def _suche(frage: Frage, found: Varianten) -> tuple[Anders, solver.Problem] | None:
    """Return what makes the next variant, and the candidates it may have; None where an event has none left."""
    problem, best = frage.problem, found.varianten[0].plan
    tag = problem.zeit.tag
    earlier = [
        {e: tag(day) for e, day in days_of(v.plan).items() if e in found.frei} for v in found.varianten
    ]
    shared = len(found.frei) - found.mindestens
    anders = Anders(problem, earlier, shared, worst(best.stufen, problem.preferences))
    narrowed = anders.narrowed()
    return None if narrowed is None else (anders, narrowed)


def _variante(frage: Frage, answer: solver.Loesung, best: Plan, before: Plan | None) -> Variante:
    """Return a choice as a variant: its bounds are those of the year, which the best plan has found."""
    plan = with_held(audited(frage.year, plan_of(frage, answer), answer), before)
    bounds = {stufe.stufe: stufe.schranke for stufe in best.stufen}
    stufen = tuple(evolve(s, schranke=min(s.wert, bounds[s.stufe])) for s in plan.stufen)
    proven = all(s.bewiesen for s in answer.stufen)
    proven = proven and best.bewiesen
    return Variante(evolve(plan, stufen=stufen, kanonisch=False), proven, proven and answer.kanonisch)
