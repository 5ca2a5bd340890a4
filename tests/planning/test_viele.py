"""``schedule_many``: every city gets its own answer, whoever computes it, and whatever befalls the others."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache, partial

import pytest

import gremienplan as gp
from gremienplan.errors import UnknownIdError
from gremienplan.planning import Antwort, Progress
from gremienplan.planning.viele import answer_one
from tests.jahre.pflanzen import pflanze
from tests.nur_ci import nur_ci

CI = os.environ.get("PROFILE") == "ci"
JAHR = 2027
PROZESSE = multiprocessing.get_context("forkserver")
PROZESSE.set_forkserver_preload(["gremienplan.planning.viele", "gremienplan.loading"])
"""Processes that share nothing with this one, and need not import everything anew."""


def stadt(name: str) -> Callable[[], gp.Projekt]:
    return partial(gp.load, name, jahr=JAHR)


def auftrag(key: str, projekt: gp.Projekt | Callable[[], gp.Projekt] | None = None) -> gp.Auftrag:
    """Return an order; one with nothing to load fails quickly, as broken input."""
    return gp.Auftrag(key, projekt or stadt("no-such-city"), JAHR, effort="kurz")


def ratlos() -> gp.Projekt:
    raise ZeroDivisionError("a fault in the midst of it")


def stirb() -> gp.Projekt:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


class Eigensinn(Exception):
    """Cannot be read back by another process."""

    def __init__(self, a: int, b: int) -> None:
        super().__init__(str(a))


def eigensinnig() -> gp.Projekt:
    raise Eigensinn(1, 2)


@cache
def quartier() -> gp.Projekt:
    return gp.load("quartier", jahr=JAHR)


@cache
def expected() -> gp.Plan:
    plan = gp.schedule(quartier(), JAHR, effort="kurz")
    assert isinstance(plan, gp.Plan)
    return plan


class Sofort(Executor):
    """Computes at once, in this thread, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.asked += 1
        future: Future[object] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


