"""Tasks, agenda and what is held on demand, as the concept of Hamm asks for them; and the general laws of tasks."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import gremienplan as gp
from gremienplan.abstimmung import Abstimmung, fehlende
from gremienplan.errors import InputError
from gremienplan.fristen import Fristart
from gremienplan.loading import inspect, load
from gremienplan.plan import Plan, Termin
from gremienplan.programm import Aufgabe, Sitzung, tagesordnung
from gremienplan.quellen import Authority, Grundlage
from gremienplan.rules import gastgeber

JAHR = 2027
FRISTEN = {"kr-einladen": 14, "lk-ak-einladen": 21, "sk-einladen": 28, "sk-termin-abstimmen": 42}


@cache
def hamm() -> gp.Projekt:
    return load("hamm", jahr=JAHR)


def bezirke(projekt: gp.Projekt, sitzung: Sitzung) -> list[str]:
    return sorted(b.id for b in projekt.stadt.gebiete_von("bezirk") if b.touches(sitzung.gebiet))


def days(projekt: gp.Projekt) -> dict[str, date]:
    """Return a day for every Sitzung: the first of its window."""
    return {sitzung.id: sitzung.fenster()[0] for sitzung in projekt.sitzungen(JAHR)}


def tasks(projekt: gp.Projekt, eintrag: str) -> list[Aufgabe]:
    return [a for a in projekt.aufgaben(JAHR, days(projekt)) if a.eintrag.id == eintrag]


def project(ordner: Path, inhalt: str) -> gp.Projekt:
    (ordner / "gremienplan.toml").write_text(f'format = 1\nstadt = "hamm"\n{inhalt}', "utf-8")
    return load(ordner, jahr=JAHR)


class TestBedarfMelden:
    """Where the concept is silent: who needs help to take part says so in time for somebody to be found."""

    def test_three_weeks_before_each_conference(self) -> None:
        """A planner's default, for conferences alone, and somebody answers for it."""
        for sitzung in hamm().sitzungen(JAHR):
            tag = days(hamm())[sitzung.id]
            found = [f for f in hamm().fristen_von(sitzung, tag) if f.frist.art is Fristart.BEDARF]
            assert len(found) == (sitzung.gremium.art.id == "stadtteilkonferenz")
            for bedarf in found:
                assert tag - bedarf.letzter.tag == timedelta(days=21)
                assert bedarf.frist.grundlage.authority is Authority.VORGABE
                assert bedarf.zustaendig


class TestAbstimmungMitDenBuergeraemtern:
    """4.3.2 (II): the date of a Stadtteilkonferenz is agreed with the Bürgerämter."""

    def test_each_conference_has_one_task_for_each_buergeramt_of_its_bezirke(self) -> None:
        """P-58, HAMM-4.3.2-II-COLL, AMB-25: one, in Norden two, in Westen three."""
        found = tasks(hamm(), "sk-termin-abstimmen")
        for sitzung in hamm().sitzungen(JAHR):
            partner = sorted(a.an[0].gebiet.id for a in found if a.sitzung == sitzung)
            is_sk = sitzung.gremium.art.id == "stadtteilkonferenz"
            assert partner == (bezirke(hamm(), sitzung) if is_sk else [])
        assert all(len(a.an) == 1 for a in found)

    def test_the_stadtteilkoordination_answers_for_each_of_them(self) -> None:
        """HAMM-4.3.2-II-GF: the office that manages the conference."""
        for a in tasks(hamm(), "sk-termin-abstimmen"):
            assert a.zustaendig is not None
            assert a.zustaendig.id == f"stadtteilkoordination/{a.sitzung.gebiet.id}"

    def test_the_duty_is_the_texts_and_the_days_are_ours(self) -> None:
        """No lead time stands in the concept (GAP-01)."""
        for a in hamm().programm.aufgaben:
            frist = a.vorher or a.nachher
            assert frist is not None
            assert frist.grundlage == Grundlage(Authority.VORGABE)
        assert tasks(hamm(), "sk-termin-abstimmen")[0].eintrag.grundlage.id == "HAMM-4.3.2-II-COLL"

    def test_a_conference_is_not_made_public_before_each_of_them_has_agreed(self) -> None:
        """P-58, AMB-25: each waits for the Bürgeramt of every Bezirk it touches; nothing else waits for anybody."""
        sitzungen = hamm().sitzungen(JAHR)
        tage = days(hamm())
        termine = tuple(
            Termin(s.id, s.gremium.id, beginn, beginn + timedelta(hours=2))
            for s in sitzungen
            for beginn in [datetime.combine(tage[s.id], time(18))]
        )
        plan = Plan(hamm().stadt.id, JAHR, hamm().programm.id, termine, ())
        fehlt = fehlende(hamm(), plan, Abstimmung())
        assert {f.anfrage.grundlage.id for f in fehlt} == {"HAMM-4.3.2-II-COLL"}
        assert sorted((f.sitzung, f.sitz) for f in fehlt) == sorted(
            (s.id, f"buergeramtsleitung/{b}")
            for s in sitzungen
            if s.gremium.art.id == "stadtteilkonferenz"
            for b in bezirke(hamm(), s)
        )


