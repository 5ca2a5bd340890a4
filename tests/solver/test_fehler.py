"""Faults that CP-SAT has shown us: each case is answered rightly, however it is preprocessed."""

from __future__ import annotations

from datetime import date, time

from gremienplan import requirements as req
from gremienplan.auditing import costs
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Loesung, Suche, build_problem
from tests.solver.winzig import lagen_of


def test_two_wishes_of_one_stage() -> None:
    """CP-SAT 9.15 called 3 the optimum where 2 is, as without presolve; the value called best is the one counted."""
    pflichten = (req.Pflicht("a"), req.Pflicht("b"))
    lasten = tuple(req.Last(wer, (req.Dienst(wer, pflichten),), None, ()) for wer in "pq")
    bands: list[req.Requirement] = [
        req.Stattfinden("a", TATSACHE, "a", 2027, date(2027, 1, 1), date(2027, 1, 6), 60, ("haus",)),
        req.Stattfinden("b", TATSACHE, "b", 2027, date(2027, 1, 4), date(2027, 1, 6), 60, ("haus",)),
        req.Verfuegbar("v", TATSACHE, "p", pflichten),
    ]
    wishes: list[req.Preference] = [
        req.Verteilt("verteilt", TATSACHE, 1, ("a", "b"), 1, 1),
        req.Vorher("vorher", TATSACHE, 2, "a", "b", 1),
        req.Ausgleich("gleich", TATSACHE, 1, req.Was.WOCHENTAGE, lasten, time(12), 2, 1),
    ]
    problem = build_problem(bands, wishes, date(2026, 12, 30), [time(9), time(10), time(16)])
    found = Suche(problem, 30.0).run()
    assert isinstance(found, Loesung)
    assert {s.stufe: s.wert for s in found.stufen} == costs(wishes, lagen_of(problem, found))
