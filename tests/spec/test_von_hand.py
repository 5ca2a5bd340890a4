"""What an office may do to Hamm's year by hand, and what the concept refuses it: P-50, P-52, S-23, S-24, S-26.

The year holds no more than the test speaks of: what it lacks, it lacks before and after, which speaks against nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from gremienplan.handarbeit import Handgriff, add, add_extra, cancel
from gremienplan.plan import Plan, Termin, record
from tests.spec.hamm import hamm

STAND = datetime(2026, 12, 1)
LK, SK = "lenkungskreis/hamm", "stadtteilkonferenz/norden"


def termin(sitzung: str, gremium: str, beginn: datetime) -> Termin:
    """Return a Termin in the first Ort of its Gremium."""
    ort = hamm().projekt.sitzung(sitzung, 2027).orte[0].id
    return Termin(sitzung, gremium, beginn, beginn + timedelta(hours=2), ort)


def year(*termine: Termin) -> Plan:
    """Return a plan of these Termine alone, told at the beginning."""
    return record(Plan("hamm", 2027, hamm().projekt.programm.id, termine, ()), None, STAND)


TWO = year(
    termin("lk-1/hamm", LK, datetime(2027, 6, 24, 10)), termin("lk-2/hamm", LK, datetime(2027, 10, 14, 10))
)


def words(found: Handgriff) -> set[str]:
    """Return on whose word a change is refused."""
    return {str(f.requirement.grundlage) for f in found.befunde}


def extra(plan: Plan, gremium: str, anlass: str, wann: datetime) -> Handgriff:
    return add_extra(hamm().projekt, plan, gremium, [anlass], wann, stand=plan.verlauf[-1].stand)


def test_a_third_lenkungskreis_is_refused() -> None:
    """S-24: on the word of the concept."""
    found = extra(TWO, LK, "steuerung", datetime(2027, 9, 16, 10))
    assert words(found) == {"text HAMM-4.2-2-FREQ"}
    assert found.plan is TWO


def test_a_cancelled_one_does_not_count() -> None:
    """P-50, S-23: in its place another may be held; then it cannot come back, and the other's id is never its own."""
    projekt = hamm().projekt
    off = cancel(projekt, TWO, "lk-2/hamm", stand=STAND)
    assert off.ok
    one = extra(off.plan, LK, "steuerung", datetime(2027, 9, 16, 10))
    assert one.ok
    assert one.ereignisse == ("lenkungskreis-zusatz-1/hamm",)
    back = add(projekt, one.plan, "lk-2/hamm", datetime(2027, 10, 14, 10), stand=STAND)
    assert words(back) == {"text HAMM-4.2-2-FREQ"}
    gone = cancel(projekt, one.plan, one.ereignisse[0], stand=STAND)
    again = add(projekt, gone.plan, "lk-2/hamm", date(2027, 10, 14), stand=STAND)
    assert again.plan.termine == TWO.termine
    assert [len(e.abgesagt) for e in again.plan.verlauf] == [0, 1, 0, 1, 0]


def test_the_count_is_of_the_calendar_year() -> None:
    """S-25: one at the beginning of the next year is none of this year's two."""
    found = extra(TWO, LK, "steuerung", datetime(2028, 1, 3, 10))
    assert "text HAMM-4.2-2-FREQ" not in words(found)


def test_a_gesamtevaluation_needs_every_evaluation() -> None:
    """S-26: before one of them it is refused; on another topic it is not."""
    early, topic = datetime(2027, 2, 1, 10), "gesamtevaluation"
    evaluation = termin("kr-evaluation/norden", "koordinierungsrunde/norden", datetime(2027, 3, 1, 10))
    alone = year(evaluation)
    assert words(extra(alone, LK, topic, early)) == {"text HAMM-4.2-2-GEV"}
    assert extra(alone, LK, "steuerung", early).ok


def test_a_conference_more_needs_its_preparation() -> None:
    """P-52: like every Stadtteilkonferenz it is preceded by a preparing Koordinierungsrunde."""
    prep = termin("kr-vorbereitung-1/norden", "koordinierungsrunde/norden", datetime(2027, 3, 10, 10))
    second = termin("kr-vorbereitung-2/norden", "koordinierungsrunde/norden", datetime(2027, 9, 8, 10))
    early = extra(year(prep, second), SK, "anliegen", datetime(2027, 3, 4, 18))
    assert "text HAMM-4.2-3-SKPREP" in words(early)
    later = extra(year(prep, second), SK, "anliegen", datetime(2027, 4, 15, 18))
    assert "text HAMM-4.2-3-SKPREP" not in words(later)
