"""What is drawn: valid, varied, and planted so that it can be planned."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import combinations
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

import gremienplan as gp
from gremienplan import testing
from gremienplan.auditing import audit
from gremienplan.programm.bedingungen import ARTEN as BEDINGUNGEN
from gremienplan.programm.wuensche import ARTEN as WUENSCHE
from gremienplan.rules import RegelArt
from gremienplan.stadt import RollenArt, Stadt
from gremienplan.testing.arten import bedingungen_of, wuensche_of

CI = os.environ.get("PROFILE") == "ci"
T = TypeVar("T")


def sample(strategy: st.SearchStrategy[T], number: int) -> list[T]:
    """Return so many examples, the same in every run."""
    found: list[T] = []

    @given(strategy)
    @settings(
        max_examples=number, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def collect(value: T) -> None:
        found.append(value)

    collect()
    return found


@cache
def staedte() -> list[Stadt]:
    return sample(testing.cities(), 60)


@cache
def projekte() -> list[gp.Projekt]:
    return sample(testing.projects(), 40)


def areas(stadt: Stadt, *, lueckenlos: bool) -> list[tuple[frozenset[str], ...]]:
    return [
        tuple(g.atome for g in stadt.gebiete_von(e.id))
        for e in stadt.ebenen
        if e.lueckenlos is lueckenlos and e.id not in ("stadt", stadt.atom)
    ]


@given(testing.cities())
@settings(max_examples=25)
def test_a_partition_is_one_and_no_area_is_empty(stadt: Stadt) -> None:
    """P-02."""
    atome = {gebiet.id for gebiet in stadt.gebiete_von(stadt.atom)}
    for level in areas(stadt, lueckenlos=True):
        assert sum(map(len, level)) == len(atome)
        assert frozenset().union(*level) == atome
    assert all(gebiet.atome for gebiet in stadt.gebiete)


STAEDTE: dict[str, Callable[[Stadt], bool]] = {
    "areas of one level overlap": lambda s: any(
        a & b for level in areas(s, lueckenlos=False) for a, b in combinations(level, 2)
    ),
    "a level leaves an atom out": lambda s: any(
        frozenset().union(*level) < s.gebiete[0].atome for level in areas(s, lueckenlos=False)
    ),
    "two levels share a name": lambda s: any(
        a.id == b.id and a.ebene != b.ebene for a, b in combinations(s.gebiete[1:], 2)
    ),
    "a Rolle exists at some Gebiete only": lambda s: any(
        r.nur is not None and len(r.nur) < len(s.gebiete_von(r.ebene)) for r in s.rollen.values()
    ),
    "a name is ambiguous": lambda s: any(len(keys) > 1 for keys in s.namen.values()),
    "somebody has a deputy": lambda s: bool(s.vertretungen),
    "a Gremium has a usual slot": lambda s: any(g.gewohnt for g in s.gremien.values()),
    "a Gremium has an Ort to choose": lambda s: any(len(s.orte_von(g)) > 1 for g in s.gremien.values()),
}


@pytest.mark.parametrize("was", STAEDTE)
def test_cities_of_every_shape_are_drawn(was: str) -> None:
    assert any(STAEDTE[was](stadt) for stadt in staedte())


PROJEKTE: dict[str, Callable[[gp.Projekt], bool]] = {
    "rule for a time": lambda p: any(r.gueltig_ab and r.gueltig_bis for r in p.regeln),
    "rule for some Gebiete": lambda p: any(r.nur for r in p.regeln),
    "rule about one Gremium": lambda p: any("/" in r.gremium for r in p.regeln),
    "rule that names a Sitz": lambda p: any("/" in e for r in p.regeln for e in r.rollen),
}


@pytest.mark.skipif(not CI, reason="forty projects are drawn for it: PROFILE=ci")
@pytest.mark.parametrize("was", PROJEKTE)
def test_projects_of_every_kind_are_drawn(was: str) -> None:
    assert any(PROJEKTE[was](projekt) for projekt in projekte())


@pytest.mark.skipif(not CI, reason="forty projects are drawn for it: PROFILE=ci")
def test_rollen_rules_conditions_and_wishes_of_every_kind_are_drawn() -> None:
    assert {r.art for s in staedte() for r in s.rollen.values()} == set(RollenArt)
    assert {r.art for p in projekte() for r in p.regeln} == set(RegelArt)
    stadt = next(s for s in staedte() if STAEDTE["a Gremium has a usual slot"](s))
    programm = next(p.programm for p in projekte() if p.programm.beratungen)
    musts = {type(sample(m("m"), 1)[0]) for m in bedingungen_of(stadt, programm, testing.KATALOG)}
    wishes = {type(sample(w("w"), 1)[0]) for w in wuensche_of(stadt, programm, testing.KATALOG)}
    assert (musts, wishes) == (set(BEDINGUNGEN.values()), set(WUENSCHE.values()))
    assert {type(b) for p in projekte() for b in p.programm.bedingungen} <= musts


@given(st.data())
@settings(max_examples=20)
def test_a_drawn_calendar_is_in_order_and_of_its_city(data: st.DataObject) -> None:
    stadt = data.draw(testing.cities(min_politische=1))
    kalender = data.draw(testing.ratskalender(stadt, 2027))
    assert list(kalender.sitzungen) == sorted(kalender.sitzungen, key=lambda s: (s.beginn, s.key))
    known = {*stadt.gremien, *(a.id for a in kalender.ausschuesse), ""}
    assert all(s.gremium in known and s.beginn < s.ende for s in kalender.sitzungen)


@given(testing.planted_years())
@settings(max_examples=30 if CI else 4, suppress_health_check=list(HealthCheck))
def test_a_planted_year_is_planned(year: testing.Gepflanzt) -> None:
    """The planted plan is sound, a plan is found, and nothing is proven to be better than what is planted."""
    planted = audit(year.projekt, year.plan)
    assert planted.ok
    plan = gp.schedule(year.projekt, year.jahr, effort="kurz")
    assert isinstance(plan, gp.Plan), plan
    found = audit(year.projekt, plan)
    assert found.ok
    for stufe in plan.stufen:
        assert stufe.schranke <= planted.kosten.get(stufe.stufe, 0)
        if stufe.wert != planted.kosten.get(stufe.stufe, 0) or not stufe.bewiesen:
            break


@given(testing.planted_years())
@settings(max_examples=10 if CI else 4, suppress_health_check=list(HealthCheck))
def test_a_planted_year_is_tight(year: testing.Gepflanzt) -> None:
    """Every Sitzung has a window of the days the plan uses and no more than six beside them."""
    for eintrag in year.projekt.programm.sitzungen:
        days = [t.beginn.date() for t in year.plan.termine if t.sitzung.startswith(f"{eintrag.id}/")]
        if days:
            bounds = eintrag.fenster.in_jahr(year.jahr) if eintrag.fenster else None
            if bounds is None:
                assert eintrag.fruehestens is not None
                assert eintrag.spaetestens is not None
                bounds = eintrag.fruehestens.tag.on(year.jahr), eintrag.spaetestens.tag.on(year.jahr)
            assert bounds[0] <= min(days) <= max(days) <= bounds[1]
            assert (bounds[1] - bounds[0]).days <= (max(days) - min(days)).days + 6
            assert isinstance(bounds[0], date)
