"""The command ``push``: a feed by file or name, a password nobody sees, exit codes a script can rely on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gremienplan.errors import InputError
from gremienplan.loading.zugang import BENUTZER, KENNWORT, credentials
from gremienplan.publishing.caldav.abgleich import Schritt
from gremienplan.publishing.caldav.verbindung import Verbindung
from tests.cli.lauf import Ergebnis, lauf
from tests.publishing import kalenderserver, welt
from tests.publishing.kalenderserver import Kalenderserver
from tests.publishing.lesen import uids

FEEDS = welt.feeds(welt.projekt(), welt.plan(welt.projekt()))
GEHEIM = kalenderserver.KENNWORT


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kalenderserver]:
    with kalenderserver.laufend(tmp_path_factory.mktemp("radicale")) as found:
        yield found


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """Return what a project with published feeds looks like from outside."""
    (tmp_path / "gremienplan.toml").write_text("format = 1\n", "utf-8")
    for name, inhalt in FEEDS.items():
        datei = tmp_path / "out" / "feeds" / name
        datei.parent.mkdir(parents=True, exist_ok=True)
        datei.write_bytes(inhalt)
    return tmp_path


def push(
    *args: object, user: str | None = kalenderserver.BENUTZER, kennwort: str | None = GEHEIM
) -> Ergebnis:
    result = lauf("push", *args, **{BENUTZER: user, KENNWORT: kennwort, "NETRC": "none"})
    assert GEHEIM not in result.alles
    return result


def test_a_feed_by_its_name(server: Kalenderserver, projekt: Path) -> None:
    """Looked at first, then written, then there is nothing left to do; --json says the same."""
    args = (server.adresse, "--projekt", projekt, "--feed", "gremium/runde-ufer")
    probe = push(*args, "--dry-run", "--json").json
    assert (probe["dry_run"], len(probe["neu"]), probe["unveraendert"]) == (True, 2, [])
    assert "BEGIN:VEVENT" not in server.everything()
    result = push(*args)
    assert (result.code, "   2 new" in result.daten) == (0, True)
    result = push(*args)
    assert (result.code, "   0 new" in result.daten, "   2 unchanged" in result.daten) == (0, True, True)


def test_a_feed_by_its_file(server: Kalenderserver, projekt: Path) -> None:
    """It needs no project; what another feed has brought stays, and the answer is no."""
    push(server.adresse, "--projekt", projekt, "--feed", "gremium/runde-ufer")
    result = push(server.adresse, "--feed", projekt / "out" / "feeds" / "alle.ics")
    assert result.code == 1
    assert " ".join(result.rede.split()).count("from another feed") == 2


def test_interrupted_it_says_what_was_written(
    projekt: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much of each kind, as JSON each event; the same command does the rest, and nothing twice."""
    feed = ("--feed", projekt / "out" / "feeds" / "alle.ics")
    write, done, left = Verbindung.write, list[str](), 2

    def broken(verbindung: Verbindung, schritt: Schritt) -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        done.append(schritt.uid)
        return write(verbindung, schritt)

    with kalenderserver.laufend(tmp_path_factory.mktemp("radicale")) as leer:
        with monkeypatch.context() as patch:
            patch.setattr(Verbindung, "write", broken)
            result = push(leer.adresse, *feed)
            assert (result.code, "changes made: 2" in result.rede) == (130, True)
            assert "   2 new" in result.daten
            assert "unchanged" not in result.daten
            left = 1
            result = push(leer.adresse, *feed, "--json")
            assert (result.code, result.json["abgebrochen"], result.json["neu"]) == (130, True, done[2:])
        rest = push(leer.adresse, *feed, "--json").json
    assert (sorted(rest["unveraendert"]), rest["abgebrochen"]) == (sorted(done), False)
    assert len(rest["neu"]) == len(uids(FEEDS["alle.ics"])) - 3


