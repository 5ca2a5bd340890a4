"""A year to be decided, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from attrs import field, frozen

from gremienplan.plan import Lage
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.requirements import Namen, Preference, Requirement

RASTER = 30
"""Starts lie this many minutes apart."""

ANFAENGE = tuple(time(stunde, minute) for stunde in range(7, 22) for minute in range(0, 60, RASTER))
"""The starts a plan may choose among: every half hour from 7:00 to 21:30. A plan edited by hand may have others."""


@frozen
class Jahr:
    """One year of one project: its events, what they must keep and would like to keep."""

    projekt: Projekt
    jahr: int
    von: date
    bis: date
    """First and last day an event may fall on; ``bis`` lies in the next year where a window runs into it."""
    sitzungen: tuple[Sitzung, ...]
    beratungen: tuple[Beratung, ...]
    requirements: tuple[Requirement, ...]
    preferences: tuple[Preference, ...]
    namen: Namen
    fakten: Mapping[str, Lage] = field(factory=dict)
    """Where the events lie that have been held already: they are not planned any more."""
    offen: frozenset[str] = frozenset()
    """Ids of what is not planned yet: Sitzungen whose date is still to be announced, and what waits for them."""
    wartet: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Id of each event that waits -> ids of the Sitzungen whose dates are still to be announced."""
    vergeblich: frozenset[str] = frozenset()
    """Ids of what would leave an open event a day (``jahr.offen.bounds``) and is not asked for."""

    @property
    def ereignisse(self) -> frozenset[str]:
        """Ids of everything that is to be held."""
        return frozenset({s.id for s in self.sitzungen} | {b.id for b in self.beratungen})
