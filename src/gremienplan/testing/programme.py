"""``programmes()`` and ``projects()``: what a drawn city holds in a year, with conditions and wishes of every kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from attrs import evolve
from hypothesis import strategies as st

from gremienplan.fristen import Ausweichen, Frist, Fristart, Zaehlung
from gremienplan.programm import (
    Anlass,
    Aufgabeneintrag,
    Beratungseintrag,
    Fest,
    Meidetag,
    MonatTag,
    Programm,
    Schranke,
    Sitzungseintrag,
    Tagesordnungseintrag,
    Zeitraum,
)
from gremienplan.programm.bedingungen import Tage
from gremienplan.projekt import Projekt
from gremienplan.quellen import Katalog
from gremienplan.stadt import Klasse, Stadt
from gremienplan.testing.arten import bedingungen_of, wuensche_of
from gremienplan.testing.namen import some
from gremienplan.testing.regeln import ANLAESSE, KATALOG, grundlagen, rules
from gremienplan.testing.staedte import cities

MONAT_TAGE = st.integers(0, 365).map(lambda n: date(2028, 1, 1) + timedelta(days=n))
"""Days of a leap year, so that 29 February is among them."""


@st.composite
def projects(draw: st.DrawFn, *, max_atome: int = 8) -> Projekt:
    """Draw a city with rules, a programme and a catalogue: all that a city folder holds, and no calendar."""
    stadt = draw(cities(max_atome=max_atome))
    return Projekt(stadt, draw(rules(stadt)), draw(programmes(stadt)), KATALOG)


@st.composite
def programmes(
    draw: st.DrawFn,
    stadt: Stadt,
    *,
    anlaesse: Sequence[str] = ANLAESSE,
    katalog: Katalog = KATALOG,
    frei: bool = False,
    least: int = 1,
) -> Programm:
    """Draw a yearly programme: Sitzungen of the city's own Gremien, Beratungen, conditions and wishes.

    Names are right and bounds do not cross, but nothing says that a plan can keep it all: for that, see
    ``planted_years``. With ``frei`` there are no bounds, conditions and wishes. It has ``least`` to
    ``least`` + 3 Sitzungen.
    """
    sitzungen = tuple(
        draw(_sitzungen(stadt, f"s{n}", anlaesse, katalog, frei))
        for n in range(draw(st.integers(least, least + 3)))
    )
    political = [art.id for art in stadt.gremienarten.values() if art.klasse is Klasse.POLITISCH]
    zahl = draw(st.integers(0, 2)) if political else 0
    beratungen = tuple(
        draw(_beratungen(stadt, f"b{n}", [s.id for s in sitzungen], political, katalog, frei))
        for n in range(zahl)
    )
    worte = st.none() | grundlagen(katalog)
    namen = {a: Anlass(a, a.capitalize(), draw(worte)) for a in anlaesse}
    programm = Programm("muster", "Musterprogramm", namen, sitzungen, beratungen, (), ())
    if frei:
        return programm
    programm = evolve(programm, meidetage=draw(st.lists(_meidetage(katalog), max_size=1).map(tuple)))
    musts, wishes = bedingungen_of(stadt, programm, katalog), wuensche_of(stadt, programm, katalog)
    rows = st.lists(st.integers(0, len(musts) - 1), max_size=5)
    wanted = st.lists(st.integers(0, len(wishes) - 1), max_size=5)
    own = [art.id for art in stadt.gremienarten.values() if art.klasse is Klasse.EIGEN]
    agenda = st.builds(
        Tagesordnungseintrag,
        id=st.just("t0"),
        name=st.just("Bericht"),
        vortrag=some(stadt.rollen, most=2),
        grundlage=grundlagen(katalog),
        gremium=some(own, least=1),
    )
    task = st.builds(
        Aufgabeneintrag,
        id=st.just("a0"),
        name=st.just("Einladen"),
        grundlage=grundlagen(katalog),
        gremium=some(own, least=1),
        vorher=st.builds(Tage, st.integers(1, 60), grundlagen(katalog)),
    )
    agreed = st.builds(evolve, task, an=some(stadt.rollen, least=1), abstimmung=st.just(True))
    task = task | agreed | st.builds(evolve, task, einladung=st.just(True))
    return evolve(
        programm,
        tagesordnung=draw(st.lists(agenda, max_size=1).map(tuple)),
        aufgaben=draw(st.lists(task, max_size=1).map(tuple)),
        fristen=draw(st.lists(_fristen(stadt, programm, katalog), max_size=1).map(tuple)),
        bedingungen=tuple(draw(musts[row](f"k{n}")) for n, row in enumerate(draw(rows))),
        wuensche=tuple(draw(wishes[row](f"w{n}")) for n, row in enumerate(draw(wanted))),
    )


@st.composite
def _sitzungen(
    draw: st.DrawFn, stadt: Stadt, kennung: str, anlaesse: Sequence[str], katalog: Katalog, frei: bool
) -> Sitzungseintrag:
    own = [art.id for art in stadt.gremienarten.values() if art.klasse is Klasse.EIGEN]
    single = [gremium.id for gremium in stadt.gremien.values() if gremium.art.id in own]
    gremium = draw(st.sampled_from([*own, *single]))
    dort = stadt.gebiete_von(stadt.gremienarten[gremium.partition("/")[0]].ebene)
    eintrag = Sitzungseintrag(
        kennung,
        gremium,
        draw(some(anlaesse, most=2)),
        draw(grundlagen(katalog)),
        draw(st.sampled_from(["", "Auftakt"])),
        dauer=None if frei else draw(st.none() | st.sampled_from([45, 90])),
        nur=draw(st.none() | some([gebiet.id for gebiet in dort], least=1)),
        bei_bedarf=not frei and draw(st.booleans()),
    )
    if frei:
        return eintrag
    return evolve(
        eintrag,
        fenster=draw(st.none() | _zeitraum(katalog)),
        fruehestens=draw(st.none() | _schranke(katalog)),
        spaetestens=draw(st.none() | _schranke(katalog)),
    )


@st.composite
def _beratungen(
    draw: st.DrawFn,
    stadt: Stadt,
    kennung: str,
    sitzungen: Sequence[str],
    political: Sequence[str],
    katalog: Katalog,
    frei: bool,
) -> Beratungseintrag:
    return Beratungseintrag(
        kennung,
        draw(st.sampled_from(sitzungen)),
        draw(st.sampled_from(political)),
        draw(some([*stadt.rollen, *stadt.sitze], least=1, most=2)),
        draw(grundlagen(katalog)),
        draw(st.sampled_from(["", "Bericht"])),
        None if frei else draw(st.none() | _schranke(katalog)),
        None if frei else draw(st.none() | _schranke(katalog)),
        draw(some(stadt.rollen, most=1)),
    )


def _fristen(stadt: Stadt, programm: Programm, katalog: Katalog) -> st.SearchStrategy[Frist]:
    """Return the strategy of a deadline, of any kind and counted in any way; an invitation never moves later."""
    events = [*(s.id for s in programm.sitzungen), *(b.id for b in programm.beratungen)]
    late = (Fristart.LADUNG, Ausweichen.NACHHER)
    return st.builds(
        Frist,
        id=st.just("f0"),
        art=st.sampled_from(Fristart),
        fuer=some([*stadt.gremienarten, *stadt.gremien, *events], least=1, most=2),
        tage=st.integers(0, 60),
        grundlage=grundlagen(katalog),
        name=st.sampled_from(["", "Unterlagen"]),
        zaehlung=st.sampled_from(Zaehlung),
        sitzungstag=st.booleans(),
        versandtag=st.booleans(),
        am_freien_tag=st.sampled_from(Ausweichen),
        bis=st.none() | st.just(time(12)),
        zustaendig=st.none() | st.sampled_from(list(stadt.rollen)),
    ).filter(lambda frist: (frist.art, frist.am_freien_tag) != late)


def _meidetage(katalog: Katalog) -> st.SearchStrategy[Meidetag]:
    """Return the strategy of days to leave free, said in each of the four ways."""
    wort = grundlagen(katalog)
    listed = (date(2027, 4, 25), date(2030, 9, 8))
    return st.one_of(
        st.builds(Meidetag, st.just("m0"), st.just("Wahl"), wort, st.just(listed), quelle=st.just("Amt")),
        st.builds(
            Meidetag,
            st.just("m0"),
            st.just("Markt"),
            wort,
            jaehrlich=_monat_tage(),
            tage_lang=st.integers(1, 4),
        ),
        st.builds(
            Meidetag,
            st.just("m0"),
            st.just("Karneval"),
            wort,
            ostern=st.integers(-60, 60),
            vorabend=st.none() | st.just(time(17)),
        ),
        st.builds(
            Meidetag,
            st.just("m0"),
            st.just("Fest"),
            wort,
            fest=st.just(Fest("TR", "Eid al-Fitr")),
            mond=st.booleans(),
        ),
    )


def _monat_tage() -> st.SearchStrategy[MonatTag]:
    return MONAT_TAGE.map(lambda tag: MonatTag(tag.month, tag.day))


def _zeitraum(katalog: Katalog) -> st.SearchStrategy[Zeitraum]:
    return st.builds(Zeitraum, _monat_tage(), _monat_tage(), grundlagen(katalog))


def _schranke(katalog: Katalog) -> st.SearchStrategy[Schranke]:
    return st.builds(Schranke, _monat_tage(), grundlagen(katalog))
