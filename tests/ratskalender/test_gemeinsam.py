"""Joint sittings: which bodies a name or a link means, and that they sit once, together."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.ratskalender import Ausgang, Eintrag, Muster, Ratskalender, Treffer, normalisieren
from gremienplan.ratskalender.gemeinsam import heisst_gemeinsam, wer
from gremienplan.ratskalender.namen import lies_name
from gremienplan.ratskalender.zuordnung import Zuordnung
from tests.ratskalender.test_lesart import DORF

BEZIRKE = ("mitte", "nord", "süd")
MUSTER = (
    Muster("fraktion", Treffer.KEINE_SITZUNG),
    Muster(r"^(stadt|gemeinde)?rat( der stadt)?\b", Treffer.GREMIUM, "rat/dorf"),
    *(Muster(rf"\b(bezirksvertretung|bv)[ -]+{b}\b", Treffer.GREMIUM, f"bv/{b}", 120) for b in BEZIRKE),
    Muster("ausschu(ss|ß)", Treffer.ART, "ausschuss"),
    Muster("beirat|ortschaftsrat|verwaltungsrat", Treffer.ART, "ausschuss"),
)
ZUORDNUNG = Zuordnung(MUSTER)
UM_17 = datetime(2027, 3, 2, 17)
EINE = [
    "Bau- und Verkehrsausschuss",
    "Ausschuss für Umwelt und Klima",
    "Ausschuss für Umwelt-, Klima- und Naturschutz",
    "Haupt-, Finanz- und Beschwerdeausschuss",
    "Ausschuss für Schule, Kultur und Sport",
    "Ausschuss für Wahlen und Beiratsfragen",
    "Ausschuss für Kinder & Familien",
    "Beirat für Menschen mit Behinderungen",
    "Rat der Stadt, Haushalt",
    "Rat (Haushalt und Ausschussbesetzung)",
    "Beirat Gemeinsam leben und wohnen",
    "Ausschuss für gemeinsame Planung und Bau",
]
"""Bodies whose own names have an "und", a comma or an "&"."""


def bodies(name: str, *gremien: str, bekannt: tuple[str, ...] = ()) -> list[str]:
    return [k.kennung for k in wer(lies_name(name).name, gremien, ZUORDNUNG, bekannt).koerper]


def eintrag(name: str, **werte: Any) -> Eintrag:
    return evolve(Eintrag("ris", "", name, UM_17, UM_17 + timedelta(hours=2)), **werte)


def lies(*eintraege: Eintrag) -> Ratskalender:
    return normalisieren(eintraege, MUSTER, DORF)


def arten(kalender: Ratskalender) -> dict[str, int]:
    counted: dict[str, int] = {}
    for h in kalender.hinweise:
        counted[h.art] = counted.get(h.art, 0) + h.anzahl
    return counted


class TestNames:
    @pytest.mark.parametrize("name", EINE)
    def test_an_und_inside_the_name_of_one_body_cuts_nothing(self, name: str) -> None:
        """Known bodies decide: what follows the "und" is none."""
        assert len(bodies(name)) == 1
        assert not heisst_gemeinsam(name)

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            (
                "Gemeinsame Sitzung BV-Süd, Bau- und Verkehrsausschuss und BV-Mitte",
                "bv/süd bau-und-verkehrsausschuss bv/mitte",
            ),
            (
                "Gemeinsame Sitzung des Schulausschusses und des Sportausschusses",
                "schulausschuss sportausschuss",
            ),
            ("Sportausschuss + Schulausschuss", "sportausschuss schulausschuss"),
            ("Sportausschuss u. Schulausschuss", "sportausschuss schulausschuss"),
            (
                "Gemeinsame Sitzung von Sportausschuss, Schulausschuss sowie Rat",
                "sportausschuss schulausschuss rat/dorf",
            ),
            (
                "2. gemeinsame Sitzung der Bezirksvertretungen Mitte und Süd",
                "bv/mitte bv/süd",
            ),
            (
                "Bezirksvertretungen Mitte und Süd",
                "bv/mitte bv/süd",
            ),
            (
                "BV Mitte, Nord und Süd",
                "bv/mitte bv/nord bv/süd",
            ),
            (
                "Haupt- und Finanzausschuss und Rat",
                "haupt-und-finanzausschuss rat/dorf",
            ),
            (
                "Planungsausschuss/Ausschuss für Umwelt und Gesundheit/Naturschutzbeirat",
                "planungsausschuss ausschuss-fuer-umwelt-und-gesundheit naturschutzbeirat",
            ),
            (
                "Personalausschuss gemeinsam mit dem Verwaltungsrat für Musik - Sondersitzung",
                "personalausschuss verwaltungsrat-fuer-musik",
            ),
            (
                "Gemeinsame Sitzung Jugendhilfe- Sozialausschuss",
                "jugendhilfeausschuss sozialausschuss",
            ),
            (
                "Ausschüsse für Schule und Kultur",
                "ausschuss-fuer-schule ausschuss-fuer-kultur",
            ),
            (
                "Sondersitzung des Schulausschusses",
                "schulausschuss",
            ),
            (
                "Schulausschuss (Sondersitzung)",
                "schulausschuss",
            ),
        ],
    )
    def test_several_bodies_are_each_found(self, name: str, expected: str) -> None:
        """Lists, plurals, articles with their genitive, "gemeinsam mit": each body under its own name."""
        assert bodies(name) == expected.split()

    def test_bodies_with_entries_of_their_own_tell_one_long_name_from_two_short_ones(self) -> None:
        name = "Gemeinsame Sitzung Bau- und Verkehrsausschuss und Rat"
        assert bodies(name) == ["bau-und-verkehrsausschuss", "rat/dorf"]
        both = ("bauausschuss", "verkehrsausschuss")
        assert bodies(name, bekannt=both) == [*both, "rat/dorf"]
        assert bodies(name, bekannt=(*both, "bau-und-verkehrsausschuss"))[0] == "bau-und-verkehrsausschuss"

    def test_a_pattern_for_the_whole_name_decides(self) -> None:
        """A city that gives its joint sitting a pattern of its own is obeyed."""
        own = Muster("^gemeinsame sitzung rat und sportausschuss$", Treffer.GREMIUM, "runde/dorf")
        found = wer("Gemeinsame Sitzung Rat und Sportausschuss", (), Zuordnung([own, *MUSTER]), ())
        assert [k.kennung for k in found.koerper] == ["runde/dorf"]

    @given(st.lists(st.sampled_from(["Rat", "BV Nord", *EINE[:4]]), min_size=2, max_size=4, unique=True))
    def test_a_list_of_bodies_is_these_bodies(self, namen: list[str]) -> None:
        """Whatever bodies are listed, in any order, with commas and a last "und"."""
        liste = " und ".join([", ".join(namen[:-1]), namen[-1]])
        expected = [bodies(name)[0] for name in namen]
        assert bodies(f"Gemeinsame Sitzung {liste}") == expected

    @given(
        st.text(alphabet="Rat BVNord,und-/()Ausschuss", max_size=60),
        st.lists(st.text(max_size=10), max_size=2),
    )
    def test_any_text_is_read_and_no_body_comes_twice(self, name: str, gremien: list[str]) -> None:
        found = bodies(name, *gremien)
        assert len(found) == len(set(found))


class TestLinks:
    """OParl links the bodies of a meeting; iCalendar and tables do not."""

    def test_linked_bodies_come_in_their_order_and_the_name_may_add_some(self) -> None:
        assert bodies("SI/0507/20", "Schulausschuss", "BV Mitte") == ["schulausschuss", "bv/mitte"]
        assert bodies("Gemeinsame Sitzung Jugendhilfe- Sozialausschuss", "Jugendhilfeausschuss") == [
            "jugendhilfeausschuss",
            "sozialausschuss",
        ]

    def test_a_linked_body_decides_over_a_title(self) -> None:
        """Also over the name a body had before it was renamed."""
        assert bodies("Ausschuss für Bauanträge - Neudorf", "Ortschaftsrat Neudorf") == [
            "ortschaftsrat-neudorf"
        ]
        assert bodies("Haushalt 2027", "Rat der Stadt") == ["rat/dorf"]

    def test_a_link_that_no_pattern_knows_leaves_the_name_to_decide(self) -> None:
        assert bodies("Sportausschuss", "54872") == ["sportausschuss"]

    def test_a_linked_name_is_not_cut(self) -> None:
        name = "Sportausschuss und Schulausschuss"
        assert bodies(name, name) == ["sportausschuss-und-schulausschuss"]

    def test_an_entry_that_is_only_numbered_gets_the_name_of_its_body(self) -> None:
        kalender = lies(eintrag("SI/0507/20", gremien=("3. Sitzung des Schulausschusses",)))
        assert kalender.sitzungen[0].name == "Schulausschuss"
        assert arten(kalender) == {"name-vom-gremium": 1}


class TestSittings:
    def test_a_joint_sitting_occupies_each_of_its_bodies_once(self) -> None:
        """One time, one place, one shared identity; the leading body has the entry's own."""
        kalender = lies(
            eintrag("Gemeinsame Sitzung BV-Süd, Sportausschuss und BV-Mitte", kennung="7", ort="Aula")
        )
        assert {s.gremium: s.key for s in kalender.sitzungen} == {
            "bv/süd": "ris:7",
            "sportausschuss/dorf": "ris:7+sportausschuss/dorf",
            "bv/mitte": "ris:7+bv/mitte",
        }
        assert {(s.beginn, s.ende, s.ort, s.gemeinsam, s.zusammen) for s in kalender.sitzungen} == {
            (UM_17, UM_17 + timedelta(hours=2), "Aula", "ris:7", "ris:7")
        }
        assert arten(kalender) == {"gemeinsam": 1}
        assert [a.id for a in kalender.ausschuesse] == ["sportausschuss/dorf"]

    @pytest.mark.parametrize(
        "reihe", list(permutations(("BV-Süd", "Bau- und Verkehrsausschuss", "BV-Mitte")))
    )
    def test_separate_entries_with_permuted_names_are_one_sitting(self, reihe: tuple[str, ...]) -> None:
        """Three entries, three identities, one sitting of three bodies."""
        entries = [
            eintrag(f"Gemeinsame Sitzung {a}, {b} und {c}", kennung=str(n))
            for n, (a, b, c) in enumerate(
                [reihe, (reihe[1], reihe[0], reihe[2]), (reihe[2], reihe[0], reihe[1])]
            )
        ]
        kalender = lies(*entries)
        assert sorted(s.gremium for s in kalender.sitzungen) == [
            "bau-und-verkehrsausschuss/dorf",
            "bv/mitte",
            "bv/süd",
        ]
        assert {s.gemeinsam for s in kalender.sitzungen} == {"ris:0"}
        assert arten(kalender) == {"gemeinsam": 1, "doppelt": 2}
        assert [v.ausgang for v in kalender.verbleib] == [
            Ausgang.SITZUNG,
            Ausgang.EINGEGANGEN,
            Ausgang.EINGEGANGEN,
        ]

    def test_one_entry_for_each_body_and_a_joint_one_are_one_sitting(self) -> None:
        kalender = lies(
            eintrag("Rat"), eintrag("Sportausschuss"), eintrag("Gemeinsame Sitzung Rat und Sportausschuss")
        )
        assert len({s.zusammen for s in kalender.sitzungen}) == 1
        assert len(kalender.sitzungen) == 2

    def test_permuted_names_of_bodies_nobody_knows_are_one_too(self) -> None:
        kalender = lies(
            eintrag("Gemeinsame Sitzung Kreistag und Runde"), eintrag("Gemeinsame Sitzung Runde und Kreistag")
        )
        assert len(kalender.sitzungen) == 1

    def test_the_end_nobody_knows_is_that_of_the_longest_body(self) -> None:
        """The Rat 240 minutes, the Bezirksvertretung 120: all are busy for 240."""
        kalender = lies(eintrag("Gemeinsame Sitzung BV Mitte und Rat", ende=None))
        assert {s.ende for s in kalender.sitzungen} == {UM_17 + timedelta(minutes=240)}

    def test_without_an_identity_each_body_has_day_and_number(self) -> None:
        kalender = lies(eintrag("BV Mitte und Rat"))
        assert {s.key for s in kalender.sitzungen} == {"bv/mitte:2027-03-02:1", "rat/dorf:2027-03-02:1"}
        assert {s.gemeinsam for s in kalender.sitzungen} == {"bv/mitte:2027-03-02:1"}

    def test_a_joint_sitting_of_which_one_body_is_known_is_said(self) -> None:
        kalender = lies(eintrag("Gemeinsame Sitzung mit dem Kreistag", gremien=("Rat der Stadt",)))
        assert [s.gremium for s in kalender.sitzungen] == ["rat/dorf"]
        assert kalender.sitzungen[0].gemeinsam == ""
        assert arten(kalender) == {"gemeinsam-unklar": 1}

    @pytest.mark.parametrize(
        ("name", "gremien"),
        [
            ("Gemeinsame Sitzung Kreistag, Rat und BV Mitte", ()),
            ("Sitzung in der Kreisstadt", ("Rat der Stadt", "BV Mitte", "Kreistag")),
        ],
    )
    def test_a_body_of_another_county_beside_ours_is_said(self, name: str, gremien: tuple[str, ...]) -> None:
        """Ours are busy; that there is a third one is worth a look."""
        kalender = lies(eintrag(name, gremien=gremien))
        assert {s.gremium for s in kalender.sitzungen} == {"rat/dorf", "bv/mitte"}
        assert arten(kalender) == {"gemeinsam": 1, "gemeinsam-unklar": 1}

    def test_a_cancelled_joint_sitting_frees_all_its_bodies(self) -> None:
        assert not lies(eintrag("ENTFÄLLT - Gemeinsame Sitzung Rat und BV Mitte")).sitzungen

    def test_other_bodies_at_the_same_time_are_other_sittings(self) -> None:
        kalender = lies(
            eintrag("BV Mitte"), eintrag("BV Nord"), eintrag("Rat", beginn=UM_17 + timedelta(days=1))
        )
        assert [s.gemeinsam for s in kalender.sitzungen] == ["", "", ""]


