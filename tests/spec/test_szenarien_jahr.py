"""Scenarios of a year in Hamm, by their number in eigenschaften.md: sittings that are missing, late, alike, dense.

Every calendar is that of the example, invented itself, with one change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

import gremienplan as gp
from gremienplan import planning
from gremienplan.abstimmung import Abstimmung, Antwort, Aussage, Grund, anfragen, fehlende
from gremienplan.abstimmungsliste import listen
from gremienplan.jahr import build
from gremienplan.jahr.offen import hangs_on, waiting
from gremienplan.planning.hebel import Hebel, Wort
from gremienplan.planning.lockern import loosened
from gremienplan.publishing import release
from gremienplan.quellen import Authority
from gremienplan.ratskalender import Ratssitzung
from gremienplan.release import Art, messages
from gremienplan.requirements import Fenster, KeineUeberschneidung, Reihenfolge, Verfuegbar
from gremienplan.rules import Als
from gremienplan.watch import Wandel, check_plan
from tests.nur_ci import nur_ci

BEISPIEL = Path(__file__).parents[2] / "examples" / "hamm-2027"
pytestmark = pytest.mark.skipif(not BEISPIEL.is_dir(), reason="the examples are not part of this tree")

JAHR, TAG = 2027, timedelta(days=1)
ORDNUNG, ABSTAND = "entwurf-vor-bv", "entwurf-vor-bv.abstand"
WESTEN = ("mitte", "pelkum", "herringen")
SKO = "stadtteilkoordination/westen"
LANGE = "whole years are planned"


@cache
def hamm(auswahl: str = "") -> gp.Projekt:
    """Return the example; AMB-24, whom a Stadtteilkonferenz avoids, read as asked."""
    return gp.load(BEISPIEL, jahr=JAHR, lesarten={"AMB-24": auswahl} if auswahl else {})


def bv(bezirk: str) -> str:
    return f"bezirksvertretung/{bezirk}"


def sitting(gremium: str, beginn: datetime, stunden: int = 2) -> Ratssitzung:
    """Return an invented sitting."""
    ende = beginn + timedelta(hours=stunden)
    return Ratssitzung(f"erfunden:{gremium}:{beginn}", "erfunden", gremium, gremium, beginn, ende)


def kalender(
    projekt: gp.Projekt,
    neu: Iterable[Ratssitzung] = (),
    ohne: Callable[[Ratssitzung], bool] = lambda _: False,
) -> gp.Projekt:
    """Return the project with sittings more, and some less."""
    alt = projekt.ratskalender
    sitzungen = (*(s for s in alt.sitzungen if not ohne(s)), *neu)
    ordered = tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.key)))
    return evolve(projekt, ratskalender=evolve(alt, sitzungen=ordered))


def no_autumn(*bezirke: str, neu: Iterable[Ratssitzung] = ()) -> gp.Projekt:
    """Return the example in which these Bezirksvertretungen do not sit from August on, but for new sittings."""
    gone = {bv(b) for b in bezirke}
    return kalender(hamm(), neu, lambda s: s.gremium in gone and s.tag >= date(JAHR, 8, 1))


def any_answer(
    projekt: gp.Projekt, *, partial: bool = False, stand: datetime | None = None
) -> gp.Plan | gp.Conflict | gp.Undecided:
    """Return the first plan that is found, audited, or why there is none."""
    seen: list[object] = []
    answer = gp.schedule(
        projekt,
        JAHR,
        stand=stand,
        effort="kurz",
        partial=partial,
        on_progress=seen.append,
        stop=lambda: bool(seen),
    )
    if isinstance(answer, gp.Plan):
        assert gp.audit(projekt, answer).ok
    return answer


def conflict_of(projekt: gp.Projekt) -> gp.Conflict:
    answer = any_answer(projekt)
    assert isinstance(answer, gp.Conflict)
    assert answer.minimal
    return answer


def plan_of(projekt: gp.Projekt, *, partial: bool = False, stand: datetime | None = None) -> gp.Plan:
    answer = any_answer(projekt, partial=partial, stand=stand)
    assert isinstance(answer, gp.Plan), answer
    return answer


def words(conflict: gp.Conflict) -> dict[str, str]:
    """Return the rules of a conflict, each on whose word."""
    return {r.id.partition(":")[0]: str(r.grundlage) for r in conflict.requirements}


def levers(projekt: gp.Projekt, conflict: gp.Conflict) -> Mapping[str, Hebel]:
    """Return how the planner's defaults in a conflict could give way."""
    return {h.id: h for h in loosened(projekt, JAHR, conflict.requirements, conflict.namen)}


