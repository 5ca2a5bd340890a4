"""Every mistake in a city folder is reported once, where it stands, whatever else is wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tests.loading.fehler import FEHLER, Fehler
from tests.loading.ordner import change, copy_city, places, problems


def test_the_city_that_is_broken_below_has_no_mistake(tmp_path: Path) -> None:
    assert problems(copy_city(tmp_path)) == ()


@pytest.mark.parametrize("fehler", FEHLER, ids=lambda fehler: fehler.pfad)
def test_a_mistake_is_one_problem_at_its_place(fehler: Fehler, tmp_path: Path) -> None:
    """One mistake gives one problem, no second one that only follows from it; place, words and hint fit."""
    ordner = copy_city(tmp_path)
    change(ordner, fehler.datei, fehler.alt, fehler.neu)
    found = problems(ordner)
    assert places(found, ordner) == [(fehler.datei, fehler.pfad)]
    assert fehler.meldung in str(found[0].meldung)
    assert fehler.hinweis in str(found[0].hinweis or "")


def _apart(fehler: Collection[Fehler]) -> bool:
    """Tell whether each of the mistakes is in an entry of its own."""
    return len({einer.eintrag for einer in fehler}) == len(fehler)


@given(st.sets(st.sampled_from(FEHLER), min_size=2, max_size=12).filter(_apart))
def test_mistakes_never_hide_each_other(fehler: set[Fehler]) -> None:
    """Mistakes in any entries of any files are reported together: each of them, and nothing else."""
    with tempfile.TemporaryDirectory() as scratch:
        ordner = copy_city(Path(scratch))
        for einer in fehler:
            change(ordner, einer.datei, einer.alt, einer.neu)
        assert places(problems(ordner), ordner) == sorted((einer.datei, einer.pfad) for einer in fehler)


def test_five_different_mistakes_of_one_file_are_all_reported(tmp_path: Path) -> None:
    """A wrong type, a missing key, an unknown key, an unknown id and a second authority: five problems."""
    ordner = copy_city(tmp_path)
    datei = "regeln.toml"
    change(ordner, datei, 'rollen = ["leitung", "koordination/anger"]', "rollen = [1]")
    change(ordner, datei, 'gremium = "runde"\nrollen = "rat"', 'rollen = "rat"')
    change(ordner, datei, 'id = "kreis-gf"', 'id = "kreis-gf"\nwer = "alle"')
    change(ordner, datei, '"buero", "treff"]', '"buero", "tref"]')
    change(ordner, datei, 'id = "kreis-gastgeber"', 'id = "kreis-gastgeber"\ntext = "MUSTER-1"')
    found = problems(ordner)
    assert places(found, ordner) == sorted(
        (datei, pfad)
        for pfad in (
            'mitgliedschaft[2] (id "kreis-mitglieder").rollen[1]',
            'einladung[1] (id "runde-rat").gremium',
            'geschaeftsfuehrung[1] (id "kreis-gf").wer',
            'mitgliedschaft[1] (id "runde-mitglieder").rollen',
            'gastgeber[2] (id "kreis-gastgeber")',
        )
    )


def test_a_list_has_as_many_members_as_it_says(stadt: Path) -> None:
    """Unless a rule of membership cannot be read: then nobody knows how many there are."""
    change(stadt, "regeln.toml", 'art = "geschlossen"', 'art = "geschlossen"\nsitze = 3')
    (problem,) = problems(stadt)
    assert problem.pfad == 'mitgliederliste[1] (id "kreis-liste").sitze'
    assert "2 members" in str(problem.meldung)
    change(stadt, "regeln.toml", '"koordination/anger"]', '"koordination/angr"]')
    assert places(problems(stadt), stadt) == [
        ("regeln.toml", 'mitgliedschaft[2] (id "kreis-mitglieder").rollen')
    ]


def test_a_title_that_is_ruled_out_is_refused(stadt: Path) -> None:
    """Like a Gremienart of that name."""
    change(stadt, "stadt.toml", 'titel = "Angerrunde"', 'titel = "Stammtisch Anger"')
    change(stadt, "stadt.toml", 'name = "Kreis"', 'name = "Stammtisch"')
    assert [p.pfad for p in problems(stadt)] == ["gremienart.kreis", 'gremium."runde/anger".titel']


def test_what_cannot_be_known_is_not_reported(stadt: Path) -> None:
    """While the city's own id is unreadable, nobody can say which city-wide Sitze and Gremien exist."""
    change(stadt, "stadt.toml", 'id = "musterstadt"', "id = 7")
    change(stadt, "regeln.toml", "koordination/anger", "koordination/heyde")
    found = problems(stadt)
    assert places(found, stadt) == [
        ("regeln.toml", 'mitgliedschaft[2] (id "kreis-mitglieder").rollen'),
        ("stadt.toml", "stadt.id"),
    ]


def test_a_body_whose_class_is_misspelt_is_taken_for_what_its_users_need(stadt: Path) -> None:
    """Whether it is political cannot be known, so neither its Beratungen nor its Sitzungen are wrong yet."""
    change(stadt, "stadt.toml", 'klasse = "politisch"', 'klasse = "politsch"')
    (problem,) = problems(stadt)
    assert problem.pfad == "gremienart.bezirksrat.klasse"
    assert "“politisch”" in str(problem.hinweis)