class TestBerichte:
    """4.3.1, 4.3.3: who gets the reports."""

    def test_the_gesamtbericht_goes_to_all_seven_bezirksvertretungen(self) -> None:
        """HAMM-4.3.1-GBD, HAMM-4.3.3-GBD, P-46: after the Arbeitskreis that makes it."""
        (a,) = tasks(hamm(), "gesamtbericht-versenden")
        assert sorted(g.id for g in a.an) == sorted(
            f"bezirksvertretung/{b.id}" for b in hamm().stadt.gebiete_von("bezirk")
        )
        assert "gesamtbericht" in a.sitzung.anlass
        assert a.faellig > a.tag

    def test_leitungen_and_fachausschuesse_are_lists_of_the_project(self, tmp_path: Path) -> None:
        """AMB-36: an empty list is worth a warning, and what a list says is in the task."""
        warnungen = [str(w) for w in inspect("hamm")[1]]
        assert sum("leitungen" in w or "fachausschuesse" in w for w in warnungen) == 2
        projekt = project(tmp_path, '[verteiler]\nfachausschuesse = ["Jugendhilfeausschuss"]\n')
        (a,) = tasks(projekt, "gesamtbericht-versenden")
        lists = {v.name: v.eintraege for v in a.verteiler}
        assert lists == {"leitungen": (), "fachausschuesse": ("Jugendhilfeausschuss",)}
        assert sum("is empty" in str(w) for w in inspect(tmp_path)[1]) == 1

    def test_a_list_that_no_task_asks_for_is_a_mistake(self, tmp_path: Path) -> None:
        with pytest.raises(InputError) as error:
            project(tmp_path, '[verteiler]\nfachausschuss = ["Jugendhilfeausschuss"]\n')
        (problem,) = error.value.problems
        assert (problem.pfad, "fachausschuesse" in str(problem.hinweis)) == ("verteiler.fachausschuss", True)

    def test_each_evaluation_goes_to_the_lenkungskreis(self) -> None:
        """HAMM-4.3.1-B-EVAL, AMB-47: nine papers."""
        found = tasks(hamm(), "evaluation-an-lenkungskreis")
        assert len(found) == 9
        assert {g.id for a in found for g in a.an} == {"lenkungskreis/hamm"}

    def test_concerns_are_passed_on_after_each_conference(self) -> None:
        """HAMM-4.3.2-III-COLL."""
        found = tasks(hamm(), "sk-anliegen")
        assert len(found) == 18
        assert all(a.faellig > a.tag for a in found)
        assert all([g.id for g in a.an] == [f"koordinierungsrunde/{a.sitzung.gebiet.id}"] for a in found)


