"""Calendar programs, simulated: each reads feeds in its own way, and all must come to show the true plan."""

from __future__ import annotations

from datetime import datetime

from attrs import define, field, frozen

from tests.publishing.lesen import Vevent, events


@frozen
class Gezeigt:
    """What somebody sees of an event."""

    beginn: datetime
    ende: datetime
    titel: str
    ort: str


@define
class Kunde:
    """Fetches a feed now and then; what it holds is by UID."""

    held: dict[str, Vevent] = field(factory=dict)

    def fetch(self, data: bytes) -> None:
        """Take over what a feed says."""
        raise NotImplementedError

    def shown(self) -> dict[str, Gezeigt]:
        """Return what somebody sees: nothing that is cancelled."""
        return {
            uid: Gezeigt(v.zeit("DTSTART"), v.zeit("DTEND"), v["SUMMARY"], v.get("LOCATION"))
            for uid, v in self.held.items()
            if v["STATUS"] != "CANCELLED"
        }


class Ersetzend(Kunde):
    """Throws away what it had, as subscriptions do in most programs."""

    def fetch(self, data: bytes) -> None:
        self.held = {v["UID"]: v for v in events(data)}


class NachSequenz(Kunde):
    """Keeps everything, and believes an event only with a higher SEQUENCE, as importing programs do.

    An event that is not the same although its number is would never be noticed: that is an error of the feed.
    """

    def fetch(self, data: bytes) -> None:
        for v in events(data):
            had = self.held.get(v["UID"])
            if had is None or int(v["SEQUENCE"]) > int(had["SEQUENCE"]):
                assert had is None or v["DTSTAMP"] >= had["DTSTAMP"], "changed, but of an earlier time"
                self.held[v["UID"]] = v
            elif int(v["SEQUENCE"]) == int(had["SEQUENCE"]):
                assert v == had, "changed without a higher SEQUENCE"


class MitGrabsteinen(Kunde):
    """Deletes what is cancelled and forgets it; otherwise believes what is newer by SEQUENCE and DTSTAMP."""

    def fetch(self, data: bytes) -> None:
        for v in events(data):
            had = self.held.get(v["UID"])
            if v["STATUS"] == "CANCELLED":
                self.held.pop(v["UID"], None)
            elif had is None or _age(v) > _age(had):
                self.held[v["UID"]] = v


def _age(v: Vevent) -> tuple[int, str]:
    return int(v["SEQUENCE"]), v["DTSTAMP"]


KUNDEN = (Ersetzend, NachSequenz, MitGrabsteinen)
