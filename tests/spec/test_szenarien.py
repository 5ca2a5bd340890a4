"""Adversarial scenarios of rules, invitations, lifecycle and counts, by their number in eigenschaften.md."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import gremienplan as gp
from gremienplan.auditing import check, cost
from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.cli.codes import BAD_INPUT
from gremienplan.jahr import build
from gremienplan.plan import Lage, Termin, belege
from gremienplan.programm import MonatTag, Zeitraum, bedingungen as bed
from gremienplan.projekt import Besetzt, Offen
from gremienplan.publishing import publish
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Anzahl, Fenster, Vorher
from gremienplan.rules import Als, Regel, RegelArt, invitations
from tests.cli.lauf import lauf
from tests.spec.gesetze.kap4_3_1 import AUSWERTUNG, ENTWURF, HALB, VORBEREITUNG
from tests.spec.gesetze.welt import AK, BM, KR, LK, SK, TAG, Tagung
from tests.spec.hamm import Inhalt, changed, hamm, refused
from tests.spec.mutanten import HAMM

ORT = "mitte"


def lage(ereignis: str, tag: date, um: int = 10) -> Lage:
    beginn = datetime(tag.year, tag.month, tag.day, um)
    return Lage(ereignis, beginn, beginn + timedelta(hours=2))


def move(gebiete: dict[str, dict[str, str]]) -> Callable[[Inhalt], None]:
    """Put Wohnbereiche elsewhere: number -> level -> Gebiet."""

    def change(inhalt: Inhalt) -> None:
        for nummer, wohin in gebiete.items():
            inhalt["wohnbereich"][nummer].update(wohin)

    return change


class TestGliederung:
    """Cities that are cut oddly, or wrongly."""

    def test_a_bezirk_without_wohnbereich_is_refused(self) -> None:
        """S-11."""
        problems = refused("stadt.toml", move({n: {"bezirk": "pelkum"} for n in ("31", "32", "33")}))
        assert "bezirk.rhynern" in {p.pfad for p in problems}

    def test_a_sozialraum_without_wohnbereich_is_refused(self) -> None:
        """S-13: no silent Koordinierungsrunde without Bürgeramt."""
        problems = refused("stadt.toml", move({n: {"sozialraum": "mitte"} for n in ("62", "72")}))
        assert "sozialraum.norden" in {p.pfad for p in problems}

    @pytest.mark.parametrize("raum", [["mitte", "westen"], []])
    def test_a_wohnbereich_in_two_sozialraeumen_or_in_none_is_refused(self, raum: list[str]) -> None:
        """S-14."""
        problems = refused("stadt.toml", lambda inhalt: inhalt["wohnbereich"]["11"].update(sozialraum=raum))
        assert "wohnbereich.11.sozialraum" in {p.pfad for p in problems}

    def test_where_a_wohnbereich_lies_is_never_guessed(self) -> None:
        """S-37: the first digit, the neighbours and the name would tell; nobody asks them."""
        problems = refused("stadt.toml", lambda inhalt: inhalt["wohnbereich"]["11"].pop("bezirk"))
        assert {p.pfad for p in problems} == {"wohnbereich.11.bezirk"}

    def test_a_sozialraum_across_all_seven_bezirke(self) -> None:
        """S-12: 23 members, 30 invited with the Bezirksbürgermeister:innen, seven Bezirksvertretungen in its chain."""
        taken = ("24", "33", "43", "53", "65", "74")
        welt = changed("stadt.toml", move({n: {"sozialraum": "mitte"} for n in taken}))
        assert len(welt.members(KR, "mitte")) == 23
        assert len(welt.invited(KR, "mitte", ENTWURF)) == 30
        assert len(welt.items(ENTWURF, "mitte")) == 7
        with_office = changed(
            "stadt.toml",
            lambda inhalt: (
                move({n: {"sozialraum": "mitte"} for n in taken})(inhalt),
                inhalt["rolle"]["stadtteilbuero"].update(nur=["mitte"]),
            ),
        )
        assert len(with_office.members(KR, "mitte")) == 24

    def test_moving_a_wohnbereich_moves_what_hangs_on_it(self) -> None:
        """P-03: with 42 in Pelkum, Pelkum leaves B(Westen): members, invitations and chain of Westen, nothing else."""
        welt = changed("stadt.toml", move({"42": {"sozialraum": "pelkum"}}))
        for art in (KR, SK):
            for s in hamm().raeume:
                before, after = (set(w.invited(art, s.id, ENTWURF)) for w in (hamm(), welt))
                lost = {x for x in before if x.endswith("/pelkum")} if s.id == "westen" else set()
                assert after == before - lost
                assert bool(lost) == (s.id == "westen")
        assert {b.id for b in hamm().items(ENTWURF)} - {b.id for b in welt.items(ENTWURF)} == {
            "bv-jahresplan/westen/pelkum"
        }

    def test_a_missing_wohnbereich_is_not_silently_an_area_of_three(self, tmp_path: Path) -> None:
        """S-36: without 63, as the annex was printed, ``check`` refuses the city and names what misses it."""
        stadt = Path(shutil.copytree(HAMM, tmp_path / "hamm"))
        text = (stadt / "stadt.toml").read_text("utf-8")
        ohne = "".join(zeile for zeile in text.splitlines(True) if not zeile.startswith("63 = "))
        assert lauf("check", stadt).code == 0
        assert text != ohne
        (stadt / "stadt.toml").write_text(ohne, "utf-8")
        ergebnis = lauf("check", stadt, "--json")
        assert ergebnis.code == BAD_INPUT
        problems = ergebnis.json["problems"]
        assert {problem["wert"] for problem in problems} == {"wohnbereich.63"}
        assert "HAMM-GEO-BH.durch" in {problem["pfad"] for problem in problems}

    def test_no_rule_names_a_sozialraum(self) -> None:
        """P-73: only one Sitz is named outright; that residents are meant in particular is said of two."""
        named = {
            name.partition("/")[2] or name
            for regel in hamm().projekt.regeln
            for name in (*regel.rollen, *(regel.nur or ()), regel.gremium)
            if "/" in name or regel.nur
        }
        assert named == {"mitte"}


class TestLuecken:
    """Days on which nobody does what the concept gives to exactly one."""

    def test_no_autumn_without_geschaeftsfuehrung(self) -> None:
        """P-28, HAMM-4.3.2-II-GF: a rule that ends without another is refused, for all nine Sozialräume at once."""

        def end(inhalt: Inhalt) -> None:
            (regel,) = (r for r in inhalt["geschaeftsfuehrung"] if r["id"] == "sk-geschaeftsfuehrung")
            regel.update(gueltig_bis=date(2027, 6, 30))

        (problem,) = refused("regeln.toml", end)
        assert problem.pfad.endswith('(id "sk-geschaeftsfuehrung").gueltig_bis')
        assert all(f"{SK}/{s.id}" in str(problem.meldung) for s in hamm().raeume)


class TestEinladungen:
    """Topics that come and go, and members that are there already."""

    def test_a_topic_taken_off_takes_the_bezirksbuergermeister_with_it(self) -> None:
        """S-41: invited by the union; without the topic, not invited; nobody else changes."""
        for s in hamm().raeume:
            both = hamm().invited(KR, s.id, "regulaer", VORBEREITUNG)
            one = hamm().invited(KR, s.id, "regulaer")
            assert set(both) - set(one) == {f"{BM}/{b}" for b in hamm().b(s)}

    def test_an_unknown_topic_is_refused(self) -> None:
        """S-42: never silently without the Bezirksbürgermeister:in."""
        problems = refused("programm.toml", lambda inhalt: inhalt["sitzung"][0].update(anlass=["haushalt"]))
        (problem,) = problems
        assert problem.pfad.endswith(".anlass")
        assert problem.wert == "haushalt"

    def test_a_local_member_that_is_mandatory_already_is_one_entry(self) -> None:
        """S-54, P-12, P-33."""
        projekt = hamm().projekt
        local = Regel("lokal", RegelArt.MITGLIEDSCHAFT, KR, ("asd",), Grundlage(Authority.VORGABE))
        gremium = projekt.stadt.gremien[f"{KR}/norden"]
        found = invitations(projekt.stadt, (*projekt.regeln, local), Tagung(gremium), TAG)
        (asd,) = (i for i in found if i.sitz.id == "asd/norden")
        assert [g.regel for g in asd.gruende] == ["kr-asd", "lokal"]
        assert asd.als == (Als.MITGLIED,)
        assert len(found) == len(hamm().members(KR, "norden"))


class TestLebenslauf:
    """Days at the edge of a plan's life."""

    @pytest.mark.parametrize(("tag", "ok"), [(date(2027, 12, 31), True), (date(2028, 1, 1), False)])
    def test_the_last_day_before_the_plan_begins(self, tag: date, ok: bool) -> None:
        """S-06, P-39: 31 December will do for a presentation, 1 January will not, on the word of the concept."""
        item = hamm().items(ENTWURF, "mitte")[0].id
        found = [
            str(r.grundlage)
            for r in hamm().jahr.requirements
            if isinstance(r, Fenster) and r.ereignis == item and check(r, {item: (lage(item, tag),)}, {})
        ]
        assert found == ([] if ok else ["text HAMM-5.1-BEF"])

    def test_only_the_lenkungskreis_with_the_gesamtevaluation_waits_for_the_evaluations(self) -> None:
        """S-26."""
        first, second = (hamm().eins(LK, x, "hamm") for x in ("gesamtevaluation", "steuerung"))
        for s in hamm().raeume:
            kr = hamm().eins(KR, AUSWERTUNG, s.id)
            assert hamm().folge(kr, first)
            assert not hamm().folge(kr, second)

    def test_a_missing_evaluation_is_named(self) -> None:
        """S-27, P-45, P-46: Gesamtbericht and Gesamtevaluation wait for it; the Sozialraum that is missing is named."""
        kr = hamm().eins(KR, AUSWERTUNG, "pelkum")
        late = (hamm().eins(AK, "gesamtbericht", "hamm"), hamm().eins(LK, "gesamtevaluation", "hamm"))
        projekt = evolve(hamm().projekt, offen=(Offen(kr),))
        year = build(projekt, 2027)
        assert {e: year.wartet[e] for e in late} == dict.fromkeys(late, (kr,))
        assert {e for e in year.wartet if not e.startswith(("kr-", "bv-"))} == set(late)
        assert all("pelkum" in e for e in year.wartet.keys() - set(late))
        held = [lage(e, date(2027, 6, 24)) for e in late]
        termine = tuple(Termin(x.ereignis, x.ereignis, x.beginn, x.ende) for x in held)
        for asked in (projekt, hamm().projekt):
            found = gp.audit(asked, gp.Plan("hamm", 2027, "r", termine, (), offen=(kr,)))
            told = [f for f in found.findings if kr in f.ereignisse]
            assert {f.ereignisse for f in told} == {(kr, e) for e in late}
            assert all("Koordinierungsrunde Pelkum: Auswertung" in str(f.meldung) for f in told)
        missing = gp.audit(hamm().projekt, gp.Plan("hamm", 2027, "r", (), ()))
        assert any("Koordinierungsrunde Pelkum: Auswertung" in str(f.meldung) for f in missing.findings)

    def test_the_second_preparation_is_after_the_first_conference(self) -> None:
        """S-51, P-52: also when the two conferences are close."""
        for s in hamm().raeume:
            sk, kr = hamm().eins(SK, "anliegen", s.id), hamm().eins(KR, VORBEREITUNG, s.id, 1)
            rules = [r for r in hamm().jahr.requirements if r.ereignisse == (sk, kr)]
            day = date(2027, 6, 20)
            assert any(check(r, {sk: (lage(sk, day),), kr: (lage(kr, day),)}, {}) for r in rules)
            later = lage(kr, day + timedelta(days=1))
            assert not any(check(r, {sk: (lage(sk, day),), kr: (later,)}, {}) for r in rules)

    def test_a_draft_before_the_review_costs_something_and_breaks_nothing(self) -> None:
        """S-52."""
        for s in hamm().raeume:
            mid, draft = hamm().eins(KR, HALB, s.id), hamm().eins(KR, ENTWURF, s.id)
            assert not hamm().folge(mid, draft)
            assert not hamm().folge(draft, mid)
            (wish,) = (
                p
                for p in hamm().jahr.preferences
                if isinstance(p, Vorher) and (p.erst, p.dann) == (mid, draft)
            )
            early = {mid: (lage(mid, date(2027, 7, 1)),), draft: (lage(draft, date(2027, 6, 1)),)}
            assert cost(wish, early) == 5
            assert cost(wish, {**early, draft: (lage(draft, date(2027, 9, 1)),)}) == 0


