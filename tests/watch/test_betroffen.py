"""What a change of the council calendar does to a plan: what the audit finds today and did not find before."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache

from attrs import evolve
from hypothesis import given, settings, strategies as st

from gremienplan.auditing import Finding, audit
from gremienplan.plan import Plan, seen
from gremienplan.projekt import Projekt
from gremienplan.ratskalender import Ratssitzung
from gremienplan.watch import Bericht, Wandel, check_plan
from tests.jahre.pflanzen import Gepflanzt, kalender, pflanze

TAG = timedelta(days=1)
SEEDS = 4
"""So many small years are grown; what is changed in them is drawn."""


@cache
def year(seed: int) -> Gepflanzt:
    """Return a small year whose plan keeps everything and says what it saw."""
    grown = pflanze(seed)
    plan = grown.plan
    saw = seen(grown.projekt.ratskalender.sitzungen, *_span(plan))
    return evolve(grown, plan=evolve(plan, ratskalender=saw))


def _span(plan: Plan) -> tuple[date, date]:
    return date(plan.jahr, 1, 1), date(plan.jahr + 1, 3, 31)


FEW = settings(max_examples=60 if os.environ.get("PROFILE") == "ci" else 6)
"""Each example compiles a year anew."""

years = st.integers(0, SEEDS - 1).map(year)


def mit(projekt: Projekt, sitzungen: Iterable[Ratssitzung]) -> Projekt:
    """Return the project with another calendar."""
    k = projekt.ratskalender
    return evolve(projekt, ratskalender=kalender(tuple(sitzungen), k.ausschuesse))


def keys(findings: Iterable[Finding]) -> set[tuple[str, tuple[str, ...]]]:
    return {(f.requirement.id, f.ereignisse) for f in findings}


def blamed(bericht: Bericht) -> set[tuple[str, tuple[str, ...]]]:
    """Return everything that some change, or all of them, answer for."""
    return keys([*bericht.gemeinsam, *(f for w in bericht.wirkungen for f in w.findings)])


class TestUntouched:
    """What changes nothing touches nothing."""

    @FEW
    @given(years, st.data())
    def test_an_equal_calendar(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """Also when every sitting has a new identity, and when the plan was edited since and breaks a rule."""
        sitzungen = grown.projekt.ratskalender.sitzungen
        if data.draw(st.booleans()):
            sitzungen = tuple(evolve(s, key=f"{s.key}-neu") for s in sitzungen)
        plan = grown.plan
        if data.draw(st.booleans()):
            plan = evolve(plan, termine=plan.termine[1:])
        bericht = check_plan(mit(grown.projekt, sitzungen), plan)
        assert (bericht.wirkungen, bericht.touches, bericht.belegt) == ((), False, True)

    @FEW
    @given(years, st.data())
    def test_what_had_vanished_before_still_touches(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """No change, also under new identities; but exactly the items of vanished sittings are named, until past."""
        weg = data.draw(st.sets(st.sampled_from([s.key for s in grown.projekt.ratskalender.sitzungen])))
        damals = [evolve(s, verschwunden=s.key in weg) for s in grown.projekt.ratskalender.sitzungen]
        plan = evolve(grown.plan, ratskalender=seen(tuple(damals), *_span(grown.plan)))
        neu = "-neu" if data.draw(st.booleans()) else ""
        projekt = mit(grown.projekt, [evolve(s, key=f"{s.key}{neu}") for s in damals])
        heard = {b.beratung for b in plan.beratungen if b.sitzung in weg}
        bericht = check_plan(projekt, plan)
        assert bericht.wirkungen == ()
        assert {v.beratung for v in bericht.verschwunden} == heard
        assert {v.sitzung.key.removesuffix(neu) for v in bericht.verschwunden} <= weg
        assert bericht.touches is bool(heard)
        assert not check_plan(projekt, plan, stand=datetime(plan.jahr + 2, 1, 1)).touches

    @FEW
    @given(years)
    def test_what_was_broken_before_is_no_matter_of_the_calendar(self, grown: Gepflanzt) -> None:
        """Beside a new sitting that disturbs nobody the plan's own faults stay unsaid."""
        first = min(t.beginn for t in grown.plan.termine)
        plan = evolve(grown.plan, termine=grown.plan.termine[1:])
        beginn = first.replace(hour=3, minute=0)
        neu = Ratssitzung("nachts:1", "nachts", "Nachtrunde", "", beginn, beginn + TAG / 24)
        bericht = check_plan(mit(grown.projekt, (*grown.projekt.ratskalender.sitzungen, neu)), plan)
        assert [w.aenderung.wandel for w in bericht.wirkungen] == [Wandel.NEU]
        assert not bericht.touches
        assert not audit(grown.projekt, plan).ok


