"""Chapter F of the catalogue: every reading of Hamm's open questions, and exactly what another one changes.

What is expected is counted by hand from the concept: seven Sozialräume in one Bezirk, one in two, one in three.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

import gremienplan as gp
from gremienplan.comparing import Difference, compare
from gremienplan.errors import InputError
from gremienplan.loading.lesarten import read_inhalte
from gremienplan.loading.ordner import find
from gremienplan.loading.toml import Befund, Datei
from gremienplan.loading.ueberlagerung import Inhalt
from gremienplan.loading.wahl import follow, read_wahl
from gremienplan.programm import tagesordnung
from gremienplan.quellen import Auslegung
from gremienplan.requirements import Fenster
from gremienplan.rules import Als
from tests.nur_ci import nur_ci, sample

CI = os.environ.get("PROFILE") == "ci"

BEZIRKE = {
    "mitte": ["mitte"],
    "westen": ["herringen", "mitte", "pelkum"],
    "norden": ["bockum-hoevel", "heessen"],
    "uentrop": ["uentrop"],
    "rhynern": ["rhynern"],
    "pelkum": ["pelkum"],
    "herringen": ["herringen"],
    "bockum-hoevel": ["bockum-hoevel"],
    "heessen": ["heessen"],
}
"""Sozialraum -> the Bezirke it lies in."""
KR = ["evaluation", "vorbereitung-1", "halbjahr", "vorbereitung-2", "entwurf", "finalisierung"]
FEDERFUEHREND = {"norden": "bezirksbuergermeister/heessen", "westen": "bezirksbuergermeister/mitte"}
ANGABEN: Mapping[tuple[str, str], Mapping[str, object]] = {
    ("AMB-04", "einer"): FEDERFUEHREND,
    ("AMB-05", "einer"): FEDERFUEHREND,
    ("AMB-11", "offen"): {"weitere": ["vereinsguide/mitte"]},
    ("AMB-17", "eigene-zahl"): {"zwei": ["mitte", "westen"]},
    ("AMB-21", "nachfrist"): {"bis": "01-10"},
    ("AMB-23", "anderer-zeitraum"): {"von": "06-01", "bis": "07-31"},
}


@cache
def hamm(programm: str = "programm.toml") -> gp.Projekt:
    return gp.load("hamm", jahr=2027, programm=programm)


def read(frage: str, wahl: str, programm: str = "programm.toml", ab: date | None = None) -> gp.Projekt:
    asked: dict[str, Any] = {"wahl": wahl, "angabe": ANGABEN.get((frage, wahl), {})}
    if ab:
        asked["ab"] = ab
    return gp.load("hamm", jahr=2027, programm=programm, lesarten={frage: asked})


@cache
def ordner() -> tuple[Mapping[str, Inhalt], Mapping[str, Auslegung]]:
    """The raw files of Hamm that readings may change, and the readings."""
    inhalte = read_inhalte(find("hamm")[1].pfad)  # type: ignore[union-attr]
    assert inhalte is not None
    return inhalte, hamm().katalog.auslegungen


def raw_rules(ab: Mapping[tuple[str, str], date | None]) -> Inhalt:
    """The file of rules as these readings leave it, each from its day on. Not to be changed."""
    return _raw_rules(tuple(ab.items()))


@cache
def _raw_rules(ab: tuple[tuple[tuple[str, str], date | None], ...]) -> Inhalt:
    inhalte, lesarten = ordner()
    asked = {
        frage: {"wahl": wahl, "angabe": ANGABEN.get((frage, wahl), {})} | ({"ab": tag} if tag else {})
        for (frage, wahl), tag in ab
    }
    befund = Befund()
    gewaehlt = read_wahl((Datei(befund, "lesarten", {"auslegung": asked}),), lesarten, inhalte)
    assert (befund.problems, len(gewaehlt)) == ([], len(ab))
    return follow(gewaehlt, "regeln.toml", inhalte["regeln.toml"])


def on_day(regeln: Inhalt, tag: date) -> dict[str, list[dict[str, Any]]]:
    """The rules in force on a day, without their days."""
    return {
        key: [
            {k: w for k, w in eintrag.items() if k not in ("gueltig_ab", "gueltig_bis")}
            for eintrag in liste
            if eintrag.get("gueltig_ab", date.min) <= tag <= eintrag.get("gueltig_bis", date.max)
        ]
        for key, liste in regeln.items()
        if isinstance(liste, list)
    }


@cache
def differs(frage: str, wahl: str, programm: str = "programm.toml") -> Difference:
    return compare(hamm(programm), read(frage, wahl, programm), 2027)


REGELLESARTEN = [
    ("AMB-01", "kommender-plan"),
    ("AMB-01", "vorbereitet"),
    ("AMB-02", "nein"),
    ("AMB-03", "nein"),
    ("AMB-04", "einer"),
    ("AMB-05", "eine-von"),
    ("AMB-05", "einer"),
    ("AMB-12", "drei"),
    ("AMB-12", "alle-leitungen"),
    ("AMB-13", "ja"),
    ("AMB-35", "eine-von"),
    ("AMB-50", "nein"),
]
"""What changes rules only, and may so begin on any day."""
PAARE = [(a, b) for a in REGELLESARTEN for b in REGELLESARTEN if (a[0] != b[0] if CI else a[0] < b[0])]
"""Every two of them that are not about one question; with PROFILE=ci in both orders."""

ALLE = [(a.id, wahl) for a in hamm().katalog.auslegungen.values() for wahl in a.alternative]


def pairs(d: Difference) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Sitzung and Sitz of each invitation added and removed."""
    return {(w.sitzung, w.sitz.id) for w in d.dazu}, {(w.sitzung, w.sitz.id) for w in d.weg}


