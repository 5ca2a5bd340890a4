"""Where words go: data to stdout, talk to stderr, readable without colour and at 80 columns."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text as Line

from gremienplan.cli.folgebefehl import whole
from gremienplan.cli.sprache import words
from gremienplan.cli.zeichensatz import holds_everything
from gremienplan.texts import Text

WIDTH = 80
"""Columns where there is no terminal to ask."""


class _Console(Console):
    """A console that says nothing more once its reader has gone: ``gremienplan … | head`` is no error."""

    def on_broken_pipe(self) -> None:
        mute()


def mute() -> None:
    """Send what is still written to stdout nowhere, for nobody reads it any more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def console(*, stderr: bool = False) -> Console:
    """Return the console for data, or for talk (``stderr``). NO_COLOR and TERM=dumb are honoured by rich."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or "COLUMNS" in os.environ else WIDTH
    return _Console(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


def show(what: RenderableType = "", *, stderr: bool = False) -> None:
    """Write data: lines are wrapped between words (a long path stays whole) and have no blanks at their end."""
    target = console(stderr=stderr)
    if isinstance(what, str):
        width = target.width
        lines = textwrap.wrap(what, width, break_long_words=False, break_on_hyphens=False) or [""]
    else:
        with target.capture() as captured:
            target.print(what)
        lines = captured.get().splitlines()
    target.out("\n".join(line.rstrip() for line in lines), highlight=False)


def heading(text: Text | str, *, stderr: bool = False) -> None:
    """Write a heading, a file's name for instance, which is never broken."""
    console(stderr=stderr).print(Line(words(text), style="bold"), overflow="ignore", crop=False)


def say(text: Text | str = "") -> None:
    """Say one sentence to whoever watches: stderr."""
    show(words(text), stderr=True)


def say_command(what: Text, command: str) -> None:
    """Say what a command is for, and the command whole on a line of its own: it can be copied as it stands."""
    say(what)
    heading(f"  {whole(command)}", stderr=True)


def write(text: str) -> None:
    """Write ``text`` to stdout as it is."""
    console().out(text, highlight=False)


def write_json(answer: str, **facts: Any) -> None:
    """Write one JSON object to stdout: what kind of ``answer`` it is, then the facts."""
    escaped = not holds_everything(sys.stdout)
    write(json.dumps({"answer": answer, **facts}, ensure_ascii=escaped, indent=2, default=str))


def table(headings: Sequence[Text | str], rows: Iterable[Sequence[str]], *, flexible: int = -1) -> Table:
    """Return rows under headings, without lines; only the column ``flexible`` breaks its cells between words."""
    made = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    flexible %= len(headings)
    for index, heading in enumerate(headings):
        made.add_column(words(heading), no_wrap=index != flexible, overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def entries(rows: Iterable[tuple[str, str]]) -> Table:
    """Return pairs of a short mark (a number, a word) and a text that is wrapped beside it."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for mark, text in rows:
        grid.add_row(mark, text)
    return grid
