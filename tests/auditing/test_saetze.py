"""What a finding says: the names people read, the dates, and what would have been right."""

from __future__ import annotations

import pytest
from attrs import evolve

from gremienplan.auditing import check
from gremienplan.plan import Lage
from gremienplan.requirements import (
    Angesetzt,
    Anzahl,
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
from tests.auditing.bau import G, belegung, d, dt, lage, plan, t

NAMEN = {
    "a": "Runde A",
    "b": "Runde B",
    "bv": "BV Nord",
    "haus": "Haus",
    "halle": "Halle",
    "leitung": "Leitung",
    "stelle": "Vertretung",
    "runde": "Runde",
}
A = lage("a", "2027-09-01", "15:00", "17:00", ort="haus")
B = lage("b", "2027-09-03", "15:00", "17:00", ort="haus")
HELD = Stattfinden("r", G, "a", 2027, d("2027-01-01"), d("2027-12-31"), 120, ("haus",))
SITTING = Sitzungstag("bv-1", "bv", dt("2027-09-01", "15:00"), dt("2027-09-01", "17:00"), "BV Nord")
HEARD = Angesetzt("r", G, "a", "bv", (SITTING,), (("leitung", "stelle"),))
ITEM = evolve(A, ort="", sitzung="bv-1", vortrag=("leitung",))
RAT = (belegung("2027-09-01", "16:00", "19:00"),)
DUTIES = (Pflicht("a"), Pflicht("b"))
NEXT = evolve(B, beginn=dt("2027-09-01", "17:10"), ende=dt("2027-09-01", "19:00"), ort="halle")
LATER = evolve(A, ereignis="b", beginn=dt("2027-09-01", "16:00"), ende=dt("2027-09-01", "18:00"))

CASES: tuple[tuple[Requirement, tuple[Lage, ...], str], ...] = (
    (HELD, (), "Runde A: has no Termin."),
    (
        HELD,
        (A, evolve(A, beginn=dt("2027-09-02", "15:00"), ende=dt("2027-09-02", "17:00"))),
        (
            "Runde A: stands in the plan more than once: "
            "Wed 2027-09-01 15:00 to 17:00, Thu 2027-09-02 15:00 to 17:00."
        ),
    ),
    (
        evolve(HELD, bis=d("2027-06-30")),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is not within Fri 2027-01-01 to Wed 2027-06-30.",
    ),
    (evolve(HELD, dauer=90), (A,), "Runde A: Wed 2027-09-01 15:00 to 17:00 lasts 120 minutes, not 90."),
    (
        evolve(HELD, orte=("halle", "haus")),
        (evolve(A, ort="keller"),),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is at another place: keller. Possible: Halle, Haus.",
    ),
    (
        HELD,
        (evolve(A, ort=""),),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 names no place. Possible: Haus.",
    ),
    (
        evolve(HELD, orte=()),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 names a place that is none of its own: Haus.",
    ),
    (
        HELD,
        (evolve(A, sitzung="bv-1"),),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is an item of another sitting, not a Termin of its own.",
    ),
    (
        HEARD,
        (evolve(ITEM, vortrag=("haus",)),),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is presented by: Haus. Possible: Leitung (or: Vertretung).",
    ),
    (
        HEARD,
        (evolve(ITEM, vortrag=()),),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is presented by: –. Possible: Leitung (or: Vertretung).",
    ),
    (
        evolve(HEARD, vortrag=()),
        (ITEM,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is presented by: Leitung. Possible: –.",
    ),
    (
        HEARD,
        (evolve(ITEM, sitzung="x"),),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is in no sitting that stands of: BV Nord.",
    ),
    (
        evolve(HEARD, sitzungen=(), spaeter=HEARD.sitzungen),
        (evolve(ITEM, ende=dt("2027-09-01", "16:00")),),
        (
            "Runde A: Wed 2027-09-01 15:00 to 16:00 is not the time of its sitting: "
            "Wed 2027-09-01 15:00 to 17:00."
        ),
    ),
    (
        HEARD,
        (evolve(ITEM, ende=dt("2027-09-02", "01:00")),),
        (
            "Runde A: Wed 2027-09-01 15:00 to Thu 2027-09-02 01:00 is not the time of its sitting: "
            "Wed 2027-09-01 15:00 to 17:00."
        ),
    ),
    (
        Fenster("r", G, "a", d("2027-10-01"), None),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is before Fri 2027-10-01.",
    ),
    (
        Fenster("r", G, "a", None, d("2027-08-31")),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is after Tue 2027-08-31.",
    ),
    (
        Wochentage("r", G, "a", (0, 3)),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is on another weekday than: Mon, Thu.",
    ),
    (
        Tageszeit("r", G, "a", t("09:00"), t("16:00")),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is not between 09:00 and 16:00.",
    ),
    (
        Sperrtage("r", G, "a", "schulferien", (Sperre(A.tag, A.tag, "Ferien"),)),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is on a blocked day: Ferien.",
    ),
    (
        KeineUeberschneidung("r", G, "a", RAT),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 overlaps: Rat, Wed 2027-09-01 16:00 to 19:00.",
    ),
    (
        KeineUeberschneidung("r", G, "a", (belegung("2027-09-01", "17:20", "19:00"),), 30),
        (A,),
        (
            "Runde A: Wed 2027-09-01 15:00 to 17:00 is less than 30 minutes clear of: "
            "Rat, Wed 2027-09-01 17:20 to 19:00."
        ),
    ),
    (
        Reihenfolge("r", G, "b", "a", 1),
        (A, B),
        "Runde A, Wed 2027-09-01 15:00 to 17:00, is before: Runde B, Fri 2027-09-03 15:00 to 17:00.",
    ),
    (
        Reihenfolge("r", G, "a", "b", 1),
        (A, NEXT),
        (
            "Runde A, Wed 2027-09-01 15:00 to 17:00; Runde B, Wed 2027-09-01 17:10 to 19:00: "
            "days in between: 0, at least: 1."
        ),
    ),
    (
        Hoechstabstand("r", G, "a", "b", 1),
        (A, B),
        (
            "Runde A, Wed 2027-09-01 15:00 to 17:00; Runde B, Fri 2027-09-03 15:00 to 17:00: "
            "days in between: 2, at most: 1."
        ),
    ),
    (
        Mindestabstand("r", G, "runde", ("b", "a"), 21),
        (B, A),
        (
            "Runde A, Wed 2027-09-01 15:00 to 17:00; Runde B, Fri 2027-09-03 15:00 to 17:00: "
            "days in between: 2, at least: 21."
        ),
    ),
    (
        Anzahl("r", G, "runde", ("a", "b"), 2027, max=1),
        (B, A),
        "Runde: 2 Termine in 2027, not at most 1: Wed 2027-09-01, Fri 2027-09-03.",
    ),
    (
        Anzahl("r", G, "runde", ("a", "b"), 2028, min=1),
        (B, A),
        "Runde: 0 Termine in 2028, not at least 1: –.",
    ),
    (
        Anzahl("r", G, "runde", ("a", "b"), 2028, min=1, anlass=("Plan",)),
        (B, A),
        "Runde (on: Plan): 0 Termine in 2028, not at least 1: –.",
    ),
    (
        Verfuegbar("r", G, "leitung", DUTIES, RAT),
        (A,),
        (
            "Leitung: needed at once in: Runde A, Wed 2027-09-01 15:00 to 17:00; "
            "Rat, Wed 2027-09-01 16:00 to 19:00."
        ),
    ),
    (
        Verfuegbar("r", G, "leitung", DUTIES),
        (A, LATER),
        (
            "Leitung: needed at once in: Runde A, Wed 2027-09-01 15:00 to 17:00; "
            "Runde B, Wed 2027-09-01 16:00 to 18:00."
        ),
    ),
    (
        Wegezeit("r", G, "leitung", DUTIES, 30, (belegung("2027-09-01", "17:10", "19:00"),)),
        (A,),
        (
            "Leitung: 10 minutes, not at least 30, between: Runde A, Wed 2027-09-01 15:00 to 17:00; "
            "Rat, Wed 2027-09-01 17:10 to 19:00."
        ),
    ),
    (
        EineVon("r", G, "a", (Dienst("leitung", (), RAT), Dienst("stelle", (Pflicht("b"),)))),
        (A, LATER),
        "Runde A: Wed 2027-09-01 15:00 to 17:00: none of these can come: Leitung, Vertretung.",
    ),
    (
        OrtFrei("r", G, "haus", ("a", "b")),
        (A, LATER),
        (
            "Haus: occupied at once by: Runde A, Wed 2027-09-01 15:00 to 17:00; "
            "Runde B, Wed 2027-09-01 16:00 to 18:00."
        ),
    ),
    (
        evolve(HEARD, vortrag=(("leitung",),)),
        (evolve(ITEM, vortrag=("stelle",)),),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is presented by: Vertretung. Possible: Leitung.",
    ),
    (
        Wegezeit("r", G, "leitung", DUTIES, 30),
        (A, NEXT),
        (
            "Leitung: 10 minutes, not at least 30, between: Runde A, Wed 2027-09-01 15:00 to 17:00; "
            "Runde B, Wed 2027-09-01 17:10 to 19:00."
        ),
    ),
    (
        OrtFrei("r", G, "haus", ("a",), RAT),
        (A,),
        (
            "Haus: occupied at once by: Runde A, Wed 2027-09-01 15:00 to 17:00; "
            "Rat, Wed 2027-09-01 16:00 to 19:00."
        ),
    ),
    (
        Verfuegbar("r", G, "leitung", DUTIES, mit=("stelle",)),
        (A, LATER),
        (
            "One person (Leitung, Vertretung): needed at once in: Runde A, Wed 2027-09-01 15:00 to 17:00; "
            "Runde B, Wed 2027-09-01 16:00 to 18:00."
        ),
    ),
    (
        Fest("r", G, "a", dt("2027-09-01", "14:30")),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is not the time it is fixed for: Wed 2027-09-01 14:30.",
    ),
    (
        Fest("r", G, "a", dt("2027-09-01", "15:00"), "halle"),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is not where it is fixed to be: Halle.",
    ),
    (
        Fest("r", G, "a", dt("2027-09-02", "00:00"), nur_tag=True),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is not the time it is fixed for: Thu 2027-09-02.",
    ),
    (
        Fest("r", G, "a", dt("2027-09-01", "15:00"), vortrag=("leitung",)),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is not presented by whom it is fixed to be: Leitung.",
    ),
    (
        Raumgroesse("r", G, "a", 40, (("halle", 10), ("haus", 25))),
        (A,),
        "Runde A: Wed 2027-09-01 15:00 to 17:00 is at a place with room for 25, not at least 40: Haus.",
    ),
)


@pytest.mark.parametrize(("requirement", "lagen", "sentence"), CASES)
def test_a_finding_says_who_when_and_what_would_be_right(
    requirement: Requirement, lagen: tuple[Lage, ...], sentence: str
) -> None:
    (finding,) = check(requirement, plan(lagen), NAMEN)
    assert str(finding.meldung) == sentence
