"""What a calendar server answers on a bad day: every answer has its sentence, nothing is tried twice or elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import httpx
import pytest
from attrs import define, evolve, field
from hypothesis import given, strategies as st

from gremienplan.errors import InputError
from gremienplan.publishing.caldav import bringen, verbindung as netz
from gremienplan.publishing.caldav.abgleich import Grund, Was, compare
from gremienplan.publishing.caldav.bestand import Bestand, KeinXml, answers, read_event
from gremienplan.publishing.caldav.ressourcen import MARKE_FEED, Ressource, Vorlage, split
from tests.publishing import welt
from tests.publishing.lesen import events

WO = "https://kalender.example/dav/amt/plan/"
FEEDS = welt.feeds(welt.projekt(), welt.plan(welt.projekt()))
ALLE = split(FEEDS["alle.ics"], "alle.ics")
ZUGANG = netz.Zugang("amt", "nur-im-test")
Antwort = httpx.Response | Exception


@define
class Falscher:
    """A calendar server in memory; ``stoert`` says what it answers instead, None: what a good one would."""

    stoert: Callable[[httpx.Request], Antwort | None] = lambda _: None
    hat: dict[str, bytes] = field(factory=dict)
    anfragen: list[httpx.Request] = field(factory=list)
    etags: bool = True

    def antworte(self, anfrage: httpx.Request) -> httpx.Response:
        self.anfragen.append(anfrage)
        if (gestoert := self.stoert(anfrage)) is not None:
            if isinstance(gestoert, Exception):
                raise gestoert
            return gestoert
        name = anfrage.url.path.rpartition("/")[2]
        match anfrage.method:
            case "PROPFIND" | "REPORT":
                return httpx.Response(207, content=self._liste(anfrage.method == "REPORT"))
            case "PUT":
                self.hat[name] = anfrage.content
                return httpx.Response(201)
            case "DELETE":
                del self.hat[name]
                return httpx.Response(204)
            case _:
                return httpx.Response(405)

    def _liste(self, inhalt: bool) -> str:
        etag = '<D:getetag>W/"1"</D:getetag>' if self.etags else ""
        eines = "<D:response><D:href>{}</D:href><D:propstat><D:prop>{}</D:prop></D:propstat></D:response>"
        kalender = "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"
        zeilen = [] if inhalt else [eines.format("/dav/amt/plan/", kalender)]
        for name, ics in self.hat.items():
            daten = f"{etag}<C:calendar-data><![CDATA[{ics.decode()}]]></C:calendar-data>" if inhalt else ""
            zeilen.append(eines.format(f"/dav/amt/plan/{name.replace('@', '%40')}", daten))
        namen = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
        return f"<D:multistatus {namen}>{''.join(zeilen)}</D:multistatus>"

    def push(self, vorlage: Vorlage = ALLE, zugang: netz.Zugang | None = ZUGANG) -> bringen.Ergebnis:
        """Bring a feed to this server."""
        with netz.connect(WO, zugang, transport=httpx.MockTransport(self.antworte)) as session:
            return bringen.push(session, vorlage)


def only(methode: str, antwort: Antwort, ab: int = 1) -> Callable[[httpx.Request], Antwort | None]:
    """Return what answers so from the ``ab``-th request of a method on."""
    gesehen = 0

    def stoert(anfrage: httpx.Request) -> Antwort | None:
        nonlocal gesehen
        gesehen += anfrage.method == methode
        return antwort if anfrage.method == methode and gesehen >= ab else None

    return stoert


HTML = {"Content-Type": "text/html; charset=utf-8"}
ENDE: dict[str, tuple[str, Antwort, str]] = {
    "no password": ("PROPFIND", httpx.Response(401), "does not take this user"),
    "no right": ("PUT", httpx.Response(403), "may not write"),
    "no calendar": ("PROPFIND", httpx.Response(404), "No calendar stands"),
    "no method": ("PROPFIND", httpx.Response(405), "No calendar stands"),
    "no room": ("PUT", httpx.Response(507), "no room left"),
    "broken server": ("REPORT", httpx.Response(500), "error 500"),
    "too many requests": ("PUT", httpx.Response(429), "error 429"),
    "login page": ("PROPFIND", httpx.Response(200, headers=HTML, text="<html>"), "web page"),
    "login page on writing": ("PUT", httpx.Response(200, headers=HTML, text="<html>"), "web page"),
    "html as an answer": (
        "PROPFIND",
        httpx.Response(207, headers=HTML, text="<html><br></html>"),
        "not one of",
    ),
    "empty answer": ("PROPFIND", httpx.Response(207), "not one of"),
    "silence": ("PUT", httpx.ReadTimeout(""), "in time"),
    "nobody there": ("PROPFIND", httpx.ConnectError("refused"), "cannot be reached"),
    "hung up": ("PUT", httpx.RemoteProtocolError("closed"), "cannot be reached"),
    "elsewhere": (
        "PROPFIND",
        httpx.Response(302, headers={"Location": "https://fremd.example/x"}),
        "fremd.example",
    ),
    "down to http": (
        "PUT",
        httpx.Response(307, headers={"Location": WO.replace("https", "http")}),
        "another place",
    ),
    "moved": ("PROPFIND", httpx.Response(301, headers={"Location": "/dav/neu/"}), "another address"),
    "too large": ("PROPFIND", httpx.Response(207, content=b"x" * 65_000_000), "larger than"),
}


@pytest.mark.parametrize("fall", ENDE)
def test_an_answer_that_ends_it(fall: str) -> None:
    """One sentence, the request is the last one, and no message repeats the password."""
    methode, antwort, satz = ENDE[fall]
    server = Falscher(only(methode, antwort), {ALLE.ressourcen[0].name: b""})
    with pytest.raises(InputError) as error:
        server.push()
    (problem,) = error.value.problems
    assert satz in str(problem.meldung)
    assert problem.datei == WO
    assert server.anfragen[-1].method == methode
    assert [a.method for a in server.anfragen].count(methode) == 1
    assert {a.url.host for a in server.anfragen} == {"kalender.example"}
    assert "nur-im-test" not in repr(error.value) + repr(ZUGANG)


def test_a_server_that_wants_digest() -> None:
    """It gets the password that way, and the wrong one is no endless loop."""
    verlangt = {"WWW-Authenticate": 'Digest realm="dav", nonce="a1", qop="auth", algorithm=SHA-256'}

    def streng(anfrage: httpx.Request) -> Antwort | None:
        richtig = anfrage.headers.get("Authorization", "").startswith("Digest ")
        return None if richtig else httpx.Response(401, headers=verlangt)

    server = Falscher(streng)
    assert len(server.push().getan) == len(ALLE.ressourcen)
    stur = Falscher(lambda _: httpx.Response(401, headers=verlangt))
    with pytest.raises(InputError, match="does not take this user"):
        stur.push()
    assert len(stur.anfragen) == 3
    with pytest.raises(InputError, match="asks for a password"):
        stur.push(zugang=None)


def test_what_was_done_before_it_ended() -> None:
    """The sentence says how far it came; the next push writes the rest only."""
    server = Falscher(only("PUT", httpx.Response(507), ab=3))
    with pytest.raises(InputError) as error:
        server.push()
    assert f"2 of {len(ALLE.ressourcen)} changes were made before that" in str(
        error.value.problems[0].hinweis
    )
    weiter = Falscher(hat=server.hat)
    assert len(weiter.push().getan) == len(ALLE.ressourcen) - 2
    assert set(weiter.hat) == {r.name for r in ALLE.ressourcen}


@pytest.mark.parametrize(
    ("status", "inhalt", "grund"),
    [
        (412, b"", Grund.INZWISCHEN),
        (409, b"", Grund.INZWISCHEN),
        (423, b"", Grund.INZWISCHEN),
        (413, b"", Grund.ABGELEHNT),
        (415, b"", Grund.ABGELEHNT),
        (403, b"<C:no-uid-conflict/>", Grund.FREMD),
    ],
)
def test_an_answer_about_one_event(status: int, inhalt: bytes, grund: Grund) -> None:
    """It is named, and the others are written all the same."""
    erster = ALLE.ressourcen[0]
    server = Falscher(
        lambda a: (
            httpx.Response(status, content=inhalt)
            if a.method == "PUT" and a.url.path.endswith(erster.name)
            else None
        )
    )
    ergebnis = server.push()
    assert [(h.uid, h.grund) for h in ergebnis.hindernisse] == [(erster.uid, grund)]
    assert len(ergebnis.getan) == len(ALLE.ressourcen) - 1


def test_nothing_of_others_is_read() -> None:
    """Of the events of others a push learns the names alone: it asks for the content of ours only."""
    unsere = {r.name: r.inhalt for r in ALLE.ressourcen}
    server = Falscher(hat={**unsere, "fruehstueck.ics": b"x", "x@fremd.example.ics": b"y"})
    server.push()
    gefragt, gelesen = (a.content.decode() for a in server.anfragen)
    assert "calendar-data" not in gefragt
    assert gelesen.count("<D:href>") == len(unsere)
    assert "fruehstueck" not in gelesen
    assert "fremd" not in gelesen


def test_every_write_has_its_condition() -> None:
    """A new event replaces nothing, a known one only the version we saw; a mark of weakness is taken off."""
    server = Falscher()
    server.push()
    assert {a.headers.get("If-None-Match") for a in server.anfragen if a.method == "PUT"} == {"*"}
    anders = evolve(ALLE, ressourcen=tuple(_moved(r) for r in ALLE.ressourcen[1:]))
    zweiter = Falscher(hat=dict(server.hat))
    zweiter.push(anders)
    schreibend = [a for a in zweiter.anfragen if a.method in ("PUT", "DELETE")]
    assert {a.method for a in schreibend} == {"PUT", "DELETE"}
    assert {a.headers.get("If-Match") for a in schreibend} == {'"1"'}
    ohne = Falscher(hat=dict(server.hat), etags=False)
    assert {h.grund for h in ohne.push(anders).hindernisse} == {Grund.OHNE_ETAG}
    assert ohne.hat == server.hat


def _moved(ressource: Ressource) -> Ressource:
    return evolve(ressource, inhalt=ressource.inhalt.replace(b"SUMMARY:", b"SUMMARY:Neu "), summe="x")


def test_what_is_gone_already() -> None:
    """Where somebody else has removed what we remove, all is well."""
    server = Falscher(only("DELETE", httpx.Response(404)), {r.name: r.inhalt for r in ALLE.ressourcen})
    assert len(server.push(evolve(ALLE, ressourcen=())).uids(Was.GELOESCHT)) == len(ALLE.ressourcen)


@pytest.mark.parametrize(
    ("adresse", "satz"),
    [
        ("https://amt:nur-im-test@kalender.example/plan/", "must not stand in the address"),
        ("http://kalender.example/plan/", "read along"),
        ("https://kalender.example/plan/?key=nur-im-test", "neither"),
        ("caldav://kalender.example/plan/", "no web address"),
        ("plan.ics", "no web address"),
        ("", "no web address"),
        ("https://[::1/", "no web address"),
    ],
)
def test_addresses_that_are_refused(adresse: str, satz: str) -> None:
    """Before anybody is asked, and without a word of what may be secret."""
    with pytest.raises(InputError, match=satz) as error:
        netz.connect(adresse)
    assert "nur-im-test" not in repr(error.value.problems)


@pytest.mark.parametrize("host", ["localhost:5232", "127.0.0.1", "127.9.9.9", "[::1]:5232"])
def test_http_on_this_machine(host: str) -> None:
    """Nobody else can read along there; a slash at the end is put in."""
    assert str(netz.address(f"http://{host}/amt/plan")) == f"http://{host}/amt/plan/"


@pytest.mark.parametrize("anfang", ["", "<!DOCTYPE x [<!ENTITY a 'b'>]>"])
def test_no_document_types(anfang: str) -> None:
    """An answer with one is refused: nothing is ever expanded."""
    xml = f'{anfang}<D:multistatus xmlns:D="DAV:"/>'
    if anfang:
        with pytest.raises(KeinXml):
            answers(xml.encode())
    assert answers(b'<D:multistatus xmlns:D="DAV:"/>') == ()


def test_only_what_stands_in_its_place() -> None:
    """An address inside a property is not the event's, and a property the server says it has not is none."""
    (eintrag,) = answers(
        b'<D:multistatus xmlns:D="DAV:"><D:response><D:href>/a/x%40y.ics</D:href><D:propstat><D:prop><D:owner>'
        b"<D:href>/amt/</D:href></D:owner></D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
        b"<D:propstat><D:prop><D:getetag>1</D:getetag></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>"
        b"</D:response></D:multistatus>"
    )
    assert (eintrag.name, eintrag.etag) == ("x@y.ics", "")


