"""Places of a city: atoms, levels, the Gebiete they make, and the other names these have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from attrs import define, field, frozen

from gremienplan.loading.angaben import closest
from gremienplan.loading.gueltigkeit import Gueltigkeit, check_ende
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.stadt import Benennung, Ebene, Gebiet, Name, fold
from gremienplan.texts import Text

STADT = "stadt"
"""The level whose one Gebiet is the whole city."""

TABELLEN = (
    "stadt",
    "ebene",
    "rolle",
    "gremienart",
    "gremium",
    "ort",
    "vertretung",
    "ratsgremium",
    "kein_gremium",
    "ratsfolge",
)
"""Every key of ``stadt.toml`` that is not a level."""

_KEINE_EBENE = (*TABELLEN, "format", "name", "alias", "frueher")


@frozen
class Kopf:
    """``[stadt]``."""

    id: str
    name: str
    atom: str
    ebenen: tuple[str, ...]
    domain: str
    land: str
    zeitzone: str


@frozen
class Ebeneneintrag:
    """``[ebene]``: what a level is called, and whether every atom is in exactly one of its Gebiete."""

    name: str = ""
    lueckenlos: bool = True


@frozen
class Gebietseintrag:
    """An entry of a level's table: name, current other names, and old names."""

    id: str
    name: str
    alias: tuple[Name, ...] = ()
    frueher: tuple[Name, ...] = ()


class MitNamen(Protocol):
    """An entry that says which other names it has or had."""

    @property
    def alias(self) -> tuple[Name, ...]:
        """Other names in use."""

    @property
    def frueher(self) -> tuple[Name, ...]:
        """Old names."""


@define
class Namen:
    """Other names as they are collected: folded name -> what it may mean, and when."""

    benennungen: dict[str, list[Benennung]] = field(factory=dict)

    def add(self, datei: Datei, pfad: str, eintrag: MitNamen, key: str) -> None:
        """Remember the other names of one thing; one that is in use on no day is reported."""
        for liste, namen in (("alias", eintrag.alias), ("frueher", eintrag.frueher)):
            for nummer, name in enumerate(namen, 1):
                check_ende(
                    datei, Gueltigkeit(name.gueltig_ab, name.gueltig_bis), f"{join(pfad, liste)}[{nummer}]"
                )
                known = self.benennungen.setdefault(fold(name.name), [])
                if (benennung := Benennung(key, name.gueltig_ab, name.gueltig_bis)) not in known:
                    known.append(benennung)

    def values(self) -> dict[str, tuple[Benennung, ...]]:
        """Return the names as values."""
        return {name: tuple(benennungen) for name, benennungen in self.benennungen.items()}


@define
class _Ebenentabelle:
    """One level while its atoms are being read."""

    ebene: Ebene
    namen: dict[str, str] = field(factory=dict)
    atome: dict[str, set[str]] = field(factory=dict)
    zweifel: bool = False
    """An atom's Gebiet could not be read, so that a Gebiet may look empty without being so."""

    def gebiete(self) -> Iterator[Gebiet]:
        """Return the Gebiete in the order of the city's file."""
        for kennung, name in self.namen.items():
            yield Gebiet(self.ebene.id, kennung, name, frozenset(self.atome[kennung]))


def read_ebenen(datei: Datei, kopf: Kopf) -> tuple[Ebene, ...]:
    """Return the levels from coarse to fine: the whole city, those of the city's file, the atoms."""
    ids = tuple(dict.fromkeys((STADT, *kopf.ebenen, kopf.atom)))
    for kennung in (*kopf.ebenen, kopf.atom):
        if kennung in _KEINE_EBENE:
            datei.problem(
                "stadt.ebenen", Text("A level cannot have this id: the file needs the word."), kennung
            )
    eintraege: dict[str, Ebeneneintrag] = {}
    for kennung, pfad, roh in datei.table("ebene"):
        if kennung not in ids:
            datei.problem(pfad, Text("There is no level with this id."), kennung, closest(kennung, ids))
        eintrag = datei.structure(Ebeneneintrag, roh, pfad)
        eintraege[kennung] = eintrag or Ebeneneintrag(lueckenlos=False)
    leer = Ebeneneintrag()
    return tuple(
        Ebene(kennung, eintrag.name or kennung.capitalize(), eintrag.lueckenlos)
        for kennung in ids
        for eintrag in [eintraege.get(kennung, leer)]
    )


