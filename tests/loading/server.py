"""A web server of our own on this machine that answers as a test says, oddly if it wants."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from attrs import field, frozen


@frozen
class Gabe:
    """One answer: its status, its bytes and what is said of them."""

    inhalt: bytes = b""
    status: int = 200
    kopf: Mapping[str, str] = field(factory=dict)
    zu_lang: int = 0
    """So many bytes more are announced than come."""
    nach: float = 0
    """Seconds until it begins."""
    tropfen: float = 0
    """Seconds between its bytes."""


@frozen
class Server:
    """A running server: what it answers to each path, and what it was asked for.

    Of several answers to one path each comes once, the last one from then on. A path it does not know has 404.
    """

    adresse: str
    """Address without a slash at its end."""
    gaben: dict[str, list[Gabe]] = field(factory=dict)
    anfragen: list[str] = field(factory=list)
    koepfe: list[Mapping[str, str]] = field(factory=list)

    def gibt(self, pfad: str, *gaben: Gabe) -> str:
        """Answer so to ``pfad`` from now on; returns its whole address."""
        self.gaben[pfad] = list(gaben)
        return self.adresse + pfad

    def antwort(self, pfad: str) -> Gabe:
        """Return the answer whose turn it is."""
        gaben = self.gaben.get(pfad, [Gabe(status=404)])
        return gaben.pop(0) if len(gaben) > 1 else gaben[0]


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of askers that hang up."""


@contextlib.contextmanager
def laufend() -> Iterator[Server]:
    """Run a server on a free port of this machine until the block ends."""
    zu = threading.Event()

    class Antworter(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            server.anfragen.append(self.path)
            server.koepfe.append(dict(self.headers.items()))
            gabe = server.antwort(self.path)
            zu.wait(gabe.nach)
            with contextlib.suppress(OSError):  # the asker may have gone
                self._senden(gabe)
            self.close_connection = self.close_connection or bool(gabe.zu_lang)

        def _senden(self, gabe: Gabe) -> None:
            self.send_response(gabe.status)
            for name, wert in gabe.kopf.items():
                self.send_header(name, wert)
            self.send_header("Content-Length", str(len(gabe.inhalt) + gabe.zu_lang))
            self.end_headers()
            if not gabe.tropfen:
                self.wfile.write(gabe.inhalt)
                return
            for stelle in range(len(gabe.inhalt)):
                if zu.wait(gabe.tropfen):
                    return
                self.wfile.write(gabe.inhalt[stelle : stelle + 1])

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with _Http(("127.0.0.1", 0), Antworter) as http:
        server = Server(f"http://127.0.0.1:{http.server_port}")
        faden = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        faden.start()
        try:
            yield server
        finally:
            zu.set()
            http.shutdown()
            faden.join()
