"""What is over or was held: whatever rules and city say later, it stays as it was told, but for the minutes.

Each audience is judged by what it was told itself, and residents hear of a date that is no longer held back, so that
nobody learns from a date what others were told of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from attrs import evolve

from gremienplan.publishing.ereignistext import protokoll_text
from gremienplan.release import (
    OEFFENTLICH,
    Entwurf,
    Gemeldet,
    Gesicht,
    Release,
    Seite,
    Status,
    Veroeffentlicht,
)
from gremienplan.texts import render


def as_told(
    entwurf: Entwurf, vorher: Release | None, stand: datetime, gehalten: Collection[tuple[int, str]]
) -> Entwurf:
    """Return what is to be public, where what has ended by ``stand``, or is in ``gehalten``, stays as it was told.

    ``gehalten`` are Sitzungen that were held, by year and id. What the plan itself says anew is told: cancelled, at
    another time, or on a date of which nobody was told. Deadlines of the past stay, too.
    """
    if vorher is None:
        return entwurf
    ereignisse = [
        _as_told(neu, vorher.nach_uid[neu.uid], entwurf.sprache)
        if neu.uid in vorher.nach_uid and _over(neu, stand, gehalten)
        else neu
        for neu in entwurf.ereignisse
    ]
    ereignisse += _deadlines(entwurf, vorher, stand)
    return evolve(entwurf, ereignisse=tuple(sorted(ereignisse, key=lambda e: e.uid)))


def _over(neu: Gemeldet, stand: datetime, gehalten: Collection[tuple[int, str]]) -> bool:
    held = (neu.jahr, neu.kennung) in gehalten
    return held or all(gesicht.ende <= stand for gesicht in neu.gesichter.values())


def _as_told(neu: Gemeldet, alt: Veroeffentlicht, sprache: str) -> Gemeldet:
    """Return an event of the past with the faces and the pages that were told of it, where it was told as it was."""
    jetzt = next(iter(neu.gesichter.values()))
    bleibt = {
        publikum: evolve(gesicht, worte=_minutes(gesicht.worte, jetzt.worte, sprache))
        for publikum, gesicht in _taking_place(alt)
        if (gesicht.beginn, gesicht.ende) == (jetzt.beginn, jetzt.ende)
    }
    if jetzt.status is Status.CANCELLED or not bleibt:
        return neu
    oeffentlich = {p: bleibt.pop(p, gesicht) for p, gesicht in neu.gesichter.items() if p == OEFFENTLICH}
    bleibt.pop(OEFFENTLICH, None)
    return evolve(neu, gesichter=bleibt | oeffentlich, seiten=_pages(neu, alt))


def _taking_place(alt: Veroeffentlicht) -> Iterator[tuple[str, Gesicht]]:
    """Yield who was told that an event takes place, and what."""
    for publikum, fassung in alt.fassungen.items():
        if not fassung.abgesagt:
            yield publikum, fassung.gesicht


def _pages(neu: Gemeldet, alt: Veroeffentlicht) -> Mapping[str, Seite]:
    return {
        sprache: evolve(
            seite,
            worte=_minutes(seite.worte, neu.seiten[sprache].worte, sprache),
            oeffentlich=seite.oeffentlich and _minutes(seite.oeffentlich, neu.seiten[sprache].worte, sprache),
        )
        for sprache, seite in alt.seiten.items()
        if sprache in neu.seiten
    }


def _minutes(worte: tuple[str, ...], jetzt: tuple[str, ...], sprache: str) -> tuple[str, ...]:
    """Return what was told, but with the minutes there are now."""
    vorsatz = render(protokoll_text(""), sprache)
    ohne = tuple(wort for wort in worte if not wort.startswith(vorsatz))
    return (*ohne, *(wort for wort in jetzt if wort.startswith(vorsatz)))


def _deadlines(entwurf: Entwurf, vorher: Release, stand: datetime) -> Iterator[Gemeldet]:
    """Yield the deadlines of published years that were over when the rules dropped them."""
    jetzt = {e.uid for e in entwurf.ereignisse}
    for alt in vorher.ereignisse:
        if alt.frist and alt.uid not in jetzt and str(alt.jahr) in entwurf.zustaende:
            gesichter = {p: gesicht for p, gesicht in _taking_place(alt) if gesicht.ende <= stand}
            if gesichter:
                yield Gemeldet(
                    alt.uid,
                    alt.kennung,
                    alt.jahr,
                    alt.gremium,
                    alt.gebiet,
                    gesichter,
                    alt.seiten,
                    nummer=alt.nummer,
                )
