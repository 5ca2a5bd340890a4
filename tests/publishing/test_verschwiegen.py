"""Non-interference: a feed, and OParl, follow from what the reader may see. Others change not a byte."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

import pytest
from attrs import evolve, frozen

from gremienplan.besetzung import Besetzung, Innehabung
from gremienplan.plan import record
from gremienplan.publishing.feeds import Kalendersatz
from gremienplan.publishing.oparl import Schnittstelle
from gremienplan.publishing.personen import person_publikum, persons
from gremienplan.release import Release
from gremienplan.tokens import mark
from tests.publishing import geschichten, welt
from tests.publishing.geschichten import Lage, changed, other_state, told

CI = os.environ.get("PROFILE") == "ci"
ICH = person_publikum(mark(geschichten.DOMAIN, "Erfunden A"))
MEINE = (Innehabung("fachdienst-1/ufer", "Erfunden A"), Innehabung("dezernat/stadt", "Erfunden A"))
ANDERE = (
    Innehabung("buergeramtsleitung/links", "Erfunden B"),
    Innehabung("stadtteilkoordination/ufer", "Erfunden B"),
    Innehabung("bezirksbuergermeister/links", "Erfunden C"),
    Innehabung("fachdienst-1/ufer", "Erfunden D"),
)
"""Who holds what; all persons are invented."""
LESER: dict[str, Callable[[str], bool]] = {
    "oeffentlich": lambda e: e.startswith("konferenz/"),
    "gremium/konferenz-ufer": lambda e: e == "konferenz/ufer",
    "sozialraum/links": lambda e: e.endswith("/links") and e in geschichten.SITZUNGEN,
    "rolle/fachdienst-1": lambda e: e.startswith(("entwurf/", "runde-1/")),
    "amt/fachdienst-1-ufer": lambda e: e in ("entwurf/ufer", "runde-1/ufer"),
    "amt/bezirksbuergermeister-links": lambda e: e.startswith(("entwurf/", "konferenz/", "vorstellung/")),
    "amt/dezernat-stadt": lambda e: e == "steuern/stadt",
    ICH: lambda e: e in ("entwurf/ufer", "runde-1/ufer", "steuern/stadt"),
}
"""Audience -> the events it may ever be told of, by their id."""


@frozen
class Zwilling:
    """One of two histories that are the same as far as the reader may see."""

    lage: Lage
    release: Release | None = None
    meine: tuple[Innehabung, ...] = MEINE
    andere: tuple[Innehabung, ...] = ANDERE
    personen: Release | None = None

    def told(self, publikum: str, stand: datetime) -> Zwilling:
        """Publish; what persons are told is only kept for one of them."""
        release = told(self.lage, self.release, stand)
        if publikum != ICH:
            return evolve(self, release=release)
        besetzung = Besetzung((*self.meine, *self.andere))
        return evolve(self, release=release, personen=persons(release, besetzung, stand, self.personen))

    def feed(self, publikum: str) -> bytes:
        """Return all that is written for a reader: the calendar, and OParl."""
        assert self.release
        if publikum == ICH:
            assert self.personen
            satz = Kalendersatz(self.personen)
            return satz.feed(f"{ICH}.ics").inhalt if f"{ICH}.ics" in satz.kalender else b""
        oparl = Schnittstelle(self.release, publikum, "https://flussau.example/oparl/").files
        return Kalendersatz(self.release).feed(f"{publikum}.ics").inhalt + json.dumps(oparl).encode()


def sees(publikum: str, lage: Lage, ereignis: str) -> bool:
    """Tell whether an audience may see what happens to an event now: residents, unless it is held back."""
    return LESER[publikum](ereignis) and not (publikum == "oeffentlich" and ereignis in lage.zurueck)


def others(zwilling: Zwilling, publikum: str, chance: Random, stand: datetime) -> Zwilling:
    """Change what the reader may not see, any number of times within a day; perhaps publish in between."""

    def free(ereignis: str) -> bool:
        return not sees(publikum, zwilling.lage, ereignis)

    for _ in range(chance.randint(0, 3)):
        stand += timedelta(minutes=chance.choice((1, 450)))
        lage = changed(zwilling.lage, chance, stand, free)
        zwilling = evolve(zwilling, lage=lage, andere=tuple(_hands(chance)))
        if zwilling.release and chance.random() < 0.5:
            zwilling = zwilling.told(publikum, stand)
    return zwilling


def _hands(chance: Random) -> Iterable[Innehabung]:
    """Yield what others hold from now on; some of them are forgotten."""
    for eine in ANDERE:
        bis = date(welt.JAHR, 1, 1) + timedelta(days=chance.randrange(365))
        if chance.random() < 0.8:
            yield evolve(eine, bis=bis if chance.random() < 0.4 else None)


def agree(zwillinge: list[Zwilling], publikum: str, seed: int, stand: datetime) -> list[Zwilling]:
    """Do the same in both to what the reader may see: changes, another state, public meetings held back or not."""
    if seed % 3 == 0:
        neu = [evolve(z, lage=other_state(z.lage, Random(seed), stand)) for z in zwillinge]
        zwillinge = equal(neu, zwillinge[0].lage.zurueck - neu[0].lage.zurueck, stand)
    found = []
    for zwilling in zwillinge:
        lage = changed(zwilling.lage, Random(seed), stand, partial(sees, publikum, zwilling.lage))
        found.append(evolve(zwilling, lage=lage, meine=MEINE[: seed % 5]))
    return found


def equal(zwillinge: list[Zwilling], kennungen: Iterable[str], stand: datetime) -> list[Zwilling]:
    """Let both histories agree on meetings that were hidden until now."""
    vorbild = {t.sitzung: t for t in zwillinge[0].lage.plan.termine}
    gezeigt = sorted(kennungen)
    found = []
    for zwilling in zwillinge:
        lage = zwilling.lage
        rest = [t for t in lage.plan.termine if t.sitzung not in gezeigt]
        gleich = [vorbild[s] for s in gezeigt if s in vorbild]
        plan = record(evolve(lage.plan, termine=(*rest, *gleich)), lage.plan, stand, lage.plan.zustand)
        found.append(evolve(zwilling, lage=evolve(lage, plan=plan)))
    return found


def shown_again(zwillinge: list[Zwilling], stand: datetime) -> list[Zwilling]:
    """Let residents be told of everything, at dates on which both histories agree."""
    gleich = equal(zwillinge, zwillinge[0].lage.zurueck, stand)
    return [evolve(z, lage=evolve(z.lage, zurueck=frozenset())) for z in gleich]


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
        zwillinge = [z.told(publikum, stand) for z in zwillinge]
        zwillinge = [others(z, publikum, Random(chance.randrange(10**9)), stand) for z in zwillinge]
        jetzt = stand + timedelta(days=1)
        if chance.random() < 0.5:
            zwillinge = shown_again(zwillinge, jetzt)
        zwillinge = [z.told(publikum, jetzt) for z in zwillinge]
        one, other = (z.feed(publikum) for z in zwillinge)
        assert one == other
        seen.add(one)
    return len(seen)


@pytest.mark.parametrize("publikum", LESER if CI else ("oeffentlich", "amt/bezirksbuergermeister-links", ICH))
def test_what_others_are_told_changes_no_byte_of_mine(publikum: str) -> None:
    """Dates, places, changes and cancellations of others, and releases made for them: nothing of it shows."""
    assert compare(publikum, 7, 9) > 2


@pytest.mark.acceptance
@pytest.mark.parametrize("publikum", LESER)
@pytest.mark.parametrize("seed", range(20))
def test_long_histories(publikum: str, seed: int) -> None:
    """The same for a long time; the one date of some is held after a few releases, and shows nothing new then."""
    einer = publikum in ("gremium/konferenz-ufer", "amt/dezernat-stadt")
    assert compare(publikum, seed, 40) > (1 if einer else 2)
