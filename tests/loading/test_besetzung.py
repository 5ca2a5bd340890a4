"""``besetzung.csv``: read as people write it, and every mistake told at once, by its line. All persons are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gremienplan.besetzung import Besetzung, Innehabung, Wohnsitz
from gremienplan.errors import InputError, Problem
from gremienplan.loading import inspect, load
from gremienplan.texts import render

KOPF = "sitz;person;ab;bis;wohnt_in;vertretung\n"


@pytest.fixture
def projekt(stadt: Path) -> Path:
    """A project of the Musterstadt."""
    (stadt.parent / "gremienplan.toml").write_text('format = 1\nstadt = "stadt"\n', "utf-8")
    return stadt.parent


def read(projekt: Path, inhalt: str | bytes, name: str = "besetzung.csv") -> Besetzung:
    daten = inhalt if isinstance(inhalt, bytes) else inhalt.encode()
    (projekt / name).write_bytes(daten)
    return load(projekt, jahr=2027).besetzung


def mistakes(projekt: Path, inhalt: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as error:
        read(projekt, inhalt)
    return error.value.problems


def told(found: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(p.pfad, str(p.meldung)) for p in found]


ONE = Innehabung(
    "rat/ost",
    "erfunden 1",
    date(2027, 7, 1),
    date(2027, 12, 31),
    Wohnsitz("quartier/hafen"),
    "erfunden 2",
)


@pytest.mark.parametrize(
    "inhalt",
    [
        KOPF + "rat/ost;erfunden 1;2027-07-01;2027-12-31;quartier/hafen;erfunden 2\n",
        KOPF + "rat/ost;erfunden 1;01.07.2027;31.12.2027;Hafen;erfunden 2",
        KOPF + "rat/ost; erfunden  1 ;1.7.2027;31.12.2027;hafen;erfunden 2;;\r\n;;;;;\r\n",
        "Person,Sitz,Bis,Ab,Vertretung,Wohnt in\nerfunden 1,rat/ost,2027-12-31,2027-07-01,erfunden 2,Hafen\n",
        (
            '"Sitz";"Person";"ab";"bis";"wohnt in";"Vertretung"\n'
            '"rat/ost";"erfunden 1";"1.7.2027";"31.12.2027";"hafen";"erfunden 2"\n'
        ),
        b"\xef\xbb\xbf" + (KOPF + "rat/ost;erfunden 1;01.07.2027;31.12.2027;Hafen;erfunden 2\n").encode(),
    ],
)
def test_the_same_line_in_many_hands(projekt: Path, inhalt: str | bytes) -> None:
    """Semicolons or commas, German or ISO days, any order of columns, with or without the mark of UTF-8."""
    assert read(projekt, inhalt) == Besetzung((ONE,))


def test_two_columns_are_enough(projekt: Path) -> None:
    assert read(projekt, "sitz;person\nrat/ost;e\n") == Besetzung((Innehabung("rat/ost", "e"),))


def test_not_living_somewhere(projekt: Path) -> None:
    (zeile,) = read(projekt, KOPF + "rat/ost;e;;;nicht Hafen;\n").innehabungen
    assert zeile.wohnt == Wohnsitz("quartier/hafen", dort=False)


def test_it_is_an_input_only_where_there_is_one(projekt: Path) -> None:
    """Its hash is among those a plan is made from, and nothing of its content."""
    assert "besetzung.csv" not in load(projekt, jahr=2027).eingaben
    read(projekt, KOPF + "rat/ost;e;;;;\n")
    first = load(projekt, jahr=2027).eingaben["besetzung.csv"]
    read(projekt, KOPF + "rat/ost;f;;;;\n")
    assert load(projekt, jahr=2027).eingaben["besetzung.csv"] != first


def test_another_name(projekt: Path) -> None:
    """The project's file may name it; then it must be there."""
    (projekt / "gremienplan.toml").write_text(
        'format = 1\nstadt = "stadt"\nbesetzung = "privat.csv"\n', "utf-8"
    )
    assert read(projekt, "sitz;person\nrat/ost;e\n", "privat.csv")
    (projekt / "privat.csv").unlink()
    with pytest.raises(InputError) as error:
        load(projekt, jahr=2027)
    assert [(Path(p.datei).name, str(p.meldung)) for p in error.value.problems] == [
        ("privat.csv", "This file does not exist.")
    ]


