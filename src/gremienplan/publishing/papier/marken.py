"""Marks for Gremienarten that work without colour: letters of their own in a form of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from gremienplan.publishing.papier.eintraege import Eintrag
from gremienplan.stadt import Klasse, Stadt


@frozen
class Marke:
    """How a Gremienart is marked."""

    name: str
    zeichen: str
    """A few letters of its name that no other one has."""
    form: int
    """Number of the form and colour, from 0 on: that of the Gremienart in the city."""


def marken(stadt: Stadt, eintraege: Iterable[Eintrag]) -> Mapping[str, Marke]:
    """Return the marks of our own Gremienarten in the order of the city's file, then of others that have entries.

    A mark does not depend on what is planned: it is the same on every sheet.
    """
    namen = {art.id: art.name for art in stadt.gremienarten.values() if art.klasse is Klasse.EIGEN}
    namen |= {e.gremium.art.id: e.gremium.art.name for e in eintraege if e.gremium.art.id not in namen}
    zeichen = letters(tuple(namen.values()))
    return {
        art: Marke(name, z, form)
        for form, ((art, name), z) in enumerate(zip(namen.items(), zeichen, strict=True))
    }


def letters(namen: Sequence[str]) -> tuple[str, ...]:
    """Return the fewest first letters that tell each name from all others; a number where none do.

    >>> letters(("Koordinierungsrunde", "Stadtteilkonferenz", "Sozialkonferenz"))
    ('K', 'St', 'So')
    """
    sauber = ["".join(c for c in name if c.isalnum()) or "?" for name in namen]
    found: list[str] = []
    for nummer, name in enumerate(sauber):
        andere = [other for n, other in enumerate(sauber) if n != nummer]
        laengen = (n for n in range(1, 4) if not any(o[:n].casefold() == name[:n].casefold() for o in andere))
        laenge = next(laengen, 0)
        found.append(name[:laenge].capitalize() if laenge else str(nummer + 1))
    return tuple(found)
