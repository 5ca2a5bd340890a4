"""Fetching by address: only from hosts the user named, with patience, and never more than a stated amount."""

from __future__ import annotations

import contextlib
import ssl
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Self

import httpx
from attrs import define, field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.adressen import ohne_geheimnis
from gremienplan.loading.wirte import Erlaubt
from gremienplan.texts import Text

_NOCHMAL = frozenset({408, 425, 429, 500, 502, 503, 504})
_FORT = frozenset({301, 302, 303, 307, 308})
_GEPACKT = frozenset({"", "identity", "gzip", "deflate"})
_FEHLERTEXT = 65_536
_KOPF = {
    "User-Agent": "gremienplan",
    "Accept": "application/json, text/calendar, */*;q=0.5",
    "Accept-Encoding": "gzip",
}


@frozen
class Grenzen:
    """How long we wait and how much we take: seconds and bytes."""

    verbinden: float = 10
    stille: float = 60
    """Seconds without a byte."""
    dauer: float = 300
    """Seconds for one answer from its first byte on."""
    gesamtdauer: float = 3_600
    """Seconds for a whole session, pauses included."""
    antwort: int = 64_000_000
    """Bytes of one answer, unpacked."""
    gesamt: int = 1_000_000_000
    """Bytes of all answers of a session."""
    anfragen: int = 10_000
    versuche: int = 4
    pause: float = 120
    """The longest pause before another try."""
    umleitungen: int = 5


GRENZEN = Grenzen()


@frozen
class Antwort:
    """What stands at an address."""

    inhalt: bytes
    art: str
    """Media type, without its parameters."""
    adresse: str
    """Where it came from in the end, without user and password; a secret in its query is still there."""
    geaendert: datetime | None = None
    """When it was last changed, as the server says; with its zone."""


class Abgewiesen(InputError):
    """The server answered, but with an error: its status, and the beginning of what it said."""

    def __init__(self, problem: Problem, status: int, inhalt: bytes) -> None:
        self.status = status
        self.inhalt = inhalt
        super().__init__([problem])


def fetch(
    adresse: str,
    *,
    hosts: Collection[str] = (),
    grenzen: Grenzen = GRENZEN,
    transport: httpx.BaseTransport | None = None,
    schlafen: Callable[[float], None] = time.sleep,
) -> Antwort:
    """Return what stands at ``adresse`` (http, https or webcal).

    The server may send on to itself and to ``hosts``, never from https down to http. Errors that may pass are
    tried again. Raises InputError, located at the address without its secrets.
    """
    with offen(adresse, hosts=hosts, grenzen=grenzen, transport=transport, schlafen=schlafen) as netz:
        return netz.hole(adresse)


def offen(
    adresse: str,
    *,
    hosts: Collection[str] = (),
    grenzen: Grenzen = GRENZEN,
    transport: httpx.BaseTransport | None = None,
    schlafen: Callable[[float], None] = time.sleep,
) -> Netz:
    """Return a session for many answers, to be used in a ``with`` block; raises InputError for what is no address."""
    erlaubt = Erlaubt.von(adresse, hosts)
    try:
        client = httpx.Client(
            transport=transport,
            verify=_tls() if transport is None else False,
            headers=_KOPF,
            timeout=httpx.Timeout(grenzen.stille, connect=grenzen.verbinden),
        )
    except (
        ValueError,
        ImportError,
        OSError,
        httpx.InvalidURL,
    ) as error:  # proxies and certificates of the machine
        meldung = Text("This machine's settings for the net cannot be used: {reason}", reason=_grund(error))
        raise InputError([Problem(ohne_geheimnis(adresse), "", meldung)]) from None
    return Netz(client, erlaubt, grenzen, schlafen)


@cache
def _tls() -> ssl.SSLContext:
    """Return whom this machine trusts; to find that out takes longer than many an answer."""
    return httpx.create_ssl_context()


