"""S-20: two of the three who invite to the Stadtteilkonferenz Westen are never free on the same evening."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

import gremienplan as gp
from gremienplan.projekt import Besetzt
from gremienplan.quellen import Authority

BEISPIEL = Path(__file__).parents[2] / "examples" / "hamm-2027"
pytestmark = pytest.mark.skipif(not BEISPIEL.is_dir(), reason="the examples are not part of this tree")

PELKUM, HERRINGEN = "bezirksbuergermeister/pelkum", "bezirksbuergermeister/herringen"
FREI = {PELKUM: {0, 2}, HERRINGEN: {1, 3}}
"""Weekdays with a free evening: no day is in both."""
HERBST = [date(2027, 9, 1) + timedelta(days=n) for n in range(91)]


def evenings() -> Iterator[Besetzt]:
    """Yield when they cannot come in autumn (invented)."""
    for wer, frei in FREI.items():
        for tag in HERBST:
            if tag.weekday() not in frei:
                yield Besetzt(
                    wer, datetime.combine(tag, time(17)), datetime.combine(tag, time(20)), "anderes"
                )


@cache
def answer(lesart: str) -> tuple[gp.Projekt, gp.Plan | gp.Conflict | gp.Undecided]:
    """Plan the year of the example, read as asked; "" for the city's own reading."""
    projekt = gp.load(BEISPIEL, jahr=2027, lesarten={"AMB-05": lesart} if lesart else {})
    projekt = evolve(projekt, besetzt=(*projekt.besetzt, *evenings()))
    return projekt, gp.schedule(projekt, 2027, stand=datetime(2026, 11, 1))


class TestGastgeberImWesten:
    """S-20, AMB-05."""

    def test_read_as_all_of_them_it_cannot_be_planned_and_both_are_named(self) -> None:
        """No other of the 100 events and offices is part of it; what may give way is the autumn and the evening."""
        _, conflict = answer("")
        assert isinstance(conflict, gp.Conflict)
        assert conflict.minimal
        assert {r.id for r in conflict.requirements} == {
            "sk-herbst:sk-herbst/westen",
            "sk-herbst.fenster:sk-herbst/westen",
            "sk-abends:sk-herbst/westen",
            f"verfuegbar:{PELKUM}",
            f"verfuegbar:{HERRINGEN}",
        }
        said = " ".join(str(r.satz(conflict.namen)) for r in conflict.requirements)
        assert "Bezirksbürgermeister:in Pelkum cannot be in two places at once; in the way: anderes." in said
        assert (
            "Bezirksbürgermeister:in Herringen cannot be in two places at once; in the way: anderes." in said
        )
        assert {r.grundlage.authority for r in conflict.requirements} == {
            Authority.TEXT,
            Authority.VORGABE,
            Authority.TATSACHE,
        }

    @pytest.mark.skipif(os.environ.get("PROFILE") != "ci", reason="a whole year more: PROFILE=ci")
    def test_read_as_one_of_them_it_is_planned_and_who_cannot_come_is_said(self) -> None:
        """Nobody is left off the invitation; one of the two is named as absent from this Sitzung alone."""
        projekt, plan = answer("eine-von")
        assert isinstance(plan, gp.Plan)
        audit = gp.audit(projekt, plan)
        assert audit.ok
        assert set(audit.verhindert) == {"sk-herbst/westen"}
        fehlt = set(audit.verhindert["sk-herbst/westen"])
        assert fehlt & set(FREI)
        assert "bezirksbuergermeister/mitte" not in fehlt
        (termin,) = [t for t in plan.termine if t.sitzung == "sk-herbst/westen"]
        assert fehlt == {wer for wer, frei in FREI.items() if termin.beginn.weekday() not in frei}
        geladen = gp.invitations(
            projekt.stadt, projekt.regeln, projekt.sitzung("sk-herbst/westen", 2027), termin.beginn.date()
        )
        assert set(FREI) <= {i.sitz.id for i in geladen}
