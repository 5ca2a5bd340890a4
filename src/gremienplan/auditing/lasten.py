"""``loads``: who bears how much in a plan, and where it is proven that nobody has to bear more than needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import datetime, time

from attrs import evolve, frozen

from gremienplan.auditing.gerecht import attended, load
from gremienplan.auditing.wuensche import cost, costs
from gremienplan.jahr import Jahr, build
from gremienplan.jahr.gerecht import traeger
from gremienplan.plan import Plan
from gremienplan.projekt import Projekt
from gremienplan.requirements import Ausgleich, Last, Was

ABEND = time(18)
"""What ends later is an evening, unless one says otherwise."""


@frozen
class Bilanz:
    """What one Sitz, or one Gebiet, has in a year."""

    wer: str
    """Id of the Sitz, or key of the Gebiet."""
    mit: tuple[str, ...]
    """Ids of the Sitze that the same person holds, for the whole year or a part of it."""
    termine: int
    """What it has to attend at once counts once; sittings of the council are among it."""
    abende: int
    woche: int
    """The Termine of its busiest week."""
    wochentage: tuple[int, ...]
    """Its days from Monday to Sunday."""
    wege: int
    """Days, each with an Ort that does not lie in its own area."""

    @property
    def meiste(self) -> dict[Was, int]:
        """Its load of each kind."""
        return {Was.ABENDE: self.abende, Was.WOCHENTAGE: max(self.wochentage), Was.WEGE: self.wege}


@frozen
class Geteilt:
    """What a wish to share says of a plan: its step, what is counted there, and whether less is impossible."""

    wunsch: str
    was: Was
    unter: tuple[str, ...]
    """Ids of the Sitze and Gremien it shares among."""
    stufe: int
    schritt: int
    wert: int
    bewiesen: bool


@frozen
class Lasten:
    """Everything about loads in a plan."""

    ab: time
    gebiete: tuple[Bilanz, ...]
    sitze: tuple[Bilanz, ...]
    geteilt: tuple[Geteilt, ...]

    def hoechste(self, was: Was) -> tuple[int, tuple[str, ...]]:
        """Return the largest load of all Sitze, and whose it is; nobody's where there is none."""
        most = max((one.meiste[was] for one in self.sitze), default=0)
        return most, tuple(one.wer for one in self.sitze if most and one.meiste[was] == most)


def loads(projekt: Projekt, plan: Plan, *, ab: time = ABEND) -> Lasten:
    """Return who bears how much in any plan: evenings, weekdays, journeys.

    What ends after ``ab`` is an evening. Where the programme wishes to share something, also what the plan makes of
    it. It is proven if the plan says so and has not been edited since.
    """
    sitze, gebiete = traeger(projekt, plan.jahr)
    return Lasten(
        ab,
        tuple(_bilanz(last, plan, ab) for last in gebiete),
        tuple(_bilanz(last, plan, ab) for last in sitze),
        tuple(_geteilt(build(projekt, plan.jahr), plan)),
    )


def _bilanz(last: Last, plan: Plan, ab: time) -> Bilanz:
    times: set[tuple[datetime, datetime]] = set()
    for dienst in last.dienste:
        times |= {(one.beginn, one.ende) for one in attended(dienst, plan.lagen)}
        times |= {(b.von, b.bis) for b in dienst.belegt}
    weeks = Counter(von.date().isocalendar()[:2] for von, _ in times)
    days = (load(Was.WOCHENTAGE, ab, evolve(last, wochentag=tag), plan.lagen) for tag in range(7))
    return Bilanz(
        last.wer,
        tuple(dict.fromkeys(s for d in last.dienste for s in (d.sitz, *d.mit) if s != last.wer)),
        len(times),
        load(Was.ABENDE, ab, last, plan.lagen),
        max(weeks.values(), default=0),
        tuple(days),
        load(Was.WEGE, ab, last, plan.lagen),
    )


def _geteilt(year: Jahr, plan: Plan) -> Iterator[Geteilt]:
    """Yield what each step of each wish to share counts in a plan."""
    now = costs(year.preferences, plan.lagen)
    proven = _unchanged(plan, now)
    for p in year.preferences:
        if isinstance(p, Ausgleich):
            alone = sum(other.stufe == p.stufe for other in year.preferences) == 1
            who = tuple(dict.fromkeys(last.wer for last in p.lasten))
            wert = cost(evolve(p, gewicht=1), plan.lagen)
            wunsch = p.id.partition(":")[0]
            yield Geteilt(wunsch, p.was, who, p.stufe, p.schritt, wert, alone and p.stufe in proven)


def _unchanged(plan: Plan, now: dict[int, int]) -> Collection[int]:
    """Return the stages of a plan that are proven, and whose points are still those of the dates it has."""
    found = []
    for stage in sorted(plan.stufen, key=lambda stage: stage.stufe):
        if not stage.bewiesen or now.get(stage.stufe, 0) != stage.wert:
            break
        found.append(stage.stufe)
    return found
