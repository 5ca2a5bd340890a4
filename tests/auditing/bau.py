"""Short ways to say a plan and a requirement: days as "2027-09-01", hours as "17:00"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from gremienplan.auditing import Finding, check
from gremienplan.plan import Lage
from gremienplan.quellen import TATSACHE
from gremienplan.requirements import Belegung, Requirement

G = TATSACHE
"""The authority does not matter to a checker."""


def d(day: str) -> date:
    return date.fromisoformat(day)


def t(hour: str) -> time:
    return time.fromisoformat(hour)


def dt(day: str, hour: str) -> datetime:
    return datetime.combine(d(day), t(hour))


def lage(
    ereignis: str,
    day: str,
    von: str = "17:00",
    bis: str = "19:00",
    *,
    ort: str = "",
    sitzung: str = "",
    vortrag: tuple[str, ...] = (),
) -> Lage:
    """An event on one day; an end that is not after the start lies on the next day."""
    beginn, ende = dt(day, von), dt(day, bis)
    return Lage(ereignis, beginn, ende if ende > beginn else ende + timedelta(days=1), ort, sitzung, vortrag)


def belegung(day: str, von: str, bis: str, was: str = "Rat", sitzung: str = "") -> Belegung:
    beginn, ende = dt(day, von), dt(day, bis)
    return Belegung(beginn, ende if ende > beginn else ende + timedelta(days=1), was, sitzung)


def plan(lagen: Sequence[Lage]) -> dict[str, tuple[Lage, ...]]:
    """Where each event lies, in the order given."""
    found: dict[str, list[Lage]] = {}
    for one in lagen:
        found.setdefault(one.ereignis, []).append(one)
    return {ereignis: tuple(several) for ereignis, several in found.items()}


def findings(requirement: Requirement, *lagen: Lage) -> tuple[Finding, ...]:
    """What the checker says of the plan made of these."""
    return check(requirement, plan(lagen), {})


def keeps(requirement: Requirement, *lagen: Lage) -> bool:
    """Whether the plan made of these keeps the requirement."""
    return not findings(requirement, *lagen)
