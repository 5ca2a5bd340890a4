"""The notice of a release: what changed for each Sitz, so that each gets one message and nobody two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from attrs import frozen

from gremienplan.release.werte import ALLE, Aenderung, Art, Ausgabe, Gesicht, Release, Veroeffentlicht

_AMT = "amt/"
_MIT_ENDE = {Art.VERLEGT, Art.ORT, Art.ENDE, Art.WIEDER}
"""Changes with which the end may change as well."""


@frozen
class Meldung:
    """One change as it was told: of which event, and when and where that was said to be."""

    aenderung: Aenderung
    ereignis: Veroeffentlicht
    beginn: datetime
    ort: str | None
    """Empty while it was open; None where the record no longer says what was told."""
    ende: datetime | None
    """None where the record no longer says what was told."""
    gesicht: Gesicht
    """What is told today: titles of then are not on record."""
    zuletzt: bool = True
    """Nothing was told of it since, so that all that is told today was told then."""


@frozen
class Nachricht:
    """One message: for whom, and what changed there, in the order of the dates."""

    publikum: str
    titel: str
    """The title of the audience's calendar."""
    meldungen: tuple[Meldung, ...]


@frozen
class Ohne:
    """A change of a Sitzung for those invited to it who have no calendar of their own: mandates and groups."""

    meldung: Meldung
    sitze: tuple[str, ...]
    namen: tuple[str, ...]
    """Of the Sitze, as the page has them today."""


def messages(release: Release, ausgabe: Ausgabe) -> Iterator[Nachricht]:
    """Yield a message for each Amt that a release concerns, sorted by its calendar's title.

    Each says when and where an event was to be as it was told then, whatever was told since.
    """
    titel = {k.publikum: k.titel for k in (*release.beendet, *release.kalender)}
    spaeter = _later(release, ausgabe)
    found: dict[str, list[Meldung]] = {}
    for aenderung in ausgabe.aenderungen:
        ereignis = release.nach_uid.get(aenderung.uid)
        for publikum in aenderung.publikum if ereignis else ():
            if ereignis and publikum.startswith(_AMT):
                danach = spaeter.get((aenderung.uid, publikum), [])
                found.setdefault(publikum, []).append(_as_told(aenderung, ereignis, publikum, danach))
    for publikum in sorted(found, key=lambda p: (titel.get(p, p), p)):
        betroffen = sorted(found[publikum], key=lambda one: (one.beginn, one.ereignis.uid))
        yield Nachricht(publikum, titel.get(publikum, publikum), tuple(betroffen))


def without_calendar(release: Release, ausgabe: Ausgabe) -> Iterator[Ohne]:
    """Yield what a release has told of Sitzungen to which others than Ämter are invited, in the order of the dates."""
    spaeter = _later(release, ausgabe)
    found: list[Ohne] = []
    for aenderung in ausgabe.aenderungen:
        ereignis = release.nach_uid.get(aenderung.uid)
        if ereignis is None or ALLE not in aenderung.publikum:
            continue
        seite = ereignis.seiten.get(release.sprache)
        sitze = {
            g.sitz: g.name
            for g in (seite.geladen if seite else ())
            if _AMT + g.sitz.replace("/", "-") not in ereignis.fassungen
        }
        if sitze:
            meldung = _as_told(aenderung, ereignis, ALLE, spaeter.get((aenderung.uid, ALLE), []))
            found.append(Ohne(meldung, tuple(sitze), tuple(sitze.values())))
    yield from sorted(found, key=lambda one: (one.meldung.beginn, one.meldung.ereignis.uid))


def _later(release: Release, ausgabe: Ausgabe) -> dict[tuple[str, str], list[Aenderung]]:
    """Return what was told of each event to each audience after a release, in the order of time."""
    found: dict[tuple[str, str], list[Aenderung]] = {}
    for danach in (a for a in release.ausgaben if a.nummer > ausgabe.nummer):
        for aenderung in danach.aenderungen:
            for publikum in aenderung.publikum:
                found.setdefault((aenderung.uid, publikum), []).append(aenderung)
    return found


def _as_told(
    aenderung: Aenderung, ereignis: Veroeffentlicht, publikum: str, danach: list[Aenderung]
) -> Meldung:
    """Return a change with the date and venue of then: what a later one says it was before, else those of today."""
    gesicht = ereignis.fassungen[publikum].gesicht
    beginn = next((a.bisher for a in danach if a.bisher is not None), gesicht.beginn)
    ort: str | None = gesicht.ort
    for spaeter in danach:
        if spaeter.bisher_ort is not None or spaeter.art is Art.ORT:
            ort = spaeter.bisher_ort or ""
            break
        if spaeter.art is Art.WIEDER:  # perhaps written by a version that did not note where it was
            ort = None
            break
    ende = None if any(a.art in _MIT_ENDE for a in danach) else gesicht.ende
    return Meldung(aenderung, ereignis, beginn, ort, ende, gesicht, not danach)
