"""References: which ids exist, broken entries included, and what an entry may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import field, frozen

from gremienplan.loading.angaben import closest
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.quellen import Authority, Grundlage
from gremienplan.texts import N_, Text


@frozen
class Namensraum:
    """The ids of one kind of thing.

    The id of a broken entry is known too, alone and with a slash behind it: its mistake is reported where it
    stands and nowhere else. For the same reason everything is known while ``offen``: the file that would say
    what exists could not be read.
    """

    ids: frozenset[str] = frozenset()
    kaputt: frozenset[str] = frozenset()
    offen: bool = False

    def kennt(self, kennung: str) -> bool:
        """Tell whether an entry of this id exists, be it a broken one."""
        return self.offen or kennung in self.ids or kennung.partition("/")[0] in self.kaputt

    def __or__(self, other: Namensraum) -> Namensraum:
        return Namensraum(self.ids | other.ids, self.kaputt | other.kaputt, self.offen or other.offen)


def namensraum(ids: Iterable[str], kaputt: Iterable[str] = ()) -> Namensraum:
    """Return the ids of one kind."""
    return Namensraum(frozenset(ids), frozenset(kaputt))


def _offen() -> Namensraum:
    return Namensraum(offen=True)


@frozen
class Bekannt:
    """Every id a city declares, by kind; what has not been read is open."""

    ebenen: Namensraum = field(factory=_offen)
    gebiete: Namensraum = field(factory=_offen)
    """Keys with their level: ``sozialraum/nord``."""
    rollen: Namensraum = field(factory=_offen)
    sitze: Namensraum = field(factory=_offen)
    gremienarten: Namensraum = field(factory=_offen)
    gremien: Namensraum = field(factory=_offen)
    orte: Namensraum = field(factory=_offen)
    ortsarten: Namensraum = field(factory=_offen)
    quellen: Namensraum = field(factory=_offen)
    stellen: Namensraum = field(factory=_offen)
    auslegungen: Namensraum = field(factory=_offen)
    anlaesse: Namensraum = field(factory=_offen)
    sitzungen: Namensraum = field(factory=_offen)
    beratungen: Namensraum = field(factory=_offen)
    meidetage: Namensraum = field(factory=_offen)
    ebene_von: Mapping[str, str] = field(factory=dict)
    """Id of a Gremienart that could be read -> its level."""

    def __or__(self, other: Bekannt) -> Bekannt:
        """Return what either declares: what a city has at any time."""
        namen = [feld.name for feld in attrs.fields(Bekannt) if feld.name != "ebene_von"]
        return Bekannt(
            **{name: getattr(self, name) | getattr(other, name) for name in namen},
            ebene_von={**other.ebene_von, **self.ebene_von},
        )

    def ebene_des_gremiums(self, gremium: str) -> str | None:
        """Return the level of a Gremienart or of one of its Gremien; None when it is unknown or broken."""
        return self.ebene_von.get(gremium.partition("/")[0])

    def namen(self, art: str) -> Namensraum:
        """Return the ids of one kind, or of several that may stand in the same place."""
        raum = Namensraum()
        for teil in _ZUSAMMEN.get(art, (art,)):
            raum |= getattr(self, teil)
        return raum


_ZUSAMMEN = {
    "rollen-und-sitze": ("rollen", "sitze"),
    "gremienarten-und-gremien": ("gremienarten", "gremien"),
    "rollen-und-gremien": ("rollen", "sitze", "gremienarten", "gremien"),
    "ereignisse": ("sitzungen", "beratungen"),
    "ereignisse-und-gremien": ("sitzungen", "beratungen", "gremienarten", "gremien"),
    "sitze-und-orte": ("sitze", "orte"),
}

_UNBEKANNT = {
    "ebenen": N_("There is no level with this id."),
    "gebiete": N_("There is no Gebiet with this id."),
    "rollen": N_("There is no Rolle with this id."),
    "sitze": N_("There is no Sitz with this id."),
    "gremienarten": N_("There is no Gremienart with this id."),
    "gremien": N_("There is no Gremium with this id."),
    "orte": N_("There is no Ort with this id."),
    "ortsarten": N_("There is no Ort of this kind."),
    "quellen": N_("The catalogue has no source with this id."),
    "stellen": N_("The catalogue has no passage with this id."),
    "auslegungen": N_("The catalogue has no reading with this id."),
    "anlaesse": N_("There is no Anlass with this id."),
    "sitzungen": N_("The programme has no Sitzung with this id."),
    "beratungen": N_("The programme has no Beratung with this id."),
    "meidetage": N_("The programme has no [[meidetag]] with this id."),
    "rollen-und-sitze": N_("There is neither a Rolle nor a Sitz with this id."),
    "gremienarten-und-gremien": N_("There is neither a Gremienart nor a Gremium with this id."),
    "rollen-und-gremien": N_("There is no Rolle, Sitz, Gremienart or Gremium with this id."),
    "ereignisse": N_("The programme has neither a Sitzung nor a Beratung with this id."),
    "ereignisse-und-gremien": N_("There is no Gremienart, Gremium, Sitzung or Beratung with this id."),
    "sitze-und-orte": N_("There is neither a Sitz nor an Ort with this id."),
}


@frozen
class Verweise:
    """Checks what the entries of one file name."""

    datei: Datei
    bekannt: Bekannt

    def check(self, art: str, kennung: str, pfad: str) -> bool:
        """Report an id that nobody has; tell whether it is known."""
        raum = self.bekannt.namen(art)
        if raum.kennt(kennung):
            return True
        self.datei.problem(pfad, Text(_UNBEKANNT[art]), kennung, closest(kennung, raum.ids | raum.kaputt))
        return False

    def check_all(self, art: str, kennungen: Iterable[str], pfad: str) -> None:
        """Report every id of a list that nobody has."""
        for kennung in kennungen:
            self.check(art, kennung, pfad)

    def check_nur(self, ebene: str | None, nur: Iterable[str] | None, pfad: str) -> None:
        """Report ids in ``nur`` that no Gebiet of the level has; a level that is None is not known itself."""
        if nur is None or ebene is None or self.bekannt.gebiete.offen:
            return
        known = {key.partition("/")[2] for key in self.bekannt.gebiete.ids if key.startswith(f"{ebene}/")}
        for kennung in nur:
            if kennung not in known:
                meldung = Text("There is no Gebiet with this id in the level “{ebene}”.", ebene=ebene)
                self.datei.problem(join(pfad, "nur"), meldung, kennung, closest(kennung, known))

    def check_grundlagen(self, wert: object, pfad: str) -> None:
        """Report every passage and reading, in an entry and the tables inside it, that the catalogue lacks."""
        for ort, grundlage in _grundlagen(wert, pfad):
            if grundlage.authority is Authority.TEXT:
                self.check("stellen", grundlage.id, ort)
            elif grundlage.authority is Authority.AUSLEGUNG:
                self.check("auslegungen", grundlage.id, ort)


def _grundlagen(wert: Any, pfad: str) -> Iterator[tuple[str, Grundlage]]:
    if isinstance(wert, Grundlage):
        yield join(pfad, wert.authority.value), wert
    elif attrs.has(type(wert)):
        for feld in attrs.fields(type(wert)):
            teil = getattr(wert, feld.name)
            yield from _grundlagen(teil, pfad if feld.name == "grundlage" else join(pfad, feld.name))
