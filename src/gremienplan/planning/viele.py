"""``schedule_many``: the years of many cities, over whatever computes: threads, processes, a cluster.

An answer depends on its question alone, so it is the same whoever computes it, and in whatever order. What goes
wrong with one city is the answer of that city.
"""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import ExitStack
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from attrs import Factory, define, field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.plan import Conflict, Plan, Undecided
from gremienplan.planning.aufwand import EffortName
from gremienplan.planning.planen import schedule
from gremienplan.projekt import Projekt
from gremienplan.texts import Text

POLL = 0.1
"""Seconds between two looks at the stop flag."""


@frozen
class Auftrag:
    """One year of one city to be planned, under a key that its answer will have. Picklable, like all it holds."""

    key: str
    projekt: Projekt | Callable[[], Projekt]
    """The project; or a function, picklable too, that loads it where it is planned: ``partial(load, folder)``."""
    jahr: int
    stand: datetime | None = None
    before: Plan | None = None
    effort: EffortName = "normal"


class Ursache(Enum):
    """Why a city has no answer."""

    EINGABE = "input"
    """Its files are broken: see ``problems``."""
    FEHLER = "fault"
    """A fault of the program."""
    VERLOREN = "lost"
    """Who computed it is gone: a process that was killed, or that ran out of memory."""
    GESTOPPT = "stopped"
    """It was not done when everything was stopped."""


@frozen
class Failed:
    """A city without an answer, and why; the others go on."""

    jahr: int
    ursache: Ursache
    meldung: Text
    problems: tuple[Problem, ...] = ()
    """What is wrong with its files, all at once."""
    spur: str = field(default="", repr=False)
    """Where a fault of the program happened."""


Antwort: TypeAlias = Plan | Conflict | Undecided | Failed


def schedule_many(
    auftraege: Iterable[Auftrag],
    *,
    executor: Executor,
    ahead: int | None = None,
    stop: Callable[[], bool] | None = None,
) -> Generator[tuple[str, Antwort], None, None]:
    """Plan many cities; yield key and answer of each as it comes, in whatever order.

    ``auftraege`` may be long: it is read as answers come, and at most ``ahead`` are under way at once (twice the
    processors of this machine, if nobody says otherwise; a cluster wants more). Whatever goes wrong with one city is
    its own answer (:class:`Failed`). When a process dies, what was under way there is computed anew, one after the
    other and in a new pool if need be; only what dies again is lost. When ``stop`` becomes true nothing more is begun;
    what has begun is finished, and in threads it is stopped too. The executor stays open.
    """
    bank = _Werkbank(executor, stop)
    limit = max(1, 2 * (os.cpu_count() or 1) if ahead is None else ahead)
    source = iter(auftraege)
    with bank.own:
        try:
            while True:
                while bank.room(limit) and (auftrag := next(source, None)) is not None:
                    bank.submit(auftrag)
                if bank.idle:
                    return
                yield from bank.collect()
        finally:
            bank.cancel()


@define
class _Werkbank:
    """What is under way in an executor, and what is to be done anew since it was lost."""

    executor: Executor
    stop: Callable[[], bool] | None
    running: dict[Future[Antwort], Auftrag] = Factory(dict)
    anew: deque[Auftrag] = Factory(deque)
    """What was lost on its way: others may be to blame, so each is computed once more, with nothing beside it."""
    alone: bool = False
    """One of these is under way."""
    stopped: bool = False
    own: ExitStack = Factory(ExitStack)

    @property
    def idle(self) -> bool:
        """Tell whether nothing is left to wait for."""
        return not self.running and not self.anew

    def room(self, limit: int) -> bool:
        """Tell whether a further city may be begun."""
        self.stopped = self.stopped or (self.stop is not None and self.stop())
        return not self.stopped and not self.anew and not self.alone and len(self.running) < limit

    def submit(self, auftrag: Auftrag) -> None:
        """Begin one; one that cannot be sent is done at once."""
        heard = self.stop if isinstance(self.executor, ThreadPoolExecutor) else None
        try:
            try:
                future = self.executor.submit(answer_one, auftrag, heard, self.alone)
            except BrokenExecutor:  # it broke before anything of this one began
                if not self._renew():
                    raise
                future = self.executor.submit(answer_one, auftrag, heard, self.alone)
        except Exception as error:
            if isinstance(error, RuntimeError) and not isinstance(error, BrokenExecutor):
                raise  # the executor has been shut down: the caller's mistake
            future = Future()
            future.set_result(_lost(auftrag, error))
        self.running[future] = auftrag

    def collect(self) -> Iterator[tuple[str, Antwort]]:
        """Wait for something to be done, and yield what is."""
        if self.stopped:
            self.cancel()
            while self.anew:
                auftrag = self.anew.popleft()
                yield auftrag.key, _not_done(auftrag)
        elif self.anew and not self.running:
            self.alone = True
            self.submit(self.anew.popleft())
        wait(self.running, POLL if self.stop else None, FIRST_COMPLETED)
        for future in [f for f in self.running if f.done()]:
            auftrag = self.running.pop(future)
            if (answer := self._result(future, auftrag)) is not None:
                yield auftrag.key, answer
        self.alone = self.alone and bool(self.running)

    def cancel(self) -> None:
        """Cancel what has not begun."""
        for future in self.running:
            future.cancel()

    def _result(self, future: Future[Antwort], auftrag: Auftrag) -> Antwort | None:
        """Return an answer; None where it is to be computed anew."""
        try:
            return future.result()
        except CancelledError:
            return _not_done(auftrag)
        except Exception as error:  # its process died, or it or its answer could not be sent
            works = self._renew() if isinstance(error, BrokenExecutor) else True
            if self.alone or not works:
                return _lost(auftrag, error)
            self.anew.append(auftrag)
            return None

    def _renew(self) -> bool:
        """Put a new pool of the same kind in the place of a broken one; tell whether there is one that works."""
        old = self.executor
        if not isinstance(old, ProcessPoolExecutor):
            return False
        if getattr(old, "_broken", True):
            self.executor = self.own.enter_context(
                ProcessPoolExecutor(
                    getattr(old, "_max_workers", None),
                    getattr(old, "_mp_context", None),
                    getattr(old, "_initializer", None),
                    getattr(old, "_initargs", ()),
                )
            )
        return True


def answer_one(auftrag: Auftrag, stop: Callable[[], bool] | None = None, again: bool = False) -> Antwort:  # noqa: ARG001
    """Plan one city, wherever this runs; what goes wrong is the answer.

    ``again`` tells a cluster that knows calls by what they are given that this is another one.
    """
    try:
        found = auftrag.projekt
        projekt = found if isinstance(found, Projekt) else found()
        return schedule(
            projekt,
            auftrag.jahr,
            stand=auftrag.stand,
            before=auftrag.before,
            effort=auftrag.effort,
            stop=stop,
        )
    except InputError as error:
        meldung = Text("Its files are broken.")
        return Failed(auftrag.jahr, Ursache.EINGABE, meldung, error.problems)
    except Exception as error:
        meldung = Text("A fault of gremienplan: {fehler}", fehler=_name(error))
        return Failed(auftrag.jahr, Ursache.FEHLER, meldung, spur=traceback.format_exc())


def _lost(auftrag: Auftrag, error: BaseException) -> Failed:
    meldung = Text("Whoever computed it is gone: {fehler}", fehler=_name(error))
    return Failed(auftrag.jahr, Ursache.VERLOREN, meldung)


def _not_done(auftrag: Auftrag) -> Failed:
    return Failed(auftrag.jahr, Ursache.GESTOPPT, Text("Not done when everything was stopped."))


def _name(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
