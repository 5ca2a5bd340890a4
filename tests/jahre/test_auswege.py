"""Ways out of impossible years: each leads to a plan, moves no rule further than it must, and never the text."""

from __future__ import annotations

import os
import pickle

import pytest

from gremienplan import planning
from gremienplan.plan import Conflict, Plan, Undecided
from gremienplan.planning import Ausweg, Wort, ways_out
from gremienplan.planning.bitten import asked_for
from gremienplan.planning.lockern import loosened
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority
from tests.jahre.pflanzen import pflanze
from tests.jahre.unmoegliche import ARTEN, verdorben
from tests.vorrat import schedule

CI = os.environ.get("PROFILE") == "ci"


def conflict_of(projekt: Projekt, jahr: int) -> Conflict:
    answer = schedule(projekt, jahr, effort="kurz")
    assert isinstance(answer, Conflict)
    return answer


def any_answer(projekt: Projekt, jahr: int) -> Plan | Conflict | Undecided:
    """Return the first plan that is found, or why there is none."""
    seen: list[object] = []
    return planning.schedule(projekt, jahr, effort="kurz", on_progress=seen.append, stop=lambda: bool(seen))


def moved(projekt: Projekt, conflict: Conflict, way: Ausweg, less: int = 0) -> Projekt | None:
    """Return the project with the changes of a way, each ``less`` steps short; None where one is no lever here."""
    args = (projekt, conflict.jahr, conflict.requirements, conflict.namen)
    levers = {h.id: h for h in (*loosened(*args), *asked_for(*args))}
    for key, weit in way.hebel:
        if key not in levers:
            return None
        if weit - less:
            projekt = levers[key].aendern(projekt, weit - less)
    return projekt


def sound(projekt: Projekt, conflict: Conflict, ways: tuple[Ausweg, ...]) -> None:
    """Hold each way to what it says: with it there is a plan; a single default moved less far leaves none."""
    assert [w.preis for w in ways] == sorted(w.preis for w in ways)
    for way in ways:
        assert way.schritte
        assert all(s.grundlage.authority is not Authority.TEXT for s in way.schritte)
        if way.rest is not None:
            assert way.rest != conflict
            continue
        changed = moved(projekt, conflict, way)
        if changed is not None:
            assert isinstance(any_answer(changed, conflict.jahr), Plan), way
        if len(way.schritte) == 1 and way.schritte[0].wort is Wort.VORGABE:
            short = moved(projekt, conflict, way, less=1)
            assert short is not None
            assert isinstance(any_answer(short, conflict.jahr), Conflict), way


@pytest.mark.skipif(not CI, reason="several plans of one year: PROFILE=ci")
def test_a_body_that_does_not_sit_in_autumn() -> None:
    """Its plans cannot be heard: drafts so early that the summer hears them, or one more sitting; each is one."""
    year = pflanze(4)
    assert year.ohne is not None
    conflict = conflict_of(year.ohne, year.jahr)
    ways = ways_out(year.ohne, conflict)
    sound(year.ohne, conflict, ways)
    assert any(w.rest is None for w in ways)
    assert pickle.loads(pickle.dumps(ways)) == ways
    asks = [s for w in ways for s in w.schritte if s.wort is Wort.BITTE]
    assert any(s.datei.startswith("ratskalender/") for s in asks)


def test_it_can_be_stopped_at_once() -> None:
    """Then nothing is offered."""
    year = pflanze(4)
    assert year.ohne is not None
    assert ways_out(year.ohne, conflict_of(year.ohne, year.jahr), stop=lambda: True) == ()


@pytest.mark.acceptance
@pytest.mark.parametrize("art", ["am-selben-abend", "fest-am-falschen-tag", "zu-spaet"])
def test_the_ways_out_of_hamm(art: str) -> None:
    """Years of Hamm in which something went wrong: at least one way, and each holds what it says.

    S-07: where a body hears the plan late in December, the window of the last round gives way first.
    """
    _, projekt = verdorben(sorted(ARTEN).index(art))
    conflict = any_answer(projekt, 2027)
    assert isinstance(conflict, Conflict)
    ways = ways_out(projekt, conflict)
    assert ways
    sound(projekt, conflict, ways)
    if art == "zu-spaet":
        assert [key for key, _ in ways[0].hebel] == ["kr-finalisierung.fenster.bis"]
        assert "12-3" in ways[0].schritte[0].zeilen
