"""What has changed in a council calendar since a plan was made with it, as values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from attrs import frozen

from gremienplan.auditing import Finding, Verschwunden
from gremienplan.plan import Gesehen
from gremienplan.ratskalender import Ratssitzung


class Wandel(Enum):
    """What became of a sitting, or of a whole source."""

    VERSCHOBEN = "verschoben"
    """All sittings of a source from some day on, by the same time: rather a fault of the source than a decision."""
    UMBENANNT = "umbenannt"
    """The sittings of a body stand under another name."""
    VERLEGT = "verlegt"
    """It begins at another time or on another day."""
    ENDE = "ende"
    """It begins when it did, and ends at another time."""
    ABGESAGT = "abgesagt"
    VERSCHWUNDEN = "verschwunden"
    """Its source has it no more and says nothing of it. That does not make its time free."""
    NEU = "neu"


@frozen
class Paar:
    """A sitting as it was seen and as it is now; one of both may be missing."""

    bisher: Gesehen | None
    jetzt: Ratssitzung | None
    geraten: bool = False
    """Its identity does not say so: the same body, and no other date lies nearer."""

    @property
    def eine(self) -> Gesehen | Ratssitzung:
        """The sitting as it was seen; a new one as it is."""
        sitzung = self.bisher or self.jetzt
        assert sitzung is not None
        return sitzung

    @property
    def beginn(self) -> datetime:
        """When it began as it was seen; of a new one, when it begins."""
        return self.eine.beginn

    @property
    def um(self) -> timedelta:
        """By how much its start has moved."""
        return self.jetzt.beginn - self.bisher.beginn if self.bisher and self.jetzt else timedelta()

    @property
    def tage(self) -> tuple[date, ...]:
        """The days on which it was and is."""
        return tuple(s.beginn.date() for s in (self.bisher, self.jetzt) if s)


@frozen
class Aenderung:
    """One change of a council calendar; a shift and a new name concern several sittings."""

    wandel: Wandel
    paare: tuple[Paar, ...]
    """In the order of time, at least one."""
    um: timedelta = timedelta()
    """By how much a whole source is shifted."""
    sommer: timedelta = timedelta()
    """How much more that is in summer time: an hour where the source mixes up local time and UTC, else nothing."""


@frozen
class Wirkung:
    """A change and what it does to a plan."""

    aenderung: Aenderung
    beratungen: tuple[str, ...] = ()
    """Ids of the Beratungen that are heard in a sitting that is not where it was."""
    findings: tuple[Finding, ...] = ()
    """What the plan as it is breaks because of it."""
    mitgezogen: tuple[Finding, ...] | None = None
    """What would be broken, were these Beratungen heard in their sittings at the new time; None: there is none."""

    @property
    def touches(self) -> bool:
        """Tell whether the change touches the plan."""
        return bool(self.beratungen or self.findings)


@frozen
class Bericht:
    """A plan before the council calendar of today."""

    jahr: int
    belegt: bool
    """The plan says what it was made with; without that only the sittings of its Beratungen can be compared."""
    wirkungen: tuple[Wirkung, ...]
    gemeinsam: tuple[Finding, ...] = ()
    """What is broken since, by no single change that could be named."""
    verschwunden: tuple[Verschwunden, ...] = ()
    """What is heard in a sitting that has vanished, whether before the plan was made or since."""

    @property
    def touches(self) -> bool:
        """Tell whether anything touches the plan."""
        return bool(self.gemeinsam or self.verschwunden) or any(w.touches for w in self.wirkungen)
