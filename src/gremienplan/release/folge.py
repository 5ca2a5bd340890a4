"""From one release to the next: who has to be told what, and nothing else changes.

For each event and audience what is to be read now is held against what was told last. Equal: not a byte changes.
Different: the count goes up by one, and the change is of now. Gone: the audience is told that it is cancelled, or
that it is no longer invited; that stays on record, so that whatever takes place again goes on counting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from attrs import evolve

from gremienplan.errors import InputError, Problem
from gremienplan.release.werte import (
    OEFFENTLICH,
    Aenderung,
    Art,
    Ausgabe,
    Entwurf,
    Fassung,
    Gemeldet,
    Gesicht,
    Kalender,
    Offen,
    Release,
    Status,
    Veroeffentlicht,
)
from gremienplan.texts import Text

Absagen = Callable[[Gesicht, bool], Gesicht]
"""Returns the face of what does not take place (False), or takes place without the audience (True)."""
Anfang = Callable[[str], int]
"""Returns from where on an audience is counted what it is told for the first time."""


def follow(
    vorher: Release | None,
    jetzt: Entwurf,
    stand: datetime,
    absagen: Absagen,
    anfang: Anfang = lambda _: 0,
) -> Release:
    """Return the release after ``vorher`` (None: the first); where nothing was told anew, no entry is added.

    What an audience is told for the first time after the first release is counted from its ``anfang`` on.

    Of years that nobody can say anew all stays as it was told: the events, what is open, and the calendars they need.
    Events of years that are no longer published leave without a word; they stay on record, to go on counting if their
    year is published again. Raises InputError where something changed and ``stand`` lies before the last release, and
    where the two are of different cities.
    """
    ereignisse = tuple(_events(vorher, jetzt, stand, absagen, anfang))
    alt = vorher.nach_uid if vorher else {}
    aenderungen = tuple(
        aenderung for neu in ereignisse for aenderung in _changes(alt.get(neu.uid), neu) if vorher
    )
    ausgaben = vorher.ausgaben if vorher else ()
    if vorher and vorher.stadt != jetzt.stadt:
        meldung = Text("What was published here is of another city: {stadt}", stadt=vorher.stadt)
        raise InputError([Problem("veroeffentlicht.json", "stadt", meldung, vorher.stadt)])
    if not vorher or aenderungen or dict(ausgaben[-1].zustaende) != dict(jetzt.zustaende):
        if vorher and stand < vorher.stand:
            meldung = Text("This lies before the last release: {stand}", stand=vorher.stand)
            hinweis = Text(
                "Name a time that is not before it. If that one is wrong itself, go back to a copy of the file."
            )
            raise InputError(
                [Problem("veroeffentlicht.json", "ausgaben", meldung, stand.isoformat(), hinweis)]
            )
        nummer = ausgaben[-1].nummer + 1 if ausgaben else 1
        ausgaben = (*ausgaben, Ausgabe(nummer, stand, dict(jetzt.zustaende), aenderungen))
    kalender = _calendars(vorher, jetzt)
    return Release(
        stadt=jetzt.stadt,
        name=jetzt.name,
        domain=jetzt.domain,
        zeitzone=jetzt.zeitzone,
        sprache=jetzt.sprache,
        kalender=kalender,
        beendet=_ended(vorher, kalender),
        ereignisse=ereignisse,
        offen=tuple(sorted((*jetzt.offen, *_still_open(vorher, jetzt)), key=lambda one: one.jahr)),
        ausgaben=ausgaben,
    )


def _calendars(vorher: Release | None, jetzt: Entwurf) -> tuple[Kalender, ...]:
    """Return the calendars there are now, and those that years which stay as they were told still need."""
    bleiben = {
        publikum
        for ereignis in (vorher.ereignisse if vorher else ())
        if ereignis.jahr in jetzt.unveraendert
        for publikum in ereignis.fassungen
    }
    alte = {k.name: k for k in (vorher.kalender if vorher else ()) if k.publikum in bleiben}
    found = alte | {k.name: k for k in jetzt.kalender}
    return tuple(found[name] for name in sorted(found))


def _still_open(vorher: Release | None, jetzt: Entwurf) -> Iterator[Offen]:
    yield from (one for one in (vorher.offen if vorher else ()) if one.jahr in jetzt.unveraendert)


def _ended(vorher: Release | None, kalender: Iterable[Kalender]) -> tuple[Kalender, ...]:
    laufend = {k.publikum for k in kalender}
    fruehere = (*vorher.beendet, *vorher.kalender) if vorher else ()
    found = {k.publikum: k for k in fruehere if k.publikum not in laufend}
    return tuple(found[publikum] for publikum in sorted(found))


def _events(
    vorher: Release | None, jetzt: Entwurf, stand: datetime, absagen: Absagen, anfang: Anfang
) -> Iterator[Veroeffentlicht]:
    """Yield every event that was or is told, sorted by UID."""
    alt = vorher.nach_uid if vorher else {}
    neu = {e.uid: e for e in jetzt.ereignisse}
    for uid in sorted(alt.keys() | neu.keys()):
        if uid in alt and alt[uid].jahr in jetzt.unveraendert:
            yield alt[uid]
            continue
        if uid in alt and uid not in neu and str(alt[uid].jahr) not in jetzt.zustaende:
            yield alt[uid]  # on record, and no longer shown
            continue
        was = neu.get(uid) or _silent(alt[uid])
        bisher = alt[uid].fassungen if uid in alt else {}
        if vorher:
            was = _held(was)
        noch = any(g.status is not Status.CANCELLED for g in was.gesichter.values())
        fassungen = {
            publikum: _told(
                was,
                publikum,
                bisher.get(publikum),
                stand,
                absagen,
                None if vorher is None else anfang(publikum),
                noch=noch,
            )
            for publikum in sorted(bisher.keys() | was.gesichter.keys())
        }
        if fassungen:
            yield Veroeffentlicht(
                uid, was.kennung, was.jahr, was.gremium, was.gebiet, fassungen, was.seiten, was.nummer
            )


def _held(was: Gemeldet) -> Gemeldet:
    """Return an event as it is told to those for whom it takes place: what was told says who hears of its end."""
    gesichter = {p: g for p, g in was.gesichter.items() if g.status is not Status.CANCELLED}
    return evolve(was, gesichter=gesichter)


def _silent(alt: Veroeffentlicht) -> Gemeldet:
    """Return an event of which the plan no longer says anything."""
    return Gemeldet(
        alt.uid, alt.kennung, alt.jahr, alt.gremium, alt.gebiet, {}, alt.seiten, nummer=alt.nummer
    )


def _told(
    was: Gemeldet,
    publikum: str,
    bisher: Fassung | None,
    stand: datetime,
    absagen: Absagen,
    anfang: int | None,
    *,
    noch: bool,
) -> Fassung:
    """Return what an audience is told; ``anfang``: None in the first release; ``noch``: it takes place for somebody."""
    gesicht = was.gesichter.get(publikum)
    if bisher is None:
        if gesicht is None:
            raise AssertionError("an audience that neither was told nor is to be told")
        if anfang is None:
            bisher_beginn = None if gesicht.status is Status.CANCELLED else was.bisher
            return Fassung(gesicht, was.sequenz, was.geaendert or stand, bisher=bisher_beginn)
        return Fassung(gesicht, anfang, stand)
    if gesicht is None:
        if bisher.abgesagt:
            return bisher
        gesicht = absagen(bisher.gesicht, noch and publikum != OEFFENTLICH)
    if gesicht == bisher.gesicht:
        return bisher
    zuletzt = bisher.spaetestens if bisher.spaetestens > gesicht.beginn else None
    return Fassung(gesicht, bisher.sequenz + 1, stand, zuletzt, _moved_from(bisher, gesicht))


def _moved_from(bisher: Fassung, gesicht: Gesicht) -> datetime | None:
    """Return from when an audience was told that an event is moved; a cancellation forgets what lies before it."""
    if bisher.abgesagt or gesicht.status is Status.CANCELLED:
        return None
    return bisher.bisher if bisher.gesicht.beginn == gesicht.beginn else bisher.gesicht.beginn


def _changes(alt: Veroeffentlicht | None, neu: Veroeffentlicht) -> Iterator[Aenderung]:
    """Yield what changed of an event, audiences with the same change together."""
    bisher: Mapping[str, Fassung] = alt.fassungen if alt else {}
    noch = any(not fassung.abgesagt for fassung in neu.fassungen.values())
    found: dict[Aenderung, list[str]] = {}
    for publikum, fassung in neu.fassungen.items():
        frueher = bisher.get(publikum)
        if frueher is None or fassung != frueher:
            was = _change(neu.uid, frueher, fassung, noch=noch)
            found.setdefault(was, []).append(publikum)
    for aenderung, publikum_ in found.items():
        yield evolve(aenderung, publikum=tuple(publikum_))


def _change(uid: str, frueher: Fassung | None, fassung: Fassung, *, noch: bool) -> Aenderung:
    """Return what a change is to one audience: the weightiest there is."""
    if frueher is None:
        return Aenderung(uid, Art.ABGESAGT if fassung.abgesagt else Art.NEU, ())
    war, ist = frueher.gesicht, fassung.gesicht
    anders = war.beginn != ist.beginn
    bisher = war.beginn if anders else None
    bisher_ort = war.ort if war.ort != ist.ort else None
    if fassung.abgesagt:
        return Aenderung(uid, Art.AUSGELADEN if noch else Art.ABGESAGT, ())
    if frueher.abgesagt:
        return Aenderung(uid, Art.WIEDER, (), bisher, bisher_ort)
    if anders:
        return Aenderung(uid, Art.VERLEGT, (), bisher, bisher_ort)
    if bisher_ort is not None:
        return Aenderung(uid, Art.ORT, (), None, bisher_ort)
    if war.ende != ist.ende:
        return Aenderung(uid, Art.ENDE, ())
    gewiss = (war.status, war.oeffentlich) == (ist.status, ist.oeffentlich)
    return Aenderung(uid, Art.WORTE if gewiss else Art.STATUS, ())
