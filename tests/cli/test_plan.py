"""``plan``: the answers Plan, Conflict and Undecided, each with its exit code and what it leaves on disk."""

import json
import os
import shlex
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import gremienplan.loading
import gremienplan.planning
from gremienplan.auditing import audit
from gremienplan.cli.antworten import stage_lines, stage_name
from gremienplan.loading import load, read_plan
from gremienplan.plan import Plan, Stufe, Undecided, Zustand, plan_to_json, record
from gremienplan.programm.wuensche import Gewohnt
from gremienplan.publishing.dateien import lock
from gremienplan.solver import Progress
from gremienplan.texts import Text
from tests.cli.lauf import Ergebnis, lauf, names, too_wide
from tests.nur_ci import nur_ci

STAND = "2026-10-01"


def plan(projekt: Path, *more: object, **environ: str) -> Ergebnis:
    return lauf("plan", projekt, "--jahr", 2027, "--stand", STAND, "--effort", "kurz", *more, **environ)


def plan_file(projekt: Path) -> Path:
    return projekt / "jahre" / "2027" / "plan.json"


def answering(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Any]) -> None:
    """Let the engine give this answer."""
    monkeypatch.setattr(gremienplan.planning, "schedule", answer)


def test_a_plan(projekt: Path) -> None:
    """The table of the year, how good it is, and where it lies; talk on stderr; all in 80 columns."""
    result = plan(projekt)
    assert result.code == 0, result.alles
    table = [line for line in result.daten.splitlines() if "Runde Am" in line]
    assert len(table) == 4
    assert "March 2027" in result.daten
    assert "Stage 1: usual weekday and hour\n  0 points, proven best" in result.daten
    assert str(plan_file(projekt)) in "".join(result.daten.split("\n"))
    assert "gremienplan publish" in result.rede
    assert not too_wide(result.alles.replace(str(projekt), ""))
    assert len(read_plan(plan_file(projekt)).termine) == 4


def test_a_second_run_changes_no_byte(geplant: Path) -> None:
    """And says so."""
    before = plan_file(geplant).read_bytes()
    result = plan(geplant)
    assert result.code == 0
    assert "Nothing has changed" in result.rede
    assert plan_file(geplant).read_bytes() == before


def test_a_plan_that_does_not_say_what_it_saw_is_written_anew(geplant: Path) -> None:
    """One of an earlier version gets the sittings it was made with; its dates stay."""
    kept = read_plan(plan_file(geplant))
    assert kept.ratskalender
    plan_file(geplant).write_text(plan_to_json(evolve(kept, ratskalender=None)), "utf-8")
    assert plan(geplant).code == 0
    again = read_plan(plan_file(geplant))
    assert (again.ratskalender, again.termine) == (kept.ratskalender, kept.termine)


def test_a_plan_as_json(projekt: Path) -> None:
    """The answer holds the plan as it is on disk."""
    result = plan(projekt, "--json")
    assert result.json["answer"] == "plan"
    assert result.json["plan"] == json.loads(plan_file(projekt).read_text("utf-8"))
    assert result.json["bewiesen"] is True


