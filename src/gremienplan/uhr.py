"""The clock of a city: it skips an hour in March and shows one twice in October."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gremienplan.texts import Text


def shown(zeit: datetime, zone: ZoneInfo) -> int:
    """Return how often the clock shows a naive local time: 1, but 0 or 2 where it is changed.

    >>> [shown(datetime(2027, 3, 28, hour, 30), ZoneInfo("Europe/Berlin")) for hour in (1, 2, 3)]
    [1, 0, 1]
    >>> [shown(datetime(2027, 10, 31, hour, 30), ZoneInfo("Europe/Berlin")) for hour in (1, 2, 3)]
    [1, 2, 1]
    """
    moments = {zeit.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sum(moment.astimezone(zone).replace(tzinfo=None) == zeit for moment in moments)


def unclear(zeit: datetime, zeitzone: str) -> Text | None:
    """Say why a naive local time is no moment of its own; None where it is one."""
    match shown(zeit, ZoneInfo(zeitzone)):
        case 0:
            return Text("The clock skips this time: {zeit}.", zeit=zeit)
        case 2:
            return Text("The clock shows this time twice: {zeit}.", zeit=zeit)
        case _:
            return None
