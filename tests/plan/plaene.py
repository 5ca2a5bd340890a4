"""Drawn plans: any Termine, Beratungen and histories, to the minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from attrs import evolve
from hypothesis import strategies as st

from gremienplan.plan import (
    Absage,
    Beleg,
    Beratungstermin,
    Gehalten,
    Gesehen,
    Plan,
    Regelbeleg,
    Stufe,
    Termin,
    Verlaufseintrag,
    Vermerk,
    Zustand,
)
from gremienplan.programm import Zusatzsitzung

SITZUNGEN = tuple(f"runde-{n}/{gebiet}" for n in (1, 2, 3) for gebiet in ("anger", "hafen"))
BERATUNGEN = ("rat-1/anger/ost", "rat-1/hafen/west")

namen = st.text(max_size=8)
zeiten = st.datetimes(datetime(2027, 1, 1), datetime(2028, 2, 1)).map(
    lambda t: t.replace(second=0, microsecond=0)
)
staende = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1))
laengen = st.integers(1, 600).map(lambda minuten: timedelta(minutes=minuten))


@st.composite
def termine(draw: st.DrawFn, sitzung: st.SearchStrategy[str] = namen) -> Termin:
    """Draw the Termin of a Sitzung."""
    beginn = draw(zeiten)
    return Termin(draw(sitzung), draw(namen), beginn, beginn + draw(laengen), draw(namen))


@st.composite
def beratungen(draw: st.DrawFn, beratung: st.SearchStrategy[str] = namen) -> Beratungstermin:
    """Draw the Termin of a Beratung."""
    beginn = draw(zeiten)
    vortrag = tuple(draw(st.lists(namen, max_size=3)))
    return Beratungstermin(draw(beratung), draw(namen), draw(namen), beginn, beginn + draw(laengen), vortrag)


@st.composite
def vermerke(draw: st.DrawFn) -> Vermerk:
    """Draw what was recorded of an event."""
    beginn = draw(zeiten)
    vortrag = tuple(draw(st.lists(namen, max_size=3)))
    return Vermerk(draw(namen), beginn, beginn + draw(laengen), draw(namen), vortrag)


@st.composite
def gesehene(draw: st.DrawFn) -> Gesehen:
    """Draw a sitting that a plan was made with."""
    beginn = draw(zeiten)
    return Gesehen(draw(namen), draw(namen), draw(namen), beginn, beginn + draw(laengen), draw(st.booleans()))


def _absage(ereignis: str, v: Vermerk) -> Absage:
    return Absage(ereignis, v.gremium, v.beginn, v.ende, v.ort, v.vortrag)


frueher = st.lists(st.tuples(namen, zeiten), max_size=3).map(tuple)
eintraege = st.builds(
    Verlaufseintrag,
    stand=staende,
    zustand=st.sampled_from(Zustand),
    neu=st.lists(namen, max_size=3).map(tuple),
    verlegt=frueher,
    abgesagt=st.lists(st.builds(_absage, namen, vermerke()), max_size=3).map(tuple),
    gehalten=st.lists(namen, max_size=2).map(tuple),
    protokolle=st.lists(namen, max_size=2).map(tuple),
)
zusaetzliche = st.builds(
    Zusatzsitzung, namen, namen, st.lists(namen, max_size=2).map(tuple), namen, st.booleans()
)
belege = st.builds(
    Beleg,
    version=namen,
    werk=namen,
    daten=st.dictionaries(namen, namen, max_size=2),
    siegel=namen,
    lesarten=st.dictionaries(namen, namen, max_size=2),
    lesarten_ab=st.dictionaries(namen, namen, max_size=2),
    lesarten_angabe=st.dictionaries(namen, st.dictionaries(namen, namen, max_size=2), max_size=2),
    regeln=st.dictionaries(namen, st.builds(Regelbeleg, namen, namen), max_size=2),
    einladungen=st.dictionaries(
        namen, st.dictionaries(namen, st.lists(namen, max_size=2).map(tuple), max_size=2), max_size=2
    ),
)
plaene = st.builds(
    Plan,
    stadt=namen,
    jahr=st.integers(1900, 2199),
    programm=namen,
    termine=st.lists(termine(), max_size=5).map(tuple),
    beratungen=st.lists(beratungen(), max_size=5).map(tuple),
    stufen=st.lists(st.builds(Stufe, st.integers(1, 4), st.integers(), st.integers()), max_size=4).map(tuple),
    offen=st.lists(namen, max_size=3).map(tuple),
    eingaben=st.dictionaries(namen, namen, max_size=3),
    beleg=st.none() | belege,
    ratskalender=st.none() | st.lists(gesehene(), max_size=3).map(tuple),
    abgebrochen=st.booleans(),
    kanonisch=st.booleans(),
    profil=namen,
    verlauf=st.lists(eintraege, max_size=3).map(tuple),
    zusaetzlich=st.lists(zusaetzliche, max_size=2).map(tuple),
    gehalten=st.dictionaries(namen, st.builds(Gehalten, namen), max_size=2),
    aufgezeichnet=st.dictionaries(namen, vermerke(), max_size=3),
)

MUSTER = Plan("musterstadt", 2027, "M", (), ())


@st.composite
def ergebnisse(draw: st.DrawFn) -> Plan:
    """Draw what a solver could have made of a small year: each event placed at most once, few different days."""
    tage: Mapping[str, int | None] = draw(
        st.fixed_dictionaries({e: st.none() | st.integers(1, 3) for e in (*SITZUNGEN, *BERATUNGEN)})
    )
    wann = {e: datetime(2027, 5, tag, 17) for e, tag in tage.items() if tag is not None}
    stunde = timedelta(hours=1)
    return evolve(
        MUSTER,
        termine=tuple(Termin(s, "runde", wann[s], wann[s] + stunde) for s in SITZUNGEN if s in wann),
        beratungen=tuple(
            Beratungstermin(e, "rat", "key", wann[e], wann[e] + stunde) for e in BERATUNGEN if e in wann
        ),
    )
