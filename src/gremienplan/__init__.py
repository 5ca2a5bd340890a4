"""gremienplan: from a city's own concept for its Gremien to invitations and a year's Sitzungskalender.

``load`` reads a city or a project, ``invitations`` says who is invited to a Sitzung and why, ``why`` also why somebody
is not, ``schedule`` places the year's Sitzungen, ``replan`` moves as few of them as it can, ``move``, ``cancel`` and
``add`` change a plan by hand, ``audit`` judges any plan, and ``publish`` writes the feeds.

Asking who is invited needs neither solver nor calendar library; they are imported when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from gremienplan.errors import GremienplanError, InputError, InternalError, Problem
from gremienplan.plan import Beratungstermin, Conflict, Plan, Stufe, Termin, Undecided, Zustand, record
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Pin, Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.rules import Derivation, Invitation, NotInvited, invitations, mitglieder, why
from gremienplan.stadt import Gremium, Sitz, Stadt
from gremienplan.texts import Text, render

if TYPE_CHECKING:
    from gremienplan.auditing import Audit, Finding, audit, loads
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
    from gremienplan.publishing import publish

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
    "Finding": "auditing",
    "audit": "auditing",
    "loads": "auditing",
    "prices": "planning",
    "Handgriff": "handarbeit",
    "add": "handarbeit",
    "add_extra": "handarbeit",
    "cancel": "handarbeit",
    "mark_held": "handarbeit",
    "move": "handarbeit",
    "set_protocol": "handarbeit",
    "swap": "handarbeit",
    "load": "loading",
    "read_plan": "loading",
    "Auftrag": "planning",
    "Ausweg": "planning",
    "Failed": "planning",
    "Progress": "planning",
    "Ursache": "planning",
    "Umplanung": "planning",
    "replan": "planning",
    "schedule": "planning",
    "schedule_many": "planning",
    "Variante": "planning",
    "Varianten": "planning",
    "variants": "planning",
    "ways_out": "planning",
    "why_open": "planning",
    "Forbidden": "planning",
    "Price": "planning",
    "StagePrice": "planning",
    "There": "planning",
    "alternatives": "planning",
    "why_not": "planning",
    "why_there": "planning",
    "publish": "publishing",
}


if not TYPE_CHECKING:  # a type checker knows the names from above, and no others

    def __getattr__(name: str) -> Any:
        if name in _ON_FIRST_USE:
            return getattr(import_module(f"gremienplan.{_ON_FIRST_USE[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
