"""What was recorded of the agreements on a year's dates, as the text of ``abstimmung.toml``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from gremienplan.abstimmung import Abstimmung, Aussage

_KOPF = """\
# Abstimmung der Termine (gremienplan coordinate); von Hand änderbar.
# What was agreed on dates (gremienplan coordinate); may be edited by hand.
format = 1
"""
"""For the office that reads it and for its helpers: the same bytes in every language."""


def abstimmung_to_toml(abstimmung: Abstimmung) -> str:
    """Return the text of a record; the same record gives the same bytes."""
    return _KOPF + "".join(map(_entry, abstimmung.aussagen))


def _entry(aussage: Aussage) -> str:
    return "\n[[aussage]]\n" + "\n".join(_lines(aussage)) + "\n"


def _lines(aussage: Aussage) -> Iterator[str]:
    yield f"sitzung = {_text(aussage.sitzung)}"
    yield f"sitz = {_text(aussage.sitz)}"
    yield f"beginn = {_time(aussage.beginn)}"
    yield f"ende = {_time(aussage.ende)}"
    yield f"ort = {_text(aussage.ort)}"
    yield f"antwort = {_text(aussage.antwort.value)}"
    if aussage.bemerkung:
        yield f"bemerkung = {_text(aussage.bemerkung)}"
    yield f"stand = {_time(aussage.stand)}"


def _time(zeit: datetime) -> str:
    return zeit.isoformat()


def _text(text: str) -> str:
    r"""Return a text as TOML has it.

    >>> print(_text('"Saal"\n'))
    "\"Saal\"\n"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