def heard(plan: gp.Plan, beginnt: str) -> dict[str, tuple[datetime, tuple[str, ...]]]:
    """Return when the Beratungen are heard whose id begins so, and who presents them."""
    return {b.beratung: (b.beginn, b.vortrag) for b in plan.beratungen if b.beratung.startswith(beginnt)}


def waits(projekt: gp.Projekt, ereignisse: set[str]) -> set[str]:
    """Return these events and what must wait for them."""
    year = build(projekt, JAHR)
    return {*ereignisse, *waiting(hangs_on(year.requirements, year.beratungen), ereignisse)}


class TestKeineSitzungImHerbst:
    """S-02: a Bezirksvertretung of Westen does not sit between the draft and the end of the year, but in January."""

    @staticmethod
    def year(bezirk: str) -> gp.Projekt:
        return no_autumn(bezirk, neu=[sitting(bv(bezirk), datetime(JAHR + 1, 1, 12, 16))])

    @pytest.mark.parametrize(
        "bezirk", ["mitte", *(pytest.param(b, marks=nur_ci("the same of another body")) for b in WESTEN[1:])]
    )
    def test_the_conflict_names_the_text_and_the_body(self, bezirk: str) -> None:
        """January is too late on the word of HAMM-5.1-BEF: without it, the others could hold."""
        conflict = conflict_of(self.year(bezirk))
        found = words(conflict)
        assert found["bv-jahresplan.spaetestens"] == "text HAMM-5.1-BEF"
        (late,) = [r for r in conflict.requirements if r.id.startswith("bv-jahresplan.spaetestens")]
        assert late.ereignisse[0] in {f"bv-jahresplan/{raum}/{bezirk}" for raum in (bezirk, "westen")}
        said = " ".join(str(r.satz(conflict.namen)) for r in conflict.requirements)
        assert conflict.namen[bv(bezirk)] in said
        assert "2028-01-12" in said, "a sitting that stands is not passed over"

    @nur_ci(LANGE)
    def test_partial_leaves_open_what_only_that_body_could_hear(self) -> None:
        """Both Sozialräume wait for it, and nobody else; their other bodies hear them all the same."""
        projekt = self.year("mitte")
        plan = plan_of(projekt, partial=True)
        items = {"bv-jahresplan/mitte/mitte", "bv-jahresplan/westen/mitte"}
        assert set(plan.offen) == waits(projekt, items) == {*items, *_finish("mitte", "westen")}
        assert {"bv-jahresplan/westen/pelkum", "bv-jahresplan/westen/herringen"} <= plan.lagen.keys()

    @nur_ci(LANGE)
    def test_ways_out_are_an_earlier_draft_or_one_more_sitting(self) -> None:
        """Each leads to a plan of the whole year, and in it the body hears the plans of both Sozialräume."""
        projekt = self.year("mitte")
        conflict = conflict_of(projekt)
        ways = gp.ways_out(projekt, conflict, anzahl=2)
        assert {key for way in ways for key, _ in way.hebel} == {
            "kr-entwurf.fenster.von",
            f"sitzung:{bv('mitte')}",
        }
        assert all(way.rest is None for way in ways)
        assert {s.wort for way in ways for s in way.schritte} == {Wort.VORGABE, Wort.BITTE}
        ((key, weit),) = ways[0].hebel
        earlier = levers(projekt, conflict)[key].aendern(projekt, weit)
        asked = kalender(projekt, [sitting(bv("mitte"), datetime(JAHR, 10, 14, 16))])
        assert build(earlier, JAHR).requirements != build(projekt, JAHR).requirements
        for changed in (earlier, asked):
            assert build(changed, JAHR).ereignisse == build(projekt, JAHR).ereignisse
        plan = plan_of(asked)
        for raum in ("mitte", "westen"):
            ((wann, _),) = heard(plan, f"bv-jahresplan/{raum}/mitte").values()
            assert wann == datetime(JAHR, 10, 14, 16)


