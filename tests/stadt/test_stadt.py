"""A city on its days: what it is when, which names mean what, and the join."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from gremienplan.orte import Ort
from gremienplan.quellen import Merkmal
from gremienplan.stadt import Benennung, Gebiet, Gremium, Sitz, Stadt, Verlauf, fold, gilt
from tests.jahr.muster import ORTE, OST, RUNDE, STADT, TEXT, WEST

A, B, C = date(2027, 3, 31), date(2027, 4, 1), date(2027, 8, 1)


def without(key: str) -> dict[str, Gremium]:
    return {id: g for id, g in STADT.gremien.items() if id != key}


def three(**middle: Any) -> tuple[Stadt, ...]:
    """The city until 31 March 2027, from 1 April to 31 July, and after it; the middle with what is said of it."""
    spans = [(None, A, {}), (B, date(2027, 7, 31), middle), (C, None, {})]
    return Verlauf(
        tuple(evolve(STADT, gueltig_ab=ab, gueltig_bis=bis, **more) for ab, bis, more in spans)
    ).fassungen


@pytest.mark.parametrize(
    ("ab", "bis", "holds"),
    [(None, None, True), (B, None, True), (None, B, True), (B, B, True), (C, None, False), (None, A, False)],
)
def test_both_ends_belong_to_the_days_on_which_something_holds(
    ab: date | None, bis: date | None, holds: bool
) -> None:
    assert gilt(ab, bis, B) is holds


class TestTage:
    def test_the_city_of_a_day_is_that_of_the_span_it_lies_in(self) -> None:
        fassungen = three(name="Mitte")
        for of in fassungen:
            for tag, n in ((date.min, 0), (A, 0), (B, 1), (date(2027, 7, 31), 1), (C, 2), (date.max, 2)):
                assert of.am(tag) == fassungen[n]
        assert STADT.am(A) is STADT
        assert fassungen[1].am(B) is fassungen[1]

    def test_a_city_that_knows_of_no_other_days_is_itself_on_every_day(self) -> None:
        alone = evolve(STADT, gueltig_ab=B, gueltig_bis=B)
        assert all(alone.am(tag) is alone for tag in (A, B, C))

    @pytest.mark.parametrize(
        ("von", "bis", "spans"),
        [
            (A, A, [0]),
            (A, B, [0, 1]),
            (B, date(2027, 7, 31), [1]),
            (B, C, [1, 2]),
            (C, C, [2]),
            (date(2026, 1, 1), date(2028, 1, 1), [0, 1, 2]),
        ],
    )
    def test_between_two_days_it_is_what_it_is_on_any_of_them(
        self, von: date, bis: date, spans: list[int]
    ) -> None:
        fassungen = three()
        assert fassungen[2].zwischen(von, bis) == tuple(fassungen[n] for n in spans)
        assert STADT.zwischen(von, bis) == (STADT,)

    def test_a_gremium_between_two_days_is_as_on_the_first_of_them(self) -> None:
        titled = evolve(STADT.gremien["runde/ost"], titel="Ostrunde")
        city = three(gremien={**without("runde/west"), "runde/ost": titled})[0]
        assert city.gremien_zwischen(A, B) == STADT.gremien
        assert city.gremien_zwischen(B, B) == {**without("runde/west"), "runde/ost": titled}
        found = city.gremien_zwischen(B, C)
        assert found["runde/ost"] == titled
        assert found["runde/west"] == STADT.gremien["runde/west"]

    def test_a_gremium_of_a_day(self) -> None:
        """None on days without it; and what the city never has is left as it is."""
        titled = evolve(STADT.gremien["runde/ost"], titel="Ostrunde")
        city = three(gremien={**without("runde/west"), "runde/ost": titled})[0]
        west, ost = STADT.gremien["runde/west"], STADT.gremien["runde/ost"]
        assert city.gremium_am(west, A) == west
        assert city.gremium_am(west, B) is None
        assert city.gremium_am(ost, B) == titled
        assert city.gremium_am(titled, A) == ost
        made = Gremium(RUNDE, Gebiet("konf", "fern", "Fern", frozenset({"9"})))
        assert city.gremium_am(made, B) is made

    def test_further_deputies_on_every_day_with_both_sitze(self) -> None:
        """They come before the city's own, which stay."""
        rollen = {id: r for id, r in STADT.rollen.items() if id != "mandat"}
        given = {"amt/ost": "mandat/muster", "amt/west": "amt/ost", "nie/da": "amt/ost"}
        own = {"amt/west": "leitung/muster", "leitung/muster": "amt/west"}
        here = evolve(STADT, vertretungen=own)
        assert here.mit_vertretungen(given).vertretungen == {
            "amt/west": "amt/ost",
            "leitung/muster": "amt/west",
            "amt/ost": "mandat/muster",
        }
        two = evolve(STADT, rollen={id: STADT.rollen[id] for id in ("leitung", "mandat")})
        everybody = {"leitung/muster": "mandat/muster"}
        assert two.mit_vertretungen(everybody).vertretungen["leitung/muster"] == "mandat/muster"
        for n, fassung in enumerate(three(rollen=rollen)):
            city = fassung.mit_vertretungen(given)
            assert (city.gueltig_ab, city.gueltig_bis) == (fassung.gueltig_ab, fassung.gueltig_bis)
            expected = {"amt/west": "amt/ost"} | ({} if n == 1 else {"amt/ost": "mandat/muster"})
            assert city.vertretungen == expected
            assert city.am(B).vertretungen == {"amt/west": "amt/ost"}
            assert city.am(C).vertretungen == {"amt/west": "amt/ost", "amt/ost": "mandat/muster"}