def test_objects_take_the_place_of_the_file(projekt: Path) -> None:
    """They are checked as the file is, and their hash tells them apart."""
    read(projekt, KOPF + "rat/west;f;;;;\n")
    given = Besetzung((ONE,))
    loaded = load(projekt, jahr=2027, besetzung=given)
    assert loaded.besetzung == given
    assert "besetzung.csv" not in loaded.eingaben
    other = load(projekt, jahr=2027, besetzung=Besetzung((Innehabung("rat/ost", "f"),)))
    assert loaded.eingaben["besetzung"] != other.eingaben["besetzung"]
    broken = Besetzung((ONE, Innehabung("rat/nord", "e", wohnt=Wohnsitz("quartier/tal"))))
    with pytest.raises(InputError) as error:
        load(projekt, besetzung=broken)
    assert [(p.pfad, p.wert) for p in error.value.problems] == [("2, sitz", ""), ("2, wohnt_in", "")]


def test_every_mistake_at_once(projekt: Path) -> None:
    """With its line, its column and a hint."""
    found = mistakes(
        projekt,
        KOPF
        + "rat/osst;e;;;;\n"
        + ";;;;;\n"
        + ";e;;;;\n"
        + "rat/ost;;2027-02-30;morgen;Tal;rat/nord\n"
        + "rat/ost;e;;;;;zu viel\n"
        + "rat/ost;e;2027-07-01;2027-06-30;;\n",
    )
    assert told(found) == [
        ("2, sitz", "There is no Sitz with this id."),
        ("4", "The cell “sitz” is empty."),
        ("5", "The cell “person” is empty."),
        ("5, ab", "There is no such day."),
        ("5, bis", "This must be a day such as 01.07.2027 or 2027-07-01."),
        ("5, wohnt_in", "There is no Gebiet with this id."),
        ("5, vertretung", "There is no Sitz with this id."),
        ("6", "This line has more cells than the header."),
        ("7, bis", "The last day lies before the first, Thu 2027-07-01."),
    ]
    assert found[0].hinweis is not None
    assert str(found[0].hinweis) == "Did you mean “rat/ost”?"


@pytest.mark.parametrize(
    ("kopf", "zeile", "meldung"),
    [
        ("sitz;persson", "1", "The header of column 2 is none that is known."),
        ("sitz;person;sitz", "1, sitz", "This column is there twice."),
        ("", "", "The header lacks: sitz, person"),
        ("sitz;ab", "1", "The header lacks: person"),
        ("sitz;person\n\n\nrat/ost;Ä".encode("latin-1"), "4", "This file is not UTF-8 text."),
    ],
)
def test_a_broken_file(projekt: Path, kopf: str | bytes, zeile: str, meldung: str) -> None:
    assert told(mistakes(projekt, kopf))[0] == (zeile, meldung)


NAME = "Erfunden-Muster"


@pytest.mark.parametrize(
    "inhalt",
    [
        f"{NAME};rat/ost\n",
        f"sitz;person\n{NAME};rat/ost\n{NAME};rat/ost\n",
        f"sitz;person\n{NAME}/{NAME};e\n",
        KOPF + f"rat/ost;e;{NAME};{NAME};{NAME};{NAME}/{NAME}\n",
        KOPF + f"rat/ost;e;;;nicht {NAME};\n",
        KOPF + f"rat/ost;{NAME};;;;\nrat/ost;{NAME};;;;\n",
        KOPF + f"rat/ost;{NAME};;;hafen;\nrat/west;{NAME};;;anger;{NAME};{NAME}\n",
    ],
)
@pytest.mark.parametrize("stadt_kaputt", [False, True])
def test_no_message_repeats_a_cell(stadt: Path, projekt: Path, inhalt: str, stadt_kaputt: bool) -> None:
    """Whatever column a name slipped into, no part of any message says it; also where the city cannot be read."""
    if stadt_kaputt:
        (stadt / "stadt.toml").write_text("format = 1\n", "utf-8")
    found = mistakes(projekt, inhalt)
    assert stadt_kaputt or {Path(p.datei).name for p in found} == {"besetzung.csv"}
    assert NAME.casefold() not in repr(found).casefold()
    assert NAME.casefold() not in str(InputError(found)).casefold()


def test_an_ambiguous_place(stadt: Path, projekt: Path) -> None:
    """Both candidates are named."""
    pfad = stadt / "stadt.toml"
    pfad.write_text(
        pfad.read_text("utf-8").replace('heide = { name = "Heide" }', 'heide = { name = "West" }'), "utf-8"
    )
    (found,) = mistakes(projekt, KOPF + "rat/ost;e;;;West;\n")
    assert str(found.hinweis) == "One of: bezirk/west, quartier/heide"


