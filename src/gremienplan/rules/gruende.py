"""Why a Sitz is invited to a Sitzung; and why not: the rules that come nearest, and what they lack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from attrs import field, frozen

from gremienplan.errors import UnknownIdError
from gremienplan.rules.auswertung import invitations
from gremienplan.rules.grenzen import Ausschluss, Grenzen, ListenArt, Mitgliederliste
from gremienplan.rules.werte import Als, Invitation, Regel, Tagung
from gremienplan.stadt import Gremium, Sitz, Stadt, gilt


@frozen
class FalscherAnlass:
    """The Sitzung has none of the Anlässe that the rule is for."""

    einer_von: tuple[str, ...]
    """Any of these would do."""
    ist: tuple[str, ...]
    """Those it has."""


@frozen
class KeinGemeinsamesGebiet:
    """The Gebiet of the Sitz shares no atom with that of the Gremium."""

    sitz: tuple[str, ...]
    """Atoms of the Sitz, sorted."""
    gremium: tuple[str, ...]
    """Atoms of the Gremium, sorted."""


@frozen
class NurAnderswo:
    """The rule is limited to Gremien at other Gebiete."""

    nur: tuple[str, ...]


@frozen
class NichtInKraft:
    """The rule is not in force on the day."""

    ab: date | None
    bis: date | None


@frozen
class AnderesGremium:
    """The rule is about one other Gremium of the same Gremienart."""

    gremium: str


@frozen
class AndererSitz:
    """The rule names one Sitz of this Rolle outright, and it is another one."""

    sitz: str


@frozen
class GibtEsNicht:
    """The city has the Sitz, or the Gremium, on other days only."""

    kennung: str


Hindernis: TypeAlias = (
    FalscherAnlass
    | KeinGemeinsamesGebiet
    | NurAnderswo
    | NichtInKraft
    | AnderesGremium
    | AndererSitz
    | GibtEsNicht
)
"""One condition of a rule that does not hold."""


@frozen
class Beinahe:
    """A rule that names the Rolle and would invite the Sitz, were it not for what it lacks."""

    regel: Regel
    fehlt: tuple[Hindernis, ...]
    """Every condition that does not hold; were they to hold, the Sitz would be invited."""


@frozen
class NotInvited:
    """A Sitz that is not invited, and the nearest rules: those that lack the fewest conditions."""

    sitz: Sitz = field(repr=str)
    naechste: tuple[Beinahe, ...] = field(repr=lambda found: repr([b.regel.id for b in found]))
    """In the order of the city's rules; empty when no rule about this Gremienart names the Rolle."""
    genannt: tuple[str, ...] = field(repr=False)
    """What the rules about this Gremium name on that day: Rollen, and single Sitze with a slash."""
    ausgeschlossen: tuple[Ausschluss, ...] = field(default=(), repr=lambda found: repr([a.id for a in found]))
    """What rules the Sitz out: the reason why no rule may name it."""
    liste: Mitgliederliste | None = field(default=None, repr=False)
    """The list of members where no rule names the Rolle and nobody can be added: it is closed, or there is none."""


def why(
    stadt: Stadt,
    regeln: Sequence[Regel],
    sitzung: Tagung,
    sitz: Sitz | str,
    tag: date,
    *,
    grenzen: Grenzen | None = None,
) -> Invitation | NotInvited:
    """Say why a Sitz is invited to a Sitzung that takes place on ``tag``, or why it is not.

    The answer is the Invitation with every Derivation, or the rules that come nearest with exactly the conditions
    that fail: were those of one of them to hold, the Sitz would be invited. With the city's ``grenzen`` the answer also
    says what rules the Sitz out, and whether the list of members is closed. A Sitz may be given by its id.

    Raises UnknownIdError, a KeyError, for an id that the city never has.
    """
    if isinstance(sitz, str):
        if sitz not in stadt.alle_sitze:
            raise UnknownIdError(sitz, stadt.alle_sitze)
        sitz = stadt.alle_sitze[sitz]
    for invitation in invitations(stadt, regeln, sitzung, tag):
        if invitation.sitz.id == sitz.id:
            return invitation
    heute, gremium = stadt.am(tag).sitze.get(sitz.id), stadt.gremium_am(sitzung.gremium, tag)
    gone = tuple(
        GibtEsNicht(one.id) for one, now in ((sitz, heute), (sitzung.gremium, gremium)) if now is None
    )
    found = tuple(_beinahe(regeln, gremium or sitzung.gremium, sitzung.anlass, heute or sitz, tag, gone))
    least = min((len(beinahe.fehlt) for beinahe in found), default=0)
    naechste = tuple(beinahe for beinahe in found if len(beinahe.fehlt) == least)
    return NotInvited(
        heute or sitz,
        naechste,
        _genannt(stadt, regeln, gremium or sitzung.gremium, tag),
        *_grenzen(grenzen or Grenzen(), gremium or sitzung.gremium, heute or sitz, naechste),
    )


