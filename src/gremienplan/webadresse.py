"""Web addresses that somebody names: whatever is served or linked there is called by them."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import urlsplit

from gremienplan.errors import Problem
from gremienplan.texts import Text

LONGEST = 1000
"""Characters of an address."""
_NOWHERE = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")
_WEB = frozenset({"http", "https"})


def address_problem(
    wo: str, adresse: str, beispiel: str, *, arten: Container[str] = _WEB, ganz: bool = False
) -> Problem | None:
    """Return what is wrong with an address, None if nothing is; ``wo`` is where it was named.

    It is one below which things lie, so without ``?`` and ``#``; with ``ganz`` it is that of one page or file, which
    may have them. ``arten`` are the schemes it may have. A name or password in it is never repeated.
    """
    try:
        teile = urlsplit(adresse)
        host = (teile.hostname or "") if teile.scheme in arten and teile.port != 0 else ""
    except ValueError:  # "https://[x/", "https://x:port/"
        return _none(wo, adresse.rpartition("@")[2], beispiel)
    if not host or _NOWHERE.search(adresse) or len(adresse) > LONGEST or not (ganz or _is_base(adresse)):
        return _none(wo, adresse.rpartition("@")[2], beispiel)
    if "@" in teile.netloc:
        meldung = Text("An address with a name or password in it must not be published.")
        return Problem(wo, "", meldung, host, _like(beispiel))
    return None


def _is_base(adresse: str) -> bool:
    return "?" not in adresse and "#" not in adresse


def _none(wo: str, adresse: str, beispiel: str) -> Problem:
    return Problem(wo, "", Text("This is no web address."), adresse, _like(beispiel))


def _like(beispiel: str) -> Text:
    return Text("For example: {command}", command=beispiel)