class TestEinladungen:
    """Lead times: the concept names none."""

    @pytest.mark.parametrize(("eintrag", "frist"), FRISTEN.items())
    def test_lead_times(self, eintrag: str, frist: int) -> None:
        """P-59: never sent later."""
        found = tasks(hamm(), eintrag)
        assert found
        assert all(a.tag - a.faellig == timedelta(days=frist) for a in found)

    def test_every_sitzung_has_exactly_one_invitation(self) -> None:
        """P-59."""
        found = Counter(
            a.sitzung.id for a in hamm().aufgaben(JAHR, days(hamm())) if a.eintrag.id.endswith("einladen")
        )
        assert found == Counter(s.id for s in hamm().sitzungen(JAHR))

    def test_where_no_office_is_named_the_one_that_manages_answers(self, tmp_path: Path) -> None:
        """AMB-33: for the Lenkungskreis the project says who; before that, nobody answers."""
        assert {a.zustaendig for a in tasks(hamm(), "lk-ak-einladen")} == {None}
        projekt = project(tmp_path, '[geschaeftsfuehrung]\nlenkungskreis = ["dezernat/hamm"]\n')
        wer = {
            a.sitzung.gremium.art.id: a.zustaendig and a.zustaendig.id
            for a in tasks(projekt, "lk-ak-einladen")
        }
        assert wer == {"lenkungskreis": "dezernat/hamm", "arbeitskreis": None}


class TestGesetze:
    """What holds for the tasks of any year."""

    @given(st.data())
    def test_no_preparation_is_due_after_its_sitzung_and_none_is_forgotten(self, data: st.DataObject) -> None:
        """P-59: whatever the days, and whatever the numbers of the planner."""
        tag = st.dates(date(JAHR, 1, 1), date(JAHR, 12, 31))
        sitzungen = hamm().sitzungen(JAHR)
        some = data.draw(st.lists(st.sampled_from(sitzungen), max_size=6, unique_by=lambda s: s.id))
        tage = {s.id: data.draw(tag) for s in some}
        zahl = data.draw(st.integers(0, 400))
        programm = evolve(
            hamm().programm,
            aufgaben=tuple(
                evolve(a, vorher=evolve(a.vorher, tage=zahl)) if a.vorher else a
                for a in hamm().programm.aufgaben
            ),
        )
        found = evolve(hamm(), programm=programm).aufgaben(JAHR, tage)
        assert {a.sitzung.id for a in found} == set(tage)
        for a in found:
            assert a.tag == tage[a.sitzung.id]
            if a.eintrag.vorher:
                assert a.tag - a.faellig == timedelta(days=zahl)
            else:
                assert a.faellig >= a.tag
        assert list(found) == sorted(found, key=lambda a: a.faellig)
        assert len({a.id for a in found}) == len(found)

    @pytest.mark.parametrize(
        ("aenderung", "meldung"),
        [
            ({"zustaendig": "buergeramtsleitung"}, "westen: 3"),
            ({"zustaendig": "stadtteilbuero"}, "mitte: 0"),
            ({"nachher": {"tage": 1, "vorgabe": True}}, "Exactly one of the keys"),
            ({"gremium": []}, "zu and gremium"),
            ({"an": []}, "needs the key an"),
        ],
    )
    def test_a_task_has_one_office_one_day_and_one_kind_of_sitzung(
        self, aenderung: dict[str, Any], meldung: str
    ) -> None:
        """MOD-8: exactly one responsible office; check names the Gremien where it is not so."""

        def aendern(name: str, inhalt: dict[str, Any]) -> dict[str, Any]:
            neu = deepcopy(inhalt)
            for aufgabe in neu["aufgabe"] if name == "programm.toml" else ():
                if aufgabe["id"] == "sk-termin-abstimmen":
                    aufgabe.update(aenderung)
            return neu

        with pytest.raises(InputError) as error:
            inspect("hamm", aendern=aendern)
        (problem,) = error.value.problems
        assert meldung in str(problem.meldung)

    def test_one_task_for_each_of_several_offices(self) -> None:
        """With je = "zustaendig" every office has its own."""

        def aendern(name: str, inhalt: dict[str, Any]) -> dict[str, Any]:
            neu = deepcopy(inhalt)
            for aufgabe in neu["aufgabe"] if name == "programm.toml" else ():
                if aufgabe["id"] == "sk-termin-abstimmen":
                    aufgabe |= {"zustaendig": "buergeramtsleitung", "je": "zustaendig"}
            return neu

        projekt, _ = inspect("hamm", jahr=JAHR, aendern=aendern)
        found = Counter(a.sitzung.id for a in tasks(projekt, "sk-termin-abstimmen"))
        assert found == {
            s.id: len(bezirke(projekt, s))
            for s in projekt.sitzungen(JAHR)
            if s.gremium.art.id == "stadtteilkonferenz"
        }


