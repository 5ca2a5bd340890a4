"""Each checker reports each of 100 corruptions made to violate exactly its requirement, and nothing before."""

from __future__ import annotations

from random import Random
from typing import get_args

import pytest
from attrs import evolve

from gremienplan.auditing import check
from gremienplan.plan import Lage
from gremienplan.requirements import Angesetzt, Requirement, Stattfinden
from tests.auditing.bau import plan
from tests.auditing.nachbarn import neighbours
from tests.auditing.verderben import DRAWERS, Beispiel, day, termin

KINDS = [pytest.param(kind, id=kind.__name__) for kind in DRAWERS]
NUMBERS = range(100)


def draw(kind: type[Requirement], number: int) -> Beispiel:
    """Example ``number`` of a kind, among events that have nothing to do with it, in any order."""
    rng = Random(f"{kind.__name__} {number}")
    example = DRAWERS[kind](rng, number)
    others = [termin(rng, f"x{i}", day(rng), "haus") for i in range(rng.randrange(4))]

    def among(lagen: tuple[Lage, ...]) -> tuple[Lage, ...]:
        mixed = [*lagen, *others]
        rng.shuffle(mixed)
        return tuple(mixed)

    return evolve(example, plan=among(example.plan), verdorben=among(example.verdorben))


def test_the_list_of_kinds_is_complete() -> None:
    assert set(DRAWERS) == set(get_args(Requirement))


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_that_keeps_it_has_no_finding(kind: type[Requirement]) -> None:
    for number in NUMBERS:
        example = draw(kind, number)
        assert isinstance(example.requirement, kind)
        assert check(example.requirement, plan(example.plan), {}) == (), number


@pytest.mark.parametrize("kind", KINDS)
def test_each_corruption_is_reported_with_those_at_fault(kind: type[Requirement]) -> None:
    for number in NUMBERS:
        example = draw(kind, number)
        findings = check(example.requirement, plan(example.verdorben), {})
        assert findings, number
        assert {finding.requirement for finding in findings} == {example.requirement}
        assert {ereignis for finding in findings for ereignis in finding.ereignisse} == example.schuld, number


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_else_is_broken(kind: type[Requirement]) -> None:
    """Requirements of other kinds that the corrupted plan just keeps stay without finding."""
    for number in NUMBERS:
        example = draw(kind, number)
        for other in neighbours(example.plan, example.verdorben):
            assert check(other, plan(example.plan), {}) == (), (number, other)
            assert check(other, plan(example.verdorben), {}) == (), (number, other)


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_can_be_said(kind: type[Requirement]) -> None:
    for number in NUMBERS:
        example = draw(kind, number)
        for finding in check(example.requirement, plan(example.verdorben), {}):
            assert "{" not in str(finding.meldung)


@pytest.mark.parametrize("kind", KINDS)
def test_only_two_kinds_speak_of_what_is_missing(kind: type[Requirement]) -> None:
    for number in NUMBERS:
        example = draw(kind, number)
        silent = check(example.requirement, {}, {}) == ()
        assert silent == (kind not in (Stattfinden, Angesetzt))
