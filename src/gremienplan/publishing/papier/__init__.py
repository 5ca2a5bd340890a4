"""The plan on paper: the year on one page, and one list per Gebiet, as tagged PDF."""

from gremienplan.publishing.papier.blaetter import Blatt, blaetter, gebiete, gebietsliste, jahresblatt, store
from gremienplan.publishing.papier.satz import Papier

__all__ = ["Blatt", "Papier", "blaetter", "gebiete", "gebietsliste", "jahresblatt", "store"]
