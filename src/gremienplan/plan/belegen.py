"""The receipt of a plan: who was invited to its Sitzungen, by which rules, in which version and reading."""

from __future__ import annotations

from importlib.metadata import version

from attrs import evolve

from gremienplan.plan.werte import Beleg, Plan, Regelbeleg
from gremienplan.projekt import Projekt
from gremienplan.rules import invitations


def belege(projekt: Projekt, plan: Plan) -> Plan:
    """Return the plan with its receipt: what it was made from beside its inputs, and whom that invites.

    Who is invited is judged by the day of each Termin; a Sitzung without one, or that the programme does not ask
    for, has no entry.
    """
    sitzungen = {sitzung.id: sitzung for sitzung in projekt.sitzungen(plan.jahr)}
    regeln: dict[str, Regelbeleg] = {}
    einladungen: dict[str, dict[str, tuple[str, ...]]] = {}
    for termin in plan.termine:
        if termin.sitzung not in sitzungen or termin.sitzung in einladungen:
            continue
        sitzung, tag = sitzungen[termin.sitzung], termin.beginn.date()
        gruende: dict[str, tuple[str, ...]] = {}
        for einladung in invitations(projekt.stadt, projekt.regeln, sitzung, tag):
            for grund in einladung.gruende:
                sitze = gruende.get(grund.regel, ())
                gruende[grund.regel] = tuple(sorted({*sitze, einladung.sitz.id}))
                regeln[grund.regel] = Regelbeleg(grund.als.value, str(grund.grundlage))
        einladungen[sitzung.id] = dict(sorted(gruende.items()))
    beleg = Beleg(
        version=version("gremienplan"),
        lesarten=getattr(projekt, "lesarten", {}),
        regeln=dict(sorted(regeln.items())),
        einladungen=dict(sorted(einladungen.items())),
    )
    return evolve(plan, beleg=beleg)
