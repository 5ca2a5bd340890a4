"""A city: its atoms, levels, Rollen, Gremien and Orte, and the one join that carries the rules.

A Sitz is invited because its Gebiet touches the Gremium's Gebiet. Everything here is data of a city
folder; nothing knows a place by name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, time
from enum import Enum
from functools import cached_property

from attrs import evolve, field, frozen

from gremienplan.orte import Ort
from gremienplan.quellen import Grundlage, Merkmal


class RollenArt(Enum):
    """What a Rolle is: only an Amt has a calendar, blocks and has a feed."""

    AMT = "amt"
    MANDAT = "mandat"
    GRUPPE = "gruppe"


class Klasse(Enum):
    """Whether a Gremium is planned by us or stands in the council calendar."""

    EIGEN = "eigen"
    POLITISCH = "politisch"


@frozen
class Ebene:
    """A named family of sets of atoms: Bezirke, Sozialräume, the atoms themselves, the whole city."""

    id: str
    name: str
    lueckenlos: bool = True


@frozen
class Gebiet:
    """One area of a level, as the set of atoms it consists of."""

    ebene: str
    id: str
    name: str
    atome: frozenset[str] = field(repr=False)

    @property
    def key(self) -> str:
        """The id with its level: ``sozialraum/nord`` and ``bezirk/nord`` are never the same."""
        return f"{self.ebene}/{self.id}"

    def touches(self, other: Gebiet) -> bool:
        """Tell whether the two areas share an atom."""
        return not self.atome.isdisjoint(other.atome)


@frozen
class Rolle:
    """An office, mandate or group that exists once per Gebiet of one level (or only in ``nur``)."""

    id: str
    ebene: str
    name: str
    art: RollenArt = RollenArt.AMT
    nur: tuple[str, ...] | None = None
    grundlage: Grundlage | None = None


@frozen
class Sitz:
    """A Rolle at one Gebiet: ``buergeramtsleitung/ost``."""

    rolle: Rolle
    gebiet: Gebiet

    @property
    def id(self) -> str:
        """Rolle and Gebiet, with a slash."""
        return f"{self.rolle.id}/{self.gebiet.id}"

    def __str__(self) -> str:
        return self.id


@frozen
class Gewohnheit:
    """A Gremium's usual slot: weekday (0 = Monday) and start, with the word it stands on."""

    wochentag: int
    beginn: time
    grundlage: Grundlage


@frozen
class Gremienart:
    """A kind of Gremium that exists once per Gebiet of one level."""

    id: str
    ebene: str
    name: str
    klasse: Klasse = Klasse.EIGEN
    dauer: int = 120
    """Length of a sitting in minutes; for a political body the length assumed where the end is unknown."""
    orte: tuple[str, ...] = ()
    """Kinds of Ort it may meet in; those that touch its Gebiet are its candidates."""
    oeffentlich: bool = False
    titel_ergaenzt: Merkmal | None = None
    """A local title of such a Gremium stands beside its name; without this it stands in its place."""
    ohne_beschluss: Merkmal | None = None
    """No decision is made in it, and none may wait for it."""


@frozen
class Gremium:
    """A Gremienart at one Gebiet: ``koordinierungsrunde/nord``."""

    art: Gremienart
    gebiet: Gebiet
    titel: str = ""
    """A local title; the Gremienart says whether it stands beside the name or in its place."""
    gewohnt: Gewohnheit | None = None

    @cached_property
    def id(self) -> str:
        """Gremienart and Gebiet, with a slash."""
        return f"{self.art.id}/{self.gebiet.id}"

    def __str__(self) -> str:
        return self.id


@frozen
class Name:
    """Another name of something, and on which days it was or is in use (both inclusive, None = open)."""

    name: str
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None


@frozen
class Benennung:
    """What a name may mean, and on which days."""

    key: str
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None


@frozen
class Verlauf:
    """A city over time: what it is in every span of days within which nothing of it changes, in their order."""

    staende: tuple[Stadt, ...]

    @cached_property
    def fassungen(self) -> tuple[Stadt, ...]:
        """The same cities, each of which knows the others."""
        return tuple(evolve(stand, verlauf=self) for stand in self.staende)


