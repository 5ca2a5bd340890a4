"""The project as a plan sees it, and what of a plan stays true of the next one."""

from __future__ import annotations

from attrs import evolve

from gremienplan.plan.werte import Plan
from gremienplan.projekt import Projekt


def as_planned(projekt: Projekt, plan: Plan) -> Projekt:
    """Return the project in the profile of a plan, with the Sitzungen that were added to that plan by hand."""
    projekt = projekt.im_profil(plan.profil)
    if projekt.zusatz.get(plan.jahr, ()) == plan.zusaetzlich:
        return projekt
    return evolve(projekt, zusatz={**projekt.zusatz, plan.jahr: plan.zusaetzlich})


def with_held(plan: Plan, before: Plan | None) -> Plan:
    """Return a new plan with what the one before knows of Sitzungen that were held, as far as it has them there."""
    if before is None or not before.gehalten:
        return plan
    same = {s: g for s, g in before.gehalten.items() if plan.lagen.get(s) == before.lagen.get(s)}
    return evolve(plan, gehalten=same)
