"""A year that is planned: Termine, states and history; and the other two answers, Conflict and Undecided."""

from gremienplan.plan.belegen import belege
from gremienplan.plan.sehen import seen
from gremienplan.plan.text import SCHEMA_FORMAT, plan_from_json, plan_to_json
from gremienplan.plan.unterschied import Unterschied, Verlegung, gesehen, unterschied
from gremienplan.plan.verlauf import (
    abgesagte,
    edited,
    letzte_aenderung,
    record,
    record_edits,
    same_receipt,
    sealed,
    sequenz,
    unrecorded,
)
from gremienplan.plan.werte import (
    Absage,
    Beleg,
    Beratungstermin,
    Conflict,
    Gesehen,
    Lage,
    Plan,
    Regelbeleg,
    Stufe,
    Termin,
    Undecided,
    Verlaufseintrag,
    Vermerk,
    Zustand,
)

__all__ = [
    "SCHEMA_FORMAT",
    "Absage",
    "Beleg",
    "Beratungstermin",
    "Conflict",
    "Gesehen",
    "Lage",
    "Plan",
    "Regelbeleg",
    "Stufe",
    "Termin",
    "Undecided",
    "Unterschied",
    "Verlaufseintrag",
    "Verlegung",
    "Vermerk",
    "Zustand",
    "abgesagte",
    "belege",
    "edited",
    "gesehen",
    "letzte_aenderung",
    "plan_from_json",
    "plan_to_json",
    "record",
    "record_edits",
    "same_receipt",
    "sealed",
    "seen",
    "sequenz",
    "unrecorded",
    "unterschied",
]
