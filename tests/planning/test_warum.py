"""``alternatives`` looks at few days, and still finds the cheapest; its answers are values."""

import pickle
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve

import gremienplan as gp
from gremienplan.auditing import audit
from gremienplan.loading import load
from gremienplan.plan import OFFEN, Stufe, Zustand, record
from gremienplan.planning import Fragen, Price, Umplanung, replan
from gremienplan.planning.basis import Basis, basis_of
from gremienplan.planning.replanung import STUFE
from tests.jahre.pflanzen import pflanze
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


def test_stopped_there_is_no_list(basis: Basis) -> None:
    """Cheaper dates may be missing; and no further day is priced."""
    said: list[gp.Text] = []
    found = gp.alternatives(
        basis.year.projekt, basis.plan, RUNDE, 4, stand=STAND, on_step=said.append, stop=lambda: True
    )
    assert (found, said) == ((), [])


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


@pytest.mark.parametrize("open_first", [(), (Stufe(OFFEN, 1, 1),)], ids=["whole", "partial"])
def test_what_was_proven_of_a_plan_is_known(open_first: tuple[Stufe, ...]) -> None:
    """In its own profile, whatever the project has chosen since; how many events are open was decided before."""
    grown = pflanze(3)
    plan = evolve(grown.plan, profil="gleichmaessig", eingaben=grown.projekt.eingaben)
    costs = audit(grown.projekt, plan).kosten
    assert costs.keys() != audit(grown.projekt, grown.plan).kosten.keys()
    proven = tuple(Stufe(stufe, wert, wert) for stufe, wert in costs.items())
    asked = basis_of(grown.projekt, evolve(plan, stufen=(*open_first, *proven)), grenze=5.0)
    assert {w.stufe: (w.wert, w.schranke) for w in asked.preise.basis.stufen} == {
        stufe: (wert, wert) for stufe, wert in costs.items()
    }
    assert any(costs.values())


def test_beside_a_replanned_plan_a_date_is_a_move_first(basis: Basis) -> None:
    """The plan moved as little as it could, and is not the best in points: no price is said to be below it."""
    projekt, hour = basis.year.projekt, timedelta(hours=1)
    best = next(t for t in basis.plan.termine if t.sitzung == RUNDE)
    late = evolve(best, beginn=best.beginn + hour, ende=best.ende + hour)
    told = evolve(basis.plan, termine=tuple(late if t is best else t for t in basis.plan.termine))
    assert audit(projekt, told).ok
    changed = replan(projekt, record(told, None, STAND, Zustand.PUBLISHED), stand=STAND)
    assert isinstance(changed, Umplanung)
    answer = gp.why_not(projekt, changed.plan, RUNDE, best.beginn.date(), best.beginn.time(), stand=STAND)
    assert isinstance(answer, Price)
    assert answer.genau
    (moves, *points) = answer.stufen
    assert (moves.stufe, moves.mehr) == (STUFE, 1)
    assert [p.mehr for p in points] < [0] * len(points)
    for price in gp.alternatives(projekt, changed.plan, RUNDE, 2, stand=STAND):
        assert price.stufen[0].mehr == len(price.verlegt)


def test_each_day_that_is_priced_is_told(basis: Basis) -> None:
    """In a sentence, before it is priced; days of which the price is quickly known are not."""
    told: list[gp.Text] = []
    plain, said = Fragen(basis).alternatives(RUNDE, 4), Fragen(basis, told.append).alternatives(RUNDE, 4)
    assert said == plain
    assert all(isinstance(text, gp.Text) for text in told)
