"""What a linter finds in a council calendar, as values."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from gremienplan.quellen import Grundlage
from gremienplan.ratskalender import Ratssitzung
from gremienplan.texts import Text


class Schwere(Enum):
    """How much a finding weighs, the worst first."""

    FEHLER = "fehler"
    """It cannot be meant, or cannot work."""
    WARNUNG = "warnung"
    """It is hardly meant."""
    HINWEIS = "hinweis"
    """It is unusual."""


class Befundart(Enum):
    """What is found; also the word that mutes it."""

    FEIERTAG = "feiertag"
    FEHLENDE_SITZUNG = "fehlende-sitzung"
    DOPPELT_BESETZT = "doppelt-besetzt"
    RAUM = "raum"
    FERIEN = "ferien"
    WOCHENENDE = "wochenende"
    RATSFOLGE = "ratsfolge"
    WOCHENTAG = "wochentag"


@frozen
class Befund:
    """One thing in one place of a council calendar."""

    art: Befundart
    schwere: Schwere
    wer: tuple[str, ...]
    """Names of the bodies it is about."""
    was: Text
    """What is wrong, with the day."""
    gremien: tuple[str, ...]
    """Ids of these bodies; the name as it is compared of one that nobody has named."""
    tag: date
    """The first day it is about."""
    sitzungen: tuple[Ratssitzung, ...] = ()
    """The sittings it is about; none where one is missing."""
    grundlage: Grundlage | None = None
    """On whose word, where a passage, a reading or a planner's default says so; else it is how the world is."""


REIHE = {art: number for number, art in enumerate(Befundart)}


def ordnung(b: Befund) -> tuple[object, ...]:
    """Return by what findings are sorted: weight, kind, body, day."""
    return (
        tuple(Schwere).index(b.schwere),
        REIHE[b.art],
        b.gremien,
        b.tag,
        tuple((s.beginn, s.key) for s in b.sitzungen),
        str(b.was),
    )
