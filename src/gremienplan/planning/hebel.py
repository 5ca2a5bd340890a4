"""What can give way where a year is impossible: the levers that a requirement of a conflict offers, and their prices.

A lever is a change of the project, as a planner would write it into its files, with a number that says how far it is
moved. What the concept or a law says has no lever.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from attrs import frozen

from gremienplan.projekt import Projekt
from gremienplan.quellen import Grundlage
from gremienplan.ratskalender import Ratssitzung
from gremienplan.texts import Text


class Wort(IntEnum):
    """Whose word gives way, cheapest first."""

    VORGABE = 0
    """A planner's default."""
    AUSLEGUNG = 1
    """A reading: another one is chosen."""
    BITTE = 2
    """The world is asked for something: another sitting, a deputy, a room."""


@frozen
class Schritt:
    """One change that helps a year that has no plan."""

    wort: Wort
    grundlage: Grundlage
    """What gives way, on whose word it stands so far."""
    satz: Text
    """The change as a request: ``Let … take place until …``."""
    so: Text
    """How it is done."""
    datei: str
    """The file it is written into."""
    zeilen: str
    """What is written there, whole; lines that begin with ``#`` say what is not written."""
    menge: int
    """How far: days, half hours or times."""


@frozen
class Hebel:
    """One way to loosen one rule, from 1 (a little) to ``most``."""

    id: str
    wort: Wort
    most: int
    schwere: int
    """What one step costs, in days."""
    aendern: Callable[[Projekt, int], Projekt]
    sagen: Callable[[int], Schritt]
    stetig: bool = True
    """Whether a step further never takes away what a smaller one allows."""
    sitzungen: tuple[Ratssitzung, ...] = ()
    """The sittings among which one is asked for; its number is how far the lever is moved."""
    regel: str = ""
    """The entry of the programme it changes; empty: it changes none."""

    def preis(self, weit: int) -> tuple[int, int]:
        """Return what moving it so far costs: whose word gives way, then how much."""
        return self.wort, self.schwere * (weit if self.stetig else 1)