class TestAnzahl:
    """How often the Lenkungskreis meets."""

    def test_a_third_lenkungskreis_is_refused_on_the_word_of_the_concept(self) -> None:
        """S-24, P-50."""
        projekt = hamm().projekt
        programm = projekt.programm
        lks = [s for s in programm.sitzungen if s.gremium == LK]
        window = Zeitraum(MonatTag(3, 1), MonatTag(3, 2), Grundlage(Authority.VORGABE))
        three = tuple(evolve(s, id=f"lk-{n}", fenster=window) for n, s in enumerate((*lks, lks[0]), start=1))
        counts = tuple(b for b in programm.bedingungen if isinstance(b, bed.Anzahl) and b.gremium == (LK,))
        few = evolve(
            programm,
            sitzungen=three,
            beratungen=(),
            bedingungen=counts,
            wuensche=(),
            aufgaben=(),
            tagesordnung=(),
        )
        answer = gp.schedule(evolve(projekt, programm=few), 2027)
        assert isinstance(answer, gp.Conflict)
        assert "text HAMM-4.2-2-FREQ" in {str(r.grundlage) for r in answer.requirements}
        two = evolve(few, sitzungen=three[:2])
        assert isinstance(gp.schedule(evolve(projekt, programm=two), 2027), gp.Plan)

    def test_meetings_near_new_year_count_in_their_own_year(self) -> None:
        """S-25, P-50: 30 December and 2 January, by the local day."""
        limits = [r for r in hamm().jahr.requirements if isinstance(r, Anzahl) and r.max == 2]
        (limit,) = (r for r in limits if r.jahr == 2027)
        ids = limit.ereignisse
        year = [lage(ids[0], date(2027, 6, 1)), lage(ids[1], date(2027, 12, 30))]
        third = Lage(ids[0], datetime(2028, 1, 2, 0, 30), datetime(2028, 1, 2, 2, 30))
        assert not check(limit, {ids[0]: (year[0], third), ids[1]: (year[1],)}, hamm().jahr.namen)
        late = Lage(ids[0], datetime(2027, 12, 31, 23, 30), datetime(2028, 1, 1, 1, 30))
        assert check(limit, {ids[0]: (year[0], late), ids[1]: (year[1],)}, hamm().jahr.namen)


