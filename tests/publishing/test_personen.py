"""Personal calendars: one event for all Sitze of a person, by who holds what on its day. All persons are invented."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.plan import Plan
from gremienplan.publishing.feeds import Kalendersatz, release
from gremienplan.publishing.personen import person_kalender, persons
from gremienplan.release import Release, release_from_json, release_to_json
from gremienplan.rules import invitations
from gremienplan.tokens import mark
from tests.publishing import geschichten, welt
from tests.publishing.geschichten import DOMAIN, PROJEKT, SITZUNGEN, Lage
from tests.publishing.kunden import KUNDEN, Gezeigt, Kunde
from tests.publishing.lesen import event, events, lint, uids

CI = os.environ.get("PROFILE") == "ci"
PLAN = welt.plan(PROJEKT)
STAND = welt.STAND
ENTWURF = SITZUNGEN["entwurf/ufer"]
BESETZUNG = Besetzung(
    (
        Innehabung("buergeramtsleitung/links", "Erfunden A"),
        Innehabung("buergeramtsleitung/rechts", "Erfunden A"),
        Innehabung("bezirksvertreter/rechts", "Erfunden B"),
        Innehabung("bezirksbuergermeister/rechts", "Erfunden B"),
        Innehabung("stadtteilkoordination/ufer", "Erfunden C", bis=date(welt.JAHR, 6, 30)),
        Innehabung("stadtteilkoordination/ufer", "Erfunden D", ab=date(welt.JAHR, 7, 1)),
        Innehabung("fachdienst-1/links", "Erfunden E"),
    )
)
PERSONEN = ("Erfunden A", "Erfunden B", "Erfunden C", "Erfunden D", "Erfunden E")


def feed(record: Release, person: str) -> bytes:
    kalender = person_kalender(record, mark(DOMAIN, person))
    data = Kalendersatz(record).feed(kalender.name).inhalt
    assert lint(data) == []
    return data


def told(
    besetzung: Besetzung = BESETZUNG, vorher: Release | None = None, tage: int = 0, plan: Plan = PLAN
) -> Release:
    public = release(PROJEKT, welt.settled(plan), sprache="en")
    return persons(public, besetzung, STAND + timedelta(days=tage), vorher)


def test_p_33_one_event_names_all_roles() -> None:
    """P-33, S-16: two Bürgerämter of one person, or mayor and member of the BV: one event, both named."""
    uid = ENTWURF.uid(DOMAIN)
    zwei = event(feed(told(), "Erfunden A"), uid)["DESCRIPTION"]
    assert "Leitung des Bürgeramtes Links: Invited as member" in zwei
    assert "Leitung des Bürgeramtes Rechts: Invited as member" in zwei
    konferenz = SITZUNGEN["konferenz/rechts"].uid(DOMAIN)
    worte = event(feed(told(), "Erfunden B"), konferenz)["DESCRIPTION"]
    assert "Bezirksbürgermeister:in Rechts: Invited as host" in worte
    assert "Bezirksvertreter:in Rechts: Invited as guest" in worte
    for person in PERSONEN:
        found = uids(feed(told(), person))
        assert len(found) == len(set(found)) > 0


def test_s_18_who_holds_the_sitz_on_the_day() -> None:
    """S-18: one holder has the meetings until June, the next those after; a date moves from one to the other."""
    uid = ENTWURF.uid(DOMAIN)
    first = told()
    assert uid in uids(feed(first, "Erfunden C"))
    assert uid not in uids(feed(first, "Erfunden D"))
    termine = tuple(
        evolve(t, beginn=datetime(welt.JAHR, 9, 7, 16), ende=datetime(welt.JAHR, 9, 7, 18))
        if t.sitzung == ENTWURF.id
        else t
        for t in PLAN.termine
    )
    second = told(vorher=first, tage=1, plan=evolve(PLAN, termine=termine))
    old = event(feed(second, "Erfunden C"), uid)
    assert (old["STATUS"], old["SEQUENCE"]) == ("CANCELLED", "1")
    assert "You are no longer invited to this meeting" in old["DESCRIPTION"]
    assert event(feed(second, "Erfunden D"), uid)["STATUS"] == "CONFIRMED"


def test_s_18_the_old_holder_loses_what_is_to_come() -> None:
    """An end is written behind a name: cancellations for that person, and for nobody else a byte changes."""
    first = told()
    bis = date(welt.JAHR, 2, 3)
    ended = tuple(evolve(i, bis=bis) if i.person == "Erfunden E" else i for i in BESETZUNG.innehabungen)
    second = told(Besetzung(ended), first, 1)
    for v in events(feed(second, "Erfunden E")):
        assert (v["STATUS"] == "CANCELLED") is (v.zeit("DTSTART").date() > bis)
    assert "CANCELLED" in {v["STATUS"] for v in events(feed(second, "Erfunden E"))}
    for person in PERSONEN[:-1]:
        assert feed(second, person) == feed(first, person)


def test_s_41_uninvited() -> None:
    """S-41: a topic falls away, and the mayor reads a cancellation, unless invited for another reason."""
    ohne = evolve(PROJEKT, regeln=tuple(r for r in PROJEKT.regeln if r.id != "runde-bm"))
    first = told()
    second = persons(release(ohne, PLAN, sprache="en"), BESETZUNG, STAND + timedelta(days=1), first)
    v = event(feed(second, "Erfunden B"), ENTWURF.uid(DOMAIN))
    assert (v["STATUS"], v["SEQUENCE"]) == ("CANCELLED", "1")
    assert "no longer invited" in v["DESCRIPTION"]
    assert feed(second, "Erfunden A") == feed(first, "Erfunden A")


def test_one_sitz_less_is_a_change_of_words() -> None:
    """Who was invited twice and now is once is still invited: SEQUENCE goes up, nothing is cancelled."""
    first = told()
    weniger = Besetzung(tuple(i for i in BESETZUNG.innehabungen if i.sitz != "buergeramtsleitung/links"))
    v = event(feed(told(weniger, first, 1), "Erfunden A"), ENTWURF.uid(DOMAIN))
    assert (v["STATUS"], v["SEQUENCE"]) == ("CONFIRMED", "1")
    assert "Bürgeramtes Links" not in v["DESCRIPTION"]


def test_the_record_names_nobody_and_forgets_whom_nobody_lists() -> None:
    """P-67: no key of a person stands in it; taken out of besetzung.csv, a person leaves no trace."""
    record = told()
    text = release_to_json(record)
    assert not any(person in text for person in PERSONEN)
    assert release_from_json(text) == record
    ohne = Besetzung(tuple(i for i in BESETZUNG.innehabungen if i.person != "Erfunden B"))
    later = told(ohne, told(vorher=record, tage=1), 2)
    assert mark(DOMAIN, "Erfunden B") in text
    assert mark(DOMAIN, "Erfunden B") not in release_to_json(later)
    assert feed(later, "Erfunden A") == feed(record, "Erfunden A")


def test_who_is_named_again_goes_on_counting() -> None:
    """Forgotten, and so without a trace, a person has the old events in its programs still: no SEQUENCE is smaller."""
    besetzung, record = BESETZUNG, told()
    for tag in (1, 2):  # each time with other words
        weniger = besetzung.innehabungen[1:] if tag == 1 else BESETZUNG.innehabungen
        besetzung = Besetzung(weniger)
        record = told(besetzung, record, tag)
    before = {v["UID"]: int(v["SEQUENCE"]) for v in events(feed(record, "Erfunden A"))}
    assert max(before.values()) > 0
    record = told(Besetzung(BESETZUNG.innehabungen[2:]), record, 3)
    assert mark(DOMAIN, "Erfunden A") not in release_to_json(record)
    record = told(BESETZUNG, record, 4)
    after = {v["UID"]: int(v["SEQUENCE"]) for v in events(feed(record, "Erfunden A"))}
    assert all(after[uid] >= before[uid] for uid in before)


def test_a_lost_record_counts_back_nobody() -> None:
    """personen.json is gone after several changes: no SEQUENCE is smaller, and from then on it is counted as ever."""
    record = told()
    for tag in (1, 2, 3):
        weniger = BESETZUNG.innehabungen[1:] if tag % 2 else BESETZUNG.innehabungen
        record = told(Besetzung(weniger), record, tag)
    before = {v["UID"]: int(v["SEQUENCE"]) for v in events(feed(record, "Erfunden A"))}
    assert max(before.values()) > 1
    public = release(PROJEKT, welt.settled(PLAN), sprache="en")
    anew = persons(public, BESETZUNG, STAND + timedelta(days=4), erstmals=False)
    after = {v["UID"]: int(v["SEQUENCE"]) for v in events(feed(anew, "Erfunden A"))}
    assert all(after[uid] > before[uid] for uid in before)
    assert persons(public, BESETZUNG, STAND + timedelta(days=5), anew) == anew
    assert {int(v["SEQUENCE"]) for v in events(feed(told(), "Erfunden A"))} == {0}


def test_what_others_are_told_is_not_counted_with_mine() -> None:
    """A meeting that is new to me counts from 0, however often others were told something before."""
    ohne = evolve(PLAN, termine=tuple(t for t in PLAN.termine if t.sitzung != ENTWURF.id))
    weniger = Besetzung(BESETZUNG.innehabungen[:-1])
    still = told(tage=2, vorher=told(plan=ohne))
    laut = told(tage=2, vorher=told(weniger, told(plan=ohne), 1, ohne))
    assert event(feed(still, "Erfunden A"), ENTWURF.uid(DOMAIN))["SEQUENCE"] == "0"
    for person in PERSONEN[:-1]:
        assert feed(laut, person) == feed(still, person)


def test_no_feed_names_a_person() -> None:
    """Not even its own."""
    for person in PERSONEN:
        assert b"Erfunden" not in feed(told(), person)


def truth(lage: Lage, besetzung: Besetzung, person: str) -> dict[str, Gezeigt]:
    """Return what a person is to see, by plan, rules and who holds what."""
    alle = geschichten.truth(lage, "alle")
    found = {}
    for jahr, t in ((eine.plan.jahr, t) for eine in lage.alle for t in eine.plan.termine):
        sitzung, tag = geschichten.sitzungen(jahr)[t.sitzung], t.beginn.date()
        geladen = invitations(lage.projekt.stadt, lage.projekt.regeln, sitzung, tag)
        if t.ende > lage.stand and any(person in besetzung.inhaber(e.sitz.id, tag) for e in geladen):
            found[sitzung.uid(DOMAIN)] = alle[sitzung.uid(DOMAIN)]
    for jahr, b in ((eine.plan.jahr, b) for eine in lage.alle for b in eine.plan.beratungen):
        beratung = geschichten.beratungen(jahr)[b.beratung]
        sitze = {*b.vortrag, f"bezirksbuergermeister/{beratung.gremium.gebiet.id}"}
        if any(person in besetzung.inhaber(sitz, b.beginn.date()) for sitz in sitze):
            found[beratung.uid(DOMAIN)] = Gezeigt(b.beginn, b.ende, str(beratung.name), "Ratssaal")
    return geschichten.to_come(lage, found)


def changed(besetzung: Besetzung, chance: Random) -> Besetzung:
    """Return who holds what after one change of a day."""
    alle = list(besetzung.innehabungen)
    n = chance.randrange(len(alle))
    tag = date(welt.JAHR, 1, 1) + timedelta(days=chance.randrange(365))
    wann = chance.choice((None, tag))
    alle[n] = evolve(alle[n], ab=wann) if chance.random() < 0.5 else evolve(alle[n], bis=wann)
    return Besetzung(tuple(alle))


def live(seed: int, releases: int) -> None:
    """Play a history in which Sitze change hands as well; every client comes to the truth."""
    chance, besetzung = Random(seed), BESETZUNG
    kunden: dict[str, list[Kunde]] = {p: [kunde() for kunde in KUNDEN] for p in PERSONEN}
    record = None
    for lage, ausgabe in geschichten.history(Random(seed), releases):
        if chance.random() < 0.4:
            besetzung = changed(besetzung, chance)
        record = persons(
            ausgabe, besetzung, max(ausgabe.stand, record.stand if record else ausgabe.stand), record
        )
        for person, alle in kunden.items():
            if chance.random() < 0.3:
                continue
            wahr = truth(lage, besetzung, person)
            for kunde in alle:
                kunde.fetch(feed(record, person))
                gezeigt = geschichten.to_come(lage, kunde.shown())
                assert gezeigt == wahr, (person, type(kunde).__name__)


@settings(max_examples=20 if CI else 1)
@given(st.integers(0, 2**32))
def test_every_client_of_every_person_comes_to_the_truth(seed: int) -> None:
    live(seed, 5)


@pytest.mark.acceptance
@pytest.mark.parametrize("seed", range(20))
def test_long_histories(seed: int) -> None:
    live(seed, 100)
