"""What differs between two plans, as people see it: what was moved, is new, is off, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import frozen

from gremienplan.plan.werte import Lage, Plan


@frozen
class Verlegung:
    """An event before and after: at another time, in another Ort, or presented by somebody else."""

    bisher: Lage
    jetzt: Lage

    @property
    def ereignis(self) -> str:
        """Its id."""
        return self.jetzt.ereignis


@frozen
class Unterschied:
    """What one plan has otherwise than another; the parts are in the order of time.

    In which sitting an item is heard at the same time is nothing people see, and does not count.
    """

    verlegt: tuple[Verlegung, ...] = ()
    """In the order of the dates before."""
    neu: tuple[Lage, ...] = ()
    """What had no date before."""
    entfallen: tuple[Lage, ...] = ()
    """What has none any more, as it was."""
    offen: frozenset[str] = frozenset()
    """Ids of those of them that are to get a date yet."""
    bleibt: tuple[str, ...] = ()
    """Ids of what is as it was, sorted."""

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.verlegt or self.neu or self.entfallen)


def unterschied(bisher: Plan, jetzt: Plan) -> Unterschied:
    """Compare two plans of one year. What another Gremium does now is off there, and new here."""
    before, after = _lagen(bisher), _lagen(jetzt)
    both = sorted(before.keys() & after.keys())
    moved = [Verlegung(before[k], after[k]) for k in both if gesehen(before[k]) != gesehen(after[k])]
    entfallen = sorted((before[k] for k in before.keys() - after.keys()), key=_in_order)
    return Unterschied(
        tuple(sorted(moved, key=lambda v: _in_order(v.bisher))),
        tuple(sorted((after[k] for k in after.keys() - before.keys()), key=_in_order)),
        tuple(entfallen),
        frozenset(lage.ereignis for lage in entfallen) & frozenset(jetzt.offen),
        tuple(e for e, gremium in both if gesehen(before[e, gremium]) == gesehen(after[e, gremium])),
    )


def gesehen(lage: Lage) -> tuple[object, ...]:
    """Return all that people see of where an event lies."""
    return lage.beginn, lage.ende, lage.ort, lage.vortrag


def _lagen(plan: Plan) -> Mapping[tuple[str, str], Lage]:
    """Return where each event of each Gremium lies; the first place of one that stands in the plan twice."""
    return {(e, plan.vermerke[e][0].gremium): lagen[0] for e, lagen in plan.lagen.items()}


def _in_order(lage: Lage) -> tuple[datetime, str]:
    return lage.beginn, lage.ereignis
