"""The programme as a city folder writes it: entries that serve every year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from attrs import evolve, field, frozen

from gremienplan.errors import UnknownIdError
from gremienplan.fristen import Frist
from gremienplan.programm.bedingungen import Bedingung, Tage
from gremienplan.programm.meidetage import Meidetag
from gremienplan.programm.monattag import MonatTag
from gremienplan.programm.profile import Profil, gestuft
from gremienplan.programm.wuensche import Wunsch
from gremienplan.quellen import Grundlage

E = TypeVar("E", "Sitzungseintrag", "Beratungseintrag")


@frozen
class Schranke:
    """One bound: a day, and on whose word."""

    tag: MonatTag
    grundlage: Grundlage


@frozen
class Zeitraum:
    """A window; ``bis`` before ``von`` runs into the next year."""

    von: MonatTag
    bis: MonatTag
    grundlage: Grundlage

    def in_jahr(self, jahr: int) -> tuple[date, date]:
        """Return first and last day, both inclusive, of the window that begins in ``jahr``."""
        return self.von.on(jahr), self.bis.on(jahr if self.von <= self.bis else jahr + 1)


@frozen
class Anlass:
    """A topic of a Sitzung. Invitations depend on it."""

    id: str
    name: str
    grundlage: Grundlage | None = None


@frozen
class Sitzungseintrag:
    """``[[sitzung]]``: one Sitzung a year for every Gremium of a Gremienart (or only at ``nur``)."""

    id: str
    gremium: str
    anlass: tuple[str, ...]
    grundlage: Grundlage
    name: str = ""
    fenster: Zeitraum | None = None
    fruehestens: Schranke | None = None
    spaetestens: Schranke | None = None
    dauer: int | None = None
    nur: tuple[str, ...] | None = None
    bei_bedarf: bool = False
    """It is held only where a project says so."""

    def in_jahr(self, jahr: int) -> tuple[date, date]:
        """Return the days its window allows in a year; the whole year where the programme gives none."""
        return self.fenster.in_jahr(jahr) if self.fenster else (date(jahr, 1, 1), date(jahr, 12, 31))


@frozen
class Zusatzsitzung:
    """A Sitzung that was added to one year by hand: it is held beside those the programme asks for."""

    sitzung: str
    """Its id: an entry of its own, and the Gebiet; never used for another one, so that its identity in calendars lasts.
    """
    gremium: str
    anlass: tuple[str, ...]
    wie: str = ""
    """Entry of the programme: what must come before that one, must come before this one too."""
    abgesagt: bool = False
    """It is off; added again, it is the same Sitzung."""

    @property
    def eintrag(self) -> str:
        """Id of its entry."""
        return self.sitzung.partition("/")[0]


@frozen
class Beratungseintrag:
    """``[[beratung]]``: an item in a sitting that exists; it has the Gebiet of the Sitzung ``zu``."""

    id: str
    zu: str
    gremium: str
    vortrag: tuple[str, ...]
    grundlage: Grundlage
    name: str = ""
    fruehestens: Schranke | None = None
    spaetestens: Schranke | None = None
    kenntnis: tuple[str, ...] = ()
    """Rollen that find the item in their feed beside the presenter."""
    nur: tuple[str, ...] | None = None
    """Only for Sitzungen at these Gebiete (ids)."""
    bei_bedarf: bool = False
    """It is heard only where a project says so."""
    ueberall: bool = False
    """Heard by every Gremium of the Gremienart, not only those that the Gebiet touches."""


class Je(Enum):
    """For what there is one task each: the Sitzung, each office that answers for it, or each recipient."""

    SITZUNG = "sitzung"
    ZUSTAENDIG = "zustaendig"
    AN = "an"


@frozen
class Aufgabeneintrag:
    """``[[aufgabe]]``: what has to be done so many days before or after each Sitzung it belongs to."""

    id: str
    name: str
    grundlage: Grundlage
    zu: tuple[str, ...] = ()
    """Entries of Sitzungen."""
    gremium: tuple[str, ...] = ()
    """Gremienarten or single Gremien: each of their Sitzungen."""
    vorher: Tage | None = None
    nachher: Tage | None = None
    zustaendig: str | None = None
    """The Rolle or Sitz that answers for it; without it, the office that manages the Gremium."""
    an: tuple[str, ...] = ()
    """Rollen, Sitze, Gremienarten or Gremien: with whom it is done, or who gets the result."""
    verteiler: tuple[str, ...] = ()
    """Names of further recipients, whose lists a project keeps."""
    je: Je = Je.SITZUNG
    abstimmung: bool = False
    """The date is agreed with each Sitz it is done with; before that, the Sitzung is not made public."""
    einladung: bool = False
    """It is the dispatch of the invitation: its last day is the last one on which that may go out."""


@frozen
class Tagesordnungseintrag:
    """``[[tagesordnung]]``: a standing item of the Sitzungen it belongs to, and who presents it."""

    id: str
    name: str
    grundlage: Grundlage
    vortrag: tuple[str, ...] = ()
    """Rollen and Sitze; empty: those who invite to the Sitzung."""
    zu: tuple[str, ...] = ()
    gremium: tuple[str, ...] = ()


@frozen
class Programm:
    """A yearly programme: what must be held, in which order, and what would be good."""

    id: str
    name: str
    anlaesse: Mapping[str, Anlass]
    sitzungen: tuple[Sitzungseintrag, ...]
    beratungen: tuple[Beratungseintrag, ...]
    bedingungen: tuple[Bedingung, ...]
    wuensche: tuple[Wunsch, ...]
    aufgaben: tuple[Aufgabeneintrag, ...] = ()
    tagesordnung: tuple[Tagesordnungseintrag, ...] = ()
    fristen: tuple[Frist, ...] = ()
    meidetage: tuple[Meidetag, ...] = ()
    bedarf: Mapping[str, tuple[str, ...] | None] = field(factory=dict)
    """Entry that is held only because a project says so -> its own ``nur``."""
    profile: Mapping[str, Profil] = field(factory=dict)
    """Orders of the wishes a planner may choose."""
    profil: str = ""
    """Id of the chosen one; empty: the wishes have the stages the programme gives them."""
    eigene_wuensche: tuple[Wunsch, ...] | None = None
    """Where a profile is chosen: the wishes with the stages the programme gives them."""

    def mit_profil(self, profil: str) -> Programm:
        """Return the programme with the stages of a profile, or (empty) its own. Raises UnknownIdError."""
        eigene = self.wuensche if self.eigene_wuensche is None else self.eigene_wuensche
        if not profil:
            return evolve(self, wuensche=eigene, profil="", eigene_wuensche=None)
        if profil not in self.profile:
            raise UnknownIdError(profil, self.profile)
        gewaehlt = gestuft(eigene, self.profile[profil])
        return evolve(self, wuensche=gewaehlt, profil=profil, eigene_wuensche=eigene)

    def mit_fristen(self, fristen: tuple[Frist, ...]) -> Programm:
        """Return the programme with further deadlines; one with the id of its own takes that one's place."""
        neu = {frist.id: frist for frist in fristen}
        eigene = tuple(neu.pop(frist.id, frist) for frist in self.fristen)
        return evolve(self, fristen=(*eigene, *neu.values()))

    def mit_meidetagen(self, meidetage: tuple[Meidetag, ...]) -> Programm:
        """Return the programme with further days to leave free; one with the id of its own takes that one's place."""
        neu = {meidetag.id: meidetag for meidetag in meidetage}
        eigene = tuple(neu.pop(meidetag.id, meidetag) for meidetag in self.meidetage)
        return evolve(self, meidetage=(*eigene, *neu.values()))

    def mit_bedarf(self, orte: Mapping[str, tuple[str, ...]]) -> Programm:
        """Return the programme with what is held on demand: entry -> the Gebiete (ids) at which it is held."""

        def mit(eintrag: E) -> E:
            if not eintrag.bei_bedarf or eintrag.id not in orte:
                return eintrag
            return evolve(eintrag, bei_bedarf=False, nur=orte[eintrag.id])

        return evolve(
            self,
            sitzungen=tuple(mit(eintrag) for eintrag in self.sitzungen),
            beratungen=tuple(mit(eintrag) for eintrag in self.beratungen),
            bedarf={
                **{s.id: s.nur for s in self.sitzungen if s.bei_bedarf and s.id in orte},
                **{b.id: b.nur for b in self.beratungen if b.bei_bedarf and b.id in orte},
            },
        )
