"""Several Sitze of one person: on which days they are one, with what duties and what busy time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from gremienplan import requirements as req
from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.projekt import Besetzt
from gremienplan.quellen import TATSACHE
from gremienplan.requirements import Belegung, Pflicht
from gremienplan.rules import Regel, RegelArt
from tests.jahr.muster import AFTER, B1, BERICHT, EVE, R1, R2, REGELN, TEXT, VOR, busy, of, year

RAT = tuple(map(busy, (EVE, R1, R2, AFTER)))
MO, MARCH, JUNE = date(2027, 3, 1), date(2027, 3, 31), date(2027, 6, 30)
APRIL = date(2027, 4, 1)


def holds(
    person: str, *sitze: str, ab: date | None = None, bis: date | None = None
) -> tuple[Innehabung, ...]:
    """An invented person."""
    return tuple(Innehabung(sitz, person, ab, bis) for sitz in sitze)


def who(*innehabungen: Innehabung, **mehr: Any) -> list[req.Verfuegbar]:
    given: dict[str, Any] = {"sitzungen": (VOR,), "besetzung": Besetzung(innehabungen)} | mehr
    return of(req.Verfuegbar, year(**given))


def both(ab: date | None = None, bis: date | None = None) -> tuple[Pflicht, ...]:
    return (Pflicht("vor/west", ab, bis), Pflicht("vor/ost", ab, bis))


def away(sitz: str, von: date, bis: date) -> Besetzt:
    return Besetzt(
        sitz, datetime.combine(von, datetime.min.time()), datetime.combine(bis, datetime.min.time()), "fort"
    )


def gone(b: Besetzt) -> Belegung:
    return Belegung(b.von, b.bis, b.was)


def together(
    *pflichten: Pflicht, belegt: tuple[Belegung, ...] = (), key: str = "amt/west+amt/ost"
) -> req.Verfuegbar:
    sitz, *mit = key.partition("@")[0].split("+")
    return req.Verfuegbar(f"verfuegbar:{key}", TATSACHE, sitz, pflichten, belegt, tuple(mit))


def test_over_the_whole_year_they_are_one_with_the_duties_of_both() -> None:
    assert who(*holds("A", "amt/ost", "amt/west")) == [together(*both())]


def test_two_persons_or_a_second_holder_leave_them_apart() -> None:
    assert who(*holds("A", "amt/west"), *holds("B", "amt/ost")) == []
    assert who(*holds("A", "amt/west", "amt/ost"), *holds("B", "amt/ost")) == []


@pytest.mark.parametrize(
    ("ab", "bis", "inside"),
    [
        (None, MARCH, (None, MARCH)),
        (APRIL, None, (APRIL, None)),
        (APRIL, JUNE, (APRIL, JUNE)),
        (APRIL, APRIL, (APRIL, APRIL)),
        (date(2027, 1, 1), date(2027, 12, 31), (None, None)),
        (date(2026, 5, 1), date(2028, 5, 1), (None, None)),
    ],
)
def test_only_on_the_days_on_which_it_holds_both(
    ab: date | None, bis: date | None, inside: tuple[date | None, date | None]
) -> None:
    """To the first and the last day; at the ends of the year a duty stays open."""
    key = "amt/west+amt/ost" + (f"@{inside[0]}" if inside[0] else "")
    found = [r for r in who(*holds("A", "amt/west", "amt/ost", ab=ab, bis=bis)) if r.mit]
    assert found == [together(*both(*inside), key=key)]


def test_before_and_after_each_has_its_own_duties_and_busy_time() -> None:
    """Busy time that reaches over the change counts on both sides, other busy time on its own side only."""
    times = (
        away("amt/west", date(2027, 3, 1), date(2027, 3, 2)),
        away("amt/west", date(2027, 3, 30), date(2027, 4, 3)),
        away("amt/west", date(2027, 5, 1), date(2027, 5, 2)),
        away("amt/west", date(2027, 6, 29), date(2027, 7, 2)),
        away("amt/west", date(2027, 8, 1), date(2027, 8, 2)),
    )
    first, into, middle, out, last = map(gone, times)
    found = who(*holds("A", "amt/west", "amt/ost", ab=APRIL, bis=JUNE), besetzt=times)
    assert found == [
        req.Verfuegbar(
            "verfuegbar:amt/west",
            TATSACHE,
            "amt/west",
            (Pflicht("vor/west", None, MARCH), Pflicht("vor/west", date(2027, 7, 1), None)),
            (first, into, out, last),
        ),
        req.Verfuegbar(
            "verfuegbar:amt/ost",
            TATSACHE,
            "amt/ost",
            (Pflicht("vor/ost", None, MARCH), Pflicht("vor/ost", date(2027, 7, 1), None)),
        ),
        together(*both(APRIL, JUNE), belegt=(into, middle, out), key="amt/west+amt/ost@2027-04-01"),
    ]


def test_each_span_is_for_itself_and_unchanged_ones_are_one() -> None:
    """A change of somebody else's Sitz in between changes nothing."""
    rows = (
        *holds("A", "amt/west", "amt/ost", ab=APRIL, bis=JUNE),
        *holds("A", "amt/west", "amt/ost", ab=date(2027, 10, 1)),
        *holds("B", "mandat/muster", ab=date(2027, 5, 15), bis=date(2027, 5, 20)),
    )
    found = [r for r in who(*rows) if r.mit]
    assert found == [
        together(*both(APRIL, JUNE), key="amt/west+amt/ost@2027-04-01"),
        together(*both(date(2027, 10, 1)), key="amt/west+amt/ost@2027-10-01"),
    ]


