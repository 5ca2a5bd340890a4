"""gremienplan: from a city's own concept for its Gremien to invitations and a year's Sitzungskalender.

``load`` reads a city or a project, ``invitations`` says who is invited to a Sitzung and why, ``why`` also why somebody
is not, ``schedule`` places the year's Sitzungen, ``replan`` moves as few of them as it can, ``move``, ``cancel`` and
``add`` change a plan by hand, ``audit`` judges any plan, and ``publish`` writes the feeds.

Every name is fetched when it is first used; asking who is invited needs neither solver nor calendar library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gremienplan.auditing import Audit, Finding, audit, loads
    from gremienplan.errors import GremienplanError, InputError, InternalError, Problem
    from gremienplan.handarbeit import (
        Handgriff,
        add,
        add_extra,
        cancel,
        mark_held,
        move,
        set_protocol,
        swap,
    )
    from gremienplan.loading import load, read_plan
    from gremienplan.plan import Beratungstermin, Conflict, Plan, Stufe, Termin, Undecided, Zustand, record
    from gremienplan.planning import (
        Auftrag,
        Ausweg,
        Failed,
        Forbidden,
        Price,
        Progress,
        StagePrice,
        There,
        Umplanung,
        Ursache,
        Variante,
        Varianten,
        alternatives,
        prices,
        replan,
        schedule,
        schedule_many,
        variants,
        ways_out,
        why_not,
        why_open,
        why_there,
    )
    from gremienplan.programm import Beratung, Sitzung
    from gremienplan.projekt import Pin, Projekt
    from gremienplan.publishing import publish
    from gremienplan.quellen import Authority, Grundlage
    from gremienplan.rules import Derivation, Invitation, NotInvited, invitations, mitglieder, why
    from gremienplan.stadt import Gremium, Sitz, Stadt
    from gremienplan.texts import Text, render

__all__ = [
    "Audit",
    "Auftrag",
    "Ausweg",
    "Authority",
    "Beratung",
    "Beratungstermin",
    "Conflict",
    "Derivation",
    "Failed",
    "Finding",
    "Forbidden",
    "GremienplanError",
    "Gremium",
    "Grundlage",
    "Handgriff",
    "InputError",
    "InternalError",
    "Invitation",
    "NotInvited",
    "Pin",
    "Plan",
    "Price",
    "Problem",
    "Progress",
    "Projekt",
    "Sitz",
    "Sitzung",
    "Stadt",
    "StagePrice",
    "Stufe",
    "Termin",
    "Text",
    "There",
    "Umplanung",
    "Undecided",
    "Ursache",
    "Variante",
    "Varianten",
    "Zustand",
    "add",
    "add_extra",
    "alternatives",
    "audit",
    "cancel",
    "invitations",
    "load",
    "loads",
    "mark_held",
    "mitglieder",
    "move",
    "prices",
    "publish",
    "read_plan",
    "record",
    "render",
    "replan",
    "schedule",
    "schedule_many",
    "set_protocol",
    "swap",
    "variants",
    "ways_out",
    "why",
    "why_not",
    "why_open",
    "why_there",
]

_ON_FIRST_USE = {
    "Audit": "auditing",
    "audit": "auditing",
    "Finding": "auditing",
    "loads": "auditing",
    "GremienplanError": "errors",
    "InputError": "errors",
    "InternalError": "errors",
    "Problem": "errors",
    "add": "handarbeit",
    "add_extra": "handarbeit",
    "cancel": "handarbeit",
    "Handgriff": "handarbeit",
    "mark_held": "handarbeit",
    "move": "handarbeit",
    "set_protocol": "handarbeit",
    "swap": "handarbeit",
    "load": "loading",
    "read_plan": "loading",
    "Beratungstermin": "plan",
    "Conflict": "plan",
    "Plan": "plan",
    "record": "plan",
    "Stufe": "plan",
    "Termin": "plan",
    "Undecided": "plan",
    "Zustand": "plan",
    "alternatives": "planning",
    "Auftrag": "planning",
    "Ausweg": "planning",
    "Failed": "planning",
    "Forbidden": "planning",
    "Price": "planning",
    "prices": "planning",
    "Progress": "planning",
    "replan": "planning",
    "schedule": "planning",
    "schedule_many": "planning",
    "StagePrice": "planning",
    "There": "planning",
    "Umplanung": "planning",
    "Ursache": "planning",
    "Variante": "planning",
    "Varianten": "planning",
    "variants": "planning",
    "ways_out": "planning",
    "why_not": "planning",
    "why_open": "planning",
    "why_there": "planning",
    "Beratung": "programm",
    "Sitzung": "programm",
    "Pin": "projekt",
    "Projekt": "projekt",
    "publish": "publishing",
    "Authority": "quellen",
    "Grundlage": "quellen",
    "Derivation": "rules",
    "Invitation": "rules",
    "invitations": "rules",
    "mitglieder": "rules",
    "NotInvited": "rules",
    "why": "rules",
    "Gremium": "stadt",
    "Sitz": "stadt",
    "Stadt": "stadt",
    "render": "texts",
    "Text": "texts",
}
"""Every name, and the room it comes from: nothing is loaded before it is asked for."""


if not TYPE_CHECKING:  # a type checker knows the names from above, and no others

    def __getattr__(name: str) -> Any:
        if name in _ON_FIRST_USE:
            return getattr(import_module(f"gremienplan.{_ON_FIRST_USE[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
