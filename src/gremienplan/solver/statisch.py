"""What a requirement forbids when it looks at one event alone: the static filter, one function per kind.

A candidate that is filtered keeps its reasons: :func:`reasons` names every requirement that forbids it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from gremienplan import requirements as req
from gremienplan.solver.problem import TAG, Ereignis, Kandidat, Problem, Verbietet, Zeit


def verbietet(r: req.Requirement, ereignis: Ereignis, zeit: Zeit) -> Verbietet | None:
    """Return what ``r`` forbids ``ereignis`` by itself; None when it never looks at one event alone."""
    match r:
        case req.Fenster():
            first = zeit.tag(r.von) if r.von else -TAG
            last = zeit.tag(r.bis) if r.bis else 100 * TAG
            return lambda k: not first <= k.tag <= last
        case req.Fest():
            beginn, tag = zeit.minute(r.beginn), zeit.tag(r.beginn.date())
            if not _can_present(r.vortrag, ereignis):
                return lambda _: True
            if r.nur_tag:
                return lambda k: k.tag != tag or k.ort != (r.ort or k.ort)
            return lambda k: k.beginn != beginn or k.ort != (r.ort or k.ort)
        case req.Raumgroesse():
            small = frozenset(ort for ort, _ in r.zu_klein)
            return lambda k: k.ort in small
        case req.Wochentage():
            days = frozenset(r.tage)
            monday = zeit.von.weekday()
            return lambda k: (monday + k.tag) % 7 not in days
        case req.Tageszeit():
            frueh, spaet = r.von.hour * 60 + r.von.minute, r.bis.hour * 60 + r.bis.minute
            return lambda k: k.beginn - k.tag * TAG < frueh or k.ende - k.tag * TAG > spaet
        case req.Sperrtage():
            blocked = frozenset(tag for s in r.tage for tag in range(zeit.tag(s.von), zeit.tag(s.bis) + 1))
            return lambda k: not blocked.isdisjoint(range(k.tag, k.ende // TAG + 1))
        case req.KeineUeberschneidung():
            return belegt(zeit, r.belegt).within(r.puffer)
        case req.OrtFrei():
            busy = belegt(zeit, r.belegt)
            return lambda k: k.ort == r.ort and busy.overlaps(k.beginn, k.ende)
        case req.Verfuegbar() | req.Wegezeit():
            return _belegt(r, ereignis, zeit)
        case req.EineVon():
            return _niemand(r, ereignis, zeit)
        case _:
            return None


def _can_present(vortrag: tuple[str, ...] | None, ereignis: Ereignis) -> bool:
    """Tell whether these Sitze, in their order, may present an event; None: whoever does."""
    slots = ereignis.vortrag
    return vortrag is None or (
        len(vortrag) == len(slots) and all(wer in slot for wer, slot in zip(vortrag, slots, strict=True))
    )


def _belegt(r: req.Verfuegbar | req.Wegezeit, ereignis: Ereignis, zeit: Zeit) -> Verbietet | None:
    """Return when the Sitz's fixed busy time forbids an event; a deputy's choice is the model's business."""
    if not r.belegt or any(len(slot) > 1 and set(r.sitze) & set(slot) for slot in ereignis.vortrag):
        return None
    busy, valid = belegt(zeit, r.belegt), gueltig(r.pflichten, ereignis.id, zeit)
    rand = r.minuten if isinstance(r, req.Wegezeit) else 0
    return lambda k: busy.on(k.tag) and valid(k.tag) and clash(busy, k, rand)


def _niemand(r: req.EineVon, ereignis: Ereignis, zeit: Zeit) -> Verbietet | None:
    """Return when fixed busy time keeps every one of the Sitze from an event."""
    if ereignis.id != r.ereignis:
        return None
    valid = gilt_am(r, zeit)
    busy = [belegt(zeit, dienst.belegt) for dienst in r.sitze]
    return lambda k: valid(k.tag) and all(b.on(k.tag) and away(b, k, r.minuten) for b in busy)


def gilt_am(r: req.EineVon, zeit: Zeit) -> Callable[[int], bool]:
    """Return on which days (as numbers) the requirement holds."""
    return gueltig((req.Pflicht(r.ereignis, r.ab, r.bis),), r.ereignis, zeit)


def away(busy: Belegt, k: Kandidat, rand: int) -> bool:
    """Tell whether busy time keeps somebody from a candidate: it overlaps, or is closer than ``rand``."""
    return clash(busy, k, 0) or (rand > 0 and clash(busy, k, rand))


def clash(busy: Belegt, k: Kandidat, rand: int) -> bool:
    """Tell whether a candidate collides with busy time (``rand`` 0), or is clear of it by less than ``rand``.

    A Beratung's own sitting, which may be among the busy times, never counts.
    """
    if rand == 0:
        return busy.overlaps(k.beginn, k.ende, k.sitzung)
    return any(
        (not own or own != k.sitzung) and (0 <= k.beginn - bis < rand or 0 <= von - k.ende < rand)
        for von, bis, own in busy.near(k.beginn - rand, k.ende + rand)
    )


