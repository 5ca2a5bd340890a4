"""Solved in blocks: what is found is what the whole would have found, and every plan counted agrees."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, seed, settings

from gremienplan import requirements as req
from gremienplan.auditing import check, costs
from gremienplan.solver import Loesung, Problem, Suche, Unmoeglich, in_blocks, part_of
from gremienplan.solver.lose import events_of, is_loose
from gremienplan.solver.zerlegung import partition, parts
from tests.solver.winzig import BEDINGUNGEN, WUENSCHE, Alle, lagen_of, probleme

CI = os.environ.get("PROFILE") == "ci"
BLOECKE, JE_BLOCK = (3, 20) if CI else (1, 8)
MEHR = 40
"""In CI so many blocks at most, until choices of blocks were seen that did not go together."""
GRENZE = 30.0
LOSE = (req.Verfuegbar, req.Wegezeit, req.EineVon, req.OrtFrei, req.Abendlast)


MERGED: list[int] = []


def finest(problem: Problem) -> tuple[tuple[str, ...], ...]:
    """Return the smallest blocks there are: only firm bands hold events together."""
    return partition(problem, closely=False)


@pytest.mark.parametrize("kind", LOSE, ids=lambda kind: kind.__name__)
def test_blocks_find_what_counting_every_plan_finds(kind: type[Any]) -> None:
    """Problems with every loose kind, cut as finely as can be: the best plan, proven, the same one as of the whole."""
    seen: Counter[str] = Counter()

    @settings(max_examples=JE_BLOCK)
    @given(probleme(kind, most=3, personen=True))
    def agrees(problem: Problem) -> None:
        groups = finest(problem)
        best = Alle(problem).best(problem.requirements)
        answer = in_blocks(Suche(problem, GRENZE), groups)
        seen["blocks"] += len(groups) > 1
        if best is None:
            assert isinstance(answer, Unmoeglich)
            seen["impossible"] += 1
            part = part_of(problem, answer)
            assert not Alle(part).possible(part.requirements)
            return
        assert isinstance(answer, Loesung)
        lagen = lagen_of(problem, answer)
        assert [r.id for r in problem.requirements if check(r, lagen, {})] == []
        assert {s.stufe: s.wert for s in answer.stufen} == best
        assert all(s.bewiesen for s in answer.stufen)
        assert dict.fromkeys(best, 0) | costs(problem.preferences, lagen) == best
        assert list(answer.wahl) == list(problem.ereignisse)
        assert answer == Suche(problem, GRENZE).run()
        alone = [Suche(part, GRENZE).run() for part in parts(problem, groups)]
        seen["merged" if len(groups) > 1 and _differs(answer, alone) else "as it is"] += 1

    for block in range(MEHR if CI else BLOECKE):
        if block < BLOECKE or not seen["merged"]:
            seed(block)(agrees)()
    assert seen["blocks"] >= JE_BLOCK * BLOECKE // 4, seen
    assert not CI or seen["merged"] > 0, seen
    MERGED.append(seen["merged"])


def test_the_tests_above_saw_blocks_that_clash() -> None:
    """Choices of blocks that did not go together, so that blocks became one (where those tests ran in this process)."""
    assert len(MERGED) < len(LOSE) or sum(MERGED) > 0


def _differs(answer: Loesung, alone: list[Any]) -> bool:
    """Tell whether the choices of the blocks alone are not those of the whole: they did not go together."""
    apart = {e: k for found in alone for e, k in found.wahl.items()}
    who = {e: w for found in alone for e, w in found.vortrag.items()}
    return (apart, who) != (dict(answer.wahl), dict(answer.vortrag))


@pytest.mark.parametrize("kind", [*BEDINGUNGEN, *WUENSCHE], ids=lambda kind: kind.__name__)
def test_only_loose_bands_lead_from_block_to_block(kind: type[Any]) -> None:
    """Each event is in one block; every requirement in all blocks it speaks of, every preference in one of them."""

    @settings(max_examples=10)
    @given(probleme(kind))
    def holds(problem: Problem) -> None:
        groups = finest(problem)
        assert sorted(e for group in groups for e in group) == sorted(problem.ereignisse)
        found = parts(problem, groups)
        for band in (*problem.requirements, *problem.preferences):
            met = [n for n, group in enumerate(groups) if set(group) & set(events_of(band, problem))]
            assert len(met) <= 1 or is_loose(band)
            if isinstance(band, tuple(BEDINGUNGEN)):
                assert [n for n, part in enumerate(found) if band in part.requirements] == (met or [0])
            elif isinstance(band, tuple(WUENSCHE)):
                (home,) = [n for n, part in enumerate(found) if band in part.preferences]
                assert home in (met or [0])

    holds()
