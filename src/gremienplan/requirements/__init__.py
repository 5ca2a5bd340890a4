"""The closed set of what a year must keep (:data:`Requirement`) and would like to keep (:data:`Preference`).

Every kind is a frozen value that speaks in ids and dates, carries whatever busy time it needs, knows on whose
word it stands, and says itself as a :class:`~gremienplan.texts.Text`. What a kind *means* is fixed twice: by
its checker in ``auditing`` (the specification) and by its encoding in ``solver``.
"""

from gremienplan.requirements.auswahl import EineVon
from gremienplan.requirements.bedingungen import (
    Angesetzt,
    Anzahl,
    Fenster,
    Fest,
    Hoechstabstand,
    KeineUeberschneidung,
    Mindestabstand,
    Reihenfolge,
    Requirement,
    Stattfinden,
    Tageszeit,
    Wochentage,
)
from gremienplan.requirements.gerecht import Ausgleich, Last, Robust, Was
from gremienplan.requirements.orte import OrtFrei, Raumgroesse
from gremienplan.requirements.sperrtage import Sperrtage
from gremienplan.requirements.werte import Belegung, Dienst, Namen, Pflicht, Sitzungstag, Sperre
from gremienplan.requirements.wuensche import (
    Abendlast,
    Abstandswunsch,
    Bleiben,
    Danach,
    Gewohnt,
    Meiden,
    Preference,
    Selbst,
    Verteilt,
    Vorher,
    Wechsel,
)
from gremienplan.requirements.zugleich import Verfuegbar, Wegezeit

__all__ = [
    "Abendlast",
    "Abstandswunsch",
    "Angesetzt",
    "Anzahl",
    "Ausgleich",
    "Belegung",
    "Bleiben",
    "Danach",
    "Dienst",
    "EineVon",
    "Fenster",
    "Fest",
    "Gewohnt",
    "Hoechstabstand",
    "KeineUeberschneidung",
    "Last",
    "Meiden",
    "Mindestabstand",
    "Namen",
    "OrtFrei",
    "Pflicht",
    "Preference",
    "Raumgroesse",
    "Reihenfolge",
    "Requirement",
    "Robust",
    "Selbst",
    "Sitzungstag",
    "Sperre",
    "Sperrtage",
    "Stattfinden",
    "Tageszeit",
    "Verfuegbar",
    "Verteilt",
    "Vorher",
    "Was",
    "Wechsel",
    "Wegezeit",
    "Wochentage",
]
