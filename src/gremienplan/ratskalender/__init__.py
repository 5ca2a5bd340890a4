"""What is fixed: the sittings of political bodies, public holidays and school holidays, as values."""

from gremienplan.ratskalender.dauer import ganze_minute, naechste_minute
from gremienplan.ratskalender.einfuhr import Einfuhr, Mangel, Verlust
from gremienplan.ratskalender.ferien import brueckentage, freitage
from gremienplan.ratskalender.lesart import normalisieren
from gremienplan.ratskalender.werte import (
    Ausschuss,
    Eintrag,
    FreierTag,
    Freitage,
    Hinweis,
    Muster,
    Ratskalender,
    Ratssitzung,
    Treffer,
    Verbot,
)

__all__ = [
    "Ausschuss",
    "Einfuhr",
    "Eintrag",
    "FreierTag",
    "Freitage",
    "Hinweis",
    "Mangel",
    "Muster",
    "Ratskalender",
    "Ratssitzung",
    "Treffer",
    "Verbot",
    "Verlust",
    "brueckentage",
    "freitage",
    "ganze_minute",
    "naechste_minute",
    "normalisieren",
]
