"""What a plan costs: the specification of every preference kind, in points; 0 is as wished.

A missing event costs nothing; one that stands in the plan twice costs for each Termin, two events for each
pair of Termine. Days are the days events begin on, weeks are ISO weeks (Monday to Sunday).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise, product
from typing import assert_never

from gremienplan.auditing.befunde import Lagen, all_lagen
from gremienplan.auditing.gerecht import ausgleich, evenings
from gremienplan.auditing.robust import robust
from gremienplan.auditing.zugleich import attends
from gremienplan.plan import Lage
from gremienplan.requirements import (
    Abendlast,
    Abstandswunsch,
    Ausgleich,
    Bleiben,
    Danach,
    Gewohnt,
    Meiden,
    Preference,
    Robust,
    Selbst,
    Verteilt,
    Vorher,
    Wechsel,
)

_HALBE_STUNDE = timedelta(minutes=30)


def costs(preferences: Iterable[Preference], lagen: Lagen) -> dict[int, int]:
    """Return the points of a plan per stage, first stage first; a stage without any breach has 0."""
    points: Counter[int] = Counter()
    for preference in preferences:
        points[preference.stufe] += cost(preference, lagen)
    return dict(sorted(points.items()))


def cost(preference: Preference, lagen: Lagen) -> int:
    """Return the points one preference costs in a plan."""
    match preference:
        case Gewohnt():
            return sum(_gewohnt(preference, lage) for lage in lagen.get(preference.ereignis, ()))
        case Abstandswunsch():
            days = _distances(preference.erst, preference.dann, lagen)
            return preference.gewicht * sum(_outside(preference, number) for number in days)
        case Vorher():
            days = _distances(preference.erst, preference.dann, lagen)
            return preference.gewicht * sum(number < 1 for number in days)
        case Danach():
            return preference.gewicht * _not_taken_up(preference, lagen)
        case Verteilt():
            weeks = Counter(_week(lage.tag) for lage in all_lagen(preference.ereignisse, lagen))
            return preference.gewicht * sum(max(0, n - preference.je_woche) for n in weeks.values())
        case Abendlast():
            return preference.gewicht * _too_many_evenings(preference, lagen)
        case Meiden():
            return preference.gewicht * sum(
                any(belegung.overlaps(lage.beginn, lage.ende) for belegung in preference.belegt)
                for lage in lagen.get(preference.ereignis, ())
            )
        case Selbst():
            return preference.gewicht * sum(
                wer not in preference.vortrag
                for lage in lagen.get(preference.ereignis, ())
                for wer in lage.vortrag
            )
        case Wechsel():
            in_turn = sequence(preference, lagen)
            return preference.gewicht * (repeated(in_turn) + unequal(preference.orte, in_turn))
        case Bleiben():
            return preference.gewicht * sum(
                _moved(preference, lage) for lage in lagen.get(preference.ereignis, ())
            )
        case Ausgleich():
            return preference.gewicht * ausgleich(preference, lagen)
        case Robust():
            return preference.gewicht * robust(preference, lagen)
        case _:
            assert_never(preference)


def _gewohnt(p: Gewohnt, lage: Lage) -> int:
    """The weekday counts once; the start in half hours begun, earlier or later alike."""
    usual = datetime.combine(lage.tag, p.beginn)
    half_hours = -(-abs(lage.beginn - usual) // _HALBE_STUNDE)
    return p.gewicht_tag * (lage.tag.weekday() != p.wochentag) + p.gewicht_zeit * half_hours


def _outside(p: Abstandswunsch, days: int) -> int:
    """Days short of ``mindestens`` or beyond ``hoechstens``; negative where ``dann`` comes first."""
    short = 0 if p.mindestens is None else p.mindestens - days
    beyond = 0 if p.hoechstens is None else days - p.hoechstens
    return max(0, short) + max(0, beyond)


def _not_taken_up(p: Danach, lagen: Lagen) -> int:
    """How many Termine of ``nach`` none of ``ereignisse`` follows on a day 1 to ``tage`` days later."""
    later = tuple(lage.tag for lage in all_lagen(p.ereignisse, lagen))
    return sum(
        not any(1 <= (tag - nach.tag).days <= p.tage for tag in later) for nach in lagen.get(p.nach, ())
    )


def _too_many_evenings(p: Abendlast, lagen: Lagen) -> int:
    """Evenings beyond ``je_woche``; where the fixed busy time alone is beyond it, those on top of it.

    Days count, not duties: two duties on one evening, or a duty and busy time, are one. A Beratung is a duty
    only of who presents it.
    """
    fixed = {day for belegung in p.belegt for day in evenings(belegung.von, belegung.bis, p.ab)}
    own = {
        day
        for lage in all_lagen(p.ereignisse, lagen)
        if attends(p.sitz, lage)
        for day in evenings(lage.beginn, lage.ende, p.ab)
    }
    fixed_per_week = Counter(_week(day) for day in fixed)
    per_week = Counter(_week(day) for day in fixed | own)
    return sum(max(0, number - max(p.je_woche, fixed_per_week[week])) for week, number in per_week.items())


def sequence(p: Wechsel, lagen: Lagen) -> tuple[Lage, ...]:
    """Return the Termine in the order in which they take turns: by day, on one day as ``ereignisse`` has them."""
    return tuple(sorted(all_lagen(p.ereignisse, lagen), key=lambda lage: lage.tag))


def repeated(in_turn: Iterable[Lage]) -> int:
    """How many Termine are at the Ort of the one before; a place unknown is never the same."""
    return sum(a.ort == b.ort != "" for a, b in pairwise(in_turn))


def unequal(orte: Iterable[str], in_turn: Collection[Lage]) -> int:
    """How many Termine the Orte hold beyond their share, rounded up, or lack of it, rounded down."""
    held, known = Counter(lage.ort for lage in in_turn), tuple(dict.fromkeys(orte))
    if not known:
        return 0
    least, most = len(in_turn) // len(known), -(-len(in_turn) // len(known))
    return sum(max(0, held[ort] - most, least - held[ort]) for ort in known)


def _moved(p: Bleiben, lage: Lage) -> bool:
    """Tell whether anything differs of what people have been told."""
    told = (p.beginn, p.ende, p.ort)
    return told != (lage.beginn, lage.ende, lage.ort) or p.vortrag not in (None, lage.vortrag)


def _distances(erst: str, dann: str, lagen: Lagen) -> Iterator[int]:
    for a, b in product(lagen.get(erst, ()), lagen.get(dann, ())):
        yield (b.tag - a.tag).days


def _week(day: date) -> tuple[int, int]:
    year, week, _ = day.isocalendar()
    return year, week