class TestSplit:
    def test_two_parts_of_one_day_both_count_and_the_first_ends_where_the_second_begins(self) -> None:
        """15:03 and 17:55: an assumed end must not make a member miss the second part."""
        erst, dann = datetime(2027, 2, 24, 15, 3), datetime(2027, 2, 24, 17, 0)
        kalender = lies(
            eintrag("BV Mitte", beginn=erst, ende=None), eintrag("BV-Mitte", beginn=dann, ende=None)
        )
        assert [(s.beginn, s.ende) for s in kalender.sitzungen] == [
            (erst, min(dann, erst + timedelta(hours=2))),
            (dann, dann + timedelta(hours=2)),
        ]
        assert arten(kalender)["geteilt"] == 1

    def test_a_known_end_stays(self) -> None:
        kalender = lies(eintrag("BV Mitte"), eintrag("BV Mitte", beginn=UM_17 + timedelta(hours=1)))
        assert kalender.sitzungen[0].ende == UM_17 + timedelta(hours=2)


class TestVanished:
    """An entry of an earlier reading that the source has no more: not free until somebody says so."""

    def test_it_still_blocks_and_is_said(self) -> None:
        kalender = lies(eintrag("Rat", kennung="alt", status="VERSCHWUNDEN"))
        assert [(s.key, s.verschwunden) for s in kalender.sitzungen] == [("ris:alt", True)]
        assert arten(kalender) == {"verschwunden": 1}

    def test_one_that_came_again_with_another_identity_is_the_same_sitting(self) -> None:
        """The new entry counts, whatever the order of the identities; only the remark tells of the old one."""
        for neu in ("a", "z"):
            kalender = lies(
                eintrag("Rat", kennung="m", status="VERSCHWUNDEN", ende=UM_17 + timedelta(hours=9)),
                eintrag("Rat der Stadt", kennung=neu),
            )
            assert [(s.key, s.verschwunden, s.ende) for s in kalender.sitzungen] == [
                (f"ris:{neu}", False, UM_17 + timedelta(hours=2))
            ]
            assert arten(kalender) == {"neue-kennung": 1}

    def test_one_that_vanished_makes_no_two_sittings_into_one(self) -> None:
        weg = eintrag("Gemeinsame Sitzung Rat und BV Mitte", status="VERSCHWUNDEN")
        kalender = lies(weg, eintrag("Rat"), eintrag("BV Mitte"))
        assert [s.gemeinsam for s in kalender.sitzungen] == ["", ""]


def test_one_name_for_a_body_whatever_it_was_called() -> None:
    """A renamed body stays one where the pattern gives its name."""
    renamed = Muster("digital", Treffer.ART, "ausschuss", name="Digitalausschuss")
    entries = [
        eintrag("Ausschuss für Digitalisierung und Zukunft"),
        eintrag("Digitalausschuss", beginn=date(2027, 3, 9)),
    ]
    kalender = normalisieren(entries, (renamed, *MUSTER), DORF)
    assert [a.name for a in kalender.ausschuesse] == ["Digitalausschuss"]
    assert {s.gremium for s in kalender.sitzungen} == {"digitalausschuss/dorf"}
