"""What was added by hand, and cannot be, is off again: that is a way out of a conflict."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.loading import load
from gremienplan.plan import Conflict
from gremienplan.planning import schedule, ways_out
from gremienplan.programm import Zusatzsitzung, bedingungen as bed
from gremienplan.quellen import Authority, Grundlage

MUSTER = Path(__file__).parents[1] / "cli" / "musterstadt"
ZUSATZ = Zusatzsitzung("runde-zusatz-1/am-berg", "runde/am-berg", ("entwurf",))


@pytest.mark.skipif(os.environ.get("PROFILE") != "ci", reason="a conflict is looked into: PROFILE=ci")
def test_one_too_many_is_cancelled() -> None:
    """The first way out names the command; nothing of the concept gives way for it."""
    projekt = load(MUSTER, jahr=2027)
    most = bed.Anzahl("hoechstens", ("runde/am-berg",), Grundlage(Authority.TEXT, "M-1-RUNDE"), max=2)
    programm = evolve(projekt.programm, bedingungen=(*projekt.programm.bedingungen, most))
    projekt = evolve(projekt, programm=programm, zusatz={2027: (ZUSATZ,)})
    answer = schedule(projekt, 2027, effort="kurz")
    assert isinstance(answer, Conflict)
    (schritt,) = ways_out(projekt, answer, anzahl=1)[0].schritte
    assert str(schritt.satz) == "Runde Am Berg: Entwurf: is off."
    assert "gremienplan cancel runde-zusatz-1/am-berg --jahr 2027" in str(schritt.so)
