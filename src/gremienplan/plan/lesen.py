"""The reader of ``plan.json``: plans edited by hand are welcome, so it finds every mistake at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import attrs
from attrs import define, frozen

from gremienplan.errors import InputError
from gremienplan.jsonleser import Jsonleser, Lesart
from gremienplan.plan.werte import (
    Absage,
    Beleg,
    Beratungstermin,
    Gehalten,
    Gesehen,
    Plan,
    Regelbeleg,
    Stufe,
    Termin,
    Verlaufseintrag,
    Vermerk,
    Zustand,
)
from gremienplan.programm import Zusatzsitzung
from gremienplan.texts import Text

T = TypeVar("T")

_UNMOEGLICH = Text("This cannot be a plan: it holds a number or a character that none has.")
_ZEIT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{6})?)?")


@frozen
class _Frueher:
    """What was moved, and when it used to begin."""

    ereignis: str
    bisher: datetime


def read(text: str, datei: str, format_: int) -> Plan:
    """Return the plan a text describes, in the order of the text. Raises InputError with every problem in it."""
    leser = _Leser(datei)
    roh = leser.load(text, _UNMOEGLICH)
    plan = leser.plan(roh, format_)
    if plan is None or leser.problems:
        raise InputError(leser.problems)
    return plan


@define
class _Leser(Jsonleser):
    """Reads the parts of a plan."""

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
            "profil": self.text,
            "kanonisch": self.ja_nein,
            "verlauf": self.liste(self.eintrag),
            "zusaetzlich": self.liste(self.zusaetzlich, "sitzung"),
            "gehalten": self.tabelle(self.gehalten),
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

    def zusaetzlich(self, roh: object, pfad: str) -> Zusatzsitzung | None:
        """Read one line of ``zusaetzlich``."""
        felder = {
            "sitzung": self.text,
            "gremium": self.text,
            "anlass": self.liste(self.text),
            "wie": self.text,
            "abgesagt": self.ja_nein,
        }
        return self.objekt(Zusatzsitzung, felder, roh, pfad)

    def gehalten(self, roh: object, pfad: str) -> Gehalten | None:
        """Read what is known of a Sitzung that was held."""
        return self.objekt(Gehalten, {"protokoll": self.text}, roh, pfad)

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
            "gehalten": self.liste(self.text),
            "protokolle": self.liste(self.text),
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
        pflicht = [eines.name for eines in attrs.fields(cls) if eines.default is attrs.NOTHING]  # type: ignore[arg-type]
        werte = self.werte(felder, pflicht, roh, pfad)
        return cls(**werte) if len(self.problems) == vorher else None

    def tabelle(self, lesart: Lesart) -> Lesart:
        """Return how to read an object whose keys are ids, and whose values are all of one kind."""

        def read_tabelle(roh: object, pfad: str) -> dict[str, Any]:
            if not isinstance(roh, dict):
                self.problem(pfad, Text("This must be an object with keys of its own."), roh)
                return {}
            return {name: lesart(wert, f"{pfad}.{name}") for name, wert in roh.items()}

        return read_tabelle

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
