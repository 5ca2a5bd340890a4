"""What is wrong with an input, as facts: file, path in the file, value, and a hint."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from difflib import get_close_matches

from attrs import frozen

from gremienplan.texts import Text


@frozen
class Problem:
    """One thing that is wrong in one place of one input."""

    datei: str
    """Name of the file as the user gave it, or of the argument."""
    pfad: str
    """Place in the file: a dotted path for TOML and JSON, a line for text; empty for the whole file."""
    meldung: Text
    wert: str = ""
    hinweis: Text | None = None


def install_command(extra: str) -> str:
    """Return the command that installs the libraries of an extra for the Python in use, also in ``.venv``."""
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable or "python"
    return f'{python} -m pip install "gremienplan[{extra}]"'


class GremienplanError(Exception):
    """Base of every exception the library raises on purpose."""


class InputError(GremienplanError):
    """Broken input. Carries *all* problems found at once, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(f"{p.datei}: {p.pfad}: {p.meldung}" for p in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class UnknownIdError(GremienplanError, KeyError):
    """An id that nobody knows, asked for from Python; a KeyError too, and it names the nearest ids."""

    def __init__(self, kennung: str, known: Iterable[str]) -> None:
        self.kennung = kennung
        self.naechste: tuple[str, ...] = tuple(get_close_matches(kennung, list(known), n=3))
        super().__init__(kennung)

    def __reduce__(self) -> tuple[type[UnknownIdError], tuple[str, tuple[str, ...]]]:
        return type(self), (self.kennung, self.naechste)

    def __str__(self) -> str:
        near = f" The nearest: {', '.join(self.naechste)}" if self.naechste else ""
        return f"There is no “{self.kennung}”.{near}"


class InternalError(GremienplanError):
    """Broken code: two parts of the library contradict each other. Never the user's fault."""
