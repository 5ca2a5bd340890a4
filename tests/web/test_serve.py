"""The command ``serve``, and the server as a process."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from pathlib import Path

import httpx
import pytest
from attrs import evolve

from gremienplan.release import release_to_json
from gremienplan.web import app
from gremienplan.web.antwort import Receive, Scope, Send
from tests.cli.lauf import NO_LANGUAGE, lauf
from tests.web.welt import client, release

CI = os.environ.get("PROFILE") == "ci"


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """Return a project that has published."""
    (tmp_path / "gremienplan.toml").write_text('format = 1\nstadt = "quartier"\n', "utf-8")
    (tmp_path / "veroeffentlicht.json").write_text(release_to_json(release()), "utf-8")
    return tmp_path


@pytest.mark.parametrize("fehlt", ["starlette", "segno", "uvicorn"])
def test_without_the_extra_it_says_what_to_install(
    fehlt: str, projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec

    def found(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == fehlt else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", found)
    result = lauf("serve", projekt)
    assert result.code == 2
    assert fehlt in result.rede
    assert f'{sys.executable} -m pip install "gremienplan[web]"' in " ".join(result.rede.split())


@pytest.mark.parametrize(
    ("wahl", "satz"),
    [
        (("--adresse", "kalender.example"), "no web address"),
        (("--adresse", "ftp://x"), "no web address"),
        (("--port", "65536"), "none of 1 to 65535"),
        (("--host", "192.0.2.1"), "Nothing can be served at 192.0.2.1"),
    ],
)
def test_what_cannot_be_is_said(projekt: Path, wahl: tuple[str, str], satz: str) -> None:
    """Before anything is served."""
    result = lauf("serve", projekt, *wahl)
    assert result.code == 2
    assert satz in " ".join(result.rede.split())


def test_a_damaged_release_is_refused(projekt: Path) -> None:
    """Each problem is named, as everywhere."""
    (projekt / "veroeffentlicht.json").write_text("{", "utf-8")
    result = lauf("serve", projekt)
    assert result.code == 2
    assert "veroeffentlicht.json" in result.rede


@contextmanager
def served(projekt: Path, port: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Yield the address of a server, and its process."""
    command = [sys.executable, "-m", "gremienplan", "serve", str(projekt), "--port", str(port), "--json"]
    environ = {key: value for key, value in os.environ.items() if key not in NO_LANGUAGE}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
    )
    try:
        assert process.stdout is not None
        lines = ""
        for line in process.stdout:
            lines += line
            if line.startswith("}"):
                break
        yield json.loads(lines)["adresse"], process
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as offen:
        return int(offen.getsockname()[1])


@pytest.mark.skipif(not CI, reason="a process of its own: PROFILE=ci")
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent differently there")
def test_a_server_answers_reloads_and_ends(projekt: Path) -> None:
    """Over a real connection, without a request lost; Ctrl-C is how it ends, and no failure."""
    with served(projekt, free_port()) as (adresse, process), httpx.Client(base_url=adresse) as client:
        answers = []
        for nummer in range(60):
            answers.append(client.get("/feeds/alle.ics"))
            if nummer % 20 == 10:
                neu = projekt / "neu"
                weniger = evolve(release(), ereignisse=release().ereignisse[: nummer // 20])
                neu.write_text(release_to_json(weniger), "utf-8")
                neu.replace(projekt / "veroeffentlicht.json")
        assert {answer.status_code for answer in answers} == {200}
        assert not {"server", "set-cookie"} & answers[0].headers.keys()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


@contextmanager
def beside(pruefen: float = 3600.0) -> Iterator[tuple[int, list[str]]]:
    """Yield the port of a server with the short cut, and the paths of the requests that went the usual way."""
    import uvicorn

    from gremienplan.web.schnell import fast

    anwendung = app(release(), pruefen=pruefen)
    ueblich: list[str] = []

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        ueblich.append(scope["path"])
        await anwendung(scope, receive, send)

    offen = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        watched, http=fast(anwendung), lifespan="off", log_level="error", server_header=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [offen]})
    thread.start()
    yield offen.getsockname()[1], ueblich
    server.should_exit = True
    thread.join(10)
    offen.close()


