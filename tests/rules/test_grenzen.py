"""Limits: whom an exclusion is about, what a rule breaks, which list is that of a Gremium, and how long it is."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from gremienplan.rules import Als, Regel, RegelArt
from gremienplan.rules.grenzen import (
    Ausschluss,
    Grenzen,
    KeinGremium,
    ListenArt,
    Mitgliederliste,
    Verstoss,
    gremien_der_regel,
    mitgliederzahlen,
    verstoesse,
)
from gremienplan.stadt import RollenArt, Verlauf
from tests.jahr.muster import STADT, TEXT, G

WEST, OST, KREIS = (STADT.gremien[id] for id in ("runde/west", "runde/ost", "kreis/muster"))
AMT, MANDAT = STADT.sitze["amt/west"], STADT.sitze["mandat/muster"]
APRIL, MAI = date(2027, 4, 1), date(2027, 5, 1)


@pytest.mark.parametrize(
    ("gremium", "about"),
    [(("runde",), True), (("kreis", "runde/west"), True), (("runde/ost",), False), ((), False)],
)
def test_an_exclusion_is_about_a_gremienart_or_single_gremien(gremium: tuple[str, ...], about: bool) -> None:
    assert Ausschluss("x", gremium, G).betrifft(WEST) is about


def test_an_exclusion_names_rollen_single_sitze_or_a_kind_of_rolle() -> None:
    """In the capacity it rules out; by default in every one."""
    for rollen in (("amt",), ("mandat", "amt/west")):
        found = Ausschluss("x", ("runde",), G, rollen)
        assert all(found.trifft(AMT, als) for als in Als)
        assert not found.trifft(STADT.sitze["leitung/muster"], Als.GAST)
    assert not Ausschluss("x", ("runde",), G, ("amt/ost",)).trifft(AMT, Als.GAST)
    kind = Ausschluss("x", ("runde",), G, rollenart=(RollenArt.MANDAT,), als=(Als.MITGLIED,))
    assert kind.trifft(MANDAT, Als.MITGLIED)
    assert not kind.trifft(MANDAT, Als.GAST)
    assert not kind.trifft(AMT, Als.MITGLIED)


def test_a_name_is_ruled_out_wherever_the_pattern_is_found_capital_letters_or_not() -> None:
    kein = KeinGremium("x", "beirat", G)
    assert kein.trifft("kreis", "Der Jugendbeirat")
    assert kein.trifft("BEIRAT")
    assert not kein.trifft("Bei Rat", "Kreis")


def test_the_list_of_a_gremium_is_the_last_that_names_it_or_its_gremienart() -> None:
    alle = Mitgliederliste("alle", "runde", ListenArt.OFFEN, G)
    west = Mitgliederliste("west", "runde/west", ListenArt.GESCHLOSSEN, G)
    assert Grenzen(listen=(alle, west)).liste(WEST) is west
    assert Grenzen(listen=(alle, west)).liste(OST) is alle
    assert Grenzen(listen=(west, alle)).liste(WEST) is alle
    assert Grenzen(listen=(alle, west)).liste(KREIS) is None


class TestVerstoesse:
    RAUS = Ausschluss("raus", ("runde",), G, ("amt/west", "mandat"), als=(Als.GAST,))

    def test_a_rule_breaks_a_limit_with_the_sitze_it_must_not_name(self) -> None:
        """Each once, where both speak of the same Gremium in the same capacity; and every limit for itself."""
        regel = Regel("gast", RegelArt.EINLADUNG, "runde", ("amt", "leitung", "mandat"), TEXT)
        other = Ausschluss("ost", ("runde/ost",), G, ("leitung",))
        fine = Ausschluss("kreis", ("kreis",), G, ("amt",))
        grenzen = Grenzen((self.RAUS, fine, other))
        assert list(
            verstoesse(STADT, (evolve(regel, rollen=("leitung",)), regel), Grenzen((self.RAUS,)))
        ) == [Verstoss(regel, self.RAUS, (AMT, MANDAT))]
        assert list(verstoesse(STADT, (regel,), grenzen)) == [
            Verstoss(regel, self.RAUS, (AMT, MANDAT)),
            Verstoss(regel, other, (STADT.sitze["leitung/muster"],)),
        ]
        member = evolve(regel, art=RegelArt.MITGLIEDSCHAFT)
        assert list(verstoesse(STADT, (member,), Grenzen((self.RAUS,)))) == []
        assert list(verstoesse(STADT, (evolve(regel, gremium="kreis"),), Grenzen((self.RAUS,)))) == []

    @pytest.mark.parametrize(
        ("ab", "bis"), [(None, None), (APRIL, None), (None, APRIL), (APRIL, MAI), (APRIL, APRIL)]
    )
    def test_whatever_the_days_of_the_rule(self, ab: date | None, bis: date | None) -> None:
        regel = Regel("gast", RegelArt.EINLADUNG, "runde", ("amt",), TEXT, gueltig_ab=ab, gueltig_bis=bis)
        assert gremien_der_regel(STADT, regel) == (WEST, OST)
        assert gremien_der_regel(STADT, evolve(regel, nur=("west",))) == (WEST,)
        assert [v.sitze for v in verstoesse(STADT, (regel,), Grenzen((self.RAUS,)))] == [(AMT,)]


class TestMitgliederzahlen:
    RUNDE = Regel("runde", RegelArt.MITGLIEDSCHAFT, "runde", ("amt",), TEXT)
    DAZU = Regel("dazu", RegelArt.MITGLIEDSCHAFT, "runde/west", ("leitung",), TEXT)

    def test_they_change_when_a_rule_begins_and_on_the_day_after_its_last(self) -> None:
        dazu = evolve(self.DAZU, gueltig_ab=APRIL, gueltig_bis=date(2027, 4, 30))
        regeln = (self.RUNDE, dazu)
        assert mitgliederzahlen(STADT, regeln, "runde/west") == {date.min: 1, APRIL: 2, MAI: 1}
        assert mitgliederzahlen(STADT, regeln, "runde/ost") == {date.min: 1, APRIL: 1, MAI: 1}
        last = evolve(dazu, gueltig_bis=date.max)
        assert mitgliederzahlen(STADT, (self.RUNDE, last), "runde/west") == {date.min: 1, APRIL: 2}

    def test_other_rules_do_not_count_and_days_without_one_are_left_out(self) -> None:
        guest = evolve(self.RUNDE, art=RegelArt.EINLADUNG, rollen=("leitung",), gueltig_ab=MAI)
        dazu = evolve(self.DAZU, gueltig_ab=APRIL)
        assert mitgliederzahlen(STADT, (guest, dazu), "runde/west") == {APRIL: 1}

    def test_a_gremium_no_such_rule_is_about_has_none_on_any_day(self) -> None:
        assert mitgliederzahlen(STADT, (self.DAZU,), "runde/ost") == {date.min: 0}
        assert mitgliederzahlen(STADT, (), "runde/ost") == {date.min: 0}
        assert mitgliederzahlen(STADT, (self.RUNDE,), "runde/nie") == {date.min: 0}

    def test_they_change_with_the_city(self) -> None:
        """A Sitz that comes to be is a member from that day; a Gremium that ends has none from then on."""
        fewer = {**STADT.rollen, "amt": evolve(STADT.rollen["amt"], nur=("ost",))}
        without = {id: gremium for id, gremium in STADT.gremien.items() if id != "runde/west"}
        city = Verlauf(
            (
                evolve(STADT, gueltig_bis=date(2027, 3, 31), rollen=fewer),
                evolve(STADT, gueltig_ab=APRIL, gueltig_bis=date(2027, 4, 30)),
                evolve(STADT, gueltig_ab=MAI, gremien=without),
            )
        ).fassungen[0]
        assert mitgliederzahlen(city, (self.RUNDE,), "runde/west") == {date.min: 0, APRIL: 1}
        assert mitgliederzahlen(city, (self.RUNDE,), "runde/ost") == {date.min: 1, APRIL: 1, MAI: 1}
