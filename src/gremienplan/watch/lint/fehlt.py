"""Does a body meet when the programme needs it? Derived from the programme's Beratungen, with no plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gremienplan.jahr import Jahr, build
from gremienplan.ratskalender import Ratskalender
from gremienplan.requirements import Angesetzt, Fenster, Hoechstabstand, Reihenfolge
from gremienplan.texts import Text
from gremienplan.watch.lint.grund import Pruefgrund
from gremienplan.watch.lint.werte import Befund, Befundart, Schwere

RAND = timedelta(days=31)
"""Councils rest in January and December: a calendar may begin so much later, and end so much earlier."""

_TAG = timedelta(days=1)
Span = tuple[date, date]


def fehlende(g: Pruefgrund, jahr: int, *, ganz: bool = False) -> Iterator[Befund]:
    """A body has no sitting between the first and the last day on which a Beratung of the year can be heard there.

    These days follow from the windows of Sitzungen and Beratungen and from their order and distance, whatever the
    plan: it is the room that even the luckiest plan has. One finding for each body, span and reason. Where the
    calendar does not reach nothing is missing, unless it is the ``ganz`` (whole) calendar of its year.
    """
    year = build(g.projekt, jahr)
    spans = _spans(year)
    seen = set()
    for r in year.requirements:
        if not isinstance(r, Angesetzt):
            continue
        von, bis = spans[r.ereignis]
        eintrag = r.id.partition(":")[0]
        if any(von <= s.tag <= bis for s in r.sitzungen) or (r.gremium, von, bis, eintrag) in seen:
            continue
        if not ganz and not _reicht(g.projekt.ratskalender, von, bis):
            continue
        seen.add((r.gremium, von, bis, eintrag))
        name = next(b.eintrag.name or b.eintrag.id for b in year.beratungen if b.id == r.ereignis)
        was = Text("no sitting from {von} to {bis}, needed for: {name}", von=von, bis=bis, name=name)
        wer = (year.namen[r.gremium],)
        art = Befundart.FEHLENDE_SITZUNG
        yield Befund(art, Schwere.FEHLER, wer, was, (r.gremium,), von, (), r.grundlage)


def _reicht(kalender: Ratskalender, von: date, bis: date) -> bool:
    """Tell whether a calendar reaches over a span of days; a month without sittings at either end is no gap."""
    first, last = kalender.von, kalender.bis
    return first is not None and last is not None and first <= von + RAND and bis <= last + RAND


def _spans(year: Jahr) -> Mapping[str, Span]:
    """Return first and last day on which each event can be, as far as windows, orders and distances say."""
    spans: dict[str, Span] = dict.fromkeys(year.ereignisse, (year.von, year.bis))
    for r in year.requirements:
        if isinstance(r, Fenster):
            von, bis = spans[r.ereignis]
            spans[r.ereignis] = max(von, r.von or von), min(bis, r.bis or bis)
    bounds = [r for r in year.requirements if isinstance(r, Reihenfolge | Hoechstabstand)]
    for _ in range(len(spans)):
        before = dict(spans)
        for r in bounds:
            erst, dann = spans[r.erst], spans[r.dann]
            tage = r.tage * _TAG
            if isinstance(r, Reihenfolge):
                spans[r.dann] = max(dann[0], erst[0] + tage), dann[1]
                spans[r.erst] = erst[0], min(erst[1], dann[1] - tage)
            else:
                spans[r.dann] = dann[0], min(dann[1], erst[1] + tage)
                spans[r.erst] = max(erst[0], dann[0] - tage), erst[1]
        if spans == before:
            break
    return spans