def bm(*themen: str) -> set[tuple[str, str]]:
    """The invitations of the Bezirksbürgermeister:innen to Koordinierungsrunden of these topics."""
    return {
        (f"kr-{t}/{sr}", f"bezirksbuergermeister/{b}")
        for t in themen
        for sr, bs in BEZIRKE.items()
        for b in bs
    }


def rules(ids: Mapping[str, object]) -> Counter[str]:
    """How many requirements or preferences of each entry."""
    return Counter(id.partition(":")[0] for id in ids)


class TestAlle:
    def test_all_50_questions_can_be_switched_or_say_why_not(self) -> None:
        lesarten = hamm().katalog.auslegungen
        assert [a for a in lesarten if a.startswith("AMB-")] == [f"AMB-{n:02}" for n in range(1, 51)]
        assert all(bool(a.alternative) != bool(a.fest) for a in lesarten.values())

    @pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"] if CI else ["programm-c.toml"])
    @pytest.mark.parametrize(("frage", "wahl"), ALLE if CI else ALLE[::3])
    def test_every_alternative_gives_a_city_without_a_mistake(
        self, frage: str, wahl: str, programm: str
    ) -> None:
        projekt = read(frage, wahl, programm)
        assert projekt.lesarten == {frage: wahl}
        assert projekt.katalog.auslegungen[frage].lesart != hamm().katalog.auslegungen[frage].lesart


