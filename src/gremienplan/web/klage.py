"""What the log of a server says when a file cannot be read: where and why, never what stands in it."""

from __future__ import annotations

import logging

from gremienplan.errors import InputError
from gremienplan.texts import render

log = logging.getLogger("gremienplan.web")


def complain(error: Exception, folge: str) -> None:
    """Say what is wrong with a file; ``folge`` says, in English and with its full stop, what follows from it."""
    if not isinstance(error, InputError):
        log.error("%s The new file cannot be read.", folge, exc_info=error)
        return
    for problem in error.problems:
        what = render(problem.meldung, "en")
        log.error("%s %s: %s: %s", folge, problem.datei, problem.pfad, what)
