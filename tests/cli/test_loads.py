"""``loads`` shows who bears how much in a planned year, and whether less was possible."""

from pathlib import Path

from tests.cli.lauf import lauf, too_wide

WUNSCH = """
[[wunsch]]
id = "teilen"
art = "ausgleich"
was = "abende"
rollen = ["leitung"]
ab = "11:00"
stufe = 5
tiefe = 2
vorgabe = true
"""


def test_the_table(geplant: Path) -> None:
    """Areas, then Rollen; 80 columns wide; who has most."""
    result = lauf("loads", geplant, "--ab", "11:00")
    assert result.code == 0, result.alles
    assert "Areas" in result.daten
    assert "Leitung" in result.daten
    assert "Most evenings: " in result.daten
    assert not too_wide(result.alles)
    assert not too_wide(lauf("loads", geplant, "--alle", "--lang", "de").alles)


def test_what_has_neither_evenings_nor_journeys_is_one_line(geplant: Path) -> None:
    quiet = lauf("loads", geplant, "--ab", "23:59").daten
    assert "Rollen have neither evenings nor journeys" in quiet
    every = lauf("loads", geplant, "--ab", "23:59", "--alle").daten
    assert "neither" not in every
    assert len(every.splitlines()) > len(quiet.splitlines())


def test_as_json(geplant: Path) -> None:
    found = lauf("loads", geplant, "--json", "--rolle", "leitung").json
    assert (found["answer"], found["jahr"], found["ab"]) == ("loads", 2027, "18:00")
    assert {one["wer"].partition("/")[0] for one in found["sitze"]} == {"leitung"}
    for one in found["sitze"]:
        assert len(one["wochentage"]) == 7
        assert sum(one["wochentage"]) <= one["termine"]
    assert found["geteilt"] == []


def test_a_wish_is_told_with_its_proof(projekt: Path) -> None:
    """And not proven any more once somebody moves a date by hand."""
    programm = projekt / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + WUNSCH, "utf-8")
    assert lauf("plan", projekt, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz").code == 0
    words = lauf("loads", projekt).daten
    assert "“teilen”, among 2: evenings, at most " in words
    assert words.count("proven best") == 2
    found = lauf("loads", projekt, "--json").json["geteilt"]
    assert [(one["stufe"], one["schritt"], one["bewiesen"]) for one in found] == [(5, 0, True), (6, 1, True)]


def test_a_year_without_a_plan_and_an_unknown_rolle(projekt: Path) -> None:
    missing = lauf("loads", projekt, "--jahr", 2027)
    assert (missing.code, "has not been planned yet" in missing.alles) == (2, True)
    wrong = lauf("loads", projekt, "--jahr", 2027, "--rolle", "leitng")
    assert (wrong.code, "leitung" in wrong.alles) == (2, True)
    late = lauf("loads", projekt, "--ab", "spät")
    assert (late.code, "no time of day" in late.alles) == (2, True)
