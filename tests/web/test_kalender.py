"""Calendars over HTTP as clients need them: each rule of what was measured with them."""

from __future__ import annotations

import gzip
import logging
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount

from gremienplan.errors import InputError
from gremienplan.publishing import Kalendersatz
from gremienplan.release import Release, release_to_json
from gremienplan.web import app
from tests.publishing.lesen import head, lint, uids
from tests.web.welt import Klient, client, release

ALLE = "/feeds/alle.ics"
WEB = client()
NAMEN = sorted(k.name for k in (*release().kalender, *release().beendet))


@pytest.fixture
def web() -> Klient:
    return WEB


@pytest.mark.parametrize("name", NAMEN)
def test_every_calendar_is_served_as_it_is_written(web: Klient, name: str) -> None:
    """The same bytes as in the folder, with all that clients look at; also those that are no longer kept."""
    answer = web.get(f"/feeds/{name}")
    assert answer.status == 200
    assert answer.content == Kalendersatz(release()).feed(name).inhalt
    assert lint(answer.content) == []
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["content-length"] == str(len(answer.content))
    assert answer.headers["content-disposition"] == f'inline; filename="{name.replace("/", "-")}"'
    assert answer.headers["etag"] == f'"{sha256(answer.content).hexdigest()[:32]}"'
    assert answer.headers["vary"] == "Accept-Encoding"
    assert re.fullmatch(r"public, max-age=\d+", answer.headers["cache-control"])
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    assert "content-encoding" not in answer.headers


def test_last_modified_is_of_what_the_audience_was_told(web: Klient) -> None:
    """In UTC, as the calendar itself says it; what others are told is no matter."""
    answer = web.get("/feeds/oeffentlich.ics")
    assert parsedate_to_datetime(answer.headers["last-modified"]) == datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    assert head(answer.content)["LAST-MODIFIED"] == "20261102T083000Z"
    later = evolve(release(), ereignisse=release().ereignisse[:1])
    assert client(later).get("/feeds/oeffentlich.ics").headers == answer.headers


def test_head_is_get_without_a_body(web: Klient) -> None:
    """Header for header."""
    for path in (ALLE, "/feeds/unbekannt.ics", "/health"):
        get, ohne = web.get(path), web.get(path, methode="HEAD")
        assert (ohne.status, ohne.headers, ohne.content) == (get.status, get.headers, b"")


ETAG = WEB.get(ALLE).headers["etag"]


@pytest.mark.parametrize(
    ("bekannt", "status"),
    [
        (ETAG, 304),
        (f"W/{ETAG}", 304),
        (f'"anders", {ETAG}', 304),
        (f'"a,b",W/{ETAG} , "c"', 304),
        ("*", 304),
        (f'{ETAG[:-1]}-gzip"', 304),
        ('"anders"', 200),
        ('""', 200),
        ("", 200),
        (ETAG.upper().replace("A", "B"), 200),
        (ETAG.strip('"'), 200),
    ],
)
def test_whoever_has_it_gets_304(web: Klient, bekannt: str, status: int) -> None:
    """By weak comparison, in lists, by either form's ETag; anything else is answered in full."""
    for methode in ("GET", "HEAD"):
        answer = web.get(ALLE, methode=methode, headers={"if-none-match": bekannt})
        assert answer.status == status
        assert answer.headers["etag"] == ETAG
        assert {"cache-control", "vary", "last-modified"} <= answer.headers.keys()
        if status == 304:
            assert answer.content == b""
            assert not {"content-type", "content-length"} & answer.headers.keys()


@pytest.mark.parametrize(
    ("gewuenscht", "kurz"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("identity", False),
        ("*", False),
        ("", False),
    ],
)
def test_gzip_only_for_those_who_ask(web: Klient, gewuenscht: str, kurz: bool) -> None:
    """The same calendar with an ETag of its own, which is recognised in either form."""
    answer = web.get(ALLE, headers={"accept-encoding": gewuenscht})
    assert (answer.headers.get("content-encoding") == "gzip") is kurz
    assert answer.headers["content-length"] == str(len(answer.content))
    content = gzip.decompress(answer.content) if kurz else answer.content
    assert content == web.get(ALLE).content
    assert (answer.headers["etag"] != ETAG) is kurz
    known = {"accept-encoding": gewuenscht, "if-none-match": ETAG}
    assert web.get(ALLE, headers=known).status == 304


def test_gzip_can_be_switched_off() -> None:
    """A proxy may want to do it."""
    ohne = client(gzip=False)
    assert "content-encoding" not in ohne.get(ALLE, headers={"accept-encoding": "gzip"}).headers


def test_compressed_bytes_say_nothing_of_the_clock() -> None:
    """The same calendar is the same bytes, compressed too."""
    assert WEB.get(ALLE, headers={"accept-encoding": "gzip"}).content[4:8] == b"\0\0\0\0"


