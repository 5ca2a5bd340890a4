"""The files of pins: what a year has pinned, as they are read again and as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from attrs import evolve

from gremienplan.cli.projekte import YEARS
from gremienplan.loading.pins import PINS
from gremienplan.projekt import Pin, Projekt


def pins_for_good(projekt: Projekt, jahr: int, more: Iterable[Pin]) -> tuple[Pin, ...]:
    """Return the pins of a year as its file is to have them: a new one in place of the one before."""
    found = {p.sitzung: p for p in projekt.pins if p.of(jahr)} | {p.sitzung: p for p in more}
    return tuple(found.values())


def with_pins(projekt: Projekt, jahr: int, pins: Sequence[Pin]) -> Projekt:
    """Return the project as it will be read once the file of the year says these pins."""
    from gremienplan.loading.toml import digest
    from gremienplan.publishing.pins import pins_to_toml

    name = f"{YEARS}/{jahr}/{PINS}"
    eingaben = {**projekt.eingaben, name: digest(pins_to_toml(pins).encode())}
    others = (pin for pin in projekt.pins if not pin.of(jahr))
    return evolve(projekt, pins=(*others, *pins), eingaben=dict(sorted(eingaben.items())))


def write_pins(path: Path, pins: Sequence[Pin]) -> None:
    """Write a file of pins; without any there is no file."""
    from gremienplan.publishing.dateien import write_atomically
    from gremienplan.publishing.pins import pins_to_toml

    if pins:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, pins_to_toml(pins).encode())
    else:
        path.unlink(missing_ok=True)
