"""The reader of ``plan.json``: plans edited by hand are welcome, so it finds every mistake at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any, TypeVar

import attrs
from attrs import define, field, frozen

from gremienplan.errors import InputError, Problem
from gremienplan.plan.werte import (
    Absage,
    Beleg,
    Beratungstermin,
    Gesehen,
    Plan,
    Regelbeleg,
    Stufe,
    Termin,
    Verlaufseintrag,
    Vermerk,
    Zustand,
)
from gremienplan.texts import Text

T = TypeVar("T")

Lesart = Callable[[Any, str], Any]
"""Reads a raw value that stands at a place; reports a mistake and returns None."""

_ZEIT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?")


@frozen
class _Frueher:
    """What was moved, and when it used to begin."""

    ereignis: str
    bisher: datetime


def read(text: str, datei: str, format_: int) -> Plan:
    """Return the plan a text describes, in the order of the text. Raises InputError with every problem in it."""
    leser = _Leser(datei)
    roh = leser.load(text)
    plan = leser.plan(roh, format_)
    if plan is None or leser.problems:
        raise InputError(leser.problems)
    return plan


@define
class _Leser:
    """Collects the problems of one text; after a mistake it reads on."""

    datei: str
    problems: list[Problem] = field(factory=list)

    def problem(self, pfad: str, meldung: Text, wert: object = "", hinweis: Text | None = None) -> None:
        """Report a mistake."""
        gezeigt = wert if isinstance(wert, str) else json.dumps(wert, ensure_ascii=False)
        kurz = gezeigt if len(gezeigt) <= 80 else f"{gezeigt[:79]}…"
        self.problems.append(Problem(self.datei, pfad, meldung, kurz, hinweis))

    # --- what a plan consists of -----------------------------------------------------------------------

    def plan(self, roh: object, format_: int) -> Plan | None:
        """Read the whole of it."""
        if isinstance(roh, dict):
            gegeben = roh.pop("format", None)
            if gegeben is True or gegeben != format_:
                hinweis = Text("This version of gremienplan reads format {format}.", format=format_)
                self.problem(
                    "format", Text("The format of the plan is missing or unknown."), gegeben, hinweis
                )
                return None
        felder = {
            "stadt": self.text,
            "jahr": self.jahr,
            "programm": self.text,
            "termine": self.liste(self.termin, "sitzung"),
            "beratungen": self.liste(self.beratung, "beratung"),
            "stufen": self.liste(self.stufe),
            "offen": self.liste(self.text),
            "eingaben": self.tabelle(self.text),
            "beleg": self.beleg,
            "ratskalender": self.liste(self.gesehen, "key"),
            "abgebrochen": self.ja_nein,
            "verlauf": self.liste(self.eintrag),
            "aufgezeichnet": self.tabelle(self.vermerk),
        }
        return self.objekt(Plan, felder, roh, "")

    def termin(self, roh: object, pfad: str) -> Termin | None:
        """Read one line of ``termine``."""
        felder = {
            "sitzung": self.text,
            "gremium": self.text,
            "beginn": self.zeit,
            "ende": self.zeit,
            "ort": self.text,
        }
        return self._nicht_rueckwaerts(self.objekt(Termin, felder, roh, pfad), pfad)

    def beratung(self, roh: object, pfad: str) -> Beratungstermin | None:
        """Read one line of ``beratungen``."""
        felder = {
            "beratung": self.text,
            "gremium": self.text,
            "sitzung": self.text,
            "beginn": self.zeit,
            "ende": self.zeit,
            "vortrag": self.liste(self.text),
        }
        return self._nicht_rueckwaerts(self.objekt(Beratungstermin, felder, roh, pfad), pfad)

    def gesehen(self, roh: object, pfad: str) -> Gesehen | None:
        """Read one line of ``ratskalender``."""
        felder = {
            "key": self.text,
            "gremium": self.text,
            "name": self.text,
            "beginn": self.zeit,
            "ende": self.zeit,
            "verschwunden": self.ja_nein,
        }
        return self._nicht_rueckwaerts(self.objekt(Gesehen, felder, roh, pfad), pfad)

    def _nicht_rueckwaerts(self, wert: T | None, pfad: str) -> T | None:
        if isinstance(wert, Termin | Beratungstermin | Gesehen | Vermerk | Absage):
            beginn = wert.bisher if isinstance(wert, Absage) else wert.beginn
            if wert.ende <= beginn:
                meldung = Text("This must be later than {von}.", von=beginn)
                self.problem(f"{pfad}.ende", meldung, wert.ende.isoformat(timespec="minutes"))
        return wert

    def stufe(self, roh: object, pfad: str) -> Stufe | None:
        """Read one line of ``stufen``."""
        felder = {"stufe": self.zahl, "wert": self.zahl, "schranke": self.zahl}
        return self.objekt(Stufe, felder, roh, pfad)

    def eintrag(self, roh: object, pfad: str) -> Verlaufseintrag | None:
        """Read one entry of ``verlauf``."""
        felder = {
            "stand": self.zeit,
            "zustand": self.zustand,
            "neu": self.liste(self.text),
            "verlegt": self.liste(self.frueher),
            "abgesagt": self.liste(self.absage, "ereignis"),
        }
        return self.objekt(Verlaufseintrag, felder, roh, pfad)

    def frueher(self, roh: object, pfad: str) -> tuple[str, datetime] | None:
        """Read what was moved, and its former start."""
        felder = {"ereignis": self.text, "bisher": self.zeit}
        wert = self.objekt(_Frueher, felder, roh, pfad)
        return (wert.ereignis, wert.bisher) if wert else None

    def absage(self, roh: object, pfad: str) -> Absage | None:
        """Read what was cancelled: all that is still to be said of it."""
        felder = {
            "ereignis": self.text,
            "gremium": self.text,
            "bisher": self.zeit,
            "ende": self.zeit,
            "ort": self.text,
            "vortrag": self.liste(self.text),
        }
        return self._nicht_rueckwaerts(self.objekt(Absage, felder, roh, pfad), pfad)

    def vermerk(self, roh: object, pfad: str) -> Vermerk | None:
        """Read what was last recorded of one event."""
        felder = {
            "gremium": self.text,
            "beginn": self.zeit,
            "ende": self.zeit,
            "ort": self.text,
            "vortrag": self.liste(self.text),
        }
        return self._nicht_rueckwaerts(self.objekt(Vermerk, felder, roh, pfad), pfad)

    def beleg(self, roh: object, pfad: str) -> Beleg | None:
        """Read what else the plan was made from."""
        felder = {
            "version": self.text,
            "werk": self.text,
            "daten": self.tabelle(self.text),
            "siegel": self.text,
            "lesarten": self.tabelle(self.text),
            "lesarten_ab": self.tabelle(self.text),
            "lesarten_angabe": self.tabelle(self.tabelle(self.text)),
            "regeln": self.tabelle(self.regelbeleg),
            "einladungen": self.tabelle(self.tabelle(self.liste(self.text))),
        }
        return self.objekt(Beleg, felder, roh, pfad)

    def regelbeleg(self, roh: object, pfad: str) -> Regelbeleg | None:
        """Read as what a rule invited, and on whose word."""
        return self.objekt(Regelbeleg, {"als": self.text, "grundlage": self.text}, roh, pfad)

    # --- shapes and single values ----------------------------------------------------------------------

    def objekt(self, cls: type[T], felder: Mapping[str, Lesart], roh: object, pfad: str) -> T | None:
        """Read an object whose keys are the fields of ``cls``; None when anything in it is wrong."""
        vorher = len(self.problems)
        if not isinstance(roh, dict):
            self.problem(pfad, Text("This must be an object with keys of its own."), roh)
            return None
        stelle = f"{pfad}." if pfad else ""
        for key in roh:
            if key not in felder:
                nearest = get_close_matches(key, felder, n=1)
                hinweis = Text("Did you mean “{name}”?", name=nearest[0]) if nearest else None
                self.problem(f"{stelle}{key}", Text("This key is unknown."), hinweis=hinweis)
        for eines in attrs.fields(cls):  # type: ignore[arg-type]
            if eines.default is attrs.NOTHING and eines.name not in roh:
                self.problem(f"{stelle}{eines.name}", Text("This key is missing."))
        werte = {key: lesart(roh[key], f"{stelle}{key}") for key, lesart in felder.items() if key in roh}
        return cls(**werte) if len(self.problems) == vorher else None

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

    def tabelle(self, lesart: Lesart) -> Lesart:
        """Return how to read an object whose keys are ids, and whose values are all of one kind."""

        def read_tabelle(roh: object, pfad: str) -> dict[str, Any]:
            if not isinstance(roh, dict):
                self.problem(pfad, Text("This must be an object with keys of its own."), roh)
                return {}
            return {name: lesart(wert, f"{pfad}.{name}") for name, wert in roh.items()}

        return read_tabelle

    def text(self, roh: object, pfad: str) -> str:
        """Read text."""
        if isinstance(roh, str):
            return roh
        self.problem(pfad, Text("This must be text in quotation marks."), roh)
        return ""

    def zahl(self, roh: object, pfad: str) -> int:
        """Read a whole number."""
        if isinstance(roh, int) and not isinstance(roh, bool):
            return roh
        self.problem(pfad, Text("This must be a whole number."), roh)
        return 0

    def jahr(self, roh: object, pfad: str) -> int:
        """Read a year."""
        if isinstance(roh, int) and not isinstance(roh, bool) and 1900 <= roh < 2200:
            return roh
        self.problem(pfad, Text("This must be a year, without quotation marks."), roh)
        return 0

    def ja_nein(self, roh: object, pfad: str) -> bool:
        """Read a truth value."""
        if not isinstance(roh, bool):
            self.problem(pfad, Text("This must be true or false, without quotation marks."), roh)
        return roh is True

    def zeit(self, roh: object, pfad: str) -> datetime | None:
        """Read a local time."""
        if isinstance(roh, str) and _ZEIT.fullmatch(roh):
            try:
                return datetime.fromisoformat(roh)
            except ValueError:
                self.problem(pfad, Text("There is no such day or time."), roh)
                return None
        self.problem(pfad, Text('This must be a local time such as "2027-03-01T17:00".'), roh)
        return None

    def zustand(self, roh: object, pfad: str) -> Zustand | None:
        """Read a state."""
        known = tuple(zustand.value for zustand in Zustand)
        if isinstance(roh, str) and roh in known:
            return Zustand(roh)
        self.problem(pfad, Text("A state is one of: {names}", names=known), roh)
        return None

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
            self.problem("", Text("This cannot be a plan: it holds a number or a character that none has."))
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
