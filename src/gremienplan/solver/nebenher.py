"""Two questions at the same time: CP-SAT leaves the interpreter to others while it searches.

Neither answer depends on the other, nor on which comes first: so the same input still gives the same plan.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from attrs import evolve

from gremienplan.solver.lauf import POLL, Halt, Lauf

T = TypeVar("T")


class Nebenher(Generic[T]):
    """An answer that is being looked for in a thread of its own; a program that ends does not wait for it."""

    def __init__(self, ask: Callable[[Lauf], T], lauf: Lauf) -> None:
        self._halt = Halt(lauf.stop)
        self._lauf = evolve(lauf, stop=self._halt)
        self._found: list[T] = []
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(ask,), daemon=True)
        self._thread.start()

    def _run(self, ask: Callable[[Lauf], T]) -> None:
        try:
            self._found.append(ask(self._lauf))
        except BaseException as error:
            self._failed.append(error)

    @property
    def fertig(self) -> bool:
        """Tell whether there is an answer."""
        return not self._thread.is_alive()

    def answer(self) -> T:
        """Return the answer when it is there; raises what asking for it has raised."""
        try:
            while self._thread.is_alive():
                self._thread.join(POLL)
                self._halt()  # looks at the flag, for the other thread may not
        except BaseException:
            self.drop()
            raise
        for error in self._failed:
            raise error
        return self._found[0]

    def drop(self) -> None:
        """Stop looking: nobody wants the answer any more. Returns when it has ended."""
        self._halt.fallen = True
        self._thread.join()


def both(first: Callable[[], T], second: Callable[[Lauf], T], lauf: Lauf) -> tuple[T, T]:
    """Return two answers, asked for at the same time; the second one is told how to run."""
    later = Nebenher(second, lauf)
    try:
        found = first()
    except BaseException:
        later.drop()
        raise
    return found, later.answer()
