"""The compile step at its edges: midnight, the turn of the year, areas that overlap, free days nobody read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from attrs import evolve

import gremienplan as gp
from gremienplan import requirements as req
from gremienplan.jahr import Jahr, build
from gremienplan.programm import MonatTag, Programm, Schranke, Sitzungseintrag, Zeitraum, bedingungen as bed
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.quellen import Authority, Grundlage, Katalog
from gremienplan.ratskalender import Freitage, Ratskalender, Ratssitzung
from gremienplan.rules import Regel, RegelArt
from gremienplan.stadt import Ebene, Gebiet, Gremienart, Gremium, Klasse, Rolle, Stadt

G = Grundlage(Authority.VORGABE)
STADT = Gebiet("stadt", "muster", "Muster", frozenset({"1", "2", "3"}))
WEST = Gebiet("konf", "west", "West", frozenset({"1", "2"}))
OST = Gebiet("konf", "ost", "Ost", frozenset({"2", "3"}))
RUNDE = Gremienart("runde", "konf", "Runde")
RAT = Gremienart("rat", "stadt", "Rat", Klasse.POLITISCH, 180)
BEIRAT = Gremienart("beirat", "konf", "Beirat", Klasse.POLITISCH, 60)
GREMIEN = [
    Gremium(RUNDE, WEST),
    Gremium(RUNDE, OST),
    Gremium(RAT, STADT),
    Gremium(BEIRAT, WEST),
    Gremium(BEIRAT, OST),
]


def eintrag(id: str, von: str = "03-25", bis: str = "05-20") -> Sitzungseintrag:
    """Return an entry; its window is short, for every day of it is a choice of the solver."""
    days = [MonatTag(*map(int, day.split("-"))) for day in (von, bis)]
    return Sitzungseintrag(id, "runde", (), G, fenster=Zeitraum(days[0], days[1], G))


def projekt(
    *bedingungen: bed.Bedingung,
    sitzungen: tuple[Sitzungseintrag, ...] = (),
    rat: tuple[Ratssitzung, ...] = (),
) -> Projekt:
    stadt = Stadt(
        id="muster",
        name="Muster",
        domain="muster.example",
        land="NW",
        zeitzone="Europe/Berlin",
        atom="block",
        ebenen=(Ebene("konf", "Konferenzgebiet", lueckenlos=False),),
        gebiete=(STADT, WEST, OST),
        rollen={"leitung": Rolle("leitung", "stadt", "Leitung")},
        gremienarten={a.id: a for a in (RUNDE, RAT, BEIRAT)},
        gremien={g.id: g for g in GREMIEN},
        orte={},
    )
    regeln = tuple(
        Regel(f"{art}-leitung", RegelArt.MITGLIEDSCHAFT, art, ("leitung",), G)
        for art in ("runde", "rat", "beirat")
    )
    programm = Programm("p", "P", {}, sitzungen or (eintrag("vor"), eintrag("nach")), (), bedingungen, ())
    return Projekt(stadt, regeln, programm, Katalog(), Ratskalender(rat))


def sitzung(gremium: str, beginn: datetime, ende: datetime, key: str = "k") -> Ratssitzung:
    return Ratssitzung(key, "q", gremium, gremium, beginn, ende)


def of_kind(year: Jahr, kind: type) -> list[req.Requirement]:
    return [r for r in year.requirements if isinstance(r, kind)]


@pytest.mark.parametrize(
    ("beginn", "ende", "blocked"),
    [
        (datetime(2027, 5, 5, 20), datetime(2027, 5, 6), {date(2027, 5, 5)}),
        (datetime(2027, 5, 5), datetime(2027, 5, 6), {date(2027, 5, 5)}),
        (datetime(2027, 5, 5, 22), datetime(2027, 5, 6, 1), {date(2027, 5, 5), date(2027, 5, 6)}),
        (datetime(2027, 5, 5, 16), datetime(2027, 5, 5, 19), {date(2027, 5, 5)}),
    ],
)
def test_a_sitting_blocks_the_days_it_reaches_into_and_midnight_is_not_the_next(
    beginn: datetime, ende: datetime, blocked: set[date]
) -> None:
    rule = bed.NichtAmTag("nicht", ("runde",), G, ("rat",))
    year = build(projekt(rule, rat=(sitzung("rat/muster", beginn, ende),)), 2027)
    for r in of_kind(year, req.Sperrtage):
        assert isinstance(r, req.Sperrtage)
        days = {s.von + timedelta(days=n) for s in r.tage for n in range((s.bis - s.von).days + 1)}
        assert days == blocked


def test_busy_time_that_began_last_year_still_counts() -> None:
    rat = (sitzung("rat/muster", datetime(2026, 12, 28), datetime(2027, 1, 5)),)
    (r,) = of_kind(build(projekt(rat=rat), 2027), req.Verfuegbar)
    assert isinstance(r, req.Verfuegbar)
    assert [b.was for b in r.belegt] == ["rat/muster"]


def test_a_bound_in_a_window_that_runs_on_means_the_next_year() -> None:
    late = evolve(eintrag("ende", "12-01", "01-31"), spaetestens=Schranke(MonatTag(1, 20), G))
    early = evolve(eintrag("mitte"), spaetestens=Schranke(MonatTag(6, 20), G))
    year = build(projekt(sitzungen=(late, early)), 2027)
    ends = {
        r.ereignis: r.bis for r in of_kind(year, req.Fenster) if isinstance(r, req.Fenster) and r.von is None
    }
    assert ends["ende/west"] == date(2028, 1, 20)
    assert ends["mitte/west"] == date(2027, 6, 20)
    assert isinstance(gp.schedule(projekt(sitzungen=(late, early)), 2027), gp.Plan)


def test_at_most_counts_in_every_calendar_year_the_plan_touches() -> None:
    """P-50, S-25."""
    rule = bed.Anzahl("hoechstens", ("runde",), G, max=1)
    running = projekt(rule, sitzungen=(eintrag("ende", "12-01", "01-31"),))
    years = {r.jahr for r in of_kind(build(running, 2027), req.Anzahl) if isinstance(r, req.Anzahl)}
    assert years == {2027, 2028}
    assert {r.jahr for r in of_kind(build(projekt(rule), 2027), req.Anzahl) if isinstance(r, req.Anzahl)} == {
        2027
    }


def test_areas_of_one_level_are_two_matters_even_where_they_overlap() -> None:
    rule = bed.Reihenfolge("folge", "vor", "nach", G)
    pairs = {
        (r.erst, r.dann)
        for r in of_kind(build(projekt(rule), 2027), req.Reihenfolge)
        if isinstance(r, req.Reihenfolge)
    }
    assert pairs == {("vor/west", "nach/west"), ("vor/ost", "nach/ost")}


def test_an_overlap_rule_is_about_the_bodies_it_names_that_touch_the_gremium() -> None:
    def busy(mit: tuple[str, ...] = ()) -> dict[str, list[str]]:
        day = datetime(2027, 5, 5, 16)
        rat = tuple(sitzung(g, day, day + timedelta(hours=1), g) for g in ("rat/muster", "beirat/west"))
        rule = bed.KeineUeberschneidung("frei", ("runde",), G, mit)
        found = of_kind(build(projekt(rule, rat=rat), 2027), req.KeineUeberschneidung)
        return {
            r.ereignis: [str(b.was) for b in r.belegt]
            for r in found
            if isinstance(r, req.KeineUeberschneidung)
        }

    assert busy()["vor/west"] == ["rat/muster", "beirat/west"]
    assert busy(mit=("rat",))["vor/west"] == ["rat/muster"]
    assert busy(mit=("beirat",))["vor/west"] == ["beirat/west"]


def test_a_year_whose_free_days_nobody_read_is_refused() -> None:
    """Unknown is never free."""
    known = evolve(projekt(), freitage=Freitage(ferien_bis=date(2029, 8, 14), jahre=(2027, 2028)))
    assert build(known, 2027).jahr == 2027
    with pytest.raises(gp.InputError):
        build(known, 2029)
    assert not known.freitage.ferien_bekannt(date(2029, 4, 1))
    assert known.freitage.ferien_bekannt(date(2028, 4, 1))


def test_occupied_time_counts_in_whole_minutes() -> None:
    b = Besetzt("leitung/muster", datetime(2027, 5, 5, 16, 0, 30), datetime(2027, 5, 5, 18, 15, 30), "Messe")
    assert (b.von, b.bis) == (datetime(2027, 5, 5, 16, 0), datetime(2027, 5, 5, 18, 16))


def test_a_termin_under_another_gremium_is_a_finding() -> None:
    plan = gp.schedule(projekt(), 2027)
    assert isinstance(plan, gp.Plan)
    first, *rest = plan.termine
    other = next(g.id for g in GREMIEN if g.art is RUNDE and g.id != first.gremium)
    found = gp.audit(projekt(), evolve(plan, termine=(evolve(first, gremium=other), *rest)))
    assert [f.ereignisse for f in found.findings] == [(first.sitzung,)]


class TestFakten:
    """What lies before the moment of planning is a fact: it stays, and is not judged by itself any more."""

    STAND = datetime(2027, 4, 15)
    RULE = bed.Reihenfolge("folge", "vor", "nach", G, abstand=bed.Tage(20, G))

    def held(self, tag: date, **more: object) -> gp.Plan:
        beginn = datetime(tag.year, tag.month, tag.day, 17, 10)
        termin = gp.Termin("vor/west", "runde/west", beginn, beginn + timedelta(hours=2))
        return gp.Plan("muster", 2027, "p", (termin,), ())

    def planned(self, before: gp.Plan) -> gp.Plan | gp.Conflict | gp.Undecided:
        return gp.schedule(projekt(self.RULE), 2027, stand=self.STAND, before=before)

    def test_what_was_held_stays_where_it_was_also_off_the_grid_and_the_chain_goes_on_from_it(self) -> None:
        """S-56."""
        before = self.held(date(2027, 4, 10))
        plan = self.planned(before)
        assert isinstance(plan, gp.Plan)
        assert before.termine[0] in plan.termine
        after = {t.sitzung: t.beginn.date() for t in plan.termine}
        assert after["nach/west"] >= date(2027, 4, 30)
        assert all(tag > self.STAND.date() for id, tag in after.items() if id != "vor/west")

    def test_a_date_that_is_yet_to_come_is_no_fact(self) -> None:
        plan = self.planned(self.held(date(2027, 4, 16)))
        assert isinstance(plan, gp.Plan)
        assert {t.beginn.hour for t in plan.termine} != {17}

    def test_a_fact_may_be_the_reason_for_a_conflict_and_is_never_its_member(self) -> None:
        late = projekt(self.RULE, sitzungen=(eintrag("vor"), eintrag("nach", "04-20", "04-25")))
        answer = gp.schedule(late, 2027, stand=self.STAND, before=self.held(date(2027, 4, 10)))
        assert isinstance(answer, gp.Conflict)
        assert answer.minimal
        kinds = [type(r) for r in answer.requirements]
        assert sorted(k.__name__ for k in kinds) == ["Fenster", "Reihenfolge", "Stattfinden"]

    def test_that_a_fact_would_break_a_rule_of_today_is_no_fault(self) -> None:
        before = self.held(date(2027, 1, 3))  # outside its window, on a Sunday
        assert isinstance(self.planned(before), gp.Plan)
