"""What one reading of one source of a council calendar gave: its entries, what was lost, and where it is from."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from attrs import frozen

from gremienplan.ratskalender.werte import Eintrag


class Mangel(Enum):
    """Why an entry, or a part of a source, could not be taken over."""

    OHNE_BEGINN = "ohne-beginn"
    ZEIT_UNLESBAR = "zeit-unlesbar"
    WOCHENTAG_WIDERSPRICHT = "wochentag-widerspricht"
    SERIE_UNLESBAR = "serie-unlesbar"
    KEIN_OBJEKT = "kein-objekt"
    SEITE_FEHLT = "seite-fehlt"
    GELOESCHT = "geloescht"


@frozen
class Verlust:
    """One thing that could not be taken over, with the place in the source and what stands there."""

    mangel: Mangel
    stelle: str
    """Line of an .ics or table, address or place of an OParl object."""
    wert: str = ""
    """What stands there, at most 80 characters."""


@frozen
class Einfuhr:
    """One reading of one source.

    ``herkunft`` is the address, or the name of the file without its folder. ``pruefsumme`` are 16 hex digits of
    the SHA-256 of what was read. ``gelesen`` is the moment of the reading in the city's local time, naive.
    """

    quelle: str
    """Name of the source, as the project calls it; also the name of its file in ``ratskalender/``."""
    art: str
    """``ics``, ``oparl`` or ``tabelle``."""
    herkunft: str
    gelesen: datetime
    pruefsumme: str
    eintraege: tuple[Eintrag, ...] = ()
    verluste: tuple[Verlust, ...] = ()
    feste_kennungen: bool = True
    """False once a reading has shown that the source gives its entries new identities each time."""
