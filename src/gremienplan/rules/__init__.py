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
from gremienplan.rules.werte import Als, Derivation, Invitation, Regel, RegelArt, Tagung

__all__ = [
    "Als",
    "AndererSitz",
    "AnderesGremium",
    "Beinahe",
    "Derivation",
    "FalscherAnlass",
    "Hindernis",
    "Invitation",
    "KeinGemeinsamesGebiet",
    "NichtInKraft",
    "NotInvited",
    "NurAnderswo",
    "Regel",
    "RegelArt",
    "Tagung",
    "gastgeber",
    "geschaeftsfuehrung",
    "invitations",
    "mitglieder",
    "why",
]
