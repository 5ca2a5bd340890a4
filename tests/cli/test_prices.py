"""``prices`` says what the order of the stages costs."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from gremienplan import planning, read_plan
from gremienplan.solver import Preis
from tests.cli.lauf import lauf, names, too_wide


def test_without_a_plan(projekt: Path) -> None:
    """Nothing to say, and how to get there."""
    result = lauf("prices", "--projekt", projekt, "--jahr", 2027)
    assert result.code == 2
    assert "gremienplan plan" in result.alles


def test_each_price_is_one_line_under_its_stage(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could be, for what, the stage named once; what is not proven is marked; as JSON the same numbers."""
    (first,) = (s.stufe for s in read_plan(geplant / "jahre" / "2027" / "plan.json").stufen)
    found = (Preis(first, first, 5, 8, exakt=True), Preis(first, first, 0, 9, exakt=False))
    monkeypatch.setattr(planning, "prices", lambda *_, **__: found)
    result = lauf("prices", "--projekt", geplant)
    assert result.code == 0
    assert "5 points in place of" in result.alles
    assert result.alles.count(f"Stage {first}: ") == 1
    assert f"if stage {first} (usual weekday and hour) had 8 in place of" in " ".join(result.alles.split())
    assert " ".join(result.alles.split()).count("less may be possible") == 1
    assert not too_wide(result.alles)
    assert lauf("prices", "--projekt", geplant, "--json").json["preise"][0] == {
        "frueher": first,
        "spaeter": first,
        "waere": 5,
        "dafuer": 8,
        "exakt": True,
    }


def test_in_a_plan_with_few_moves_the_price_is_told_in_dates(geplant: Path) -> None:
    """A date was pinned off its usual weekday and is free again: to move it back gains what it costs."""
    how = ("--projekt", geplant, "--jahr", 2027, "--stand", "2027-01-10")
    assert lauf("pin", "runde-entwurf/am-berg", "2027-03-24", *how).code == 0
    assert lauf("pin", "--accept", *how).code == 0
    assert lauf("pin", "--drop", "runde-entwurf/am-berg", "--projekt", geplant, "--jahr", 2027).code == 0
    stale = lauf("prices", "--projekt", geplant)
    assert stale.code == 2
    assert names(stale.alles, "gremienplan replan --jahr 2027", geplant)
    assert lauf("replan", geplant, *how[2:]).code == 0
    result = lauf("prices", "--projekt", geplant)
    assert result.code == 0, result.alles
    (stufe,) = (s for s in read_plan(geplant / "jahre" / "2027" / "plan.json").stufen if s.stufe == 1)
    assert f"0 points in place of {stufe.wert}, if 1 more date were moved" in result.daten
    assert lauf("prices", "--projekt", geplant, "--json").json["preise"] == [
        {"frueher": -1, "spaeter": 1, "waere": 0, "dafuer": 1, "exakt": True}
    ]


def test_nothing_to_gain(geplant: Path) -> None:
    """Asked in earnest: the small city has its wishes all kept, or a price for those that are not."""
    result = lauf("prices", "--projekt", geplant)
    assert result.code == 0
    assert "The order of the stages costs nothing" in result.alles or "in place of" in result.alles


def test_ctrl_c_gives_no_half_answer(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped before all prices are known, nothing is said of any, for some would be missing."""

    def stopped(*_: object, stop: Callable[[], bool], **__: object) -> tuple[()]:
        signal.raise_signal(signal.SIGINT)
        assert stop()
        return ()

    monkeypatch.setattr(planning, "prices", stopped)
    result = lauf("prices", "--projekt", geplant)
    assert result.code == 130
    assert result.daten == ""
    assert "Stopping; there will be no answer." in result.rede