def read_gebiete(datei: Datei, kopf: Kopf, ebenen: Sequence[Ebene], namen: Namen) -> tuple[Gebiet, ...]:
    """Return the Gebiete of all levels, in the order of levels and of the city's file.

    A Gebiet whose entry is broken is there under its id, so that nothing else breaks with it.
    """
    tabellen = [_read_ebene(datei, e, namen) for e in ebenen if e.id not in (STADT, kopf.atom)]
    atome = _read_atome(datei, kopf, tabellen, namen)
    for tabelle in tabellen:
        _check_leer(datei, tabelle)
    return (
        Gebiet(STADT, kopf.id, kopf.name, frozenset(atom.id for atom in atome)),
        *(gebiet for tabelle in tabellen for gebiet in tabelle.gebiete()),
        *atome,
    )


def _read_ebene(datei: Datei, ebene: Ebene, namen: Namen) -> _Ebenentabelle:
    tabelle = _Ebenentabelle(ebene)
    for kennung, pfad, roh in datei.table(ebene.id):
        eintrag = _read_eintrag(datei, kennung, pfad, roh)
        tabelle.namen[kennung] = eintrag.name
        tabelle.atome[kennung] = set()
        namen.add(datei, pfad, eintrag, f"{ebene.id}/{kennung}")
    return tabelle


def _read_eintrag(
    datei: Datei, kennung: str, pfad: str, roh: object, auch: Iterable[str] = ()
) -> Gebietseintrag:
    eintrag = datei.structure(Gebietseintrag, roh, pfad, fest={"id": kennung}, auch=tuple(auch))
    return eintrag or Gebietseintrag(kennung, kennung)


def _read_atome(datei: Datei, kopf: Kopf, tabellen: Sequence[_Ebenentabelle], namen: Namen) -> list[Gebiet]:
    """Return the atoms, and put each into its Gebiete."""
    atome: list[Gebiet] = []
    ebenen = {tabelle.ebene.id for tabelle in tabellen}
    for kennung, pfad, roh in datei.table(kopf.atom):
        zeile = roh if isinstance(roh, dict) else {}
        rest = {key: wert for key, wert in zeile.items() if key not in ebenen} if roh is zeile else roh
        eintrag = _read_eintrag(datei, kennung, pfad, rest, ebenen)
        atome.append(Gebiet(kopf.atom, kennung, eintrag.name, frozenset([kennung])))
        namen.add(datei, pfad, eintrag, f"{kopf.atom}/{kennung}")
        for tabelle in tabellen:
            _zuordnen(datei, tabelle, kennung, join(pfad, tabelle.ebene.id), zeile.get(tabelle.ebene.id))
    if not atome:
        datei.problem(kopf.atom, Text("The city has no entry in the level of its atoms."))
    return atome


def _zuordnen(datei: Datei, tabelle: _Ebenentabelle, atom: str, pfad: str, roh: object) -> None:
    """Put an atom into its Gebiete of one level; report it where it is in none, or in several of a partition."""
    ebene = tabelle.ebene.id
    ziele = [str(ziel) for ziel in (roh if isinstance(roh, list) else [] if roh is None else [roh])]
    gut = {ziel for ziel in ziele if ziel in tabelle.atome}
    fremd = [ziel for ziel in ziele if ziel not in tabelle.atome]
    for ziel in gut:
        tabelle.atome[ziel].add(atom)
    for ziel in fremd:
        meldung = Text("There is no Gebiet with this id in the level “{ebene}”.", ebene=ebene)
        datei.problem(pfad, meldung, ziel, closest(ziel, tabelle.atome))
    partition = tabelle.ebene.lueckenlos and not fremd
    if partition and not ziele:
        meldung = Text("“{atom}” lies in no Gebiet of the level “{ebene}”.", atom=atom, ebene=ebene)
        datei.problem(
            pfad, meldung, hinweis=Text("A level may leave places out if it says: lueckenlos = false")
        )
    elif partition and len(gut) > 1:
        meldung = Text(
            "“{atom}” lies in more than one Gebiet of the level “{ebene}”.", atom=atom, ebene=ebene
        )
        datei.problem(pfad, meldung, ", ".join(sorted(gut)))
    if fremd or (partition and len(gut) != 1):
        tabelle.zweifel = True


def _check_leer(datei: Datei, tabelle: _Ebenentabelle) -> None:
    for kennung, atome in tabelle.atome.items():
        if not atome and not tabelle.zweifel:
            meldung = Text("This Gebiet consists of nothing.")
            hinweis = Text("Name it in one of the entries of the atoms, or take it out.")
            datei.problem(join(tabelle.ebene.id, kennung), meldung, kennung, hinweis)