@pytest.mark.parametrize("datei", ["stadt.toml", "katalog.toml", "programm.toml", "regeln.toml"])
def test_a_file_that_is_no_toml_is_one_problem_with_line_and_column(datei: str, stadt: Path) -> None:
    """Nothing that the unreadable file may have said is reported as missing elsewhere."""
    pfad = stadt / datei
    zeilen = pfad.read_text("utf-8").splitlines()
    pfad.write_text("\n".join([*zeilen, 'name = "offen']) + "\n", "utf-8")
    (problem,) = problems(stadt)
    assert (problem.datei, problem.pfad) == (str(pfad), f"{len(zeilen) + 1}:14")
    assert problem.wert == 'name = "offen'


def test_an_unreadable_city_does_not_hide_mistakes_of_the_programme(stadt: Path) -> None:
    """References into the unreadable file are left alone; what is wrong by itself is still found."""
    (stadt / "stadt.toml").write_bytes(b"\xff\xfe")
    change(stadt, "programm.toml", "tage = 14", "tage = -1")
    assert places(problems(stadt), stadt) == [
        ("programm.toml", 'bedingung[2] (id "abstand").tage'),
        ("stadt.toml", "1"),
    ]


@pytest.mark.parametrize("datei", ["stadt.toml", "programm.toml", "regeln.toml"])
def test_a_missing_file_is_one_problem(datei: str, stadt: Path) -> None:
    """A city needs its places, its programme and its rules; nothing else is reported when one is missing."""
    if datei == "stadt.toml":
        (stadt / "gremienplan.toml").write_text('format = 1\nstadt = "."\n', "utf-8")
    (stadt / datei).unlink()
    erwartet = ("gremienplan.toml", "stadt") if datei == "stadt.toml" else (datei, "")
    assert places(problems(stadt), stadt) == [erwartet]


def test_a_city_without_catalogue_rests_on_its_planners_word(stadt: Path) -> None:
    """Without the files of the catalogue every citation is unknown, and nothing else is wrong."""
    (stadt / "katalog.toml").unlink()
    (stadt / "auslegungen.toml").unlink()
    found = problems(stadt)
    assert found
    assert all(
        p.pfad.endswith((".text", ".auslegung")) and "The catalogue has no" in str(p.meldung) for p in found
    )


@pytest.mark.parametrize(
    ("zeile", "gut"), [("format = 1", True), ("format = 2", False), ("", False), ("format = true", False)]
)
def test_only_files_of_our_format_are_read_without_complaint(zeile: str, gut: bool, stadt: Path) -> None:
    change(stadt, "regeln.toml", "format = 1", zeile)
    assert places(problems(stadt), stadt) == ([] if gut else [("regeln.toml", "format")])


def test_a_file_with_a_byte_order_mark_is_read(stadt: Path) -> None:
    """Editors on Windows put it there, and nobody sees it."""
    pfad = stadt / "regeln.toml"
    pfad.write_bytes(b"\xef\xbb\xbf" + pfad.read_bytes())
    assert problems(stadt) == ()


def test_two_kinds_of_entry_share_one_space_of_ids(stadt: Path) -> None:
    """A Wunsch cannot have the id of a Sitzung: an id is how a programme built on this one names an entry."""
    change(stadt, "programm.toml", 'id = "bruecken"', 'id = "kreis-herbst"')
    found = problems(stadt)
    assert [str(p.meldung) for p in found] == ['Another entry has this id: sitzung[3] (id "kreis-herbst")']


DATEIEN = ("stadt.toml", "regeln.toml", "programm.toml", "katalog.toml", "auslegungen.toml")
WERTE = ("0", "-1", "1.5", "nan", "true", '""', '"x"', '"a/b"')
LISTEN = ("[]", "{}", "[[]]", "[{}]", "[1]", '["x", "x"]', "{ id = 1 }")
TAGE = ("2027-01-01", "2027-01-01T00:00:00", "2027-01-01T00:00:00Z", "12:00:00")


@given(st.sampled_from(DATEIEN), st.integers(0, 300), st.sampled_from((*WERTE, *LISTEN, *TAGE)))
def test_no_value_breaks_the_reader(datei: str, nummer: int, wert: str) -> None:
    """Whatever stands behind a key, the answer is a city or its problems, each with a file and a sentence."""
    with tempfile.TemporaryDirectory() as scratch:
        ordner = copy_city(Path(scratch))
        zeilen = (ordner / datei).read_text("utf-8").splitlines()
        stellen = [n for n, zeile in enumerate(zeilen) if " = " in zeile]
        stelle = stellen[nummer % len(stellen)]
        zeilen[stelle] = f"{zeilen[stelle].partition(' = ')[0]} = {wert}"
        (ordner / datei).write_text("\n".join(zeilen) + "\n", "utf-8")
        assert all(p.datei and str(p.meldung) for p in problems(ordner))


@given(st.sampled_from(DATEIEN), st.integers(0, 300))
def test_no_missing_line_breaks_the_reader(datei: str, nummer: int) -> None:
    """The same for a line that somebody took out."""
    with tempfile.TemporaryDirectory() as scratch:
        ordner = copy_city(Path(scratch))
        zeilen = (ordner / datei).read_text("utf-8").splitlines()
        del zeilen[nummer % len(zeilen)]
        (ordner / datei).write_text("\n".join(zeilen) + "\n", "utf-8")
        assert all(p.datei and str(p.meldung) for p in problems(ordner))
