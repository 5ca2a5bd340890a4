"""A scene: one token more is made again and again."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from gremienplan.errors import InputError
from gremienplan.loading.tokens import TOKENS, read_tokens
from gremienplan.publishing.dateien import lock
from gremienplan.publishing.tokens import write_tokens
from gremienplan.tokens import Art, Token, issue, tokens_to_json

FILES = ("publishing/dateien.py", "publishing/tokens.py", "absturz/tokens.py")
STAND = datetime(2026, 10, 1, 8)
_seen = 0


def prepare(folder: Path) -> None:
    """Begin with one token."""
    write(folder)


def write(folder: Path) -> None:
    """Make one more."""
    with lock(folder):
        known = read_tokens(folder)
        token, _ = issue(known, Art.SITZ, "leitung/nord", STAND, len(known).to_bytes(32, "big"))
        write_tokens(folder / TOKENS, (*known, token))


def judge(folder: Path) -> str:
    """The old tokens or those with one more, readable for the owner alone; no copy beside it is anybody else's."""
    global _seen
    try:
        known = read_tokens(folder)
        with lock(folder):
            pass
    except InputError as error:
        return str(error)
    expected: list[Token] = []
    for nummer in range(len(known)):
        token, _ = issue(expected, Art.SITZ, "leitung/nord", STAND, nummer.to_bytes(32, "big"))
        expected.append(token)
    if len(known) < max(_seen, 1) or tokens_to_json(known) != tokens_to_json(expected):
        return f"{len(known)} tokens after {_seen}"
    _seen = len(known)
    if len([p for p in folder.iterdir() if p.name.endswith(".tmp")]) > 1:
        return "what one death left is there after the next"
    left = [p for p in folder.iterdir() if p.name.endswith((TOKENS, ".tmp"))]
    if any(stat.S_IMODE(os.stat(p).st_mode) != 0o600 for p in left):  # noqa: PTH116  (as the system has it)
        return "others may read it"
    return ""
