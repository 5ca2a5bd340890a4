"""The linter: each planted fault is found as what it is, and a calendar without faults has no finding."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.programm import Programm
from gremienplan.programm.bedingungen import Tage
from gremienplan.programm.ratsfolge import Ratsfolge
from gremienplan.projekt import Projekt, Stumm
from gremienplan.quellen import Authority, Grundlage, Katalog
from gremienplan.ratskalender import FreierTag, Freitage, Ratskalender, Ratssitzung
from gremienplan.rules import Regel, RegelArt
from gremienplan.stadt import Gebiet, Gremienart, Gremium, Klasse, Rolle, RollenArt, Stadt
from gremienplan.watch.lint import Befund, Befundart, Schwere, lint
from tests.jahre.pflanzen import pflanze

STUNDE, TAG = timedelta(hours=1), timedelta(days=1)
VORGABE = Grundlage(Authority.VORGABE)
GANZ = Gebiet("stadt", "dorf", "Dorf", frozenset({"ost", "west"}))
OST, WEST = (Gebiet("bezirk", id, id.capitalize(), frozenset({id})) for id in ("ost", "west"))
RAT = Gremienart("rat", "stadt", "Rat", Klasse.POLITISCH, dauer=180)
BV = Gremienart("bv", "bezirk", "BV", Klasse.POLITISCH, dauer=120)
GREMIEN = {g.id: g for g in (Gremium(RAT, GANZ), Gremium(BV, OST), Gremium(BV, WEST))}
AMT = Rolle("amt", "stadt", "Amt", RollenArt.AMT)
DORF = Stadt(
    id="dorf",
    name="Dorf",
    domain="dorf.example",
    land="NW",
    zeitzone="Europe/Berlin",
    atom="wohnbereich",
    ebenen=(),
    gebiete=(GANZ, OST, WEST),
    rollen={"amt": AMT},
    gremienarten={"rat": RAT, "bv": BV},
    gremien=GREMIEN,
    orte={},
)
FEIERTAG = date(2027, 5, 6)
FERIEN = FreierTag(date(2027, 7, 19), date(2027, 8, 31), "Sommerferien")
FREI = Freitage(
    (FreierTag(FEIERTAG, FEIERTAG, "Christi Himmelfahrt"),), (FERIEN,), date(2028, 12, 31), (2027,)
)
IN_BEIDEN = Regel("r", RegelArt.MITGLIEDSCHAFT, "bv", ("amt",), VORGABE)
FOLGE = Ratsfolge("f", ("bv",), ("rat",), VORGABE, Tage(42, VORGABE), Tage(5, VORGABE))
SAUBER = tuple(date(2027, 1, 12) + n * 28 * TAG for n in (0, 1, 2, 3, 4, 9, 10, 11))
"""Tuesdays, none of them free."""


def sitzung(gremium: str, beginn: datetime, **werte: Any) -> Ratssitzung:
    key = f"ris:{gremium}:{beginn:%m%d%H}"
    return evolve(Ratssitzung(key, "ris", gremium, gremium, beginn, beginn + 2 * STUNDE), **werte)


def um(tag: date, stunde: int = 17) -> datetime:
    return datetime(tag.year, tag.month, tag.day, stunde)


def projekt(*sitzungen: Ratssitzung, **werte: Any) -> Projekt:
    ordered = tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.key)))
    von, bis = (ordered[0].tag, ordered[-1].tag) if ordered else (None, None)
    leer = Programm("p", "P", {}, (), (), (), ())
    kalender = Ratskalender(ordered, von=von, bis=bis)
    return evolve(Projekt(DORF, (), leer, Katalog(), kalender, FREI), **werte)


def sauber() -> list[Ratssitzung]:
    """Return a year of three bodies in which nothing is wrong."""
    return [
        *(sitzung("rat/dorf", um(tag)) for tag in SAUBER),
        *(sitzung("bv/ost", um(tag - 6 * TAG)) for tag in SAUBER),
        *(sitzung("bv/west", um(tag - 6 * TAG)) for tag in SAUBER),
    ]


def arten(found: Iterable[Befund]) -> list[Befundart]:
    return [b.art for b in found]


def found(*sitzungen: Ratssitzung, **werte: Any) -> tuple[Befund, ...]:
    return lint(projekt(*sitzungen, **werte)).befunde


@given(st.permutations(range(24)), st.sets(st.integers(0, 23)))
def test_a_calendar_without_faults_has_no_finding(reihe: list[int], weg: set[int]) -> None:
    """Whatever its order, and also when some of its sittings are left out: only what stands is judged."""
    alle = sauber()
    assert found(*(alle[n] for n in reihe), ratsfolgen=(FOLGE,)) == ()
    assert found(*(s for n, s in enumerate(alle) if n not in weg)) == ()


class TestTage:
    """Days on which a body hardly meets."""

    @given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.sampled_from(sorted(GREMIEN)))
    def test_what_is_said_of_a_day(self, tag: date, gremium: str) -> None:
        """One sitting more: a finding for a holiday, else for school holidays, for the weekend, the weekday."""
        neu = sitzung(gremium, um(tag, 9))
        expected = set()
        if tag == FEIERTAG:
            expected.add(Befundart.FEIERTAG)
        if FERIEN.von <= tag <= FERIEN.bis:
            expected.add(Befundart.FERIEN)
        if tag.weekday() >= 5:
            expected.add(Befundart.WOCHENENDE)
        elif not expected and tag.weekday() != (1 if gremium == "rat/dorf" else 2):
            expected.add(Befundart.WOCHENTAG)
        befunde = found(*sauber(), neu)
        assert set(arten(befunde)) == expected
        assert all(b.sitzungen == (neu,) and b.tag == tag for b in befunde)

    @given(st.integers(1, 20))
    def test_a_body_that_always_meets_on_saturdays(self, wochen: int) -> None:
        """It may; only one that meets once on a weekend is asked whether that is meant."""
        tage = [date(2027, 1, 9) + n * 7 * TAG for n in range(wochen)]
        saturdays = [sitzung("rat/dorf", um(tag)) for tag in tage]
        assert (Befundart.WOCHENENDE in arten(found(*saturdays))) is (wochen == 1)

    @given(st.lists(st.integers(0, 4), min_size=1, max_size=12))
    def test_a_body_without_habits_has_no_unusual_weekday(self, tage: list[int]) -> None:
        """A finding is on a weekday that at most every fifth sitting has, and only from five sittings on."""
        sitzungen = [
            sitzung("rat/dorf", um(date(2027, 1, 4) + (7 * n + tag) * TAG)) for n, tag in enumerate(tage)
        ]
        unusual = {b.tag.weekday() for b in found(*sitzungen) if b.art is Befundart.WOCHENTAG}
        assert len(tage) >= 5 or not unusual
        assert sum(tage.count(tag) for tag in unusual) <= 0.2 * len(tage)


ZEITEN = st.integers(0, 20).map(lambda n: um(SAUBER[2], 8) + n * STUNDE / 2)


class TestZugleich:
    """Who or what cannot be in two places."""

    @given(ZEITEN, ZEITEN, st.booleans())
    def test_bodies_that_share_seats(self, a: datetime, b: datetime, bekannt: bool) -> None:
        """One office sits in both Bezirksvertretungen: at the same time that is an error, else nothing.

        A sitting whose end nobody knows lasts an hour at least.
        """
        ost, west = (sitzung(g, t, ende_bekannt=bekannt) for g, t in (("bv/ost", a), ("bv/west", b)))
        befunde = [x for x in found(ost, west, regeln=(IN_BEIDEN,)) if x.art is Befundart.DOPPELT_BESETZT]
        at_once = abs(a - b) < (2 if bekannt else 1) * STUNDE
        assert len(befunde) == at_once
        assert all(x.schwere is Schwere.FEHLER for x in befunde)
        assert not arten(x for x in found(ost, west) if x.art is Befundart.DOPPELT_BESETZT)

    def test_groups_sit_in_no_body(self) -> None:
        """Residents who may come to two places are no double booking; a mandate is one person like an office."""
        ost, west = (sitzung(g, um(SAUBER[2])) for g in ("bv/ost", "bv/west"))
        for art, number in ((RollenArt.GRUPPE, 0), (RollenArt.MANDAT, 1), (RollenArt.AMT, 1)):
            stadt = evolve(DORF, rollen={"amt": evolve(AMT, art=art)})
            assert len(found(ost, west, stadt=stadt, regeln=(IN_BEIDEN,))) == number

    @given(st.integers(0, 2), st.integers(0, 2), st.booleans())
    def test_seats_that_one_person_holds(self, eine: int, andere: int, allein: bool) -> None:
        """Two seats in two bodies are one person's; an office that somebody else holds too is not needed. No name."""
        rollen = {"a": evolve(AMT, id="a", ebene="bezirk"), "b": evolve(AMT, id="b", name="Leitung")}
        regeln = tuple(
            Regel(id, RegelArt.MITGLIEDSCHAFT, gremium, (id,), VORGABE)
            for id, gremium in (("a", "bv"), ("b", "rat"))
        )
        held = [Innehabung("a/ost", f"erfunden-{eine}"), Innehabung("b/dorf", f"erfunden-{andere}")]
        if not allein:
            held.append(Innehabung("b/dorf", "erfunden-9"))
        befunde = found(
            sitzung("bv/ost", um(SAUBER[2])),
            sitzung("rat/dorf", um(SAUBER[2], 18)),
            stadt=evolve(DORF, rollen=rollen),
            regeln=regeln,
            besetzung=Besetzung(tuple(held)),
        )
        assert arten(befunde) == [Befundart.DOPPELT_BESETZT] * (eine == andere and allein)
        assert "erfunden" not in str([b.was for b in befunde])

    @given(ZEITEN, ZEITEN)
    def test_one_body_twice(self, a: datetime, b: datetime) -> None:
        """It cannot sit twice at once; one after the other it may."""
        sitzungen = (sitzung("rat/dorf", a), sitzung("rat/dorf", b, key="ris:zweite"))
        assert (Befundart.DOPPELT_BESETZT in arten(found(*sitzungen))) is (abs(a - b) < 2 * STUNDE)

    def test_a_joint_sitting_is_one(self) -> None:
        """It comes once for each of its bodies, in one room, and is no finding."""
        ost = sitzung("bv/ost", um(SAUBER[2]), ort="Saal")
        west = sitzung("bv/west", um(SAUBER[2]), ort="Saal", gemeinsam=ost.key)
        assert found(ost, west, regeln=(IN_BEIDEN,)) == ()
        assert found(ost, evolve(west, gemeinsam=""), regeln=(IN_BEIDEN,)) != ()

    @given(ZEITEN, ZEITEN, st.sampled_from(["Saal 1", "saal  1", "Saal 2", ""]))
    def test_one_room(self, a: datetime, b: datetime, ort: str) -> None:
        """Two bodies in one room at once; a place nobody has named is none."""
        befunde = found(sitzung("bv/ost", a, ort="Saal 1"), sitzung("bv/west", b, ort=ort))
        same = ort.endswith("1") and abs(a - b) < 2 * STUNDE
        assert arten(befunde) == [Befundart.RAUM] * same


