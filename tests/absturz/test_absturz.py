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
    """Killed before every line of the writer; with PROFILE=ci also at hundreds of moments in between."""
    done = run("tokens", tmp_path, 1, 300 if CI else 8)
    assert done["killed"] > 40


def test_a_writer_that_is_not_safe_is_caught(tmp_path: Path) -> None:
    """The killing finds what it looks for."""
    with pytest.raises(AssertionError, match="half a file"):
        run("ungeschuetzt", tmp_path, 1, 0)
