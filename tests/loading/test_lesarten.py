"""Readings that can be changed: how they are written, chosen, and what of it is refused where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

import gremienplan as gp
from gremienplan.errors import InputError, Problem
from gremienplan.loading import inspect, load
from gremienplan.loading.gegenprobe import check_lesarten
from gremienplan.loading.ordner import shipped
from gremienplan.loading.ueberlagerung import overlay_from, segments
from gremienplan.programm import MonatTag
from gremienplan.quellen import Aenderung, Bestaetigung
from tests.loading.fehler import Fehler
from tests.loading.ordner import MUSTERSTADT, change, copy_city, places, problems

RAT = "rat/hafen"


def invited(projekt: gp.Projekt, kennung: str, tag: date) -> set[str]:
    sitzung = projekt.sitzung(kennung, tag.year)
    return {i.sitz.rolle.id for i in gp.invitations(projekt.stadt, projekt.regeln, sitzung, tag)}


# --- what a reading says --------------------------------------------------------------------------------------


def test_a_reading_is_open_or_confirmed_by_an_office_on_a_day() -> None:
    lesarten = load(MUSTERSTADT).katalog.auslegungen
    assert (lesarten["AMB-1"].stand, lesarten["AMB-1"].bestaetigt) == ("offen", None)
    assert lesarten["AMB-2"].stand == "bestaetigt"
    assert lesarten["AMB-2"].bestaetigt == Bestaetigung("Hauptamt", date(2026, 5, 1))


def test_without_a_choice_the_citys_own_readings_are_followed() -> None:
    projekt = load(MUSTERSTADT)
    assert projekt.lesarten == {}
    assert {a.wahl for a in projekt.katalog.auslegungen.values()} == {""}


def test_the_sentence_followed_is_that_of_the_alternative_in_force() -> None:
    projekt = load(MUSTERSTADT, lesarten={"AMB-1": "nie"})
    lesart = projekt.katalog.auslegungen["AMB-1"]
    assert projekt.lesarten == {"AMB-1": "nie"}
    assert (lesart.wahl, lesart.lesart) == ("nie", "Der Rat ist nie eingeladen.")
    assert lesart.statt == "Die Koordination des Quartiers."


# --- what an alternative changes -------------------------------------------------------------------------------


def test_an_entry_left_out_is_gone() -> None:
    tag = date(2027, 9, 1)
    assert "rat" in invited(load(MUSTERSTADT), "runde-entwurf/hafen", tag)
    assert "rat" not in invited(load(MUSTERSTADT, lesarten={"AMB-1": "nie"}), "runde-entwurf/hafen", tag)


def test_a_key_of_a_list_entry_is_set_by_the_id_of_the_entry() -> None:
    tag = date(2027, 12, 1)
    assert "rat" not in invited(load(MUSTERSTADT), "runde-abschluss/anger", tag)
    assert "rat" in invited(load(MUSTERSTADT, lesarten={"AMB-1": "immer"}), "runde-abschluss/anger", tag)


def test_keys_go_entries_come_and_the_planner_answers_what_is_asked() -> None:
    wahl = {"wahl": "kurz", "angabe": {"tag": "08-25", "gast": "buero"}}
    projekt = load(MUSTERSTADT, lesarten={"AMB-1": wahl})
    assert {s.dauer for s in projekt.sitzungen(2027) if s.eintrag.id == "runde-abschluss"} == {90}
    (beratung,) = projekt.programm.beratungen
    assert beratung.fruehestens is not None
    assert beratung.fruehestens.tag == MonatTag(8, 25)
    assert "buero" in invited(projekt, "kreis-herbst/musterstadt", date(2027, 9, 1))


def test_two_readings_hold_together() -> None:
    projekt = load(MUSTERSTADT, lesarten={"AMB-1": "immer", "AMB-2": "mehr"})
    tag = date(2027, 12, 1)
    assert "rat" not in invited(projekt, "runde-abschluss/anger", tag)
    (regel,) = (r for r in projekt.regeln if r.id == "runde-rat")
    assert (regel.anlass, regel.nur) == (("entwurf", "abschluss"), ("hafen",))


def test_the_files_stay_as_they_are() -> None:
    """Following a reading changes no file, and none of its hashes: the choice stands in ``lesarten``."""
    before = load(MUSTERSTADT)
    assert load(MUSTERSTADT, lesarten={"AMB-2": "mehr"}).eingaben == before.eingaben
    assert load(MUSTERSTADT) == before


def test_a_wish_left_out_is_gone_from_the_profiles_too() -> None:
    """With its stage where it stood alone; what no reading leaves out stays to be checked."""
    stufen = ["a", ["b", "c"], ["a", "d"], ["a"], "nie-da"]
    programm: dict[str, Any] = {
        "wunsch": [{"id": name} for name in "abcd"],
        "profil": {"p": {"stufen": stufen}, "q": {"name": "Q"}, "kaputt": "x"},
    }
    found = overlay_from(programm, [(None, Aenderung(ohne=("a", "c")))])
    assert [w["id"] for w in found["wunsch"]] == ["b", "d"]
    assert found["profil"] == {"p": {"stufen": [["b"], ["d"], "nie-da"]}, "q": {"name": "Q"}, "kaputt": "x"}
    assert programm["profil"]["p"]["stufen"] == ["a", ["b", "c"], ["a", "d"], ["a"], "nie-da"]


def test_every_reading_of_the_shipped_cities_can_be_followed() -> None:
    """Whoever checks a project of such a city is told of no mistake that is not theirs."""
    for name in shipped():
        assert check_lesarten(name, load(name).katalog) == ()


# --- from a day on --------------------------------------------------------------------------------------------


def test_from_a_day_on_a_rule_left_out_ends_the_day_before() -> None:
    ab = date(2027, 7, 1)
    projekt = load(MUSTERSTADT, lesarten={"AMB-1": {"wahl": "nie", "ab": ab}})
    (regel,) = (r for r in projekt.regeln if r.id == "runde-rat")
    assert (regel.gueltig_ab, regel.gueltig_bis) == (date(2026, 7, 1), date(2027, 6, 30))
    assert projekt.katalog.auslegungen["AMB-1"].ab == ab


def test_a_version_that_ended_before_stays_and_one_that_begins_later_is_the_new_one() -> None:
    regeln = {
        "einladung": [
            {"id": "x", "rollen": "a", "gueltig_bis": date(2026, 12, 31)},
            {"id": "x", "rollen": "b", "gueltig_ab": date(2027, 1, 1), "gueltig_bis": date(2027, 12, 31)},
            {"id": "x", "rollen": "c", "gueltig_ab": date(2028, 1, 1)},
        ]
    }
    found = overlay_from(regeln, [(date(2027, 7, 1), Aenderung(setzt={"einladung.x.rollen": "neu"}))])
    assert found["einladung"] == [
        regeln["einladung"][0],
        {**regeln["einladung"][1], "gueltig_bis": date(2027, 6, 30)},
        {**regeln["einladung"][1], "rollen": "neu", "gueltig_ab": date(2027, 7, 1)},
        {"id": "x", "rollen": "neu", "gueltig_ab": date(2028, 1, 1)},
    ]


def test_what_comes_on_a_day_is_changed_and_left_out_by_what_held_before() -> None:
    """In whichever order the readings begin: each day has what those in force on it make of the whole year."""
    dazu, tag = Aenderung(dazu={"einladung": [{"id": "x", "rollen": "a"}]}), date(2027, 7, 1)
    neu = Aenderung(setzt={"einladung.x.rollen": "neu"})
    leer: dict[str, list[object]] = {"einladung": []}
    assert overlay_from(leer, [(None, neu), (tag, dazu)])["einladung"] == [
        {"id": "x", "rollen": "neu", "gueltig_ab": tag}
    ]
    assert overlay_from(leer, [(tag, dazu), (None, Aenderung(ohne=("x",)))])["einladung"] == []
    assert overlay_from(leer, [(tag, dazu), (date(2027, 8, 1), Aenderung(ohne=("x",)))])["einladung"] == [
        {"id": "x", "rollen": "a", "gueltig_ab": tag, "gueltig_bis": date(2027, 7, 31)}
    ]


def test_a_day_that_changes_nothing_makes_no_version() -> None:
    regeln = {"einladung": [{"id": "x", "rollen": "a", "gueltig_bis": date(2027, 12, 31)}]}
    gleich = Aenderung(setzt={"einladung.x.rollen": "a"})
    assert overlay_from(regeln, [(date(2027, 7, 1), gleich)]) == regeln


def test_what_changes_more_than_rules_is_for_whole_years() -> None:
    (problem,) = asked({"AMB-2": {"wahl": "mehr", "ab": date(2027, 7, 1)}})
    assert problem.pfad == "auslegung.AMB-2.ab"
    assert "whole years" in str(problem.meldung)
    assert "programm.toml" in str(problem.hinweis)


# --- choosing -------------------------------------------------------------------------------------------------


def asked(lesarten: dict[str, object]) -> tuple[Problem, ...]:
    try:
        load(MUSTERSTADT, lesarten=lesarten)  # type: ignore[arg-type]
    except InputError as error:
        return error.problems
    return ()


@frozen
class Frage:
    """What somebody chooses, and the one problem this is."""

    lesarten: dict[str, object]
    pfad: str
    meldung: str
    hinweis: str = ""


FRAGEN = (
    Frage({"AMB-9": "nie"}, "auslegung.AMB-9", "no reading with this id", "AMB-"),
    Frage({"AMB-1": "nei"}, "auslegung.AMB-1", "no such alternative", "“nie”"),
    Frage({"AMB-3": "nein"}, "auslegung.AMB-3", "no alternative: Der Name ändert nichts."),
    Frage({"AMB-1": {"wal": "nie"}}, "auslegung.AMB-1.wal", "unknown", "“wahl”"),
    Frage({"AMB-1": {"wahl": "nie", "ab": "bald"}}, "auslegung.AMB-1.ab", "a day such as"),
    Frage({"AMB-1": {"wahl": "nie", "angabe": {"x": 1}}}, "auslegung.AMB-1.angabe.x", "Nobody asks"),
    Frage(
        {"AMB-1": {"wahl": "kurz", "angabe": {"tag": "08-20"}}}, "auslegung.AMB-1.angabe.gast", "answer: Wer?"
    ),
    Frage(
        {"AMB-1": {"wahl": "kurz", "angabe": {"tag": "08-21", "gast": "buero"}}},
        "auslegung.AMB-1.angabe.tag",
        "none of the answers",
        "08-20",
    ),
    Frage(
        {"AMB-1": "immer", "AMB-2": "rat"},
        "auslegung.AMB-2",
        "want this differently: einladung.runde-rat.anlass",
        "AMB-1",
    ),
)


@pytest.mark.parametrize("frage", FRAGEN, ids=lambda frage: f"{frage.pfad} {frage.meldung}")
def test_a_choice_that_cannot_be_followed_is_one_problem_at_its_place(frage: Frage) -> None:
    (problem,) = asked(frage.lesarten)
    assert (problem.datei, problem.pfad) == ("lesarten", frage.pfad)
    assert frage.meldung in str(problem.meldung)
    assert frage.hinweis in str(problem.hinweis or "")


def test_a_mistake_of_the_city_itself_stays_where_it_is(tmp_path: Path) -> None:
    """Beside a reading that breaks something else, and though entries before it are left out."""
    stadt = copy_city(tmp_path)
    change(stadt, "auslegungen.toml", 'ohne = ["runde-rat"]', 'ohne = ["runde-rat", "abstand"]')
    text = (stadt / "programm.toml").read_text("utf-8")
    falsch = '\n[[bedingung]]\nid = "falsch"\nart = "mindestabstand"\ngremium = "rnude"\ntage = 3\nvorgabe = true\n'
    (stadt / "programm.toml").write_text(text + falsch, "utf-8")
    kurz = {"wahl": "kurz", "angabe": {"tag": "08-25", "gast": "bureo"}}
    for lesarten, pfade in (({"AMB-1": "nie"}, ["falsch"]), ({"AMB-1": kurz}, ["AMB-1", "falsch"])):
        with pytest.raises(InputError) as error:
            load(stadt, lesarten=lesarten)
        found = sorted((Path(p.datei).name, p.pfad) for p in error.value.problems)
        assert [teil in pfad for (_, pfad), teil in zip(found, pfade, strict=True)] == [True] * len(pfade)


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    copy_city(tmp_path)
    (tmp_path / "gremienplan.toml").write_text(
        'format = 1\nstadt = "stadt"\n[auslegung]\n"AMB-1" = "nie"\nAMB-2 = { wahl = "mehr" }\n', "utf-8"
    )
    return tmp_path


def test_a_project_chooses_in_its_file(projekt: Path) -> None:
    assert load(projekt).lesarten == {"AMB-1": "nie", "AMB-2": "mehr"}


def test_what_is_asked_for_comes_before_the_projects_choice(projekt: Path) -> None:
    """None returns to the city's own reading."""
    gefragt = load(projekt, lesarten={"AMB-1": "immer", "AMB-2": None})
    assert gefragt.lesarten == {"AMB-1": "immer"}