class TestBeisammen:
    """Readings that are chosen together: they give a city that holds, or are refused where they are chosen."""

    @pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
    def test_one_conference_leaves_nothing_to_prepare_together(self, programm: str) -> None:
        """AMB-42 changes nothing beside AMB-17: the one conference in autumn keeps its own preparation."""
        both = gp.load(
            "hamm", jahr=2027, programm=programm, lesarten={"AMB-17": "eine", "AMB-42": "eine-im-jahr"}
        )
        one = read("AMB-17", "eine", programm)
        assert both.lesarten == {"AMB-17": "eine", "AMB-42": "eine-im-jahr"}
        assert both.programm == one.programm
        vor_sk = {s.eintrag.id for s in both.sitzungen(2027) if "vorbereitung-stadtteilkonferenz" in s.anlass}
        assert vor_sk == {"kr-vorbereitung-2" if programm == "programm.toml" else "kr-entwurf"}

    def test_what_only_two_readings_break_is_said_of_both_where_they_are_chosen(self) -> None:
        """No Bezirksvertretung hears before the draft what it is only sent; the third reading has no part in it."""
        lesarten = {"AMB-02": "nein", "AMB-28": "pflicht", "AMB-47": "dokument"}
        with pytest.raises(InputError) as error:
            gp.load("hamm", lesarten=lesarten)
        (problem,) = error.value.problems
        assert (problem.datei, problem.pfad) == ("lesarten", "auslegung.AMB-47")
        assert "bv-vor-entwurf" in str(problem.meldung)
        assert "AMB-28, AMB-47" in str(problem.hinweis)

    def test_an_answer_that_breaks_the_city_is_said_of_its_reading(self) -> None:
        with pytest.raises(InputError) as error:
            gp.load("hamm", lesarten={"AMB-17": {"wahl": "eigene-zahl", "angabe": {"zwei": ["nirgends"]}}})
        assert {(p.datei, p.pfad) for p in error.value.problems} == {("lesarten", "auslegung.AMB-17")}
        assert "nur" in str(error.value.problems[0].meldung)

    @pytest.mark.parametrize(
        ("frage", "wahl", "angabe", "name", "hinweis"),
        [
            ("AMB-21", "nachfrist", {"bis": "11-30"}, "bis", "01-31"),
            ("AMB-21", "nachfrist", {"bis": "02-01"}, "bis", "01-31"),
            ("AMB-21", "nachfrist", {"bis": "31. Januar"}, "bis", ""),
            ("AMB-23", "anderer-zeitraum", {"von": "07-31", "bis": "06-01"}, "bis", ""),
            ("AMB-23", "anderer-zeitraum", {"von": "13-31", "bis": "06-01"}, "von", ""),
        ],
    )
    def test_a_day_out_of_bounds_is_refused(
        self, frage: str, wahl: str, angabe: dict[str, str], name: str, hinweis: str
    ) -> None:
        with pytest.raises(InputError) as error:
            gp.load("hamm", lesarten={frage: {"wahl": wahl, "angabe": angabe}})
        (problem,) = error.value.problems
        assert (problem.datei, problem.pfad) == ("lesarten", f"auslegung.{frage}.angabe.{name}")
        assert hinweis in str(problem.hinweis or "")

    @pytest.mark.parametrize(
        ("frage", "wahl", "angabe"),
        [
            ("AMB-21", "nachfrist", {"bis": "01-31"}),
            ("AMB-23", "anderer-zeitraum", {"von": "06-01", "bis": "06-01"}),
        ],
    )
    def test_the_bounds_themselves_are_allowed(self, frage: str, wahl: str, angabe: dict[str, str]) -> None:
        assert gp.load("hamm", lesarten={frage: {"wahl": wahl, "angabe": angabe}}).lesarten == {frage: wahl}


class TestAbEinemTag:
    """A reading from a day on is the reading for the whole year, on each day it is in force."""

    TAGE = (None, date(2027, 1, 1), date(2027, 5, 1), date(2027, 7, 1))

    @nur_ci("every reading")
    def test_these_change_rules_only_and_no_other_does(self) -> None:
        def only_rules(frage: str, wahl: str) -> bool:
            try:
                read(frage, wahl, ab=date(2027, 7, 1))
            except InputError:
                return False
            return True

        assert [paar for paar in ALLE if only_rules(*paar)] == REGELLESARTEN

    @pytest.mark.parametrize(("eine", "andere"), sample(PAARE, 3))
    def test_the_rules_of_a_day_are_those_of_the_readings_in_force_chosen_for_the_year(
        self, eine: tuple[str, str], andere: tuple[str, str]
    ) -> None:
        for beginne in product(self.TAGE, repeat=2):
            ab = dict(zip((eine, andere), beginne, strict=True))
            found = raw_rules(ab)
            for tag in (date(2027, 1, 1), date(2027, 4, 30), date(2027, 5, 1), date(2027, 7, 1)):
                in_force = {lesart: None for lesart, beginn in ab.items() if not beginn or beginn <= tag}
                assert on_day(found, tag) == on_day(raw_rules(in_force), tag)

    @given(
        ab=st.dictionaries(
            st.sampled_from(REGELLESARTEN), st.sampled_from(TAGE), min_size=2, max_size=5
        ).filter(lambda ab: len({frage for frage, _ in ab}) == len(ab)),
        tag=st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    )
    @settings(max_examples=60, deadline=None)
    def test_so_are_those_of_any_set_of_readings(
        self, ab: dict[tuple[str, str], date | None], tag: date
    ) -> None:
        in_force = {lesart: None for lesart, beginn in ab.items() if not beginn or beginn <= tag}
        assert on_day(raw_rules(ab), tag) == on_day(raw_rules(in_force), tag)

    @pytest.mark.parametrize(
        ("ganz", "ab"),
        [
            ({"AMB-02": "nein"}, date(2027, 5, 1)),
            ({"AMB-02": "nein"}, date(2027, 1, 1)),
            ({"AMB-01": "vorbereitet"}, date(2027, 7, 1)),
            ({"AMB-02": {"wahl": "nein", "ab": date(2027, 3, 1)}}, date(2027, 5, 1)),
        ],
    )
    def test_who_leads_from_a_day_on_is_not_invited_to_what_another_reading_takes_away(
        self, ganz: dict[str, Any], ab: date
    ) -> None:
        """AMB-04 adds rules for Norden and Westen: what is chosen beside it holds of them, too."""
        einer = {"wahl": "einer", "angabe": FEDERFUEHREND}
        found, year = (
            gp.load("hamm", jahr=2027, lesarten={**ganz, "AMB-04": {**einer, **beginn}})
            for beginn in ({"ab": ab}, {})
        )
        tag = date(2027, 7, 2)
        for sitzung in found.sitzungen(2027):
            invited = [gp.invitations(p.stadt, p.regeln, sitzung, tag) for p in (found, year)]
            assert invited[0] == invited[1]
        sitze = {
            i.sitz.id
            for i in gp.invitations(found.stadt, found.regeln, found.sitzung("kr-halbjahr/norden", 2027), tag)
        }
        assert not {s for s in sitze if s.startswith("bezirksbuergermeister/")}


