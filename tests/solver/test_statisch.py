"""The static filter: what it forbids a candidate, and why, is what the audit finds of a plan of that event alone."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, strategies as st

from gremienplan import requirements as req
from gremienplan.auditing import check
from gremienplan.solver import Problem
from gremienplan.solver.problem import TAG, Kandidat, Zeit
from gremienplan.solver.statisch import Belegt, allowed, away, clash, reasons
from tests.solver.faelle import BEDINGUNGEN, Fall, busy, tag
from tests.solver.winzig import as_lage, probleme

ZUSAMMEN = (
    req.Stattfinden,
    req.Angesetzt,
    req.Reihenfolge,
    req.Hoechstabstand,
    req.Mindestabstand,
    req.Anzahl,
)
"""Kinds that say nothing of one candidate alone."""


def agrees(problem: Problem) -> None:
    """Hold the reasons of every candidate against the audit of all ways to present it."""
    for ereignis in problem.ereignisse.values():
        found = reasons(problem, ereignis)
        assert [*found] == [*ereignis.kandidaten()]
        for k, why in found.items():
            vortrag = product(*ereignis.vortrag)
            ways = [{ereignis.id: (as_lage(problem, ereignis.id, k, wer),)} for wer in vortrag]
            broken = [
                r
                for r in problem.nach_ereignis[ereignis.id]
                if not isinstance(r, ZUSAMMEN) and all(check(r, lagen, {}) for lagen in ways)
            ]
            if ereignis.id in problem.fakten:
                assert why == ()
            elif sum(len(slot) > 1 for slot in ereignis.vortrag) and len(ereignis.vortrag) > 1:
                assert {r.id for r in why} <= {r.id for r in broken}, "the rest is the model's business"
            else:
                assert [r.id for r in why] == [r.id for r in broken]
        left = tuple(k for k, why in found.items() if not why)
        assert tuple(sorted(allowed(problem, ereignis))) == tuple(sorted(left))


@pytest.mark.parametrize(
    "fall",
    [
        pytest.param(fall, id=f"{kind.__name__}: {fall.name}")
        for kind, some in BEDINGUNGEN.items()
        for fall in some
    ],
)
def test_a_reason_is_what_the_audit_finds(fall: Fall) -> None:
    agrees(fall.problem)


@given(probleme())
def test_so_it_is_for_drawn_problems(problem: Problem) -> None:
    agrees(problem)


def test_what_nobody_can_come_to_is_filtered() -> None:
    """Where fixed busy time keeps everybody away, "one of them comes" is a reason by itself."""
    (fall,) = [one for one in BEDINGUNGEN[req.EineVon] if one.name == "both are busy"]
    found = reasons(fall.problem, fall.problem.ereignisse["a"])
    assert [(k.tag, [r.id for r in why]) for k, why in found.items()] == [(0, []), (1, ["eine"]), (2, [])]
    assert [k.tag for k in allowed(fall.problem, fall.problem.ereignisse["a"])] == [0, 2]


# --- busy times ---------------------------------------------------------------------------------------------

minuten = st.integers(-2 * TAG, 4 * TAG)


@given(st.lists(st.tuples(minuten, st.integers(1, 3 * TAG)), max_size=6), minuten, st.integers(0, TAG))
def test_near_finds_what_touches(spans: list[tuple[int, int]], von: int, dauer: int) -> None:
    """Also at the very ends, whichever of the busy times is the longest."""
    zeit = Zeit(tag(0))
    belegt = [req.Belegung(zeit.moment(a), zeit.moment(a + n), "x") for a, n in spans]
    for start in {von, *(a + n for a, n in spans), *(a - dauer for a, _ in spans)}:
        near = Belegt(zeit, belegt).near(start, start + dauer)
        assert near == sorted({(a, a + n, "") for a, n in spans if a <= start + dauer and start <= a + n})


@given(st.lists(st.tuples(minuten, st.integers(1, TAG)), max_size=4), minuten, st.integers(30, 240))
def test_a_day_without_busy_time_near_it_is_free(spans: list[tuple[int, int]], von: int, dauer: int) -> None:
    """``on`` may say yes for nothing, never no for something: a candidate and a day's way around it."""
    zeit = Zeit(tag(0))
    belegt = Belegt(zeit, [req.Belegung(zeit.moment(a), zeit.moment(a + n), "x") for a, n in spans])
    if von >= 0 and belegt.near(von - TAG, von + dauer + TAG) and clash(belegt, _k(von, dauer), 240):
        assert belegt.on(von // TAG)
    if von >= 0 and belegt.overlaps(von, von + dauer):
        assert belegt.on(von // TAG)
    assert not Belegt(zeit, ()).on(0)


def _k(von: int, dauer: int, sitzung: str = "") -> Kandidat:
    return Kandidat(von // TAG, von, von + dauer, "", sitzung)


@pytest.mark.parametrize(
    ("von", "rand", "expected"),
    [
        (600, 0, False),  # right after
        (600, 1, True),  # a minute is needed, none is there
        (601, 1, False),
        (599, 0, True),
        (599, 30, True),  # an overlap keeps away too
        (629, 30, True),
        (630, 30, False),
        (480, 0, False),  # right before: 8:00 to 9:00, busy from 9:00
        (480, 1, True),
        (450, 30, False),
    ],
)
def test_how_much_room_is_needed(von: int, rand: int, expected: bool) -> None:
    belegt = Belegt(Zeit(tag(0)), (busy(0, 9, 10),))
    assert away(belegt, _k(von, 60), rand) == expected


def test_clear_of_it_is_not_the_same_as_beside_it() -> None:
    """With a margin only what does not overlap counts: the overlap is said by somebody else."""
    belegt = Belegt(Zeit(tag(0)), (busy(0, 9, 10, "bv-1"),))
    assert not clash(belegt, _k(570, 60), 30)
    assert clash(belegt, _k(570, 60), 0)
    assert clash(belegt, _k(610, 60), 30)
    assert not clash(belegt, _k(610, 60, "bv-1"), 30)
    assert not clash(belegt, _k(570, 60, "bv-1"), 0)
    assert clash(belegt, _k(570, 60, "bv-2"), 0)