def exchange(offen: socket.socket, *stuecke: bytes) -> tuple[bytes, set[bytes], bytes]:
    """Send a request in pieces and return status line, headers without the date, and body."""
    for stueck in stuecke:
        offen.sendall(stueck)
        time.sleep(0.02 if len(stuecke) > 1 else 0)
    data = b""
    while b"\r\n\r\n" not in data:
        data += offen.recv(1 << 16)
    kopf, _, body = data.partition(b"\r\n\r\n")
    status, *headers = kopf.split(b"\r\n")
    laenge = next((int(h.split(b": ")[1]) for h in headers if h.startswith(b"content-length")), 0)
    laenge = 0 if b"HEAD" in stuecke[0] else laenge
    while len(body) < laenge:
        body += offen.recv(1 << 16)
    assert any(h.startswith(b"date: ") for h in headers)
    return status.rstrip(), {h for h in headers if not h.startswith(b"date: ")}, body


def test_the_short_cut_says_what_the_usual_way_says() -> None:
    """For every form of an answer; and only what is plain, whole and for a calendar that is held takes it."""
    etag = client().get("/feeds/alle.ics").headers["etag"].encode()
    with beside() as (port, ueblich), socket.create_connection(("127.0.0.1", port), 10) as offen:

        def ask(
            more: bytes, ziel: bytes = b"/feeds/alle.ics", methode: bytes = b"GET"
        ) -> tuple[bytes, set[bytes], bytes]:
            return exchange(offen, b"%s %s HTTP/1.1\r\nHost: x\r\n%s\r\n" % (methode, ziel, more))

        kurz = ask(b"")
        assert ueblich == ["/feeds/alle.ics"], "nobody had asked for it before"
        for more in (
            b"",
            b"Accept-Encoding: gzip, br\r\n",
            b"accept-encoding: gzip;q=0\r\n",
            b"If-None-Match: %s\r\n" % etag,
            b"if-none-match: W/%s\r\nAccept-Encoding: gzip\r\n" % etag,
            b'If-None-Match: "x"\r\nIf-None-Match: %s\r\n' % etag,
            b'If-None-Match: "x"\r\nConnection: keep-alive\r\nUser-Agent: A/1 (b; c)\r\n',
        ):
            ueblich.clear()
            kurz = ask(more)
            assert ueblich == [], more
            assert kurz == ask(more + b"TE: trailers\r\n")
            assert len(ueblich) == 1
        ueblich.clear()
        assert ask(b"", b"/feeds/alle.ics?a=b&c") == kurz
        assert ueblich == []
        for ziel in (b"/feeds/nie.ics", b"/feeds/ALLE.ics", b"/health", b"/feeds/%61lle.ics"):
            ask(b"", ziel)
        ask(b"", methode=b"HEAD")
        offen.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        assert exchange(offen, b"GET /feeds/alle.ics HT", b"TP/1.1\r\nHost: x\r\n", b"\r\n") == kurz
        assert len(ueblich) == 6
        zwei = b"GET /feeds/alle.ics HTTP/1.1\r\nHost: x\r\n\r\n" * 2
        assert exchange(offen, zwei)[2].startswith(kurz[2])
        assert len(ueblich) >= 7, "two at once are no plain request"


def test_the_short_cut_looks_for_new_releases() -> None:
    """When the time has passed, a request goes the usual way, which looks."""
    with beside(0.0) as (port, ueblich), socket.create_connection(("127.0.0.1", port), 10) as offen:
        for _ in range(3):
            exchange(offen, b"GET /feeds/alle.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        assert len(ueblich) == 3
