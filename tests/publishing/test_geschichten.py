"""Whatever happens to a plan: whoever has subscribed comes to see the true plan, in every calendar program."""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from gremienplan.publishing.feeds import Kalendersatz
from tests.publishing import geschichten
from tests.publishing.kunden import KUNDEN, Kunde
from tests.publishing.lesen import lint

CI = os.environ.get("PROFILE") == "ci"
PUBLIKUM = (
    "alle",
    "oeffentlich",
    "gremium/konferenz-ufer",
    "rolle/buergeramtsleitung",
    "amt/bezirksbuergermeister-rechts",
    "amt/buergeramtsleitung-links",
    "amt/fachdienst-1-ufer",
    "amt/fachdienst-2-ufer",
    "amt/stadtteilkoordination-ufer",
    "amt/vertretung-stadt",
)
"""Residents, a body, everybody of a Rolle, and Ämter: invited always, until or from July, by topic, as presenters."""


def live(chance: Random, releases: int) -> int:
    """Play one history: each client fetches now and then, and then shows the true plan. Return how often one did."""
    kunden: dict[str, list[Kunde]] = {p: [kunde() for kunde in KUNDEN] for p in PUBLIKUM}
    fetched = 0
    for lage, release in geschichten.history(chance, releases):
        satz = Kalendersatz(release)
        for publikum, alle in kunden.items():
            if chance.random() < 0.5:
                continue
            data = satz.feed(f"{publikum}.ics").inhalt
            assert lint(data) == []
            wahr = geschichten.truth(lage, publikum)
            for kunde in alle:
                kunde.fetch(data)
                gezeigt = geschichten.to_come(lage, kunde.shown())
                assert gezeigt == wahr, (publikum, type(kunde).__name__)
                fetched += 1
    return fetched


@settings(max_examples=20 if CI else 1)
@given(st.integers(0, 2**32))
def test_every_client_comes_to_the_true_plan(seed: int) -> None:
    """Replacing all, by UID and SEQUENCE, and minding tombstones; each fetches when it likes, of one to three years."""
    assert live(Random(seed), 6) > 10


@pytest.mark.acceptance
@pytest.mark.parametrize("seed", range(100))
def test_ten_thousand_releases(seed: int) -> None:
    """The same with 10,000 releases, a hundred of each history."""
    assert live(Random(seed), 100) > 1000
