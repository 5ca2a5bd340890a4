"""Two questions at the same time: what is told, who looks at the flag, and what a wrong first word leads to."""

from __future__ import annotations

import threading
import time as clock
from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial

import pytest
from attrs import evolve

from gremienplan import requirements as req
from gremienplan.quellen import TATSACHE as G
from gremienplan.solver import Loesung, Problem, Suche, gegenprobe, search, stufe
from gremienplan.solver.aufbau import Aufbau, Stand
from gremienplan.solver.lauf import Lauf, Verdict
from gremienplan.solver.melder import Melder, Progress
from gremienplan.solver.nebenher import Nebenher, both
from gremienplan.solver.statisch import allowed
from gremienplan.solver.stufe import Aufgabe, Fund
from tests.solver.test_luegen import TAG, told
from tests.solver.test_stufe import crowded

LAUF = Lauf(1.0)


def fund(wert: int, schranke: int) -> Fund:
    return Fund(Verdict.OPTIMAL, wert, schranke)


def waits(event: threading.Event, found: Fund) -> Callable[[Lauf], Fund]:
    def ask(_: Lauf) -> Fund:
        assert event.wait(10)
        return found

    return ask


def test_both_answers_in_the_order_asked_for() -> None:
    """Whichever is there first; each waits for the other here, so they do run at the same time."""
    a, b = threading.Event(), threading.Event()

    def one() -> int:
        a.set()
        assert b.wait(10)
        return 1

    def two(_: Lauf) -> int:
        b.set()
        assert a.wait(10)
        return 2

    assert both(one, two, LAUF) == (1, 2)


def test_what_goes_wrong_is_raised_where_the_answer_is_wanted() -> None:
    """Not lost in the other thread."""

    def fails(_: Lauf) -> int:
        raise ValueError("no")

    beside = Nebenher(fails, LAUF)
    with pytest.raises(ValueError, match="no"):
        beside.answer()
    with pytest.raises(ValueError, match="no"):
        both(lambda: 1, fails, LAUF)


def test_only_the_thread_that_began_looks_at_the_flag() -> None:
    """The other hears what the last look said."""
    looked: list[int] = []
    stopped = threading.Event()

    def stop() -> bool:
        looked.append(threading.get_ident())
        return stopped.is_set()

    lauf = Lauf(1.0, stop)
    answers = [lauf.gestoppt]
    stopped.set()
    answers += [Nebenher(lambda _: lauf.gestoppt, LAUF).answer(), lauf.gestoppt]
    assert answers == [False, False, True]
    assert Nebenher(lambda _: lauf.gestoppt, LAUF).answer()
    assert set(looked) == {threading.get_ident()}


def test_who_waits_looks_at_the_flag_for_the_other() -> None:
    """Else nobody would stop it."""
    lauf = Lauf(1.0, lambda: True)

    assert Nebenher(until_stopped, lauf).answer()


def until_stopped(lauf: Lauf) -> bool:
    deadline = clock.monotonic() + 10
    while not lauf.gestoppt and clock.monotonic() < deadline:
        clock.sleep(0.01)
    return lauf.gestoppt


def test_what_nobody_waits_for_any_more_is_stopped() -> None:
    """Where the first question ends in an error, and where who waits is interrupted."""
    ended: list[bool] = []

    def second(lauf: Lauf) -> bool:
        ended.append(until_stopped(lauf))
        return True

    def fails() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        both(fails, second, LAUF)

    def interrupts() -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Nebenher(second, Lauf(1.0, interrupts)).answer()
    assert ended == [True, True]


def test_what_comes_after_a_stage_is_told_after_its_second_word() -> None:
    """Of what waits only the last news of each stage; nothing is lost."""
    seen: list[Progress] = []
    melder, go = Melder(seen.append, 0.0), threading.Event()
    melder.say(1, 4, None)
    melder.ask(1, waits(go, fund(4, 4)), LAUF)
    melder.say(2, 9, 0)
    melder.say(2, 8, 0)
    melder.say(3, 5, 5)
    assert [(p.stufe, p.wert) for p in seen] == [(1, 4)]
    go.set()
    melder.hear()
    assert [(p.stufe, p.wert, p.schranke) for p in seen[1:]] == [(1, 4, 4), (2, 8, 0), (3, 5, 5)]
    assert [p.sekunden for p in seen] == sorted(p.sekunden for p in seen)
    assert melder.worte == {1: fund(4, 4)}
    melder.say(3, 5, 5)
    melder.hear()
    assert len(seen) == 5


