"""``plan --variants`` and ``plan --take``: several plans side by side, and one of them becomes the plan."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest

from gremienplan import planning
from gremienplan.loading import read_plan
from gremienplan.plan import plan_to_json
from tests.cli.lauf import too_wide
from tests.cli.test_plan import plan, plan_file


def variant_file(projekt: Path, number: int) -> Path:
    return plan_file(projekt).parent / "varianten" / f"{number}.json"


@pytest.fixture
def zwei(projekt: Path) -> Path:
    """Return the project with two variants."""
    result = plan(projekt, "--variants", 2)
    assert result.code == 0, result.alles
    return projekt


def test_they_stand_side_by_side(projekt: Path) -> None:
    """Points, how many dates differ, and which; files beside the plan, which is not written; in 80 columns."""
    result = plan(projekt, "--variants", 2)
    assert result.code == 0, result.alles
    head, *lines = result.daten.splitlines()
    assert head.split() == ["variant", "1", "variant", "2"]
    assert any(line.startswith("  Stage 1") for line in lines)
    assert "dates that nobody has fixed" in result.rede
    assert "--take 1" in result.rede
    assert [line for line in result.rede.splitlines() if line.startswith("Variant ")] == [
        "Variant 1 of 2",
        "Variant 2 of 2",
    ]
    first, second = (read_plan(variant_file(projekt, n)) for n in (1, 2))
    moved = [e for e in first.lagen if first.lagen[e][0].tag != second.lagen[e][0].tag]
    assert sum(line.count("=") for line in lines) == 0
    assert 10 * len(moved) >= 3 * len(first.lagen)
    assert not plan_file(projekt).exists()
    assert not too_wide(result.alles.replace(str(projekt), ""))


def test_one_is_taken(zwei: Path) -> None:
    """It becomes the plan, as a draft with its history; taking another one records what moves."""
    result = plan(zwei, "--take", 2)
    assert result.code == 0, result.alles
    taken, variant = read_plan(plan_file(zwei)), read_plan(variant_file(zwei, 2))
    assert taken.lagen == variant.lagen
    assert len(taken.verlauf) == 1
    assert plan(zwei, "--take", 1).code == 0
    assert read_plan(plan_file(zwei)).lagen == read_plan(variant_file(zwei, 1)).lagen


def test_the_first_is_what_plan_would_make(zwei: Path) -> None:
    """Taken, it is the same file, byte for byte."""
    plan(zwei, "--take", 1)
    taken = plan_file(zwei).read_bytes()
    plan_file(zwei).unlink()
    plan(zwei)
    assert plan_file(zwei).read_bytes() == taken


def test_what_was_taken_stays(zwei: Path) -> None:
    """A later ``plan`` keeps a variant that is as good as the best, byte for byte, and says so."""
    plan(zwei, "--take", 2)
    taken = read_plan(plan_file(zwei))
    best = read_plan(variant_file(zwei, 1))
    assert [s.wert for s in taken.stufen] == [s.wert for s in best.stufen]
    assert taken.lagen != best.lagen
    before = plan_file(zwei).read_bytes()
    result = plan(zwei)
    assert "at least as good; it stays" in result.rede
    assert "By the tie rule alone" in result.rede
    assert plan_file(zwei).read_bytes() == before


def test_the_same_question_gives_the_same_bytes(zwei: Path) -> None:
    before = [variant_file(zwei, n).read_bytes() for n in (1, 2)]
    plan(zwei, "--variants", 2)
    assert [variant_file(zwei, n).read_bytes() for n in (1, 2)] == before


def test_a_variant_of_other_data_is_refused(zwei: Path) -> None:
    """So is one that is not there; nothing is written."""
    for number in (3, 9):
        missing = plan(zwei, "--take", number)
        assert missing.code == 2
        assert "no such variant" in missing.rede
        assert "There are: 1, 2" in missing.rede
    programm = zwei / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8") + "\n# anders\n", "utf-8")
    result = plan(zwei, "--take", 1)
    assert result.code == 2
    assert "other data" in result.rede
    assert not plan_file(zwei).exists()


def test_a_variant_edited_by_hand_is_judged(zwei: Path) -> None:
    """What breaks a rule is refused with the finding."""
    file = variant_file(zwei, 2)
    raw = json.loads(file.read_text("utf-8"))
    raw["termine"][0]["beginn"] = raw["termine"][0]["beginn"].replace("T", "T0")[:11] + "03:00"
    raw["termine"][0]["ende"] = raw["termine"][0]["beginn"][:11] + "04:30"
    file.write_text(json.dumps(raw), "utf-8")
    result = plan(zwei, "--take", 2)
    assert result.code == 2
    assert "does not keep every rule" in " ".join(result.rede.split())
    assert not plan_file(zwei).exists()


@pytest.mark.parametrize(
    "more", [("--take", 1, "--partial"), ("--take", 1, "--variants", 2), ("--partial", "--variants", 2)]
)
def test_one_thing_at_a_time(projekt: Path, more: tuple[object, ...]) -> None:
    result = plan(projekt, *more)
    assert result.code == 2
    assert "different things" in " ".join(result.rede.split())


def test_as_json(projekt: Path) -> None:
    """Each variant with its points, its differences and its plan."""
    result = plan(projekt, "--variants", 2, "--json")
    first, second = result.json["varianten"]
    assert first["andere"] == [0, second["andere"][0]]
    assert second["andere"][0] >= result.json["mindestens"]
    assert sum(second["gremien"].values()) == second["andere"][0]
    assert first["plan"] == json.loads(plan_to_json(read_plan(variant_file(projekt, 1))))


def test_interrupted_it_says_so_and_what_is_there(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One plan is kept to be taken; no table of differences, and it was not the time that ran out."""
    real = planning.variants

    def stopped(*about: Any, on_variant: Any, **how: Any) -> object:
        def begin(number: int) -> None:
            on_variant(number)
            signal.raise_signal(signal.SIGINT)

        return real(*about, on_variant=begin, **how)

    monkeypatch.setattr(planning, "variants", stopped)
    result = plan(projekt, "--variants", 3)
    assert result.code == 0, result.alles
    talk = " ".join(result.rede.split())
    assert "1 instead of 3: the search was interrupted." in talk
    assert "time ran out" not in talk
    assert "Any two" not in talk
    assert "Make it the plan: " in talk
    assert "Other dates than" not in result.daten
    assert variant_file(projekt, 1).is_file()
