"""Hamm as it ships, and Hamm with one change."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import gremienplan as gp
from gremienplan.errors import InputError, Problem
from gremienplan.loading import inspect
from tests.spec.gesetze import GESETZE
from tests.spec.gesetze.welt import Welt

Inhalt = dict[str, Any]


@cache
def hamm() -> Welt:
    """Return Hamm with its detailed programme."""
    return Welt(gp.load("hamm", jahr=2027))


def laws(*names: str) -> pytest.MarkDecorator:
    """Run a test for each of these laws."""
    return pytest.mark.parametrize("gesetz", [GESETZE[name] for name in names], ids=lambda g: str(g.name))


def changed(datei: str, change: Callable[[Inhalt], object]) -> Welt:
    """Return Hamm with one file changed. Raises InputError when ``check`` refuses it."""

    def aendern(name: str, inhalt: Inhalt) -> Inhalt:
        if name == datei:
            change(inhalt)
        return inhalt

    return Welt(inspect("hamm", jahr=2027, aendern=aendern)[0])


def refused(datei: str, change: Callable[[Inhalt], object]) -> list[Problem]:
    """Return the problems that a change of one file makes."""
    with pytest.raises(InputError) as caught:
        changed(datei, change)
    return list(caught.value.problems)
