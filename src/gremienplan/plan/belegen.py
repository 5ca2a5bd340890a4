"""The receipt of a plan: who was invited to its Sitzungen, by which rules, in which version and reading."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from itertools import groupby

from attrs import evolve

from gremienplan.plan.text import geordnet
from gremienplan.plan.werk import daten, werk
from gremienplan.plan.werte import VERSION, Beleg, Plan, Regelbeleg
from gremienplan.projekt import Projekt
from gremienplan.rules import Derivation, invitations

Wort = tuple[str, str, str]
"""Rule, as what it invites, on whose word."""


def belege(projekt: Projekt, plan: Plan) -> Plan:
    """Return the plan with its receipt: what it was made from beside its inputs, and whom that invites.

    Who is invited is judged by the day of each Termin; a Sitzung without one, or that the programme does not ask
    for, has no entry.
    """
    sitzungen = {sitzung.id: sitzung for sitzung in projekt.sitzungen(plan.jahr)}
    einladungen: dict[str, dict[Wort, set[str]]] = {}
    for termin in plan.termine:
        if termin.sitzung not in sitzungen or termin.sitzung in einladungen:
            continue
        gruende = einladungen[termin.sitzung] = {}
        sitzung, tag = sitzungen[termin.sitzung], termin.beginn.date()
        for einladung in invitations(projekt.stadt, projekt.regeln, sitzung, tag):
            for grund in einladung.gruende:
                gruende.setdefault(_wort(grund), set()).add(einladung.sitz.id)
    namen = _namen({wort for gruende in einladungen.values() for wort in gruende})
    gewaehlt = [a for id, a in projekt.katalog.auslegungen.items() if id in projekt.lesarten]
    beleg = Beleg(
        version=version("gremienplan"),
        werk=werk(),
        daten=daten(),
        lesarten=projekt.lesarten,
        lesarten_ab={a.id: a.ab.isoformat() for a in gewaehlt if a.ab},
        lesarten_angabe={
            a.id: {name: _antwort(wert) for name, wert in a.angabe.items()} for a in gewaehlt if a.angabe
        },
        regeln={name: Regelbeleg(als, grundlage) for (_, als, grundlage), name in namen.items()},
        einladungen={
            sitzung: {namen[wort]: tuple(sorted(sitze)) for wort, sitze in gruende.items()}
            for sitzung, gruende in einladungen.items()
        },
    )
    return geordnet(evolve(plan, beleg=beleg))


def _antwort(wert: object) -> str:
    """Return what the planner answered, as one text."""
    return ", ".join(map(str, wert)) if isinstance(wert, list | tuple) else str(wert)


def _wort(grund: Derivation) -> Wort:
    return grund.regel, grund.als.value, str(grund.grundlage)


def _namen(worte: Iterable[Wort]) -> dict[Wort, str]:
    """Return how each version of a rule is called: by its id, and further ones with a number."""
    namen: dict[Wort, str] = {}
    for _, versionen in groupby(sorted(worte), key=lambda wort: wort[0]):
        for nummer, wort in enumerate(versionen, start=1):
            namen[wort] = wort[0] if nummer == 1 else f"{wort[0]}{VERSION}{nummer}"
    return namen
