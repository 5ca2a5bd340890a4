"""``tokens``: an address is shown once, the file opens nothing, and nobody is named. All persons are invented."""

from __future__ import annotations

import json
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from gremienplan.loading.tokens import read_tokens
from gremienplan.publishing.dateien import lock
from gremienplan.tokens import find
from tests.cli.lauf import Ergebnis, lauf, too_wide

BESETZUNG = "sitz;person\nleitung/am-fluss;Erfunden A\nbuergeramt/ost;Erfunden C\n"
HEUTE = date(2026, 10, 2)


@pytest.fixture
def besetzt(projekt: Path) -> Path:
    """Return a project that says who holds what."""
    (projekt / "besetzung.csv").write_text(BESETZUNG, "utf-8")
    return projekt


def tokens(projekt: Path, *words: str) -> Ergebnis:
    stand = () if words[0] == "list" else ("--stand", "2026-10-01")
    return lauf("tokens", *words, *stand, "--projekt", projekt)


def secret(result: Ergebnis) -> str:
    """Return the token of the address that was printed."""
    assert result.code == 0, result.alles
    return result.daten.strip().rpartition("/")[2].removesuffix(".ics")


@pytest.mark.parametrize(
    ("scope", "art", "wert"),
    [
        ("leitung/am-fluss", "sitz", "leitung/am-fluss"),
        ("sitz:leit/am-fluss", "sitz", "leitung/am-fluss"),
        ("Erfunden A", "person", "Erfunden A"),
        ("person:Erfunden C", "person", "Erfunden C"),
        ("alle.ics", "feed", "alle.ics"),
        ("feed:gremium/runde-am-fluss.ics", "feed", "gremium/runde-am-fluss.ics"),
    ],
)
def test_what_a_token_opens(besetzt: Path, scope: str, art: str, wert: str) -> None:
    shown = secret(tokens(besetzt, "new", scope, "--note", "Telefon"))
    (listed,) = tokens(besetzt, "list", "--json").json["tokens"]
    assert (listed["art"], listed["wert"], listed["notiz"]) == (art, wert, "Telefon")
    assert find(read_tokens(besetzt), shown, HEUTE)
    assert wert in " ".join(tokens(besetzt, "list").daten.split())


def test_the_address_is_shown_once(besetzt: Path) -> None:
    """On stdout alone; the file holds neither it nor who it is for, and only its owner may read it."""
    made = tokens(besetzt, "new", "Erfunden A", "--adresse", "https://termine.example/kalender/")
    shown = secret(made)
    assert made.daten == f"https://termine.example/kalender/abo/{shown}.ics\n"
    assert "Erfunden" not in made.rede
    assert shown not in made.rede + tokens(besetzt, "list").alles
    file = besetzt / "tokens.json"
    assert shown not in file.read_text("utf-8")
    assert "Erfunden" not in file.read_text("utf-8")
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_every_address_is_another(besetzt: Path) -> None:
    """One per subscription: the same Sitz twice is two tokens."""
    one, two = (secret(tokens(besetzt, "new", "leitung/am-fluss")) for _ in range(2))
    assert one != two
    assert [token.id for token in read_tokens(besetzt)] == [1, 2]


def test_revoke(besetzt: Path) -> None:
    """The address opens nothing any more, the line stays; once more changes nothing."""
    shown = secret(tokens(besetzt, "new", "alle.ics"))
    assert tokens(besetzt, "revoke", "1").code == 0
    assert find(read_tokens(besetzt), shown, HEUTE) is None
    assert "revoked Thu 2026-10-01" in tokens(besetzt, "list").daten
    before = (besetzt / "tokens.json").read_bytes()
    assert "was revoked before" in tokens(besetzt, "revoke", "1").rede
    assert (besetzt / "tokens.json").read_bytes() == before


def test_revoke_in_a_project_that_cannot_be_read(besetzt: Path) -> None:
    """An address that leaked is closed whatever else is wrong; the list names no persons then."""
    shown = secret(tokens(besetzt, "new", "Erfunden A"))
    (besetzt / "stadt" / "regeln.toml").write_text("kaputt", "utf-8")
    listed = tokens(besetzt, "list")
    assert listed.code == 0
    assert "Erfunden" not in listed.alles
    assert lauf("tokens", "revoke", 1, "--projekt", besetzt).code == 0
    assert find(read_tokens(besetzt), shown, HEUTE) is None


def test_rotate(besetzt: Path) -> None:
    """The new address opens the same, the old one nothing; note and last day are kept."""
    old = secret(tokens(besetzt, "new", "Erfunden A", "--note", "Telefon", "--bis", "2026-12-31"))
    new = secret(tokens(besetzt, "rotate", "1", "--adresse", "https://termine.example"))
    known = read_tokens(besetzt)
    assert find(known, old, HEUTE) is None
    found = find(known, new, HEUTE)
    assert found is not None
    assert (found.id, found.notiz, found.bis) == (2, "Telefon", date(2026, 12, 31))
    listed = tokens(besetzt, "list", "--json").json["tokens"]
    assert [line["wert"] for line in listed] == ["Erfunden A", "Erfunden A"]
    assert tokens(besetzt, "rotate", "1").code == 2


