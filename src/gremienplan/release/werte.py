"""A release as values: every event as each audience was told of it. Times are naive and mean the city's local time.

An audience is named like its feed without the ending: ``alle``, ``oeffentlich``, ``gremium/runde-nord``,
``sozialraum/nord``, ``rolle/leitung``, ``amt/leitung-nord``. What an audience has been told of an event is its *face*
(Gesicht); each face counts its changes for itself, so that nobody learns from a number what others were told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from enum import Enum
from functools import cached_property

from attrs import field, frozen

ALLE = "alle"
"""The audience that is told of every Sitzung."""
OEFFENTLICH = "oeffentlich"
"""Residents: the audience of what is public."""
FRISTEN = "fristen"
"""The office: the audience of deadlines and tasks."""
ABSAGE_BLEIBT = timedelta(days=30)
"""How long after its old date a cancelled event stays in the feeds."""


class Status(Enum):
    """How certain an event is."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@frozen(cache_hash=True)
class Gesicht:
    """What one audience reads of an event; two that are equal look the same."""

    beginn: datetime
    ende: datetime
    titel: str
    status: Status
    worte: tuple[str, ...] = ()
    """The lines of the description."""
    ort: str = ""
    """Name and address; empty while it is open."""
    kategorie: str = ""
    oeffentlich: bool = False
    """The event itself is public (CLASS), whoever reads it here: not before all have agreed to its date."""
    ganztags: bool = False
    """A day and no hours: ``ende`` is the midnight after it."""


@frozen(cache_hash=True)
class Fassung:
    """A face as it was last told, and how often it has changed since it was first told."""

    gesicht: Gesicht
    sequenz: int
    geaendert: datetime
    zuletzt: datetime | None = None
    """The latest start that was ever told, where that is not the one told now: some calendar may still show it."""
    bisher: datetime | None = None
    """From when it was moved to where it is, as this audience was told."""

    @property
    def abgesagt(self) -> bool:
        """Tell whether the last that was told is that it does not take place."""
        return self.gesicht.status is Status.CANCELLED

    @property
    def spaetestens(self) -> datetime:
        """The latest start that any calendar may show."""
        return max(self.gesicht.beginn, self.zuletzt or self.gesicht.beginn)


@frozen
class Geladen:
    """Who is invited to an event, or presents it: a Sitz, its name, and why, with the passage."""

    sitz: str
    name: str
    worte: tuple[str, ...]


@frozen
class Seite:
    """What the page says of an event in one language."""

    titel: str
    gremium: str
    gebiet: str
    worte: tuple[str, ...]
    geladen: tuple[Geladen, ...] = ()
    oeffentlich: tuple[str, ...] = ()
    """What residents read in place of ``worte``; empty where it is the same."""


@frozen
class Gemeldet:
    """An event as the plan has it now, before it is compared with what was told."""

    uid: str
    kennung: str
    jahr: int
    gremium: str
    gebiet: str
    gesichter: Mapping[str, Gesicht]
    """Audience -> what it is to read."""
    seiten: Mapping[str, Seite] = field(factory=dict)
    """Language -> what the page says."""
    sequenz: int = 0
    """How often it has changed by the plan's history: where the count begins if nothing was recorded before."""
    geaendert: datetime | None = None
    bisher: datetime | None = None
    """From when it was last moved, by the same history and for the same case."""
    nummer: int | None = None
    """The number of its Gremienart in the city, by which page and paper choose a colour; None where nobody wrote it."""


@frozen
class Veroeffentlicht:
    """An event as it has been told."""

    uid: str
    kennung: str
    jahr: int
    gremium: str
    gebiet: str
    fassungen: Mapping[str, Fassung]
    seiten: Mapping[str, Seite] = field(factory=dict)
    nummer: int | None = None
    """The number of its Gremienart in the city, by which page and paper choose a colour."""

    @property
    def frist(self) -> bool:
        """Tell whether this is a deadline of the office, and no Termin."""
        return set(self.fassungen) == {FRISTEN}


@frozen
class Kalender:
    """One calendar to subscribe to: its audience, its title and its colour (a name of CSS 3)."""

    publikum: str
    titel: str
    farbe: str

    @property
    def name(self) -> str:
        """Where it lies: ``amt/leitung-nord.ics``."""
        return f"{self.publikum}.ics"