class TestBezirksbuergermeister:
    """AMB-01 to AMB-05."""

    @pytest.mark.parametrize(
        ("frage", "wahl", "themen"),
        [
            ("AMB-01", "kommender-plan", ["evaluation", "halbjahr"]),
            ("AMB-01", "vorbereitet", ["evaluation", "halbjahr", "finalisierung"]),
            ("AMB-02", "nein", ["halbjahr"]),
            ("AMB-03", "nein", ["evaluation"]),
        ],
    )
    def test_nobody_else_and_no_other_sitzung(self, frage: str, wahl: str, themen: list[str]) -> None:
        d = differs(frage, wahl)
        assert pairs(d) == (set(), bm(*themen))
        assert (bool(d.sitzungen), bool(d.beratungen), d.anders) == (False, False, ())

    @pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
    def test_narrower_readings_invite_subsets(self, programm: str) -> None:
        """P-26: vorbereitet within kommender_plan within besprochen, for every Sitzung."""
        besprochen, kommend, vorbereitet = (
            hamm(programm),
            read("AMB-01", "kommender-plan", programm),
            read("AMB-01", "vorbereitet", programm),
        )

        def invited(p: gp.Projekt, s: gp.Sitzung) -> set[str]:
            return {i.sitz.id for i in gp.invitations(p.stadt, p.regeln, s, date(2027, 6, 1))}

        sitzungen = besprochen.sitzungen(2027)
        for s in sitzungen:
            assert invited(vorbereitet, s) <= invited(kommend, s) <= invited(besprochen, s)
        assert any(invited(vorbereitet, s) != invited(kommend, s) for s in sitzungen)
        assert any(invited(kommend, s) != invited(besprochen, s) for s in sitzungen)

    def test_switched_in_mid_year_only_what_comes_after_changes(self) -> None:
        """S-48: exactly the BM entries of finalisation, mid-year and evaluation, from the day of the switch on."""
        ab = date(2027, 7, 1)
        d = compare(hamm(), read("AMB-01", "vorbereitet", ab=ab), 2027)
        assert pairs(d) == (set(), bm("halbjahr", "finalisierung"))  # evaluations lie before, by their window
        assert {w.ab for w in d.weg if w.sitzung.startswith("kr-halbjahr")} == {ab}
        assert {w.bis for w in d.weg} == {None}

    @pytest.mark.parametrize(("tag", "weg"), [("2027-06-30", False), ("2027-07-01", True)])
    def test_the_planned_day_decides(self, tag: str, weg: bool) -> None:
        """S-48: with the planned days, a review before the switch keeps its invitations."""
        tage = {f"kr-halbjahr/{sr}": date.fromisoformat(tag) for sr in BEZIRKE}
        d = compare(hamm(), read("AMB-01", "vorbereitet", ab=date(2027, 7, 1)), 2027, tage=tage)
        expected = bm("halbjahr", "finalisierung") if weg else bm("finalisierung")
        assert pairs(d) == (set(), expected)

    def test_one_lead_per_sozialraum(self) -> None:
        """AMB-04: of the five in Norden and Westen the two that were named stay, in all six Sitzungen."""
        others = {(s, b) for s, b in bm(*KR) if len(BEZIRKE[s.partition("/")[2]]) > 1}
        stay = {(s, b) for s, b in others if FEDERFUEHREND[s.partition("/")[2]] == b}
        assert pairs(differs("AMB-04", "einer")) == (set(), others - stay)

    def test_without_a_name_there_is_no_lead(self) -> None:
        """AMB-04: the concept gives no criterion, so the software makes none up."""
        with pytest.raises(InputError) as error:
            gp.load("hamm", lesarten={"AMB-04": "einer"})
        assert [p.pfad for p in error.value.problems] == [
            "auslegung.AMB-04.angabe.norden",
            "auslegung.AMB-04.angabe.westen",
        ]

    def test_who_is_no_longer_host_stays_invited(self) -> None:
        """AMB-05: three of the five are guests of two Stadtteilkonferenzen a year."""
        d = differs("AMB-05", "einer")
        assert pairs(d) == (set(), set())
        assert {(w.sitzung, w.sitz.id) for w in d.anders} == {
            (f"sk-{wann}/{sr}", f"bezirksbuergermeister/{b}")
            for wann in ("fruehjahr", "herbst")
            for sr, b in (("norden", "bockum-hoevel"), ("westen", "pelkum"), ("westen", "herringen"))
        }
        assert all(Als.GASTGEBER in w.vorher and Als.GASTGEBER not in w.nachher for w in d.anders)

    @pytest.mark.parametrize("ab", [None, date(2027, 7, 1)])
    def test_those_who_invite_open_and_lead_it(self, ab: date | None) -> None:
        """AMB-05: in the North the two of them, from the day on which it is read so."""
        projekt = read("AMB-05", "einer", ab=ab)
        for wann, tag in (("fruehjahr", date(2027, 4, 1)), ("herbst", date(2027, 10, 1))):
            sitzung = projekt.sitzung(f"sk-{wann}/norden", 2027)
            punkte = tagesordnung(projekt.stadt, projekt.regeln, projekt.programm, sitzung, tag)
            wer = {p.eintrag.id: {s.id for s in p.vortrag} for p in punkte}
            others = {"bezirksbuergermeister/bockum-hoevel"} if ab and tag < ab else set()
            assert wer["sk-eroeffnung"] == {
                "stadtteilkoordination/norden",
                "bezirksbuergermeister/heessen",
                *others,
            }
            assert wer["sk-leitung"] == wer["sk-eroeffnung"]

    def test_one_host_is_enough_where_there_are_several(self) -> None:
        """AMB-05: one requirement more for each of the four Sitzungen, and one for its travel."""
        d = differs("AMB-05", "eine-von")
        assert pairs(d) == (set(), set())
        assert len(d.requirements.dazu) == 8
        assert {id.rpartition(":")[2] for id in d.requirements.dazu} == {
            f"sk-{wann}/{sr}" for wann in ("fruehjahr", "herbst") for sr in ("norden", "westen")
        }


