"""For every kind of requirement: draw one, a plan that keeps it by construction, and a corruption that breaks it.

Each drawer takes a source of chance and the number of the corruption wanted, and knows by construction that the
first plan keeps the requirement and the second does not: no checker is asked. Plans have minutes of any kind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random

from attrs import evolve, frozen

from gremienplan.plan import Lage
from gremienplan.requirements import (
    Angesetzt,
    Anzahl,
    Belegung,
    Dienst,
    EineVon,
    Fenster,
    Fest,
    Hoechstabstand,
    KeineUeberschneidung,
    Mindestabstand,
    OrtFrei,
    Pflicht,
    Raumgroesse,
    Reihenfolge,
    Requirement,
    Sitzungstag,
    Sperre,
    Sperrtage,
    Stattfinden,
    Tageszeit,
    Verfuegbar,
    Wegezeit,
    Wochentage,
)
from tests.auditing.bau import G

MINUTE, TAG = timedelta(minutes=1), timedelta(days=1)
SITZ = "stk/nord"


@frozen
class Beispiel:
    """A requirement, a plan that keeps it, the corrupted plan, and the events whose fault it is."""

    requirement: Requirement
    plan: tuple[Lage, ...]
    verdorben: tuple[Lage, ...]
    schuld: frozenset[str]


def day(rng: Random) -> date:
    """Any day of 2027 that leaves 100 days on both sides."""
    return date(2027, 4, 11) + rng.randrange(160) * TAG


def termin(rng: Random, ereignis: str, tag: date, ort: str = "") -> Lage:
    """An event between 8:00 and 20:00 of a day, 30 to 180 minutes long."""
    beginn = datetime.combine(tag, time(8)) + rng.randrange(9 * 60) * MINUTE
    return Lage(ereignis, beginn, beginn + rng.randrange(30, 181) * MINUTE, ort)


def move(lage: Lage, by: timedelta) -> Lage:
    return evolve(lage, beginn=lage.beginn + by, ende=lage.ende + by)


def stattfinden(rng: Random, number: int) -> Beispiel:
    good = termin(rng, "a", day(rng), "haus")
    dauer = (good.ende - good.beginn) // MINUTE
    von, bis = good.tag - rng.randrange(50) * TAG, good.tag + rng.randrange(50) * TAG
    r = Stattfinden("r", G, "a", 2027, von, bis, dauer, rng.choice([("haus",), ("schule", "haus")]))
    minutes = rng.randrange(1, 30) * MINUTE
    bad: tuple[Lage, ...] = (
        (),
        (good, move(good, rng.choice([0, 1, -7]) * TAG)),
        (evolve(good, ende=good.ende - minutes),),
        (evolve(good, ende=good.ende + minutes),),
        (evolve(good, ort="rathaus"),),
        (evolve(good, ort=""),),
        (move(good, von - good.tag - rng.randrange(1, 40) * TAG),),
        (move(good, bis - good.tag + rng.randrange(1, 40) * TAG),),
        (evolve(good, sitzung="bv-1", vortrag=(SITZ,)),),
    )[number % 9]
    return Beispiel(r, (good,), bad, frozenset({"a"}))


def angesetzt(rng: Random, number: int) -> Beispiel:
    starts = [day(rng) for _ in range(rng.randrange(2, 6))]
    sittings = tuple(
        Sitzungstag(f"bv-{i}", "bv", lage.beginn, lage.ende, "BV")
        for i, lage in enumerate(termin(rng, "", tag) for tag in starts)
    )
    at = rng.choice(sittings)
    r = Angesetzt("r", G, "b", "bv", sittings, ((SITZ, "stk/sued"), ("amt/nord",)))
    good = Lage("b", at.beginn, at.ende, "", at.key, (rng.choice([SITZ, "stk/sued"]), "amt/nord"))
    minutes = rng.choice([-10, -1, 1, 10]) * MINUTE
    bad: tuple[Lage, ...] = (
        (),
        (good, good),
        (evolve(good, sitzung="bv-x"),),
        (evolve(good, sitzung=""),),
        (move(good, minutes),),
        (evolve(good, ende=good.ende + minutes),),
        (move(good, 1 * TAG),),
        (evolve(good, vortrag=("stk/west", "amt/nord")),),
        (evolve(good, vortrag=good.vortrag[:1]),),
        (evolve(good, vortrag=(*good.vortrag, SITZ)),),
        (evolve(good, vortrag=good.vortrag[::-1]),),
    )[number % 11]
    return Beispiel(r, (good,), bad, frozenset({"b"}))


def fenster(rng: Random, number: int) -> Beispiel:
    good = termin(rng, "a", day(rng))
    von, bis = good.tag - rng.randrange(20) * TAG, good.tag + rng.randrange(20) * TAG
    beyond = rng.randrange(1, 60) * TAG
    if number % 2:
        r = Fenster("r", G, "a", von, rng.choice([None, bis]))
        return Beispiel(r, (good,), (move(good, von - good.tag - beyond),), frozenset({"a"}))
    r = Fenster("r", G, "a", rng.choice([None, von]), bis)
    return Beispiel(r, (good,), (move(good, bis - good.tag + beyond),), frozenset({"a"}))


def fest(rng: Random, number: int) -> Beispiel:
    good = evolve(termin(rng, "a", day(rng), "haus"), vortrag=(SITZ, "stk/sued"))
    r = Fest("r", G, "a", good.beginn, rng.choice(["", "haus"]) if number % 5 else "haus")
    bad = (
        evolve(good, ort=rng.choice(["", "schule"])),
        move(good, rng.choice([-1, 1, 30]) * MINUTE),
        move(good, rng.choice([-7, -1, 1]) * TAG),
        move(good, rng.choice([-7, -1, 1]) * TAG),
        evolve(good, vortrag=rng.choice([(), good.vortrag[::-1], good.vortrag[:1]])),
    )[number % 5]
    if number % 5 == 3:
        r = evolve(r, beginn=datetime.combine(good.tag, time()), nur_tag=True)
    elif number % 5 == 4:
        r = evolve(r, vortrag=good.vortrag)
    return Beispiel(r, (good,), (bad,), frozenset({"a"}))


def raumgroesse(rng: Random, number: int) -> Beispiel:
    good = termin(rng, "a", day(rng), rng.choice(["halle", ""]))
    small = (("haus", rng.randrange(1, 40)), ("keller", 5))
    bad = evolve(good, ort=small[number % 2][0])
    return Beispiel(Raumgroesse("r", G, "a", 40, small), (good,), (bad,), frozenset({"a"}))


def wochentage(rng: Random, number: int) -> Beispiel:
    good = termin(rng, "a", day(rng))
    other = 1 + number % 6
    forbidden = (good.tag.weekday() + other) % 7
    tage = tuple(
        tag for tag in range(7) if tag != forbidden and (tag == good.tag.weekday() or rng.random() < 0.5)
    )
    return Beispiel(Wochentage("r", G, "a", tage), (good,), (move(good, other * TAG),), frozenset({"a"}))


def tageszeit(rng: Random, number: int) -> Beispiel:
    good = termin(rng, "a", day(rng))
    spare = rng.randrange(0, 60) * MINUTE
    r = Tageszeit("r", G, "a", (good.beginn - spare).time(), (good.ende + spare).time())
    minutes = rng.randrange(1, 60) * MINUTE
    bad = (
        evolve(good, beginn=good.beginn - spare - minutes),
        evolve(good, ende=good.ende + spare + minutes),
        evolve(good, ende=good.ende + 1 * TAG),
        evolve(good, ende=datetime.combine(good.tag + 1 * TAG, time(0))),
        move(good, datetime.combine(good.tag, time(3)) - good.beginn),
    )[number % 5]
    return Beispiel(r, (good,), (bad,), frozenset({"a"}))


def sperrtage(rng: Random, number: int) -> Beispiel:
    von = day(rng)
    bis = von + rng.randrange(20) * TAG
    sperren = [Sperre(von, bis, "Ferien"), Sperre(von - 90 * TAG, von - 80 * TAG, "Ferien")]
    rng.shuffle(sperren)
    r = Sperrtage("r", G, "a", "schulferien", tuple(sperren))
    good = termin(rng, "a", rng.choice([von - rng.randrange(1, 60) * TAG, bis + rng.randrange(1, 60) * TAG]))
    inside = von + rng.randrange((bis - von).days + 1) * TAG
    bad = (
        move(good, inside - good.tag),
        move(good, von - good.tag),
        move(good, bis - good.tag),
        evolve(move(good, von - 1 * TAG - good.tag), ende=datetime.combine(von, time(1))),
    )[number % 4]
    return Beispiel(r, (good,), (bad,), frozenset({"a"}))


def keine_ueberschneidung(rng: Random, number: int) -> Beispiel:
    busy = termin(rng, "", day(rng))
    puffer = 0 if number % 3 else rng.randrange(1, 90)
    far = termin(rng, "", busy.tag + 40 * TAG)
    belegt = [Belegung(busy.beginn, busy.ende, "Rat"), Belegung(far.beginn, far.ende, "Beirat")]
    rng.shuffle(belegt)
    r = KeineUeberschneidung("r", G, "a", tuple(belegt), puffer)
    length = rng.randrange(30, 181) * MINUTE
    before = rng.random() < 0.5
    clear = (puffer + rng.choice([0, 1, 60])) * MINUTE
    beginn = busy.beginn - clear - length if before else busy.ende + clear
    good = Lage("a", beginn, beginn + length)
    nearer = clear - (puffer - 1) * MINUTE if number % 3 == 0 else clear + 1 * MINUTE
    if number % 2:
        nearer += rng.randrange(25) * MINUTE
    return Beispiel(r, (good,), (move(good, nearer if before else -nearer),), frozenset({"a"}))


def reihenfolge(rng: Random, number: int) -> Beispiel:
    tage = rng.choice([0, 1, 3, 21, 28])
    erst = termin(rng, "a", day(rng))
    dann = termin(rng, "b", erst.tag + (tage + rng.choice([0, 0, 1, 30])) * TAG)
    near = dann.tag - erst.tag - tage * TAG + rng.choice([1, 1, 2, 30, 70]) * TAG
    bad = ((erst, move(dann, -near)), (move(erst, near), dann), (erst, dann, move(dann, -near)))[number % 3]
    return Beispiel(Reihenfolge("r", G, "a", "b", tage), (erst, dann), bad, frozenset({"a", "b"}))


def hoechstabstand(rng: Random, number: int) -> Beispiel:
    tage = rng.choice([0, 1, 14, 60])
    erst = termin(rng, "a", day(rng))
    dann = termin(rng, "b", erst.tag + (tage - rng.choice([0, 0, 1, 30])) * TAG)
    far = tage * TAG - (dann.tag - erst.tag) + rng.choice([1, 1, 2, 30]) * TAG
    bad = ((erst, move(dann, far)), (move(erst, -far), dann), (erst, move(erst, -far), dann))[number % 3]
    return Beispiel(Hoechstabstand("r", G, "a", "b", tage), (erst, dann), bad, frozenset({"a", "b"}))


def mindestabstand(rng: Random, number: int) -> Beispiel:
    tage = rng.choice([1, 7, 21])
    first = day(rng)
    ids = ["a", "b", "c", "d"]
    rng.shuffle(ids)
    good = [termin(rng, ids[0], first)]
    for ereignis in ids[1:]:
        good.append(termin(rng, ereignis, good[-1].tag + (tage + rng.choice([0, 0, 1, 5])) * TAG))
    r = Mindestabstand("r", G, "kr", ("a", "b", "c", "d"), tage)
    near = rng.randrange(tage) * TAG
    i = rng.randrange(3)
    # The last one moved near another, at any hour; or one held a second time, after the last.
    moved = termin(rng, good[3].ereignis, good[i].tag - near if i == 0 else good[i].tag)
    again = termin(rng, good[3].ereignis, good[3].tag + near)
    if number % 2:
        return Beispiel(r, tuple(good), (*good, again), frozenset({good[3].ereignis}))
    return Beispiel(r, tuple(good), (*good[:3], moved), frozenset({good[i].ereignis, moved.ereignis}))


def verfuegbar(rng: Random, number: int) -> Beispiel:
    a = termin(rng, "a", day(rng), "haus")
    length = rng.randrange(30, 181) * MINUTE
    b = Lage("b", a.ende, a.ende + length, rng.choice(["haus", "schule", ""]))
    busy = Belegung(b.ende, b.ende + length, "Rat")
    r = Verfuegbar("r", G, SITZ, (Pflicht("a"), Pflicht("b", a.tag, a.tag)), (busy,))
    into = rng.randrange(1, 30) * MINUTE
    item = evolve(a, ereignis="b", ort="", sitzung="bv-1", vortrag=("stk/sued",))
    item = move(item, rng.randrange(-29, 30) * MINUTE)
    if number % 6 == 0:
        return Beispiel(r, (a, b), (a, move(b, -into)), frozenset({"a", "b"}))
    if number % 6 == 1:
        return Beispiel(r, (a, b), (a, move(b, into)), frozenset({"b"}))
    if number % 6 == 5:  # who holds both Sitze presents for the other one
        person = evolve(r, mit=("stk/west", "stk/ost"))
        return Beispiel(person, (a, item), (a, evolve(item, vortrag=("stk/ost",))), frozenset({"a", "b"}))
    if number % 6 == 2:  # the deputy does not come: the Sitz presents and is needed twice
        return Beispiel(r, (a, item), (a, evolve(item, vortrag=(SITZ,))), frozenset({"a", "b"}))
    if number % 6 == 3:  # on the day before, b was no duty yet
        early = Verfuegbar("r", G, SITZ, (Pflicht("a"), Pflicht("b", ab=a.tag)))
        both = (move(a, -1 * TAG), move(b, -1 * TAG - into))
        return Beispiel(early, both, (a, move(b, -into)), frozenset({"a", "b"}))
    one = evolve(item, ereignis="a", vortrag=(SITZ,))  # two items of one sitting, then of two
    two = evolve(one, ereignis="b")
    return Beispiel(r, (one, two), (one, evolve(two, sitzung="bv-2")), frozenset({"a", "b"}))


def wegezeit(rng: Random, number: int) -> Beispiel:
    minuten = rng.randrange(1, 60)
    a = termin(rng, "a", day(rng), "haus")
    spare = rng.choice([0, 0, 1, 10])
    b = termin(rng, "b", a.tag, rng.choice(["schule", ""]))
    b = move(b, a.ende + (minuten + spare) * MINUTE - b.beginn)
    busy = Belegung(b.ende + (minuten + spare) * MINUTE, b.ende + 300 * MINUTE, "Rat")
    r = Wegezeit("r", G, SITZ, (Pflicht("a"), Pflicht("b")), minuten, (busy,))
    nearer = rng.randrange(spare + 1, minuten + spare + 1) * MINUTE
    close = move(evolve(b, ort="haus"), -nearer)
    item = evolve(close, ort="", sitzung="bv-1", vortrag=("stk/sued",))
    good, bad, schuld = (
        ((a, b), (a, move(b, -nearer)), {"a", "b"}),
        ((a, b), (a, move(b, nearer)), {"b"}),
        ((a, close), (a, evolve(close, ort="schule")), {"a", "b"}),
        ((a, close), (a, evolve(close, ort="")), {"a", "b"}),
        ((a, item), (a, evolve(item, vortrag=(SITZ,))), {"a", "b"}),
    )[number % 5]
    return Beispiel(r, good, bad, frozenset(schuld))


def eine_von(rng: Random, number: int) -> Beispiel:
    minuten = rng.choice([0, 0, rng.randrange(1, 60)])
    a = termin(rng, "a", day(rng), "haus")
    length = rng.randrange(30, 181) * MINUTE
    b = Lage("b", a.ende + minuten * MINUTE, a.ende + minuten * MINUTE + length, "schule")
    into = rng.randrange(1, 30) * MINUTE
    busy = (Belegung(a.ende + minuten * MINUTE + into, b.ende + length, "Rat"),)
    always = (Belegung(a.beginn, a.ende, "Urlaub"),)
    mine = Dienst(SITZ, (Pflicht("b"),))
    if number % 4 == 0:  # the one who could come is kept by another Sitzung, the other one always
        r = EineVon("r", G, "a", (mine, Dienst("stk/sued", (), always)), minuten=minuten)
        return Beispiel(r, (a, b), (a, move(b, -into)), frozenset({"a", "b"}))
    if number % 4 == 1:  # moved into the busy time of both
        r = EineVon("r", G, "a", (Dienst(SITZ, (), busy), Dienst("stk/sued", (), busy)), minuten=minuten)
        return Beispiel(r, (a,), (move(a, into + MINUTE),), frozenset({"a"}))
    if number % 4 == 2:  # the deputy no longer presents: nobody is left
        item = evolve(a, ereignis="b", ort="", sitzung="bv-1", vortrag=("stk/west",))
        r = EineVon("r", G, "a", (mine, Dienst("stk/sued", (), always)), minuten=minuten)
        return Beispiel(r, (a, item), (a, evolve(item, vortrag=(SITZ,))), frozenset({"a", "b"}))
    r = EineVon("r", G, "a", (mine, mine), ab=a.tag, minuten=minuten)  # on the day before nobody had to come
    both = (move(a, -1 * TAG), move(b, -1 * TAG - into))
    return Beispiel(r, both, (a, move(b, -into)), frozenset({"a", "b"}))


def ort_frei(rng: Random, number: int) -> Beispiel:
    a = termin(rng, "a", day(rng), "haus")
    length = rng.randrange(30, 181) * MINUTE
    b = Lage("b", a.ende, a.ende + length, "haus")
    busy = Belegung(b.ende, b.ende + length, "Flohmarkt")
    r = OrtFrei("r", G, "haus", ("a", "b", "c"), (busy,))
    into = rng.randrange(1, 30) * MINUTE
    elsewhere = move(evolve(b, ort=rng.choice(["schule", ""])), -into)
    good, bad, schuld = (
        ((a, b), (a, move(b, -into)), {"a", "b"}),
        ((a, b), (a, move(b, into)), {"b"}),
        ((a, elsewhere), (a, evolve(elsewhere, ort="haus")), {"a", "b"}),
        ((a, b), (a, b, move(a, -into)), {"a"}),
    )[number % 4]
    return Beispiel(r, good, bad, frozenset(schuld))


def anzahl(rng: Random, number: int) -> Beispiel:
    held = [termin(rng, f"a{i}", day(rng)) for i in range(rng.randrange(1, 5))]
    year = 366 * TAG * rng.choice([-1, 1])
    next_year = [move(termin(rng, f"b{i}", day(rng)), year) for i in range(rng.randrange(1, 3))]
    ids = tuple(lage.ereignis for lage in (*held, *next_year))
    most = Anzahl("r", G, "lk", ids, 2027, rng.choice([None, len(held)]), len(held))
    least = Anzahl("r", G, "lk", ids, 2027, len(held), rng.choice([None, len(held)]))
    good = (*held, *next_year)
    inside = {lage.ereignis for lage in held}
    if number % 3 == 0:
        moved = evolve(next_year[0], beginn=held[0].beginn, ende=held[0].ende)
        bad = (*held, moved, *next_year[1:])
        return Beispiel(most, good, bad, frozenset(inside | {moved.ereignis}))
    if number % 3 == 1:
        return Beispiel(most, good, (*good, move(held[0], 1 * TAG)), frozenset(inside))
    return Beispiel(least, good, (move(held[0], year), *held[1:], *next_year), frozenset(ids))


DRAWERS: dict[type[Requirement], Callable[[Random, int], Beispiel]] = {
    Stattfinden: stattfinden,
    Angesetzt: angesetzt,
    Fenster: fenster,
    Fest: fest,
    Wochentage: wochentage,
    Tageszeit: tageszeit,
    Sperrtage: sperrtage,
    KeineUeberschneidung: keine_ueberschneidung,
    Reihenfolge: reihenfolge,
    Hoechstabstand: hoechstabstand,
    Mindestabstand: mindestabstand,
    Verfuegbar: verfuegbar,
    Wegezeit: wegezeit,
    EineVon: eine_von,
    OrtFrei: ort_frei,
    Raumgroesse: raumgroesse,
    Anzahl: anzahl,
}
