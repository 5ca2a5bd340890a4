"""The commands an answer names: they mean the same project and programme as the run that names them."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping

from attrs import field, frozen

PROGRAM = "gremienplan"


@frozen
class Gegeben:
    """What a run was given that every further command needs too."""

    projekt: str = ""
    programm: str = ""
    profil: str = ""
    optionen: Mapping[str, Collection[str]] = field(factory=dict)
    """Name of each command -> the options it takes."""


# One run is about one project.
_gegeben = Gegeben()


def remember(gegeben: Gegeben) -> None:
    """Name commands for this project and programme from now on."""
    global _gegeben
    _gegeben = gegeben


def whole(command: str) -> str:
    """Return a command as it can be typed where this run was: with the project and programme it was given.

    >>> remember(Gegeben("my city", "eigen.toml", optionen={"publish": ("--projekt", "--programm"), "new": ()}))
    >>> whole("gremienplan publish --jahr 2027"), whole("gremienplan new DIR")
    ("gremienplan publish --projekt 'my city' --jahr 2027 --programm eigen.toml", 'gremienplan new DIR')
    >>> remember(Gegeben())
    >>> whole("gremienplan publish --jahr 2027")
    'gremienplan publish --jahr 2027'
    """
    words = command.split(" ")
    if words[0] != PROGRAM or len(words) < 2:
        return command
    takes = _gegeben.optionen.get(words[1], ())
    if _gegeben.projekt and "--projekt" in takes and "--projekt" not in words:
        at = next((n for n, word in enumerate(words) if word.startswith("--")), len(words))
        words[at:at] = ["--projekt", shlex.quote(_gegeben.projekt)]
    for name, wert in (("--programm", _gegeben.programm), ("--profil", _gegeben.profil)):
        if wert and name in takes and name not in words:
            words += [name, shlex.quote(wert)]
    return " ".join(words)