class TestSitze:
    """AMB-08 to AMB-13, AMB-35: who has a seat."""

    @pytest.mark.parametrize(
        ("wahl", "rollen"),
        [("kod-bezirk", ["kod"]), ("alle-bezirk", ["kod", "bezirksdienst-polizei", "asd"])],
    )
    def test_one_seat_per_bezirk(self, wahl: str, rollen: list[str]) -> None:
        dazu = {
            (f"kr-{t}/{sr}", f"{r}/{b}")
            for t in KR
            for r in rollen
            for sr in ("norden", "westen")
            for b in BEZIRKE[sr]
        }
        weg = {(f"kr-{t}/{sr}", f"{r}/{sr}") for t in KR for r in rollen for sr in ("norden", "westen")}
        assert pairs(differs("AMB-08", wahl)) == (dazu, weg)

    def test_a_stadtteilbuero_everywhere(self) -> None:
        others = set(BEZIRKE) - {"norden", "westen"}
        dazu = {(f"kr-{t}/{sr}", f"stadtteilbuero/{sr}") for t in KR for sr in others}
        assert pairs(differs("AMB-09", "ueberall")) == (dazu, set())

    def test_the_lenkungskreis_takes_whom_the_planner_names(self) -> None:
        dazu = {(f"lk-{n}/hamm", "vereinsguide/mitte") for n in (1, 2)}
        assert pairs(differs("AMB-11", "offen")) == (dazu, set())

    def test_a_third_sachgebietsleitung(self) -> None:
        dazu = {(f"ak-{n}/hamm", "sachgebietsleitung-elternberatung/hamm") for n in range(1, 5)}
        assert pairs(differs("AMB-12", "drei")) == (dazu, set())

    def test_every_leitung_of_the_lenkungskreis(self) -> None:
        """15 of its 17 seats, two of which sit in the Arbeitskreis anyway."""
        stadt = hamm().stadt
        members = gp.mitglieder(stadt, hamm().regeln, stadt.gremien["lenkungskreis/hamm"], date(2027, 6, 1))
        leitungen = {s.id for s in members if "eitung" in s.rolle.name}
        leitungen -= {f"sachgebietsleitung-{r}/hamm" for r in ("jugendarbeit", "stadtteilkoordination")}
        assert len(leitungen) == 13
        dazu = {(f"ak-{n}/hamm", s) for n in range(1, 5) for s in leitungen}
        assert pairs(differs("AMB-12", "alle-leitungen")) == (dazu, set())

    def test_three_coordinations_are_represented(self) -> None:
        drei = [f"stadtteilkoordination/{sr}" for sr in ("norden", "westen", "mitte")]
        weg = {(f"ak-{n}/hamm", sitz) for n in range(1, 5) for sitz in drei}
        assert pairs(differs("AMB-13", "ja")) == (set(), weg)

    def test_one_of_the_tandem_is_enough(self) -> None:
        """AMB-35: for each of 54 Sitzungen, and again for the way there; the 18 Sitze have no duty of their own."""
        d = differs("AMB-35", "eine-von")
        assert pairs(d) == (set(), set())
        assert len(d.requirements.dazu) == 2 * 54
        assert len(d.requirements.weg) == 2 * 18


