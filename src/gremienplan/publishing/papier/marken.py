"""Marks for Gremienarten that work without colour: letters of their own in a form of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from gremienplan.publishing.papier.eintraege import Eintrag
from gremienplan.stadt import Stadt


@frozen
class Marke:
    """How a Gremienart is marked."""

    name: str
    zeichen: str
    """A few letters of its name that no other one has."""
    form: int
    """Number of the form and colour, from 0 on."""


def marken(stadt: Stadt, eintraege: Iterable[Eintrag]) -> Mapping[str, Marke]:
    """Return the marks of the Gremienarten that have entries, in the order of the city's file."""
    gebraucht = {e.gremium.art.id: e.gremium.art.name for e in eintraege}
    geordnet = [art for art in stadt.gremienarten if art in gebraucht]
    namen = {art: gebraucht[art] for art in (*geordnet, *sorted(gebraucht.keys() - set(geordnet)))}
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
