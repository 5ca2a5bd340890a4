"""From invited Sitze to persons: one invitation each, with all Sitze, and who is meant in particular."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import Enum

from attrs import field, frozen

from gremienplan.besetzung import Besetzung, Wohnsitz
from gremienplan.quellen import Grundlage
from gremienplan.rules.werte import Invitation
from gremienplan.stadt import Gebiet, Gremium, Stadt


class Wohnt(Enum):
    """Whether somebody lives in a Gebiet. What is not known is not a no."""

    JA = "ja"
    NEIN = "nein"
    UNBEKANNT = "unbekannt"


@frozen
class Geladen:
    """One person and the Sitze it is invited for, each with its reasons."""

    person: str = field(repr=False)
    invitations: tuple[Invitation, ...]
    insbesondere: Wohnt | None = None
    """Where a rule means residents in particular: whether this is one. None: no rule asks."""
    grundlagen: tuple[Grundlage, ...] = ()
    """On whose word residents are meant in particular."""
    vertretung: tuple[str, ...] = field(default=(), repr=False)
    """Who may stand in, in any of the Sitze."""

    @property
    def hervorgehoben(self) -> bool:
        """Tell whether this person is meant in particular."""
        return self.insbesondere is Wohnt.JA


@frozen
class Personenliste:
    """Everybody who is invited to a Sitzung, by person; nobody invited by Sitz is lost."""

    geladen: tuple[Geladen, ...]
    ohne_person: tuple[Invitation, ...]
    """Sitze that nobody is said to hold: vacant, a group, or not in the Besetzung. They stay invited."""

    @property
    def unbekannt(self) -> tuple[Geladen, ...]:
        """Those of whom a rule asks where they live, and nobody has said."""
        return tuple(g for g in self.geladen if g.insbesondere is Wohnt.UNBEKANNT)


def personen(
    stadt: Stadt, besetzung: Besetzung, invitations: Sequence[Invitation], gremium: Gremium, tag: date
) -> Personenliste:
    """Return the persons behind the invitations to a Sitzung of ``gremium`` on ``tag``.

    Each person comes once, with all its Sitze, in the order of the invitations. A Sitz with several holders invites
    each of them. Residents are marked where a rule asks for it; a mark never adds or removes anybody. The areas are
    those of that day.
    """
    heute, body = stadt.am(tag), stadt.gremium_am(gremium, tag) or gremium
    mine: dict[str, list[Invitation]] = {}
    vacant: list[Invitation] = []
    for invitation in invitations:
        inhaber = besetzung.inhaber(invitation.sitz.id, tag)
        for person in inhaber:
            mine.setdefault(person, []).append(invitation)
        if not inhaber:
            vacant.append(invitation)
    geladen = (_geladen(heute, besetzung, person, found, body, tag) for person, found in mine.items())
    return Personenliste(tuple(geladen), tuple(vacant))


def _geladen(
    stadt: Stadt, besetzung: Besetzung, person: str, found: list[Invitation], gremium: Gremium, tag: date
) -> Geladen:
    marks = (grund.insbesondere for invitation in found for grund in invitation.gruende)
    words = tuple(dict.fromkeys(word for word in marks if word is not None))
    lives = wohnt(stadt, besetzung.wohnsitze(person, tag), gremium.gebiet) if words else None
    deputies = (wer for invitation in found for wer in besetzung.vertretung(person, invitation.sitz.id, tag))
    return Geladen(person, tuple(found), lives, words, tuple(dict.fromkeys(deputies)))


def wohnt(stadt: Stadt, wohnsitze: Iterable[Wohnsitz], gebiet: Gebiet) -> Wohnt:
    """Tell whether somebody of whom this is known lives in a Gebiet.

    Of who lives in a Bezirk it is not known in which of its Sozialräume, unless it lies in one alone; one
    statement that decides is enough.
    """
    for wohnsitz in wohnsitze:
        known = stadt.gebiet.get(wohnsitz.gebiet)
        if known is None:
            continue
        if wohnsitz.dort and known.atome <= gebiet.atome:
            return Wohnt.JA
        if known.atome.isdisjoint(gebiet.atome) if wohnsitz.dort else gebiet.atome <= known.atome:
            return Wohnt.NEIN
    return Wohnt.UNBEKANNT
