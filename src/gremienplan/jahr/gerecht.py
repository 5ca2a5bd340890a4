"""Whose loads there are in a year: every Sitz with its duties, or the person who holds several; every Gremium."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import evolve

from gremienplan import requirements as req
from gremienplan.jahr.grund import Grund
from gremienplan.jahr.personen import by_person
from gremienplan.jahr.pflichten import dienste as alle_dienste
from gremienplan.programm import wuensche as w
from gremienplan.projekt import Projekt
from gremienplan.requirements import Dienst, Last, Pflicht, Was

WERKTAGE = range(7)


def ausgleich(grund: Grund, x: w.Ausgleich, dienste: tuple[Dienst, ...]) -> Iterator[req.Ausgleich]:
    """Yield a wish per step; nothing where nobody bears anything."""
    who = (*lasten(grund, dienste, x.rollen), *gremien(grund, x.gremium))
    if x.was is Was.WOCHENTAGE:
        who = tuple(evolve(last, wochentag=tag) for last in who for tag in WERKTAGE)
    if x.was is not Was.WEGE:
        who = tuple(evolve(last, fern=()) for last in who)
    for schritt in range(x.tiefe) if who else ():
        key = f"{x.id}:{schritt}" if schritt else x.id
        yield req.Ausgleich(key, x.grundlage, x.stufe + schritt, x.was, who, x.ab, schritt, x.gewicht)


def lasten(
    grund: Grund, dienste: tuple[Dienst, ...], rollen: Collection[str] | None = None
) -> tuple[Last, ...]:
    """Return the Sitze of these Rollen (or these Sitze; None: all) with what they have to attend.

    While one person holds several of them, they are one. Absences are no load; sittings of the council are.
    """
    found: dict[str, list[Dienst]] = {}
    for dienst in by_person(grund, dienste):
        sittings = tuple(b for b in dienst.belegt if b.sitzung)
        found.setdefault(dienst.sitz, []).append(evolve(dienst, belegt=sittings))
    return tuple(
        Last(sitz, tuple(parts), fern=_fern(grund, parts))
        for sitz, parts in found.items()
        if rollen is None or any(_means(rollen, s) for part in parts for s in (part.sitz, *part.mit))
    )


def _means(rollen: Collection[str], sitz: str) -> bool:
    return sitz in rollen or sitz.partition("/")[0] in rollen


def _fern(grund: Grund, parts: Collection[Dienst]) -> tuple[str, ...]:
    """Return the Orte that do not lie within the areas of these Sitze."""
    stadt = grund.projekt.stadt
    own = frozenset().union(
        *(stadt.alle_sitze[s].gebiet.atome for part in parts for s in (part.sitz, *part.mit))
    )
    gebiete = {key: g for f in grund.fassungen for key, g in f.gebiet.items()}
    return tuple(id for id, ort in grund.orte.items() if not gebiete[ort.gebiet].atome <= own)


def gremien(grund: Grund, namen: Collection[str] | None = None) -> tuple[Last, ...]:
    """Return the Gremien of these kinds (or these Gremien; None: all) with the Sitzungen they hold."""
    found: dict[str, list[Pflicht]] = {}
    for s in grund.sitzungen:
        if namen is None or {s.gremium.art.id, s.gremium.id} & set(namen):
            found.setdefault(s.gremium.id, []).append(Pflicht(s.id))
    return tuple(Last(gremium, (Dienst(gremium, tuple(held)),)) for gremium, held in found.items())


def traeger(projekt: Projekt, jahr: int) -> tuple[tuple[Last, ...], tuple[Last, ...]]:
    """Return who bears anything in a year: every Sitz, and every Gebiet for the Sitzungen of its Gremien."""
    grund = Grund(projekt, jahr, projekt.sitzungen(jahr), projekt.beratungen(jahr))
    held: dict[str, list[Pflicht]] = {}
    for s in grund.sitzungen:
        held.setdefault(s.gremium.gebiet.key, []).append(Pflicht(s.id))
    gebiete = tuple(Last(key, (Dienst(key, tuple(mine)),)) for key, mine in held.items())
    return lasten(grund, alle_dienste(grund)), gebiete
