"""``why SITZUNG``: what keeps a date; ``--not-on``: what forbids another, or what it costs; ``alternatives``."""

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from gremienplan.loading import read_plan
from gremienplan.planning import There, why_there
from gremienplan.texts import Text
from tests.cli.lauf import lauf, names, too_wide

RUNDE = "runde-entwurf/am-fluss"


def ask(projekt: Path, *words: object) -> str:
    """Return the answer in one line."""
    result = lauf(*words, "--projekt", projekt, "--jahr", 2027)
    assert result.code == 0, result.alles
    assert not too_wide(result.alles)
    return " ".join(result.daten.split())


def data(projekt: Path, *words: object) -> dict[str, Any]:
    result = lauf(*words, "--projekt", projekt, "--jahr", 2027, "--json")
    assert result.code == 0, result.alles
    found: dict[str, Any] = json.loads(result.daten)
    return found


def test_why_it_is_there(geplant: Path) -> None:
    """Requirements with passage and the days they forbid, wishes with their stage, and the cheapest other days."""
    answer = ask(geplant, "why", RUNDE)
    assert "Planned: " in answer
    assert "only on Mon, Tue, Wed, Thu, Fri. So not on: Sat" in answer
    assert "a planner's default" in answer
    assert "Wishes that would be kept less: - Runde Am Fluss: Entwurf: usually" in answer
    assert "The cheapest other days" in answer
    found = data(geplant, "why", RUNDE)
    assert found["answer"] == "why-there"
    assert {g["grundlage"]["authority"] for g in found["gruende"]} <= {
        "text",
        "vorgabe",
        "auslegung",
        "tatsache",
    }
    assert len(found["alternatives"]) == 3


