"""What is looked at with PROFILE=ci only, for the suite of all days has three minutes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")

CI = os.environ.get("PROFILE") == "ci"


def nur_ci(warum: str) -> pytest.MarkDecorator:
    """Return the mark of a test that says why it is left to PROFILE=ci."""
    return pytest.mark.skipif(not CI, reason=f"{warum}: PROFILE=ci")


def sample(cases: Sequence[T], jeder: int) -> Sequence[T]:
    """Return one case in so many, on all days; with PROFILE=ci all of them."""
    return cases if CI else cases[::jeder]
