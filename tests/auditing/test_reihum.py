"""What is said of Orte that take turns: who holds the Sitzungen, who repeats, and who is passed over for what."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from attrs import evolve

from gremienplan.auditing import turns
from gremienplan.orte import Wochenbelegung
from gremienplan.plan import Plan, Termin
from gremienplan.programm import bedingungen as bed, wuensche as w
from gremienplan.projekt import Besetzt, Projekt
from tests.jahr.muster import LK, NACH, ORTE, STADT, TEXT, VOR, G, entry, projekt

WISH = w.Wechsel("x", ("runde/west",), 1, TEXT)
ALL = (VOR, entry("mitte", von="07-01", bis="08-31"), NACH, LK)


def held(*termine: tuple[str, str, str]) -> Plan:
    """A plan of these: Sitzung, day, Ort; from 17:00 to 18:30."""
    begins = [(sitzung, datetime.fromisoformat(f"{tag}T17:00"), ort) for sitzung, tag, ort in termine]
    found = (Termin(s, "runde/west", von, von + timedelta(minutes=90), ort) for s, von, ort in begins)
    return Plan("muster", 2027, "p", tuple(found), ())


def said(plan: Plan, *bedingungen: bed.Bedingung, **mehr: Any) -> list[str]:
    found: Projekt = projekt(*bedingungen, **{"sitzungen": ALL, "wuensche": (WISH,)} | mehr)
    return [str(sentence) for sentence in turns(found, plan)]


THREE = held(
    ("nach/west", "2027-09-01", "keller"),
    ("vor/west", "2027-03-03", "aula"),
    ("mitte/west", "2027-07-07", "halle"),
)


def test_who_holds_them_in_the_order_of_the_days() -> None:
    assert said(THREE) == ["Runde West, in turn: Aula, Halle, Keller."]


def test_nothing_is_said_where_nobody_wishes_it_or_nothing_is_held() -> None:
    assert said(THREE, wuensche=()) == []
    assert said(held()) == []
    assert said(held(("vor/west", "2027-03-03", ""), ("nach/west", "2027-09-01", ""))) == []


def test_other_wishes_say_nothing_and_every_gremium_speaks_for_itself() -> None:
    other = w.Brueckentage("y", ("runde",), 1, TEXT)
    assert said(THREE, wuensche=(other,)) == []
    both = said(THREE, wuensche=(other, evolve(WISH, gremium=("runde",))))
    assert both == ["Runde West, in turn: Aula, Halle, Keller."]


def test_twice_in_a_row_is_said_with_both_days() -> None:
    plan = held(
        ("vor/west", "2027-03-03", "aula"),
        ("mitte/west", "2027-07-07", "aula"),
        ("nach/west", "2027-09-01", "halle"),
    )
    assert said(plan) == [
        "Runde West, in turn: Aula, Aula, Halle.",
        "Aula: twice in a row, on Wed 2027-03-03 and Wed 2027-07-07.",
    ]


def test_where_only_one_can_be_had_it_is_there_again() -> None:
    closed = tuple(
        Besetzt(ort, datetime(2027, 1, 1), datetime(2028, 1, 1), "zu") for ort in ("halle", "keller")
    )
    plan = held(("vor/west", "2027-03-03", "aula"), ("nach/west", "2027-09-01", "aula"))
    found = said(plan, besetzt=closed)
    assert found[:2] == [
        "Runde West, in turn: Aula, Aula.",
        "Aula: again on Wed 2027-09-01; no other place can be had all year.",
    ]


def test_the_small_are_passed_over_once() -> None:
    rule = bed.Raumgroesse("g", ("runde", "kreis"), 60, G)
    assert said(THREE, rule)[1:] == ["Aula: passed over, room for 40, not 60."]


def test_what_is_occupied_is_passed_over_on_that_day() -> None:
    """Of the Orte the Gremium may meet in, bar the one it meets in; and only while it meets."""
    weekly = Wochenbelegung(2, time(17), time(18), "Chor", TEXT)
    orte = {**STADT.orte, "halle": evolve(ORTE[1], belegt=(weekly,))}
    besetzt = (
        Besetzt("aula", datetime(2027, 7, 7, 18, 30), datetime(2027, 7, 7, 20), "danach"),
        Besetzt("keller", datetime(2027, 3, 3, 18, 29), datetime(2027, 3, 3, 20), "Probe"),
        Besetzt("keller", datetime(2027, 9, 1), datetime(2027, 9, 2), "eigene"),
    )
    found = said(THREE, stadt=evolve(STADT, orte=orte), besetzt=besetzt)
    assert found[1:] == [
        "Halle: passed over on Wed 2027-03-03, occupied: Chor.",
        "Keller: passed over on Wed 2027-03-03, occupied: Probe.",
        "Halle: passed over on Wed 2027-09-01, occupied: Chor.",
    ]


class TestAndere:
    """Runde Ost may meet in two places; what lies with Runde West is no matter of it."""

    WISH = evolve(WISH, gremium=("runde/ost",))

    def test_two_are_enough_for_a_repetition_to_be_one(self) -> None:
        plan = held(("vor/ost", "2027-03-03", "halle"), ("mitte/ost", "2027-07-07", "halle"))
        assert said(plan, wuensche=(self.WISH,))[1:] == [
            "Halle: twice in a row, on Wed 2027-03-03 and Wed 2027-07-07."
        ]

    def test_an_ort_of_another_gremium_is_not_passed_over(self) -> None:
        """Whether it is too small there or occupied."""
        rule = bed.Raumgroesse("g", ("runde",), 60, G)
        gone = Besetzt("aula", datetime(2027, 3, 3), datetime(2027, 3, 4), "Umbau")
        plan = held(("vor/ost", "2027-03-03", "halle"))
        assert said(plan, rule, wuensche=(self.WISH,), besetzt=(gone,)) == ["Runde Ost, in turn: Halle."]
