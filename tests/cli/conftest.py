"""A project of the Musterstadt, small enough to be planned in a moment, in a folder of the test's own."""

import shutil
from pathlib import Path

import pytest

MUSTER = Path(__file__).parent / "musterstadt"


@pytest.fixture
def projekt(tmp_path: Path) -> Path:
    """Return a fresh copy of the project."""
    return Path(shutil.copytree(MUSTER, tmp_path / "projekt"))


@pytest.fixture(scope="session")
def einmal_geplant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in which 2027 is planned, not to be changed."""
    from tests.cli.lauf import lauf

    folder = Path(shutil.copytree(MUSTER, tmp_path_factory.mktemp("geplant") / "projekt"))
    result = lauf("plan", folder, "--jahr", 2027, "--stand", "2026-10-01", "--effort", "kurz")
    assert result.code == 0, result.alles
    return folder


@pytest.fixture
def geplant(einmal_geplant: Path, tmp_path: Path) -> Path:
    """Return a fresh copy of the project in which 2027 is planned."""
    return Path(shutil.copytree(einmal_geplant, tmp_path / "projekt"))