def _finish(*raeume: str) -> set[str]:
    return {f"kr-finalisierung/{raum}" for raum in raeume}


@nur_ci("several conflicts of Hamm")
class TestZuBald:
    """S-03: the only sitting in autumn is two days after the first day the draft may be made on."""

    BEZIRK = "rhynern"
    ENTWURF = date(JAHR, 8, 16)
    """The first working day of its window."""

    def year(self, tage: int) -> gp.Projekt:
        beginn = datetime.combine(self.ENTWURF + tage * TAG, time(16))
        return no_autumn(self.BEZIRK, neu=[sitting(bv(self.BEZIRK), beginn)])

    def test_the_gap_is_the_planners_and_the_order_is_the_text(self) -> None:
        """The conflict speaks of the gap; where the sitting is before any draft, of the order, which has no lever."""
        conflict = conflict_of(self.year(2))
        assert words(conflict)[ABSTAND] == "vorgabe"
        assert ORDNUNG not in words(conflict)
        (gap,) = [r for r in conflict.requirements if r.id.startswith(ABSTAND)]
        assert isinstance(gap, Reihenfolge)
        assert gap.tage == 21
        order = {r.id: r for r in build(self.year(2), JAHR).requirements}[gap.id.replace(ABSTAND, ORDNUNG)]
        assert order.grundlage.authority is Authority.TEXT
        before = self.year(-3)
        conflict = conflict_of(before)
        assert words(conflict)[ORDNUNG] == "text HAMM-4.3.1-A-BV"
        assert not any(key.startswith(ORDNUNG) for key in levers(before, conflict))

    def test_ways_out_shorten_the_gap_and_keep_the_order(self) -> None:
        """To two days and no further; then there is a plan, in which the draft still comes first."""
        projekt = self.year(2)
        conflict = conflict_of(projekt)
        ways = gp.ways_out(projekt, conflict, anzahl=2)
        (way,) = [way for way in ways if way.hebel == ((f"{ABSTAND}.tage", 19),)]
        assert all(s.grundlage.authority is Authority.VORGABE for one in ways for s in one.schritte)
        ((key, weit),) = way.hebel
        lever = levers(projekt, conflict)[key]
        plan = plan_of(lever.aendern(projekt, weit))
        ((wann, _),) = heard(plan, f"bv-jahresplan/{self.BEZIRK}/").values()
        assert wann.date() - plan.lagen[f"kr-entwurf/{self.BEZIRK}"][0].tag == 2 * TAG
        assert words(conflict_of(lever.aendern(projekt, weit - 1)))[ABSTAND] == "vorgabe"


