"""OParl from a server: from any beginning to all meetings, whatever the server does meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from gremienplan.errors import InputError, Problem
from gremienplan.loading import netz, oparl
from gremienplan.loading.netz import Grenzen
from gremienplan.ratskalender import Einfuhr, Mangel
from tests.loading.oparlwelt import SCHEMA, STAND, eine, sitzung, verluste
from tests.loading.server import Gabe, Server, laufend

KLEIN = Grenzen(
    verbinden=2, stille=0.3, dauer=1.0, antwort=100_000, gesamt=1_000_000, anfragen=40, versuche=3
)
SEIT = datetime(2027, 1, 1, 8)
GEFRAGT = "modified_since=2026-12-30T07:00:00Z"
"""Two days before, in UTC."""


@pytest.fixture(autouse=True)
def direkt(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of whoever runs the tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with laufend() as server:
        yield server


def gabe(wert: object, **mehr: Any) -> Gabe:
    """Return an answer with an object."""
    return Gabe(json.dumps(wert).encode(), kopf={"Content-Type": "application/json"}, **mehr)


def seite(*objekte: object, **links: str) -> Gabe:
    """Return an answer with a page of a list."""
    return gabe({"data": list(objekte), "links": links, "pagination": {}})


def stadt(server: Server, **anders: Gabe) -> str:
    """Let a server be a small city with two meetings on two pages; returns the address of its System."""
    basis = server.adresse
    haus = {
        "id": f"{basis}/body/1",
        "type": f"{SCHEMA}Body",
        "name": "Musterstadt",
        "organization": f"{basis}/organizations",
        "meeting": f"{basis}/meetings",
        "locationList": f"{basis}/locations",
    }
    organ = {"id": f"{basis}/o/1", "type": f"{SCHEMA}Organization", "name": "Rat", "body": haus["id"]}
    mehr = {"organization": [organ["id"]], "location": f"{basis}/l/1"}
    gaben = {
        "system": gabe({"id": f"{basis}/system", "type": f"{SCHEMA}System", "body": f"{basis}/bodies"}),
        "bodies": seite(haus),
        "body/1": gabe(haus),
        "organizations": seite(organ),
        "locations": seite({"id": f"{basis}/l/1", "type": f"{SCHEMA}Location", "room": "Saal 1"}),
        "meetings": seite(sitzung(1, **mehr), next=f"{basis}/meetings?page=2"),
        "meetings?page=2": seite(sitzung(2, **mehr)),
        "o/1": gabe({**organ, "meeting": f"{basis}/meetings"}),
        "l/1": gabe({"id": f"{basis}/l/1", "room": "Saal 1"}),
        "meetings/1": gabe(sitzung(1, **mehr)),
    }
    for pfad, antwort in (gaben | anders).items():
        server.gibt(f"/{pfad}", antwort)
    return f"{basis}/system"


def lies(adresse: str, *hosts: str, **mehr: Any) -> Einfuhr:
    """Read without waiting."""
    with netz.offen(adresse, hosts=hosts, grenzen=KLEIN, schlafen=lambda _: None) as sitzung:
        return oparl.read("rat", adresse, "Europe/Berlin", STAND, netz=sitzung, **mehr)


def problem(adresse: str, **mehr: Any) -> Problem:
    with pytest.raises(InputError) as caught:
        lies(adresse, **mehr)
    (eines,) = caught.value.problems
    return eines


class TestFromAnyBeginning:
    @pytest.mark.parametrize("anfang", ["system", "bodies", "body/1", "meetings", "o/1", "organizations"])
    def test_every_meeting_with_its_body_and_place(self, server: Server, anfang: str) -> None:
        """System, Body, lists, one Organization: the same meetings."""
        organ = {"id": f"{server.adresse}/o/1", "name": "Rat", "meeting": f"{server.adresse}/meetings"}
        stadt(server, organizations=seite(organ))
        einfuhr = lies(f"{server.adresse}/{anfang}")
        assert [(e.kennung[-1], e.gremien, e.ort) for e in einfuhr.eintraege] == [
            ("1", ("Rat",), "Saal 1"),
            ("2", ("Rat",), "Saal 1"),
        ]
        assert (einfuhr.verluste, einfuhr.vollstaendig) == ((), True)
        assert einfuhr.herkunft == f"{server.adresse}/{anfang}"

    def test_one_meeting(self, server: Server) -> None:
        stadt(server)
        assert eine(lies(f"{server.adresse}/meetings/1")).gremien == ("Rat",)

    def test_nothing_is_asked_twice_and_nothing_that_is_not_needed(self, server: Server) -> None:
        """No persons, no papers, no files."""
        lies(stadt(server))
        assert server.anfragen == [
            "/system",
            "/bodies",
            "/organizations",
            "/locations",
            "/meetings",
            "/meetings?page=2",
        ]

    @pytest.mark.parametrize(
        "adresse", ["http://[", "https://", "ftp://rat.example/", "http://127.0.0.1:1:2/"]
    )
    def test_what_is_no_address(self, server: Server, adresse: str) -> None:
        """Or none that may be asked; also in a session that began somewhere else."""
        with netz.offen(server.adresse, grenzen=KLEIN) as offen, pytest.raises(InputError):
            oparl.read("rat", adresse, "Europe/Berlin", STAND, netz=offen)
        with pytest.raises(InputError):
            oparl.read("rat", adresse, "Europe/Berlin", STAND)

    def test_without_a_session_its_own_is_opened(self, server: Server) -> None:
        assert len(oparl.read("rat", stadt(server), "Europe/Berlin", STAND).eintraege) == 2

    def test_the_same_answers_give_the_same_reading(self, server: Server) -> None:
        adresse = stadt(server)
        assert lies(adresse) == lies(adresse)

    @pytest.mark.parametrize("wie", ["einzeln", "liste", "ohne-liste"])
    def test_a_body_where_a_list_should_be(self, server: Server, wie: str) -> None:
        basis = server.adresse
        haus = {
            "id": f"{basis}/body/1",
            "name": "Musterstadt",
            "ags": "5315000",
            "meeting": f"{basis}/meetings",
        }
        bodies = {"einzeln": gabe(haus), "liste": gabe([haus]), "ohne-liste": gabe({"data": haus})}[wie]
        assert len(lies(stadt(server, bodies=bodies)).eintraege) == 2

    def test_a_body_without_a_list_of_meetings(self, server: Server) -> None:
        """Then each of its bodies is asked for its own."""
        basis = server.adresse
        haus = {"id": f"{basis}/body/1", "type": f"{SCHEMA}Body", "organization": f"{basis}/organizations"}
        organe = [{"id": f"{basis}/o/{n}", "name": f"A {n}", "meeting": f"{basis}/o/{n}/m"} for n in (1, 2)]
        server.gibt("/o/1/m", seite(sitzung(1)))
        server.gibt("/o/2/m", seite(sitzung(2), sitzung(1)))
        einfuhr = lies(
            stadt(server, **{"body/1": gabe(haus), "organizations": seite(*organe)}).replace(
                "system", "body/1"
            )
        )
        assert len(einfuhr.eintraege) == 2

    def test_links_without_a_host(self, server: Server) -> None:
        adresse = stadt(server, meetings=seite(sitzung(1), next="meetings?page=2"))
        assert len(lies(adresse).eintraege) == 2


class TestSeveralBodies:
    def zwei(self, server: Server) -> str:
        basis = server.adresse
        haeuser = [
            {
                "id": f"{basis}/b/{n}",
                "type": f"{SCHEMA}Body",
                "name": f"Stadt {n}",
                "meeting": f"{basis}/b/{n}/m",
            }
            for n in (1, 2)
        ]
        for n in (1, 2):
            server.gibt(f"/b/{n}/m", seite(sitzung(n)))
        return stadt(server, bodies=seite(*haeuser))

    def test_nobody_guesses_which(self, server: Server) -> None:
        """All are named with their addresses."""
        found = problem(self.zwei(server))
        assert "several Bodies" in str(found.meldung)
        assert f"Stadt 2 ({server.adresse}/b/2)" in str(found.hinweis)

    def test_one_is_chosen_by_its_name_or_address(self, server: Server) -> None:
        adresse = self.zwei(server)
        for name in ("stadt 2", f"{server.adresse}/b/2"):
            assert eine(lies(adresse, koerperschaft=name)).kennung.endswith("/2")

    def test_one_that_is_none(self, server: Server) -> None:
        assert "Stadt 1" in str(problem(self.zwei(server), koerperschaft="Stadt 3").hinweis)


class TestPages:
    @pytest.mark.parametrize("ziel", ["meetings", "meetings?page=2"])
    def test_round_and_round(self, server: Server, ziel: str) -> None:
        """A page that leads back ends the list; nobody knows whether that was all."""
        adresse = stadt(server, **{"meetings?page=2": seite(sitzung(2), next=f"{server.adresse}/{ziel}")})
        einfuhr = lies(adresse)
        assert len(einfuhr.eintraege) == 2
        assert einfuhr.vollstaendig is (ziel == "meetings?page=2")  # its own address: it is the last one

    def test_pages_without_end(self, server: Server) -> None:
        """The last page again and again under new addresses."""
        for n in range(2, 30):
            server.gibt(
                f"/meetings?page={n}", seite(sitzung(2), next=f"{server.adresse}/meetings?page={n + 1}")
            )
        adresse = f"{server.adresse}/meetings"
        server.gibt("/meetings", seite(sitzung(1), next=f"{adresse}?page=2"))
        einfuhr = lies(adresse)
        assert len(einfuhr.eintraege) == 2
        assert verluste(einfuhr) == [(Mangel.SEITE_FEHLT, f"{adresse}?page=3", "")]
        assert not einfuhr.vollstaendig

    def test_new_pages_without_end(self, server: Server) -> None:
        """As many as may be asked for, and the rest is told as missing."""
        for n in range(KLEIN.anfragen + 2):
            weiter = f"{server.adresse}/meetings?page={n + 1}"
            server.gibt(f"/meetings?page={n}", seite(sitzung(n), next=weiter))
        einfuhr = lies(f"{server.adresse}/meetings?page=0")
        assert len(einfuhr.eintraege) == KLEIN.anfragen
        assert not einfuhr.vollstaendig

    def test_an_empty_page_is_the_last_one(self, server: Server) -> None:
        leer = seite(next=f"{server.adresse}/meetings?page=3")
        einfuhr = lies(stadt(server, **{"meetings?page=2": leer}))
        assert (len(einfuhr.eintraege), einfuhr.vollstaendig) == (1, True)

    def test_fewer_pages_than_there_are(self, server: Server) -> None:
        """A list that names its number of pages and no way on."""
        liste = {"data": [sitzung(1)], "links": {}, "pagination": {"totalPages": 3, "currentPage": 1}}
        einfuhr = lies(stadt(server, meetings=gabe(liste)))
        assert verluste(einfuhr) == [(Mangel.SEITE_FEHLT, f"{server.adresse}/meetings", "1/3")]
        assert not einfuhr.vollstaendig

    @pytest.mark.parametrize("links", [None, [], "", {"next": None}, {"next": ""}, {"next": 7}, {"next": {}}])
    def test_links_that_are_none(self, server: Server, links: object) -> None:
        einfuhr = lies(stadt(server, meetings=gabe({"data": [sitzung(1)], "links": links})))
        assert (len(einfuhr.eintraege), einfuhr.vollstaendig) == (1, True)

    def test_a_page_that_leads_to_another_host_is_not_followed(self, server: Server) -> None:
        """Unless that host is named."""
        with laufend() as fremd:
            ziel = fremd.gibt("/mehr", seite(sitzung(2)))
            adresse = stadt(server, meetings=seite(sitzung(1), next=ziel))
            einfuhr = lies(adresse)
            assert verluste(einfuhr)[0] == (Mangel.SEITE_FEHLT, ziel, "")
            assert (len(einfuhr.eintraege), einfuhr.vollstaendig, fremd.anfragen) == (1, False, [])
            assert len(lies(adresse, fremd.adresse.removeprefix("http://")).eintraege) == 2

    @pytest.mark.parametrize(
        "kaputt",
        [
            Gabe(status=500),
            Gabe(status=404),
            Gabe(b"<html>"),
            Gabe(b""),
            gabe({"error": "x"}),
            Gabe(b"x", nach=2),
        ],
    )
    def test_a_later_page_that_cannot_be_had(self, server: Server, kaputt: Gabe) -> None:
        """What was read counts, and what is missing is told."""
        einfuhr = lies(stadt(server, **{"meetings?page=2": kaputt}))
        assert eine(einfuhr).kennung.endswith("/1")
        assert [v.stelle for v in einfuhr.verluste] == [f"{server.adresse}/meetings?page=2"]
        assert not einfuhr.vollstaendig


class TestTrouble:
    def test_errors_at_random(self, server: Server) -> None:
        """Each answer fails twice, and then comes."""
        adresse = stadt(server)
        for gaben in server.gaben.values():
            gaben[:0] = [Gabe(status=500), Gabe(status=503)]
        einfuhr = lies(adresse)
        assert (len(einfuhr.eintraege), einfuhr.vollstaendig, einfuhr.verluste) == (2, True, ())

    @pytest.mark.parametrize(
        ("kaputt", "was"),
        [
            (Gabe(status=500), "error 500"),
            (Gabe(status=404), "error 404"),
            (gabe({"error": "Nicht gefunden", "code": 801}, status=404), "error 404"),
            (Gabe(b"<!DOCTYPE html><title>Anmeldung</title>"), "web page"),
            (Gabe(b"Wartungsarbeiten"), "no OParl"),
            (Gabe(b""), "no OParl"),
            (gabe({"error": "Interner Fehler"}), "error of its own"),
            (gabe({"name": "npm", "version": "1"}), "No OParl meetings"),
            (gabe([{"id": "x", "type": f"{SCHEMA}Paper"}]), "No OParl meetings"),
            (Gabe(bytes(200_000)), "larger than"),
        ],
    )
    @pytest.mark.parametrize("wo", ["system", "bodies", "meetings"])
    def test_a_server_that_does_not_give_its_meetings(
        self, server: Server, wo: str, kaputt: Gabe, was: str
    ) -> None:
        """At the beginning, on the way, at the end: refused, with the address."""
        found = problem(stadt(server, **{wo: kaputt}))
        assert found.datei.startswith(server.adresse)
        assert was in str(found.meldung)

    @pytest.mark.parametrize("kaputt", [Gabe(status=500), Gabe(b"<html>")])
    def test_names_and_places_are_not_worth_a_failure(self, server: Server, kaputt: Gabe) -> None:
        """The meetings come without them, and it is told; the reading is complete none the less."""
        einfuhr = lies(
            stadt(server, organizations=kaputt, locations=kaputt, **{"o/1": kaputt, "l/1": kaputt})
        )
        assert [(e.gremien, e.ort) for e in einfuhr.eintraege] == [((), "")] * 2
        assert {v.mangel for v in einfuhr.verluste} == {Mangel.VERWEIS_FEHLT}
        assert einfuhr.vollstaendig

    def test_it_does_not_ask_for_hundreds_of_things_that_are_not_there(self, server: Server) -> None:
        viele = [sitzung(n, organization=f"{server.adresse}/weg/{n}") for n in range(30)]
        lies(stadt(server, meetings=seite(*viele)))
        assert len([a for a in server.anfragen if a.startswith("/weg/")]) == 3

    def test_a_body_of_another_county_is_not_asked_for(self, server: Server) -> None:
        with laufend() as fremd:
            ref = fremd.gibt("/o/9", gabe({"id": "x", "name": "Kreistag"}))
            einfuhr = lies(
                stadt(server, meetings=seite(sitzung(1, organization=[f"{server.adresse}/o/1", ref])))
            )
            assert eine(einfuhr).gremien == ("Rat",)
            assert verluste(einfuhr) == [(Mangel.VERWEIS_FEHLT, ref, "")]
            assert fremd.anfragen == []

    @pytest.mark.parametrize("leer", [gabe([]), seite(), gabe({"error": "x", "code": 802}, status=404)])
    def test_no_meetings_is_an_answer(self, server: Server, leer: Gabe) -> None:
        """Also as the error that some servers give for an empty list."""
        einfuhr = lies(stadt(server, meetings=leer))
        assert (einfuhr.eintraege, einfuhr.verluste, einfuhr.vollstaendig) == ((), (), True)

    def test_no_secret_of_the_address_is_kept(self, server: Server) -> None:
        stadt(server)
        server.gibt("/system?key=geheim", *server.gaben["/system"])
        adresse = f"{server.adresse.replace('http://', 'http://amt:geheim@')}/system?key=geheim"
        einfuhr = lies(adresse)
        assert einfuhr.herkunft == f"{server.adresse}/system?key=…"
        assert "geheim" not in repr(einfuhr)


class TestOnlyWhatChanged:
    def test_the_list_is_asked_for_changes(self, server: Server) -> None:
        """Names and places in full; a little before the last time; without anything to encode."""
        weg = {"id": "https://rat.example/oparl/meeting/9", "deleted": True}
        adresse = stadt(server, **{f"meetings?{GEFRAGT}": seite(sitzung(2), weg)})
        einfuhr = lies(adresse, seit=SEIT)
        assert eine(einfuhr).kennung.endswith("/2")
        assert verluste(einfuhr) == [(Mangel.GELOESCHT, "https://rat.example/oparl/meeting/9", "")]
        assert not einfuhr.vollstaendig
        assert "/meetings" not in server.anfragen

    def test_of_a_list_by_itself_the_first_page_is_read_and_then_the_changes(self, server: Server) -> None:
        stadt(server, **{f"meetings?{GEFRAGT}": seite(sitzung(3))})
        einfuhr = lies(f"{server.adresse}/meetings", seit=SEIT)
        assert [e.kennung[-1] for e in einfuhr.eintraege] == ["1", "3"]
        assert not einfuhr.vollstaendig

    def test_a_list_of_one_page_is_read_as_a_whole(self, server: Server) -> None:
        stadt(server, meetings=seite(sitzung(1)))
        assert lies(f"{server.adresse}/meetings", seit=SEIT).vollstaendig

    @pytest.mark.parametrize(
        "kaputt",
        [Gabe(status=400), Gabe(status=404), Gabe(status=500), Gabe(b"<html>"), gabe({"error": "x"})],
    )
    @pytest.mark.parametrize("anfang", ["system", "meetings"])
    def test_a_server_that_cannot_say_gives_the_whole(
        self, server: Server, kaputt: Gabe, anfang: str
    ) -> None:
        stadt(server, **{f"meetings?{GEFRAGT}": kaputt})
        einfuhr = lies(f"{server.adresse}/{anfang}", seit=SEIT)
        assert (len(einfuhr.eintraege), einfuhr.vollstaendig, einfuhr.verluste) == (2, True, ())

    def test_nothing_changed(self, server: Server) -> None:
        """Krefeld says so with an error."""
        nichts = gabe({"error": "Nicht gefunden", "code": 802}, status=404)
        einfuhr = lies(stadt(server, **{f"meetings?{GEFRAGT}": nichts}), seit=SEIT)
        assert (einfuhr.eintraege, einfuhr.vollstaendig) == ((), False)

    def test_an_address_with_a_query(self, server: Server) -> None:
        server.gibt("/m?id=1", seite(sitzung(1), next=f"{server.adresse}/m?id=1&page=2"))
        server.gibt(f"/m?id=1&{GEFRAGT}", seite(sitzung(2)))
        assert len(lies(f"{server.adresse}/m?id=1", seit=SEIT).eintraege) == 2