def ends(d: Difference, part: str) -> set[date | None]:
    """The last days that the bounds of these ids allow."""
    return {r.bis for r in d.nachher.requirements if isinstance(r, Fenster) and part in r.id}


def sitzungen(art: str, *ids: str) -> set[str]:
    return {f"{id}/{sr}" for id in ids for sr in (BEZIRKE if art == "sr" else ["hamm"])}


class TestAnzahlen:
    """AMB-15 to AMB-18, AMB-23, AMB-42, AMB-49: how often."""

    @pytest.mark.parametrize(
        ("frage", "wahl", "dazu", "weg", "einladungen"),
        [
            ("AMB-15", "keine-pflicht", set(), set(), (0, 0)),
            ("AMB-15", "eine-sitzung", set(), {"lk-2/hamm"}, (0, 17)),
            ("AMB-16", "laufende-themen", sitzungen("sr", "kr-regulaer"), set(), (7 * 11 + 14 + 16, 0)),
            ("AMB-18", "eine", set(), sitzungen("stadt", "ak-1", "ak-3", "ak-4"), (0, 3 * 11)),
            ("AMB-23", "halbjaehrlich", sitzungen("sr", "kr-halbjahr-2"), set(), (7 * 12 + 16 + 19, 0)),
            ("AMB-42", "eine-im-jahr", set(), sitzungen("sr", "kr-vorbereitung-2"), (0, 119)),
            ("AMB-49", "dokument", set(), sitzungen("sr", "kr-evaluation"), (0, 119)),
        ],
    )
    def test_sitzungen_and_their_invitations(
        self, frage: str, wahl: str, dazu: set[str], weg: set[str], einladungen: tuple[int, int]
    ) -> None:
        """P-08: 11, 14 and 16 members of a Koordinierungsrunde, 12, 16 and 19 with the Bezirksbürgermeister:innen."""
        d = differs(frage, wahl)
        assert (set(d.sitzungen.dazu), set(d.sitzungen.weg)) == (dazu, weg)
        assert d.paare == einladungen
        assert pairs(d) == (set(), set())
        assert (d.beratungen.dazu, d.beratungen.weg) == ({}, {})

    def test_one_stadtteilkonferenz_needs_one_preparation(self) -> None:
        d = differs("AMB-17", "eine")
        assert set(d.sitzungen.weg) == sitzungen("sr", "sk-fruehjahr", "kr-vorbereitung-1")

    def test_two_only_where_they_are_wanted(self) -> None:
        d = differs("AMB-17", "eigene-zahl")
        weg = sitzungen("sr", "sk-fruehjahr", "kr-vorbereitung-1")
        assert set(d.sitzungen.weg) == {s for s in weg if s.partition("/")[2] not in ("mitte", "westen")}

    def test_a_document_keeps_the_deliveries(self) -> None:
        """AMB-49: twelve items stay in the Bezirksvertretungen; AMB-47: twelve items go, the Sitzungen stay."""
        assert len(differs("AMB-49", "dokument").nachher.beratungen) == 24
        d = differs("AMB-47", "dokument")
        assert (len(d.beratungen.weg), len(d.beratungen.dazu), bool(d.sitzungen)) == (12, 0, False)

    def test_the_document_is_sent_to_the_bezirksvertretungen(self) -> None:
        """AMB-47: of every Bezirk of the Sozialraum, beside the Lenkungskreis."""
        projekt = read("AMB-47", "dokument")
        tage = {s.id: date(2027, 2, 1) for s in projekt.sitzungen(2027)}
        sent = {
            a.sitzung.gremium.gebiet.id: sorted(g.id for g in a.an)
            for a in projekt.aufgaben(2027, tage)
            if a.eintrag.id == "evaluation-an-lenkungskreis"
        }
        assert sent == {
            sr: [*(f"bezirksvertretung/{b}" for b in bezirke), "lenkungskreis/hamm"]
            for sr, bezirke in BEZIRKE.items()
        }

    def test_nobody_is_invited_to_what_is_not_held_and_no_bm_to_running_topics(self) -> None:
        """P-19, by AMB-16."""
        projekt = read("AMB-16", "laufende-themen")
        for s in projekt.sitzungen(2027):
            if s.eintrag.id == "kr-regulaer":
                found = gp.invitations(projekt.stadt, projekt.regeln, s, date(2027, 6, 1))
                assert "bezirksbuergermeister" not in {i.sitz.rolle.id for i in found}


