"""One answer, held as it goes over the line: body, compressed body, ETag and headers."""

from __future__ import annotations

import gzip
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeAlias

from attrs import frozen

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Header: TypeAlias = tuple[bytes, bytes]

LESEN = ("GET", "HEAD")
"""The methods there are: nothing is changed over HTTP."""
VARY: Header = (b"vary", b"Accept-Encoding")
GZIP: Header = (b"content-encoding", b"gzip")
SICHER: tuple[Header, ...] = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
"""What every answer says for safety."""
TEXT: Header = (b"content-type", b"text/plain; charset=utf-8")
ICS: Header = (b"content-type", b"text/calendar; charset=utf-8")
_MARKE = re.compile(rb'"([^"]*)"')


@frozen(eq=False)
class Antwort:
    """A body in its two forms; each has an ETag of its own, and either is recognised."""

    body: bytes
    zip: bytes | None
    """Compressed; None where nobody may have it so."""
    marke: bytes
    """The ETag without its quotes."""
    header: tuple[Header, ...]
    """All headers, those apart that depend on the form."""
    header_zip: tuple[Header, ...]
    header_304: tuple[Header, ...]
    header_304_zip: tuple[Header, ...]
    status: int = 200

    @classmethod
    def of(
        cls,
        body: bytes,
        art: Header,
        halten: Header,
        *,
        weitere: Iterable[Header] = (),
        geaendert: datetime | None = None,
        gzip: bool = True,
    ) -> Antwort:
        """Return the answer with this body, of this content type, which may be kept as ``halten`` says."""
        marke = sha256(body).hexdigest()[:32].encode()
        zip_ = _zip(body) if gzip else None
        kurz: list[Header] = [halten, VARY, *SICHER]
        if geaendert is not None:
            moment = format_datetime(geaendert.astimezone(UTC), usegmt=True).encode()
            kurz.append((b"last-modified", moment))
        etag, etag_zip = (b"etag", b'"%s"' % marke), (b"etag", b'"%s-gzip"' % marke)
        lang = (art, *kurz, *weitere)
        return cls(
            body,
            zip_,
            marke,
            (*lang, etag, (b"content-length", b"%d" % len(body))),
            (*lang, etag_zip, GZIP, (b"content-length", b"%d" % len(zip_))) if zip_ is not None else (),
            (*kurz, etag),
            (*kurz, etag_zip) if zip_ is not None else (),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  (ASGI's)
        """Answer a GET or HEAD."""
        status, header, body = self.choose(scope["headers"])
        await send({"type": "http.response.start", "status": status, "headers": header})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def choose(self, headers: Iterable[Header]) -> tuple[int, tuple[Header, ...], bytes]:
        """Return status, headers and body of a GET: 304 to whoever has it, compressed to whoever asks."""
        bekannt = gewuenscht = b""
        for name, wert in headers:
            if name == b"if-none-match":
                bekannt = bekannt + b"," + wert if bekannt else wert
            elif name == b"accept-encoding":
                gewuenscht = gewuenscht + b"," + wert if gewuenscht else wert
        kurz = self.zip is not None and wants_gzip(gewuenscht)
        if bekannt and self.status == 200 and self._known(bekannt):
            return 304, self.header_304_zip if kurz else self.header_304, b""
        if kurz:
            return self.status, self.header_zip, self.zip or b""
        return self.status, self.header, self.body

    def _known(self, bekannt: bytes) -> bool:
        """Tell whether one of the ETags that somebody has is of this body; compared weakly, as RFC 9110 says."""
        if bekannt.strip() == b"*":
            return True
        return any(eine in (self.marke, self.marke + b"-gzip") for eine in _MARKE.findall(bekannt))


def _zip(body: bytes) -> bytes:
    return gzip.compress(body, 9, mtime=0)


@lru_cache(maxsize=256)
def wants_gzip(gewuenscht: bytes) -> bool:
    """Tell whether an Accept-Encoding names gzip and does not refuse it.

    >>> [wants_gzip(w) for w in (b"", b"identity", b"br, gzip", b"gzip;q=0", b"GZIP; q=0.5", b"*")]
    [False, False, True, False, True, False]
    """
    for teil in gewuenscht.lower().split(b","):
        name, *angaben = (stueck.strip() for stueck in teil.split(b";"))
        if name in (b"gzip", b"x-gzip"):
            return not any(re.fullmatch(rb"q\s*=\s*0(\.0*)?", angabe) for angabe in angaben)
    return False


async def say(scope: Scope, send: Send, status: int, satz: str, weitere: Iterable[Header] = ()) -> None:
    """Answer with one sentence as plain text: what is no calendar never looks like one, and never like a page."""
    body = f"{satz}\n".encode()
    header = [
        TEXT,
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        *SICHER,
        *weitere,
    ]
    await send({"type": "http.response.start", "status": status, "headers": header})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
