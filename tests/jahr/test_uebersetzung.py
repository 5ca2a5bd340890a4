"""What each ``[[bedingung]]``, each ``[[wunsch]]`` and each entry becomes in a year: to the last field."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from attrs import evolve

from gremienplan import requirements as req
from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.errors import InputError
from gremienplan.jahr import build
from gremienplan.orte import Wochenbelegung
from gremienplan.plan import Lage, Plan, Termin
from gremienplan.programm import (
    Anlass,
    Beratungseintrag,
    Meidetag,
    Schranke,
    bedingungen as bed,
    wuensche as w,
)
from gremienplan.projekt import Besetzt, Festlegung, Fremdtermin, Offen
from gremienplan.quellen import TATSACHE
from gremienplan.ratskalender import Freitage, Ratskalender, Ratssitzung
from gremienplan.ratskalender.werte import FreierTag
from gremienplan.requirements import Belegung, Pflicht, Sitzungstag, Sperre
from gremienplan.rules import Anwesend, Regel, RegelArt
from gremienplan.stadt import Stadt, Verlauf
from tests.jahr.muster import (
    A1,
    AFTER,
    B1,
    BERICHT,
    EVE,
    FREI,
    LESART,
    LK,
    NACH,
    ORTE,
    OST,
    R1,
    R2,
    REGELN,
    STADT,
    TEXT,
    U1,
    VOR,
    G,
    busy,
    day,
    entry,
    of,
    projekt,
    whole,
    year,
)


class TestEintraege:
    """An entry of the programme becomes a Sitzung that must be held, with bounds on words of their own."""

    def test_it_is_held_in_its_year_for_so_long_at_one_of_its_orte(self) -> None:
        found = of(req.Stattfinden, year(sitzungen=(VOR, evolve(LK, dauer=45))))
        first, last = date(2027, 1, 1), date(2027, 12, 31)
        assert found == [
            req.Stattfinden(
                "vor:vor/west", TEXT, "vor/west", 2027, first, last, 90, ("aula", "halle", "keller")
            ),
            req.Stattfinden("vor:vor/ost", TEXT, "vor/ost", 2027, first, last, 90, ("halle", "keller")),
            req.Stattfinden("lk:lk/muster", TEXT, "lk/muster", 2027, first, last, 45, ()),
        ]

    def test_a_window_that_runs_on_lasts_into_the_next_year_and_the_other_entries_do_not(self) -> None:
        late = entry("spaet", "kreis", "11-01", "01-31")
        found = year(sitzungen=(late, LK))
        assert (found.von, found.bis) == (date(2027, 1, 1), date(2028, 1, 31))
        assert [r.bis for r in of(req.Stattfinden, found)] == [date(2028, 1, 31), date(2027, 12, 31)]
        assert of(req.Fenster, found) == [
            req.Fenster("spaet.fenster:spaet/muster", G, "spaet/muster", date(2027, 11, 1), date(2028, 1, 31))
        ]

    def test_each_bound_stands_on_its_own_word(self) -> None:
        bound = evolve(
            LK, fruehestens=Schranke(day("04-01"), LESART), spaetestens=Schranke(day("10-31"), TEXT)
        )
        assert of(req.Fenster, year(sitzungen=(bound,))) == [
            req.Fenster("lk.fruehestens:lk/muster", LESART, "lk/muster", date(2027, 4, 1), None),
            req.Fenster("lk.spaetestens:lk/muster", TEXT, "lk/muster", None, date(2027, 10, 31)),
        ]

    @pytest.mark.parametrize(
        ("tag", "jahr"), [("01-31", 2028), ("02-01", 2027), ("11-01", 2027), ("12-31", 2027)]
    )
    def test_a_bound_belongs_to_the_year_in_which_the_window_has_it(self, tag: str, jahr: int) -> None:
        window, bound = entry("spaet", "kreis", "11-01", "01-31"), Schranke(day(tag), G)
        late, early = evolve(window, spaetestens=bound), evolve(window, fruehestens=bound)
        assert of(req.Fenster, year(sitzungen=(late,)))[1].bis == day(tag).on(jahr)
        assert of(req.Fenster, year(sitzungen=(early,)))[1].von == day(tag).on(jahr)

    @pytest.mark.parametrize("window", [("11-01", "11-30"), ("11-01", "11-01")])
    def test_in_a_window_of_one_year_a_bound_is_of_that_year(self, window: tuple[str, str]) -> None:
        one = evolve(entry("eins", "kreis", *window), spaetestens=Schranke(day("11-01"), G))
        assert of(req.Fenster, year(sitzungen=(one,)))[1].bis == date(2027, 11, 1)

    def test_what_is_fixed_is_fixed_on_the_planners_word_each_for_itself(self) -> None:
        fest = (
            Festlegung("lk/muster", datetime(2027, 5, 3, 9), ort="aula"),
            Festlegung("lk/muster", datetime(2027, 5, 4, 9), ort="halle"),
            Festlegung("lk/muster", datetime(2027, 5, 5, 9)),
            Festlegung("lk/muster", datetime(2026, 5, 5, 9), ort="keller"),
        )
        found = year(sitzungen=(LK,), fest=fest)
        assert of(req.Fest, found) == [
            req.Fest("fest:lk/muster", G, "lk/muster", datetime(2027, 5, 3, 9), "aula"),
            req.Fest("fest.1:lk/muster", G, "lk/muster", datetime(2027, 5, 4, 9), "halle"),
            req.Fest("fest.2:lk/muster", G, "lk/muster", datetime(2027, 5, 5, 9), ""),
        ]
        assert of(req.Stattfinden, found)[0].orte == ("aula", "halle")

    def test_an_item_is_heard_in_a_sitting_of_the_span_and_by_each_presenter_or_the_deputy(self) -> None:
        bound = evolve(
            BERICHT, fruehestens=Schranke(day("04-01"), G), spaetestens=Schranke(day("11-30"), TEXT)
        )
        found = year(sitzungen=(VOR,), beratungen=(bound,))
        *sittings, later = (
            Sitzungstag(r.key, "rat/muster", r.beginn, r.ende, r.name) for r in (R1, R2, AFTER)
        )
        assert of(req.Angesetzt, found) == [
            req.Angesetzt(
                f"bericht:bericht/{wo}/muster",
                LESART,
                f"bericht/{wo}/muster",
                "rat/muster",
                tuple(sittings),
                (wer,),
                (later,),
            )
            for wo, wer in (("west", ("amt/west", "leitung/muster")), ("ost", ("amt/ost",)))
        ]
        assert [r for r in of(req.Fenster, found) if r.ereignis == "bericht/ost/muster"] == [
            req.Fenster(
                "bericht.fruehestens:bericht/ost/muster", G, "bericht/ost/muster", date(2027, 4, 1), None
            ),
            req.Fenster(
                "bericht.spaetestens:bericht/ost/muster", TEXT, "bericht/ost/muster", None, date(2027, 11, 30)
            ),
        ]

    def test_an_item_may_be_heard_on_the_first_and_the_last_day_of_the_span(self) -> None:
        days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1)]
        sittings = tuple(
            evolve(R1, key=f"{d}", beginn=datetime.combine(d, time(17)), ende=datetime.combine(d, time(18)))
            for d in days
        )
        found = year(sitzungen=(VOR,), beratungen=(BERICHT,), ratskalender=Ratskalender(sittings))
        assert [s.tag for s in of(req.Angesetzt, found)[0].sitzungen] == days[1:3]

    def test_the_next_sitting_after_the_year_is_known_where_a_bound_of_its_own_rules_it_out(self) -> None:
        days = [date(2027, 12, 31), date(2028, 1, 1), date(2028, 1, 2)]
        sittings = tuple(
            evolve(R1, key=f"{d}", beginn=datetime.combine(d, time(17)), ende=datetime.combine(d, time(18)))
            for d in days
        )
        bound = evolve(BERICHT, spaetestens=Schranke(day("12-31"), TEXT))
        for bericht, later in ((bound, days[1:2]), (BERICHT, [])):
            found = year(sitzungen=(VOR,), beratungen=(bericht,), ratskalender=Ratskalender(sittings))
            for r in of(req.Angesetzt, found):
                assert [s.tag for s in r.sitzungen] == days[:1]
                assert [s.tag for s in r.spaeter] == later

    def test_nothing_is_placed_on_the_day_of_planning_or_before(self) -> None:
        found = year(sitzungen=(VOR,), beratungen=(BERICHT,), stand=datetime(2027, 3, 31, 23))
        assert [r for r in of(req.Fenster, found) if r.id.startswith("stand:")] == [
            req.Fenster(f"stand:{id}", TATSACHE, id, date(2027, 4, 1), None)
            for id in ("vor/west", "vor/ost", "bericht/west/muster", "bericht/ost/muster")
        ]

    def test_everything_has_its_name(self) -> None:
        namen = year(beratungen=(BERICHT,)).namen
        assert namen["aula"] == "Aula"
        assert namen["runde/west"] == "Runde West"
        assert namen["bau/muster"] == "Bauausschuss"
        assert namen["amt/ost"] == "Amt Ost"
        assert namen["vor/west"] == "Runde West"
        assert namen["bericht/ost/muster"] == "Rat: Bericht (Ost)"


class TestFakten:
    """What lies on the day of planning or before is a fact."""

    FEST = (
        Festlegung("vor/west", datetime(2027, 3, 10, 17), ort="aula"),
        Festlegung("vor/ost", datetime(2027, 5, 4, 17), datetime(2027, 5, 4, 18)),
        Festlegung("nie/west", datetime(2027, 3, 11, 17)),
    )

    def test_what_is_fixed_lies_where_it_is_fixed_for_as_long_as_it_lasts(self) -> None:
        west = Lage("vor/west", datetime(2027, 3, 10, 17), datetime(2027, 3, 10, 18, 30), "aula")
        ost = Lage("vor/ost", datetime(2027, 5, 4, 17), datetime(2027, 5, 4, 18))
        for stand, fakten in (
            (None, []),
            (datetime(2027, 3, 9, 23, 59), []),
            (datetime(2027, 3, 10), [west]),
            (datetime(2027, 5, 4), [west, ost]),
        ):
            found = year(sitzungen=(VOR,), beratungen=(BERICHT,), fest=self.FEST, stand=stand)
            assert found.fakten == {lage.ereignis: lage for lage in fakten}

    def test_what_was_held_lies_where_it_was_held_rather_than_where_it_was_fixed(self) -> None:
        held = Termin("vor/west", "runde/west", datetime(2027, 3, 12, 9), datetime(2027, 3, 12, 10), "halle")
        plan = Plan("muster", 2027, "p", (held,), ())
        found = projekt(sitzungen=(VOR,), fest=self.FEST)
        year = build(found, 2027, stand=datetime(2027, 4, 1), before=plan)
        assert year.fakten == {"vor/west": Lage("vor/west", held.beginn, held.ende, "halle")}
        assert build(found, 2027, stand=datetime(2027, 3, 11), before=plan).fakten == {}

    def test_of_facts_alone_nothing_is_required_and_with_others_it_is(self) -> None:
        rule = bed.Mindestabstand("x", ("runde/west",), 28, TEXT)
        found = year(rule, fest=self.FEST, stand=datetime(2027, 4, 1))
        assert {r.ereignis for r in of(req.Stattfinden, found)} == {"vor/ost", "nach/west", "nach/ost"}
        assert [r.ereignisse for r in of(req.Mindestabstand, found)] == [("vor/west", "nach/west")]

    def test_open_is_what_is_announced_for_the_year_and_has_not_been_held(self) -> None:
        offen = (Offen("vor/west"), Offen("vor/ost", 2027), Offen("nach/west", 2028), Offen("nie/west"))
        found = year(fest=self.FEST[:1], offen=offen, stand=datetime(2027, 4, 1))
        assert found.offen == {"vor/ost"}
        assert year(offen=offen).offen == {"vor/west", "vor/ost"}

    def test_ids_of_all_that_is_to_be_held(self) -> None:
        assert year(sitzungen=(VOR,), beratungen=(BERICHT,)).ereignisse == {
            "vor/west",
            "vor/ost",
            "bericht/west/muster",
            "bericht/ost/muster",
        }

    def test_a_year_whose_free_days_nobody_read_is_refused_with_the_way_out(self) -> None:
        with pytest.raises(InputError) as caught:
            year(freitage=Freitage(jahre=(2026,)))
        (problem,) = caught.value.problems
        assert (problem.datei, problem.pfad, problem.wert) == ("jahr", "", "2027")
        assert str(problem.meldung) == "The free days of 2027 have not been read."
        assert str(problem.hinweis) == "Load the project for this year: load(…, jahr=2027)."
        assert year(freitage=Freitage(jahre=(2026, 2027))).jahr == 2027


class TestImJahr:
    """City and rules change within a year."""

    CHANGE = date(2027, 5, 10)

    def city(self, **later: Any) -> Stadt:
        old = evolve(STADT, gueltig_bis=date(2027, 5, 9))
        return Verlauf((old, evolve(STADT, gueltig_ab=self.CHANGE, **later))).fassungen[0]

    def test_whether_a_body_touches_is_asked_of_the_day_it_sits(self) -> None:
        """Beirat West sits on 12 May, and on 10 May Runde Ost has got its area."""
        wide = evolve(OST, atome=frozenset({"2", "3"}))
        gremien = {**STADT.gremien, "runde/ost": evolve(STADT.gremien["runde/ost"], gebiet=wide)}
        city = self.city(gremien=gremien)
        early = evolve(B1, key="b0", beginn=datetime(2027, 5, 9, 16), ende=datetime(2027, 5, 9, 17))
        found = year(
            bed.KeineUeberschneidung("x", ("runde/ost",), TEXT, ("beirat",)),
            bed.NichtAmTag("y", ("runde/ost",), TEXT, ("beirat",)),
            sitzungen=(VOR,),
            stadt=city,
            ratskalender=Ratskalender((early, B1)),
        )
        assert [r.belegt for r in of(req.KeineUeberschneidung, found)] == [(busy(B1),)]
        assert [[t.von for t in r.tage] for r in of(req.Sperrtage, found)] == [[date(2027, 5, 12)]]

    def test_a_gremium_that_ends_or_begins_meets_while_there_is_one(self) -> None:
        less = {id: g for id, g in STADT.gremien.items() if id != "runde/west"}
        ends = year(sitzungen=(evolve(VOR, nur=("west",)),), stadt=self.city(gremien=less))
        assert of(req.Fenster, ends)[1:] == [
            req.Fenster("bestand:vor/west", TATSACHE, "vor/west", None, date(2027, 5, 9))
        ]
        old = evolve(STADT, gueltig_bis=date(2027, 5, 9), gremien=less)
        begun = Verlauf((old, evolve(STADT, gueltig_ab=self.CHANGE))).fassungen[1]
        begins = year(sitzungen=(evolve(VOR, nur=("west",)),), stadt=begun)
        assert of(req.Fenster, begins)[1:] == [
            req.Fenster("bestand:vor/west", TATSACHE, "vor/west", self.CHANGE, None)
        ]

    @pytest.mark.parametrize(
        ("ab", "bis", "bounds"),
        [
            (date(2026, 5, 1), date(2028, 5, 1), []),
            (date(2027, 1, 1), date(2027, 12, 31), []),
            (date(2027, 1, 2), date(2028, 5, 1), [(date(2027, 1, 2), None)]),
            (date(2026, 5, 1), date(2027, 12, 30), [(None, date(2027, 12, 30))]),
        ],
    )
    def test_a_gremium_that_outlasts_the_year_is_not_bounded(
        self, ab: date, bis: date, bounds: list[tuple[date | None, date | None]]
    ) -> None:
        less = {id: g for id, g in STADT.gremien.items() if id != "kreis/muster"}
        staende = (
            evolve(STADT, gueltig_bis=ab - timedelta(days=1), gremien=less),
            evolve(STADT, gueltig_ab=ab, gueltig_bis=bis),
            evolve(STADT, gueltig_ab=bis + timedelta(days=1), gremien=less),
        )
        found = of(req.Fenster, year(sitzungen=(LK,), stadt=Verlauf(staende).fassungen[1]))
        assert [(r.id, r.von, r.bis) for r in found] == [("bestand:lk/muster", *b) for b in bounds]

    def test_an_ort_that_ends_is_occupied_from_then_on(self) -> None:
        less = {id: o for id, o in STADT.orte.items() if id != "aula"}
        found = of(req.OrtFrei, year(sitzungen=(VOR,), stadt=self.city(orte=less)))
        (aula,) = (r for r in found if r.ort == "aula")
        (gone,) = aula.belegt
        assert (gone.von, gone.bis) == (datetime(2027, 5, 10), datetime(2028, 1, 1))
        assert str(gone.was) == "there is no such Ort"

    @pytest.mark.parametrize(
        ("ab", "bis", "spans"),
        [
            (date(2027, 5, 10), None, (date(2027, 5, 10), None)),
            (None, date(2027, 5, 9), (None, date(2027, 5, 9))),
            (date(2027, 5, 10), date(2027, 6, 1), (date(2027, 5, 10), date(2027, 6, 1))),
            (date(2027, 12, 31), None, (date(2027, 12, 31), None)),
        ],
    )
    def test_a_rule_that_begins_or_ends_asks_only_while_it_holds(
        self, ab: date | None, bis: date | None, spans: tuple[date | None, date | None]
    ) -> None:
        """Of everybody it invites, or of one of them."""
        rule = Regel("kreis-amt", RegelArt.EINLADUNG, "kreis", ("amt",), G, gueltig_ab=ab, gueltig_bis=bis)
        more = Regel("kreis-leitung", RegelArt.EINLADUNG, "kreis", ("amt",), G)
        found = of(req.Verfuegbar, year(sitzungen=(VOR, LK), regeln=(*REGELN, rule)))
        assert [r.pflichten[1] for r in found] == [Pflicht("lk/muster", *spans)] * 2
        always = of(req.Verfuegbar, year(sitzungen=(VOR, LK), regeln=(*REGELN, rule, more)))
        assert [r.pflichten[1] for r in always] == [Pflicht("lk/muster")] * 2
        one = evolve(rule, anwesend=Anwesend.EINE_VON)
        key = "eine-von:kreis-amt:lk/muster" + (f":{ab}" if ab else "")
        (chosen,) = of(req.EineVon, year(sitzungen=(VOR, LK), regeln=(*REGELN, one)))
        assert (chosen.id, chosen.ab, chosen.bis) == (key, *spans)

    @pytest.mark.parametrize("first", [Anwesend.EINE_VON, Anwesend.ALLE])
    def test_a_rule_may_be_content_with_one_on_some_days_only(self, first: Anwesend) -> None:
        """It keeps its id: on the other days everybody it names is needed."""
        then = next(a for a in Anwesend if a is not first)
        rule = Regel("kreis-amt", RegelArt.EINLADUNG, "kreis", ("amt",), G)
        rules = (
            evolve(rule, anwesend=first, gueltig_bis=date(2027, 5, 9)),
            evolve(rule, anwesend=then, gueltig_ab=date(2027, 5, 10)),
        )
        found = year(sitzungen=(VOR, LK), regeln=(*REGELN, *rules))
        spans = {first: (None, date(2027, 5, 9)), then: (date(2027, 5, 10), None)}
        assert [(r.ab, r.bis) for r in of(req.EineVon, found)] == [spans[Anwesend.EINE_VON]]
        assert [(r.sitz, r.pflichten[1:]) for r in of(req.Verfuegbar, found)] == [
            (sitz, (Pflicht("lk/muster", *spans[Anwesend.ALLE]),)) for sitz in ("amt/west", "amt/ost")
        ]


class TestBedingungen:
    """Each ``[[bedingung]]`` becomes requirements with its authority, one per subject."""

    def test_reihenfolge(self) -> None:
        """Order, distance and greatest distance stand on words of their own; areas that are apart have none."""
        rule = bed.Reihenfolge("x", "vor", "nach", TEXT, bed.Tage(21, G), bed.Tage(90, LESART))
        for same_day, days in ((False, 1), (True, 0)):
            found = year(evolve(rule, am_selben_tag=same_day))
            pairs = [("vor/west", "nach/west"), ("vor/ost", "nach/ost")]
            assert of(req.Reihenfolge, found) == [
                r
                for a, b in pairs
                for r in (
                    req.Reihenfolge(f"x:{a}>{b}", TEXT, a, b, days),
                    req.Reihenfolge(f"x.abstand:{a}>{b}", G, a, b, 21),
                )
            ]
            assert of(req.Hoechstabstand, found) == [
                req.Hoechstabstand(f"x.hoechstens:{a}>{b}", LESART, a, b, 90) for a, b in pairs
            ]

    def test_reihenfolge_over_levels_and_in_the_same_gremium(self) -> None:
        """What belongs to the whole city comes after each area; only of items one can ask for the same body."""
        found = of(req.Reihenfolge, year(bed.Reihenfolge("x", "vor", "lk", TEXT), sitzungen=(VOR, LK)))
        assert [(r.erst, r.dann) for r in found] == [("vor/west", "lk/muster"), ("vor/ost", "lk/muster")]
        item = Beratungseintrag("lesung", "nach", "beirat", (), G)
        both = (item, evolve(item, id="zweite", ueberall=True))
        rule = bed.Reihenfolge("x", "lesung", "zweite", TEXT, im_selben_gremium=True)
        found = of(req.Reihenfolge, year(rule, beratungen=both))
        assert [(r.erst, r.dann) for r in found] == [
            ("lesung/west/west", "zweite/west/west"),
            ("lesung/ost/ost", "zweite/ost/ost"),
        ]

    def test_an_order_with_an_entry_that_the_year_does_not_have_says_nothing(self) -> None:
        for erst, dann in (("vor", "nie"), ("nie", "vor")):
            assert of(req.Reihenfolge, year(bed.Reihenfolge("x", erst, dann, TEXT))) == []

    def test_mindestabstand(self) -> None:
        """Only where a Gremium has two Sitzungen, and only for those that the rule names."""
        sitzungen = (VOR, NACH, LK)
        found = of(
            req.Mindestabstand, year(bed.Mindestabstand("x", ("runde",), 28, TEXT), sitzungen=sitzungen)
        )
        assert found == [
            req.Mindestabstand(f"x:runde/{wo}", TEXT, f"runde/{wo}", (f"vor/{wo}", f"nach/{wo}"), 28)
            for wo in ("west", "ost")
        ]
        named = bed.Mindestabstand("x", ("kreis", "runde/ost"), 28, TEXT)
        assert [r.gremium for r in of(req.Mindestabstand, year(named, sitzungen=sitzungen))] == ["runde/ost"]

    def test_anzahl(self) -> None:
        """At most holds in each year that the plan touches, at least in its own."""
        late = entry("spaet", von="12-01", bis="01-31")
        rule = bed.Anzahl("x", ("runde/ost",), TEXT, min=1, max=2)
        events = ("vor/ost", "spaet/ost")
        assert of(req.Anzahl, year(rule, sitzungen=(VOR, late))) == [
            req.Anzahl("x.max:runde/ost", TEXT, "runde/ost", events, 2027, max=2),
            req.Anzahl("x.max:runde/ost:2028", TEXT, "runde/ost", events, 2028, max=2),
            req.Anzahl("x.min:runde/ost", TEXT, "runde/ost", events, 2027, min=1),
        ]
        assert [r.id for r in of(req.Anzahl, year(evolve(rule, min=None)))] == ["x.max:runde/ost"]
        assert [r.id for r in of(req.Anzahl, year(evolve(rule, max=None)))] == ["x.min:runde/ost"]

    def test_anzahl_on_a_topic(self) -> None:
        """Only Sitzungen on one of its topics count; it says on which, and without any it cannot hold."""
        rule = bed.Anzahl("x", ("runde/ost",), TEXT, min=1, anlass=("plan",))
        mit = evolve(VOR, id="mit", anlass=("sonst", "plan"))
        (r,) = of(req.Anzahl, year(rule, sitzungen=(VOR, mit)))
        assert r == req.Anzahl(
            "x.min:runde/ost", TEXT, "runde/ost", ("mit/ost",), 2027, min=1, anlass=("plan",)
        )
        assert str(r.satz({"runde/ost": "Runde"})) == "Runde (on: plan) meets at least 1 times in 2027."
        assert of(req.Anzahl, year(rule, sitzungen=(VOR,)))[0].ereignisse == ()
        both = projekt(evolve(rule, max=2, anlass=("plan", "frei")), sitzungen=(VOR, mit))
        named = evolve(both.programm, anlaesse={"plan": Anlass("plan", "Jahresplan")})
        found = of(req.Anzahl, build(evolve(both, programm=named), 2027))
        assert [(r.max, r.min, r.anlass) for r in found] == [
            (2, None, ("Jahresplan", "frei")),
            (None, 1, ("Jahresplan", "frei")),
        ]

    def test_tageszeit_and_wochentage(self) -> None:
        found = year(
            bed.Tageszeit("x", ("runde/west",), time(8), time(18), TEXT),
            bed.Wochentage("y", ("kreis",), (0, 3), LESART),
            sitzungen=(VOR, LK),
        )
        assert of(req.Tageszeit, found) == [req.Tageszeit("x:vor/west", TEXT, "vor/west", time(8), time(18))]
        assert of(req.Wochentage, found) == [req.Wochentage("y:lk/muster", LESART, "lk/muster", (0, 3))]

    def test_free_days_of_the_year_and_no_others(self) -> None:
        """Also those that only begin or end in it."""
        found = of(
            req.Sperrtage,
            year(
                bed.KeineFeiertage("x", ("kreis",), TEXT),
                bed.KeineSchulferien("y", ("kreis",), LESART),
                sitzungen=(VOR, LK),
            ),
        )
        einzeln = tuple(Sperre(f.von, f.bis, f.name) for f in FREI.feiertage[1:4])
        spannen = tuple(Sperre(f.von, f.bis, f.name) for f in FREI.ferien[1:3])
        assert found == [
            req.Sperrtage("x:lk/muster", TEXT, "lk/muster", "feiertage", einzeln),
            req.Sperrtage("y:lk/muster", LESART, "lk/muster", "schulferien", spannen),
        ]

    @pytest.mark.parametrize(
        ("mit", "west", "ost"),
        [
            ((), (EVE, R1, B1, A1, R2, AFTER), (EVE, R1, B1, A1, R2, AFTER)),
            (("beirat",), (B1,), ()),
            (("rat/muster",), (EVE, R1, R2, AFTER), (EVE, R1, R2, AFTER)),
            (("bau",), (A1,), (A1,)),
        ],
    )
    def test_bodies_that_touch(
        self, mit: tuple[str, ...], west: tuple[Ratssitzung, ...], ost: tuple[Ratssitzung, ...]
    ) -> None:
        """Of the bodies it names only those that touch; without a name every one we know, from one day before
        the year to one day after it, for a Sitzung may run past midnight.
        """
        names = {"rat/muster": "Rat", "beirat/west": "Beirat West", "bau/muster": "Bauausschuss"}
        found = year(
            bed.NichtAmTag("x", ("runde",), TEXT, mit),
            bed.KeineUeberschneidung("y", ("runde",), TEXT, mit, bed.Minuten(30, G), bed.Zusatz(LESART)),
            sitzungen=(VOR,),
        )
        assert of(req.Sperrtage, found) == [
            req.Sperrtage(
                f"x:{id}",
                TEXT,
                id,
                "sitzungstage",
                tuple(Sperre(r.tag, r.ende.date(), names[r.gremium]) for r in sittings),
            )
            for id, sittings in (("vor/west", west), ("vor/ost", ost))
        ]
        assert of(req.KeineUeberschneidung, found) == [
            r
            for id, sittings in (("vor/west", west), ("vor/ost", ost))
            for r in (
                req.KeineUeberschneidung(f"y:{id}", TEXT, id, tuple(map(busy, sittings))),
                req.KeineUeberschneidung(f"y.puffer:{id}", G, id, tuple(map(busy, sittings)), 30),
                req.KeineUeberschneidung(f"y.unbekannte:{id}", LESART, id, (busy(U1),), unbekannt=True),
            )
        ]

    def test_without_an_addition_nothing_is_added(self) -> None:
        found = of(
            req.KeineUeberschneidung, year(bed.KeineUeberschneidung("y", ("kreis",), TEXT), sitzungen=(LK,))
        )
        assert [r.id for r in found] == ["y:lk/muster"]

    @pytest.mark.parametrize(
        ("plaetze", "small"), [(40, ()), (41, (("aula", 40),)), (81, (("aula", 40), ("halle", 80)))]
    )
    def test_raumgroesse(self, plaetze: int, small: tuple[tuple[str, int], ...]) -> None:
        """An Ort with as many places will do, and so will one whose size nobody has given."""
        found = of(
            req.Raumgroesse, year(bed.Raumgroesse("x", ("runde/west",), plaetze, TEXT), sitzungen=(VOR,))
        )
        assert found == ([req.Raumgroesse("x:vor/west", TEXT, "vor/west", plaetze, small)] if small else [])

    def test_raumgroesse_asks_of_the_ort_that_is_fixed_too(self) -> None:
        fest = (Festlegung("lk/muster", datetime(2027, 5, 3, 9), ort="aula"),)
        rule = bed.Raumgroesse("x", ("kreis",), 50, TEXT)
        assert of(req.Raumgroesse, year(rule, sitzungen=(VOR, LK), fest=fest)) == [
            req.Raumgroesse("x:lk/muster", TEXT, "lk/muster", 50, (("aula", 40),))
        ]

    def test_wegezeit_is_between_all_duties_of_a_sitz(self) -> None:
        away = Besetzt("amt/ost", datetime(2027, 7, 1), datetime(2027, 7, 8), "Urlaub")
        found = of(req.Wegezeit, year(bed.Wegezeit("x", 20, TEXT), besetzt=(away,)))
        busy_ost = (Belegung(away.von, away.bis, "Urlaub"),)
        assert found == [
            req.Wegezeit("x:amt/west", TEXT, "amt/west", (Pflicht("vor/west"), Pflicht("nach/west")), 20),
            req.Wegezeit(
                "x:amt/ost", TEXT, "amt/ost", (Pflicht("vor/ost"), Pflicht("nach/ost")), 20, busy_ost
            ),
        ]

    def test_wegezeit_is_that_of_the_person_too(self) -> None:
        besetzung = Besetzung(tuple(Innehabung(f"amt/{wo}", "A") for wo in ("west", "ost")))
        (found,) = of(req.Wegezeit, year(bed.Wegezeit("x", 20, TEXT), sitzungen=(VOR,), besetzung=besetzung))
        duties = (Pflicht("vor/west"), Pflicht("vor/ost"))
        assert found == req.Wegezeit("x:amt/west+amt/ost", TEXT, "amt/west", duties, 20, (), ("amt/ost",))


class TestTatsachen:
    """Facts of the world need no entry: one Sitz and one Ort are in one place."""

    def test_a_sitz_with_one_duty_and_nothing_else_needs_nothing(self) -> None:
        assert of(req.Verfuegbar, year(sitzungen=(VOR,))) == []

    def test_duties_and_busy_times_of_a_sitz_exclude_each_other(self) -> None:
        """A deputy has the duty too, and who belongs to a political body is busy when it sits."""
        found = of(req.Verfuegbar, year(sitzungen=(VOR,), beratungen=(BERICHT,)))
        items = (Pflicht("bericht/west/muster"), Pflicht("bericht/ost/muster"))
        rat = tuple(map(busy, (EVE, R1, R2, AFTER)))
        assert found == [
            req.Verfuegbar("verfuegbar:amt/west", TATSACHE, "amt/west", (Pflicht("vor/west"), items[0])),
            req.Verfuegbar("verfuegbar:amt/ost", TATSACHE, "amt/ost", (Pflicht("vor/ost"), items[1])),
            req.Verfuegbar("verfuegbar:leitung/muster", TATSACHE, "leitung/muster", items[:1], rat),
        ]

    def test_one_of_several_is_enough(self) -> None:
        """Of whom one is enough: each with what it has beside, and its own way to go."""
        one = Regel("kreis-amt", RegelArt.EINLADUNG, "kreis", ("amt",), LESART, anwesend=Anwesend.EINE_VON)
        found = year(bed.Wegezeit("x", 20, G), sitzungen=(VOR, LK), regeln=(*REGELN, one))
        each = tuple(req.Dienst(f"amt/{wo}", (Pflicht(f"vor/{wo}"),)) for wo in ("west", "ost"))
        assert of(req.EineVon, found) == [
            req.EineVon("x:eine-von:kreis-amt:lk/muster", G, "lk/muster", each, minuten=20),
            req.EineVon("eine-von:kreis-amt:lk/muster", LESART, "lk/muster", each),
        ]

    def test_of_whom_one_is_enough_may_be_the_one_elsewhere_too(self) -> None:
        """While the rule holds; also where every rule is content with one."""
        ab, bis = date(2027, 4, 1), date(2027, 9, 30)
        one = Regel("kreis-amt", RegelArt.EINLADUNG, "kreis", ("amt",), LESART, anwesend=Anwesend.EINE_VON)
        rule = evolve(one, gueltig_ab=ab, gueltig_bis=bis)
        found = of(req.EineVon, year(sitzungen=(LK, entry("lk2", "kreis")), regeln=(rule,)))
        assert [(r.ereignis, [dienst.pflichten for dienst in r.sitze]) for r in found] == [
            ("lk/muster", [(Pflicht("lk2/muster", ab, bis),)] * 2),
            ("lk2/muster", [(Pflicht("lk/muster", ab, bis),)] * 2),
        ]

    def test_of_whom_one_is_enough_is_busy_as_the_person_who_holds_it(self) -> None:
        """S-16: what each of them cannot be at is that of all Sitze of one person, and of its own calendar."""
        one = Regel("kreis-amt", RegelArt.EINLADUNG, "kreis", ("amt",), LESART, anwesend=Anwesend.EINE_VON)
        away = Besetzt("amt/ost", datetime(2027, 4, 1), datetime(2027, 4, 15), "Urlaub")
        rows = Besetzung((Innehabung("amt/west", "A"), Innehabung("leitung/muster", "A")))
        compiled = year(sitzungen=(VOR, LK), regeln=(*REGELN, one), besetzt=(away,), besetzung=rows)
        ((west, ost),) = (r.sitze for r in of(req.EineVon, compiled))
        rat = tuple(map(busy, (EVE, R1, R2, AFTER)))
        assert west == req.Dienst("amt/west", (Pflicht("vor/west"),), rat, ("leitung/muster",))
        assert ost == req.Dienst("amt/ost", (Pflicht("vor/ost"),), (Belegung(away.von, away.bis, "Urlaub"),))
        (ost,) = (r.sitze[1] for r in of(req.EineVon, year(sitzungen=(LK,), regeln=(one,), besetzt=(away,))))
        assert ost == req.Dienst("amt/ost", (), (Belegung(away.von, away.bis, "Urlaub"),))

    def test_of_whom_one_is_enough_is_busy_as_its_holder_also_without_a_duty(self) -> None:
        """S-16: the holder sits in the Rat, or is absent, or has to be elsewhere, as another Sitz."""
        one = Regel("kreis-amt", RegelArt.EINLADUNG, "kreis", ("amt",), LESART, anwesend=Anwesend.EINE_VON)
        rows = Besetzung((Innehabung("amt/west", "A"), Innehabung("leitung/muster", "A")))
        found = year(sitzungen=(LK,), regeln=(*REGELN, one), besetzung=rows)
        ((west, ost),) = (r.sitze for r in of(req.EineVon, found))
        rat = tuple(map(busy, (EVE, R1, R2, AFTER)))
        assert west == req.Dienst("amt/west", (), rat, ("leitung/muster",))
        assert ost == req.Dienst("amt/ost", ())
        assert of(req.Verfuegbar, found) == []
        both = Besetzung((Innehabung("amt/west", "A"), Innehabung("amt/ost", "A")))
        other = evolve(one, gremium=VOR.gremium, id="vor-ost", rollen=("amt/ost",), anwesend=Anwesend.ALLE)
        compiled = year(sitzungen=(VOR, LK), regeln=(one, other), besetzung=both)
        (west, ost) = next(r.sitze for r in of(req.EineVon, compiled) if r.ereignis == "lk/muster")
        assert west.pflichten == ost.pflichten == (Pflicht("vor/west"), Pflicht("vor/ost"))

    def test_of_one_alone_one_is_all(self) -> None:
        """A rule content with one that names only one needs that one."""
        one = Regel("kreis-leitung", RegelArt.EINLADUNG, "kreis", ("leitung",), G, anwesend=Anwesend.EINE_VON)
        found = year(sitzungen=(LK,), regeln=(*REGELN, one))
        assert of(req.EineVon, found) == []
        (needed,) = of(req.Verfuegbar, found)
        assert (needed.sitz, needed.pflichten) == ("leitung/muster", (Pflicht("lk/muster"),))

    def test_an_ort_has_one_sitzung_at_a_time(self) -> None:
        weekly = Wochenbelegung(6, time(9), time(10), "Chor", LESART, date(2027, 12, 26))
        gone = Besetzt("aula", datetime(2027, 4, 1), datetime(2027, 4, 3), "Umbau")
        orte = {**STADT.orte, "aula": evolve(ORTE[0], belegt=(weekly,))}
        found = of(req.OrtFrei, year(sitzungen=(VOR,), stadt=evolve(STADT, orte=orte), besetzt=(gone,)))
        sundays = (date(2027, 12, 26),)
        times = tuple(
            Belegung(datetime.combine(d, time(9)), datetime.combine(d, time(10)), "Chor") for d in sundays
        )
        both = ("vor/west", "vor/ost")
        assert found == [
            req.OrtFrei(
                "ort:aula", TATSACHE, "aula", ("vor/west",), (Belegung(gone.von, gone.bis, "Umbau"),)
            ),
            req.OrtFrei("ort.belegt.1:aula:vor/west", LESART, "aula", ("vor/west",), times, "Chor"),
            req.OrtFrei("ort:halle", TATSACHE, "halle", both),
            req.OrtFrei("ort:keller", TATSACHE, "keller", both),
        ]

    def test_an_ort_is_that_of_the_sitzungen_that_are_fixed_in_it_too(self) -> None:
        fest = (Festlegung("lk/muster", datetime(2027, 5, 3, 9), ort="aula"),)
        found = of(req.OrtFrei, year(sitzungen=(VOR, LK), fest=fest))
        assert (found[0].ort, found[0].ereignisse) == ("aula", ("vor/west", "lk/muster"))

    def test_what_occupies_an_ort_every_week_does_so_while_the_city_says_it(self) -> None:
        weekly = Wochenbelegung(0, time(9), time(10), "Chor", G)
        orte = {**STADT.orte, "aula": evolve(ORTE[0], belegt=(weekly,))}
        staende = (
            evolve(STADT, gueltig_bis=date(2027, 3, 31)),
            evolve(STADT, gueltig_ab=date(2027, 4, 1), gueltig_bis=date(2027, 4, 30), orte=orte),
            evolve(STADT, gueltig_ab=date(2027, 5, 1)),
        )
        found = of(req.OrtFrei, year(sitzungen=(VOR,), stadt=Verlauf(staende).fassungen[0]))
        (chor,) = (r for r in found if r.was)
        assert [b.von.day for b in chor.belegt] == [5, 12, 19, 26]
        assert {b.von.month for b in chor.belegt} == {4}

    def test_who_belongs_to_a_body_is_busy_while_the_rule_holds(self) -> None:
        """What lies before the year or after it is judged by its first or last day."""
        rule = evolve(REGELN[1], gueltig_ab=date(2027, 5, 6))
        found = of(req.Verfuegbar, year(sitzungen=(VOR,), beratungen=(BERICHT,), regeln=(REGELN[0], rule)))
        assert found[-1].belegt == (busy(R2), busy(AFTER))
        rule = evolve(REGELN[1], gueltig_bis=date(2027, 5, 5))
        found = of(req.Verfuegbar, year(sitzungen=(VOR,), beratungen=(BERICHT,), regeln=(REGELN[0], rule)))
        assert found[-1].belegt == (busy(EVE), busy(R1))

    @pytest.mark.parametrize("weekday", range(7))
    def test_what_occupies_an_ort_every_week_does_so_up_to_the_day_after_the_year(self, weekday: int) -> None:
        weekly = Wochenbelegung(weekday, time(9), time(10), "Chor", G)
        orte = {**STADT.orte, "aula": evolve(ORTE[0], belegt=(weekly,))}
        (found,) = (
            r for r in of(req.OrtFrei, year(sitzungen=(VOR,), stadt=evolve(STADT, orte=orte))) if r.was
        )
        days = [
            date.fromordinal(n) for n in range(date(2027, 1, 1).toordinal(), date(2028, 1, 2).toordinal())
        ]
        assert [b.von.date() for b in found.belegt] == [d for d in days if d.weekday() == weekday]


class TestWuensche:
    """Each ``[[wunsch]]`` becomes preferences with its stage and weight, one per subject."""

    def wished(self, wunsch: w.Wunsch, **mehr: Any) -> list[Any]:
        return list(year(wuensche=(wunsch,), **mehr).preferences)

    def test_gewohnt(self) -> None:
        """The usual slot stands on the word of the Gremium; who has none wishes nothing."""
        assert self.wished(w.Gewohnt("x", ("runde",), 2, G, 7, 3), sitzungen=(VOR, LK)) == [
            req.Gewohnt("x:vor/west", LESART, 2, "vor/west", 2, time(17), 7, 3)
        ]

    def test_gleichmaessig(self) -> None:
        wish = w.Gleichmaessig("x", ("vor", "nach", "lk"), 3, TEXT, 60, 120, 9)
        pairs = [
            ("vor/west", "nach/west"),
            ("vor/ost", "nach/ost"),
            ("nach/west", "lk/muster"),
            ("nach/ost", "lk/muster"),
        ]
        assert self.wished(wish, sitzungen=(VOR, NACH, LK)) == [
            req.Abstandswunsch(f"x:{a}>{b}", TEXT, 3, a, b, 60, 120, 9) for a, b in pairs
        ]

    def test_vorher(self) -> None:
        assert self.wished(w.Vorher("x", "vor", "nach", 1, TEXT, 8)) == [
            req.Vorher(f"x:vor/{wo}>nach/{wo}", TEXT, 1, f"vor/{wo}", f"nach/{wo}", 8)
            for wo in ("west", "ost")
        ]

    def test_danach(self) -> None:
        """After each of what it names, one of the Sitzungen that it concerns; where there is none, no wish."""
        wish = w.Danach("x", ("bericht", "lk", "nie"), "runde", 30, 2, TEXT, 6)
        found = self.wished(wish, sitzungen=(VOR, NACH, LK), beratungen=(BERICHT,))
        assert found == [
            req.Danach(
                "x:bericht/west/muster", TEXT, 2, "bericht/west/muster", ("vor/west", "nach/west"), 30, 6
            ),
            req.Danach("x:bericht/ost/muster", TEXT, 2, "bericht/ost/muster", ("vor/ost", "nach/ost"), 30, 6),
            req.Danach(
                "x:lk/muster", TEXT, 2, "lk/muster", ("vor/west", "vor/ost", "nach/west", "nach/ost"), 30, 6
            ),
        ]
        assert self.wished(wish, sitzungen=(LK,)) == []

    def test_verteilt(self) -> None:
        """Only where there are more Sitzungen than a week may have."""
        wish = w.Verteilt("x", "runde", 1, 4, TEXT, 5)
        assert self.wished(wish, sitzungen=(VOR,)) == [
            req.Verteilt("x", TEXT, 4, ("vor/west", "vor/ost"), 1, 5)
        ]
        assert self.wished(evolve(wish, je_woche=2), sitzungen=(VOR,)) == []

    def test_abendlast(self) -> None:
        """Counted are the duties, and what ends after the hour or on a later day."""
        away = tuple(
            Besetzt("amt/west", datetime(2027, 7, 1, 15), ende, f"bis {ende}")
            for ende in (datetime(2027, 7, 1, 18), datetime(2027, 7, 1, 18, 1), datetime(2027, 7, 2, 9))
        )
        wish = w.Abendlast("x", ("amt",), time(18), 2, 3, TEXT, 4)
        late = tuple(Belegung(b.von, b.bis, b.was) for b in away[1:])
        duties = {wo: (f"vor/{wo}", f"nach/{wo}") for wo in ("west", "ost")}
        more = Regel("kreis-leitung", RegelArt.MITGLIEDSCHAFT, "kreis", ("leitung",), G)
        found = self.wished(wish, sitzungen=(LK, VOR, NACH), besetzt=away, regeln=(more, *REGELN))
        assert found == [
            req.Abendlast("x:amt/west", TEXT, 3, "amt/west", duties["west"], late, time(18), 2, 4),
            req.Abendlast("x:amt/ost", TEXT, 3, "amt/ost", duties["ost"], (), time(18), 2, 4),
        ]
        only = self.wished(evolve(wish, rollen=("leitung",)), sitzungen=(LK, VOR), regeln=(more, *REGELN))
        assert [(p.sitz, p.ereignisse) for p in only] == [("leitung/muster", ("lk/muster",))]

    def test_selbst_vortragen(self) -> None:
        """Only where somebody has a deputy."""
        wish = w.SelbstVortragen("x", ("bericht",), 1, TEXT, 2)
        both = (BERICHT, evolve(BERICHT, id="anderes"))
        assert self.wished(wish, beratungen=both) == [
            req.Selbst("x:bericht/west/muster", TEXT, 1, "bericht/west/muster", ("amt/west",), 2)
        ]

    def test_bridge_days_are_those_of_the_years_an_event_may_fall_on(self) -> None:
        holidays = tuple(
            FreierTag(day, day, "frei") for day in (date(2027, 5, 6), date(2028, 5, 25), date(2029, 5, 10))
        )
        wish = w.Brueckentage("x", ("kreis",), 1, TEXT)
        late = entry("spaet", "kreis", "11-01", "01-31")
        for sitzungen, jahre in (((LK,), [2027]), ((late,), [2027, 2028])):
            (found,) = self.wished(wish, sitzungen=sitzungen, freitage=Freitage(holidays))
            assert [b.von.year for b in found.belegt] == jahre

    def test_brueckentage_and_schulferien(self) -> None:
        assert self.wished(w.Brueckentage("x", ("kreis",), 1, TEXT, 2), sitzungen=(VOR, LK)) == [
            req.Meiden(
                "x:lk/muster",
                TEXT,
                1,
                "lk/muster",
                "brueckentage",
                (whole(date(2027, 5, 7), date(2027, 5, 8), "Brückentag"),),
                2,
            )
        ]
        assert self.wished(w.Schulferien("x", ("kreis",), 1, TEXT, 2), sitzungen=(VOR, LK)) == [
            req.Meiden(
                "x:lk/muster",
                TEXT,
                1,
                "lk/muster",
                "schulferien",
                (
                    whole(date(2026, 12, 24), date(2027, 1, 2), "Weihnachten"),
                    whole(date(2027, 12, 31), date(2028, 1, 9), "Winter"),
                ),
                2,
            )
        ]

    def test_meidetage(self) -> None:
        """The days of the years an event may fall on, also the evening before; or only those that are named."""
        days = (
            Meidetag("rosen", "Rosenmontag", G, ostern=-48),
            Meidetag("neujahr", "Empfang", G, jaehrlich=day("01-01"), vorabend=time(18)),
            Meidetag("wahl", "Wahl", G, tage=(date(2026, 3, 1), date(2029, 3, 1)), quelle="x", mond=True),
        )
        wish = w.Meidetage("x", ("kreis",), 3, TEXT, gewicht=2)
        eve = (datetime(2026, 12, 31, 18), datetime(2027, 1, 2))
        rosen = whole(date(2027, 2, 8), date(2027, 2, 9), "Rosenmontag")
        nye = (datetime(2027, 12, 31, 18), datetime(2028, 1, 2))
        assert self.wished(wish, sitzungen=(VOR, LK), meidetage=days) == [
            req.Meiden(
                "x:lk/muster",
                TEXT,
                3,
                "lk/muster",
                "meidetage",
                (Belegung(*eve, "Empfang"), rosen, Belegung(*nye, "Empfang")),
                2,
            )
        ]
        (only,) = self.wished(evolve(wish, meide=("rosen", "wahl")), sitzungen=(LK,), meidetage=days)
        assert only.belegt == (rosen,)

    def test_fremde_termine(self) -> None:
        """At their times, or on their days; where a calendar says for which area, only for bodies of it."""
        at = datetime(2027, 5, 4, 18), datetime(2027, 5, 4, 20)
        night = datetime(2027, 6, 4, 18), datetime(2027, 6, 6)
        away = datetime(2026, 5, 4, 18), datetime(2026, 5, 4, 20)
        dates = (
            Fremdtermin("vereine", *at, "Chor", "konf/west"),
            Fremdtermin("messe", *night, "Messe"),
            Fremdtermin("messe", *away, "Messe"),
        )
        wish = w.FremdeTermine("x", ("runde", "kreis"), 4, TEXT, gewicht=2)
        found = self.wished(wish, sitzungen=(VOR, LK), fremd=dates)
        chor, messe = Belegung(*at, "Chor"), Belegung(*night, "Messe")
        assert [(p.ereignis, p.belegt) for p in found] == [
            ("vor/west", (chor, messe)),
            ("vor/ost", (messe,)),
            ("lk/muster", (chor, messe)),
        ]
        assert found[0] == req.Meiden("x:vor/west", TEXT, 4, "vor/west", "fremde-termine", (chor, messe), 2)
        (only,) = self.wished(evolve(wish, kalender=("vereine",)), sitzungen=(LK,), fremd=dates)
        assert only.belegt == (chor,)
        (whole_days,) = self.wished(evolve(wish, am_tag=True), sitzungen=(LK,), fremd=dates)
        assert whole_days.belegt == (
            whole(date(2027, 5, 4), date(2027, 5, 5), "Chor"),
            whole(date(2027, 6, 4), date(2027, 6, 6), "Messe"),
        )

    def test_meide_gremien(self) -> None:
        """While a body sits that is not left out; or on its whole day, and on the next where it reaches into it."""
        wish = w.MeideGremien("x", ("kreis",), 1, TEXT, ohne=("beirat", "bau/muster"), gewicht=2)
        sittings = (EVE, R1, R2, AFTER)
        assert self.wished(wish, sitzungen=(VOR, LK)) == [
            req.Meiden("x:lk/muster", TEXT, 1, "lk/muster", "gremien", tuple(map(busy, sittings)), 2)
        ]
        days = (
            whole(date(2026, 12, 31), date(2027, 1, 1), "e1 tagt"),
            whole(date(2027, 5, 5), date(2027, 5, 6), "r1 tagt"),
            whole(date(2027, 12, 31), date(2028, 1, 2), "r2 tagt"),
            whole(date(2028, 1, 1), date(2028, 1, 2), "n1 tagt"),
        )
        assert self.wished(evolve(wish, am_tag=True), sitzungen=(VOR, LK)) == [
            req.Meiden("x:lk/muster", TEXT, 1, "lk/muster", "sitzungstage", days, 2)
        ]

    def test_wechsel(self) -> None:
        """For each Gremium with two Sitzungen, among the Orte that are large enough and not closed all year."""
        wish = w.Wechsel("x", ("runde", "kreis"), 1, TEXT, 2)

        def orte(*bedingungen: bed.Bedingung, **mehr: Any) -> dict[str, tuple[str, ...]]:
            found = year(*bedingungen, sitzungen=(VOR, NACH, LK), wuensche=(wish,), **mehr).preferences
            ids = {wo: (f"vor/{wo}", f"nach/{wo}") for wo in ("west", "ost")}
            for r in found:
                assert isinstance(r, req.Wechsel)
                wo = r.gremium.partition("/")[2]
                assert r == req.Wechsel(f"x:runde/{wo}", TEXT, 1, f"runde/{wo}", ids[wo], r.orte, 2)
            return {r.gremium: r.orte for r in found if isinstance(r, req.Wechsel)}

        every = {"runde/west": ("aula", "halle", "keller"), "runde/ost": ("halle", "keller")}
        assert orte() == every
        assert orte(bed.Raumgroesse("g", ("runde/west",), 40, G)) == every
        assert orte(bed.Raumgroesse("g", ("runde/ost", "kreis"), 99, G)) == every | {"runde/ost": ("keller",)}
        assert orte(bed.Raumgroesse("g", ("runde",), 50, G), bed.Raumgroesse("h", ("runde",), 10, G)) == {
            "runde/west": ("halle", "keller"),
            "runde/ost": ("halle", "keller"),
        }
        (one,) = year(sitzungen=(VOR, NACH, LK), wuensche=(evolve(wish, gremium=("runde/ost",)),)).preferences
        assert isinstance(one, req.Wechsel)
        assert one.gremium == "runde/ost"
        first, last = datetime(2027, 1, 1), datetime(2028, 1, 1)
        for von, bis, out in (
            (first, last, True),
            (datetime(2027, 1, 1, 1), last, False),
            (first, datetime(2027, 12, 31, 23), False),
        ):
            closed = (Besetzt("keller", von, bis, "zu"),)
            assert ("keller" in orte(besetzt=closed)["runde/west"]) is not out
