"""Whom we may ask: the host of an address, and those the user named; nobody else, wherever a server sends us."""

from __future__ import annotations

import re
from collections.abc import Collection

import httpx
from attrs import frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.adressen import ist_adresse, ohne_geheimnis
from gremienplan.texts import Text

_WEBCAL = re.compile(r"webcals?://", re.IGNORECASE)
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")


def wirt(url: httpx.URL) -> str:
    """Return host and port of an address in one spelling; the usual port is left out."""
    host = _host(url)
    return host if url.port is None else f"{host}:{url.port}"


def _host(url: httpx.URL) -> str:
    host = url.raw_host.decode("ascii").lower()
    return f"[{host}]" if ":" in host else host


@frozen
class Erlaubt:
    """The hosts a session may ask, and the password for the first of them."""

    start: httpx.URL
    """Without user and password."""
    wirte: frozenset[str]
    _ausweis: tuple[str, str] | None

    @classmethod
    def von(cls, adresse: str, hosts: Collection[str]) -> Erlaubt:
        """Return what may be asked from ``adresse`` on; raises InputError for what is no web address."""
        url = _url(adresse, adresse)
        ausweis = (url.username, url.password) if url.userinfo else None
        start = url.copy_with(userinfo=b"")
        genannt = (host for name in hosts if (host := _wirt_von(name)))
        return cls(start, frozenset({wirt(start), _host(start), *genannt}), ausweis)

    def url(self, adresse: str) -> httpx.URL:
        """Return an address that may be asked, by https if the session began so; raises InputError for others."""
        url = _url(adresse, adresse).copy_with(userinfo=b"")
        if url.scheme == "http" and self.start.scheme == "https" and wirt(url) == wirt(self.start):
            url = url.copy_with(scheme="https")
        return self._pruefe(url, ohne_geheimnis(adresse))

    def weiter(self, von: httpx.URL, nach: str) -> httpx.URL:
        """Return where a server sends us; raises InputError if we may not go there."""
        wo = ohne_geheimnis(str(von))
        try:
            ziel = str(von.join(nach))
        except (httpx.InvalidURL, ValueError):
            ziel = nach
        url = _url(ziel, wo).copy_with(userinfo=b"", fragment=None)
        if von.scheme == "https" and url.scheme == "http":
            meldung = Text("The server sends on from https to http, where others can read along.")
            raise InputError([Problem(wo, "", meldung, ohne_geheimnis(ziel)[:80])])
        return self._pruefe(url, wo)

    def ausweis(self, url: httpx.URL) -> tuple[str, str] | None:
        """Return user and password for an address: those of the first, for its own host only."""
        return self._ausweis if (url.scheme, wirt(url)) == (self.start.scheme, wirt(self.start)) else None

    def _pruefe(self, url: httpx.URL, wo: str) -> httpx.URL:
        host = wirt(url)
        if host in self.wirte:
            return url
        meldung = Text("This leads to another host: {host}", host=host)
        hinweis = Text('If that is right, name it in gremienplan.toml: hosts = ["{host}"]', host=host)
        raise InputError([Problem(wo, "", meldung, ohne_geheimnis(str(url))[:80], hinweis)])


def _url(adresse: str, wo: str) -> httpx.URL:
    """Return a text as an address of http or https; raises InputError, located at ``wo``, if it is none."""
    try:
        url = httpx.URL(_WEBCAL.sub("https://", adresse.strip(), count=1))
        if url.scheme in {"http", "https"} and _HOST.fullmatch(url.raw_host) and (url.port or 0) < 65_536:
            return url
    except (httpx.InvalidURL, ValueError):
        pass
    meldung = Text("This is no web address.")
    hinweis = Text("A web address begins with https:// and a host.")
    raise InputError([Problem(ohne_geheimnis(wo), "", meldung, ohne_geheimnis(adresse)[:80], hinweis)])


def _wirt_von(name: str) -> str:
    """Return host and port as the user wrote them, in one spelling; empty for what is no host."""
    try:
        return wirt(httpx.URL(name.strip() if ist_adresse(name) else f"https://{name.strip()}"))
    except (httpx.InvalidURL, ValueError):
        return ""