@frozen
class Stadt:
    """A city as it is on one day, as plain values; lookups are computed once.

    ``rollen``, ``gremienarten``, ``gremien`` and ``orte`` keep the order of the city's files, which is the
    order of every list a user sees. Where something of the city begins or ends, :meth:`am` gives the city of
    another day.
    """

    id: str
    name: str
    domain: str
    land: str
    zeitzone: str
    atom: str
    ebenen: tuple[Ebene, ...]
    gebiete: tuple[Gebiet, ...]
    rollen: Mapping[str, Rolle]
    gremienarten: Mapping[str, Gremienart]
    gremien: Mapping[str, Gremium]
    orte: Mapping[str, Ort]
    namen: Mapping[str, tuple[Benennung, ...]] = field(factory=dict)
    """Aliases and old names: folded name -> what it may mean, and when."""
    vertretungen: Mapping[str, str] = field(factory=dict)
    """Deputies: id of a Sitz -> id of the Sitz that may present in its place."""
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None
    """First and last day on which the city is as it stands here; None: open."""
    verlauf: Verlauf | None = field(default=None, repr=False)
    """What the city is on other days; None where nothing of it ever changes."""

    @property
    def fassungen(self) -> tuple[Stadt, ...]:
        """The city in every span of days within which nothing of it changes, in their order."""
        return self.verlauf.fassungen if self.verlauf else (self,)

    def am(self, tag: date) -> Stadt:
        """Return the city as it is on a day; itself where nothing of it ever changes."""
        if self.verlauf is None or gilt(self.gueltig_ab, self.gueltig_bis, tag):
            return self
        return next(f for f in self.fassungen if gilt(f.gueltig_ab, f.gueltig_bis, tag))

    def zwischen(self, von: date, bis: date) -> tuple[Stadt, ...]:
        """Return the city in every span of days that has a day from ``von`` to ``bis`` (both inclusive)."""
        if self.verlauf is None:
            return (self,)
        return tuple(
            f
            for f in self.fassungen
            if (f.gueltig_ab is None or f.gueltig_ab <= bis)
            and (f.gueltig_bis is None or von <= f.gueltig_bis)
        )

    def gremien_zwischen(self, von: date, bis: date) -> Mapping[str, Gremium]:
        """Return every Gremium there is on a day from ``von`` to ``bis``, by id, as it is on the first of them."""
        return {id: g for f in reversed(self.zwischen(von, bis)) for id, g in f.gremien.items()}

    def mit_vertretungen(self, vertretungen: Mapping[str, str]) -> Stadt:
        """Return the city with further deputies, on every day on which it has both Sitze; they come before its own."""

        def mit(stadt: Stadt) -> Stadt:
            neu = {sitz: wer for sitz, wer in vertretungen.items() if {sitz, wer} <= stadt.sitze.keys()}
            return evolve(stadt, vertretungen={**stadt.vertretungen, **neu})

        if self.verlauf is None:
            return mit(self)
        verlauf = Verlauf(tuple(map(mit, self.verlauf.staende)))
        return next(f for f in verlauf.fassungen if f.gueltig_ab == self.gueltig_ab)

    def gremium_am(self, gremium: Gremium, tag: date) -> Gremium | None:
        """Return a Gremium as it is on a day, None where the city has it on other days only.

        A body that the city never has, such as one the import made, stays as it is.
        """
        heute = self.am(tag).gremien.get(gremium.id)
        return gremium if heute is None and gremium.id not in self.alle_gremien else heute

    @cached_property
    def gebiet(self) -> Mapping[str, Gebiet]:
        """Every Gebiet by its key (``sozialraum/nord``)."""
        return {gebiet.key: gebiet for gebiet in self.gebiete}

    @cached_property
    def sitze(self) -> Mapping[str, Sitz]:
        """Every Sitz by its id, in the order of Rollen and Gebiete."""
        return {
            sitz.id: sitz
            for rolle in self.rollen.values()
            for gebiet in self.gebiete_von(rolle.ebene)
            if rolle.nur is None or gebiet.id in rolle.nur
            for sitz in [Sitz(rolle, gebiet)]
        }

    @cached_property
    def _sitze_je_rolle(self) -> Mapping[str, tuple[Sitz, ...]]:
        """Id of a Rolle -> its Sitze, in their order."""
        found: dict[str, list[Sitz]] = {}
        for sitz in self.sitze.values():
            found.setdefault(sitz.rolle.id, []).append(sitz)
        return {rolle: tuple(sitze) for rolle, sitze in found.items()}

    @cached_property
    def alle_sitze(self) -> Mapping[str, Sitz]:
        """Every Sitz the city has at any time, by id: as it is here, else as it was or will be."""
        return {id: sitz for f in (*self.fassungen, self) for id, sitz in f.sitze.items()}

    @cached_property
    def alle_gremien(self) -> Mapping[str, Gremium]:
        """Every Gremium the city has at any time, by id: as it is here, else as it was or will be."""
        return {id: gremium for f in (*self.fassungen, self) for id, gremium in f.gremien.items()}

    @property
    def hat_rat(self) -> bool:
        """Tell whether the city ever has political bodies, whose sittings stand in a council calendar."""
        return any(gremium.art.klasse is Klasse.POLITISCH for gremium in self.alle_gremien.values())

    @cached_property
    def alle_orte(self) -> Mapping[str, Ort]:
        """Every Ort the city has at any time, by id: as it is here, else as it was or will be."""
        return {id: ort for f in (*self.fassungen, self) for id, ort in f.orte.items()}

    def gebiete_von(self, ebene: str) -> tuple[Gebiet, ...]:
        """Return the Gebiete of one level in the order of the city's file."""
        return tuple(gebiet for gebiet in self.gebiete if gebiet.ebene == ebene)

    def sitze_von(self, eintrag: str, gebiet: Gebiet) -> tuple[Sitz, ...]:
        """Return the Sitze that a rule's entry means for ``gebiet``: the join.

        An entry without a slash is a Rolle: all its Sitze whose Gebiet shares an atom with ``gebiet``.
        An entry with a slash is that one Sitz. An unknown entry gives nothing (``check`` reports it).
        """
        if "/" in eintrag:
            sitz = self.sitze.get(eintrag)
            return (sitz,) if sitz else ()
        return tuple(sitz for sitz in self._sitze_je_rolle.get(eintrag, ()) if sitz.gebiet.touches(gebiet))

    def gremien_von(self, art: str, gebiet: Gebiet) -> tuple[Gremium, ...]:
        """Return the Gremien of one Gremienart whose Gebiet shares an atom with ``gebiet``."""
        return tuple(g for g in self.gremien.values() if g.art.id == art and g.gebiet.touches(gebiet))

    def orte_von(self, gremium: Gremium) -> tuple[Ort, ...]:
        """Return the Orte a Gremium may meet in: of its kinds, and touching its Gebiet."""
        return tuple(
            ort
            for ort in self.orte.values()
            if ort.art in gremium.art.orte and self.gebiet[ort.gebiet].touches(gremium.gebiet)
        )

    def resolve(self, name: str, tag: date | None = None) -> tuple[str, ...]:
        """Return the keys a name may mean: ids, names, aliases and old names, folded.

        Several keys mean that the name is ambiguous; none that nobody knows it. A key resolves to itself,
        so that resolving twice changes nothing. Without a day a name of any time is known, as old documents
        need it; with a day only what was called so on that day.
        """
        fassungen = self.fassungen if tag is None else (self.am(tag),)
        return tuple(
            dict.fromkeys(
                benennung.key
                for fassung in fassungen
                for benennung in fassung._names.get(fold(name), ())
                if tag is None or gilt(benennung.gueltig_ab, benennung.gueltig_bis, tag)
            )
        )

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(fold, (*self.gebiet, *self.gremien, *self.orte)))

    @cached_property
    def _names(self) -> Mapping[str, tuple[Benennung, ...]]:
        found: dict[str, list[Benennung]] = {}
        own = frozenset().union(*(f._keys for f in self.fassungen))

        def add(name: str, benennung: Benennung) -> None:
            known = found.setdefault(fold(name), [])
            if benennung not in known:
                known.append(benennung)

        keyed: list[tuple[str, str]] = [(g.key, g.name) for g in self.gebiete]
        for g in self.gremien.values():
            keyed += [
                (g.id, name)
                for name in (self.gremium_name(g), f"{g.art.name} {g.gebiet.name}", g.titel)
                if name
            ]
        keyed += [(o.id, o.name) for o in self.orte.values()]
        for key, name in keyed:
            add(key, Benennung(key))
            if fold(name) not in own:
                add(name, Benennung(key))
        for name, benennungen in self.namen.items():
            if fold(name) not in own:
                for benennung in benennungen:
                    add(name, benennung)
        return {name: tuple(benennungen) for name, benennungen in found.items()}

    def sitz_name(self, sitz: Sitz) -> str:
        """Return what people call a Sitz: its Rolle and, unless it is city-wide, its Gebiet."""
        return sitz.rolle.name if sitz.gebiet.ebene == "stadt" else f"{sitz.rolle.name} {sitz.gebiet.name}"

    def gremium_name(self, gremium: Gremium) -> str:
        """Return what people call a Gremium: its local title, its name, or the one before the other."""
        name = gremium.art.name
        if gremium.gebiet.ebene != "stadt":
            name = f"{name} {gremium.gebiet.name}"
        if gremium.titel and gremium.art.titel_ergaenzt:
            return f"{gremium.titel} – {name}"
        return gremium.titel or name


def fold(name: str) -> str:
    """Return a name as it is compared: NFKC, lower case, umlauts kept, blanks and hyphens as one blank.

    >>> fold("Alt-Stadt") == fold("alt  stadt")
    True
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(text.replace("-", " ").replace("–", " ").split())


def gilt(ab: date | None, bis: date | None, tag: date) -> bool:
    """Tell whether something valid from ``ab`` to ``bis`` (both inclusive, None = open) holds on ``tag``."""
    return (ab is None or ab <= tag) and (bis is None or tag <= bis)
