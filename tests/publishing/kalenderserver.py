"""A real Radicale server on a free port of this machine, its data in a folder that ends with the test."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
from attrs import frozen
from radicale import config
from radicale.app import Application
from radicale.log import logger
from radicale.server import ParallelHTTPServer, RequestHandler

BENUTZER, KENNWORT = "amt", "nur-im-test"


@frozen
class Kalenderserver:
    """A running server with one user and one empty calendar."""

    adresse: str
    """Of the calendar, with a slash at its end."""

    @property
    def _client(self) -> httpx.Client:
        return _client()

    def get(self, name: str) -> httpx.Response:
        """Return a resource as the server has it."""
        with self._client as client:
            return client.get(self.adresse + name)

    def put(self, name: str, inhalt: bytes) -> None:
        """Write a resource as somebody else would."""
        with self._client as client:
            kopf = {"Content-Type": "text/calendar; charset=utf-8"}
            client.put(self.adresse + name, content=inhalt, headers=kopf).raise_for_status()

    def delete(self, name: str) -> None:
        """Remove a resource as somebody else would."""
        with self._client as client:
            client.delete(self.adresse + name).raise_for_status()

    def everything(self) -> str:
        """Return the whole calendar as one file."""
        with self._client as client:
            return client.get(self.adresse).raise_for_status().text


@contextlib.contextmanager
def laufend(ordner: Path, *, aufgaben: bool = False) -> Iterator[Kalenderserver]:
    """Run a server until the block ends; ``aufgaben``: its calendar takes tasks only."""
    zugang = ordner / "users"
    zugang.write_text(f"{BENUTZER}:{KENNWORT}\n", "utf-8")
    einstellung = config.load()
    einstellung.update(
        {
            "auth": {
                "type": "htpasswd",
                "htpasswd_filename": str(zugang),
                "htpasswd_encryption": "plain",
                "delay": "0",
            },
            "storage": {"filesystem_folder": str(ordner / "collections"), "_filesystem_fsync": "False"},
            "web": {"type": "none"},
        },
        "test",
        privileged=True,
    )
    logger.setLevel(logging.CRITICAL)
    http = ParallelHTTPServer(einstellung, socket.AF_INET, ("127.0.0.1", 0), RequestHandler)
    http.set_app(Application(einstellung))
    faden = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    faden.start()
    try:
        server = Kalenderserver(f"http://127.0.0.1:{http.server_port}/{BENUTZER}/plan/")
        komponente = "VTODO" if aufgaben else "VEVENT"
        with _client() as client:
            client.request("MKCALENDAR", server.adresse, content=_made(komponente)).raise_for_status()
        yield server
    finally:
        http.shutdown()
        http.server_close()
        faden.join()
        for offen in http.worker_sockets:  # which the server leaves to the end of its process
            offen.close()


def _client() -> httpx.Client:
    return httpx.Client(auth=(BENUTZER, KENNWORT), trust_env=False, verify=False)


def _made(komponente: str) -> bytes:
    return (
        '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
        f'<C:supported-calendar-component-set><C:comp name="{komponente}"/></C:supported-calendar-component-set>'
        "</D:prop></D:set></C:mkcalendar>"
    ).encode()