def test_a_wrong_question_is_reported_where_it_was_asked(projekt: Path) -> None:
    """The argument, not the file in which nothing of the kind stands; beside what is wrong in that file."""
    change(projekt, "gremienplan.toml", '"mehr"', '"mher"')
    with pytest.raises(InputError) as error:
        load(projekt, lesarten={"AMB-1": "nei"})
    found = [(Path(problem.datei).name, problem.pfad) for problem in error.value.problems]
    assert found == [("gremienplan.toml", "auslegung.AMB-2"), ("lesarten", "auslegung.AMB-1")]


def test_a_wrong_choice_is_reported_in_the_projects_file(projekt: Path) -> None:
    change(projekt, "gremienplan.toml", '"mehr"', '"mher"')
    assert places(problems(projekt), projekt) == [("gremienplan.toml", "auslegung.AMB-2")]


# --- mistakes in the file -------------------------------------------------------------------------------------

_NIE, _KURZ = "AMB-1.alternative.nie", "AMB-1.alternative.kurz"

FEHLER = (
    Fehler("auslegungen.toml", 'fest = "Der Name', 'feste = "Der Name', "AMB-3.feste", "unknown", "“fest”"),
    Fehler("auslegungen.toml", 'fest = "Der Name ändert nichts."', "", "AMB-3", "Exactly one"),
    Fehler(
        "auslegungen.toml",
        "bestaetigt = {",
        'fest = "Nichts."\nbestaetigt = {',
        "AMB-2",
        "Exactly one",
    ),
    Fehler("auslegungen.toml", 'stand = "offen"', 'stand = "klar"', "AMB-1.stand", "only be “offen”"),
    Fehler(
        "auslegungen.toml",
        "bestaetigt = {",
        'stand = "offen"\nbestaetigt = {',
        "AMB-2.stand",
        "until the reading has been confirmed",
    ),
    Fehler("auslegungen.toml", "am = 2026-05-01", 'am = "2026"', "AMB-2.bestaetigt.am", "a day such as"),
    Fehler(
        "auslegungen.toml", '["runde-rat"]', '["runde-rta"]', f"{_NIE}.ohne", "No file has", "“runde-rat”"
    ),
    Fehler("auslegungen.toml", "ohne = [", "onhe = [", f"{_NIE}.onhe", "unknown", "“ohne”"),
    Fehler(
        "auslegungen.toml",
        '{ "bedingung.abstand.tage" = 28',
        '{ "bedingung.abstnd.tage" = 28',
        "AMB-2.alternative.mehr.setzt",
        "leads nowhere",
        "“bedingung.abstand.tage”",
    ),
    Fehler(
        "auslegungen.toml",
        '{ "bedingung.abstand.tage" = 28',
        '{ "bedingung..tage" = 28',
        "AMB-2.alternative.mehr.setzt",
        "no path",
        "rolle.kod.je",
    ),
    Fehler(
        "auslegungen.toml",
        "runde-abschluss.dauer",
        "runde-entwurf.dauer",
        f"{_KURZ}.entfernt",
        "leads nowhere",
    ),
    Fehler(
        "auslegungen.toml",
        "kurz.dazu.einladung",
        "kurz.dazu.einlad",
        f"{_KURZ}.dazu.einlad",
        "No file",
        "“einladung”",
    ),
    Fehler(
        "auslegungen.toml",
        'id = "kreis-gast"',
        'id = "runde-rat"',
        f"{_KURZ}.dazu.einladung[1].id",
        "exists already",
    ),
    Fehler(
        "auslegungen.toml",
        '[["AMB-1".alternative.kurz.dazu.einladung]]',
        '["AMB-1".alternative.kurz.dazu.einladung]',
        f"{_KURZ}.dazu.einladung",
        "list of tables",
    ),
    Fehler(
        "auslegungen.toml",
        'datei."regeln.toml"',
        'datei."regel.toml"',
        'AMB-2.alternative.rat.datei."regel.toml"',
        "no file of this name",
        "regeln.toml",
    ),
    Fehler(
        "auslegungen.toml",
        'frage = "Wer?"',
        'frage = "Wer?", von = "02-30"',
        f"{_KURZ}.verlangt.gast.von",
        "No year has this day",
    ),
    Fehler(
        "auslegungen.toml",
        'frage = "Wer?"',
        'frage = "Wer?", nach = "tga"',
        f"{_KURZ}.verlangt.gast.nach",
        "no other answer of this name",
        "“tag”",
    ),
    Fehler(
        "auslegungen.toml",
        'ohne = ["runde-rat"]',
        'ohne = ["runde-rat"]\nentfaellt_neben = { AMB-2 = "mher" }',
        f"{_NIE}.entfaellt_neben.AMB-2",
        "No other reading",
    ),
    Fehler("auslegungen.toml", "aus = [", "as = [", f"{_KURZ}.verlangt.tag.as", "unknown", "“aus”"),
)


