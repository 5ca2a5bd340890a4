"""The app inside other apps, as ``examples/embedding`` and docs/web.md show it."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from gremienplan.release import release_to_json
from tests.web.welt import Klient, client, release

ORDNER = Path(__file__).parents[2] / "examples" / "embedding"

pytestmark = [
    pytest.mark.skipif(not ORDNER.is_dir(), reason="the examples are not part of this tree"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the frameworks' own
]


def load(name: str, monkeypatch: pytest.MonkeyPatch, projekt: Path) -> Any:
    """Run an example with a project that has published."""
    (projekt / "veroeffentlicht.json").write_text(release_to_json(release()), "utf-8")
    monkeypatch.setenv("SITZUNGEN", str(projekt))
    spec = importlib.util.spec_from_file_location(name, ORDNER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "app", "eigenes", "antwort"),
    [
        ("fastapi_app", "app", "/api/status", b'{"status":"ok"}'),
        ("django_asgi", "application", "/", b"Rathaus"),
    ],
)
def test_below_a_path_of_another_app(
    name: str, app: str, eigenes: str, antwort: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The calendars are the same bytes with the same headers, links stay below the path, the host goes on as before."""
    web = Klient(getattr(load(name, monkeypatch, tmp_path), app))
    feed, allein = (
        web.get("/sitzungen/feeds/amt/leitung-nord.ics"),
        client().get("/feeds/amt/leitung-nord.ics"),
    )
    assert (feed.status, feed.content, feed.headers) == (200, allein.content, allein.headers)
    known = {"if-none-match": feed.headers["etag"]}
    assert web.get("/sitzungen/feeds/amt/leitung-nord.ics", headers=known).status == 304
    seite = web.get("/sitzungen/")
    assert seite.status == 200
    assert {a.split("/")[1] for a in re.findall(r'(?:href|src)="(/[^"]*)"', seite.text)} == {"sitzungen"}
    assert web.get("/sitzungen/feeds/nie.ics").status == 404
    assert (web.get(eigenes).status, web.get(eigenes).content) == (200, antwort)


def test_the_page_shows_what_is_tested() -> None:
    """The code in docs/web.md is the code of the examples."""
    text = (Path(__file__).parents[2] / "docs" / "web.md").read_text("utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2
    for block, name in zip(blocks, ("fastapi_app", "django_asgi"), strict=True):
        code = (ORDNER / f"{name}.py").read_text("utf-8")
        assert block.strip().splitlines()
        assert [line for line in block.splitlines() if line not in code.splitlines()] == []
