"""Drawn council calendars for Hamm, by the habits of real ones; nobody has made sure that a plan exists.

Six chains of sittings a year, each committees, then Bezirksvertretungen, then the Rat, at drawn weeks; every body
keeps its weekday and hour, leaves out a chain now and then, and sits a week off at times; no sitting on free days.
Some Sitze are away for some days, some Orte are closed. The same seed gives the same calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from attrs import evolve

from gremienplan.loading import load
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.ratskalender import Ausschuss, Freitage, Ratskalender, Ratssitzung, freitage

TAG, WOCHE = timedelta(days=1), timedelta(weeks=1)
BV, RAT = "bezirksvertretung", "rat"
FOLGEN = ((1, 18), (3, 1), (4, 12), (6, 1), (9, 6), (10, 4), (11, 8))
"""About when a chain begins: month and day."""


def ziehe(seed: int, jahr: int = 2027, *, folgen: tuple[int, int] = (5, 7), abwesend: bool = True) -> Projekt:
    """Return Hamm with the drawn calendar of a seed; ``folgen`` bounds how many chains of sittings there are.

    Without ``abwesend`` nobody is away and no Ort is closed.
    """
    rng = Random(f"{seed}/{jahr}")
    hamm = evolve(_hamm(), freitage=_freitage(jahr))
    starts = sorted(rng.sample(FOLGEN, rng.randint(*folgen)))
    weeks = [_monday(date(jahr, *start)) + rng.randint(-1, 1) * WOCHE for start in starts]
    ausschuesse = [Ausschuss(f"ausschuss/a{i}", f"Ausschuss {i}", "ausschuss", 150) for i in range(14)]
    bodies = [(a.id, a.name, rng.choice([0, 1])) for a in ausschuesse]
    bodies += [
        (g.id, f"{g.art.name} {g.gebiet.name}", 2 if g.art.id == BV else 3)
        for g in hamm.stadt.gremien.values()
        if g.art.id in (BV, RAT)
    ]
    sittings = [s for body in bodies for s in _of_body(rng, body, weeks, hamm.freitage)]
    ordered = tuple(sorted(sittings, key=lambda s: (s.beginn, s.key)))
    calendar = Ratskalender(ordered, tuple(ausschuesse), von=date(jahr, 1, 1), bis=date(jahr, 12, 31))
    besetzt = tuple(_absences(rng, hamm, jahr)) if abwesend else ()
    return evolve(hamm, ratskalender=calendar, besetzt=besetzt)


def _of_body(
    rng: Random, body: tuple[str, str, int], weeks: Sequence[date], frei: Freitage
) -> Iterator[Ratssitzung]:
    """Yield the sittings of one body: on its weekday at its hour, in nearly every chain."""
    gremium, name, week = body
    weekday, hour = rng.choice([1, 1, 2, 2, 3, 3, 0]), rng.choice([16, 16, 16, 17])
    for number, monday in enumerate(weeks):
        if gremium.partition("/")[0] not in (BV, RAT) and rng.random() < 0.15:
            continue
        tag = monday + week * WOCHE + weekday * TAG
        if rng.random() < 0.1:
            tag += rng.choice([-1, 1]) * TAG
        while any(f.von <= tag <= f.bis for f in (*frei.feiertage, *frei.ferien)):
            tag += WOCHE
        if tag.year != monday.year:
            continue
        beginn = datetime.combine(tag, time(hour))
        ende = beginn + timedelta(minutes=rng.choice([120, 150, 180]))
        key = f"{gremium.replace('/', '-')}-{number}"
        yield Ratssitzung(key, "gezogen", name, gremium, beginn, ende)


def _absences(rng: Random, hamm: Projekt, jahr: int) -> Iterator[Besetzt]:
    for _ in range(rng.randint(0, 6)):
        von = datetime(jahr, 1, 1, 8) + rng.randrange(360) * TAG
        bis = von + timedelta(hours=rng.choice([4, 10, 24 * 5, 24 * 12]))
        yield Besetzt(rng.choice([*hamm.stadt.sitze, *hamm.stadt.orte]), von, bis, "abwesend")


def _monday(tag: date) -> date:
    return tag - tag.weekday() * TAG


@cache
def _hamm() -> Projekt:
    return load("hamm")


@cache
def _freitage(jahr: int) -> Freitage:
    return freitage("NW", (jahr, jahr + 1))
