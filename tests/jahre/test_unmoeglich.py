"""Years in which something has gone wrong: each has a plan or a conflict that is one; never neither."""

from __future__ import annotations

import pytest

from gremienplan.auditing import audit
from gremienplan.plan import Conflict, Plan
from gremienplan.planning import schedule
from tests.jahre.nachfragen import is_minimal
from tests.jahre.unmoegliche import ARTEN, verdorben

JAHR = 2027


def judged(seed: int) -> type[Plan] | type[Conflict]:
    """Plan the year of a seed, and hold the answer against audit and solver, asked anew."""
    _, projekt = verdorben(seed, JAHR)
    answer = schedule(projekt, JAHR, effort="kurz")
    if isinstance(answer, Plan):
        assert audit(projekt, answer).ok
        return Plan
    assert isinstance(answer, Conflict), answer
    assert answer.minimal
    assert is_minimal(answer)
    return Conflict


@pytest.mark.acceptance
def test_each_kind_of_misfortune() -> None:
    """Of each kind three years: most are impossible, and each conflict is minimal."""
    found = [judged(seed) for seed in range(3 * len(ARTEN))]
    assert found.count(Conflict) >= 25
