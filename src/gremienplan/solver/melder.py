"""What is told of a search: how far it is. What comes after a stage waits for the stage's second word."""

from __future__ import annotations

import time as clock
from collections.abc import Callable

from attrs import define, field, frozen

from gremienplan.solver.lauf import Lauf
from gremienplan.solver.nebenher import Nebenher
from gremienplan.solver.stufe import Fund


@frozen
class Progress:
    """How far the search is: the stage (0: the tie-break), its current cost and bound (None before the first plan).

    Stages come in their order. Should the solver contradict itself, all begins anew, and is told anew.
    """

    stufe: int
    wert: int | None
    schranke: int | None
    sekunden: float


@define
class Melder:
    """Tells of progress; asks for the second word of a stage beside what comes next, one at a time."""

    tell: Callable[[Progress], None] | None
    beginn: float
    worte: dict[int, Fund] = field(factory=dict)
    """The second word of each stage that has been asked for so, once it is in."""
    _offen: tuple[int, Nebenher[Fund]] | None = None
    _warten: dict[int, tuple[int | None, int | None]] = field(factory=dict)

    def say(self, stufe: int, wert: int | None, schranke: int | None) -> None:
        """Tell of a stage; of each that has to wait only the last news."""
        if self._offen is not None and self._offen[1].fertig:
            self.hear()
        self._warten[stufe] = wert, schranke
        if self._offen is None:
            self._flush()

    def ask(self, stufe: int, word: Callable[[Lauf], Fund], lauf: Lauf) -> None:
        """Ask for the second word of a stage."""
        self.hear()
        self._offen = stufe, Nebenher(word, lauf)

    def hear(self) -> None:
        """Wait for the word that is out; tell of its stage, and then what has waited for it."""
        if self._offen is not None:
            stufe, beside = self._offen
            found = self.worte[stufe] = beside.answer()
            self._offen = None
            later, self._warten = self._warten, {}
            self.say(stufe, found.wert, found.schranke)
            self._warten = later
            self._flush()

    def drop(self) -> None:
        """Wait for nothing any more."""
        if self._offen is not None:
            self._offen[1].drop()
            self._offen = None

    def _flush(self) -> None:
        while self._warten:
            stufe = next(iter(self._warten))
            wert, schranke = self._warten.pop(stufe)
            if self.tell is not None:
                self.tell(Progress(stufe, wert, schranke, clock.monotonic() - self.beginn))
