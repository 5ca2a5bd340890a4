"""Calendars to subscribe to, written from a release: each event once per face, each feed when it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from zoneinfo import ZoneInfo

from attrs import evolve, field, frozen

from gremienplan.plan import Plan
from gremienplan.projekt import Projekt
from gremienplan.publishing import ereignistext
from gremienplan.publishing.entwurf import draft
from gremienplan.publishing.geschehen import as_told
from gremienplan.publishing.kalender import Kopf, ereignis_bytes, in_utc, kalender_bytes, time_zone
from gremienplan.release import Fassung, Gesicht, Kalender, Release, Status, follow
from gremienplan.texts import Text, render


@frozen
class Feed:
    """One calendar to subscribe to."""

    name: str
    """Where it lies: ``amt/stadtteilkoordination-nord.ics``."""
    titel: str
    anzahl: int
    """How many events it holds, cancelled ones included."""
    inhalt: bytes


def feeds(
    projekt: Projekt,
    plan: Plan,
    *,
    fruehere: Sequence[Plan] = (),
    sprache: str = "de",
    adresse: str = "",
) -> Mapping[str, bytes]:
    """Return every feed of a plan: name (``gremium/koordinierungsrunde-nord.ics``) -> bytes.

    ``fruehere`` are plans of other years, before or after: a subscription spans them all.
    ``sprache`` is the language of the sentences ("de" or "en"), ``adresse`` where the feeds will be served.
    Raises InputError with everything that keeps the plan from being published.
    """
    ausgabe = release(projekt, plan, fruehere=fruehere, sprache=sprache)
    return {feed.name: feed.inhalt for feed in Kalendersatz(ausgabe, adresse).feeds()}


def release(
    projekt: Projekt,
    plan: Plan,
    *,
    fruehere: Sequence[Plan] = (),
    projekte: Mapping[int, Projekt | None] = MappingProxyType({}),
    sprache: str = "de",
    vorher: Release | None = None,
    stand: datetime | None = None,
    zurueck: Collection[tuple[int, str]] = (),
    erstmals: bool = False,
    anfang: int = 0,
) -> Release:
    """Return what is public once this plan is, after ``vorher``: the release that was public until now.

    ``projekte`` are the projects by which other years are told, where that is not ``projekt``; None: by nobody's, so
    that all stays as it was told. ``stand`` is the time of what is told anew; without it, that of the last entry of the
    plans. ``zurueck`` are Sitzungen, by year and id, that residents are not told of yet. ``erstmals``: nobody was told
    of a draft of these plans, so that nobody is told what was moved or cancelled in one. What has ended by then, or was
    held, stays as it was told, whatever the rules say now. ``anfang``: the record was lost, and nothing counts from
    below this, or is of before ``stand``. Raises InputError with everything that keeps the plan from being published.
    """
    entwurf = draft(
        projekt,
        plan,
        fruehere=fruehere,
        projekte=projekte,
        sprache=sprache,
        zurueck=zurueck,
        erstmals=erstmals,
    )
    time_zone(entwurf.zeitzone, plan.jahr)
    jetzt = stand or max(p.verlauf[-1].stand for p in (plan, *fruehere))

    def absagen(gesicht: Gesicht, noch: bool) -> Gesicht:
        return cancelled(gesicht, sprache, noch=noch)

    if anfang:
        neu = (evolve(e, sequenz=max(e.sequenz, anfang), geaendert=None) for e in entwurf.ereignisse)
        entwurf = evolve(entwurf, ereignisse=tuple(neu))
    gehalten = {(p.jahr, sitzung) for p in (plan, *fruehere) for sitzung in p.gehalten}
    return follow(vorher, as_told(entwurf, vorher, jetzt, gehalten), jetzt, absagen)


def cancelled(gesicht: Gesicht, sprache: str, *, noch: bool = False) -> Gesicht:
    """Return the face of an event that does not take place; ``noch``: it does, but without whom it is for."""
    worte: tuple[ereignistext.Satz, ...] = ereignistext.absage_text()
    titel = ereignistext.titel(gesicht.titel, abgesagt=True)
    if gesicht.ganztags:
        worte = (Text("This is no longer due"),)
    elif noch:
        worte = (Text("You are no longer invited to this meeting"),)
        titel = ereignistext.titel_ohne(gesicht.titel)
    return evolve(
        gesicht,
        titel=render(titel, sprache),
        status=Status.CANCELLED,
        worte=tuple(render(wort, sprache) for wort in worte),
    )


@frozen(eq=False)
class Kalendersatz:
    """The feeds of one release. What is rendered is kept: events by their face, feeds as a whole."""

    release: Release
    adresse: str = ""
    """Where the feeds are served."""
    _vevents: dict[tuple[str, Fassung], bytes] = field(factory=dict, init=False)
    _feeds: dict[str, Feed] = field(factory=dict, init=False)

    @cached_property
    def kalender(self) -> Mapping[str, Kalender]:
        """Name -> each calendar there is, those that are no longer kept included."""
        return {k.name: k for k in (*self.release.beendet, *self.release.kalender)}

    def feeds(self) -> tuple[Feed, ...]:
        """Return all calendars that are kept, sorted by name."""
        return tuple(self.feed(k.name) for k in sorted(self.release.kalender, key=lambda k: k.name))

    def feed(self, name: str) -> Feed:
        """Return one calendar. Raises KeyError for a name that none has."""
        if name not in self._feeds:
            self._feeds[name] = self._write(self.kalender[name])
        return self._feeds[name]

    def vevent(self, uid: str, fassung: Fassung) -> bytes:
        """Return the VEVENT of a face."""
        key = (uid, fassung)
        if key not in self._vevents:
            vorab = [render(satz, self.release.sprache) for satz in ereignistext.verlegt_text(fassung.bisher)]
            self._vevents[key] = ereignis_bytes(uid, fassung, self._zone, vorab)
        return self._vevents[key]

    def write(self, kalender: Kalender, gewaehlt: Sequence[tuple[str, Fassung]]) -> Feed:
        """Return a calendar of these events (UID and face), in their order."""
        stand = max((fassung.geaendert for _, fassung in gewaehlt), default=None)
        satz = Text("As of: {stand}", stand=stand) if stand else Text("No dates at present")
        return self._whole(kalender, satz, stand, [self.vevent(*one) for one in gewaehlt])

    @cached_property
    def _kept(self) -> frozenset[str]:
        return frozenset(k.name for k in self.release.kalender)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return time_zone(self.release.zeitzone, self.release.stand.year)

    def _write(self, kalender: Kalender) -> Feed:
        if kalender.name in self._kept:
            return self.write(kalender, [(e.uid, f) for e, f in self.release.told(kalender.publikum)])
        return self.ended(kalender)

    def ended(self, kalender: Kalender) -> Feed:
        """Return the empty calendar that stands where a feed was."""
        satz = Text("This calendar is no longer kept")
        return self._whole(evolve(kalender, farbe="gray"), satz, None, [])

    def _whole(self, kalender: Kalender, satz: Text, stand: datetime | None, vevents: list[bytes]) -> Feed:
        release = self.release
        kopf = Kopf(
            uid=calendar_uid(kalender.name, release.domain),
            name=kalender.titel,
            beschreibung=(render(satz, release.sprache),),
            farbe=kalender.farbe,
            geaendert=in_utc(stand, self._zone) if stand else None,
            adresse=f"{self.adresse.rstrip('/')}/{kalender.name}" if self.adresse else "",
        )
        return Feed(kalender.name, kalender.titel, len(vevents), kalender_bytes(kopf, self._zone, vevents))


def calendar_uid(name: str, domain: str) -> str:
    """Return the identity of the calendar behind a feed's name, which never changes."""
    return f"{name.removesuffix('.ics').replace('/', '.')}.feed@{domain}"
