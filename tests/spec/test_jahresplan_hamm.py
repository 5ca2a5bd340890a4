"""Planned years of Hamm, judged straight from Stadt, rules and council calendar (``richter``), and the judge judged.

Every property holds in three planned years; every judge reports a plan that was made to break its property, and the
audit of the library reports the same plan for the rule of the programme that stands for it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, settings, strategies as st

import gremienplan as gp
from gremienplan.ratskalender import Ratssitzung
from tests import vorrat
from tests.nur_ci import nur_ci, sample
from tests.spec.jahresbild import TAG, Jahresbild, Politik, Treffen
from tests.spec.richter import RICHTER

BEISPIELE = Path(__file__).parents[2] / "examples"
pytestmark = pytest.mark.skipif(
    not (BEISPIELE / "hamm-2027").is_dir() or not (BEISPIELE / "kalender.py").is_file(),
    reason="examples/ is not beside the tests",
)
ZEHN = time(10)
CI = os.environ.get("PROFILE") == "ci"


def planned(projekt: gp.Projekt, jahr: int, stand: datetime) -> Jahresbild:
    plan = vorrat.schedule(projekt, jahr, stand=stand)
    assert isinstance(plan, gp.Plan), plan
    return Jahresbild(projekt, plan)


@cache
def jahr_r() -> Jahresbild:
    return planned(gp.load(BEISPIELE / "hamm-2027", jahr=2027), 2027, datetime(2026, 11, 1, 8))


@cache
def jahr_c() -> Jahresbild:
    projekt = gp.load(BEISPIELE / "hamm-2027", jahr=2027, programm="programm-c.toml")
    return planned(projekt, 2027, datetime(2026, 11, 1, 8))


@pytest.fixture(scope="module")
def jahr_2026(tmp_path_factory: pytest.TempPathFactory) -> Jahresbild:
    """Another year, with the calendar the example's script writes for it."""
    spec = importlib.util.spec_from_file_location("_kalender", BEISPIELE / "kalender.py")
    assert spec is not None
    assert spec.loader is not None
    with pytest.MonkeyPatch.context() as patch:
        module = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        dateien: dict[str, bytes] = module.kalender(2026)
    folder = tmp_path_factory.mktemp("hamm-2026")
    (folder / "ratskalender").mkdir()
    for name, inhalt in dateien.items():
        (folder / "ratskalender" / name).write_bytes(inhalt)
    (folder / "gremienplan.toml").write_text('format = 1\nstadt = "hamm"\n', encoding="utf-8")
    return planned(gp.load(folder, jahr=2026), 2026, datetime(2025, 12, 1))


def faults(bild: Jahresbild) -> dict[str, list[str]]:
    """Return name -> what each judge finds, of those that find something."""
    return {name: urteil for name, richter in RICHTER.items() if (urteil := richter(bild))}


class TestGeplanteJahre:
    """P-36 to P-57 hold in every year that was planned; each year is judged by all, so that it is planned once."""

    def test_programme_r(self) -> None:
        assert faults(jahr_r()) == {}

    @nur_ci("a second year")
    def test_programme_c(self) -> None:
        assert faults(jahr_c()) == {}

    @pytest.mark.skipif(not CI, reason="a third year: PROFILE=ci")
    def test_2026(self, jahr_2026: Jahresbild) -> None:
        assert faults(jahr_2026) == {}


def test_twelve_plans_and_twelve_evaluations_are_heard() -> None:
    """P-38: seven Bezirksvertretungen, five of which hear two plans."""
    for anlass in ("jahresplan-entwurf", "evaluation"):
        heard = [v.bezirk for v in jahr_r().gehoert(anlass)]
        assert len(heard) == 12
        assert sorted(b for b in set(heard) if heard.count(b) == 1) == ["rhynern", "uentrop"]


# --- plans made to break a property ---------------------------------------------------------------------


def termin(bild: Jahresbild, sitzung: str) -> gp.Termin:
    return next(t for t in bild.plan.termine if t.sitzung == sitzung)


