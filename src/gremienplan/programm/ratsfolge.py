"""``[[ratsfolge]]``: which body of the council meets after which, and at what distance a clerk expects that."""

from __future__ import annotations

from attrs import frozen

from gremienplan.programm.bedingungen import Tage
from gremienplan.quellen import Grundlage

AUSSCHUSS = "ausschuss"
"""Stands for every body that the import made by a pattern; none of them is in a city's folder."""


@frozen
class Ratsfolge:
    """What ``erst`` has heard, ``dann`` hears after it: at least ``abstand`` days later, at most ``hoechstens``.

    ``erst`` and ``dann`` are Gremienarten or single Gremien, or ``ausschuss``: every body that the import made by a
    pattern. It is a matter of the linter alone: nobody plans these
    sittings.
    """

    id: str
    erst: tuple[str, ...]
    dann: tuple[str, ...]
    grundlage: Grundlage
    hoechstens: Tage
    abstand: Tage | None = None
