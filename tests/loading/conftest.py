"""Fixtures of the tests of loading."""

from pathlib import Path

import pytest

from tests.loading.ordner import copy_city


@pytest.fixture
def stadt(tmp_path: Path) -> Path:
    """A copy of the Musterstadt that a test may change."""
    return copy_city(tmp_path)
