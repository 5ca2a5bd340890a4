"""Every alternative of every open question of Hamm gives a year that is planned, or a conflict that explains it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

import gremienplan as gp
from gremienplan.quellen import Authority
from tests.spec.test_lesarten_hamm import ALLE, ANGABEN

BEISPIEL = Path(__file__).parents[2] / "examples" / "hamm-2027"
pytestmark = [
    pytest.mark.acceptance,
    pytest.mark.skipif(not BEISPIEL.is_dir(), reason="the examples are not part of this tree"),
]
UNPLANBAR = {("AMB-34", "alle-plaene"): "verfuegbar:stadtteilkoordination/"}
"""What cannot be planned in the example year, and what every reason for it has in common: nine presenters cannot be
in the three Bezirksvertretungen that sit on one afternoon."""


def planned(frage: str, wahl: str, programm: str) -> tuple[gp.Projekt, gp.Plan | gp.Conflict | gp.Undecided]:
    asked = {"wahl": wahl, "angabe": ANGABEN.get((frage, wahl), {})}
    projekt = gp.load(BEISPIEL, jahr=2027, programm=programm, lesarten={frage: asked})
    return projekt, gp.schedule(projekt, 2027, stand=datetime(2026, 11, 1), effort="kurz")


@pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
@pytest.mark.parametrize(("frage", "wahl"), [a for a in ALLE if a not in UNPLANBAR])
def test_the_example_year_is_planned(frage: str, wahl: str, programm: str) -> None:
    """And the audit is content; AMB-19, AMB-27 and AMB-28 among them, which move what hangs on the plan's year."""
    projekt, plan = planned(frage, wahl, programm)
    assert isinstance(plan, gp.Plan), getattr(plan, "requirements", plan)
    assert gp.audit(projekt, plan).ok


@pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
@pytest.mark.parametrize(("frage", "wahl"), UNPLANBAR)
def test_what_cannot_be_planned_says_why(frage: str, wahl: str, programm: str) -> None:
    """The reason is minimal, and it is not our own windows alone: how the world is has a part in it."""
    _, conflict = planned(frage, wahl, programm)
    assert isinstance(conflict, gp.Conflict)
    assert conflict.minimal
    assert any(r.id.startswith(UNPLANBAR[frage, wahl]) for r in conflict.requirements)
    assert Authority.TATSACHE in {r.grundlage.authority for r in conflict.requirements}
