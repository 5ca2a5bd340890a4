"""Orte: what occupies them every week, who fits in, who takes turns; dates that are fixed or still to come."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import gremienplan as gp
from gremienplan import requirements as req
from gremienplan.auditing import audit_year
from gremienplan.jahr import build
from gremienplan.orte import Ort, Wochenbelegung
from gremienplan.plan import Plan, Termin
from gremienplan.programm import (
    MonatTag,
    Programm,
    Sitzungseintrag,
    Zeitraum,
    bedingungen as bed,
    wuensche as w,
)
from gremienplan.projekt import Besetzt, Festlegung, Offen, Projekt
from gremienplan.quellen import TATSACHE, Authority, Grundlage, Katalog
from gremienplan.stadt import Gebiet, Gremienart, Gremium, Stadt

G, TEXT = Grundlage(Authority.VORGABE), Grundlage(Authority.TEXT, "MUSTER-1")
DORF = Gebiet("stadt", "dorf", "Dorf", frozenset({"1"}))
RUNDE = Gremienart("runde", "stadt", "Runde", orte=("treff",))
MITTAG = Wochenbelegung(0, time(12), time(13, 30), "Mittagstisch", TEXT)
MO = date(2027, 4, 5)


def projekt(*orte: Ort, namen: str = "a", von: str = "04-05", bis: str = "04-05", **mehr: Any) -> Projekt:
    """A village with one Gremium whose Sitzungen have the ids of ``namen`` and one window."""
    stadt = Stadt(
        id="dorf",
        name="Dorf",
        domain="dorf.example",
        land="NW",
        zeitzone="Europe/Berlin",
        atom="hof",
        ebenen=(),
        gebiete=(DORF,),
        rollen={},
        gremienarten={"runde": RUNDE},
        gremien={"runde/dorf": Gremium(RUNDE, DORF)},
        orte={ort.id: ort for ort in orte},
    )
    first, last = (MonatTag(*map(int, tag.split("-"))) for tag in (von, bis))
    zeitraum = Zeitraum(first, last, G)
    programm = Programm(
        "p",
        "P",
        {},
        tuple(Sitzungseintrag(name, "runde", (), G, fenster=zeitraum) for name in namen),
        (),
        tuple(mehr.pop("bedingungen", ())),
        tuple(mehr.pop("wuensche", ())),
    )
    return Projekt(stadt, (), programm, Katalog(), **mehr)


def ort(id: str = "treff", **mehr: Any) -> Ort:
    return Ort(id, id.capitalize(), "treff", "stadt/dorf", **mehr)


def held(beginn: datetime, ort: str = "treff", name: str = "a") -> Plan:
    termin = Termin(f"{name}/dorf", "runde/dorf", beginn, beginn + timedelta(hours=2), ort)
    return Plan("dorf", 2027, "p", (termin,), ())


class TestWochenbelegung:
    """S-22, S-31: what occupies an Ort every week occupies it at the same local time all year."""

    def times(self, woche: Wochenbelegung) -> list[req.Belegung]:
        (found,) = (
            r for r in build(projekt(ort(belegt=(woche,))), 2027).requirements if isinstance(r, req.OrtFrei)
        )
        assert found.grundlage == TEXT
        return list(found.belegt)

    def test_every_week_of_the_year_at_the_same_hour(self) -> None:
        """Also on the Mondays after the clocks change, 28 March and 31 October 2027."""
        times = self.times(MITTAG)
        assert {b.von.date() for b in times} == {
            tag for n in range(365) if (tag := date(2027, 1, 1) + timedelta(days=n)).weekday() == 0
        }
        assert {(b.von.time(), b.bis.time()) for b in times} == {(time(12), time(13, 30))}

    @given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.dates(date(2027, 1, 1), date(2027, 12, 31)))
    def test_only_while_it_is_in_force(self, ab: date, bis: date) -> None:
        days = {b.von.date() for b in self.times(evolve(MITTAG, gueltig_ab=ab, gueltig_bis=bis))}
        assert days == {b.von.date() for b in self.times(MITTAG) if ab <= b.von.date() <= bis}

    @pytest.mark.parametrize(
        ("beginn", "free"), [("10:00", True), ("10:01", False), ("13:29", False), ("13:30", True)]
    )
    def test_it_occupies_to_the_minute(self, beginn: str, free: bool) -> None:
        year = build(projekt(ort(belegt=(MITTAG,))), 2027)
        found = audit_year(year, held(datetime.combine(MO, time.fromisoformat(beginn))))
        assert found.ok is free
        assert [f.requirement.grundlage for f in found.findings] == ([] if free else [TEXT])

    def test_it_stands_on_its_own_word_in_a_conflict(self) -> None:
        noon = bed.Tageszeit("mittags", ("runde",), time(12), time(14), G)
        answer = gp.schedule(projekt(ort(belegt=(MITTAG,)), bedingungen=[noon]), 2027)
        assert isinstance(answer, gp.Conflict)
        assert "Treff cannot be had during: Mittagstisch." in [
            str(r.satz(answer.namen)) for r in answer.requirements
        ]

    def test_another_ort_is_free(self) -> None:
        noon = bed.Tageszeit("mittags", ("runde",), time(12), time(14), G)
        answer = gp.schedule(projekt(ort(belegt=(MITTAG,)), ort("haus"), bedingungen=[noon]), 2027)
        assert isinstance(answer, gp.Plan)
        assert answer.termine[0].ort == "haus"


class TestRaumgroesse:
    needs = bed.Raumgroesse("raum", ("runde",), 40, G)

    def test_too_small_is_too_small_and_unknown_will_do(self) -> None:
        orte = ort("klein", plaetze=39), ort("gross", plaetze=40), ort("unbekannt")
        year = build(projekt(*orte, bedingungen=[self.needs]), 2027)
        verdicts = {o.id: audit_year(year, held(datetime.combine(MO, time(9)), o.id)).ok for o in orte}
        assert verdicts == {"klein": False, "gross": True, "unbekannt": True}

    def test_where_all_have_room_nothing_is_required(self) -> None:
        year = build(projekt(ort("gross", plaetze=40), bedingungen=[self.needs]), 2027)
        assert not any(isinstance(r, req.Raumgroesse) for r in year.requirements)


class TestWechsel:
    """S-32: who cannot be host takes no part in the turns."""

    wish = w.Wechsel("wechsel", ("runde",), 1, G)
    needs = bed.Raumgroesse("raum", ("runde",), 40, G)

    def part(self, *orte: Ort, **mehr: Any) -> tuple[str, ...]:
        found = projekt(
            *orte, namen="abc", bis="06-30", wuensche=[self.wish], bedingungen=[self.needs], **mehr
        )
        (wish,) = build(found, 2027).preferences
        assert isinstance(wish, req.Wechsel)
        return wish.orte

    def test_too_small_ones_take_no_part(self) -> None:
        assert self.part(ort("klein", plaetze=10), ort("gross"), ort("halle", plaetze=200)) == (
            "gross",
            "halle",
        )

    def test_where_no_size_is_asked_for_every_one_takes_part(self) -> None:
        found = projekt(ort("stehplatz", plaetze=0), ort("gross"), namen="ab", wuensche=[self.wish])
        (wish,) = build(found, 2027).preferences
        assert isinstance(wish, req.Wechsel)
        assert wish.orte == ("stehplatz", "gross")

    def test_closed_all_year_takes_no_part_closed_for_a_while_does(self) -> None:
        year = Besetzt("zu", datetime(2026, 12, 1), datetime(2028, 1, 1), "Umbau")
        month = Besetzt("auf", datetime(2027, 5, 1), datetime(2027, 6, 1), "Umbau")
        assert self.part(ort("zu"), ort("auf"), besetzt=(year, month)) == ("auf",)

    def test_one_sitzung_alone_takes_no_turns(self) -> None:
        assert build(projekt(ort(), wuensche=[self.wish]), 2027).preferences == ()

    @pytest.mark.parametrize(("namen", "orte"), [("abcd", 2), ("abcde", 3), ("abcdef", 3), ("abc", 4)])
    def test_a_plan_takes_turns(self, namen: str, orte: int) -> None:
        """P-75: by day never twice in a row, and counts that differ by one at most; the solver finds the order.

        All may fall on any of nine Tuesdays, so that who comes after whom is open until the days are chosen.
        """
        hosts = [ort(f"haus-{n}") for n in range(orte)]
        needs = [
            bed.Mindestabstand("abstand", ("runde",), 7, G),
            bed.Wochentage("dienstags", ("runde",), (1,), G),
            bed.Tageszeit("abends", ("runde",), time(17), time(20), G),
        ]
        found = projekt(*hosts, namen=namen, bis="06-05", wuensche=[self.wish], bedingungen=needs)
        answer = gp.schedule(found, 2027)
        assert isinstance(answer, gp.Plan)
        assert (answer.stufen[0].wert, answer.bewiesen) == (0, True)
        by_day = sorted(answer.termine, key=lambda t: t.beginn)
        assert all(a.ort != b.ort for a, b in pairwise(by_day))
        counts = [sum(t.ort == host.id for t in by_day) for host in hosts]
        assert max(counts) - min(counts) <= 1


class TestFest:
    fest = Festlegung("a/dorf", datetime(2027, 4, 5, 17, 10))

    def test_it_is_where_it_is_fixed_even_off_the_half_hours(self) -> None:
        answer = gp.schedule(projekt(ort(), ort("haus"), fest=(evolve(self.fest, ort="haus"),)), 2027)
        assert isinstance(answer, gp.Plan)
        (t,) = answer.termine
        assert (t.beginn, t.ende, t.ort) == (self.fest.beginn, datetime(2027, 4, 5, 19, 10), "haus")

    def test_its_end_may_be_fixed_too(self) -> None:
        answer = gp.schedule(projekt(ort(), fest=(evolve(self.fest, ende=datetime(2027, 4, 5, 18)),)), 2027)
        assert isinstance(answer, gp.Plan)
        assert answer.termine[0].ende == datetime(2027, 4, 5, 18)

    def test_in_a_conflict_it_stands_on_the_planners_word(self) -> None:
        answer = gp.schedule(projekt(ort(), fest=(evolve(self.fest, beginn=datetime(2027, 5, 5, 17)),)), 2027)
        assert isinstance(answer, gp.Conflict)
        assert {type(r) for r in answer.requirements} == {req.Stattfinden, req.Fest, req.Fenster}
        assert {r.grundlage.authority for r in answer.requirements if isinstance(r, req.Fest)} == {
            Authority.VORGABE
        }

    def test_what_is_fixed_and_past_is_a_fact(self) -> None:
        answer = gp.schedule(projekt(ort(), fest=(self.fest,)), 2027, stand=datetime(2027, 6, 1))
        assert isinstance(answer, gp.Plan)
        assert answer.termine[0].beginn == self.fest.beginn

    def test_another_year_is_not_concerned(self) -> None:
        year = build(projekt(ort(), fest=(self.fest,)), 2028)
        assert not any(isinstance(r, req.Fest) for r in year.requirements)

    def test_the_ort_is_free_for_nobody_else(self) -> None:
        """An Ort that only a fixed date uses holds one Sitzung at a time as well."""
        saal = Ort("saal", "Saal", "saal", "stadt/dorf")
        both = tuple(evolve(self.fest, sitzung=f"{n}/dorf", ort="saal") for n in "ab")
        year = build(projekt(ort(), saal, namen="ab", fest=both), 2027)
        one, other = (held(self.fest.beginn, "saal", n) for n in "ab")
        assert audit_year(year, evolve(one, offen=("b/dorf",))).ok
        found = audit_year(year, evolve(one, termine=one.termine + other.termine)).findings
        assert [(type(f.requirement), f.requirement.grundlage) for f in found] == [(req.OrtFrei, TATSACHE)]

    @pytest.mark.parametrize(
        ("tag", "said"),
        [
            ("2027-03-28", "The clock skips this time: Sun 2027-03-28 {}."),
            ("2027-10-31", "The clock shows this time twice: Sun 2027-10-31 {}."),
        ],
    )
    def test_what_is_no_moment_cannot_be_fixed(self, tag: str, said: str) -> None:
        """S-22: the clock skips 02:30 in March and shows it twice in October, and nobody can plan around it.

        Start and end are a problem each; one that is fixed in another year is none.
        """
        von, bis = (datetime.fromisoformat(f"{tag}T{zeit}") for zeit in ("02:00", "02:30"))
        other = evolve(self.fest, beginn=datetime(2028, 3, 26, 2, 30))
        with pytest.raises(gp.InputError) as caught:
            gp.schedule(projekt(ort(), fest=(other, evolve(self.fest, beginn=von, ende=bis))), 2027)
        assert [(p.datei, p.pfad, str(p.meldung), p.wert) for p in caught.value.problems] == [
            ("fest", "a/dorf", said.format(f"{zeit:%H:%M}"), str(zeit)) for zeit in (von, bis)
        ]


class TestUhr:
    """S-22: a Termin edited by hand into the night in which the clock is changed."""

    @pytest.mark.parametrize(
        ("beginn", "said"),
        [
            ("2027-03-28T01:59", ""),
            ("2027-03-28T02:00", "skips"),
            ("2027-03-28T02:30", "skips"),
            ("2027-03-28T03:00", ""),
            ("2027-03-29T02:30", ""),
            ("2027-10-31T01:59", ""),
            ("2027-10-31T02:30", "twice"),
            ("2027-10-31T02:59", "twice"),
            ("2027-10-31T03:00", ""),
        ],
    )
    def test_its_start_is_a_moment(self, beginn: str, said: str) -> None:
        termin = datetime.fromisoformat(beginn)
        tag = f"{termin:%m-%d}"
        found = gp.audit(projekt(ort(), von=tag, bis=tag), held(termin))
        assert [said in str(f.meldung) for f in found.findings] == [True] * bool(said)

    @pytest.mark.parametrize(("tag", "said"), [("2027-03-28", "skips"), ("2027-10-31", "twice")])
    def test_its_end_is_a_moment(self, tag: str, said: str) -> None:
        termin = datetime.fromisoformat(f"{tag}T00:15")
        found = gp.audit(projekt(ort(), von=tag[5:], bis=tag[5:]), held(termin))
        assert [said in str(f.meldung) for f in found.findings] == [True]

    def test_the_evening_before_is_as_any_other(self) -> None:
        found = projekt(ort(), von="03-27", bis="03-27")
        assert gp.audit(found, held(datetime(2027, 3, 27, 20))).ok


class TestOffen:
    """P-63: announced without a date is a state, not a failure."""

    def test_it_gets_no_date_and_breaks_nothing(self) -> None:
        """What must come before it leaves it a day; where there is none, there is no plan."""
        both = [
            bed.Reihenfolge("ab", "a", "b", G, hoechstens=bed.Tage(9, G)),
            bed.Mindestabstand("abstand", ("runde",), 7, G),
            bed.Anzahl("anzahl", ("runde",), G, min=2),
        ]
        wishes = [
            w.Wechsel("wechsel", ("runde",), 1, G),
            w.Gleichmaessig("gleich", ("a", "b"), 1, G, mindestens=7),
            w.Gleichmaessig("gleich-zurueck", ("b", "a"), 1, G, hoechstens=7),
            w.Vorher("vorher", "a", "b", 2, G),
            w.Vorher("vorher-zurueck", "b", "a", 2, G),
            w.Danach("danach", ("b",), "runde", 3, 2, G),
            w.Verteilt("verteilt", "runde", 1, 2, G),
        ]
        mehr: dict[str, Any] = {"bedingungen": both, "wuensche": wishes, "offen": (Offen("b/dorf"),)}
        assert isinstance(gp.schedule(projekt(ort(), namen="ab", **mehr), 2027), gp.Conflict)
        found = projekt(ort(), namen="ab", bis="04-06", **mehr)
        answer = gp.schedule(found, 2027)
        assert isinstance(answer, gp.Plan)
        assert [(t.sitzung, t.beginn.date()) for t in answer.termine] == [("a/dorf", MO)]
        assert answer.offen == ("b/dorf",)
        judged = gp.audit(found, answer)
        assert judged.ok
        assert judged.offen == ("b/dorf",)

    def test_a_date_that_has_come_by_hand_is_judged(self) -> None:
        found = projekt(ort(), offen=(Offen("a/dorf"),))
        assert gp.audit(found, held(datetime(2027, 4, 5, 9))).ok
        assert not gp.audit(found, held(datetime(2027, 4, 6, 9))).ok

    def test_what_has_been_held_is_not_open(self) -> None:
        found = projekt(ort(), offen=(Offen("a/dorf"),))
        before = held(datetime(2027, 4, 5, 9))
        answer = gp.schedule(found, 2027, stand=datetime(2027, 5, 1), before=before)
        assert isinstance(answer, gp.Plan)
        assert (answer.offen, answer.termine) == ((), before.termine)
