"""``replan``: as few dates moved as possible, none that is past, near or invited, and why each of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan import solver
from gremienplan.auditing import audit
from gremienplan.fristen import Frist, Fristart
from gremienplan.loading import load
from gremienplan.plan import Beratungstermin, Conflict, Plan, Stufe, Undecided, Zustand, record, unterschied
from gremienplan.planning import Umplanung, held, planen, replan, schedule
from gremienplan.planning.frage import Frage
from gremienplan.programm.bedingungen import KeineFeiertage, KeineSchulferien
from gremienplan.projekt import Besetzt, Pin, Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.ratskalender import FreierTag, Freitage, Ratssitzung
from gremienplan.requirements import Fest, Sperrtage
from gremienplan.solver import Unmoeglich
from gremienplan.texts import Text
from tests.nur_ci import nur_ci

MUSTER = Path(__file__).parents[1] / "cli" / "musterstadt"
TAG = timedelta(days=1)
DAMALS, HEUTE = datetime(2026, 10, 1), datetime(2027, 1, 10)


@cache
def projekt() -> Projekt:
    return load(MUSTER, jahr=2027)


@cache
def plan(zustand: Zustand = Zustand.PUBLISHED) -> Plan:
    found = schedule(projekt(), 2027, stand=DAMALS)
    assert isinstance(found, Plan)
    return record(found, None, DAMALS, zustand)


def with_sittings(sittings: Sequence[Ratssitzung]) -> Projekt:
    return evolve(projekt(), ratskalender=evolve(projekt().ratskalender, sitzungen=tuple(sittings)))


def moved(gremium: str, monat: int, tage: int) -> Projekt:
    """Return the project with one sitting on another day."""
    return with_sittings(
        [
            evolve(s, beginn=s.beginn + tage * TAG, ende=s.ende + tage * TAG)
            if s.gremium == gremium and s.tag.month == monat
            else s
            for s in projekt().ratskalender.sitzungen
        ]
    )


def answered(found: object) -> Umplanung:
    assert isinstance(found, Umplanung)
    return found


def ids(found: Umplanung) -> set[str]:
    return {v.ereignis for v in found.unterschied.verlegt}


def test_what_still_holds_stays() -> None:
    """Nothing is moved, and that is proven."""
    found = answered(replan(projekt(), plan(), stand=HEUTE))
    assert not found.unterschied
    assert (found.verlegungen.wert, found.verlegungen.bewiesen) == (0, True)
    assert found.gruende == {}


def test_a_dearer_plan_still_stays() -> None:
    """Points are no reason to move what people have been told."""
    first = plan().termine[0]
    later = evolve(first, beginn=first.beginn + TAG / 24, ende=first.ende + TAG / 24)
    told = evolve(plan(), termine=(later, *plan().termine[1:]))
    assert audit(projekt(), told).ok
    found = answered(replan(projekt(), told, stand=HEUTE))
    assert not found.unterschied
    assert found.plan.stufen[1].wert > plan().stufen[0].wert


def test_a_sitting_moved_before_the_drafts_moves_both_chains() -> None:
    """S-01: both items go with their sitting, and both drafts before it; the rest of the year stays."""
    new = moved("bezirksvertretung/ost", 4, -30)
    found = answered(replan(new, plan(), stand=HEUTE))
    drafts = {"runde-entwurf/am-berg", "runde-entwurf/am-fluss"}
    assert ids(found) == {"bv-entwurf/am-berg/ost", "bv-entwurf/am-fluss/ost", *drafts}
    assert found.unterschied.bleibt == (
        "bv-entwurf/am-fluss/west",
        "runde-abschluss/am-berg",
        "runde-abschluss/am-fluss",
    )
    assert audit(new, found.plan).ok
    assert found.verlegungen == Stufe(-1, 4, 4)
    for draft in drafts:
        assert "Vorstellung des Entwurfs" in str(found.gruende[draft][0].meldung)


def test_one_chain_leaves_the_other_alone() -> None:
    """S-01: what does not hang on the sitting keeps all its dates."""
    found = answered(replan(moved("bezirksvertretung/west", 4, -30), plan(), stand=HEUTE))
    assert ids(found) == {"bv-entwurf/am-fluss/west", "runde-entwurf/am-fluss"}


def test_a_cancelled_sitting_never_loses_the_item() -> None:
    """S-10: it is heard in another sitting; without any other, that is said, not left out."""
    item = plan().beratungen[0]
    used = next(s for s in projekt().ratskalender.sitzungen if s.key == item.sitzung)
    extra = evolve(used, key="neu", beginn=used.beginn + 7 * TAG, ende=used.ende + 7 * TAG)
    others = [s for s in projekt().ratskalender.sitzungen if s is not used]
    found = answered(replan(with_sittings([*others, extra]), plan(), stand=HEUTE))
    assert ids(found) >= {item.beratung}
    assert next(b for b in found.plan.beratungen if b.beratung == item.beratung).sitzung == "neu"
    assert isinstance(replan(with_sittings(others), plan(), stand=HEUTE), Conflict)


def cancelled(item: Beratungstermin, stand: datetime) -> Projekt:
    """Return the project in which the sitting of an item is cancelled, with another one on the day after ``stand``."""
    used = next(s for s in projekt().ratskalender.sitzungen if s.key == item.sitzung)
    um = stand.date() + TAG - used.tag
    extra = evolve(used, key="neu", beginn=used.beginn + um, ende=used.ende + um)
    others = [s for s in projekt().ratskalender.sitzungen if s is not used]
    new = with_sittings([*others, extra])
    return evolve(new, ratskalender=evolve(new.ratskalender, abgesagt=(used,)))


def test_what_a_cancelled_sitting_should_have_heard_is_no_fact() -> None:
    """S-10, later: its day is past, but it was not heard. That is said; of a draft, or if wanted, another hears it."""
    item = min(plan().beratungen, key=lambda b: b.beginn)
    stand = item.beginn + TAG
    new = cancelled(item, stand)
    found = replan(new, plan(), stand=stand)
    assert isinstance(found, Conflict)
    assert "what is past is not moved without a word" in " ".join(
        str(r.satz(found.namen)) for r in found.requirements
    )
    fell = {b.beratung for b in plan().beratungen if b.sitzung == item.sitzung}
    assert held(found)
    assert fell.issuperset(held(found))
    assert set(held(found, plan())) == fell > set(held(found)), "who thaws them is told of all at once"
    for answer in (
        replan(new, plan(), stand=stand, auch=fell, frozen=0),
        replan(new, plan(Zustand.DRAFT), stand=stand),
    ):
        heard = {b.beratung for b in answered(answer).plan.beratungen if b.sitzung == "neu"}
        assert heard == fell
        assert audit(new, answered(answer).plan).ok
    unsaid = evolve(new, ratskalender=evolve(new.ratskalender, abgesagt=()))
    assert not answered(replan(unsaid, plan(), stand=stand)).unterschied


def test_another_key_is_no_move() -> None:
    """A source that numbers its sittings anew moves nothing: nobody has been told the key."""
    renamed = [evolve(s, key=f"neu-{n}") for n, s in enumerate(projekt().ratskalender.sitzungen)]
    found = answered(replan(with_sittings(renamed), plan(), stand=HEUTE))
    assert not found.unterschied
    assert all(b.sitzung.startswith("neu-") for b in found.plan.beratungen)


def absent(tag: datetime) -> Projekt:
    """Return the project with every Leitung away on one day."""
    sitze = [s.id for s in projekt().stadt.sitze.values() if s.rolle.id == "leitung"]
    return evolve(projekt(), besetzt=tuple(Besetzt(s, tag, tag + TAG, "abwesend (erfunden)") for s in sitze))


def near(zustand: Zustand) -> tuple[Projekt, Plan, datetime, str]:
    """Return a plan whose first Termin has become impossible, a week before it."""
    first = min(plan(zustand).termine, key=lambda t: t.beginn)
    day = first.beginn.replace(hour=0, minute=0)
    return absent(day), plan(zustand), day - 7 * TAG, first.sitzung


@nur_ci("several searches")
def test_what_is_near_is_not_moved_silently() -> None:
    """P-71: the Conflict names what had to stay, on the planner's word; said explicitly, it may be moved."""
    new, told, stand, first = near(Zustand.PUBLISHED)
    found = replan(new, told, stand=stand)
    assert isinstance(found, Conflict)
    assert held(found) == (first,)
    (stays,) = (r for r in found.requirements if isinstance(r, Fest))
    assert stays.grundlage.authority is Authority.VORGABE
    assert "nothing within 14 days is moved any more" in str(stays.satz(found.namen))
    assert first in ids(answered(replan(new, told, stand=stand, auch=held(found))))
    assert first in ids(answered(replan(new, told, stand=stand, frozen=6)))


