"""The audit of a whole plan: findings, points per stage, what is open and what nobody knows."""

from __future__ import annotations

from attrs import evolve

from gremienplan.auditing import Audit, audit as audit_project, audit_year, judge
from gremienplan.plan import Beratungstermin, Plan, Termin
from gremienplan.requirements import (
    Angesetzt,
    Dienst,
    EineVon,
    Fenster,
    Pflicht,
    Preference,
    Requirement,
    Sitzungstag,
    Stattfinden,
    Vorher,
    Wochentage,
)
from tests.auditing.bau import G, belegung, d, dt
from tests.jahr.muster import BERICHT, R1, VOR, projekt, year

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


HELD = Plan(
    "muster",
    2027,
    "p",
    (
        Termin("vor/west", "runde/west", dt("2027-04-07", "17:00"), dt("2027-04-07", "18:30"), "aula"),
        Termin("vor/ost", "runde/ost", dt("2027-04-14", "17:00"), dt("2027-04-14", "18:30"), "halle"),
    ),
    (
        Beratungstermin("bericht/west/muster", "rat/muster", "r1", R1.beginn, R1.ende, ("amt/west",)),
        Beratungstermin("bericht/ost/muster", "rat/muster", "r1", R1.beginn, R1.ende, ("amt/ost",)),
    ),
)


def test_a_termin_stands_under_the_gremium_of_its_event() -> None:
    """Each that does not is a finding after all others, for Sitzungen and items; what is unknown is not judged."""
    compiled = year(sitzungen=(VOR,), beratungen=(BERICHT,))
    assert audit_year(compiled, HELD) == Audit((), {}, ())
    west, ost = HELD.termine
    item = HELD.beratungen[1]
    stray = evolve(west, sitzung="ball", gremium="anderes")
    wrong = evolve(
        HELD,
        termine=(evolve(west, gremium="runde/ost", ort="nirgends"), ost, stray),
        beratungen=(HELD.beratungen[0], evolve(item, gremium="beirat/ost")),
    )
    found = audit_year(compiled, wrong)
    assert [(f.requirement.id, f.ereignisse) for f in found.findings] == [
        ("vor:vor/west", ("vor/west",)),
        ("vor:vor/west", ("vor/west",)),
        ("bericht:bericht/ost/muster", ("bericht/ost/muster",)),
    ]
    assert [str(f.meldung) for f in found.findings[1:]] == [
        "Runde West: stands under “runde/ost”, not “runde/west”.",
        "Rat: Bericht (Ost): stands under “beirat/ost”, not “rat/muster”.",
    ]
    assert found.unbekannt == ("ball",)


def test_the_audit_of_a_project_is_that_of_the_plans_year_with_nothing_past() -> None:
    found = projekt(sitzungen=(VOR,), beratungen=(BERICHT,))
    assert audit_project(found, HELD) == Audit((), {}, ())
    assert not audit_project(found, evolve(HELD, jahr=2028)).ok
    assert audit_project(found, evolve(HELD, termine=HELD.termine[:1], offen=("vor/ost",))).offen == (
        "vor/ost",
    )


def test_of_several_of_whom_one_is_enough_those_who_cannot_come_are_named_once() -> None:
    """Over all rules of this kind and for each Sitzung."""
    away = (belegung("2027-09-01", "16:00", "18:00"),)
    sitze = {name: Dienst(name, (), away if name in ("x", "y") else ()) for name in ("x", "y", "z")}
    rules = (
        EineVon("1", G, "kr", (sitze["x"], sitze["z"])),
        EineVon("2", G, "sk", (sitze["x"], sitze["z"])),
        EineVon("3", G, "kr", (sitze["y"], sitze["x"], sitze["z"])),
        EineVon("4", G, "kr", (sitze["y"], sitze["z"]), bis=d("2027-08-31")),
        EineVon("5", G, "kr", (Dienst("u", (Pflicht("sk"),)), sitze["z"])),
        EineVon("6", G, "kr", (sitze["y"],), ab=d("2027-09-02")),
        EineVon("7", G, "kr", (Dienst("v", (), away),), ab=d("2027-09-01"), bis=d("2027-09-01")),
        EineVon("8", G, "nie", (sitze["x"],)),
    )
    found = judge(rules, (), {}, GOOD, ereignisse=frozenset())
    assert found.verhindert == {"kr": ("x", "y", "v")}


def test_a_time_the_clock_skips_or_shows_twice_is_a_finding_each() -> None:
    """Of the start and of the end, on the word that has the Sitzung held; what the year does not know is not judged."""
    compiled = year(sitzungen=(VOR,), beratungen=(BERICHT,))
    west, ost = HELD.termine
    spring = evolve(west, beginn=dt("2027-03-28", "02:00"), ende=dt("2027-03-28", "02:30"))
    autumn = evolve(ost, beginn=dt("2027-10-31", "01:00"), ende=dt("2027-10-31", "02:30"))
    stray = evolve(spring, sitzung="ball")
    found = audit_year(compiled, evolve(HELD, termine=(spring, autumn, stray))).findings
    assert [(f.requirement.id, str(f.meldung), f.ereignisse) for f in found if "clock" in str(f.meldung)] == [
        ("vor:vor/west", "Runde West: the clock skips Sun 2027-03-28 02:00.", ("vor/west",)),
        ("vor:vor/west", "Runde West: the clock skips Sun 2027-03-28 02:30.", ("vor/west",)),
        ("vor:vor/ost", "Runde Ost: the clock shows Sun 2027-10-31 02:30 twice.", ("vor/ost",)),
    ]
