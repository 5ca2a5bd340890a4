"""kill -9 at any moment leaves what was written before, or what was to be written: never a part, never a lock."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.absturz.toeten import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL and no fork")
CI = os.environ.get("PROFILE") == "ci"


def test_tokens(tmp_path: Path) -> None:
    """Killed before every second line of the writer, with PROFILE=ci before each, and at moments in between."""
    done = run("tokens", tmp_path, 1 if CI else 2, 60 if CI else 3)
    assert done["killed"] > (40 if CI else 15)


@pytest.mark.skipif(not CI, reason="hundreds of deaths: PROFILE=ci")
@pytest.mark.parametrize(("scene", "every"), [("plan", 1), ("publish", 40)])
def test_other_writers(scene: str, every: int, tmp_path: Path) -> None:
    """The same of a plan, and of a release with all that is made from it: what persons were told, every feed."""
    assert run(scene, tmp_path, every, 30)["killed"] > 40


def test_a_writer_that_is_not_safe_is_caught(tmp_path: Path) -> None:
    """The killing finds what it looks for."""
    with pytest.raises(AssertionError, match="half a file"):
        run("ungeschuetzt", tmp_path, 1, 0)
