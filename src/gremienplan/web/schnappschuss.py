"""One release, ready to be served: each calendar is written when it is first asked for, then held as it is sent."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cached_property
from zoneinfo import ZoneInfo

from attrs import field, frozen

from gremienplan.publishing import Kalendersatz
from gremienplan.publishing.kalender import in_utc
from gremienplan.release import Kalender, Release
from gremienplan.web.antwort import ICS, Antwort
from gremienplan.web.einblick import Einblick
from gremienplan.web.oeffentlich import for_residents

FEEDS = "feeds"
HALTEN = (b"cache-control", b"public, max-age=300")
"""Caches on the way may keep a calendar for five minutes."""


@frozen(eq=False)
class Schnappschuss:
    """All that is served of one release. Immutable, but for what it has already written."""

    release: Release
    adresse: str
    """Where the app is reached; empty when nobody has said so."""
    gzip: bool
    antworten: dict[str, Antwort] = field(factory=dict, init=False)
    """The calendars that have been asked for: name -> answer."""
    seiten: dict[Hashable, Antwort] = field(factory=dict, init=False)
    """Pages that have been asked for."""

    @classmethod
    def of(cls, release: Release, adresse: str, *, nur_oeffentlich: bool, gzip: bool) -> Schnappschuss:
        """Return the snapshot of a release, or of what residents are told of it."""
        return cls(for_residents(release) if nur_oeffentlich else release, adresse, gzip)

    @cached_property
    def einblick(self) -> Einblick:
        """What the pages show of it."""
        return Einblick(self.release)

    @cached_property
    def kalender(self) -> Mapping[str, Kalender]:
        """Name -> each calendar there is, those that are no longer kept included."""
        return {k.name: k for k in (*self.release.beendet, *self.release.kalender)}

    def feed(self, name: str) -> Antwort:
        """Return the answer that is a calendar. Raises KeyError for a name that none has."""
        if (antwort := self.antworten.get(name)) is None:
            antwort = self.antworten[name] = self._feed(self.kalender[name])
        return antwort

    def _feed(self, kalender: Kalender) -> Antwort:
        """Write a calendar, with what is kept of it alone: a set of them would hold each event once more."""
        release = self.release
        satz = Kalendersatz(release, f"{self.adresse}/{FEEDS}" if self.adresse else "")
        staende = [fassung.geaendert for _, fassung in release.told(kalender.publikum)]
        geaendert = max(staende, default=release.ausgaben[0].stand)
        datei = kalender.name.replace("/", "-")
        return Antwort.of(
            satz.feed(kalender.name).inhalt,
            ICS,
            HALTEN,
            weitere=[(b"content-disposition", f'inline; filename="{datei}"'.encode())],
            geaendert=in_utc(geaendert, ZoneInfo(release.zeitzone)),
            gzip=self.gzip,
        )
