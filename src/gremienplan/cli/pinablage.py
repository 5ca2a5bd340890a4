"""The files of pins: what a year has pinned, as they are read again and as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from gremienplan.cli.projekte import YEARS
from gremienplan.loading.pins import PINS
from gremienplan.projekt import Pin, Projekt

if TYPE_CHECKING:
    from gremienplan.plan import Plan


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


def write_plan_and_pins(path: Path, plan: Plan, pins: Sequence[Pin]) -> None:
    """Write a plan and the pins that hold its dates: both, or neither where the plan cannot be written.

    The pins come first: killed in between, the plan still differs from what is asked for, and asking again ends it.
    """
    from gremienplan.plan import plan_to_json
    from gremienplan.publishing.dateien import write_atomically

    pin_file, data = path.with_name(PINS), plan_to_json(plan).encode()
    before = pin_file.read_bytes() if pin_file.exists() else None
    try:
        write_pins(pin_file, pins)
        write_atomically(path, data)
    except BaseException:
        if path.read_bytes() != data:
            _restore(pin_file, before)
        raise


def _restore(path: Path, data: bytes | None) -> None:
    from gremienplan.publishing.dateien import write_atomically

    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_atomically(path, data)
