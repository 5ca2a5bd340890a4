"""Years that several tests plan: the same question is put to the solver once in a process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from gremienplan.plan import Conflict, Plan, Undecided
from gremienplan.planning import EffortName, Progress, schedule as ask
from gremienplan.projekt import Projekt

Antwort = Plan | Conflict | Undecided
Frage = tuple[Projekt, int, datetime | None, Plan | None, EffortName, int, bool]

_answered: list[tuple[Frage, Antwort]] = []


def schedule(
    projekt: Projekt,
    jahr: int,
    *,
    stand: datetime | None = None,
    before: Plan | None = None,
    effort: EffortName = "normal",
    on_progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] | None = None,
    workers: int = 1,
    partial: bool = False,
) -> Antwort:
    """Return what ``planning.schedule`` answers; a question that equals an earlier one, as values, is that one."""
    frage: Frage = (projekt, jahr, stand, before, effort, workers, partial)
    for asked, answer in _answered:
        if asked == frage:
            return answer
    answer = ask(
        projekt,
        jahr,
        stand=stand,
        before=before,
        effort=effort,
        on_progress=on_progress,
        stop=stop,
        workers=workers,
        partial=partial,
    )
    _answered.append((frage, answer))
    return answer
