"""Everything known of one city and its years, read once: the input of the compile step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import field, frozen

from gremienplan.besetzung import Besetzung
from gremienplan.programm import Beratung, Programm, Sitzung, beratungen, sitzungen
from gremienplan.quellen import Katalog
from gremienplan.ratskalender import Freitage, Ratskalender, ganze_minute, naechste_minute
from gremienplan.rules import Regel
from gremienplan.stadt import Stadt


@frozen
class Besetzt:
    """Time in which a Sitz (absence) or an Ort (occupation) cannot be had, as the project's file says."""

    wer: str
    """Id of a Sitz or an Ort."""
    von: datetime = field(converter=ganze_minute)
    bis: datetime = field(converter=naechste_minute)
    was: str


@frozen
class Projekt:
    """A city with its rules and programme, its council calendar and its free days. Plain values, picklable."""

    stadt: Stadt
    regeln: tuple[Regel, ...]
    programm: Programm
    katalog: Katalog
    ratskalender: Ratskalender = field(factory=Ratskalender)
    freitage: Freitage = field(factory=Freitage)
    besetzt: tuple[Besetzt, ...] = ()
    besetzung: Besetzung = field(factory=Besetzung)
    """Who holds which Sitz; private, and empty where nobody has said."""
    eingaben: Mapping[str, str] = field(factory=dict)
    """Name of each input -> ``sha256:`` and 64 hex digits of its bytes."""
    lesarten: Mapping[str, str] = field(factory=dict)
    """Id of an open question -> id of the alternative that is followed instead of the city's own reading."""

    def sitzungen(self, jahr: int) -> tuple[Sitzung, ...]:
        """Return the Sitzungen the programme asks for in ``jahr``."""
        return sitzungen(self.stadt, self.programm, jahr)

    def beratungen(self, jahr: int) -> tuple[Beratung, ...]:
        """Return the Beratungen the programme asks for in ``jahr``."""
        return beratungen(self.stadt, self.programm, self.sitzungen(jahr))

    def sitzung(self, kennung: str, jahr: int) -> Sitzung:
        """Return one Sitzung by its id (``kr-entwurf/nord``).

        Raises KeyError when the programme has no such Sitzung.
        """
        for sitzung in self.sitzungen(jahr):
            if sitzung.id == kennung:
                return sitzung
        raise KeyError(kennung)