def test_where_nothing_keeps_it_that_is_said(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the days around; no heading stands over nothing."""

    def free(*asked: Any) -> There:
        there = why_there(*asked)
        return evolve(there, nachbarn=tuple(evolve(n, gruende=(), wuensche=()) for n in there.nachbarn[:2]))

    beratung = "bv-entwurf/am-fluss/ost"
    assert "nothing speaks against" not in ask(geplant, "why", RUNDE)
    monkeypatch.setattr("gremienplan.planning.why_there", free)
    answer = ask(geplant, "why", beratung)
    assert ", nothing speaks against these days either: " in answer
    assert ": The cheapest other days" not in answer


def test_a_day_that_a_requirement_forbids_by_itself(geplant: Path) -> None:
    """Each such requirement is named with its passage; no search is needed."""
    answer = ask(geplant, "why", RUNDE, "--not-on", "2027-09-12")
    assert "not possible" in answer
    assert "is on another weekday than: Mon, Tue, Wed, Thu, Fri." in answer
    found = data(geplant, "why", RUNDE, "--not-on", "2028-05-02")
    assert found["moeglich"] is False


def test_a_price_says_what_else_moves_and_changes_nothing(geplant: Path) -> None:
    """Exact, in every stage; the plan on disk keeps its bytes."""
    path = geplant / "jahre" / "2027" / "plan.json"
    before = path.read_bytes()
    (first, *_) = data(geplant, "alternatives", RUNDE)["alternatives"]
    answer = ask(geplant, "why", RUNDE, "--not-on", first["tag"])
    assert "possible. Beside the plan it costs exactly: Stage 1:" in answer
    assert "The price counts points, not dates that move." in ask(geplant, "alternatives", RUNDE)
    again = data(geplant, "why", RUNDE, "--not-on", first["tag"])
    assert again["genau"]
    assert [s["mehr"] for s in again["stufen"]] == [s["mehr"] for s in first["stufen"]]
    assert RUNDE in [v["ereignis"] for v in again["verlegt"]]
    assert path.read_bytes() == before


def test_a_time_may_stand_behind_the_day(geplant: Path) -> None:
    """As a word of its own, or with it; where it is now it costs nothing."""
    lage = read_plan(geplant / "jahre" / "2027" / "plan.json").lagen[RUNDE][0]
    assert "that is where it is" in ask(geplant, "why", RUNDE, f"{lage.beginn:%H:%M}", "--not-on", lage.tag)
    assert "that is where it is" in ask(geplant, "why", RUNDE, "--not-on", f"{lage.beginn:%Y-%m-%dT%H:%M}")
    late = ask(geplant, "why", RUNDE, "--not-on", f"{lage.tag:%d.%m.%Y}", "03:10")
    assert "03:10: not possible" in late


def test_german(geplant: Path) -> None:
    """The same in the language of the office."""
    result = lauf("why", RUNDE, "--not-on", "2027-09-12", "--projekt", geplant, "--lang", "de")
    assert result.code == 0
    assert "nicht möglich" in result.daten
    wrong = lauf("why", RUNDE, "spät", "--not-on", "2027-09-12", "--projekt", geplant, "--lang", "de")
    assert "[UHRZEIT]" in wrong.rede


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["why", RUNDE, "17:00"], "one too many"),
        (["why", RUNDE, "--am", "2027-09-01"], "It goes with --sitz"),
        (["why", RUNDE, "--sitz", "leitung/am-fluss", "--not-on", "2027-09-01"], "one at a time"),
        (
            ["why", RUNDE, "--not-on", "21.9."],
            "is no moment; one is written 2027-09-22 or 22.09.2027, with a time",
        ),
        (["why", RUNDE, "late", "--not-on", "22.09.2027"], "[TIME]"),
        (["alternatives", "runde-nichts/am-fluss"], "There is no such Sitzung or Beratung."),
        (["why", "xyz"], "with the Beratungen, as a file: gremienplan sheet --projekt"),
        (["why", "r-vorstellung/am-fluss/west"], "Did you mean: bv-entwurf/am-fluss/west?"),
        (["why", "kr-abschluss/am-berg"], "Did you mean: runde-abschluss/am-berg?"),
        (["why", "bw-entwurf/am-flus/wset"], "Did you mean: bv-entwurf/am-fluss/west"),
    ],
)
def test_misuse(geplant: Path, words: list[str], said: str) -> None:
    """Each is told in a sentence, and ends with 2."""
    result = lauf(*words, "--projekt", geplant, "--jahr", 2027)
    assert result.code == 2
    assert said in " ".join(result.rede.split())


def test_without_a_plan_it_says_what_to_do(projekt: Path) -> None:
    """Nothing is planned for a question."""
    result = lauf("why", RUNDE, "--projekt", projekt, "--jahr", 2027)
    assert result.code == 2
    assert names(result.rede, "gremienplan plan --jahr 2027", projekt)


def test_what_is_pinned_has_no_other_day(geplant: Path) -> None:
    """It says that the pin is why, and how to lift it; done so, other days are priced."""
    how = ("--jahr", 2027, "--stand", "2027-01-10")
    assert lauf("pin", RUNDE, "2027-03-24", "--projekt", geplant, *how).code == 0
    assert lauf("pin", "--accept", "--projekt", geplant, *how).code == 0
    for word in ("alternatives", "why"):
        result = lauf(word, RUNDE, "--projekt", geplant, "--jahr", 2027)
        assert result.code == 0, result.alles
        assert "It is pinned, so there is no other day." in result.rede
        assert names(result.rede, f"gremienplan pin {RUNDE} --drop --jahr 2027", geplant)
        assert names(result.rede, "gremienplan replan --jahr 2027", geplant)
    found = data(geplant, "alternatives", RUNDE)
    assert (found["pinned"], found["alternatives"]) == (True, [])
    assert lauf("pin", RUNDE, "--drop", "--projekt", geplant, "--jahr", 2027).code == 0
    assert lauf("replan", geplant, *how).code == 0
    found = data(geplant, "alternatives", RUNDE)
    assert not found["pinned"]
    assert found["alternatives"]


def test_a_plan_of_other_inputs_is_no_ground(geplant: Path) -> None:
    """Prices against a year that has changed would be wrong: it says which input, and what to do first."""
    kalender = geplant / "ratskalender" / "rat.ics"
    kalender.write_bytes(kalender.read_bytes().replace(b"SUMMARY:", b"SUMMARY: ", 1))
    result = lauf("why", RUNDE, "--not-on", "2027-09-12", "--projekt", geplant, "--jahr", 2027)
    assert result.code == 2
    assert "made from other inputs" in " ".join(result.rede.split())
    assert "rat.ics" in result.rede
    assert names(result.rede, "gremienplan replan --jahr 2027", geplant)


def test_a_plan_that_breaks_a_rule_is_no_ground(geplant: Path) -> None:
    """Edited by hand onto a Sunday: audit says what is broken."""
    path = geplant / "jahre" / "2027" / "plan.json"
    lage = read_plan(path).lagen[RUNDE][0]
    text = path.read_text("utf-8")
    path.write_text(text.replace(f"{lage.tag}T", "2027-09-12T"), "utf-8")
    result = lauf("alternatives", RUNDE, "--projekt", geplant, "--jahr", 2027)
    assert result.code == 2
    assert "gremienplan audit" in result.rede


def test_the_table_goes_on_where_it_was_broken_off(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at any event and started again, it ends with the same bytes; it agrees with single questions."""
    from gremienplan.planning import tafel

    json_file, csv_file = (geplant / "out" / f"why-2027.{kind}" for kind in ("json", "csv"))
    of = ("alternatives", "--table", "--projekt", geplant, "--jahr", 2027)

    def rows(basis: Any, ereignis: str) -> Any:
        planned = basis.plan.lagen[ereignis][0].tag
        days = [tag for tag in basis.days(ereignis) if abs((tag - planned).days) in (0, 1, 4)]
        return every(basis, ereignis, days)

    every = tafel.rows
    monkeypatch.setattr(tafel, "rows", rows)
    assert lauf(*of).code == 0
    whole = json_file.read_bytes(), csv_file.read_bytes()
    assert not list((geplant / "out").glob("*.part*"))
    json_file.unlink()
    left = iter(range(2))

    def broken_off(*of: Any) -> Any:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return rows(*of)

    monkeypatch.setattr(tafel, "rows", broken_off)
    assert lauf(*of).code != 0
    assert not json_file.exists()
    asked: list[str] = []

    def noted(basis: Any, ereignis: str) -> Any:
        asked.append(ereignis)
        return rows(basis, ereignis)

    monkeypatch.setattr(tafel, "rows", noted)
    assert lauf(*of).code == 0
    table = json.loads(json_file.read_bytes())["zeilen"]
    assert len(asked) == len(table) - 2
    assert (json_file.read_bytes(), csv_file.read_bytes()) == whole
    assert {"gruende" in row for row in table[RUNDE]} == {True, False}
    for row in table[RUNDE]:
        found = data(geplant, "why", RUNDE, "--not-on", row["tag"])
        if "gruende" in row:
            assert [g["id"] for g in found["gruende"]] == row["gruende"]
        else:
            assert [s["mehr"] for s in found["stufen"]] == row["mehr"]


def test_what_takes_long_is_said_and_can_be_cut_short(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each day that is priced, and the effort, reach the search; the answer is none of these words."""
    from gremienplan import planning

    asked: list[str] = []
    real = planning.alternatives

    def told(*about: Any, on_step: Any, effort: Any, **how: Any) -> Any:
        asked.append(effort)
        on_step(Text("step"))
        return real(*about, on_step=on_step, effort=effort, **how)

    monkeypatch.setattr(planning, "alternatives", told)
    result = lauf("alternatives", RUNDE, "--projekt", geplant, "--jahr", 2027, "--effort", "kurz")
    assert result.code == 0
    assert asked == ["kurz"]
    assert "step" in result.rede.splitlines()
    assert "step" not in result.daten


@pytest.mark.parametrize("more", [(), ("--not-on", "2027-09-14")])
def test_ctrl_c_gives_no_half_answer(
    geplant: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    """What was found until then need not be the cheapest: the search hears it, nothing is said of any price."""
    from gremienplan import planning

    def stopped(*_: object, stop: Any, **__: object) -> tuple[()]:
        assert not stop()
        signal.raise_signal(signal.SIGINT)
        assert stop()
        return ()

    monkeypatch.setattr(planning, "alternatives", stopped)
    monkeypatch.setattr(planning, "why_not", stopped)
    result = lauf("why", RUNDE, *more, "--projekt", geplant, "--jahr", 2027)
    assert result.code == 130
    assert "cheapest" not in result.daten
    assert "possible" not in result.daten
