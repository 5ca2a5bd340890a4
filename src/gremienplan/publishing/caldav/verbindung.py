"""A session with one calendar of a CalDAV server: four kinds of request, patience with an end, and no detours.

Nothing is tried twice and nothing is sent elsewhere: an answer that leads on is an error that names where to. User
and password go in no address and stand in no message.
"""

from __future__ import annotations

import contextlib
import ipaddress
import time
from collections.abc import Sequence
from typing import Self
from urllib.parse import quote

import httpx
from attrs import define, field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.publishing.caldav.abgleich import Grund, Hindernis, Schritt, Was
from gremienplan.publishing.caldav.bestand import LISTE, Eintrag, KeinXml, answers, question
from gremienplan.texts import Text

PAKET = 100
"""So many events are asked for at once."""
_KOPF = {"User-Agent": "gremienplan"}
_XML = {"Content-Type": "application/xml; charset=utf-8"}
_KALENDER = "urn:ietf:params:xml:ns:caldav calendar"
_GELUNGEN = frozenset({200, 201, 204})
_INZWISCHEN = frozenset({409, 412, 423})
_NUR_DIES = frozenset({400, 413, 415, 422})
"""The server does not take this one event; the others may still be fine."""
_UID_VERGEBEN = b"no-uid-conflict"


@frozen
class Zugang:
    """User and password; neither is ever shown."""

    name: str = field(repr=False)
    kennwort: str = field(repr=False)


@frozen
class Grenzen:
    """How long we wait and how much we take: seconds and bytes."""

    verbinden: float = 10
    stille: float = 60
    """Seconds without a byte."""
    dauer: float = 300
    """Seconds for one answer."""
    antwort: int = 64_000_000


GRENZEN = Grenzen()


def address(text: str) -> httpx.URL:
    """Return the address of a calendar, with a slash at its end; raises InputError for what none may be.

    It is one of https, or of http on this very machine, and has no user, password, question or fragment.
    """
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL("")
    gezeigt = str(url.copy_with(userinfo=b"", query=None, fragment=None)) if url.host else ""

    def refuse(meldung: Text, hinweis: Text | None = None) -> InputError:
        return InputError([Problem(gezeigt, "", meldung, hinweis=hinweis)])

    if url.scheme not in ("http", "https") or not url.host:
        raise refuse(
            Text("This is no web address of a calendar."),
            Text(
                "It begins with https:// and a host, and is the address of one calendar on a CalDAV server."
            ),
        )
    if url.userinfo:
        raise refuse(
            Text("User and password must not stand in the address: others could read them there."),
            Text(
                "They come from the environment or from a file: {command}", command="gremienplan push --help"
            ),
        )
    if url.query or url.fragment:
        raise refuse(Text("The address of a calendar has neither ? nor #."))
    if url.scheme == "http" and not _loopback(url.host):
        raise refuse(Text("Over http others can read along."), Text("Use the address with https://"))
    return url if url.path.endswith("/") else url.copy_with(path=f"{url.path}/")


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def connect(
    adresse: str,
    zugang: Zugang | None = None,
    *,
    grenzen: Grenzen = GRENZEN,
    transport: httpx.BaseTransport | None = None,
) -> Verbindung:
    """Return a session with the calendar at ``adresse``, to be used in a ``with`` block; raises InputError."""
    url = address(adresse)
    nah = _loopback(url.host)
    try:
        client = httpx.Client(
            transport=transport,
            verify=httpx.create_ssl_context() if transport is None and url.scheme == "https" else False,
            auth=httpx.BasicAuth(zugang.name, zugang.kennwort) if zugang else None,
            headers=_KOPF,
            timeout=httpx.Timeout(grenzen.stille, connect=grenzen.verbinden),
            follow_redirects=False,
            trust_env=not nah,
        )
    except (ValueError, ImportError, OSError, httpx.InvalidURL):  # proxies and certificates of the machine
        raise _problem(url, Text("This machine's settings for the net cannot be used.")) from None
    return Verbindung(client, url, grenzen, zugang)