def gueltig(pflichten: Iterable[req.Pflicht], ereignis: str, zeit: Zeit) -> Callable[[int], bool]:
    """Return on which days (as numbers) a Sitz has to attend an event."""
    spans = [
        (zeit.tag(p.ab) if p.ab else -TAG, zeit.tag(p.bis) if p.bis else 100 * TAG)
        for p in pflichten
        if p.ereignis == ereignis
    ]
    return lambda tag: any(ab <= tag <= bis for ab, bis in spans)


class Belegt:
    """Busy times, sorted, to be asked many times."""

    def __init__(self, zeit: Zeit, belegt: Iterable[req.Belegung]) -> None:
        self._spans = sorted({(zeit.minute(b.von), zeit.minute(b.bis), b.sitzung) for b in belegt})
        self._starts = [von for von, _, _ in self._spans]
        self._longest = max((bis - von for von, bis, _ in self._spans), default=0)
        self._days = frozenset(
            tag for von, bis, _ in self._spans for tag in range(von // TAG - 1, bis // TAG + 2)
        )

    def on(self, tag: int) -> bool:
        """Tell whether anything is busy on a day or next to it: a quick no for most days."""
        return tag in self._days

    def near(self, von: int, bis: int) -> list[tuple[int, int, str]]:
        """Return the busy times that share a moment with [von, bis], its ends included."""
        first = bisect_right(self._starts, von - self._longest - 1)
        last = bisect_right(self._starts, bis)
        return [span for span in self._spans[first:last] if span[1] >= von]

    def overlaps(self, von: int, bis: int, sitzung: str = "") -> bool:
        """Tell whether [von, bis) shares a moment with a busy time other than that ``sitzung`` itself."""
        return any(a < bis and von < b and (not own or own != sitzung) for a, b, own in self.near(von, bis))

    def within(self, puffer: int) -> Verbietet:
        """Return the test whether a candidate is closer than ``puffer`` minutes to a busy time."""
        return lambda k: self.on(k.tag) and self.overlaps(k.beginn - puffer, k.ende + puffer)


@lru_cache(maxsize=1024)
def belegt(zeit: Zeit, times: tuple[req.Belegung, ...]) -> Belegt:
    """Return busy times ready to be asked; the same ones are prepared once."""
    return Belegt(zeit, times)


def reasons(problem: Problem, ereignis: Ereignis) -> Mapping[Kandidat, tuple[req.Requirement, ...]]:
    """Return for every candidate of an event the requirements that forbid it by themselves."""
    tests = list(_tests(problem, ereignis))
    return {k: tuple(r for r, test in tests if test(k)) for k in ereignis.kandidaten()}


def filters(problem: Problem, ereignis: Ereignis) -> tuple[tuple[req.Requirement, Verbietet], ...]:
    """Return the requirements that may forbid an event by themselves, each with what tells which candidates."""
    return tuple(_tests(problem, ereignis))


def allowed(problem: Problem, ereignis: Ereignis) -> tuple[Kandidat, ...]:
    """Return the candidates of an event that no requirement forbids by itself, in the order of time."""
    if ereignis.id not in problem.erlaubt:
        problem.erlaubt[ereignis.id] = _allowed(problem, ereignis)
    return problem.erlaubt[ereignis.id]


def _allowed(problem: Problem, ereignis: Ereignis) -> tuple[Kandidat, ...]:
    tests = list(_tests(problem, ereignis))
    of_day = [test for r, test in tests if isinstance(r, req.Fenster | req.Wochentage | req.Sperrtage)]
    of_hour = [test for r, test in tests if isinstance(r, req.Tageszeit)]
    days = [tag for tag in ereignis.tage if not any(test(_noon(tag)) for test in of_day)]
    hours = tuple(
        (beginn, ende, ort)
        for beginn, ende, ort in ereignis.raster
        if not any(test(Kandidat(0, beginn, ende, ort)) for test in of_hour)
    )
    kandidaten = [k for tag in days for k in ereignis.am(tag, hours)]
    for _, test in tests:
        kandidaten = [k for k in kandidaten if not test(k)]
    return tuple(kandidaten)


def _noon(tag: int) -> Kandidat:
    """Return a moment that stands for the whole day."""
    return Kandidat(tag, tag * TAG + TAG // 2, tag * TAG + TAG // 2 + 1)


def _tests(problem: Problem, ereignis: Ereignis) -> Iterator[tuple[req.Requirement, Verbietet]]:
    if ereignis.id in problem.fakten:
        return
    for r in problem.nach_ereignis[ereignis.id]:
        test = verbietet(r, ereignis, problem.zeit)
        if test is not None:
            yield r, test
