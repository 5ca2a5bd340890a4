"""Tokens over what was published: each opens its calendar, and no other. All persons are invented."""

from __future__ import annotations

import logging
import shutil
import stat
import sys
from datetime import date
from pathlib import Path

import pytest

from gremienplan.loading.tokens import TOKENS
from gremienplan.loading.veroeffentlichtes import AKTE, PERSONEN
from gremienplan.release import Release
from gremienplan.web import app
from gremienplan.web.abos import Abos
from gremienplan.web.quelle import Unlesbar
from tests.cli.conftest import MUSTER
from tests.cli.lauf import lauf
from tests.publishing.lesen import events, head, lint, uids
from tests.web.welt import Klient

BESETZUNG = """\
sitz;person;ab;bis
leitung/am-fluss;Erfunden A;;
leitung/am-berg;Erfunden A;;
buergeramt/ost;Erfunden B;;
"""
STAND = ("--stand", "2026-11-05")


@pytest.fixture(scope="module")
def fertig(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which 2027 is planned and published, not to be changed."""
    folder = Path(shutil.copytree(MUSTER, tmp_path_factory.mktemp("abos") / "projekt"))
    (folder / "besetzung.csv").write_text(BESETZUNG, "utf-8")
    plan = lauf("plan", folder, "--jahr", 2027, "--stand", "2026-11-01", "--effort", "kurz")
    assert plan.code == 0, plan.alles
    assert lauf("publish", folder, *STAND).code == 0
    return folder


@pytest.fixture
def projekt(fertig: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of it."""
    return Path(shutil.copytree(fertig, tmp_path / "projekt"))


def new(projekt: Path, scope: str, *more: str) -> str:
    """Return the token of a new address."""
    result = lauf("tokens", "new", scope, "--projekt", projekt, *STAND, *more)
    assert result.code == 0, result.alles
    return result.daten.strip().rpartition("/")[2].removesuffix(".ics")


def served(projekt: Path, tag: date = date(2026, 11, 6)) -> Abos:
    return Abos(projekt, lambda zone: tag)


def test_the_server_for_residents_knows_personal_addresses(projekt: Path) -> None:
    """With the secret its reader has a calendar; without it nothing shows that there are any."""
    web, name = Klient(app(projekt, nur_oeffentlich=True)), f"/abo/{new(projekt, 'leitung/am-fluss')}.ics"
    assert web.get(name).content == (projekt / "out" / "feeds" / "amt" / "leitung-am-fluss.ics").read_bytes()
    nie = web.get("/feeds/nie.ics")
    assert nie.status == 404
    assert web.get("/abo/falsch.ics") == web.get("/feeds/amt/leitung-am-fluss.ics") == nie


def test_each_token_opens_its_own_calendar(projekt: Path) -> None:
    """A Sitz, any calendar, a person with two Sitze: each event once, none of it with a name."""
    abos = served(projekt)
    feeds = projekt / "out" / "feeds"
    assert abos(new(projekt, "leitung/am-fluss")) == (feeds / "amt" / "leitung-am-fluss.ics").read_bytes()
    assert abos(new(projekt, "alle.ics")) == (feeds / "alle.ics").read_bytes()
    data = abos(new(projekt, "Erfunden A"))
    assert data is not None
    assert lint(data) == []
    beide = [uids((feeds / "amt" / f"leitung-{ort}.ics").read_bytes()) for ort in ("am-fluss", "am-berg")]
    assert sorted(uids(data)) == sorted({*beide[0], *beide[1]})
    assert b"Erfunden" not in data
    assert "SOURCE" not in head(data)


def test_what_opens_nothing(projekt: Path) -> None:
    """Unknown, revoked, expired, of a calendar there is not: one answer."""
    abos, dead = served(projekt), []
    dead.append(new(projekt, "alle.ics"))
    lauf("tokens", "revoke", 1, "--projekt", projekt)
    dead.append(new(projekt, "alle.ics", "--bis", "2026-11-05"))
    dead += ["a" * 52, ""]
    alive = new(projekt, "alle.ics")
    assert {abos(secret) for secret in dead} == {None}
    assert abos(alive)
    before = (projekt / "tokens.json").read_bytes()
    result = lauf("tokens", "new", "ale.ics", "--projekt", projekt, *STAND)
    assert (result.code, "alle.ics" in result.rede) == (2, True)
    assert (projekt / "tokens.json").read_bytes() == before


def test_a_change_of_hands_is_told_with_the_next_release(projekt: Path) -> None:
    """S-18: until then nothing changes; then the old holder reads cancellations, the new one the dates."""
    abos = served(projekt)
    alt, neu = new(projekt, "Erfunden A"), new(projekt, "Erfunden B")
    before = abos(alt), abos(neu)
    text = BESETZUNG.replace("leitung/am-berg;Erfunden A;;", "leitung/am-berg;Erfunden A;;31.12.2026")
    (projekt / "besetzung.csv").write_text(f"{text}leitung/am-berg;Erfunden B;01.01.2027;\n", "utf-8")
    assert (abos(alt), abos(neu)) == before
    assert lauf("publish", projekt, "--stand", "2026-11-08").code == 0
    told = abos(alt), abos(neu)
    assert told[0] is not None
    assert told[1] is not None
    assert any(v["STATUS"] == "CANCELLED" for v in events(told[0]))
    assert len(events(told[1])) > len(events(before[1] or b""))
    again = lauf("publish", projekt, "--stand", "2026-11-09")
    assert again.code == 0
    assert (abos(alt), abos(neu)) == told


def test_the_record_of_persons_is_private(projekt: Path) -> None:
    """It names nobody, only its owner may read it, and a project without persons has none."""
    record = projekt / "personen.json"
    assert "Erfunden" not in record.read_text("utf-8")
    assert sys.platform == "win32" or stat.S_IMODE(record.stat().st_mode) == 0o600
    record.unlink()
    (projekt / "besetzung.csv").unlink()
    assert lauf("publish", projekt, "--stand", "2026-11-08").code == 0
    assert not record.exists()


def test_publish_counts_on_where_the_record_is_lost(projekt: Path) -> None:
    """It cannot know how far each was counted, so it begins beyond that; everybody is told everything again."""
    secret = new(projekt, "Erfunden A")
    first = served(projekt)(secret) or b""
    (projekt / "personen.json").unlink()
    assert lauf("publish", projekt, "--stand", "2026-11-08").code == 0
    again = served(projekt)(secret) or b""
    assert {int(v["SEQUENCE"]) for v in events(first)} == {0}
    assert min(int(v["SEQUENCE"]) for v in events(again)) > 1_000_000
    assert uids(again) == uids(first)


def test_a_person_nobody_was_told_of_has_an_empty_calendar(projekt: Path) -> None:
    """A subscription never runs into nothing: what is told comes with the next release."""
    with (projekt / "besetzung.csv").open("a", encoding="utf-8") as file:
        file.write("buergeramt/west;Erfunden Z;;\n")
    abos, secret = served(projekt), new(projekt, "Erfunden Z")
    leer = abos(secret)
    assert leer is not None
    assert events(leer) == []
    assert lauf("publish", projekt, "--stand", "2026-11-08").code == 0
    assert events(abos(secret) or b"") != []


@pytest.mark.parametrize("name", [AKTE, PERSONEN, TOKENS])
@pytest.mark.parametrize("kaputt", ["{", None])
def test_a_file_that_breaks(
    projekt: Path, name: str, kaputt: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    """No subscription ends. Records stay as last read; without the tokens everybody alike is to come again later."""
    web = Klient(app(projekt, pruefen=0))
    wege = [f"/abo/{new(projekt, scope)}.ics" for scope in ("alle.ics", "Erfunden A")]
    wege += ["/abo/falsch.ics", "/abo/x"]
    before = [web.get(weg) for weg in wege]
    assert [answer.status for answer in before] == [200, 200, 404, 404]
    assert web.get("/health").json()["personal"] is True
    heil = (projekt / name).read_bytes()
    (projekt / name).unlink() if kaputt is None else (projekt / name).write_text(kaputt, "utf-8")
    with caplog.at_level(logging.ERROR, "gremienplan.web"):
        during = [web.get(weg) for weg in wege]
        assert [web.get(weg) for weg in wege] == during
    assert web.get("/health").json()["personal"] is False
    klagen = [r.getMessage() for r in caplog.records if "personal calendar" in r.getMessage()]
    assert len(klagen) == 1
    if name == TOKENS:
        assert during == [during[0]] * len(wege)
        assert (during[0].status, during[0].headers["retry-after"]) == (503, "300")
    else:
        assert during == before
    (projekt / name).write_bytes(heil)
    assert [web.get(weg) for weg in wege] == before
    assert web.get("/health").json()["personal"] is True


@pytest.mark.parametrize("name", [PERSONEN, TOKENS])
def test_a_server_that_never_could_read_a_file(projekt: Path, name: str) -> None:
    """Started anew beside a damaged file it tells everybody alike to come again later; all else is served."""
    secret = new(projekt, "alle.ics")
    (projekt / name).write_text("{", "utf-8")
    web = Klient(app(projekt, pruefen=0))
    answers = [web.get(f"/abo/{wer}.ics") for wer in (secret, "falsch")]
    assert answers == [answers[0]] * 2
    assert answers[0].status == 503
    assert web.get("/feeds/alle.ics").status == 200


def test_what_could_not_be_read_once_is_tried_again(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that failed for a moment leaves the file as it was: nothing tells it from the one that cannot be read."""
    abos, secret = Abos(projekt, lambda zone: date(2026, 11, 6), pruefen=0), new(projekt, "alle.ics")
    selten = Abos(projekt, lambda zone: date(2026, 11, 6), pruefen=3600)
    with monkeypatch.context() as patch:
        patch.setattr("gremienplan.web.abos.read_release", lambda _: fail())
        for one in (abos, selten):
            with pytest.raises(Unlesbar):
                one(secret)
    assert abos(secret)
    with pytest.raises(Unlesbar):
        selten(secret)


def fail() -> Release:
    raise OSError(5, "Input/output error")


@pytest.mark.parametrize("name", ["personen.json", "tokens.json"])
def test_a_damaged_private_file_is_found_before_anything_is_written(projekt: Path, name: str) -> None:
    """Plan, record and calendars stay as they were; the next run, with the file mended, tells all of it."""
    plan = projekt / "jahre" / "2027" / "plan.json"
    before = {p: p.read_bytes() for p in (plan, projekt / "veroeffentlicht.json")}
    (projekt / name).write_text("{", "utf-8")
    for words in ((), ("--dry-run",)):
        result = lauf("publish", projekt, "--final", "--stand", "2026-11-08", *words)
        assert result.code == 2, result.alles
        assert name in result.rede
    assert {p: p.read_bytes() for p in before} == before


def test_a_lost_list_of_persons_forgets_nobody(projekt: Path) -> None:
    """Refused, and nothing is written; with nothing but its heading it is meant, and nobody is left on record."""
    record = projekt / "personen.json"
    before = record.read_bytes()
    (projekt / "besetzung.csv").unlink()
    result = lauf("publish", projekt, "--final", "--stand", "2026-11-08")
    assert result.code == 2
    assert "besetzung.csv" in result.rede
    assert record.read_bytes() == before
    (projekt / "besetzung.csv").write_text("sitz;person;ab;bis\n", "utf-8")
    assert lauf("publish", projekt, "--stand", "2026-11-08").code == 0
    assert b"person/" not in record.read_bytes()
