"""What hangs on an open Sitzung, and what leaves it a day, in years small enough to count by hand: P-37, P-45, P-52."""

from __future__ import annotations

from datetime import date, datetime

from attrs import evolve

from gremienplan.jahr.offen import bounds, hangs_on, waiting
from gremienplan.programm import bedingungen as bed
from gremienplan.projekt import Festlegung, Offen
from gremienplan.quellen import Grundlage
from gremienplan.requirements import (
    Angesetzt,
    Fenster,
    Reihenfolge,
    Requirement,
    Sitzungstag,
    Stattfinden,
    Wochentage,
)
from tests.jahr.muster import BERICHT, LESART, LK, NACH, TEXT, VOR, G, year

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
MAI, JUNI = date(2027, 5, 3), date(2027, 6, 30)
HELD = Stattfinden("x", TEXT, "x", 2027, FIRST, LAST, 60, ())


def fenster(von: date | None, bis: date | None, word: Grundlage = LESART) -> Fenster:
    return Fenster("w", word, "x", von, bis)


def before(word: Grundlage = TEXT, tage: int = 1) -> Reihenfolge:
    """What has a date is before the open one."""
    return Reihenfolge("o", word, "y", "x", tage)


def after(word: Grundlage = G, tage: int = 1) -> Reihenfolge:
    """What has a date is after the open one."""
    return Reihenfolge("o", word, "x", "y", tage)


def bound(*requirements: Requirement, pairs: tuple[tuple[str, str], ...] = ()) -> list[Fenster]:
    """What bounds there are while ``x`` is open."""
    return list(bounds(requirements, {"x"}, pairs))


class TestHaengtAn:
    def test_what_belongs_to_a_sitzung_or_comes_after_it_on_more_than_a_planners_word(self) -> None:
        orders = (
            bed.Reihenfolge("davor", "lk", "vor", G),
            bed.Reihenfolge("danach", "vor", "nach", LESART),
        )
        compiled = year(*orders, sitzungen=(VOR, NACH, LK), beratungen=(BERICHT,))
        assert list(hangs_on(compiled.requirements, compiled.beratungen)) == [
            ("vor/west", "bericht/west/muster"),
            ("vor/ost", "bericht/ost/muster"),
            ("vor/west", "nach/west"),
            ("vor/ost", "nach/ost"),
        ]

    def test_an_item_that_must_come_before_its_sitzung_does_not_hang_on_it(self) -> None:
        compiled = year(bed.Reihenfolge("davor", "bericht", "vor", TEXT), beratungen=(BERICHT,))
        assert list(hangs_on(compiled.requirements, compiled.beratungen)) == [
            ("bericht/west/muster", "vor/west"),
            ("bericht/ost/muster", "vor/ost"),
        ]

    def test_what_somebody_has_fixed_hangs_on_nothing(self) -> None:
        fest = (Festlegung("nach/ost", datetime(2027, 9, 8, 17), datetime(2027, 9, 8, 19)),)
        compiled = year(bed.Reihenfolge("danach", "vor", "nach", TEXT), fest=fest)
        assert list(hangs_on(compiled.requirements, compiled.beratungen)) == [("vor/west", "nach/west")]

    def test_the_year_knows_what_waits_for_what(self) -> None:
        compiled = year(beratungen=(BERICHT,), offen=(Offen("vor/ost"), Offen("nach/west", 2026)))
        assert compiled.wartet == {"bericht/ost/muster": ("vor/ost",)}
        assert compiled.offen == {"vor/ost", "bericht/ost/muster"}

    def test_each_waits_for_what_it_hangs_on_alone(self) -> None:
        """In the order of the ids, not of the open ones."""
        found = waiting([("a", "b"), ("b", "e"), ("c", "d")], ["c", "a"])
        assert list(found.items()) == [("b", ("a",)), ("d", ("c",)), ("e", ("a",))]


class TestSchranken:
    def test_what_is_before_an_open_one_leaves_it_the_last_day_of_its_window(self) -> None:
        """By the gap of the order; on the weaker word of the order and of the window."""
        for order, window, weaker in (
            (TEXT, LESART, LESART),
            (G, TEXT, G),
            (TEXT, TEXT, TEXT),
        ):
            found = bound(HELD, fenster(MAI, JUNI, window), before(order, 3))
            assert found == [Fenster("o:offen", weaker, "y", None, date(2027, 6, 27), "x")]

    def test_what_is_after_an_open_one_leaves_it_the_first_day_of_its_window(self) -> None:
        found = bound(HELD, fenster(MAI, JUNI), after(G, 3))
        assert found == [Fenster("o:offen", G, "y", date(2027, 5, 6), None, "x")]

    def test_the_window_is_what_all_windows_share(self) -> None:
        """Whatever else is asked for in between; and of two words for one day the first one counts."""
        windows = (
            HELD,
            Wochentage("tage", TEXT, "x", (2,)),
            Fenster("fremd", TEXT, "y", JUNI, MAI),
            fenster(MAI, None),
            fenster(MAI, None, G),
            fenster(FIRST, JUNI),
            fenster(None, JUNI, G),
            fenster(None, LAST),
        )
        assert bound(*windows, before()) == [
            Fenster("o:offen", LESART, "y", None, date(2027, 6, 29), "x"),
        ]
        assert bound(*windows, after(TEXT)) == [
            Fenster("o:offen", LESART, "y", date(2027, 5, 4), None, "x"),
        ]

    def test_an_item_has_the_days_of_the_sittings_it_may_be_heard_in(self) -> None:
        days = [
            Sitzungstag(key, "rat/muster", datetime(2027, month, 5, 17), datetime(2027, month, 5, 19), "Rat")
            for key, month in (("b", 6), ("a", 3), ("c", 5))
        ]
        item = Angesetzt("x", LESART, "x", "rat/muster", tuple(days), ())
        assert bound(item, before()) == [Fenster("o:offen", LESART, "y", None, date(2027, 6, 4), "x")]
        assert bound(item, after()) == [Fenster("o:offen", G, "y", date(2027, 3, 6), None, "x")]
        assert bound(evolve(item, sitzungen=()), before(), after()) == []

    def test_nothing_is_bound_by_a_window_that_has_no_end_on_that_side(self) -> None:
        assert bound(fenster(MAI, None), before()) == []
        assert bound(fenster(None, JUNI), after()) == []

    def test_nothing_is_bound_that_waits_itself_or_where_neither_or_both_are_open(self) -> None:
        assert bound(HELD, after(TEXT), pairs=(("x", "y"),)) == []
        assert bound(HELD, after(TEXT), pairs=(("y", "x"),)) != []
        other = evolve(HELD, ereignis="z")
        assert bound(HELD, other, Reihenfolge("o", TEXT, "y", "z", 1)) == []
        assert list(bounds((HELD, other, Reihenfolge("o", TEXT, "x", "z", 1)), {"x", "z"}, ())) == []
