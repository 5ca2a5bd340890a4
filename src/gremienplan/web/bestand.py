"""The release that is served now, replaced as a whole when there is a new one; every request is answered meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic

from starlette.concurrency import run_in_threadpool

from gremienplan.loading import AKTE
from gremienplan.release import Release
from gremienplan.texts import Text
from gremienplan.web.klage import complain, log
from gremienplan.web.quelle import Ordner, Releasequelle
from gremienplan.web.schnappschuss import Schnappschuss

NICHTS = Text("Nothing has been published yet.")
_BLEIBT = "The last release stays public."


class Bestand:
    """Holds one immutable snapshot, and looks for the next one when somebody asks and some time has passed.

    A request works with one snapshot from its beginning to its end. One that cannot be read is said in the log, once,
    and what was served before stays; it is tried again each time, for by its stamp a mended one may look the same.
    """

    def __init__(
        self, quelle: Releasequelle, bauen: Callable[[Release], Schnappschuss], pruefen: float
    ) -> None:
        """Read what is there. Raises InputError with every problem of it; nothing published yet is none."""
        self.heil = True
        """What lies there now is what is served."""
        self._quelle, self._bauen, self._pruefen = quelle, bauen, pruefen
        self._gesehen: Hashable = quelle.stamp()
        self._beklagt: Hashable = self
        """The stamp of what the log has said that it cannot be read."""
        self._liest = False
        self.faellig = monotonic() + pruefen
        """Until when nobody looks for a new release."""
        erste = quelle.read()
        self.jetzt = None if erste is None else bauen(erste)
        if erste is None and isinstance(quelle, Ordner):
            log.warning("%s Looked for: %s", NICHTS.msgid, (quelle.projekt / AKTE).absolute())

    async def current(self) -> Schnappschuss | None:
        """Return what is public now; None before the first release."""
        if monotonic() >= self.faellig:
            await self._look()
        return self.jetzt

    async def _look(self) -> None:
        """Take what is new. While it is read, all others are answered from what there is."""
        if self._liest:
            return
        stempel = self._quelle.stamp()
        self.faellig = monotonic() + self._pruefen
        if stempel == self._gesehen:
            return
        self._liest = True
        try:
            release = await run_in_threadpool(self._quelle.read)
            if release is not None:
                self.jetzt = self._bauen(release)
            elif self.jetzt is not None:
                log.error("What was published is gone. %s", _BLEIBT)
            self.heil = release is not None or self.jetzt is None
            self._gesehen = stempel
        except Exception as error:
            self.heil = False
            if stempel != self._beklagt:
                self._beklagt = stempel
                complain(error, _BLEIBT)
        finally:
            self._liest = False
