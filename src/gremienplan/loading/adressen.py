"""Web addresses: which text is one, and how it may be shown."""

from __future__ import annotations

import re

_ADRESSE = re.compile(r"(?:https?|webcals?)://", re.IGNORECASE)
_TEILE = re.compile(
    r"((?:https?|webcals?)://)(?:[^/?#]*@)?([^/?#]*)([^?#]*)(\?[^#]*)?", re.IGNORECASE | re.DOTALL
)
_OFFEN = re.compile(
    r"(?i:(?:id|page|seite|limit|size|offset|body|von|bis|jahr|year|month|"
    r"(?:modified|created)_(?:since|until))=[\w:.+%-]{1,40}|(?!\w*(?:key|token|pass|pin|pwd|secret|auth|sig|code))\w{1,40}=\d{0,10})"
)
_SCHLUESSEL = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9]{12,}")
"""A word of letters and digits as no person would give to a folder."""


def ist_adresse(text: str) -> bool:
    """Tell whether ``text`` begins as a web address does."""
    return _ADRESSE.match(text.strip()) is not None


def ohne_geheimnis(adresse: str) -> str:
    """Return an address as it may be shown: without user, password and whatever in it may be a key.

    >>> ohne_geheimnis("https://amt:geheim@rat.example/meetings?id=17&token=geheim")
    'https://rat.example/meetings?id=17&token=…'
    """
    match = _TEILE.match(adresse.strip())
    if match is None:
        return adresse
    anfang, host, pfad, frage = match.groups()
    teile = "/".join("…" if _geheim(teil) else teil for teil in pfad.split("/"))
    return f"{anfang}{host}{teile}" + ("?" + _fragen(frage[1:]) if frage else "")


def _geheim(teil: str) -> bool:
    return teil.startswith("private-") or any(map(_SCHLUESSEL.fullmatch, re.split(r"[-_.~]", teil)))


def _fragen(frage: str) -> str:
    """Return a query in which only values are left that tell a page or an object."""
    return "&".join(
        teil if _OFFEN.fullmatch(teil) or not teil else f"{teil.partition('=')[0]}=…" if "=" in teil else "…"
        for teil in frage.split("&")
    )
