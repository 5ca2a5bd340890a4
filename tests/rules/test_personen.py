"""From Sitze to persons: what is known of where they live, on the day it is asked of."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from gremienplan.besetzung import Besetzung, Innehabung, Wohnsitz
from gremienplan.rules import Als, Derivation, Geladen, Invitation, Personenliste, Wohnt, personen, wohnt
from gremienplan.stadt import Verlauf
from tests.jahr.muster import OST, STADT, TEXT, WEST, G

CHANGE = date(2027, 5, 1)
LIVES_WEST = Wohnsitz("konf/west")
GRUND = Derivation("regel", Als.GAST, G, (), insbesondere=TEXT)


@pytest.mark.parametrize(
    ("known", "lives"),
    [
        ([], Wohnt.UNBEKANNT),
        ([Wohnsitz("konf/nie")], Wohnt.UNBEKANNT),
        ([Wohnsitz("konf/nie"), LIVES_WEST], Wohnt.JA),
        ([Wohnsitz("stadt/muster"), Wohnsitz("konf/ost")], Wohnt.NEIN),
        ([Wohnsitz("konf/ost", dort=False)], Wohnt.UNBEKANNT),
        ([Wohnsitz("stadt/muster", dort=False)], Wohnt.NEIN),
        ([Wohnsitz("konf/west", dort=False)], Wohnt.NEIN),
    ],
)
def test_one_statement_that_decides_is_enough(known: list[Wohnsitz], lives: Wohnt) -> None:
    """Whatever else is said before it, of areas that the city does not have too."""
    assert wohnt(STADT, known, WEST) is lives


@pytest.mark.parametrize("what", ["gremium", "gebiet"])
def test_areas_are_those_of_the_day(what: str) -> None:
    """Of the Gremium, and of the place where somebody lives."""
    sitz = STADT.sitze["amt/ost"]
    rows = Besetzung((Innehabung(sitz.id, "A", wohnt=LIVES_WEST),))
    if what == "gremium":
        wide = evolve(OST, atome=frozenset({"1", "2", "3"}))
        gremien = {**STADT.gremien, "runde/ost": evolve(STADT.gremien["runde/ost"], gebiet=wide)}
        later = evolve(STADT, gueltig_ab=CHANGE, gremien=gremien)
    else:
        moved = (STADT.gebiete[0], evolve(WEST, atome=frozenset({"3"})), OST)
        later = evolve(STADT, gueltig_ab=CHANGE, gebiete=moved)
    city = Verlauf((evolve(STADT, gueltig_bis=date(2027, 4, 30)), later)).fassungen[0]
    for tag, lives in ((date(2027, 4, 30), Wohnt.NEIN), (CHANGE, Wohnt.JA)):
        found = personen(city, rows, [Invitation(sitz, (GRUND,))], STADT.gremien["runde/ost"], tag)
        assert [g.insbesondere for g in found.geladen] == [lives]
        assert found.ohne_person == ()


def test_each_person_comes_once_with_all_its_sitze_and_nobody_invited_is_lost() -> None:
    """Who stands in is named of every Sitz, and only what is said of that day counts. All persons are invented."""
    plain = Derivation("regel", Als.MITGLIED, TEXT, ())
    ost, west, mandat, leitung = (
        Invitation(STADT.sitze[id], (grund,))
        for id, grund in (
            ("amt/ost", GRUND),
            ("amt/west", plain),
            ("mandat/muster", plain),
            ("leitung/muster", plain),
        )
    )
    rows = Besetzung(
        (
            Innehabung("amt/ost", "A", bis=date(2027, 4, 30), wohnt=Wohnsitz("konf/ost"), vertretung="C"),
            Innehabung("amt/ost", "A", ab=CHANGE, wohnt=LIVES_WEST, vertretung="D"),
            Innehabung("amt/west", "A", vertretung="E"),
            Innehabung("amt/west", "B", ab=CHANGE, vertretung="A"),
            Innehabung("mandat/muster", "B", bis=date(2027, 4, 30)),
        )
    )

    def found(tag: date) -> Personenliste:
        return personen(STADT, rows, [ost, west, mandat, leitung], STADT.gremien["runde/west"], tag)

    assert found(date(2027, 4, 30)) == Personenliste(
        (Geladen("A", (ost, west), Wohnt.NEIN, (TEXT,), ("C", "E")), Geladen("B", (mandat,))), (leitung,)
    )
    assert found(CHANGE) == Personenliste(
        (Geladen("A", (ost, west), Wohnt.JA, (TEXT,), ("D", "E")), Geladen("B", (west,), None, (), ("A",))),
        (mandat, leitung),
    )