def test_no_address_is_made_that_never_works(besetzt: Path) -> None:
    """Its last day lies before it is made, or that of the one it replaces does: refused, and nothing is written."""
    gestern = tokens(besetzt, "new", "alle.ics", "--bis", "2026-09-30")
    assert (gestern.code, "--bis" in gestern.rede, "2026-10-01" in gestern.rede) == (2, True, True)
    assert tokens(besetzt, "new", "alle.ics", "--bis", "2026-09-30", "--dry-run").code == 2
    assert not (besetzt / "tokens.json").exists()
    assert tokens(besetzt, "new", "alle.ics", "--bis", "2026-10-01").code == 0
    spaeter = lauf("tokens", "rotate", 1, "--stand", "2026-10-02", "--projekt", besetzt)
    assert spaeter.code == 2
    assert "tokens new" in spaeter.rede
    assert [token.widerrufen for token in read_tokens(besetzt)] == [None]


def test_who_is_no_longer_listed_is_forgotten(besetzt: Path) -> None:
    """Taken out of besetzung.csv, a person is named nowhere, and their address cannot be replaced."""
    tokens(besetzt, "new", "Erfunden A")
    (besetzt / "besetzung.csv").write_text("sitz;person\nbuergeramt/ost;Erfunden C\n", "utf-8")
    assert tokens(besetzt, "list", "--json").json["tokens"][0]["wert"] is None
    assert "a person no longer listed" in " ".join(tokens(besetzt, "list").daten.split())
    assert tokens(besetzt, "rotate", "1").code == 2


@pytest.mark.parametrize("words", [("new", "alle.ics"), ("rotate", "1"), ("revoke", "1")])
def test_dry_run(besetzt: Path, words: tuple[str, str]) -> None:
    """Says what would be done, shows no address, and writes nothing."""
    tokens(besetzt, "new", "alle.ics")
    before = (besetzt / "tokens.json").read_bytes()
    (besetzt / ".gremienplan.lock").unlink()
    result = tokens(besetzt, *words, "--dry-run")
    assert not (besetzt / ".gremienplan.lock").exists()
    assert (result.code, result.daten) == (0, "")
    assert result.rede.startswith("Would ")
    assert tokens(besetzt, *words, "--dry-run", "--json").json["answer"].startswith("would-")
    assert (besetzt / "tokens.json").read_bytes() == before


def test_json_of_a_new_one(besetzt: Path) -> None:
    found = tokens(besetzt, "new", "alle.ics", "--adresse", "https://termine.example", "--json").json
    assert found["adresse"] == f"https://termine.example/abo/{found['token']}.ics"
    assert (found["answer"], found["id"], found["wert"]) == ("token", 1, "alle.ics")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("new", "bewohner/am-fluss"), "no calendar of its own"),
        (("new", "leitung/nirgends"), "no such Sitz"),
        (("new", "person:Erfunden B"), "No such person"),
        (("new", "../plan.ics"), "no name of a calendar"),
        (("new", "alle.ics", "--note", "von erfunden-a"), "names a person"),
        (("new", "alle.ics", "--note", "x" * 81), "at most 80"),
        (("new", "alle.ics", "--adresse", "termine.example"), "no web address"),
        (("new", "alle.ics", "--adresse", f"https://t.example/{'x' * 200}"), "256 characters"),
        (("new",), "SCOPE"),
        (("revoke",), "missing"),
        (("revoke", "7"), "no such token"),
        (("revoke", "7", "--note", "x"), "means nothing here"),
        (("list", "7"), "means nothing here"),
        (("erase", "7"), "not one of the choices"),
    ],
)
def test_refused(besetzt: Path, words: tuple[str, ...], said: str) -> None:
    """With exit code 2, nothing written, and no person's name said on."""
    result = tokens(besetzt, *words)
    assert (result.code, result.daten) == (2, "")
    assert said in " ".join(result.rede.split())
    assert words[-1].startswith("person:") or "Erfunden" not in result.rede
    assert not (besetzt / "tokens.json").exists()
    assert not too_wide(result.rede) or "https://t" in result.rede


def test_a_broken_file_is_told(besetzt: Path) -> None:
    """And nothing is written over it."""
    (besetzt / "tokens.json").write_text(json.dumps({"format": 1, "tokens": [{"id": 1}]}), "utf-8")
    for words in (("new", "alle.ics"), ("list",), ("revoke", "1")):
        result = tokens(besetzt, *words)
        assert result.code == 2
        assert "tokens[1].hash" in result.rede


def test_one_writer_at_a_time(besetzt: Path) -> None:
    with lock(besetzt):
        assert "Another process is writing" in tokens(besetzt, "new", "alle.ics").rede
        assert tokens(besetzt, "list").code == 0


def test_a_new_project_keeps_them_out_of_git(tmp_path: Path) -> None:
    assert lauf("new", tmp_path / "neu", "--stadt", "hamm").code == 0
    assert "tokens.json" in (tmp_path / "neu" / ".gitignore").read_text("utf-8").splitlines()
