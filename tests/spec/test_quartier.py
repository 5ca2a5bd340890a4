"""The method of source 002 in an invented quarter: hosts in turn, one Moderation, one office per duty."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import gremienplan as gp
from gremienplan import requirements as req
from gremienplan.auditing import check, cost, turns
from gremienplan.jahr import build
from gremienplan.plan import Lage, Plan, Zustand, record
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.publishing import publish
from gremienplan.quellen import TATSACHE
from gremienplan.rules import geschaeftsfuehrung
from gremienplan.solver import Loesung, Suche, build_problem
from tests.nur_ci import nur_ci
from tests.solver.winzig import lagen_of

JAHR = 2027
BEISPIEL = Path(__file__).parents[2] / "examples" / "quartier-2027"


@pytest.fixture(scope="module")
def projekt() -> Projekt:
    return gp.load(BEISPIEL, jahr=JAHR)


@pytest.fixture(scope="module")
def plan(projekt: Projekt) -> Plan:
    return planned(projekt)


def planned(projekt: Projekt) -> Plan:
    answer = gp.schedule(projekt, JAHR)
    assert isinstance(answer, Plan)
    assert gp.audit(projekt, answer).ok
    return answer


def in_turn(plan: Plan, gremium: str) -> list[str]:
    found = sorted((t for t in plan.termine if t.gremium == gremium), key=lambda t: t.beginn)
    return [t.ort for t in found]


def closed(*orte: str) -> tuple[Besetzt, ...]:
    return tuple(Besetzt(ort, datetime(2026, 12, 1), datetime(2028, 2, 1), "Umbau") for ort in orte)


def said(projekt: Projekt, plan: Plan) -> list[str]:
    return [str(sentence) for sentence in turns(projekt, plan)]


class TestMod1Mitglieder:
    def test_conferences_have_members(self, projekt: Projekt) -> None:
        """MOD-1: four kinds of house and engaged persons, those of their own Stadtteil."""
        for gremium in projekt.stadt.gremien.values():
            found = gp.mitglieder(projekt.stadt, projekt.regeln, gremium, date(JAHR, 5, 1))
            assert len(found) == 5
            assert {sitz.gebiet.id for sitz in found} == {gremium.gebiet.id}


class TestMod2Reihum:
    """MOD-2, P-75: two conferences in a row are not at the same host if another is free; shares are equal."""

    @nur_ci("a whole year more")
    @pytest.mark.parametrize("gebiet", ["oberfeld", "unterfeld"])
    def test_hosts_take_turns(self, plan: Plan, projekt: Projekt, gebiet: str) -> None:
        hosts = in_turn(plan, f"stadtteilkonferenz/{gebiet}")
        assert len(hosts) == 4
        assert all(a != b for a, b in pairwise(hosts))
        counts = Counter(hosts)
        assert max(counts.values()) - min(counts.values()) <= 1

    def test_a_house_too_small_is_passed_over(self, plan: Plan, projekt: Projekt) -> None:
        """S-32: 25 places where 40 are needed, and it is said."""
        assert "kita-oberfeld" not in in_turn(plan, "stadtteilkonferenz/oberfeld")
        assert (
            said(projekt, plan).count("Kindertagesstätte Lindenhof: passed over, room for 25, not 40.") == 1
        )

    def test_a_house_that_is_closed_is_passed_over(self, plan: Plan, projekt: Projekt) -> None:
        """S-32: while it is closed, and only then."""
        (shut,) = projekt.besetzt
        held = [t for t in plan.termine if t.ort == shut.wer]
        assert held
        assert not any(t.beginn < shut.bis and shut.von < t.ende for t in held)
        (second,) = (t for t in plan.termine if t.sitzung == "sk-2/oberfeld")
        assert f"Gemeindehaus Oberfeld: passed over on {second.beginn:%a %Y-%m-%d}, occupied: Umbau." in said(
            projekt, plan
        )

    @nur_ci("a whole year more")
    def test_the_only_possible_host_repeats(self, projekt: Projekt) -> None:
        """S-32: three repetitions, which the points of the stage say."""
        only = evolve(projekt, besetzt=closed("schule-oberfeld", "gemeindehaus-oberfeld"))
        answer = planned(only)
        assert set(in_turn(answer, "stadtteilkonferenz/oberfeld")) == {"treff-oberfeld"}
        assert (answer.stufen[0].wert, answer.stufen[0].bewiesen) == (30, True)
        assert sum("again on" in sentence for sentence in said(only, answer)) == 3

    def test_what_repeats_without_need_is_said(self, plan: Plan, projekt: Projekt) -> None:
        """In a plan edited by hand."""
        termine = tuple(
            evolve(t, ort="treff-unterfeld") if t.gremium.endswith("/unterfeld") else t for t in plan.termine
        )
        found = said(projekt, evolve(plan, termine=termine))
        assert sum(sentence.startswith("Mietertreff Unterfeld: twice in a row") for sentence in found) == 3

    def test_who_is_host_in_which_order_is_said(self, plan: Plan, projekt: Projekt) -> None:
        houses = [projekt.stadt.orte[ort].name for ort in in_turn(plan, "stadtteilkonferenz/unterfeld")]
        assert f"Stadtteilkonferenz Unterfeld, in turn: {', '.join(houses)}." in said(projekt, plan)

    def test_the_calendar_names_the_host(self, plan: Plan, projekt: Projekt, tmp_path: Path) -> None:
        publish(projekt, record(plan, None, datetime(2026, 11, 1), Zustand.DRAFT), tmp_path, sprache="de")
        text = b"".join(p.read_bytes() for p in tmp_path.rglob("*.ics")).replace(b"\r\n ", b"").decode()
        for termin in plan.termine:
            host = projekt.stadt.orte[termin.ort].sitz
            assert f"Gastgebend: {projekt.stadt.sitz_name(projekt.stadt.sitze[host])}" in text

    @given(st.data())
    def test_the_best_rotation_is_found(self, data: st.DataObject) -> None:
        """P-75 against brute force: for any days and any houses closed to some, nothing costs less than the answer."""
        number, orte = data.draw(st.integers(2, 4)), ("a", "b", "c")[: data.draw(st.integers(1, 3))]
        first = date(2027, 3, 1)
        days = data.draw(st.lists(st.integers(0, 5), min_size=number, max_size=number))
        ids = tuple(f"s{n}" for n in range(number))
        free = {e: data.draw(st.sets(st.sampled_from(orte), min_size=1)) for e in ids}
        tage = {e: first + timedelta(days=n) for e, n in zip(ids, days, strict=True)}
        hard: list[req.Requirement] = [
            req.Stattfinden(e, TATSACHE, e, 2027, tage[e], tage[e], 60, tuple(sorted(free[e]))) for e in ids
        ]
        wish = req.Wechsel("w", TATSACHE, 1, "kr", ids, orte, 1)
        problem = build_problem(hard, [wish], first, [datetime.min.time().replace(hour=9)])
        answer = Suche(problem, 30.0).run()
        assert isinstance(answer, Loesung)
        best = min(_costs(ids, tage, free, orte))
        assert cost(wish, lagen_of(problem, answer)) == best == answer.stufen[0].wert


def _costs(
    ids: tuple[str, ...], tage: dict[str, date], free: dict[str, set[str]], orte: tuple[str, ...]
) -> list[int]:
    """What every rotation costs, counted by hand: by day, those of one day as they are named."""
    order = sorted(ids, key=lambda e: tage[e])
    rotations: list[list[str]] = [[]]
    for e in order:
        rotations = [[*r, ort] for r in rotations for ort in sorted(free[e])]
    least, most = len(ids) // len(orte), -(-len(ids) // len(orte))
    return [
        sum(a == b for a, b in pairwise(r))
        + sum(max(0, r.count(ort) - most) + max(0, least - r.count(ort)) for ort in orte)
        for r in rotations
    ]


class TestMod3AufWunsch:
    def test_a_conference_on_wish_is_held_only_where_it_is_asked_for(
        self, projekt: Projekt, tmp_path: Path
    ) -> None:
        """MOD-3."""
        assert "sk-wunsch/oberfeld" not in {s.id for s in projekt.sitzungen(JAHR)}
        text = 'format = 1\nstadt = "quartier"\nratskalender = []\n[bei_bedarf]\nsk-wunsch = ["oberfeld"]\n'
        asked = tmp_path / "gremienplan.toml"
        asked.write_text(f'{text}[[offen]]\nsitzung = "sk-wunsch/oberfeld"\n', "utf-8")
        found = gp.load(asked, jahr=JAHR)
        assert {s.id for s in found.sitzungen(JAHR)} - {s.id for s in projekt.sitzungen(JAHR)} == {
            "sk-wunsch/oberfeld"
        }
        assert found.offene(JAHR) == {"sk-wunsch/oberfeld"}


VORHER = {"konzept": 84, "verantwortlichkeiten": 70, "raum": 56, "moderation-zusagen": 56, "einladen": 28}
"""Task -> days before the conference."""


class TestMod4Aufgaben:
    """MOD-4, MOD-8: the steps before each conference, counted back from its day, each with one office."""

    def test_each_step_is_due_in_time_and_has_one_office(self, plan: Plan, projekt: Projekt) -> None:
        """P-59: never after the conference."""
        tage = {t.sitzung: t.beginn.date() for t in plan.termine}
        found = projekt.aufgaben(JAHR, tage)
        assert Counter(a.eintrag.id for a in found) == dict.fromkeys(VORHER, len(tage))
        for a in found:
            assert a.faellig == tage[a.sitzung.id] - timedelta(days=VORHER[a.eintrag.id])
            office = "moderation" if a.eintrag.id == "moderation-zusagen" else "quartiersbuero"
            assert a.zustaendig is not None
            assert a.zustaendig.id == f"{office}/quartier"


class TestMod7Moderation:
    def test_one_moderation_leads_all(self, projekt: Projekt) -> None:
        """MOD-7: a resource: two conferences at one time are impossible, in whatever Stadtteil."""
        (r,) = (
            r
            for r in build(projekt, JAHR).requirements
            if isinstance(r, req.Verfuegbar) and r.sitz.startswith("moderation/")
        )
        assert {p.ereignis for p in r.pflichten} == {s.id for s in projekt.sitzungen(JAHR)}
        beginn = datetime(2027, 2, 16, 17)
        two = {
            e: (Lage(e, beginn, beginn + timedelta(hours=2)),) for e in ("sk-1/oberfeld", "sk-1/unterfeld")
        }
        assert len(check(r, two, {})) == 1


class TestMod8Zustaendigkeit:
    def test_exactly_one_office_organises_each_conference(self, projekt: Projekt) -> None:
        """MOD-8."""
        for gremium in projekt.stadt.gremien.values():
            assert len(geschaeftsfuehrung(projekt.stadt, projekt.regeln, gremium, date(JAHR, 5, 1))) == 1


def test_the_weekly_music_school_keeps_its_room(plan: Plan) -> None:
    """P-57: no conference there on a Tuesday evening."""
    assert not any(t.ort == "schule-unterfeld" and t.beginn.weekday() == 1 for t in plan.termine)
