"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import gremienplan

PAKET = Path(gremienplan.__file__).parent
MODULE = sorted(
    ".".join((PAKET.name, *path.relative_to(PAKET).with_suffix("").parts)).removesuffix(".__init__")
    for path in PAKET.rglob("*.py")
    if ">>> " in path.read_text("utf-8")
)


@pytest.mark.parametrize("name", MODULE)
def test_doctests(name: str) -> None:
    """Every example gives what is written below it."""
    result = doctest.testmod(import_module(name), optionflags=doctest.FAIL_FAST)
    assert result.attempted > 0
    assert result.failed == 0


def test_there_are_some() -> None:
    assert len(MODULE) > 3