class TestVerbindung:
    """The join: what shares an atom with a Gebiet."""

    def test_a_rolle_means_the_sitze_that_touch_and_a_slash_the_one_sitz(self) -> None:
        for eintrag, gebiet, ids in (
            ("amt", WEST, ["amt/west"]),
            ("amt", STADT.gebiete[0], ["amt/west", "amt/ost"]),
            ("amt/ost", WEST, ["amt/ost"]),
            ("amt/nord", WEST, []),
            ("nie", WEST, []),
        ):
            assert [s.id for s in STADT.sitze_von(eintrag, gebiet)] == ids

    def test_gremien_and_orte_are_those_that_touch(self) -> None:
        assert [g.id for g in STADT.gremien_von("beirat", WEST)] == ["beirat/west"]
        assert [g.id for g in STADT.gremien_von("rat", WEST)] == ["rat/muster"]
        assert STADT.gremien_von("nie", WEST) == ()
        assert [o.id for o in STADT.orte_von(STADT.gremien["runde/west"])] == ["aula", "halle", "keller"]
        assert [o.id for o in STADT.orte_von(STADT.gremien["runde/ost"])] == ["halle", "keller"]
        assert STADT.orte_von(STADT.gremien["kreis/muster"]) == ()
        other = evolve(STADT, orte={"x": Ort("x", "X", "büro", "konf/west"), **STADT.orte})
        assert "x" not in [o.id for o in other.orte_von(STADT.gremien["runde/west"])]

    def test_levels_have_their_gebiete(self) -> None:
        assert STADT.gebiete_von("konf") == (WEST, OST)
        assert STADT.gebiete_von("nie") == ()
        assert WEST.touches(STADT.gebiete[0])
        assert not WEST.touches(OST)

    def test_sitze_and_gremien_are_their_ids(self) -> None:
        assert str(STADT.sitze["amt/west"]) == "amt/west"
        assert str(STADT.gremien["runde/west"]) == "runde/west"


class TestNamen:
    def test_a_sitz_is_named_with_its_gebiet_unless_it_is_of_the_whole_city(self) -> None:
        assert STADT.sitz_name(STADT.sitze["amt/ost"]) == "Amt Ost"
        assert STADT.sitz_name(STADT.sitze["leitung/muster"]) == "Leitung"
        assert STADT.sitz_name(Sitz(STADT.rollen["amt"], STADT.gebiete[0])) == "Amt"

    def test_a_gremium_is_named_by_its_title_its_name_or_both(self) -> None:
        west, kreis = STADT.gremien["runde/west"], STADT.gremien["kreis/muster"]
        assert STADT.gremium_name(west) == "Runde West"
        assert STADT.gremium_name(kreis) == "Kreis"
        assert STADT.gremium_name(evolve(west, titel="Tisch")) == "Tisch"
        added = evolve(RUNDE, titel_ergaenzt=Merkmal(TEXT))
        assert STADT.gremium_name(evolve(west, art=added, titel="Tisch")) == "Tisch – Runde West"
        assert STADT.gremium_name(evolve(west, art=added)) == "Runde West"

    @pytest.mark.parametrize(
        ("name", "folded"),
        [
            ("Alt-Stadt", "alt stadt"),
            ("  alt  –  STADT ", "alt stadt"),
            ("Größe", "grösse"),
            ("ﬁx", "fix"),
            ("Süd", "süd"),
        ],
    )
    def test_names_are_compared_folded(self, name: str, folded: str) -> None:
        assert fold(name) == folded

    def test_a_name_means_what_is_called_so_on_that_day(self) -> None:
        """Without a day on any; with one, by the city and the name of that day."""
        named = {
            fold("Alte Halle"): (Benennung("halle", None, A),),
            fold("Saal"): (Benennung("aula"), Benennung("halle", C)),
        }
        city = evolve(STADT, namen=named)
        assert city.resolve("alte-halle") == ("halle",)
        assert city.resolve("Alte Halle", A) == ("halle",)
        assert city.resolve("Alte Halle", B) == ()
        assert city.resolve("SAAL") == ("aula", "halle")
        assert city.resolve("Saal", B) == ("aula",)
        assert city.resolve("Saal", C) == ("aula", "halle")
        assert city.resolve("niemand") == ()
        moved = three(orte={**STADT.orte, "halle": evolve(ORTE[1], name="Scheune")})[0]
        assert moved.resolve("Scheune") == ("halle",)
        assert moved.resolve("Scheune", A) == ()
        assert moved.resolve("Scheune", B) == ("halle",)
        assert moved.resolve("Halle") == ("halle",)
