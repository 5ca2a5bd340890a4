"""A year that is planned: Termine, states and history; and the other two answers, Conflict and Undecided."""

from gremienplan.plan.text import SCHEMA_FORMAT, plan_from_json, plan_to_json
from gremienplan.plan.verlauf import abgesagte, letzte_aenderung, record, sequenz
from gremienplan.plan.werte import (
    Beratungstermin,
    Conflict,
    Lage,
    Plan,
    Stufe,
    Termin,
    Undecided,
    Verlaufseintrag,
    Zustand,
)

__all__ = [
    "SCHEMA_FORMAT",
    "Beratungstermin",
    "Conflict",
    "Lage",
    "Plan",
    "Stufe",
    "Termin",
    "Undecided",
    "Verlaufseintrag",
    "Zustand",
    "abgesagte",
    "letzte_aenderung",
    "plan_from_json",
    "plan_to_json",
    "record",
    "sequenz",
]