@pytest.mark.parametrize("fehler", FEHLER, ids=lambda fehler: f"{fehler.pfad} {fehler.meldung}")
def test_a_mistake_in_a_reading_is_one_problem_at_its_place(fehler: Fehler, stadt: Path) -> None:
    change(stadt, fehler.datei, fehler.alt, fehler.neu)
    found = problems(stadt)
    assert places(found, stadt) == [(fehler.datei, fehler.pfad)]
    assert fehler.meldung in str(found[0].meldung)
    assert fehler.hinweis in str(found[0].hinweis or "")


SPAETER = """
[[einladung]]
id = "runde-rat"
gremium = "runde"
rollen = ["rat"]
anlass = ["abschluss"]
auslegung = "AMB-1"
gueltig_ab = 2028-01-01
"""


@pytest.fixture
def versionen(stadt: Path) -> Path:
    """Return the city, where the rule about the Rat has a second version."""
    change(stadt, "regeln.toml", "2030-06-30", "2027-12-31")
    pfad = stadt / "regeln.toml"
    with pfad.open("a", encoding="utf-8") as file:
        file.write(SPAETER)
    return stadt


def anlaesse(stadt: Path) -> list[tuple[str, ...] | None]:
    return [r.anlass for r in load(stadt, lesarten={"AMB-1": "immer"}).regeln if r.id == "runde-rat"]


