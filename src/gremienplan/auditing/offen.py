"""Is nothing dated that must wait for something whose date is still to be announced?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gremienplan.auditing.befunde import Finding, name_of, wann
from gremienplan.auditing.zeiten import fenster
from gremienplan.jahr import Jahr
from gremienplan.jahr.offen import bounds, hangs_on, roots, waiting
from gremienplan.plan import Plan
from gremienplan.quellen import Authority
from gremienplan.requirements import Angesetzt, Fenster, Reihenfolge
from gremienplan.texts import Text


def waits_for(year: Jahr, offen: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return which of the open events wait, and for which others: those the project leaves open, or a hand has."""
    told = {s for s in offen if s in year.projekt.offene(year.jahr)}
    pairs = tuple(hangs_on(year.requirements, year.beratungen))
    known = waiting(pairs, told)
    first = told | roots(pairs, [e for e in offen if e not in known and e not in told])
    return {e: wer for e, wer in waiting(pairs, (e for e in offen if e in first)).items() if e in offen}


def no_day_left(year: Jahr, plan: Plan, offen: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return which open events the plan leaves no day, and the events that would have to move for them.

    Of those the project announces this is a finding (``unready``); of the others it is only said: a plan may
    leave open what no day is left for.
    """
    found: dict[str, tuple[str, ...]] = {}
    for bound in _broken(year, plan, offen):
        if bound.wegen not in announced(year):
            found[bound.wegen] = tuple(dict.fromkeys((*found.get(bound.wegen, ()), bound.ereignis)))
    return dict(sorted(found.items()))


def announced(year: Jahr) -> set[str]:
    """Return the Sitzungen the project leaves open, and what waits for them."""
    offen = year.projekt.offene(year.jahr)
    return {*offen, *waiting(hangs_on(year.requirements, year.beratungen), offen)}


def _broken(year: Jahr, plan: Plan, offen: Sequence[str]) -> Iterator[Fenster]:
    """Yield the bounds for open events that a plan does not keep; what has been held is not judged."""
    pairs = hangs_on(year.requirements, year.beratungen)
    for bound in bounds(year.requirements, offen, pairs):
        if bound.ereignis not in year.fakten and any(fenster(bound, plan.lagen, year.namen)):
            yield bound


def unready(year: Jahr, plan: Plan, offen: Sequence[str]) -> Iterator[Finding]:
    """Yield what has a date although it must wait for an open event, or leaves one no day that is announced.

    What has been held is not judged.
    """
    pairs = dict.fromkeys(hangs_on(year.requirements, year.beratungen))
    for erst, dann in pairs:
        if erst in offen and dann not in year.fakten:
            r = next(_words(year, erst, dann))
            for lage in plan.lagen.get(dann, ()):
                meldung = Text(
                    "{dann}, {zeit}: must wait for {erst}, whose date is still to be announced.",
                    dann=name_of(dann, year.namen),
                    zeit=wann(lage),
                    erst=name_of(erst, year.namen),
                )
                yield Finding(r, meldung, r.ereignisse)
    told = announced(year)
    for bound in _broken(year, plan, offen):
        if bound.wegen in told:
            yield Finding(bound, bound.satz(year.namen), (bound.ereignis,))


def _words(year: Jahr, erst: str, dann: str) -> Iterator[Reihenfolge | Angesetzt]:
    """Yield on whose word one event waits for another: the order, or else that it belongs to it."""
    orders = (r for r in year.requirements if isinstance(r, Reihenfolge) and r.ereignisse == (erst, dann))
    yield from (r for r in orders if r.grundlage.authority is not Authority.VORGABE)
    yield from (r for r in year.requirements if isinstance(r, Angesetzt) and r.ereignis == dann)
