"""A search that is watched and can be stopped: progress on stderr, and what Ctrl-C does."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, Self

from attrs import evolve
from rich.live import Live
from rich.spinner import Spinner

from gremienplan.cli.antworten import points
from gremienplan.cli.ausgabe import console, say
from gremienplan.cli.sprache import words
from gremienplan.plan import VERLEGT
from gremienplan.texts import Text

if TYPE_CHECKING:
    from gremienplan.plan import Plan
    from gremienplan.solver import Progress


TIE_BREAK = 0
"""The stage that only chooses among plans that are equally good; its points mean nothing to people."""


class Fortschritt:
    """Shows how far a search is: one line that changes on a terminal, else one line per stage."""

    def __init__(self, first: Text | None = None) -> None:
        self._first = first or Text("Looking for a first plan")
        self._last: Progress | None = None
        self._said: dict[int, Progress] = {}
        self._sekunden = 0.0
        self._live: Live | None = None
        target = console(stderr=True)
        if target.is_terminal and not target.is_dumb_terminal:
            self._live = Live(console=target, transient=True, refresh_per_second=8)

    def __enter__(self) -> Fortschritt:
        if self._live:
            self._live.update(Spinner("dots", words(self._first)))
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()
        self._end_stage(say)

    def __call__(self, progress: Progress) -> None:
        """Take note of news from the search."""
        if self._last and self._last.stufe != progress.stufe:
            self._end_stage(self.say)
        self._last = progress
        self._sekunden = progress.sekunden
        if self._live:
            self._live.update(Spinner("dots", _line(progress)))

    def _end_stage(self, say: Callable[[str], None]) -> None:
        """Say what stays of a stage."""
        if self._last:
            say(_line(self._last))
            self._said[self._last.stufe] = self._last
        self._last = None

    def begin(self, text: Text) -> None:
        """Say what the stages to come belong to."""
        self._end_stage(self.say)
        self._said.clear()
        self.say(text)

    def finish(self, plan: Plan | None) -> None:
        """Say once more which stages came out otherwise than their last line said: proven or not, or better."""
        self._end_stage(self.say)
        for stage in plan.stufen if plan else ():
            said = self._said.get(stage.stufe)
            if said and (stage.bewiesen or said.wert == said.schranke):
                now = evolve(said, wert=stage.wert, schranke=stage.schranke)
                if now != said:
                    self.say(_line(evolve(now, sekunden=self._sekunden)))
        self._said.clear()

    def step(self, text: Text) -> None:
        """Say what is being done: on a terminal only until the next step."""
        if self._live:
            self._live.update(Spinner("dots", words(text)))
        else:
            say(text)

    def say(self, text: Text | str) -> None:
        """Say something that stays, above the line that changes."""
        if self._live:
            self._live.console.out(words(text), highlight=False)
        else:
            say(text)


def _line(progress: Progress) -> str:
    sekunden = f"{progress.sekunden:.1f}"
    if progress.stufe == TIE_BREAK:
        return words(Text("Choosing among equally good plans ({sekunden} s)", sekunden=sekunden))
    if progress.wert is None:
        return words(Text("Looking for a first plan"))
    if progress.stufe == VERLEGT:
        return words(Text("Moved: {anzahl} ({sekunden} s)", anzahl=progress.wert, sekunden=sekunden))
    facts: dict[str, Any] = {"stufe": progress.stufe, "punkte": points(progress.wert), "sekunden": sekunden}
    if progress.wert == progress.schranke:
        return words(Text("Stage {stufe}: {punkte}, proven best ({sekunden} s)", **facts))
    if progress.schranke is None:
        return words(Text("Stage {stufe}: {punkte} ({sekunden} s)", **facts))
    return words(
        Text("Stage {stufe}: {punkte}, at best {bound} ({sekunden} s)", **facts, bound=progress.schranke)
    )


class Abbruch:
    """What Ctrl-C does while something runs that can be stopped: the first one asks, a second one ends it.

    The first one breaks nothing off, not even where that would leave a half-loaded library behind: who runs
    looks at ``pruefe``, and a search at ``gehoert``, when it suits.
    """

    def __init__(self) -> None:
        self.verlangt = False
        self._endgueltig = False
        self._gesagt = False
        self._before: Any = None

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._on_interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)
        if self._endgueltig and error is not None:  # whatever the second one broke on its way out
            raise KeyboardInterrupt from error

    def pruefe(self) -> None:
        """Raise KeyboardInterrupt where it is asked for: between two steps, with nothing worth keeping yet."""
        if self.verlangt:
            raise KeyboardInterrupt

    def gehoert(self, say: Callable[[Text], None], text: Text | None = None) -> bool:
        """Tell a search whether it shall stop, and those who watch it that it does (``text``: what comes of it)."""
        if self.verlangt and not self._gesagt:
            self._gesagt = True
            say(text or Text("Stopping; the best plan so far is kept. Ctrl-C again ends without it."))
        return self.verlangt

    def endet(self, say: Callable[[Text], None]) -> bool:
        """Do the same where half an answer is none."""
        return self.gehoert(say, Text("Stopping; there will be no answer. Ctrl-C again ends at once."))

    def _on_interrupt(self, _number: int, _frame: FrameType | None) -> None:
        if self.verlangt:
            self._endgueltig = True
            raise KeyboardInterrupt
        self.verlangt = True
