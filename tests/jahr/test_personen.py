"""A person who holds two Sitze is in one place at a time. All persons are invented."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import gremienplan as gp
from gremienplan import requirements as req
from gremienplan.auditing import check
from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.jahr import build
from gremienplan.plan import Lage
from gremienplan.plan.text import plan_to_json
from gremienplan.programm import (
    Beratungseintrag,
    MonatTag,
    Programm,
    Sitzungseintrag,
    Zeitraum,
    bedingungen as bed,
)
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.quellen import Authority, Grundlage, Katalog
from gremienplan.ratskalender import Ratskalender, Ratssitzung
from gremienplan.rules import Regel, RegelArt
from gremienplan.stadt import Ebene, Gebiet, Gremienart, Gremium, Klasse, Rolle, RollenArt, Stadt
from gremienplan.texts import render
from tests.nur_ci import nur_ci

G = Grundlage(Authority.VORGABE)
GANZ = Gebiet("stadt", "muster", "Muster", frozenset({"1", "2", "3"}))
TEILE = [
    Gebiet("teil", id, id.capitalize(), frozenset({n}))
    for id, n in (("west", "1"), ("ost", "2"), ("sued", "3"))
]
RUNDE = Gremienart("runde", "teil", "Runde")
KREIS = Gremienart("kreis", "stadt", "Kreis")
RAT = Gremienart("rat", "stadt", "Rat", Klasse.POLITISCH, 180)
BEIRAT = Gremienart("beirat", "teil", "Beirat", Klasse.POLITISCH, 60)
KEY = "Erfunden"


def stadt() -> Stadt:
    gremien = [Gremium(RUNDE, g) for g in TEILE] + [Gremium(BEIRAT, g) for g in TEILE]
    gremien += [Gremium(KREIS, GANZ), Gremium(RAT, GANZ)]
    return Stadt(
        id="muster",
        name="Muster",
        domain="muster.example",
        land="NW",
        zeitzone="Europe/Berlin",
        atom="block",
        ebenen=(Ebene("teil", "Teil"),),
        gebiete=(GANZ, *TEILE),
        rollen={
            "amt": Rolle("amt", "teil", "Amt"),
            "vorsitz": Rolle("vorsitz", "teil", "Vorsitz"),
            "ratsmitglied": Rolle("ratsmitglied", "stadt", "Ratsmitglied", RollenArt.MANDAT),
        },
        gremienarten={a.id: a for a in (RUNDE, KREIS, RAT, BEIRAT)},
        gremien={g.id: g for g in gremien},
        orte={},
    )


REGELN = tuple(
    Regel(f"{art}-{rolle}", RegelArt.MITGLIEDSCHAFT, art, (rolle,), G)
    for art, rolle in (("runde", "amt"), ("kreis", "amt"), ("rat", "ratsmitglied"), ("beirat", "vorsitz"))
)


def on(id: str, gremium: str, tag: date = date(2027, 3, 1), bis: date | None = None) -> Sitzungseintrag:
    bis = bis or tag
    window = Zeitraum(MonatTag(tag.month, tag.day), MonatTag(bis.month, bis.day), G)
    return Sitzungseintrag(id, gremium, (), G, fenster=window)


EINE_ZEIT = bed.Tageszeit("zeit", ("runde", "kreis"), time(9), time(11), G)
"""Long enough for one Sitzung a day."""


def projekt(
    *innehabungen: Innehabung,
    sitzungen: Iterable[Sitzungseintrag] = (on("r", "runde/west"), on("s", "runde/ost")),
    bedingungen: Iterable[bed.Bedingung] = (EINE_ZEIT,),
    beratungen: Iterable[Beratungseintrag] = (),
    rat: tuple[Ratssitzung, ...] = (),
) -> Projekt:
    programm = Programm("p", "P", {}, tuple(sitzungen), tuple(beratungen), tuple(bedingungen), ())
    return Projekt(stadt(), REGELN, programm, Katalog(), Ratskalender(rat), besetzung=Besetzung(innehabungen))


def holds(person: str, *sitze: str, ab: date | None = None, bis: date | None = None) -> list[Innehabung]:
    return [Innehabung(sitz, f"{KEY} {person}", ab, bis) for sitz in sitze]


BOTH = holds("A", "amt/west", "amt/ost")


class TestPlanning:
    """Tiny years in which the double Sitz makes all the difference."""

    def test_two_sitze_of_two_persons_meet_at_once(self) -> None:
        apart = [*holds("A", "amt/west"), *holds("B", "amt/ost")]
        for p in (projekt(), projekt(*apart)):
            assert isinstance(gp.schedule(p, 2027), gp.Plan)

    def test_s_16_p_55_two_sitze_of_one_person_do_not(self) -> None:
        """S-16, P-55: the conflict is the two Sitzungen, their hours, and that one person holds both Sitze."""
        answer = gp.schedule(projekt(*BOTH), 2027)
        assert isinstance(answer, gp.Conflict)
        (one,) = [r for r in answer.requirements if isinstance(r, req.Verfuegbar)]
        assert one.sitze == ("amt/west", "amt/ost")
        said = "One person holds: Amt West, Amt Ost. Nobody can be in two places at once."
        assert render(one.satz(answer.namen), "en") == said
        assert {r.ereignis for r in answer.requirements if isinstance(r, req.Stattfinden)} == {
            "r/west",
            "s/ost",
        }

    def test_p_67_no_answer_names_a_person(self) -> None:
        """P-67: neither the conflict, nor a plan, nor what an audit finds."""
        conflict = gp.schedule(projekt(*BOTH), 2027)
        assert isinstance(conflict, gp.Conflict)
        wide = projekt(*BOTH, bedingungen=())
        plan = gp.schedule(wide, 2027)
        assert isinstance(plan, gp.Plan)
        at_once = evolve(
            plan,
            termine=tuple(
                evolve(t, beginn=plan.termine[0].beginn, ende=plan.termine[0].ende) for t in plan.termine
            ),
        )
        found = gp.audit(wide, at_once).findings
        assert found
        said = [r.satz(conflict.namen) for r in conflict.requirements] + [f.meldung for f in found]
        words = [render(text, language) for text in said for language in ("de", "en")]
        assert KEY not in "".join([*words, plan_to_json(plan), repr(conflict), repr(plan), repr(found)])

    def test_the_audit_says_whose_sitze_collide(self) -> None:
        plan = gp.schedule(projekt(), 2027)
        assert isinstance(plan, gp.Plan)
        (found,) = gp.audit(projekt(*BOTH), plan).findings
        assert render(found.meldung, "en") == (
            "One person (Amt West, Amt Ost): needed at once in: Runde West, Mon 2027-03-01 09:00 to 11:00; "
            "Runde Ost, Mon 2027-03-01 09:00 to 11:00."
        )

    @pytest.mark.parametrize(("tag", "kind"), [(date(2027, 6, 30), gp.Plan), (date(2027, 7, 1), gp.Conflict)])
    def test_s_18_only_while_it_holds_both(self, tag: date, kind: type) -> None:
        """S-18: from 1 July on."""
        change = [
            *holds("A", "amt/west"),
            *holds("A", "amt/ost", ab=date(2027, 7, 1)),
            *holds("B", "amt/ost", bis=date(2027, 6, 30)),
        ]
        events = (on("r", "runde/west", tag), on("s", "runde/ost", tag))
        assert isinstance(gp.schedule(projekt(*change, sitzungen=events), 2027), kind)

    def test_one_of_several_holders_is_enough(self) -> None:
        """The Sitz is invited: while somebody else holds it too, the one person is not bound twice."""
        assert isinstance(gp.schedule(projekt(*BOTH, *holds("B", "amt/ost")), 2027), gp.Plan)

    def test_s_16_one_sitzung_is_one_duty(self) -> None:
        """S-16: invited by both Sitze to the same Sitzung, it does not collide with itself."""
        events = (on("k", "kreis"), on("r", "runde/west", date(2027, 3, 2)))
        assert isinstance(gp.schedule(projekt(*BOTH, sitzungen=events), 2027), gp.Plan)

    @nur_ci("plans a year anew")
    def test_the_person_travels(self) -> None:
        """P-55: between two Sitzungen at different places it needs the time a Sitz needs."""
        day = bed.Tageszeit("zeit", ("runde",), time(9), time(13), G)
        way = bed.Wegezeit("weg", 30, G)
        assert isinstance(gp.schedule(projekt(*BOTH, bedingungen=(day,)), 2027), gp.Plan)
        answer = gp.schedule(projekt(*BOTH, bedingungen=(day, way)), 2027)
        assert isinstance(answer, gp.Conflict)
        (one,) = [r for r in answer.requirements if isinstance(r, req.Wegezeit)]
        said = "One person holds: Amt West, Amt Ost. It needs 30 minutes between two places."
        assert render(one.satz(answer.namen), "en") == said

    def test_s_17_a_mandate_binds_who_also_holds_an_amt(self) -> None:
        """S-17: all duties count; the Rat sits, so that its member does not come as Amt. Others are not bound."""
        rat = (Ratssitzung("k", "q", "Rat", "rat/muster", datetime(2027, 3, 1, 8), datetime(2027, 3, 1, 11)),)
        one = (on("r", "runde/west"),)
        for holder, kind in (("A", gp.Conflict), ("B", gp.Plan)):
            held = [
                *holds("A", "amt/west"),
                *holds(holder, "ratsmitglied/muster"),
                *holds("C", "ratsmitglied/muster"),
            ]
            answer = gp.schedule(projekt(*held, sitzungen=one, rat=rat), 2027)
            assert isinstance(answer, kind)
            if isinstance(answer, gp.Conflict):
                (both,) = [r for r in answer.requirements if isinstance(r, req.Verfuegbar)]
                assert both.sitze == ("amt/west", "ratsmitglied/muster")

    @nur_ci("plans a year anew")
    def test_an_amt_without_sitzungen_of_ours_binds_too(self) -> None:
        """S-17: by the sittings of its political body, and while its holder is away."""
        sits = (
            Ratssitzung("k", "q", "Beirat", "beirat/ost", datetime(2027, 3, 1, 8), datetime(2027, 3, 1, 11)),
        )
        away = (Besetzt("vorsitz/ost", datetime(2027, 3, 1), datetime(2027, 3, 2), "abwesend"),)
        one = (on("r", "runde/west"),)
        for held, kind in (
            (holds("A", "amt/west", "vorsitz/ost"), gp.Conflict),
            ([*holds("A", "amt/west"), *holds("B", "vorsitz/ost")], gp.Plan),
            (holds("A", "amt/west", "vorsitz/ost") + holds("B", "vorsitz/ost"), gp.Plan),
        ):
            assert isinstance(gp.schedule(projekt(*held, sitzungen=one, rat=sits), 2027), kind)
            assert isinstance(gp.schedule(evolve(projekt(*held, sitzungen=one), besetzt=away), 2027), kind)

    @pytest.mark.parametrize(
        ("tag", "kind"),
        [(date(2027, 6, 29), gp.Plan), (date(2027, 7, 2), gp.Conflict), (date(2027, 7, 6), gp.Plan)],
    )
    def test_s_18_who_is_away_over_the_change_is_away_on_both_sides(self, tag: date, kind: type) -> None:
        """The absence belongs to amt/west; from 1 July its holder is needed for amt/ost too."""
        change = [
            *holds("A", "amt/west"),
            *holds("A", "amt/ost", ab=date(2027, 7, 1)),
            *holds("B", "amt/ost", bis=date(2027, 6, 30)),
        ]
        away = (Besetzt("amt/west", datetime(2027, 6, 25), datetime(2027, 7, 5), "abwesend"),)
        events = (on("s", "runde/ost", tag), on("r", "runde/west", date(2027, 5, 3)))
        found = evolve(projekt(*change, sitzungen=events), besetzt=away)
        assert isinstance(gp.schedule(found, 2027), kind)

    def test_two_items_in_one_sitting_are_one_place_and_in_two_are_not(self) -> None:
        """Presented for whichever Sitz."""
        items = [Beratungseintrag(f"b{e}", e, "beirat", ("amt",), G) for e in ("r", "s")]
        events = (on("r", "runde/west", date(2027, 3, 1)), on("s", "runde/ost", date(2027, 3, 3)))
        at = [datetime(2027, 4, 1, 17), datetime(2027, 4, 1, 18)]
        for second, kind in ((at[0], gp.Conflict), (at[1], gp.Plan)):
            rat = tuple(
                Ratssitzung(f"k{g}", "q", g, f"beirat/{g}", begin, begin + timedelta(hours=1))
                for g, begin in (("west", at[0]), ("ost", second))
            )
            p = projekt(*BOTH, sitzungen=events, beratungen=items, rat=rat, bedingungen=())
            assert isinstance(gp.schedule(p, 2027), kind)
            assert isinstance(gp.schedule(evolve(p, besetzung=Besetzung()), 2027), gp.Plan)


# --- the law --------------------------------------------------------------------------------------------------

SITZE = [f"amt/{g.id}" for g in TEILE]
CI = os.environ.get("PROFILE") == "ci"
WINDOW = (date(2027, 2, 1), date(2027, 5, 31))
EVENTS = [f"r{i}/{g.id}" for i in (1, 2) for g in TEILE] + ["k/muster"]
JAHR = (
    *(on(f"r{i}", "runde", *WINDOW) for i in (1, 2)),
    on("k", "kreis", *WINDOW),
)
grenzen = st.sampled_from([None, date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 3)])
zeilen = st.builds(Innehabung, st.sampled_from(SITZE), st.sampled_from("ABC"), grenzen, grenzen)


@settings(max_examples=150 if CI else 40)
@given(
    st.lists(zeilen, max_size=6),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from([9, 10, 12])), min_size=7, max_size=7),
)
def test_p_55_nobody_is_in_two_places(rows: list[Innehabung], places: list[tuple[int, int]]) -> None:
    """P-55: what the audit finds are exactly the pairs of Sitzungen at once to which one Sitz, or one person who is
    alone in its Sitze on that day, is invited.
    """
    year = build(projekt(*rows, sitzungen=JAHR, bedingungen=()), 2027)
    lagen = {}
    for ereignis, (n, hour) in zip(EVENTS, places, strict=True):
        begin = datetime(2027, 2, 28, hour) + timedelta(days=n)
        lagen[ereignis] = (Lage(ereignis, begin, begin + timedelta(hours=2)),)
    found = [
        frozenset(finding.ereignisse)
        for r in year.requirements
        if isinstance(r, req.Verfuegbar)
        for finding in check(r, lagen, year.namen)
    ]

    def seats(ereignis: str) -> set[str]:
        place = ereignis.partition("/")[2]
        return set(SITZE) if place == "muster" else {f"amt/{place}"}

    def alone(sitz: str, tag: date) -> set[str]:
        there = {z.person for z in rows if z.sitz == sitz and (z.ab or tag) <= tag <= (z.bis or tag)}
        return there if len(there) == 1 else set()

    expected = set()
    for a, b in combinations(EVENTS, 2):
        one, two = lagen[a][0], lagen[b][0]
        if one.overlaps(two):
            persons = [{p for s in seats(e) for p in alone(s, one.tag)} for e in (a, b)]
            if seats(a) & seats(b) or persons[0] & persons[1]:
                expected.add(frozenset({a, b}))
    assert set(found) == expected
    if not rows:
        assert all(not r.mit for r in year.requirements if isinstance(r, req.Verfuegbar))


@given(st.lists(zeilen, max_size=6), st.permutations("ABC"))
def test_who_it_is_does_not_matter(rows: list[Innehabung], others: list[str]) -> None:
    """Requirements name Sitze and days only: with other persons in the same Sitze they are the same."""
    names = dict(zip("ABC", others, strict=True))
    renamed = [evolve(z, person=names[z.person]) for z in rows]
    first, second = (
        build(projekt(*these, sitzungen=JAHR, bedingungen=(bed.Wegezeit("weg", 30, G),)), 2027).requirements
        for these in (rows, renamed)
    )
    assert set(first) == set(second)
    assert len({r.id for r in first}) == len(first)
