"""A joint sitting is one sitting: who belongs to several of its bodies is there once, and may present there."""

from __future__ import annotations

from attrs import evolve

from gremienplan import requirements as req
from gremienplan.auditing import audit
from gremienplan.plan import Plan
from gremienplan.planning import schedule
from gremienplan.programm import Beratungseintrag, bedingungen as bed, wuensche as w
from gremienplan.ratskalender import Ratskalender
from gremienplan.requirements import Belegung
from gremienplan.rules import Regel, RegelArt
from tests.jahr.muster import LESART, R1, REGELN, TEXT, VOR, G, entry, of, projekt, year
from tests.nur_ci import nur_ci

FUEHREND = evolve(R1, gemeinsam="r1")
MIT = evolve(R1, key="r1+beirat/west", gremium="beirat/west", gemeinsam="r1")
AUCH = evolve(R1, key="r1+beirat/ost", gremium="beirat/ost", gemeinsam="r1")
KALENDER = Ratskalender((FUEHREND, MIT, AUCH))
BEIDE = (
    *REGELN,
    Regel("rat-amt", RegelArt.MITGLIEDSCHAFT, "rat", ("amt",), TEXT),
    Regel("beirat-amt", RegelArt.MITGLIEDSCHAFT, "beirat", ("amt",), TEXT),
)
IM_RAT = Beratungseintrag("bericht", "vor", "rat", ("amt",), LESART, name="Bericht")
IM_BEIRAT = Beratungseintrag("lesung", "vor", "beirat", ("amt",), LESART, name="Lesung")
FRUEH = entry("vor", von="03-01", bis="04-30")


def test_it_is_busy_time_once_and_under_one_key() -> None:
    """For a Sitz of both bodies, and for what may overlap neither of them."""
    ueberschneidung = bed.KeineUeberschneidung("x", ("runde",), G)
    found = year(ueberschneidung, sitzungen=(VOR,), beratungen=(IM_RAT,), regeln=BEIDE, ratskalender=KALENDER)
    once = (Belegung(R1.beginn, R1.ende, R1.name, "r1"),)
    west = next(r for r in of(req.Verfuegbar, found) if r.sitz == "amt/west")
    assert west.belegt == once
    assert {r.belegt for r in of(req.KeineUeberschneidung, found)} == {once}


def test_its_key_is_the_same_for_items_in_each_of_its_bodies() -> None:
    found = year(sitzungen=(VOR,), beratungen=(IM_RAT, IM_BEIRAT), regeln=BEIDE, ratskalender=KALENDER)
    assert {s.key for r in of(req.Angesetzt, found) for s in r.sitzungen} == {"r1"}


@nur_ci("several searches")
def test_who_belongs_to_both_bodies_presents_in_it_for_both() -> None:
    """Taken for two sittings at one time this would have no plan: the same people would be in two places."""
    both = (IM_RAT, IM_BEIRAT)
    found = projekt(sitzungen=(FRUEH,), beratungen=both, regeln=BEIDE, ratskalender=KALENDER)
    plan = schedule(found, 2027)
    assert isinstance(plan, Plan)
    assert not audit(found, plan).findings
    assert {b.sitzung for b in plan.beratungen} == {"r1"}
    apart = Ratskalender(tuple(evolve(s, gemeinsam="") for s in KALENDER.sitzungen))
    assert not isinstance(schedule(evolve(found, ratskalender=apart), 2027), Plan)


def test_a_wish_to_avoid_other_bodies_counts_it_once() -> None:
    for am_tag in (False, True):
        wish = w.MeideGremien("x", ("runde",), 1, G, am_tag)
        found = year(wuensche=(wish,), sitzungen=(VOR,), regeln=BEIDE, ratskalender=KALENDER)
        assert {len(r.belegt) for r in of(req.Meiden, found)} == {1}
