"""``[[bedingung]]``: what must hold, as the programme writes it; the field names are the keys of the TOML.

A field ``gremium`` holds Gremienarten or single Gremien. ``jahr`` makes requirements of these, one per subject.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from attrs import frozen

from gremienplan.quellen import Grundlage


@frozen
class Tage:
    """A number of days with its own authority."""

    tage: int
    grundlage: Grundlage


@frozen
class Minuten:
    """A number of minutes with its own authority."""

    minuten: int
    grundlage: Grundlage


@frozen
class Zusatz:
    """An addition to a rule with its own authority."""

    grundlage: Grundlage


@frozen
class Reihenfolge:
    """``erst`` is before ``dann``, for Sitzungen and Beratungen whose Gebiete touch.

    ``am_selben_tag`` also allows the same day. ``abstand`` and ``hoechstens`` bound the distance in days.
    ``im_selben_gremium`` pairs only Beratungen of the same Gremium.
    """

    id: str
    erst: str
    dann: str
    grundlage: Grundlage
    abstand: Tage | None = None
    hoechstens: Tage | None = None
    am_selben_tag: bool = False
    im_selben_gremium: bool = False


@frozen
class Mindestabstand:
    """Two Sitzungen of one Gremium are at least ``tage`` apart."""

    id: str
    gremium: tuple[str, ...]
    tage: int
    grundlage: Grundlage


@frozen
class Anzahl:
    """A Gremium meets between ``min`` and ``max`` times in a calendar year; with ``anlass``, on one of these."""

    id: str
    gremium: tuple[str, ...]
    grundlage: Grundlage
    min: int | None = None
    max: int | None = None
    anlass: tuple[str, ...] = ()

    def counts(self, anlass: Iterable[str]) -> bool:
        """Tell whether a Sitzung with these Anlässe counts."""
        return not self.anlass or not set(self.anlass).isdisjoint(anlass)


@frozen
class Tageszeit:
    """Sitzungen lie between ``von`` and ``bis``."""

    id: str
    gremium: tuple[str, ...]
    von: time
    bis: time
    grundlage: Grundlage


@frozen
class Wochentage:
    """Sitzungen fall on these weekdays (0 = Monday)."""

    id: str
    gremium: tuple[str, ...]
    tage: tuple[int, ...]
    grundlage: Grundlage


@frozen
class KeineFeiertage:
    """No Sitzung on a public holiday."""

    id: str
    gremium: tuple[str, ...]
    grundlage: Grundlage


@frozen
class KeineSchulferien:
    """No Sitzung in the school holidays."""

    id: str
    gremium: tuple[str, ...]
    grundlage: Grundlage


@frozen
class KeineUeberschneidung:
    """No overlap with a political body; ``puffer`` and ``unbekannte`` bodies on words of their own.

    ``mit`` names the bodies, of those whose Gebiet touches the Gremium's; without it every body counts.
    """

    id: str
    gremium: tuple[str, ...]
    grundlage: Grundlage
    mit: tuple[str, ...] = ()
    puffer: Minuten | None = None
    unbekannte: Zusatz | None = None


@frozen
class NichtAmTag:
    """Not on a day on which a body of ``mit`` sits whose Gebiet touches the Gremium's; without it, any body."""

    id: str
    gremium: tuple[str, ...]
    grundlage: Grundlage
    mit: tuple[str, ...] = ()


@frozen
class Raumgroesse:
    """Sitzungen need an Ort with at least so many places; an Ort whose size nobody has given will do."""

    id: str
    gremium: tuple[str, ...]
    plaetze: int
    grundlage: Grundlage


@frozen
class Wegezeit:
    """Every Sitz needs ``minuten`` between two duties at different Orte."""

    id: str
    minuten: int
    grundlage: Grundlage


Bedingung = (
    Reihenfolge
    | Mindestabstand
    | Anzahl
    | Tageszeit
    | Wochentage
    | KeineFeiertage
    | KeineSchulferien
    | KeineUeberschneidung
    | NichtAmTag
    | Raumgroesse
    | Wegezeit
)

ARTEN: dict[str, type[Bedingung]] = {
    "reihenfolge": Reihenfolge,
    "mindestabstand": Mindestabstand,
    "anzahl": Anzahl,
    "tageszeit": Tageszeit,
    "wochentage": Wochentage,
    "keine-feiertage": KeineFeiertage,
    "keine-schulferien": KeineSchulferien,
    "keine-ueberschneidung": KeineUeberschneidung,
    "nicht-am-tag": NichtAmTag,
    "raumgroesse": Raumgroesse,
    "wegezeit": Wegezeit,
}
"""The closed list behind the key ``art``."""