PFADE = st.text(st.sampled_from("aleics./%~x\\ "), max_size=12) | st.sampled_from(
    [
        "alle",
        "ALLE.ics",
        "alle.ics/",
        "/alle.ics",
        "../feeds/alle.ics",
        "./alle.ics",
        "amt",
        "verzeichnis",
        "alle.ics\x00",
    ]
)


@given(PFADE)
def test_what_is_no_calendar_is_not_found(name: str) -> None:
    """As plain text, never as a page and never elsewhere."""
    answer = WEB.get(f"/feeds/{name}")
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert b"<" not in answer.content


@pytest.mark.parametrize("methode", ["POST", "PUT", "DELETE", "PROPFIND", "OPTIONS", "REPORT"])
def test_nothing_can_be_changed(web: Klient, methode: str) -> None:
    """Other methods are told which there are, in plain text."""
    for path in (ALLE, "/", "/feeds/unbekannt.ics"):
        answer = web.get(path, methode=methode)
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "application/json", "image/png;q=0.1", "x"])
@pytest.mark.parametrize("query", ["", "?nocache=1699999999", "?%00=&&==", "?lang=en&cid=webcal://x"])
def test_whatever_a_client_says_beside_the_path_changes_nothing(web: Klient, accept: str, query: str) -> None:
    """No negotiation, any user agent, any query."""
    answer = web.get(ALLE + query, headers={"accept": accept, "user-agent": "", "accept-language": "fr"})
    assert (answer.status, answer.headers) == (200, web.get(ALLE).headers)


def test_no_address_is_longer_than_clients_take() -> None:
    """256 characters, and a clean path."""
    assert (
        max(len(f"https://sitzungskalender.eine-lange-stadt.example/feeds/{name}") for name in NAMEN) <= 256
    )
    assert all(re.fullmatch(r"[a-z0-9./-]+\.ics", name) for name in NAMEN)


def test_mounted_below_a_path() -> None:
    """Nothing knows where it is."""
    unter = Klient(Starlette(routes=[Mount("/stadt/sitzungen", app(release()))]))
    assert unter.get(f"/stadt/sitzungen{ALLE}").content == client().get(ALLE).content
    assert unter.get("/stadt/sitzungen/health").json() == {"status": "ok", "current": True}


def test_behind_a_proxy_with_a_path() -> None:
    """The address people know goes into the calendar; whether the proxy takes its path away is no matter."""
    vorn = client(adresse="https://flussau.example/sitzungen/")
    ohne, mit = vorn.get(ALLE), vorn.get(f"/sitzungen{ALLE}")
    assert ohne.content == mit.content
    assert head(ohne.content)["URL"] == "https://flussau.example/sitzungen/feeds/alle.ics"
    assert vorn.get("/sitzungenfeeds/alle.ics").status == 404


