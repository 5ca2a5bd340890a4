"""A Conflict names what is in the way: an absence, a closure, with their days, and nothing that lies elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from gremienplan.loading import load
from gremienplan.plan import Conflict
from gremienplan.planning import schedule
from gremienplan.projekt import Besetzt, Projekt
from gremienplan.quellen import TATSACHE
from gremienplan.requirements import Belegung, OrtFrei, Verfuegbar
from gremienplan.requirements.werte import benannt

MUSTER = Path(__file__).parents[1] / "cli" / "musterstadt"
FEBRUAR, MAERZ, APRIL, HERBST = (datetime(2027, m, 1) for m in (2, 3, 4, 9))


@cache
def projekt() -> Projekt:
    return load(MUSTER, jahr=2027)


def said(*besetzt: Besetzt) -> dict[type, str]:
    """Return what the Conflict of a year with these absences says, by kind of requirement."""
    found = schedule(evolve(projekt(), besetzt=besetzt), 2027)
    assert isinstance(found, Conflict)
    return {type(r): str(r.satz(found.namen)) for r in found.requirements}


def test_a_closed_ort_says_why_and_how_long() -> None:
    """Of two closures (invented) only that in the window of the Sitzung."""
    umbau = Besetzt("berghaus", MAERZ, APRIL, "Umbau")
    satz = said(umbau, Besetzt("berghaus", HERBST, HERBST.replace(hour=20), "Konzert"))[OrtFrei]
    assert (
        satz == "Berghaus holds one Sitzung at a time; in the way: Umbau (Mon 2027-03-01 to Wed 2027-03-31)."
    )


@pytest.mark.parametrize("bis", [APRIL, APRIL.replace(hour=9)])
def test_who_is_away_says_why_and_how_long(bis: datetime) -> None:
    """What ends at midnight has ended the day before."""
    satz = said(
        Besetzt("leitung/am-berg", MAERZ, bis, "abwesend (erfunden)"),
        Besetzt("leitung/am-berg", FEBRUAR, FEBRUAR.replace(hour=12), "Reise (erfunden)"),
    )[Verfuegbar]
    last = "Wed 2027-03-31" if bis == APRIL else "Thu 2027-04-01"
    assert f"; in the way: abwesend (erfunden) (Mon 2027-03-01 to {last})." in satz
    assert "Reise" not in satz


def test_words_of_busy_times() -> None:
    """Once is said with its days, what is so several times without."""
    one = Belegung(MAERZ, MAERZ.replace(hour=12), "Umzug")
    assert [str(was) for was in benannt((one, one))] == ["Umzug (on Mon 2027-03-01)"]
    more = evolve(one, von=APRIL, bis=APRIL.replace(hour=12))
    assert [str(was) for was in benannt((one, more))] == ["Umzug"]
    assert one.letzter == date(2027, 3, 1)
    person = Verfuegbar("r", TATSACHE, "a", (), mit=("b",), hier=(one,))
    assert person == evolve(person, hier=())
    assert str(person.satz({"a": "Amt A", "b": "Amt B"})) == (
        "One person holds: Amt A, Amt B. Nobody can be in two places at once; in the way: Umzug (on Mon 2027-03-01)."
    )
