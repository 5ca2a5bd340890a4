"""Why a Sitz is invited: the rule, what it shares, the Anlass, and the days the rule holds."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve, frozen

from gremienplan.quellen import Authority, Grundlage
from gremienplan.rules import (
    Als,
    Derivation,
    Insbesondere,
    Regel,
    RegelArt,
    gastgeber,
    geschaeftsfuehrung,
    invitations,
    mitglieder,
)
from gremienplan.stadt import Ebene, Gebiet, Gremienart, Gremium, Rolle, Stadt

TEXT = Grundlage(Authority.TEXT, "MUSTER-1")
NORD = Gebiet("bezirk", "nord", "Nord", frozenset({"1", "2"}))
SUED = Gebiet("bezirk", "sued", "Süd", frozenset({"3"}))
MARKT = Gebiet("quartier", "markt", "Markt", frozenset({"2", "3"}))
HAFEN = Gebiet("quartier", "hafen", "Hafen", frozenset({"1"}))
RUNDE = Gremienart("runde", "quartier", "Runde")
STADT = Stadt(
    id="muster",
    name="Muster",
    domain="muster.example",
    land="NW",
    zeitzone="Europe/Berlin",
    atom="block",
    ebenen=(Ebene("bezirk", "Bezirk"), Ebene("quartier", "Quartier")),
    gebiete=(NORD, SUED, MARKT, HAFEN),
    rollen={
        "amt": Rolle("amt", "bezirk", "Amt"),
        "koordination": Rolle("koordination", "quartier", "Koordination"),
    },
    gremienarten={"runde": RUNDE},
    gremien={f"runde/{g.id}": Gremium(RUNDE, g) for g in (MARKT, HAFEN)},
    orte={},
)
REGEL = Regel("runde-amt", RegelArt.EINLADUNG, "runde", ("amt",), TEXT)
TAG = date(2027, 7, 1)


@frozen
class Tagung:
    gremium: Gremium
    anlass: tuple[str, ...] = ()


def invited(
    regel: Regel, gebiet: str = "markt", *anlass: str, tag: date = TAG
) -> dict[str, tuple[Derivation, ...]]:
    tagung = Tagung(STADT.gremien[f"runde/{gebiet}"], anlass)
    return {i.sitz.id: i.gruende for i in invitations(STADT, (regel,), tagung, tag)}


def test_a_derivation_says_through_which_atoms_the_rule_means_a_sitz() -> None:
    assert invited(REGEL) == {
        "amt/nord": (Derivation("runde-amt", Als.GAST, TEXT, ("2",)),),
        "amt/sued": (Derivation("runde-amt", Als.GAST, TEXT, ("3",)),),
    }


def test_a_sitz_named_outright_is_meant_whatever_it_shares() -> None:
    for sitz in ("amt/sued", "amt/nord"):
        found = invited(evolve(REGEL, rollen=(sitz,)), "hafen")
        assert found == {sitz: (Derivation("runde-amt", Als.GAST, TEXT, ()),)}


def test_a_derivation_says_under_which_anlass_the_rule_held() -> None:
    regel = evolve(REGEL, rollen=("koordination",), anlass=("entwurf", "auswertung"))
    (grund,) = invited(regel, "markt", "regulaer", "auswertung")["koordination/markt"]
    assert grund.anlass == ("auswertung",)
    assert invited(regel, "markt", "regulaer") == {}


def test_a_rule_may_hold_at_some_gebiete_only() -> None:
    regel = evolve(REGEL, nur=("hafen",))
    assert set(invited(regel, "hafen")) == {"amt/nord"}
    assert invited(regel, "markt") == {}


def test_a_rule_may_be_about_one_gremium() -> None:
    regel = evolve(REGEL, gremium="runde/hafen")
    assert set(invited(regel, "hafen")) == {"amt/nord"}
    assert invited(regel, "markt") == {}


@pytest.mark.parametrize(
    ("ab", "bis", "holds"),
    [
        (None, None, True),
        (date(2027, 7, 1), None, True),
        (date(2027, 7, 2), None, False),
        (None, date(2027, 7, 1), True),
        (None, date(2027, 6, 30), False),
    ],
)
@pytest.mark.parametrize(
    ("art", "of"),
    [
        (RegelArt.MITGLIEDSCHAFT, mitglieder),
        (RegelArt.GASTGEBER, gastgeber),
        (RegelArt.GESCHAEFTSFUEHRUNG, geschaeftsfuehrung),
    ],
)
def test_a_rule_holds_on_its_first_and_last_day_and_on_none_outside(
    art: RegelArt, of: object, ab: date | None, bis: date | None, holds: bool
) -> None:
    regel = evolve(REGEL, art=art, gueltig_ab=ab, gueltig_bis=bis)
    assert bool(invited(regel)) == holds
    assert callable(of)
    found = of(STADT, (regel,), STADT.gremien["runde/markt"], TAG)
    assert [s.id for s in found] == (["amt/nord", "amt/sued"] if holds else [])


def test_several_reasons_are_one_invitation() -> None:
    """P-33, P-54: one entry that names all, in the order of the rules."""
    host = Regel("runde-gastgeber", RegelArt.GASTGEBER, "runde", ("amt/nord",), TEXT)
    found = invitations(STADT, (REGEL, host, REGEL), Tagung(STADT.gremien["runde/markt"]), TAG)
    assert [i.sitz.id for i in found] == ["amt/nord", "amt/sued"]
    assert [g.regel for g in found[0].gruende] == ["runde-amt", "runde-gastgeber", "runde-amt"]
    assert found[0].als == (Als.GAST, Als.GASTGEBER)


def test_a_rule_whose_anlass_is_another_ends_nothing() -> None:
    """The rules after it hold as before."""
    other = evolve(REGEL, id="entwurf", rollen=("koordination",), anlass=("entwurf",))
    found = invitations(STADT, (other, REGEL), Tagung(STADT.gremien["runde/markt"], ("regulaer",)), TAG)
    assert [i.sitz.id for i in found] == ["amt/nord", "amt/sued"]


def test_residents_are_meant_in_particular_where_the_rule_says_so() -> None:
    """P-31: everywhere, or in the Gebiete it names; the reason carries on whose word."""
    mark = Grundlage(Authority.TEXT, "MUSTER-2")

    def meant(gebiet: str, insbesondere: Insbesondere | None) -> set[Grundlage | None]:
        found = invited(evolve(REGEL, insbesondere=insbesondere), gebiet)
        return {grund.insbesondere for gruende in found.values() for grund in gruende}

    for gebiet in ("markt", "hafen"):
        assert meant(gebiet, None) == {None}
        assert meant(gebiet, Insbesondere(mark)) == {mark}
    assert meant("markt", Insbesondere(mark, ("markt",))) == {mark}
    assert meant("hafen", Insbesondere(mark, ("markt",))) == {None}