def test_one_second_word_is_out_at_a_time() -> None:
    """The next is asked for when the one before is in."""
    melder, go = Melder(None, 0.0), threading.Event()
    melder.ask(1, lambda _: fund(1, 1), LAUF)
    melder.ask(2, waits(go, fund(2, 2)), LAUF)
    assert melder.worte == {1: fund(1, 1)}
    go.set()
    melder.hear()
    assert sorted(melder.worte) == [1, 2]


def torn() -> Problem:
    """The Sitzung that has to move avoids one of its two days in one stage and the other in the next."""
    problem = told()
    avoided = [
        req.Meiden(f"tag {n}", G, stufe, "b", "x", (req.Belegung(day, day + timedelta(hours=1), "x"),), 1)
        for stufe, n in ((2, 2), (3, 3))
        for day in [datetime.combine(TAG, time(10)) + timedelta(days=n)]
    ]
    return evolve(problem, preferences=(*problem.preferences, *avoided))


def lie(monkeypatch: pytest.MonkeyPatch) -> tuple[list[int], list[bool]]:
    """Call a value of a later stage the least that is not, once; return it, and whether second words were beside."""
    lied: list[int] = []
    beside: list[bool] = []

    def lies(aufgabe: Aufgabe, stand: Stand | None, lauf: Lauf, *, presolve: bool = True) -> Fund:
        found = stufe.loese(aufgabe, stand, lauf, presolve=presolve)
        if lied or stand is None or found.stand is None:
            return found
        lied.append(found.wert)
        return Fund(Verdict.OPTIMAL, found.wert + 1, found.wert + 1, found.stand)

    def twice(aufgabe: Aufgabe, stufe: int, found: Fund, lauf: Lauf) -> Fund:
        beside.append(threading.current_thread() is not threading.main_thread())
        return gegenprobe.twice(aufgabe, stufe, found, lauf)

    monkeypatch.setattr(search, "loese", lies)
    monkeypatch.setattr(search, "twice", twice)
    return lied, beside


def test_a_first_word_that_was_wrong_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan is the one of a search that hears each second word before it goes on."""
    right = Suche(torn(), 10.0).run()
    lied, beside = lie(monkeypatch)
    found = Suche(torn(), 10.0).run()
    assert lied
    assert True in beside
    assert beside[-1] is False, "the search that began anew asks at once"
    assert isinstance(found, Loesung)
    assert found.kanonisch
    assert found == right


def test_stopped_when_the_words_differ_it_keeps_its_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not begin anew: the plan is there, its points are counted, and nothing wrong is called proven."""
    right = Suche(torn(), 10.0).run()
    assert isinstance(right, Loesung)
    lied, beside = lie(monkeypatch)
    found = Suche(torn(), 10.0, stop=lambda: True in beside).run()
    assert lied
    assert beside[-1], "no search began anew"
    assert isinstance(found, Loesung)
    assert found.abgebrochen
    assert not found.kanonisch
    for mine, best in zip(found.stufen, right.stufen, strict=True):
        assert mine.wert is not None
        assert best.wert is not None
        assert mine.schranke <= best.wert <= mine.wert


def test_a_second_word_cut_short_does_not_make_the_plan_dearer(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has found a dearer choice and no bound: the first choice stays, and is not proven."""
    problem = crowded()
    aufbau = Aufbau(problem)
    offen = {e: allowed(problem, ereignis) for e, ereignis in problem.ereignisse.items()}
    aufgabe = Aufgabe(aufbau, offen, (), partial(aufbau.kosten, stufe=1))
    first = stufe.loese(aufgabe, None, LAUF)
    assert first.stand is not None
    late = {e: max(ks, key=lambda k: k.beginn) for e, ks in offen.items()}
    dear = Stand(late | {"a": offen["a"][0]}, {})
    assert aufbau.points(1, dear) > first.wert
    monkeypatch.setattr(gegenprobe, "loese", lambda *_, **__: Fund(Verdict.FEASIBLE, 9, 0, dear))
    found = gegenprobe.twice(aufgabe, 1, first, LAUF)
    assert (found.stand, found.wert) == (first.stand, first.wert)
    assert found.schranke < found.wert
