"""Mistakes that a city has only with the chosen readings: reported where these are chosen, not at the city's files."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from gremienplan.errors import Problem
from gremienplan.loading.toml import Befund
from gremienplan.texts import Text


def blame(
    befund: Befund, problems: Sequence[Problem], ohne: Callable[[Collection[str]], Sequence[Problem]]
) -> list[Problem]:
    """Return the problems, those that only the chosen readings make at the last reading that has a part in them.

    ``ohne`` tells what is wrong when some of the readings are not followed.
    """
    fragen = [frage for frage, _, _ in befund.gewaehlt]
    unsere = [problem for problem in problems if problem.datei in befund.ueberlagert]
    if not fragen or not unsere:
        return list(problems)
    immer = {_key(problem) for problem in ohne(fragen)}
    if all(_key(problem) in immer for problem in unsere):
        return list(problems)
    einzeln = {frage: {_key(p) for p in ohne([frage])} if len(fragen) > 1 else immer for frage in fragen}

    def told(problem: Problem) -> Problem:
        key = _key(problem)
        if problem.datei not in befund.ueberlagert or key in immer:
            return problem
        schuld = [wahl for wahl in befund.gewaehlt if key not in einzeln[wahl[0]]] or befund.gewaehlt
        _, datei, pfad = schuld[-1]
        ort = f"{problem.datei}: {problem.pfad}"
        meldung = Text(
            "With this reading a mistake arises in {ort}: {meldung}", ort=ort, meldung=problem.meldung
        )
        hinweis = Text("This one reading makes it.")
        if len(schuld) > 1:
            namen = tuple(frage for frage, _, _ in schuld)
            hinweis = Text("It takes these readings together: {namen}", namen=namen)
        return Problem(datei.name, pfad, meldung, problem.wert, hinweis)

    return list(dict.fromkeys(told(problem) for problem in problems))


def _key(problem: Problem) -> tuple[str, str, str, str]:
    """Return what a problem is about, wherever in its list the entry stands."""
    pfad = re.sub(r"\[[0-9]+\]", "", problem.pfad)
    return problem.datei, pfad, str(problem.meldung), problem.wert
