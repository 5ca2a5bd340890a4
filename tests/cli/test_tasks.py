"""``tasks`` lists what is to be done for the planned Sitzungen: what, by whom, by when, on whose word."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.lauf import lauf, too_wide

AUFGABE = """
[[aufgabe]]
id = "einladen"
name = "Einladung verschicken"
zu = "runde-entwurf"
zustaendig = "leitung"
an = "buergeramt"
vorher = { tage = 14, vorgabe = true }
text = "M-1-RUNDE"

[[tagesordnung]]
id = "bericht"
name = "Bericht der Leitung"
zu = "runde-entwurf"
vortrag = "leitung"
vorgabe = true
"""


@pytest.fixture
def mit_aufgabe(geplant: Path) -> Path:
    """Return the planned project, with a task and an item in its programme."""
    programm = geplant / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + AUFGABE, "utf-8")
    return geplant


def test_the_tasks_of_a_planned_year(mit_aufgabe: Path) -> None:
    """In the order they are due; 14 days before the planned date; 80 columns wide."""
    result = lauf("tasks", mit_aufgabe)
    assert result.code == 0, result.alles
    assert "Einladung verschicken" in result.daten
    assert "By: Leitung Am Fluss" in result.daten
    assert "[M-1-RUNDE]" in result.daten
    assert not too_wide(result.alles)


def test_as_json(mit_aufgabe: Path) -> None:
    """Each with its Sitzung, its office, its recipients, and both authorities."""
    found = lauf("tasks", mit_aufgabe, "--json").json["aufgaben"]
    assert {a["sitzung"] for a in found} == {"runde-entwurf/am-fluss", "runde-entwurf/am-berg"}
    assert [a["faellig"] for a in found] == sorted(a["faellig"] for a in found)
    for aufgabe in found:
        tag, faellig = (date.fromisoformat(aufgabe[key]) for key in ("tag", "faellig"))
        assert tag - faellig == timedelta(days=14)
        assert aufgabe["zustaendig"] == f"leitung/{aufgabe['sitzung'].partition('/')[2]}"
        assert all(an.startswith("buergeramt/") for an in aufgabe["an"])


def test_a_year_without_a_plan_has_no_tasks(projekt: Path) -> None:
    """Exit code 2, and what to do."""
    result = lauf("tasks", projekt, "--jahr", 2027)
    assert result.code == 2
    assert "gremienplan plan" in result.rede


def test_the_agenda_stands_with_the_invitations(mit_aufgabe: Path) -> None:
    """And in the JSON, with its passage."""
    word = ("invitations", "runde-entwurf/am-fluss", "--projekt", mit_aufgabe)
    assert "On the agenda: Bericht der Leitung (Leitung Am Fluss)" in lauf(*word).daten
    (punkt,) = lauf(*word, "--json").json["tagesordnung"]
    assert (punkt["punkt"], punkt["vortrag"]) == ("bericht", ["leitung/am-fluss"])
    assert lauf("invitations", "runde-abschluss/am-fluss", *word[2:], "--json").json["tagesordnung"] == []


def test_only_what_one_office_has_to_do_in_some_days(mit_aufgabe: Path) -> None:
    """By the office, by its name, and by the days it is due; the bounds are days that count."""
    alle = lauf("tasks", mit_aufgabe, "--json").json["aufgaben"]
    first, last = alle[0]["faellig"], alle[-1]["faellig"]
    for sitz in ("leitung/am-berg", "Leitung Am Berg"):
        found = lauf("tasks", mit_aufgabe, "--sitz", sitz, "--json").json["aufgaben"]
        assert found == [a for a in alle if a["zustaendig"] == "leitung/am-berg"] != []
    for tag in (first, last):
        found = lauf("tasks", mit_aufgabe, "--von", tag, "--bis", tag, "--json").json["aufgaben"]
        assert found == [a for a in alle if a["faellig"] == tag] != []
    assert lauf("tasks", mit_aufgabe, "--bis", "1.1.2020", "--json").json["aufgaben"] == []


def test_invitations_list_the_planned_days(geplant: Path) -> None:
    """Every planned Sitzung with its day; `receipt` says its state and names in words."""
    listed = lauf("invitations", "--projekt", geplant, "--json").json["sitzungen"]
    assert all(s["beginn"] for s in listed)
    assert "Planned" in lauf("invitations", "--projekt", geplant).daten
    said = lauf("receipt", "--projekt", geplant, "--lang", "de").daten
    assert "Entwurf" in said
    assert "draft" not in said
