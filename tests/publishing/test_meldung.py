"""The notice of a release names everybody who is invited, also those who have no calendar of their own."""

from __future__ import annotations

from datetime import datetime

import pytest
from attrs import evolve

from gremienplan.cli.veroeffentlichung import counts
from gremienplan.plan import Plan
from gremienplan.publishing import release
from gremienplan.release import Aenderung, Art, Release, without_calendar
from tests.publishing import welt

PROJEKT = welt.projekt()
PLAN = welt.plan(PROJEKT)
KONFERENZ, RUNDE = "konferenz/ufer", "entwurf/ufer"
SPAETER = datetime(2026, 12, 1, 10)


def after(plan: Plan) -> Release:
    return release(PROJEKT, plan, vorher=release(PROJEKT, PLAN), stand=SPAETER)


@pytest.mark.parametrize("art", [Art.VERLEGT, Art.ABGESAGT])
def test_mandates_and_groups_are_named(art: Art) -> None:
    """With what changed and, moved, from when; of a Sitzung to which only Ämter are invited there is nothing."""
    neu = datetime(2027, 4, 14, 17)
    plan = PLAN
    for sitzung in (KONFERENZ, RUNDE):
        moved = art is Art.VERLEGT
        plan = welt.moved(plan, sitzung, neu, SPAETER) if moved else welt.cancelled(plan, sitzung, SPAETER)
    found = after(plan)
    (one,) = without_calendar(found, found.ausgaben[-1])
    alt = PLAN.lagen[KONFERENZ][0].beginn
    assert one.meldung.ereignis.kennung == KONFERENZ
    assert (one.meldung.aenderung.art, one.meldung.aenderung.bisher) == (
        art,
        alt if art is Art.VERLEGT else None,
    )
    assert one.sitze == ("bezirksvertreter/links", "bezirksvertreter/rechts", "bewohner/ufer")
    assert "Bewohner:innen Ufer" in one.namen
    assert not list(without_calendar(found, found.ausgaben[0]))


def test_what_becomes_public_and_was_moved_counts_as_moved() -> None:
    """New is what nobody knew: a date that is new to residents only was moved for those who had it."""
    neu = Aenderung("a", Art.NEU, ("oeffentlich",))
    moved = Aenderung("a", Art.VERLEGT, ("amt/x", "alle"), datetime(2027, 4, 7, 17))
    extra = Aenderung("b", Art.NEU, ("amt/y",))
    worte = Aenderung("b", Art.WORTE, ("alle",))
    found = after(PLAN).ausgaben[-1]
    assert counts(evolve(found, aenderungen=(neu, moved, extra, worte))) == {Art.VERLEGT: 1, Art.NEU: 1}
    assert counts(evolve(found, aenderungen=(neu,))) == {Art.NEU: 1}
