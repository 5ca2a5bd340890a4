"""The audit of a whole plan: findings, points per stage, what is open and what nobody knows."""

from __future__ import annotations

from attrs import evolve

from gremienplan.auditing import Audit, judge
from gremienplan.plan import Beratungstermin, Plan, Termin
from gremienplan.requirements import (
    Angesetzt,
    Fenster,
    Preference,
    Requirement,
    Sitzungstag,
    Stattfinden,
    Vorher,
    Wochentage,
)
from tests.auditing.bau import G, d, dt

KR = Termin("kr", "kr/nord", dt("2027-09-01", "15:00"), dt("2027-09-01", "17:00"), "haus")
SK = Termin("sk", "sk/nord", dt("2027-10-06", "17:00"), dt("2027-10-06", "19:00"), "haus")
BV = Beratungstermin(
    "b", "bv/nord", "bv-1", dt("2027-11-03", "16:00"), dt("2027-11-03", "19:00"), ("stk/nord",)
)
GOOD = Plan("stadt", 2027, "programm", (KR, SK), (BV,))
YEAR = (d("2027-01-01"), d("2027-12-31"))
REQUIREMENTS: tuple[Requirement, ...] = (
    Stattfinden("kr", G, "kr", 2027, *YEAR, 120, ("haus",)),
    Wochentage("kr-mi", G, "kr", (2,)),
    Stattfinden("sk", G, "sk", 2027, *YEAR, 120, ("haus",)),
    Fenster("sk-fenster", G, "sk", d("2027-10-01"), None),
    Angesetzt(
        "b", G, "b", "bv/nord", (Sitzungstag("bv-1", "bv/nord", BV.beginn, BV.ende, "BV"),), (("stk/nord",),)
    ),
)
PREFERENCES: tuple[Preference, ...] = (Vorher("v", G, 2, "sk", "kr", 10), Vorher("w", G, 1, "kr", "b", 10))


def audit(plan: Plan) -> Audit:
    return judge(REQUIREMENTS, PREFERENCES, {}, plan, ereignisse=frozenset({"kr", "sk", "b"}))


def test_a_plan_that_keeps_everything_is_ok_and_has_its_points_per_stage() -> None:
    assert audit(GOOD) == Audit((), {1: 0, 2: 10}, ())
    assert audit(GOOD).ok


def test_findings_come_in_the_order_of_the_requirements() -> None:
    day = dt("2027-09-02", "15:00")
    bad = evolve(
        GOOD, termine=(evolve(SK, ort="schule"), evolve(KR, beginn=day, ende=dt("2027-09-02", "16:00")))
    )
    found = audit(bad)
    assert [finding.requirement.id for finding in found.findings] == ["kr", "kr-mi", "sk"]
    assert not found.ok


def test_a_missing_event_is_a_finding_unless_it_is_open_on_purpose() -> None:
    assert [f.requirement.id for f in audit(evolve(GOOD, termine=(KR,), beratungen=())).findings] == [
        "sk",
        "b",
    ]
    partial = audit(evolve(GOOD, termine=(KR,), beratungen=(), offen=("sk", "b", "sk")))
    assert partial.ok
    assert partial.offen == ("sk", "b")


def test_an_open_event_with_a_termin_is_judged_by_it() -> None:
    early = evolve(SK, beginn=dt("2027-09-29", "17:00"), ende=dt("2027-09-29", "19:30"))
    found = audit(evolve(GOOD, termine=(KR, early), offen=("sk",)))
    assert [finding.requirement.id for finding in found.findings] == ["sk", "sk-fenster"]
    assert found.offen == ()


def test_what_the_year_does_not_know_is_listed_and_not_ok() -> None:
    stray = audit(evolve(GOOD, termine=(KR, SK, evolve(KR, sitzung="party")), offen=("ball",)))
    assert stray.unbekannt == ("party", "ball")
    assert stray.findings == ()
    assert stray.offen == ()
    assert not stray.ok