class TestTouched:
    """What breaks a requirement is said of the change that does."""

    @FEW
    @given(years, st.data())
    def test_a_beratung_whose_sitting_is_not_where_it_was(
        self, grown: Gepflanzt, data: st.DataObject
    ) -> None:
        """Moved, cancelled, vanished or kept as vanished: the Beratungen heard there are touched, and only these."""
        b = data.draw(st.sampled_from(grown.plan.beratungen))
        art = data.draw(st.sampled_from(["verlegt", "abgesagt", "verschwunden", "behalten"]))
        um = data.draw(st.integers(1, 10)) * TAG
        (eine,) = (s for s in grown.projekt.ratskalender.sitzungen if s.key == b.sitzung)
        andere = [s for s in grown.projekt.ratskalender.sitzungen if s is not eine]
        heute = {
            "verlegt": [evolve(eine, beginn=eine.beginn + um, ende=eine.ende + um)],
            "behalten": [evolve(eine, verschwunden=True)],
        }.get(art, [])
        projekt = mit(grown.projekt, [*andere, *heute])
        if art == "abgesagt":
            projekt = evolve(projekt, ratskalender=evolve(projekt.ratskalender, abgesagt=(eine,)))
        bericht = check_plan(projekt, grown.plan)
        (wirkung,) = bericht.wirkungen
        assert wirkung.aenderung.wandel.value == {"behalten": "verschwunden"}.get(art, art)
        heard = {x.beratung for x in grown.plan.beratungen if x.sitzung == eine.key}
        assert set(wirkung.beratungen) == heard
        assert heard <= {e for f in wirkung.findings for e in f.ereignisse}
        assert (wirkung.mitgezogen is not None) is (art == "verlegt")

    @FEW
    @given(years, st.data())
    def test_every_new_breach_is_said_and_no_other(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """Sittings moved and new at once: together they answer for what the audit of today finds."""
        sitzungen = list(grown.projekt.ratskalender.sitzungen)
        termine = grown.plan.termine
        for n in range(data.draw(st.integers(1, 4))):
            t = data.draw(st.sampled_from(termine))
            i = data.draw(st.integers(0, len(sitzungen) - 1))
            s = sitzungen[i]
            there = evolve(s, beginn=t.beginn, ende=t.ende)
            if data.draw(st.booleans()):
                sitzungen[i] = there
            else:
                sitzungen.append(evolve(there, key=f"neu:{n}"))
        projekt = mit(grown.projekt, sitzungen)
        bericht = check_plan(projekt, grown.plan)
        assert blamed(bericht) == keys(audit(projekt, grown.plan).findings)
        assert bericht.touches is (not audit(projekt, grown.plan).ok)

    @FEW
    @given(years, st.data())
    def test_what_vanished_is_never_free(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """A Termin put by hand where a vanished sitting stood breaks what it broke before."""
        s = data.draw(st.sampled_from(grown.projekt.ratskalender.sitzungen))
        t = data.draw(st.sampled_from(grown.plan.termine))
        moved = evolve(t, beginn=s.beginn, ende=s.beginn + (t.ende - t.beginn))
        plan = evolve(grown.plan, termine=tuple(moved if x is t else x for x in grown.plan.termine))
        other = Ratssitzung("neu:1", "neu", "Runde", "", s.beginn, s.ende)
        mit_neu = [*grown.projekt.ratskalender.sitzungen, other]
        alle = check_plan(mit(grown.projekt, mit_neu), plan)
        ohne = check_plan(mit(grown.projekt, [x for x in mit_neu if x is not s]), plan)
        heard = {b.beratung for b in plan.beratungen if b.sitzung == s.key}
        assert {k for k in blamed(ohne) if not heard & set(k[1])} == blamed(alle)

    @FEW
    @given(years, st.data())
    def test_what_going_along_would_break(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """It is what the audit finds once the Beratungen stand at the new time of their sitting."""
        b = data.draw(st.sampled_from(grown.plan.beratungen))
        um = data.draw(st.integers(-60, 60).filter(bool)) * TAG
        alle = grown.projekt.ratskalender.sitzungen
        projekt = mit(
            grown.projekt,
            [evolve(s, beginn=s.beginn + um, ende=s.ende + um) if s.key == b.sitzung else s for s in alle],
        )
        (wirkung,) = check_plan(projekt, grown.plan).wirkungen
        along = evolve(
            grown.plan,
            beratungen=tuple(
                evolve(x, beginn=x.beginn + um, ende=x.ende + um) if x.sitzung == b.sitzung else x
                for x in grown.plan.beratungen
            ),
        )
        found = audit(projekt, along).findings
        assert wirkung.mitgezogen is not None
        assert keys(wirkung.mitgezogen) == {k for k in keys(found) if set(k[1]) & set(wirkung.beratungen)}
        assert not check_plan(projekt, along).wirkungen[0].beratungen

    @FEW
    @given(years, st.data())
    def test_a_new_name_that_nobody_knows(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """The sittings of a body under a name no pattern knows are not its own: its items are heard nowhere."""
        b = data.draw(st.sampled_from(grown.plan.beratungen))
        heute = [
            evolve(s, gremium="", name="Bezirksbeirat") if s.gremium == b.gremium else s
            for s in grown.projekt.ratskalender.sitzungen
        ]
        bericht = check_plan(mit(grown.projekt, heute), grown.plan)
        assert [w.aenderung.wandel for w in bericht.wirkungen] == [Wandel.UMBENANNT]
        assert b.beratung in {e for _, ereignisse in blamed(bericht) for e in ereignisse}

    @FEW
    @given(years, st.data())
    def test_what_was_held_is_a_fact(self, grown: Gepflanzt, data: st.DataObject) -> None:
        """A sitting of today or before may be missing or elsewhere: what was heard in it has been heard."""
        b = data.draw(st.sampled_from(grown.plan.beratungen))
        stand = datetime.combine(b.beginn.date(), time(23)) + data.draw(st.integers(0, 3)) * TAG
        alle = grown.projekt.ratskalender.sitzungen
        ohne = mit(grown.projekt, [s for s in alle if s.key != b.sitzung])
        bericht = check_plan(ohne, grown.plan, stand=stand)
        assert not bericht.touches
        assert len(bericht.wirkungen) == (stand.date() == b.beginn.date())
        before = datetime.combine(b.beginn.date() - TAG, time(23))
        assert check_plan(ohne, grown.plan, stand=before).touches

    @FEW
    @given(years, st.data())
    def test_what_a_cancelled_sitting_should_have_heard_is_none(
        self, grown: Gepflanzt, data: st.DataObject
    ) -> None:
        """Nobody heard it, whatever day it is: exactly the items of that sitting are touched, and each once."""
        b = data.draw(st.sampled_from(grown.plan.beratungen))
        stand = datetime.combine(b.beginn.date(), time(23)) + data.draw(st.integers(0, 100)) * TAG
        alle = grown.projekt.ratskalender.sitzungen
        (eine,) = (s for s in alle if s.key == b.sitzung)
        projekt = mit(grown.projekt, [s for s in alle if s is not eine])
        projekt = evolve(projekt, ratskalender=evolve(projekt.ratskalender, abgesagt=(eine,)))
        (wirkung,) = check_plan(projekt, grown.plan, stand=stand).wirkungen
        assert wirkung.aenderung.wandel is Wandel.ABGESAGT
        heard = sorted(x.beratung for x in grown.plan.beratungen if x.sitzung == eine.key)
        assert sorted(wirkung.beratungen) == heard
        assert sorted(e for f in wirkung.findings for e in f.ereignisse) == heard


class TestOldPlans:
    """A plan that does not say what it saw is compared by the sittings of its Beratungen."""

    @FEW
    @given(years, st.data())
    def test_moved_and_vanished(self, grown: Gepflanzt, data: st.DataObject) -> None:
        plan = evolve(grown.plan, ratskalender=None)
        unchanged = check_plan(grown.projekt, plan)
        assert (unchanged.belegt, unchanged.wirkungen) == (False, ())
        b = data.draw(st.sampled_from(plan.beratungen))
        ohne = [s for s in grown.projekt.ratskalender.sitzungen if s.key != b.sitzung]
        bericht = check_plan(mit(grown.projekt, ohne), plan)
        assert b.beratung in {e for w in bericht.wirkungen for e in w.beratungen}


@FEW
@given(years, st.data())
def test_what_a_partial_plan_leaves_open_is_no_effect(grown: Gepflanzt, data: st.DataObject) -> None:
    """That something has no date is not laid to a change, neither to that of its own sitting nor to another's."""
    b = data.draw(st.sampled_from(grown.plan.beratungen))
    rest = tuple(other for other in grown.plan.beratungen if other is not b)
    plan = evolve(grown.plan, beratungen=rest, offen=(*grown.plan.offen, b.beratung))
    assert not check_plan(grown.projekt, plan).touches
    weg = data.draw(st.sampled_from([b.sitzung, rest[0].sitzung]))
    sitzungen = [s for s in grown.projekt.ratskalender.sitzungen if s.key != weg]
    bericht = check_plan(mit(grown.projekt, sitzungen), plan)
    assert bericht.touches is any(other.sitzung == weg for other in rest)
    assert not any(b.beratung in w.beratungen for w in bericht.wirkungen)
    assert not any(b.beratung in events for _, events in blamed(bericht))
