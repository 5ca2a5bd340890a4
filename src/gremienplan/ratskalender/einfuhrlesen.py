"""The reader of stored readings: people may edit them, so it finds every mistake at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeVar

from attrs import define, field

from gremienplan.errors import InputError, Problem
from gremienplan.ratskalender.einfuhr import Einfuhr, Kalenderart, Mangel, Verlust
from gremienplan.ratskalender.werte import Eintrag
from gremienplan.texts import Text

Lesart = Callable[[Any, str], Any]
"""Reads a raw value that stands at a place; reports a mistake."""

_TAG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ZEIT = re.compile(_TAG.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?")
_NIE = datetime(1900, 1, 1)
"""Stands where a time could not be read; such a reading is never returned."""

JAHRE = range(1900, 2200)
"""Years a calendar may speak of; what lies outside is a mistake."""

T = TypeVar("T")


def read(text: str, quelle: str, datei: str, format_: int) -> Einfuhr:
    """Return the reading that a text holds. Raises InputError with every problem in it."""
    leser = _Leser(datei, quelle)
    einfuhr = leser.einfuhr(leser.load(text), format_)
    if leser.problems:
        raise InputError(leser.problems)
    return einfuhr


@define
class _Leser:
    """Collects the problems of one text; after a mistake it reads on."""

    datei: str
    quelle: str
    problems: list[Problem] = field(factory=list)

    def problem(self, pfad: str, meldung: Text, wert: object = "", hinweis: Text | None = None) -> None:
        """Report a mistake."""
        gezeigt = wert if isinstance(wert, str) else json.dumps(wert, ensure_ascii=False)
        kurz = gezeigt if len(gezeigt) <= 80 else f"{gezeigt[:79]}…"
        self.problems.append(Problem(self.datei, pfad, meldung, kurz, hinweis))

    # --- what a reading consists of --------------------------------------------------------------------

    def einfuhr(self, roh: object, format_: int) -> Einfuhr:
        """Read the whole of it."""
        felder = {
            "format": self.format(format_),
            "art": self.wort(Kalenderart),
            "herkunft": self.text,
            "gelesen": self.zeit,
            "pruefsumme": self.text,
            "feste_kennungen": self.ja_nein,
            "eintraege": self.liste(self.eintrag),
            "verluste": self.liste(self.verlust),
        }
        pflicht = ("format", "art", "gelesen", "eintraege")
        werte = self.objekt(felder, pflicht, roh, "")
        return Einfuhr(
            quelle=self.quelle,
            art=werte.get("art", ""),
            herkunft=werte.get("herkunft", ""),
            gelesen=werte.get("gelesen", _NIE),
            pruefsumme=werte.get("pruefsumme", ""),
            eintraege=werte.get("eintraege", ()),
            verluste=werte.get("verluste", ()),
            feste_kennungen=werte.get("feste_kennungen", True),
        )

    def eintrag(self, roh: object, pfad: str) -> Eintrag:
        """Read one line of ``eintraege``."""
        felder = {
            "beginn": self.tag_oder_zeit,
            "ende": self.tag_oder_zeit,
            "name": self.text,
            "ort": self.text,
            "status": self.text,
            "gremien": self.liste(self.text),
            "kennung": self.text,
            "geaendert": self.zeit,
        }
        werte = self.objekt(felder, ("beginn", "name"), roh, pfad)
        return Eintrag(
            quelle=self.quelle,
            kennung=werte.get("kennung", ""),
            name=werte.get("name", ""),
            beginn=werte.get("beginn", _NIE),
            ende=werte.get("ende"),
            ort=werte.get("ort", ""),
            status=werte.get("status", ""),
            gremien=werte.get("gremien", ()),
            geaendert=werte.get("geaendert"),
        )

    def verlust(self, roh: object, pfad: str) -> Verlust:
        """Read one line of ``verluste``."""
        felder = {"mangel": self.wort(Mangel), "stelle": self.text, "wert": self.text}
        werte = self.objekt(felder, ("mangel",), roh, pfad)
        mangel = werte.get("mangel")
        return Verlust(
            Mangel(mangel) if mangel else Mangel.KEIN_OBJEKT, werte.get("stelle", ""), werte.get("wert", "")
        )

    # --- shapes and single values ----------------------------------------------------------------------

    def objekt(
        self, felder: Mapping[str, Lesart], pflicht: tuple[str, ...], roh: object, pfad: str
    ) -> Mapping[str, Any]:
        """Return the values of an object by their keys."""
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

    def liste(self, lesart: Lesart) -> Lesart:
        """Return how to read a list; its entries count from 1."""

        def read_liste(roh: object, pfad: str) -> tuple[Any, ...]:
            if not isinstance(roh, list):
                self.problem(pfad, Text("This must be a list."), roh)
                return ()
            return tuple(lesart(teil, f"{pfad}[{nummer}]") for nummer, teil in enumerate(roh, 1))

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

    def wort(self, worte: type[Kalenderart] | type[Mangel]) -> Lesart:
        """Return how to read one of a few words."""
        known = tuple(str(wort.value) for wort in worte)

        def read_wort(roh: object, pfad: str) -> str:
            if isinstance(roh, str) and roh in known:
                return roh
            hinweis = Text("Known are: {names}", names=known)
            self.problem(pfad, Text("This is none of the words that may stand here."), roh, hinweis)
            return ""

        return read_wort

    def format(self, format_: int) -> Lesart:
        """Return how to read the format of the text."""

        def read_format(roh: object, pfad: str) -> None:
            if roh is True or roh != format_:
                hinweis = Text("This version of gremienplan reads format {format}.", format=format_)
                self.problem(pfad, Text("This format of the file is unknown."), roh, hinweis)

        return read_format

    def tag_oder_zeit(self, roh: object, pfad: str) -> datetime | date:
        """Read a day or a local time."""
        if isinstance(roh, str) and _TAG.fullmatch(roh):
            return self._moeglich(date.fromisoformat, roh, pfad)
        return self.zeit(roh, pfad)

    def zeit(self, roh: object, pfad: str) -> datetime:
        """Read a local time."""
        if isinstance(roh, str) and _ZEIT.fullmatch(roh):
            return self._moeglich(datetime.fromisoformat, roh, pfad)
        self.problem(pfad, Text('This must be a local time such as "2027-03-01T17:00".'), roh)
        return _NIE

    def _moeglich(self, lesen: Callable[[str], T], roh: str, pfad: str) -> T | datetime:
        """Return the day or time a text means, if the calendar has it and councils may speak of it."""
        with suppress(ValueError):
            if int(roh[:4]) in JAHRE:
                return lesen(roh)
        self.problem(pfad, Text("There is no such day or time."), roh)
        return _NIE

    # --- JSON ------------------------------------------------------------------------------------------

    def load(self, text: str) -> object:
        """Return the raw content of a text; one that is no JSON ends the reading."""
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
            meldung = Text("This cannot be a calendar: it holds a number or a character that none has.")
            self.problem("", meldung)
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
