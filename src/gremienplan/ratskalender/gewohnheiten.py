"""What a source does to all its entries: ends it writes under everything, and starts that jump with the clocks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from attrs import frozen

from gremienplan.ratskalender.dauer import Ende, als_zeitpunkt, form

Angabe = tuple[str, datetime | date, datetime | date | None]
"""Who meets, the start, and the end as the source has it."""

WENIGSTENS = 5
"""So many entries make a habit of one length."""
UHRZEIT_WENIGSTENS = 10
"""So many make a habit of one time of the day."""
RUND = 5
"""Minutes people plan with; other times were written down after the sitting."""
_KURZ = (timedelta(minutes=30), timedelta(hours=1))
_STUNDE = timedelta(hours=1)


@frozen
class Gewohnheit:
    """Ends that a source writes whatever the sitting: always an hour after the start, or always at one time."""

    dauer: timedelta | None = None
    uhrzeit: time | None = None

    def gilt(self, beginn: datetime | date, ende: datetime | date | None) -> bool:
        """Tell whether an end says nothing but the habit."""
        if form(beginn, ende) is not Ende.BEKANNT or ende is None:
            return False
        bis = als_zeitpunkt(ende)
        return bis - als_zeitpunkt(beginn) == self.dauer or bis.time() == self.uhrzeit


def gewohnheit(angaben: Iterable[Angabe]) -> Gewohnheit:
    """Return the habit of one source.

    Nine in ten ends half an hour or an hour after the start are a habit; so are ten or more ends at one time of the
    day after different starts, if they are three in four of those in round minutes (the others were written down after
    the sitting). What a source says twice counts once.
    """
    spans = {
        (wer, von, als_zeitpunkt(bis))
        for wer, von, bis in angaben
        if isinstance(von, datetime) and bis is not None and form(von, bis) is Ende.BEKANNT
    }
    if len(spans) < WENIGSTENS:
        return Gewohnheit()
    dauer, n = Counter(bis - von for _, von, bis in spans).most_common(1)[0]
    if dauer in _KURZ and 10 * n >= 9 * len(spans):
        return Gewohnheit(dauer=dauer)
    enden = Counter(bis.time() for _, _, bis in spans if bis.minute % RUND == 0) or Counter([time(0, 0)])
    uhrzeit = min(enden, key=lambda zeit: (-enden[zeit], zeit))
    starts = {von.time() for _, von, bis in spans if bis.time() == uhrzeit}
    if enden[uhrzeit] >= UHRZEIT_WENIGSTENS and 4 * enden[uhrzeit] >= 3 * enden.total() and len(starts) > 1:
        return Gewohnheit(uhrzeit=uhrzeit)
    return Gewohnheit()


@frozen
class Sprung:
    """A body that usually begins an hour earlier or later in summer than in winter."""

    wer: str
    winter: time
    sommer: time


def spruenge(angaben: Iterable[Angabe], zeitzone: str) -> tuple[Sprung, ...]:
    """Return the bodies of one source whose usual start jumps by an hour with the clocks, if that is suspicious.

    It is when all that jump do so in one direction and they are at least half of those that can be compared: two
    sittings and one usual start (three in four) on both sides.
    """
    zone = ZoneInfo(zeitzone)
    starts: defaultdict[str, tuple[set[datetime], set[datetime]]] = defaultdict(lambda: (set(), set()))
    for wer, von, _ in angaben:
        if isinstance(von, datetime) and von.time() != time(0, 0):
            starts[wer][bool(von.replace(tzinfo=zone).dst())].add(von)
    usual = {wer: (_ueblich(winter), _ueblich(sommer)) for wer, (winter, sommer) in starts.items()}
    both = {wer: (w, s) for wer, (w, s) in usual.items() if w is not None and s is not None}
    for richtung in (_STUNDE, -_STUNDE):
        jump = [Sprung(wer, w, s) for wer, (w, s) in sorted(both.items()) if _abstand(w, s) == richtung]
        if jump and 2 * len(jump) >= len(both):
            return tuple(jump)
    return ()


def _abstand(erst: time, dann: time) -> timedelta:
    tag = date(2000, 1, 1)
    return datetime.combine(tag, dann) - datetime.combine(tag, erst)


def _ueblich(starts: Iterable[datetime]) -> time | None:
    """Return the usual time of the day, None where there is none."""
    zeiten = Counter(start.time() for start in starts)
    if not zeiten:
        return None
    zeit = min(zeiten, key=lambda z: (-zeiten[z], z))
    total = sum(zeiten.values())
    return zeit if total > 1 and 4 * zeiten[zeit] >= 3 * total else None
