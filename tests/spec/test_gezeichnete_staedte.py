"""What holds for every city, not only for Hamm: laws over drawn cities, rules and programmes.

The join is worked out here a second time, from the atoms alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date

from attrs import evolve
from hypothesis import HealthCheck, given, settings, strategies as st

import gremienplan as gp
from gremienplan.jahr import build
from gremienplan.quellen import Authority, Grundlage
from gremienplan.requirements import Verfuegbar
from gremienplan.rules import Als, Regel, RegelArt, geschaeftsfuehrung, invitations, mitglieder
from gremienplan.stadt import Gebiet, Gremium, RollenArt, Stadt, gilt
from gremienplan.testing import ANLAESSE, cities, projects, rules
from tests.spec.gesetze.welt import Tagung

TAG = date(2027, 6, 30)
PROJEKTE = projects(max_atome=6)
schnell = settings(
    max_examples=40 if os.environ.get("PROFILE") == "ci" else 8, suppress_health_check=list(HealthCheck)
)
themen = st.lists(st.sampled_from(ANLAESSE), unique=True, max_size=3).map(tuple)


def invited(stadt: Stadt, regeln: tuple[Regel, ...], gremium: Gremium, *anlass: str) -> dict[str, set[str]]:
    """Sitz -> the rules it is invited by."""
    found = invitations(stadt, regeln, Tagung(gremium, anlass), TAG)
    return {i.sitz.id: {g.regel for g in i.gruende} for i in found}


def by_hand(stadt: Stadt, regeln: tuple[Regel, ...], gremium: Gremium, *anlass: str) -> dict[str, set[str]]:
    """The same, from the definition: Rolle, Gebiet, atoms, Anlass, nur and days."""
    found: dict[str, set[str]] = {}
    for r in regeln:
        about = r.gremium in (gremium.art.id, gremium.id) and gilt(r.gueltig_ab, r.gueltig_bis, TAG)
        if not about or (r.nur is not None and gremium.gebiet.id not in r.nur):
            continue
        if r.anlass is not None and not set(r.anlass) & set(anlass):
            continue
        for rolle in stadt.rollen.values():
            for g in stadt.gebiete:
                if g.ebene != rolle.ebene or (rolle.nur is not None and g.id not in rolle.nur):
                    continue
                sitz = f"{rolle.id}/{g.id}"
                if sitz in r.rollen or (rolle.id in r.rollen and g.atome & gremium.gebiet.atome):
                    found.setdefault(sitz, set()).add(r.id)
    return found


@given(PROJEKTE, themen)
@schnell
def test_invited_is_who_shares_an_atom_and_nobody_else(projekt: gp.Projekt, anlass: tuple[str, ...]) -> None:
    """P-03, P-09, P-10, P-18, P-20, P-30: every Sitz of B(s), and none outside, through shared atoms alone."""
    for gremium in projekt.stadt.gremien.values():
        expected = by_hand(projekt.stadt, projekt.regeln, gremium, *anlass)
        assert invited(projekt.stadt, projekt.regeln, gremium, *anlass) == expected


@given(PROJEKTE, themen, themen)
@schnell
def test_another_topic_removes_nobody_and_topics_together_are_the_union(
    projekt: gp.Projekt, a: tuple[str, ...], b: tuple[str, ...]
) -> None:
    """P-21, P-22, P-41: monotone, a union, in any order."""
    for gremium in projekt.stadt.gremien.values():
        one, other = (set(invited(projekt.stadt, projekt.regeln, gremium, *x)) for x in (a, b))
        assert set(invited(projekt.stadt, projekt.regeln, gremium, *a, *b)) == one | other
        assert set(invited(projekt.stadt, projekt.regeln, gremium, *b, *a)) == one | other


@given(PROJEKTE, themen)
@schnell
def test_members_hosts_and_managers_are_invited_whatever_the_topic(
    projekt: gp.Projekt, anlass: tuple[str, ...]
) -> None:
    """P-16, P-17, P-19, P-25, P-28, P-32: only a rule with an Anlass depends on it; one Sitz at most manages."""
    plain = tuple(r for r in projekt.regeln if r.anlass is None)
    for gremium in projekt.stadt.gremien.values():
        always = set(invited(projekt.stadt, plain, gremium))
        assert always <= set(invited(projekt.stadt, projekt.regeln, gremium, *anlass))
        members = {s.id for s in mitglieder(projekt.stadt, projekt.regeln, gremium, TAG)}
        assert members <= always
        assert members == set(
            by_hand(
                projekt.stadt,
                tuple(r for r in projekt.regeln if r.art is RegelArt.MITGLIEDSCHAFT),
                gremium,
            )
        )
        assert len(geschaeftsfuehrung(projekt.stadt, projekt.regeln, gremium, TAG)) <= 1


@given(PROJEKTE, themen)
@schnell
def test_each_sitz_is_invited_once_with_every_reason_and_each_reason_has_a_word(
    projekt: gp.Projekt, anlass: tuple[str, ...]
) -> None:
    """P-33, P-68, S-54: no Sitz twice; the reason names its rule, as what, on whose word, through which atoms."""
    by_id = {r.id: r for r in projekt.regeln}
    for gremium in projekt.stadt.gremien.values():
        found = invitations(projekt.stadt, projekt.regeln, Tagung(gremium, anlass), TAG)
        ids = [i.sitz.id for i in found]
        assert len(ids) == len(set(ids))
        for i in found:
            assert i.gruende
            for grund in i.gruende:
                regel = by_id[grund.regel]
                assert grund.grundlage == regel.grundlage
                assert projekt.katalog.kennt(grund.grundlage)
                assert grund.als.value == {"einladung": "gast", "mitgliedschaft": "mitglied"}.get(
                    regel.art.value, regel.art.value
                )
                named = i.sitz.id in regel.rollen
                shared = tuple(sorted(i.sitz.gebiet.atome & gremium.gebiet.atome))
                assert grund.ueber == shared or (named and grund.ueber == ())
                assert grund.anlass == tuple(a for a in anlass if a in (regel.anlass or ()))


@given(PROJEKTE, st.data())
@schnell
def test_one_more_rule_never_removes_anybody(projekt: gp.Projekt, data: st.DataObject) -> None:
    """P-12, P-31: a local addition leaves every mandatory seat; a mark neither adds nor removes."""
    more = data.draw(rules(projekt.stadt))
    plain = tuple(evolve(r, insbesondere=None) for r in projekt.regeln)
    for gremium in projekt.stadt.gremien.values():
        before = invited(projekt.stadt, projekt.regeln, gremium)
        assert set(before) <= set(invited(projekt.stadt, (*projekt.regeln, *more), gremium))
        assert before == invited(projekt.stadt, plain, gremium)


@given(PROJEKTE)
@schnell
def test_items_are_heard_by_each_body_the_gebiet_touches_and_presented_by_its_own(
    projekt: gp.Projekt,
) -> None:
    """P-23, P-38, P-47, P-48: in every political body of the Gebiet once, and only there, by Sitze of the Gebiet."""
    stadt = projekt.stadt
    entries = {b.id: b for b in projekt.programm.beratungen}
    expected = {
        (b.id, s.gebiet.id, g.id)
        for b in projekt.programm.beratungen
        for s in projekt.sitzungen(2027)
        if s.eintrag.id == b.zu
        for g in stadt.gremien.values()
        if g.art.id == b.gremium and g.gebiet.atome & s.gebiet.atome
    }
    items = projekt.beratungen(2027)
    assert {(b.eintrag.id, b.gebiet.id, b.gremium.id) for b in items} == expected
    assert len(items) == len(expected)
    for b in items:
        for sitz in b.vortrag:
            named = sitz.id in entries[b.eintrag.id].vortrag
            assert named or sitz.gebiet.atome & b.gebiet.atome


@given(PROJEKTE)
@schnell
def test_only_gremien_with_a_common_amt_exclude_each_other(projekt: gp.Projekt) -> None:
    """P-15, P-60: a mandate or a group never blocks a Sitzung; it is bound only by what it presents."""
    year = build(projekt, 2027)
    items = {b.id for b in year.beratungen}
    for r in year.requirements:
        if isinstance(r, Verfuegbar) and set(r.ereignisse) - items:
            assert projekt.stadt.alle_sitze[r.sitz].rolle.art is RollenArt.AMT


def permuted(
    stadt: Stadt, regeln: tuple[Regel, ...], name: Mapping[str, str]
) -> tuple[Stadt, tuple[Regel, ...]]:
    """The same city with the ids of the Gebiete of each level exchanged, wherever the data names them."""

    def gebiet(g: Gebiet) -> Gebiet:
        return evolve(g, id=name.get(g.key, g.id))

    def ids(ebene: str, nur: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if nur is None else tuple(name.get(f"{ebene}/{x}", x) for x in nur)

    def at(eintrag: str, ebene: str) -> str:
        first, slash, rest = eintrag.partition("/")
        return f"{first}/{name.get(f'{ebene}/{rest}', rest)}" if slash else eintrag

    gremien = [evolve(g, gebiet=gebiet(g.gebiet)) for g in stadt.gremien.values()]
    other = evolve(
        stadt,
        gebiete=tuple(gebiet(g) for g in stadt.gebiete),
        rollen={k: evolve(r, nur=ids(r.ebene, r.nur)) for k, r in stadt.rollen.items()},
        gremien={g.id: g for g in gremien},
        namen={},
        vertretungen={},
        orte={},
    )
    level = {r.id: stadt.gremienarten[r.gremium.partition("/")[0]].ebene for r in regeln}
    return other, tuple(
        evolve(
            r,
            gremium=at(r.gremium, level[r.id]),
            rollen=tuple(at(e, stadt.rollen[e.partition("/")[0]].ebene) for e in r.rollen),
            nur=ids(level[r.id], r.nur),
            insbesondere=None,
        )
        for r in regeln
    )


@given(PROJEKTE, themen, st.randoms(use_true_random=False))
@schnell
def test_renaming_places_only_renames_the_result(
    projekt: gp.Projekt, anlass: tuple[str, ...], rng: object
) -> None:
    """P-73: with the ids of a level exchanged, members and invitations are exchanged, and nothing else."""
    stadt = projekt.stadt
    name: dict[str, str] = {}
    for ebene in stadt.ebenen:
        keys = [g.id for g in stadt.gebiete_von(ebene.id)]
        turned = [*keys[1:], *keys[:1]]
        name |= {f"{ebene.id}/{old}": new for old, new in zip(keys, turned, strict=True)}
    other, regeln = permuted(stadt, projekt.regeln, name)

    def renamed(id: str, ebene: str) -> str:
        first, _, place = id.partition("/")
        return f"{first}/{name[f'{ebene}/{place}']}"

    for gremium in stadt.gremien.values():
        there = other.gremien[renamed(gremium.id, gremium.art.ebene)]
        expected = {
            renamed(sitz, stadt.sitze[sitz].rolle.ebene): why
            for sitz, why in invited(stadt, projekt.regeln, gremium, *anlass).items()
        }
        assert invited(other, regeln, there, *anlass) == expected


@given(cities())
@schnell
def test_a_name_means_the_same_when_it_is_looked_up_again(stadt: Stadt) -> None:
    """P-05, P-74, S-28: idempotent; an ambiguous name says so with every key; another city's names are unknown."""
    for name in (*stadt.namen, *(g.name for g in stadt.gebiete), *stadt.gremien):
        keys = stadt.resolve(name)
        assert len(keys) == len(set(keys))
        assert all(
            stadt.resolve(key) == (key,) for key in keys if key in stadt.gebiet or key in stadt.gremien
        )
        assert stadt.resolve(name.upper()) == keys
    for name, meant in stadt.namen.items():
        assert {b.key for b in meant} <= set(stadt.resolve(name))
    assert gp.load("hamm").stadt.resolve(stadt.name) == ()


def test_a_claim_on_the_planner_s_word_is_no_claim_of_the_text() -> None:
    """P-68: an invitation by a project's rule says so."""
    projekt = gp.load("hamm")
    own = Regel(
        "lokal", RegelArt.EINLADUNG, "koordinierungsrunde", ("bewohner",), Grundlage(Authority.VORGABE)
    )
    gremium = projekt.stadt.gremien["koordinierungsrunde/heessen"]
    found = {
        i.sitz.id: i
        for i in invitations(projekt.stadt, (*projekt.regeln, own), Tagung(gremium), date(2027, 6, 1))
    }
    (grund,) = found["bewohner/heessen"].gruende
    assert (grund.als, grund.grundlage.authority) == (Als.GAST, Authority.VORGABE)