@define
class Verbindung:
    """A session with one calendar."""

    _client: httpx.Client
    url: httpx.URL
    _grenzen: Grenzen
    _zugang: Zugang | None = field(repr=False)
    lesend: int = 0
    """How many requests only read."""
    schreibend: int = 0
    """How many requests would change something."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def names(self) -> tuple[Eintrag, ...]:
        """Return what stands in the calendar, by its names alone; raises InputError for what is no calendar."""
        eintraege = self._read("PROPFIND", LISTE)
        selbst = min(eintraege, key=lambda eintrag: len(eintrag.href), default=None)
        if selbst is None or _KALENDER not in selbst.arten:
            hinweis = Text(
                "Give the address of one calendar, not of the server or of all calendars of a user."
            )
            raise _problem(self.url, Text("No calendar stands at this address."), hinweis)
        if selbst.komponenten and "VEVENT" not in selbst.komponenten:
            raise _problem(self.url, Text("This calendar takes no dates, only tasks or notes."))
        return eintraege

    def events(self, hrefs: Sequence[str]) -> tuple[Eintrag, ...]:
        """Return the events at these addresses, with their versions."""
        pakete = (hrefs[n : n + PAKET] for n in range(0, len(hrefs), PAKET))
        return tuple(eintrag for paket in pakete for eintrag in self._read("REPORT", question(paket)))

    def write(self, schritt: Schritt) -> Hindernis | None:
        """Do one step; return why not where only this event is concerned, raise InputError where all are.

        The server does it only if it still has the version we know.
        """
        self.schreibend += 1
        ziel = self.url.join(quote(schritt.name, safe="@"))
        kopf = {"If-Match": _strong(schritt.etag)} if schritt.etag else {"If-None-Match": "*"}
        if schritt.was is Was.GELOESCHT:
            antwort = self._send("DELETE", ziel, kopf)
        else:
            antwort = self._send(
                "PUT", ziel, kopf | {"Content-Type": "text/calendar; charset=utf-8"}, schritt.inhalt
            )
        status = antwort.status_code
        if schritt.was is Was.GELOESCHT and status in (404, 410):
            return None
        if status in _GELUNGEN and not _webseite(antwort):
            return None
        if _UID_VERGEBEN in antwort.content:
            return Hindernis(schritt.uid, Grund.FREMD)
        if status in _INZWISCHEN:
            return Hindernis(schritt.uid, Grund.INZWISCHEN, str(status))
        if status in _NUR_DIES:
            return Hindernis(schritt.uid, Grund.ABGELEHNT, str(status))
        raise self._refused(antwort)

    def _read(self, methode: str, frage: bytes) -> tuple[Eintrag, ...]:
        self.lesend += 1
        kopf = {"Depth": "1", **_XML}
        antwort = self._send(methode, self.url, kopf, frage)
        if self._zugang and self.lesend == 1 and _wants_digest(antwort):
            self._client.auth = httpx.DigestAuth(self._zugang.name, self._zugang.kennwort)
            antwort = self._send(methode, self.url, kopf, frage)
        if antwort.status_code != 207:
            raise self._refused(antwort)
        try:
            return answers(antwort.content)
        except KeinXml:
            raise _problem(self.url, Text("This answer is not one of a calendar server.")) from None

    def _send(
        self, methode: str, url: httpx.URL, kopf: dict[str, str], inhalt: bytes | None = None
    ) -> httpx.Response:
        """Send one request and return the whole answer; raises InputError if none comes."""
        frist = time.monotonic() + self._grenzen.dauer
        try:
            reise = self._client.build_request(methode, url, headers=kopf, content=inhalt)
            antwort = self._client.send(reise, stream=True)
            with contextlib.closing(antwort):
                roh = bytearray()
                for stueck in antwort.iter_bytes():
                    roh += stueck
                    if len(roh) > self._grenzen.antwort:
                        mb = f"{self._grenzen.antwort / 1_000_000:g}"
                        raise _problem(self.url, Text("The answer is larger than {mb} MB.", mb=mb))
                    if time.monotonic() > frist:
                        raise _problem(self.url, Text("The server did not answer in time."))
        except httpx.TimeoutException:
            raise _problem(self.url, Text("The server did not answer in time.")) from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OSError) as error:
            grund = " ".join(str(error).split())[:120] or type(error).__name__
            raise _problem(self.url, Text("The server cannot be reached: {reason}", reason=grund)) from None
        return httpx.Response(antwort.status_code, headers=_plain(antwort.headers), content=bytes(roh))

    def _refused(self, antwort: httpx.Response) -> InputError:
        """Return the error of an answer after which nothing else will work."""
        status = antwort.status_code
        if 300 <= status < 400:
            return self._moved(antwort)
        if status == 401:
            meldung = Text("The server asks for a password.")
            if self._zugang:
                meldung = Text("The server does not take this user and password.")
            return _problem(self.url, meldung, _ZUGANG)
        if status < 300:
            meldung = Text("This answer is not one of a calendar server.")
            if _webseite(antwort):
                meldung = Text("This answer is a web page, not one of a calendar server.")
            return _problem(self.url, meldung, _SEITE)
        meldung = Text("The server answers with the error {status}.", status=str(status))
        return _problem(self.url, _MELDUNGEN.get(status, meldung), _HINWEISE.get(status))

    def _moved(self, antwort: httpx.Response) -> InputError:
        """Return the error of an answer that leads elsewhere: we go nowhere that nobody named."""
        try:
            ziel = self.url.join(antwort.headers.get("Location", ""))
            ziel = ziel.copy_with(userinfo=b"", query=None, fragment=None)
        except (httpx.InvalidURL, ValueError):
            ziel = self.url
        if ziel.host != self.url.host or ziel.scheme != self.url.scheme:
            meldung = Text(
                "The server sends on to another place, and nobody named that: {host}", host=ziel.host
            )
            return _problem(self.url, meldung)
        hinweis = Text("Give this address, if it is right: {adresse}", adresse=str(ziel)[:200])
        return _problem(self.url, Text("The calendar stands at another address."), hinweis)


_ZUGANG = Text(
    "User and password come from {user} and {password}, or from a netrc file: --zugang FILE",
    user="GREMIENPLAN_CALDAV_USER",
    password="GREMIENPLAN_CALDAV_PASSWORD",
)
_SEITE = Text("Perhaps this is where people log in: look up the calendar's CalDAV address.")
_MELDUNGEN = {
    403: Text("This user may not write into this calendar."),
    404: Text("No calendar stands at this address."),
    405: Text("No calendar stands at this address."),
    410: Text("No calendar stands at this address."),
    507: Text("The calendar server has no room left."),
}
_HINWEISE = {
    403: Text("Whoever keeps the calendar can grant it."),
    404: Text("Make the calendar on its server first, then look up its CalDAV address."),
    405: Text("Make the calendar on its server first, then look up its CalDAV address."),
    507: Text("Make room there; the same command then does the rest."),
}


def _wants_digest(antwort: httpx.Response) -> bool:
    """Tell whether a server takes a password only by Digest authentication."""
    verlangt: str = antwort.headers.get("WWW-Authenticate", "").lower()
    return antwort.status_code == 401 and "digest " in verlangt and "basic " not in verlangt


def _strong(etag: str) -> str:
    """Return a version as a condition takes it: some servers on the way mark it as weak, and weak ones never hold."""
    return etag.removeprefix("W/")


def _webseite(antwort: httpx.Response) -> bool:
    art: str = antwort.headers.get("Content-Type", "")
    return art.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")


def _plain(kopf: httpx.Headers) -> dict[str, str]:
    """Return what matters of a head; its content has been unpacked."""
    return {name: kopf[name] for name in ("Content-Type", "Location", "WWW-Authenticate") if name in kopf}


def _problem(url: httpx.URL, meldung: Text, hinweis: Text | None = None) -> InputError:
    return InputError([Problem(str(url), "", meldung, hinweis=hinweis)])