class TestSchaltjahr:
    """S-21: 29 February as a day, as the end of a window, and a programme carried on to a common year."""

    @given(st.integers(2024, 2040), st.integers(0, 365))
    def test_every_day_of_a_leap_year_is_a_day_of_every_year(self, jahr: int, n: int) -> None:
        """S-21: 29 February is the last of February where there is none."""
        day = date(2028, 1, 1) + timedelta(days=n)
        found = MonatTag(day.month, day.day).on(jahr)
        assert (found.month, found.day) in {(day.month, day.day), (2, 28)}
        assert found.year == jahr

    @pytest.mark.parametrize("jahr", [2027, 2028, 2029])
    def test_the_programme_serves_every_year(self, jahr: int) -> None:
        """S-21: the same Sitzungen, each with a window that begins before it ends."""
        projekt = evolve(hamm().projekt, freitage=evolve(hamm().projekt.freitage, jahre=()))
        year = build(projekt, jahr)
        assert [s.id for s in year.sitzungen] == [s.id for s in hamm().sitzungen]
        assert all(von <= bis for von, bis in (s.fenster() for s in year.sitzungen))


class TestAntwort:
    """S-19: invited is who is invited; whether somebody comes, or holds the office at all, changes nothing of that."""

    KR_ENTWURF = f"kr-entwurf/{ORT}"
    WER = f"{BM}/{ORT}"

    @pytest.fixture
    def plan(self) -> gp.Plan:
        """A plan with the one Sitzung, as it stands in the calendars."""
        beginn = datetime(2027, 9, 7, 10)
        termin = Termin(self.KR_ENTWURF, f"{KR}/{ORT}", beginn, beginn + timedelta(hours=2))
        return gp.record(gp.Plan("hamm", 2027, "r", (termin,), ()), None, datetime(2026, 11, 1))

    @pytest.fixture
    def answers(self, plan: gp.Plan) -> dict[str, gp.Projekt]:
        """Hamm with a guest who cannot come, and with an office that falls vacant (the person is invented)."""
        (termin,) = plan.termine
        away = Besetzt(self.WER, termin.beginn, termin.ende, "verhindert")
        vacant = Besetzung((Innehabung(self.WER, "erfunden-1", bis=date(2027, 6, 30)),))
        projekt = hamm().projekt
        return {"absent": evolve(projekt, besetzt=(away,)), "vacant": evolve(projekt, besetzung=vacant)}

    @pytest.mark.parametrize("answer", ["absent", "vacant"])
    def test_the_calendars_are_the_same(
        self, answer: str, plan: gp.Plan, answers: dict[str, gp.Projekt], tmp_path: Path
    ) -> None:
        """S-19: byte for byte, also that of the guest; the Sitzung stands in it."""
        for name, projekt in (("before", hamm().projekt), ("after", answers[answer])):
            publish(projekt, plan, tmp_path / name)
        before, after = (
            {f.name: f.read_bytes() for f in (tmp_path / name).rglob("*.ics")} for name in ("before", "after")
        )
        assert before == after
        (own,) = (name for name in after if BM in name and ORT in name)
        assert b"kr-entwurf." in after[own]

    @pytest.mark.parametrize("answer", ["absent", "vacant"])
    def test_who_is_invited_is_the_same(
        self, answer: str, plan: gp.Plan, answers: dict[str, gp.Projekt]
    ) -> None:
        """S-19: so the receipt of the plan holds."""
        before, after = (belege(p, plan).beleg for p in (hamm().projekt, answers[answer]))
        assert before
        assert after
        assert before.einladungen == after.einladungen
        assert self.WER in {s for sitze in after.einladungen[self.KR_ENTWURF].values() for s in sitze}

    def test_a_vacant_office_hinders_no_date(self, answers: dict[str, gp.Projekt]) -> None:
        """S-19: the year asks for exactly the same."""
        assert build(answers["vacant"], 2027).requirements == hamm().jahr.requirements

    def test_an_absence_is_a_finding_and_cancels_nothing(
        self, plan: gp.Plan, answers: dict[str, gp.Projekt]
    ) -> None:
        """S-19: entered after planning, it is told; nothing but a new plan moves the Sitzung."""
        before = {f.requirement.id for f in gp.audit(hamm().projekt, plan).findings}
        found = [f for f in gp.audit(answers["absent"], plan).findings if f.requirement.id not in before]
        assert {e for f in found for e in f.ereignisse} == {self.KR_ENTWURF}
        assert any(hamm().jahr.namen[self.WER] in str(f.meldung) for f in found)
