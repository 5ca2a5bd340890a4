"""A checker of OParl 1.1 from the facts of the specification alone: types, formats, lists, references, deletion.

Stricter than the schemas, which allow any property more: what is neither known nor of a vendor is a mistake, and what
the text demands beside them (created and modified in everything, no null, nothing deleted in lists) is checked as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

SCHEMA = "https://schema.oparl.org/1.1/"
URL = re.compile(r"https?://[^\s>\"\])`]+[^\s>\"`.]")
ZEIT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
TAG = re.compile(r"\d{4}-\d\d-\d\d")

Objekt = dict[str, Any]

# u: address, s: text, z: moment, d: day, b: yes or no, i: number; [x]: a list of them; @X: address of an X;
# #X: address of an external list of X; X alone: an X that stands inside
_ALLE = {
    "id": "u",
    "type": "s",
    "created": "z",
    "modified": "z",
    "deleted": "b",
    "web": "u",
    "keyword": "[s]",
}
ARTEN: Mapping[str, Mapping[str, str]] = {
    "System": {
        "oparlVersion": "u",
        "otherOparlVersions": "[u]",
        "license": "u",
        "body": "#Body",
        "name": "s",
        "contactEmail": "s",
        "contactName": "s",
        "website": "u",
        "vendor": "u",
        "product": "u",
    },
    "Body": {
        "system": "@System",
        "shortName": "s",
        "name": "s",
        "website": "u",
        "license": "u",
        "licenseValidSince": "z",
        "oparlSince": "z",
        "ags": "s",
        "rgs": "s",
        "equivalent": "[u]",
        "contactEmail": "s",
        "contactName": "s",
        "organization": "#Organization",
        "person": "#Person",
        "meeting": "#Meeting",
        "paper": "#Paper",
        "legislativeTerm": "[LegislativeTerm]",
        "agendaItem": "#AgendaItem",
        "consultation": "#Consultation",
        "file": "#File",
        "locationList": "#Location",
        "legislativeTermList": "#LegislativeTerm",
        "membership": "#Membership",
        "classification": "s",
        "location": "Location",
        "mainOrganization": "@Organization",
    },
    "Organization": {
        "body": "@Body",
        "name": "s",
        "membership": "[@Membership]",
        "meeting": "#Meeting",
        "consultation": "#Consultation",
        "shortName": "s",
        "post": "[s]",
        "subOrganizationOf": "@Organization",
        "organizationType": "s",
        "classification": "s",
        "startDate": "d",
        "endDate": "d",
        "website": "u",
        "location": "Location",
        "externalBody": "u",
        "memberCount": "i",
        "votingMemberCount": "i",
        "license": "s",
    },
    "Meeting": {
        "name": "s",
        "meetingState": "s",
        "cancelled": "b",
        "start": "z",
        "end": "z",
        "location": "Location",
        "organization": "[@Organization]",
        "participant": "[@Person]",
        "agendaItem": "[AgendaItem]",
        "license": "s",
    },
    "Location": {
        "description": "s",
        "streetAddress": "s",
        "room": "s",
        "postalCode": "s",
        "subLocality": "s",
        "locality": "s",
        "bodies": "[@Body]",
        "organizations": "[@Organization]",
        "meetings": "[@Meeting]",
        "license": "s",
    },
}
PFLICHT: Mapping[str, frozenset[str]] = {
    "System": frozenset({"oparlVersion", "body"}),
    "Body": frozenset(
        {
            "name",
            "organization",
            "person",
            "meeting",
            "paper",
            "legislativeTerm",
            "agendaItem",
            "consultation",
        }
        | {"file", "locationList", "legislativeTermList", "membership"}
    ),
}
IMMER = frozenset({"id", "type", "created", "modified"})


def check(dateien: Mapping[str, Any], adresse: str, system: str) -> list[str]:
    """Return every mistake in the files below ``adresse``: path -> JSON."""
    return list(_Pruefer(dateien, adresse).alles(system))


class _Pruefer:
    def __init__(self, dateien: Mapping[str, Any], adresse: str) -> None:
        self.nach_url = {adresse + pfad: inhalt for pfad, inhalt in dateien.items()}
        self.gesehen: set[str] = set()

    def alles(self, system: str) -> Iterator[str]:
        """Yield the mistakes of all files, then what is at no address and what nobody leads to."""
        for url, inhalt in self.nach_url.items():
            if "data" in inhalt:
                yield from self.liste(url, inhalt)
            else:
                if inhalt.get("id") != url:
                    yield f"{url}: has another id"
                yield from self.objekt(url, inhalt)
        anfang = self.nach_url.get(next((u for u in self.nach_url if u.endswith(system)), ""), {})
        if art(anfang) != "System":
            yield "there is no System to begin with"
        self.gesehen.add(str(anfang.get("id")))
        yield from (
            f"{url}: nothing leads here"
            for url, inhalt in self.nach_url.items()
            if url not in self.gesehen
            and not inhalt.get("deleted")
            and inhalt.get("links", {}).get("first") != url
        )

    def liste(self, url: str, seite: Objekt) -> Iterator[str]:
        """Yield the mistakes of one page of a list."""
        links, zahlen = seite.get("links", {}), seite.get("pagination", {})
        if links.get("self") != url:
            yield f"{url}: is called otherwise"
        for name, ziel in links.items():
            if ziel not in self.nach_url:
                yield f"{url}: {name} leads nowhere"
        self.gesehen.add(str(links.get("next")))
        seiten = [url]
        while seiten[-1] in self.nach_url and (weiter := self.nach_url[seiten[-1]]["links"].get("next")):
            seiten.append(weiter)
            if len(seiten) > 1_000:
                yield f"{url}: goes on without end"
                return
        if links.get("first") == url:
            alle = [o["id"] for s in seiten for o in self.nach_url[s]["data"]]
            if len(set(alle)) != len(alle) or zahlen.get("totalElements") != len(alle):
                yield f"{url}: {len(alle)} objects, some twice, or not as many as it says"
            if zahlen.get("totalPages") != len(seiten):
                yield f"{url}: has other pages than it says"
        if links.get("next") and len(seite["data"]) != zahlen.get("elementsPerPage"):
            yield f"{url}: a page that is not full"
        for objekt in seite["data"]:
            yield from self.innen(url, objekt)

    def innen(self, url: str, objekt: Objekt) -> Iterator[str]:
        """Yield the mistakes of an object that stands inside: it says what stands at its own address."""
        self.gesehen.add(objekt["id"])
        if objekt.get("deleted"):
            yield f"{url}: a deleted object stands inside"
        if self.nach_url.get(objekt["id"]) != objekt:
            yield f"{url}: {objekt['id']} says something else at its address"

    def objekt(self, url: str, objekt: Objekt) -> Iterator[str]:
        """Yield the mistakes of one object."""
        was = art(objekt)
        if was not in ARTEN:
            yield f"{url}: is no object of OParl"
            return
        if objekt.get("deleted"):
            if fehlt := IMMER - objekt.keys():
                yield f"{url}: deleted, and lacks {sorted(fehlt)}"
        elif fehlt := (IMMER | PFLICHT.get(was, frozenset())) - objekt.keys():
            yield f"{url}: lacks {sorted(fehlt)}"
        felder = {**ARTEN[was], **_ALLE}
        for name, wert in objekt.items():
            if ":" not in name:
                if name not in felder:
                    yield f"{url}: {name} is unknown"
                else:
                    yield from (f"{url}: {name} {fehler}" for fehler in self.wert(felder[name], wert))
        zeiten = [objekt[key] for key in ("created", "modified") if ZEIT.fullmatch(str(objekt.get(key)))]
        if list(map(datetime.fromisoformat, zeiten)) != sorted(map(datetime.fromisoformat, zeiten)):
            yield f"{url}: was changed before it was made"
        if "start" in objekt and "end" in objekt and not objekt["start"] < objekt["end"]:
            yield f"{url}: ends before it begins"

    def wert(self, form: str, wert: object) -> Iterator[str]:
        """Yield what is wrong with a value of a form."""
        if form.startswith("["):
            if not isinstance(wert, list):
                yield "is no list"
                return
            for teil in wert:
                yield from self.wert(form[1:-1], teil)
        elif form in ARTEN or form in ("LegislativeTerm", "AgendaItem"):
            if not isinstance(wert, dict) or art(wert) != form:
                yield f"is no {form}"
            else:
                yield from self.innen("", wert)
        elif form[0] in "@#":
            yield from self.verweis(form, wert)
        elif form in "bi":
            if type(wert) is not {"b": bool, "i": int}[form]:
                yield "is of the wrong kind"
        elif not isinstance(wert, str) or not wert.strip():
            yield "is no text, or empty"
        elif form != "s" and not {"u": URL, "z": ZEIT, "d": TAG}[form].fullmatch(wert):
            yield f"is written wrongly: {wert}"

    def verweis(self, form: str, wert: object) -> Iterator[str]:
        """Yield what is wrong with an address of an object or of a list."""
        self.gesehen.add(str(wert))
        ziel = self.nach_url.get(str(wert))
        if ziel is None:
            yield f"leads nowhere: {wert}"
        elif form[0] == "@" and (art(ziel) != form[1:] or ziel.get("deleted")):
            yield f"leads to a {art(ziel)}, or to something deleted"
        elif form[0] == "#" and ("data" not in ziel or {art(o) for o in ziel["data"]} - {form[1:]}):
            yield f"leads to no list of {form[1:]}"


def art(objekt: Mapping[str, Any]) -> str:
    """Return the kind of an object."""
    return str(objekt.get("type", "")).removeprefix(SCHEMA)
