"""What is over, and what was held, stays as it was told, whatever rules or city say later."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from attrs import evolve

from gremienplan.plan import Gehalten, Plan
from gremienplan.projekt import Projekt
from gremienplan.publishing.feeds import Kalendersatz, release
from gremienplan.release import Art, Release, Status
from gremienplan.texts import LANGUAGES
from tests.publishing import welt

P = welt.projekt()
PLAN = welt.plan(P)
RUNDE = next(t for t in PLAN.termine if t.sitzung == "runde-1/ufer")
UID = P.sitzung(RUNDE.sitzung, welt.JAHR).uid(P.stadt.domain)
ERSTE = release(P, PLAN, stand=welt.STAND, erstmals=True)
FRISCH = evolve(P, regeln=tuple(r for r in P.regeln if r.id not in ("runde-ba", "runde-buero")))
"""The city with rules that invite neither Bürgeramt nor Stadtteilbüro to a round any more."""
NEU = evolve(
    P, regeln=tuple(evolve(r, rollen=(*r.rollen, "archiv")) if r.id == "runde-ba" else r for r in P.regeln)
)
"""The city with rules that invite the archive, too."""
DAVOR, DANACH = RUNDE.beginn - timedelta(days=1), RUNDE.ende
HELD = evolve(PLAN, gehalten={RUNDE.sitzung: Gehalten()})


def after(projekt: Projekt, plan: Plan, stand: datetime, vorher: Release = ERSTE) -> Release:
    """Return the next release."""
    return release(projekt, welt.settled(plan), vorher=vorher, stand=stand)


def kinds(found: Release, uid: str = UID) -> dict[str, Art]:
    """Return what each audience was told of an event in the last release."""
    aenderungen = found.ausgaben[-1].aenderungen if found.nummer > 1 else ()
    return {p: a.art for a in aenderungen if a.uid == uid for p in a.publikum}


@pytest.mark.parametrize("projekt", [FRISCH, NEU])
@pytest.mark.parametrize(("plan", "stand"), [(PLAN, DANACH), (HELD, DAVOR)], ids=["over", "held"])
def test_rules_change_nothing_of_the_past(projekt: Projekt, plan: Plan, stand: datetime) -> None:
    """Nobody is un-invited from what is over, or was held, and nobody invited to it; no word, no page differs."""
    found = after(projekt, plan, stand)
    assert kinds(found) == {}
    assert found.nach_uid[UID] == ERSTE.nach_uid[UID]


@pytest.mark.parametrize(("projekt", "art"), [(FRISCH, Art.AUSGELADEN), (NEU, Art.NEU)])
def test_what_is_to_come_follows_the_rules(projekt: Projekt, art: Art) -> None:
    """The same change is told the day before: to whom it concerns, and what takes place is not called cancelled."""
    found = after(projekt, PLAN, DAVOR)
    assert art in kinds(found).values()
    titel = {f.gesicht.titel for f in found.nach_uid[UID].fassungen.values() if f.abgesagt}
    assert all(one.startswith("Nicht mehr eingeladen: Koordinierungsrunde") for one in titel)
    assert bool(titel) is (art is Art.AUSGELADEN)


def test_the_minutes_are_told() -> None:
    """They are the one line that comes, changes and goes after the meeting; the page says the same."""
    found = ERSTE
    alt = ERSTE.nach_uid[UID]
    for nummer, adresse in enumerate(("https://flussau.example/1.pdf", "https://flussau.example/2.pdf", "")):
        plan = evolve(PLAN, gehalten={RUNDE.sitzung: Gehalten(protokoll=adresse)})
        found = after(FRISCH, plan, DANACH + timedelta(days=nummer), found)
        neu = found.nach_uid[UID]
        assert set(kinds(found).values()) == {Art.WORTE}
        assert neu.fassungen.keys() == alt.fassungen.keys()
        for publikum, fassung in neu.fassungen.items():
            line = (f"Protokoll: {adresse}",) if adresse else ()
            assert fassung.gesicht.worte == (*alt.fassungen[publikum].gesicht.worte, *line)
        for sprache in LANGUAGES:
            assert len(neu.seiten[sprache].worte) == len(alt.seiten[sprache].worte) + bool(adresse)
            assert neu.seiten[sprache].geladen == alt.seiten[sprache].geladen


def test_what_the_plan_says_is_told() -> None:
    """What was cancelled or moved by the office is told, late as it may be; so is a date in the past it was put to."""
    found = after(P, welt.cancelled(PLAN, RUNDE.sitzung, DANACH), DANACH)
    assert set(kinds(found).values()) == {Art.ABGESAGT}
    for beginn in (RUNDE.beginn + timedelta(days=9), RUNDE.beginn - timedelta(days=9)):
        found = after(P, welt.moved(PLAN, RUNDE.sitzung, beginn, DANACH), DANACH)
        assert set(kinds(found).values()) == {Art.VERLEGT}


def test_who_was_no_longer_invited_stays_so() -> None:
    """Whom the rules invite again once the meeting is over was not there."""
    ohne = after(FRISCH, PLAN, DAVOR)
    amt = "amt/stadtteilbuero-ufer"
    assert ohne.nach_uid[UID].fassungen[amt].gesicht.status is Status.CANCELLED
    assert after(P, PLAN, DANACH, ohne).nach_uid[UID].fassungen[amt] == ohne.nach_uid[UID].fassungen[amt]


def test_residents_hear_of_what_was_held_back() -> None:
    """Whatever others were told of it: they hear of a date as soon as it is no longer held back."""
    konferenz = next(t for t in PLAN.termine if t.sitzung == "konferenz/ufer")
    erste = release(P, PLAN, stand=welt.STAND, erstmals=True, zurueck={(welt.JAHR, konferenz.sitzung)})
    uid = P.sitzung(konferenz.sitzung, welt.JAHR).uid(P.stadt.domain)
    assert kinds(after(P, PLAN, konferenz.ende, erste), uid) == {"oeffentlich": Art.NEU}


def test_a_year_published_late_is_told_whole() -> None:
    """Its dates of the past, too: nobody was told of them."""
    um = timedelta(days=364)
    frueher = evolve(
        PLAN,
        jahr=welt.JAHR - 1,
        termine=tuple(evolve(t, beginn=t.beginn - um, ende=t.ende - um) for t in PLAN.termine),
        beratungen=(),
    )
    found = release(P, PLAN, fruehere=(welt.settled(frueher),), vorher=ERSTE, stand=welt.STAND)
    uid = P.sitzung(RUNDE.sitzung, welt.JAHR - 1).uid(P.stadt.domain)
    assert uid.encode() in Kalendersatz(found).feed("alle.ics").inhalt