def item(bild: Jahresbild, beratung: str) -> gp.Beratungstermin:
    return next(b for b in bild.plan.beratungen if b.beratung == beratung)


def sittings(bild: Jahresbild, gremium: str) -> tuple[Ratssitzung, ...]:
    return bild.projekt.ratskalender.von_gremium(gremium)


def move(bild: Jahresbild, sitzung: str, beginn: datetime, *, dauer: int = 120, ort: str = "") -> gp.Plan:
    def moved(t: gp.Termin) -> gp.Termin:
        ende = beginn + timedelta(minutes=dauer)
        return evolve(t, beginn=beginn, ende=ende, ort=ort or t.ort) if t.sitzung == sitzung else t

    return evolve(bild.plan, termine=tuple(moved(t) for t in bild.plan.termine))


def on(bild: Jahresbild, sitzung: str, tag: date, um: time = ZEHN) -> gp.Plan:
    return move(bild, sitzung, datetime.combine(tag, um))


def drop(bild: Jahresbild, *ids: str) -> gp.Plan:
    return evolve(
        bild.plan,
        termine=tuple(t for t in bild.plan.termine if t.sitzung not in ids),
        beratungen=tuple(b for b in bild.plan.beratungen if b.beratung not in ids),
    )


def change(bild: Jahresbild, beratung: str, **other: Any) -> gp.Plan:
    return evolve(
        bild.plan,
        beratungen=tuple(evolve(b, **other) if b.beratung == beratung else b for b in bild.plan.beratungen),
    )


def next_year(bild: Jahresbild, *ids: str) -> gp.Plan:
    """52 weeks later; a Sitzung that is missing altogether is the matter of its own entry."""
    for sitzung in ids:
        plan = move(bild, sitzung, termin(bild, sitzung).beginn + timedelta(weeks=52))
        bild = evolve(bild, plan=plan)
    return bild.plan


def hear(bild: Jahresbild, beratung: str, r: Ratssitzung) -> gp.Plan:
    return change(bild, beratung, gremium=r.gremium, sitzung=r.key, beginn=r.beginn, ende=r.ende)


def heard_days(bild: Jahresbild, sozialraum: str) -> list[date]:
    return sorted(v.tag for v in bild.gehoert("jahresplan-entwurf", sozialraum))


def last_evaluation(bild: Jahresbild) -> date:
    return max(t.tag for t in bild.von("koordinierungsrunde", "evaluation"))


def at_the_same_hour_as_a_sister(bild: Jahresbild) -> gp.Plan:
    """Two of the three Bezirksvertretungen of Westen sit on one Thursday afternoon."""
    mitte = item(bild, "bv-jahresplan/westen/mitte").beginn
    return hear(
        bild,
        "bv-jahresplan/westen/herringen",
        next(r for r in sittings(bild, "bezirksvertretung/herringen") if r.beginn == mitte),
    )


def a_third_lenkungskreis(bild: Jahresbild) -> gp.Plan:
    second = termin(bild, "lk-2/hamm")
    third = evolve(second, beginn=second.beginn + 7 * TAG, ende=second.ende + 7 * TAG)
    return evolve(bild.plan, termine=(*bild.plan.termine, third))


def after_the_sitting(bild: Jahresbild) -> gp.Plan:
    """Ten minutes after a committee, where half an hour is asked for."""
    r = sittings(bild, "integrationsrat/hamm")[1]
    return move(bild, "sk-herbst/rhynern", r.ende + timedelta(minutes=10))


def ten_minutes_after_a_neighbour(bild: Jahresbild) -> gp.Plan:
    """The Bürgeramtsleitung Mitte, in two Stadtteilzentren."""
    return move(bild, "kr-halbjahr/westen", termin(bild, "kr-halbjahr/mitte").ende + timedelta(minutes=10))


def holiday(bild: Jahresbild, name: str) -> date:
    frei = bild.projekt.freitage
    return next(
        f.von for f in (*frei.feiertage, *frei.ferien) if f.name == name and f.von.year == bild.plan.jahr
    )


