"""Fetching by address: whom we ask, how often, how much we take, and what we say when it fails."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given, strategies as st

from gremienplan.errors import InputError, Problem
from gremienplan.loading import netz
from gremienplan.loading.adressen import ohne_geheimnis
from gremienplan.loading.netz import Abgewiesen, Antwort, Grenzen, Netz
from tests.loading.server import Gabe, Server, laufend

KLEIN = Grenzen(verbinden=2, stille=0.3, dauer=1.0, antwort=2_000, gesamt=5_000, anfragen=8, pause=10)

Antworter = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with laufend() as server:
        yield server


@pytest.fixture(autouse=True)
def direkt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of whoever runs the tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def hole(adresse: str, *hosts: str, pausen: list[float] | None = None) -> Antwort:
    """Fetch from a real server, without waiting between the tries."""
    schlafen = (lambda _: None) if pausen is None else pausen.append
    return netz.fetch(adresse, hosts=hosts, grenzen=KLEIN, schlafen=schlafen)


def spiele(adresse: str, antworter: Antworter, *hosts: str) -> Antwort:
    """Fetch from a server that is only played."""
    transport = httpx.MockTransport(antworter)
    return netz.fetch(adresse, hosts=hosts, grenzen=KLEIN, transport=transport, schlafen=lambda _: None)


def problem(tun: Callable[[], object]) -> Problem:
    with pytest.raises(InputError) as caught:
        tun()
    (eines,) = caught.value.problems
    return eines


def weiter(nach: str, status: int = 302) -> Gabe:
    return Gabe(status=status, kopf={"Location": nach})


class TestAnAnswer:
    def test_it_comes_as_it_is(self, server: Server) -> None:
        """Bytes, kind, address and when it was changed."""
        kopf = {
            "Content-Type": "text/calendar; charset=utf-8",
            "Last-Modified": "Tue, 02 Mar 2027 16:00:00 GMT",
        }
        adresse = server.gibt("/rat.ics", Gabe("Büro".encode(), kopf=kopf))
        moment = datetime(2027, 3, 2, 16, tzinfo=UTC)
        assert hole(adresse) == Antwort("Büro".encode(), "text/calendar", adresse, moment)

    @pytest.mark.parametrize("wert", ["", "gestern", "Tue, 99 Mar 2027 16:00:00 GMT", "0"])
    def test_a_change_nobody_can_read_is_none(self, server: Server, wert: str) -> None:
        adresse = server.gibt("/geaendert", Gabe(b"x", kopf={"Last-Modified": wert}))
        assert hole(adresse).geaendert is None

    def test_a_packed_answer_is_unpacked(self, server: Server) -> None:
        adresse = server.gibt("/gz", Gabe(gzip.compress(b"Rat" * 100), kopf={"Content-Encoding": "gzip"}))
        assert hole(adresse).inhalt == b"Rat" * 100

    def test_we_ask_for_nothing_we_cannot_unpack(self, server: Server) -> None:
        hole(server.gibt("/kopf", Gabe(b"x")))
        kopf = {name.lower(): wert for name, wert in server.koepfe[-1].items()}
        assert kopf["accept-encoding"] == "gzip"
        assert kopf["user-agent"].startswith("gremienplan")

    def test_many_answers_over_one_session(self, server: Server) -> None:
        adresse = server.gibt("/viele", Gabe(b"x"))
        with netz.offen(adresse, grenzen=KLEIN) as sitzung:
            assert [sitzung.hole(adresse).inhalt for _ in range(3)] == [b"x"] * 3


class TestOnlyTheHostsNamed:
    """Where we go is the user's word, never the server's."""

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_the_same_host_may_send_on(self, server: Server, status: int) -> None:
        """Also relatively; the address is the one the answer came from."""
        ziel = server.gibt("/neu?id=1", Gabe(b"neu"))
        adresse = server.gibt("/alt", weiter("neu?id=1", status))
        assert (hole(adresse).inhalt, hole(adresse).adresse) == (b"neu", ziel)

    def test_another_host_may_not(self, server: Server) -> None:
        """And is never asked."""
        with laufend() as fremd:
            ziel = fremd.gibt("/rat.ics", Gabe(b"fremd"))
            adresse = server.gibt("/fort", weiter(ziel))
            found = problem(lambda: hole(adresse))
            assert "another host" in str(found.meldung)
            assert fremd.adresse.removeprefix("http://") in str(found.hinweis)
            assert fremd.anfragen == []

    def test_another_host_may_if_it_is_named(self, server: Server) -> None:
        with laufend() as fremd:
            adresse = server.gibt("/fort", weiter(fremd.gibt("/rat.ics", Gabe(b"fremd"))))
            assert hole(adresse, fremd.adresse.removeprefix("http://")).inhalt == b"fremd"

    @pytest.mark.parametrize(
        ("nach", "hosts", "erlaubt"),
        [
            ("https://rat.example/x", (), True),
            ("https://RAT.example:443/x", (), True),
            ("https://rat.example:8443/x", (), False),
            ("https://www.rat.example/x", (), False),
            ("https://www.rat.example/x", ("www.rat.example",), True),
            ("https://WWW.rat.example/x", ("www.Rat.example",), True),
            ("https://rat.example.böse.example/x", (), False),
            ("https://rat.example@böse.example/x", (), False),
            ("https://büro.example/x", ("büro.example",), True),
            ("https://xn--bro-hoa.example/x", ("büro.example",), True),
            ("//rat.example/x", (), True),
            ("//andere.example/x", (), False),
            ("http://rat.example/x", (), False),
            ("http://rat.example:443/x", (), False),
            ("ftp://rat.example/x", (), False),
            ("file:///etc/passwd", (), False),
            ("data:text/plain,x", (), False),
            ("http://[", (), False),
        ],
    )
    def test_who_is_the_same(self, nach: str, hosts: tuple[str, ...], erlaubt: bool) -> None:
        """Host and port, in any spelling; never from https down to http."""

        def antworte(request: httpx.Request) -> httpx.Response:
            if request.url.path != "/x":
                return httpx.Response(302, headers=[(b"Location", nach.encode())])
            return httpx.Response(200, content=b"da")

        if erlaubt:
            assert spiele("https://rat.example/", antworte, *hosts).inhalt == b"da"
        else:
            assert problem(lambda: spiele("https://rat.example/", antworte, *hosts)).datei

    def test_up_to_https_is_welcome(self) -> None:
        def antworte(request: httpx.Request) -> httpx.Response:
            if request.url.scheme == "https":
                return httpx.Response(200, content=b"sicher")
            return httpx.Response(301, headers={"Location": str(request.url.copy_with(scheme="https"))})

        assert spiele("http://rat.example/", antworte).inhalt == b"sicher"

    def test_a_link_of_the_session_to_another_host_is_refused(self, server: Server) -> None:
        with netz.offen(server.adresse, grenzen=KLEIN) as sitzung:
            assert "another host" in str(problem(lambda: sitzung.hole("http://andere.example/")).meldung)

    def test_a_link_to_http_of_the_same_host_is_asked_by_https(self) -> None:
        """Servers behind others often give their own links wrongly."""
        asked: list[str] = []

        def antworte(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            return httpx.Response(200)

        transport = httpx.MockTransport(antworte)
        with netz.offen("https://rat.example/", grenzen=KLEIN, transport=transport) as sitzung:
            sitzung.hole("http://rat.example/seite?n=2")
        assert asked == ["https://rat.example/seite?n=2"]

    def test_round_and_round(self, server: Server) -> None:
        assert "sends on" in str(problem(lambda: hole(server.gibt("/kreis", weiter("/kreis")))).meldung)


class TestSecrets:
    """A password goes to its server and nowhere else: no message, no provenance, no other host."""

    def test_the_password_reaches_the_server(self, server: Server) -> None:
        adresse = server.gibt("/geheim", Gabe(b"x"))
        antwort = hole(adresse.replace("http://", "http://amt:geheim@"))
        assert server.koepfe[-1]["Authorization"].startswith("Basic ")
        assert antwort.adresse == adresse

    def test_it_stays_with_its_server(self) -> None:
        seen: dict[str, bool] = {}

        def antworte(request: httpx.Request) -> httpx.Response:
            seen[request.url.host] = "Authorization" in request.headers
            if request.url.host == "rat.example":
                return httpx.Response(302, headers={"Location": "https://b.example/"})
            return httpx.Response(200)

        spiele("https://amt:geheim@rat.example/", antworte, "b.example")
        assert seen == {"rat.example": True, "b.example": False}

    @pytest.mark.parametrize(
        ("adresse", "ohne"),
        [
            ("https://amt:geheim@rat.example/x", "https://rat.example/x"),
            ("https://rat.example/meetings?id=17&page=2", "https://rat.example/meetings?id=17&page=2"),
            (
                "https://rat.example/m?modified_since=2027-01-01T00:00:00Z",
                "https://rat.example/m?modified_since=2027-01-01T00:00:00Z",
            ),
            ("https://rat.example/x?token=geheim&id=3", "https://rat.example/x?token=…&id=3"),
            ("https://rat.example/x?pin=1234&smcnr=9", "https://rat.example/x?pin=…&smcnr=9"),
            ("https://rat.example/x?geheim", "https://rat.example/x?…"),
            ("https://rat.example/private-0a1b2c3d4e5f/basic.ics", "https://rat.example/…/basic.ics"),
            ("https://rat.example/f/8f14e45fceea167a5a36dedd4bea2543/k.ics", "https://rat.example/f/…/k.ics"),
            ("https://rat.example/Ratskalender-2027.ics#geheim", "https://rat.example/Ratskalender-2027.ics"),
            (
                "https://rat.example/Haupt-%20und%20Finanzausschuss.ics",
                "https://rat.example/Haupt-%20und%20Finanzausschuss.ics",
            ),
            ("kein geheimnis://[", "kein geheimnis://["),
        ],
    )
    def test_an_address_as_it_may_be_shown(self, adresse: str, ohne: str) -> None:
        assert ohne_geheimnis(adresse) == ohne

    @given(st.text(max_size=60))
    def test_any_text_can_be_shown(self, text: str) -> None:
        """Also what is no address; and never a password."""
        assert "geheim" not in ohne_geheimnis(f"https://amt:geheim@rat.example/{text.replace('geheim', '')}")

    @pytest.mark.parametrize(
        "gabe",
        [
            Gabe(status=403),
            Gabe(status=500),
            weiter("http://andere.example/"),
            Gabe(bytes(3_000)),
            Gabe(b"x", zu_lang=9),
        ],
    )
    def test_no_problem_tells_them(self, server: Server, gabe: Gabe) -> None:
        adresse = server.gibt("/weg?key=ganzgeheim", gabe).replace("http://", "http://amt:auchgeheim@")
        found = problem(lambda: hole(adresse))
        assert found.datei == f"{server.adresse}/weg?key=…"
        assert "geheim" not in repr(found)


class TestPatience:
    def test_two_errors_and_then_an_answer(self, server: Server) -> None:
        pausen: list[float] = []
        adresse = server.gibt("/mal500", Gabe(status=500), Gabe(status=502), Gabe(b"da"))
        assert hole(adresse, pausen=pausen).inhalt == b"da"
        assert pausen == [1, 2]

    def test_an_error_that_stays(self, server: Server) -> None:
        """Four tries, then its status is told."""
        adresse = server.gibt("/immer500", Gabe(b"kaputt", status=500))
        before = len(server.anfragen)
        with pytest.raises(Abgewiesen) as caught:
            hole(adresse)
        assert (caught.value.status, caught.value.inhalt) == (500, b"kaputt")
        assert len(server.anfragen) - before == KLEIN.versuche
        assert "500" in str(caught.value.problems[0].meldung)

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418])
    def test_a_refusal_is_not_asked_again(self, server: Server, status: int) -> None:
        adresse = server.gibt("/nein", Gabe(b'{"code":802}', status=status))
        before = len(server.anfragen)
        with pytest.raises(Abgewiesen) as caught:
            hole(adresse)
        assert (caught.value.status, caught.value.inhalt) == (status, b'{"code":802}')
        assert len(server.anfragen) - before == 1

    def test_what_an_error_says_is_unpacked(self, server: Server) -> None:
        packed = Gabe(gzip.compress(b'{"code":802}'), status=404, kopf={"Content-Encoding": "gzip"})
        with pytest.raises(Abgewiesen) as caught:
            hole(server.gibt("/leer", packed))
        assert caught.value.inhalt == b'{"code":802}'

    def test_an_error_that_drips_or_has_no_end(self, server: Server) -> None:
        """Is an error none the less; what it says is cut."""
        for gabe in (Gabe(b"x" * 1_000, status=404, tropfen=0.05), Gabe(b"x" * 200_000, status=404)):
            with pytest.raises(Abgewiesen) as caught:
                hole(server.gibt("/lang", gabe))
            assert len(caught.value.inhalt) <= 65_536

    @pytest.mark.parametrize(
        ("kopf", "pause"),
        [
            ({"Retry-After": "7"}, 7),
            ({"Retry-After": "0"}, 0),
            ({"Retry-After": "-7"}, 1),
            ({"Retry-After": "bald"}, 1),
            ({"Retry-After": "Tue, 02 Mar 2027 16:00:09 GMT", "Date": "Tue, 02 Mar 2027 16:00:04 GMT"}, 5),
            ({"Retry-After": "Tue, 02 Mar 2027 16:00:04 GMT", "Date": "Tue, 02 Mar 2027 16:00:09 GMT"}, 0),
        ],
    )
    def test_it_waits_as_long_as_it_is_told(self, kopf: dict[str, str], pause: float) -> None:
        pausen: list[float] = []
        antworten = [httpx.Response(429, headers=kopf), httpx.Response(200, content=b"da")]
        netz.fetch(
            "https://rat.example/",
            transport=httpx.MockTransport(lambda _: antworten.pop(0)),
            schlafen=pausen.append,
        )
        assert pausen == [pause]

    def test_it_does_not_wait_for_hours(self, server: Server) -> None:
        """It says so instead, at once."""
        pausen: list[float] = []
        adresse = server.gibt("/spaeter", Gabe(status=503, kopf={"Retry-After": "7200"}))
        with pytest.raises(Abgewiesen):
            hole(adresse, pausen=pausen)
        assert pausen == []

    def test_an_answer_cut_off_is_asked_for_again(self, server: Server) -> None:
        adresse = server.gibt("/ab", Gabe(b"hal", zu_lang=3), Gabe(b"halb"))
        assert hole(adresse).inhalt == b"halb"

    def test_a_silent_server(self, server: Server) -> None:
        adresse = server.gibt("/still", Gabe(b"x", nach=5))
        assert "in time" in str(problem(lambda: hole(adresse)).meldung)

    def test_a_server_that_drips(self, server: Server) -> None:
        """Each byte in time, the whole never."""
        adresse = server.gibt("/tropf", Gabe(bytes(1_000), tropfen=0.05))
        assert "in time" in str(problem(lambda: hole(adresse)).meldung)

    def test_nobody_there(self) -> None:
        with laufend() as server:
            adresse = server.adresse
        assert "cannot be reached" in str(problem(lambda: hole(adresse)).meldung)


class TestSize:
    @pytest.mark.parametrize("anzahl", [0, 1, KLEIN.antwort])
    def test_up_to_the_limit(self, server: Server, anzahl: int) -> None:
        assert len(hole(server.gibt("/gut", Gabe(bytes(anzahl)))).inhalt) == anzahl

    def test_beyond_it(self, server: Server) -> None:
        adresse = server.gibt("/gross", Gabe(bytes(KLEIN.antwort + 1)))
        assert "larger than" in str(problem(lambda: hole(adresse)).meldung)

    def test_unpacking_counts(self, server: Server) -> None:
        bombe = Gabe(gzip.compress(bytes(1_000_000)), kopf={"Content-Encoding": "gzip"})
        assert len(bombe.inhalt) < KLEIN.antwort
        assert "larger than" in str(problem(lambda: hole(server.gibt("/bombe", bombe))).meldung)

    @pytest.mark.parametrize("wie", ["br", "gzip, gzip", "zstd", "quatsch"])
    def test_what_may_unpack_to_anything_is_refused(self, server: Server, wie: str) -> None:
        gabe = Gabe(gzip.compress(gzip.compress(b"x")), kopf={"Content-Encoding": wie})
        assert "compressed" in str(problem(lambda: hole(server.gibt("/wie", gabe))).meldung)

    def test_what_says_gzip_and_is_not(self, server: Server) -> None:
        gabe = Gabe(b"kein gzip", kopf={"Content-Encoding": "gzip"})
        assert problem(lambda: hole(server.gibt("/falsch", gabe))).datei

    def test_all_answers_together(self, server: Server) -> None:
        adresse = server.gibt("/stueck", Gabe(bytes(1_900)))
        with netz.offen(adresse, grenzen=KLEIN) as sitzung:
            sitzung.hole(adresse)
            sitzung.hole(adresse)
            assert "together" in str(problem(lambda: sitzung.hole(adresse)).meldung)

    def test_so_many_questions_and_no_more(self, server: Server) -> None:
        adresse = server.gibt("/oft", Gabe(b"x"))
        with netz.offen(adresse, grenzen=KLEIN) as sitzung:
            for _ in range(KLEIN.anfragen):
                sitzung.hole(adresse)
            assert "questions" in str(problem(lambda: sitzung.hole(adresse)).meldung)


class TestNoAddress:
    @pytest.mark.parametrize(
        "adresse",
        [
            "",
            "rat.ics",
            "//rat.example/x",
            "https://",
            "https:///x",
            "ftp://rat.example/x",
            "file:///etc/passwd",
            "http://[",
            "https://rat.example:viele/",
            "https://rat.example:99999/",
            "https://rat example/",
            "https://%00/",
            "https://rat.example/\x00",
            "webcal://[",
        ],
    )
    def test_it_is_told_before_anybody_is_asked(self, adresse: str) -> None:
        def niemand(request: httpx.Request) -> httpx.Response:
            raise AssertionError(request.url)

        assert "web address" in str(problem(lambda: spiele(adresse, niemand)).meldung)

    def test_a_calendar_to_subscribe_to_is_one(self) -> None:
        """``webcal://`` is https by another name."""
        asked: list[str] = []

        def antworte(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            return httpx.Response(200)

        spiele("webcal://rat.example/rat.ics", antworte)
        assert asked == ["https://rat.example/rat.ics"]

    @pytest.mark.parametrize("adresse", ["https://[::1]:9/", f"https://{'a' * 70}.example/"])
    def test_hosts_that_cannot_be(self, adresse: str) -> None:
        assert problem(lambda: hole(adresse)).datei

    @given(st.text(max_size=40), st.text(max_size=20))
    def test_any_text_has_an_answer(self, adresse: str, host: str) -> None:
        """Bytes or a located problem; with hosts that are none as well."""
        with contextlib.suppress(InputError):
            spiele(adresse, lambda _: httpx.Response(200), host)
        with contextlib.suppress(InputError):
            spiele(f"https://{adresse}", lambda _: httpx.Response(200), host)

    @given(st.binary(max_size=60).filter(lambda ort: b"\n" not in ort and b"\r" not in ort))
    def test_any_place_to_go_on_to_has_an_answer(self, ort: bytes) -> None:
        def antworte(_: httpx.Request) -> httpx.Response:
            return httpx.Response(302, headers=[(b"Location", ort)])

        with pytest.raises(InputError):
            spiele("https://rat.example/", antworte)


def test_a_session_needs_no_server_to_be_opened() -> None:
    with netz.offen("https://rat.example/") as sitzung:
        assert isinstance(sitzung, Netz)
