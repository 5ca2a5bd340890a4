"""``replan``: what moves and why, in words and as JSON; what is written; and how a near date may be moved."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from gremienplan.loading import load, read_plan
from gremienplan.plan import Zustand, plan_to_json, record
from tests.cli.lauf import Ergebnis, lauf, names, too_wide
from tests.nur_ci import nur_ci

HEUTE = "2027-01-10"


def replan(projekt: Path, *more: object, stand: str = HEUTE, **environ: str) -> Ergebnis:
    return lauf("replan", projekt, "--jahr", 2027, "--stand", stand, *more, **environ)


def plan_file(projekt: Path) -> Path:
    return projekt / "jahre" / "2027" / "plan.json"


def move_sitting(projekt: Path, bisher: str, jetzt: str) -> None:
    """Move sittings of the council calendar from one day to another."""
    ics = projekt / "ratskalender" / "rat.ics"
    ics.write_text(ics.read_text("utf-8").replace(f"{bisher}T", f"{jetzt}T"), "utf-8")


def publish(projekt: Path) -> None:
    """Make the plan one that people have been told."""
    plan = read_plan(plan_file(projekt))
    kept = record(plan, plan, datetime(2026, 11, 1), Zustand.PUBLISHED)
    plan_file(projekt).write_text(plan_to_json(kept), "utf-8")


def test_what_moves_from_where_to_where_and_why(geplant: Path) -> None:
    """S-01 in 80 columns: both chains, the passage, how many stay, the proof, the price; the state stays."""
    publish(geplant)
    move_sitting(geplant, "20270415", "20270316")
    result = replan(geplant)
    assert result.code == 0, result.alles
    for line in (
        "Moved: 4",
        "1. Runde Am Berg: Entwurf",
        "   Tue 2027-03-30 17:00 → Tue 2027-03-02 17:00",
        "“vor dem Abschluss beraten” [M-3-BV]",
        "As it was: 3",
        "Proven: fewer moves are not possible.",
        "0 → 0 points, proven best",
    ):
        assert line in result.daten
    assert "publish" in result.rede
    assert not too_wide(result.alles.replace(str(geplant), ""))
    kept = read_plan(plan_file(geplant))
    assert kept.zustand is Zustand.PUBLISHED
    assert len(kept.verlauf[-1].verlegt) == 4


DOCS = Path(__file__).parents[2] / "docs" / "replan.md"


@pytest.mark.skipif(not DOCS.is_file(), reason="the documentation is not part of this tree")
def test_the_page_shows_what_is_said(geplant: Path) -> None:
    """The example of docs/replan.md, line by line."""
    (shown,) = re.findall(r"^```text\n(.*?)^```$", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    move_sitting(geplant, "20270421", "20270322")
    result = replan(geplant, "--dry-run")
    assert result.daten.strip() == shown.strip()


@pytest.mark.skipif(not DOCS.is_file(), reason="the documentation is not part of this tree")
def test_the_page_says_how_a_plan_is_published(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The Python of docs/replan.md, as it stands there."""
    (code,) = re.findall(r"^```python\n(.*?)^```$", DOCS.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(geplant)
    exec(compile(code, "docs/replan.md", "exec"), {})
    assert read_plan(plan_file(geplant)).zustand is Zustand.PUBLISHED


def test_a_second_run_changes_no_byte(geplant: Path) -> None:
    """What holds stays, and nothing is recorded."""
    move_sitting(geplant, "20270415", "20270316")
    assert replan(geplant).code == 0
    before = plan_file(geplant).read_bytes()
    result = replan(geplant)
    assert result.code == 0
    assert "Nothing has to be moved: all dates hold (7)." in result.daten
    assert "stays as it was" in result.rede
    assert "The plan:" not in result.daten
    assert plan_file(geplant).read_bytes() == before


def test_a_change_that_moves_nothing_is_taken_note_of(geplant: Path) -> None:
    """The plan then says that it was made with today's calendar: ``watch`` is content."""
    move_sitting(geplant, "20270310", "20270311")
    assert lauf("watch", geplant, "--stand", HEUTE).daten
    before = plan_file(geplant).read_bytes()
    assert "Nothing has to be moved" in replan(geplant).daten
    assert plan_file(geplant).read_bytes() != before
    assert "nothing has changed" in lauf("watch", geplant, "--stand", HEUTE).rede


def test_a_dry_run_only_says(geplant: Path) -> None:
    """Nothing is written."""
    move_sitting(geplant, "20270415", "20270316")
    before = plan_file(geplant).read_bytes()
    result = replan(geplant, "--dry-run")
    assert "Moved: 4" in result.daten
    assert "Only tried" in result.rede
    assert plan_file(geplant).read_bytes() == before


def test_more_threads_find_the_same(geplant: Path) -> None:
    """How many there are is the engine's matter; what is proven, and the plan by the tie rule, does not hang on it."""
    move_sitting(geplant, "20270415", "20270316")
    one, two = (replan(geplant, "--dry-run", "--json", "--workers", n).json for n in (1, 2))
    assert one == two
    assert one["plan"]["kanonisch"]


def test_as_json(geplant: Path) -> None:
    """Every move with both dates and its reasons; the proof; the plan as it would be."""
    move_sitting(geplant, "20270415", "20270316")
    found = replan(geplant, "--dry-run", "--json").json
    assert (found["answer"], found["changed"]) == ("replan", False)
    assert found["verlegungen"] == {"wert": 4, "schranke": 4, "bewiesen": True}
    first = found["verlegt"][0]
    assert (first["bisher"]["beginn"], first["jetzt"]["beginn"]) == ("2027-03-30T17:00", "2027-03-02T17:00")
    assert first["gruende"][0]["grundlage"]["id"] == "M-3-BV"
    assert len(found["bleibt"]) == 3
    assert found["plan"]["termine"]


@nur_ci("plans a year anew")
def test_thaw_takes_what_people_type(geplant: Path) -> None:
    """What is near stays, which the conflict says, with the option that moves it all the same: names, beginnings."""
    publish(geplant)
    toml = geplant / "gremienplan.toml"
    away = 'wer = "leitung/am-berg"\nvon = 2027-03-30T00:00:00\nbis = 2027-03-31T00:00:00\nwas = "weg (erfunden)"'
    toml.write_text(f"{toml.read_text('utf-8')}\n[[besetzt]]\n{away}\n", "utf-8")
    stand = "2027-03-20"
    result = replan(geplant, stand=stand)
    assert result.code == 1, result.alles
    assert "nothing within 14 days is moved any more" in " ".join(result.daten.split())
    assert "--thaw runde-entwurf/am-berg" in " ".join(result.rede.split())
    assert replan(geplant, "--json", stand=stand).json["thaw"] == ["runde-entwurf/am-berg"]
    assert replan(geplant, "--thaw", "unsinn", stand=stand).code == 2
    assert "Moved: 1" in replan(geplant, "--thaw", "runde-e/Am Berg", "--dry-run", stand=stand).daten
    assert "Moved: 1" in replan(geplant, "--frozen", 5, stand=stand).daten


@nur_ci("plans a year anew")
def test_days_that_are_named_hold_a_draft_too(geplant: Path) -> None:
    """Who says that what is near stays means it of any plan; what nobody says holds only what people were told."""
    toml = geplant / "gremienplan.toml"
    away = 'wer = "leitung/am-berg"\nvon = 2027-03-30T00:00:00\nbis = 2027-03-31T00:00:00\nwas = "weg (erfunden)"'
    toml.write_text(f"{toml.read_text('utf-8')}\n[[besetzt]]\n{away}\n", "utf-8")
    assert replan(geplant, "--dry-run", stand="2027-03-20").code == 0
    held = replan(geplant, "--frozen", 14, stand="2027-03-20")
    assert held.code == 1
    assert "nothing within 14 days is moved any more" in " ".join(held.daten.split())
    assert replan(geplant, "--frozen", 5, "--dry-run", stand="2027-03-20").code == 0


def replace_sitting(projekt: Path, key: str, bisher: str, jetzt: str) -> None:
    """Take a sitting out of the council calendar's file by hand, and put another one in."""
    ics = projekt / "ratskalender" / "rat.ics"
    text = ics.read_text("utf-8")
    assert key in text
    ics.write_text(text.replace(key, f"neu-{key}").replace(f"{bisher}T", f"{jetzt}T"), "utf-8")


def test_a_sitting_that_is_gone_is_said_to_be_gone(geplant: Path) -> None:
    """By what moves because of it; ``watch`` and ``replan`` say the same of its time: taken for free from now on."""
    replace_sitting(geplant, "west-2@", "20270421", "20270322")
    watched = " ".join(lauf("watch", geplant, "--stand", HEUTE).alles.split())
    assert "it stands in no file of the calendar any more" in watched
    assert "taken for free by the next plan or replan" in watched
    assert "not free" not in watched
    assert names(watched, "gremienplan replan --jahr 2027; wholly anew:", geplant)
    assert names(watched, "gremienplan plan --jahr 2027", geplant)
    result = replan(geplant, "--dry-run")
    assert result.code == 0, result.alles
    assert "is not in the council calendar any more" in " ".join(result.daten.split())
    assert "their time is taken for free" in " ".join(result.rede.split())


def test_a_sitting_that_is_cancelled_is_said_to_be_cancelled(geplant: Path) -> None:
    """It stands in the calendar still, as one that is not held."""
    ics = geplant / "ratskalender" / "rat.ics"
    text = ics.read_text("utf-8").replace("\r\n", "\n")
    (event,) = (
        e for e in re.findall(r"BEGIN:VEVENT\n.*?END:VEVENT\n", text, re.DOTALL) if "UID:west-2@" in e
    )
    off = event.replace("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT")
    other = event.replace("west-2@", "neu-west-2@").replace("20270421T", "20270322T")
    ics.write_text(text.replace(event, off + other), "utf-8")
    said = " ".join(replan(geplant, "--dry-run").daten.split())
    assert "its sitting is cancelled" in said
    assert "any more" not in said


def test_a_change_that_cannot_be_has_a_headline_of_its_own(geplant: Path) -> None:
    """There is a plan of the year: what there is none of is a change that keeps everything."""
    pin = '\n[[fest]]\nsitzung = "runde-entwurf/am-fluss"\nbeginn = 2027-09-12T17:00:00\n'
    toml = geplant / "gremienplan.toml"
    toml.write_text(toml.read_text("utf-8") + pin, "utf-8")
    result = replan(geplant)
    assert result.code == 1, result.alles
    said = " ".join(result.daten.split())
    assert said.startswith("The plan of 2027 cannot be changed so that everything holds. These cannot hold")
    assert "No plan" not in said


def test_the_project_says_what_is_near(geplant: Path) -> None:
    """``haltefrist`` in gremienplan.toml; what is no number of days is said."""
    toml = geplant / "gremienplan.toml"
    old = toml.read_text("utf-8")
    toml.write_text(old.replace("format = 1", "format = 1\nhaltefrist = 3"), "utf-8")
    assert load(geplant, jahr=2027).haltefrist == 3
    toml.write_text(old.replace("format = 1", "format = 1\nhaltefrist = 1000"), "utf-8")
    result = replan(geplant)
    assert result.code == 2
    assert "haltefrist" in result.rede


def test_without_a_plan_there_is_nothing_to_change(projekt: Path) -> None:
    result = replan(projekt)
    assert result.code == 2
    assert names(result.rede, "gremienplan plan --jahr 2027", projekt)


def test_an_impossible_year_is_a_conflict(geplant: Path) -> None:
    """Exit code 1; the plan on disk stays as it was."""
    before = plan_file(geplant).read_bytes()
    ics = geplant / "ratskalender" / "rat.ics"
    ics.write_text(ics.read_text("utf-8").replace("Bezirksvertretung West", "Beirat West"), "utf-8")
    result = replan(geplant)
    assert result.code == 1
    assert "cannot hold" in result.daten
    assert plan_file(geplant).read_bytes() == before
