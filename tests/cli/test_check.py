"""``check`` says everything that is wrong at once, located, and what there is when nothing is wrong."""

from pathlib import Path

import pytest

from tests.cli.lauf import lauf, too_wide


def test_a_sound_project(projekt: Path) -> None:
    """Numbers of Sitzungen, Beratungen and council sittings; bodies nobody knows are named once each."""
    result = lauf("check", projekt, "--jahr", 2027)
    assert result.code == 0
    words = " ".join(result.daten.split())
    assert "4 Sitzungen and 3 Beratungen to place, 6 council sittings read" in words
    assert result.daten.count("Kleingartenbeirat") == 1
    assert "2× Kleingartenbeirat" in words
    assert not too_wide(result.alles)


def test_a_sound_project_as_json(projekt: Path) -> None:
    """The same facts for other programs."""
    found = lauf("check", "--projekt", projekt, "--jahr", 2027, "--json").json
    assert found["answer"] == "checked"
    assert (found["sitzungen"], found["beratungen"], found["ratssitzungen"]) == (4, 3, 6)
    unknown = [h["name"] for h in found["ratskalender"] if h["art"] == "unbekanntes-gremium"]
    assert unknown == ["Kleingartenbeirat"]


def _spoil(projekt: Path) -> None:
    for file, old, new in (
        ("gremienplan.toml", "ratskalender =", "ratskalendar ="),
        ("stadt/stadt.toml", 'je = "raum", name = "Leitung"', 'je = "raun", name = "Leitung"'),
        ("stadt/regeln.toml", 'text = "M-1-RUNDE"', 'text = "M-1-RUNDEN"'),
        ("stadt/programm.toml", 'art = "tageszeit"', 'art = "tageszeiten"'),
        ("stadt/programm.toml", 'von = "03-01"', 'von = "02-31"'),
    ):
        path = projekt / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")


def test_five_problems_at_once(projekt: Path) -> None:
    """Each with its file, its place, the value found, and a hint where there is one."""
    _spoil(projekt)
    result = lauf("check", projekt, "--json")
    assert result.code == 2
    problems = result.json["problems"]
    wrong = {"ratskalendar", "raun", "M-1-RUNDEN", "tageszeiten", "02-31"}
    assert {w for w in wrong if any(w in p["wert"] + p["pfad"] for p in problems)} == wrong
    assert {Path(p["datei"]).name for p in problems} >= {
        "gremienplan.toml",
        "stadt.toml",
        "regeln.toml",
        "programm.toml",
    }


def test_problems_are_readable(projekt: Path) -> None:
    """They are the data of ``check``, and talk of every other command; both fit 80 columns."""
    _spoil(projekt)
    checked = lauf("check", projekt)
    assert checked.code == 2
    assert "raun" in checked.daten
    assert "Hint:" in checked.daten
    planned = lauf("plan", projekt, "--jahr", 2027)
    assert (planned.code, planned.daten) == (2, "")
    assert "raun" in planned.rede
    short = str(projekt)
    assert not too_wide(checked.daten.replace(short, ""))


def test_the_project_is_found_from_below(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The current folder need not be the project's own."""
    monkeypatch.chdir(projekt / "ratskalender")
    assert lauf("check").code == 0
