"""What was added to the plans of a project by hand: Sitzungen that its programme does not ask for."""

from __future__ import annotations

from collections.abc import Collection

from gremienplan.errors import InputError
from gremienplan.loading.ordner import Ordner
from gremienplan.loading.plandatei import read_plan_text
from gremienplan.plan import plan_from_json
from gremienplan.programm import Programm, Sitzung, Zusatzsitzung, sitzungen, zusaetzliche
from gremienplan.stadt import Stadt

Zusatz = dict[int, tuple[Zusatzsitzung, ...]]
"""Year -> what was added to its plan."""


def read_added(ordner: Ordner, jahre: Collection[int]) -> Zusatz:
    """Return what was added in these years. A plan that cannot be read adds nothing: whoever needs it says why."""
    found: Zusatz = {}
    for jahr in jahre:
        wo = ordner / f"jahre/{jahr}/plan.json"
        try:
            text = read_plan_text(wo.pfad) if wo.pfad.is_file() else ""
            plan = plan_from_json(text, wo.name) if '"zusaetzlich"' in text else None
        except InputError:
            continue
        if plan and plan.jahr == jahr:
            found[jahr] = plan.zusaetzlich
    return found


def all_sitzungen(stadt: Stadt, programm: Programm, jahr: int, zusatz: Zusatz) -> tuple[Sitzung, ...]:
    """Return what the programme asks for in a year, and what was added to it."""
    more = zusaetzliche(stadt, programm, jahr, zusatz.get(jahr, ()))
    return (*sitzungen(stadt, programm, jahr), *more)