def test_a_gap_is_said_and_no_failure(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 0; the gap stands in the table, the remark on stderr. So it is with a search that was stopped."""
    found = gremienplan.planning.schedule(load(projekt, jahr=2027), 2027)
    assert isinstance(found, Plan)
    answering(monkeypatch, lambda *_, **__: evolve(found, stufen=(Stufe(1, 9, 4),)))
    result = plan(projekt)
    assert result.code == 0
    assert "  9 points, at best 4 (gap 5)" in result.daten
    assert "not proven" in result.rede
    plan_file(projekt).unlink()
    answering(monkeypatch, lambda *_, **__: evolve(found, abgebrochen=True))
    result = plan(projekt)
    assert result.code == 0
    assert "every stage is proven" in result.rede
    plan_file(projekt).unlink()
    answering(monkeypatch, lambda *_, **__: evolve(found, abgebrochen=True, stufen=(Stufe(1, 9, 4),)))
    result = plan(projekt)
    assert result.code == 0
    assert "stopped: the plan keeps every rule, but a better one may exist" in " ".join(result.rede.split())


def worse(geplant: Path) -> Plan:
    """Return a sound plan that leaves the usual hours once: a point dearer than the best."""
    best = read_plan(plan_file(geplant))
    projekt = load(geplant, jahr=2027)
    later = timedelta(minutes=30)
    for termin in best.termine:
        moved = evolve(termin, beginn=termin.beginn + later, ende=termin.ende + later)
        termine = tuple(moved if t is termin else t for t in best.termine)
        found = evolve(best, termine=termine, verlauf=())
        judged = audit(projekt, found)
        if judged.ok and judged.kosten[1] > 0:
            return evolve(found, stufen=(Stufe(1, judged.kosten[1], 0),), abgebrochen=True)
    raise AssertionError("the best plan is the only one")


def test_a_worse_plan_does_not_replace_a_better_one(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in a second run: the proven plan stays, is shown as it is, and that is said."""
    before = plan_file(geplant).read_bytes()
    found = worse(geplant)
    answering(monkeypatch, lambda *_, **__: found)
    result = plan(geplant)
    assert result.code == 0
    assert "The plan on disk is at least as good; it stays." in result.rede
    assert "0 points, proven best" in result.daten
    assert "stopped" not in result.rede
    as_json = plan(geplant, "--json").json
    assert (as_json["changed"], as_json["abgebrochen"]) == (False, False)
    assert plan_file(geplant).read_bytes() == before


def test_an_equal_plan_does_not_replace_the_one_on_disk(
    geplant: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other dates would help nobody."""
    best = read_plan(plan_file(geplant))
    before = plan_file(geplant).read_bytes()
    answering(monkeypatch, lambda *_, **__: evolve(best, abgebrochen=True, verlauf=()))
    assert "at least as good" in plan(geplant).rede
    assert plan_file(geplant).read_bytes() == before


def test_what_is_proven_of_an_equal_plan_holds_for_the_one_on_disk(geplant: Path) -> None:
    """The dates of an interrupted search that are as good stay; they are then proven, and no other by a tie rule."""
    best = read_plan(plan_file(geplant))
    projekt = load(geplant, jahr=2027)
    (stufe,) = best.stufen
    for number, termin in enumerate(best.termine):
        other = evolve(termin, beginn=termin.beginn + timedelta(days=7), ende=termin.ende + timedelta(days=7))
        termine = (*best.termine[:number], other, *best.termine[number + 1 :])
        rival = evolve(best, termine=termine, verlauf=(), abgebrochen=True, kanonisch=False)
        judged = audit(projekt, rival)
        if judged.ok and judged.kosten.get(1, 0) == stufe.wert:
            break
    else:
        raise AssertionError("no other plan is as good")
    open_bound = evolve(rival, stufen=(Stufe(1, stufe.wert, stufe.schranke - 1),))
    on_disk(geplant, record(open_bound, None, datetime(2026, 9, 1, 8)))
    result = plan(geplant)
    assert "at least as good" in result.rede
    assert "others: 1" in " ".join(result.rede.split())
    kept = read_plan(plan_file(geplant))
    assert kept.lagen == rival.lagen
    assert (kept.stufen, kept.abgebrochen, kept.kanonisch) == (best.stufen, False, False)
    again = plan_file(geplant).read_bytes()
    plan(geplant)
    assert plan_file(geplant).read_bytes() == again


def test_a_better_plan_replaces_a_worse_one(geplant: Path) -> None:
    """The points decide, not who came first."""
    best = read_plan(plan_file(geplant))
    on_disk(geplant, record(worse(geplant), None, datetime(2026, 9, 1, 8)))
    result = plan(geplant)
    assert result.code == 0
    assert "at least as good" not in result.rede
    assert "had more points and gives way; dates that are others now: 1" in " ".join(result.rede.split())
    assert read_plan(plan_file(geplant)).termine == best.termine


@pytest.mark.parametrize("reason", ["other inputs", "a rule broken", "a Sitzung left open"])
def test_what_answers_another_question_is_replaced(
    geplant: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """A plan of other inputs, one that breaks a rule, or holds less is no rival."""
    best = read_plan(plan_file(geplant))
    first, night = best.termine[0], timedelta(hours=5)
    found = worse(geplant) if reason == "other inputs" else evolve(best, abgebrochen=True, verlauf=())
    rival = {
        "other inputs": evolve(best, eingaben={**best.eingaben, "more": "sha256:" + "0" * 64}),
        "a rule broken": evolve(
            best,
            termine=(evolve(first, beginn=first.beginn + night, ende=first.ende + night), *best.termine[1:]),
        ),
        "a Sitzung left open": evolve(best, termine=best.termine[1:], offen=(first.sitzung,)),
    }[reason]
    on_disk(geplant, rival)
    answering(monkeypatch, lambda *_, **__: found)
    result = plan(geplant)
    assert result.code == 0
    assert "at least as good" not in result.rede
    assert read_plan(plan_file(geplant)).abgebrochen


def commands(result: Ergebnis) -> list[list[str]]:
    """Return the commands that a run names on lines of their own."""
    return [shlex.split(x)[1:] for x in result.rede.splitlines() if x.startswith("  gremienplan ")]


def test_a_command_that_is_named_can_be_typed_as_it_stands(
    projekt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the project and the programme of the run that names it, each quoted: it does what was said."""
    folder = projekt.rename(projekt.with_name("mein projekt"))
    programm = (folder / "stadt" / "programm.toml").read_text("utf-8")
    (folder / "eigen.toml").write_text(programm.replace('id = "muster"', 'id = "eigen"'), "utf-8")
    monkeypatch.chdir(folder.parent)
    result = plan(Path(folder.name), "--programm", "eigen.toml")
    ((*command,),) = commands(result)
    expected = ["publish", "--projekt", folder.name, "--jahr", "2027", "--programm", "eigen.toml"]
    assert command == expected
    assert lauf(*command, "--stand", STAND).code == 0
    toml = folder / "gremienplan.toml"
    toml.write_text(toml.read_text("utf-8") + "\n# anders\n", "utf-8")
    asked = ("alternatives", "runde-entwurf/am-berg", "--projekt", folder.name, "--jahr", 2027)
    stale = lauf(*asked, "--programm", "eigen.toml")
    named = " ".join(stale.rede.split())
    assert "gremienplan replan --projekt 'mein projekt' --jahr 2027 --programm eigen.toml" in named
    here = lauf("replan", "--jahr", 2026, "--projekt", folder.name)
    assert "gremienplan plan --projekt 'mein projekt' --jahr 2026" in " ".join(here.rede.split())


def never(*_: object, **__: object) -> object:
    """Stand for an engine that must not be asked."""
    raise AssertionError("it was planned all the same")


def test_a_time_before_the_history_is_refused_before_anything_is_planned(
    geplant: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where something is sure to be written; a plan that stays as it is needs no later time."""
    early = ("--jahr", 2027, "--stand", "2026-09-01", "--effort", "kurz")
    before = plan_file(geplant).read_bytes()
    assert "Nothing has changed" in lauf("plan", geplant, *early).rede
    toml = geplant / "gremienplan.toml"
    toml.write_text(f"{toml.read_text('utf-8')}\n# anders\n", "utf-8")
    answering(monkeypatch, never)
    monkeypatch.setattr(gremienplan.planning, "replan", never)
    for command in ("plan", "replan"):
        result = lauf(command, geplant, *early)
        assert result.code == 2, result.alles
        assert "before the last entry of the plan's history" in " ".join(result.rede.split())
    every = lauf("plan-all", geplant, "--json", *early)
    assert (every.code, [p["answer"] for p in every.json["projekte"]]) == (2, ["problems"])
    assert plan_file(geplant).read_bytes() == before


def test_dates_gone_by_are_facts(geplant: Path) -> None:
    """Planning again in the middle of the year moves nothing that has been held."""
    before = plan_file(geplant).read_bytes()
    first = read_plan(plan_file(geplant)).termine[0]
    result = lauf("plan", geplant, "--jahr", 2027, "--stand", first.beginn.date().isoformat())
    assert result.code == 0, result.alles
    assert plan_file(geplant).read_bytes() == before


def on_disk(projekt: Path, plan: Plan) -> None:
    plan_file(projekt).write_text(plan_to_json(plan), "utf-8", newline="\n")


@pytest.mark.parametrize("zustand", [Zustand.COORDINATED, Zustand.PUBLISHED])
def test_a_plan_that_is_agreed_is_refused(geplant: Path, zustand: Zustand) -> None:
    """People rely on its dates; the file stays as it was."""
    found = read_plan(plan_file(geplant))
    on_disk(geplant, record(found, found, found.verlauf[-1].stand, zustand))
    before = plan_file(geplant).read_bytes()
    result = plan(geplant)
    assert result.code == 2
    assert f"is {zustand.value}" in result.rede
    german = " ".join(plan(geplant, "--lang", "de").rede.split())
    assert zustand.value not in german
    assert {Zustand.COORDINATED: "abgestimmt", Zustand.PUBLISHED: "veröffentlicht"}[zustand] in german
    assert "replan" in result.rede
    assert plan_file(geplant).read_bytes() == before


def test_a_year_that_cannot_be_planned_leaves_no_folder(geplant: Path) -> None:
    """And ``audit`` and ``publish`` go on to mean the year that has a plan, whatever other folders there are."""
    failed = lauf("plan", geplant, "--jahr", 2031, "--stand", STAND, "--effort", "kurz")
    assert failed.code == 1, failed.alles
    assert [path.name for path in (geplant / "jahre").iterdir()] == ["2027"]
    (geplant / "jahre" / "2031").mkdir()
    assert lauf("audit", "--projekt", geplant).code == 0
    assert lauf("publish", geplant).code == 0


def test_one_planner_at_a_time(projekt: Path) -> None:
    """A second one is told who is at work."""
    with lock(projekt):
        result = plan(projekt)
    assert result.code == 2
    assert "Another process" in result.rede


def _impossible(projekt: Path) -> None:
    programm = projekt / "stadt" / "programm.toml"
    text = programm.read_text("utf-8").replace('von = "04-01", bis = "06-30"', 'von = "04-01", bis = "04-10"')
    programm.write_text(text, "utf-8")


@pytest.mark.skipif(os.environ.get("PROFILE") != "ci", reason="the ways out are looked for: PROFILE=ci")
def test_a_conflict_is_said_in_sentences_with_passages(geplant: Path) -> None:
    """Exit code 1; numbered; the plan on disk stays as it was."""
    before = plan_file(geplant).read_bytes()
    _impossible(geplant)
    result = plan(geplant)
    assert result.code == 1
    assert "1. " in result.daten
    assert "2. " in result.daten
    assert "Konzept der Musterstadt, section 3, “vor dem Abschluss beraten”" in " ".join(result.daten.split())
    assert "stays as it was" in result.rede
    assert plan_file(geplant).read_bytes() == before
    assert not too_wide(result.alles.replace(str(geplant), ""))
    # the cheapest way out: the last Runde could be after the sitting that hears the draft
    assert "With each of them a plan exists:" in result.daten
    assert "Runde Am Berg: Abschluss: until Thu 2027-04-22, 12 days later than now." in result.daten
    assert '     [[sitzung]]\n     id = "runde-abschluss"\n' in result.daten
    assert 'bis = "04-22", vorgabe = true }\n' in result.daten
    assert "\n\n\n" not in result.daten


def test_a_conflict_of_one_sentence(projekt: Path) -> None:
    """It is not said to contradict anything; where a body has no sitting at all, lint lists all such bodies."""
    rat = projekt / "ratskalender" / "rat.ics"
    rat.write_text(rat.read_text("utf-8").replace("Bezirksvertretung", "Beirat"), "utf-8")
    result = plan(projekt, "--no-ways-out")
    assert result.code == 1
    assert "this cannot hold" in result.daten
    assert "Ways out" not in result.daten
    assert "none is known" in result.daten
    assert "together" not in result.daten
    assert "Verified" not in result.rede
    assert names(result.rede, "gremienplan lint --jahr 2027", projekt)
    found = lauf("lint", projekt, "--jahr", 2027)
    assert "Bezirksvertretung Ost" in found.daten
    assert "Bezirksvertretung West" in found.daten


@nur_ci("a search without wishes")
def test_a_programme_without_wishes(projekt: Path) -> None:
    """Its only stage is not left without a name, nor counted."""
    programm = projekt / "stadt" / "programm.toml"
    programm.write_text(programm.read_text("utf-8").partition("[[wunsch]]")[0], "utf-8")
    result = plan(projekt)
    assert result.code == 0, result.alles
    assert "Stage 1: no wishes" in result.daten.splitlines()
    assert "points" not in result.daten


def test_a_conflict_as_json(projekt: Path) -> None:
    """Each requirement with its sentence and its passage."""
    _impossible(projekt)
    result = plan(projekt, "--no-ways-out", "--json", "--lang", "de")
    assert result.code == 1
    assert result.json["answer"] == "conflict"
    assert result.json["auswege"] is None
    stellen = [r["grundlage"].get("abschnitt") for r in result.json["requirements"]]
    assert "3" in stellen
    assert all(r["satz"] for r in result.json["requirements"])
    assert not plan_file(projekt).exists()


def test_undecided(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3: not found is not impossible."""
    answering(monkeypatch, lambda *_, **__: Undecided(2027, Text("Time ran out.")))
    result = plan(projekt)
    assert (result.code, result.daten) == (3, "")
    assert "Time ran out." in result.rede
    assert plan(projekt, "--json").json["answer"] == "undecided"


def test_stopped_before_a_plan_was_found(geplant: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130, not 3: it was not the time that ran out."""
    before = plan_file(geplant).read_bytes()

    def stopped(*_: object, stop: Callable[[], bool], **__: object) -> Undecided:
        os.kill(os.getpid(), signal.SIGINT)
        while not stop():
            pass
        return Undecided(2027, Text("Time ran out."))

    answering(monkeypatch, stopped)
    result = plan(geplant)
    assert (result.code, result.daten) == (130, "")
    assert "Stopping" in result.rede
    assert "Stopped before a plan was found; nothing was kept." in result.rede
    assert "stays as it was" in result.rede
    assert "Time ran out" not in result.rede
    assert plan_file(geplant).read_bytes() == before


def test_ctrl_c_while_the_project_is_read(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130, and no search is begun."""
    quick = gremienplan.loading.load

    def slow(*args: Any, **more: Any) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        return quick(*args, **more)

    monkeypatch.setattr(gremienplan.loading, "load", slow)
    result = plan(projekt)
    assert result.code == 130
    assert "Planning" not in result.rede
    assert not (projekt / "jahre").exists()


def test_ctrl_c_while_ways_out_are_sought(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The conflict stands; of ways it is said that nobody looked to the end, never that there are none."""
    rat = projekt / "ratskalender" / "rat.ics"
    rat.write_text(rat.read_text("utf-8").replace("Bezirksvertretung", "Beirat"), "utf-8")
    ways = gremienplan.planning.ways_out

    def interrupted(*args: Any, **more: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return ways(*args, **more)

    monkeypatch.setattr(gremienplan.planning, "ways_out", interrupted)
    result = plan(projekt)
    assert result.code == 1
    assert "Interrupted: ways out were not looked for to the end." in result.rede
    assert "was found" not in result.alles
    found = plan(projekt, "--json")
    assert "Interrupted" in found.rede
    assert (found.json["auswege"], found.json["auswege_abgebrochen"]) == ([], True)
    monkeypatch.undo()
    assert plan(projekt, "--no-ways-out", "--json").json["auswege_abgebrochen"] is False


def test_our_own_fault(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 70, an apology, and the traceback only for those who ask for it."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("oops")

    answering(monkeypatch, broken)
    result = plan(projekt)
    assert result.code == 70
    assert "Sorry" in result.rede
    assert "Traceback" not in result.rede
    assert "Traceback" in plan(projekt, GREMIENPLAN_DEBUG="1").rede
    assert plan(projekt, "--json").json["answer"] == "fault"


def test_an_error_that_comes_of_an_interrupt(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A library that was interrupted half-loaded calls it something else: still 130, and no fault of ours."""

    def broken(*_: object, **__: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as error:
            raise ImportError("half-loaded") from error

    answering(monkeypatch, broken)
    result = plan(projekt)
    assert result.code == 130
    assert "Sorry" not in result.rede


def test_interrupted_with_nothing_kept(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    answering(monkeypatch, interrupted)
    assert plan(projekt).code == 130
    assert not plan_file(projekt).exists()


def test_progress_is_a_line_per_stage(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no terminal shows a line that changes."""

    def tells(*_: object, on_progress: Callable[[Progress], None], **__: object) -> Undecided:
        for progress in (Progress(1, 9, 2, 0.5), Progress(1, 5, 5, 1.0), Progress(2, 3, 1, 2.0)):
            on_progress(progress)
        return Undecided(2027, Text("Time ran out."))

    answering(monkeypatch, tells)
    lines = plan(projekt).rede.splitlines()
    assert "Stage 1: 5 points, proven best (1.0 s)" in lines
    assert "Stage 2: 3 points, at best 1 (2.0 s)" in lines
    assert not any("9 points" in line for line in lines)


def test_the_last_line_of_a_stage_says_how_it_ended(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a stage is proven after its last news, it is said once more; and nothing is said twice."""

    def tells(*about: Any, on_progress: Callable[[Progress], None], **how: Any) -> object:
        found = schedule(*about, **how)
        assert isinstance(found, Plan)
        (stage,) = found.stufen
        on_progress(Progress(1, stage.wert + 3, None, 0.5))
        on_progress(Progress(0, 0, 0, 1.0))
        return found

    schedule = gremienplan.planning.schedule
    answering(monkeypatch, tells)
    lines = plan(projekt).rede.splitlines()
    told = [line for line in lines if line.startswith("Stage 1")]
    assert told == ["Stage 1: 3 points (0.5 s)", "Stage 1: 0 points, proven best (1.0 s)"]


def test_what_was_said_to_be_proven_and_is_not(projekt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress and table agree: the stage is said once more, with its gap."""

    def tells(*about: Any, on_progress: Callable[[Progress], None], **how: Any) -> object:
        found = schedule(*about, **how)
        assert isinstance(found, Plan)
        on_progress(Progress(1, 3, 3, 0.5))
        return evolve(found, stufen=(evolve(found.stufen[0], wert=3, schranke=0),), abgebrochen=True)

    schedule = gremienplan.planning.schedule
    answering(monkeypatch, tells)
    lines = plan(projekt).rede.splitlines()
    assert "Stage 1: 3 points, at best 0 (0.5 s)" in lines


def test_stages_are_told_apart_and_none_is_missing(projekt: Path) -> None:
    """Two about the same have the ids of their wishes; one without a wish this year says so."""
    programm = load(projekt, jahr=2027).programm
    wish = programm.wuensche[0]
    assert isinstance(wish, Gewohnt)
    other = evolve(wish, id="noch-einer", stufe=2)
    several = evolve(programm, wuensche=(wish, other, evolve(other, id="dritter", stufe=3)))
    assert stage_name(2, several) == "Stage 2: usual weekday and hour, [noch-einer]"
    assert list(stage_lines([Stufe(1, 0, 0)], several))[2:4] == [
        "Stage 2: usual weekday and hour, [noch-einer]",
        "  nothing to weigh this year",
    ]