@pytest.mark.parametrize("grund", ["ferien", "feiertage"])
def test_a_new_free_day_is_named(grund: str) -> None:
    """Where what had to stay is on a day that is blocked now, the Conflict says what that day is, and which day."""
    first = min(plan().termine, key=lambda t: t.beginn)
    tag = first.beginn.date()
    art = KeineSchulferien if grund == "ferien" else KeineFeiertage
    bedingung = art("frei", ("runde",), Grundlage(Authority.VORGABE))
    tage = FreierTag(tag - 40 * TAG, tag - 30 * TAG, "Winter"), FreierTag(tag, tag, "Ausflug (erfunden)")
    frei = Freitage(ferien=tage) if grund == "ferien" else Freitage(feiertage=tage)
    programm = evolve(projekt().programm, bedingungen=(*projekt().programm.bedingungen, bedingung))
    new = evolve(projekt(), programm=programm, freitage=frei)
    found = replan(new, plan(), stand=first.beginn - 7 * TAG)
    assert isinstance(found, Conflict)
    (frei_tag,) = (r for r in found.requirements if isinstance(r, Sperrtage))
    said = str(frei_tag.satz(found.namen))
    assert f"{tag}: Ausflug (erfunden)." in said
    assert "Winter" not in said
    assert "Ausflug" not in str(evolve(frei_tag, hier=()).satz(found.namen))


