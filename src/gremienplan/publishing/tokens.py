"""``tokens.json`` of a project, onto the disk: whole at any moment, and only its owner may read it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gremienplan.publishing.dateien import write_atomically
from gremienplan.tokens import Token, tokens_to_json


def write_tokens(path: Path, tokens: Iterable[Token]) -> bool:
    """Write the file; return whether it changed. Whoever calls holds the lock on the project."""
    return write_atomically(path, tokens_to_json(tokens).encode(), mode=0o600)
