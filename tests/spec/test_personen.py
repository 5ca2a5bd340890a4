"""Persons behind the Sitze of Hamm: one invitation each, residents marked, nobody lost. All persons are invented."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

import pytest
from attrs import evolve, frozen
from hypothesis import given, strategies as st

import gremienplan as gp
from gremienplan.auditing import check
from gremienplan.besetzung import Besetzung, Innehabung, Wohnsitz
from gremienplan.jahr import build
from gremienplan.plan import Lage
from gremienplan.requirements import Verfuegbar
from gremienplan.rules import Als, Geladen, Insbesondere, Personenliste, Wohnt, personen
from gremienplan.stadt import Gremium

TAG = date(2027, 6, 1)
MARKED = "HAMM-4.3.2-NW-INSB"
MITGLIED = "bezirksvertretung-mitglied"


@cache
def hamm() -> gp.Projekt:
    return gp.load("hamm", jahr=2027)


@frozen
class Tagung:
    gremium: Gremium
    anlass: tuple[str, ...] = ()


def holds(
    sitz: str, person: str, wohnt: str = "", *, ab: date | None = None, bis: date | None = None
) -> Innehabung:
    """One line of an invented Besetzung; ``wohnt`` is the key of a Gebiet."""
    return Innehabung(sitz, person, ab, bis, Wohnsitz(wohnt) if wohnt else None)


def invited(gremium: str, *anlass: str) -> tuple[gp.Invitation, ...]:
    projekt = hamm()
    tagung = Tagung(projekt.stadt.gremien[gremium], anlass)
    return gp.invitations(projekt.stadt, projekt.regeln, tagung, TAG)


def liste(gremium: str, *zeilen: Innehabung, anlass: tuple[str, ...] = (), tag: date = TAG) -> Personenliste:
    stadt = hamm().stadt
    found = invited(gremium, *anlass)
    return personen(stadt, Besetzung(zeilen), found, stadt.gremien[gremium], tag)


def by_person(found: Personenliste) -> dict[str, Geladen]:
    return {geladen.person: geladen for geladen in found.geladen}


def sitze(geladen: Geladen) -> list[str]:
    return [invitation.sitz.id for invitation in geladen.invitations]


class TestInsbesondere:
    """4.3.2 and 5.2: in Norden and Westen residents are meant in particular, and nobody is left out (AMB-06)."""

    def test_s_38_who_sits_elsewhere_is_reached_as_a_resident(self) -> None:
        """S-38: of the Bezirksvertretung Uentrop, living in Wohnbereich 72: not invited by that mandate, nor marked."""
        found = liste("stadtteilkonferenz/norden", holds(f"{MITGLIED}/uentrop", "e38", "wohnbereich/72"))
        assert found.geladen == ()
        assert "bewohner/norden" in [i.sitz.id for i in found.ohne_person]

    def test_s_39_unknown_residence_is_listed_and_excludes_nobody(self) -> None:
        """S-39."""
        found = liste("stadtteilkonferenz/norden", holds(f"{MITGLIED}/heessen", "e39"))
        (geladen,) = found.geladen
        assert (geladen.insbesondere, geladen.hervorgehoben) == (Wohnt.UNBEKANNT, False)
        assert found.unbekannt == found.geladen

    def test_s_40_marked_where_they_live_and_unmarked_in_the_rest_of_their_bezirk(self) -> None:
        """S-40: of Herringen, living in Wohnbereich 52: marked for Westen, invited unmarked to Herringen."""
        zeile = holds(f"{MITGLIED}/herringen", "e40", "wohnbereich/52")
        (westen,) = liste("stadtteilkonferenz/westen", zeile).geladen
        (herringen,) = liste("stadtteilkonferenz/herringen", zeile).geladen
        assert westen.hervorgehoben
        assert [g.id for g in westen.grundlagen] == [MARKED]
        assert (herringen.insbesondere, herringen.grundlagen) == (None, ())

    @pytest.mark.parametrize(
        ("wohnsitz", "known"),
        [
            (Wohnsitz("sozialraum/norden"), Wohnt.JA),
            (Wohnsitz("wohnbereich/62"), Wohnt.JA),
            (Wohnsitz("sozialraum/heessen"), Wohnt.NEIN),
            (Wohnsitz("sozialraum/norden", dort=False), Wohnt.NEIN),
            (Wohnsitz("stadt/hamm", dort=False), Wohnt.NEIN),
            (Wohnsitz("bezirk/heessen"), Wohnt.UNBEKANNT),
            (Wohnsitz("bezirk/uentrop"), Wohnt.NEIN),
            (Wohnsitz("sozialraum/westen", dort=False), Wohnt.UNBEKANNT),
            (Wohnsitz("wohnbereich/72", dort=False), Wohnt.UNBEKANNT),
        ],
    )
    def test_a_yes_or_no_per_sozialraum_is_enough(self, wohnsitz: Wohnsitz, known: Wohnt) -> None:
        """P-31: what does not decide it is unknown, never a no."""
        zeile = Innehabung(f"{MITGLIED}/heessen", "e31", wohnt=wohnsitz)
        (geladen,) = liste("stadtteilkonferenz/norden", zeile).geladen
        assert geladen.insbesondere is known

    def test_only_where_the_area_lies_in_several_bezirke(self) -> None:
        """P-31: of nine Sozialräume, these two."""
        stadt = hamm().stadt
        asked = {
            gremium.gebiet.id
            for gremium in stadt.gremien.values()
            for invitation in invited(gremium.id)
            for grund in invitation.gruende
            if grund.insbesondere
        }
        several = {
            s.id
            for s in stadt.gebiete_von("sozialraum")
            if sum(map(s.touches, stadt.gebiete_von("bezirk"))) > 1
        }
        assert asked == several

    def test_only_those_of_the_bezirksvertretung_are_marked(self) -> None:
        """P-31: a Stadtteilkoordination that lives there is invited all the same, and not asked where."""
        found = liste(
            "stadtteilkonferenz/norden",
            holds("stadtteilkoordination/norden", "e1", "sozialraum/norden"),
            holds("bezirksbuergermeister/heessen", "e2", "sozialraum/norden"),
        )
        marks = {person: geladen.insbesondere for person, geladen in by_person(found).items()}
        assert marks == {"e1": None, "e2": Wohnt.JA}

    def test_without_the_mark_the_same_sitze_are_invited(self) -> None:
        """P-31: it neither adds nor removes anybody."""
        projekt = hamm()
        without = [evolve(regel, insbesondere=None) for regel in projekt.regeln]
        assert any(isinstance(regel.insbesondere, Insbesondere) for regel in projekt.regeln)
        for gremium in projekt.stadt.gremien.values():
            found = gp.invitations(projekt.stadt, without, Tagung(gremium), TAG)
            assert [i.sitz for i in found] == [i.sitz for i in invited(gremium.id)]


class TestEinePerson:
    """3.3 and 4.2: one person may hold several Sitze (AMB-13) and gets one invitation."""

    def test_s_16_two_sitze_one_invitation(self) -> None:
        """S-16, P-33: one person, two Sitze in the Arbeitskreis, and of nine Sitze none is lost."""
        found = liste(
            "arbeitskreis/hamm",
            holds("stadtteilkoordination/norden", "e16"),
            holds("stadtteilkoordination/westen", "e16"),
        )
        (geladen,) = found.geladen
        assert sitze(geladen) == ["stadtteilkoordination/westen", "stadtteilkoordination/norden"]
        assert len(found.ohne_person) == 9

    def test_p_33_every_role_is_named(self) -> None:
        """P-33: as host and as member of the Bezirksvertretung, in one invitation."""
        found = liste(
            "stadtteilkonferenz/norden",
            holds("bezirksbuergermeister/heessen", "e33", "sozialraum/norden"),
            holds(f"{MITGLIED}/heessen", "e33"),
        )
        (geladen,) = found.geladen
        assert set(sitze(geladen)) == {"bezirksbuergermeister/heessen", f"{MITGLIED}/heessen"}
        assert {als for i in geladen.invitations for als in i.als} >= {Als.GASTGEBER, Als.GAST}
        assert geladen.hervorgehoben

    def test_s_17_invited_for_the_other_seat(self) -> None:
        """S-17: a Bezirksbürgermeister:in who is Vereinsguide comes to a Koordinierungsrunde of current topics too."""
        both = (holds("bezirksbuergermeister/heessen", "e17"), holds("vereinsguide/heessen", "e17"))
        (geladen,) = liste("koordinierungsrunde/norden", *both, anlass=("regulaer",)).geladen
        assert sitze(geladen) == ["vereinsguide/heessen"]
        assert liste("koordinierungsrunde/norden", both[0], anlass=("regulaer",)).geladen == ()

    def test_several_persons_in_one_sitz_are_all_invited(self) -> None:
        """The Sitz is one; each of its holders is invited."""
        found = liste("koordinierungsrunde/norden", holds("asd/norden", "e2"), holds("asd/norden", "e1"))
        assert [geladen.person for geladen in found.geladen] == ["e2", "e1"]

    def test_s_18_a_new_holder_from_a_day_on(self) -> None:
        """S-18: until 30 June the old one is invited, from 1 July the new one, and on no day both."""
        change = (
            holds("bezirksbuergermeister/heessen", "alt", bis=date(2027, 6, 30)),
            holds("bezirksbuergermeister/heessen", "neu", ab=date(2027, 7, 1)),
        )
        for tag, person in ((date(2027, 6, 30), "alt"), (date(2027, 7, 1), "neu")):
            assert list(by_person(liste("stadtteilkonferenz/heessen", *change, tag=tag))) == [person]

    def test_s_18_a_vacant_office_is_invited_by_its_sitz(self) -> None:
        """S-18: the invitation goes to the Sitz."""
        found = liste(
            "stadtteilkonferenz/heessen",
            holds("bezirksbuergermeister/heessen", "alt", bis=date(2027, 5, 31)),
        )
        assert found.geladen == ()
        assert "bezirksbuergermeister/heessen" in [i.sitz.id for i in found.ohne_person]

    def test_amb_38_a_deputy_is_named_and_not_invited_by_it(self) -> None:
        """AMB-38: the Sitz is invited; who may stand in is said beside it, a person or whoever holds a Sitz."""
        found = liste(
            "koordinierungsrunde/norden",
            Innehabung("asd/norden", "e1", vertretung="e9"),
            Innehabung("kod/norden", "e2", vertretung="kod/westen"),
            holds("kod/westen", "e3"),
        )
        assert {p: g.vertretung for p, g in by_person(found).items()} == {"e1": ("e9",), "e2": ("e3",)}


class TestZugleich:
    """One person, one place: what the Sitze of one person have to attend excludes each other."""

    def test_s_16_koordinierungsrunden_of_one_person_exclude_each_other(self) -> None:
        """S-16: Norden and Westen of one person, at once: found; of two persons, or of Norden alone: nothing."""
        both = ("stadtteilkoordination/norden", "stadtteilkoordination/westen")
        for persons, at_once in ((("e16", "e16"), True), (("e16", "e17"), False)):
            besetzung = Besetzung(tuple(map(holds, both, persons)))
            year = build(evolve(hamm(), besetzung=besetzung), 2027)
            lagen = {
                ereignis: (Lage(ereignis, datetime(2027, 9, 1, 10), datetime(2027, 9, 1, 12)),)
                for ereignis in ("kr-entwurf/norden", "kr-entwurf/westen")
            }
            found = [
                f for r in year.requirements if isinstance(r, Verfuegbar) for f in check(r, lagen, year.namen)
            ]
            assert [set(f.ereignisse) for f in found] == [set(lagen)] * at_once

    def test_s_16_the_arbeitskreis_is_one_duty(self) -> None:
        """S-16: no self-collision."""
        besetzung = Besetzung(
            (holds("stadtteilkoordination/norden", "e16"), holds("stadtteilkoordination/westen", "e16"))
        )
        year = build(evolve(hamm(), besetzung=besetzung), 2027)
        (person,) = [r for r in year.requirements if isinstance(r, Verfuegbar) and r.mit]
        kreis = [s.id for s in year.sitzungen if s.gremium.id == "arbeitskreis/hamm"]
        assert kreis
        assert all(person.ereignisse.count(ereignis) == 1 for ereignis in kreis)
        assert {
            s.id
            for s in year.sitzungen
            if s.gremium.id in ("koordinierungsrunde/norden", "koordinierungsrunde/westen")
        } <= set(person.ereignisse)
        assert not any(
            isinstance(r, Verfuegbar) and r.sitz in person.sitze and not r.mit for r in year.requirements
        )

    def test_s_19_that_somebody_declines_changes_nothing(self) -> None:
        """S-19: without a holder the Sitz is invited, and the year asks for the same."""
        gone = Besetzung((holds("bezirksbuergermeister/heessen", "e19", bis=date(2026, 12, 31)),))
        vacant = build(evolve(hamm(), besetzung=gone), 2027)
        assert vacant.requirements == build(hamm(), 2027).requirements


# --- laws -----------------------------------------------------------------------------------------------------

SITZE = st.sampled_from(sorted(hamm().stadt.sitze))
BV = st.sampled_from([sitz for sitz in hamm().stadt.sitze if sitz.startswith((MITGLIED, "bezirksbuergerm"))])
GEBIETE = st.sampled_from([g.key for g in hamm().stadt.gebiete])
TAGE = st.dates(date(2027, 5, 1), date(2027, 7, 31)) | st.none()
ZEILEN = st.builds(
    Innehabung,
    SITZE | BV,
    st.sampled_from(["e1", "e2", "e3", "e4", "e5"]),
    TAGE,
    TAGE,
    st.none() | st.builds(Wohnsitz, GEBIETE, st.booleans()),
)


@given(
    st.lists(ZEILEN, max_size=12),
    st.sampled_from([g for g in hamm().stadt.gremien if not g.startswith("rat")]),
    st.sampled_from(["", "regulaer", "jahresplan-entwurf"]),
)
def test_persons_say_the_same_as_sitze(zeilen: list[Innehabung], gremium: str, anlass: str) -> None:
    """P-33, P-31: every invited Sitz is there, every holder once with all Sitze; marked is exactly who is known
    to live there, where a rule means residents.
    """
    projekt = hamm()
    found = liste(gremium, *zeilen, anlass=(anlass,))
    by_sitz = {i.sitz.id: i for i in invited(gremium, anlass)}

    held = {
        (z.sitz, z.person) for z in zeilen if (z.ab or TAG) <= TAG <= (z.bis or TAG) and z.sitz in by_sitz
    }
    assert {(s, g.person) for g in found.geladen for s in sitze(g)} == held
    assert len(by_person(found)) == len(found.geladen)
    assert all(len(set(sitze(g))) == len(sitze(g)) for g in found.geladen)
    assert {i.sitz.id for i in found.ohne_person} == set(by_sitz) - {sitz for sitz, _ in held}
    assert all(by_sitz[i.sitz.id] == i for g in found.geladen for i in g.invitations)

    here = projekt.stadt.gremien[gremium].gebiet
    for geladen in found.geladen:
        asked = any(s.startswith((MITGLIED, "bezirksbuergerm")) for s in sitze(geladen))
        asked = asked and gremium in ("stadtteilkonferenz/norden", "stadtteilkonferenz/westen")
        said = [
            z.wohnt for z in zeilen if z.person == geladen.person and (z.ab or TAG) <= TAG <= (z.bis or TAG)
        ]
        lives = any(w and w.dort and projekt.stadt.gebiet[w.gebiet].atome <= here.atome for w in said)
        if geladen.hervorgehoben:
            assert asked
            assert lives
        if asked and lives and len({w for w in said if w}) == 1:
            assert geladen.hervorgehoben
        assert (geladen.insbesondere is None) == (not asked)


@given(st.lists(ZEILEN, max_size=8))
def test_p_67_nothing_prints_a_person(zeilen: list[Innehabung]) -> None:
    """P-67: a Besetzung, or a list made of it, in a log or a traceback names nobody."""
    secret = [evolve(z, person=f"Erfunden-{z.person}", vertretung="Erfunden-x") for z in zeilen]
    besetzung = Besetzung(tuple(secret))
    projekt = evolve(hamm(), besetzung=besetzung)
    assert "Erfunden" not in repr(besetzung) + repr(liste("stadtteilkonferenz/norden", *secret))
    assert "Erfunden" not in repr(projekt.besetzung)
    assert not secret or "Erfunden" in secret[0].person