@nur_ci(LANGE)
class TestZurSelbenStunde:
    """S-04: the Bezirksvertretungen Pelkum and Herringen always sit at the same hour of the same day."""

    @staticmethod
    def year(*, once: bool = False) -> gp.Projekt:
        """Return the example so; ``once``: with one sitting of the two in autumn."""
        zeiten = [s.beginn for s in hamm().ratskalender.von_gremium(bv("pelkum"))][: -1 if once else None]
        both = {bv("pelkum"), bv("herringen")}
        neu = [sitting(gremium, beginn, 3) for gremium in sorted(both) for beginn in zeiten]
        return kalender(hamm(), neu, lambda s: s.gremium in both)

    def test_another_sitting_is_chosen(self) -> None:
        """Westen is heard in both, on two days, and presents each item itself."""
        plan = plan_of(self.year())
        for item in ("bv-jahresplan", "bv-evaluation"):
            times = [heard(plan, f"{item}/westen/{bezirk}") for bezirk in ("pelkum", "herringen")]
            (pelkum,), (herringen,) = ([*one.values()] for one in times)
            assert pelkum[0] != herringen[0]
            assert pelkum[1] == herringen[1] == (SKO,)

    def test_with_one_only_nobody_can_be_in_both(self) -> None:
        """The conflict names who would have to be, and both bodies; no rule is at fault."""
        conflict = conflict_of(self.year(once=True))
        (alone,) = [r for r in conflict.requirements if isinstance(r, Verfuegbar)]
        assert (alone.id, str(alone.grundlage)) == (f"verfuegbar:{SKO}", "tatsache")
        items = {e for r in conflict.requirements for e in r.ereignisse if e.startswith("bv-")}
        assert {f"bv-jahresplan/westen/{bezirk}" for bezirk in ("pelkum", "herringen")} <= items

    def test_a_deputy_presents_in_one_of_them(self) -> None:
        """And in one only."""
        projekt = self.year(once=True)
        stadt = projekt.stadt.mit_vertretungen({SKO: "stadtteilkoordination/mitte"})
        plan = plan_of(evolve(projekt, stadt=stadt))
        pelkum, herringen = (
            heard(plan, f"bv-jahresplan/westen/{bezirk}").popitem()[1] for bezirk in ("pelkum", "herringen")
        )
        assert pelkum[0] == herringen[0]
        assert {pelkum[1], herringen[1]} == {(SKO,), ("stadtteilkoordination/mitte",)}


@nur_ci(LANGE)
def test_all_seven_at_one_hour() -> None:
    """S-05: once in autumn, on one evening. Norden and Westen are not heard everywhere; the seven others are."""
    bezirke = [g.gebiet.id for g in hamm().stadt.gremien.values() if g.art.id == "bezirksvertretung"]
    assert len(bezirke) == 7
    projekt = no_autumn(*bezirke, neu=[sitting(bv(b), datetime(JAHR, 11, 10, 16)) for b in bezirke])
    (alone,) = [r for r in conflict_of(projekt).requirements if isinstance(r, Verfuegbar)]
    assert alone.sitz in {SKO, "stadtteilkoordination/norden"}
    plan = plan_of(projekt, partial=True)
    items = {e for e in plan.offen if e.startswith("bv-jahresplan/")}
    assert sorted(e.split("/")[1] for e in items) == ["norden", "westen", "westen"], "each is heard once"
    assert set(plan.offen) == waits(projekt, items) == {*items, *_finish("norden", "westen")}
    raeume = {g.id for g in projekt.stadt.gebiete_von("sozialraum")} - {"norden", "westen"}
    assert len(raeume) == 7
    assert {f"bv-jahresplan/{raum}/{raum}" for raum in raeume} <= plan.lagen.keys()


