"""What an event says, and what its history makes of it. Sentences are compared in English, their source."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

import pytest
from attrs import evolve

from gremienplan.fristen import Frist, Fristart
from gremienplan.plan import Plan, Zustand
from gremienplan.programm import Tagesordnungseintrag
from gremienplan.publishing import Kalendersatz, release
from gremienplan.quellen import Authority, Grundlage
from gremienplan.release import Art
from gremienplan.texts import render_value
from gremienplan.web.oeffentlich import for_residents
from tests.publishing import welt
from tests.publishing.lesen import event, events, head, lint, text, uids
from tests.publishing.welt import feeds

PROJEKT = welt.projekt()
PLAN = welt.plan(PROJEKT)
DOMAIN = PROJEKT.stadt.domain
SPAETER = datetime(2026, 12, 1, 10)
ENTWURF = PROJEKT.sitzung("entwurf/ufer", welt.JAHR)
ORT = "zentrum-ufer"


def read(plan: Plan) -> Mapping[str, bytes]:
    """The feeds in the language the sentences are written in; their German is the catalogue's."""
    return feeds(PROJEKT, plan, sprache="en")


def test_the_page_speaks_to_nobody_in_particular() -> None:
    """Everybody reads there who is invited and why: it has no "you", in no language."""
    for ereignis in release(PROJEKT, PLAN).ereignisse:
        for seite in ereignis.seiten.values():
            gesagt = (*seite.worte, *(wort for g in seite.geladen for wort in g.worte))
            assert not re.search(r"\b([Yy]ou|[Yy]our|Sie|Ihre?)\b", " ".join(gesagt))
    assert any(g.worte for e in release(PROJEKT, PLAN).ereignisse for g in e.seiten["en"].geladen)


def test_residents_read_no_id_of_ours() -> None:
    """Their feed and their page name concept and section, in both languages; everybody else keeps the ids."""
    found = release(PROJEKT, welt.settled(PLAN))
    told = [f.gesicht.worte for e in found.ereignisse for p, f in e.fassungen.items() if p == "oeffentlich"]
    pages = [s.worte for e in for_residents(found).ereignisse for s in e.seiten.values()]
    assert told
    assert len(pages) == 2 * len(told)
    kennungen = re.compile(r"\b(FLU|GO)-\d|\b(Auslegung|reading) [A-Z]")
    for worte in (*told, *pages):
        assert not kennungen.search(" ".join(worte))
    assert any("section 4" in " ".join(worte) for worte in pages)
    intern = [f.gesicht.worte for e in found.ereignisse for p, f in e.fassungen.items() if p == "alle"]
    assert any(kennungen.search(" ".join(worte)) for worte in intern)


