"""A ledger is judged as a whole: states by force, carriers that exist, nothing left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.coverage import Deckung, Eintrag, Stand, Traeger, bilanz, problems, summe
from gremienplan.quellen import Auslegung, Fundstelle, Katalog, Quelle

KRAEFTE = ("def", "hard", "cond", "soft", "info")
TRAEGER = "regel.eine"
LESART = "LES-1"


def katalog(stellen: Iterable[Fundstelle]) -> Katalog:
    return Katalog(
        {"q": Quelle("q", "Quelle")},
        {stelle.id: stelle for stelle in stellen},
        {LESART: Auslegung(LESART, "Was?", "So.")},
    )


def deckung(eintraege: Iterable[Eintrag], zitiert: frozenset[str] = frozenset()) -> Deckung:
    traeger = {
        TRAEGER: Traeger(TRAEGER, ("regeln.toml",)),
        "regel.zwei": Traeger("regel.zwei", ("regeln.toml",), zitiert),
    }
    return Deckung("deckung.toml", {eintrag.id: eintrag for eintrag in eintraege}, traeger)


def stelle(kennung: str, kraft: str = "hard", abschnitt: str = "1") -> Fundstelle:
    return Fundstelle(kennung, "q", abschnitt, kraft=kraft)


def right(kennung: str, stand: Stand) -> Eintrag:
    """Return an entry that has everything its state can ask for."""
    match stand:
        case Stand.UMGESETZT:
            return Eintrag(kennung, stand, durch=(TRAEGER,))
        case Stand.OFFEN:
            return Eintrag(kennung, stand, auslegung=(LESART,))
        case _:
            return Eintrag(kennung, stand, durch=(TRAEGER,), weil="darum")


def said(katalog_: Katalog, deckung_: Deckung) -> list[tuple[str, str]]:
    return [(p.pfad, str(p.meldung)) for p in problems(katalog_, deckung_)]


@pytest.mark.parametrize("kraft", KRAEFTE)
@pytest.mark.parametrize("stand", Stand)
def test_which_force_allows_which_state(stand: Stand, kraft: str) -> None:
    """What binds is encoded or open; a definition may be informational, information may be out of scope."""
    allowed = {
        Stand.UMGESETZT: set(KRAEFTE),
        Stand.OFFEN: set(KRAEFTE),
        Stand.ZUR_KENNTNIS: {"def", "info"},
        Stand.AUSSERHALB: {"info"},
    }[stand]
    found = said(katalog([stelle("A-1", kraft)]), deckung([right("A-1", stand)]))
    wrong = [("A-1.stand", f"A statement of this force ({kraft}) cannot be in this state.")]
    assert found == ([] if kraft in allowed else wrong)


@given(
    st.sets(st.sampled_from([f"A-{n}" for n in range(9)])),
    st.sets(st.sampled_from([f"A-{n}" for n in range(9)])),
)
def test_every_statement_is_in_a_state_and_every_entry_is_a_statement(
    stellen: set[str], eintraege: set[str]
) -> None:
    """Each one that is missing on either side is reported, all at once, and nothing else."""
    found = said(
        katalog(stelle(k) for k in sorted(stellen)),
        deckung(right(k, Stand.UMGESETZT) for k in sorted(eintraege)),
    )
    fremd = [(k, "The catalogue has no passage with this id.") for k in sorted(eintraege - stellen)]
    fehlt = [(k, "This statement of the catalogue is in no state.") for k in sorted(stellen - eintraege)]
    assert found == fremd + fehlt


@pytest.mark.parametrize(
    ("stand", "ohne", "pfad"),
    [
        (Stand.UMGESETZT, {"durch": ()}, "durch"),
        (Stand.OFFEN, {"auslegung": ()}, "auslegung"),
        (Stand.ZUR_KENNTNIS, {"weil": ""}, "weil"),
        (Stand.AUSSERHALB, {"weil": ""}, "weil"),
    ],
)
def test_what_a_state_asks_for(stand: Stand, ohne: dict[str, Any], pfad: str) -> None:
    """Carriers, a reading, or a reason."""
    eintrag = evolve(right("A-1", stand), **ohne)
    found = said(katalog([stelle("A-1", "info")]), deckung([eintrag]))
    assert found == [(f"A-1.{pfad}", "This key is missing.")]


def test_a_definition_for_information_names_its_place() -> None:
    """A statement that only informs need not."""
    ohne = evolve(right("A-1", Stand.ZUR_KENNTNIS), durch=())
    found = said(katalog([stelle("A-1", "def")]), deckung([ohne]))
    assert found == [("A-1.durch", "A definition names the place in the data that carries it.")]
    assert said(katalog([stelle("A-1", "info")]), deckung([ohne])) == []


def test_carriers_and_readings_exist() -> None:
    """A name nobody has is reported with the nearest one that is there."""
    eintraege = [
        Eintrag("A-1", Stand.UMGESETZT, durch=("regel.eins",)),
        Eintrag("A-2", Stand.OFFEN, auslegung=("LES-2",)),
    ]
    found = problems(katalog([stelle("A-1"), stelle("A-2")]), deckung(eintraege))
    assert [(p.pfad, p.wert, str(p.hinweis)) for p in found] == [
        ("A-1.durch", "regel.eins", "Did you mean “regel.eine”?"),
        ("A-2.auslegung", "LES-2", "Did you mean “LES-1”?"),
    ]


@pytest.mark.parametrize("stand", [Stand.ZUR_KENNTNIS, Stand.AUSSERHALB])
def test_what_a_rule_cites_is_encoded(stand: Stand) -> None:
    """Or open, but nothing less; what cites a statement is counted among its carriers."""
    zitiert = frozenset({"A-1"})
    eintrag = Eintrag("A-1", stand, weil="darum")
    found = said(katalog([stelle("A-1", "info")]), deckung([eintrag], zitiert))
    assert found == [("A-1.stand", "Nothing is encoded, yet these cite the statement: regel.zwei")]
    buch = deckung([right("A-1", Stand.UMGESETZT)], zitiert)
    assert buch.traeger_von("A-1") == (TRAEGER, "regel.zwei")
    assert buch.getragen_von("regel.zwei") == ("A-1",)
    assert buch.getragen_von(TRAEGER) == ("A-1",)


SECTIONS = ("2", "3.1", "3.9 Mitte", "3.10", "Vorwort", "Anhang")


@given(st.lists(st.tuples(st.sampled_from(SECTIONS), st.sampled_from([*Stand, None])), max_size=12))
def test_the_counts_add_up(lines: list[tuple[str, Stand | None]]) -> None:
    """Per section and in total, every statement is counted once; sections stand in order, unnumbered ones last."""
    stellen = [stelle(f"A-{n}", "info", abschnitt) for n, (abschnitt, _) in enumerate(lines)]
    buch = deckung(right(f"A-{n}", stand) for n, (_, stand) in enumerate(lines) if stand)
    teile = bilanz(stellen, buch)
    assert [teil.abschnitt for teil in teile] == [
        *(section for section in SECTIONS[:4] if section in dict(lines)),
        *dict.fromkeys(section for section, _ in lines if section in SECTIONS[4:]),
    ]
    for teil in teile:
        here = [stand for abschnitt, stand in lines if abschnitt == teil.abschnitt]
        assert teil.gesamt == len(here)
        assert teil.ohne_stand == here.count(None)
        assert teil.zahlen == {stand: here.count(stand) for stand in Stand}
    ganz = summe("q", teile)
    assert (ganz.gesamt, ganz.ohne_stand) == (len(lines), [stand for _, stand in lines].count(None))


def test_places_are_written_as_toml_writes_them() -> None:
    """An id with a dot stands in quotes."""
    assert said(katalog([stelle("A-1.2")]), deckung([]))[0][0] == '"A-1.2"'
