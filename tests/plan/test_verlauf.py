"""The history: what each run changed, told once, never rewritten."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.errors import InputError
from gremienplan.plan import (
    Absage,
    Beratungstermin,
    Plan,
    Zustand,
    abgesagte,
    letzte_aenderung,
    plan_from_json,
    plan_to_json,
    record,
    record_edits,
    sequenz,
    unrecorded,
)
from gremienplan.plan.text import geordnet
from tests.plan.plaene import BERATUNGEN, MUSTER, SITZUNGEN, ergebnisse

EREIGNISSE = (*SITZUNGEN, *BERATUNGEN)
START = datetime(2026, 11, 2, 9)
folgen = st.lists(ergebnisse(), min_size=1, max_size=6)


def _stand(nummer: int) -> datetime:
    return START + timedelta(days=nummer)


def _runs(folge: list[Plan]) -> list[Plan]:
    """Return the plan on the disk after each run."""
    plaene: list[Plan] = []
    for nummer, neu in enumerate(folge):
        plaene.append(record(neu, plaene[-1] if plaene else None, _stand(nummer), Zustand.DRAFT))
    return plaene


@given(ergebnisse())
def test_the_first_entry_says_that_everything_is_new(neu: Plan) -> None:
    plan = record(neu, None, START, Zustand.DRAFT)
    (eintrag,) = plan.verlauf
    assert (eintrag.stand, eintrag.neu, eintrag.verlegt, eintrag.abgesagt) == (
        START,
        tuple(sorted(neu.lagen)),
        (),
        (),
    )


@given(folgen, st.sampled_from(Zustand))
def test_a_run_that_changes_nothing_changes_no_byte(folge: list[Plan], zustand: Zustand) -> None:
    """Same inputs, same result, same state: the plan on the disk stays, whatever the clock says."""
    plan = record(_runs(folge)[-1], None, START, zustand)
    for tage in (99, 0, -99):
        assert record(evolve(plan, verlauf=()), plan, START + timedelta(days=tage), zustand) is plan


@given(folgen)
def test_the_history_is_only_ever_added_to(folge: list[Plan]) -> None:
    plaene = _runs(folge)
    for vorher, nachher in pairwise(plaene):
        assert nachher.verlauf[: len(vorher.verlauf)] == vorher.verlauf
        assert len(nachher.verlauf) - len(vorher.verlauf) in (0, 1)


@given(folgen)
def test_the_plan_is_always_the_result_of_its_last_run(folge: list[Plan]) -> None:
    assert evolve(_runs(folge)[-1], verlauf=(), aufgezeichnet={}) == geordnet(folge[-1])


@given(folgen)
def test_the_history_tells_what_stands(folge: list[Plan]) -> None:
    """Whoever follows the entries knows which events take place, and since when each has its date."""
    plan = _runs(folge)[-1]
    stehen: set[str] = set()
    for eintrag in plan.verlauf:
        verlegt, abgesagt = dict(eintrag.verlegt), {a.ereignis: a for a in eintrag.abgesagt}
        assert stehen.isdisjoint(eintrag.neu)
        assert verlegt.keys() | abgesagt.keys() <= stehen
        stehen = (stehen | set(eintrag.neu)) - abgesagt.keys()
    assert stehen == plan.lagen.keys()


@given(folgen)
def test_sequences_never_fall_and_grow_with_every_change(folge: list[Plan]) -> None:
    """An event that changed between two runs has a higher number and a later stand; one that did not, neither."""
    plaene = _runs(folge)
    for nummer, (vorher, nachher) in enumerate(pairwise(plaene), 1):
        for ereignis in EREIGNISSE:
            bekannt = any(ereignis in e.neu for e in vorher.verlauf)
            geaendert = vorher.lagen.get(ereignis) != nachher.lagen.get(ereignis)
            assert sequenz(nachher, ereignis) - sequenz(vorher, ereignis) == int(bekannt and geaendert)
            if geaendert:
                assert letzte_aenderung(nachher, ereignis) == _stand(nummer)
            elif bekannt:
                assert letzte_aenderung(nachher, ereignis) == letzte_aenderung(vorher, ereignis)


@given(folgen)
def test_cancelled_is_what_once_stood_and_no_longer_does(folge: list[Plan]) -> None:
    """Each as it last was; what takes place again is not cancelled."""
    plan = _runs(folge)[-1]
    einmal = {ereignis for neu in folge for ereignis in neu.lagen}
    erwartet = {
        ereignis: next(neu.vermerke[ereignis][0] for neu in reversed(folge) if ereignis in neu.lagen)
        for ereignis in einmal - plan.lagen.keys()
    }
    assert abgesagte(plan) == tuple(
        Absage(ereignis, v.gremium, v.beginn, v.ende, v.ort, v.vortrag)
        for ereignis, v in sorted(erwartet.items())
    )


@given(folgen)
def test_a_history_survives_its_file(folge: list[Plan]) -> None:
    plan = _runs(folge)[-1]
    assert plan_from_json(plan_to_json(plan)) == plan


@given(ergebnisse())
def test_another_state_or_another_input_is_an_entry_without_changes(neu: Plan) -> None:
    """Nothing moved, so no event is mentioned; a draft that becomes more changes what takes place, once."""
    entwurf = record(neu, None, START, Zustand.DRAFT)
    fertig = record(neu, entwurf, _stand(1), Zustand.PUBLISHED)
    andere = record(evolve(neu, eingaben={"stadt.toml": "sha256:11"}), fertig, _stand(2), Zustand.PUBLISHED)
    assert fertig.zustand is Zustand.PUBLISHED
    assert [len(p.verlauf) for p in (entwurf, fertig, andere)] == [1, 2, 3]
    assert all((e.neu, e.verlegt, e.abgesagt) == ((), (), ()) for e in andere.verlauf[1:])
    for ereignis in EREIGNISSE:
        assert sequenz(andere, ereignis) == int(ereignis in neu.lagen)
        if ereignis in neu.lagen:
            assert letzte_aenderung(andere, ereignis) == _stand(1)


def _one(**aenderung: Any) -> Plan:
    beratung = Beratungstermin("rat/a/o", "rat/o", "key-1", START, START + timedelta(hours=3), ("a",))
    return evolve(MUSTER, beratungen=(evolve(beratung, **aenderung),))


@pytest.mark.parametrize(
    ("aenderung", "verlegt"),
    [
        ({"beginn": START + timedelta(hours=1)}, True),
        ({"ende": START + timedelta(hours=1)}, True),
        ({"vortrag": ("b",)}, True),
        ({"sitzung": "key-2"}, False),
    ],
)
def test_moved_is_what_people_see_move(aenderung: dict[str, Any], verlegt: bool) -> None:
    """Time and presenter count; another key of the same sitting in a new import does not."""
    erst = record(_one(), None, START, Zustand.DRAFT)
    dann = record(_one(**aenderung), erst, _stand(1), Zustand.DRAFT)
    assert dann.verlauf[-1].verlegt == ((("rat/a/o", START),) if verlegt else ())
    assert len(dann.verlauf) == 2


def test_a_sitzung_that_waits_for_a_new_date_has_lost_the_old_one() -> None:
    """Those who have the old date must let it go."""
    erst = record(_one(), None, START, Zustand.PUBLISHED)
    offen = record(evolve(MUSTER, offen=("rat/a/o",)), erst, _stand(1), Zustand.PUBLISHED)
    absage = Absage("rat/a/o", "rat/o", START, START + timedelta(hours=3), vortrag=("a",))
    assert offen.verlauf[-1].abgesagt == abgesagte(offen) == (absage,)


def test_an_event_of_another_gremium_is_another_event() -> None:
    """Its identity in calendars is another: the old one is cancelled, the new one is new."""
    erst = record(_one(), None, START, Zustand.DRAFT)
    dann = record(_one(gremium="rat/w"), erst, _stand(1), Zustand.DRAFT)
    assert dann.verlauf[-1].neu == ("rat/a/o",)
    assert [a.gremium for a in dann.verlauf[-1].abgesagt] == ["rat/o"]
    assert [a.gremium for a in abgesagte(dann)] == ["rat/o"]


@given(ergebnisse(), ergebnisse())
def test_edits_by_hand_are_found_and_recorded(erst: Plan, dann: Plan) -> None:
    """As if a run had made them: same changes, same former dates; after that nothing is left to record."""
    vorher = record(erst, None, START, Zustand.COORDINATED)
    von_hand = evolve(vorher, termine=dann.termine, beratungen=dann.beratungen)
    ereignisse = erst.lagen.keys() | dann.lagen.keys()
    assert unrecorded(von_hand) == tuple(
        sorted(e for e in ereignisse if erst.lagen.get(e) != dann.lagen.get(e))
    )
    nachher = record_edits(von_hand, _stand(1))
    assert unrecorded(nachher) == ()
    assert nachher == record(dann, vorher, _stand(1), Zustand.COORDINATED)
    assert record_edits(nachher, _stand(2)) is nachher


@given(ergebnisse(), ergebnisse(), ergebnisse())
def test_a_run_compares_with_what_was_recorded(erst: Plan, hand: Plan, dann: Plan) -> None:
    """What was edited by hand in between and never recorded has reached nobody."""
    vorher = record(erst, None, START, Zustand.DRAFT)
    von_hand = evolve(vorher, termine=hand.termine, beratungen=hand.beratungen)
    nachher = record(dann, von_hand, _stand(1), Zustand.DRAFT)
    if erst.lagen != dann.lagen:
        assert nachher == record(dann, vorher, _stand(1), Zustand.DRAFT)
    assert unrecorded(nachher) == ()


def test_coordination_changes_nothing_that_is_cancelled() -> None:
    """It stays cancelled, and its sequence where it is."""
    fort = record(MUSTER, record(_one(), None, START), _stand(1))
    fertig = record(MUSTER, fort, _stand(2), Zustand.COORDINATED)
    assert (sequenz(fertig, "rat/a/o"), letzte_aenderung(fertig, "rat/a/o")) == (1, _stand(1))


def test_history_does_not_run_backwards() -> None:
    """A stand before the last entry is refused; the same one is not."""
    erst = record(_one(), None, START)
    spaeter = _one(ende=START + timedelta(hours=4))
    assert record(spaeter, erst, START).verlauf[-1].stand == START
    with pytest.raises(InputError, match="before the last entry"):
        record(spaeter, erst, START - timedelta(minutes=1))
    with pytest.raises(InputError, match="before the last entry"):
        record_edits(evolve(erst, beratungen=spaeter.beratungen), START - timedelta(minutes=1))


def test_an_event_put_in_by_hand_counts_from_the_last_entry() -> None:
    """Nobody knows when it was written; without any history nobody knows anything."""
    plan = evolve(_one(), verlauf=record(MUSTER, None, START, Zustand.DRAFT).verlauf)
    assert letzte_aenderung(plan, "rat/a/o") == START
    assert sequenz(plan, "rat/a/o") == 0
    with pytest.raises(KeyError):
        letzte_aenderung(_one(), "rat/a/o")
