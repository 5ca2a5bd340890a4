"""A lost record of what was told: what the calendars still say of it, and from where to count anew."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.publishing.ausgabe import ORDNER
from gremienplan.publishing.kalender import PRODID, in_utc

_MARKE = f"\r\nPRODID:{PRODID}\r\n".encode()
_SEQUENZ = re.compile(rb"\r\nSEQUENCE:(\d{1,9})\r\n")
_GEAENDERT = re.compile(rb"\r\nLAST-MODIFIED:(\d{8}T\d{6})Z\r\n")
_EPOCHE = datetime(2020, 1, 1)
"""Before the first release of any project. There are fewer releases than minutes since."""


@frozen
class Spuren:
    """What calendars of ours say."""

    ordner: Path
    sequenz: int
    """The highest SEQUENCE; -1 where there are no events."""
    geaendert: datetime | None
    """The latest time of a change, in UTC."""


def traces(ziel: Path) -> Spuren | None:
    """Return what the calendars below ``ziel/feeds`` say, None where there are none of ours."""
    ordner = ziel / ORDNER
    ours = [data for path in sorted(ordner.rglob("*.ics")) if _MARKE in (data := path.read_bytes())]
    if not ours:
        return None
    zeiten = [wert.decode() for data in ours for wert in _GEAENDERT.findall(data)]
    return Spuren(
        ordner,
        max((int(wert) for data in ours for wert in _SEQUENZ.findall(data)), default=-1),
        datetime.strptime(max(zeiten), "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if zeiten else None,
    )


def first_count(stand: datetime, spuren: Iterable[Spuren]) -> int:
    """Return a SEQUENCE above any that was told before ``stand``, whether a calendar still says it or not."""
    return max((_minutes(stand), *(eine.sequenz + 1 for eine in spuren)))


def runs_backwards(stand: datetime, zone: ZoneInfo, spuren: Spuren) -> bool:
    """Tell whether what is told at ``stand`` would be older than what a calendar says."""
    return spuren.geaendert is not None and in_utc(stand, zone) < spuren.geaendert


def _minutes(stand: datetime) -> int:
    return max(0, (stand - _EPOCHE) // timedelta(minutes=1))