class TestWhatAMeetingSays:
    """The text of an event: who invites, why, and on whose word."""

    UID = ENTWURF.uid(DOMAIN)

    def test_everybody_reads(self) -> None:
        """Hosts, managing office, Anlass and passages, without anything about single guests."""
        data = read(PLAN)["alle.ics"]
        assert text(data, self.UID) == [
            "Invitation by: Stadtteilkoordination Ufer",
            "Basis of the invitation: FLU-2, concept, section 4.2 (4)",
            "Managing office: Stadtteilkoordination Ufer",
            "Topic: Entwurf des Jahresplans",
            "Basis of the meeting: FLU-1, concept, section 4.3.1",
        ]
        assert event(data, self.UID)["SUMMARY"] == "Koordinierungsrunde Ufer: Entwurf des Jahresplans"
        assert event(data, self.UID)["LOCATION"] == "Zentrum Ufer, Weg 1, Flussau"
        assert event(data, self.UID)["CATEGORIES"] == "Koordinierungsrunde"

    def test_standing_items_of_the_agenda(self) -> None:
        """Everybody reads what stands on the agenda and which offices present it; a group is not named."""
        punkt = Tagesordnungseintrag(
            "bericht",
            "Bericht",
            Grundlage(Authority.VORGABE),
            ("stadtteilkoordination", "bewohner"),
            zu=("entwurf",),
        )
        projekt = evolve(PROJEKT, programm=evolve(PROJEKT.programm, tagesordnung=(punkt,)))
        found = feeds(projekt, PLAN, sprache="en")
        assert "On the agenda: Bericht (Stadtteilkoordination Ufer)" in text(found["alle.ics"], self.UID)
        items = [
            u for u in uids(found["alle.ics"]) if "On the agenda" in " ".join(text(found["alle.ics"], u))
        ]
        assert {u.partition(".")[0] for u in items} == {"entwurf"}

    def test_deadlines_that_concern_readers(self) -> None:
        """Until when needs are to be reported, and an item's papers are due; the invitation is the office's own."""
        vorgabe = Grundlage(Authority.VORGABE)
        (item, *_) = PROJEKT.beratungen(welt.JAHR)
        fristen = (
            Frist("bedarf", Fristart.BEDARF, ("entwurf",), 21, vorgabe, versandtag=True),
            Frist("ladung", Fristart.LADUNG, ("entwurf",), 10, vorgabe),
            Frist("papier", Fristart.VORLAGE, (item.eintrag.id,), 7, vorgabe, versandtag=True, bis=time(12)),
        )
        projekt = evolve(PROJEKT, programm=evolve(PROJEKT.programm, fristen=fristen))
        found = feeds(projekt, PLAN, sprache="en")
        (termin,) = (t for t in PLAN.termine if t.sitzung == ENTWURF.id)
        lines = text(found["alle.ics"], self.UID)
        due = render_value(termin.beginn.date() - timedelta(days=21), "en")
        assert f"Report needs (interpreters, accessibility): until {due}" in lines
        assert not any("Send the invitation" in line for line in lines)
        (heard,) = (b for b in PLAN.beratungen if b.beratung == item.id)
        noon = datetime.combine(heard.beginn.date() - timedelta(days=7), time(12))
        lines = text(found[f"amt/{item.vortrag[0].id.replace('/', '-')}.ics"], item.uid(DOMAIN))
        assert f"Hand in the papers: until {render_value(noon, 'en')}" in lines

    def test_who_can_get_in(self) -> None:
        """Whether there are steps, and what helps there, for everybody who reads of it; unknown, nothing is said."""
        orte = PROJEKT.stadt.orte
        ort = evolve(orte["zentrum-ufer"], stufenlos=True, hilfen=("Höranlage",))
        projekt = evolve(PROJEKT, stadt=evolve(PROJEKT.stadt, orte={**orte, ort.id: ort}))
        found = feeds(projekt, PLAN, sprache="en")
        for name in ("alle.ics", "amt/stadtteilkoordination-ufer.ics"):
            assert "Access: step-free access, there: Höranlage" in text(found[name], self.UID)
        assert b"Access:" not in found["gremium/runde-links.ics"]

    def test_a_guest_reads(self) -> None:
        """The feed of an Amt says as what it is invited, by which rule, for which Anlass, on whose word."""
        assert text(read(PLAN)["amt/bezirksbuergermeister-links.ics"], self.UID)[0] == (
            "Invited as guest: reading AMB-02 (rule runde-bm, topic: Entwurf des Jahresplans)"
        )

    def test_two_reasons_one_event(self) -> None:
        """P-33: who is invited for two reasons has one event that names both."""
        zeilen = text(read(PLAN)["amt/stadtteilkoordination-ufer.ics"], self.UID)
        assert zeilen[:2] == [
            "Invited as managing office: FLU-1, concept, section 4.3.1 (rule runde-gf)",
            "Invited as host: FLU-2, concept, section 4.2 (4) (rule runde-gast)",
        ]

    def test_joint_hosts(self) -> None:
        """A Sozialraum in two Bezirke is hosted by all three; the local title stands before the name (P-34)."""
        uid = PROJEKT.sitzung("konferenz/ufer", welt.JAHR).uid(DOMAIN)
        data = read(PLAN)["alle.ics"]
        assert event(data, uid)["SUMMARY"] == "Wir am Fluss – Stadtteilkonferenz Ufer"
        assert text(data, uid)[0] == (
            "Invitation by: Stadtteilkoordination Ufer, Bezirksbürgermeister:in Links, Bezirksbürgermeister:in Rechts"
        )
        assert text(data, uid)[-1] == "Basis of the meeting: planner's default"

    def test_nobody_invites(self) -> None:
        """Where nobody has said who invites, the event says so."""
        uid = PROJEKT.sitzung("steuern/stadt", welt.JAHR).uid(DOMAIN)
        assert "Invitation by: not yet decided" in text(read(PLAN)["alle.ics"], uid)

    @pytest.mark.parametrize(("tag", "bekannt"), [(31, True), (32, False)])
    def test_unknown_holidays(self, tag: int, bekannt: bool) -> None:
        """After the last day whose school holidays are known, the event says that they are not."""
        beginn = datetime(welt.JAHR, 8, 1, 16) + timedelta(days=tag - 1)
        zeilen = text(read(welt.moved(PLAN, ENTWURF.id, beginn, SPAETER))["alle.ics"], self.UID)
        assert ("School holidays unknown" in zeilen) is not bekannt

    def test_no_place_yet(self) -> None:
        """A meeting without an Ort has no LOCATION and says that it is open."""
        termine = tuple(evolve(t, ort="") for t in PLAN.termine)
        data = read(evolve(PLAN, termine=termine))["alle.ics"]
        assert not event(data, self.UID).get("LOCATION")
        assert "Venue not yet decided" in text(data, self.UID)

    def test_an_address_that_the_name_says(self) -> None:
        """A venue named after its street does not say the street twice."""
        orte = {**PROJEKT.stadt.orte, ORT: evolve(PROJEKT.stadt.orte[ORT], adresse="Ufer")}
        found = feeds(evolve(PROJEKT, stadt=evolve(PROJEKT.stadt, orte=orte)), PLAN)
        assert event(found["alle.ics"], self.UID)["LOCATION"] == "Zentrum Ufer"

    def test_public_and_private(self) -> None:
        """Only the events of a public Gremium are marked as public."""
        for vevent in events(feeds(PROJEKT, PLAN)["alle.ics"]):
            assert vevent["CLASS"] == (
                "PUBLIC" if vevent["CATEGORIES"] == "Stadtteilkonferenz" else "PRIVATE"
            )

    def test_private_until_it_is_agreed(self) -> None:
        """What residents are not told of yet is marked as private wherever it stands, and as public once they are."""
        konferenz = PROJEKT.sitzung("konferenz/ufer", welt.JAHR)
        erst = release(PROJEKT, PLAN, zurueck=((welt.JAHR, konferenz.id),))
        dann = release(PROJEKT, PLAN, vorher=erst, stand=SPAETER)
        for wie, klasse, sequenz in ((erst, "PRIVATE", "0"), (dann, "PUBLIC", "1")):
            vevent = event(Kalendersatz(wie).feed("alle.ics").inhalt, konferenz.uid(DOMAIN))
            assert (vevent["CLASS"], vevent["SEQUENCE"]) == (klasse, sequenz)
        arten = {a.art for a in dann.ausgaben[-1].aenderungen if "oeffentlich" not in a.publikum}
        assert arten == {Art.STATUS}

    def test_no_person(self) -> None:
        """P-67: no ATTENDEE, no ORGANIZER, no address of a person anywhere."""
        alles = b"".join(feeds(PROJEKT, PLAN).values()).replace(b"\r\n ", b"")
        assert not [wort for wort in (b"ATTENDEE", b"ORGANIZER", b"mailto:", b"CN=") if wort in alles]

    def test_german_unless_asked_otherwise(self) -> None:
        """The sentences are German by default; names are the city's in every language."""
        plan = welt.cancelled(PLAN, "konferenz/ufer", SPAETER)
        uid = PROJEKT.sitzung("konferenz/ufer", welt.JAHR).uid(DOMAIN)
        deutsch, english = feeds(PROJEKT, plan)["alle.ics"], feeds(PROJEKT, plan, sprache="en")["alle.ics"]
        assert event(deutsch, uid)["SUMMARY"] == "Abgesagt: Wir am Fluss – Stadtteilkonferenz Ufer"
        assert event(english, uid)["SUMMARY"] == "Cancelled: Wir am Fluss – Stadtteilkonferenz Ufer"
        assert head(deutsch)["DESCRIPTION"] == "Stand: Di 01.12.2026 10:00"
        assert not set(text(deutsch, self.UID)) & set(text(english, self.UID))
        assert uids(deutsch) == uids(english)


