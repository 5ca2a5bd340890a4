"""A Sitzung whose date is still to be announced: what hangs on it waits, and the rest leaves it a day."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import cache

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import gremienplan as gp
from gremienplan.auditing import audit_year
from gremienplan.jahr import Jahr, build
from gremienplan.jahr.offen import bounds, hangs_on, waiting
from gremienplan.plan import Plan
from gremienplan.projekt import Festlegung, Offen
from gremienplan.quellen import Authority
from gremienplan.requirements import Reihenfolge
from tests.jahre.pflanzen import Gepflanzt, pflanze

CI = os.environ.get("PROFILE") == "ci"
SEEDS = range(4)
year = cache(pflanze)


@cache
def compiled_year(seed: int) -> Jahr:
    return build(year(seed).projekt, year(seed).jahr)


@cache
def chain(seed: int, erst: str) -> frozenset[str]:
    """Return what may not have a date without ``erst``, read off the orders and items one step at a time."""
    compiled = compiled_year(seed)
    found = {erst}
    while True:
        more = {b.id for b in compiled.beratungen if b.zu.id in found}
        for r in compiled.requirements:
            if (
                isinstance(r, Reihenfolge)
                and r.erst in found
                and r.grundlage.authority is not Authority.VORGABE
            ):
                more.add(r.dann)
        if more <= found:
            return frozenset(found - {erst})
        found |= more


def without(plan: Plan, *ids: str) -> Plan:
    """Return the plan in which these events have no date, on purpose."""
    return evolve(
        plan,
        termine=tuple(t for t in plan.termine if t.sitzung not in ids),
        beratungen=tuple(b for b in plan.beratungen if b.beratung not in ids),
        offen=tuple(sorted(ids)),
    )


def wartend(grown: Gepflanzt, *offen: str) -> gp.Projekt:
    return evolve(grown.projekt, offen=tuple(Offen(sitzung) for sitzung in offen))


@st.composite
def open_ones(draw: st.DrawFn) -> tuple[int, str]:
    seed = draw(st.sampled_from(SEEDS))
    return seed, draw(st.sampled_from([t.sitzung for t in year(seed).plan.termine]))


class TestWarten:
    """P-37, P-45, S-27: no item and no report before what it rests on has a date."""

    @given(open_ones())
    def test_what_hangs_on_it_is_open_as_well(self, drawn: tuple[int, str]) -> None:
        """Over any number of steps, and nothing else; each names what it waits for."""
        seed, erst = drawn
        grown = year(seed)
        compiled = build(wartend(grown, erst), grown.jahr)
        assert compiled.wartet == dict.fromkeys(sorted(chain(seed, erst)), (erst,))
        assert compiled.offen == {erst, *compiled.wartet}

    @given(open_ones())
    def test_the_audit_asks_for_no_date_of_them(self, drawn: tuple[int, str]) -> None:
        """A plan without exactly these is clean, and says what each waits for."""
        seed, erst = drawn
        grown = year(seed)
        waits = chain(seed, erst)
        found = gp.audit(wartend(grown, erst), without(grown.plan, erst, *waits))
        assert found.ok, [str(f.meldung) for f in found.findings]
        assert set(found.offen) == {erst, *waits}
        assert found.wartet == dict.fromkeys(sorted(waits), (erst,))

    @given(open_ones(), st.booleans(), st.data())
    def test_a_date_before_its_turn_is_a_finding(
        self, drawn: tuple[int, str], announced: bool, data: st.DataObject
    ) -> None:
        """Also where only the plan says that it is open; the finding names what is missing."""
        seed, erst = drawn
        grown = year(seed)
        waits = sorted(chain(seed, erst))
        if not waits:
            return
        dated = data.draw(st.sampled_from(waits))
        projekt = wartend(grown, erst) if announced else grown.projekt
        found = gp.audit(projekt, without(grown.plan, erst, *(e for e in waits if e != dated)))
        assert not found.ok
        assert all(dated in f.ereignisse or f.ereignisse[0] in chain(seed, dated) for f in found.findings)
        missing = {erst, *waits} - {dated}
        told = [e for f in found.findings for e in missing if compiled_year(seed).namen[e] in str(f.meldung)]
        assert told

    def test_each_of_several_is_named(self) -> None:
        found = waiting([("a", "b"), ("c", "b"), ("b", "d"), ("d", "b")], ["a", "c"])
        assert found == {"b": ("a", "c"), "d": ("a", "c")}

    def test_what_somebody_has_fixed_does_not_wait(self) -> None:
        """It stands where it was put, and leaves the open one a day before it."""
        grown = year(0)
        erst = next(t.sitzung for t in grown.plan.termine if t.sitzung.startswith("kr-evaluation/"))
        (lk,) = (t for t in grown.plan.termine if t.sitzung.startswith("lk-1/"))
        assert lk.sitzung in chain(0, erst)
        projekt = evolve(wartend(grown, erst), fest=(Festlegung(lk.sitzung, lk.beginn, lk.ende),))
        compiled = build(projekt, grown.jahr)
        assert lk.sitzung not in compiled.offen
        found = audit_year(compiled, without(grown.plan, *compiled.offen))
        assert found.ok, [str(f.meldung) for f in found.findings]

    def test_what_has_been_held_does_not_wait(self) -> None:
        grown = year(0)
        erst = next(t.sitzung for t in grown.plan.termine if t.sitzung.startswith("kr-entwurf/"))
        items = [b for b in grown.plan.beratungen if b.beratung in chain(0, erst)]
        stand = items[0].ende
        compiled = build(wartend(grown, erst), grown.jahr, stand=stand, before=without(grown.plan, erst))
        assert items[0].beratung in compiled.fakten
        assert items[0].beratung not in compiled.offen


class TestPlanen:
    """What is planned and what is judged are one thing."""

    @pytest.mark.parametrize("seed", SEEDS if CI else SEEDS[:1])
    @pytest.mark.parametrize("eintrag", ["kr-entwurf", "kr-evaluation"])
    def test_a_year_with_an_open_sitzung_is_planned(self, eintrag: str, seed: int) -> None:
        """P-37, P-45: all but it and what waits for it, and the audit is content."""
        grown = year(seed)
        erst = min(t.sitzung for t in grown.plan.termine if t.sitzung.startswith(f"{eintrag}/"))
        plan = gp.schedule(wartend(grown, erst), grown.jahr, effort="kurz")
        assert isinstance(plan, Plan)
        assert set(plan.offen) == {erst, *chain(seed, erst)}
        assert plan.lagen.keys() == grown.plan.lagen.keys() - set(plan.offen)


class TestRaum:
    """What has a date leaves the open one a day."""

    @given(open_ones())
    def test_the_bounds_are_the_window_of_the_open_one_and_the_gap(self, drawn: tuple[int, str]) -> None:
        """Judged by the orders themselves: on the best day the open one may have, no order is broken."""
        seed, erst = drawn
        grown = year(seed)
        compiled = build(wartend(grown, erst), grown.jahr)
        found = list(
            bounds(
                compiled.requirements, compiled.offen, hangs_on(compiled.requirements, compiled.beratungen)
            )
        )
        orders = [
            r
            for r in compiled.requirements
            if isinstance(r, Reihenfolge) and r.dann in compiled.offen and r.erst not in compiled.offen
        ]
        assert {f"{r.id}:offen" for r in orders} <= {f.id for f in found}
        for r in orders:
            (bound,) = (f for f in found if f.id == f"{r.id}:offen")
            assert bound.bis is not None
            assert bound.ereignis == r.erst
            assert bound.wegen == r.dann

    def test_a_date_that_leaves_it_none_is_a_finding(self) -> None:
        """P-52: a first conference after the last day of the second preparation."""
        grown = year(0)
        spaet = next(t.sitzung for t in grown.plan.termine if t.sitzung.startswith("kr-vorbereitung-2/"))
        sk = spaet.replace("kr-vorbereitung-2", "sk-fruehjahr")
        compiled = build(wartend(grown, spaet), grown.jahr)
        plan = without(grown.plan, *compiled.offen)
        (bound,) = (
            f
            for f in bounds(compiled.requirements, compiled.offen, ())
            if f.ereignis == sk and f.id.startswith("sk-vor-vorbereitung-2:")
        )
        assert bound.bis
        (old,) = (t for t in plan.termine if t.sitzung == sk)
        by = bound.bis - old.beginn.date()
        assert audit_year(compiled, plan).ok

        def moved(days: int) -> list[str]:
            more = by + timedelta(days=days)
            neu = evolve(old, beginn=old.beginn + more, ende=old.ende + more)
            termine = tuple(neu if t is old else t for t in plan.termine)
            return [f.requirement.id for f in audit_year(compiled, evolve(plan, termine=termine)).findings]

        assert bound.id not in moved(0)
        assert bound.id in moved(1)
