"""What the audit says of a plan that dates what must wait for an open Sitzung: P-37, P-45, S-27, in a small year."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from gremienplan.auditing import Audit, audit_year
from gremienplan.plan import OFFEN, Plan, Termin
from gremienplan.programm import bedingungen as bed
from gremienplan.projekt import Offen
from tests.auditing.bau import dt
from tests.auditing.test_audit import HELD
from tests.jahr.muster import BERICHT, LK, NACH, TEXT, VOR, G, year

ORDERS = (
    bed.Reihenfolge("gern", "vor", "nach", G),
    bed.Reihenfolge("ordnung", "vor", "nach", TEXT),
    bed.Reihenfolge("davor", "lk", "vor", G),
)
ALL: dict[str, Any] = {"sitzungen": (VOR, NACH, LK), "beratungen": (BERICHT,)}
OST = year(*ORDERS, **ALL, offen=(Offen("vor/ost", 2027),))
"""The round of Ost is announced; the report on it and the next round wait."""


WAITS = "must wait for Runde Ost, whose date is still to be announced."


def held(sitzung: str, gremium: str, tag: str, bis: str, ort: str = "") -> Termin:
    return Termin(sitzung, gremium, dt(tag, "17:00"), dt(tag, bis), ort)


FULL = evolve(
    HELD,
    termine=(
        *HELD.termine,
        held("nach/west", "runde/west", "2027-09-01", "18:30", "aula"),
        held("nach/ost", "runde/ost", "2027-09-08", "18:30", "halle"),
        held("lk/muster", "kreis/muster", "2027-03-03", "18:00"),
    ),
)


def leaving(*offen: str, plan: Plan = FULL) -> Plan:
    """The plan without these, which it names as open."""
    termine = tuple(t for t in plan.termine if t.sitzung not in offen)
    items = tuple(b for b in plan.beratungen if b.beratung not in offen)
    return evolve(plan, termine=termine, beratungen=items, offen=offen)


def test_what_waits_and_has_no_date_is_clean() -> None:
    offen = ("bericht/ost/muster", "nach/ost", "vor/ost")
    wartet = {"bericht/ost/muster": ("vor/ost",), "nach/ost": ("vor/ost",)}
    assert audit_year(OST, leaving(*offen)) == Audit((), {}, offen, wartet=wartet)


def test_what_waits_and_has_a_date_is_a_finding_on_the_word_that_makes_it_wait() -> None:
    """The item on its own entry, the next round on the order: that of the text, not that of the planner."""
    found = audit_year(OST, leaving("vor/ost")).findings
    assert [(f.requirement.id, str(f.meldung), f.ereignisse) for f in found] == [
        (
            "bericht:bericht/ost/muster",
            f"Rat: Bericht (Ost), Wed 2027-05-05 17:00 to 19:00: {WAITS}",
            ("bericht/ost/muster",),
        ),
        (
            "ordnung:vor/ost>nach/ost",
            f"Runde Ost, Wed 2027-09-08 17:00 to 18:30: {WAITS}",
            ("vor/ost", "nach/ost"),
        ),
    ]


def test_what_leaves_an_open_one_no_day_is_a_finding() -> None:
    """P-52: the day before the last of its window will do, the last will not."""
    plan = leaving("bericht/ost/muster", "nach/ost", "vor/ost")

    def with_kreis(tag: str) -> list[tuple[str, str, tuple[str, ...]]]:
        neu = held("lk/muster", "kreis/muster", tag, "18:00")
        moved = evolve(plan, termine=(*plan.termine[:-1], neu))
        return [
            (f.requirement.id, str(f.meldung), f.ereignisse)
            for f in audit_year(OST, moved).findings
            if f.requirement.id.endswith(":offen")
        ]

    assert with_kreis("2027-06-29") == []
    said = "Kreis: on Tue 2027-06-29 at the latest, before: Runde Ost, whose date is still to be announced."
    assert with_kreis("2027-06-30") == [("davor:lk/muster>vor/ost:offen", said, ("lk/muster",))]


def test_what_a_hand_leaves_open_is_waited_for_like_what_the_project_does() -> None:
    """Not by what has a date; also by what the hand, or a partial plan, has left open beside it."""
    hart = evolve(ORDERS[2], grundlage=TEXT)
    compiled = year(ORDERS[1], hart, **ALL, offen=(Offen("vor/ost", 2027),))
    offen = ("vor/west", "nach/ost", "lk/muster", "bericht/ost/muster", "vor/ost")
    both = ("lk/muster", "vor/ost")
    waits = {"bericht/ost/muster": both, "nach/ost": both, "vor/west": ("lk/muster",)}
    assert audit_year(compiled, leaving(*offen)).wartet == waits
    plain = year(ORDERS[1], **ALL)
    assert audit_year(plain, leaving("vor/ost", "nach/ost")).wartet == {"nach/ost": ("vor/ost",)}


def test_what_leaves_an_event_no_day_that_nobody_announces_is_said_and_no_finding() -> None:
    """A plan may leave open what no day is left for: it says what would have to move, and counts what is open."""
    compiled = year(*ORDERS, **ALL)
    plan = leaving("bericht/ost/muster", "nach/ost", "vor/ost")
    spaet = held("lk/muster", "kreis/muster", "2027-06-30", "18:00")
    moved = evolve(plan, termine=(*plan.termine[:-1], spaet))
    found = audit_year(compiled, moved)
    assert not [f for f in found.findings if f.requirement.id.endswith(":offen")]
    assert found.ohne_tag == {"vor/ost": ("lk/muster",)}
    assert found.kosten[OFFEN] == 3
    announced = audit_year(OST, moved)
    assert announced.ohne_tag == {}
    assert OFFEN not in announced.kosten
