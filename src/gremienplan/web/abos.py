"""Personal addresses of a project: which calendar a token opens. Read anew when a file has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime
from math import inf
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from attrs import define, field, frozen

from gremienplan.errors import InputError
from gremienplan.loading.tokens import TOKENS, read_tokens
from gremienplan.loading.veroeffentlichtes import AKTE, PERSONEN, read_persons, read_release
from gremienplan.publishing import Kalendersatz
from gremienplan.publishing.personen import person_kalender
from gremienplan.publishing.publikum import amt_publikum
from gremienplan.release import Release
from gremienplan.tokens import Art, Token, find

_DATEIEN = (TOKENS, AKTE, PERSONEN)


@frozen(eq=False)
class _Stand:
    """What the files said when they were last read."""

    tokens: tuple[Token, ...] = ()
    veroeffentlicht: Kalendersatz | None = None
    personen: Kalendersatz | None = None


@define
class Abos:
    """Answers a token with the bytes of its calendar: the ``abo`` of ``web.app``.

    None for one that is unknown, revoked or expired, or whose calendar there is not: they all look the same. While a
    file is broken, no token opens anything.
    """

    projekt: Path
    heute: Callable[[ZoneInfo], date] = lambda zone: datetime.now(zone).date()
    """The day in the city, by which tokens expire."""
    pruefen: float = 1.0
    """Seconds after which what could not be read is tried again, though no file seems to have changed."""
    _gelesen: tuple[Hashable, _Stand] = field(default=(None, _Stand()), init=False)
    _gilt_bis: float = field(default=inf, init=False)

    def __call__(self, secret: str) -> bytes | None:
        """Return the bytes of the calendar that a token opens."""
        stand = self._current()
        if stand.veroeffentlicht is None:
            return None
        release = stand.veroeffentlicht.release
        token = find(stand.tokens, secret, self.heute(ZoneInfo(release.zeitzone)))
        return _calendar(token, stand.veroeffentlicht, stand.personen) if token else None

    def _current(self) -> _Stand:
        stempel = tuple(map(_stamp, (self.projekt / name for name in _DATEIEN)))
        if self._gelesen[0] != stempel or monotonic() >= self._gilt_bis:
            self._gelesen = (stempel, self._read())
        return self._gelesen[1]

    def _read(self) -> _Stand:
        self._gilt_bis = inf
        try:
            tokens = read_tokens(self.projekt)
            release, personen = read_release(self.projekt), read_persons(self.projekt)
            return _Stand(tokens, _calendars(release), _calendars(personen))
        except (InputError, OSError):
            self._gilt_bis = monotonic() + self.pruefen
            return _Stand()


def _calendars(release: Release | None) -> Kalendersatz | None:
    """Return the feeds of a record. They do not name their address: it is the secret."""
    return Kalendersatz(release) if release else None


def _calendar(token: Token, alle: Kalendersatz, personen: Kalendersatz | None) -> bytes | None:
    """Return the calendar a token opens; a person who has been told nothing yet has an empty one."""
    if token.art is Art.PERSON:
        kalender = person_kalender(alle.release, token.wert)
        if personen is None or kalender.name not in personen.kalender:
            return alle.write(kalender, ()).inhalt
        return personen.feed(kalender.name).inhalt
    name = f"{amt_publikum(token.wert)}.ics" if token.art is Art.SITZ else token.wert
    return alle.feed(name).inhalt if name in alle.kalender else None


def _stamp(path: Path) -> Hashable:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
