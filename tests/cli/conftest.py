"""A project of the Musterstadt, small enough to be planned in a moment, in a folder of the test's own."""

import shutil
from pathlib import Path

import pytest

MUSTER = Path(__file__).parent / "musterstadt"


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """Return a fresh copy of the project."""
    return Path(shutil.copytree(MUSTER, tmp_path / "projekt"))


@pytest.fixture
def geplant(projekt: Path) -> Path:
    """Return a fresh copy of the project in which 2027 is planned."""
    from tests.cli.lauf import lauf

    result = lauf("plan", projekt, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz")
    assert result.code == 0, result.alles
    return projekt
