"""What a programme makes of a year: Sitzungen to be placed, and Beratungen in sittings that exist."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from gremienplan.orte import Ort
from gremienplan.programm.werte import Beratungseintrag, Programm, Sitzungseintrag, Zusatzsitzung
from gremienplan.quellen import Authority, Grundlage
from gremienplan.stadt import Gebiet, Gremium, Sitz, Stadt


@frozen
class Sitzung:
    """One Sitzung of one Gremium in one year: ``kr-entwurf/nord``."""

    eintrag: Sitzungseintrag
    gremium: Gremium
    jahr: int
    name: str
    orte: tuple[Ort, ...]
    laenge: int | None = None
    """Length in minutes, where somebody has fixed when it begins and ends."""
    wie: str = ""
    """Where it was added by hand: entry of the programme, whose predecessors must come before this one too."""

    @property
    def id(self) -> str:
        """The programme's entry and the Gebiet, with a slash."""
        return f"{self.eintrag.id}/{self.gremium.gebiet.id}"

    @property
    def anlass(self) -> tuple[str, ...]:
        """Ids of the Anlässe."""
        return self.eintrag.anlass

    @property
    def gebiet(self) -> Gebiet:
        """The Gebiet it belongs to."""
        return self.gremium.gebiet

    @property
    def dauer(self) -> int:
        """Length in minutes."""
        return self.laenge or self.eintrag.dauer or self.gremium.art.dauer

    def fenster(self) -> tuple[date, date]:
        """Return the days its window allows; the whole year where the programme gives none."""
        return self.eintrag.in_jahr(self.jahr)

    def uid(self, domain: str) -> str:
        """Return the identity it keeps for life, in every feed: never made from its date."""
        return f"{self.eintrag.id}.{self.gremium.art.id}.{self.gebiet.id}.{self.jahr}@{domain}"


@frozen
class Beratung:
    """An item in a sitting of a political body: ``bv-jahresplan/nord/ost``."""

    eintrag: Beratungseintrag
    zu: Sitzung
    gremium: Gremium
    vortrag: tuple[Sitz, ...]
    """The Sitze that present it; every one of them."""
    name: str

    @property
    def id(self) -> str:
        """The programme's entry, the Gebiet it belongs to, and the Gebiet that hears it."""
        return f"{self.eintrag.id}/{self.gebiet.id}/{self.gremium.gebiet.id}"

    @property
    def gebiet(self) -> Gebiet:
        """The Gebiet of the Sitzung it belongs to, not of the body that hears it."""
        return self.zu.gremium.gebiet

    @property
    def jahr(self) -> int:
        """The year it is planned in."""
        return self.zu.jahr

    def uid(self, domain: str) -> str:
        """Return the identity it keeps for life, in every feed."""
        wo = f"{self.gremium.art.id}-{self.gremium.gebiet.id}"
        return f"{self.eintrag.id}.{wo}.{self.gebiet.id}.{self.jahr}@{domain}"


def sitzungen(stadt: Stadt, programm: Programm, jahr: int) -> tuple[Sitzung, ...]:
    """Return the year's Sitzungen: per entry one for each Gremium, in the order of programme and city.

    Which Gremien there are is asked of every day of the entry's window; each is as on the first of them.
    """
    return tuple(
        Sitzung(eintrag, gremium, jahr, _name(stadt, programm, eintrag, gremium), _orte(stadt, gremium, tage))
        for eintrag in programm.sitzungen
        for tage in [eintrag.in_jahr(jahr)]
        for gremium in stadt.gremien_zwischen(*tage).values()
        if not eintrag.bei_bedarf
        and eintrag.gremium in (gremium.art.id, gremium.id)
        and (eintrag.nur is None or gremium.gebiet.id in eintrag.nur)
    )


def zusaetzliche(
    stadt: Stadt, programm: Programm, jahr: int, zusatz: Iterable[Zusatzsitzung]
) -> tuple[Sitzung, ...]:
    """Return what was added to a year by hand and is not off; nothing of a Gremium that there is not in that year."""
    taken = {eintrag.id for eintrag in programm.sitzungen}
    return tuple(
        evolve(sitzung, wie=z.wie)
        for z in zusatz
        if not z.abgesagt and z.eintrag not in taken
        for sitzung in sitzungen(stadt, evolve(programm, sitzungen=(_zusatzeintrag(z),)), jahr)
    )