def test_of_a_draft_nobody_has_been_told() -> None:
    """Nothing of it is near; few moves all the same."""
    new, told, stand, first = near(Zustand.DRAFT)
    found = answered(replan(new, told, stand=stand))
    assert first in ids(found)
    assert found.gehalten == {}


def test_what_is_past_is_a_fact() -> None:
    """S-56, P-71: on the day itself it is history, whatever has become of its conditions; nothing is put before."""
    new, told, stand, first = near(Zustand.PUBLISHED)
    found = answered(replan(new, told, stand=stand + 7 * TAG))
    assert first not in ids(found)
    assert all(v.jetzt.tag > stand.date() for v in found.unterschied.verlegt)


def invited(tage: int) -> Projekt:
    runde = Frist("ladung", Fristart.LADUNG, ("runde",), tage, Grundlage(Authority.TEXT, "M-1-RUNDE"))
    return evolve(projekt(), programm=evolve(projekt().programm, fristen=(runde,)))


def test_an_invitation_that_is_out_holds_its_date() -> None:
    """Until its last day the date may be moved, after it only if that is said."""
    new, told, _, first = near(Zustand.PUBLISHED)
    new = evolve(invited(10), besetzt=new.besetzt)
    tag = next(t.beginn for t in told.termine if t.sitzung == first).replace(hour=0, minute=0)
    in_time = answered(replan(new, told, stand=tag - 12 * TAG, frozen=0))
    assert first in ids(in_time)
    late = replan(new, told, stand=tag - 10 * TAG, frozen=0)
    assert isinstance(late, Conflict)
    assert "the invitation had to be out by" in " ".join(str(r.satz(late.namen)) for r in late.requirements)
    assert held(late) == (first,)


def test_what_is_moved_can_still_be_invited() -> None:
    """Its new date leaves time for the invitation."""
    new, told, _, first = near(Zustand.PUBLISHED)
    new = evolve(invited(10), besetzt=new.besetzt)
    tag = next(t.beginn for t in told.termine if t.sitzung == first).replace(hour=0, minute=0)
    stand = tag - 12 * TAG
    found = answered(replan(new, told, stand=stand, frozen=0))
    for v in found.unterschied.verlegt:
        if v.ereignis.startswith("runde"):
            assert v.jetzt.tag - stand.date() > 10 * TAG