def _grenzen(
    grenzen: Grenzen, gremium: Gremium, sitz: Sitz, naechste: tuple[Beinahe, ...]
) -> tuple[tuple[Ausschluss, ...], Mitgliederliste | None]:
    """Return what rules a Sitz out as what the nearest rules would invite it, or else as anything; and the list."""
    kinds = {beinahe.regel.als for beinahe in naechste} or set(Als)
    out = tuple(
        ausschluss
        for ausschluss in grenzen.ausgeschlossen
        if ausschluss.betrifft(gremium) and any(ausschluss.trifft(sitz, als) for als in kinds)
    )
    liste = grenzen.liste(gremium)
    told = liste and not naechste and liste.art is not ListenArt.OFFEN
    return out, liste if told else None


def _beinahe(
    regeln: Sequence[Regel],
    gremium: Gremium,
    anlass: tuple[str, ...],
    sitz: Sitz,
    tag: date,
    gone: tuple[Hindernis, ...],
) -> Iterator[Beinahe]:
    """Yield every rule about this Gremienart that names the Rolle, with what it lacks."""
    for regel in regeln:
        wer = [_wer(eintrag, gremium, sitz) for eintrag in regel.rollen if _rolle(eintrag) == sitz.rolle.id]
        if wer and _rolle(regel.gremium) == gremium.art.id:
            yield Beinahe(regel, (*gone, *_wann(regel, gremium, anlass, tag), *min(wer, key=len)))


def _rolle(eintrag: str) -> str:
    """Return the Rolle of an entry, or the Gremienart: what stands before the slash, if there is one."""
    return eintrag.partition("/")[0]


def _wann(regel: Regel, gremium: Gremium, anlass: tuple[str, ...], tag: date) -> Iterator[Hindernis]:
    """Yield what keeps a rule from being about this Sitzung on this day."""
    if regel.gremium not in (gremium.art.id, gremium.id):
        yield AnderesGremium(regel.gremium)
    if regel.nur is not None and gremium.gebiet.id not in regel.nur:
        yield NurAnderswo(regel.nur)
    if not gilt(regel.gueltig_ab, regel.gueltig_bis, tag):
        yield NichtInKraft(regel.gueltig_ab, regel.gueltig_bis)
    if regel.anlass is not None and not set(regel.anlass) & set(anlass):
        yield FalscherAnlass(regel.anlass, anlass)


def _wer(eintrag: str, gremium: Gremium, sitz: Sitz) -> tuple[Hindernis, ...]:
    """Return what keeps an entry that names the Rolle from meaning this Sitz."""
    if "/" in eintrag:
        return () if eintrag == sitz.id else (AndererSitz(eintrag),)
    if sitz.gebiet.touches(gremium.gebiet):
        return ()
    return (KeinGemeinsamesGebiet(tuple(sorted(sitz.gebiet.atome)), tuple(sorted(gremium.gebiet.atome))),)


def _genannt(stadt: Stadt, regeln: Sequence[Regel], gremium: Gremium, tag: date) -> tuple[str, ...]:
    """Return what the rules name; a single Sitz only where no Rolle that is named means it already."""
    named = {
        eintrag: None
        for regel in regeln
        if regel.gremium in (gremium.art.id, gremium.id) and gilt(regel.gueltig_ab, regel.gueltig_bis, tag)
        for eintrag in regel.rollen
    }
    sitze = stadt.am(tag).sitze
    return tuple(
        eintrag
        for eintrag in named
        if eintrag not in sitze
        or sitze[eintrag].rolle.id not in named
        or not sitze[eintrag].gebiet.touches(gremium.gebiet)
    )