def test_a_feed_nobody_knows(projekt: Path) -> None:
    """The nearest one is named; a name that leads out of the folder is no feed."""
    result = push("https://kalender.example/", "--projekt", projekt, "--feed", "gremium/runde-ofer")
    assert (result.code, "gremium/runde-ufer" in result.rede) == (2, True)
    (projekt / "fremd.ics").write_bytes(FEEDS["alle.ics"])
    result = push("https://kalender.example/", "--projekt", projekt, "--feed", "../../fremd")
    assert (result.code, "no such feed" in result.rede) == (2, True)


def test_the_wrong_password(server: Kalenderserver, projekt: Path) -> None:
    """It is bad input, and the sentence says where user and password come from."""
    feed = projekt / "out" / "feeds" / "alle.ics"
    result = push(server.adresse, "--feed", feed, kennwort="falsch-im-test")
    assert (result.code, "does not take" in result.rede, BENUTZER in result.rede) == (2, True, True)
    assert "falsch-im-test" not in result.alles
    result = push(server.adresse, "--feed", feed, user=None, kennwort=None)
    assert (result.code, "asks for a password" in result.rede) == (2, True)


def test_a_password_in_the_address() -> None:
    """It is refused and not repeated."""
    result = push(f"https://amt:{GEHEIM}@kalender.example/plan/", "--feed", "alle")
    assert (result.code, "must not stand" in result.rede) == (2, True)


class TestCredentials:
    """Where user and password come from."""

    def netrc(self, ordner: Path, inhalt: str) -> Path:
        datei = ordner / "zugang"
        datei.write_text(inhalt, "utf-8")
        datei.chmod(0o600)
        return datei

    def test_the_order(self, tmp_path: Path) -> None:
        """A named file before the environment, the environment before the user's own file; else nobody."""
        datei = self.netrc(tmp_path, f"machine kalender.example login datei password {GEHEIM}\n")
        umgebung = {BENUTZER: "umgebung", KENNWORT: GEHEIM}
        assert credentials("kalender.example", umgebung, datei) == ("datei", GEHEIM)
        assert credentials("kalender.example", {**umgebung, "NETRC": str(datei)}) == ("umgebung", GEHEIM)
        assert credentials("kalender.example", {"NETRC": str(datei)}) == ("datei", GEHEIM)
        assert credentials("andere.example", {"NETRC": str(datei)}) is None
        assert credentials("kalender.example", {"NETRC": str(tmp_path / "keine")}) is None

    @pytest.mark.parametrize(
        ("inhalt", "satz"),
        [
            (f"machine kalender.example login amt {GEHEIM}\n", "no netrc file"),
            (f"machine andere.example login amt password {GEHEIM}\n", "no user and password"),
            ("machine kalender.example login amt\n", "no user and password"),
        ],
    )
    def test_a_file_of_no_use(self, tmp_path: Path, inhalt: str, satz: str) -> None:
        """It is said, without a word of what stands in it."""
        with pytest.raises(InputError, match=satz) as error:
            credentials("kalender.example", {}, self.netrc(tmp_path, inhalt))
        assert GEHEIM not in repr(error.value.problems)

    @pytest.mark.parametrize("eines", [BENUTZER, KENNWORT])
    def test_half_a_pair(self, eines: str) -> None:
        """The missing half is named."""
        with pytest.raises(InputError, match="missing") as error:
            credentials("kalender.example", {eines: "x"})
        assert {error.value.problems[0].datei, eines} == {BENUTZER, KENNWORT}

    def test_others_can_read_it(self, server: Kalenderserver, projekt: Path) -> None:
        """That is said."""
        datei = self.netrc(projekt, f"machine 127.0.0.1 login {kalenderserver.BENUTZER} password {GEHEIM}\n")
        datei.chmod(0o644)
        args = (
            server.adresse,
            "--feed",
            projekt / "out" / "feeds" / "amt" / "dezernat-stadt.ics",
            "--dry-run",
        )
        assert "can read the password" in push(*args, "--zugang", datei, user=None, kennwort=None).rede
        datei.chmod(0o600)
        assert "can read the password" not in push(*args, "--zugang", datei, user=None, kennwort=None).rede
