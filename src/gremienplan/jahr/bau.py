"""``build``: one project and one year in, one :class:`Jahr` out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from gremienplan.errors import InputError, Problem
from gremienplan.jahr.bedingungen import requirements_of
from gremienplan.jahr.grund import Ereignis, Grund
from gremienplan.jahr.offen import hangs_on, waiting
from gremienplan.jahr.personen import by_person
from gremienplan.jahr.pflichten import dienste
from gremienplan.jahr.werte import Jahr
from gremienplan.jahr.wuensche import preferences_of
from gremienplan.plan import Lage, Plan
from gremienplan.projekt import Projekt
from gremienplan.requirements import Requirement
from gremienplan.texts import Text
from gremienplan.uhr import unclear


def build(projekt: Projekt, jahr: int, *, stand: datetime | None = None, before: Plan | None = None) -> Jahr:
    """Compile one year of a project.

    ``stand`` is the moment (local time) planning happens: nothing is placed on that day or before. What a plan
    made ``before`` holds on those days, or marks as held, is a fact: it stays, and is not judged by itself any more.
    What was to be heard in a sitting that its source has cancelled is none, for nobody has heard it. Without ``stand``
    all but what is marked is open, which is how a plan that exists is judged. Raises InputError for a year whose free
    days the project was not loaded with, and for a fixed time that is no moment of the city's clock.
    """
    _check_jahr(projekt, jahr)
    _check_feste(projekt, jahr)
    grund = Grund(projekt, jahr, projekt.sitzungen(jahr), projekt.beratungen(jahr))
    services = dienste(grund)
    fakten = _fakten(grund, stand, before)
    asked = tuple(requirements_of(grund, by_person(grund, services), stand))
    offen = [s.id for s in grund.sitzungen if s.id in projekt.offene(jahr) and s.id not in fakten]
    pairs = tuple((a, b) for a, b in hangs_on(asked, grund.beratungen) if b not in fakten)
    wartet = waiting(pairs, offen)
    return Jahr(
        projekt,
        jahr,
        *grund.span,
        grund.sitzungen,
        grund.beratungen,
        tuple(r for r in asked if not _past(r, fakten)),
        tuple(preferences_of(grund, services, asked, stand)),
        _namen(grund),
        fakten,
        frozenset(offen) | wartet.keys(),
        wartet,
    )


def _past(r: Requirement, fakten: Mapping[str, Lage]) -> bool:
    """Tell whether a requirement speaks only of what has been held."""
    return bool(r.ereignisse) and fakten.keys() >= set(r.ereignisse)


def _fakten(grund: Grund, stand: datetime | None, before: Plan | None) -> dict[str, Lage]:
    """Return where the events lie that are on the day of ``stand`` or earlier: as a plan had them, or as fixed.

    What a plan says was held is one of them at any time.
    """
    known, held = (before.lagen, before.gehalten) if before else ({}, {})
    if stand is None:
        return {
            event.id: known[event.id][0] for event in grund.alle if event.id in held and known.get(event.id)
        }
    found = ((event, known.get(event.id) or _fixed(grund, event.id)) for event in grund.alle)
    return {
        event.id: lagen[0]
        for event, lagen in found
        if lagen
        and (event.id in held or (lagen[0].tag <= stand.date() and not _fell_through(grund, event, lagen[0])))
    }


def _fell_through(grund: Grund, event: Ereignis, lage: Lage) -> bool:
    """Tell whether the sitting in which something was to be heard has been cancelled, and none stands in its place."""
    if not lage.sitzung or any(
        s.key == lage.sitzung or (s.gremium == event.gremium.id and s.tag == lage.tag)
        for s in grund.projekt.ratskalender.sitzungen
    ):
        return False
    return any(
        s.key == lage.sitzung or (s.gremium == event.gremium.id and s.beginn == lage.beginn)
        for s in grund.projekt.ratskalender.abgesagt
    )


def _fixed(grund: Grund, ereignis: str) -> tuple[Lage, ...]:
    """Return where a Sitzung lies whose date somebody else has fixed."""
    dauer = {s.id: timedelta(minutes=s.dauer) for s in grund.sitzungen}
    return tuple(
        Lage(ereignis, f.beginn, f.beginn + dauer[ereignis], f.ort)
        for f in grund.feste.get(ereignis, ())
        if ereignis in dauer
    )


def _check_jahr(projekt: Projekt, jahr: int) -> None:
    known = projekt.freitage.jahre
    if known and jahr not in known:
        meldung = Text("The free days of {jahr} have not been read.", jahr=str(jahr))
        hinweis = Text("Load the project for this year: load(…, jahr={jahr}).", jahr=str(jahr))
        raise InputError([Problem("jahr", "", meldung, str(jahr), hinweis)])


def _check_feste(projekt: Projekt, jahr: int) -> None:
    """A time fixed in a file has been checked with the file; this one may come from elsewhere."""
    problems = [
        Problem("fest", fest.sitzung, why, str(zeit))
        for fest in projekt.fest
        if fest.of(jahr)
        for zeit in (fest.beginn, fest.ende)
        if zeit is not None and (why := unclear(zeit, projekt.stadt.zeitzone))
    ]
    if problems:
        raise InputError(problems)


def _namen(grund: Grund) -> dict[str, str]:
    stadt = grund.projekt.stadt
    return {
        **{ort.id: ort.name for ort in stadt.alle_orte.values()},
        **{gremium.id: stadt.gremium_name(gremium) for gremium in grund.gremien.values()},
        **{sitz.id: stadt.sitz_name(sitz) for sitz in stadt.alle_sitze.values()},
        **{ereignis.id: ereignis.name for ereignis in grund.alle},
    }
