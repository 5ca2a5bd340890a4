"""What has been published: the one record from which every feed, page and server speaks."""

from gremienplan.release.folge import follow
from gremienplan.release.meldung import Meldung, Nachricht, Ohne, messages, without_calendar
from gremienplan.release.text import release_from_json, release_to_json
from gremienplan.release.werte import (
    ABSAGE_BLEIBT,
    ALLE,
    FRISTEN,
    OEFFENTLICH,
    Aenderung,
    Art,
    Ausgabe,
    Entwurf,
    Fassung,
    Geladen,
    Gemeldet,
    Gesicht,
    Kalender,
    Offen,
    Release,
    Seite,
    Status,
    Veroeffentlicht,
)

__all__ = [
    "ABSAGE_BLEIBT",
    "ALLE",
    "FRISTEN",
    "OEFFENTLICH",
    "Aenderung",
    "Art",
    "Ausgabe",
    "Entwurf",
    "Fassung",
    "Geladen",
    "Gemeldet",
    "Gesicht",
    "Kalender",
    "Meldung",
    "Nachricht",
    "Offen",
    "Ohne",
    "Release",
    "Seite",
    "Status",
    "Veroeffentlicht",
    "follow",
    "messages",
    "release_from_json",
    "release_to_json",
    "without_calendar",
]