@frozen
class Verdorben:
    """A plan that breaks one property, and the rule of the library that must see it too."""

    name: str
    regel: str
    plan: Callable[[Jahresbild], gp.Plan]


def _bv(bild: Jahresbild, bezirk: str) -> Ratssitzung:
    return sittings(bild, f"bezirksvertretung/{bezirk}")[1]


VERDORBEN = [
    Verdorben("p36", "kr-entwurf", lambda b: drop(b, "kr-entwurf/mitte")),
    Verdorben("p36", "kr-entwurf.fenster", lambda b: on(b, "kr-entwurf/mitte", date(2027, 8, 13))),
    Verdorben("p37", "entwurf-vor-bv", lambda b: on(b, "kr-entwurf/westen", heard_days(b, "westen")[0])),
    Verdorben(
        "p37",
        "entwurf-vor-bv.abstand",
        lambda b: on(b, "kr-entwurf/westen", heard_days(b, "westen")[0] - 20 * TAG),
    ),
    Verdorben("p38", "bv-jahresplan", lambda b: drop(b, "bv-jahresplan/norden/heessen")),
    Verdorben(
        "p38",
        "bv-jahresplan",
        lambda b: hear(b, "bv-jahresplan/uentrop/uentrop", sittings(b, "bezirksvertretung/rhynern")[5]),
    ),
    Verdorben(
        "p39",
        "bv-jahresplan.spaetestens",
        lambda b: change(
            b,
            "bv-jahresplan/uentrop/uentrop",
            beginn=datetime(2028, 1, 1, 16),
            ende=datetime(2028, 1, 1, 18, 30),
        ),
    ),
    Verdorben(
        "p40",
        "bv-vor-finalisierung",
        lambda b: on(b, "kr-finalisierung/norden", heard_days(b, "norden")[-1]),
    ),
    Verdorben(
        "p40",
        "bv-vor-finalisierung.abstand",
        lambda b: on(b, "kr-finalisierung/norden", heard_days(b, "norden")[-1] + 2 * TAG),
    ),
    Verdorben(
        "p40", "kr-finalisierung.spaetestens", lambda b: on(b, "kr-finalisierung/norden", date(2028, 1, 3))
    ),
    Verdorben(
        "p41",
        "bv-vor-finalisierung",
        lambda b: move(b, "kr-finalisierung/pelkum", termin(b, "kr-entwurf/pelkum").beginn),
    ),
    Verdorben("p42", "kr-halbjahr.fenster", lambda b: on(b, "kr-halbjahr/mitte", date(2027, 7, 16))),
    Verdorben("p42", "kr-halbjahr", lambda b: drop(b, "kr-halbjahr/norden")),
    Verdorben(
        "p43",
        "evaluation-vor-bv",
        lambda b: on(b, "kr-evaluation/mitte", item(b, "bv-evaluation/mitte/mitte").beginn.date()),
    ),
    Verdorben("p43", "kr-evaluation.fenster", lambda b: on(b, "kr-evaluation/mitte", date(2027, 1, 8))),
    Verdorben("p43", "bv-evaluation", lambda b: drop(b, "bv-evaluation/westen/pelkum")),
    Verdorben(
        "p44",
        "bv-evaluation-vor-jahresplan",
        lambda b: hear(b, "bv-evaluation/uentrop/uentrop", sittings(b, "bezirksvertretung/uentrop")[5]),
    ),
    Verdorben("p45", "evaluation-vor-gesamtevaluation", lambda b: on(b, "lk-1/hamm", last_evaluation(b))),
    Verdorben("p46", "evaluation-vor-gesamtbericht", lambda b: on(b, "ak-2/hamm", last_evaluation(b))),
    Verdorben(
        "p47",
        "bv-jahresplan",
        lambda b: change(b, "bv-jahresplan/norden/heessen", vortrag=("stadtteilkoordination/heessen",)),
    ),
    Verdorben("p47", "bv-jahresplan", lambda b: change(b, "bv-jahresplan/norden/heessen", vortrag=())),
    Verdorben("p47", "verfuegbar", at_the_same_hour_as_a_sister),
    Verdorben(
        "p48",
        "bv-jahresplan",
        lambda b: change(
            b,
            "bv-jahresplan/mitte/mitte",
            beginn=item(b, "bv-jahresplan/mitte/mitte").beginn + timedelta(minutes=30),
        ),
    ),
    Verdorben("p48", "bv-evaluation", lambda b: change(b, "bv-evaluation/mitte/mitte", sitzung="erfunden")),
    Verdorben("p50", "lk-hoechstens.max", a_third_lenkungskreis),
    Verdorben("p50", "lk-mindestens.min", lambda b: next_year(b, "lk-1/hamm", "lk-2/hamm")),
    Verdorben("p50", "lk-1", lambda b: drop(b, "lk-1/hamm", "lk-2/hamm")),
    Verdorben(
        "p51",
        "kr-mindestens.min",
        lambda b: next_year(b, *[t.id for t in b.von("koordinierungsrunde", "", "heessen")[1:]]),
    ),
    Verdorben(
        "p52",
        "vorbereitung-1-vor-sk.abstand",
        lambda b: on(
            b, "kr-vorbereitung-1/rhynern", termin(b, "sk-fruehjahr/rhynern").beginn.date() - 27 * TAG
        ),
    ),
    Verdorben(
        "p52",
        "vorbereitung-2-vor-sk.hoechstens",
        lambda b: on(b, "kr-vorbereitung-2/rhynern", termin(b, "sk-herbst/rhynern").beginn.date() - 91 * TAG),
    ),
    Verdorben(
        "p52",
        "sk-vor-vorbereitung-2",
        lambda b: on(b, "kr-vorbereitung-2/pelkum", termin(b, "sk-fruehjahr/pelkum").beginn.date()),
    ),
    Verdorben("p53", "sk-herbst", lambda b: drop(b, "sk-herbst/uentrop")),
    Verdorben(
        "p54",
        "sk-politik",
        lambda b: move(b, "sk-herbst/mitte", sittings(b, "finanzausschuss/hamm")[4].beginn),
    ),
    Verdorben("p54", "sk-politik.puffer", after_the_sitting),
    Verdorben(
        "p54", "sk-politik.unbekannte", lambda b: move(b, "sk-fruehjahr/mitte", sittings(b, "")[0].beginn)
    ),
    Verdorben(
        "p54",
        "sk-bezirksvertretungen",
        lambda b: move(b, "sk-herbst/mitte", _bv(b, "mitte").beginn + timedelta(hours=1)),
    ),
    Verdorben("p54_tage", "sk-sitzungstage", lambda b: on(b, "sk-herbst/westen", _bv(b, "pelkum").tag, ZEHN)),
    Verdorben(
        "p54_tage", "sk-sitzungstage", lambda b: on(b, "sk-herbst/rhynern", sittings(b, "rat/hamm")[5].tag)
    ),
    Verdorben(
        "p55",
        "verfuegbar",
        lambda b: move(b, "kr-halbjahr/westen", termin(b, "kr-halbjahr/mitte").beginn),
    ),
    Verdorben("p55", "verfuegbar", lambda b: move(b, "lk-2/hamm", termin(b, "kr-entwurf/westen").beginn)),
    Verdorben("p55", "wegezeit", ten_minutes_after_a_neighbour),
    Verdorben("p56", "verfuegbar", lambda b: move(b, "kr-halbjahr/westen", _bv(b, "pelkum").beginn)),
    Verdorben("p57", "ort", lambda b: move(b, "lk-2/hamm", termin(b, "ak-4/hamm").beginn)),
    Verdorben(
        "p57",
        "kr-evaluation",
        lambda b: move(b, "kr-evaluation/mitte", termin(b, "kr-evaluation/mitte").beginn, ort="casino"),
    ),
    Verdorben(
        "programm",
        "ak-3",
        lambda b: move(b, "ak-3/hamm", termin(b, "ak-3/hamm").beginn, dauer=90),
    ),
    Verdorben("programm", "lk-2.fenster", lambda b: on(b, "lk-2/hamm", date(2027, 12, 1))),
    Verdorben(
        "uhrzeit",
        "dienstzeit",
        lambda b: on(b, "kr-halbjahr/mitte", termin(b, "kr-halbjahr/mitte").beginn.date(), time(15, 30)),
    ),
    Verdorben(
        "uhrzeit",
        "sk-abends",
        lambda b: on(b, "sk-herbst/mitte", termin(b, "sk-herbst/mitte").beginn.date(), time(18, 30)),
    ),
    Verdorben("uhrzeit", "werktage", lambda b: on(b, "kr-halbjahr/mitte", date(2027, 6, 19))),
    Verdorben("feiertage", "feiertage", lambda b: on(b, "kr-halbjahr/mitte", holiday(b, "Fronleichnam"))),
    Verdorben(
        "schulferien",
        "sk-schulferien",
        lambda b: on(b, "sk-herbst/mitte", holiday(b, "Herbstferien") + 3 * TAG, time(17)),
    ),
    Verdorben(
        "abstand",
        "kr-abstand",
        lambda b: on(b, "kr-halbjahr/norden", termin(b, "kr-vorbereitung-1/norden").beginn.date() + 20 * TAG),
    ),
    Verdorben(
        "abstand",
        "sk-abstand",
        lambda b: on(b, "sk-herbst/westen", termin(b, "sk-fruehjahr/westen").beginn.date() + 89 * TAG),
    ),
]


