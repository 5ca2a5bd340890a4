"""What is fixed: the sittings of political bodies, public holidays and school holidays, as values."""

from gremienplan.ratskalender.arten import ARTEN, GERATEN, Stand
from gremienplan.ratskalender.bericht import Bericht, Posten, Quellbericht, bericht
from gremienplan.ratskalender.dauer import Ende, ganze_minute, naechste_minute
from gremienplan.ratskalender.einfuhr import (
    Einfuhr,
    Entfallen,
    Gemeint,
    Kalenderart,
    Kalenderquelle,
    Mangel,
    Verlust,
)
from gremienplan.ratskalender.einfuhrtext import einfuhr_from_json, einfuhr_to_json
from gremienplan.ratskalender.ferien import brueckentage, freitage
from gremienplan.ratskalender.feste import feste, festnamen, ostersonntage
from gremienplan.ratskalender.fortschreibung import Fortschreibung, fortschreiben
from gremienplan.ratskalender.lesart import normalisieren
from gremienplan.ratskalender.werte import (
    CANCELLED,
    VERSCHWUNDEN,
    Ausgang,
    Ausschuss,
    Eintrag,
    FreierTag,
    Freitage,
    Hinweis,
    Muster,
    Ratskalender,
    Ratssitzung,
    Treffer,
    Verbleib,
    Verbot,
)

__all__ = [
    "ARTEN",
    "CANCELLED",
    "GERATEN",
    "VERSCHWUNDEN",
    "Ausgang",
    "Ausschuss",
    "Bericht",
    "Einfuhr",
    "Eintrag",
    "Ende",
    "Entfallen",
    "Fortschreibung",
    "FreierTag",
    "Freitage",
    "Gemeint",
    "Hinweis",
    "Kalenderart",
    "Kalenderquelle",
    "Mangel",
    "Muster",
    "Posten",
    "Quellbericht",
    "Ratskalender",
    "Ratssitzung",
    "Stand",
    "Treffer",
    "Verbleib",
    "Verbot",
    "Verlust",
    "bericht",
    "brueckentage",
    "einfuhr_from_json",
    "einfuhr_to_json",
    "feste",
    "festnamen",
    "fortschreiben",
    "freitage",
    "ganze_minute",
    "naechste_minute",
    "normalisieren",
    "ostersonntage",
]
