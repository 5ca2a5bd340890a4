"""Does the Rat meet in time after the bodies that advise it? As the city says with ``[[ratsfolge]]``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from gremienplan.programm.ratsfolge import Ratsfolge
from gremienplan.ratskalender import Ratssitzung
from gremienplan.texts import Text
from gremienplan.watch.lint.grund import Pruefgrund
from gremienplan.watch.lint.werte import Befund, Befundart, Schwere

_TAG = timedelta(days=1)


def ratsfolgen(g: Pruefgrund) -> Iterator[Befund]:
    """A body that comes after others does not meet in time after them: one finding for each of its pauses.

    In time is at least ``abstand`` days later, so that what was heard can be written down, and at most
    ``hoechstens``. Nothing is said of what the calendar does not reach: its last sitting may lie before that.
    """
    for folge in g.projekt.ratsfolgen:
        erst = [s for s in g.sitzungen if g.named(s.gremium, folge.erst)]
        for wer in (wer for wer in g.gremien if g.named(wer, folge.dann)):
            ort = g.gremien[wer].gebiet
            before = [s for s in erst if s.gremium != wer and g.gremien[s.gremium].gebiet.touches(ort)]
            yield from _pausen(g, folge, before, wer)


def _pausen(g: Pruefgrund, folge: Ratsfolge, erst: Sequence[Ratssitzung], wer: str) -> Iterator[Befund]:
    """Yield the pauses of a body: the sittings that wait too long for the same sitting of it."""
    dann = [s for s in g.alle if s.gremium == wer]
    warten: dict[Ratssitzung, list[Ratssitzung]] = {}
    for s in erst:
        if (danach := _too_late(folge, s, dann)) is not None:
            warten.setdefault(danach, []).append(s)
    for danach, those in warten.items():
        was = Text(
            "next only {danach}; waiting since {seit}: {anzahl} sittings, up to {tage} days instead of {hoechstens}",
            danach=danach.tag,
            seit=those[0].tag,
            anzahl=len({s.zusammen for s in those}),
            tage=(danach.tag - those[0].tag).days,
            hoechstens=folge.hoechstens.tage,
        )
        name = (g.gremium_name(wer),)
        sittings = (*those, danach)
        art = Befundart.RATSFOLGE
        yield Befund(
            art, Schwere.HINWEIS, name, was, (wer,), those[0].tag, sittings, folge.hoechstens.grundlage
        )


def _too_late(folge: Ratsfolge, s: Ratssitzung, dann: Sequence[Ratssitzung]) -> Ratssitzung | None:
    """Return the first sitting that hears what was heard in ``s``, if that is too late; else None."""
    first = s.tag + (folge.abstand.tage if folge.abstand else 0) * _TAG
    danach = next((x for x in dann if x.tag >= first), None)
    return danach if danach and danach.tag > s.tag + folge.hoechstens.tage * _TAG else None