class TestTagesordnung:
    """4.3.2: what stands on the agenda of every Stadtteilkonferenz."""

    def test_each_bezirksbuergermeister_reports_from_the_bezirksvertretung(self) -> None:
        """HAMM-4.3.2-III-BMI, HAMM-5.2-BMI: of every Bezirk of the Sozialraum, in the conferences and nowhere else."""
        for sitzung in hamm().sitzungen(JAHR):
            punkte = tagesordnung(hamm().stadt, hamm().regeln, hamm().programm, sitzung, sitzung.fenster()[0])
            bericht = [p for p in punkte if p.eintrag.grundlage.id == "HAMM-4.3.2-III-BMI"]
            if sitzung.gremium.art.id == "stadtteilkonferenz":
                (punkt,) = bericht
                assert {s.rolle.id for s in punkt.vortrag} == {"bezirksbuergermeister"}
                assert sorted(s.gebiet.id for s in punkt.vortrag) == bezirke(hamm(), sitzung)
            else:
                assert not punkte

    def test_hosts_open_it_together(self) -> None:
        """HAMM-4.3.2-II-HOST, HAMM-GLO-SKO-FOR: and lead it; both, with every BM of the Sozialraum, whoever invites."""
        for sitzung in hamm().sitzungen(JAHR):
            tag = sitzung.fenster()[0]
            for punkt in tagesordnung(hamm().stadt, hamm().regeln, hamm().programm, sitzung, tag):
                if punkt.eintrag.grundlage.id in ("HAMM-4.3.2-II-HOST", "HAMM-GLO-SKO-FOR"):
                    hosts = gastgeber(hamm().stadt, hamm().regeln, sitzung.gremium, tag)
                    assert set(punkt.vortrag) == set(hosts)

    def test_whoever_presents_is_invited(self) -> None:
        """Nobody stands on an agenda without an invitation."""
        for sitzung in hamm().sitzungen(JAHR):
            tag = sitzung.fenster()[0]
            geladen = {e.sitz for e in gp.invitations(hamm().stadt, hamm().regeln, sitzung, tag)}
            for punkt in tagesordnung(hamm().stadt, hamm().regeln, hamm().programm, sitzung, tag):
                assert set(punkt.vortrag) <= geladen


