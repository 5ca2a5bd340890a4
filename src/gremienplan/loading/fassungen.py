"""A city over time: ``stadt.toml`` cut into spans of days, and what the file says on the days of each.

Every entry may say ``gueltig_ab`` and ``gueltig_bis``, or be a list of versions that do; so may the Gebiete an
atom lies in. What comes out is the file as somebody would write it on that day, with no day in it, so that
whatever is checked of a city is checked on every day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import define, evolve, field, frozen

from gremienplan.errors import Problem
from gremienplan.loading.gebiete import Kopf
from gremienplan.loading.gueltigkeit import KEYS, Gueltigkeit, check_ende, check_versionen, read_gueltigkeit
from gremienplan.loading.shapes import join
from gremienplan.loading.toml import Datei
from gremienplan.texts import Text

TABELLEN = ("rolle", "gremienart", "gremium", "ort")
"""The tables whose entries may begin and end; those of the levels may as well."""


@frozen
class Fassung:
    """What the file says on the days from ``gueltig_ab`` to ``gueltig_bis``, and where it stands."""

    tage: Gueltigkeit
    inhalt: Mapping[str, Any]
    stellen: Mapping[str, str]
    """Place of an entry in ``inhalt`` -> its place in the file, where it is one of several versions."""
    kaputt: tuple[str, ...] = ()
    """Places in the file at which everything that is wrong has been reported."""

    def stelle(self, pfad: str) -> str:
        """Return where in the file a place of ``inhalt`` stands."""
        for kurz, lang in self.stellen.items():
            if _inside(pfad, kurz):
                return lang + pfad[len(kurz) :]
        return pfad

    def bekannt(self, pfad: str) -> bool:
        """Tell whether what is wrong at a place of the file has been reported."""
        return any(_inside(pfad, ort) for ort in self.kaputt)


def _inside(pfad: str, ort: str) -> bool:
    return pfad == ort or pfad.startswith((f"{ort}.", f"{ort}["))


@frozen
class _Stueck:
    """A part of the file that stands there on some days only."""

    tage: Gueltigkeit
    roh: Any
    pfad: str = ""


@frozen
class _Versionen:
    """Several versions of one entry, of which one stands there on each day."""

    stuecke: tuple[_Stueck, ...]
    pfad: str


@frozen
class _Zugehoerigkeit:
    """``{ id = "west", gueltig_bis = 2027-06-30 }``: the Gebiet in which an atom lies on some days."""

    id: str
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None


FEHLT = object()
"""Stands for what is not there on a day."""


@define
class _Schnitt:
    """The file while its days are being looked for."""

    datei: Datei
    tage: set[date] = field(factory=set)
    """The days on which something begins, or is gone for the first time."""
    kaputt: list[str] = field(factory=list)
    """Places that stay as they are because of a mistake that has been reported."""

    def stueck(self, roh: Mapping[str, Any], pfad: str) -> _Stueck | Mapping[str, Any]:
        """Return an entry without its days, which are remembered; one with a mistake in them always stands."""
        if not any(key in roh for key in KEYS):
            return roh
        gueltig = read_gueltigkeit(self.datei, roh, pfad) or Gueltigkeit()
        rest = {key: wert for key, wert in roh.items() if key not in KEYS}
        return _Stueck(self.merke(gueltig), rest, pfad)

    def merke(self, gueltig: Gueltigkeit) -> Gueltigkeit:
        """Remember the days on which something begins or ends."""
        self.tage |= {tag for tag in (gueltig.gueltig_ab, gueltig.danach) if tag}
        return gueltig

    def versionen(self, liste: list[dict[str, Any]], pfad: str) -> _Versionen:
        """Return the versions of one entry; where they contradict each other, the first always stands."""
        orte = [f"{pfad}[{nummer}]" for nummer in range(1, len(liste) + 1)]
        stuecke = [
            teil if isinstance(teil, _Stueck) else _Stueck(Gueltigkeit(), teil, ort)
            for ort, roh in zip(orte, liste, strict=True)
            for teil in [self.stueck(roh, ort)]
        ]
        if not check_versionen(self.datei, [(s.pfad, s.tage) for s in stuecke]):
            stuecke = [evolve(stuecke[0], tage=Gueltigkeit())]
        return _Versionen(tuple(stuecke), pfad)

    def gebiete(self, roh: Any, pfad: str, *, partition: bool) -> Any:
        """Return in which Gebiete of a level an atom lies, and on which days."""
        liste = roh if isinstance(roh, list) else [roh]
        if not any(isinstance(teil, dict) for teil in liste):
            return roh
        orte = [f"{pfad}[{nummer}]" for nummer in range(1, len(liste) + 1)] if liste is roh else [pfad]
        stuecke = [self._gebiet(teil, ort) for teil, ort in zip(liste, orte, strict=True)]
        gut = [stueck for stueck in stuecke if stueck is not None]
        if len(gut) < len(liste):
            self.kaputt.append(pfad)
            return roh
        if partition and not check_versionen(self.datei, [(s.pfad, s.tage) for s in gut]):
            return gut[0].roh
        return gut

    def _gebiet(self, roh: object, pfad: str) -> _Stueck | None:
        if isinstance(roh, str):
            return _Stueck(Gueltigkeit(), roh, pfad)
        gelesen = self.datei.structure(_Zugehoerigkeit, roh, pfad)
        if gelesen is None:
            return None
        gueltig = Gueltigkeit(gelesen.gueltig_ab, gelesen.gueltig_bis)
        return (
            _Stueck(self.merke(gueltig), gelesen.id, pfad) if check_ende(self.datei, gueltig, pfad) else None
        )

    def eintrag(self, roh: Any, pfad: str, ebenen: Mapping[str, bool]) -> Any:
        """Return an entry of a table; ``ebenen`` are the levels whose Gebiete it names, and which are partitions."""
        if isinstance(roh, list) and roh and all(isinstance(teil, dict) for teil in roh):
            teile = [self.orte(teil, f"{pfad}[{nummer}]", ebenen) for nummer, teil in enumerate(roh, 1)]
            return self.versionen(teile, pfad)
        return self.stueck(self.orte(roh, pfad, ebenen), pfad) if isinstance(roh, dict) else roh

    def orte(self, roh: dict[str, Any], pfad: str, ebenen: Mapping[str, bool]) -> dict[str, Any]:
        """Return an entry in which the Gebiete it lies in know their days."""
        return {
            key: self.gebiete(wert, join(pfad, key), partition=ebenen[key]) if key in ebenen else wert
            for key, wert in roh.items()
        }


def read_fassungen(datei: Datei, kopf: Kopf) -> tuple[Fassung, ...]:
    """Return what the file says in every span of days, in their order; mistakes in the days are reported."""
    schnitt = _Schnitt(datei)
    ebenen = {kennung: _partition(datei, kennung) for kennung in kopf.ebenen}
    ganz = {
        key: {
            kennung: schnitt.eintrag(roh, join(key, kennung), ebenen if key == kopf.atom else {})
            for kennung, roh in tabelle.items()
        }
        if key in (*TABELLEN, *kopf.ebenen, kopf.atom) and isinstance(tabelle, dict)
        else tabelle
        for key, tabelle in datei.inhalt.items()
    }
    beginne = [None, *sorted(schnitt.tage)]
    enden = [tag - timedelta(days=1) for tag in beginne if tag] + [None]
    return tuple(
        _fassung(ganz, Gueltigkeit(ab, bis), tuple(schnitt.kaputt))
        for ab, bis in zip(beginne, enden, strict=True)
        if bis is None or bis >= (ab or date.min)
    )


def einmal(gefunden: Iterable[tuple[Fassung, Iterable[Problem]]]) -> Iterator[Problem]:
    """Return what is wrong in several spans of days: each problem once, with the day from which it is one."""
    bekannt: set[Problem] = set()
    for fassung, probleme in gefunden:
        for problem in probleme:
            pfad = fassung.stelle(problem.pfad)
            if problem in bekannt or fassung.bekannt(pfad):
                continue
            bekannt.add(problem)
            ab = fassung.tage.gueltig_ab
            meldung = (
                Text("From {ab} on: {problem}", ab=ab, problem=problem.meldung) if ab else problem.meldung
            )
            yield evolve(problem, pfad=pfad, meldung=meldung)


def _partition(datei: Datei, ebene: str) -> bool:
    eintraege = datei.inhalt.get("ebene")
    eintrag = eintraege.get(ebene) if isinstance(eintraege, dict) else None
    return not isinstance(eintrag, dict) or eintrag.get("lueckenlos", True) is True


def _fassung(ganz: Mapping[str, Any], tage: Gueltigkeit, kaputt: tuple[str, ...]) -> Fassung:
    stellen: dict[str, str] = {}
    inhalt = _am(ganz, tage.gueltig_ab or date.min, stellen)
    return Fassung(tage, inhalt, stellen, kaputt)


def _am(teil: Any, tag: date, stellen: dict[str, str]) -> Any:
    """Return a part of the file as it is on a day; :data:`FEHLT` when it is not there."""
    match teil:
        case _Stueck():
            return _am(teil.roh, tag, stellen) if teil.tage.gilt(tag) else FEHLT
        case _Versionen():
            for stueck in teil.stuecke:
                if stueck.tage.gilt(tag):
                    stellen[teil.pfad] = stueck.pfad
                    return _am(stueck.roh, tag, stellen)
            return FEHLT
        case dict():
            found = {key: _am(wert, tag, stellen) for key, wert in teil.items()}
            return {key: wert for key, wert in found.items() if wert is not FEHLT}
        case list():
            return [wert for wert in (_am(eines, tag, stellen) for eines in teil) if wert is not FEHLT]
        case _:
            return teil
