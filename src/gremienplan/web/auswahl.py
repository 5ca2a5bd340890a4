"""What somebody wants to see: year, view, filters and language, as the query of an address and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from attrs import evolve, frozen

from gremienplan.texts import LANGUAGES

ANSICHTEN = ("jahr", "monat", "liste")
FILTER = ("gebiet", "art", "rolle", "amt")
_KENNUNG = re.compile(r"[a-z0-9][a-z0-9./-]{0,150}")


@frozen
class Auswahl:
    """A view of the calendar. Empty filters leave everything in."""

    sprache: str
    jahr: int = 0
    """0: the last year there is."""
    ansicht: str = "jahr"
    monat: int = 0
    """1 to 12, for the view of a month; 0: the first with a date."""
    gebiet: str = ""
    """``sozialraum/nord``"""
    art: str = ""
    """Id of a Gremienart."""
    rolle: str = ""
    amt: str = ""
    """A Sitz, flat as in the names of calendars: ``leitung-nord``; it takes the place of ``rolle``."""

    @classmethod
    def of(cls, frage: Mapping[str, str], sprache: str) -> Auswahl:
        """Return what a query asks for; what nobody can mean counts as not said. ``sprache`` is the usual language."""
        jahr, monat = frage.get("jahr", ""), frage.get("monat", "")
        filter_ = {key: wert for key in FILTER if _KENNUNG.fullmatch(wert := frage.get(key, ""))}
        return cls(
            sprache=frage["lang"] if frage.get("lang") in LANGUAGES else sprache,
            jahr=int(jahr) if re.fullmatch(r"2[01]\d\d", jahr) else 0,
            ansicht=frage["ansicht"] if frage.get("ansicht") in ANSICHTEN else "jahr",
            monat=int(monat) if re.fullmatch(r"[1-9]|1[012]", monat) else 0,
            **filter_,
        )

    def query(self, usual: str) -> str:
        """Return it as a query with its question mark, shortest first; nothing where all is as usual.

        >>> Auswahl("en", 2027, gebiet="raum/nord").query("de")
        '?jahr=2027&gebiet=raum/nord&lang=en'
        """
        teile = {
            "jahr": str(self.jahr or ""),
            "ansicht": self.ansicht if self.ansicht != "jahr" else "",
            "monat": str(self.monat or "") if self.ansicht == "monat" else "",
            **{key: getattr(self, key) for key in FILTER},
            "lang": self.sprache if self.sprache != usual else "",
        }
        found = "&".join(f"{key}={quote(wert)}" for key, wert in teile.items() if wert)
        return f"?{found}" if found else ""

    def but(self, **anders: str | int) -> Auswahl:
        """Return the same but for this; another Rolle is no longer that of the Amt."""
        if "rolle" in anders:
            anders = {"amt": "", **anders}
        return evolve(self, **anders)  # type: ignore[arg-type]

    @property
    def gefiltert(self) -> bool:
        """Tell whether any filter is set."""
        return any(getattr(self, key) for key in FILTER)
