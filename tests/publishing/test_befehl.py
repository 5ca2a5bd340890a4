"""The command ``publish``: all years of a project, edits by hand recorded, nothing skipped in silence."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from gremienplan.errors import InputError
from gremienplan.loading import read_plan
from gremienplan.plan import unrecorded
from gremienplan.publishing.dateien import LOCK, lock
from tests.cli.lauf import lauf
from tests.publishing.lesen import events, uids

MUSTER = Path(__file__).parents[1] / "cli" / "musterstadt"


@pytest.fixture(scope="module")
def fertig(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project in which 2027 is planned."""
    ordner = Path(shutil.copytree(MUSTER, tmp_path_factory.mktemp("muster") / "projekt"))
    assert lauf("plan", ordner, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz").code == 0
    return ordner


@pytest.fixture
def projekt(fertig: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of it."""
    return Path(shutil.copytree(fertig, tmp_path / "projekt"))


def plan_file(projekt: Path, jahr: int = 2027) -> Path:
    return projekt / "jahre" / str(jahr) / "plan.json"


def edit(path: Path) -> None:
    """Put the first Sitzung half an hour later, as a hand would."""
    plan: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for key in ("beginn", "ende"):
        spaeter = datetime.fromisoformat(plan["termine"][0][key]) + timedelta(minutes=30)
        plan["termine"][0][key] = spaeter.isoformat(timespec="minutes")
    path.write_text(json.dumps(plan), "utf-8")


def last_year(projekt: Path) -> Path:
    """Put the plan of another year beside it: the same dates, a year earlier."""
    path = plan_file(projekt, 2026)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = plan_file(projekt).read_text("utf-8").replace('"jahr": 2027', '"jahr": 2026')
    path.write_text(text.replace('"2027-', '"2026-'), "utf-8")
    return path


def test_edits_are_recorded_and_said(projekt: Path) -> None:
    """On stderr; plan.json has one entry more, the calendar a higher SEQUENCE; the next run has nothing to say."""
    assert lauf("publish", projekt).code == 0
    edit(plan_file(projekt))
    result = lauf("publish", projekt, "--stand", "2026-10-05T08:00")
    assert result.code == 0, result.alles
    assert "Edited by hand since the last run: 1" in result.rede
    plan = read_plan(plan_file(projekt))
    assert (len(plan.verlauf), unrecorded(plan)) == (2, ())
    alle = (projekt / "out" / "feeds" / "alle.ics").read_bytes()
    assert sorted(v["SEQUENCE"] for v in events(alle))[-2:] == ["0", "1"]
    again = lauf("publish", projekt)
    assert "Edited by hand" not in again.rede
    assert "   0 calendars new or changed" in again.daten


def test_one_lock_from_reading_to_writing(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers, plans or publishes between what is read and what is written; a dry run keeps nobody out."""
    (projekt / LOCK).unlink()
    assert lauf("publish", projekt, "--dry-run").code == 0
    assert not (projekt / LOCK).exists()
    seen: dict[str, bool] = {}
    for module, name in (
        ("gremienplan.loading", "read_plan"),
        ("gremienplan.loading", "read_release"),
        ("gremienplan.loading.abstimmung", "read_abstimmung"),
        ("gremienplan.loading.veroeffentlichtes", "read_persons"),
        ("gremienplan.cli.commands.publish", "_record"),
        ("gremienplan.cli.commands.publish", "_keep"),
        ("gremienplan.publishing", "write_feeds"),
        ("gremienplan.cli.commands.publish", "write_persons"),
    ):

        def watched(*args: Any, call: Any, name: str, **more: Any) -> Any:
            with suppress(InputError), lock(projekt):
                seen[name] = False
            seen.setdefault(name, True)
            return call(*args, **more)

        owner = import_module(module)
        monkeypatch.setattr(owner, name, partial(watched, call=getattr(owner, name), name=name))
    assert lauf("publish", projekt).code == 0
    assert set(seen.values()) == {True}
    assert len(seen) == 8


def test_history_does_not_run_backwards(projekt: Path) -> None:
    """Edits cannot be older than the run they edit; plan.json and the calendars stay as they were."""
    edit(plan_file(projekt))
    before = plan_file(projekt).read_bytes()
    result = lauf("publish", projekt, "--stand", "2026-09-01")
    assert result.code == 2
    assert "before the last entry" in result.rede
    assert plan_file(projekt).read_bytes() == before
    assert not (projekt / "out").exists()


@pytest.fixture
def heute(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Return what makes it another moment for ``publish``."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr("gremienplan.cli.commands.publish.current_moment", lambda projekt: moment)

    return at


def test_other_years_keep_the_rules_too(projekt: Path, heute: Callable[[datetime], None]) -> None:
    """What the calendars will tell of another year is judged as well; nothing is written if it breaks a rule."""
    path = last_year(projekt)  # the same dates on other days of the week
    for one in (plan_file(projekt), path):  # planned before that year
        one.write_text(one.read_text("utf-8").replace("2026-10-01T", "2025-10-01T"), "utf-8")
    heute(datetime(2026, 1, 2))
    result = lauf("publish", projekt, "--jahr", 2027)
    assert result.code == 1
    assert "the plan of 2026" in result.rede
    found = lauf("publish", projekt, "--jahr", 2027, "--json")
    assert (found.code, found.json["jahr"], found.json["datei"]) == (1, 2026, str(path))
    assert not (projekt / "out").exists()
    text = path.read_text("utf-8")
    programm = read_plan(path).programm
    path.write_text(text.replace(f'"programm": "{programm}"', '"programm": "anderes"'), "utf-8")
    result = lauf("publish", projekt, "--jahr", 2027)
    assert (result.code, "nor told anew" in " ".join(result.rede.split())) == (0, True), (
        "of a programme that is not at hand"
    )


def years(projekt: Path) -> set[str]:
    """Return the years of which the calendar of everything tells."""
    gefunden = uids((projekt / "out" / "feeds" / "alle.ics").read_bytes())
    return {uid.partition("@")[0][-4:] for uid in gefunden}


def test_the_feeds_span_the_years(projekt: Path, heute: Callable[[datetime], None]) -> None:
    """Last year's plan is in them, with its own history, and is over; a year later it is not, and may be gone."""
    path = last_year(projekt)
    heute(datetime(2027, 1, 2))
    assert lauf("publish", projekt, "--jahr", 2027).code == 0
    assert years(projekt) == {"2026", "2027"}
    path.unlink()
    result = lauf("publish", projekt, "--jahr", 2027)
    assert (result.code, "missing" in result.rede) == (2, True)
    assert str(path) in "".join(result.rede.split())
    assert years(projekt) == {"2026", "2027"}
    heute(datetime(2028, 1, 2))
    assert lauf("publish", projekt, "--jahr", 2027).code == 0
    assert years(projekt) == {"2027"}


@pytest.fixture(scope="module")
def zwei_jahre(fertig: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that has told of 2027, and has a draft of 2028 by another programme, ``anderes.toml``."""
    ordner = Path(shutil.copytree(fertig, tmp_path_factory.mktemp("zwei") / "projekt"))
    assert lauf("publish", ordner, "--stand", "2026-10-02").code == 0
    stadt, rat = ordner / "stadt", ordner / "ratskalender" / "rat.ics"
    programm = (stadt / "programm.toml").read_text("utf-8").replace('id = "muster"', 'id = "anderes"')
    (stadt / "anderes.toml").write_text(
        programm.replace('anlass = ["entwurf"]', 'anlass = ["abschluss"]'), "utf-8"
    )
    kopf, *ereignisse, ende = re.split(r"(?=BEGIN:VEVENT)|(?=END:VCALENDAR)", rat.read_bytes().decode())
    naechste = [re.sub("UID:", "UID:2028-", one).replace(":2027", ":2028") for one in ereignisse]
    rat.write_bytes("".join((kopf, *ereignisse, *naechste, ende)).encode())
    geplant = lauf(
        *("plan", ordner, "--jahr", 2028, "--programm", "anderes.toml"),
        *("--stand", "2026-10-03", "--effort", "kurz"),
    )
    assert geplant.code == 0, geplant.alles
    return ordner


@pytest.fixture
def beide(zwei_jahre: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of it."""
    return Path(shutil.copytree(zwei_jahre, tmp_path / "beide"))


def test_each_year_by_its_own_programme(beide: Path) -> None:
    """Whichever year is published, nobody is invited to the other, or no longer, by a programme that is not its own."""
    feeds, anderes = beide / "out" / "feeds", ("--programm", "anderes.toml")
    zuvor = events((feeds / "amt" / "buergeramt-ost.ics").read_bytes())
    assert zuvor
    result = lauf("publish", beide, "--jahr", 2028, *anderes, "--stand", "2026-10-04")
    assert result.code == 0, result.alles
    assert events((feeds / "amt" / "buergeramt-ost.ics").read_bytes()) == zuvor
    assert years(beide) == {"2027", "2028"}
    alle = {path: path.read_bytes() for path in feeds.rglob("*.ics")}
    for jahr, programm in ((2027, ()), (2028, anderes), (2027, ())):
        result = lauf("publish", beide, "--jahr", jahr, *programm, "--stand", "2026-10-05")
        assert result.code == 0, result.alles
        assert ("nor told anew" in " ".join(result.rede.split())) is (jahr == 2027), (
            "the other programme was not named"
        )
        assert "Nothing is told anew since release 2." in result.daten
        assert {path: path.read_bytes() for path in feeds.rglob("*.ics")} == alle


def test_a_draft_of_a_further_year_is_named(beide: Path) -> None:
    """Without a year it is that which is told already, until somebody has agreed to the next."""
    assert lauf("publish", beide, "--stand", "2026-10-04", "--json").json["jahr"] == 2027
    assert years(beide) == {"2027"}
    path = plan_file(beide, 2028)
    path.write_text(
        path.read_text("utf-8").replace('"zustand": "draft"', '"zustand": "coordinated"'), "utf-8"
    )
    gemeint = lauf("publish", beide, "--programm", "anderes.toml", "--stand", "2026-10-04", "--json").json
    assert gemeint["jahr"] == 2028
    assert years(beide) == {"2027", "2028"}


def test_the_year_named_moves_no_end_of_the_span(beide: Path, heute: Callable[[datetime], None]) -> None:
    """Of last year is told whichever year is published, and of no draft of a year beyond those that are told."""
    last_year(beide)
    shutil.copytree(beide / "jahre" / "2028", beide / "jahre" / "2029")
    path = plan_file(beide, 2029)
    path.write_text(path.read_text("utf-8").replace("2028", "2029"), "utf-8")
    heute(datetime(2027, 1, 2))
    for jahr, programm in ((2028, ("--programm", "anderes.toml")), (2027, ())):
        result = lauf("publish", beide, "--jahr", jahr, *programm)
        assert result.code == 0, result.alles
        assert years(beide) == {"2026", "2027", "2028"}


def test_what_is_over_is_a_fact(projekt: Path, heute: Callable[[datetime], None]) -> None:
    """A rule of today keeps nobody from publishing because of a date that lies before it; of one to come it does."""
    heute(datetime(2027, 3, 1))
    programm = projekt / "stadt" / "programm.toml"
    text = programm.read_text("utf-8")
    programm.write_text(text.replace('von = "09:00"\nbis = "20:00"', 'von = "09:00"\nbis = "09:30"'), "utf-8")
    assert lauf("publish", projekt).code == 1
    last = max(t.beginn for t in read_plan(plan_file(projekt)).termine)
    heute(last + timedelta(days=1))
    result = lauf("publish", projekt)
    assert result.code == 0, result.alles


@pytest.mark.parametrize("inhalt", ["{", None])
def test_no_year_is_skipped_in_silence(projekt: Path, inhalt: str | None) -> None:
    """A broken plan of another year, or one of another year than its folder, is named."""
    path = last_year(projekt)
    path.write_text(inhalt or plan_file(projekt).read_text("utf-8"), "utf-8")
    result = lauf("publish", projekt, "--jahr", 2027)
    assert result.code == 2
    assert "2026" in result.rede
    assert not (projekt / "out").exists()


def state(projekt: Path) -> str:
    zustand: str = json.loads(plan_file(projekt).read_text("utf-8"))["verlauf"][-1]["zustand"]
    return zustand


def statuses(projekt: Path) -> set[str]:
    return {v["STATUS"] for v in events((projekt / "out" / "feeds" / "alle.ics").read_bytes())}


def test_a_draft_becomes_binding_once(projekt: Path) -> None:
    """Provisional without --final, confirmed and counted on with it; again, nothing is told and no byte changes."""
    assert lauf("publish", projekt).code == 0
    assert (state(projekt), statuses(projekt)) == ("draft", {"TENTATIVE"})
    final = lauf("publish", projekt, "--final", "--stand", "2026-10-02")
    assert final.code == 0
    assert "dates: confirmed" in final.daten
    notice = lauf("changes", projekt).daten
    assert "confirmed" in notice
    assert "provisional" not in notice
    for nachricht in lauf("changes", projekt, "--json").json["nachrichten"]:
        n = len(nachricht["aenderungen"])
        one = f"Your {n} dates of 2027 stand now: days, times and venues stay as told." if n > 1 else ""
        (told,) = (block for block in notice.split("\n\n") if block.startswith(nachricht["titel"]))
        assert one in " ".join(told.split())
        assert len([line for line in told.splitlines() if "2027-" in line]) == (n == 1)
    ohne = lauf("changes", projekt, "--json").json["ohne_kalender"]
    groups = Counter(tuple(one["sitze"]) for one in ohne)
    _, _, others = " ".join(notice.split()).partition("Also concerned, without a calendar of their own:")
    assert groups
    for n, times in Counter(groups.values()).items():
        assert others.count(f"{n} dates of 2027 stand now") == (times if n > 1 else 0), (
            "each with its own dates"
        )
    assert (state(projekt), statuses(projekt)) == ("published", {"CONFIRMED"})
    akte, plan = (projekt / "veroeffentlicht.json").read_bytes(), plan_file(projekt).read_bytes()
    assert "Nothing is told anew since release 2." in lauf("publish", projekt, "--final").daten
    assert (projekt / "veroeffentlicht.json").read_bytes() == akte
    assert plan_file(projekt).read_bytes() == plan
    assert {e["SEQUENCE"] for e in events((projekt / "out" / "feeds" / "alle.ics").read_bytes())} == {"1"}


def test_what_also_moved_is_told_beside_what_became_binding(projekt: Path) -> None:
    """One sentence for the dates that only stand now; the one that was moved keeps its own line, with from when."""
    assert lauf("publish", projekt).code == 0
    edit(plan_file(projekt))
    final = lauf("publish", projekt, "--final", "--stand", "2026-10-05")
    assert "1 date: moved" in final.daten
    notice = " ".join(lauf("changes", projekt).daten.split())
    nachrichten = lauf("changes", projekt, "--json").json["nachrichten"]
    gemischt = [
        n["aenderungen"] for n in nachrichten if {a["art"] for a in n["aenderungen"]} >= {"verlegt", "status"}
    ]
    assert [len(found) for found in gemischt] == [3]
    assert "confirmed Your 2 dates of 2027 stand now" in notice
    assert ", before " in notice
    assert lauf("publish", projekt, "--stand", "2026-10-06").code == 0
    assert "stand now" in lauf("changes", projekt, "--release", 2).daten


def test_the_notice_says_a_thing_once(projekt: Path) -> None:
    """What is cancelled is called so once; minutes are named with their address, and only where they were told."""
    assert lauf("publish", projekt, "--final", "--stand", "2026-10-02").code == 0
    first, second = sorted(read_plan(plan_file(projekt)).termine, key=lambda t: t.beginn)[:2]
    by_hand = ("--projekt", projekt, "--jahr", 2027, "--stand")
    assert lauf("cancel", second.sitzung, "--with-dependents", *by_hand, "2026-10-03").code == 0
    assert lauf("publish", projekt, "--stand", "2026-10-03").code == 0
    notice = lauf("changes", projekt).daten
    assert "cancelled" in notice
    assert "Abgesagt" not in notice
    protokoll = "https://flussau.example/protokoll.pdf"
    later = (first.ende + timedelta(days=1)).isoformat(timespec="minutes")
    assert lauf("protocol", first.sitzung, protokoll, *by_hand, later).code == 0
    assert lauf("publish", projekt, "--stand", later).code == 0
    assert f"minutes: {protokoll}" in " ".join(lauf("changes", projekt).daten.split())
    assert "minutes" not in lauf("changes", projekt, "--release", 2).daten


def test_a_dry_run_writes_nothing(projekt: Path) -> None:
    """It says what would be told, and neither plan, record nor calendars are touched."""
    edit(plan_file(projekt))
    before = plan_file(projekt).read_bytes()
    result = lauf("publish", projekt, "--dry-run", "--final", "--stand", "2026-10-05")
    assert result.code == 0
    assert "Dry run" in result.daten
    assert plan_file(projekt).read_bytes() == before
    assert not (projekt / "out").exists()
    assert not (projekt / "veroeffentlicht.json").exists()


def test_the_notice_says_from_when(projekt: Path) -> None:
    """`changes` names what was moved and when it used to begin, once for each Amt; later releases do not change it."""
    assert lauf("changes", projekt).code == 2
    assert lauf("publish", projekt).code == 0
    alt = json.loads(plan_file(projekt).read_text("utf-8"))["termine"][0]
    edit(plan_file(projekt))
    assert lauf("publish", projekt, "--stand", "2026-10-05").code == 0
    told = lauf("changes", projekt, "--json").json
    nachrichten = told["nachrichten"]
    assert nachrichten
    for ohne in told["ohne_kalender"]:
        assert ohne["sitze"]
        assert ohne["bisher"] == alt["beginn"]
    assert {a["bisher"] for n in nachrichten for a in n["aenderungen"]} == {alt["beginn"]}
    edit(plan_file(projekt))
    assert lauf("publish", projekt, "--stand", "2026-10-06").code == 0
    assert lauf("changes", projekt, "--release", 2, "--json").json["nachrichten"] == nachrichten
    assert lauf("changes", projekt, "--json").json["nachrichten"] != nachrichten
    assert lauf("changes", projekt, "--release", 7).code == 2


def test_the_first_release_tells_nothing_of_drafts(projekt: Path) -> None:
    """What was moved or cancelled before anybody was told of it is told as it is now, or not at all."""
    edit(plan_file(projekt))
    assert lauf("publish", projekt, "--stand", "2026-10-05").code == 0
    plan = read_plan(plan_file(projekt))
    assert [len(eintrag.verlegt) for eintrag in plan.verlauf] == [0, 1]
    assert "bisher: " not in (projekt / "out" / "feeds" / "alle.ics").read_text("utf-8")
