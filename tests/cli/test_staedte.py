"""Every small city that ships plans a year from the command line, made by ``new`` or as its example."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.lauf import lauf
from tests.nur_ci import nur_ci

BEISPIELE = Path(__file__).parents[2] / "examples"
KLEINE = ("hattingen", "quartier")
STAND = ("--jahr", "2027", "--stand", "2026-11-01T09:00")


@pytest.mark.parametrize("stadt", KLEINE)
def test_a_new_project_is_checked_planned_and_published(stadt: str, tmp_path: Path) -> None:
    """Without a council calendar, which its rules do not ask for."""
    ordner = tmp_path / "projekt"
    assert lauf("new", ordner, "--stadt", stadt).code == 0
    assert lauf("check", ordner).code == 0
    assert lauf("plan", ordner, *STAND).code == 0
    assert lauf("audit", ordner / "jahre" / "2027" / "plan.json").code == 0
    assert lauf("publish", ordner, "--jahr", "2027").code == 0
    assert list((ordner / "out").rglob("*.ics"))


def example(stadt: str, tmp_path: Path) -> Path:
    ordner = tmp_path / f"{stadt}-2027"
    shutil.copytree(BEISPIELE / ordner.name, ordner)
    return ordner


def test_what_is_announced_without_a_date_is_listed_with_these_words(tmp_path: Path) -> None:
    """P-63: the last part of the table, and in the audit; in German as the clerk writes it."""
    ordner = example("hattingen", tmp_path)
    found = lauf("plan", ordner, *STAND)
    assert found.code == 0
    _, _, offen = found.daten.partition("Date to be announced\n")
    assert offen.splitlines()[0].split() == ["Stadtteilkonferenz", "Welper", "Herbst"]
    german = lauf("plan", ordner, *STAND, GREMIENPLAN_LANG="de")
    assert "Termin wird noch bekannt gegeben" in german.daten


@nur_ci("plans a year anew")
def test_who_holds_the_conferences_in_turn_is_said(tmp_path: Path) -> None:
    """S-32: and who is passed over, with the reason; by ``plan`` and by ``audit``, in words and as data."""
    ordner = example("quartier", tmp_path)
    for befehl in (["plan", ordner, *STAND], ["audit", "--projekt", ordner]):
        found = lauf(*befehl)
        assert found.code == 0
        text = " ".join(found.daten.split())
        assert "Stadtteilkonferenz Unterfeld, in turn: " in text
        assert "Kindertagesstätte Lindenhof: passed over, room for 25, not 40." in text
        turns = lauf(*befehl, "--json").json["turns"]
        assert turns
        assert all(" ".join(sentence.split()) in text for sentence in turns)


def test_where_nobody_takes_turns_nothing_is_said(tmp_path: Path) -> None:
    """The list is there and empty."""
    ordner = example("hattingen", tmp_path)
    assert lauf("plan", ordner, *STAND, "--json").json["turns"] == []
    assert lauf("audit", "--projekt", ordner, "--json").json["turns"] == []
    assert "in turn" not in lauf("audit", "--projekt", ordner).alles
