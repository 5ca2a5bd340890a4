"""Why a Sitz is invited and why not: whole answers, in a city of a few Sitze."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen

from gremienplan.errors import UnknownIdError
from gremienplan.rules import (
    Als,
    AndererSitz,
    AnderesGremium,
    Beinahe,
    FalscherAnlass,
    GibtEsNicht,
    Invitation,
    KeinGemeinsamesGebiet,
    NichtInKraft,
    NotInvited,
    NurAnderswo,
    Regel,
    RegelArt,
    invitations,
    why,
)
from gremienplan.rules.grenzen import Ausschluss, Grenzen, ListenArt, Mitgliederliste
from gremienplan.stadt import Gremium, Stadt, Verlauf
from tests.jahr.muster import STADT, TEXT, G

TAG, MORGEN = date(2027, 7, 1), date(2027, 7, 2)
AMT, OST, LEITUNG = (STADT.sitze[id] for id in ("amt/west", "amt/ost", "leitung/muster"))


@frozen
class Tagung:
    gremium: Gremium
    anlass: tuple[str, ...] = ("entwurf",)


WEST = Tagung(STADT.gremien["runde/west"])


def rule(id: str, *rollen: str, gremium: str = "runde", **mehr: Any) -> Regel:
    return evolve(Regel(id, RegelArt.EINLADUNG, gremium, rollen, TEXT), **mehr)


def lacks(
    *regeln: Regel, sitz: str = "amt/west", stadt: Stadt = STADT
) -> list[tuple[str, tuple[object, ...]]]:
    """The nearest rules, and what each lacks."""
    answer = why(stadt, regeln, WEST, sitz, TAG)
    assert isinstance(answer, NotInvited)
    return [(beinahe.regel.id, beinahe.fehlt) for beinahe in answer.naechste]


def test_who_is_invited_gets_the_invitation() -> None:
    """By Sitz or by its id, with every reason; whoever comes before it in the list."""
    regeln = (rule("leitung", "leitung"), rule("amt", "amt"), rule("noch", "amt/west"))
    expected = invitations(STADT, regeln, WEST, TAG)[1]
    assert isinstance(expected, Invitation)
    assert expected.sitz == AMT
    assert why(STADT, regeln, WEST, AMT, TAG) == why(STADT, regeln, WEST, "amt/west", TAG) == expected


def test_an_id_nobody_has_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownIdError) as caught:
        why(STADT, (), WEST, "amt/nord", TAG)
    assert caught.value.args == UnknownIdError("amt/nord", STADT.alle_sitze).args
    assert str(caught.value) == str(UnknownIdError("amt/nord", STADT.alle_sitze))


def test_each_condition_that_fails_is_named() -> None:
    """Rules that lack equally few, in their order."""
    later = rule("kraft", "amt", gueltig_ab=MORGEN, gueltig_bis=date(2027, 12, 31))
    assert lacks(
        rule("gremium", "amt", gremium="runde/ost"),
        rule("nur", "amt", nur=("ost",)),
        later,
        rule("anlass", "amt", anlass=("halbjahr", "auswertung")),
        rule("sitz", "amt/ost"),
    ) == [
        ("gremium", (AnderesGremium("runde/ost"),)),
        ("nur", (NurAnderswo(("ost",)),)),
        ("kraft", (NichtInKraft(MORGEN, date(2027, 12, 31)),)),
        ("anlass", (FalscherAnlass(("halbjahr", "auswertung"), ("entwurf",)),)),
        ("sitz", (AndererSitz("amt/ost"),)),
    ]
    assert lacks(rule("erster", "amt/ost", "amt/nord")) == [("erster", (AndererSitz("amt/ost"),))]
    assert lacks(rule("gebiet", "amt"), sitz="amt/ost") == [
        ("gebiet", (KeinGemeinsamesGebiet(("3",), ("1", "2")),))
    ]
    assert lacks(rule("selbst", "amt/ost", nur=("ost",)), sitz="amt/ost") == [
        ("selbst", (NurAnderswo(("ost",)),))
    ]


def test_the_nearest_rules_are_those_that_lack_the_fewest() -> None:
    """Of several entries for one Rolle the nearest counts; other Rollen and Gremienarten are no matter."""
    far = rule("fern", "amt/ost", nur=("ost",), gueltig_bis=TAG - timedelta(days=1))
    near = rule("nah", "leitung", "amt/ost", "amt", gremium="runde/ost")
    others = (rule("leitung", "leitung", nur=("ost",)), rule("kreis", "amt", gremium="kreis"))
    assert lacks(far, *others, near) == [("nah", (AnderesGremium("runde/ost"),))]
    assert lacks(far) == [
        ("fern", (NurAnderswo(("ost",)), NichtInKraft(None, TAG - timedelta(days=1)), AndererSitz("amt/ost")))
    ]
    assert lacks(*others) == []


def test_a_rule_for_this_gremium_or_gebiet_lacks_nothing_of_that() -> None:
    bound = rule("x", "amt/ost", gremium="runde/west", nur=("ost", "west"), anlass=("entwurf", "halbjahr"))
    assert lacks(evolve(bound, gueltig_ab=TAG, gueltig_bis=TAG)) == [("x", (AndererSitz("amt/ost"),))]


def test_what_the_city_has_on_other_days_only_is_missing_first() -> None:
    """The Sitz, then the Gremium; both are shown as they are on another day."""
    less = {id: gremium for id, gremium in STADT.gremien.items() if id != "runde/west"}
    fewer = {**STADT.rollen, "amt": evolve(STADT.rollen["amt"], nur=("ost",))}
    regel = rule("x", "amt", nur=("ost",))

    def from_tomorrow(**heute: Any) -> Stadt:
        now = evolve(STADT, gueltig_bis=TAG, **heute)
        return Verlauf((now, evolve(STADT, gueltig_ab=MORGEN))).fassungen[0]

    sitz, gremium, other = GibtEsNicht("amt/west"), GibtEsNicht("runde/west"), NurAnderswo(("ost",))
    assert lacks(regel, stadt=from_tomorrow(rollen=fewer)) == [("x", (sitz, other))]
    assert lacks(regel, stadt=from_tomorrow(gremien=less)) == [("x", (gremium, other))]
    assert lacks(regel, stadt=from_tomorrow(rollen=fewer, gremien=less)) == [("x", (sitz, gremium, other))]


def test_sitz_and_gremium_are_those_of_the_day() -> None:
    """Asked with what they were before a Neuordnung, the answer is about what they are."""
    konf = tuple(evolve(g, atome=frozenset({"2", "3"})) if g.key == "konf/ost" else g for g in STADT.gebiete)
    ost = next(g for g in konf if g.key == "konf/ost")
    gremien = {**STADT.gremien, "runde/ost": evolve(STADT.gremien["runde/ost"], gebiet=ost)}
    old = evolve(STADT, gueltig_bis=TAG - timedelta(days=1))
    city = Verlauf((old, evolve(STADT, gueltig_ab=TAG, gebiete=konf, gremien=gremien))).fassungen[0]
    regel = rule("x", "amt", nur=("west",))
    answer = why(city, (regel,), Tagung(STADT.gremien["runde/ost"]), OST, TAG)
    assert answer == NotInvited(
        city.am(TAG).sitze["amt/ost"], (Beinahe(regel, (NurAnderswo(("west",)),)),), ("amt",)
    )
    assert answer.sitz.gebiet == ost
    gone = why(city, (regel,), Tagung(STADT.gremien["runde/ost"]), AMT, TAG - timedelta(days=1))
    assert isinstance(gone, NotInvited)
    assert gone.naechste[0].fehlt == (NurAnderswo(("west",)), KeinGemeinsamesGebiet(("1", "2"), ("3",)))


def test_what_the_rules_of_the_gremium_name_that_day() -> None:
    """Each once; a single Sitz only where no Rolle that is named means it already."""
    regeln = (
        rule("a", "amt", "mandat/muster", "amt/west", gremium="runde"),
        rule("b", "amt/ost", "mandat/muster", "nie/da", gremium="runde/west"),
        rule("vorbei", "leitung", gueltig_bis=TAG - timedelta(days=1)),
        rule("spaeter", "leitung", gueltig_ab=MORGEN),
        rule("kreis", "leitung", gremium="kreis"),
        rule("anderer", "leitung", gremium="runde/ost"),
    )
    answer = why(STADT, regeln, WEST, LEITUNG, TAG)
    assert isinstance(answer, NotInvited)
    assert answer.genannt == ("amt", "mandat/muster", "amt/ost", "nie/da")


class TestGrenzen:
    """With the city's limits: what rules a Sitz out, and whether the list of members is closed."""

    GAST = Ausschluss("gast", ("runde",), G, ("leitung",), als=(Als.GAST,))
    HOST = Ausschluss("gastgeber", ("runde/west",), G, ("leitung",), als=(Als.GASTGEBER,))
    FREMD = Ausschluss("fremd", ("kreis", "runde/ost"), G, ("leitung",))
    LISTE = Mitgliederliste("liste", "runde", ListenArt.GESCHLOSSEN, G)

    def ask(self, *regeln: Regel, liste: Mitgliederliste = LISTE) -> NotInvited:
        grenzen = Grenzen((self.GAST, self.FREMD, self.HOST), (liste,))
        answer = why(STADT, regeln, WEST, LEITUNG, TAG, grenzen=grenzen)
        assert isinstance(answer, NotInvited)
        return answer

    def test_where_no_rule_names_it_whatever_it_could_be_invited_as(self) -> None:
        answer = self.ask(rule("amt", "amt"))
        assert answer == NotInvited(LEITUNG, (), ("amt",), (self.GAST, self.HOST), self.LISTE)

    def test_where_rules_come_near_what_these_would_invite_it_as(self) -> None:
        """And whether the list is closed does not matter then."""
        near = rule("x", "leitung", nur=("ost",))
        assert (self.ask(near).ausgeschlossen, self.ask(near).liste) == ((self.GAST,), None)
        host = evolve(near, art=RegelArt.GASTGEBER)
        assert self.ask(host).ausgeschlossen == (self.HOST,)
        assert self.ask(evolve(near, art=RegelArt.MITGLIEDSCHAFT)).ausgeschlossen == ()

    def test_an_open_list_says_nothing_and_one_without_members_does(self) -> None:
        assert self.ask(liste=evolve(self.LISTE, art=ListenArt.OFFEN)).liste is None
        none = evolve(self.LISTE, art=ListenArt.KEINE)
        assert self.ask(liste=none).liste == none

    @pytest.mark.parametrize("gone", ["rollen", "gremien"])
    def test_what_the_city_has_on_other_days_only_is_ruled_out_all_the_same(self, gone: str) -> None:
        ids = {"rollen": "leitung", "gremien": "runde/west"}
        left: dict[str, Any] = {
            gone: {id: one for id, one in getattr(STADT, gone).items() if id != ids[gone]}
        }
        now = evolve(STADT, gueltig_bis=TAG, **left)
        city = Verlauf((now, evolve(STADT, gueltig_ab=MORGEN))).fassungen[0]
        answer = why(city, (), WEST, LEITUNG, TAG, grenzen=Grenzen((self.GAST, self.FREMD), (self.LISTE,)))
        assert answer == NotInvited(LEITUNG, (), (), (self.GAST,), self.LISTE)

    def test_without_limits_there_is_none_of_it(self) -> None:
        answer = why(STADT, (), WEST, LEITUNG, TAG)
        assert answer == NotInvited(LEITUNG, (), (), (), None)