def test_an_id_alone_means_all_versions_and_check_says_so(versionen: Path) -> None:
    assert anlaesse(versionen) == [("entwurf", "abschluss")] * 2
    said = [str(text) for text in inspect(versionen)[1]]
    assert any(
        "AMB-1.alternative.immer.setzt: “einladung.runde-rat.anlass” changes all 2" in text for text in said
    )


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("2027-12-31", [("entwurf", "abschluss"), ("abschluss",)]),
        ("2028-01-01", [("entwurf",), ("entwurf", "abschluss")]),
    ],
)
def test_an_id_with_a_day_means_the_version_that_holds_then(
    tag: str, found: list[tuple[str, ...]], versionen: Path
) -> None:
    pfad = versionen / "auslegungen.toml"
    pfad.write_text(pfad.read_text("utf-8").replace("einladung.runde-rat.", f"einladung.runde-rat@{tag}."))
    assert anlaesse(versionen) == found
    assert not any("versions of the entry" in str(text) for text in inspect(versionen)[1])


def test_a_version_that_never_holds_leads_nowhere(stadt: Path) -> None:
    change(
        stadt,
        "auslegungen.toml",
        '"einladung.runde-rat.nur" = ["hafen"]',
        '"einladung.runde-rat@2020-01-01.nur" = ["hafen"]',
    )
    (problem,) = problems(stadt)
    assert "leads nowhere" in str(problem.meldung)


