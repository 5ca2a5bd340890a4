"""Eleven readings of a real council calendar, one after the other: the changes that are known of it, and no other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.loading import ics
from gremienplan.plan import seen
from gremienplan.programm import Programm
from gremienplan.projekt import Projekt
from gremienplan.quellen import Katalog
from gremienplan.ratskalender import Muster, Ratskalender, Treffer, freitage, normalisieren
from gremienplan.stadt import Gebiet, Gremienart, Klasse, Stadt
from gremienplan.watch import Aenderung, Wandel, changes
from gremienplan.watch.lint import Befundart, lint

HISTORY = Path(__file__).parents[3] / "shared/data/ics_allris_iserlohn/history"
DATEIEN = sorted(HISTORY.glob("alle_*.ics"))
VON, BIS = date(2025, 1, 1), date(2026, 12, 31)
STADT = Stadt(
    id="stadt",
    name="Stadt",
    domain="stadt.example",
    land="NW",
    zeitzone="Europe/Berlin",
    atom="a",
    ebenen=(),
    gebiete=(Gebiet("stadt", "stadt", "Stadt", frozenset({"a"})),),
    rollen={},
    gremienarten={"ausschuss": Gremienart("ausschuss", "stadt", "Ausschuss", Klasse.POLITISCH, dauer=120)},
    gremien={},
    orte={},
)

pytestmark = pytest.mark.skipif(not DATEIEN, reason="the real exports are not here")


def read(datei: Path) -> Ratskalender:
    eintraege = [evolve(e, quelle="ris") for e in ics.read(datei, "Europe/Berlin", None)]
    return normalisieren(eintraege, [Muster(".", Treffer.ART, "ausschuss")], STADT)


def of(wandel: Wandel, found: dict[str, tuple[Aenderung, ...]]) -> dict[str, list[str]]:
    """Return the changes of one kind: day of the reading -> keys of the sittings."""
    je = {
        tag: [p.eine.key for a in changes if a.wandel is wandel for p in a.paare]
        for tag, changes in found.items()
    }
    return {tag: keys for tag, keys in je.items() if keys}


def test_the_known_changes() -> None:
    """One vanished, one cancelled, none moved; nothing of what is past on the day of the reading."""
    kalender = {d.name[5:15]: read(d) for d in DATEIEN}
    tage = list(kalender)
    found = {
        tag: changes(
            seen(kalender[vorher].sitzungen, VON, BIS), kalender[tag], VON, BIS, ab=date.fromisoformat(tag)
        )
        for vorher, tag in pairwise(tage)
    }
    assert of(Wandel.VERSCHWUNDEN, found) == {"2025-11-27": ["ris:ALLRIS-Sitzung-2002532"]}
    assert of(Wandel.ABGESAGT, found) == {"2026-01-20": ["ris:ALLRIS-Sitzung-2002534"]}
    assert {a.wandel for c in found.values() for a in c} == {
        Wandel.VERSCHWUNDEN,
        Wandel.ABGESAGT,
        Wandel.NEU,
    }
    assert not any(p.geraten for c in found.values() for a in c for p in a.paare)


def test_the_body_that_was_renamed() -> None:
    """Its only sitting was past by then: it is told where the past is asked for."""
    erste, zweite = map(read, DATEIEN[:2])
    (change,) = (
        a for a in changes(seen(erste.sitzungen, VON, BIS), zweite, VON, BIS) if a.wandel is Wandel.UMBENANNT
    )
    (paar,) = change.paare
    assert paar.bisher
    assert paar.jetzt
    assert (paar.bisher.name, paar.jetzt.name) == (
        "Ausschuss für Digitalisierung und Zukunft",
        "Digitalausschuss",
    )


def test_what_the_linter_finds() -> None:
    """Two committees in one room on one evening; five days unusual for their bodies; nothing on a free day."""
    kalender = read(HISTORY.parent / "alle.ics")
    leer = Programm("", "", {}, (), (), (), ())
    frei = freitage("NW", (2025, 2026))
    befunde = lint(Projekt(STADT, (), leer, Katalog(), kalender, frei)).befunde
    assert [(b.art, b.tag) for b in befunde if b.art is not Befundart.WOCHENTAG] == [
        (Befundart.RAUM, date(2026, 11, 25))
    ]
    assert len(befunde) == 6