class TestKeinAbendFrei:
    """S-43: on every working day from September to November a political body sits from 17 to 20 o'clock."""

    AUSSCHUESSE = ("finanzausschuss/hamm", "kulturausschuss/hamm")

    def year(self, *gremien: str, auswahl: str = "") -> gp.Projekt:
        days = [date(JAHR, 9, 1) + n * TAG for n in range(91)]
        neu = [
            sitting(gremien[n % len(gremien)], datetime.combine(tag, time(17)), 3)
            for n, tag in enumerate(tag for tag in days if tag.weekday() < 5)
        ]
        return kalender(hamm(auswahl), neu)

    @nur_ci("a whole year more")
    def test_the_conflict_lists_who_sits_then(self) -> None:
        """The bodies that sit on an evening of the window, and none that only sits at another time of the year."""
        projekt = self.year(*self.AUSSCHUESSE)
        conflict = conflict_of(projekt)
        assert words(conflict)["sk-politik"] == "auslegung AMB-24"
        (rule,) = [r for r in conflict.requirements if isinstance(r, KeineUeberschneidung)]
        (fenster,) = [r for r in conflict.requirements if isinstance(r, Fenster)]
        assert fenster.von is not None
        assert fenster.bis is not None
        evenings = [
            s
            for s in projekt.ratskalender.sitzungen
            if fenster.von <= s.tag <= fenster.bis and s.tag.weekday() < 5 and s.ende.time() > time(17)
        ]
        assert {b.sitzung for b in rule.hier} == {s.key for s in evenings if s.gremium}
        said = str(rule.satz(conflict.namen))
        assert all(s.name in said for s in evenings if s.gremium)

    def test_the_rule_itself_has_no_lever(self) -> None:
        """Of all that is said of overlaps only the minutes around, and bodies nobody has named, may give way."""
        year = build(hamm(), JAHR)
        asked = [r for r in year.requirements if isinstance(r, KeineUeberschneidung)]
        assert "text HAMM-4.3.2-II-COLL" in {str(r.grundlage) for r in asked}
        found = {h.id for h in loosened(hamm(), JAHR, asked, year.namen)}
        assert found == {"sk-politik.puffer.minuten", "sk-politik.unbekannte-"}

    @nur_ci("several conflicts of Hamm")
    def test_read_otherwise_committees_give_way_and_the_own_body_never(self) -> None:
        """AMB-24 is a reading: by another one committees may sit at the same hour, the own body may not."""
        wahl = "eigene-bezirksvertretungen"
        plan = plan_of(projekt := self.year(*self.AUSSCHUESSE, auswahl=wahl))
        for t in (t for t in plan.termine if t.sitzung.startswith("sk-herbst/")):
            overlap = {s.gremium for s in projekt.ratskalender.sitzungen if _overlap(s, t)}
            gebiet = projekt.sitzung(t.sitzung, JAHR).gebiet
            own = {g.id for g in projekt.stadt.gremien_von("bezirksvertretung", gebiet)}
            assert own
            assert overlap & set(self.AUSSCHUESSE)
            assert not overlap & own
        conflict = conflict_of(self.year(bv("rhynern"), auswahl=wahl))
        assert {e for r in conflict.requirements for e in r.ereignisse} == {"sk-herbst/rhynern"}

    @nur_ci("a conflict and a plan of Hamm")
    def test_other_days_and_hours_give_way(self) -> None:
        """Two days more are enough where the own body sits each evening; none of its sittings is overlapped then."""
        projekt = self.year(bv("rhynern"))
        conflict = conflict_of(projekt)
        said = " ".join(str(r.satz(conflict.namen)) for r in conflict.requirements)
        assert conflict.namen[bv("rhynern")] in said
        own = levers(projekt, conflict)
        assert own.keys() == {"sk-herbst.fenster.bis", "sk-herbst.fenster.von", "werktage.tage"}
        later = own["sk-herbst.fenster.bis"].aendern(projekt, 2)
        (termin,) = [t for t in plan_of(later).termine if t.sitzung == "sk-herbst/rhynern"]
        assert not any(_overlap(s, termin) for s in projekt.ratskalender.von_gremium(bv("rhynern")))


def _overlap(s: Ratssitzung, t: gp.Termin) -> bool:
    return s.beginn < t.ende and t.beginn < s.ende


