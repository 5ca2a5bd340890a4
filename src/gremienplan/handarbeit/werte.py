"""The answer to a change by hand."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from gremienplan.auditing import Finding
from gremienplan.plan import Lage, Plan, Unterschied, unterschied
from gremienplan.programm import Fristtermin
from gremienplan.requirements import Namen, Preference


@frozen
class Handgriff:
    """A change by hand: the plan it would make, what speaks against it, and what it costs."""

    ereignisse: tuple[str, ...]
    """Ids of what is changed; the first is what was asked for."""
    bisher: Plan
    plan: Plan
    """The changed plan with its new entry in the history; ``bisher`` itself where nothing changes or it is refused."""
    namen: Namen
    gewollt: Lage | None = None
    """Where that would lie then, if it had a date."""
    befunde: tuple[Finding, ...] = ()
    """What it would break that was kept before: then it is refused."""
    schon: tuple[Finding, ...] = ()
    """What was broken before, and would be just so."""
    folgen: tuple[str, ...] = ()
    """Where it is a cancellation that is refused: ids of what has a date, but must wait for what is cancelled."""
    kosten_bisher: Mapping[int, int] = field(factory=dict)
    kosten: Mapping[int, int] = field(factory=dict)
    """Stage -> points before, and after."""
    wuensche: tuple[tuple[Preference, int], ...] = ()
    """Wishes that are kept less, each with the points it costs more; first stage first."""
    zu_spaet: tuple[Fristtermin, ...] = ()
    """Deadlines that are over now that the date is set."""

    @property
    def ok(self) -> bool:
        """Tell whether it may be kept."""
        return not self.befunde

    @property
    def changed(self) -> bool:
        """Tell whether there is anything to keep."""
        return self.plan is not self.bisher

    @property
    def unterschied(self) -> Unterschied:
        """What people see otherwise."""
        return unterschied(self.bisher, self.plan)
