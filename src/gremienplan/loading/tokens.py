"""``tokens.json`` of a project, from the disk."""

from __future__ import annotations

from pathlib import Path

from gremienplan.loading.plandatei import read_plan_text
from gremienplan.tokens import Token, tokens_from_json

TOKENS = "tokens.json"
"""The file in a project; private."""


def read_tokens(projekt: str | Path) -> tuple[Token, ...]:
    """Return the tokens of a project's folder; none where there is no such file.

    Raises InputError with every problem in the file: a server that cannot read it has to let nobody in.
    """
    path = Path(projekt) / TOKENS
    return tokens_from_json(read_plan_text(path), str(path)) if path.exists() else ()