@given(st.binary(max_size=200) | st.text("<>/D:multisaurpe x'\"=!&;", max_size=200).map(str.encode))
def test_any_answer(roh: bytes) -> None:
    """Whatever comes is read or refused, never an accident."""
    with contextlib.suppress(KeinXml):
        answers(roh)


@given(
    st.lists(st.sampled_from(["BEGIN:VEVENT", "END:VEVENT", "END", ";=:", 'A;B="', " x", "\r", "UID:1"])).map(
        "\n".join
    )
)
def test_any_event(text: str) -> None:
    """Whatever a server calls an event is read, or is none."""
    assert isinstance(read_event(text), dict)


class TestResources:
    """A feed as resources."""

    def test_nothing_is_lost_and_nobody_invited(self) -> None:
        """Each event is whole, in the order of the feed; organiser and participants stay at home."""
        person = b"ORGANIZER:mailto:amt@flussau.example\r\nATTENDEE;CN=Erfunden;RSVP=FALSE:mailto:x@flussau.example\r\n"
        feed = FEEDS["alle.ics"].replace(b"STATUS:", person + b"STATUS:")
        vorlage = split(feed, "alle.ics")
        assert vorlage.ressourcen == ALLE.ressourcen
        for ressource, soll in zip(vorlage.ressourcen, events(FEEDS["alle.ics"]), strict=True):
            (ist,) = events(ressource.inhalt)
            assert ist.zeilen[: len(soll.zeilen)] == soll.zeilen
            assert (ist[MARKE_FEED], ist["X-GREMIENPLAN-SUMME"]) == (vorlage.feed, ressource.summe)
            assert max(map(len, ressource.inhalt.split(b"\r\n"))) <= 75

    @pytest.mark.parametrize(
        "verderben",
        [
            lambda feed: feed[:-20],
            lambda feed: feed.replace(b"gremienplan", b"andere"),
            lambda feed: b"",
            lambda feed: feed.replace(b"@flussau.example", b"@fremd.example").replace(
                b".feed@fremd.example", b".feed@flussau.example"
            ),
            lambda feed: feed.replace(b"END:VCALENDAR", feed[feed.index(b"BEGIN:VEVENT") :]),
        ],
    )
    def test_what_is_no_feed_of_ours(self, verderben: Callable[[bytes], bytes]) -> None:
        """Cut off, of another program, empty, with events of another city, with an event twice: refused."""
        with pytest.raises(InputError):
            split(verderben(FEEDS["alle.ics"]), "alle.ics")


@given(
    st.lists(st.integers(0, 5), max_size=6, unique=True), st.lists(st.integers(0, 5), max_size=6, unique=True)
)
def test_the_difference_is_the_difference(soll: list[int], ist: list[int]) -> None:
    """What is not there is new, what is no longer in the feed goes, and doing it leaves nothing to do."""
    jede = ALLE.ressourcen
    vorlage = evolve(ALLE, ressourcen=tuple(jede[n] for n in soll))
    da = {jede[n].name: Bestand(jede[n].name, '"1"', read_event(jede[n].inhalt.decode())) for n in ist}
    abgleich = compare(vorlage, da.values())
    wer = {was: {s.name for s in abgleich.schritte if s.was is was} for was in Was}
    assert wer[Was.NEU] == {jede[n].name for n in {*soll} - {*ist}}
    assert wer[Was.GELOESCHT] == {jede[n].name for n in {*ist} - {*soll}}
    assert {f"{uid}.ics" for uid in abgleich.gleich} == {jede[n].name for n in {*soll} & {*ist}}
    nachher = [Bestand(r.name, '"2"', read_event(r.inhalt.decode())) for r in vorlage.ressourcen]
    assert compare(vorlage, nachher).schritte == ()
