"""Published years of Hamm that are struck: the fewest moves, proven; nothing past or near; every move has its reason.

Small: ``benchmarks/shocks.py`` asks the same of two hundred.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

import pytest

from gremienplan.auditing import audit_year
from gremienplan.jahr import build
from gremienplan.plan import Conflict, Plan, Zustand, record
from gremienplan.planning import Umplanung, held, replan, schedule
from gremienplan.projekt import Projekt
from tests.jahre.stoesse import ARTEN, stosse
from tests.jahre.ziehen import ziehe

JAHR, DAMALS = 2027, datetime(2026, 10, 1)


@cache
def published(seed: int) -> tuple[Projekt, Plan]:
    projekt = ziehe(seed, JAHR, folgen=(5, 7))
    found = schedule(projekt, JAHR, stand=DAMALS)
    assert isinstance(found, Plan)
    return projekt, record(found, None, DAMALS, Zustand.PUBLISHED)


@pytest.mark.acceptance
@pytest.mark.parametrize("number", range(3 * len(ARTEN)))
def test_a_struck_year_changes_as_little_as_it_can(number: int) -> None:
    """P-71: or the conflict names what had to stay, and that moves when it is said."""
    projekt, plan = published(number // len(ARTEN))
    stoss = stosse(number, projekt, plan)
    thawed: set[str] = set()
    found = replan(stoss.projekt, plan, stand=stoss.stand)
    while isinstance(found, Conflict) and set(held(found)) - thawed:
        thawed |= set(held(found))
        found = replan(stoss.projekt, plan, stand=stoss.stand, auch=thawed)
    assert isinstance(found, Umplanung)
    assert found.verlegungen.bewiesen
    assert found.plan.bewiesen
    assert len(found.unterschied.verlegt) == found.verlegungen.wert
    assert audit_year(build(stoss.projekt, JAHR, stand=stoss.stand, before=plan), found.plan).ok
    near = stoss.stand.date() + timedelta(days=projekt.haltefrist)
    for v in found.unterschied.verlegt:
        assert found.gruende[v.ereignis]
        assert v.bisher.tag > near or v.ereignis in thawed
        assert v.jetzt.tag > stoss.stand.date()
        assert v.jetzt.tag > near or v.jetzt.sitzung or v.ereignis in thawed
    if stoss.art == "bv-verschwunden":
        assert not found.unterschied