def _zusatzeintrag(z: Zusatzsitzung) -> Sitzungseintrag:
    return Sitzungseintrag(z.eintrag, z.gremium, z.anlass, Grundlage(Authority.VORGABE))


def beratungen(stadt: Stadt, programm: Programm, geplant: tuple[Sitzung, ...]) -> tuple[Beratung, ...]:
    """Return the year's Beratungen: per Sitzung they belong to, one for each Gremium its Gebiet touches.

    What it touches is asked of every day of that Sitzung's window.
    """
    return tuple(
        Beratung(
            eintrag,
            sitzung,
            gremium,
            tuple(_vortrag(stadt, eintrag, sitzung)),
            f"{stadt.gremium_name(gremium)}: {eintrag.name or eintrag.id} ({sitzung.gremium.gebiet.name})",
        )
        for eintrag in programm.beratungen
        for sitzung in geplant
        if sitzung.eintrag.id == eintrag.zu
        and not eintrag.bei_bedarf
        and (eintrag.nur is None or sitzung.gremium.gebiet.id in eintrag.nur)
        for gremium in gehoert_in(stadt, eintrag, *sitzung.fenster(), sitzung.gremium)
    )


def gehoert_in(
    stadt: Stadt, eintrag: Beratungseintrag, von: date, bis: date, eigen: Gremium
) -> tuple[Gremium, ...]:
    """Return the Gremien that hear what belongs to ``eigen``: those its Gebiet touches on any of these days."""
    found = {
        gremium.id: gremium
        for fassung, eigenes in reversed(_wo(stadt, eigen, von, bis))
        for gremium in _hoerende(fassung, eintrag, eigenes.gebiet)
    }
    order = {id: n for n, id in enumerate(stadt.alle_gremien)}
    return tuple(found[id] for id in sorted(found, key=order.__getitem__))


def _vortrag(stadt: Stadt, eintrag: Beratungseintrag, sitzung: Sitzung) -> Iterable[Sitz]:
    found: dict[str, Sitz] = {}
    for fassung, eigenes in _wo(stadt, sitzung.gremium, *sitzung.fenster()):
        for rolle in eintrag.vortrag:
            for sitz in fassung.sitze_von(rolle, eigenes.gebiet):
                found.setdefault(sitz.id, sitz)
    return found.values()


def _wo(stadt: Stadt, gremium: Gremium, von: date, bis: date) -> list[tuple[Stadt, Gremium]]:
    """Return the city and a Gremium as they are on the days from ``von`` to ``bis`` on which there is it."""
    return [(f, f.gremien[gremium.id]) for f in stadt.zwischen(von, bis) if gremium.id in f.gremien]


def _orte(stadt: Stadt, gremium: Gremium, tage: tuple[date, date]) -> tuple[Ort, ...]:
    """Return the Orte a Gremium may meet in on any of these days."""
    wo = reversed(_wo(stadt, gremium, *tage))
    return tuple({ort.id: ort for fassung, own in wo for ort in fassung.orte_von(own)}.values())


def _hoerende(stadt: Stadt, eintrag: Beratungseintrag, gebiet: Gebiet) -> tuple[Gremium, ...]:
    """Return the Gremien that hear an item of this Gebiet."""
    if eintrag.ueberall:
        return tuple(g for g in stadt.gremien.values() if g.art.id == eintrag.gremium)
    return stadt.gremien_von(eintrag.gremium, gebiet)


def _name(stadt: Stadt, programm: Programm, eintrag: Sitzungseintrag, gremium: Gremium) -> str:
    themen = eintrag.name or ", ".join(
        programm.anlaesse[a].name if a in programm.anlaesse else a for a in eintrag.anlass
    )
    name = stadt.gremium_name(gremium)
    return f"{name}: {themen}" if themen else name