class TestRatsfolge:
    """The order of a council's bodies, as the city says."""

    @given(st.lists(st.integers(0, 120), min_size=1, max_size=6))
    def test_each_pause_is_one_finding(self, tage: list[int]) -> None:
        """By counting days: a finding for each sitting of the Rat that comes first after one, and too late."""
        bv = sitzung("bv/ost", um(date(2027, 1, 5)))
        rat = sorted({date(2027, 1, 5) + n * TAG for n in tage})
        befunde = [
            b
            for b in found(bv, *(sitzung("rat/dorf", um(tag, 9)) for tag in rat), ratsfolgen=(FOLGE,))
            if b.art is Befundart.RATSFOLGE
        ]
        first = next((tag for tag in rat if (tag - bv.tag).days >= 5), None)
        late = first is not None and (first - bv.tag).days > 42
        assert len(befunde) == late
        assert all((b.sitzungen[0], b.sitzungen[-1].tag) == (bv, first) for b in befunde)

    @given(st.integers(1, 6))
    def test_sittings_that_wait_together_are_one_finding(self, anzahl: int) -> None:
        bv = [sitzung("bv/ost", um(date(2027, 1, 5) + n * TAG, 9)) for n in range(anzahl)]
        (befund,) = (
            b
            for b in found(*bv, sitzung("rat/dorf", um(date(2027, 6, 1))), ratsfolgen=(FOLGE,))
            if b.art is Befundart.RATSFOLGE
        )
        assert befund.gremien == ("rat/dorf",)
        assert len(befund.sitzungen) == anzahl + 1

    def test_where_the_calendar_ends_nobody_knows(self) -> None:
        """The sitting that hears it may still be announced."""
        assert found(sitzung("bv/ost", um(date(2027, 1, 6))), ratsfolgen=(FOLGE,)) == ()


