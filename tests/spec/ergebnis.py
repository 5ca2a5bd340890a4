"""What a city comes to in a year, as plain values: what must change when an entry that carries a statement goes.

Nothing in it is the catalogue's: no passage, no reading, no id of a rule. Two rules that do the same are
one, so that an entry whose work another does as well is found to do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import attrs
from attrs import evolve, frozen

import gremienplan as gp
from gremienplan.errors import InputError
from gremienplan.jahr import build
from gremienplan.loading import inspect
from gremienplan.programm import tagesordnung
from gremienplan.quellen import Grundlage
from gremienplan.ratskalender import Ratskalender, Ratssitzung
from gremienplan.rules import gastgeber, geschaeftsfuehrung
from gremienplan.stadt import Klasse

JAHR = 2027
TAG = date(JAHR, 6, 1)

Roh = Mapping[str, Any]
Aendern = Callable[[str, dict[str, Any]], Mapping[str, Any]]


@frozen
class Abgelehnt:
    """A city that ``check`` refuses, and where."""

    orte: tuple[str, ...]


Teil = tuple[str, object]


def ergebnis(stadt: str, aendern: Aendern | None = None) -> Iterator[Teil]:
    """Yield one part of the result after the other, the cheap ones first; or one refusal."""
    try:
        projekt, _ = inspect(stadt, jahr=JAHR, aendern=aendern)
    except InputError as error:
        yield "abgelehnt", Abgelehnt(tuple(f"{p.datei} {p.pfad}" for p in error.problems))
        return
    projekt = _mit_bedarf(projekt)
    yield from _stadt(projekt)
    yield from _regeln(projekt)
    yield from _programm(projekt)
    yield from _jahr(projekt)


def _stadt(projekt: gp.Projekt) -> Iterator[Teil]:
    stadt = projekt.stadt.am(TAG)
    yield "gebiete", {(g.key, g.name, g.atome) for g in stadt.gebiete}
    yield "sitze", {(s.id, stadt.sitz_name(s), s.rolle.art) for s in stadt.sitze.values()}
    yield (
        "gremien",
        {
            (g.id, stadt.gremium_name(g), g.titel, g.art.klasse, g.art.dauer, g.art.oeffentlich)
            + ((g.gewohnt.wochentag, g.gewohnt.beginn) if g.gewohnt else ())
            for g in stadt.gremien.values()
        },
    )
    yield "orte", {(g.id, tuple(o.id for o in stadt.orte_von(g))) for g in stadt.gremien.values()}
    yield "namen", {(name, keys) for name, keys in stadt.namen.items()}


def _regeln(projekt: gp.Projekt) -> Iterator[Teil]:
    stadt, regeln = projekt.stadt.am(TAG), projekt.regeln
    for name, frage in (("mitglieder", gp.mitglieder), ("gastgeber", gastgeber), ("gf", geschaeftsfuehrung)):
        yield name, {(g.id, *(s.id for s in frage(stadt, regeln, g, TAG))) for g in stadt.gremien.values()}
    yield (
        "einladungen",
        {
            (
                sitzung.id,
                i.sitz.id,
                i.als,
                frozenset(anlass for grund in i.gruende for anlass in grund.anlass),
                any(grund.insbesondere for grund in i.gruende),
            )
            for sitzung in projekt.sitzungen(JAHR)
            for i in gp.invitations(stadt, regeln, sitzung, TAG)
        },
    )


def _programm(projekt: gp.Projekt) -> Iterator[Teil]:
    yield "themen", {(a.id, a.name) for a in projekt.programm.anlaesse.values()}
    yield "sitzungen", {(s.id, s.name, s.anlass, s.fenster()) for s in projekt.sitzungen(JAHR)}
    yield "beratungen", {(b.id, b.name, *(s.id for s in b.vortrag)) for b in projekt.beratungen(JAHR)}

    tage = {s.id: s.fenster()[0] for s in projekt.sitzungen(JAHR)}
    yield (
        "aufgaben",
        {
            (
                *(a.eintrag.name, a.sitzung.id, a.faellig, a.zustaendig and a.zustaendig.id),
                *(tuple(wer.id for wer in a.an), tuple(v.name for v in a.verteiler)),
            )
            for a in projekt.aufgaben(JAHR, tage)
        },
    )
    yield (
        "tagesordnung",
        {
            (s.id, punkt.eintrag.name, tuple(sitz.id for sitz in punkt.vortrag))
            for s in projekt.sitzungen(JAHR)
            for punkt in tagesordnung(projekt.stadt, projekt.regeln, projekt.programm, s, TAG)
        },
    )


def _mit_bedarf(projekt: gp.Projekt) -> gp.Projekt:
    """Return the project with everything that is held on demand demanded, everywhere."""
    programm = projekt.programm
    gebiete = tuple(g.id for g in projekt.stadt.gebiete)
    bedarf = {s.id: gebiete for s in programm.sitzungen if s.bei_bedarf}
    bedarf |= {b.id: gebiete for b in programm.beratungen if b.bei_bedarf}
    return evolve(projekt, programm=programm.mit_bedarf(bedarf))


def _jahr(projekt: gp.Projekt) -> Iterator[Teil]:
    jahr = build(evolve(projekt, ratskalender=_ratskalender(projekt)), JAHR)
    yield "bedingungen", {_plain(r) for r in jahr.requirements}
    yield "wuensche", {_plain(p) for p in jahr.preferences}


def _plain(wert: Any) -> object:
    """Return a requirement or preference without its id and without on whose word it stands."""
    felder = [f.name for f in attrs.fields(type(wert)) if f.name not in ("id", "thema")]
    teile = [getattr(wert, name) for name in felder]
    return type(wert).__name__, *(repr(t) for t in teile if not isinstance(t, Grundlage))


@cache
def _tage() -> tuple[date, ...]:
    return tuple(date(JAHR, 1, 13) + timedelta(days=28 * n) for n in range(13))


def _ratskalender(projekt: gp.Projekt) -> Ratskalender:
    """Return an invented council calendar: every political body sits every four weeks in the afternoon."""
    gremien = [g for g in projekt.stadt.am(TAG).gremien.values() if g.art.klasse is Klasse.POLITISCH]
    sitzungen = []
    for nummer, gremium in enumerate(gremien):
        for tag in _tage():
            beginn = datetime.combine(tag + timedelta(days=nummer % 4), datetime.min.time()).replace(hour=16)
            ende = beginn + timedelta(minutes=gremium.art.dauer)
            sitzungen.append(
                Ratssitzung(f"{gremium.id}/{tag}", "erfunden", gremium.id, gremium.id, beginn, ende)
            )
    sitzungen.append(
        Ratssitzung("unbekannt", "erfunden", "Beirat", "", datetime(JAHR, 5, 4, 17), datetime(JAHR, 5, 4, 19))
    )
    return Ratskalender(tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.key))))


@cache
def urspruenglich(stadt: str) -> Mapping[str, object]:
    """Return the result of a city as it ships."""
    return dict(ergebnis(stadt))


def unterschied(stadt: str, aendern: Aendern) -> str | None:
    """Return the first part of a city's result that a change makes different; None when nothing changes."""
    vorher = urspruenglich(stadt)
    return next((name for name, wert in ergebnis(stadt, aendern) if vorher.get(name) != wert), None)


def ohne(*traeger: str) -> Aendern:
    """Return a change that deletes these entries, or parts of them, from every file of a city."""
    weg: set[tuple[object, ...]] = {tuple(name.split(".")) for name in traeger}

    def rest(pfad: tuple[object, ...], roh: Any) -> Any:
        if not isinstance(roh, dict):
            return roh
        return {key: teil for key, teil in roh.items() if (*pfad, key) not in weg}

    def aendern(_: str, roh: dict[str, Any]) -> Roh:
        neu: dict[str, Any] = {}
        for tabelle, teil in roh.items():
            if isinstance(teil, dict):
                neu[tabelle] = {
                    key: rest((tabelle, key), eintrag)
                    for key, eintrag in teil.items()
                    if (tabelle, key) not in weg
                }
            elif isinstance(teil, list):
                neu[tabelle] = [
                    rest((tabelle, eintrag.get("id")), eintrag) if isinstance(eintrag, dict) else eintrag
                    for eintrag in teil
                    if not isinstance(eintrag, dict) or (tabelle, eintrag.get("id")) not in weg
                ]
            else:
                neu[tabelle] = teil
        return neu

    return aendern
