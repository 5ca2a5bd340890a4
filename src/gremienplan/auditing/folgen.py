"""Do events follow each other in the right order and distance, and are there as many as there should be?

Distance is counted in days between the days on which two events begin; their hours do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from gremienplan.auditing.befunde import Finding, Lagen, all_lagen, name_of, wann
from gremienplan.plan import Lage
from gremienplan.requirements import Anzahl, Hoechstabstand, Mindestabstand, Namen, Reihenfolge
from gremienplan.texts import Text


def reihenfolge(r: Reihenfolge, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """``dann`` begins at least ``tage`` days after ``erst``: with 0 the same day will do, at any hour."""
    for erst, dann in product(lagen.get(r.erst, ()), lagen.get(r.dann, ())):
        days = (dann.tag - erst.tag).days
        if days >= r.tage:
            continue
        if days < 0:
            pair = _pair(erst, dann, namen)
            meldung = Text("{dann}, {dann_zeit}, is before: {erst}, {erst_zeit}.", **pair)
        else:
            meldung = _too_close(erst, dann, r.tage, namen)
        yield Finding(r, meldung, r.ereignisse)


def hoechstabstand(r: Hoechstabstand, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """``dann`` begins at most ``tage`` days after ``erst``; that it is not before is Reihenfolge's matter."""
    for erst, dann in product(lagen.get(r.erst, ()), lagen.get(r.dann, ())):
        days = (dann.tag - erst.tag).days
        if days > r.tage:
            meldung = Text(
                "{erst}, {erst_zeit}; {dann}, {dann_zeit}: days in between: {ist}, at most: {soll}.",
                ist=days,
                soll=r.tage,
                **_pair(erst, dann, namen),
            )
            yield Finding(r, meldung, r.ereignisse)


def mindestabstand(r: Mindestabstand, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """Any two Termine of ``ereignisse`` begin at least ``tage`` days apart, also two of the same event."""
    for erst, dann in combinations(sorted(all_lagen(r.ereignisse, lagen), key=lambda lage: lage.beginn), 2):
        if (dann.tag - erst.tag).days < r.tage:
            ids = tuple(dict.fromkeys((erst.ereignis, dann.ereignis)))
            yield Finding(r, _too_close(erst, dann, r.tage, namen), ids)


def anzahl(r: Anzahl, lagen: Lagen, namen: Namen) -> Iterator[Finding]:
    """At most ``max`` Termine of ``ereignisse`` begin in the calendar year, and at least ``min``.

    An event that stands in the plan twice counts twice. A missing event may still be held in the year: only
    where all missing ones together would not reach ``min``, there are too few.
    """
    ids = tuple(dict.fromkeys(r.ereignisse))
    held = [lage for lage in all_lagen(ids, lagen) if lage.tag.year == r.jahr]
    missing = sum(not lagen.get(ereignis) for ereignis in ids)
    gremium, jahr = r.wer(name_of(r.gremium, namen)), str(r.jahr)
    tage = tuple(sorted(lage.tag for lage in held)) or "–"
    if r.max is not None and len(held) > r.max:
        meldung = Text(
            "{gremium}: {ist} Termine in {jahr}, not at most {soll}: {tage}.",
            gremium=gremium,
            ist=len(held),
            soll=r.max,
            jahr=jahr,
            tage=tage,
        )
        yield Finding(r, meldung, tuple(dict.fromkeys(lage.ereignis for lage in held)))
    if r.min is not None and len(held) + missing < r.min:
        meldung = Text(
            "{gremium}: {ist} Termine in {jahr}, not at least {soll}: {tage}.",
            gremium=gremium,
            ist=len(held),
            soll=r.min,
            jahr=jahr,
            tage=tage,
        )
        yield Finding(r, meldung, ids)


def _too_close(erst: Lage, dann: Lage, needed: int, namen: Namen) -> Text:
    return Text(
        "{erst}, {erst_zeit}; {dann}, {dann_zeit}: days in between: {ist}, at least: {soll}.",
        ist=(dann.tag - erst.tag).days,
        soll=needed,
        **_pair(erst, dann, namen),
    )


def _pair(erst: Lage, dann: Lage, namen: Namen) -> dict[str, str | Text]:
    return {
        "erst": name_of(erst.ereignis, namen),
        "erst_zeit": wann(erst),
        "dann": name_of(dann.ereignis, namen),
        "dann_zeit": wann(dann),
    }
