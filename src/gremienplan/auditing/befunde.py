"""What an audit finds: which requirement is broken, by which events, in a sentence with the dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from attrs import frozen

from gremienplan.plan import Lage
from gremienplan.requirements import Namen, Requirement
from gremienplan.texts import Text

Lagen: TypeAlias = Mapping[str, tuple[Lage, ...]]
"""Id of an event -> where it lies: nowhere when it is missing; a plan edited by hand may hold it twice."""


@frozen
class Finding:
    """One requirement that a plan breaks in one place."""

    requirement: Requirement
    meldung: Text
    """What is wrong, with the dates."""
    ereignisse: tuple[str, ...]
    """Ids of the events that break it together."""


def name_of(key: str, namen: Namen) -> str:
    """Return the name people read; what the year does not know (a slip of the hand) is called by its id."""
    return namen.get(key, key)


def zeit(beginn: datetime, ende: datetime) -> Text:
    """Say from when to when; the day of the end only where it is another one."""
    return Text(
        "{beginn} to {ende}", beginn=beginn, ende=ende.time() if ende.date() == beginn.date() else ende
    )


def wann(lage: Lage) -> Text:
    """Say when an event lies."""
    return zeit(lage.beginn, lage.ende)


def all_lagen(ereignisse: Iterable[str], lagen: Lagen) -> Iterator[Lage]:
    """Yield where these events lie, each event once, in their order."""
    for ereignis in dict.fromkeys(ereignisse):
        yield from lagen.get(ereignis, ())
