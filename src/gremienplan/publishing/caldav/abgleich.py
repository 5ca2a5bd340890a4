"""What has to be written so that a calendar holds a feed: a pure comparison of what shall be with what is."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import frozen

from gremienplan.publishing.caldav.bestand import Bestand, read_event, same_meaning
from gremienplan.publishing.caldav.ressourcen import Ressource, Vorlage


class Was(Enum):
    """What happens to one event."""

    NEU = "neu"
    GEAENDERT = "geaendert"
    GELOESCHT = "geloescht"


class Grund(Enum):
    """Why an event of the feed cannot be written, or one of ours not be removed."""

    FREMD = "fremd"
    """Something stands in its place that we did not write."""
    ANDERER_FEED = "anderer_feed"
    """Another feed of ours has brought it into this calendar."""
    OHNE_ETAG = "ohne_etag"
    """The server does not say its version, so that nobody knows whether somebody else changes it meanwhile."""
    INZWISCHEN = "inzwischen"
    """Somebody else changed it while we were at it."""
    ABGELEHNT = "abgelehnt"
    """The server does not take it."""


@frozen
class Schritt:
    """One request that writes."""

    was: Was
    name: str
    inhalt: bytes = b""
    etag: str = ""
    """The version it replaces or removes; empty for a new event, which replaces none."""

    @property
    def uid(self) -> str:
        """The event's UID."""
        return self.name.removesuffix(".ics")


@frozen
class Hindernis:
    """An event that stays as it is, and why; ``wert`` says more: the other feed, the status of the server."""

    uid: str
    grund: Grund
    wert: str = ""


@frozen
class Abgleich:
    """What has to be done: what is new first, what is gone last, each in the order of the feed or of names."""

    schritte: tuple[Schritt, ...]
    gleich: tuple[str, ...]
    """UIDs of the events that are in the calendar as they shall be."""
    hindernisse: tuple[Hindernis, ...]


def compare(vorlage: Vorlage, bestand: Iterable[Bestand]) -> Abgleich:
    """Return what brings a calendar to hold a feed; what is not ours, or another feed's, is never touched.

    Ours is what has a name of ours, its UID in it, and the mark of the feed. Somebody may have changed it in the
    calendar: then it is written again, as the feed has it.
    """
    da = {eines.name: eines for eines in bestand}
    schritte: list[Schritt] = []
    gleich: list[str] = []
    hindernisse: list[Hindernis] = []
    for ressource in vorlage.ressourcen:
        eines = da.pop(ressource.name, None)
        if eines is None:
            schritte.append(Schritt(Was.NEU, ressource.name, ressource.inhalt))
        elif not _ours(eines):
            hindernisse.append(Hindernis(ressource.uid, Grund.FREMD))
        elif eines.feed != vorlage.feed:
            hindernisse.append(Hindernis(ressource.uid, Grund.ANDERER_FEED, eines.feed))
        elif _unchanged(ressource, eines):
            gleich.append(ressource.uid)
        elif not eines.etag:
            hindernisse.append(Hindernis(ressource.uid, Grund.OHNE_ETAG))
        else:
            schritte.append(Schritt(Was.GEAENDERT, ressource.name, ressource.inhalt, eines.etag))
    for name, eines in sorted(da.items()):
        if _ours(eines) and eines.feed == vorlage.feed:
            if eines.etag:
                schritte.append(Schritt(Was.GELOESCHT, name, etag=eines.etag))
            else:
                hindernisse.append(Hindernis(eines.uid, Grund.OHNE_ETAG))
    return Abgleich(tuple(schritte), tuple(gleich), tuple(hindernisse))


def _ours(eines: Bestand) -> bool:
    return bool(eines.feed) and eines.name == f"{eines.uid}.ics"


def _unchanged(ressource: Ressource, eines: Bestand) -> bool:
    return eines.summe == ressource.summe and same_meaning(
        read_event(ressource.inhalt.decode()), eines.inhalt
    )
