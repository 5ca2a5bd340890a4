"""Years with a planted solution: a city, a plan drawn along the chain, and a calendar made around the plan.

No solver takes part. The plan is drawn first, event by event, each held against ``auditing.check``; then the council
calendar gets sittings of the Bezirksvertretungen only where the plan is heard, and every window of the programme is
narrowed to the days the plan uses. So a plan exists, and there is little room beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import product
from random import Random

from attrs import evolve, frozen

from gremienplan.auditing import audit, check
from gremienplan.jahr import Jahr, build
from gremienplan.jahr.werte import ANFAENGE
from gremienplan.loading import load
from gremienplan.orte import Ort
from gremienplan.plan import Beratungstermin, Lage, Plan, Termin
from gremienplan.programm import MonatTag, Programm, Sitzung, Sitzungseintrag, Zeitraum
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.ratskalender import Ausschuss, Freitage, Ratskalender, Ratssitzung, freitage
from gremienplan.requirements import Angesetzt, Requirement, Sitzungstag, Tageszeit
from gremienplan.stadt import Gebiet, Gewohnheit, Gremium, Stadt

TAG = timedelta(days=1)
VORGABE = Grundlage(Authority.VORGABE)
BV, RAT = "bezirksvertretung", "rat"
JAHRE = (2026, 2027, 2028)
"""School holidays are known for them; 2028 is a leap year."""


@frozen
class Gepflanzt:
    """A year with a plan that keeps everything."""

    projekt: Projekt
    plan: Plan
    ohne: Projekt | None = None
    """The same without one sitting, which makes it impossible: only where each plan has one chance."""
    gremium: str = ""
    """The Gremium whose sitting is missing in ``ohne``."""

    @property
    def jahr(self) -> int:
        return self.plan.jahr


def pflanze(seed: int, *, ganz_hamm: bool = False) -> Gepflanzt:
    """Return the year of a seed; with ``ganz_hamm`` in the city as it is, else in a small one of its kind.

    In a quarter of the seeds each Bezirksvertretung hears all its plans in its only sitting of the autumn.
    """
    rng = Random(seed)
    jahr = rng.choice(JAHRE)
    hamm = evolve(_hamm(), freitage=_freitage(jahr))
    projekt = hamm if ganz_hamm else kleine_stadt(rng, hamm, rng.randint(2, 4))
    einmal = seed % 4 == 0
    while (grown := _grow(rng, projekt, jahr, einmal=einmal)) is None:
        pass
    projekt, lagen = grown
    projekt = _with_noise(rng, projekt, lagen)
    projekt = evolve(projekt, programm=_narrowed(rng, projekt, jahr, lagen))
    plan = plan_of(build(projekt, jahr), lagen)
    projekt = _with_absences(rng, projekt, plan)
    assert audit(projekt, plan).findings == ()
    if not einmal:
        return Gepflanzt(projekt, plan)
    gremium = rng.choice([g.id for g in projekt.stadt.gremien.values() if g.art.id == BV])
    return Gepflanzt(projekt, plan, without_autumn(projekt, gremium, jahr), gremium)


def without_autumn(projekt: Projekt, gremium: str, jahr: int) -> Projekt:
    """Return the project without the sittings of one Gremium from August on."""
    kalender = projekt.ratskalender
    kept = tuple(s for s in kalender.sitzungen if s.gremium != gremium or s.tag < date(jahr, 8, 1))
    return evolve(projekt, ratskalender=evolve(kalender, sitzungen=kept))


def plan_of(year: Jahr, lagen: Mapping[str, Lage]) -> Plan:
    """Return the plan made of where each event lies."""
    termine = (
        Termin(s.id, s.gremium.id, lage.beginn, lage.ende, lage.ort)
        for s in year.sitzungen
        for lage in [lagen[s.id]]
    )
    beratungen = (
        Beratungstermin(b.id, b.gremium.id, lage.sitzung, lage.beginn, lage.ende, lage.vortrag)
        for b in year.beratungen
        for lage in [lagen[b.id]]
    )
    stadt, programm = year.projekt.stadt.id, year.projekt.programm.id
    return Plan(stadt, year.jahr, programm, tuple(termine), tuple(beratungen))


@cache
def _hamm() -> Projekt:
    return load("hamm")


@cache
def _freitage(jahr: int) -> Freitage:
    return freitage("NW", (jahr, jahr + 1))


# --- a city -------------------------------------------------------------------------------------------------


def kleine_stadt(rng: Random, hamm: Projekt, number: int) -> Projekt:
    """Return a city with Hamm's rules and programme, but ``number`` Sozialräume and Bezirke that cut across."""
    raeume = [f"s{i}" for i in range(1, number + 1)]
    bezirke = [f"b{i}" for i in range(1, rng.randint(1, number + 1) + 1)]
    least = max(len(raeume), len(bezirke))
    bereiche = [f"w{i}" for i in range(1, rng.randint(least, 3 * number) + 1)]
    in_raum, in_bezirk = _partition(rng, bereiche, raeume), _partition(rng, bereiche, bezirke)
    ganze = next(g for g in hamm.stadt.gebiete if g.ebene == "stadt")
    gebiete = (
        evolve(ganze, atome=frozenset(bereiche)),
        *(Gebiet("bezirk", b, b.upper(), atome) for b, atome in in_bezirk.items()),
        *(Gebiet("sozialraum", s, s.upper(), atome) for s, atome in in_raum.items()),
        *(Gebiet("wohnbereich", w, w.upper(), frozenset({w})) for w in bereiche),
    )
    bueros = tuple(s for s in raeume if rng.random() < 0.4)
    rollen = {r.id: evolve(r, nur=bueros) if r.nur else r for r in hamm.stadt.rollen.values()}
    raum = next(ort for ort in hamm.stadt.orte.values() if ort.art == "verwaltung")
    zentren = [Ort(f"zentrum-{s}", f"Zentrum {s}", "stadtteilzentrum", f"sozialraum/{s}") for s in raeume]
    stadt = evolve(
        hamm.stadt,
        gebiete=gebiete,
        rollen=rollen,
        orte={ort.id: ort for ort in (*zentren, raum)},
        gremien={},
        namen={},
        vertretungen={},
    )
    stadt = evolve(stadt, gremien=_gremien(rng, stadt), vertretungen=_deputies(rng, raeume))
    regeln = tuple(
        evolve(r, rollen=tuple(_moved(rng, hamm.stadt, stadt, e) for e in r.rollen)) for r in hamm.regeln
    )
    return evolve(hamm, stadt=stadt, regeln=regeln)


