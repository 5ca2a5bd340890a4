"""``loads``: the table of who bears how much, for any plan, and when it may say that less was impossible."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from attrs import evolve

from gremienplan.auditing import Lasten, loads
from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.plan import Beratungstermin, Plan, Stufe, Termin
from gremienplan.programm import wuensche as w
from gremienplan.projekt import Projekt
from gremienplan.requirements import Was
from tests.jahr.muster import BERICHT, LK, NACH, TEXT, VOR, projekt

WISH = w.Ausgleich("teilen", Was.ABENDE, 5, TEXT, ("amt", "leitung"), tiefe=2)


def termin(sitzung: str, day: tuple[int, int], hour: int, ort: str = "") -> Termin:
    beginn = datetime(2027, *day, hour)
    wo = sitzung.partition("/")[2]
    return Termin(sitzung, f"runde/{wo}", beginn, beginn + timedelta(hours=2), ort)


PLAN = Plan(
    "muster",
    2027,
    "p",
    (
        termin("vor/west", (3, 3), 17, "aula"),  # a Wednesday
        termin("nach/west", (9, 1), 17, "halle"),  # and another
        termin("vor/ost", (3, 4), 9, "halle"),
        termin("nach/ost", (9, 2), 17, "keller"),
    ),
    (
        Beratungstermin(
            "bericht/west/muster",
            "rat/muster",
            "r1",
            datetime(2027, 5, 5, 17),
            datetime(2027, 5, 5, 19),
            ("amt/west",),
        ),
    ),
)


def found(plan: Plan = PLAN, *wishes: w.Wunsch, **mehr: object) -> tuple[Projekt, Lasten]:
    city = projekt(sitzungen=(VOR, NACH), beratungen=(BERICHT,), wuensche=wishes, **mehr)  # type: ignore[arg-type]
    return city, loads(city, plan)


def test_what_a_sitz_has() -> None:
    """Three Termine, each an evening on a Wednesday; one of them at an Ort that is not its own area's alone."""
    _, answer = found()
    west, ost = (next(one for one in answer.sitze if one.wer == f"amt/{wo}") for wo in ("west", "ost"))
    assert (west.termine, west.abende, west.woche, west.wochentage, west.wege) == (
        3,
        3,
        1,
        (0, 0, 3, 0, 0, 0, 0),
        1,
    )
    assert (ost.termine, ost.abende, ost.woche, ost.wochentage, ost.wege) == (
        2,
        1,
        1,
        (0, 0, 0, 2, 0, 0, 0),
        2,
    )


def test_sittings_of_the_council_are_its_members_load() -> None:
    """The Leitung sits in the Rat, and presents nothing of ours."""
    _, answer = found()
    (leitung,) = (one for one in answer.sitze if one.wer == "leitung/muster")
    assert (leitung.termine, leitung.abende) == (4, 4)


def test_what_an_area_has() -> None:
    _, answer = found()
    assert [(one.wer, one.termine, one.abende, one.wochentage[:5]) for one in answer.gebiete] == [
        ("konf/west", 2, 2, (0, 0, 2, 0, 0)),
        ("konf/ost", 2, 1, (0, 0, 0, 2, 0)),
    ]


def test_what_an_evening_is_can_be_said() -> None:
    city, _ = found()
    late = loads(city, PLAN, ab=time(19))
    assert {one.wer: one.abende for one in late.gebiete} == {"konf/west": 0, "konf/ost": 0}


def test_who_has_most() -> None:
    _, answer = found()
    assert answer.hoechste(Was.WEGE) == (2, ("amt/ost",))
    assert evolve(answer, sitze=()).hoechste(Was.WEGE) == (0, ())


def test_one_person_is_one_line() -> None:
    both = Besetzung((Innehabung("amt/west", "1"), Innehabung("amt/ost", "1")))
    _, answer = found(besetzung=both)
    (one,) = (one for one in answer.sitze if one.wer.startswith("amt/"))
    assert (one.wer, one.mit, one.termine, one.wege) == ("amt/west", ("amt/ost",), 5, 0)


class TestGeteilt:
    """What a wish to share makes of a plan."""

    made = evolve(PLAN, stufen=(Stufe(5, 4, 4), Stufe(6, 1, 1)))

    def said(self, plan: Plan, *more: w.Wunsch) -> list[tuple[int, int, int, bool]]:
        _, answer = found(plan, WISH, *more)
        return [(g.stufe, g.schritt, g.wert, g.bewiesen) for g in answer.geteilt]

    def test_each_step_with_its_proof(self) -> None:
        assert self.said(self.made) == [(5, 0, 4, True), (6, 1, 1, True)]
        _, answer = found(self.made, WISH)
        assert {g.wunsch for g in answer.geteilt} == {"teilen"}
        assert {g.unter for g in answer.geteilt} == {("amt/west", "amt/ost", "leitung/muster")}

    def test_what_the_plan_has_not_proven_is_not_proven_here(self) -> None:
        open_ = evolve(self.made, stufen=(Stufe(5, 4, 3), Stufe(6, 1, 1)))
        assert self.said(open_) == [(5, 0, 4, False), (6, 1, 1, False)]
        assert self.said(PLAN) == [(5, 0, 4, False), (6, 1, 1, False)]

    def test_nor_what_was_edited_since(self) -> None:
        """An earlier stage counts too: what was traded away there could have paid for this."""
        assert self.said(evolve(self.made, stufen=(Stufe(5, 3, 3), Stufe(6, 1, 1))))[0] == (5, 0, 4, False)
        first = w.Vorher("erst", "nach", "vor", 1, TEXT)
        stale = evolve(self.made, stufen=(Stufe(1, 0, 0), *self.made.stufen))
        assert self.said(stale, first) == [(5, 0, 4, False), (6, 1, 1, False)]

    def test_nor_where_another_wish_shares_the_stage(self) -> None:
        """Then its points are not the load alone."""
        beside = w.Vorher("daneben", "vor", "nach", 5, TEXT)
        assert self.said(self.made, beside) == [(5, 0, 4, False), (6, 1, 1, True)]


def test_no_sitz_but_areas() -> None:
    """A city whose bodies have no members yet still holds Sitzungen."""
    city = projekt(sitzungen=(LK,), regeln=())
    answer = loads(city, evolve(PLAN, termine=(), beratungen=()))
    assert (answer.sitze, [one.wer for one in answer.gebiete]) == ((), ["stadt/muster"])
