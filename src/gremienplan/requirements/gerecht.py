"""Preferences for who bears how much, and for what a moved council sitting would move with it."""

from __future__ import annotations

from datetime import time
from enum import Enum

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.requirements.bedingungen import Fenster, Hoechstabstand, Reihenfolge
from gremienplan.requirements.werte import Dienst, Namen, Sitzungstag
from gremienplan.texts import Text


class Was(Enum):
    """What is shared: evenings, days on one weekday, or journeys."""

    ABENDE = "abende"
    WOCHENTAGE = "wochentage"
    WEGE = "wege"


@frozen
class Last:
    """Who bears a load: a Sitz with everything it has to attend, or a Gremium with everything it holds.

    ``dienste`` are all the parts: of one person who holds further Sitze for a part of the year there are several.
    What stands in their ``belegt`` counts as well: sittings of the council, whoever places them.
    """

    wer: str
    """Id of the Sitz or Gremium."""
    dienste: tuple[Dienst, ...]
    wochentag: int | None = None
    """For weekdays: only days of this one count (0 = Monday)."""
    fern: tuple[str, ...] = ()
    """For journeys: ids of the Orte that do not lie within its own area."""


@frozen
class Ausgleich:
    """Nobody has much more than the others.

    A load is a number: of evenings (days on which something ends after ``ab``), of days on one weekday, or of
    journeys (days, each with an Ort outside one's own area). Cost, times ``gewicht``: at ``schritt`` 0 the largest
    load; at a later one how many have at least the largest load less ``schritt`` − 1. So a stage for each step, one
    after the other, compares plans by their largest load, then by how many have it, then by how many come next: the
    leximin order, as far as there are steps.
    """

    id: str
    grundlage: Grundlage
    stufe: int
    was: Was
    lasten: tuple[Last, ...]
    ab: time
    schritt: int
    gewicht: int

    def satz(self, namen: Namen) -> Text:  # noqa: ARG002  (all kinds say themselves the same way)
        """Say it."""
        anzahl = len({last.wer for last in self.lasten})
        match self.was:
            case Was.ABENDE:
                return Text("Evenings are shared fairly among {anzahl}.", anzahl=anzahl)
            case Was.WOCHENTAGE:
                return Text("No weekday is used much more than others, for each of {anzahl}.", anzahl=anzahl)
            case Was.WEGE:
                return Text("Journeys are shared fairly among {anzahl}.", anzahl=anzahl)


@frozen
class Robust:
    """Should this sitting of the council move by up to ``tage`` days, at most one event has to move because of it.

    What has to move when it lies on another day, at the same hours, and everything else stays as it is: each
    Beratung heard in it that then breaks one of ``ordnung``, and each event of ``frei`` it would come too close to.
    Cost: for each of the days it could move to, ``gewicht`` for each of them beyond the first.
    """

    id: str
    grundlage: Grundlage
    stufe: int
    sitzung: Sitzungstag
    beratungen: tuple[str, ...]
    """Ids of the Beratungen that may be heard in it."""
    ordnung: tuple[Reihenfolge | Hoechstabstand | Fenster, ...]
    """What binds the days of these Beratungen."""
    frei: tuple[tuple[str, int], ...]
    """Ids of Sitzungen with the minutes they have to keep clear of it."""
    tage: int
    gewicht: int

    def satz(self, namen: Namen) -> Text:
        """Say it."""
        return Text(
            "{sitzung}, {tag}: may move by {tage} days and at most one date follows.",
            sitzung=namen.get(self.sitzung.gremium, self.sitzung.name),
            tag=self.sitzung.tag,
            tage=self.tage,
        )