def _partition(rng: Random, atome: Sequence[str], parts: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the atoms dealt out at random, at least one to each part."""
    dealt = [*parts, *(rng.choice(parts) for _ in atome[len(parts) :])]
    rng.shuffle(dealt)
    return {part: frozenset(a for a, p in zip(atome, dealt, strict=True) if p == part) for part in parts}


def _gremien(rng: Random, stadt: Stadt) -> dict[str, Gremium]:
    """Return every Gremium of the city; its own ones have a usual weekday and hour, drawn at random."""
    found = {}
    for art in stadt.gremienarten.values():
        for gebiet in stadt.gebiete_von(art.ebene):
            abends = art.id == "stadtteilkonferenz"
            beginn = (
                time(17, rng.choice([0, 30])) if abends else time(rng.randint(9, 14), rng.choice([0, 30]))
            )
            gewohnt = Gewohnheit(rng.randrange(5), beginn, VORGABE)
            gremium = Gremium(art, gebiet, gewohnt=None if art.id in (BV, RAT) else gewohnt)
            found[gremium.id] = gremium
    return found


def _deputies(rng: Random, raeume: Sequence[str]) -> dict[str, str]:
    """Return deputies of some Stadtteilkoordinationen: another one, or somebody of the same Koordinierungsrunde."""
    if rng.random() < 0.6:
        return {}
    found = {}
    for raum in raeume:
        other = rng.choice([r for r in raeume if r != raum])
        wer = rng.choice([None, f"stadtteilkoordination/{other}", f"asd/{raum}", f"asd/{other}"])
        if wer:
            found[f"stadtteilkoordination/{raum}"] = wer
    return found


def _moved(rng: Random, hamm: Stadt, stadt: Stadt, eintrag: str) -> str:
    """Return an entry of a rule; a Sitz named outright becomes one of the new city."""
    if "/" not in eintrag:
        return eintrag
    rolle = hamm.sitze[eintrag].rolle
    return f"{rolle.id}/{rng.choice(stadt.gebiete_von(rolle.ebene)).id}"


# --- a plan -------------------------------------------------------------------------------------------------

Lagen = dict[str, Lage]


class Sackgasse(Exception):
    """The draw cannot be completed; another one is tried."""


def _grow(rng: Random, projekt: Projekt, jahr: int, *, einmal: bool) -> tuple[Projekt, Lagen] | None:
    """Draw a plan and the sittings it is heard in; None when the draw leads nowhere."""
    raeume = projekt.stadt.gebiete_von("sozialraum")
    frei = projekt.freitage
    winter = werktage(date(jahr, 1, 10), date(jahr, 2, 28), frei)
    sommer = werktage(date(jahr, 8, 24), date(jahr, 9, 22), frei)
    auswertung = {s.id: rng.choice(winter) for s in raeume}
    entwurf = {s.id: rng.choice(sommer) for s in raeume}
    gremien = [g for g in projekt.stadt.gremien.values() if g.art.id == BV]
    sittings: list[Ratssitzung] = []
    where: dict[str, str] = {}
    for g in gremien:
        items = [s for s in raeume if s.touches(g.gebiet)]
        for part, key, after, last in (
            ("f", "bv-evaluation", auswertung, date(jahr, 6, 30)),
            ("h", "bv-jahresplan", entwurf, date(jahr, 12, 8)),
        ):
            for i, group in enumerate(_groups(rng, items, once=einmal and part == "h")):
                earliest = max(after[s.id] for s in group) + 21 * TAG
                days = werktage(earliest, last, frei, ferien=False)
                sitting = _bv(rng, g, f"{part}{i}", rng.choice(days))
                sittings.append(sitting)
                where |= {f"{key}/{s.id}/{g.gebiet.id}": sitting.key for s in group}
    projekt = evolve(projekt, ratskalender=kalender(sittings))
    beet = _Beet(rng, build(projekt, jahr))
    try:
        beet.place_beratungen(where)
        for s in raeume:
            beet.place(f"kr-evaluation/{s.id}", [auswertung[s.id]])
            beet.place(f"kr-entwurf/{s.id}", [entwurf[s.id]])
        for gremium in ("arbeitskreis", "lenkungskreis"):
            for sitzung in beet.year.sitzungen:
                if sitzung.gremium.art.id == gremium:
                    beet.place(sitzung.id)
        for s in raeume:
            beet.place_raum(s.id)
    except Sackgasse:
        return None
    return projekt, beet.lagen


def _groups(rng: Random, items: Sequence[Gebiet], *, once: bool) -> list[list[Gebiet]]:
    """Return who is heard together: all in one sitting, or in two."""
    first = [s for s in items if once or rng.random() < 0.6]
    return [group for group in (first, [s for s in items if s not in first]) if group]


def _bv(rng: Random, gremium: Gremium, number: str, tag: date) -> Ratssitzung:
    beginn = datetime.combine(tag, rng.choice([time(16), time(16), time(16, 30), time(17)]))
    ende = beginn + timedelta(minutes=rng.choice([120, 150, 180]))
    name = f"Bezirksvertretung {gremium.gebiet.name}"
    return Ratssitzung(f"bv-{gremium.gebiet.id}-{number}", "bv", name, gremium.id, beginn, ende)


class _Beet:
    """A plan that grows: each new event keeps every requirement that speaks of it."""

    def __init__(self, rng: Random, year: Jahr) -> None:
        self.rng, self.year = rng, year
        self.lagen: Lagen = {}
        self.sitzungen = {s.id: s for s in year.sitzungen}
        self.of: dict[str, list[Requirement]] = {}
        for r in year.requirements:
            for ereignis in dict.fromkeys(r.ereignisse):
                self.of.setdefault(ereignis, []).append(r)

    def place_beratungen(self, where: Mapping[str, str]) -> None:
        """Put every Beratung into its sitting, presented by whom it may be."""
        for r in self.year.requirements:
            if isinstance(r, Angesetzt):
                s = next(s for s in r.sitzungen if s.key == where[r.ereignis])
                self._take(r.ereignis, self._presented(r, s))

    def _presented(self, r: Angesetzt, s: Sitzungstag) -> Iterator[Lage]:
        choices = list(product(*r.vortrag))
        self.rng.shuffle(choices)
        for vortrag in choices:
            yield Lage(r.ereignis, s.beginn, s.ende, sitzung=s.key, vortrag=vortrag)

    def place_raum(self, raum: str) -> None:
        """Place what is left of one Sozialraum, trying a few times."""
        for _ in range(12):
            before = dict(self.lagen)
            try:
                self._place_rest(raum)
            except Sackgasse:
                self.lagen = before
            else:
                return
        raise Sackgasse

    def _place_rest(self, raum: str) -> None:
        self.place(f"sk-fruehjahr/{raum}")
        self._before("kr-vorbereitung-1", "sk-fruehjahr", raum)
        self.place(f"kr-halbjahr/{raum}")
        self.place(f"sk-herbst/{raum}")
        self._before("kr-vorbereitung-2", "sk-herbst", raum)
        heard = [lage.tag for e, lage in self.lagen.items() if e.startswith(f"bv-jahresplan/{raum}/")]
        days = self._window(f"kr-finalisierung/{raum}")
        self.place(f"kr-finalisierung/{raum}", [tag for tag in days if tag > max(heard)])

    def _before(self, kr: str, sk: str, raum: str) -> None:
        tag = self.lagen[f"{sk}/{raum}"].tag
        days = [d for d in self._window(f"{kr}/{raum}") if 28 <= (tag - d).days <= 90]
        self.place(f"{kr}/{raum}", days)

    def _window(self, sitzung: str) -> list[date]:
        von, bis = self.sitzungen[sitzung].fenster()
        abends = sitzung.startswith("sk-")
        return werktage(von, bis, self.year.projekt.freitage, ferien=not abends)

    def place(self, sitzung: str, days: Sequence[date] | None = None) -> None:
        """Place a Sitzung on one of ``days`` (by default of its window) where it keeps everything."""
        s = self.sitzungen[sitzung]
        self._take(sitzung, self._somewhere(s, self._window(sitzung) if days is None else days))

    def _somewhere(self, s: Sitzung, days: Sequence[date]) -> Iterator[Lage]:
        """Yield Termine of a Sitzung at random: a few dozen days, at each a few hours."""
        hours = [h for r in self.of[s.id] if isinstance(r, Tageszeit) for h in self._hours(r, s.dauer)]
        for tag in self.rng.sample(days, min(len(days), 40)):
            for beginn in self.rng.sample(hours, min(len(hours), 3 if len(days) > 1 else len(hours))):
                start = datetime.combine(tag, beginn)
                ort = self.rng.choice(s.orte).id
                yield Lage(s.id, start, start + timedelta(minutes=s.dauer), ort)

    def _hours(self, r: Tageszeit, dauer: int) -> list[time]:
        latest = datetime.combine(date.min, r.bis) - timedelta(minutes=dauer)
        return [h for h in ANFAENGE if r.von <= h <= latest.time()]

    def _take(self, ereignis: str, candidates: Iterator[Lage]) -> None:
        for lage in candidates:
            lagen = {e: (found,) for e, found in (*self.lagen.items(), (ereignis, lage))}
            if not any(check(r, lagen, {}) for r in self.of[ereignis]):
                self.lagen[ereignis] = lage
                return
        raise Sackgasse


def werktage(von: date, bis: date, frei: Freitage, *, ferien: bool = True) -> list[date]:
    """Return the working days of a span; with ``ferien`` also those in the school holidays."""
    blocked = (*frei.feiertage, *(() if ferien else frei.ferien))
    days = (von + n * TAG for n in range((bis - von).days + 1))
    return [tag for tag in days if tag.weekday() < 5 and not any(b.von <= tag <= b.bis for b in blocked)]


# --- the calendar around it ---------------------------------------------------------------------------------


def kalender(sitzungen: Sequence[Ratssitzung], ausschuesse: Sequence[Ausschuss] = ()) -> Ratskalender:
    ordered = tuple(sorted(sitzungen, key=lambda s: (s.beginn, s.key)))
    return Ratskalender(ordered, tuple(ausschuesse), von=ordered[0].tag, bis=ordered[-1].tag)


def _with_noise(rng: Random, projekt: Projekt, lagen: Lagen) -> Projekt:
    """Return the project with sittings of the Rat, of committees and of unknown bodies that disturb nothing."""
    konferenzen = [lage for e, lage in lagen.items() if e.startswith("sk-")]
    jahr = konferenzen[0].tag.year
    ausschuesse = [Ausschuss(f"ausschuss/a{i}", f"Ausschuss {i}", "ausschuss", 180) for i in range(5)]
    rat = next(g for g in projekt.stadt.gremien.values() if g.art.id == RAT)
    bodies = [rat.id, "", *(a.id for a in ausschuesse)]
    noise = []
    rand = timedelta(minutes=30)
    for n in range(rng.randint(20, 60)):
        wer = rng.choice(bodies)
        beginn = datetime(jahr, 1, 1, 16) + rng.randrange(365) * TAG
        ende = beginn + timedelta(minutes=rng.choice([120, 180, 240]))
        clear = not any(sk.overlaps(Lage("", beginn - rand, ende + rand)) for sk in konferenzen)
        if clear and not (wer == rat.id and any(sk.tag == beginn.date() for sk in konferenzen)):
            noise.append(Ratssitzung(f"n{n}", "rat", f"Sitzung {wer}", wer, beginn, ende))
    sittings = (*projekt.ratskalender.sitzungen, *noise)
    return evolve(projekt, ratskalender=kalender(sittings, ausschuesse))


def _with_absences(rng: Random, projekt: Projekt, plan: Plan) -> Projekt:
    """Return the project with a few absences of Sitze and occupied Orte that the plan keeps clear of."""
    bookable = [*projekt.stadt.sitze, *projekt.stadt.orte]
    for _ in range(rng.randint(0, 3)):
        von = datetime(plan.jahr, 1, 1, 8) + rng.randrange(360) * TAG
        bis = von + timedelta(hours=rng.choice([3, 10, 24 * 7]))
        one = Besetzt(rng.choice(bookable), von, bis, "abwesend")
        more = evolve(projekt, besetzt=(*projekt.besetzt, one))
        if audit(more, plan).ok:
            projekt = more
    return projekt


def _narrowed(rng: Random, projekt: Projekt, jahr: int, lagen: Lagen) -> Programm:
    """Return the programme with windows as narrow as the plan: its first to its last day, and up to two more."""

    def narrow(eintrag: Sitzungseintrag) -> Sitzungseintrag:
        days = [lage.tag for e, lage in lagen.items() if e.startswith(f"{eintrag.id}/")]
        if not days:  # held on demand only
            return eintrag
        von = max(min(days) - rng.randint(0, 2) * TAG, date(jahr, 1, 1))
        bis = min(max(days) + rng.randint(0, 2) * TAG, date(jahr, 12, 31))
        fenster = Zeitraum(MonatTag(von.month, von.day), MonatTag(bis.month, bis.day), VORGABE)
        return evolve(eintrag, fenster=fenster)

    programm = projekt.programm
    return evolve(programm, sitzungen=tuple(narrow(e) for e in programm.sitzungen))
