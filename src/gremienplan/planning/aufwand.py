"""How long the search may take, in deterministic time: the same on every machine."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

EffortName = Literal["kurz", "normal", "lang"]


class Effort(Enum):
    """How much deterministic time one stage may take (about seconds of one core)."""

    KURZ = 5.0
    NORMAL = 30.0
    LANG = 300.0

    @classmethod
    def named(cls, name: str) -> Effort:
        """Return the effort of this name; InputError when there is none."""
        for effort in cls:
            if effort.name.lower() == name:
                return effort
        hinweis = Text("Possible: {namen}", namen=tuple(effort.name.lower() for effort in cls))
        raise InputError([Problem("effort", "", Text("There is no such effort."), name, hinweis)])