@nur_ci("a whole year more")
def test_a_sitting_on_the_evening_of_a_published_conference() -> None:
    """S-44: an alarm, one Termin moved and no fewer possible, all who invite told, each Bürgeramt asked anew."""
    sk, stand, spaeter = "sk-fruehjahr/westen", datetime(2026, 12, 1, 8), datetime(2027, 1, 15, 8)
    alt = hamm()
    plan = gp.record(plan_of(alt, stand=stand), None, stand, gp.Zustand.PUBLISHED)
    (termin,) = [t for t in plan.termine if t.sitzung == sk]
    assert not check_plan(alt, plan, stand=spaeter).touches
    neu = kalender(alt, [sitting(bv("pelkum"), termin.beginn)])

    (wirkung,) = check_plan(neu, plan, stand=spaeter).wirkungen
    assert wirkung.aenderung.wandel is Wandel.NEU
    assert {e for f in wirkung.findings for e in f.ereignisse} == {sk}
    assert "text HAMM-4.3.2-II-COLL" in {str(f.requirement.grundlage) for f in wirkung.findings}

    seen: list[int] = []
    moved = gp.replan(
        neu,
        plan,
        stand=spaeter,
        effort="kurz",
        on_progress=lambda p: seen.append(p.stufe),
        stop=lambda: any(stufe >= 0 for stufe in seen),
    )
    assert isinstance(moved, gp.Umplanung)
    assert (moved.verlegungen.wert, moved.verlegungen.schranke) == (1, 1)
    assert [v.ereignis for v in moved.unterschied.verlegt] == [sk]
    nachher = gp.record(moved.plan, plan, spaeter, gp.Zustand.PUBLISHED)

    told = release(neu, nachher, vorher=release(alt, plan, stand=stand), stand=spaeter)
    notices = {n.publikum: n.meldungen for n in messages(told, told.ausgaben[-1])}
    sitzung = alt.sitzung(sk, JAHR)
    invited = gp.invitations(alt.stadt, alt.regeln, sitzung, termin.beginn.date())
    hosts = {i.sitz.id for i in invited if any(g.als is Als.GASTGEBER for g in i.gruende)}
    assert len(hosts) == 4
    assert notices.keys() == {f"amt/{sitz.replace('/', '-')}" for sitz in hosts}
    for (meldung,) in notices.values():
        assert (meldung.ereignis.kennung, meldung.aenderung.art) == (sk, Art.VERLEGT)
        assert meldung.aenderung.bisher == termin.beginn

    said = Abstimmung(
        Aussage(f.sitzung.id, f.sitz.id, t.beginn, t.ende, t.ort, Antwort.JA, stand)
        for f in anfragen(alt, plan)
        for t in [f.termin]
    )
    assert fehlende(alt, plan, said) == ()
    aemter = {(sk, f"buergeramtsleitung/{bezirk}") for bezirk in WESTEN}
    lack = fehlende(neu, nachher, said)
    assert {(f.sitzung, f.sitz) for f in lack} == aemter
    assert {f.grund for f in lack} == {Grund.HINFAELLIG}
    assert {liste.sitz.id for liste in listen(neu, nachher, said)} == {sitz for _, sitz in aemter}


@nur_ci(LANGE)
class TestVolleKalender:
    """S-49: 500 further sittings of committees and Bezirksvertretungen, beside 78 Sitzungen to be placed."""

    @staticmethod
    def year() -> gp.Projekt:
        rng = Random("S-49")
        bodies = [g.id for g in hamm().stadt.gremien.values() if g.art.id == "bezirksvertretung"]
        bodies += [a.id for a in hamm().ratskalender.ausschuesse]
        days = [tag for n in range(340) if (tag := date(JAHR, 1, 4) + n * TAG).weekday() < 5]

        def more() -> Iterator[Ratssitzung]:
            for number in range(500):
                beginn = datetime.combine(rng.choice(days), time(rng.choice((9, 14, 16, 17))))
                yield evolve(sitting(rng.choice(bodies), beginn), key=f"erfunden:{number}")

        return kalender(hamm(), more())

    def test_it_is_planned_and_each_stage_says_how_sure_it_is(self) -> None:
        """The shortest effort is enough; what is called proven is what the audit counts."""
        projekt = self.year()
        assert len(build(projekt, JAHR).sitzungen) == 78
        plan = gp.schedule(projekt, JAHR, effort="kurz")
        assert isinstance(plan, gp.Plan)
        honest(projekt, plan)
        assert not plan.abgebrochen

    def test_with_hardly_any_time_it_does_not_claim_more_than_it_knows(self) -> None:
        """A plan is sound all the same, and its stages are open; or it says that nothing was decided."""
        projekt = self.year()
        plan = planning.answer(planning.ask(build(projekt, JAHR)), 0.02)
        assert not isinstance(plan, gp.Conflict), "there is a plan"
        if isinstance(plan, gp.Plan):
            honest(projekt, plan)
            assert not plan.bewiesen
            assert not plan.kanonisch


def honest(projekt: gp.Projekt, plan: gp.Plan) -> None:
    """Hold a plan to what it says of itself."""
    audit = gp.audit(projekt, plan)
    assert audit.ok
    assert audit.kosten == {s.stufe: s.wert for s in plan.stufen}
    assert [s.stufe for s in plan.stufen] == [1, 2, 3, 4]
    assert all(0 <= s.schranke <= s.wert for s in plan.stufen)
    assert plan.bewiesen or not plan.kanonisch
