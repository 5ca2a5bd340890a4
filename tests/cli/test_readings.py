"""``readings``: every open question with its state, the reading followed, and what the others would change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.lauf import lauf, too_wide


@pytest.fixture(scope="module")
def stadt() -> Path:
    return Path(__file__).parent.parent / "staedte" / "musterstadt"


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_question_with_what_other_readings_change(stadt: Path) -> None:
    """Two Bezirke times two Gremien: the Rat is no longer invited; a distance is longer; a name changes nothing."""
    result = lauf("readings", "--projekt", stadt, "--jahr", 2027)
    assert result.code == 0
    lines = [words(line) for line in result.daten.splitlines()]
    assert lines[0] == "Invitations Held Bounds"
    switched, fixed = lines[: lines.index("Nothing can be switched here:")], lines[-1]
    assert [line.split()[0] for line in switched if line.startswith("AMB")] == ["AMB-1", "AMB-2"]
    assert any(line.startswith("→ the city's own (confirmed: ") for line in lines)
    assert "kurz: needs an answer" in switched
    assert any(line.startswith("nie −") for line in switched)
    assert fixed.startswith("AMB-3 ")
    assert "3 questions, 2 of them open." in words(result.rede)
    assert not too_wide(result.alles)


def test_one_question_in_full(stadt: Path) -> None:
    result = lauf("readings", "AMB-1", "--projekt", stadt, "--jahr", 2027)
    assert result.code == 0
    found = words(result.daten)
    assert "→ Die Koordination des Quartiers." in found
    assert "nie Der Rat ist nie eingeladen." in found
    assert "No longer invited, to Runde Hafen: Entwurf des Jahresplans:" in found
    assert "Needs an answer: Wer?" in found
    assert 'write into gremienplan.toml, with your answers: [auslegung.AMB-1] wahl = "kurz"' in found
    assert '[auslegung.AMB-1.angabe] # 08-20 # 08-25 tag = "…" gast = "…"' in found
    assert "AMB-2" not in found


def test_as_json(stadt: Path) -> None:
    """Every pair of Sitz and Sitzung, as what it was and would be invited."""
    found = lauf("readings", "AMB-1", "--projekt", stadt, "--jahr", 2027, "--json").json
    assert (found["answer"], found["jahr"]) == ("readings", 2027)
    (lesart,) = found["readings"]
    assert (lesart["stand"], lesart["wahl"], lesart["fest"]) == ("offen", None, None)
    nie, immer, kurz = lesart["andere"]
    assert kurz["verlangt"] == ["Ab wann?", "Wer?"]
    assert kurz["angaben"]["tag"] == {"frage": "Ab wann?", "aus": ["08-20", "08-25"]}
    assert nie["einladungen"]["anzahl_weg"] == len(nie["einladungen"]["weg"]) > 0
    assert all(e["vorher"] and not e["nachher"] for e in nie["einladungen"]["weg"])
    assert {e["sitzung"] for e in immer["einladungen"]["dazu"]} == {"runde-abschluss/anger"}


def test_the_citys_own_reading_is_the_other_one_where_a_project_chose(stadt: Path, tmp_path: Path) -> None:
    """And the reading that is followed is not compared with itself."""
    (tmp_path / "gremienplan.toml").write_text(
        f'format = 1\nstadt = "{stadt.as_posix()}"\n[auslegung]\nAMB-1 = "nie"\n', "utf-8"
    )
    (lesart,) = lauf("readings", "AMB-1", "--projekt", tmp_path, "--jahr", 2027, "--json").json["readings"]
    assert (lesart["wahl"], lesart["lesart"]) == ("nie", "Der Rat ist nie eingeladen.")
    assert [w["id"] for w in lesart["andere"]] == [None, "immer", "kurz"]
    assert lesart["andere"][0]["lesart"] == "Die Koordination des Quartiers."
    assert lesart["andere"][0]["einladungen"]["anzahl_dazu"] > 0


@pytest.fixture
def gewaehlt(stadt: Path, tmp_path: Path) -> Path:
    (tmp_path / "gremienplan.toml").write_text(
        f"""format = 1
stadt = "{stadt.as_posix()}"
[auslegung]
AMB-1 = {{ wahl = "nie", ab = 2027-07-01 }}
AMB-2 = "mehr"
""",
        "utf-8",
    )
    return tmp_path


def test_from_when_on_a_reading_is_followed(gewaehlt: Path) -> None:
    result = lauf("readings", "--projekt", gewaehlt, "--jahr", 2027)
    assert "→ nie (from Thu 2027-07-01 on; open)" in words(result.daten)


def test_conditions_and_wishes_are_summed_up_in_words(gewaehlt: Path) -> None:
    """What they are, and how many; long headings are wrapped."""
    result = lauf("readings", "AMB-2", "--projekt", gewaehlt, "--jahr", 2027, "--lang", "de")
    assert "Geänderte Bedingungen und Wünsche an die Termine (" in words(result.daten)
    assert "„abstand“" in result.daten
    assert "“" not in result.daten.replace("„abstand“", "")
    assert not too_wide(result.alles)


def test_the_question_is_wrapped(projekt: Path) -> None:
    path = projekt / "stadt" / "auslegungen.toml"
    path.write_text(path.read_text("utf-8").replace("des Raums gemeint?", "gemeint? " + "Ja? " * 30), "utf-8")
    assert not too_wide(lauf("readings", "LES-01", "--projekt", projekt, "--jahr", 2027).alles)


def test_the_example_is_a_question_of_this_city(stadt: Path) -> None:
    result = lauf("readings", "--projekt", stadt, "--jahr", 2027)
    assert "One in full: gremienplan readings AMB-1" in words(result.rede)
    assert "AMB-01" not in result.alles


def test_a_city_without_open_questions_says_so(projekt: Path) -> None:
    """In a sentence, and nothing else."""
    (projekt / "stadt" / "auslegungen.toml").write_text("format = 1\n", "utf-8")
    for name in ("regeln.toml", "katalog.toml"):
        path = projekt / "stadt" / name
        text = path.read_text("utf-8").replace(', auslegung = ["LES-01"]', "")
        path.write_text(text.replace('auslegung = "LES-01"', "vorgabe = true"), "utf-8")
    result = lauf("readings", "--projekt", projekt, "--jahr", 2027)
    assert result.code == 0
    assert "The city has no open questions" in words(result.daten)
    assert "readings" not in words(result.rede)


def test_a_question_nobody_asks_is_bad_input(stadt: Path) -> None:
    result = lauf("readings", "AMB-9", "--projekt", stadt, "--jahr", 2027)
    assert result.code == 2
    assert "no reading with this id" in words(result.rede)
