"""Chapters 3 to 5 of the concept of Hamm, as laws over the shipped city: members, invitations, Gastgeber."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import combinations

import pytest
from attrs import evolve, frozen

import gremienplan as gp
from gremienplan.quellen import Authority
from gremienplan.rules import Als, gastgeber, geschaeftsfuehrung
from gremienplan.stadt import Gebiet, RollenArt

TAG = date(2027, 6, 1)
BM_THEMEN = {
    "jahresplan-entwurf",
    "jahresplan-finalisierung",
    "halbjahrespruefung",
    "evaluation",
    "vorbereitung-stadtteilkonferenz",
    "vorbereitung-beteiligungsformat",
}
MEHRERE = {"norden": ["bockum-hoevel", "heessen"], "westen": ["herringen", "mitte", "pelkum"]}


@cache
def hamm() -> gp.Projekt:
    return gp.load("hamm", jahr=2027)


@frozen
class Tagung:
    gremium: gp.Gremium
    anlass: tuple[str, ...]


def invited(art: str, gebiet: str, *anlass: str) -> dict[str, gp.Invitation]:
    projekt = hamm()
    tagung = Tagung(projekt.stadt.gremien[f"{art}/{gebiet}"], anlass)
    return {i.sitz.id: i for i in gp.invitations(projekt.stadt, projekt.regeln, tagung, TAG)}


def members(art: str, gebiet: str) -> list[str]:
    projekt = hamm()
    found = gp.mitglieder(projekt.stadt, projekt.regeln, projekt.stadt.gremien[f"{art}/{gebiet}"], TAG)
    return [sitz.id for sitz in found]


def bezirke(sozialraum: str) -> list[str]:
    stadt = hamm().stadt
    gebiet = stadt.gebiet[f"sozialraum/{sozialraum}"]
    return sorted(b.id for b in stadt.gebiete_von("bezirk") if b.touches(gebiet))


SOZIALRAEUME = [g.id for g in hamm().stadt.gebiete_von("sozialraum")]


class TestGliederung:
    """3.1: two divisions of one city, cut from the same 27 Wohnbereiche."""

    def test_there_are_7_bezirke_9_sozialraeume_27_wohnbereiche_9_stadtteilzentren(self) -> None:
        """P-01."""
        stadt = hamm().stadt
        counts = [len(stadt.gebiete_von(e)) for e in ("bezirk", "sozialraum", "wohnbereich")]
        assert counts == [7, 9, 27]
        assert sum(o.art == "stadtteilzentrum" for o in stadt.orte.values()) == 9

    @pytest.mark.parametrize("ebene", ["bezirk", "sozialraum"])
    def test_every_wohnbereich_lies_in_exactly_one(self, ebene: str) -> None:
        """P-02."""
        stadt = hamm().stadt
        gebiete = stadt.gebiete_von(ebene)
        assert all(not a.touches(b) for a, b in combinations(gebiete, 2))
        assert frozenset().union(*(g.atome for g in gebiete)) == {
            w.id for w in stadt.gebiete_von("wohnbereich")
        }

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_only_norden_and_westen_lie_in_several_bezirke(self, sozialraum: str) -> None:
        """P-04, and which (HAMM-3.1-NORD, HAMM-3.1-WEST)."""
        assert bezirke(sozialraum) == MEHRERE.get(sozialraum, [sozialraum])

    def test_the_first_digit_of_a_wohnbereich_is_its_bezirk(self) -> None:
        """HAMM-GEO-DIGIT: a plausibility check of the data, never its source."""
        stadt = hamm().stadt
        for number, bezirk in enumerate(stadt.gebiete_von("bezirk"), start=1):
            assert {atom[0] for atom in bezirk.atome} == {str(number)}

    def test_there_is_one_koordinierungsrunde_and_one_stadtteilkonferenz_per_sozialraum(self) -> None:
        """P-06, P-07: and no other body of our own, so nothing of the Aktionsfonds."""
        own = [g for g in hamm().stadt.gremien.values() if g.art.klasse.value == "eigen"]
        found = {art: sorted(g.gebiet.id for g in own if g.art.id == art) for art in {g.art.id for g in own}}
        assert found == {
            "koordinierungsrunde": sorted(SOZIALRAEUME),
            "stadtteilkonferenz": sorted(SOZIALRAEUME),
            "lenkungskreis": ["hamm"],
            "arbeitskreis": ["hamm"],
        }


class TestMitglieder:
    """4.2 (2) and (3): who belongs to which Gremium."""

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_a_koordinierungsrunde_has_every_seat_of_the_list(self, sozialraum: str) -> None:
        """P-08, P-09, P-11: 9 + 2 per Bezirk, and the Stadtteilbüro where there is one."""
        b = len(bezirke(sozialraum))
        found = members("koordinierungsrunde", sozialraum)
        assert len(found) == len(set(found)) == 9 + 2 * b + (sozialraum in MEHRERE)
        for rolle in ("buergeramtsleitung", "vereinsguide"):
            seats = sorted(s.partition("/")[2] for s in found if s.startswith(f"{rolle}/"))
            assert seats == bezirke(sozialraum), f"P-10: {rolle} of B(s), and of no other Bezirk"
        assert (f"stadtteilbuero/{sozialraum}" in found) == (sozialraum in MEHRERE)

    def test_the_numbers_of_norden_and_westen_come_out(self) -> None:
        """P-08: 11, 14 and 16 members; 12, 16 and 19 with the Bezirksbürgermeister:innen."""
        for sozialraum, without, with_bm in [("heessen", 11, 12), ("norden", 14, 16), ("westen", 16, 19)]:
            assert len(members("koordinierungsrunde", sozialraum)) == without
            assert len(invited("koordinierungsrunde", sozialraum, "jahresplan-entwurf")) == with_bm

    def test_the_lenkungskreis_has_17_seats_one_of_them_the_buergeramt_mitte(self) -> None:
        """P-13."""
        found = members("lenkungskreis", "hamm")
        assert len(found) == 17
        assert [s for s in found if s.startswith("buergeramtsleitung/")] == ["buergeramtsleitung/mitte"]

    def test_the_arbeitskreis_has_nine_stadtteilkoordinationen_and_two_sachgebietsleitungen(self) -> None:
        """P-14."""
        found = members("arbeitskreis", "hamm")
        assert len(found) == 11
        assert sorted(s.partition("/")[2] for s in found if s.startswith("stadtteilkoordination/")) == sorted(
            SOZIALRAEUME
        )

    def test_no_politician_is_a_member_of_a_body_of_our_own(self) -> None:
        """P-14, P-15."""
        projekt = hamm()
        for gremium in projekt.stadt.gremien.values():
            if gremium.art.klasse.value == "eigen":
                found = gp.mitglieder(projekt.stadt, projekt.regeln, gremium, TAG)
                assert not {s.rolle.id for s in found} & {
                    "bezirksbuergermeister",
                    "bezirksvertretung-mitglied",
                }

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_a_stadtteilkonferenz_has_no_members(self, sozialraum: str) -> None:
        """P-16."""
        assert members("stadtteilkonferenz", sozialraum) == []


class TestEinladungZurKoordinierungsrunde:
    """4.2 (3), 5.1, 5.2: members always, the Bezirksbürgermeister:in where it says so."""

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    @pytest.mark.parametrize("anlass", [*sorted(BM_THEMEN), "regulaer"])
    def test_members_always_and_bezirksbuergermeister_by_anlass(self, sozialraum: str, anlass: str) -> None:
        """P-17 to P-20, P-24."""
        found = invited("koordinierungsrunde", sozialraum, anlass)
        bms = sorted(s.partition("/")[2] for s in found if s.startswith("bezirksbuergermeister/"))
        assert bms == (bezirke(sozialraum) if anlass in BM_THEMEN else [])
        others = {s for s in found if not s.startswith("bezirksbuergermeister/")}
        assert others == set(members("koordinierungsrunde", sozialraum))
        assert all(found[f"bezirksbuergermeister/{b}"].als == (Als.GAST,) for b in bms), "P-15: a guest"

    @pytest.mark.parametrize("sozialraum", ["norden", "westen", "heessen"])
    def test_invitees_of_a_combined_sitzung_are_the_union(self, sozialraum: str) -> None:
        """P-21, P-22: monotone, and the order of Anlässe is irrelevant."""
        for a, b in combinations([*sorted(BM_THEMEN), "regulaer"], 2):
            both = set(invited("koordinierungsrunde", sozialraum, a, b))
            one, other = (set(invited("koordinierungsrunde", sozialraum, x)) for x in (a, b))
            assert both == one | other == set(invited("koordinierungsrunde", sozialraum, b, a))

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_the_bezirksbuergermeister_and_the_bezirksvertretungen_that_treat_the_plan_are_the_same(
        self, sozialraum: str
    ) -> None:
        """P-23, P-38."""
        found = invited("koordinierungsrunde", sozialraum, "jahresplan-entwurf")
        bms = sorted(s.partition("/")[2] for s in found if s.startswith("bezirksbuergermeister/"))
        heard = [
            b.gremium.gebiet.id
            for b in hamm().beratungen(2027)
            if b.eintrag.id == "bv-jahresplan" and b.gebiet.id == sozialraum
        ]
        assert bms == sorted(heard)

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_the_stadtteilkoordination_invites(self, sozialraum: str) -> None:
        """P-25."""
        projekt = hamm()
        gremium = projekt.stadt.gremien[f"koordinierungsrunde/{sozialraum}"]
        hosts = gastgeber(projekt.stadt, projekt.regeln, gremium, TAG)
        assert [s.id for s in hosts] == [f"stadtteilkoordination/{sozialraum}"]

    def test_a_reading_is_not_passed_off_as_the_text(self) -> None:
        """AMB-02, AMB-03: mid-year review and evaluation rest on a reading, drafting and preparing on the text."""
        authorities = {
            anlass: {
                grund.grundlage.authority
                for grund in invited("koordinierungsrunde", "heessen", anlass)[
                    "bezirksbuergermeister/heessen"
                ].gruende
            }
            for anlass in BM_THEMEN
        }
        readings = {anlass for anlass, found in authorities.items() if found == {Authority.AUSLEGUNG}}
        assert readings == {"halbjahrespruefung", "evaluation"}


class TestEinladungZurStadtteilkonferenz:
    """4.3.2: open to all, invited jointly."""

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_stadtteilkoordination_and_every_bezirksbuergermeister_invite_together(
        self, sozialraum: str
    ) -> None:
        """P-27, P-28."""
        projekt = hamm()
        gremium = projekt.stadt.gremien[f"stadtteilkonferenz/{sozialraum}"]
        hosts = [s.id for s in gastgeber(projekt.stadt, projekt.regeln, gremium, TAG)]
        assert sorted(hosts) == sorted(
            [
                f"stadtteilkoordination/{sozialraum}",
                *(f"bezirksbuergermeister/{b}" for b in bezirke(sozialraum)),
            ]
        )
        managing = geschaeftsfuehrung(projekt.stadt, projekt.regeln, gremium, TAG)
        assert [s.id for s in managing] == [f"stadtteilkoordination/{sozialraum}"]

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_groups_of_the_sozialraum_and_all_bezirksvertreter_are_invited_whatever_the_anlass(
        self, sozialraum: str
    ) -> None:
        """P-29, P-30, P-32."""
        found = invited("stadtteilkonferenz", sozialraum, "jahresplan")
        groups = {i.sitz.rolle.id for i in found.values() if i.sitz.rolle.art is RollenArt.GRUPPE}
        assert groups == {
            "bewohner",
            "institutionen",
            "vereine",
            "verbaende",
            "glaubensgemeinschaften",
            "fachdienste",
        }
        bvs = sorted(s.partition("/")[2] for s in found if s.startswith("bezirksvertretung-mitglied/"))
        assert bvs == bezirke(sozialraum)
        assert set(found) == set(invited("stadtteilkonferenz", sozialraum, "anliegen"))

    @pytest.mark.parametrize("sozialraum", SOZIALRAEUME)
    def test_the_word_stadtteilkonferenz_is_in_every_title(self, sozialraum: str) -> None:
        """P-34."""
        stadt = hamm().stadt
        assert "Stadtteilkonferenz" in stadt.gremium_name(stadt.gremien[f"stadtteilkonferenz/{sozialraum}"])


class TestVerbund:
    """The sets of Norden and Westen come from the join alone."""

    def test_no_rule_names_them(self) -> None:
        """P-73: no rule of the city mentions a Sozialraum."""
        named = {
            name.partition("/")[2] or name
            for regel in hamm().regeln
            for name in (*regel.rollen, *(regel.nur or ()), regel.gremium)
            if "/" in name
        }
        assert named == {"mitte"}, "only the seat of the Bürgeramt Mitte in the Lenkungskreis"

    def test_moving_a_wohnbereich_moves_the_invitations(self) -> None:
        """P-03: with 42 in another Sozialraum, Pelkum leaves B(Westen), and everything follows."""
        projekt = hamm()
        stadt = projekt.stadt

        def moved(g: Gebiet) -> Gebiet:
            if g.key == "sozialraum/westen":
                return evolve(g, atome=g.atome - {"42"})
            return evolve(g, atome=g.atome | {"42"}) if g.key == "sozialraum/pelkum" else g

        gebiete = tuple(moved(g) for g in stadt.gebiete)
        by_key = {g.key: g for g in gebiete}
        gremien = {k: evolve(g, gebiet=by_key[g.gebiet.key]) for k, g in stadt.gremien.items()}
        other = evolve(stadt, gebiete=gebiete, gremien=gremien)
        for art in ("koordinierungsrunde", "stadtteilkonferenz"):
            for sozialraum in SOZIALRAEUME:
                anlass = ("jahresplan-entwurf",)
                before = {
                    i.sitz.id
                    for i in gp.invitations(
                        stadt, projekt.regeln, Tagung(stadt.gremien[f"{art}/{sozialraum}"], anlass), TAG
                    )
                }
                after = {
                    i.sitz.id
                    for i in gp.invitations(
                        other, projekt.regeln, Tagung(gremien[f"{art}/{sozialraum}"], anlass), TAG
                    )
                }
                lost = {s for s in before if s.endswith("/pelkum")} if sozialraum == "westen" else set()
                assert after == before - lost
                assert bool(lost) == (sozialraum == "westen")

    def test_every_reason_names_a_passage_or_a_reading_of_the_catalogue(self) -> None:
        """P-68."""
        projekt = hamm()
        for sitzung in projekt.sitzungen(2027):
            for invitation in gp.invitations(projekt.stadt, projekt.regeln, sitzung, TAG):
                assert invitation.gruende
                for grund in invitation.gruende:
                    assert grund.grundlage.authority in (Authority.TEXT, Authority.AUSLEGUNG)
                    assert projekt.katalog.kennt(grund.grundlage)

    def test_a_name_of_both_divisions_is_ambiguous_and_a_key_is_not(self) -> None:
        """P-05, P-74, S-35."""
        stadt = hamm().stadt
        assert stadt.resolve("Pelkum") == ("bezirk/pelkum", "sozialraum/pelkum")
        assert stadt.resolve("sozialraum/pelkum") == ("sozialraum/pelkum",)
        assert set(stadt.resolve("Arbeitskreis")) == {"arbeitskreis/hamm", "koordinierungsrunde/norden"}
        assert stadt.resolve("präventivkreis") == ("stadtteilkonferenz/norden",)
        for alias in ("Hamm-Norden", "hammer norden"):
            assert stadt.resolve(alias) == ("sozialraum/norden",)
