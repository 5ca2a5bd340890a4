"""TOML files, read so that one mistake never hides another.

A place in a file is written as people would look for it: ``rolle.kod.je`` for tables,
``bedingung[3] (id "entwurf-vor-bv").abstand.tage`` for lists, where entries count from 1.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from attrs import define, field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.loading.angaben import closest, show
from gremienplan.loading.shapes import join, structure
from gremienplan.loading.ueberlagerung import copied
from gremienplan.texts import Text

T = TypeVar("T")

Aendern = Callable[[str, dict[str, Any]], Mapping[str, Any]]
"""What may change a file's content after it was read: its name without folders and its content in, content out."""

FORMAT = 1
"""The ``format`` of every TOML file this version reads."""


@lru_cache(maxsize=64)
def parse(text: str) -> Mapping[str, Any]:
    """Return what a TOML text says, not to be changed.

    Kept, because readings and rules are compared by reading one city many times. Raises TOMLDecodeError.
    """
    return tomllib.loads(text)


def digest(data: bytes) -> str:
    """Return by what a plan remembers an input: the hash of its bytes."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


@define
class Befund:
    """What one run of loading has read, and everything it found wrong or worth a word."""

    problems: list[Problem] = field(factory=list)
    warnungen: list[Text] = field(factory=list)
    eingaben: dict[str, str] = field(factory=dict)
    """Name of each input -> hash of the bytes that were read."""
    aendern: Aendern | None = None
    folgen: Aendern | None = None
    """What the chosen readings make of a file of the city, before ``aendern`` sees it."""
    gewaehlt: list[tuple[str, Datei, str]] = field(factory=list)
    """Each chosen reading, and where it is chosen."""
    ueberlagert: set[str] = field(factory=set)
    """Names of the files that were read as the chosen readings leave them."""

    def read(self, pfad: Path, name: str, eingabe: str) -> bytes | None:
        """Return the bytes of a file and remember their hash; a file that cannot be read is a problem."""
        try:
            data = pfad.read_bytes()
        except FileNotFoundError:
            self.problems.append(Problem(name, "", Text("This file does not exist.")))
        except OSError as error:
            meldung = Text("This file cannot be read: {reason}", reason=error.strerror or str(error))
            self.problems.append(Problem(name, "", meldung))
        else:
            self.eingaben[eingabe] = digest(data)
            return data
        return None

    def toml(self, pfad: Path, name: str, eingabe: str, *, optional: bool = False) -> Datei | None:
        """Return a TOML file; None, and a problem, when it is not TOML, or missing and not ``optional``."""
        if optional and not pfad.exists():
            return Datei(self, name, {})
        data = self.read(pfad, name, eingabe)
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            meldung = Text("This file is not UTF-8 text.")
            hinweis = Text("Save it in your editor with the encoding UTF-8.")
            self.problems.append(Problem(name, str(line), meldung, hinweis=hinweis))
            return None
        try:
            inhalt = {key: copied(wert) for key, wert in parse(text).items()}
        except tomllib.TOMLDecodeError as error:
            self.problems.append(_syntax(name, text, str(error)))
            return None
        if self.folgen:
            self.ueberlagert.add(name)
        for change in (self.folgen, self.aendern):
            inhalt = dict(change(pfad.name, inhalt)) if change else inhalt
        datei = Datei(self, name, inhalt)
        datei.check_format()
        return datei


@frozen
class Datei:
    """One TOML file that could be read, and where its problems go."""

    befund: Befund
    name: str
    inhalt: Mapping[str, Any]

    def problem(self, pfad: str, meldung: Text, wert: object = "", hinweis: Text | None = None) -> None:
        """Report what is wrong at a place of this file."""
        self.befund.problems.append(Problem(self.name, pfad, meldung, show(wert), hinweis))

    def check_format(self) -> None:
        """Report a file of another format than ours."""
        gegeben = self.inhalt.get("format")
        if gegeben is None:
            hinweis = Text("Write it as the first line of the file: format = {format}", format=FORMAT)
            self.problem("format", Text("The format of the file is missing."), hinweis=hinweis)
        elif gegeben is True or gegeben != FORMAT:
            hinweis = Text("This version of gremienplan reads format {format}.", format=FORMAT)
            self.problem("format", Text("This format of the file is unknown."), gegeben, hinweis)

    def check_keys(self, known: Collection[str]) -> None:
        """Report every key at the top of the file that nobody reads."""
        for key in self.inhalt:
            if key not in known and key != "format":
                self.problem(key, Text("This key is unknown."), hinweis=closest(key, known))

    def table(self, key: str) -> Iterator[tuple[str, str, object]]:
        """Return id, place and raw content of each entry of a table; a missing table has none.

        Without a key these are the tables at the top of the file.
        """
        tabelle = self.inhalt.get(key, {}) if key else {k: v for k, v in self.inhalt.items() if k != "format"}
        if not isinstance(tabelle, dict):
            self.problem(key, Text("This must be a table."), tabelle)
            return
        for kennung, roh in tabelle.items():
            yield kennung, join(key, kennung), roh

    def keyed(self, key: str, cls: type[T]) -> tuple[dict[str, T], list[str]]:
        """Return the entries of a table as values whose id is their key, and the ids of the broken ones."""
        werte: dict[str, T] = {}
        kaputt: list[str] = []
        for kennung, pfad, roh in self.table(key):
            wert = self.structure(cls, roh, pfad, fest={"id": kennung})
            if wert is None:
                kaputt.append(kennung)
            else:
                werte[kennung] = wert
        return werte, kaputt

    def entries(self, key: str) -> Iterator[tuple[str, object]]:
        """Return place and raw content of each entry of a list of tables; a missing list has none."""
        liste = self.inhalt.get(key, [])
        if not isinstance(liste, list):
            hinweis = Text("Write each entry under a heading of its own: [[{key}]]", key=key)
            self.problem(key, Text("This must be a list of tables."), liste, hinweis)
            return
        for nummer, roh in enumerate(liste, 1):
            kennung = roh.get("id") if isinstance(roh, dict) else None
            yield f"{key}[{nummer}]" + (f' (id "{kennung}")' if isinstance(kennung, str) else ""), roh

    def structure(
        self,
        cls: type[T],
        roh: object,
        pfad: str,
        *,
        fest: Mapping[str, object] | None = None,
        auch: Collection[str] = (),
    ) -> T | None:
        """Return raw content as a value of ``cls``; None, and every mistake of it reported, when it is none.

        ``fest`` gives fields that the place in the file says already; ``auch`` are keys somebody else reads.
        """
        try:
            return structure(cls, roh, self.name, pfad, fest=fest or {}, auch=auch)
        except InputError as error:
            self.befund.problems.extend(error.problems)
            return None


def _syntax(name: str, text: str, reason: str) -> Problem:
    """Return the first place at which a text is no TOML: line, column, and the line itself."""
    lines = text.splitlines() or [""]
    found = re.search(r" \(at line (\d+), column (\d+)\)$", reason)
    line, column = (int(found[1]), int(found[2])) if found else (len(lines), len(lines[-1]) + 1)
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    return Problem(
        name,
        f"{line}:{column}",
        Text("Line {line}, column {column}: this is not TOML.", line=line, column=column),
        show(shown),
        _hint(reason.partition(" (at ")[0], shown),
    )


def _hint(reason: str, line: str) -> Text:
    """Return what helps: for a path as Windows writes it, the same with slashes."""
    found = re.search(r'"([^"]*\\[^"]*)', line)
    if found and re.search(r"hex value|escape", reason, re.IGNORECASE):
        return Text("Write a path with slashes: {path}", path=found[1].replace("\\", "/"))
    return Text("The reader of TOML says: {reason}", reason=reason)
