"""Histories of an invented city's plans at random: moved, cancelled, added, held back, other rules, then published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from attrs import evolve, frozen

from gremienplan.plan import Beratungstermin, Plan, Termin, Zustand, record
from gremienplan.programm import Beratung, Sitzung
from gremienplan.projekt import Projekt
from gremienplan.publishing.feeds import release
from gremienplan.release import Release
from gremienplan.rules import invitations
from gremienplan.stadt import RollenArt
from tests.publishing import welt
from tests.publishing.kunden import Gezeigt

PROJEKT = welt.projekt()
WELTEN = (
    PROJEKT,
    evolve(PROJEKT, regeln=tuple(r for r in PROJEKT.regeln if r.id != "runde-bm")),
    evolve(PROJEKT, regeln=tuple(r for r in PROJEKT.regeln if r.id not in ("runde-ba", "konferenz-host"))),
)
"""The city under other rules: without the mayors in drafts (S-41); without the Bürgerämter and without hosts."""
DOMAIN = PROJEKT.stadt.domain


@cache
def sitzungen(jahr: int) -> Mapping[str, Sitzung]:
    """Return the Sitzungen of a year by their id."""
    return {s.id: s for s in PROJEKT.sitzungen(jahr)}


@cache
def beratungen(jahr: int) -> Mapping[str, Beratung]:
    """Return the Beratungen of a year by their id."""
    return {b.id: b for b in PROJEKT.beratungen(jahr)}


SITZUNGEN, BERATUNGEN = sitzungen(welt.JAHR), beratungen(welt.JAHR)
OEFFENTLICHE = tuple(s.id for s in SITZUNGEN.values() if s.gremium.art.oeffentlich)
ANFANG = datetime(2026, 11, 2, 10)

Nur = Callable[[str], bool]
"""Which events a change may touch, by their id."""


@frozen
class Lage:
    """The plan as it is, who is held back, and by which rules; and the same of the other years that are told."""

    plan: Plan
    projekt: Projekt
    zurueck: frozenset[str] = frozenset()
    weitere: tuple[Lage, ...] = ()
    stand: datetime = ANFANG
    """When it was last published."""

    @property
    def alle(self) -> tuple[Lage, ...]:
        """Each year by itself, under the rules of this one."""
        return (self, *(evolve(weitere, projekt=self.projekt) for weitere in self.weitere))


def anfang(jahr: int = welt.JAHR) -> Lage:
    """Return the plan made by hand, as a draft of which nothing was told; of another year, without its Beratungen."""
    plan = welt.plan(PROJEKT, Zustand.DRAFT)
    if jahr == welt.JAHR:
        return Lage(plan, PROJEKT)
    um = timedelta(days=364 * (jahr - welt.JAHR))
    termine = tuple(evolve(t, beginn=t.beginn + um, ende=t.ende + um) for t in plan.termine)
    return Lage(record(evolve(plan, jahr=jahr, termine=termine, beratungen=()), None, welt.STAND), PROJEKT)


def changed(lage: Lage, chance: Random, stand: datetime, nur: Nur = lambda _: True) -> Lage:
    """Return the plan after a few changes, recorded as one entry."""
    termine = {t.sitzung: t for t in lage.plan.termine}
    heard = {b.beratung: b for b in lage.plan.beratungen}
    for _ in range(chance.randint(1, 4)):
        kennung = chance.choice([*SITZUNGEN, *BERATUNGEN])
        if not nur(kennung):
            continue
        if kennung in BERATUNGEN:
            heard.pop(kennung, None)
            if chance.random() < 0.7:
                heard[kennung] = _heard(kennung, chance, lage.plan.jahr)
        elif kennung in termine and chance.random() < 0.3:
            del termine[kennung]
        else:
            termine[kennung] = _held(kennung, chance, lage.plan.jahr)
    neu = evolve(lage.plan, termine=tuple(termine.values()), beratungen=tuple(heard.values()))
    return evolve(lage, plan=record(neu, lage.plan, stand, lage.plan.zustand))


def _held(kennung: str, chance: Random, jahr: int) -> Termin:
    sitzung = sitzungen(jahr)[kennung]
    tag = date(jahr, 1, 1) + timedelta(days=chance.randrange(365))
    beginn = datetime(tag.year, tag.month, tag.day, chance.choice((9, 14, 17)))
    orte = ("", *(ort.id for ort in sitzung.orte))
    return Termin(
        kennung,
        sitzung.gremium.id,
        beginn,
        beginn + timedelta(minutes=chance.choice((60, 120))),
        chance.choice(orte),
    )


def _heard(kennung: str, chance: Random, jahr: int) -> Beratungstermin:
    beratung, um = beratungen(jahr)[kennung], timedelta(days=364 * (jahr - welt.JAHR))
    (council,) = (s for s in PROJEKT.ratskalender.sitzungen if s.gremium == beratung.gremium.id)
    vortrag = chance.choice((tuple(s.id for s in beratung.vortrag), ("vertretung/stadt",)))
    beginn, ende = council.beginn + um, council.ende + um
    return Beratungstermin(kennung, beratung.gremium.id, council.key, beginn, ende, vortrag)


def other_state(lage: Lage, chance: Random, stand: datetime) -> Lage:
    """Return the plan as a draft or published, some public meetings held back from residents while it is a draft."""
    zustand = chance.choice((Zustand.DRAFT, Zustand.PUBLISHED))
    frei = [s for s in OEFFENTLICHE if chance.random() < 0.4 and zustand is Zustand.DRAFT]
    return evolve(lage, plan=record(lage.plan, lage.plan, stand, zustand), zurueck=frozenset(frei))


def history(chance: Random, releases: int) -> Iterator[tuple[Lage, Release]]:
    """Yield releases with the plans each is of: one to three years, which enter one by one and are published in turns.

    Several changes may lie between two.
    """
    lage, stand, vorher = anfang(), ANFANG, None
    kommen = chance.sample((welt.JAHR - 1, welt.JAHR + 1, welt.JAHR + 2), chance.randint(0, 2))
    for _ in range(releases):
        for _ in range(chance.randint(1, 3)):
            stand += timedelta(minutes=chance.choice((0, 1, 60, 1500, 30000)))
            was = chance.random()
            if was < 0.7:
                lage = changed(lage, chance, stand)
            elif was < 0.85:
                lage = other_state(lage, chance, stand)
            else:
                lage = evolve(lage, projekt=chance.choice(WELTEN))
        if kommen and chance.random() < 0.5:
            lage = evolve(lage, weitere=(*lage.weitere, anfang(kommen.pop())))
        vorher = told(lage, vorher, stand)
        lage = evolve(lage, stand=stand)
        yield lage, vorher
        erste, *weitere = chance.sample(lage.alle, len(lage.alle))
        lage = evolve(erste, weitere=tuple(evolve(eine, weitere=()) for eine in weitere))


def told(lage: Lage, vorher: Release | None, stand: datetime) -> Release:
    """Return the release of the plans at a time."""
    zurueck = {
        (eine.plan.jahr, t.sitzung)
        for eine in lage.alle
        for t in eine.plan.termine
        if t.sitzung in eine.zurueck
    }
    return release(
        lage.projekt,
        lage.plan,
        fruehere=tuple(eine.plan for eine in lage.weitere),
        vorher=vorher,
        stand=stand,
        zurueck=zurueck,
        erstmals=vorher is None,
    )


def truth(lage: Lage, publikum: str) -> dict[str, Gezeigt]:
    """Return what an audience is to see by the plans and the rules alone, of what is to come: UID -> event."""
    return to_come(lage, {uid: g for eine in lage.alle for uid, g in _truth(eine, publikum).items()})


def to_come(lage: Lage, gezeigt: Mapping[str, Gezeigt]) -> dict[str, Gezeigt]:
    """Return what was not over when it was published: what was stays as it was told (``test_geschehen``)."""
    return {uid: g for uid, g in gezeigt.items() if g.ende > lage.stand}


def _truth(lage: Lage, publikum: str) -> dict[str, Gezeigt]:
    """Return what an audience is to see of one year."""
    found = {}
    orte = lage.projekt.stadt.alle_orte
    for t in lage.plan.termine:
        sitzung = sitzungen(lage.plan.jahr)[t.sitzung]
        geladen = invitations(lage.projekt.stadt, lage.projekt.regeln, sitzung, t.beginn.date())
        sitze = {e.sitz.id for e in geladen if e.sitz.rolle.art is RollenArt.AMT}
        if _belongs(publikum, sitze) or {
            "alle": True,
            "oeffentlich": sitzung.gremium.art.oeffentlich and t.sitzung not in lage.zurueck,
            f"gremium/{t.gremium.replace('/', '-')}": True,
        }.get(publikum, False):
            ort = orte[t.ort] if t.ort else None
            wo = ", ".join(dict.fromkeys(filter(None, (ort.name, ort.adresse)))) if ort else ""
            found[sitzung.uid(DOMAIN)] = Gezeigt(t.beginn, t.ende, str(sitzung.name), wo)
    for b in lage.plan.beratungen:
        beratung = beratungen(lage.plan.jahr)[b.beratung]
        kenntnis = {f"bezirksbuergermeister/{beratung.gremium.gebiet.id}"}
        if _belongs(publikum, {*b.vortrag, *kenntnis}):
            found[beratung.uid(DOMAIN)] = Gezeigt(b.beginn, b.ende, str(beratung.name), "Ratssaal")
    return found


def _belongs(publikum: str, sitze: set[str]) -> bool:
    return publikum in {f"amt/{s.replace('/', '-')}" for s in sitze} | {
        f"rolle/{s.partition('/')[0]}" for s in sitze
    }
