"""Who holds the Sitzungen of a Gremium whose Orte take turns, who does so twice in a row, and who is passed over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gremienplan.auditing.befunde import name_of
from gremienplan.auditing.wuensche import sequence
from gremienplan.jahr import Jahr, build
from gremienplan.plan import Lage, Plan
from gremienplan.programm.wuensche import Wechsel as Wechselwunsch
from gremienplan.projekt import Projekt
from gremienplan.requirements import OrtFrei, Raumgroesse, Stattfinden, Wechsel
from gremienplan.texts import Text


def turns(projekt: Projekt, plan: Plan) -> tuple[Text, ...]:
    """Return a sentence for each Gremium whose Orte take turns, for each repetition, and for each Ort passed over.

    An Ort is passed over because it is too small, or because something else occupies it when a Sitzung is held.
    """
    if not any(isinstance(wunsch, Wechselwunsch) for wunsch in projekt.programm.wuensche):
        return ()
    year = build(projekt, plan.jahr)
    return tuple(
        sentence for p in year.preferences if isinstance(p, Wechsel) for sentence in _of(year, p, plan)
    )


def _of(year: Jahr, p: Wechsel, plan: Plan) -> Iterator[Text]:
    in_turn = sequence(p, plan.lagen)
    gremium, known = name_of(p.gremium, year.namen), [lage.ort for lage in in_turn if lage.ort]
    if known:
        orte = tuple(name_of(ort, year.namen) for ort in known)
        yield Text("{gremium}, in turn: {orte}.", gremium=gremium, orte=orte)
    for a, b in pairwise(in_turn):
        if a.ort == b.ort != "":
            ort = name_of(a.ort, year.namen)
            if len(p.orte) == 1:
                yield Text("{ort}: again on {tag}; no other place can be had all year.", ort=ort, tag=b.tag)
            else:
                yield Text("{ort}: twice in a row, on {erst} and {dann}.", ort=ort, erst=a.tag, dann=b.tag)
    yield from _too_small(year, p)
    yield from _occupied(year, p, in_turn)


def _too_small(year: Jahr, p: Wechsel) -> Iterator[Text]:
    found: dict[str, Text] = {}
    for r in year.requirements:
        if isinstance(r, Raumgroesse) and r.ereignis in p.ereignisse:
            for ort, plaetze in r.zu_klein:
                name = name_of(ort, year.namen)
                found[ort] = Text(
                    "{ort}: passed over, room for {ist}, not {soll}.", ort=name, ist=plaetze, soll=r.plaetze
                )
    yield from found.values()


def _occupied(year: Jahr, p: Wechsel, in_turn: Sequence[Lage]) -> Iterator[Text]:
    """Yield what keeps an Ort of the Gremium from a Sitzung that is held elsewhere at the time."""
    where = {
        ort
        for r in year.requirements
        if isinstance(r, Stattfinden) and r.ereignis in p.ereignisse
        for ort in r.orte
    }
    for lage in in_turn:
        why = {
            r.ort: busy.was
            for r in year.requirements
            if isinstance(r, OrtFrei) and r.ort in where and r.ort != lage.ort
            for busy in r.belegt
            if busy.overlaps(lage.beginn, lage.ende)
        }
        for ort, was in why.items():
            name = name_of(ort, year.namen)
            yield Text("{ort}: passed over on {tag}, occupied: {was}.", ort=name, tag=lage.tag, was=was)
