"""Rules as values, and what follows from them."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Protocol

from attrs import field, frozen

from gremienplan.quellen import Grundlage
from gremienplan.stadt import Gremium, Sitz


class RegelArt(Enum):
    """The four kinds of rule."""

    MITGLIEDSCHAFT = "mitgliedschaft"
    EINLADUNG = "einladung"
    GASTGEBER = "gastgeber"
    GESCHAEFTSFUEHRUNG = "geschaeftsfuehrung"


class Als(Enum):
    """As what a Sitz is invited."""

    MITGLIED = "mitglied"
    GAST = "gast"
    GASTGEBER = "gastgeber"
    GESCHAEFTSFUEHRUNG = "geschaeftsfuehrung"


_ALS = {
    RegelArt.MITGLIEDSCHAFT: Als.MITGLIED,
    RegelArt.EINLADUNG: Als.GAST,
    RegelArt.GASTGEBER: Als.GASTGEBER,
    RegelArt.GESCHAEFTSFUEHRUNG: Als.GESCHAEFTSFUEHRUNG,
}


class Anwesend(Enum):
    """How many of the Sitze that a rule names have to be free for a Sitzung."""

    ALLE = "alle"
    EINE_VON = "eine_von"


@frozen
class Insbesondere:
    """Of those a rule invites, who lives in the Gremium's Gebiet is meant in particular.

    It marks, and neither adds nor removes anybody.
    """

    grundlage: Grundlage
    nur: tuple[str, ...] | None = None
    """Only for Gremien at these Gebiete (ids); None: everywhere."""


@frozen
class Regel:
    """One rule of a city: for this Gremium, these Rollen, on whose word."""

    id: str
    art: RegelArt
    gremium: str
    """A Gremienart (every Gremium of it), or one Gremium with a slash."""
    rollen: tuple[str, ...]
    """Rollen (the join says which Sitze), or single Sitze with a slash."""
    grundlage: Grundlage
    anlass: tuple[str, ...] | None = None
    """The rule holds when the Sitzung has one of these Anlässe; None: always."""
    nur: tuple[str, ...] | None = None
    """The rule holds only for Gremien at these Gebiete (ids); None: everywhere."""
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None
    insbesondere: Insbesondere | None = None
    """Whom of them the rule means in particular; None: all alike."""
    anwesend: Anwesend = Anwesend.ALLE
    """Everybody is invited; who of them has to be free is another matter."""

    @property
    def als(self) -> Als:
        """As what it invites."""
        return _ALS[self.art]


class Tagung(Protocol):
    """What the rules need to know of a Sitzung: its Gremium and its Anlässe."""

    @property
    def gremium(self) -> Gremium:
        """The Gremium that meets."""

    @property
    def anlass(self) -> tuple[str, ...]:
        """Ids of the Anlässe."""


@frozen
class Derivation:
    """Why a Sitz is invited: one rule, its word, and how the rule comes to mean this Sitz."""

    regel: str
    als: Als
    grundlage: Grundlage
    ueber: tuple[str, ...]
    """The atoms that the Sitz's Gebiet shares with the Gremium's, sorted; empty for a Sitz named outright."""
    anlass: tuple[str, ...] = ()
    """The Anlässe of the Sitzung that made the rule hold; empty when it holds always."""
    insbesondere: Grundlage | None = None
    """On whose word those who live in the Gremium's Gebiet are meant in particular; None: they are not."""


@frozen
class Invitation:
    """One Sitz and every reason it is invited for, in the order of the city's rules."""

    sitz: Sitz = field(repr=str)
    gruende: tuple[Derivation, ...] = field(repr=lambda found: repr([grund.regel for grund in found]))

    @property
    def als(self) -> tuple[Als, ...]:
        """As what it is invited, without repetition."""
        return tuple(dict.fromkeys(grund.als for grund in self.gruende))