class TestReihenfolgeUndZeit:
    """Readings that move bounds and invite nobody else."""

    @pytest.mark.parametrize(
        ("frage", "wahl", "dazu", "weg"),
        [
            ("AMB-14", "ein-dokument", {}, {"gesamtbericht-vor-gesamtevaluation": 1}),
            ("AMB-14", "ak-entwirft", {"ak-vor-lk": 1}, {"gesamtbericht-vor-gesamtevaluation": 1}),
            ("AMB-22", "ohne-frist", {}, {"bv-evaluation-vor-jahresplan": 12}),
            (
                "AMB-24",
                "eigene-bezirksvertretungen",
                {"sk-bezirksvertretungen.puffer": 18},
                {
                    "sk-politik": 18,
                    "sk-politik.puffer": 18,
                    "sk-politik.unbekannte": 18,
                    "sk-nicht-am-ausschusstag": 18,
                },
            ),
            ("AMB-24", "ganzer-tag", {}, {"sk-nicht-am-ausschusstag": 18}),
            ("AMB-24", "nur-uhrzeit", {}, {"sk-sitzungstage": 18}),
            (
                "AMB-27",
                "entwurf",
                {"sk-nach-entwurf": 9, "sk-vor-fertigstellung": 9},
                {"entwurf-vor-sk": 9, "sk-vor-finalisierung": 9},
            ),
            (
                "AMB-27",
                "endfassung",
                {"sk-nach-fertigstellung": 9},
                {"entwurf-vor-sk": 9, "sk-vor-finalisierung": 9},
            ),
            ("AMB-27", "laufend", {}, {"entwurf-vor-sk": 9, "sk-vor-finalisierung": 9}),
            ("AMB-28", "pflicht", {"bv-vor-entwurf": 12}, {"bv-evaluation-vor-entwurf": 12}),
            ("AMB-28", "nein", {}, {"bv-evaluation-vor-entwurf": 12}),
            ("AMB-39", "pflicht", {"nie-waehrend-politik": 60}, {"nicht-waehrend-politik": 60}),
            ("AMB-39", "nur-eigene", {}, {"nicht-waehrend-politik": 60}),
        ],
    )
    def test_bounds_and_wishes(
        self, frage: str, wahl: str, dazu: dict[str, int], weg: dict[str, int]
    ) -> None:
        d = differs(frage, wahl)
        assert rules({**d.requirements.dazu, **d.preferences.dazu}) == dazu
        assert rules({**d.requirements.weg, **d.preferences.weg}) == weg
        assert d.paare == (0, 0)
        assert (d.sitzungen.dazu, d.sitzungen.weg) == ({}, {})

    @pytest.mark.parametrize(
        ("wahl", "bis"), [("januar", date(2028, 1, 31)), ("nachfrist", date(2028, 1, 10))]
    )
    def test_days_of_grace_lie_in_the_next_year(self, wahl: str, bis: date) -> None:
        found = [s for s in differs("AMB-21", wahl).nachher.sitzungen if s.eintrag.id == "kr-finalisierung"]
        assert {s.fenster() for s in found} == {(date(2027, 9, 8), bis)}
        latest = ends(differs("AMB-21", wahl), ".spaetestens:kr-finalisierung")
        assert latest == {bis}

    def test_the_middle_of_the_year_may_be_another_span(self) -> None:
        found = [
            s
            for s in differs("AMB-23", "anderer-zeitraum").nachher.sitzungen
            if s.eintrag.id == "kr-halbjahr"
        ]
        assert {s.fenster() for s in found} == {(date(2027, 6, 1), date(2027, 7, 31))}

    def test_a_plan_that_starts_with_the_school_year(self) -> None:
        """S-53: start, middle and end shift together: draft, presentation, finalisation, 1 August, middle, end."""
        year = differs("AMB-19", "schuljahr").nachher
        fenster = {s.eintrag.id: s.fenster() for s in year.sitzungen}
        start = date(2027, 8, 1)
        assert fenster["kr-entwurf"][1] < start
        assert (
            fenster["kr-entwurf"][0] < fenster["kr-finalisierung"][0] < fenster["kr-finalisierung"][1] < start
        )
        assert fenster["kr-halbjahr"][0] < date(2027, 2, 1) < fenster["kr-halbjahr"][1]
        assert start < fenster["kr-evaluation"][0]
        assert all(fenster["kr-evaluation"][1] < fenster[after][0] for after in ("lk-1", "ak-2"))
        latest = ends(differs("AMB-19", "schuljahr"), "bv-jahresplan.spaetestens")
        assert latest == {date(2027, 7, 31)}

    def test_all_nine_plans_in_all_seven_bezirksvertretungen(self) -> None:
        """AMB-34: 63 presentations instead of 12; the evaluations stay as they are."""
        d = differs("AMB-34", "alle-plaene")
        assert (len(d.beratungen.dazu), len(d.beratungen.weg)) == (63 - 12, 0)
        assert {id.partition("/")[0] for id in d.beratungen.dazu} == {"bv-jahresplan"}

    def test_other_venues(self) -> None:
        """AMB-41: 72 Sitzungen of Koordinierungsrunden and Stadtteilkonferenzen have one Ort more, or none."""
        mehr, offen = (differs("AMB-41", wahl) for wahl in ("auch-verwaltung", "offen"))
        assert {len(s.orte) for s in mehr.nachher.sitzungen if s.id in mehr.sitzungen.anders} == {2}
        assert {len(s.orte) for s in offen.nachher.sitzungen if s.id in offen.sitzungen.anders} == {0}
        assert len(mehr.sitzungen.anders) == len(offen.sitzungen.anders) == 72

    def test_the_buergeramt_is_free_while_the_bezirksvertretung_sits(self) -> None:
        """AMB-50: with the council calendar of the example, only the busy times of the seven Leitungen change."""
        d = differs("AMB-50", "nein")
        assert d.paare == (0, 0)
        assert "bv-buergeramtsleitung" not in {r.id for r in d.nachher.projekt.regeln}
        assert "bv-buergeramtsleitung" in {r.id for r in d.vorher.projekt.regeln}
