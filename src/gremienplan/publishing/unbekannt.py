"""Events that the programme no longer asks for: what their ids still say of them.

Whoever subscribed keeps an event until told otherwise, so a cancellation and a past year need no programme: the
identity, the Gremium and whom it invites whatever the Anlass follow from the ids.
"""

from __future__ import annotations

from gremienplan.programm import Beratung, Beratungseintrag, Programm, Sitzung, Sitzungseintrag
from gremienplan.quellen import Authority, Grundlage
from gremienplan.stadt import Gebiet, Gremienart, Gremium, Stadt

_OHNE = Grundlage(Authority.VORGABE)


def is_beratung(ereignis: str) -> bool:
    """Tell a Beratung by its id, which also names the Gebiet that hears it."""
    return ereignis.count("/") > 1


def sitzung_by_id(stadt: Stadt, programm: Programm, ereignis: str, gremium: str, jahr: int) -> Sitzung:
    """Return a Sitzung by the ids of itself and its Gremium; its Anlass where the programme has its entry."""
    art = _gremium(stadt, gremium)
    name = ereignis.partition("/")[0]
    bekannt = (e for e in programm.sitzungen if e.id == name and e.gremium in (art.id, art.art.id))
    eintrag = next(bekannt, Sitzungseintrag(name, gremium, (), _OHNE))
    return Sitzung(eintrag, art, jahr, stadt.gremium_name(art), ())


def beratung_by_id(stadt: Stadt, programm: Programm, ereignis: str, gremium: str, jahr: int) -> Beratung:
    """Return a Beratung by the ids of itself and the Gremium that hears it."""
    art = _gremium(stadt, gremium)
    name, gebiet, _ = ereignis.split("/", 2)
    bekannt = (e for e in programm.beratungen if e.id == name and e.gremium in (art.id, art.art.id))
    eintrag = next(bekannt, Beratungseintrag(name, "", gremium, (), _OHNE))
    irgendeines = Gremium(Gremienart("", "", ""), Gebiet("", gebiet, gebiet, frozenset()))
    zu = Sitzung(Sitzungseintrag("", "", (), _OHNE), irgendeines, jahr, "", ())
    return Beratung(eintrag, zu, art, (), stadt.gremium_name(art))


def _gremium(stadt: Stadt, kennung: str) -> Gremium:
    """Return a Gremium by its id; one the city no longer has is called by its ids."""
    if kennung in stadt.alle_gremien:
        return stadt.alle_gremien[kennung]
    art, _, gebiet = kennung.partition("/")
    known = stadt.gremienarten.get(art, Gremienart(art, "", art))
    ort = (g for g in stadt.gebiete if (g.ebene, g.id) == (known.ebene, gebiet))
    return Gremium(known, next(ort, Gebiet(known.ebene, gebiet, gebiet, frozenset())))