class TestReload:
    """A new release is served as soon as it is there, and no request is lost by it."""

    @pytest.fixture
    def projekt(self, tmp_path: Path) -> Path:
        return tmp_path

    def put(self, projekt: Path, was: Release | str) -> None:
        """Replace the file as ``publish`` does."""
        text = was if isinstance(was, str) else release_to_json(was)
        neu = projekt / "neu"
        neu.write_text(text, "utf-8")
        neu.replace(projekt / "veroeffentlicht.json")

    def test_before_the_first_release(self, projekt: Path) -> None:
        """503 in plain text, until there is one."""
        web = client(projekt, pruefen=0)
        for path in (ALLE, "/"):
            answer = web.get(path)
            assert (answer.status, answer.headers["content-type"]) == (503, "text/plain; charset=utf-8")
            assert "retry-after" in answer.headers
        self.put(projekt, release())
        assert web.get(ALLE).status == 200
        assert web.get("/health").json() == {"status": "ok", "current": True, "personal": True}

    def test_a_wrong_folder(
        self, projekt: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The log names the file that was looked for, by its full path; no answer does."""
        monkeypatch.chdir(projekt)
        with caplog.at_level(logging.WARNING, "gremienplan.web"):
            web = client("stadt")
        (record,) = caplog.records
        assert record.levelname == "WARNING"
        assert str(projekt / "stadt" / "veroeffentlicht.json") in record.getMessage()
        health = web.get("/health")
        assert (health.status, health.json()["status"]) == (503, "nothing published")
        for path in (ALLE, "/", "/health"):
            answer = web.get(path)
            assert str(projekt) not in answer.text + str(answer.headers)
            assert "stadt" not in answer.text

    def test_the_next_release(self, projekt: Path) -> None:
        """What changed has another ETag; what did not has the same."""
        self.put(projekt, release())
        web = client(projekt, pruefen=0)
        alle, oeffentlich = web.get(ALLE), web.get("/feeds/oeffentlich.ics")
        self.put(projekt, evolve(release(), ereignisse=release().ereignisse[:2]))
        assert len(uids(web.get(ALLE, headers={"if-none-match": alle.headers["etag"]}).content)) == 2
        known = {"if-none-match": oeffentlich.headers["etag"]}
        assert web.get("/feeds/oeffentlich.ics", headers=known).status == 304

    @pytest.mark.parametrize("kaputt", ["", "{", '{"format": 9}', "\x00", None])
    def test_a_damaged_file(
        self, projekt: Path, kaputt: str | None, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The last release stays, the log says why, once; health says so; the next good one is taken."""
        self.put(projekt, release())
        web = client(projekt, pruefen=0)
        before = web.get(ALLE)
        if kaputt is None:
            (projekt / "veroeffentlicht.json").unlink()
        else:
            self.put(projekt, kaputt)
        with caplog.at_level(logging.ERROR, "gremienplan.web"):
            for _ in range(3):
                answer = web.get(ALLE)
                assert (answer.content, answer.headers) == (before.content, before.headers)
        assert len({record.message for record in caplog.records}) == len(caplog.records) > 0
        damaged = web.get("/health").json()
        assert (damaged["status"], damaged["current"]) == ("ok", False)
        self.put(projekt, evolve(release(), ereignisse=()))
        assert uids(web.get(ALLE).content) == []
        assert web.get("/health").json() == {"status": "ok", "current": True, "personal": True}

    def test_a_mended_file_that_looks_the_same(self, caplog: pytest.LogCaptureFixture) -> None:
        """Same inode, size and time, as after a moment without the disk: tried again, complained of once."""

        class Quelle:
            antworten = (
                release(),
                OSError("disk"),
                InputError([]),
                ValueError(),
                evolve(release(), ereignisse=()),
            )
            gelesen = 0

            def stamp(self) -> bool:
                return self.gelesen > 0

            def read(self) -> Release:
                antwort = self.antworten[self.gelesen]
                self.gelesen += 1
                if isinstance(antwort, Exception):
                    raise antwort
                return antwort

        web = client(Quelle(), pruefen=0)
        with caplog.at_level(logging.ERROR, "gremienplan.web"):
            for _ in range(3):
                assert uids(web.get(ALLE).content) != []
        assert len(caplog.records) == 1
        for _ in range(3):
            assert uids(web.get(ALLE).content) == []

    def test_it_is_not_looked_at_with_every_request(self, projekt: Path) -> None:
        """Until the time has passed, what there is stays."""
        self.put(projekt, release())
        web = client(projekt, pruefen=3600)
        self.put(projekt, "{")
        assert web.get(ALLE).status == 200
        assert web.get("/health").json()["current"] is True


class TestPersonal:
    """Addresses with a token: the rules of all calendars, and nothing that tells of the token."""

    INHALT = Kalendersatz(release()).feed("amt/leitung-nord.ics").inhalt

    def web(self) -> Klient:
        return client(abo={"geheim": self.INHALT}.get)

    def test_the_calendar(self) -> None:
        """For its reader alone; 304, HEAD and gzip as everywhere."""
        answer = self.web().get("/abo/geheim.ics")
        assert (answer.status, answer.content) == (200, self.INHALT)
        assert answer.headers["cache-control"] == "private, max-age=300"
        assert "geheim" not in " ".join(answer.headers.values())
        wann = parsedate_to_datetime(answer.headers["last-modified"])
        assert f"{wann:%Y%m%dT%H%M%SZ}" == head(self.INHALT)["LAST-MODIFIED"]
        known = {"if-none-match": answer.headers["etag"]}
        assert self.web().get("/abo/geheim.ics", headers=known).status == 304
        assert self.web().get("/abo/geheim.ics", methode="HEAD").content == b""

    @pytest.mark.parametrize("name", ["falsch.ics", "geheim", "", ".ics", "geheim.ics.ics", "GEHEIM.ics"])
    def test_whatever_is_none_looks_the_same(self, name: str) -> None:
        """Like a calendar that nobody has; also where there are no tokens at all."""
        nie = self.web().get("/feeds/nie.ics")
        assert self.web().get(f"/abo/{name}") == nie == WEB.get(f"/abo/{name}")


class TestResidents:
    """``nur_oeffentlich``: what is served is a function of what residents are told."""

    def test_there_is_one_calendar(self) -> None:
        """The others look like any address that nobody has."""
        web = client(nur_oeffentlich=True)
        assert web.get("/feeds/oeffentlich.ics").content == client().get("/feeds/oeffentlich.ics").content
        unbekannt = web.get("/feeds/gremium/nie-gehoert.ics")
        for name in NAMEN:
            if name != "oeffentlich.ics":
                answer = web.get(f"/feeds/{name}")
                assert (answer.status, answer.headers, answer.content) == (
                    404,
                    unbekannt.headers,
                    unbekannt.content,
                )
