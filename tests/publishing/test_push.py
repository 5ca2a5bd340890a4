"""Bringing a feed into a calendar: on a real Radicale server what changed is written, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.publishing.caldav import bringen, verbindung as netz
from gremienplan.publishing.caldav.abgleich import Grund, Was
from gremienplan.publishing.caldav.ressourcen import Vorlage, split
from tests.publishing import kalenderserver, welt
from tests.publishing.kalenderserver import BENUTZER, KENNWORT, Kalenderserver
from tests.publishing.lesen import event, events, uids

PROJEKT = welt.projekt()
PLAN = welt.plan(PROJEKT)
FEED = "gremium/runde-ufer.ics"
ZUGANG = netz.Zugang(BENUTZER, KENNWORT)
FREMD = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//jemand//DE\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n"
    "DTSTART:20270301T090000Z\r\nDTEND:20270301T100000Z\r\nSUMMARY:Frühstück\r\n{mehr}END:VEVENT\r\nEND:VCALENDAR\r\n"
)
"""An event that somebody else keeps in the same calendar."""


@pytest.fixture(scope="module")
def einer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kalenderserver]:
    with kalenderserver.laufend(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def server(einer: Kalenderserver) -> Kalenderserver:
    """Return the server with an empty calendar."""
    for name in re.findall(r"^UID:(.*?)\r?$", einer.everything(), re.MULTILINE):
        einer.delete(f"{name}.ics")
    return einer


FEEDS = welt.feeds(PROJEKT, PLAN)


def vorlage(feeds: Mapping[str, bytes] = FEEDS, feed: str = FEED) -> Vorlage:
    return split(feeds[feed], feed)


def push(server: Kalenderserver, was: Vorlage, *, dry_run: bool = False) -> tuple[bringen.Ergebnis, int]:
    """Return what a push did, and how many requests of it would change something."""
    with netz.connect(server.adresse, ZUGANG) as session:
        return bringen.push(session, was, dry_run=dry_run), session.schreibend


def test_the_calendar_holds_the_feed(server: Kalenderserver) -> None:
    """Each event is there with what the feed says of it, in its time zone; nothing says METHOD."""
    feed = FEEDS[FEED]
    ergebnis, schreibend = push(server, vorlage())
    assert (len(ergebnis.getan), schreibend, ergebnis.hindernisse) == (2, 2, ())
    for uid in uids(feed):
        gehalten = server.get(f"{uid}.ics")
        assert gehalten.status_code == 200
        assert "METHOD" not in gehalten.text
        assert gehalten.text.count("BEGIN:VTIMEZONE") == 1
        da = event(gehalten.content, uid)
        for name in ("DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE", "CLASS"):
            assert da[name] == event(feed, uid)[name]


def test_the_same_push_again_writes_nothing(server: Kalenderserver) -> None:
    """Not one request that could change anything."""
    push(server, vorlage())
    ergebnis, schreibend = push(server, vorlage())
    assert (ergebnis.getan, schreibend) == ((), 0)
    assert set(ergebnis.gleich) == {r.uid for r in vorlage().ressourcen}


def test_a_dry_run_writes_nothing(server: Kalenderserver) -> None:
    """It says what a push would do, and that is what the push then does."""
    probe, schreibend = push(server, vorlage(), dry_run=True)
    assert schreibend == 0
    assert "BEGIN:VEVENT" not in server.everything()
    echt, _ = push(server, vorlage())
    assert probe.getan == echt.getan


def test_only_what_changed_is_written(server: Kalenderserver) -> None:
    """A moved meeting is one request; one that is gone from the feed is one, too."""
    push(server, vorlage())
    plan = welt.moved(PLAN, "runde-1/ufer", datetime(welt.JAHR, 4, 6, 17), datetime(2026, 12, 1, 10))
    verlegt = welt.feeds(PROJEKT, plan)
    ergebnis, schreibend = push(server, vorlage(verlegt))
    (uid,) = ergebnis.uids(Was.GEAENDERT)
    assert (schreibend, uid.partition(".")[0]) == (1, "runde-1")
    assert event(server.get(f"{uid}.ics").content, uid).zeit("DTSTART") == datetime(welt.JAHR, 4, 6, 17)
    kleiner = evolve(vorlage(verlegt), ressourcen=vorlage(verlegt).ressourcen[:1])
    ergebnis, schreibend = push(server, kleiner)
    assert (schreibend, len(ergebnis.uids(Was.GELOESCHT))) == (1, 1)
    assert server.get(f"{ergebnis.uids(Was.GELOESCHT)[0]}.ics").status_code == 404


def test_a_cancelled_meeting_says_so(server: Kalenderserver) -> None:
    """It stays in the calendar as the feed has it, until the feed lets it go."""
    push(server, vorlage())
    ab = welt.feeds(PROJEKT, welt.cancelled(PLAN, "runde-1/ufer", datetime(2026, 12, 1, 10)))
    ergebnis, _ = push(server, vorlage(ab))
    (uid,) = ergebnis.uids(Was.GEAENDERT)
    assert event(server.get(f"{uid}.ics").content, uid)["STATUS"] == "CANCELLED"


def test_what_is_not_ours_stays(server: Kalenderserver) -> None:
    """Events of others, some with UIDs of our domain, and those of another feed: an empty feed removes none of them."""
    fremde = {"fruehstueck.ics": "fruehstueck", "amt@flussau.example.ics": "amt@flussau.example"}
    for name, uid in fremde.items():
        server.put(name, FREMD.format(uid=uid, mehr="").encode())
    server.put(
        "falsch@flussau.example.ics",
        FREMD.format(uid="anders", mehr=f"X-GREMIENPLAN-FEED:{vorlage().feed}\r\n").encode(),
    )
    push(server, vorlage(feed="gremium/runde-links.ics"))
    vorher = server.everything()
    push(server, vorlage())
    ergebnis, _ = push(server, evolve(vorlage(), ressourcen=()))
    assert len(ergebnis.uids(Was.GELOESCHT)) == 2
    assert sorted(uids(server.everything().encode())) == sorted(uids(vorher.encode()))
    server.delete("falsch@flussau.example.ics")
    server.put("anders.ics", FREMD.format(uid="anders", mehr="").encode())


def test_something_in_the_way_stays(server: Kalenderserver) -> None:
    """A foreign event with a UID of ours, and one that another feed has brought, are named and not overwritten."""
    erster, zweiter = vorlage().ressourcen
    server.put(erster.name, FREMD.format(uid=erster.uid, mehr="").encode())
    ergebnis, schreibend = push(server, vorlage())
    assert [(h.uid, h.grund) for h in ergebnis.hindernisse] == [(erster.uid, Grund.FREMD)]
    assert (schreibend, ergebnis.uids(Was.NEU)) == (1, (zweiter.uid,))
    ergebnis, schreibend = push(server, vorlage(feed="alle.ics"))
    grund = {h.uid: (h.grund, h.wert) for h in ergebnis.hindernisse}
    assert grund[zweiter.uid] == (Grund.ANDERER_FEED, vorlage().feed)
    assert grund[erster.uid] == (Grund.FREMD, "")


def test_a_uid_kept_under_another_name(server: Kalenderserver) -> None:
    """Where a client keeps our UID at another address, the server refuses ours, and that is said."""
    erster, _ = vorlage().ressourcen
    server.put("umbenannt.ics", FREMD.format(uid=erster.uid, mehr="").encode())
    ergebnis, _ = push(server, vorlage())
    assert [(h.uid, h.grund in (Grund.FREMD, Grund.INZWISCHEN)) for h in ergebnis.hindernisse] == [
        (erster.uid, True)
    ]
    server.delete("umbenannt.ics")


def test_a_change_by_hand_is_put_right(server: Kalenderserver) -> None:
    """Who moves our event in the calendar finds it back at its time after the next push."""
    push(server, vorlage())
    erster = vorlage().ressourcen[0]
    da = server.get(erster.name).content
    server.put(erster.name, re.sub(rb"(DTSTART;TZID=Europe/Berlin:\d{8}T)\d{2}", rb"\g<1>07", da))
    ergebnis, schreibend = push(server, vorlage())
    assert (schreibend, ergebnis.uids(Was.GEAENDERT)) == (1, (erster.uid,))
    soll = events(erster.inhalt)[0]
    assert event(server.get(erster.name).content, erster.uid)["DTSTART"] == soll["DTSTART"]


def test_a_reminder_of_a_client_stays(server: Kalenderserver) -> None:
    """An alarm somebody has put into an event is no change: nothing is written over it."""
    push(server, vorlage())
    erster = vorlage().ressourcen[0]
    wecker = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT"
    server.put(erster.name, server.get(erster.name).content.replace(b"END:VEVENT", wecker))
    _, schreibend = push(server, vorlage())
    assert schreibend == 0
    assert "BEGIN:VALARM" in server.get(erster.name).text


def test_an_interrupted_push_goes_on(server: Kalenderserver) -> None:
    """Stopped after the first event, the next push writes the second only."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with netz.connect(server.adresse, ZUGANG) as session, pytest.raises(KeyboardInterrupt):
        bringen.push(session, vorlage(), on_step=stop)
    ergebnis, schreibend = push(server, vorlage())
    assert (schreibend, len(ergebnis.gleich)) == (1, 1)


def test_tasks_take_no_dates(tmp_path: Path) -> None:
    """A list of tasks is no calendar for meetings; neither is a user's home."""
    with kalenderserver.laufend(tmp_path, aufgaben=True) as server:
        for adresse, satz in (
            (server.adresse, "only tasks"),
            (server.adresse.removesuffix("plan/"), "No calendar"),
        ):
            with netz.connect(adresse, ZUGANG) as session, pytest.raises(Exception, match=satz):
                bringen.push(session, vorlage())
