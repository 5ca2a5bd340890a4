"""From the programme's wish for a robust year to preferences: what hangs on which sitting of the council."""

from __future__ import annotations

from datetime import datetime

from gremienplan import requirements as req
from gremienplan.programm import bedingungen as bed, wuensche as w
from gremienplan.rules import Regel, RegelArt
from tests.jahr.muster import BERICHT, LK, NACH, REGELN, TEXT, VOR, G, year

WISH = w.Robust("x", 5, TEXT, 10, 3)
ORDER = (bed.Reihenfolge("vorher", "vor", "bericht", G), bed.Reihenfolge("nachher", "bericht", "nach", G))


def wished(*bedingungen: bed.Bedingung, **mehr: object) -> dict[str, req.Robust]:
    facts = {"sitzungen": (VOR, NACH), "beratungen": (BERICHT,)} | mehr
    found = year(*bedingungen, wuensche=(WISH,), **facts).preferences  # type: ignore[arg-type]
    return {p.sitzung.key: p for p in found if isinstance(p, req.Robust)}


def test_one_wish_for_each_sitting_something_hangs_on() -> None:
    """The Rat hears the reports, its members have to be free; of the others nobody of ours is a member."""
    found = wished()
    assert list(found) == ["e1", "r1", "r2", "n1"]
    assert {(p.id, p.stufe, p.grundlage, p.tage, p.gewicht) for p in found.values()} == {
        (f"x:{key}", 5, TEXT, 10, 3) for key in found
    }
    both = ("bericht/west/muster", "bericht/ost/muster")
    assert {key: p.beratungen for key, p in found.items()} == {"e1": (), "r1": both, "r2": both, "n1": ()}
    clear = wished(bed.KeineUeberschneidung("weg", ("runde/west",), G, ("beirat",)))
    assert list(clear) == ["e1", "r1", "b1", "r2", "n1"]
    assert (clear["b1"].sitzung.beginn, clear["b1"].beratungen) == (datetime(2027, 5, 12, 16), ())
    assert clear["b1"].frei == (("nach/west", 0), ("vor/west", 0))


def test_what_binds_the_days_of_its_beratungen_is_in_it() -> None:
    ordnung = wished(*ORDER)["r1"].ordnung
    bound = {(r.erst, r.dann) for r in ordnung if isinstance(r, req.Reihenfolge)}
    assert {("vor" in erst, "nach" in dann) for erst, dann in bound} == {(True, False), (False, True)}
    assert len(bound) == 4


def test_who_must_keep_clear_of_it_and_by_how_much() -> None:
    """By a rule, or because somebody presents or sits in the one and attends the other: the longest distance counts."""
    apart = bed.KeineUeberschneidung("weg", ("runde/west",), G, ("rat",), bed.Minuten(45, G))
    rounds = {f"{e}/{wo}": 0 for e in ("vor", "nach") for wo in ("west", "ost")}
    assert dict(wished()["r1"].frei) == rounds
    assert dict(wished(apart)["r1"].frei) == rounds | {"nach/west": 45, "vor/west": 45}
    kreis = Regel("kreis-leitung", RegelArt.MITGLIEDSCHAFT, "kreis", ("leitung",), G)
    both = {"sitzungen": (LK, VOR), "regeln": (kreis, *REGELN)}
    assert ("lk/muster", 0) in wished(**both)["r1"].frei
    assert ("lk/muster", 20) in wished(bed.Wegezeit("weg", 20, G), **both)["r1"].frei


def test_sittings_of_the_past_are_past() -> None:
    assert list(wished(stand=datetime(2027, 5, 5, 8))) == ["r2", "n1"]


def test_without_beratungen_there_is_nothing_to_wish() -> None:
    assert wished(beratungen=()) == {}