@define
class Netz:
    """A session: one connection kept, and limits for everything asked in it."""

    _client: httpx.Client
    _erlaubt: Erlaubt
    grenzen: Grenzen
    _schlafen: Callable[[float], None]
    _seit: float = field(factory=time.monotonic)
    _bytes: int = 0
    _anfragen: int = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def darf(self, adresse: str) -> bool:
        """Tell whether this address may be asked."""
        try:
            self._erlaubt.url(adresse)
        except InputError:
            return False
        return True

    def hole(self, adresse: str) -> Antwort:
        """Return what stands at an address of the hosts that may be asked; raises InputError as ``fetch`` does."""
        url = self._erlaubt.url(adresse)
        for _ in range(self.grenzen.umleitungen + 1):
            antwort = self._geduldig(url)
            if isinstance(antwort, Antwort):
                return antwort
            url = self._erlaubt.weiter(url, antwort)
        raise _problem(url, Text("The server sends on again and again."))

    def _geduldig(self, url: httpx.URL) -> Antwort | str:
        """Ask until there is an answer, or the place it has moved to; raises what the last try raised."""
        for versuch in range(1, self.grenzen.versuche + 1):
            try:
                return self._frage(url)
            except _Nochmal as error:
                pause = 2.0 ** (versuch - 1) if error.pause is None else error.pause
                if versuch == self.grenzen.versuche or pause > self.grenzen.pause:
                    raise error.problem from None
            self._schlafen(pause)
        raise _problem(url, Text("The server did not answer in time."))  # no tries are allowed

    def _frage(self, url: httpx.URL) -> Antwort | str:
        self._zaehle(url)
        reise = self._client.build_request("GET", url)
        try:
            antwort = self._client.send(reise, stream=True, auth=self._erlaubt.ausweis(url))
            with contextlib.closing(antwort):
                return self._lies(url, antwort)
        except httpx.TimeoutException:
            meldung = Text("The server did not answer in time.")
            raise _Nochmal(_problem(url, meldung, _SPAETER)) from None
        except httpx.DecodingError:
            raise _problem(url, Text("The answer cannot be unpacked.")) from None
        except (httpx.ProtocolError, httpx.ReadError) as error:
            meldung = Text("The answer breaks off: {reason}", reason=_grund(error))
            raise _Nochmal(_problem(url, meldung, _SPAETER)) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OSError) as error:
            meldung = Text("The server cannot be reached: {reason}", reason=_grund(error))
            raise _Nochmal(_problem(url, meldung, _DATEI)) from None

    def _lies(self, url: httpx.URL, antwort: httpx.Response) -> Antwort | str:
        if antwort.status_code in _FORT and "Location" in antwort.headers:
            return antwort.headers["Location"]
        if not antwort.is_success:
            raise self._abgewiesen(url, antwort)
        art = antwort.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        geaendert = _moment(antwort.headers.get("Last-Modified", ""))
        return Antwort(self._inhalt(url, antwort), art, ohne_ausweis(url), geaendert)

    def _inhalt(self, url: httpx.URL, antwort: httpx.Response) -> bytes:
        """Return the whole content; raises InputError as soon as it is too much or takes too long."""
        wie = _gepackt(antwort)
        if wie not in _GEPACKT:
            raise _problem(
                url, Text("The answer is compressed in a way nobody here knows: {wie}", wie=wie[:40])
            )
        frist = time.monotonic() + self.grenzen.dauer
        roh = bytearray()
        for stueck in antwort.iter_bytes():
            roh += stueck
            self._bytes += len(stueck)
            if len(roh) > self.grenzen.antwort:
                raise _problem(url, Text("The answer is larger than {mb} MB.", mb=_mb(self.grenzen.antwort)))
            if self._bytes > self.grenzen.gesamt:
                meldung = Text("All answers together are larger than {mb} MB.", mb=_mb(self.grenzen.gesamt))
                raise _problem(url, meldung)
            if time.monotonic() > frist:
                raise _problem(url, Text("The server did not answer in time."), _SPAETER)
        return bytes(roh)

    def _abgewiesen(self, url: httpx.URL, antwort: httpx.Response) -> Exception:
        """Return the error of a status that is none of success; one that may pass asks for another try."""
        frist = time.monotonic() + self.grenzen.stille
        roh = bytearray()
        with contextlib.suppress(httpx.HTTPError):
            for stueck in antwort.iter_bytes() if _gepackt(antwort) in _GEPACKT else ():
                roh += stueck
                if len(roh) > _FEHLERTEXT or time.monotonic() > frist:
                    break
        status = antwort.status_code
        meldung = Text("The server answers with the error {status}.", status=str(status))
        problem = Problem(ohne_geheimnis(str(url)), "", meldung, hinweis=_HINWEISE.get(status, _SPAETER))
        absage = Abgewiesen(problem, status, bytes(roh[:_FEHLERTEXT]))
        return _Nochmal(absage, _pause(antwort.headers)) if status in _NOCHMAL else absage

    def _zaehle(self, url: httpx.URL) -> None:
        self._anfragen += 1
        if self._anfragen > self.grenzen.anfragen:
            meldung = Text(
                "This takes more than {anzahl} questions to the server.", anzahl=self.grenzen.anfragen
            )
            raise _problem(url, meldung)
        if time.monotonic() - self._seit > self.grenzen.gesamtdauer:
            raise _problem(url, Text("The whole reading did not end in time."), _SPAETER)


class _Nochmal(Exception):
    """This try failed with ``problem``, the next may not; ``pause``: what the server asks us to wait."""

    def __init__(self, problem: InputError, pause: float | None = None) -> None:
        self.problem = problem
        self.pause = pause
        super().__init__()


_SPAETER = Text("Try again later, or save the calendar as a file and import the file.")
_DATEI = Text("Look at the address and the connection, or save the calendar as a file and import the file.")
_HINWEISE = {
    401: Text("The server asks for a password: https://user:password@…"),
    403: Text("Some servers answer only browsers: save the calendar as a file and import the file."),
    404: Text("Nothing stands at this address: look it up again."),
    410: Text("Nothing stands at this address: look it up again."),
}


def ohne_ausweis(url: httpx.URL) -> str:
    """Return an address without user and password."""
    return str(url.copy_with(userinfo=b""))


def _problem(url: httpx.URL, meldung: Text, hinweis: Text | None = None) -> InputError:
    return InputError([Problem(ohne_geheimnis(str(url)), "", meldung, hinweis=hinweis)])


def _gepackt(antwort: httpx.Response) -> str:
    wie: str = antwort.headers.get("Content-Encoding", "")
    return wie.strip().lower()


def _mb(anzahl: int) -> str:
    return f"{anzahl / 1_000_000:g}"


def _grund(error: Exception) -> str:
    """Return what a library says of a failure, in one short line."""
    return " ".join(str(error).split())[:120] or type(error).__name__


def _moment(wert: str) -> datetime | None:
    """Return a moment as HTTP writes it; None for anything else."""
    try:
        moment = parsedate_to_datetime(wert)
    except (ValueError, ArithmeticError, TypeError, IndexError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC)


def _pause(kopf: httpx.Headers) -> float | None:
    """Return the seconds a server asks us to wait; None where it does not say, or nonsense."""
    wert = kopf.get("Retry-After", "").strip()
    if wert.isascii() and wert.isdigit() and len(wert) < 10:
        return float(wert)
    bis, jetzt = _moment(wert), _moment(kopf.get("Date", ""))
    return None if bis is None or jetzt is None else max(0.0, (bis - jetzt).total_seconds())
