"""Patterns of the city folder: which body a name means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gremienplan.errors import InputError, Problem
from gremienplan.ratskalender.werte import Muster
from gremienplan.texts import Text


class Zuordnung:
    """The patterns, compiled once; the first that is found in a name decides, upper and lower case alike.

    >>> from gremienplan.ratskalender.werte import Treffer
    >>> rat = Muster("^rat (der|von)", Treffer.GREMIUM, "rat/stadt")
    >>> Zuordnung([rat]).find("Rat der Stadt") == rat
    True
    """

    def __init__(self, muster: Sequence[Muster]) -> None:
        """Compile the patterns; raises InputError with every one that is no regular expression."""
        problems: list[Problem] = []
        self._muster: list[tuple[re.Pattern[str], Muster]] = []
        for number, eines in enumerate(muster, start=1):
            try:
                self._muster.append((re.compile(eines.muster, re.IGNORECASE), eines))
            except re.error:
                meldung = Text("This is not a regular expression")
                problems.append(Problem("muster", str(number), meldung, eines.muster))
        if problems:
            raise InputError(problems)
        self._bekannt: dict[str, Muster | None] = {}

    def find(self, name: str) -> Muster | None:
        """Return the first pattern found in a cleaned name, or None when nobody has named this body."""
        if name not in self._bekannt:
            hits = (eines for regex, eines in self._muster if regex.search(name))
            self._bekannt[name] = next(hits, None)
        return self._bekannt[name]
