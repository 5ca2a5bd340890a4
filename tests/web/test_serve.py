"""The command ``serve``, and the server as a process."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from pathlib import Path

import httpx
import pytest
from attrs import evolve

from gremienplan.release import release_to_json
from tests.cli.lauf import NO_LANGUAGE, lauf
from tests.web.welt import release

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
    assert "pip install 'gremienplan[web]'" in result.rede


@pytest.mark.parametrize(
    ("wahl", "satz"),
    [
        (("--adresse", "kalender.example"), "one is written https://"),
        (("--adresse", "ftp://x"), "one is written https://"),
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
    import socket

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
