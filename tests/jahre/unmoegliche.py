"""Drawn years that are likely impossible, each kind for a reason of its own; nobody has made sure that they are.

Each is a drawn calendar for Hamm (``ziehen``) to which one thing happens that also happens in life: hardly any chain
of sittings, a body that does not sit in autumn, somebody away for months, an Ort closed, a window too narrow, a lead
time too long. Whether a plan is left, ``schedule`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from random import Random

from attrs import evolve

from gremienplan.orte import Ort
from gremienplan.programm import MonatTag, Programm, Sitzungseintrag, Zeitraum, bedingungen as bed
from gremienplan.projekt import Besetzt, Festlegung, Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.ratskalender import Ratssitzung
from tests.jahre.ziehen import BV, TAG, ziehe

VORGABE = Grundlage(Authority.VORGABE)
Unglueck = Callable[[Random, Projekt, int], Projekt]


def verdorben(seed: int, jahr: int = 2027) -> tuple[str, Projekt]:
    """Return the year of a seed with one thing gone wrong, and which kind of thing it was."""
    rng = Random(f"unmoeglich/{seed}")
    art = sorted(ARTEN)[seed % len(ARTEN)]
    folgen = (2, 3) if art == "wenige-folgen" else (4, 6)
    return art, ARTEN[art](rng, ziehe(seed, jahr, folgen=folgen), jahr)


def wenige_folgen(_rng: Random, projekt: Projekt, _jahr: int) -> Projekt:
    """Two or three chains of sittings a year, at drawn weeks."""
    return projekt


def ohne_herbst(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """One Bezirksvertretung does not sit from September on."""
    gremium = _bv(rng, projekt)
    return _ohne(projekt, lambda s: s.gremium == gremium and s.tag >= date(jahr, 9, 1))


def ganz_ohne(rng: Random, projekt: Projekt, _jahr: int) -> Projekt:
    """One Bezirksvertretung does not sit at all."""
    gremium = _bv(rng, projekt)
    return _ohne(projekt, lambda s: s.gremium == gremium)


def am_selben_abend(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """From August on all Bezirksvertretungen sit once, on one evening at one hour (S-05)."""
    monday = date(jahr, 11, 1) + rng.randrange(3) * 7 * TAG
    beginn = datetime.combine(monday + rng.choice([1, 2, 3]) * TAG, time(16))
    keep = _ohne(projekt, lambda s: s.gremium.startswith(BV) and s.tag >= date(jahr, 8, 1))
    bodies = [g for g in projekt.stadt.gremien.values() if g.art.id == BV]
    neu = tuple(
        Ratssitzung(f"abend-{g.gebiet.id}", "gezogen", g.id, g.id, beginn, beginn + timedelta(hours=2))
        for g in bodies
    )
    return _mit(keep, neu)


def zu_bald(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """One Bezirksvertretung sits in autumn only days after the earliest draft (S-03)."""
    gremium = _bv(rng, projekt)
    keep = _ohne(projekt, lambda s: s.gremium == gremium and s.tag >= date(jahr, 8, 1))
    beginn = datetime.combine(date(jahr, 8, 24) + rng.randrange(8) * TAG, time(16))
    return _mit(
        keep, (Ratssitzung("bald", "gezogen", gremium, gremium, beginn, beginn + timedelta(hours=2)),)
    )


def zu_spaet(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """One Bezirksvertretung sits in autumn only in the last days of the year (S-07)."""
    gremium = _bv(rng, projekt)
    keep = _ohne(projekt, lambda s: s.gremium == gremium and s.tag >= date(jahr, 8, 1))
    beginn = datetime.combine(date(jahr, 12, 17) + rng.randrange(14) * TAG, time(16))
    return _mit(
        keep, (Ratssitzung("spaet", "gezogen", gremium, gremium, beginn, beginn + timedelta(hours=2)),)
    )


def abwesend(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """Somebody is away for one to five months."""
    rollen = ("stadtteilkoordination/", "buergeramtsleitung/", "asd/", "vereinsguide/")
    sitze = [s for s in projekt.stadt.sitze if s.startswith(rollen)] or list(projekt.stadt.sitze)
    von = datetime(jahr, 1, 1) + rng.randrange(250) * TAG
    bis = von + rng.randint(30, 150) * TAG
    return evolve(
        projekt, besetzt=(*projekt.besetzt, Besetzt(rng.choice(sorted(sitze)), von, bis, "abwesend"))
    )


def ort_zu(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """Every Ort of one Sozialraum is closed for months, or all of one kind for weeks."""
    orte = sorted(projekt.stadt.orte.values(), key=lambda ort: ort.id)
    one = rng.choice(orte)
    von = datetime(jahr, rng.choice([1, 4, 8, 9]), 1)
    bis = von + rng.randint(60, 120) * TAG
    gone = [o for o in orte if _alike(o, one)]
    return evolve(projekt, besetzt=(*projekt.besetzt, *(Besetzt(o.id, von, bis, "Umbau") for o in gone)))


def _alike(a: Ort, b: Ort) -> bool:
    return a.art == b.art and a.gebiet == b.gebiet


def enges_fenster(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """A kind of Sitzung has one or two weeks for all of its Sitzungen."""
    entry = rng.choice([e for e in projekt.programm.sitzungen if e.fenster])
    von, bis = entry.in_jahr(jahr)
    start = von + rng.randrange(max(1, (bis - von).days - 10)) * TAG
    ende = start + rng.randint(1, 12) * TAG
    fenster = Zeitraum(MonatTag(start.month, start.day), MonatTag(ende.month, ende.day), VORGABE)
    return _eintrag(projekt, evolve(entry, fenster=fenster))


def lange_frist(rng: Random, projekt: Projekt, _jahr: int) -> Projekt:
    """An order asks for many more days than usual."""
    orders = [b for b in projekt.programm.bedingungen if isinstance(b, bed.Reihenfolge)]
    one = rng.choice([b for b in orders if b.erst in ("kr-entwurf", "bv-jahresplan", "kr-evaluation")])
    return _bedingung(projekt, evolve(one, abstand=bed.Tage(rng.randint(35, 100), VORGABE)))


def weit_auseinander(rng: Random, projekt: Projekt, _jahr: int) -> Projekt:
    """The Koordinierungsrunden, or the Stadtteilkonferenzen, are to lie far apart."""
    one = rng.choice([b for b in projekt.programm.bedingungen if isinstance(b, bed.Mindestabstand)])
    return _bedingung(projekt, evolve(one, tage=one.tage + rng.randint(40, 120)))


def wenig_tageszeit(rng: Random, projekt: Projekt, _jahr: int) -> Projekt:
    """Between two hours only one or no Sitzung finds room."""
    one = rng.choice([b for b in projekt.programm.bedingungen if isinstance(b, bed.Tageszeit)])
    hour = rng.randint(one.von.hour, one.bis.hour - 2)
    return _bedingung(projekt, evolve(one, von=time(hour), bis=time(hour + rng.choice([1, 2]))))


def hoechstens(rng: Random, projekt: Projekt, _jahr: int) -> Projekt:
    """A Gremium may meet fewer times than the programme asks for."""
    gremium, most = rng.choice([("koordinierungsrunde", 5), ("stadtteilkonferenz", 1), ("arbeitskreis", 3)])
    rule = bed.Anzahl("hoechstens", (gremium,), VORGABE, max=rng.randint(1, most))
    return evolve(
        projekt, programm=evolve(projekt.programm, bedingungen=(*projekt.programm.bedingungen, rule))
    )


def fest_am_falschen_tag(rng: Random, projekt: Projekt, jahr: int) -> Projekt:
    """Somebody has fixed a Sitzung for a day on which it cannot be, or too close to another."""
    sitzung = rng.choice(projekt.sitzungen(jahr))
    von, bis = sitzung.fenster()
    tag = von + rng.randrange(-30, (bis - von).days + 30) * TAG
    beginn = datetime.combine(max(tag, date(jahr, 1, 2)), time(10))
    return evolve(projekt, fest=(*projekt.fest, Festlegung(sitzung.id, beginn)))


ARTEN: Mapping[str, Unglueck] = {
    "abwesend": abwesend,
    "am-selben-abend": am_selben_abend,
    "enges-fenster": enges_fenster,
    "fest-am-falschen-tag": fest_am_falschen_tag,
    "ganz-ohne": ganz_ohne,
    "hoechstens": hoechstens,
    "lange-frist": lange_frist,
    "ohne-herbst": ohne_herbst,
    "ort-zu": ort_zu,
    "weit-auseinander": weit_auseinander,
    "wenig-tageszeit": wenig_tageszeit,
    "wenige-folgen": wenige_folgen,
    "zu-bald": zu_bald,
    "zu-spaet": zu_spaet,
}


# --- small things -------------------------------------------------------------------------------------------


def _bv(rng: Random, projekt: Projekt) -> str:
    return rng.choice([g.id for g in projekt.stadt.gremien.values() if g.art.id == BV])


def _ohne(projekt: Projekt, gone: Callable[[Ratssitzung], bool]) -> Projekt:
    kalender = projekt.ratskalender
    kept = tuple(s for s in kalender.sitzungen if not gone(s))
    return evolve(projekt, ratskalender=evolve(kalender, sitzungen=kept))


def _mit(projekt: Projekt, neu: tuple[Ratssitzung, ...]) -> Projekt:
    kalender = projekt.ratskalender
    ordered = tuple(sorted((*kalender.sitzungen, *neu), key=lambda s: (s.beginn, s.key)))
    return evolve(projekt, ratskalender=evolve(kalender, sitzungen=ordered))


def _programm(projekt: Projekt, programm: Programm) -> Projekt:
    return evolve(projekt, programm=programm)


def _eintrag(projekt: Projekt, neu: Sitzungseintrag) -> Projekt:
    changed = tuple(neu if e.id == neu.id else e for e in projekt.programm.sitzungen)
    return _programm(projekt, evolve(projekt.programm, sitzungen=changed))


def _bedingung(projekt: Projekt, neu: bed.Bedingung) -> Projekt:
    changed = tuple(neu if b.id == neu.id else b for b in projekt.programm.bedingungen)
    return _programm(projekt, evolve(projekt.programm, bedingungen=changed))
