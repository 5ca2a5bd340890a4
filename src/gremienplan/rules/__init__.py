"""Who belongs to which Gremium, who is invited to which Sitzung, by whom, and on whose word."""

from gremienplan.rules.auswertung import gastgeber, geschaeftsfuehrung, invitations, mitglieder
from gremienplan.rules.gruende import (
    AndererSitz,
    AnderesGremium,
    Beinahe,
    FalscherAnlass,
    Hindernis,
    KeinGemeinsamesGebiet,
    NichtInKraft,
    NotInvited,
    NurAnderswo,
    why,
)
from gremienplan.rules.personen import Geladen, Personenliste, Wohnt, personen, wohnt
from gremienplan.rules.werte import Als, Derivation, Insbesondere, Invitation, Regel, RegelArt, Tagung

__all__ = [
    "Als",
    "AndererSitz",
    "AnderesGremium",
    "Beinahe",
    "Derivation",
    "FalscherAnlass",
    "Geladen",
    "Hindernis",
    "Insbesondere",
    "Invitation",
    "KeinGemeinsamesGebiet",
    "NichtInKraft",
    "NotInvited",
    "NurAnderswo",
    "Personenliste",
    "Regel",
    "RegelArt",
    "Tagung",
    "Wohnt",
    "gastgeber",
    "geschaeftsfuehrung",
    "invitations",
    "mitglieder",
    "personen",
    "why",
    "wohnt",
]
