"""Patterns of the city folder: which body a name means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gremienplan.errors import InputError, Problem
from gremienplan.ratskalender.werte import Muster
from gremienplan.texts import Text

_WORTENDE = re.compile(r"(?:(?<=\w)e?s)?(?!\w)")


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
        self._regex = {eines: regex for regex, eines in reversed(self._muster)}
        self._bekannt: dict[str, Muster | None] = {}

    def find(self, name: str) -> Muster | None:
        """Return the first pattern found in a cleaned name, or None when nobody has named this body."""
        if name not in self._bekannt:
            hits = (eines for regex, eines in self._muster if regex.search(name))
            self._bekannt[name] = next(hits, None)
        return self._bekannt[name]

    def endet_am_wort(self, name: str) -> bool:
        """Tell whether what the pattern finds in a name ends with a word, or with its genitive.

        >>> from gremienplan.ratskalender.werte import Treffer
        >>> beirat = Zuordnung([Muster("beirat", Treffer.ART, "ausschuss")])
        >>> beirat.endet_am_wort("Naturschutzbeirat"), beirat.endet_am_wort("Beiratsfragen")
        (True, False)
        """
        eines = self.find(name)
        match = self._regex[eines].search(name) if eines else None
        return match is not None and bool(_WORTENDE.match(name, match.end()))
