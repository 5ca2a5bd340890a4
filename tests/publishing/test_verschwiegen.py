"""Non-interference: a feed, and OParl, follow from what the reader may see. Others change not a byte."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

import pytest
from attrs import evolve, frozen

from gremienplan.plan import record
from gremienplan.publishing.feeds import Kalendersatz
from gremienplan.publishing.oparl import Schnittstelle
from gremienplan.release import Release
from tests.publishing import geschichten
from tests.publishing.geschichten import Lage, changed, other_state, told

CI = os.environ.get("PROFILE") == "ci"
LESER: dict[str, Callable[[str], bool]] = {
    "oeffentlich": lambda e: e.startswith("konferenz/"),
    "gremium/konferenz-ufer": lambda e: e == "konferenz/ufer",
    "sozialraum/links": lambda e: e.endswith("/links") and e in geschichten.SITZUNGEN,
    "rolle/fachdienst-1": lambda e: e.startswith(("entwurf/", "runde-1/")),
    "amt/fachdienst-1-ufer": lambda e: e in ("entwurf/ufer", "runde-1/ufer"),
    "amt/bezirksbuergermeister-links": lambda e: e.startswith(("entwurf/", "konferenz/", "vorstellung/")),
    "amt/dezernat-stadt": lambda e: e == "steuern/stadt",
}
"""Audience -> the events it may ever be told of, by their id."""


@frozen
class Zwilling:
    """One of two histories that are the same as far as the reader may see."""

    lage: Lage
    release: Release | None = None

    def feed(self, publikum: str) -> bytes:
        """Return all that is written for a reader: the calendar, and OParl."""
        assert self.release
        oparl = Schnittstelle(self.release, publikum, "https://flussau.example/oparl/").files
        return Kalendersatz(self.release).feed(f"{publikum}.ics").inhalt + json.dumps(oparl).encode()


def sees(publikum: str, lage: Lage, ereignis: str) -> bool:
    """Tell whether an audience may see what happens to an event now: residents, unless it is held back."""
    return LESER[publikum](ereignis) and not (publikum == "oeffentlich" and ereignis in lage.zurueck)


def others(zwilling: Zwilling, publikum: str, chance: Random, stand: datetime) -> Zwilling:
    """Change what the reader may not see, any number of times; perhaps publish in between."""
    lage, release = zwilling.lage, zwilling.release

    def free(ereignis: str) -> bool:
        return not sees(publikum, lage, ereignis)

    for _ in range(chance.randint(0, 3)):
        stand += timedelta(minutes=chance.choice((1, 600)))
        lage = changed(lage, chance, stand, free)
        if release and chance.random() < 0.5:
            release = told(lage, release, stand)
    return Zwilling(lage, release)


def agree(zwillinge: list[Zwilling], publikum: str, seed: int, stand: datetime) -> list[Zwilling]:
    """Do the same in both to what the reader may see: changes, another state, public meetings held back or not."""
    found = []
    for zwilling in zwillinge:
        lage = zwilling.lage
        if seed % 3 == 0:
            lage = other_state(lage, Random(seed), stand)
        lage = changed(lage, Random(seed), stand, partial(sees, publikum, lage))
        found.append(evolve(zwilling, lage=lage))
    return found


def shown_again(zwillinge: list[Zwilling], stand: datetime) -> list[Zwilling]:
    """Let residents be told of everything, at dates on which both histories agree."""
    vorbild = {t.sitzung: t for t in zwillinge[0].lage.plan.termine}
    found = []
    for zwilling in zwillinge:
        lage = zwilling.lage
        rest = [t for t in lage.plan.termine if t.sitzung not in zwillinge[0].lage.zurueck]
        gleich = [vorbild[s] for s in sorted(zwillinge[0].lage.zurueck) if s in vorbild]
        plan = record(evolve(lage.plan, termine=(*rest, *gleich)), lage.plan, stand, lage.plan.zustand)
        found.append(evolve(zwilling, lage=evolve(lage, plan=plan, zurueck=frozenset())))
    return found


def compare(publikum: str, seed: int, releases: int) -> int:
    """Play two histories; return how many different feeds the reader saw."""
    chance = Random(seed)
    stand = geschichten.ANFANG
    zwillinge = [Zwilling(geschichten.anfang())] * 2
    seen = set()
    for _ in range(releases):
        stand += timedelta(days=chance.choice((2, 5, 40)))
        if chance.random() < 0.7:
            zwillinge = agree(zwillinge, publikum, chance.randrange(10**9), stand)
        zwillinge = [evolve(z, release=told(z.lage, z.release, stand)) for z in zwillinge]
        zwillinge = [others(z, publikum, Random(chance.randrange(10**9)), stand) for z in zwillinge]
        jetzt = stand + timedelta(days=1)
        if chance.random() < 0.5:
            zwillinge = shown_again(zwillinge, jetzt)
        zwillinge = [evolve(z, release=told(z.lage, z.release, jetzt)) for z in zwillinge]
        one, other = (z.feed(publikum) for z in zwillinge)
        assert one == other
        seen.add(one)
    return len(seen)


@pytest.mark.parametrize("publikum", LESER if CI else ("oeffentlich", "amt/bezirksbuergermeister-links"))
def test_what_others_are_told_changes_no_byte_of_mine(publikum: str) -> None:
    """Dates, places, changes and cancellations of others, and releases made for them: nothing of it shows."""
    assert compare(publikum, 4, 9) > 2


@pytest.mark.acceptance
@pytest.mark.parametrize("publikum", LESER)
@pytest.mark.parametrize("seed", range(20))
def test_long_histories(publikum: str, seed: int) -> None:
    """The same for a long time."""
    assert compare(publikum, seed, 40) > 5