# --- every alternative followed once ----------------------------------------------------------------------------

FALSCH = (
    (
        '"einladung.runde-rat.anlass" = ["entwurf", "abschluss"] }',
        '"einladung.runde-rat.anlas" = ["entwurf"] }',
        'AMB-1.alternative.immer.setzt."einladung.runde-rat.anlas"',
        "key is unknown",
    ),
    (
        '"einladung.runde-rat.anlass" = ["entwurf", "abschluss"] }',
        '"einladung.runde-rat.anlass" = ["entwrf"] }',
        'AMB-1.alternative.immer.setzt."einladung.runde-rat.anlass"',
        "entwrf",
    ),
)


@pytest.mark.parametrize(("alt", "neu", "pfad", "meldung"), FALSCH)
def test_a_mistake_that_only_following_shows_is_reported_at_its_change(
    alt: str, neu: str, pfad: str, meldung: str, stadt: Path
) -> None:
    """The city itself can be read."""
    assert check_lesarten(stadt, load(stadt).katalog) == ()
    change(stadt, "auslegungen.toml", alt, neu)
    (problem,) = check_lesarten(stadt, load(stadt).katalog)
    assert (Path(problem.datei).name, problem.pfad) == ("auslegungen.toml", pfad)
    assert "regeln.toml" in str(problem.meldung)
    assert meldung in f"{problem.meldung} {problem.wert}"


@pytest.mark.parametrize("pfad", ["", "a", "a.", "a b.c", "a.b = 1\nc"])
def test_what_toml_does_not_read_as_a_path_is_none(pfad: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (of TOML, or of us)
        segments(pfad)
