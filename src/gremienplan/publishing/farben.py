"""The colours of Gremienarten, on the page and on paper: the same kind has the same one on both."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from gremienplan.stadt import Klasse, Stadt


@frozen
class Farbe:
    """One colour: on white, below white letters, and as it is in the dark, below almost black ones."""

    hell: str
    dunkel: str


FARBEN = (
    Farbe("#0b5394", "#8ec5ff"),
    Farbe("#8a2a0a", "#ffab8a"),
    Farbe("#1d6b32", "#8fdca4"),
    Farbe("#6a2a8c", "#dcb2ff"),
    Farbe("#7a5200", "#ffd27a"),
    Farbe("#0a6570", "#7fdde8"),
)
"""Every pair of colours has a contrast of at least 4.5; after the last comes the first again."""


def arten(stadt: Stadt) -> Mapping[str, str]:
    """Return id and name of every Gremienart in the order of their numbers: our own first, as in the city's file."""
    eigene = {art.id: art.name for art in stadt.gremienarten.values() if art.klasse is Klasse.EIGEN}
    return eigene | {art.id: art.name for art in stadt.gremienarten.values() if art.id not in eigene}