class TestHistory:
    """P-62: the identity stays, and the history alone says what changed and when."""

    UID = ENTWURF.uid(DOMAIN)
    TERMIN = next(t for t in PLAN.termine if t.sitzung == ENTWURF.id)

    def test_time_of_the_last_change(self) -> None:
        """DTSTAMP and LAST-MODIFIED are the stand of the last change in UTC, SEQUENCE begins at 0."""
        vevent = event(feeds(PROJEKT, PLAN)["alle.ics"], self.UID)
        assert (vevent["DTSTAMP"], vevent["LAST-MODIFIED"], vevent["SEQUENCE"]) == (
            2 * ("20261102T083000Z",) + ("0",)
        )

    def test_a_moved_meeting(self) -> None:
        """It keeps its UID, counts up, says from when it was moved; every other event keeps its bytes."""
        vorher = read(PLAN)
        neu = datetime(welt.JAHR, 7, 6, 17)
        nachher = read(welt.moved(PLAN, ENTWURF.id, neu, SPAETER))
        vevent = event(nachher["alle.ics"], self.UID)
        assert (vevent.zeit("DTSTART"), vevent["SEQUENCE"], vevent["DTSTAMP"]) == (
            neu,
            "1",
            "20261201T090000Z",
        )
        assert f"Moved from {_tag(self.TERMIN.beginn)}" in text(nachher["alle.ics"], self.UID)
        assert [e for e in events(vorher["alle.ics"]) if e["UID"] != self.UID] == [
            e for e in events(nachher["alle.ics"]) if e["UID"] != self.UID
        ]
        betroffen = {name for name, data in (*vorher.items(), *nachher.items()) if self.UID in uids(data)}
        assert {name for name in vorher if vorher[name] != nachher[name]} == betroffen

    def test_moved_and_back(self) -> None:
        """What was moved twice names the date before the last move; where only the place changed, it names none."""
        neu = datetime(welt.JAHR, 7, 6, 17)
        einmal = welt.moved(PLAN, ENTWURF.id, neu, SPAETER)
        zurueck = welt.moved(einmal, ENTWURF.id, self.TERMIN.beginn, SPAETER + timedelta(days=1))
        assert f"Moved from {_tag(neu)}" in text(read(zurueck)["alle.ics"], self.UID)
        nur_ort = welt.moved(PLAN, ENTWURF.id, self.TERMIN.beginn, SPAETER)
        assert "Moved from" not in event(read(nur_ort)["alle.ics"], self.UID)["DESCRIPTION"]

    def test_a_cancelled_meeting(self) -> None:
        """It stays where it was, with its UID and old date, and says three times that it is off."""
        vorher = read(PLAN)
        nachher = read(welt.cancelled(PLAN, ENTWURF.id, SPAETER))
        assert {n for n in vorher if self.UID in uids(vorher[n])} == {
            n for n in nachher if self.UID in uids(nachher[n])
        }
        vevent = event(nachher["alle.ics"], self.UID)
        assert (vevent["STATUS"], vevent["TRANSP"], vevent["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", "1")
        assert vevent["SUMMARY"] == "Cancelled: Koordinierungsrunde Ufer: Entwurf des Jahresplans"
        assert (vevent.zeit("DTSTART"), vevent.zeit("DTEND")) == (self.TERMIN.beginn, self.TERMIN.ende)
        assert text(nachher["alle.ics"], self.UID) == ["This meeting does not take place on this date"]
        assert {n: lint(d) for n, d in nachher.items() if lint(d)} == {}

    @pytest.mark.parametrize(("tage", "da"), [(30, True), (31, False)])
    def test_how_long_a_cancelled_meeting_stays(self, tage: int, da: bool) -> None:
        """It stays until 30 days after its old date, by the last stand of the history."""
        plan = welt.cancelled(PLAN, ENTWURF.id, SPAETER)
        plan = welt.noted(plan, self.TERMIN.beginn + timedelta(days=tage), Zustand.PUBLISHED)
        assert (self.UID in uids(feeds(PROJEKT, plan)["alle.ics"])) is da

    def test_a_revived_meeting(self) -> None:
        """Moved, cancelled and held after all: the same UID, once, confirmed, with no word of the past."""
        plan = welt.moved(PLAN, ENTWURF.id, datetime(welt.JAHR, 7, 6, 17), SPAETER)
        plan = welt.cancelled(plan, ENTWURF.id, SPAETER + timedelta(days=1))
        neu = evolve(self.TERMIN, beginn=datetime(welt.JAHR, 8, 9, 17), ende=datetime(welt.JAHR, 8, 9, 19))
        plan = evolve(plan, termine=(*plan.termine, neu))
        plan = welt.noted(plan, SPAETER + timedelta(days=2), Zustand.PUBLISHED, (ENTWURF.id,))
        vevent = event(read(plan)["alle.ics"], self.UID)
        assert (vevent["STATUS"], vevent["SEQUENCE"]) == ("CONFIRMED", "3")
        assert not vevent["SUMMARY"].startswith("Cancelled")
        assert "Moved from" not in vevent["DESCRIPTION"]

    def test_a_meeting_put_back_by_hand(self) -> None:
        """A Termin put back without a word in the history is held: never the same UID twice."""
        plan = evolve(welt.cancelled(PLAN, ENTWURF.id, SPAETER), termine=PLAN.termine)
        assert event(feeds(PROJEKT, plan)["alle.ics"], self.UID)["STATUS"] == "CONFIRMED"

    def test_an_open_meeting(self) -> None:
        """P-63: a meeting whose date is still to be announced has no event; if it had a date, that is cancelled."""
        ohne = evolve(PLAN, termine=tuple(t for t in PLAN.termine if t.sitzung != ENTWURF.id))
        found = feeds(PROJEKT, evolve(ohne, offen=(ENTWURF.id,)))
        assert not [name for name, data in found.items() if self.UID in uids(data)]
        offen = evolve(welt.cancelled(PLAN, ENTWURF.id, SPAETER), offen=(ENTWURF.id,))
        vevent = event(feeds(PROJEKT, offen)["alle.ics"], self.UID)
        assert (vevent["STATUS"], vevent["SEQUENCE"]) == ("CANCELLED", "1")

    def test_states(self) -> None:
        """A draft is tentative and says so; from coordination on a date is confirmed, and that is a change."""
        entwurf = welt.plan(PROJEKT, Zustand.DRAFT)
        vevent = event(read(entwurf)["alle.ics"], self.UID)
        assert vevent["STATUS"] == "TENTATIVE"
        assert vevent["DESCRIPTION"].startswith("Draft, not yet coordinated\n")
        abgestimmt = welt.noted(entwurf, SPAETER, Zustand.COORDINATED)
        veroeffentlicht = welt.noted(abgestimmt, SPAETER + timedelta(days=3), Zustand.PUBLISHED)
        vevent = event(read(abgestimmt)["alle.ics"], self.UID)
        assert (vevent["STATUS"], vevent["DTSTAMP"]) == ("CONFIRMED", "20261201T090000Z")
        assert vevent["SEQUENCE"] == "1"
        assert "Draft, not" not in vevent["DESCRIPTION"]
        assert feeds(PROJEKT, abgestimmt) == feeds(PROJEKT, veroeffentlicht)

    def test_an_item_of_a_vanished_sitting(self) -> None:
        """It is tentative, also in a published plan; every other byte of all feeds stays."""
        eine, *andere = PROJEKT.ratskalender.sitzungen
        weg = evolve(PROJEKT.ratskalender, sitzungen=(evolve(eine, verschwunden=True), *andere))
        vorher, jetzt = (feeds(p, PLAN) for p in (PROJEKT, evolve(PROJEKT, ratskalender=weg)))
        projekt = {b.id: b for b in PROJEKT.beratungen(welt.JAHR)}
        betroffen = {projekt[b.beratung].uid(DOMAIN) for b in PLAN.beratungen if b.sitzung == eine.key}
        assert betroffen
        for name, data in jetzt.items():
            for uid in uids(data):
                status = "TENTATIVE" if uid in betroffen else "CONFIRMED"
                assert event(data, uid)["STATUS"] == status
            assert data.replace(b"STATUS:TENTATIVE", b"STATUS:CONFIRMED") == vorher[name]

    def test_stand(self) -> None:
        """A calendar says when the last of its events changed, in local time; an empty one that it is empty."""
        found = read(welt.moved(PLAN, ENTWURF.id, datetime(welt.JAHR, 7, 6, 17), SPAETER))
        assert head(found["alle.ics"])["DESCRIPTION"] == "As of: Tue 2026-12-01 10:00"
        assert head(found["alle.ics"])["LAST-MODIFIED"] == "20261201T090000Z"
        assert head(found["sozialraum/links.ics"])["DESCRIPTION"] == "As of: Mon 2026-11-02 09:30"
        leer = read(evolve(PLAN, termine=(), beratungen=()))
        assert head(leer["alle.ics"])["DESCRIPTION"] == "No dates at present"


def _tag(zeit: datetime) -> str:
    return f"{('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[zeit.weekday()]} {zeit:%Y-%m-%d %H:%M}"
