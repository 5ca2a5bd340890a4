"""Audiences: who is told of an event together. Each is named like its feed, without the ending."""

from __future__ import annotations

from collections.abc import Iterator

from gremienplan.stadt import Gebiet, Gremium, Stadt

STADT = "stadt"
"""The level of the whole city: what concerns all of it stands in the feed of everything."""


def gremium_publikum(gremium: str) -> str:
    """Return the audience of a Gremium."""
    return f"gremium/{_flat(gremium)}"


def gebiet_publikum(gebiet: Gebiet) -> str:
    """Return the audience of a Gebiet."""
    return f"{gebiet.ebene}/{_flat(gebiet.id)}"


def rolle_publikum(rolle: str) -> str:
    """Return the audience of all who hold a Rolle, wherever."""
    return f"rolle/{_flat(rolle)}"


def amt_publikum(sitz: str) -> str:
    """Return the audience of one Sitz."""
    return f"amt/{_flat(sitz)}"


def touched(stadt: Stadt, gremium: Gremium) -> Iterator[Gebiet]:
    """Yield the Gebiete with a feed that share ground with a Gremium's: none for a Gremium of the whole city."""
    own = stadt.gremien.get(gremium.id, gremium).gebiet
    if own.ebene == STADT:
        return
    yield own
    levels = {ebene.id for ebene in stadt.ebenen} - {STADT, stadt.atom, own.ebene}
    yield from (g for g in stadt.gebiete if g.ebene in levels and g.touches(own))


def _flat(kennung: str) -> str:
    """Return an id as it travels into addresses: its slash as a hyphen."""
    return kennung.replace("/", "-")
