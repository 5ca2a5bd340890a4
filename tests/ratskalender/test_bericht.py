"""The report on an import: everything that was read is in it, once, under what became of it."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.loading import ics
from gremienplan.ratskalender import (
    ARTEN,
    GERATEN,
    Ausgang,
    Einfuhr,
    Eintrag,
    Ende,
    Mangel,
    Muster,
    Quellbericht,
    Ratskalender,
    Stand,
    Treffer,
    Verlust,
    bericht,
    normalisieren,
)
from tests.ratskalender import karlsruhe
from tests.ratskalender.test_lesart import DORF, EINTRAEGE, MUSTER

AM = datetime(2027, 1, 10, 8)
UM_17 = datetime(2027, 3, 2, 17)
STADT = (
    Muster("infoveranstaltung|arbeitstreffen|empfang", Treffer.KEINE_SITZUNG),
    Muster(r"^(gemeinde)?rat\b", Treffer.GREMIUM, "rat/dorf"),
    Muster("ausschuss|beirat|ortschaftsrat|verwaltungsrat", Treffer.ART, "ausschuss"),
)
"""Patterns of a city made for these tests."""


def einfuhr(quelle: str, eintraege: tuple[Eintrag, ...], *verluste: Verlust) -> Einfuhr:
    return Einfuhr(quelle, "ics", f"{quelle}.ics", AM, "0" * 16, eintraege, verluste)


def one(
    eintraege: tuple[Eintrag, ...], muster: tuple[Muster, ...] = STADT
) -> tuple[Quellbericht, Ratskalender]:
    kalender = normalisieren(eintraege, muster, DORF)
    (quelle,) = bericht([einfuhr(eintraege[0].quelle, eintraege)], kalender).quellen
    return quelle, kalender


def kinds(quelle: Quellbericht) -> dict[str, int]:
    return {posten.art: posten.anzahl for posten in quelle.posten}


class TestLaws:
    @given(EINTRAEGE, st.randoms(use_true_random=False))
    def test_every_entry_is_counted_once(self, eintraege: list[Eintrag], zufall: random.Random) -> None:
        """By what became of it, and by its end; each source by itself, in any order."""
        quellen = {q: tuple(e for e in eintraege if e.quelle == q) for q in ("a", "b")}
        zufall.shuffle(eintraege)
        kalender = normalisieren(eintraege, MUSTER, DORF)
        made = bericht([einfuhr(q, es) for q, es in quellen.items()], kalender)
        for found in made.quellen:
            n = len(quellen[found.quelle])
            assert found.eintraege == n
            assert sum(anzahl for _, anzahl in found.ausgaenge) == n
            assert sum(anzahl for _, anzahl in found.enden) == n
        assert sum(found.sitzungen for found in made.quellen) == len({s.zusammen for s in kalender.sitzungen})
        bodies = Counter(s.gremium for s in kalender.sitzungen if s.gremium)
        counted: Counter[str] = Counter()
        for found in made.quellen:
            counted.update({id_: zahl for id_, _, zahl in found.gremien})
        assert counted == bodies

    @given(EINTRAEGE)
    def test_every_remark_stands_in_it_and_guesses_are_its_guesses(self, eintraege: list[Eintrag]) -> None:
        kalender = normalisieren(eintraege, MUSTER, DORF)
        made = bericht([einfuhr(q, ()) for q in ("a", "b")], kalender)
        told = [h for q in made.quellen for posten in q.posten for h in posten.hinweise]
        assert sorted(told, key=str) == sorted(kalender.hinweise, key=str)
        assert {h.art for h in made.geraten} == {h.art for h in kalender.hinweise} & GERATEN

    def test_a_calendar_may_hold_more_than_was_read_now(self) -> None:
        eintraege = (Eintrag("a", "1", "Rat", UM_17), Eintrag("b", "1", "Rat", UM_17 + timedelta(days=1)))
        (found,) = bericht([einfuhr("b", eintraege[1:])], normalisieren(eintraege, STADT, DORF)).quellen
        assert (found.quelle, found.sitzungen, found.eintraege) == ("b", 1, 1)


class TestContent:
    def test_losses_keep_their_place(self) -> None:
        lost = Verlust(Mangel.OHNE_BEGINN, "17", "Rat")
        (found,) = bericht([einfuhr("a", (), lost)], Ratskalender()).quellen
        assert found.verluste == (lost,)
        assert (found.von, found.bis, found.sitzungen) == (None, None, 0)

    def test_a_body_has_its_own_name_not_that_of_a_joint_sitting(self) -> None:
        """Where it never sits alone, its id."""
        rat, joint = (
            Eintrag("a", "1", "Rat", UM_17),
            Eintrag("a", "2", "Gemeinsame Sitzung Rat und Sportausschuss", UM_17),
        )
        found, _ = one(
            (evolve(rat, beginn=UM_17 - timedelta(days=7)), joint, evolve(joint, kennung="3", beginn=AM))
        )
        assert found.gremien == (("rat/dorf", "Rat", 3), ("sportausschuss/dorf", "Sportausschuss", 2))
        found, _ = one((joint,))
        assert ("rat/dorf", "rat/dorf", 1) in found.gremien
        assert found.sitzungen == 1

    def test_kinds_come_with_the_most_entries_first(self) -> None:
        eintraege = (
            *(Eintrag("a", str(n), "Runde", UM_17 + timedelta(days=n)) for n in range(2)),
            Eintrag("a", "9", "Kreis", UM_17),
        )
        found, _ = one(eintraege)
        guessed = found.von_stand(Stand.GERATEN)
        assert [[h.name for h in posten.hinweise] for posten in guessed] == [["Runde", "Kreis"]] * 2
        assert [posten.art for posten in guessed] == ["unbekanntes-gremium", "ende-unbekannt"]

    @pytest.mark.parametrize(
        ("beginn", "ende", "genau"),
        [
            (UM_17, UM_17 + timedelta(minutes=67), 1),
            (UM_17 + timedelta(minutes=3), None, 1),
            (UM_17, UM_17 + timedelta(minutes=65), 0),
            (UM_17, datetime(2027, 3, 2, 23, 59), 0),
            (date(2027, 3, 2), None, 0),
        ],
    )
    def test_times_nobody_plans_were_taken_down_afterwards(
        self, beginn: datetime | date, ende: datetime | None, genau: int
    ) -> None:
        assert one((Eintrag("a", "1", "Rat", beginn, ende),))[0].minutengenau == genau

    def test_every_kind_is_a_guess_or_left_out_or_only_told(self) -> None:
        """What was left out is left out for a reason that stands there; what depends on us is a guess."""
        assert {"ende-unbekannt", "unbekanntes-gremium", "zeit-unbekannt", "platzhalter"} <= GERATEN
        assert not GERATEN & {
            "abgesagt",
            "keine-sitzung",
            "kein-gremium",
            "schriftlich",
            "doppelt",
            "gemeinsam",
        }
        ausgelassen = {art for art, stand in ARTEN.items() if stand is Stand.AUSGELASSEN}
        assert ausgelassen <= {ausgang.value for ausgang in Ausgang}


def real(pfad: str) -> Path:
    path = karlsruhe.DATEN / pfad
    if not path.exists():
        pytest.skip("the real exports of ../shared are not beside this repository")
    return path


class TestRealExports:
    """The numbers of their README."""

    def test_iserlohn(self) -> None:
        found, kalender = one(ics.read(real("ics_allris_iserlohn/alle.ics"), "Europe/Berlin"))
        assert (found.eintraege, found.sitzungen, len(found.gremien)) == (96, 95, 20)
        assert (found.von, found.bis) == (date(2025, 12, 2), date(2026, 12, 15))
        assert dict(found.enden) == {Ende.BEKANNT: 12, Ende.MITTERNACHT: 84}
        assert found.ohne_ort == 14
        assert kinds(found) == {"ende-unbekannt": 83, "abgesagt": 1}
        assert len({s.gremium for s in kalender.sitzungen}) == 20

    def test_karlsruhe(self) -> None:
        """58 meetings: 3 are none, one is of 1989, and four are of several bodies."""
        real("oparl_somacos_karlsruhe")
        eintraege = karlsruhe.einfuhr().eintraege
        found, kalender = one(eintraege)
        assert (found.eintraege, found.sitzungen) == (58, 54)
        assert dict(found.ausgaenge) == {
            Ausgang.SITZUNG: 54,
            Ausgang.KEINE_SITZUNG: 3,
            Ausgang.PLATZHALTER: 1,
        }
        assert dict(found.enden) == {
            Ende.BEKANNT: 25,
            Ende.MITTERNACHT_DAVOR: 19,
            Ende.GLEICH_BEGINN: 1,
            Ende.ZU_LANG: 3,
            Ende.OHNE_UHRZEIT: 10,
        }
        assert kinds(found) == {
            "unbekanntes-gremium": 1,
            "ende-unbekannt": 19,
            "zeit-unbekannt": 7,
            "lang": 3,
            "platzhalter": 1,
            "keine-sitzung": 3,
            "gemeinsam": 4,
        }
        joint = Counter(s.zusammen for s in kalender.sitzungen if s.gemeinsam)
        assert sorted(joint.values()) == [2, 2, 2, 3]

    def test_wesel(self) -> None:
        """Four sittings with ends; the places lose their last comma and nothing else."""
        found, kalender = one(ics.read(real("ics_sdnet_wesel/termine.ics"), "Europe/Berlin"))
        assert (found.eintraege, found.sitzungen, found.ohne_ort, found.minutengenau) == (4, 4, 0, 2)
        assert kinds(found) == {}
        assert not any(s.ort.endswith(",") for s in kalender.sitzungen)
        assert all("Wesel" in s.ort for s in kalender.sitzungen)


def test_a_body_that_only_sits_together_with_others_has_its_name() -> None:
    """Its id is for machines."""
    eintrag = Eintrag("a", "1", "Gemeinsame Sitzung Gemeinderat und Sportausschuss", UM_17)
    kalender = normalisieren((eintrag,), STADT, DORF)
    gelesen = [einfuhr("a", (eintrag,))]
    (quelle,) = bericht(gelesen, kalender, {"rat/dorf": "Rat des Dorfes"}).quellen
    assert ("rat/dorf", "Rat des Dorfes", 1) in quelle.gremien
