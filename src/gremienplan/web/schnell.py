"""Most requests are the same few lines for a calendar that is held: these are answered before uvicorn reads them.

Calendar programs ask for the same calendar again and again. What is written in the plainest way, for a calendar that is
held, on a connection with nothing else in progress, needs no parser of HTTP; all else goes the usual way, and both say
the same.
"""

from __future__ import annotations

import re
from time import monotonic

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from gremienplan.web.antwort import Antwort, Header
from gremienplan.web.anwendung import Anwendung
from gremienplan.web.schnappschuss import FEEDS

_PLAIN = re.compile(
    rb"GET /%s/([a-z0-9/-]{1,200}\.ics)(?:\?[!-~]{0,200})? HTTP/1\.1\r\n" % FEEDS.encode()
    + rb"((?:[A-Za-z-]{1,40}: [!-~](?:[ -~]{0,300}[!-~])?\r\n){1,30})\r\n"
)
_SPECIAL = re.compile(
    rb"(?im)^(?:connection:(?! keep-alive\r$)|(?:content-length|transfer-encoding|expect|upgrade|te|trailer):)"
)
_HOST = re.compile(rb"(?im)^host:")
_ASKED = re.compile(rb"(?im)^(if-none-match|accept-encoding): ([ -~]+)\r$")
_WORDS = {200: b"HTTP/1.1 200 OK\r\n", 304: b"HTTP/1.1 304 Not Modified\r\n"}


def plain(data: bytes) -> tuple[str, list[Header]] | None:
    r"""Return the calendar that a plain request asks for, and the headers that matter; None for all else.

    >>> plain(b"GET /feeds/alle.ics HTTP/1.1\r\nHost: x\r\n\r\n")
    ('alle.ics', [])
    >>> plain(b"GET /feeds/alle.ics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    """
    found = _PLAIN.fullmatch(data)
    if found is None or _SPECIAL.search(found[2]) or len(_HOST.findall(found[2])) != 1:
        return None
    return found[1].decode(), [(name.lower(), wert) for name, wert in _ASKED.findall(found[2])]


def fast(anwendung: Anwendung) -> type[H11Protocol]:
    """Return uvicorn's protocol for an app, with that short cut."""

    class Schnell(H11Protocol):
        """One connection."""

        def data_received(self, data: bytes) -> None:
            """Answer a plain request for a calendar that is held; pass on all else."""
            bestand = anwendung.bestand
            if (
                bestand.jetzt is not None
                and monotonic() < bestand.faellig
                and self.conn.our_state is h11.IDLE
                and self.conn.their_state is h11.IDLE
                and not self.conn.trailing_data[0]
                and not self.transport.is_closing()
                and self.transport.get_write_buffer_size() == 0
                and (asked := plain(data)) is not None
                and (antwort := bestand.jetzt.antworten.get(asked[0])) is not None
            ):
                self._unset_keepalive_if_required()
                self.transport.writelines(self._answer(antwort, asked[1]))
                self.server_state.total_requests += 1
                self.timeout_keep_alive_task = self.loop.call_later(
                    self.timeout_keep_alive, self.timeout_keep_alive_handler
                )
            else:
                super().data_received(data)

        def _answer(self, antwort: Antwort, headers: list[Header]) -> list[bytes]:
            status, header, body = antwort.choose(headers)
            lines = [_WORDS[status]]
            for name, wert in (*self.server_state.default_headers, *header):
                lines += (name, b": ", wert, b"\r\n")
            return [b"".join(lines) + b"\r\n", body]

    return Schnell