@pytest.mark.parametrize(
    ("zeilen", "meldung"),
    [
        ("rat/ost;e;;;;\nrat/ost;e;2027-01-01;;;\n", "Line 2 says the same of some of these days."),
        ("rat/ost;e;;;hafen;\nrat/west;e;;;anger;\n", "Line 2 says that this person lives elsewhere."),
        ("rat/ost;e;;;hafen;\nrat/west;e;;;nicht hafen;\n", "Line 2 says that this person lives elsewhere."),
    ],
)
def test_two_lines_that_contradict_each_other(projekt: Path, zeilen: str, meldung: str) -> None:
    assert [(pfad[:3], text) for pfad, text in told(mistakes(projekt, KOPF + zeilen))] == [("3, ", meldung)]


def test_lines_that_do_not(projekt: Path) -> None:
    """One after the other, several in one Sitz, several places that fit."""
    found = read(
        projekt,
        KOPF
        + "rat/ost;e;;2027-06-30;hafen;\nrat/ost;f;2027-07-01;;anger;\nrat/ost;e;2028-01-01;;anger;\n"
        + "rat/ost;g;;;nicht hafen;\nrat/west;g;;;nicht anger;\nrat/west;h;;;hafen;\nbuero/west;h;;;viertel/3;\n",
    )
    assert len(found.innehabungen) == 7


def warnings(projekt: Path, inhalt: str) -> list[str]:
    (projekt / "besetzung.csv").write_text(inhalt, "utf-8")
    return [render(text, "en") for text in inspect(projekt, jahr=2027)[1]]


def test_an_office_that_falls_vacant_is_worth_a_word(projekt: Path) -> None:
    """Between two holders and after the last; not where nobody was ever named, nor for a mandate."""
    said = warnings(
        projekt,
        KOPF
        + "buero/ost;e;;2027-03-31;;\nbuero/ost;f;2027-05-01;2027-12-31;;\n"
        + "buero/west;g;;2027-06-30;;\nbuero/west;h;2027-07-01;;;\nrat/ost;e;;2027-03-31;;\n",
    )
    assert [text for text in said if "Nobody is named" in text] == [
        "Nobody is named to hold, from Thu 2027-04-01 to Fri 2027-04-30: Bezirksbüro Ost",
        "Nobody is named to hold, from Sat 2028-01-01 on: Bezirksbüro Ost",
    ]


def test_unknown_residence_is_worth_a_word_where_a_rule_asks(stadt: Path, projekt: Path) -> None:
    """S-39: how many, never who."""
    pfad = stadt / "regeln.toml"
    regeln = pfad.read_text("utf-8").replace(
        'rollen = "rat"\n', 'rollen = "rat"\ninsbesondere = { nur = "hafen", vorgabe = true }\n'
    )
    pfad.write_text(regeln, "utf-8")
    inhalt = (
        KOPF
        + "rat/ost;erfunden;;;;\nrat/ost;erfunden2;;;hafen;\n"
        + "rat/west;erfunden3;;;nicht hafen;\nbuero/ost;erfunden4;;;;\n"
    )
    said = [text for text in warnings(projekt, inhalt) if "Residence" in text]
    assert said == [
        "Residence unknown, so not marked as meant in particular: 1 of “Bezirksrät:in Ost” for: Runde Hafen"
    ]


def test_a_residence_too_coarse_to_say(stadt: Path, projekt: Path) -> None:
    """The line and the column are named where only a part of the area is meant; not where the residence decides."""
    pfad = stadt / "regeln.toml"
    regeln = pfad.read_text("utf-8").replace(
        'rollen = "rat"\n', 'rollen = "rat"\ninsbesondere = { nur = "hafen", vorgabe = true }\n'
    )
    pfad.write_text(regeln, "utf-8")
    inhalt = (
        KOPF
        + "rat/ost;erfunden;;;bezirk/ost;\nrat/ost;erfunden2;;;hafen;\n"
        + "rat/west;erfunden3;;;nicht hafen;\nrat/ost;erfunden4;;;anger;\n"
    )
    (said,) = [text for text in warnings(projekt, inhalt) if "coarse" in text]
    assert said.endswith(
        "besetzung.csv, line 2, column wohnt_in: “Ost” is too coarse to say who lives in: Hafen"
    )


def test_a_mark_for_a_place_that_is_not_there(stadt: Path) -> None:
    """The key of a rule is checked as all others."""
    pfad = stadt / "regeln.toml"
    regeln = pfad.read_text("utf-8").replace(
        'rollen = "rat"\n', 'rollen = "rat"\ninsbesondere = { nur = ["tal"], text = "MUSTER-9" }\n'
    )
    pfad.write_text(regeln, "utf-8")
    with pytest.raises(InputError) as error:
        load(stadt)
    places = {p.pfad: p.wert for p in error.value.problems}
    assert places == {
        'einladung[1] (id "runde-rat").insbesondere.nur': "tal",
        'einladung[1] (id "runde-rat").insbesondere.text': "MUSTER-9",
    }
