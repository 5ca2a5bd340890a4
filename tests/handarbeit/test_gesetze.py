"""Laws of changes by hand, on drawn years with a planted plan: what is kept, what is refused, what the history says."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from attrs import evolve
from hypothesis import given, settings, strategies as st

from gremienplan.auditing import audit
from gremienplan.handarbeit import Handgriff, add, add_extra, cancel, mark_held, move, set_protocol
from gremienplan.plan import Gehalten, Plan, plan_from_json, plan_to_json, record
from gremienplan.programm import Anlass, bedingungen as bed
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Anzahl
from gremienplan.testing import Gepflanzt, planted_years

FEW = settings(max_examples=45 if os.environ.get("PROFILE") == "ci" else 5)
ANFANG = datetime(2026, 11, 1, 9)
TAG = timedelta(days=1)


def planned(gepflanzt: Gepflanzt) -> Plan:
    """Return the planted plan with its first entry."""
    return record(gepflanzt.plan, None, ANFANG)


def some(data: st.DataObject, plan: Plan) -> str:
    """Draw a Sitzung of a plan."""
    return data.draw(st.sampled_from([t.sitzung for t in plan.termine]))


def keeps_its_promise(projekt: Projekt, found: Handgriff, eintraege: int) -> None:
    """What is refused is the plan before; what is kept passes the audit, adds one entry, and is read as written."""
    if not found.ok:
        assert found.plan is found.bisher
        assert all(f.requirement.grundlage.authority in Authority and str(f.meldung) for f in found.befunde)
        return
    assert audit(projekt, found.plan).ok
    assert len(found.plan.verlauf) == len(found.bisher.verlauf) + eintraege
    assert found.plan.zustand is found.bisher.zustand
    text = plan_to_json(found.plan)
    assert plan_to_json(plan_from_json(text)) == text


@FEW
@given(planted_years(), st.data())
def test_a_move_is_kept_whole_or_not_at_all_and_leads_back(gepflanzt: Gepflanzt, data: st.DataObject) -> None:
    """There and back leaves every Termin as it was, with two entries more; the audit has the last word."""
    projekt, plan = gepflanzt.projekt, planned(gepflanzt)
    sitzung = some(data, plan)
    lage = plan.lagen[sitzung][0]
    wann = lage.beginn + data.draw(st.integers(-4, 4)) * TAG
    there = move(projekt, plan, sitzung, wann, stand=ANFANG)
    keeps_its_promise(projekt, there, 1 if wann != lage.beginn else 0)
    moved = evolve(
        plan,
        termine=tuple(
            evolve(t, beginn=wann, ende=wann + (t.ende - t.beginn)) if t.sitzung == sitzung else t
            for t in plan.termine
        ),
    )
    assert there.ok is audit(projekt, moved).ok
    if there.changed:
        back = move(projekt, there.plan, sitzung, lage.beginn, stand=ANFANG + TAG)
        keeps_its_promise(projekt, back, 1)
        assert (back.plan.termine, back.plan.beratungen) == (plan.termine, plan.beratungen)
        assert [e.verlegt for e in back.plan.verlauf[1:]] == [((sitzung, lage.beginn),), ((sitzung, wann),)]


@FEW
@given(planted_years(), st.data())
def test_what_is_cancelled_and_added_again_is_as_it_was(gepflanzt: Gepflanzt, data: st.DataObject) -> None:
    """All that must wait for it goes with it, and comes back by its day alone: hour, Ort and presenters are known."""
    projekt, plan = gepflanzt.projekt, planned(gepflanzt)
    sitzung = some(data, plan)
    alone = cancel(projekt, plan, sitzung, stand=ANFANG)
    keeps_its_promise(projekt, alone, 1)
    found = cancel(projekt, plan, sitzung, mit_folgen=True, stand=ANFANG)
    keeps_its_promise(projekt, found, 1)
    if not found.ok:
        return
    assert (
        set(found.plan.offen)
        == set(found.ereignisse)
        == {a.ereignis for a in found.plan.verlauf[-1].abgesagt}
    )
    if not alone.ok:
        assert set(alone.folgen) == set(found.ereignisse[1:]) != set()
    again, rest = found.plan, set(found.ereignisse)
    while rest:
        tage = {e: plan.lagen[e][0].beginn.date() for e in sorted(rest)}
        steps = {e: add(projekt, again, e, tag, stand=ANFANG + TAG) for e, tag in tage.items()}
        ereignis = next(
            e for e, step in steps.items() if step.ok
        )  # what waits for another one is refused until then
        keeps_its_promise(projekt, steps[ereignis], 1)
        again, rest = steps[ereignis].plan, rest - {ereignis}
    assert (again.termine, again.beratungen, again.offen) == (plan.termine, plan.beratungen, plan.offen)


@FEW
@given(planted_years(), st.data())
def test_what_is_past_is_a_fact(gepflanzt: Gepflanzt, data: st.DataObject) -> None:
    """It is neither moved nor cancelled; marked as held it stays where it is, whatever is asked of the year later."""
    projekt, plan = gepflanzt.projekt, planned(gepflanzt)
    sitzung = some(data, plan)
    beginn = plan.lagen[sitzung][0].beginn
    assert not mark_held(projekt, plan, sitzung, stand=beginn - TAG).ok
    changes: tuple[Callable[[], Handgriff], ...] = (
        lambda: move(projekt, plan, sitzung, beginn + TAG, stand=beginn),
        lambda: cancel(projekt, plan, sitzung, stand=beginn),
    )
    for change in changes:
        found = change()
        assert not found.ok
        assert found.befunde[0].requirement.grundlage.authority is Authority.TATSACHE
        keeps_its_promise(projekt, found, 0)
    kept = mark_held(projekt, plan, sitzung, stand=beginn)
    keeps_its_promise(projekt, kept, 1)
    assert kept.plan.verlauf[-1].gehalten == (sitzung,)
    assert not mark_held(projekt, kept.plan, sitzung, stand=beginn + TAG).changed
    told = set_protocol(projekt, kept.plan, sitzung, "https://rat.example/1", stand=beginn + TAG)
    keeps_its_promise(projekt, told, 1)
    assert told.plan.gehalten == {sitzung: Gehalten("https://rat.example/1")}
    assert (told.plan.verlauf[-1].gehalten, told.plan.verlauf[-1].protokolle) == ((), (sitzung,))
    assert told.plan.termine == plan.termine
    spaeter = evolve(projekt.programm, bedingungen=(*projekt.programm.bedingungen, _never(plan, sitzung)))
    strict = evolve(projekt, programm=spaeter)
    assert any(f.ereignisse == (sitzung,) for f in audit(strict, plan).findings)
    assert all(f.ereignisse != (sitzung,) for f in audit(strict, told.plan).findings)


def _never(plan: Plan, sitzung: str) -> bed.Tageszeit:
    """Return a condition that none of the Sitzungen of a Gremium keeps."""
    gremium = next(t.gremium for t in plan.termine if t.sitzung == sitzung)
    return bed.Tageszeit("nie", (gremium,), time(3), time(4), Grundlage(Authority.VORGABE))


@FEW
@given(planted_years(), st.data())
def test_what_is_added_counts_like_any_other(gepflanzt: Gepflanzt, data: st.DataObject) -> None:
    """Where the most of a Gremium is reached, one more is refused on its word; where it is not, it is kept.

    A cancelled one does not count, keeps its id, and is itself when it comes back (P-50, S-23, S-24).
    """
    projekt, plan = gepflanzt.projekt, planned(gepflanzt)
    sitzung = some(data, plan)
    gremium = next(t.gremium for t in plan.termine if t.sitzung == sitzung)
    there = sum(t.gremium == gremium and t.beginn.year == plan.jahr for t in plan.termine)
    free = [b for b in projekt.programm.bedingungen if not isinstance(b, bed.Anzahl | bed.Mindestabstand)]
    wort = Grundlage(Authority.TEXT, "hoechstens")

    def at_most(most: int) -> Projekt:
        count = bed.Anzahl("hoechstens", (gremium,), wort, max=most)
        return evolve(projekt, programm=evolve(projekt.programm, bedingungen=(*free, count), anlaesse=TOPICS))

    tight = _extra(at_most(there), plan, gremium, data.draw(st.integers(0, 300)))
    assert any(f.requirement.grundlage == wort and isinstance(f.requirement, Anzahl) for f in tight.befunde)
    wide = at_most(there + 1)
    found = _extra(wide, plan, gremium, data.draw(st.integers(0, 300)))
    keeps_its_promise(wide, found, 1)
    if not found.ok:
        assert not any(f.requirement.grundlage == wort for f in found.befunde)
        return
    (added,) = found.plan.zusaetzlich
    assert found.ereignisse == (added.sitzung,) == found.plan.verlauf[-1].neu
    second = _extra(wide, found.plan, gremium, data.draw(st.integers(0, 300)))
    assert any(f.requirement.grundlage == wort for f in second.befunde)
    tag = found.plan.lagen[added.sitzung][0].beginn.date()
    gone = cancel(wide, found.plan, added.sitzung, stand=ANFANG + TAG)
    keeps_its_promise(wide, gone, 1)
    assert (gone.plan.termine, gone.plan.offen) == (plan.termine, plan.offen)
    back = add(wide, gone.plan, added.sitzung, tag, stand=ANFANG + 2 * TAG)
    assert (back.plan.termine, back.plan.zusaetzlich) == (found.plan.termine, found.plan.zusaetzlich)
    other = _extra(wide, gone.plan, gremium, 0, stand=ANFANG + TAG)
    assert other.ereignisse[0] != added.sitzung


TOPICS = {"sonder": Anlass("sonder", "Sondersitzung (erfunden)")}


def _extra(projekt: Projekt, plan: Plan, gremium: str, tag: int, stand: datetime = ANFANG) -> Handgriff:
    wann = datetime.combine(date(plan.jahr, 1, 4) + tag * TAG, time(12))
    return add_extra(projekt, plan, gremium, ["sonder"], wann, stand=stand)
