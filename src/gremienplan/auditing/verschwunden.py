"""Beratungen in sittings that have vanished from the council calendar: no breach, but nobody knows if they are held."""

from __future__ import annotations

from attrs import frozen

from gremienplan.jahr import Jahr
from gremienplan.plan import Plan
from gremienplan.ratskalender import Ratssitzung


@frozen
class Verschwunden:
    """A Beratung that is heard in a sitting whose source has it no more and says nothing of it."""

    beratung: str
    sitzung: Ratssitzung


def in_vanished(year: Jahr, plan: Plan) -> tuple[Verschwunden, ...]:
    """Return each Beratung of a vanished sitting, in the order of the plan; what has been heard is not judged."""
    gone = {s.key: s for s in year.projekt.ratskalender.sitzungen if s.verschwunden}
    return tuple(
        Verschwunden(b.beratung, gone[b.sitzung])
        for b in plan.beratungen
        if b.sitzung in gone and b.beratung not in year.fakten
    )
