"""Pins as the text of ``pins.toml``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from gremienplan.projekt import Pin

_KOPF = """\
# Festgesteckte Termine (gremienplan pin); von Hand änderbar.
# Pinned dates (gremienplan pin); may be edited by hand.
format = 1
"""
"""For the office that reads it and for its helpers: the same bytes in every language."""


def pins_to_toml(pins: Iterable[Pin]) -> str:
    """Return the text of a file of pins; the same pins give the same bytes."""
    return _KOPF + "".join(map(_entry, sorted(pins, key=lambda pin: pin.sitzung)))


def _entry(pin: Pin) -> str:
    return "\n[[pin]]\n" + "\n".join(_lines(pin)) + "\n"


def _lines(pin: Pin) -> Iterator[str]:
    yield f"sitzung = {json.dumps(pin.sitzung)}"
    yield f"tag = {pin.tag.isoformat()}"
    if pin.uhr is not None:
        yield f'uhr = "{pin.uhr:%H:%M}"'
    if pin.ort:
        yield f"ort = {json.dumps(pin.ort)}"
