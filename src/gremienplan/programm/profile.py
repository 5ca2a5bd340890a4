"""``[profil.…]``: the order in which the wishes of a programme matter, as one of several a planner may choose."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from gremienplan.programm.wuensche import Wunsch
from gremienplan.quellen import Grundlage


@frozen
class Profil:
    """Stages of wishes, by the ids of the wishes; what it does not name comes after, in its own order."""

    id: str
    name: str
    grundlage: Grundlage
    stufen: tuple[tuple[str, ...], ...] = ()
    """The first stage first; none: the programme's own order."""


def gestuft(wuensche: Sequence[Wunsch], profil: Profil) -> tuple[Wunsch, ...]:
    """Return the wishes with the stages of a profile, in their order."""
    stufe_von = {wunsch: nummer for nummer, stufe in enumerate(profil.stufen, 1) for wunsch in stufe}
    rest = sorted({w.stufe for w in wuensche if w.id not in stufe_von})
    danach = {stufe: len(profil.stufen) + nummer for nummer, stufe in enumerate(rest, 1)}
    return tuple(evolve(w, stufe=stufe_von.get(w.id) or danach[w.stufe]) for w in wuensche)
