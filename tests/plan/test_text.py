"""plan.json: one text for each plan, one plan for each text, and every mistake of a hand-edited one at once."""

from __future__ import annotations

import json
import re
from datetime import datetime
from importlib.resources import files
from random import Random

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from gremienplan.errors import InputError, Problem
from gremienplan.plan import (
    SCHEMA_FORMAT,
    Absage,
    Gesehen,
    Plan,
    Stufe,
    Termin,
    Verlaufseintrag,
    Vermerk,
    Zustand,
    plan_from_json,
    plan_to_json,
)
from gremienplan.plan.text import geordnet
from tests.plan.plaene import MUSTER, plaene

SCHEMA = json.loads((files("gremienplan") / "plan.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

GUT = evolve(
    MUSTER,
    termine=(
        Termin("runde/anger", "runde/anger", datetime(2027, 5, 4, 17), datetime(2027, 5, 4, 18, 30), "treff"),
        Termin("runde/hafen", "runde/hafen", datetime(2027, 5, 6, 17), datetime(2027, 5, 6, 18, 30)),
    ),
    stufen=(Stufe(1, 3, 2),),
    eingaben={"stadt.toml": "sha256:00"},
    ratskalender=(
        Gesehen("rat:1", "rat/muster", "Rat", datetime(2027, 3, 2, 17), datetime(2027, 3, 2, 20)),
        Gesehen("beirat:1", "", "Beirat", datetime(2027, 4, 2, 17), datetime(2027, 4, 2, 19), True),
    ),
    verlauf=(
        Verlaufseintrag(
            datetime(2026, 11, 2, 9),
            Zustand.DRAFT,
            ("runde/anger", "runde/hafen"),
            abgesagt=(
                Absage("runde/alt", "runde/alt", datetime(2027, 5, 5, 17), datetime(2027, 5, 5, 18, 30)),
            ),
        ),
    ),
    aufgezeichnet={
        "runde/anger": Vermerk(
            "runde/anger",
            datetime(2027, 5, 3, 17),
            datetime(2027, 5, 3, 18),
            vortrag=("buero/anger",),
        )
    },
)
TEXT = """{
  "format": 1,
  "stadt": "musterstadt",
  "jahr": 2027,
  "programm": "M",
  "abgebrochen": false,
  "eingaben": {
    "stadt.toml": "sha256:00"
  },
  "stufen": [
    {"stufe": 1, "wert": 3, "schranke": 2}
  ],
  "offen": [],
  "termine": [
    {"sitzung": "runde/anger", "gremium": "runde/anger", "beginn": "2027-05-04T17:00", "ende": "2027-05-04T18:30", "ort": "treff"},
    {"sitzung": "runde/hafen", "gremium": "runde/hafen", "beginn": "2027-05-06T17:00", "ende": "2027-05-06T18:30", "ort": ""}
  ],
  "beratungen": [],
  "ratskalender": [
    {"key": "rat:1", "gremium": "rat/muster", "name": "Rat", "beginn": "2027-03-02T17:00", "ende": "2027-03-02T20:00"},
    {"key": "beirat:1", "gremium": "", "name": "Beirat", "beginn": "2027-04-02T17:00", "ende": "2027-04-02T19:00", "verschwunden": true}
  ],
  "verlauf": [
    {
      "stand": "2026-11-02T09:00",
      "zustand": "draft",
      "neu": [
        "runde/anger",
        "runde/hafen"
      ],
      "verlegt": [],
      "abgesagt": [
        {"ereignis": "runde/alt", "gremium": "runde/alt", "bisher": "2027-05-05T17:00", "ende": "2027-05-05T18:30", "ort": "", "vortrag": []}
      ]
    }
  ],
  "aufgezeichnet": {
    "runde/anger": {"gremium": "runde/anger", "beginn": "2027-05-03T17:00", "ende": "2027-05-03T18:00", "ort": "", "vortrag": ["buero/anger"]}
  }
}
"""  # noqa: E501  (one Termin stands on one line)


def _problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        plan_from_json(text, "mein-plan.json")
    return caught.value.problems


def test_the_text_of_a_plan_is_made_to_be_compared() -> None:
    """One Termin on one line, everything in a stable order, a newline at the end."""
    assert plan_to_json(GUT) == TEXT


@given(plaene)
def test_nothing_is_lost_between_plan_and_text(plan: Plan) -> None:
    """A plan that is written and read is the same plan, in the order of its text."""
    assert plan_from_json(plan_to_json(plan)) == geordnet(plan)


@given(plaene)
def test_writing_what_was_read_changes_no_byte(plan: Plan) -> None:
    text = plan_to_json(plan)
    assert plan_to_json(plan_from_json(text)) == text
    assert text.encode().decode() == text


@given(plaene, st.randoms(use_true_random=False))
def test_the_order_in_which_a_plan_was_found_does_not_show(plan: Plan, zufall: Random) -> None:
    """Shuffled Termine, inputs and stages give the same bytes."""
    termine, eingaben, stufen = list(plan.termine), list(plan.eingaben.items()), list(plan.stufen)
    for liste in (termine, eingaben, stufen):
        zufall.shuffle(liste)
    anders = evolve(plan, termine=tuple(termine), eingaben=dict(eingaben), stufen=tuple(stufen))
    assert plan_to_json(anders) == plan_to_json(plan)


@given(plaene)
def test_every_plan_fits_the_schema(plan: Plan) -> None:
    VALIDATOR.validate(json.loads(plan_to_json(plan)))


def test_a_plan_of_an_earlier_version_stays_as_it_is() -> None:
    """One that says nothing of the council calendar is read, and written with the same bytes: its seal holds."""
    frueher = evolve(GUT, ratskalender=None)
    text = plan_to_json(frueher)
    assert "ratskalender" not in text
    assert plan_from_json(text) == frueher
    assert plan_to_json(evolve(GUT, ratskalender=())) != text


def test_the_schema_is_one_and_says_what_each_part_means() -> None:
    """It keeps to its own standard, names our format, and every property has a description."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"]["const"] == SCHEMA_FORMAT
    objekte = [SCHEMA, *(d for d in SCHEMA["$defs"].values() if d["type"] == "object")]
    assert all(teil.get("description") for objekt in objekte for teil in objekt["properties"].values())


BRUECHE = (
    ('"format": 1', '"format": 2', "format"),
    ('"format": 1', '"format": true', "format"),
    ('"stadt": "musterstadt"', '"stadt": 7', "stadt"),
    ('"stadt": "musterstadt"', '"stadt": "musterstadt", "land": "NW"', "land"),
    ('  "programm": "M",\n', "", "programm"),
    ('"jahr": 2027', '"jahr": "2027"', "jahr"),
    ('"jahr": 2027', '"jahr": 27', "jahr"),
    ('"abgebrochen": false', '"abgebrochen": 0', "abgebrochen"),
    ('"sha256:00"', "5", "eingaben.stadt.toml"),
    ('"wert": 3', '"wert": 3.0', "stufen[1].wert"),
    ('"offen": []', '"offen": {}', "offen"),
    ('"offen": []', '"offen": [1]', "offen[1]"),
    ("2027-05-04T18:30", "2027-05-04T16:30", "termine[1] (runde/anger).ende"),
    ("2027-05-06T17:00", "2027-02-30T17:00", "termine[2] (runde/hafen).beginn"),
    ("2027-05-06T17:00", "06.05.2027 17:00", "termine[2] (runde/hafen).beginn"),
    ("2027-05-06T17:00", "2027-05-06T17:00+02:00", "termine[2] (runde/hafen).beginn"),
    ('"ort": "treff"', '"orte": "treff"', "termine[1] (runde/anger).orte"),
    ('"zustand": "draft"', '"zustand": "final"', "verlauf[1].zustand"),
    ('"verlegt": []', '"verlegt": [["runde/anger"]]', "verlauf[1].verlegt[1]"),
    ('"verlegt": []', '"verlegt": [{"ereignis": "x"}]', "verlauf[1].verlegt[1].bisher"),
    ("2027-03-02T20:00", "2027-03-02T17:00", "ratskalender[1] (rat:1).ende"),
    ('"verschwunden": true', '"verschwunden": "ja"', "ratskalender[2] (beirat:1).verschwunden"),
    (', "name": "Beirat"', "", "ratskalender[2] (beirat:1).name"),
    ("2027-05-05T18:30", "2027-05-05T16:30", "verlauf[1].abgesagt[1] (runde/alt).ende"),
    ('"gremium": "runde/alt", ', "", "verlauf[1].abgesagt[1] (runde/alt).gremium"),
    ("2027-05-03T18:00", "2027-05-03T16:30", "aufgezeichnet.runde/anger.ende"),
    ('["buero/anger"]', "[3]", "aufgezeichnet.runde/anger.vortrag[1]"),
    ('"beratungen": []', '"beratungen": null', "beratungen"),
    ('"beratungen": []', '"beratungen": [], "offen": []', "offen"),
)


@pytest.mark.parametrize(("alt", "neu", "pfad"), BRUECHE)
def test_a_mistake_in_a_plan_is_one_problem_at_its_place(alt: str, neu: str, pfad: str) -> None:
    assert TEXT.count(alt) == 1
    (problem,) = _problems(TEXT.replace(alt, neu))
    assert (problem.datei, problem.pfad) == ("mein-plan.json", pfad)


def _passage(bruch: tuple[str, str, str]) -> str:
    return bruch[0]


def _entry(bruch: tuple[str, str, str]) -> str:
    return re.split(r"[.\[]", bruch[2])[0]


_OUR_FORMAT = [bruch for bruch in BRUECHE if bruch[2] != "format"]


@given(st.lists(st.sampled_from(_OUR_FORMAT), min_size=2, unique_by=(_passage, _entry)))
def test_mistakes_in_a_plan_never_hide_each_other(brueche: list[tuple[str, str, str]]) -> None:
    """In a plan of our format every broken part is reported, and nothing else."""
    text = TEXT
    for alt, neu, _ in brueche:
        text = text.replace(alt, neu)
    assert sorted(p.pfad for p in _problems(text)) == sorted(pfad for _, _, pfad in brueche)


@pytest.mark.parametrize(
    ("text", "pfad"),
    [
        ("", "1:1"),
        ("{", "1:2"),
        ("<<<<<<< HEAD\n" + TEXT, "1:1"),
        ("[" * 100_000, ""),
        (TEXT.replace("2027,", "1" * 5000 + ","), ""),
        (TEXT.replace('"M"', '"\\ud800"'), ""),
        ("[]", ""),
    ],
    ids=["empty", "unfinished", "merge", "deep", "long", "surrogate", "list"],
)
def test_what_is_no_plan_is_one_problem(text: str, pfad: str) -> None:
    (problem,) = _problems(text)
    assert problem.pfad == pfad


@given(st.text(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["format", "stadt", "termine", "verlauf"]), x)).map(json.dumps))  # fmt: skip # noqa: E501
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever a file holds, the answer is a plan or its problems."""
    try:
        plan_from_json(text)
    except InputError as error:
        assert error.problems  # noqa: PT017  (both answers are right; this one must say something)
