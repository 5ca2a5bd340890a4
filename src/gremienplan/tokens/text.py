"""Tokens ↔ JSON text: what ``tokens.json`` holds. Pure.

One token stands on one line, and equal tokens give equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from attrs import define

from gremienplan.errors import InputError
from gremienplan.jsonleser import Jsonleser
from gremienplan.texts import Text
from gremienplan.tokens.werte import SHOWN, Art, Token

FORMAT = 1
"""The ``format`` of the files this version writes and reads."""

_UNMOEGLICH = Text("This cannot be a list of tokens: it holds a number or a character that none has.")
_HASH = re.compile(r"[0-9a-f]{64}")


def tokens_to_json(tokens: Iterable[Token]) -> str:
    """Return the text of ``tokens.json``, with a newline at its end."""
    lines = [f"    {json.dumps(_raw(t), ensure_ascii=False)}" for t in sorted(tokens, key=lambda t: t.id)]
    listed = "[\n" + ",\n".join(lines) + "\n  ]" if lines else "[]"
    return f'{{\n  "format": {FORMAT},\n  "tokens": {listed}\n}}\n'


def _raw(token: Token) -> dict[str, object]:
    return {
        "id": token.id,
        token.art.value: token.wert,
        "hash": token.hash,
        "endet_auf": token.endet_auf,
        "erstellt": token.erstellt.isoformat(),
        **({"notiz": token.notiz} if token.notiz else {}),
        **({"bis": token.bis.isoformat()} if token.bis else {}),
        **({"widerrufen": token.widerrufen.isoformat()} if token.widerrufen else {}),
    }


def tokens_from_json(text: str, datei: str) -> tuple[Token, ...]:
    """Return the tokens a text describes, in its order. Raises InputError with every problem in it."""
    leser = _Leser(datei)
    found = leser.alle(leser.load(text, _UNMOEGLICH))
    if leser.problems:
        raise InputError(leser.problems)
    return found


@define
class _Leser(Jsonleser):
    """Reads the parts of the file."""

    def alle(self, roh: object) -> tuple[Token, ...]:
        """Read the whole of it."""
        felder = {"format": self.format, "tokens": self.liste(self.token, "id")}
        found = self.werte(felder, felder, roh, "")
        tokens = tuple(token for token in found.get("tokens", ()) if token is not None)
        self._verschieden([t.id for t in tokens], "id")
        self._verschieden([t.hash for t in tokens], "hash")
        return tokens

    def _verschieden(self, werte: list[Any], key: str) -> None:
        for nummer, wert in enumerate(werte, 1):
            if wert in werte[: nummer - 1]:
                self.problem(f"tokens[{nummer}].{key}", Text("Another token already has this."), str(wert))

    def format(self, roh: object, pfad: str) -> None:
        """Read the number of the format."""
        if roh is True or roh != FORMAT:
            hinweis = Text("This version of gremienplan reads format {format}.", format=FORMAT)
            self.problem(pfad, Text("The format of the file is missing or unknown."), roh, hinweis)

    def token(self, roh: object, pfad: str) -> Token | None:
        """Read one line."""
        before = len(self.problems)
        felder = {
            "id": self.nummer,
            **{art.value: self.text for art in Art},
            "hash": self.hash,
            "endet_auf": self.text,
            "erstellt": self.zeit,
            "notiz": self.text,
            "bis": self.tag,
            "widerrufen": self.zeit,
        }
        werte = self.werte(felder, ("id", "hash", "endet_auf", "erstellt"), roh, pfad)
        arten = [art for art in Art if art.value in werte]
        if len(arten) != 1:
            meldung = Text("A token opens one thing: {namen}.", namen=tuple(art.value for art in Art))
            self.problem(pfad, meldung)
        if len(werte.get("endet_auf", "")) > SHOWN:
            self.problem(f"{pfad}.endet_auf", Text("More than the last letters must not be kept."))
        if len(self.problems) > before:
            return None
        rest = {key: wert for key, wert in werte.items() if key not in {art.value for art in Art}}
        return Token(art=arten[0], wert=werte[arten[0].value], **rest)

    def nummer(self, roh: object, pfad: str) -> int:
        """Read a number from 1 on."""
        if isinstance(roh, int) and not isinstance(roh, bool) and roh > 0:
            return roh
        self.problem(pfad, Text("This must be a whole number from 1 on."), roh)
        return 0

    def hash(self, roh: object, pfad: str) -> str:
        """Read a SHA-256."""
        if isinstance(roh, str) and _HASH.fullmatch(roh):
            return roh
        self.problem(pfad, Text("This must be a SHA-256: 64 digits and letters from a to f."), roh)
        return ""

    def zeit(self, roh: object, pfad: str) -> datetime | None:
        """Read a moment of local time."""
        try:
            found = datetime.fromisoformat(roh) if isinstance(roh, str) and "T" in roh else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None:
            self.problem(pfad, Text('This must be a local time such as "2027-03-01T17:00".'), roh)
            return None
        return found

    def tag(self, roh: object, pfad: str) -> date | None:
        """Read a day."""
        try:
            return date.fromisoformat(roh if isinstance(roh, str) else "")
        except ValueError:
            self.problem(pfad, Text("This must be a day such as 2027-09-22."), roh)
            return None
