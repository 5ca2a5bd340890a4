"""A plan on the disk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from gremienplan.errors import InputError
from gremienplan.loading import read_plan, read_plan_text
from gremienplan.plan import Plan, Termin, plan_to_json

PLAN = Plan("m", 2027, "M", (Termin("a/ä", "a", datetime(2027, 1, 4, 9), datetime(2027, 1, 4, 10)),), ())


def test_a_plan_on_the_disk_is_the_plan_that_was_written(tmp_path: Path) -> None:
    pfad = tmp_path / "plan.json"
    pfad.write_bytes(plan_to_json(PLAN).encode())
    assert read_plan(pfad) == read_plan(str(pfad)) == PLAN
    assert read_plan_text(pfad) == plan_to_json(PLAN)


@pytest.mark.parametrize(
    ("inhalt", "ort"),
    [(None, ""), (b"\xff", ""), (b"{", "1:2"), (b"{}", "format")],
    ids=["missing", "bytes", "json", "empty"],
)
def test_a_file_that_is_no_plan_is_a_problem_of_that_file(
    inhalt: bytes | None, ort: str, tmp_path: Path
) -> None:
    pfad = tmp_path / "plan.json"
    if inhalt is not None:
        pfad.write_bytes(inhalt)
    with pytest.raises(InputError) as caught:
        read_plan(pfad)
    assert [(p.datei, p.pfad) for p in caught.value.problems] == [(str(pfad), ort)]