class Zerbricht(Sofort):
    """Breaks at the third city, and there is no other one like it."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        if self.asked >= 2:
            raise BrokenExecutor("it is gone")
        return Sofort.submit(self, fn, *args, **kwargs)  # type: ignore[no-untyped-call]


class Wartet(Executor):
    """Computes nothing until it is told to; keeps the order of the asking."""

    def __init__(self) -> None:
        self.pending: list[tuple[Future[object], Callable[[], object]]] = []
        self.done = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[object] = Future()
        self.pending.append((future, partial(fn, *args, **kwargs)))
        return future

    def work(self, which: int) -> None:
        future, call = self.pending.pop(which)
        if future.set_running_or_notify_cancel():
            future.set_result(call())
        self.done += 1


# --- the same answers ---------------------------------------------------------------------------------------


@nur_ci("plans several years")
def test_answers_are_those_of_schedule_and_fit_their_keys() -> None:
    """In threads: each key has the answer its question has when asked alone."""
    orders = [auftrag("a", quartier()), auftrag("b"), auftrag("c", quartier)]
    with ThreadPoolExecutor(2) as pool:
        found = dict(gp.schedule_many(orders, executor=pool))
    assert found.keys() == {"a", "b", "c"}
    assert found["a"] == found["c"] == expected()
    broken = found["b"]
    assert isinstance(broken, gp.Failed)
    assert broken.ursache is gp.Ursache.EINGABE
    assert [problem.datei for problem in broken.problems] == ["no-such-city"]


@pytest.mark.parametrize("which", [0, -1])
def test_answers_come_as_they_are_done(which: int) -> None:
    """In the order in which they are computed, not in that of the questions."""
    bench = Wartet()

    def look() -> bool:
        if 0 < len(bench.pending) == min(3, 6 - bench.done):
            bench.work(which)
        return False

    orders = [auftrag(str(n)) for n in range(6)]
    keys = [key for key, _ in gp.schedule_many(orders, executor=bench, ahead=3, stop=look)]
    assert keys == [list("012345"), list("234510")][which]


def test_nothing_asked_nothing_answered() -> None:
    assert list(gp.schedule_many([], executor=Sofort())) == []


# --- what goes wrong ----------------------------------------------------------------------------------------


def test_a_fault_is_the_answer_of_its_city_alone() -> None:
    """Any exception: named, with where it happened; the city beside it is planned."""
    orders = [auftrag("ratlos", ratlos), auftrag("gut", quartier)]
    found = dict(gp.schedule_many(orders, executor=Sofort()))
    bad = found["ratlos"]
    assert isinstance(bad, gp.Failed)
    assert bad.ursache is gp.Ursache.FEHLER
    assert "ZeroDivisionError" in str(bad.meldung)
    assert "in ratlos" in bad.spur
    assert found["gut"] == expected()


@pytest.mark.skipif(not CI, reason="pools that break: PROFILE=ci")
def test_processes_that_die_harm_nobody_else() -> None:
    """Two of six kill the process they run in, one raises what no process can send: all get an answer, once."""
    orders = [
        auftrag("a", quartier()),
        auftrag("stirbt", stirb),
        auftrag("b", quartier),
        auftrag("eigensinnig", eigensinnig),
        auftrag("stirbt auch", stirb),
        auftrag("c"),
    ]
    with ProcessPoolExecutor(2, mp_context=PROZESSE) as pool:
        answers = list(gp.schedule_many(orders, executor=pool))
    assert Counter(key for key, _ in answers) == Counter(order.key for order in orders)
    found = dict(answers)
    assert found["a"] == found["b"] == expected()
    causes = {key: answer.ursache for key, answer in answers if isinstance(answer, gp.Failed)}
    assert causes == {
        "stirbt": gp.Ursache.VERLOREN,
        "stirbt auch": gp.Ursache.VERLOREN,
        "eigensinnig": gp.Ursache.FEHLER,
        "c": gp.Ursache.EINGABE,
    }


def test_an_executor_that_breaks_for_good_leaves_no_city_without_a_word() -> None:
    """There is no other one like it: what it had answered stands, everything else is said to be lost."""
    found = list(gp.schedule_many([auftrag(str(n)) for n in range(5)], executor=Zerbricht(), ahead=1))
    assert [key for key, _ in found] == ["0", "1", "2", "3", "4"]
    assert causes_of(found) == ["input"] * 2 + ["lost"] * 3


def test_a_question_that_cannot_be_sent_is_lost_and_the_next_one_is_not() -> None:
    """A function without a name has no way into another process."""
    with ProcessPoolExecutor(1, mp_context=PROZESSE) as pool:
        orders = [auftrag("a", lambda: quartier()), auftrag("b")]
        found = dict(gp.schedule_many(orders, executor=pool))
    assert causes_of(sorted(found.items())) == ["lost", "input"]


def test_an_executor_that_was_shut_down_is_the_mistake_of_the_caller() -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(RuntimeError, match="shutdown"):
        list(gp.schedule_many([auftrag("a")], executor=pool))


def causes_of(answers: Sequence[tuple[str, Antwort]]) -> list[str]:
    return [answer.ursache.value for _, answer in answers if isinstance(answer, gp.Failed)]


# --- not everything at once, and not to the end --------------------------------------------------------------


@pytest.mark.parametrize("ahead", [1, 2, 5])
def test_a_long_list_is_read_as_answers_come(ahead: int) -> None:
    """At most ``ahead`` cities have been read without being answered; an endless list is no harm."""
    read = 0

    def endless() -> Iterator[gp.Auftrag]:
        nonlocal read
        while True:
            read += 1
            yield auftrag(str(read))

    answers = gp.schedule_many(endless(), executor=Sofort(), ahead=ahead)
    for answered in range(20):
        next(answers)
        assert answered < read <= answered + ahead
    answers.close()


def test_stopped_nothing_more_is_begun_and_everything_begun_is_told() -> None:
    """After the second answer: the source is read no further, what waited is reported as such."""
    bench, seen = Wartet(), 0
    read: list[str] = []

    def orders() -> Iterator[gp.Auftrag]:
        for n in range(100):
            read.append(str(n))
            yield auftrag(str(n))

    def stop() -> bool:
        if len(bench.pending) == 4 and seen < 2:
            bench.work(0)
        return seen >= 2

    found = {}
    for key, answer in gp.schedule_many(orders(), executor=bench, ahead=4, stop=stop):
        found[key] = answer
        seen += 1
    assert sorted(found) == sorted(read) == ["0", "1", "2", "3", "4"]
    assert causes_of(sorted(found.items())) == ["input", "input", "stopped", "stopped", "stopped"]


@nur_ci("several searches")
def test_in_threads_a_search_under_way_is_stopped_too() -> None:
    """Who plans the year looks at the flag, too."""
    looking: set[threading.Thread] = set()

    def look() -> bool:
        looking.add(threading.current_thread())
        return False

    with ThreadPoolExecutor(1) as pool:
        order = auftrag("a", quartier())
        answers = dict(gp.schedule_many([order], executor=pool, stop=look))
    assert answers["a"] == expected()
    assert len(looking - {threading.current_thread()}) == 1


# --- values that travel -------------------------------------------------------------------------------------


def test_everything_that_travels_arrives_as_it_was() -> None:
    """Questions, and every kind of answer: equal after a journey; exceptions say the same."""
    year = pflanze(4)
    assert year.ohne is not None
    conflict = gp.schedule(year.ohne, year.jahr, effort="kurz")
    assert isinstance(conflict, gp.Conflict)
    for value in (
        quartier(),
        gp.Auftrag("a", quartier(), JAHR, before=expected()),
        expected(),
        conflict,
        gp.Undecided(JAHR, gp.Text("no {what}", what="time")),
        answer_one(auftrag("a")),
        answer_one(auftrag("a", ratlos)),
        Progress(1, 2, 3, 4.0),
    ):
        assert pickle.loads(pickle.dumps(value)) == value
    for error in (broken_input(), UnknownIdError("quatier", ["quartier", "hamm"])):
        back = pickle.loads(pickle.dumps(error))
        assert (type(back), str(back), vars(back)) == (type(error), str(error), vars(error))


def broken_input() -> gp.InputError:
    with pytest.raises(gp.InputError) as caught:
        gp.load("no-such-city")
    return caught.value
