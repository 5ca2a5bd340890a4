"""The council calendar as values: raw entries as a source gave them, sittings as we understand them."""

from __future__ import annotations

from datetime import date, datetime
from enum import Enum
from typing import Protocol

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.texts import Text

CANCELLED = "CANCELLED"
"""The status of an entry that its source says to be off."""
VERSCHWUNDEN = "VERSCHWUNDEN"
"""The status of an entry that its source should still have: it stood in an earlier reading."""


@frozen
class Eintrag:
    """One entry of a council calendar as its source gave it, in the city's local time (naive).

    ``beginn`` and ``ende`` are days (``date``) for all-day entries; ``ende`` is None if the source has none.
    A recurring entry comes as one Eintrag per occurrence, with the day in ``kennung``.
    """

    quelle: str
    """Name of the source: the file's name without its suffix."""
    kennung: str
    """The source's own identity of the entry (UID), or an empty string."""
    name: str
    beginn: datetime | date
    ende: datetime | date | None = None
    """As the source has it, however odd; of an all-day entry the day after the last one."""
    ort: str = ""
    status: str = ""
    """What the source says of it, upper case (``CANCELLED``, ``VERSCHWUNDEN``)."""
    gremien: tuple[str, ...] = ()
    """Names of the bodies as the source links them, the leading one first; empty where only ``name`` says it."""
    geaendert: datetime | None = None
    """When the source says it was last changed, in the city's local time."""


class Treffer(Enum):
    """What a pattern makes of a name."""

    GREMIUM = "gremium"
    ART = "art"
    KEINE_SITZUNG = "keine-sitzung"


@frozen
class Muster:
    """A pattern of the city folder: names that match ``muster`` (a regular expression, searched) mean this.

    ``treffer`` GREMIUM: the Gremium ``ziel``. ART: a political Gremienart of its own, of kind ``ziel``
    (``ausschuss``), named as matched, with a city-wide Gebiet and length ``dauer``. KEINE_SITZUNG: nothing.
    """

    muster: str
    treffer: Treffer
    ziel: str = ""
    dauer: int | None = None
    name: str = ""
    """Of ART: the name of the body, whatever else it was called; empty: as matched."""


class Verbot(Protocol):
    """A name that no body of a city may have, and on whose word."""

    @property
    def id(self) -> str:
        """Its id in the city folder."""

    @property
    def grundlage(self) -> Grundlage:
        """On whose word."""

    def trifft(self, *namen: str) -> bool:
        """Tell whether one of the names is ruled out."""


@frozen
class Ratssitzung:
    """A sitting of a political body as we understand it."""

    key: str
    """Identity across imports: source and UID, or Gremium and running number of the day."""
    quelle: str
    name: str
    gremium: str
    """Id of the Gremium; empty for a body nobody has named."""
    beginn: datetime
    ende: datetime
    ende_bekannt: bool = True
    ort: str = ""
    gemeinsam: str = ""
    """Of a sitting of several bodies, which comes once for each: the key of its leading one; else empty."""
    verschwunden: bool = False
    """It stood in an earlier reading of its source and is there no more: not free until somebody says so."""

    @property
    def tag(self) -> date:
        """The day it begins on."""
        return self.beginn.date()

    @property
    def zusammen(self) -> str:
        """What tells it from sittings at which other people meet: its key, or that of the leading one of its bodies."""
        return self.gemeinsam or self.key


@frozen
class Ausschuss:
    """A political body that the import made from a pattern: a Gremium of its own."""

    id: str
    name: str
    art: str
    dauer: int


@frozen
class Hinweis:
    """What the import guessed, ignored or could not name; once each, with the entries' number."""

    quelle: str
    art: str
    """Its kind, a short word; :mod:`gremienplan.ratskalender.arten` lists them and says what they mean."""
    name: str
    anzahl: int
    meldung: Text
    tage: tuple[date, ...] = ()
    """The days of the entries, in order; none where it is about the source as a whole."""


class Ausgang(Enum):
    """What became of an entry; every entry has exactly one."""

    SITZUNG = "sitzung"
    """It stands, as one sitting or as one for each of its bodies."""
    EINGEGANGEN = "eingegangen"
    """It says the same as another entry and stands with that."""
    ABGESAGT = "abgesagt"
    """Cancelled, or moved to another day."""
    KEINE_SITZUNG = "keine-sitzung"
    """No sitting, as a pattern says."""
    KEIN_GREMIUM = "kein-gremium"
    """Ruled out by the city."""
    PLATZHALTER = "platzhalter"
    SCHRIFTLICH = "schriftlich"
    """Decided in writing: nobody meets."""
    GANZTAEGIG = "unbekannt-ganztaegig"
    """An all-day entry nobody has named: it blocks nothing."""


@frozen
class Verbleib:
    """One entry and what became of it."""

    quelle: str
    kennung: str
    name: str
    """As the source has it."""
    beginn: datetime | date
    ausgang: Ausgang
    sitzungen: tuple[str, ...] = ()
    """Keys of the sittings it stands as or went into, the leading one first."""


@frozen
class Ratskalender:
    """All sittings that stand, in the order of time, and what was said of the import."""

    sitzungen: tuple[Ratssitzung, ...] = ()
    ausschuesse: tuple[Ausschuss, ...] = ()
    hinweise: tuple[Hinweis, ...] = ()
    von: date | None = None
    """First and last day a sitting stands on; None when there is no sitting at all."""
    bis: date | None = None
    abgesagt: tuple[Ratssitzung, ...] = ()
    """The sittings their sources have as cancelled or moved away, in the order of time: they block nothing."""
    verbleib: tuple[Verbleib, ...] = ()
    """Every entry that was read, in an order of its own, and what became of it."""

    def von_gremium(self, gremium: str) -> tuple[Ratssitzung, ...]:
        """Return the sittings of one Gremium in the order of time."""
        return tuple(sitzung for sitzung in self.sitzungen if sitzung.gremium == gremium)


@frozen
class FreierTag:
    """Free days from ``von`` to ``bis``, both inclusive, with their German name."""

    von: date
    bis: date
    name: str


@frozen
class Freitage:
    """Public and school holidays of some years, and how far they are known.

    A day after ``ferien_bis``, or of a year that is not among ``jahre``, is *unknown*, never free.
    """

    feiertage: tuple[FreierTag, ...] = ()
    ferien: tuple[FreierTag, ...] = ()
    ferien_bis: date | None = None
    jahre: tuple[int, ...] = ()
    """The years they were looked up for, in order."""

    def ferien_bekannt(self, tag: date) -> bool:
        """Tell whether we know if ``tag`` lies in the school holidays."""
        return self.ferien_bis is not None and tag <= self.ferien_bis and tag.year in self.jahre