class TestFehlende:
    """A body that never meets when the programme needs it: derived from its items, not from names."""

    @pytest.mark.parametrize("seed", range(0, 20, 4))
    def test_a_year_that_has_a_plan_lacks_no_sitting(self, seed: int) -> None:
        """And one in which no sitting is left between draft and end of the year lacks just that."""
        grown = pflanze(seed)
        befunde = lint(grown.projekt, grown.jahr).befunde
        assert Befundart.FEHLENDE_SITZUNG not in arten(befunde)
        assert grown.ohne is not None
        missing = [b for b in lint(grown.ohne, grown.jahr).befunde if b.art is Befundart.FEHLENDE_SITZUNG]
        assert {b.gremien for b in missing} == {(grown.gremium,)}
        assert all(b.schwere is Schwere.FEHLER and b.grundlage for b in missing)

    def test_what_a_calendar_does_not_reach_is_not_missing(self) -> None:
        """One that ends in the summer lacks no sitting in the autumn, unless it is said to be the whole year."""
        grown = pflanze(0)
        kalender = grown.projekt.ratskalender
        until = date(grown.jahr, 6, 30)
        kept = tuple(s for s in kalender.sitzungen if s.tag <= until)
        projekt = evolve(grown.projekt, ratskalender=evolve(kalender, sitzungen=kept, bis=kept[-1].tag))
        assert Befundart.FEHLENDE_SITZUNG not in arten(lint(projekt).befunde)
        assert Befundart.FEHLENDE_SITZUNG in arten(lint(projekt, grown.jahr).befunde)


