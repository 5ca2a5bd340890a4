"""One person with several Sitze: while it holds them all, their duties and busy times are those of one.

The unit stays the Sitz. It is enough that one of several holders of an Amt comes, so an Amt counts for a person only
while nobody else holds it. A mandate blocks nobody by itself; but who has one is busy when that political body sits.
What comes out names Sitze, never a person, and is the same whoever it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from gremienplan.jahr.grund import Grund
from gremienplan.jahr.pflichten import busy_times, zur_wahl
from gremienplan.projekt import Projekt
from gremienplan.requirements import Belegung, Dienst, Pflicht
from gremienplan.stadt import RollenArt

_TAG = timedelta(days=1)
Spanne = tuple[date, date]
"""First and last day, both inclusive."""


@frozen
class Verbund:
    """Sitze that one person holds together, and on which days; the first of them is an Amt."""

    sitze: tuple[str, ...]
    von: date
    bis: date


def by_person(grund: Grund, dienste: tuple[Dienst, ...]) -> tuple[Dienst, ...]:
    """Return the duties with those of one person put together, for the days on which it holds several Sitze.

    On the other days each Sitz keeps its own. Without a Besetzung nothing changes. Of whom one is enough may have
    no duty of its own: what its holder does elsewhere then comes without any.
    """
    if not grund.projekt.besetzung:
        return dienste
    own = {dienst.sitz: dienst for dienst in (*dienste, *zur_wahl(grund, dienste))}
    more = _nur_beschaeftigt(grund, own)
    found = tuple(verbuende(grund.projekt, own, more, grund.span))
    apart = [part for dienst in dienste for part in _apart(dienst, found, grund.span)]
    together = [_together(verbund, own, more, grund.span) for verbund in found]
    return (*apart, *together)


def _nur_beschaeftigt(grund: Grund, dienste: Mapping[str, Dienst]) -> dict[str, list[Belegung]]:
    """Return the busy times of Sitze without duties in the year's events: mandates, and Ämter with none."""
    busy = {**busy_times(grund, RollenArt.AMT), **busy_times(grund, RollenArt.MANDAT)}
    order = grund.projekt.stadt.alle_sitze
    for b in grund.projekt.besetzt:
        if b.wer in order and order[b.wer].rolle.art is RollenArt.AMT:
            busy.setdefault(b.wer, []).append(Belegung(b.von, b.bis, b.was))
    return {sitz: busy[sitz] for sitz in order if sitz in busy and sitz not in dienste}


def verbuende(
    projekt: Projekt, dienste: Mapping[str, Dienst], more: Mapping[str, Sequence[Belegung]], span: Spanne
) -> Iterator[Verbund]:
    """Yield which Sitze one person holds together and when, each for as long as it stays so."""
    running: dict[tuple[str, ...], date] = {}
    for von, _ in projekt.besetzung.abschnitte(*span):
        now = set(_zugleich(projekt, dienste, more, von))
        for sitze in [sitze for sitze in running if sitze not in now]:
            yield Verbund(sitze, running.pop(sitze), von - _TAG)
        for sitze in sorted(now - running.keys()):
            running[sitze] = von
    yield from (Verbund(sitze, von, span[1]) for sitze, von in running.items())


def _zugleich(
    projekt: Projekt, dienste: Mapping[str, Dienst], more: Mapping[str, Sequence[Belegung]], tag: date
) -> Iterator[tuple[str, ...]]:
    """Yield the Sitze that each person holds together on a day, if there is more than one that matters."""
    besetzung, sitze = projekt.besetzung, projekt.stadt.alle_sitze
    for person in dict.fromkeys(i.person for i in besetzung.innehabungen if i.gilt(tag)):
        held = {
            sitz
            for sitz in besetzung.sitze(person, tag)
            if sitze[sitz].rolle.art is RollenArt.MANDAT or besetzung.inhaber(sitz, tag) == (person,)
        }
        needed = [sitz for sitz in dienste if sitz in held]
        known = {belegt for sitz in needed for belegt in dienste[sitz].belegt}
        extra = [sitz for sitz in more if sitz in held and not known.issuperset(more[sitz])]
        if needed and len(needed) + len(extra) > 1:
            yield (*needed, *extra)


def _together(
    verbund: Verbund,
    dienste: Mapping[str, Dienst],
    more: Mapping[str, Sequence[Belegung]],
    span: Spanne,
) -> Dienst:
    mine = [dienste[sitz] for sitz in verbund.sitze if sitz in dienste]
    days = (verbund.von, verbund.bis)
    pflichten = dict.fromkeys(
        p for dienst in mine for pflicht in dienst.pflichten for p in _clip(pflicht, days, span)
    )
    busy = [b for dienst in mine for b in dienst.belegt]
    busy += [b for sitz in verbund.sitze if sitz not in dienste for b in more[sitz]]
    return Dienst(
        verbund.sitze[0],
        tuple(pflichten),
        tuple(dict.fromkeys(b for b in busy if _touches(b, days, span))),
        verbund.sitze[1:],
        None if verbund.von == span[0] else verbund.von,
    )


def _apart(dienst: Dienst, verbuende: Iterable[Verbund], span: Spanne) -> Iterator[Dienst]:
    """Yield what a Sitz has to do on the days on which it stands for itself."""
    taken = sorted((v.von, v.bis) for v in verbuende if dienst.sitz in v.sitze)
    if not taken:
        yield dienst
        return
    ends = [span[0] - _TAG, *(bis for _, bis in taken)]
    starts = [*(von for von, _ in taken), span[1] + _TAG]
    free = [(a + _TAG, b - _TAG) for a, b in zip(ends, starts, strict=True) if a + _TAG < b]
    pflichten = [p for days in free for pflicht in dienst.pflichten for p in _clip(pflicht, days, span)]
    busy = dict.fromkeys(b for days in free for b in dienst.belegt if _touches(b, days, span))
    if pflichten:
        yield Dienst(dienst.sitz, tuple(pflichten), tuple(busy))


def _clip(pflicht: Pflicht, days: Spanne, span: Spanne) -> Iterator[Pflicht]:
    """Yield a duty for those of its days that lie in ``days``; the ends of the year stay open."""
    ab = pflicht.ab if days[0] == span[0] else max(days[0], pflicht.ab or days[0])
    bis = pflicht.bis if days[1] == span[1] else min(days[1], pflicht.bis or days[1])
    if ab is None or bis is None or ab <= bis:
        yield Pflicht(pflicht.ereignis, ab, bis)


def _touches(belegt: Belegung, days: Spanne, span: Spanne) -> bool:
    """Tell whether busy time reaches into ``days``; what lies beyond the year belongs to its first or last day."""
    von, bis = belegt.von.date(), belegt.bis.date()
    return (days[0] == span[0] or days[0] <= bis) and (days[1] == span[1] or von <= days[1])
