"""Changes by hand at the command line: what is kept, what is refused and why, and what is left alone."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from gremienplan.loading import load, read_plan
from gremienplan.plan import Plan, Zustand, plan_to_json, record
from tests.cli.lauf import Ergebnis, lauf, too_wide

DOCS = Path(__file__).parents[2] / "docs" / "by-hand.md"
HEUTE = "2026-11-01 09:00"
ENTWURF, ABSCHLUSS = "runde-entwurf/am-berg", "runde-abschluss/am-berg"
ZUSATZ = "runde-zusatz-1/am-berg"


def hand(projekt: Path, name: str, *more: object, stand: str = HEUTE, **environ: str) -> Ergebnis:
    return lauf(name, *more, "--projekt", projekt, "--jahr", 2027, "--stand", stand, **environ)


def plan(projekt: Path) -> Plan:
    return read_plan(projekt / "jahre" / "2027" / "plan.json")


def everything(projekt: Path) -> dict[str, bytes]:
    """Return each file of a project with its bytes."""
    return {str(p.relative_to(projekt)): p.read_bytes() for p in projekt.rglob("*") if p.is_file()}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_what_is_refused_says_why_and_the_way_out_and_changes_no_byte(geplant: Path) -> None:
    """Sentence, passage and authority of each requirement; exit code 1; in 80 columns, in both languages."""
    before = everything(geplant)
    result = hand(geplant, "move", ABSCHLUSS, "2027-04-08")
    assert result.code == 1, result.alles
    assert "1. Runde Am Berg: Abschluss, Thu 2027-04-08 17:00 to 19:00, is before:" in result.daten
    assert "“vor dem Abschluss beraten” [M-3-BV]" in result.daten
    assert f"  gremienplan pin {ABSCHLUSS} 2027-04-08 17:00 --projekt {geplant} --jahr 2027\n" in result.rede
    assert f"  gremienplan alternatives {ABSCHLUSS} --projekt {geplant} --jahr 2027\n" in result.rede
    assert not too_wide(result.alles.replace(f" --projekt {geplant}", "").replace(str(geplant), ""))
    german = hand(geplant, "move", ABSCHLUSS, "08.04.2027", GREMIENPLAN_LANG="de")
    assert german.daten.startswith("Nicht möglich.")
    found = hand(geplant, "move", ABSCHLUSS, "2027-04-08", "--json").json
    assert (found["answer"], found["ok"], found["changed"]) == ("move", False, False)
    assert found["findings"][0]["grundlage"]["id"] == "M-3-BV"
    assert found["gewollt"]["beginn"] == "2027-04-08T17:00"
    assert everything(geplant) == before


def test_a_dry_run_changes_no_byte_and_says_the_same(geplant: Path) -> None:
    """Each of the six: no file is written, none is new."""
    before = everything(geplant)
    spaeter = "2027-07-01"
    runs = (
        hand(geplant, "move", ENTWURF, "2027-03-29", "--dry-run"),
        hand(geplant, "swap", ENTWURF, "Berghaus", "--dry-run"),
        hand(geplant, "cancel", ENTWURF, "--with-dependents", "--dry-run"),
        hand(geplant, "add", "runde/am-berg", "2027-05-11", "--anlass", "entwurf", "--dry-run"),
        hand(geplant, "held", ENTWURF, "--dry-run", stand=spaeter),
        hand(geplant, "protocol", ENTWURF, "https://rat.example/1", "--dry-run", stand=spaeter),
    )
    for result in runs:
        assert result.code == 0, result.alles
        assert not too_wide(result.alles.replace(str(geplant), ""))
    assert everything(geplant) == before
    assert "Only tried" in runs[0].rede
    assert "Nothing changes" in runs[1].rede


@pytest.mark.parametrize(
    "words",
    [
        ("held", ENTWURF),
        ("protocol", ENTWURF, "https://rat.example/1"),
        ("move", ENTWURF, "2027-03-29"),
        ("pin", ENTWURF, "2027-03-29"),
        ("replan",),
        ("plan",),
        ("coordinate",),
    ],
)
def test_a_time_far_ahead_is_a_slip_and_changes_no_byte(words: tuple[str, ...], geplant: Path) -> None:
    """A change of then would be the last: every later one would be before it."""
    before = everything(geplant)
    result = hand(geplant, *words, stand="2072-03-01")
    assert result.code == 2, result.alles
    assert "more than 400 days ahead, and after the year of the plan: nothing could follow it." in flat(
        result.rede
    )
    assert everything(geplant) == before


def test_a_time_in_the_year_of_the_plan_is_no_slip(geplant: Path) -> None:
    """To its last day, and a list that comes back is judged like any change."""
    assert hand(geplant, "held", ENTWURF, "--dry-run", stand="2027-12-31").code == 0
    assert lauf("sheet", geplant, "--jahr", 2027).code == 0
    (liste,) = (geplant / "out").rglob("*.xlsx")
    assert hand(geplant, "take", liste, "--dry-run").code == 0
    far = hand(geplant, "take", liste, "--dry-run", stand="2072-03-01")
    assert far.code == 2
    assert "more than 400 days ahead" in flat(far.rede)


def test_there_and_back(geplant: Path) -> None:
    """A move costs what the wishes say; two entries more, and the Termine as they were; the state stays."""
    start = plan(geplant)
    told = record(start, start, start.verlauf[-1].stand, Zustand.PUBLISHED)
    (geplant / "jahre" / "2027" / "plan.json").write_text(plan_to_json(told), "utf-8")
    result = hand(geplant, "move", "runde-e/Am Berg", "2027-03-29", "16:30")
    assert result.code == 0, result.alles
    for line in (
        "Moved:",
        "  Runde Am Berg: Entwurf [runde-entwurf/am-berg]",
        "    Tue 2027-03-30 17:00 → Mon 2027-03-29 16:30",
    ):
        assert line in result.daten.splitlines()
    assert "Wishes that are kept less:" in result.daten
    assert "gremienplan publish" in result.rede
    assert hand(geplant, "move", ENTWURF, "2027-03-30", "17:00").code == 0
    kept = plan(geplant)
    assert kept.termine == start.termine
    assert len(kept.verlauf) == len(told.verlauf) + 2
    assert kept.zustand is Zustand.PUBLISHED
    assert lauf("audit", "--projekt", geplant, "--jahr", 2027).code == 0


def test_what_was_added_is_a_sitzung_like_any_other(geplant: Path) -> None:
    """Every command knows it, it can be pinned, stays in a new plan, is in the feeds, and keeps its id when off."""
    assert hand(geplant, "add", "Runde Am Berg", "2027-05-11", "--anlass", "Entwurf").code == 0
    assert load(geplant, jahr=2027).sitzung(ZUSATZ, 2027).name == "Runde Am Berg: Entwurf"
    assert "Bürgeramt" in lauf("invitations", ZUSATZ, "--projekt", geplant, "--jahr", 2027).daten
    assert lauf("receipt", "verify", "--projekt", geplant, "--jahr", 2027).code == 0
    assert "Nothing has to be moved" in lauf("replan", geplant, "--jahr", 2027, "--stand", HEUTE).daten
    assert hand(geplant, "pin", ZUSATZ, "2027-05-11").code == 0
    assert hand(geplant, "pin", "--accept").code == 0
    assert lauf("plan", geplant, "--jahr", 2027, "--stand", HEUTE, "--effort", "kurz").code == 0
    assert plan(geplant).lagen[ZUSATZ][0].beginn.isoformat() == "2027-05-11T17:00:00"
    assert hand(geplant, "pin", ZUSATZ, "--drop").code == 0
    assert hand(geplant, "cancel", ZUSATZ).code == 0
    assert ZUSATZ not in {*plan(geplant).lagen, *plan(geplant).offen}
    assert hand(geplant, "add", ZUSATZ, "2027-05-11").code == 0
    assert plan(geplant).zusaetzlich[0].sitzung == plan(geplant).verlauf[-1].neu[0] == ZUSATZ
    assert lauf("publish", geplant, "--jahr", 2027, "--stand", HEUTE).code == 0
    feed = next((geplant / "out" / "feeds").rglob("*am-berg*.ics")).read_text("utf-8")
    assert "UID:runde-zusatz-1.runde.am-berg.2027@musterstadt.example" in feed


def test_what_is_past_stays(geplant: Path) -> None:
    """It is a fact, which is said; minutes mark it as held, to drop none does not; what is none of ours has none."""
    spaeter = "2027-04-16"
    for name, more in (("move", ["2027-04-20"]), ("cancel", [])):
        result = hand(geplant, name, ENTWURF, *more, stand=spaeter)
        assert result.code == 1
        assert "this is past, and what has been held is a fact" in flat(result.daten)
        assert "how the world is" in result.daten
    assert hand(geplant, "held", ABSCHLUSS, stand=spaeter).code == 1
    for when in (spaeter, HEUTE):
        dropped = hand(geplant, "protocol", ENTWURF, "--drop", "--json", stand=when)
        assert (dropped.code, dropped.json["changed"]) == (0, False)
    assert ENTWURF not in plan(geplant).gehalten
    told = hand(geplant, "protocol", ENTWURF, "https://rat.example/1.pdf", stand=spaeter)
    assert told.code == 0
    assert "https://rat.example/1.pdf" in told.daten
    assert plan(geplant).gehalten[ENTWURF].protokoll == "https://rat.example/1.pdf"
    assert lauf("publish", geplant, "--jahr", 2027, "--stand", spaeter).code == 0
    feed = (geplant / "out" / "feeds" / "alle.ics").read_text("utf-8")
    assert "https://rat.example/1.pdf" in feed.replace("\n ", "")
    assert hand(geplant, "protocol", ENTWURF, "ftp://rat.example/1", stand=spaeter).code == 2
    assert hand(geplant, "protocol", ENTWURF, "https://a:b@rat.example/1", stand=spaeter).code == 2
    assert hand(geplant, "protocol", ENTWURF, stand=spaeter).code == 2
    assert hand(geplant, "move", ENTWURF, "2027-04-20", stand=HEUTE).code == 1


def test_an_item_goes_from_sitting_to_sitting(geplant: Path) -> None:
    """Where its body does not sit that day, the days on which it does are named."""
    result = hand(geplant, "move", "bv-entwurf/am-berg", "2027-04-16")
    assert result.code == 2
    assert "Thu 2027-04-15 16:00" in flat(result.rede)
    assert hand(geplant, "move", "bv-entwurf/am-berg", "2027-04-15").code == 0
    assert "is before" in flat(hand(geplant, "move", "bv-entwurf/am-berg", "2027-02-18").daten)


def test_mistakes_name_what_there_is(geplant: Path) -> None:
    """Unknown words, a topic nobody knows (S-42), a political body, a date there is already."""
    for more, said in (
        (("add", "runde/am-berg", "2027-05-11", "--anlass", "haushalt"), "entwurf, abschluss"),
        (("add", "bezirksvertretung/ost", "2027-05-11", "--anlass", "entwurf"), "There is no such Gremium"),
        (("add", "runde", "2027-05-11", "--anlass", "entwurf"), "runde/am-berg, runde/am-fluss"),
        (("add", ENTWURF, "2027-05-11"), "It has a date already"),
        (("add", "runde/am-berg", "2027-05-11", "--anlass", "entwurf", "--wie", "bv"), "runde-entwurf"),
        (("swap", ENTWURF, "Bergaus"), "Berghaus"),
        (("move", "bv-entwurf/am-berg", "2027-04-15", "16:00", "berghaus"), "no place of its own"),
    ):
        result = hand(geplant, *more)
        assert result.code == 2, result.alles
        assert said in flat(result.rede)


@pytest.mark.skipif(not DOCS.is_file(), reason="the documentation is not part of this tree")
def test_the_page_shows_what_is_said(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/by-hand.md: every command in its order, with all it writes; then the Python as it stands there."""
    monkeypatch.chdir(geplant)
    page = DOCS.read_text("utf-8")
    for block in re.findall(r"^```console\n(.*?)^```$", page, re.DOTALL | re.MULTILINE):
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
            stand = () if "--stand" in command else ("--stand", "2026-11-01")
            result = lauf(*shlex.split(command)[1:], *stand)
            assert f"{result.daten.rstrip()}\n{result.rede.rstrip()}".strip("\n") == shown.rstrip(), command
    (code,) = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    exec(compile(code, "docs/by-hand.md", "exec"), {})
    assert plan(geplant).lagen["runde-abschluss/am-fluss"][0].beginn.day == 6