def pin(tage: int, *, uhr: bool = True) -> Pin:
    """Pin the first Termin to another day, so many days earlier."""
    first = min(plan().termine, key=lambda t: t.beginn)
    return Pin(first.sitzung, first.beginn.date() - tage * TAG, first.beginn.time() if uhr else None)


def test_pins_are_requirements() -> None:
    """A date that is wished for is kept, alone or as a day, and is the reason; or it takes part in the Conflict."""
    for uhr in (True, False):
        one = pin(1, uhr=uhr)
        found = answered(replan(projekt(), plan(), stand=HEUTE, pins=[one]))
        assert ids(found) == {one.sitzung}
        assert found.unterschied.verlegt[0].jetzt.tag == one.tag
        assert [f.requirement.id for f in found.gruende[one.sitzung]] == [f"pin:{one.sitzung}"]
    no = replan(projekt(), plan(), stand=HEUTE, pins=[pin(-200)])
    assert isinstance(no, Conflict)
    assert f"pin:{pin(1).sitzung}" in {r.id for r in no.requirements}
    assert "it is pinned" in " ".join(str(r.satz(no.namen)) for r in no.requirements)


def test_a_pin_is_a_word_that_moves_what_is_near() -> None:
    """Whoever pins a date has said that it may be moved."""
    one = pin(1)
    stand = datetime.combine(one.tag - 7 * TAG, datetime.min.time())
    assert ids(answered(replan(projekt(), plan(), stand=stand, pins=[one]))) == {one.sitzung}


def test_a_pin_of_the_project_holds_for_every_plan() -> None:
    """Fresh plans, changed ones and the audit; another pin tried comes before it."""
    one = pin(1)
    mit = evolve(projekt(), pins=(one,))
    fresh = schedule(mit, 2027, stand=DAMALS)
    assert isinstance(fresh, Plan)
    assert fresh.lagen[one.sitzung][0].beginn == one.beginn
    assert [f.requirement.id for f in audit(mit, plan()).findings] == [f"pin:{one.sitzung}"]
    assert ids(answered(replan(mit, plan(), stand=HEUTE))) == {one.sitzung}
    tried = answered(replan(mit, plan(), stand=HEUTE, pins=[pin(5)]))
    assert tried.plan.lagen[one.sitzung][0].tag == pin(5).tag


def test_the_history_says_what_was_moved() -> None:
    """P-62: what is recorded as moved is what the answer says, and the state stays."""
    found = answered(replan(projekt(), plan(), stand=HEUTE, pins=[pin(1)]))
    kept = record(found.plan, plan(), HEUTE, plan().zustand)
    assert kept.zustand is Zustand.PUBLISHED
    assert [e for e, _ in kept.verlauf[-1].verlegt] == [v.ereignis for v in found.unterschied.verlegt]
    assert unterschied(plan(), kept) == found.unterschied


# --- what is open -------------------------------------------------------------------------------------------


def without_a_sitting() -> tuple[Projekt, str]:
    """Return the project without a sitting that the plan needs, and the event that was heard in it."""
    item = plan().beratungen[0]
    others = [s for s in projekt().ratskalender.sitzungen if s.key != item.sitzung]
    return with_sittings(others), item.beratung


@cache
def partial() -> Plan:
    found = schedule(without_a_sitting()[0], 2027, stand=DAMALS, partial=True)
    assert isinstance(found, Plan)
    assert without_a_sitting()[1] in found.offen
    return record(found, None, DAMALS, Zustand.PUBLISHED)


def test_what_a_partial_plan_leaves_open_stays_open() -> None:
    """Nothing has changed: no date moves, the same is open, and that it must be is proven."""
    found = answered(replan(without_a_sitting()[0], partial(), stand=DAMALS))
    assert not found.unterschied
    assert found.plan.offen == partial().offen
    assert found.plan.stufen[0] == partial().stufen[0]
    assert found.verlegungen == Stufe(-1, 0, 0)
    assert audit(without_a_sitting()[0], found.plan).ok
    assert found.plan.lagen == partial().lagen


