"""An OParl server asked by address: from wherever it begins to its meetings, page by page."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from attrs import define, field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.adressen import ohne_geheimnis
from gremienplan.loading.oparl_json import Objekt, Seite, dekodiert
from gremienplan.loading.oparl_objekte import Art, Koerperschaft, kennung, schluessel
from gremienplan.loading.oparl_sammlung import Sammlung, erwartet, nenne
from gremienplan.ratskalender import Mangel
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.loading.netz import Netz

EINZELN = 400
"""So many bodies and places are asked for one by one."""
GENUG = 3
"""After so many failures in a row nobody asks for single objects any more."""
ZUGABE = timedelta(days=2)
"""Changes are asked for from a little before the last reading on: clocks differ, and some servers date back."""


def sammle_adresse(
    sammlung: Sammlung,
    netz: Netz,
    adresse: str,
    seit: datetime | None,
    koerperschaft: str | None,
    summe: hashlib._Hash,
) -> None:
    """Read whatever begins at ``adresse``; raises InputError if that is no OParl, or has no meetings."""
    weg = _Weg(sammlung, netz, summe, seit)
    weg.beginne(adresse.strip())
    for liste in dict.fromkeys(sammlung.systeme):
        weg.lies(liste, Art.KOERPERSCHAFT)
    wo = ohne_geheimnis(adresse)
    if sammlung.koerperschaften and not sammlung.hat_sitzungen:
        weg.lies_koerperschaft(_waehle(sammlung, koerperschaft, wo))
    elif not sammlung.hat_sitzungen:
        weg.lies_organe()
    if not sammlung.hat_sitzungen and not sammlung.leere_liste:
        meldung = Text("No OParl meetings stand here.")
        hinweis = Text(
            "Give the address of the OParl system, of one of its Bodies or of its list of meetings."
        )
        raise InputError([Problem(wo, "", meldung, hinweis=hinweis)])
    weg.lies_fehlende()


def _waehle(sammlung: Sammlung, name: str | None, wo: str) -> Koerperschaft:
    """Return the Body that is meant; raises InputError with all there are if nobody says which."""
    if name is not None:
        return sammlung.koerperschaft(name, wo)
    alle = list(sammlung.koerperschaften.values())
    if len(alle) > 1:
        meldung = Text("This server has several Bodies; give the address of one of them.")
        raise InputError([Problem(wo, "", meldung, hinweis=nenne(alle))])
    return alle[0]


@frozen
class _Gelesen:
    """A page that was read: where from, and which objects it had."""

    adresse: str
    seite: Seite
    kennungen: frozenset[str]
    arten: frozenset[Art]
    anzahl: int

    @property
    def weiter(self) -> str:
        """The address of the page behind it; empty if it is the last one."""
        links = self.seite.kopf.get("links")
        weiter = kennung(links.get("next")) if isinstance(links, dict) else ""
        try:
            ziel = urljoin(self.adresse, weiter) if weiter and not weiter.isdecimal() else ""
        except ValueError:
            return weiter
        return "" if schluessel(ziel) == schluessel(self.adresse) or not self.anzahl else ziel

    @property
    def seiten(self) -> int:
        """How many pages the list says it has; 1 if it does not say."""
        angabe = self.seite.kopf.get("pagination")
        zahl = angabe.get("totalPages") if isinstance(angabe, dict) else None
        return (
            int(zahl) if isinstance(zahl, str) and zahl.isascii() and zahl.isdigit() and len(zahl) < 7 else 1
        )


@define
class _Weg:
    """The way through a server: what was asked for already, and where the answers go."""

    sammlung: Sammlung
    netz: Netz
    summe: hashlib._Hash
    seit: datetime | None
    gesehen: set[str] = field(factory=set)

    def beginne(self, adresse: str) -> None:
        """Read the first address, and all pages if it is a list; of a long list of meetings only what changed."""
        erste = self._seite(adresse, erwartet(_pfad(adresse)))
        if not erste.seite.ist_liste:
            return
        was = next((art for art in Art if art in erste.arten), Art.ANDERES)
        if not (was is Art.SITZUNG and erste.weiter and self._aenderungen(adresse)):
            self._weiter(erste, was)

    def lies_koerperschaft(self, haus: Koerperschaft) -> None:
        """Read bodies, places and meetings of a Body; raises InputError if the meetings cannot be read."""
        for listen, was in ((haus.gremien, Art.GREMIUM), (haus.orte, Art.ORT)):
            for liste in listen:
                try:
                    self.lies(liste, was)
                except InputError as error:
                    self.sammlung.verliere(Mangel.VERWEIS_FEHLT, ohne_geheimnis(liste), _status(error))
        for liste in haus.sitzungen:
            self._sitzungen(liste)
        if not haus.sitzungen:
            self.lies_organe()

    def lies_organe(self) -> None:
        """Read the meetings of every body, where nothing names a list of all."""
        for liste in [liste for organ in self.sammlung.organe.values() for liste in organ.sitzungen]:
            self._sitzungen(liste)

    def lies_fehlende(self) -> None:
        """Ask one by one for bodies and places that meetings name, until too many cannot be had."""
        for adressen, was in zip(self.sammlung.fehlende(), (Art.GREMIUM, Art.ORT), strict=True):
            misslungen = 0
            for adresse in [adresse for adresse in adressen if self.netz.darf(adresse)][:EINZELN]:
                try:
                    self._seite(adresse, was)
                except InputError:
                    misslungen += 1
                else:
                    misslungen = 0
                if misslungen == GENUG:
                    break

    def lies(self, adresse: str, was: Art) -> None:
        """Read a list and all pages behind it. Raises InputError if its first page cannot be read."""
        if schluessel(adresse) not in self.gesehen:
            self._weiter(self._seite(adresse, was), was)

    def _sitzungen(self, adresse: str) -> None:
        """Read a list of meetings: what changed, or all of it where the server cannot say that."""
        if not self._aenderungen(adresse):
            self.lies(adresse, Art.SITZUNG)

    def _aenderungen(self, adresse: str) -> bool:
        """Read what changed in a list of meetings; False if nobody asked for that, or the server cannot say it."""
        if self.seit is None:
            return False
        seit = (self.seit.replace(tzinfo=self.sammlung.zone) - ZUGABE).astimezone(UTC)
        # written so that nothing has to be encoded, and without fractions: some servers do not take either
        frage = f"modified_since={seit:%Y-%m-%dT%H:%M:%SZ}"
        try:
            self.lies(f"{adresse}{'&' if '?' in adresse else '?'}{frage}", Art.SITZUNG)
        except InputError:
            return False
        self.sammlung.vollstaendig = False
        return True

    def _weiter(self, gelesen: _Gelesen, was: Art) -> None:
        """Read the pages behind a page. One that cannot be read, or says nothing new, ends the list with a loss."""
        bekannt = set(gelesen.kennungen)
        anzahl = 1
        while weiter := gelesen.weiter:
            try:
                if schluessel(weiter) in self.gesehen:
                    self.sammlung.verliere(Mangel.SEITE_FEHLT, ohne_geheimnis(weiter))
                    return
                gelesen = self._seite(weiter, was)
            except InputError as error:
                self.sammlung.verliere(Mangel.SEITE_FEHLT, ohne_geheimnis(weiter), _status(error))
                return
            if gelesen.kennungen and bekannt >= gelesen.kennungen:
                self.sammlung.verliere(Mangel.SEITE_FEHLT, ohne_geheimnis(weiter))
                return
            bekannt |= gelesen.kennungen
            anzahl += 1
        if anzahl < gelesen.seiten and gelesen.anzahl:
            wie_weit = f"{anzahl}/{gelesen.seiten}"
            self.sammlung.verliere(Mangel.SEITE_FEHLT, ohne_geheimnis(gelesen.adresse), wie_weit)

    def _seite(self, adresse: str, was: Art) -> _Gelesen:
        """Read one page into the collection. Raises InputError if there is none, or an error in its place."""
        wo = ohne_geheimnis(adresse)
        seite = self._hole(adresse, wo)
        kennungen: set[str] = set()
        arten: set[Art] = set()
        anzahl = 0
        for stueck in seite.objekte():
            anzahl += 1
            arten.add(self.sammlung.nimm(stueck, wo, was))
            if isinstance(stueck, Objekt) and (id_ := kennung(stueck.wert.get("id"))):
                kennungen.add(id_)
        if fehler := seite.fehler:
            raise InputError([Problem(wo, "", Text("The server answers with an error of its own."), fehler)])
        if seite.ist_leer or (seite.ist_liste and not anzahl):
            self.sammlung.leere_liste = self.sammlung.leere_liste or was in (Art.SITZUNG, Art.ANDERES)
        return _Gelesen(adresse, seite, frozenset(kennungen), frozenset(arten), anzahl)

    def _hole(self, adresse: str, wo: str) -> Seite:
        """Fetch an answer; raises InputError if there is none, or if it is no JSON."""
        from gremienplan.loading.netz import Abgewiesen

        self.gesehen.add(schluessel(adresse))
        try:
            roh = self.netz.hole(adresse).inhalt
        except Abgewiesen as error:
            seite = Seite(dekodiert(error.inhalt))
            list(seite.objekte())
            if not seite.ist_leer:
                raise
            return Seite(seite.text)
        self.summe.update(roh)
        seite = Seite(dekodiert(roh))
        if not seite.ist_json:
            meldung = Text("This answer is no OParl.")
            if seite.text.lstrip().startswith("<"):
                meldung = Text("This answer is a web page, no OParl.")
            raise InputError([Problem(wo, "", meldung)])
        return seite


def _pfad(adresse: str) -> str:
    """Return an address without its host and its query, whatever it is."""
    return re.sub(r"^\w+://[^/]*", "", adresse).partition("?")[0]


def _status(error: InputError) -> str:
    """Return the number of the error a server answered with; empty if it did not answer."""
    status: object = getattr(error, "status", "")
    return str(status)
