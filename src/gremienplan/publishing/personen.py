"""Personal calendars: who holds a Sitz on the day of an event is told of it, once, with all the Sitze it holds then.

Persons are audiences like others, with a record of their own (``personen.json``): each is told what changed for it,
and that it is no longer invited when it holds the Sitz no more. The record is private, and names nobody: a person is
a mark that only besetzung.csv can tell. Who is taken out of besetzung.csv is forgotten here as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from attrs import evolve, frozen

from gremienplan.besetzung import Besetzung
from gremienplan.publishing.feeds import cancelled
from gremienplan.release import (
    ALLE,
    Entwurf,
    Fassung,
    Gemeldet,
    Gesicht,
    Kalender,
    Release,
    Status,
    Veroeffentlicht,
    follow,
)
from gremienplan.texts import Text, render
from gremienplan.tokens import mark

_ROLLE = "rolle/"
_FARBE = "mediumpurple"
_EPOCHE = datetime(2020, 1, 1)
_STATT = "stattfindend"
"""Stands among the audiences of an event that takes place, so that nobody is told of its end who only lost a Sitz."""


def person_publikum(marke: str) -> str:
    """Return the audience that is one person."""
    return f"person/{marke}"


def person_kalender(release: Release, marke: str) -> Kalender:
    """Return the calendar of a person, whether it has been told of anything or not."""
    titel = f"{release.name}: {render(Text('Personal calendar'), release.sprache)}"
    return Kalender(person_publikum(marke), titel, _FARBE)


def persons(
    release: Release,
    besetzung: Besetzung,
    stand: datetime,
    vorher: Release | None = None,
    *,
    erstmals: bool = True,
) -> Release:
    """Return what every person has been told, after ``vorher``; ``stand`` is the time of what is told anew.

    ``release`` is what has been published; ``erstmals`` is False where something was before it: then a record that is
    not there (None) may have been lost, and nobody is counted from the beginning. Raises InputError where
    something changed and ``stand`` lies before the
    last record.
    """
    personen = _Personen(release, besetzung)
    entwurf = Entwurf(
        stadt=release.stadt,
        name=release.name,
        domain=release.domain,
        zeitzone=release.zeitzone,
        sprache=release.sprache,
        zustaende=release.ausgaben[-1].zustaende,
        kalender=tuple(person_kalender(release, marke) for marke in sorted(personen.marken.values())),
        ereignisse=tuple(personen.events()),
    )

    def absagen(gesicht: Gesicht, noch: bool) -> Gesicht:
        return cancelled(gesicht, release.sprache, noch=noch)

    bekannt = {k.publikum for k in entwurf.kalender} | {_STATT}
    bisher = {k.publikum for k in vorher.kalender} | {_STATT} if vorher else set()

    def anfang(publikum: str) -> int:
        return 0 if publikum in bisher else _since_epoch(stand)

    found = follow(vorher and _forget(vorher, bekannt), entwurf, stand, absagen, anfang)
    return found if vorher or erstmals else _counted_from(found, _since_epoch(stand))


def _since_epoch(stand: datetime) -> int:
    """Return where the count begins for who was forgotten, or whose record was lost: programs may show the old dates.

    By then each has been counted on less than once a minute; and the minute tells it no more than LAST-MODIFIED does.
    """
    return (stand - _EPOCHE) // timedelta(minutes=1)


def _counted_from(record: Release, anfang: int) -> Release:
    """Return a record that begins, with everything counted from here on."""
    return evolve(
        record,
        ereignisse=tuple(
            evolve(
                e,
                fassungen={p: evolve(f, sequenz=anfang) for p, f in e.fassungen.items()},
            )
            for e in record.ereignisse
        ),
    )


@frozen
class _Personen:
    """Who is to be told of what."""

    release: Release
    besetzung: Besetzung

    @property
    def marken(self) -> Mapping[str, str]:
        """Key of a person -> its mark."""
        alle = (i.person for i in self.besetzung.innehabungen)
        return {person: mark(self.release.domain, person) for person in alle}

    def events(self) -> Iterator[Gemeldet]:
        """Yield every event that takes place and concerns somebody, as each person is to read it."""
        marken = self.marken
        for ereignis in self.release.gezeigt:
            gemeinsam = _shared(ereignis)
            if gemeinsam is not None:
                gesichter = {
                    person_publikum(marken[person]): evolve(gemeinsam, worte=(*eigene, *gemeinsam.worte))
                    for person, eigene in self._roles(ereignis, gemeinsam).items()
                }
                gesichter[_STATT] = Gesicht(gemeinsam.beginn, gemeinsam.ende, "", Status.CONFIRMED)
                yield Gemeldet(
                    ereignis.uid,
                    ereignis.kennung,
                    ereignis.jahr,
                    ereignis.gremium,
                    ereignis.gebiet,
                    gesichter,
                )

    def _roles(self, ereignis: Veroeffentlicht, gesicht: Gesicht) -> Mapping[str, list[str]]:
        """Return who is told of an event: person -> what it reads for each Sitz it holds on that day."""
        seite = ereignis.seiten.get(self.release.sprache)
        found: dict[str, list[str]] = {}
        for geladen in seite.geladen if seite else ():
            for person in self.besetzung.inhaber(geladen.sitz, gesicht.beginn.date()):
                worte = [f"{geladen.name}: {wort}" for wort in geladen.worte] or [geladen.name]
                found.setdefault(person, []).extend(worte)
        return found


def _shared(ereignis: Veroeffentlicht) -> Gesicht | None:
    """Return what everybody reads of an event who is told of it; None where it does not take place."""
    for publikum, fassung in ereignis.fassungen.items():
        if (publikum == ALLE or publikum.startswith(_ROLLE)) and not fassung.abgesagt:
            return fassung.gesicht
    return None


def _forget(vorher: Release, bekannt: set[str]) -> Release:
    """Return a record without the persons that nobody knows any more."""

    def known(fassungen: Mapping[str, Fassung]) -> Mapping[str, Fassung]:
        return {p: fassung for p, fassung in fassungen.items() if p in bekannt}

    return evolve(
        vorher,
        kalender=tuple(k for k in vorher.kalender if k.publikum in bekannt),
        beendet=(),
        ereignisse=tuple(evolve(e, fassungen=known(e.fassungen)) for e in vorher.ereignisse),
        ausgaben=tuple(
            evolve(
                ausgabe,
                aenderungen=tuple(
                    evolve(a, publikum=still)
                    for a in ausgabe.aenderungen
                    if (still := tuple(p for p in a.publikum if p in bekannt))
                ),
            )
            for ausgabe in vorher.ausgaben
        ),
    )