def test_what_is_open_gets_a_date_as_soon_as_it_can() -> None:
    """The sitting is back: what was open is new, and no open event is counted any more."""
    found = answered(replan(projekt(), partial(), stand=DAMALS))
    assert found.plan.offen == ()
    assert {lage.ereignis for lage in found.unterschied.neu} == set(partial().offen)
    assert found.plan.stufen[0] == found.verlegungen


def test_what_has_a_date_is_not_left_open_instead() -> None:
    """What is off today must have a date: the Conflict speaks of that, not of what has been open before."""
    new, _ = without_a_sitting()
    dated = next(b for b in partial().beratungen if b.sitzung)
    gone = [s for s in new.ratskalender.sitzungen if s.gremium != dated.gremium]
    found = replan(evolve(new, ratskalender=evolve(new.ratskalender, sitzungen=tuple(gone))), partial())
    assert isinstance(found, Conflict)
    spoken = {e for r in found.requirements for e in r.ereignisse}
    assert spoken & {b.beratung for b in partial().beratungen if b.gremium == dated.gremium}
    assert not spoken & set(partial().offen)


def test_what_is_open_anyway_is_no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where also less of the year cannot be planned, that is what is explained: not what may stay open."""
    (new, item), told = without_a_sitting(), partial()
    asked: list[frozenset[str]] = []

    def noted(frage: Frage, grenze: float, stop: object) -> Undecided:
        asked.append(frage.year.offen)
        return Undecided(frage.year.jahr, Text("noted"))

    monkeypatch.setattr(planen, "explain", noted)
    monkeypatch.setattr(solver, "Suche", Nie)
    assert isinstance(replan(new, told, stand=DAMALS), Undecided)
    (offen,) = asked
    assert item in offen


class Nie:
    """A search that never finds a plan."""

    def __init__(self, *_: object, **__: object) -> None:
        """Whatever is asked."""

    def run(self) -> Unmoeglich:
        return Unmoeglich()


def test_a_pin_on_what_is_open_is_no_reason_to_leave_it_open() -> None:
    """Whoever pins it wants a date: the Conflict says why there is none."""
    new, item = without_a_sitting()
    found = replan(new, partial(), stand=DAMALS, pins=[Pin(item, plan().lagen[item][0].tag, None)])
    assert isinstance(found, Conflict)
    assert any(item in r.ereignisse for r in found.requirements)


# --- nothing is put near --------------------------------------------------------------------------------------


def nearer(um: int, *, same: bool = False, key: str = "nah") -> tuple[Projekt, Beratungstermin, datetime]:
    """Return the project in which the sitting of an item has moved by so many days, and a moment 15 days before it."""
    item = plan().beratungen[0]
    used = next(s for s in projekt().ratskalender.sitzungen if s.key == item.sitzung)
    new = evolve(
        used, key=used.key if same else key, beginn=used.beginn + um * TAG, ende=used.ende + um * TAG
    )
    others = [s for s in projekt().ratskalender.sitzungen if s is not used]
    return with_sittings([*others, new]), item, item.beginn - 15 * TAG


def test_nothing_is_put_near() -> None:
    """Whoever is told so late cannot come: the Conflict says it; said explicitly, or in a draft, it may be."""
    new, item, stand = nearer(-4)
    found = replan(new, plan(), stand=stand)
    assert isinstance(found, Conflict)
    said = " ".join(str(r.satz(found.namen)) for r in found.requirements)
    assert "nothing is put within the next 14 days any more" in said
    assert held(found) == (item.beratung,)
    for answer in (
        replan(new, plan(), stand=stand, auch=held(found, plan())),
        replan(new, plan(), stand=stand, frozen=5),
        replan(new, plan(Zustand.DRAFT), stand=stand),
    ):
        heard = next(b for b in answered(answer).plan.beratungen if b.beratung == item.beratung)
        assert heard.sitzung == "nah"


def test_an_item_goes_with_its_own_sitting() -> None:
    """Where the sitting itself was moved into these days, that is no date of ours."""
    new, item, stand = nearer(-4, same=True)
    assert item.beratung in ids(answered(replan(new, plan(), stand=stand)))
