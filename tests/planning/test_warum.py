"""``alternatives`` looks at few days, and still finds the cheapest; its answers are values."""

import pickle
from datetime import datetime
from pathlib import Path

import pytest

import gremienplan as gp
from gremienplan.loading import load
from gremienplan.planning import Fragen, Price
from gremienplan.planning.basis import Basis, basis_of
from tests.vorrat import schedule

MUSTER = Path(__file__).parent.parent / "cli" / "musterstadt"
STAND = datetime(2026, 10, 1)
RUNDE = "runde-entwurf/am-fluss"


@pytest.fixture(scope="module")
def basis() -> Basis:
    projekt = load(MUSTER, jahr=2027)
    plan = schedule(projekt, 2027, stand=STAND, effort="kurz")
    assert isinstance(plan, gp.Plan)
    return basis_of(projekt, plan, stand=STAND, grenze=5.0)


def test_the_cheapest_of_all_days_are_found(basis: Basis) -> None:
    """Pricing every day the slow way gives the same list: by price, then by nearness."""
    fragen, now = Fragen(basis), basis.plan.lagen[RUNDE][0].tag
    priced = []
    for tag in basis.days(RUNDE):
        answer = fragen.why_not(RUNDE, tag) if tag != now else None
        if isinstance(answer, Price):
            assert answer.genau
            assert answer.mehr >= (0,) * len(answer.mehr), "the plan is the best"
            priced.append((answer.mehr, abs((tag - now).days), tag))
    found = fragen.alternatives(RUNDE, 4)
    assert [(p.mehr, p.tag) for p in found] == [(mehr, tag) for mehr, _, tag in sorted(priced)[:4]]
    assert all(p.lage.tag == p.tag for p in found)


def test_answers_are_values(basis: Basis) -> None:
    """They can be sent to another process; the sentences of reasons are Texts."""
    projekt, plan = basis.year.projekt, basis.plan
    (price,) = gp.alternatives(projekt, plan, RUNDE, 1, stand=STAND)
    assert pickle.loads(pickle.dumps(price)) == price
    sunday = next(tag for tag in basis.days(RUNDE) if tag.weekday() == 6)
    against = gp.why_not(projekt, plan, RUNDE, sunday, stand=STAND)
    assert isinstance(against, gp.Forbidden)
    assert pickle.loads(pickle.dumps(against)) == against
    assert all(isinstance(reason.meldung, gp.Text) for reason in against.gruende)
    there = gp.why_there(projekt, plan, RUNDE, stand=STAND)
    assert pickle.loads(pickle.dumps(there)) == there


def test_the_plan_does_not_change_its_mind(basis: Basis) -> None:
    """Where it is already, it costs nothing and nothing moves."""
    lage = basis.plan.lagen[RUNDE][0]
    answer = Fragen(basis).why_not(RUNDE, lage.tag, lage.beginn.time(), wenig=True)
    assert isinstance(answer, Price)
    assert set(answer.mehr) == {0}
    assert answer.verlegt == ()
