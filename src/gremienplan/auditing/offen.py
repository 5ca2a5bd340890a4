"""Is nothing dated that must wait for something whose date is still to be announced?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gremienplan.auditing.befunde import Finding, name_of, wann
from gremienplan.auditing.zeiten import fenster
from gremienplan.jahr import Jahr
from gremienplan.jahr.offen import bounds, hangs_on, waiting
from gremienplan.plan import Plan
from gremienplan.quellen import Authority
from gremienplan.requirements import Angesetzt, Reihenfolge
from gremienplan.texts import Text


def waits_for(year: Jahr, offen: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return which of the open events wait, and for which others: those the project leaves open, or a hand has."""
    announced = {s for s in offen if s in year.projekt.offene(year.jahr)}
    pairs = tuple(hangs_on(year.requirements, year.beratungen))
    known = waiting(pairs, announced)
    by_hand = {e for e in offen if e not in known} - announced
    roots = [e for e in offen if e in announced | by_hand]
    return {e: wer for e, wer in waiting(pairs, roots).items() if e in offen}


def unready(year: Jahr, plan: Plan, offen: Sequence[str]) -> Iterator[Finding]:
    """Yield what has a date although it must wait for an open event, or leaves one no day.

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
    for bound in bounds(year.requirements, offen, pairs):
        if bound.ereignis not in year.fakten:
            for finding in fenster(bound, plan.lagen, year.namen):
                yield Finding(bound, bound.satz(year.namen), finding.ereignisse)


def _words(year: Jahr, erst: str, dann: str) -> Iterator[Reihenfolge | Angesetzt]:
    """Yield on whose word one event waits for another: the order, or else that it belongs to it."""
    orders = (r for r in year.requirements if isinstance(r, Reihenfolge) and r.ereignisse == (erst, dann))
    yield from (r for r in orders if r.grundlage.authority is not Authority.VORGABE)
    yield from (r for r in year.requirements if isinstance(r, Angesetzt) and r.ereignis == dann)
