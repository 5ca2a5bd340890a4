"""Days on which a body hardly meets: public holidays, school holidays, weekends, a weekday that is none of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from gremienplan.ratskalender import FreierTag, Ratssitzung
from gremienplan.texts import WEEKDAYS, Text
from gremienplan.watch.lint.grund import Pruefgrund
from gremienplan.watch.lint.werte import Befund, Befundart, Schwere
from gremienplan.watch.zuordnen import body

SAMSTAG, SONNTAG = 5, 6
GENUG = 5
"""From so many sittings on a body has weekdays of its own."""
GEWOHNT = 0.8
"""One or two weekdays on which at least this part of them lies."""


def feiertage(g: Pruefgrund) -> Iterator[Befund]:
    """A sitting is on a public holiday."""
    for s in g.sitzungen:
        if name := _frei(s.tag, g.projekt.freitage.feiertage):
            was = Text("{zeit}: {was}", zeit=s.tag, was=name)
            yield _befund(g, s, Befundart.FEIERTAG, Schwere.FEHLER, was)


def ferien(g: Pruefgrund) -> Iterator[Befund]:
    """A sitting is in the school holidays, and not on a public holiday as well: that says more."""
    for s in g.sitzungen:
        name = _frei(s.tag, g.projekt.freitage.ferien)
        if name and not _frei(s.tag, g.projekt.freitage.feiertage):
            was = Text("{zeit}: {was}", zeit=s.tag, was=name)
            yield _befund(g, s, Befundart.FERIEN, Schwere.WARNUNG, was)


def wochenenden(g: Pruefgrund) -> Iterator[Befund]:
    """A sitting is on a Saturday or Sunday, and most of its body are not."""
    for own in g.je_gremium.values():
        frei = [s for s in own if s.tag.weekday() >= SAMSTAG]
        if 2 * len(frei) > len(own) > 1:
            continue
        for s in frei:
            if not _frei(s.tag, g.projekt.freitage.feiertage):
                was = Text("{zeit}: {was}", zeit=s.tag, was=Text("weekend"))
                yield _befund(g, s, Befundart.WOCHENENDE, Schwere.WARNUNG, was)


def wochentage(g: Pruefgrund) -> Iterator[Befund]:
    """A sitting is on a weekday on which its body does not meet otherwise; that its day is free says more."""
    frei = (*g.projekt.freitage.feiertage, *g.projekt.freitage.ferien)
    for own in g.je_gremium.values():
        counted = Counter(s.tag.weekday() for s in own)
        usual = _usual(counted)
        for s in own:
            if usual and s.tag.weekday() not in {*usual, SAMSTAG, SONNTAG} and not _frei(s.tag, frei):
                was = Text("{zeit}; usual: {tage}", zeit=s.tag, tage=tuple(WEEKDAYS[t] for t in usual))
                yield _befund(g, s, Befundart.WOCHENTAG, Schwere.HINWEIS, was)


def _usual(counted: Counter[int]) -> tuple[int, ...]:
    """Return the one or two weekdays on which nearly all sittings lie, each on more than one; nothing else."""
    alle = counted.total()
    if alle < GENUG:
        return ()
    ranked = sorted(counted, key=lambda tag: (-counted[tag], tag))
    for number in (1, 2):
        usual = ranked[:number]
        if all(counted[tag] > 1 for tag in usual) and sum(counted[t] for t in usual) >= GEWOHNT * alle:
            return tuple(sorted(usual))
    return ()


def _frei(tag: date, tage: Iterable[FreierTag]) -> str:
    return next((frei.name for frei in tage if frei.von <= tag <= frei.bis), "")


def _befund(g: Pruefgrund, s: Ratssitzung, art: Befundart, schwere: Schwere, was: Text) -> Befund:
    return Befund(art, schwere, (g.name(s),), was, (body(s),), s.tag, (s,))
