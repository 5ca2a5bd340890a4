"""From the programme's wish to share loads to preferences: who bears what in a year."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from attrs import evolve

from gremienplan import requirements as req
from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.programm import wuensche as w
from gremienplan.projekt import Besetzt
from gremienplan.requirements import Dienst, Last, Pflicht, Was
from gremienplan.rules import Regel, RegelArt
from tests.jahr.muster import BERICHT, LK, NACH, REGELN, TEXT, VOR, G, year

WISH = w.Ausgleich("x", Was.ABENDE, 5, TEXT, ("amt",), gewicht=3)
DUTIES = {wo: (Pflicht(f"vor/{wo}"), Pflicht(f"nach/{wo}")) for wo in ("west", "ost")}


def wished(wish: w.Ausgleich, **mehr: object) -> list[req.Ausgleich]:
    found = year(wuensche=(wish,), **mehr).preferences  # type: ignore[arg-type]
    return [p for p in found if isinstance(p, req.Ausgleich)]


def who(wish: w.Ausgleich, **mehr: object) -> dict[str, tuple[Dienst, ...]]:
    (p,) = wished(wish, **mehr)
    return {last.wer: last.dienste for last in p.lasten}


def test_one_load_for_each_sitz_of_the_rollen() -> None:
    lasten = tuple(Last(f"amt/{wo}", (Dienst(f"amt/{wo}", DUTIES[wo]),)) for wo in ("west", "ost"))
    assert wished(WISH) == [req.Ausgleich("x", TEXT, 5, Was.ABENDE, lasten, time(18), 0, 3)]
    assert list(who(evolve(WISH, rollen=("amt/ost",)))) == ["amt/ost"]
    assert wished(evolve(WISH, rollen=("leitung",))) == []


def test_each_step_is_a_stage_of_its_own() -> None:
    found = wished(evolve(WISH, tiefe=3))
    assert [(p.id, p.stufe, p.schritt) for p in found] == [("x", 5, 0), ("x:1", 6, 1), ("x:2", 7, 2)]
    assert len({p.lasten for p in found}) == 1


def test_sittings_of_the_council_are_a_load_and_absences_are_none() -> None:
    """Who sits in the Rat has its evenings; a holiday is no evening."""
    away = Besetzt("leitung/muster", datetime(2027, 7, 1), datetime(2027, 7, 20), "Urlaub")
    kreis = Regel("kreis-leitung", RegelArt.MITGLIEDSCHAFT, "kreis", ("leitung",), G)
    mine = who(evolve(WISH, rollen=("leitung",)), sitzungen=(LK,), regeln=(kreis, *REGELN), besetzt=(away,))
    ((dienst,),) = mine.values()
    assert [b.was for b in dienst.belegt] == ["e1 tagt", "r1 tagt", "r2 tagt", "n1 tagt"]


def test_the_bodies_of_gremium_bear_what_they_hold() -> None:
    found = who(evolve(WISH, rollen=(), gremium=("runde", "kreis/muster")), sitzungen=(VOR, NACH, LK))
    assert {wer: parts[0].pflichten for wer, parts in found.items()} == {
        "runde/west": DUTIES["west"],
        "runde/ost": DUTIES["ost"],
        "kreis/muster": (Pflicht("lk/muster"),),
    }


def test_weekdays_are_a_load_each() -> None:
    (p,) = wished(evolve(WISH, was=Was.WOCHENTAGE))
    assert {(last.wer, last.wochentag) for last in p.lasten} == {
        (f"amt/{wo}", tag) for wo in ("west", "ost") for tag in range(7)
    }


def test_far_away_is_what_does_not_lie_in_ones_own_area() -> None:
    """The Halle and the Keller belong to the whole city, the Aula to the west."""
    (p,) = wished(evolve(WISH, was=Was.WEGE))
    assert {last.wer: set(last.fern) for last in p.lasten} == {
        "amt/west": {"halle", "keller"},
        "amt/ost": {"aula", "halle", "keller"},
    }


class TestBesetzung:
    """While one person holds several Sitze, what they have is one load."""

    def test_a_person_with_two_sitze_is_one(self) -> None:
        both = Besetzung((Innehabung("amt/west", "1"), Innehabung("amt/ost", "1")))
        ((wer, (dienst,)),) = who(WISH, besetzung=both).items()
        assert (wer, dienst.mit) == ("amt/west", ("amt/ost",))
        assert set(dienst.pflichten) == {*DUTIES["west"], *DUTIES["ost"]}

    def test_for_a_part_of_the_year_it_bears_both_only_then(self) -> None:
        both = Besetzung((Innehabung("amt/west", "1"), Innehabung("amt/ost", "1", date(2027, 7, 1))))
        found = who(WISH, besetzung=both)
        assert {wer: [d.mit for d in parts] for wer, parts in found.items()} == {
            "amt/west": [(), ("amt/ost",)],
            "amt/ost": [()],
        }

    @pytest.mark.parametrize("rolle", ["amt", "amt/ost"])
    def test_whoever_holds_one_that_is_meant_is_meant_with_all(self, rolle: str) -> None:
        both = Besetzung((Innehabung("amt/west", "1"), Innehabung("amt/ost", "1")))
        assert list(who(evolve(WISH, rollen=(rolle,)), besetzung=both)) == ["amt/west"]


def test_a_beratung_is_a_duty_of_who_may_present_it() -> None:
    """Of its deputy too; that only one of them attends, the plan says."""
    found = who(evolve(WISH, rollen=("amt", "leitung")), beratungen=(BERICHT,))
    items = {
        wer: [p.ereignis for p in parts[0].pflichten if "bericht" in p.ereignis]
        for wer, parts in found.items()
    }
    assert items["amt/west"] == items["leitung/muster"] != []
    assert items["amt/ost"] not in ([], items["amt/west"])
