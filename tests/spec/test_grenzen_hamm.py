"""What the concept of Hamm rules out: who is never invited, what is no Gremium, what decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import gremienplan as gp
from gremienplan.errors import InputError, Problem
from gremienplan.loading import inspect, load
from gremienplan.ratskalender import Ratskalender

TAG = date(2027, 6, 1)
KR, SK, LK, AK = "koordinierungsrunde", "stadtteilkonferenz", "lenkungskreis", "arbeitskreis"
POLITIK = ("bezirksbuergermeister", "bezirksvertretung-mitglied")
GRUPPEN = ("bewohner", "vereine")


def entry(gremium: str, *rollen: str, **weiter: Any) -> dict[str, Any]:
    """Return a rule on the planner's word."""
    return {"id": "neu", "gremium": gremium, "rollen": list(rollen), "vorgabe": True, **weiter}


def with_entry(datei: str, liste: str, eintrag: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return what is wrong with Hamm when a list of one of its files has one entry more."""

    def aendern(name: str, inhalt: dict[str, Any]) -> dict[str, Any]:
        neu = deepcopy(inhalt)
        if name == datei:
            neu.setdefault(liste, []).append(dict(eintrag))
        return neu

    try:
        inspect("hamm", aendern=aendern)
    except InputError as error:
        return error.problems
    return ()


def project(ordner: Path, inhalt: str) -> Path:
    """Return a project of Hamm."""
    (ordner / "gremienplan.toml").write_text(f'format = 1\nstadt = "hamm"\n{inhalt}', "utf-8")
    return ordner


def mit_kalender(ordner: Path, *namen: str) -> Ratskalender:
    """Return the council calendar of a project of Hamm with an appointment of each name."""
    termine = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:202703{n + 10}T170000\r\nDTEND:202703{n + 10}T190000\r\n"
        f"SUMMARY:{name}\r\nEND:VEVENT\r\n"
        for n, name in enumerate(namen)
    )
    (ordner / "ratskalender").mkdir()
    kalender = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{termine}END:VCALENDAR\r\n"
    (ordner / "ratskalender" / "rat.ics").write_text(kalender, "utf-8", newline="")
    return load(project(ordner, ""), jahr=2027).ratskalender


def refused(found: tuple[Problem, ...], stelle: str) -> None:
    """One problem, and it cites this passage."""
    (problem,) = found
    assert stelle in str(problem.meldung)


class TestVerwaltungsintern:
    """4.2: Lenkungskreis and Arbeitskreis are internal to the administration."""

    @pytest.mark.parametrize("gremium", [LK, AK])
    @pytest.mark.parametrize("rolle", [*POLITIK, *GRUPPEN])
    @pytest.mark.parametrize("art", ["einladung", "gastgeber"])
    def test_no_rule_may_invite_politicians_or_residents(self, gremium: str, rolle: str, art: str) -> None:
        """HAMM-4.2-0-INT, P-14: be it as guest or as host."""
        refused(with_entry("regeln.toml", art, entry(gremium, rolle)), "HAMM-4.2-0-INT")

    def test_single_seats_are_ruled_out_like_their_rolle(self) -> None:
        """HAMM-4.2-0-INT."""
        eintrag = entry("lenkungskreis/hamm", "bezirksbuergermeister/heessen")
        refused(with_entry("regeln.toml", "einladung", eintrag), "HAMM-4.2-0-INT")

    @pytest.mark.parametrize("gremium", [LK, AK])
    def test_guests_from_the_administration_are_allowed(self, gremium: str) -> None:
        """AMB-11: additional guests are possible."""
        assert with_entry("regeln.toml", "einladung", entry(gremium, "vereinsguide")) == ()


class TestFachgremium:
    """4.2 (3): the Koordinierungsrunde is the body of the full-time staff."""

    @pytest.mark.parametrize("rolle", ["bezirksvertretung-mitglied", *GRUPPEN])
    @pytest.mark.parametrize("art", ["mitgliedschaft", "einladung"])
    def test_no_resident_and_no_bezirksvertretung_is_invited(self, rolle: str, art: str) -> None:
        """HAMM-4.2-3-FACH, P-24."""
        refused(with_entry("regeln.toml", art, entry(KR, rolle)), "HAMM-4.2-3-FACH")

    def test_the_bezirksbuergermeister_is_never_a_member(self) -> None:
        """HAMM-4.2-3-BMG, P-15."""
        found = with_entry("regeln.toml", "mitgliedschaft", entry(KR, "bezirksbuergermeister"))
        refused(found, "HAMM-4.2-3-BMG")

    def test_but_may_be_a_guest_whatever_the_anlass(self) -> None:
        """HAMM-4.2-3-BMNOT: a Stadtteilkoordination may always invite more."""
        eintrag = entry(KR, "bezirksbuergermeister", anlass=["regulaer"])
        assert with_entry("regeln.toml", "einladung", eintrag) == ()

    def test_the_stadtteilkonferenz_has_no_members(self) -> None:
        """HAMM-4.3.2-0-FORUM, P-16."""
        refused(with_entry("regeln.toml", "mitgliedschaft", entry(SK, "asd")), "HAMM-4.3.2-0-FORUM")


class TestMitgliederlisten:
    """4.2 (2), (3): one list is closed, the other open."""

    @pytest.mark.parametrize("weg", ["lk-dezernat", "lk-buergeramtsleitung-mitte", "lk-stabsstelle-familie"])
    def test_the_lenkungskreis_has_exactly_17(self, weg: str) -> None:
        """HAMM-4.2-2-CLOSED, P-13: a rule left out is reported, with the number that is left."""

        def aendern(name: str, inhalt: dict[str, Any]) -> dict[str, Any]:
            if name != "regeln.toml":
                return inhalt
            liste = [regel for regel in inhalt["mitgliedschaft"] if regel["id"] != weg]
            assert len(liste) == len(inhalt["mitgliedschaft"]) - 1
            return {**inhalt, "mitgliedschaft": liste}

        with pytest.raises(InputError) as error:
            inspect("hamm", aendern=aendern)
        (problem,) = error.value.problems
        assert "16" in str(problem.meldung)
        assert problem.wert == "17"

    def test_nor_18(self) -> None:
        """HAMM-4.2-2-CLOSED."""
        (problem,) = with_entry("regeln.toml", "mitgliedschaft", entry(LK, "asd/heessen"))
        assert "18" in str(problem.meldung)

    def test_a_project_adds_local_members_to_a_koordinierungsrunde(self, tmp_path: Path) -> None:
        """HAMM-4.2-3-OPEN, P-12: one Gremium has one member more, none has lost any."""
        eintrag = 'id = "neu"\ngremium = "koordinierungsrunde/heessen"\nrollen = ["spielplatzplanung"]\nvorgabe = true'
        mehr = load(project(tmp_path, f"[[mitgliedschaft]]\n{eintrag}\n"), jahr=2027)
        base = load("hamm", jahr=2027)
        for gremium in base.stadt.gremien.values():
            before, after = (
                [s.id for s in gp.mitglieder(p.stadt, p.regeln, gremium, TAG)] for p in (base, mehr)
            )
            neu = ["spielplatzplanung/hamm"] if gremium.id == "koordinierungsrunde/heessen" else []
            assert sorted(after) == sorted([*before, *neu])

    def test_a_member_added_twice_is_there_once(self, tmp_path: Path) -> None:
        """S-54: a Sitz of the list that a project adds again is one member and gets one invitation."""
        eintrag = f'id = "neu"\ngremium = "{KR}"\nrollen = ["asd"]\nvorgabe = true'
        projekt = load(project(tmp_path, f"[[mitgliedschaft]]\n{eintrag}\n"), jahr=2027)
        sitzung = projekt.sitzung("kr-entwurf/norden", 2027)
        found = gp.mitglieder(projekt.stadt, projekt.regeln, sitzung.gremium, TAG)
        assert [s.id for s in found].count("asd/norden") == 1
        geladen = gp.invitations(projekt.stadt, projekt.regeln, sitzung, TAG)
        (asd,) = [e for e in geladen if e.sitz.id == "asd/norden"]
        assert {g.regel for g in asd.gruende} == {"kr-asd", "neu"}

    @pytest.mark.parametrize(
        ("gremium", "stelle"), [(LK, "AMB-11"), (AK, "open"), (SK, "HAMM-4.3.2-0-FORUM")]
    )
    def test_a_project_adds_none_elsewhere(self, gremium: str, stelle: str, tmp_path: Path) -> None:
        """AMB-11: guests, yes; members, no."""
        zeilen = f'id = "neu"\ngremium = "{gremium}"\nrollen = ["vereinsguide"]\nvorgabe = true\n'
        with pytest.raises(InputError) as error:
            load(project(tmp_path, f"[[mitgliedschaft]]\n{zeilen}"))
        refused(error.value.problems, stelle)
        projekt = load(project(tmp_path, f"[[einladung]]\n{zeilen}"), jahr=2027)
        assert any(regel.id == "neu" for regel in projekt.regeln)

    def test_a_project_invites_nobody_whom_the_concept_rules_out(self, tmp_path: Path) -> None:
        """HAMM-4.2-0-INT: also not by the short tables for hosts."""
        with pytest.raises(InputError) as error:
            load(project(tmp_path, f'[gastgeber]\n{LK} = ["bezirksbuergermeister/heessen"]\n'))
        (problem,) = error.value.problems
        assert problem.pfad.startswith(f"gastgeber.{LK}")
        assert "HAMM-4.2-0-INT" in str(problem.meldung)

    def test_a_project_cites_no_passage(self, tmp_path: Path) -> None:
        """What it adds is the planner's word, and is shown as such."""
        zeilen = f'id = "neu"\ngremium = "{KR}"\nrollen = ["asd"]\ntext = "HAMM-4.2-3-M06"\n'
        with pytest.raises(InputError) as error:
            load(project(tmp_path, f"[[mitgliedschaft]]\n{zeilen}"))
        refused(error.value.problems, "vorgabe")

    def test_a_project_takes_no_id_of_a_rule_of_the_city(self, tmp_path: Path) -> None:
        """An explanation that names a rule means one rule."""
        zeilen = f'id = "kr-asd"\ngremium = "{KR}"\nrollen = ["vereinsguide"]\nvorgabe = true\n'
        with pytest.raises(InputError) as error:
            load(project(tmp_path, f"[[mitgliedschaft]]\n{zeilen}"))
        refused(error.value.problems, "mitgliedschaft")


class TestAktionsfonds:
    """3.1: the Aktionsfonds and the bodies that decide on it are no part of the concept."""

    def test_a_gremienart_of_it_is_refused(self) -> None:
        """HAMM-3.1-AF, S-55."""

        def aendern(name: str, inhalt: dict[str, Any]) -> dict[str, Any]:
            arten = {
                **inhalt.get("gremienart", {}),
                "beirat": {"je": "sozialraum", "name": "Aktionsfonds-Beirat"},
            }
            return {**inhalt, "gremienart": arten} if name == "stadt.toml" else inhalt

        with pytest.raises(InputError) as error:
            inspect("hamm", aendern=aendern)
        refused(error.value.problems, "HAMM-3.1-AF")

    @pytest.mark.parametrize(
        ("kennung", "name"), [("aktionsfonds", "Vergabe"), ("vergabe", "Entscheidungsgremium")]
    )
    def test_a_sitzung_of_it_is_refused(self, kennung: str, name: str) -> None:
        """HAMM-3.1-AF, P-07: by its id or by its name."""
        sitzung = {"id": kennung, "name": name, "gremium": KR, "anlass": ["regulaer"], "vorgabe": True}
        refused(with_entry("programm.toml", "sitzung", sitzung), "HAMM-3.1-AF")

    def test_nothing_of_it_is_produced(self) -> None:
        """P-07."""
        projekt = load("hamm", jahr=2027)
        for sitzung in projekt.sitzungen(2027):
            assert not any(verbot.trifft(sitzung.id, sitzung.name) for verbot in projekt.grenzen.kein_gremium)

    @pytest.mark.parametrize(
        "name", ["Vergabeausschuss Aktionsfonds Hammer Norden", "Entscheidungsgremium Hamm-Westen"]
    )
    def test_the_council_calendar_makes_none_of_it(self, tmp_path: Path, name: str) -> None:
        """HAMM-3.1-AF, P-07, S-55: an appointment of others, so it is left out with a word and its passage."""
        kalender = mit_kalender(tmp_path, "Rat der Stadt Hamm", name)
        assert [s.gremium for s in kalender.sitzungen] == ["rat/hamm"]
        assert not kalender.ausschuesse
        (hinweis,) = (h for h in kalender.hinweise if h.name == name)
        assert hinweis.art == "kein-gremium"
        assert "HAMM-3.1-AF" in str(hinweis.meldung)

    def test_a_sitting_of_a_body_of_the_city_stands_whatever_it_is_about(self, tmp_path: Path) -> None:
        """The limit is on bodies: a Bezirksvertretung that talks about the fund sits all the same."""
        kalender = mit_kalender(tmp_path, "Bezirksvertretung Heessen (Aktionsfonds)")
        assert [s.gremium for s in kalender.sitzungen] == ["bezirksvertretung/heessen"]


class TestKeineEntscheidung:
    """4.3.2 (III): nothing is decided in a Stadtteilkonferenz."""

    def test_no_item_is_heard_in_it(self) -> None:
        """HAMM-4.3.2-III-NODEC, P-35."""
        eintrag = {"id": "neu", "zu": "kr-entwurf", "gremium": SK, "vortrag": ["asd"], "vorgabe": True}
        refused(with_entry("programm.toml", "beratung", eintrag), "HAMM-4.3.2-III-NODEC")

    def test_no_decision_waits_for_it(self) -> None:
        """P-35: an order that would make a Bezirksvertretung wait for a Stadtteilkonferenz is refused."""
        eintrag = {
            "id": "neu",
            "art": "reihenfolge",
            "erst": "sk-herbst",
            "dann": "bv-jahresplan",
            "vorgabe": True,
        }
        refused(with_entry("programm.toml", "bedingung", eintrag), "HAMM-4.3.2-III-NODEC")

    def test_it_may_wait_for_others(self) -> None:
        """It is prepared, and it may be told what was decided."""
        eintrag = {
            "id": "neu",
            "art": "reihenfolge",
            "erst": "bv-evaluation",
            "dann": "sk-herbst",
            "vorgabe": True,
        }
        assert with_entry("programm.toml", "bedingung", eintrag) == ()


class TestTitel:
    """4.3.2 (I): the word stays, titles supplement it."""

    def test_every_stadtteilkonferenz_has_the_word_in_its_name(self) -> None:
        """P-34, HAMM-4.3.2-I-TITLE."""
        stadt = load("hamm").stadt
        namen = [stadt.gremium_name(g) for g in stadt.gremien.values() if g.art.id == SK]
        assert all("Stadtteilkonferenz" in name for name in namen)
        assert "Wir in Pelkum – Stadtteilkonferenz Pelkum" in namen

    def test_because_the_city_says_so(self) -> None:
        """Without the passage a title would stand in the place of the word."""

        def aendern(name: str, inhalt: dict[str, Any]) -> dict[str, Any]:
            neu = deepcopy(inhalt)
            if name == "stadt.toml":
                del neu["gremienart"][SK]["titel_ergaenzt"]
            return neu

        projekt, _ = inspect("hamm", aendern=aendern)
        stadt = projekt.stadt
        assert stadt.gremium_name(stadt.gremien["stadtteilkonferenz/pelkum"]) == "Wir in Pelkum"


def test_the_concept_itself_breaks_none_of_its_limits() -> None:
    """Hamm loads; its limits are there to be broken by others."""
    projekt = load("hamm")
    assert {a.id for a in projekt.grenzen.ausgeschlossen} == {"intern", "kr-hauptamtlich", "kr-bm-nur-gast"}