class TestDerRichter:
    """No judge is content with everything, and none knows less or more than the audit."""

    def test_every_judge_has_a_plan_that_breaks_its_property(self) -> None:
        assert {v.name for v in VERDORBEN} == set(RICHTER)

    @pytest.mark.parametrize("verdorben", sample(VERDORBEN, 2), ids=lambda v: f"{v.name}-{v.regel}")
    def test_a_broken_property_is_seen_by_its_judge_and_by_the_audit(self, verdorben: Verdorben) -> None:
        bild = jahr_r()
        plan = verdorben.plan(bild)
        assert RICHTER[verdorben.name](Jahresbild(bild.projekt, plan)), "the judge sees nothing"
        audit = gp.audit(bild.projekt, plan)
        assert not audit.ok
        assert verdorben.regel in {f.requirement.id.partition(":")[0] for f in audit.findings}

    @given(data=st.data())
    @settings(max_examples=10)
    def test_judge_and_audit_agree_on_plans_edited_by_hand(self, data: st.DataObject) -> None:
        """One or two Sitzungen on another day or at another hour: both find fault, or neither."""
        bild = jahr_r()
        for _ in range(data.draw(st.integers(1, 2), label="how many")):
            alt = data.draw(st.sampled_from(bild.plan.termine), label="which")
            weeks, hours = data.draw(st.integers(-4, 4)), data.draw(st.sampled_from([-1, 0, 0, 0, 1]))
            beginn = alt.beginn + timedelta(weeks=weeks, minutes=30 * hours)
            bild = Jahresbild(bild.projekt, move(bild, alt.sitzung, beginn))
        broken = [u for richter in RICHTER.values() for u in richter(bild)]
        audit = gp.audit(bild.projekt, bild.plan)
        assert bool(broken) == (not audit.ok), (broken, [str(f.meldung) for f in audit.findings])


