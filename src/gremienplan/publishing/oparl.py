"""A release as objects of OParl 1.1: what one audience is told, as other systems read it. Pure, no files.

Everything follows from the record of what was told to that audience: nothing an audience is not told of changes a byte
here. Persons, papers and agendas are none of it; their lists are there, for OParl asks for them, and empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.errors import InputError
from gremienplan.publishing.kalender import clean, time_zone
from gremienplan.release import ABSAGE_BLEIBT, Art, Fassung, Release, Status, Veroeffentlicht
from gremienplan.webadresse import address_problem

SCHEMA = "https://schema.oparl.org/1.1/"
SEITE = 100
"""So many objects stand on one page of a list."""
SYSTEM = "system.json"
"""Where everything begins."""

Objekt = dict[str, object]

_LISTEN = {
    "organization": "organizations",
    "person": "persons",
    "meeting": "meetings",
    "paper": "papers",
    "agendaItem": "agendaitems",
    "consultation": "consultations",
    "file": "files",
    "locationList": "locations",
    "legislativeTermList": "legislativeterms",
    "membership": "memberships",
}
"""Property of the Body -> the name of its list."""
_STAND = {Status.TENTATIVE: "vorläufig", Status.CONFIRMED: "terminiert", Status.CANCELLED: "abgesagt"}


def base(adresse: str) -> str:
    """Return the address below which all objects lie, with a slash at its end; raises InputError for what is none."""
    adresse = adresse.strip()
    if problem := address_problem("--adresse", adresse, "https://www.example.org/oparl/"):
        raise InputError([problem])
    teile = urlsplit(adresse)
    pfad = quote(teile.path.rstrip("/"), safe="/%~")
    return f"{teile.scheme}://{teile.netloc.lower()}{pfad}/"


@frozen(eq=False)
class Schnittstelle:
    """The OParl of one audience: each file by its path below the base address."""

    release: Release
    publikum: str
    adresse: str
    """The base address, as ``base`` returns it."""
    je_seite: int = SEITE

    @cached_property
    def files(self) -> Mapping[str, Objekt]:
        """Path -> what stands there. Objects come before the lists that hold them, the System last."""
        found: dict[str, Objekt] = {}
        for objekte in (self.orte, self.organe, self.treffen, self.geloescht):
            found |= {self._path(objekt): objekt for objekt in objekte}
        for liste, name in _LISTEN.items():
            voll = {"organization": self.organe, "meeting": self.treffen, "locationList": self.orte}.get(
                liste, ()
            )
            found |= self._pages(name, voll)
        for organ in self.organe:
            eigene = [t for t in self.treffen if t["organization"] == [organ["id"]]]
            found |= self._pages(self._path(organ).removesuffix(".json") + "/meetings", eigene)
        found["body.json"] = self._body()
        found |= self._pages("bodies", [self._body()])
        found[SYSTEM] = self._system()
        return found

    @cached_property
    def treffen(self) -> tuple[Objekt, ...]:
        """The meetings in the order of time; what is cancelled among them until 30 days after its date."""
        return tuple(
            self._meeting(ereignis, fassung) for ereignis, fassung in self.release.told(self.publikum)
        )

    @cached_property
    def geloescht(self) -> tuple[Objekt, ...]:
        """The meetings that were cancelled so long ago that no calendar shows them any more."""
        gezeigt = {ereignis.uid for ereignis, _ in self.release.told(self.publikum)}
        return tuple(
            self._object(
                "Meeting",
                _meeting_path(ereignis),
                {"deleted": True},
                self._created(ereignis.uid),
                max(self._gone(ereignis.fassungen[self.publikum]), self._created(ereignis.uid)),
            )
            for ereignis in self.release.gezeigt
            if self.publikum in ereignis.fassungen and ereignis.uid not in gezeigt
        )

    @cached_property
    def organe(self) -> tuple[Objekt, ...]:
        """The Gremien that meet, by their id."""
        found: dict[str, tuple[Veroeffentlicht, datetime]] = {}
        for ereignis, fassung in self.release.told(self.publikum):
            _, bisher = found.get(ereignis.gremium, (ereignis, self._anfang))
            found[ereignis.gremium] = (ereignis, max(bisher, fassung.geaendert))
        return tuple(self._organization(*found[gremium]) for gremium in sorted(found))

    @cached_property
    def orte(self) -> tuple[Objekt, ...]:
        """The places, by their id. A place that is called differently is another one."""
        namen = {clean(fassung.gesicht.ort) for _, fassung in self.release.told(self.publikum)} - {""}
        return tuple(sorted(map(self._location, namen), key=lambda ort: str(ort["id"])))

    @property
    def now(self) -> str:
        """When something last changed for this audience: what others are told moves nothing here."""
        return self._moment(self._stand)

    # --- the objects

    def _system(self) -> Objekt:
        rest: Objekt = {
            "oparlVersion": SCHEMA,
            "body": self._url("bodies.json"),
            "name": f"{clean(self.release.name)}: Sitzungskalender",
        }
        return self._object("System", SYSTEM, rest, self._anfang, self._stand)

    def _body(self) -> Objekt:
        listen: Objekt = {key: self._url(f"{name}.json") for key, name in _LISTEN.items()}
        rest: Objekt = {
            "system": self._url(SYSTEM),
            "name": clean(self.release.name),
            **listen,
            "legislativeTerm": [],
        }
        return self._object("Body", "body.json", rest, self._anfang, self._stand)

    def _organization(self, ereignis: Veroeffentlicht, geaendert: datetime) -> Objekt:
        pfad = _organization_path(ereignis.gremium)
        seite = ereignis.seiten.get(self.release.sprache)
        rest: Objekt = {
            "body": self._url("body.json"),
            "name": clean(seite.gremium if seite else ereignis.gremium),
            "organizationType": "Gremium",
            "meeting": self._url(pfad.removesuffix(".json") + "/meetings.json"),
        }
        if art := clean(ereignis.fassungen[self.publikum].gesicht.kategorie):
            rest["classification"] = art
        return self._object("Organization", pfad, rest, self._anfang, geaendert)

    def _location(self, ort: str) -> Objekt:
        pfad = f"location/{hashlib.sha256(ort.encode()).hexdigest()[:16]}.json"
        return self._object("Location", pfad, {"description": ort}, self._anfang, self._anfang)

    def _meeting(self, ereignis: Veroeffentlicht, fassung: Fassung) -> Objekt:
        gesicht = fassung.gesicht
        rest: Objekt = {
            "name": clean(gesicht.titel),
            "meetingState": _STAND[gesicht.status],
            "cancelled": fassung.abgesagt,
            "start": self._moment(gesicht.beginn),
            "end": self._moment(gesicht.ende),
            "organization": [self._url(_organization_path(ereignis.gremium))],
            "gremienplan:uid": ereignis.uid,
        }
        if ort := clean(gesicht.ort):
            rest["location"] = self._location(ort)
        created = self._created(ereignis.uid)
        return self._object(
            "Meeting", _meeting_path(ereignis), rest, created, max(fassung.geaendert, created)
        )

    def _object(self, art: str, pfad: str, rest: Objekt, created: datetime, modified: datetime) -> Objekt:
        zeiten = {"created": self._moment(created), "modified": self._moment(modified)}
        return {"id": self._url(pfad), "type": f"{SCHEMA}{art}", **rest, **zeiten}

    # --- pages of lists

    def _pages(self, name: str, objekte: Sequence[Objekt]) -> Iterator[tuple[str, Objekt]]:
        """Yield the pages of a list; an empty one has one page."""
        anzahl = max(1, -(-len(objekte) // self.je_seite))
        namen = [f"{name}.json", *(f"{name}-{nummer}.json" for nummer in range(2, anzahl + 1))]
        adressen = [self._url(pfad) for pfad in namen]
        for nummer, pfad in enumerate(namen):
            links = {"first": adressen[0], "self": adressen[nummer], "last": adressen[-1]}
            if nummer:
                links["prev"] = adressen[nummer - 1]
            if nummer + 1 < anzahl:
                links["next"] = adressen[nummer + 1]
            seite: Objekt = {
                "data": list(objekte[nummer * self.je_seite : (nummer + 1) * self.je_seite]),
                "pagination": {
                    "totalElements": len(objekte),
                    "elementsPerPage": self.je_seite,
                    "currentPage": nummer + 1,
                    "totalPages": anzahl,
                },
                "links": links,
            }
            yield pfad, seite

    # --- addresses and times

    def _url(self, pfad: str) -> str:
        return self.adresse + quote(pfad, safe="/")

    def _path(self, objekt: Objekt) -> str:
        return str(objekt["id"]).removeprefix(self.adresse)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return time_zone(self.release.zeitzone, self.release.stand.year)

    def _moment(self, local: datetime) -> str:
        return local.replace(tzinfo=self._zone, microsecond=0).isoformat()

    @cached_property
    def _anfang(self) -> datetime:
        """When the first release was made: since then there has been a city to read of."""
        return self.release.ausgaben[0].stand

    @cached_property
    def _stand(self) -> datetime:
        """When something last changed for this audience."""
        eigene = (e.fassungen[self.publikum] for e in self.release.gezeigt if self.publikum in e.fassungen)
        return max([self._anfang, *(fassung.geaendert for fassung in eigene)])

    def _created(self, uid: str) -> datetime:
        """Return when this audience was first told of an event."""
        return self._erstmals.get(uid, self._anfang)

    @cached_property
    def _erstmals(self) -> Mapping[str, datetime]:
        return {
            aenderung.uid: ausgabe.stand
            for ausgabe in reversed(self.release.ausgaben)
            for aenderung in ausgabe.aenderungen
            if aenderung.art is Art.NEU and self.publikum in aenderung.publikum
        }

    def _gone(self, fassung: Fassung) -> datetime:
        """Return when a cancelled event left the calendar: 30 days after its date, with a change for this audience."""
        bis = fassung.spaetestens.date() + ABSAGE_BLEIBT
        return next((stand for stand in self._eigene if stand.date() > bis), self._stand)

    @cached_property
    def _eigene(self) -> tuple[datetime, ...]:
        """The times of the releases that told this audience something anew."""
        return tuple(
            ausgabe.stand
            for ausgabe in self.release.ausgaben
            if any(self.publikum in aenderung.publikum for aenderung in ausgabe.aenderungen)
        )


def _meeting_path(ereignis: Veroeffentlicht) -> str:
    return f"meeting/{ereignis.uid.rpartition('@')[0]}.json"


def _organization_path(gremium: str) -> str:
    return f"organization/{gremium.replace('/', '-')}.json"
