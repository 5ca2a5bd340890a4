"""One run of the program inside this process: arguments in; exit code, data and talk out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from attrs import frozen
from click.testing import CliRunner

from gremienplan.cli import program

NO_LANGUAGE = {"GREMIENPLAN_LANG": None, "LC_ALL": None, "LC_MESSAGES": None, "LANG": "C.UTF-8"}


@frozen
class Ergebnis:
    """What a run left behind."""

    code: int
    daten: str
    rede: str

    @property
    def json(self) -> Any:
        """The data, read as JSON."""
        return json.loads(self.daten)

    @property
    def alles(self) -> str:
        """Data and talk."""
        return self.daten + self.rede


Lauf = Callable[..., Ergebnis]


def lauf(*arguments: object, **environ: str | None) -> Ergebnis:
    """Run ``gremienplan`` with these arguments, 80 columns wide, in English unless told otherwise."""
    runner = CliRunner(env={**NO_LANGUAGE, "COLUMNS": "80", "NO_COLOR": "1", **environ})
    result = runner.invoke(program, [str(argument) for argument in arguments])
    return Ergebnis(result.exit_code, result.stdout, result.stderr)


def names(text: str, command: str, projekt: object) -> bool:
    """Tell whether a command is named, for this project, however its line is broken."""
    words = command.split(" ")
    at = next((n for n, word in enumerate(words) if word.startswith("--")), len(words))
    return "".join([*words[:at], f"--projekt{projekt}", *words[at:]]) in "".join(text.split())


def too_wide(text: str) -> list[str]:
    """Return the lines that do not fit 80 columns."""
    return [line for line in text.splitlines() if len(line) > 80]
