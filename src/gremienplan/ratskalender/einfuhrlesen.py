"""The reader of stored readings: people may edit them, so it finds every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import TypeVar

from attrs import define

from gremienplan.errors import InputError
from gremienplan.jsonleser import Jsonleser, Lesart
from gremienplan.ratskalender.einfuhr import Einfuhr, Kalenderart, Mangel, Verlust
from gremienplan.ratskalender.werte import Eintrag
from gremienplan.texts import Text

_UNMOEGLICH = Text("This cannot be a calendar: it holds a number or a character that none has.")
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
    einfuhr = leser.einfuhr(leser.load(text, _UNMOEGLICH), format_)
    if leser.problems:
        raise InputError(leser.problems)
    return einfuhr


@define
class _Leser(Jsonleser):
    """Reads the parts of a reading."""

    quelle: str

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
        werte = self.werte(felder, pflicht, roh, "")
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
        werte = self.werte(felder, ("beginn", "name"), roh, pfad)
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
        werte = self.werte(felder, ("mangel",), roh, pfad)
        mangel = werte.get("mangel")
        return Verlust(
            Mangel(mangel) if mangel else Mangel.KEIN_OBJEKT, werte.get("stelle", ""), werte.get("wert", "")
        )

    # --- single values ---------------------------------------------------------------------------------

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