# --- what is allowed ------------------------------------------------------------------------------------


def with_sitting(bild: Jahresbild, gremium: str, beginn: datetime, ende: datetime) -> Jahresbild:
    kalender = bild.projekt.ratskalender
    added = Ratssitzung("test:1", "test", gremium, gremium, beginn, ende)
    together = tuple(sorted((*kalender.sitzungen, added), key=lambda r: (r.beginn, r.key)))
    return evolve(bild, projekt=evolve(bild.projekt, ratskalender=evolve(kalender, sitzungen=together)))


def without_common_seats(bild: Jahresbild) -> Iterator[tuple[Treffen, Treffen]]:
    runden = bild.von("koordinierungsrunde")
    for a, b in combinations(runden, 2):
        if not bild.aemter(a, a.tag) & bild.aemter(b, b.tag):
            yield a, b


class TestErlaubtes:
    """What the concept does not forbid, nobody forbids."""

    def test_31_of_36_pairs_of_koordinierungsrunden_share_no_seat(self) -> None:
        """P-60, section 3: all but Westen with its three neighbours and Norden with its two."""
        bild = jahr_r()
        entwuerfe = bild.von("koordinierungsrunde", "jahresplan-entwurf")
        shared = {
            frozenset((a.gremium.gebiet.id, b.gremium.gebiet.id))
            for a, b in combinations(entwuerfe, 2)
            if bild.aemter(a, a.tag) & bild.aemter(b, b.tag)
        }
        assert shared == {
            *(frozenset(("westen", x)) for x in ("mitte", "pelkum", "herringen")),
            *(frozenset(("norden", x)) for x in ("bockum-hoevel", "heessen")),
        }

    def test_koordinierungsrunden_without_common_seats_may_meet_at_the_same_hour(self) -> None:
        """P-60: on a day of two of them at different hours, the later one comes forward; nobody minds."""
        bild = jahr_r()
        moved = [
            move(bild, b.id, a.beginn)
            for a, b in without_common_seats(bild)
            if a.tag == b.tag and a.ende <= b.beginn
        ]
        assert moved, "no day has two Koordinierungsrunden at different hours"
        for plan in moved[:1]:
            hand = Jahresbild(bild.projekt, plan)
            assert [u for richter in RICHTER.values() for u in richter(hand)] == []
            assert gp.audit(bild.projekt, plan).ok

    def test_a_sitting_that_ends_at_midnight_does_not_block_the_next_day(self) -> None:
        """P-54, AMB-24, S-45: and one that ends a minute later does."""
        bild = jahr_r()
        sk = termin(bild, "sk-herbst/rhynern").beginn.date()
        evening, midnight = datetime.combine(sk - TAG, time(20, 30)), datetime.combine(sk, time())
        until = with_sitting(bild, "rat/hamm", evening, midnight)
        assert RICHTER["p54_tage"](until) == []
        assert gp.audit(until.projekt, until.plan).ok
        beyond = with_sitting(bild, "rat/hamm", evening, midnight + timedelta(minutes=1))
        assert RICHTER["p54_tage"](beyond)
        assert not gp.audit(beyond.projekt, beyond.plan).ok

    def test_a_bezirksvertretung_elsewhere_leaves_the_day_free(self) -> None:
        """P-54: the day is blocked by B(s) alone; the hour by every body."""
        bild = jahr_r()
        sk = termin(bild, "sk-herbst/rhynern").beginn.date()
        noon = datetime.combine(sk, time(12))
        elsewhere = with_sitting(bild, "bezirksvertretung/heessen", noon, noon + timedelta(hours=2))
        assert RICHTER["p54_tage"](elsewhere) == RICHTER["p54"](elsewhere) == []
        own = with_sitting(bild, "bezirksvertretung/rhynern", noon, noon + timedelta(hours=2))
        assert RICHTER["p54_tage"](own)
        assert not gp.audit(own.projekt, own.plan).ok

    def test_the_chair_of_a_bezirksvertretung_is_invited_to_it(self) -> None:
        """P-56 rests on HAMM-3.3-BMCH: this is why a Koordinierungsrunde cannot meet at that hour."""
        bild = jahr_r()
        for r, gremium in bild.politik("bezirksvertretung"):
            assert f"bezirksbuergermeister/{gremium.gebiet.id}" in bild.aemter(Politik(gremium), r.tag)
