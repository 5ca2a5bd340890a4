"""One check for every address that is named to be served or linked."""

from __future__ import annotations

from pathlib import Path

import pytest

from gremienplan.webadresse import address_problem
from tests.cli.lauf import lauf

WRONG = (
    "termine.example",
    "ftp://termine.example/",
    "https:///kalender",
    "https://[x/",
    "https://termine.example:port/",
    "https://termine.example:0/",
    "https://termine.example/ein kalender",
    'https://termine.example/"><script>',
    "https://termine.example/\r\nBcc:",
    f"https://termine.example/{'x' * 1000}",
)


@pytest.mark.parametrize("adresse", [*WRONG, "https://termine.example/?a=1", "https://termine.example/#a"])
def test_what_is_none(adresse: str) -> None:
    """It is said where it was named, with one that could be."""
    problem = address_problem("--adresse", adresse, "https://a.example/")
    assert problem is not None
    assert (problem.datei, problem.wert) == ("--adresse", adresse)
    assert "https://a.example/" in str(problem.hinweis)


@pytest.mark.parametrize(
    "adresse", ["http://localhost", "https://Termine.example:8443/a/b/", "https://[2001:db8::1]/kalender"]
)
def test_what_is_one(adresse: str) -> None:
    """Of a page or file it may go on behind the path."""
    assert address_problem("--adresse", adresse, "") is None
    assert address_problem("URL", f"{adresse}?seite=3#oben", "", ganz=True) is None


@pytest.mark.parametrize("adresse", ["https://amt:geheim@t.example/", "https://amt:geheim@t.example:port/"])
def test_a_password_is_never_repeated(adresse: str) -> None:
    """Nor taken."""
    problem = address_problem("--adresse", adresse, "")
    assert problem is not None
    assert "geheim" not in f"{problem.meldung} {problem.wert}"


@pytest.mark.parametrize(
    "words", [("serve", "."), ("print", "."), ("oparl", "."), ("tokens", "new", "alle.ics", "--projekt", ".")]
)
def test_every_command_asks_for_the_same(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the same sentences, before anything is read or written."""
    (tmp_path / "gremienplan.toml").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    for adresse in WRONG[:2]:
        result = lauf(*words, "--adresse", adresse)
        assert (result.code, "This is no web address." in result.rede) == (2, True), result.alles
    result = lauf(*words, "--adresse", "https://amt:geheim@termine.example/")
    assert (result.code, "name or password" in result.rede, "geheim" in result.alles) == (2, True, False)