def test_a_mandate_without_duties_brings_the_busy_times_of_its_body() -> None:
    """Also where others hold it too; an Amt only where nobody else does."""
    rows = (*holds("A", "amt/west", "mandat/muster"), *holds("B", "mandat/muster"))
    assert who(*rows) == [together(Pflicht("vor/west"), belegt=RAT, key="amt/west+mandat/muster")]
    rows = holds("A", "amt/west", "leitung/muster")
    assert who(*rows) == [together(Pflicht("vor/west"), belegt=RAT, key="amt/west+leitung/muster")]
    assert who(*rows, *holds("B", "leitung/muster")) == []


def test_an_amt_that_is_only_away_brings_that() -> None:
    fort = away("leitung/muster", date(2027, 4, 5), date(2027, 4, 8))
    found = who(*holds("A", "amt/west", "leitung/muster"), besetzt=(fort,), regeln=REGELN[:1])
    assert found == [together(Pflicht("vor/west"), belegt=(gone(fort),), key="amt/west+leitung/muster")]
    mandate = away("mandat/muster", date(2027, 4, 5), date(2027, 4, 8))
    assert who(*holds("A", "amt/west", "mandat/muster"), besetzt=(mandate,), regeln=REGELN[:1]) == []


def test_what_brings_nothing_new_is_left_out() -> None:
    """A second Sitz that is busy only when the first is."""
    rule = Regel("beirat", RegelArt.MITGLIEDSCHAFT, "beirat", ("amt", "mandat"), TEXT)
    found = who(*holds("A", "amt/west", "mandat/muster"), regeln=(REGELN[0], rule))
    assert found == [
        req.Verfuegbar("verfuegbar:amt/west", TATSACHE, "amt/west", (Pflicht("vor/west"),), (busy(B1),))
    ]


def test_a_duty_of_both_is_one() -> None:
    """The item that the first presents and the second may present."""
    found = who(*holds("A", "amt/west", "leitung/muster"), beratungen=(BERICHT,))
    one = together(
        Pflicht("vor/west"), Pflicht("bericht/west/muster"), belegt=RAT, key="amt/west+leitung/muster"
    )
    assert one in found
    assert [r.sitz for r in found] == ["amt/ost", "amt/west"]


@pytest.mark.parametrize(
    ("von", "bis", "inside"),
    [
        (datetime(2027, 3, 31, 20), datetime(2027, 3, 31, 23), False),
        (datetime(2027, 3, 31, 20), datetime(2027, 4, 1, 1), True),
        (datetime(2027, 6, 30, 22), datetime(2027, 7, 1, 1), True),
        (datetime(2027, 7, 1, 1), datetime(2027, 7, 1, 2), False),
    ],
)
def test_busy_time_of_a_few_hours_counts_on_the_days_it_touches(
    von: datetime, bis: datetime, inside: bool
) -> None:
    rows = holds("A", "amt/west", "amt/ost", ab=APRIL, bis=JUNE)
    (found,) = (r for r in who(*rows, besetzt=(Besetzt("amt/ost", von, bis, "fort"),)) if r.mit)
    assert found.belegt == ((Belegung(von, bis, "fort"),) if inside else ())


def test_who_holds_one_sitz_changes_nothing_whenever_that_is() -> None:
    fort = away("amt/west", date(2027, 5, 1), date(2027, 5, 2))
    alone = who(besetzt=(fort,))
    for rows in (holds("A", "amt/west", ab=APRIL), holds("A", "mandat/muster", "leitung/muster", ab=APRIL)):
        assert who(*rows, besetzt=(fort,)) == alone
