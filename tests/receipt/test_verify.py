"""A receipt holds after planning, and every single change is named: rules, calendar, readings, dates, inputs."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

import gremienplan as gp
from gremienplan.auditing import audit
from gremienplan.plan import Stufe, Zustand, belege, plan_from_json, plan_to_json, record_edits
from gremienplan.plan.werk import werk
from gremienplan.quellen import Auslegung
from gremienplan.receipt import Wandel, verify
from gremienplan.rules import Regel
from tests.jahre.pflanzen import Gepflanzt, pflanze

STAND = datetime(2025, 10, 1, 8)
TAG = timedelta(days=1)
SEEDS = 4
"""So many small years are grown; what is changed in them is drawn."""

Gruende = set[tuple[str, str, str, str, str]]
"""Sitzung, Sitz, rule, as what, on whose word."""


@cache
def year(seed: int) -> Gepflanzt:
    """Return a small year with inputs, and its plan as it stands on the disk: with receipt and history."""
    grown = pflanze(seed)
    projekt = evolve(grown.projekt, eingaben={"regeln.toml": "sha256:1", "rat.ics": "sha256:2"})
    points = audit(projekt, grown.plan).kosten
    plan = evolve(
        grown.plan,
        eingaben=projekt.eingaben,
        stufen=tuple(Stufe(stufe, wert, 0) for stufe, wert in sorted(points.items())),
    )
    kept = gp.record(belege(projekt, plan), None, STAND)
    return evolve(grown, projekt=projekt, plan=plan_from_json(plan_to_json(kept)))


FEW = settings(max_examples=60 if os.environ.get("PROFILE") == "ci" else 10)
"""Each example compiles a year anew."""

years = st.integers(0, SEEDS - 1).map(year)


def reasons(projekt: gp.Projekt, plan: gp.Plan) -> Gruende:
    """Return every reason for every invitation, by the rules alone."""
    sitzungen = {s.id: s for s in projekt.sitzungen(plan.jahr)}
    return {
        (t.sitzung, i.sitz.id, g.regel, g.als.value, str(g.grundlage))
        for t in plan.termine
        for i in gp.invitations(projekt.stadt, projekt.regeln, sitzungen[t.sitzung], t.beginn.date())
        for g in i.gruende
    }


def changed_rule(draw: st.DrawFn, projekt: gp.Projekt) -> gp.Projekt:
    """Draw a project in which one rule is gone, or says something else."""
    regeln = projekt.regeln
    at = draw(st.integers(0, len(regeln) - 1))
    regel = regeln[at]
    vorgabe = gp.Grundlage(gp.Authority.VORGABE)
    sommer = date(projekt_year(projekt), 6, 1)
    other: list[tuple[Regel, ...]] = [
        (),
        (evolve(regel, rollen=draw(st.sampled_from(regeln)).rollen),),
        (evolve(regel, gueltig_bis=sommer),),
        (evolve(regel, gueltig_bis=sommer), evolve(regel, gueltig_ab=sommer + TAG, grundlage=vorgabe)),
        (evolve(regel, anlass=("anliegen", "evaluation")),),
        (evolve(regel, grundlage=vorgabe),),
    ]
    return evolve(projekt, regeln=(*regeln[:at], *draw(st.sampled_from(other)), *regeln[at + 1 :]))


def projekt_year(projekt: gp.Projekt) -> int:
    return projekt.ratskalender.sitzungen[0].beginn.year


class TestHolds:
    """What nothing was done to holds."""

    @FEW
    @given(years)
    def test_after_planning(self, grown: Gepflanzt) -> None:
        """Whatever the city; read back from its text."""
        found = verify(grown.projekt, grown.plan)
        assert found.holds
        assert found.belegt

    @FEW
    @given(years)
    def test_in_another_version(self, grown: Gepflanzt) -> None:
        """It is told, and is no difference."""
        assert grown.plan.beleg
        older = evolve(grown.plan, beleg=evolve(grown.plan.beleg, version="0.0.1"))
        found = verify(grown.projekt, older)
        assert found.holds
        assert found.bisherige_version == "0.0.1" != found.version

    @FEW
    @given(years)
    def test_by_another_build_and_with_other_data(self, grown: Gepflanzt) -> None:
        """Told as well, and no difference: the dates and invitations are judged, not who made them."""
        assert grown.plan.beleg
        beleg = evolve(grown.plan.beleg, werk="0", daten={"holidays": "0.0.1"})
        older = evolve(grown.plan, beleg=beleg)
        found = verify(grown.projekt, older)
        assert found.holds
        assert (found.bisheriges_werk, found.werk) == ("0", werk())
        assert {d.name: d.bisher for d in found.daten}["holidays"] == "0.0.1"
        neu = belege(grown.projekt, evolve(grown.plan, verlauf=(), aufgezeichnet={}))
        assert gp.record(neu, older, STAND + TAG) == older

    @FEW
    @given(years)
    def test_a_plan_without_receipt_proves_nothing(self, grown: Gepflanzt) -> None:
        """It is read and judged, but nobody can say that its invitations are the same."""
        found = verify(grown.projekt, evolve(grown.plan, beleg=None))
        assert not found.holds
        assert not found.belegt
        assert found.audit.ok
        assert found.einladungen == ()


class TestEveryChangeIsNamed:
    """One change, and its consequence with Sitzung, Sitz and rule."""

    @given(st.data())
    def test_of_a_rule(self, data: st.DataObject) -> None:
        """Exactly the reasons that came and went, found by asking the rules for both."""
        grown = data.draw(years)
        changed = data.draw(st.composite(changed_rule)(grown.projekt))
        before, after = reasons(grown.projekt, grown.plan), reasons(changed, grown.plan)
        found = verify(changed, grown.plan)
        told = {
            wandel: {
                (e.sitzung, e.sitz, e.regel, e.als, e.grundlage)
                for e in found.einladungen
                if e.wandel is wandel
            }
            for wandel in Wandel
        }
        assert told[Wandel.WEG] == before - after
        assert told[Wandel.NEU] == after - before
        assert found.holds == (before == after and found.audit.ok and not found.punkte)
        invited = {(sitzung, sitz) for sitzung, sitz, *_ in before} & {(r[0], r[1]) for r in after}
        assert all(e.noch == ((e.sitzung, e.sitz) in invited) for e in found.einladungen)

    @FEW
    @given(years, st.data())
    def test_of_a_version_of_a_rule(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """A rule whose word changes within the year is recorded by its versions."""
        regeln = grown.projekt.regeln
        at = data.draw(st.integers(0, len(regeln) - 1))
        sommer = date(grown.jahr, 6, 1)
        neu = evolve(regeln[at], gueltig_ab=sommer + TAG, grundlage=gp.Grundlage(gp.Authority.VORGABE))
        both = (evolve(regeln[at], gueltig_bis=sommer), neu)
        projekt = evolve(grown.projekt, regeln=(*regeln[:at], *both, *regeln[at + 1 :]))
        plan = plan_from_json(plan_to_json(belege(projekt, grown.plan)))
        assert verify(projekt, plan).einladungen == ()
        told = verify(grown.projekt, plan).einladungen
        late = {t.sitzung for t in plan.termine if t.beginn.date() > sommer}
        assert {e.sitzung for e in told} <= late
        assert {(e.regel, e.grundlage) for e in told if e.wandel is Wandel.WEG} <= {(neu.id, "vorgabe")}
        lost = reasons(projekt, plan) - reasons(grown.projekt, plan)
        assert len([e for e in told if e.wandel is Wandel.WEG]) == len(lost)

    @FEW
    @given(years, st.data())
    def test_of_the_council_calendar(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """Without the sitting that hears an item the item is a finding."""
        item = data.draw(st.sampled_from(grown.plan.beratungen))
        kalender = grown.projekt.ratskalender
        kept = tuple(s for s in kalender.sitzungen if s.key != item.sitzung)
        found = verify(evolve(grown.projekt, ratskalender=evolve(kalender, sitzungen=kept)), grown.plan)
        assert not found.holds
        assert item.beratung in {e for finding in found.audit.findings for e in finding.ereignisse}

    @FEW
    @given(years, st.data())
    def test_of_a_date_by_hand(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """Also where the new date breaks nothing."""
        at = data.draw(st.integers(0, len(grown.plan.termine) - 1))
        by = timedelta(minutes=30 * data.draw(st.integers(1, 200)))
        old = grown.plan.termine[at]
        neu = evolve(old, beginn=old.beginn + by, ende=old.ende + by)
        edited = evolve(grown.plan, termine=(*grown.plan.termine[:at], neu, *grown.plan.termine[at + 1 :]))
        found = verify(grown.projekt, edited)
        assert not found.holds
        assert found.bearbeitet == (old.sitzung,)

    @FEW
    @given(years)
    def test_of_a_reading(self, grown: Gepflanzt) -> None:
        """With the question, and what was and is followed."""
        assert grown.plan.beleg
        other = evolve(grown.plan, beleg=evolve(grown.plan.beleg, lesarten={"LES-01": "nein"}))
        found = verify(grown.projekt, other)
        assert not found.holds
        assert [(e.frage, e.bisher, e.jetzt) for e in found.lesarten] == [("LES-01", "nein", "")]

    @FEW
    @given(years, st.booleans())
    def test_of_the_day_and_the_answers_of_a_reading(self, grown: Gepflanzt, day: bool) -> None:
        """With what they were and are, although the alternative is the same."""
        question = Auslegung(
            "LES-01", "?", "Ja.", wahl="nein", ab=date(2027, 7, 1), angabe={"wer": ["a", "b"]}
        )
        katalog = evolve(grown.projekt.katalog, auslegungen={"LES-01": question})
        projekt = evolve(grown.projekt, katalog=katalog, lesarten={"LES-01": "nein"})
        plan = belege(projekt, grown.plan)
        assert not verify(projekt, plan).lesarten
        other = evolve(question, ab=date(2027, 8, 1)) if day else evolve(question, angabe={"wer": "c"})
        changed = evolve(projekt, katalog=evolve(katalog, auslegungen={"LES-01": other}))
        found = verify(changed, plan)
        assert not found.holds
        (lesart,) = found.lesarten
        assert (lesart.bisher, lesart.bisher_ab, lesart.bisher_angabe) == (
            "nein",
            "2027-07-01",
            {"wer": "a, b"},
        )
        assert (lesart.jetzt_ab, lesart.jetzt_angabe) == (
            ("2027-08-01", {"wer": "a, b"}) if day else ("2027-07-01", {"wer": "c"})
        )

    @FEW
    @given(years)
    def test_of_an_input(self, grown: Gepflanzt) -> None:
        """By its name, even where nothing follows from it."""
        eingaben = {"regeln.toml": "sha256:9", "neu.ics": "sha256:3"}
        found = verify(evolve(grown.projekt, eingaben=eingaben), grown.plan)
        assert not found.holds
        assert [(e.name, e.wandel) for e in found.eingaben] == [
            ("neu.ics", Wandel.NEU),
            ("rat.ics", Wandel.WEG),
            ("regeln.toml", Wandel.GEAENDERT),
        ]
        assert found.einladungen == ()

    @FEW
    @given(years)
    def test_of_points(self, grown: Gepflanzt) -> None:
        """A plan that claims to be better than it is."""
        first, *rest = grown.plan.stufen
        found = verify(grown.projekt, evolve(grown.plan, stufen=(evolve(first, wert=first.wert + 1), *rest)))
        assert not found.holds
        assert [p.stufe for p in found.punkte] == [first.stufe]


def edits() -> dict[str, Callable[[gp.Plan], gp.Plan]]:
    """What a hand can do to a plan beside its dates."""

    def moved(plan: gp.Plan) -> gp.Plan:
        t, *rest = plan.termine
        return evolve(plan, termine=(evolve(t, beginn=t.beginn + 7 * TAG, ende=t.ende + 7 * TAG), *rest))

    def entry(plan: gp.Plan, **wie: Any) -> gp.Plan:
        return evolve(plan, verlauf=(*plan.verlauf[:-1], evolve(plan.verlauf[-1], **wie)))

    return {
        "no history, no stages, a week later": lambda p: moved(evolve(p, verlauf=(), stufen=())),
        "open with a date": lambda p: evolve(p, offen=(p.termine[0].sitzung,)),
        "a better bound": lambda p: evolve(
            p, stufen=tuple(evolve(s, schranke=s.schranke + 1) for s in p.stufen)
        ),
        "planned in 2028": lambda p: entry(p, stand=datetime(2028, 1, 1)),
        "nothing was new": lambda p: entry(p, neu=()),
        "published": lambda p: entry(p, zustand=Zustand.PUBLISHED),
        "stopped": lambda p: evolve(p, abgebrochen=True),
        "another history of a date, and the date": lambda p: evolve(
            moved(p), aufgezeichnet={e: v[0] for e, v in moved(p).vermerke.items()}
        ),
    }


class TestNothingIsEditedUnseen:
    """What plan.json says is what was written."""

    @pytest.mark.parametrize("edit", edits())
    @pytest.mark.parametrize("seed", range(SEEDS))
    def test_beside_the_dates(self, edit: str, seed: int) -> None:
        """Each part: history, stages, what is open, the record; whatever was made of it."""
        grown = year(seed)
        plan = edits()[edit](grown.plan)
        found = verify(grown.projekt, plan)
        assert not found.unversehrt
        assert not found.holds
        assert found.verlauf is bool(plan.verlauf)

    @pytest.mark.parametrize("seed", range(SEEDS))
    def test_what_is_recorded_holds_again(self, seed: int) -> None:
        """A date that was edited, and then recorded, is what was written."""
        grown = year(seed)
        better = edits()["a better bound"](grown.plan)
        kept = record_edits(better, STAND + TAG)
        assert verify(grown.projekt, kept).unversehrt
        assert len(kept.verlauf) == 2
        assert record_edits(kept, STAND + TAG) == kept

    def test_a_plan_nobody_has_recorded_proves_nothing(self) -> None:
        """It was never written."""
        grown = year(0)
        bare = belege(grown.projekt, evolve(grown.plan, verlauf=(), aufgezeichnet={}))
        found = verify(grown.projekt, bare)
        assert not found.verlauf
        assert not found.holds


def test_the_years_have_something_to_lose() -> None:
    """So that the laws above are not about nothing."""
    assert all(len(reasons(year(seed).projekt, year(seed).plan)) > 100 for seed in range(SEEDS))
