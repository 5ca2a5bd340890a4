"""What one reading of one source of a council calendar gave: its entries, what was lost, and where it is from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from attrs import field, frozen

from gremienplan.ratskalender.werte import Eintrag


class Kalenderart(Enum):
    """What kind of source gives a council calendar."""

    ICS = "ics"
    OPARL = "oparl"
    TABELLE = "tabelle"


class Mangel(Enum):
    """Why an entry, or a part of a source, could not be taken over."""

    OHNE_BEGINN = "ohne-beginn"
    ZEIT_UNLESBAR = "zeit-unlesbar"
    WOCHENTAG_WIDERSPRICHT = "wochentag-widerspricht"
    SERIE_UNLESBAR = "serie-unlesbar"
    KEIN_OBJEKT = "kein-objekt"
    SEITE_FEHLT = "seite-fehlt"
    GELOESCHT = "geloescht"
    ZONE_UNBEKANNT = "zone-unbekannt"
    """Nobody knows the time zone; the entry stands, in the city's local time."""
    ABGESCHNITTEN = "abgeschnitten"
    """The source ends, or an entry begins, where one is not complete: what was missing is unknown."""
    VERWEIS_FEHLT = "verweis-fehlt"
    """Something an entry names stands nowhere; the entry itself stands."""
    OHNE_GREMIUM = "ohne-gremium"
    UHRZEIT_UNLESBAR = "uhrzeit-unlesbar"
    """Start or end of an entry that stands, with its day only, or without its end."""
    TAG_ODER_MONAT = "tag-oder-monat"
    """Days such as 7/5/2027, and nothing decides which number is the month; the day is taken to come first."""

    @property
    def geraten(self) -> bool:
        """Tell whether nothing is lost: the entries stand, but not all that they say was understood."""
        return self in (Mangel.ZONE_UNBEKANNT, Mangel.UHRZEIT_UNLESBAR, Mangel.TAG_ODER_MONAT)

    @property
    def unvollstaendig(self) -> bool:
        """Tell whether an unknown part of the source is missing, so that what it lacks says nothing."""
        return self in (Mangel.SEITE_FEHLT, Mangel.ABGESCHNITTEN)


@frozen
class Gemeint:
    """What is known of an entry that could not be read; what is empty is unknown."""

    kennung: str = ""
    name: str = ""
    tag: date | None = None


@frozen
class Verlust:
    """One thing that could not be taken over, with the place in the source and what stands there."""

    mangel: Mangel
    stelle: str
    """Line of an .ics or table, address or place of an OParl object."""
    wert: str = ""
    """What stands there, at most 80 characters."""
    eintrag: Gemeint | None = field(default=None, eq=False)
    """The entry that is lost; None: it stands all the same, or there was none. Only the reading itself knows it."""


@frozen
class Kalenderquelle:
    """``[[quelle]]`` of a project: where a council calendar comes from, and how it is to be read."""

    name: str
    """Name of its file in ``ratskalender/``, and the beginning of the keys of its sittings."""
    adresse: str
    """An address (``https://…``), or a file or folder; a relative path begins at the project."""
    art: Kalenderart | None = None
    """None: the content says it."""
    spalten: Mapping[str, str] = field(factory=dict)
    """Of a table: what a column means -> its heading; what is not named is guessed by the usual headings."""
    hosts: tuple[str, ...] = ()
    """Further hosts that its pages may lead to."""
    gremium: tuple[str, ...] = ()
    """OParl: only the meetings of the bodies with these names or addresses."""
    koerperschaft: str = ""
    """OParl: the one Body that is meant where a server has several, by name or address."""


@frozen
class Entfallen:
    """``[[entfallen]]`` of a project: a sitting that vanished from its source, and somebody says why."""

    sitzung: str
    """Key of the sitting, as ``import`` shows it."""
    grund: str


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
    vollstaendig: bool = True
    """False: only what changed was asked for, or an unknown part is missing, so what is not there says nothing."""

    @property
    def alles_verloren(self) -> bool:
        """Tell whether it had entries, or an unknown part, and none of them could be read."""
        return not self.eintraege and (self.luecken or any(v.eintrag for v in self.verluste))

    @property
    def luecken(self) -> bool:
        """Tell whether it may lack something that its source had: only a reading of the whole gives it back."""
        return any(
            verlust.mangel.unvollstaendig or verlust.mangel is Mangel.KEIN_OBJEKT for verlust in self.verluste
        )
