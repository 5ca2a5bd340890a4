"""A city without political bodies is not asked for a council calendar; one with them is."""

from pathlib import Path

import pytest

from tests.cli.lauf import lauf


@pytest.mark.parametrize(("stadt", "asked"), [("hattingen", False), ("hamm", True)])
def test_the_council_calendar_is_asked_for_where_there_is_a_council(
    tmp_path: Path, stadt: str, asked: bool
) -> None:
    folder = tmp_path / "neu"
    made = lauf("new", folder, "--stadt", stadt)
    checked = lauf("check", folder)
    assert ("gremienplan import" in made.alles) is asked
    assert ("No file matches" in checked.alles, "The council calendar has no" in checked.alles) == (
        asked,
        asked,
    )