class TestBeiBedarf:
    """4.2 (3), 4.3, 5.1: what is only held where it is needed."""

    def test_nothing_on_demand_is_held_unasked(self) -> None:
        """HAMM-4.2-3-BETF: 0..n."""
        assert len(hamm().sitzungen(JAHR)) == 78
        assert len(hamm().beratungen(JAHR)) == 24

    @pytest.mark.parametrize("ort", ["norden", "westen", "heessen"])
    def test_a_new_format_is_presented_in_every_bezirksvertretung(self, ort: str, tmp_path: Path) -> None:
        """P-49, HAMM-4.3-0-NEWF: the session brings its items with it, so nobody can forget one."""
        projekt = project(tmp_path, f'[bei_bedarf]\nkr-neues-beteiligungsformat = ["{ort}"]\n')
        neu = {s.id for s in projekt.sitzungen(JAHR)} - {s.id for s in hamm().sitzungen(JAHR)}
        assert neu == {f"kr-neues-beteiligungsformat/{ort}"}
        sitzung = projekt.sitzung(f"kr-neues-beteiligungsformat/{ort}", JAHR)
        alt = {b.id for b in hamm().beratungen(JAHR)}
        items = [b for b in projekt.beratungen(JAHR) if b.id not in alt]
        assert sorted(b.gremium.gebiet.id for b in items) == bezirke(projekt, sitzung)
        assert all(b.eintrag.grundlage.id == "HAMM-4.3-0-NEWF" for b in items)

    def test_any_other_format_is_prepared_without_an_item(self, tmp_path: Path) -> None:
        """AMB-37, HAMM-GLO-SKO-FOR: no duty inside one Handlungsfeld; every BM is invited, and leads with the SKo."""
        projekt = project(tmp_path, '[bei_bedarf]\nkr-beteiligungsformat = ["norden"]\n')
        assert len(projekt.beratungen(JAHR)) == 24
        sitzung = projekt.sitzung("kr-beteiligungsformat/norden", JAHR)
        geladen = gp.invitations(projekt.stadt, projekt.regeln, sitzung, date(JAHR, 5, 3))
        assert sum(e.sitz.rolle.id == "bezirksbuergermeister" for e in geladen) == 2
        (punkt,) = tagesordnung(projekt.stadt, projekt.regeln, projekt.programm, sitzung, date(JAHR, 5, 3))
        leitung = ["bezirksbuergermeister"] * 2 + ["stadtteilkoordination"]
        assert sorted(s.rolle.id for s in punkt.vortrag) == leitung
        assert set(punkt.vortrag) <= {e.sitz for e in geladen}

    def test_a_running_plan_is_reported_on_where_a_project_says_so(self, tmp_path: Path) -> None:
        """HAMM-5.1-RUN."""
        projekt = project(tmp_path, '[bei_bedarf]\nbv-laufender-jahresplan = ["westen"]\n')
        items = [b for b in projekt.beratungen(JAHR) if b.eintrag.id == "bv-laufender-jahresplan"]
        assert sorted(b.gremium.gebiet.id for b in items) == ["herringen", "mitte", "pelkum"]

    def test_a_session_on_running_matters_is_without_bezirksbuergermeister(self, tmp_path: Path) -> None:
        """HAMM-4.2-3-BMNOT, P-19."""
        projekt = project(tmp_path, '[bei_bedarf]\nkr-laufend = ["norden", "heessen"]\n')
        for ort in ("norden", "heessen"):
            sitzung = projekt.sitzung(f"kr-laufend/{ort}", JAHR)
            geladen = gp.invitations(projekt.stadt, projekt.regeln, sitzung, date(JAHR, 5, 3))
            assert not any(e.sitz.rolle.id == "bezirksbuergermeister" for e in geladen)

    @pytest.mark.parametrize(
        ("zeile", "meldung"),
        [
            ('kr-beteiligungsformat = ["nordn"]', "cannot be held there"),
            ('kr-entwurf = ["norden"]', "on demand"),
            ("kr-beteiligungsformat = 7", "text in quotation marks"),
        ],
    )
    def test_what_cannot_be_held_is_a_mistake(self, zeile: str, meldung: str, tmp_path: Path) -> None:
        """One problem, at its line."""
        with pytest.raises(InputError) as error:
            project(tmp_path, f"[bei_bedarf]\n{zeile}\n")
        (problem,) = error.value.problems
        assert problem.pfad == f"bei_bedarf.{zeile.partition(' ')[0]}"
        assert meldung in str(problem.meldung)

    def test_an_item_needs_its_session(self, tmp_path: Path) -> None:
        """An item on demand where its Sitzung is not held would silently be none."""
        programm = (
            'format = 1\n[programm]\nid = "x"\nname = "x"\nerweitert = "programm.toml"\n[[beratung]]\nid = "neu"\n'
            'zu = "kr-laufend"\ngremium = "bezirksvertretung"\nvortrag = ["stadtteilkoordination"]\n'
            "bei_bedarf = true\nvorgabe = true\n"
        )
        (tmp_path / "eigen.toml").write_text(programm, "utf-8")
        kopf = (
            'programm = "eigen.toml"\n[bei_bedarf]\nneu = ["norden", "heessen"]\nkr-laufend = ["heessen"]\n'
        )
        with pytest.raises(InputError) as error:
            project(tmp_path, kopf)
        (problem,) = error.value.problems
        assert (problem.pfad, problem.wert) == ("bei_bedarf.neu", "norden")


def test_a_topic_that_nobody_knows_is_an_error() -> None:
    """S-42: never silently a session without the Bezirksbürgermeister:in."""

    def aendern(name: str, inhalt: dict[str, Any]) -> dict[str, Any]:
        neu = deepcopy(inhalt)
        if name == "programm.toml":
            neu["sitzung"][0]["anlass"] = ["haushalt"]
        return neu

    with pytest.raises(InputError) as error:
        inspect("hamm", aendern=aendern)
    (problem,) = error.value.problems
    assert problem.wert == "haushalt"
