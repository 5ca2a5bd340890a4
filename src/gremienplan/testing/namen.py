"""Names nobody has: every place and office that is drawn is invented."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from hypothesis import strategies as st

_ANFANG = ("Quitten", "Flönk", "Murmel", "Drusel", "Zweb", "Hüppel", "Nixen", "Brumm", "Tüdel", "Schnurr")
_ENDE = ("au", "stetten", "bröök", "winkel", "moos")
NAMEN = tuple(anfang + ende for anfang, ende in product(_ANFANG, _ENDE))
"""Fifty names of places that do not exist."""

_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "-", ".": ""})


def kennung(name: str) -> str:
    """Return a name as an id.

    >>> kennung("Flönkstetten Süd")
    'floenkstetten-sued'
    """
    return name.lower().translate(_UMLAUTE)


def names(anzahl: int) -> st.SearchStrategy[list[str]]:
    """Return a strategy for so many different names."""
    chosen = st.lists(st.integers(0, len(NAMEN) - 1), min_size=anzahl, max_size=anzahl, unique=True)
    return chosen.map(lambda found: [NAMEN[n] for n in found])


def some(werte: Iterable[str], *, least: int = 0, most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    """Return a strategy for ``least`` to ``most`` of ``werte``, each once, in their order."""
    alle = tuple(werte)
    if not alle:
        return st.just(())
    chosen = st.lists(
        st.integers(0, len(alle) - 1), min_size=least, max_size=min(most, len(alle)), unique=True
    )
    return chosen.map(lambda found: tuple(alle[n] for n in sorted(found)))
