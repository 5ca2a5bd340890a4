"""``why_not`` and ``alternatives``: what another date would break, or cost, and what would move with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

from attrs import evolve, field, frozen

from gremienplan import solver
from gremienplan.auditing import audit_year, check
from gremienplan.errors import InternalError
from gremienplan.jahr import Jahr
from gremienplan.plan import Conflict, Lage, Plan, Undecided, Verlegung, unterschied
from gremienplan.planning.aufwand import Effort, EffortName
from gremienplan.planning.basis import Basis, basis_of
from gremienplan.planning.frage import ask
from gremienplan.planning.halt import Reason
from gremienplan.planning.konflikt import explain
from gremienplan.planning.planen import plan_of
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Fest, Requirement, Stattfinden
from gremienplan.solver.problem import TAG, Kandidat
from gremienplan.texts import Text

QUICK = 4
"""So many times as many days as are asked for are looked at quickly first."""
PIN = "not-on"
"""Id of the requirement that forces a date; no programme can have it."""


@frozen
class StagePrice:
    """What a date costs in one stage beside the plan: below 0 only behind a stage in which it costs more.

    Unless the plan is not the best: edited by hand, or not proven. Where a plan was replanned, what moves is the first
    stage (-1), so that holds for it as well.
    """

    stufe: int
    mehr: int
    genau: bool
    """No year with this date is better in this stage, the earlier ones held."""


@frozen
class Price:
    """What it costs to hold an event on another date, and the best year found that does."""

    ereignis: str
    tag: date
    um: time | None
    """The time that was asked for; None: any of the day."""
    stufen: tuple[StagePrice, ...]
    plan: Plan
    """The year with that date; it has passed the audit, and has no history."""
    verlegt: tuple[Verlegung, ...]
    """What lies elsewhere in it, the event itself included."""

    @property
    def genau(self) -> bool:
        """Tell whether this is the exact price; otherwise it may be lower."""
        return all(stufe.genau for stufe in self.stufen)

    @property
    def mehr(self) -> tuple[int, ...]:
        """The points more than the plan has, first stage first."""
        return tuple(stufe.mehr for stufe in self.stufen)

    @property
    def lage(self) -> Lage:
        """Where the event lies in that year."""
        return self.plan.lagen[self.ereignis][0]

    @property
    def andere(self) -> tuple[Verlegung, ...]:
        """What else lies elsewhere."""
        return tuple(v for v in self.verlegt if v.ereignis != self.ereignis)


@frozen
class Forbidden:
    """No year has the event on this date: the requirements that forbid it."""

    ereignis: str
    tag: date
    um: time | None
    gruende: tuple[Reason, ...]
    allein: bool
    """Each of them forbids it alone; otherwise they cannot hold together with it."""
    geprueft: bool = True
    """Without any one of them the others leave the date possible; False only when time ran out."""


Answer = Price | Forbidden | Undecided


def why_not(
    projekt: Projekt,
    plan: Plan,
    ereignis: str,
    tag: date,
    um: time | None = None,
    *,
    stand: datetime | None = None,
    effort: EffortName = "normal",
    on_step: Callable[[Text], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Answer:
    """Say why a Sitzung or Beratung is not held on a day (at a time): what forbids it, or what it would cost.

    ``stand`` is the moment the plan was made for; without it, that of its last entry. Raises InputError for a plan
    that does not belong to the project any more, and for an event that has no date to be asked about. ``on_step`` is
    told in a sentence what takes long.
    """
    basis = _basis(projekt, plan, ereignis, stand, effort, on_step, stop)
    return Fragen(basis).why_not(ereignis, tag, um, wenig=True)


def alternatives(
    projekt: Projekt,
    plan: Plan,
    ereignis: str,
    number: int = 5,
    *,
    stand: datetime | None = None,
    effort: EffortName = "normal",
    on_step: Callable[[Text], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> tuple[Price, ...]:
    """Return the cheapest other days for a Sitzung or Beratung, the nearest first where equally cheap.

    None of them once it is stopped, for cheaper ones may be missing. Raises InputError like :func:`why_not`.
    """
    basis = _basis(projekt, plan, ereignis, stand, effort, on_step, stop)
    return Fragen(basis, on_step).alternatives(ereignis, number)


def _basis(
    projekt: Projekt,
    plan: Plan,
    ereignis: str,
    stand: datetime | None,
    effort: EffortName,
    on_step: Callable[[Text], None] | None,
    stop: Callable[[], bool] | None,
) -> Basis:
    def on_stage(stufe: int) -> None:
        if on_step is not None:
            on_step(Text("The whole year is searched, stage {stufe}", stufe=stufe))

    grenze = Effort.named(effort).value
    return basis_of(projekt, plan, ereignis, stand=stand, grenze=grenze, stop=stop, on_stage=on_stage)


@frozen
class Fragen:
    """Questions about one plan; what one answer took to find is kept for the next."""

    basis: Basis
    on_step: Callable[[Text], None] | None = None
    _widersprueche: dict[str, list[tuple[Requirement, ...]]] = field(factory=dict, init=False)

    def why_not(self, ereignis: str, tag: date, um: time | None = None, *, wenig: bool = False) -> Answer:
        """Return what forbids a date, or what it costs; with ``wenig`` the year in which least moves."""
        ways = self.basis.ways(ereignis, tag, um)
        found = self.forbidden(ereignis, tag, um)
        if found is not None:
            return found
        return self._priced(
            ereignis, tag, um, [k for k in ways if not self.basis.reasons(ereignis, k)], wenig
        )

    def forbidden(self, ereignis: str, tag: date, um: time | None = None) -> Forbidden | None:
        """Return what forbids a date by itself, whatever the rest of the year; no search is needed."""
        ways = self.basis.ways(ereignis, tag, um)
        if not ways:
            existence = self.basis.existence(ereignis)
            reason = Reason(existence, existence.satz(self.basis.year.namen))
            return Forbidden(ereignis, tag, um, (reason,), allein=True)
        if alone := self.basis.forbidding(ereignis, ways):
            reasons = tuple(self._reason(ereignis, r, ways) for r in alone)
            return Forbidden(ereignis, tag, um, reasons, allein=True)
        if not set(ways).isdisjoint(self.basis.preise.offen[ereignis]):
            return None
        against = {k: self.basis.reasons(ereignis, k) for k in ways}
        if not all(against.values()):
            return None
        together = ((r, [k for k, found in against.items() if r in found]) for r in _cover(against))
        reasons = tuple(self._reason(ereignis, r, broken) for r, broken in together)
        return Forbidden(ereignis, tag, um, reasons, allein=False)

    def alternatives(self, ereignis: str, number: int) -> tuple[Price, ...]:
        """Return the cheapest other days, exact ones compared with what no other can go below."""
        now = self.basis.plan.lagen[ereignis][0].tag
        preise, ways = self.basis.preise, {}
        rest = []
        for tag in self.basis.days(ereignis):
            ways[tag] = self.basis.open_ways(ereignis, tag)
            if ways[tag] and tag != now:
                rest.append((preise.least(ereignis, ways[tag]), abs((tag - now).days), tag))
        rest.sort()
        found: list[tuple[tuple[int, ...], int, date]] = []
        for least, away, tag in rest[: QUICK * number]:  # to know early what others must not exceed
            if self.basis.gestoppt():
                return ()
            if len(found) < number and preise.near(ereignis, ways[tag]) == least:
                found.append((least, away, tag))
        known = {tag for _, _, tag in found}
        for least, away, tag in rest:
            if self.basis.gestoppt():
                return ()
            found.sort()
            if len(found) >= number:
                worst, far, _ = found[number - 1]
                if (worst, far) <= (least, away):
                    break
                if tag in known or preise.dearer(ereignis, ways[tag], worst):
                    continue
            if tag not in known:
                self._say(tag, len(found))
                answer = preise.price(ereignis, ways[tag])
                if isinstance(answer, solver.Loesung):
                    found.append((tuple(w.wert or 0 for w in answer.stufen), away, tag))
        cheap = () if self.basis.gestoppt() else sorted(found)[:number]
        best = (self.why_not(ereignis, tag, wenig=True) for _, _, tag in cheap)
        return tuple(answer for answer in best if isinstance(answer, Price))

    def _say(self, tag: date, known: int) -> None:
        if self.on_step is not None:
            self.on_step(Text("Pricing {tag}; priced so far: {anzahl}", tag=tag, anzahl=known))

    # --- what it costs ------------------------------------------------------------------------------------

    def _priced(self, ereignis: str, tag: date, um: time | None, ways: list[Kandidat], wenig: bool) -> Answer:
        found = self.basis.preise.price(ereignis, ways, wenig=wenig)
        match found:
            case solver.Loesung():
                return self._checked(ereignis, tag, um, found)
            case solver.Unmoeglich():
                return self._known(ereignis, tag, um) or self._explained(ereignis, tag, um)
            case _:
                return Undecided(
                    self.basis.year.jahr, Text("Time ran out: no year with this date was found.")
                )

    def _checked(self, ereignis: str, tag: date, um: time | None, found: solver.Loesung) -> Price:
        """Return the price; that the audit finds fault with the year, or counts otherwise, is our fault."""
        year, plan = self._forced(ereignis, tag, um), plan_of(self.basis.frage, found)
        judged = audit_year(year, plan)
        broken = [f for f in judged.findings if not year.fakten.keys() >= set(f.ereignisse)]
        counted = {w.stufe: w.wert for w in found.stufen}
        if broken or any(judged.kosten.get(stufe, 0) != wert for stufe, wert in counted.items()):
            said = "; ".join(str(finding.meldung) for finding in broken)
            raise InternalError(
                f"the audit rejects the year with {ereignis} on {tag}: {said or judged.kosten}"
            )
        before = {w.stufe: w.wert or 0 for w in self.basis.preise.basis.stufen}
        prices = tuple(StagePrice(w.stufe, (w.wert or 0) - before[w.stufe], w.bewiesen) for w in found.stufen)
        moved = unterschied(self.basis.plan, plan).verlegt
        return Price(ereignis, tag, um, prices, plan, moved)

    # --- what forbids it ----------------------------------------------------------------------------------

    def _forced(self, ereignis: str, tag: date, um: time | None) -> Jahr:
        """Return the year in which the event has this date."""
        year, beginn = self.basis.year, datetime.combine(tag, um or time())
        pin = Fest(PIN, Grundlage(Authority.VORGABE), ereignis, beginn, nur_tag=um is None)
        return evolve(year, requirements=(*year.requirements, pin))

    def _explained(self, ereignis: str, tag: date, um: time | None) -> Forbidden | Undecided:
        """Return the requirements that cannot hold together with the date, verified. That it takes place is asked."""
        frage = ask(self._forced(ereignis, tag, um))
        known = self.basis.frage.problem.erlaubt
        frage.problem.erlaubt.update({e: ks for e, ks in known.items() if e != ereignis})
        found = explain(frage, self.basis.preise.grenze, self.basis.preise.stop)
        return self._remembered(ereignis, tag, um, found) if isinstance(found, Conflict) else found

    def _known(self, ereignis: str, tag: date, um: time | None) -> Forbidden | None:
        """Return the same where requirements that forbade another date of the event forbid this one too."""
        year = self._forced(ereignis, tag, um)
        for core in self._widersprueche.get(ereignis, ()):
            alone = evolve(year, requirements=(*core, year.requirements[-1]), preferences=())
            found = explain(ask(alone), self.basis.preise.grenze, self.basis.preise.stop)
            if isinstance(found, Conflict):
                return self._remembered(ereignis, tag, um, found)
        return None

    def _remembered(self, ereignis: str, tag: date, um: time | None, found: Conflict) -> Forbidden:
        named = tuple(r for r in found.requirements if r.id != PIN)
        cores = self._widersprueche.setdefault(ereignis, [])
        if named not in cores:
            cores.append(named)
        namen = self.basis.year.namen
        asked = [r for r in named if not (isinstance(r, Stattfinden) and r.ereignis == ereignis)]
        reasons = tuple(Reason(r, r.satz(namen)) for r in asked or named)
        return Forbidden(ereignis, tag, um, reasons, allein=len(reasons) == 1, geprueft=found.minimal)

    def _reason(self, ereignis: str, r: Requirement, broken: Sequence[Kandidat]) -> Reason:
        """Return the requirement with what it says of that of the candidates which is nearest to the plan's hour."""
        then = self.basis.preise.basis.wahl[ereignis].beginn % TAG
        k = min(broken, key=lambda k: (abs(k.beginn % TAG - then), k))
        lage = self.basis.lage(ereignis, k)
        for finding in check(r, {ereignis: (lage,)}, self.basis.year.namen):
            return Reason(r, finding.meldung)
        return Reason(r, r.satz(self.basis.year.namen))


def _cover(against: Mapping[Kandidat, tuple[Requirement, ...]]) -> list[Requirement]:
    """Return requirements that together forbid every candidate, and without any one of them do not."""
    chosen: list[Requirement] = []
    left = dict(against)
    while left:
        counted: dict[str, int] = {}
        by_id = {r.id: r for found in left.values() for r in found}
        for found in left.values():
            for r in found:
                counted[r.id] = counted.get(r.id, 0) + 1
        best = min(by_id, key=lambda id: (-counted[id], id))
        chosen.append(by_id[best])
        left = {k: found for k, found in left.items() if by_id[best] not in found}
    for r in list(chosen):
        others = [other for other in chosen if other is not r]
        if all(any(other in found for other in others) for found in against.values()):
            chosen = others
    return chosen