class TestStumm:
    """What a project mutes is not seen, is counted, and nothing else goes with it."""

    @given(
        st.sampled_from(Befundart),
        st.sampled_from(["", "rat/dorf", "bv/ost", "beirat", "Beirat"]),
        st.none() | st.sampled_from([FEIERTAG, date(2027, 7, 20), date(2027, 7, 24)]),
        st.booleans(),
    )
    def test_exactly_what_is_named(self, art: Befundart, gremium: str, tag: date | None, key: bool) -> None:
        """Of this kind, and of the body, day and sitting that are named."""
        feier, ferien = um(FEIERTAG), um(date(2027, 7, 20))
        neu = [sitzung(g, t) for g in ("rat/dorf", "bv/ost") for t in (feier, ferien)]
        neu.append(Ratssitzung("x:1", "x", "Beirat", "", um(date(2027, 7, 24)), um(date(2027, 7, 24), 18)))
        alle = found(*sauber(), *neu)
        stumm = Stumm(art.value, "bekannt", gremium, neu[0].key if key else "", tag)
        urteil = lint(projekt(*sauber(), *neu, stumm=(stumm,)))
        muted = [
            b
            for b in alle
            if b.art is art
            and (not gremium or gremium.casefold() in b.gremien)
            and (not key or neu[0] in b.sitzungen)
            and tag in (None, b.tag)
        ]
        assert urteil.befunde == tuple(b for b in alle if b not in muted)
        assert urteil.stumm == ((stumm, len(muted)),)

    def test_without_a_calendar(self) -> None:
        """Nothing is found, and nothing muted."""
        stumm = Stumm("ferien", "bekannt", "rat/dorf")
        assert lint(projekt(stumm=(stumm,))).stumm == ((stumm, 0),)
        assert lint(projekt()).befunde == ()


@given(st.permutations(range(12)), st.integers(2026, 2028))
def test_the_order_of_a_calendar_does_not_matter(reihe: list[int], jahr: int) -> None:
    """Findings come in an order of their own; another year has none of them."""
    faults = [sitzung("rat/dorf", um(FEIERTAG) + n * 9 * TAG) for n in range(12)]
    assume(jahr != 2027)
    kalender = projekt(*faults).ratskalender
    shuffled = evolve(kalender, sitzungen=tuple(kalender.sitzungen[n] for n in reihe))
    assert lint(projekt(ratskalender=shuffled)).befunde == lint(projekt(*faults)).befunde
    assert lint(projekt(*faults), jahr).befunde == ()
