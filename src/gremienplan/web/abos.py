"""Personal addresses of a project: which calendar a token opens. A file is read anew when it has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, datetime
from errno import ENOENT
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from attrs import define, field

from gremienplan.loading.tokens import TOKENS, read_tokens
from gremienplan.loading.veroeffentlichtes import AKTE, PERSONEN, read_persons, read_release
from gremienplan.publishing import Kalendersatz
from gremienplan.publishing.personen import person_kalender
from gremienplan.publishing.publikum import amt_publikum
from gremienplan.release import Release
from gremienplan.tokens import Art, Token, find
from gremienplan.web.klage import complain
from gremienplan.web.quelle import Unlesbar

T = TypeVar("T")
_ZU = "No personal calendar is answered."
_BLEIBT = "What personal calendars said before stays."


@define
class Abos:
    """Answers a token with the bytes of its calendar: the ``abo`` of ``web.app``.

    None for one that is unknown, revoked or expired, or whose calendar there is not: they all look the same. A record
    that is damaged or gone changes nothing, as it was last read stands. While the tokens cannot be read, or a record
    never could, every token alike raises ``Unlesbar``: None would end subscriptions.
    """

    projekt: Path
    heute: Callable[[ZoneInfo], date] = lambda zone: datetime.now(zone).date()
    """The day in the city, by which tokens expire."""
    pruefen: float = 1.0
    """Seconds after which what could not be read is tried again, though no file seems to have changed."""
    _tokens: _Datei[tuple[Token, ...]] = field(init=False)
    _veroeffentlicht: _Datei[Kalendersatz | None] = field(init=False)
    _personen: _Datei[Kalendersatz | None] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Name the files; none is read before somebody asks."""
        ordner, alle = self.projekt, self.pruefen
        self._tokens = _Datei(ordner / TOKENS, lambda: read_tokens(ordner), alle, _ZU)
        self._veroeffentlicht = _Datei(ordner / AKTE, lambda: _calendars(read_release(ordner)), alle, _BLEIBT)
        self._personen = _Datei(ordner / PERSONEN, lambda: _calendars(read_persons(ordner)), alle, _BLEIBT)

    def __call__(self, secret: str) -> bytes | None:
        """Return the bytes of the calendar that a token opens."""
        self._look()
        tokens, veroeffentlicht, personen = self._tokens, self._veroeffentlicht, self._personen
        gelesen = tokens.heil and veroeffentlicht.gelesen and personen.gelesen
        if not gelesen or tokens.wert is None or veroeffentlicht.wert is None:
            raise Unlesbar
        tag = self.heute(ZoneInfo(veroeffentlicht.wert.release.zeitzone))
        token = find(tokens.wert, secret, tag)
        return _calendar(token, veroeffentlicht.wert, personen.wert) if token else None

    def heil(self) -> bool:
        """Tell whether personal addresses are answered, and by the files as they are now."""
        return self._look() and self._veroeffentlicht.wert is not None

    def _look(self) -> bool:
        """Read what has changed; tell whether all of it could be read."""
        heil = True
        for datei in (self._tokens, self._veroeffentlicht, self._personen):
            heil = datei.look() and heil
        return heil


@define(eq=False)
class _Datei(Generic[T]):
    """What a file said when it could last be read."""

    pfad: Path
    lesen: Callable[[], T]
    pruefen: float
    folge: str
    """What the log says to follow while it cannot be read."""
    wert: T | None = field(default=None, init=False)
    heil: bool = field(default=False, init=False)
    """What lies there now is what it said."""
    gelesen: bool = field(default=False, init=False)
    """It could be read at least once."""
    _stempel: Hashable = field(default=(), init=False)
    _beklagt: Hashable = field(default=(), init=False)
    """The stamp of what the log has said that it cannot be read."""
    _faellig: float = field(default=inf, init=False)
    _liest: Lock = field(factory=Lock, init=False)

    def look(self) -> bool:
        """Read the file if it has changed, or could not be read and it is time to try again."""
        if self._due(_stamp(self.pfad)):
            with self._liest:
                stempel = _stamp(self.pfad)
                if self._due(stempel):
                    self._read(stempel)
        return self.heil

    def _due(self, stempel: Hashable) -> bool:
        return stempel != self._stempel or monotonic() >= self._faellig

    def _read(self, stempel: Hashable) -> None:
        try:
            if stempel is None and self.wert:
                raise FileNotFoundError(ENOENT, "The file is gone", str(self.pfad))
            self.wert = self.lesen()
            self.heil = self.gelesen = True
            self._beklagt, self._faellig = (), inf
        except Exception as error:
            self.heil = False
            self._faellig = monotonic() + self.pruefen
            if stempel != self._beklagt:
                self._beklagt = stempel
                complain(error, self.folge)
        self._stempel = stempel


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
