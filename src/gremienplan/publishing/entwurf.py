"""What a project is to publish now: the calendars there are, and every event as each audience is to read it.

A calendar exists as soon as its Gremium, Gebiet, Rolle or Amt can be concerned, events or not, so that a subscription
never runs into nothing. Mandates and groups have none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from types import MappingProxyType

from gremienplan.errors import InputError, Problem
from gremienplan.plan import Plan, abgesagte, as_planned
from gremienplan.projekt import Projekt
from gremienplan.publishing.ereignisse import entries, kenntnis_von
from gremienplan.publishing.fristkalender import deadlines
from gremienplan.publishing.publikum import (
    STADT,
    amt_publikum,
    gebiet_publikum,
    gremium_publikum,
    rolle_publikum,
)
from gremienplan.release import ALLE, FRISTEN, OEFFENTLICH, Entwurf, Kalender, Offen
from gremienplan.rules import Regel
from gremienplan.stadt import Gebiet, Gremium, Klasse, RollenArt, Sitz, Stadt
from gremienplan.texts import LANGUAGES, Text, render


class Feedart(Enum):
    """What a calendar is about; the value is its colour (CSS 3)."""

    ALLE = "navy"
    OEFFENTLICH = "firebrick"
    FRISTEN = "dimgray"
    GREMIUM = "teal"
    GEBIET = "seagreen"
    ROLLE = "peru"
    AMT = "slateblue"


def draft(
    projekt: Projekt,
    plan: Plan,
    *,
    fruehere: Sequence[Plan] = (),
    projekte: Mapping[int, Projekt | None] = MappingProxyType({}),
    sprache: str = "de",
    zurueck: Collection[tuple[int, str]] = (),
    erstmals: bool = False,
) -> Entwurf:
    """Return all that is to be public of a plan and those of other years.

    ``projekte`` are the projects of other years, where they are not ``projekt``; None: nobody's, so that all stays as
    it was told. ``zurueck`` are Sitzungen, by year and id, that residents are not told of yet; ``erstmals``: nobody was
    told of a draft. Raises InputError with everything that keeps the plans from being published.
    """
    stadt, plaene = projekt.stadt, (plan, *fruehere)
    own = {p.jahr: projekte.get(p.jahr, projekt) for p in fruehere} | {plan.jahr: projekt}
    ereignisse = list(entries(own, plan, sprache, fruehere, zurueck, erstmals=erstmals))
    gesagt = [(eigenes, p) for p in plaene if (eigenes := own[p.jahr])]
    for eigenes, jeder in gesagt:
        ereignisse += deadlines(eigenes, jeder, sprache)
    return Entwurf(
        stadt=stadt.id,
        name=stadt.name,
        domain=stadt.domain,
        zeitzone=stadt.zeitzone,
        sprache=sprache,
        zustaende={str(p.jahr): p.zustand.value for p in sorted(plaene, key=lambda p: p.jahr)},
        kalender=_all_calendars(gesagt, sprache),
        ereignisse=tuple(sorted(ereignisse, key=lambda e: e.uid)),
        offen=tuple(one for eigenes, p in gesagt for one in _open(eigenes, p)),
        unveraendert=frozenset(p.jahr for p in plaene if own[p.jahr] is None),
    )


def _open(projekt: Projekt, plan: Plan) -> Iterator[Offen]:
    """Yield the Sitzungen that wait for a date; Beratungen wait with them and are not named."""
    bekannt = {s.id: s for s in as_planned(projekt, plan).sitzungen(plan.jahr)}
    for kennung in plan.offen:
        if (sitzung := bekannt.get(kennung)) is not None:
            yield Offen(
                kennung,
                plan.jahr,
                sitzung.gremium.id,
                sitzung.gebiet.key,
                {sprache: render(sitzung.name, sprache) for sprache in LANGUAGES},
                sitzung.gremium.art.oeffentlich,
            )


def _all_calendars(gesagt: Sequence[tuple[Projekt, Plan]], sprache: str) -> tuple[Kalender, ...]:
    """Return the calendars of all years sorted by name, each as its last year calls it."""
    plaene: dict[int, tuple[Projekt, list[Plan]]] = {}
    for projekt, plan in sorted(gesagt, key=lambda one: one[1].jahr):
        plaene.setdefault(id(projekt), (projekt, []))[1].append(plan)
    found: dict[str, Kalender] = {}
    for projekt, eigene in plaene.values():
        found |= {k.name: k for k in _unique(_calendars(projekt, eigene, sprache))}
    return tuple(found[name] for name in sorted(found))


def _calendars(projekt: Projekt, plaene: Sequence[Plan], sprache: str) -> Iterator[Kalender]:
    stadt = projekt.stadt

    def kalender(publikum: str, titel: Text | str, art: Feedart) -> Kalender:
        return Kalender(publikum, f"{stadt.name}: {render(titel, sprache)}", art.value)

    yield kalender(ALLE, Text("All meetings"), Feedart.ALLE)
    yield kalender(OEFFENTLICH, Text("Public meetings"), Feedart.OEFFENTLICH)
    yield kalender(FRISTEN, Text("Deadlines of the office"), Feedart.FRISTEN)
    fassungen = _fassungen(stadt, plaene)
    alle_gremien = {id: g for f in fassungen for id, g in f.gremien.items()}
    eigene = [gremium for gremium in alle_gremien.values() if gremium.art.klasse is Klasse.EIGEN]
    for gremium in eigene:
        yield kalender(gremium_publikum(gremium.id), stadt.gremium_name(gremium), Feedart.GREMIUM)
    for gebiet in _gebiete(fassungen, eigene):
        yield kalender(gebiet_publikum(gebiet), _gebiet_name(stadt, gebiet), Feedart.GEBIET)
    aemter = tuple(_aemter(projekt, plaene, fassungen))
    for rolle in {sitz.rolle.id: sitz.rolle for sitz in aemter}.values():
        yield kalender(rolle_publikum(rolle.id), rolle.name, Feedart.ROLLE)
    for sitz in aemter:
        yield kalender(amt_publikum(sitz.id), stadt.sitz_name(sitz), Feedart.AMT)


def _fassungen(stadt: Stadt, plaene: Sequence[Plan]) -> tuple[Stadt, ...]:
    """Return the city on every day on which something of these plans may lie."""
    jahre = [plan.jahr for plan in plaene]
    tage = [t.beginn.date() for plan in plaene for t in plan.termine]
    von, bis = date(min(jahre), 1, 1), date(max(jahre), 12, 31)
    return stadt.zwischen(min([von, *tage]), max([bis, *tage]))


def _gebiete(fassungen: Sequence[Stadt], eigene: Iterable[Gremium]) -> Iterator[Gebiet]:
    """Yield the Gebiete of all levels where our own Gremien sit; the whole city is the feed of everything."""
    genutzt = {gremium.gebiet.ebene for gremium in eigene} - {STADT}
    if genutzt:
        genutzt |= {e.id for f in fassungen for e in f.ebenen if e.id not in (STADT, f.atom)}
    gebiete = {gebiet.key: gebiet for fassung in fassungen for gebiet in fassung.gebiete}
    yield from (gebiet for gebiet in gebiete.values() if gebiet.ebene in genutzt)


def _gebiet_name(stadt: Stadt, gebiet: Gebiet) -> str:
    ebenen = {ebene.id: ebene.name for ebene in stadt.ebenen}
    return f"{ebenen.get(gebiet.ebene, gebiet.ebene)} {gebiet.name}"


def _aemter(projekt: Projekt, plaene: Sequence[Plan], fassungen: Sequence[Stadt]) -> Iterator[Sitz]:
    """Yield every Amt a Sitzung or Beratung can concern, whatever the day and the Anlass, or concerned."""
    gemeint = {sitz.id for f in fassungen for regel in projekt.regeln for sitz in _meant(f, regel)}
    for beratung in (b for plan in plaene for b in projekt.beratungen(plan.jahr)):
        vortrag = {sitz.id for sitz in beratung.vortrag}
        gemeint |= vortrag | {sitz.id for f in fassungen for sitz in kenntnis_von(f, beratung)}
        gemeint |= {f.vertretungen[sitz] for f in fassungen for sitz in vortrag if sitz in f.vertretungen}
    for plan in plaene:
        gemeint |= {sitz for termin in plan.beratungen for sitz in termin.vortrag}
        gemeint |= {sitz for absage in abgesagte(plan) for sitz in absage.vortrag}
    sitze = projekt.stadt.alle_sitze.values()
    yield from (s for s in sitze if s.id in gemeint and s.rolle.art is RollenArt.AMT)


def _meant(stadt: Stadt, regel: Regel) -> Iterator[Sitz]:
    """Yield the Sitze a rule means for any Gremium of our own, whenever it is in force."""
    for gremium in stadt.gremien.values():
        if (
            gremium.art.klasse is Klasse.EIGEN
            and regel.gremium in (gremium.art.id, gremium.id)
            and (regel.nur is None or gremium.gebiet.id in regel.nur)
        ):
            for eintrag in regel.rollen:
                yield from stadt.sitze_von(eintrag, gremium.gebiet)


def _unique(kalender: Iterator[Kalender]) -> list[Kalender]:
    """Return the calendars sorted by name; two of one name would overwrite each other."""
    found: dict[str, Kalender] = {}
    doppelt: list[Problem] = []
    for einer in kalender:
        if einer.name in found:
            meldung = Text("Two feeds would have the same name, because a slash in an id becomes a hyphen")
            doppelt.append(Problem("stadt.toml", einer.name, meldung, einer.titel))
        found[einer.name] = einer
    if doppelt:
        raise InputError(doppelt)
    return [found[name] for name in sorted(found)]
