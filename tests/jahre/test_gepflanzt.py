"""Years in which a plan exists, with little room beside it: "no plan" and "undecided" are always a bug."""

from __future__ import annotations

import os

import pytest

from gremienplan.auditing import audit
from gremienplan.plan import Conflict, Plan
from gremienplan.planning import schedule
from gremienplan.requirements import Angesetzt, Requirement
from tests.jahre.nachfragen import is_minimal
from tests.jahre.pflanzen import BV, Gepflanzt, pflanze

CI = os.environ.get("PROFILE") == "ci"
BLOCK = 4
KLEINE = range(0, 32 if CI else 4, BLOCK)
HAMM = range(0, 40, BLOCK)


def planned(year: Gepflanzt) -> Plan:
    """Plan the year, and hold the plan against the planted one: sound, and nowhere proven to be the best and worse."""
    plan = schedule(year.projekt, year.jahr, effort="kurz")
    assert isinstance(plan, Plan), plan
    assert not plan.abgebrochen
    found, planted = audit(year.projekt, plan), audit(year.projekt, year.plan)
    assert found.findings == ()
    assert found.unbekannt == ()
    assert found.offen == ()
    assert {s.stufe: s.wert for s in plan.stufen} == found.kosten
    for stufe in plan.stufen:
        assert stufe.schranke <= stufe.wert
        assert stufe.schranke <= planted.kosten[stufe.stufe], "the planted plan is better than the bound"
        if stufe.wert != planted.kosten[stufe.stufe] or not stufe.bewiesen:
            break
    return plan


def refused(year: Gepflanzt) -> Conflict:
    """Plan the year without the one sitting every plan of a Bezirk had: the conflict names an item of that body."""
    assert year.ohne is not None
    conflict = schedule(year.ohne, year.jahr, effort="kurz")
    assert isinstance(conflict, Conflict), conflict
    assert conflict.minimal
    gebiet = year.gremium.removeprefix(f"{BV}/")
    assert any(about(r, gebiet) for r in conflict.requirements), [r.id for r in conflict.requirements]
    assert is_minimal(conflict)
    return conflict


def about(r: Requirement, gebiet: str) -> bool:
    """Tell whether a requirement speaks of an item that this Bezirk's body should hear."""
    return any(e.startswith("bv-jahresplan/") and e.endswith(f"/{gebiet}") for e in r.ereignisse)


@pytest.mark.parametrize("first", KLEINE)
def test_a_planted_year_is_planned(first: int) -> None:
    """Two to four Sozialräume: a plan, audited clean, in no proven stage worse than the planted one."""
    for seed in range(first, first + BLOCK):
        planned(pflanze(seed))


@pytest.mark.parametrize("first", KLEINE)
def test_without_the_one_sitting_there_is_a_conflict_about_it(first: int) -> None:
    """P-70: where a body hears all its plans in one sitting, without it the item is named in a minimal conflict."""
    years = [pflanze(seed) for seed in range(first, first + BLOCK)]
    tight = [year for year in years if year.ohne is not None]
    assert len(tight) == 1
    for year in tight:
        conflict = refused(year)
        assert any(isinstance(r, Angesetzt) for r in conflict.requirements)
        assert len(conflict.requirements) <= 4, "more than the draft, its window, the lead time and the item"


@pytest.mark.acceptance
@pytest.mark.parametrize("first", HAMM)
def test_a_planted_year_of_hamm_is_planned(first: int) -> None:
    """Hamm as it is, 78 Sitzungen and 24 Beratungen."""
    for seed in range(first, first + BLOCK):
        year = pflanze(seed, ganz_hamm=True)
        plan = planned(year)
        assert (len(plan.termine), len(plan.beratungen)) == (78, 24)
        if year.ohne is not None:
            refused(year)
