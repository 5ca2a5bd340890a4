"""The year's programme as a city folder asks for it, and the Sitzungen and Beratungen it makes of a year."""

from gremienplan.programm.ereignisse import Beratung, Sitzung, beratungen, gehoert_in, sitzungen
from gremienplan.programm.werte import (
    Anlass,
    Beratungseintrag,
    MonatTag,
    Programm,
    Schranke,
    Sitzungseintrag,
    Zeitraum,
)

__all__ = [
    "Anlass",
    "Beratung",
    "Beratungseintrag",
    "MonatTag",
    "Programm",
    "Schranke",
    "Sitzung",
    "Sitzungseintrag",
    "Zeitraum",
    "beratungen",
    "gehoert_in",
    "sitzungen",
]