@frozen
class Offen:
    """A Sitzung without a date: "Termin wird noch bekannt gegeben"."""

    kennung: str
    jahr: int
    gremium: str
    gebiet: str
    titel: Mapping[str, str]
    """Language -> its title."""
    oeffentlich: bool = False


class Art(Enum):
    """What a change is to those it concerns."""

    NEU = "neu"
    VERLEGT = "verlegt"
    ORT = "ort"
    ENDE = "ende"
    """It begins when it did, and ends at another time."""
    ABGESAGT = "abgesagt"
    WIEDER = "wieder"
    """It takes place after all."""
    AUSGELADEN = "ausgeladen"
    """It takes place, but without this audience."""
    STATUS = "status"
    """Provisional before, confirmed now, or the other way round; or all have agreed to it now, so that it is public."""
    WORTE = "worte"


@frozen
class Aenderung:
    """One change of a release, and the audiences it is a change for."""

    uid: str
    art: Art
    publikum: tuple[str, ...]
    bisher: datetime | None = None
    """When it used to begin, where that is no longer so."""
    bisher_ort: str | None = None
    """Where it used to be, where that is no longer so; empty where that was open."""


@frozen
class Ausgabe:
    """One entry of the append-only list of releases."""

    nummer: int
    stand: datetime
    zustaende: Mapping[str, str]
    """Year -> state of its plan."""
    aenderungen: tuple[Aenderung, ...] = ()


@frozen
class Entwurf:
    """All that is to be public now, before it is compared with what was told."""

    stadt: str
    name: str
    domain: str
    zeitzone: str
    sprache: str
    zustaende: Mapping[str, str]
    kalender: tuple[Kalender, ...]
    ereignisse: tuple[Gemeldet, ...]
    offen: tuple[Offen, ...] = ()
    unveraendert: frozenset[int] = frozenset()
    """Years of which all stays as it was told, because nobody can say it anew."""


@frozen
class Release:
    """What is public: the calendars there are, every event as told (deadlines too), and the list of releases."""

    stadt: str
    name: str
    domain: str
    zeitzone: str
    sprache: str
    """Language of the faces; the pages have all."""
    kalender: tuple[Kalender, ...]
    beendet: tuple[Kalender, ...]
    """Calendars of earlier releases: whoever subscribed reads that they are no longer kept."""
    ereignisse: tuple[Veroeffentlicht, ...]
    offen: tuple[Offen, ...]
    ausgaben: tuple[Ausgabe, ...]

    @property
    def nummer(self) -> int:
        """The number of the last release, from 1."""
        return self.ausgaben[-1].nummer

    @cached_property
    def gezeigt(self) -> tuple[Veroeffentlicht, ...]:
        """The events of the years that are published; those of earlier years are only on record."""
        jahre = self.ausgaben[-1].zustaende
        return tuple(ereignis for ereignis in self.ereignisse if str(ereignis.jahr) in jahre)

    @property
    def stand(self) -> datetime:
        """When something last changed."""
        return self.ausgaben[-1].stand

    @cached_property
    def nach_uid(self) -> Mapping[str, Veroeffentlicht]:
        """UID -> event."""
        return {ereignis.uid: ereignis for ereignis in self.ereignisse}

    def told(self, publikum: str) -> Iterator[tuple[Veroeffentlicht, Fassung]]:
        """Yield what an audience reads, in the order of time: what is cancelled until 30 days after its date.

        Its date is the latest that was told of it, and time goes on when something changes for this audience: what
        others are told moves nothing here.
        """
        yield from self._nach_publikum.get(publikum, ())

    @cached_property
    def _nach_publikum(self) -> Mapping[str, tuple[tuple[Veroeffentlicht, Fassung], ...]]:
        found: dict[str, list[tuple[Veroeffentlicht, Fassung]]] = {}
        for ereignis in self.gezeigt:
            for publikum, fassung in ereignis.fassungen.items():
                found.setdefault(publikum, []).append((ereignis, fassung))
        return {publikum: tuple(_current(told)) for publikum, told in found.items()}


def _current(told: list[tuple[Veroeffentlicht, Fassung]]) -> Iterator[tuple[Veroeffentlicht, Fassung]]:
    """Yield what an audience still reads of all it was ever told."""
    stand = max(fassung.geaendert for _, fassung in told)
    for ereignis, fassung in sorted(told, key=lambda one: (one[1].gesicht.beginn, one[0].uid)):
        if not fassung.abgesagt or stand.date() <= fassung.spaetestens.date() + ABSAGE_BLEIBT:
            yield ereignis, fassung
