"""Reading the JSON of our own files: people may edit them, so every mistake is found at once, with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from attrs import define, field

from gremienplan.errors import InputError, Problem
from gremienplan.texts import Text

Lesart = Callable[[Any, str], Any]
"""Reads a raw value that stands at a place; reports a mistake, and returns something all the same."""


@define
class Jsonleser:
    """Collects the problems of one text; after a mistake it reads on."""

    datei: str
    problems: list[Problem] = field(factory=list, kw_only=True)

    def problem(self, pfad: str, meldung: Text, wert: object = "", hinweis: Text | None = None) -> None:
        """Report a mistake."""
        gezeigt = wert if isinstance(wert, str) else json.dumps(wert, ensure_ascii=False)
        kurz = gezeigt if len(gezeigt) <= 80 else f"{gezeigt[:79]}…"
        self.problems.append(Problem(self.datei, pfad, meldung, kurz, hinweis))

    def werte(
        self, felder: Mapping[str, Lesart], pflicht: Iterable[str], roh: object, pfad: str
    ) -> dict[str, Any]:
        """Return the values of an object by their keys: those of ``felder``, of which ``pflicht`` must be there."""
        if not isinstance(roh, dict):
            self.problem(pfad, Text("This must be an object with keys of its own."), roh)
            return {}
        stelle = f"{pfad}." if pfad else ""
        for key in roh:
            if key not in felder:
                nearest = get_close_matches(key, felder, n=1)
                hinweis = Text("Did you mean “{name}”?", name=nearest[0]) if nearest else None
                self.problem(f"{stelle}{key}", Text("This key is unknown."), hinweis=hinweis)
        for key in pflicht:
            if key not in roh:
                self.problem(f"{stelle}{key}", Text("This key is missing."))
        return {key: lesart(roh[key], f"{stelle}{key}") for key, lesart in felder.items() if key in roh}

    def liste(self, lesart: Lesart, kennung: str = "") -> Lesart:
        """Return how to read a list; its entries count from 1, and are named by their key ``kennung``."""

        def read_liste(roh: object, pfad: str) -> tuple[Any, ...]:
            if not isinstance(roh, list):
                self.problem(pfad, Text("This must be a list."), roh)
                return ()
            werte = []
            for nummer, teil in enumerate(roh, 1):
                name = teil.get(kennung) if isinstance(teil, dict) else None
                wo = f"{pfad}[{nummer}]" + (f" ({name})" if isinstance(name, str) else "")
                werte.append(lesart(teil, wo))
            return tuple(werte)

        return read_liste

    def text(self, roh: object, pfad: str) -> str:
        """Read text."""
        if isinstance(roh, str):
            return roh
        self.problem(pfad, Text("This must be text in quotation marks."), roh)
        return ""

    def ja_nein(self, roh: object, pfad: str) -> bool:
        """Read a truth value."""
        if not isinstance(roh, bool):
            self.problem(pfad, Text("This must be true or false, without quotation marks."), roh)
        return roh is True

    def load(self, text: str, unmoeglich: Text) -> object:
        """Return the raw content of a text. Raises InputError for one that is no JSON.

        ``unmoeglich`` says that it holds a number or a character that no JSON has.
        """
        try:
            roh: object = json.loads(text, object_pairs_hook=self._once)
            json.dumps(roh, ensure_ascii=False).encode()
        except json.JSONDecodeError as error:
            zeilen = text.splitlines() or [""]
            zeile = zeilen[min(error.lineno, len(zeilen)) - 1].strip()
            wo = f"{error.lineno}:{error.colno}"
            meldung = Text(
                "Line {line}, column {column}: this is not JSON.", line=error.lineno, column=error.colno
            )
            self.problem(wo, meldung, zeile, Text("The reader of JSON says: {reason}", reason=error.msg))
        except (ValueError, RecursionError):
            self.problem("", unmoeglich)
        else:
            return roh
        raise InputError(self.problems)

    def _once(self, paare: list[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object; report a key that stands in it twice."""
        gesehen: dict[str, Any] = {}
        for key, wert in paare:
            if key in gesehen:
                self.problem(key, Text("This key stands twice in the same place."))
            gesehen[key] = wert
        return gesehen
