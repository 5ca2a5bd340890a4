"""Two questions at the same time: CP-SAT leaves the interpreter to others while it searches.

Neither answer depends on the other, nor on which comes first: so the same input still gives the same plan.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from gremienplan.solver.lauf import POLL, Lauf

T = TypeVar("T")


class Nebenher(Generic[T]):
    """An answer that is being looked for in a thread of its own; a program that ends does not wait for it."""

    def __init__(self, ask: Callable[[], T], lauf: Lauf) -> None:
        self._lauf = lauf
        self._found: list[T] = []
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(ask,), daemon=True)
        self._thread.start()

    def _run(self, ask: Callable[[], T]) -> None:
        try:
            self._found.append(ask())
        except BaseException as error:
            self._failed.append(error)

    @property
    def fertig(self) -> bool:
        """Tell whether there is an answer."""
        return not self._thread.is_alive()

    def answer(self) -> T:
        """Return the answer when it is there; raises what asking for it has raised."""
        while self._thread.is_alive():
            self._thread.join(POLL)
            _ = self._lauf.gestoppt  # looks at the flag, for the other thread may not
        for error in self._failed:
            raise error
        return self._found[0]


def both(first: Callable[[], T], second: Callable[[], T], lauf: Lauf) -> tuple[T, T]:
    """Return two answers, asked for at the same time."""
    later = Nebenher(second, lauf)
    return first(), later.answer()
