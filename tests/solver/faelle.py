"""Every branch of every kind as a tiny problem: some of its plans keep the requirement and some do not.

A kind of requirement or preference that is not in these tables fails the tests, and so does a case that decides
nothing. Days count from a Wednesday, the second but last day of 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from attrs import frozen

from gremienplan import requirements as req
from gremienplan.plan import Lage
from gremienplan.quellen import TATSACHE
from gremienplan.solver import Problem, build_problem
from tests.solver.winzig import ERSTER

G = TATSACHE
VON, BIS = "ab", "bis"


@frozen
class Fall:
    """One problem, and the branch of its kind that it is about."""

    name: str
    problem: Problem


def tag(n: int) -> date:
    return ERSTER + timedelta(days=n)


def um(n: int, stunde: int, minute: int = 0) -> datetime:
    return datetime.combine(tag(n), time(stunde, minute))


def fall(
    name: str,
    *requirements: req.Requirement,
    wishes: Sequence[req.Preference] = (),
    at: Iterable[float] = (9,),
    fakten: Iterable[Lage] = (),
) -> Fall:
    """Return a case; ``at`` are the starts in hours."""
    anfaenge = [time(int(h), round(h % 1 * 60)) for h in at]
    return Fall(name, build_problem(requirements, wishes, ERSTER, anfaenge, tuple(fakten)))


def s(e: str, von: int = 0, bis: int = 1, *orte: str, dauer: int = 120) -> req.Stattfinden:
    return req.Stattfinden(f"statt-{e}", G, e, 2026, tag(von), tag(bis), dauer, orte)


def bv(key: str, n: int, stunde: int, bis: int) -> req.Sitzungstag:
    return req.Sitzungstag(key, "bv", um(n, stunde), um(n, bis), "BV")


def x(e: str, sittings: Sequence[req.Sitzungstag], *vortrag: tuple[str, ...]) -> req.Angesetzt:
    return req.Angesetzt(f"ang-{e}", G, e, "bv", tuple(sittings), vortrag or (("p",),))


def pf(*events: str) -> tuple[req.Pflicht, ...]:
    return tuple(req.Pflicht(e) for e in events)


def ab(e: str, n: int) -> req.Pflicht:
    return req.Pflicht(e, tag(n), None)


def bis(e: str, n: int) -> req.Pflicht:
    return req.Pflicht(e, None, tag(n))


def busy(n: int, von: float, ende: float, sitzung: str = "", tage: int = 0) -> req.Belegung:
    first = um(n, int(von), round(von % 1 * 60))
    last = um(n + tage, int(ende), round(ende % 1 * 60))
    return req.Belegung(first, last, "belegt", sitzung)


def hier(
    duties: tuple[req.Pflicht, ...],
    belegt: tuple[req.Belegung, ...] = (),
    mit: tuple[str, ...] = (),
    sitz: str = "p",
    key: str = "",
) -> req.Verfuegbar:
    return req.Verfuegbar(key or f"hier-{sitz}", G, sitz, duties, belegt, mit)


def weg(
    duties: tuple[req.Pflicht, ...],
    minuten: int,
    belegt: tuple[req.Belegung, ...] = (),
    mit: tuple[str, ...] = (),
) -> req.Wegezeit:
    return req.Wegezeit("weg", G, "p", duties, minuten, belegt, mit)


def wer(sitz: str, *duties: req.Pflicht, belegt: tuple[req.Belegung, ...] = (), mit: str = "") -> req.Dienst:
    return req.Dienst(sitz, duties, belegt, tuple(mit))


def eine(
    *sitze: req.Dienst, von: int | None = None, ende: int | None = None, minuten: int = 0
) -> req.EineVon:
    first, last = (None if n is None else tag(n) for n in (von, ende))
    return req.EineVon("eine", G, "a", sitze, first, last, minuten)


def lag(e: str, n: int, von: int, ende: int, ort: str = "", sitzung: str = "", vortrag: str = "") -> Lage:
    return Lage(e, um(n, von), um(n, ende), ort, sitzung, tuple(vortrag))


def frei(*events: str, belegt: tuple[req.Belegung, ...] = ()) -> req.OrtFrei:
    return req.OrtFrei("frei", G, "haus", events, belegt)


B1, B2, B3 = bv("bv-1", 0, 9, 11), bv("bv-2", 0, 10, 12), bv("bv-3", 1, 9, 11)
HS = ("haus", "schule")
NACHTS = (22.0, 0.5, 9.0)


BEDINGUNGEN: Mapping[type[req.Requirement], tuple[Fall, ...]] = {
    req.Stattfinden: (
        fall("its days", s("a", 1, 2), req.Fenster("r", G, "a", None, tag(1))),
        fall("its places", s("a", 0, 0, "haus", "schule"), req.Raumgroesse("r", G, "a", 9, (("haus", 1),))),
        fall("its length", s("a", 0, 0), s("b", 0, 0, dauer=60), hier(pf("a", "b")), at=(9, 10, 11)),
    ),
    req.Angesetzt: (
        fall("its sittings", x("x", [B1, B3]), req.Fenster("r", G, "x", tag(1), None)),
        fall("two on one day", x("x", [B1, B2]), s("a", 0, 0), hier(pf("a", "x")), at=(11, 12)),
        fall("its presenters", x("x", [B1], ("p", "q"), ("r",)), hier(pf("x"), (busy(0, 9, 10),))),
        fall(
            "nobody presents",
            req.Angesetzt("ang-x", G, "x", "bv", (B1, B3), ()),
            req.Fenster("r", G, "x", tag(1), None),
            hier(pf("x")),
        ),
    ),
    req.Fenster: (
        fall("a first day", s("a", 0, 3), req.Fenster("r", G, "a", tag(2), None)),
        fall("a last day", s("a", 0, 3), req.Fenster("r", G, "a", None, tag(1))),
        fall("both", s("a", 0, 3), req.Fenster("r", G, "a", tag(1), tag(2))),
        fall("of a Beratung", x("x", [B1, B3]), req.Fenster("r", G, "x", tag(1), tag(1))),
    ),
    req.Fest: (
        fall("a time off the grid", s("a", 0, 1), req.Fest("r", G, "a", um(1, 11, 10))),
        fall("a place too", s("a", 0, 0, "haus", "schule"), req.Fest("r", G, "a", um(0, 9), "schule")),
        fall("any place", s("a", 0, 1, "haus", "schule"), req.Fest("r", G, "a", um(1, 9))),
        fall("a day", s("a", 0, 1, *HS), req.Fest("r", G, "a", um(1, 0), "haus", nur_tag=True), at=(9, 10)),
        fall("who presents", x("x", [B1, B3], ("p", "q")), req.Fest("r", G, "x", um(1, 9), "", ("q",))),
        fall(
            "who presents, any hour",
            x("x", [B1, B2], ("p", "q")),
            req.Fest("r", G, "x", um(0, 0), "", ("p",), True),
        ),
        fall(
            "two presenters",
            x("x", [B1], ("p", "q"), ("q", "r")),
            req.Fest("r", G, "x", um(0, 9), "", ("q", "r")),
        ),
    ),
    req.Raumgroesse: (
        fall(
            "one is too small",
            s("a", 0, 0, "haus", "schule"),
            req.Raumgroesse("r", G, "a", 9, (("haus", 8),)),
        ),
    ),
    req.Wochentage: (
        fall("Wednesday and Friday", s("a", 0, 6), req.Wochentage("r", G, "a", (2, 4))),
        fall("a week later", s("a", 4, 8), req.Wochentage("r", G, "a", (0, 2))),
        fall("of a Beratung", x("x", [B1, B3]), req.Wochentage("r", G, "x", (3,))),
    ),
    req.Tageszeit: (
        fall("begins too early", s("a"), req.Tageszeit("r", G, "a", time(9, 30), time(23)), at=(9, 9.5, 10)),
        fall("ends too late", s("a"), req.Tageszeit("r", G, "a", time(0), time(11, 30)), at=(9, 9.5, 10)),
        fall("ends tomorrow", s("a"), req.Tageszeit("r", G, "a", time(0), time(23, 59)), at=(21, 22, 23)),
        fall("of a Beratung", x("x", [B1, B2]), req.Tageszeit("r", G, "x", time(10), time(12))),
    ),
    req.Sperrtage: (
        fall(
            "the day it begins on",
            s("a", 0, 3),
            req.Sperrtage("r", G, "a", "f", (req.Sperre(tag(1), tag(2), ""),)),
        ),
        fall(
            "the day it ends on",
            s("a", 0, 1),
            req.Sperrtage("r", G, "a", "f", (req.Sperre(tag(1), tag(1), ""),)),
            at=(21, 22),
        ),
        fall(
            "of a Beratung",
            x("x", [B1, B3]),
            req.Sperrtage("r", G, "x", "f", (req.Sperre(tag(1), tag(3), ""), req.Sperre(tag(5), tag(5), ""))),
        ),
    ),
    req.KeineUeberschneidung: (
        fall(
            "may touch",
            s("a"),
            req.KeineUeberschneidung("r", G, "a", (busy(0, 11, 13),)),
            at=(8.5, 9, 9.5, 12.5, 13),
        ),
        fall(
            "clear of it",
            s("a"),
            req.KeineUeberschneidung("r", G, "a", (busy(0, 12, 13), busy(1, 1, 5)), 30),
            at=(9, 9.5, 10, 13, 13.5),
        ),
        fall(
            "over midnight",
            s("a", 0, 2),
            req.KeineUeberschneidung("r", G, "a", (busy(0, 20, 9.5, tage=1),)),
            at=(9, 18, 10),
        ),
        fall("a Beratung", x("x", [B1, B3]), req.KeineUeberschneidung("r", G, "x", (busy(1, 10, 10.5),))),
    ),
    req.Reihenfolge: (
        fall("the same day or later", s("a", 0, 2), s("b", 0, 2), req.Reihenfolge("r", G, "a", "b", 0)),
        fall("a later day", s("a", 0, 2), s("b", 1, 3), req.Reihenfolge("r", G, "a", "b", 1)),
        fall("days between", s("a", 0, 4), s("b", 0, 4), req.Reihenfolge("r", G, "a", "b", 3)),
        fall("with a Beratung", s("a", 0, 2), x("x", [B1, B3]), req.Reihenfolge("r", G, "a", "x", 1)),
        fall(
            "after a fact",
            s("b", 0, 3),
            req.Reihenfolge("r", G, "a", "b", 2),
            fakten=[lag("a", 0, 9, 11)],
        ),
    ),
    req.Hoechstabstand: (
        fall("the same day", s("a", 0, 2), s("b", 0, 2), req.Hoechstabstand("r", G, "a", "b", 0)),
        fall("some days", s("a", 0, 3), s("b", 1, 5), req.Hoechstabstand("r", G, "a", "b", 2)),
        fall("with a Beratung", x("x", [B1, B3]), s("b", 1, 3), req.Hoechstabstand("r", G, "x", "b", 1)),
        fall(
            "after a fact", s("b", 0, 3), req.Hoechstabstand("r", G, "a", "b", 2), fakten=[lag("a", 0, 9, 11)]
        ),
    ),
    req.Mindestabstand: (
        fall("two", s("a", 0, 2), s("b", 0, 2), req.Mindestabstand("r", G, "kr", ("a", "b"), 2)),
        fall(
            "three, one day",
            s("a", 0, 2),
            s("b", 0, 2),
            s("c", 1, 2),
            req.Mindestabstand("r", G, "kr", ("a", "b", "c"), 1),
        ),
        fall(
            "three, two days",
            s("a", 0, 4),
            s("b", 0, 3),
            s("c", 1, 4),
            req.Mindestabstand("r", G, "kr", ("c", "a", "b", "a"), 2),
        ),
        fall(
            "a fact",
            s("b", 0, 3),
            req.Mindestabstand("r", G, "kr", ("a", "b"), 2),
            fakten=[lag("a", 1, 9, 11)],
        ),
    ),
    req.Anzahl: (
        fall("at most one", s("a", 0, 3), s("b", 1, 2), req.Anzahl("r", G, "lk", ("a", "b"), 2026, None, 1)),
        fall("none", s("a", 0, 3), req.Anzahl("r", G, "lk", ("a",), 2027, None, 0)),
        fall("at least one", s("a", 0, 3), s("b", 1, 2), req.Anzahl("r", G, "lk", ("a", "b"), 2027, 1)),
        fall(
            "between",
            s("a", 0, 3),
            s("b", 1, 2),
            s("c", 1, 3),
            req.Anzahl("r", G, "lk", ("a", "b", "c", "a"), 2027, 1, 2),
        ),
        fall(
            "one of them is not to be held",
            s("a", 0, 3),
            s("b", 1, 2),
            req.Anzahl("r", G, "lk", ("a", "b", "z"), 2027, 2),
        ),
        fall(
            "one of them only in the other year",
            *(s("a", 0, 3), s("b", 2, 3), s("c", 1, 2)),
            req.Anzahl("r", G, "lk", ("a", "b", "c"), 2026, 2),
        ),
        fall(
            "a fact counts",
            s("b", 1, 2),
            req.Anzahl("r", G, "lk", ("a", "b"), 2026, None, 1),
            fakten=[lag("a", 0, 9, 11)],
        ),
    ),
    req.Verfuegbar: (
        fall("two at once", s("a"), s("b"), hier(pf("a", "b")), at=(9, 10, 11)),
        fall(
            "three at once",
            s("a", 0, 0),
            s("b", 0, 0),
            s("c", 0, 0),
            hier(pf("a", "b", "c", "a")),
            at=(9, 10, 11, 13),
        ),
        fall("over midnight", s("a", dauer=240), s("b"), hier(pf("a", "b")), at=NACHTS),
        fall("from a day on", s("a", 0, 2), s("b", 0, 2), hier((*pf("a"), ab("b", 1)))),
        fall("up to a day", s("a", 0, 2), s("b", 0, 2), hier((*pf("a"), bis("b", 1)))),
        fall("twice in the year", s("a", 0, 3), s("b", 0, 3), hier((*pf("a"), bis("b", 0), ab("b", 3)))),
        fall(
            "somebody else's", s("a"), s("b"), s("c", 0, 0), hier(pf("a", "c")), hier(pf("b", "c"), sitz="q")
        ),
        fall("busy", s("a"), hier(pf("a"), (busy(0, 10, 10.5), busy(1, 11, 12))), at=(8, 9, 10.5, 11)),
        fall("busy for days", s("a", 0, 3), hier(pf("a"), (busy(0, 10, 9, tage=2),)), at=(7, 8, 9)),
        fall("busy while it is no duty", s("a", 0, 2), hier((ab("a", 1),), (busy(0, 8, 20), busy(1, 8, 20)))),
        fall("a Beratung", s("a"), x("x", [B1, B3]), hier(pf("a", "x")), at=(9, 11)),
        fall(
            "of another presenter",
            s("a"),
            x("x", [B1, B3], ("q",)),
            hier(pf("a", "x")),
            hier(pf("a", "x"), sitz="q"),
        ),
        fall("one sitting", x("x", [B1, B3]), x("y", [B1, B2, B3]), hier(pf("x", "y"))),
        fall("busy with the sitting itself", x("x", [B1, B2]), hier(pf("x"), (busy(0, 9, 11, "bv-1"),))),
        fall("busy with another", x("x", [B1, B3]), hier(pf("x"), (busy(0, 9, 11, "bv-9"), busy(1, 11, 12)))),
        fall("a deputy", s("a"), x("x", [B1, B3], ("p", "q")), hier(pf("a", "x")), hier(pf("x"), sitz="q")),
        fall(
            "a deputy too",
            s("a"),
            s("b"),
            x("x", [B1], ("p", "q")),
            hier(pf("a", "x")),
            hier(pf("b", "x"), sitz="q"),
        ),
        fall(
            "a deputy for the busy",
            x("x", [B1, B3], ("p", "q")),
            hier(pf("x"), (busy(0, 9, 10),)),
            hier(pf("x"), (busy(1, 9, 10),), sitz="q"),
        ),
        fall(
            "a deputy, two items",
            x("x", [B1], ("p", "q"), ("q", "r")),
            hier(pf("x"), (busy(0, 9, 10),)),
            hier(pf("x"), (busy(0, 9, 10),), sitz="r"),
        ),
        fall("one person", s("a"), s("b"), x("x", [B1, B3], ("q",)), hier(pf("a", "x"), mit=("q",))),
        fall(
            "one person stands in for itself",
            s("a"),
            x("x", [B1, B3], ("p", "q")),
            hier(pf("a", "x"), mit=("q",)),
        ),
        fall(
            "one person from a day on",
            s("a"),
            x("x", [B1, B3], ("p",)),
            hier((*pf("a"), ab("x", 1)), mit=("q",)),
            hier((ab("x", 1),), sitz="q"),
        ),
        fall(
            "the same Sitze, other days",
            s("a"),
            s("b"),
            x("x", [B1, B3]),
            hier((*pf("a"), ab("x", 1)), key="spaet"),
            hier((*pf("b"), bis("x", 0)), key="frueh"),
        ),
        fall(
            "the same Sitze, other items on other days",
            *(s("b", 1, 1), x("x", [B3]), x("y", [B1, B3])),
            hier((ab("x", 1),), key="spaet"),
            hier((*pf("b", "y"), bis("x", 0)), key="frueh"),
        ),
        fall("one of them is not to be held", s("a"), s("b"), hier(pf("a", "z", "b"))),
        fall("a fact", s("b", 0, 1), hier(pf("a", "b")), fakten=[lag("a", 0, 10, 12)], at=(9, 12)),
        fall(
            "a Beratung that was held",
            s("b", 0, 1),
            hier(pf("x", "b")),
            hier(pf("x", "b"), sitz="q"),
            fakten=[lag("x", 0, 10, 12, sitzung="bv-2", vortrag="q")],
            at=(9, 12),
        ),
    ),
    req.Wegezeit: (
        fall(
            "elsewhere",
            s("a", 0, 0, "haus", "schule"),
            s("b", 0, 0, "haus"),
            hier(pf("a", "b")),
            weg(pf("a", "b"), 60),
            at=(9, 11, 11.5, 12),
        ),
        fall(
            "a place unknown",
            s("a", 0, 0),
            s("b", 0, 0),
            hier(pf("a", "b")),
            weg(pf("a", "b"), 30),
            at=(9, 11, 11.5),
        ),
        fall(
            "a place unknown and one known",
            s("a", 0, 0),
            s("b", 0, 0, "haus"),
            hier(pf("a", "b")),
            weg(pf("a", "b"), 45),
            at=(9, 11, 11.5, 12),
        ),
        fall("over midnight", s("a"), s("b"), hier(pf("a", "b")), weg(pf("a", "b"), 60), at=(21.5, 0, 1)),
        fall(
            "one after another",
            s("a", 0, 0),
            s("b", 0, 0),
            s("c", 0, 0, dauer=60),
            hier(pf("a", "b", "c")),
            weg(pf("a", "b", "c"), 90),
            at=(8, 9, 11.5, 12, 15),
        ),
        fall(
            "from a day on",
            s("a", 0, 1),
            s("b", 0, 1),
            hier((*pf("a"), ab("b", 1))),
            weg((*pf("a"), ab("b", 1)), 30),
            at=(9, 11),
        ),
        fall(
            "up to a day",
            s("a", 0, 1),
            s("b", 0, 1),
            hier((*pf("a"), bis("b", 0))),
            weg((*pf("a"), bis("b", 0)), 30),
            at=(9, 11),
        ),
        fall("busy before", s("a", 0, 0, "haus"), weg(pf("a"), 30, (busy(0, 8, 9),)), at=(8, 9, 9.25, 9.5)),
        fall(
            "busy after",
            s("a", 0, 0, "haus"),
            weg(pf("a"), 30, (busy(0, 12, 13),)),
            at=(9, 9.5, 9.75, 10, 11),
        ),
        fall("busy the day before", s("a", 0, 1), weg(pf("a"), 60, (busy(0, 20, 23.5),)), at=(0, 0.5, 9)),
        fall(
            "overlap is not its matter", s("a", 0, 0), weg(pf("a"), 30, (busy(0, 9, 10),)), at=(7, 8, 9.5, 10)
        ),
        fall("a Beratung", s("a", 0, 1, "haus"), x("x", [B1, B3]), weg(pf("a", "x"), 30), at=(11, 11.5)),
        fall("one sitting", x("x", [B1]), x("y", [B1, bv("bv-4", 0, 11, 12)]), weg(pf("x", "y"), 60)),
        fall(
            "busy with the sitting itself",
            x("x", [B1, B2]),
            weg(pf("x"), 30, (busy(0, 9, 11, "bv-1"), busy(0, 12, 13))),
        ),
        fall(
            "a deputy for who is too far", x("x", [B1, B3], ("p", "q")), weg(pf("x"), 30, (busy(0, 11, 12),))
        ),
        fall(
            "a deputy for who is near",
            s("a", 0, 0),
            x("x", [B1, B3], ("p", "q")),
            weg(pf("a", "x"), 30, (busy(0, 15, 16),)),
            at=(11, 11.5),
        ),
        fall(
            "one person",
            s("a", 0, 0),
            x("x", [B1], ("q", "r")),
            weg(pf("a", "x"), 30, mit=("q",)),
            at=(11, 11.5),
        ),
        fall(
            "a fact",
            s("b", 0, 0),
            weg(pf("a", "b"), 60),
            fakten=[lag("a", 0, 10, 12, "haus")],
            at=(12, 12.5, 13),
        ),
    ),
    req.EineVon: (
        fall("the only one is busy", s("a"), eine(wer("p", belegt=(busy(0, 9, 10),)))),
        fall(
            "both are busy",
            s("a", 0, 2),
            eine(
                wer("p", belegt=(busy(0, 9, 10), busy(1, 9, 10))),
                wer("q", belegt=(busy(1, 8, 9.5), busy(2, 8, 10))),
            ),
        ),
        fall(
            "none is busy for long",
            s("a", 0, 1),
            eine(wer("p", belegt=(busy(0, 10.5, 8, tage=1),)), wer("q", belegt=(busy(0, 8, 9.25),))),
            at=(7, 9),
        ),
        fall("another duty", s("a"), s("b"), eine(wer("p", *pf("b")))),
        fall("another duty of each", s("a"), s("b"), s("c"), eine(wer("p", *pf("b")), wer("q", *pf("c")))),
        fall(
            "another duty or busy",
            s("a"),
            s("b"),
            eine(wer("p", *pf("b")), wer("q", belegt=(busy(0, 9, 10),))),
        ),
        fall("another duty on some days", s("a"), s("b"), eine(wer("p", ab("b", 1)))),
        fall("from a day on", s("a", 0, 2), eine(wer("p", belegt=(busy(0, 9, 10), busy(1, 9, 10))), von=1)),
        fall("up to a day", s("a", 0, 2), eine(wer("p", belegt=(busy(1, 9, 10), busy(2, 9, 10))), ende=1)),
        fall(
            "a Beratung each, from a day on",
            *(s("a", 1, 1), x("x", [B3]), x("y", [B1, B3], ("q",))),
            eine(wer("p", ab("x", 1)), wer("q", ab("y", 1))),
        ),
        fall("another duty, up to a day", s("a", 0, 1), s("b", 0, 1), eine(wer("p", *pf("b")), ende=0)),
        fall(
            "busy, then another duty",
            *(s("a", 0, 1), s("b", 1, 1), s("c", 1, 2)),
            eine(wer("p", *pf("b"), belegt=(busy(0, 9, 10),)), wer("q", *pf("c"))),
        ),
        fall("another duty, from a day on", s("a", 0, 1), s("b", 0, 1), eine(wer("p", *pf("b")), von=1)),
        fall(
            "a way to busy time",
            s("a", 0, 0, "haus"),
            eine(wer("p", belegt=(busy(0, 8, 9), busy(0, 12, 12.5))), minuten=30),
            at=(9, 9.5, 9.75, 13),
        ),
        fall(
            "a way to another duty",
            s("a", 0, 0, "haus", "schule"),
            s("b", 0, 0, "haus"),
            eine(wer("p", *pf("b")), minuten=60),
            at=(9, 11, 11.5, 12),
        ),
        fall(
            "a way to a place unknown",
            s("a", 0, 0),
            s("b", 0, 0),
            eine(wer("p", *pf("b")), minuten=60),
            at=(9, 11, 12),
        ),
        fall(
            "a way over midnight",
            s("a", dauer=60),
            s("b", dauer=60),
            eine(wer("p", *pf("b")), minuten=60),
            at=(23, 0, 1),
        ),
        fall("a Beratung", s("a"), x("x", [B1, B3]), eine(wer("p", *pf("x"))), at=(9, 11)),
        fall(
            "a Beratung of a deputy",
            s("a", 0, 0),
            x("x", [B1], ("q", "p")),
            eine(wer("p", *pf("x"))),
            at=(9, 11),
        ),
        fall(
            "one person",
            s("a", 0, 0),
            x("x", [B1], ("q", "r")),
            eine(wer("p", *pf("x"), mit="q")),
            at=(9, 11),
        ),
        fall("a fact", s("a"), eine(wer("p", *pf("f"))), fakten=[lag("f", 1, 9, 11)]),
    ),
    req.OrtFrei: (
        fall("two at once", s("a", 0, 0, "haus"), s("b", 0, 0, "haus"), frei("a", "b"), at=(9, 10, 11)),
        fall(
            "one of them elsewhere",
            s("a", 0, 0, "haus", "schule"),
            s("b", 0, 0, "haus", "schule"),
            frei("a", "b"),
            at=(9, 11),
        ),
        fall(
            "three at once",
            s("a", 0, 0, "haus", "schule"),
            s("b", 0, 0, "haus"),
            s("c", 0, 0, "haus"),
            frei("a", "b", "c"),
            at=(9, 10, 11),
        ),
        fall(
            "over midnight", s("a", 0, 1, "haus", dauer=240), s("b", 0, 1, "haus"), frei("a", "b"), at=NACHTS
        ),
        fall(
            "occupied",
            s("a", 0, 0, "haus", "schule"),
            frei("a", belegt=(busy(0, 11, 12),)),
            at=(9, 9.5, 11.5, 12),
        ),
        fall(
            "a fact", s("b", 0, 1, "haus"), frei("a", "b"), fakten=[lag("a", 0, 10, 12, "haus")], at=(9, 12)
        ),
    ),
}
"""Requirements: of the plans that keep all else, some keep the kind and some do not."""


def w(
    name: str,
    p: req.Preference,
    *requirements: req.Requirement,
    at: Iterable[float] = (9,),
    fakten: Iterable[Lage] = (),
) -> Fall:
    return fall(name, *requirements, wishes=[p], at=at, fakten=fakten)


def abend(
    *events: str, belegt: tuple[req.Belegung, ...] = (), je_woche: int = 1, stunde: int = 18
) -> req.Abendlast:
    return req.Abendlast("p", G, 1, "p", events, belegt, time(stunde), je_woche, 3)


def reihum(*events: str, orte: tuple[str, ...] = ("haus", "schule")) -> req.Wechsel:
    return req.Wechsel("p", G, 1, "kr", events, orte, 2)


def spanne(mindestens: int | None, hoechstens: int | None) -> req.Abstandswunsch:
    return req.Abstandswunsch("p", G, 1, "a", "b", mindestens, hoechstens, 2)


def stay(
    e: str, n: int, von: int, ende: int, ort: str = "", vortrag: tuple[str, ...] | None = None
) -> req.Bleiben:
    return req.Bleiben("p", G, -1, e, um(n, von), um(n, ende), ort, vortrag, 3)


def last(wer_: str, *dienste: req.Dienst, tag_: int | None = None, fern: tuple[str, ...] = ()) -> req.Last:
    return req.Last(wer_, dienste, tag_, fern)


def gleich(was: req.Was, *lasten: req.Last, schritt: int = 0) -> req.Ausgleich:
    return req.Ausgleich("p", G, 1, was, lasten, time(18), schritt, 3)


def robust(
    *ordnung: req.Reihenfolge | req.Hoechstabstand | req.Fenster,
    frei: tuple[tuple[str, int], ...] = (),
    tage: int = 1,
) -> req.Robust:
    return req.Robust("p", G, 1, B1, ("x", "y"), ordnung, frei, tage, 2)


ABENDE, WOCHENTAGE, WEGE = req.Was.ABENDE, req.Was.WOCHENTAGE, req.Was.WEGE
VORTRAG = (bv("bv-6", 0, 17, 19), bv("bv-7", 1, 17, 19))

WUENSCHE: Mapping[type[req.Preference], tuple[Fall, ...]] = {
    req.Gewohnt: (
        w("the weekday", req.Gewohnt("p", G, 1, "a", 4, time(9), 3, 1), s("a", 0, 6)),
        w(
            "half hours, begun ones too",
            req.Gewohnt("p", G, 1, "a", 2, time(9, 30), 3, 2),
            s("a", 0, 0),
            at=(8.75, 9, 9.25, 9.5, 10, 10.25),
        ),
        w("a Beratung", req.Gewohnt("p", G, 1, "x", 3, time(9), 3, 1), x("x", [B1, B2, B3])),
    ),
    req.Abstandswunsch: (
        w("at most", spanne(None, 1), s("a", 0, 2), s("b", 0, 4)),
        w("at least", spanne(2, None), s("a", 0, 2), s("b", 0, 4)),
        w("both", spanne(1, 2), s("a", 0, 1), s("b", 0, 5)),
        w("the same day", spanne(0, 0), s("a", 0, 2), s("b", 0, 2)),
        w(
            "with a Beratung",
            req.Abstandswunsch("p", G, 1, "x", "b", 2, 3, 4),
            x("x", [B1, B3]),
            s("b", 0, 5),
        ),
        w(
            "days that are missing",
            spanne(3, 4),
            s("a", 0, 6),
            s("b", 0, 8),
            req.Wochentage("r", G, "a", (2, 5)),
            req.Wochentage("q", G, "b", (0, 3)),
        ),
        w("after a fact", spanne(None, 1), s("b", 0, 4), fakten=[lag("a", 1, 9, 11)]),
    ),
    req.Vorher: (
        w("an earlier day", req.Vorher("p", G, 1, "a", "b", 4), s("a", 0, 2), s("b", 0, 2)),
        w("with a Beratung", req.Vorher("p", G, 1, "a", "x", 4), s("a", 0, 2), x("x", [B1, B3])),
        w("after a fact", req.Vorher("p", G, 1, "a", "b", 4), s("b", 0, 2), fakten=[lag("a", 1, 9, 11)]),
    ),
    req.Danach: (
        w("one follows", req.Danach("p", G, 1, "a", ("b",), 2, 4), s("a", 0, 2), s("b", 0, 4)),
        w(
            "one of two follows",
            req.Danach("p", G, 1, "a", ("b", "c"), 1, 4),
            s("a", 0, 2),
            s("b", 0, 3),
            s("c", 1, 3),
        ),
        w(
            "after a fact",
            req.Danach("p", G, 1, "a", ("b",), 1, 4),
            s("b", 0, 3),
            fakten=[lag("a", 1, 9, 11)],
        ),
    ),
    req.Verteilt: (
        w("one a week", req.Verteilt("p", G, 1, ("a", "b"), 1, 4), s("a", 3, 6), s("b", 3, 6)),
        w(
            "two of three",
            req.Verteilt("p", G, 1, ("a", "b", "c"), 2, 4),
            s("a", 3, 6),
            s("b", 4, 5),
            s("c", 3, 6),
        ),
        w(
            "a Beratung",
            req.Verteilt("p", G, 1, ("a", "x"), 1, 4),
            s("a", 3, 6),
            x("x", [B1, bv("bv-5", 6, 9, 11)]),
        ),
    ),
    req.Abendlast: (
        w("two evenings", abend("a", "b"), s("a", 0, 1), s("b", 0, 6), at=(9, 16.5)),
        w("just no evening", abend("a", je_woche=0), s("a", 0, 0), at=(16, 16.5)),
        w("two on one evening are one", abend("a", "b", stunde=12), s("a", 0, 1), s("b", 0, 1), at=(9, 11)),
        w("over midnight", abend("a", "b"), s("a", 0, 1), s("b", 4, 5, dauer=300), at=(9, 21)),
        w("busy too", abend("a", belegt=(busy(0, 17, 19),)), s("a", 0, 5), at=(9, 17)),
        w(
            "busy alone is too much",
            abend("a", belegt=(busy(0, 17, 19), busy(1, 17, 19), busy(2, 9, 17))),
            s("a", 0, 3),
            at=(9, 17),
        ),
        w(
            "busy for days",
            abend("a", belegt=(busy(0, 8, 20, tage=2),), je_woche=3),
            s("a", 0, 5),
            at=(9, 17),
        ),
        w(
            "a Beratung",
            abend("a", "x"),
            s("a", 0, 1),
            x("x", [bv("bv-6", 0, 17, 19), bv("bv-7", 6, 17, 19)]),
            at=(9, 17),
        ),
        w(
            "a Beratung of a deputy",
            abend("x", "y", je_woche=0),
            x("x", [bv("bv-6", 0, 17, 19)], ("p", "q")),
            x("y", [bv("bv-6", 0, 17, 19)], ("q", "p")),
        ),
        w("a fact", abend("a", "f"), s("a", 0, 5), fakten=[lag("f", 0, 17, 19)], at=(9, 17)),
    ),
    req.Meiden: (
        w(
            "busy time",
            req.Meiden("p", G, 1, "a", "gremien", (busy(0, 11, 12), busy(0, 10, 12)), 4),
            s("a", 0, 1),
            at=(8, 9, 12),
        ),
        w("days", req.Meiden("p", G, 1, "a", "schulferien", (busy(1, 0, 0, tage=2),), 4), s("a", 0, 3)),
        w("a Beratung", req.Meiden("p", G, 1, "x", "gremien", (busy(0, 10, 12),), 4), x("x", [B1, B3])),
    ),
    req.Selbst: (
        w("a deputy", req.Selbst("p", G, 1, "x", ("p",), 4), x("x", [B1, B3], ("p", "q"))),
        w(
            "two deputies",
            req.Selbst("p", G, 1, "x", ("p", "r"), 4),
            x("x", [B1], ("p", "q"), ("r", "q"), ("p",)),
        ),
    ),
    req.Wechsel: (
        w("twice in a row", reihum("a", "b"), s("a", 0, 1, *HS), s("b", 0, 1, *HS)),
        w(
            "one between",
            reihum("a", "b", "c"),
            s("a", 0, 2, "haus"),
            s("b", 0, 2, *HS),
            s("c", 0, 2, "haus"),
        ),
        w(
            "equally many",
            reihum("a", "b", "c", "d"),
            s("a", 0, 0, *HS),
            s("b", 1, 1, *HS),
            s("c", 2, 2, *HS),
            s("d", 3, 3, *HS),
        ),
        w(
            "three places",
            reihum("b", "a", orte=(*HS, "halle")),
            s("a", 0, 1, *HS, "halle"),
            s("b", 0, 1, *HS),
        ),
        w(
            "one place held by none",
            reihum("a", "b", "c", orte=("halle", "haus")),
            s("a", 0, 1, *HS),
            s("b", 1, 2, "haus"),
            s("c", 3, 3, *HS),
        ),
        w("no places in turn", reihum("a", "b", orte=()), s("a", 0, 1, *HS), s("b", 0, 1, *HS)),
        w("a place unknown", reihum("a", "b", "c"), s("a", 0, 0, *HS), s("b", 1, 1), s("c", 2, 2, *HS)),
        w("a fact", reihum("f", "b"), s("b", 0, 2, *HS), fakten=[lag("f", 1, 9, 11, "haus")]),
    ),
    req.Bleiben: (
        w("the time", stay("a", 1, 9, 11), s("a", 0, 2), at=(9, 10)),
        w("the place", stay("a", 0, 9, 11, "haus"), s("a", 0, 0, *HS)),
        w("the end", stay("a", 0, 9, 12), s("a", 0, 0), s("b"), req.Reihenfolge("r", G, "a", "b", 0)),
        w("a time off the grid", stay("a", 1, 11, 13), s("a", 0, 1)),
        w("a Beratung, whoever presents", stay("x", 1, 9, 11), x("x", [B1, B3], ("p", "q"))),
        w("who presents", stay("x", 1, 9, 11, vortrag=("q",)), x("x", [B1, B3], ("p", "q"))),
        w(
            "two presenters",
            stay("x", 0, 9, 11, vortrag=("q", "r")),
            x("x", [B1, B3], ("p", "q"), ("q", "r")),
        ),
        w("a presenter who may not", stay("x", 0, 9, 11, vortrag=("z",)), x("x", [B1, B3], ("p", "q"))),
        w(
            "another number of presenters",
            stay("x", 0, 9, 11, vortrag=("p", "q")),
            x("x", [B1, B3], ("p", "q")),
        ),
    ),
    req.Ausgleich: (
        w(
            "the most evenings",
            gleich(ABENDE, last("p", wer("p", *pf("a", "b")))),
            s("a", 0, 1),
            s("b"),
            at=(9, 17),
        ),
        w(
            "how many have the most",
            gleich(ABENDE, last("p", wer("p", *pf("a"))), last("q", wer("q", *pf("b"))), schritt=1),
            *(s("a"), s("b")),
            at=(9, 17),
        ),
        w(
            "how many come next",
            gleich(ABENDE, last("p", wer("p", *pf("a", "b"))), last("q", wer("q", *pf("b"))), schritt=2),
            *(s("a"), s("b")),
            at=(9, 17),
        ),
        w("a weekday", gleich(WOCHENTAGE, last("kr", wer("kr", *pf("a", "b")), tag_=2)), s("a"), s("b")),
        w("any day", gleich(WOCHENTAGE, last("kr", wer("kr", *pf("a", "b")))), s("a"), s("b")),
        w(
            "journeys",
            gleich(WEGE, last("p", wer("p", *pf("a", "b")), fern=HS[:1])),
            s("a", 0, 1, *HS),
            s("b", 0, 0, *HS),
        ),
        w(
            "busy too",
            gleich(ABENDE, last("p", wer("p", *pf("a"), belegt=(busy(0, 17, 19),)))),
            s("a"),
            at=(9, 17),
        ),
        w("from a day on", gleich(ABENDE, last("p", wer("p", ab("a", 1)))), s("a"), at=(17,)),
        w(
            "two parts",
            gleich(ABENDE, last("p", wer("p", bis("a", 0)), wer("p", ab("b", 1), mit="q"))),
            s("a"),
            s("b"),
            at=(17,),
        ),
        w(
            "a Beratung",
            gleich(ABENDE, last("p", wer("p", *pf("x", "a")))),
            x("x", VORTRAG),
            s("a"),
            at=(17,),
        ),
        w(
            "a Beratung of a deputy",
            gleich(ABENDE, last("p", wer("p", *pf("x", "a")))),
            x("x", VORTRAG, ("q", "p")),
            s("a"),
            at=(9, 17),
        ),
        w(
            "a fact",
            gleich(ABENDE, last("p", wer("p", *pf("f", "a")))),
            s("a"),
            fakten=[lag("f", 0, 17, 19)],
            at=(9, 17),
        ),
    ),
    req.Robust: (
        w(
            "an order",
            robust(req.Reihenfolge("o", G, "x", "a", 1), req.Reihenfolge("q", G, "y", "a", 2)),
            *(x("x", [B1, B3]), x("y", [B1, B3]), s("a", 1, 4)),
        ),
        w(
            "an order after it",
            robust(req.Reihenfolge("o", G, "a", "x", 0), req.Reihenfolge("q", G, "a", "y", 1), tage=2),
            *(x("x", [B1, B3]), x("y", [B1, B3]), s("a", -3, 0)),
        ),
        w(
            "a greatest distance",
            robust(req.Hoechstabstand("o", G, "x", "a", 1), req.Hoechstabstand("q", G, "y", "a", 2)),
            *(x("x", [B1, B3]), x("y", [B1, B3]), s("a", 1, 4)),
        ),
        w(
            "a greatest distance before it",
            robust(req.Hoechstabstand("o", G, "a", "x", 1), req.Hoechstabstand("q", G, "a", "y", 2)),
            *(x("x", [B1, B3]), x("y", [B1, B3]), s("a", -3, 0)),
        ),
        w(
            "a window",
            robust(req.Fenster("o", G, "x", tag(0), None), req.Fenster("q", G, "y", None, tag(0)), tage=2),
            *(x("x", [B1, B3]), x("y", [B1, B3]), s("a", 1, 1)),
            req.Fenster("r", G, "x", None, None),
        ),
        w(
            "a window each",
            robust(req.Fenster("o", G, "x", tag(0), None), req.Fenster("q", G, "y", tag(0), tag(5))),
            *(x("x", [B1, B3]), x("y", [B1, B3])),
        ),
        w(
            "what is heard with it moves along",
            robust(
                req.Reihenfolge("o", G, "x", "y", 0),
                req.Fenster("q", G, "y", tag(0), tag(0)),
                frei=(("a", 0),),
            ),
            *(x("x", [B1, B3]), x("y", [B1, B3]), s("a", 1, 2)),
        ),
        w("too close", robust(frei=(("a", 0), ("b", 30))), s("a", 0, 2), s("b", 1, 1), at=(7, 9, 11, 11.5)),
        w(
            "a fact",
            robust(frei=(("f", 0), ("b", 30))),
            s("b", 0, 1),
            fakten=[lag("f", 1, 9, 11)],
            at=(9, 11, 11.5),
        ),
    ),
}
"""Preferences: the plans of each do not all cost the same, but for those in ``IMMER``."""

IMMER = frozenset({"the end", "a window", "a presenter who may not", "another number of presenters"})
"""What can never be kept, so that every plan costs the same."""
