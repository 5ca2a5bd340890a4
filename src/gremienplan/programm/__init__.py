"""The year's programme as a city folder asks for it, and the Sitzungen and Beratungen it makes of a year."""

from gremienplan.programm.aufgaben import Aufgabe, Punkt, Verteiler, aufgaben, tagesordnung
from gremienplan.programm.ereignisse import Beratung, Sitzung, beratungen, gehoert_in, sitzungen, zusaetzliche
from gremienplan.programm.fristtage import Fristtermin, fristtermine
from gremienplan.programm.meidetage import Fest, Meidetag, Meidezeit, meidezeiten
from gremienplan.programm.monattag import MonatTag
from gremienplan.programm.werte import (
    Anlass,
    Aufgabeneintrag,
    Beratungseintrag,
    Je,
    Programm,
    Schranke,
    Sitzungseintrag,
    Tagesordnungseintrag,
    Zeitraum,
    Zusatzsitzung,
)

__all__ = [
    "Anlass",
    "Aufgabe",
    "Aufgabeneintrag",
    "Beratung",
    "Beratungseintrag",
    "Fest",
    "Fristtermin",
    "Je",
    "Meidetag",
    "Meidezeit",
    "MonatTag",
    "Programm",
    "Punkt",
    "Schranke",
    "Sitzung",
    "Sitzungseintrag",
    "Tagesordnungseintrag",
    "Verteiler",
    "Zeitraum",
    "Zusatzsitzung",
    "aufgaben",
    "beratungen",
    "fristtermine",
    "gehoert_in",
    "meidezeiten",
    "sitzungen",
    "tagesordnung",
    "zusaetzliche",
]
