"""P-58: what holds of agreements on dates, in any city, any year and any order of answers."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from attrs import evolve, frozen
from hypothesis import given, strategies as st

from gremienplan.abstimmung import (
    Abstimmung,
    Antwort,
    Aussage,
    Grund,
    anfragen,
    aufgenommen,
    fehlende,
    folgezustand,
    hinfaellig,
    nach_aenderung,
    sagt,
)
from gremienplan.orte import Ort
from gremienplan.plan import Plan, Termin, Verlaufseintrag, Zustand
from gremienplan.programm import Aufgabeneintrag, Programm, Sitzungseintrag, Zusatzsitzung
from gremienplan.programm.bedingungen import Tage
from gremienplan.projekt import Projekt
from gremienplan.quellen import Authority, Grundlage, Katalog
from gremienplan.stadt import Ebene, Gebiet, Gremienart, Gremium, Rolle, Stadt

JAHR = 2027
VORGABE = Grundlage(Authority.VORGABE)
STAND = datetime(2026, 11, 2, 9)
FORUM, RUNDE, KREIS = "forum", "runde", "kreis"
SPAETER = STAND + timedelta(days=30)


@frozen
class Welt:
    """A tiny city, its programme and a plan in which every Sitzung has a date."""

    projekt: Projekt
    plan: Plan

    @property
    def noetig(self) -> frozenset[tuple[str, str]]:
        """Sitzung and Sitz of all that has to be agreed, by the join and by nothing of the module under test."""
        aufgaben = [a for a in self.projekt.programm.aufgaben if a.abstimmung]
        return frozenset(
            (sitzung.id, sitz.id)
            for sitzung in self.projekt.sitzungen(JAHR)
            for aufgabe in aufgaben
            if sitzung.gremium.art.id in aufgabe.gremium
            for sitz in self.projekt.stadt.sitze.values()
            if sitz.rolle.id in aufgabe.an and sitz.gebiet.touches(sitzung.gebiet)
        )

    def answers(self, antwort: Antwort = Antwort.JA, stand: datetime = STAND) -> tuple[Aussage, ...]:
        """Return the same answer of everybody to the date the plan has now."""
        termine = {t.sitzung: t for t in self.plan.termine}
        return tuple(
            Aussage(sitzung, sitz, t.beginn, t.ende, t.ort, antwort, stand)
            for sitzung, sitz in sorted(self.noetig)
            for t in [termine[sitzung]]
        )

    def missing(self, abstimmung: Abstimmung) -> dict[tuple[str, str], Grund]:
        """Return what is missing, by Sitzung and Sitz."""
        found = fehlende(self.projekt, self.plan, abstimmung)
        assert len({(f.sitzung, f.sitz) for f in found}) == len(found)
        return {(f.sitzung, f.sitz): f.grund for f in found}


def _plan(projekt: Projekt, first: int) -> Plan:
    termine = []
    for nummer, sitzung in enumerate(projekt.sitzungen(JAHR)):
        beginn = datetime(JAHR, 1, 4, 17) + timedelta(days=(first + 3 * nummer) % 360)
        ort = sitzung.orte[0].id if sitzung.orte else ""
        termine.append(
            Termin(sitzung.id, sitzung.gremium.id, beginn, beginn + timedelta(minutes=sitzung.dauer), ort)
        )
    verlauf = (Verlaufseintrag(STAND, Zustand.DRAFT, neu=tuple(t.sitzung for t in termine)),)
    return Plan(projekt.stadt.id, JAHR, projekt.programm.id, tuple(termine), (), verlauf=verlauf)


def _stadt(bezirke: list[int], raeume: list[int]) -> Stadt:
    """Return a city whose atoms lie in these Bezirke and Räume, each of either once."""
    atome = [f"a{n}" for n in range(len(bezirke))]
    gebiete = [Gebiet("stadt", "stadt", "Stadt", frozenset(atome))]
    for ebene, wo in (("bezirk", bezirke), ("raum", raeume)):
        gebiete += [
            Gebiet(
                ebene, f"{n}", f"{ebene} {n}", frozenset(a for a, m in zip(atome, wo, strict=True) if m == n)
            )
            for n in sorted(set(wo))
        ]
    arten = [
        Gremienart(art, ebene, art, orte=("haus",))
        for art, ebene in (("forum", "raum"), ("runde", "raum"), ("kreis", "stadt"))
    ]
    rollen = [
        Rolle("amt", "bezirk", "Amt"),
        Rolle("buero", "raum", "Büro"),
        Rolle("leitung", "stadt", "Leitung"),
    ]
    gremien = [Gremium(art, g) for art in arten for g in gebiete if g.ebene == art.ebene]
    return Stadt(
        id="winzig",
        name="Winzig",
        domain="winzig.example",
        land="NW",
        zeitzone="Europe/Berlin",
        atom="atom",
        ebenen=tuple(Ebene(e, e) for e in ("stadt", "bezirk", "raum")),
        gebiete=tuple(gebiete),
        rollen={r.id: r for r in rollen},
        gremienarten={a.id: a for a in arten},
        gremien={g.id: g for g in gremien},
        orte={"haus": Ort("haus", "Haus", "haus", "stadt/stadt")},
    )


def _programm(arten: list[str], an: list[str]) -> Programm:
    vorher = Tage(42, VORGABE)
    frage = Aufgabeneintrag("abstimmen", "Abstimmen", VORGABE, (), tuple(arten), vorher, abstimmung=True)
    gleich = Aufgabeneintrag("einladen", "Einladen", VORGABE, (), (FORUM, RUNDE, KREIS), vorher)
    return Programm(
        id="muster",
        name="Muster",
        anlaesse={},
        sitzungen=tuple(Sitzungseintrag(f"s-{art}", art, (), VORGABE) for art in (FORUM, RUNDE, KREIS)),
        beratungen=(),
        bedingungen=(),
        wuensche=(),
        aufgaben=(evolve(frage, an=tuple(an)), evolve(gleich, an=("amt", "buero", "leitung"))),
    )


@st.composite
def worlds(draw: st.DrawFn) -> Welt:
    """Draw a tiny city in which the dates of some Gremien need the word of some Rollen."""
    wo = st.lists(st.integers(0, 2), min_size=3, max_size=3)
    arten = draw(st.lists(st.sampled_from([FORUM, RUNDE, KREIS]), unique=True, min_size=1))
    an = draw(st.lists(st.sampled_from(["amt", "buero", "leitung"]), unique=True, min_size=1))
    projekt = Projekt(_stadt(draw(wo), draw(wo)), (), _programm(arten, an), Katalog({}, {}))
    return Welt(projekt, _plan(projekt, draw(st.integers(0, 359))))


@given(worlds())
def test_whoever_is_concerned_is_asked_once_and_nobody_else(welt: Welt) -> None:
    """One question for each Sitzung and each Sitz of the task whose area touches it, in the order of the dates."""
    found = anfragen(welt.projekt, welt.plan)
    assert len(found) == len(welt.noetig)
    assert {(a.sitzung.id, a.sitz.id) for a in found} == welt.noetig
    assert [a.termin.beginn for a in found] == sorted(a.termin.beginn for a in found)
    assert all(a.termin.beginn.date() - a.bis == timedelta(days=42) for a in found)


@given(worlds())
def test_without_answers_all_is_open_and_with_all_of_them_nothing_is_missing(welt: Welt) -> None:
    """And a refusal of everything is a refusal of everything."""
    assert welt.missing(Abstimmung()) == dict.fromkeys(welt.noetig, Grund.OFFEN)
    assert welt.missing(Abstimmung(welt.answers())) == {}
    refused = welt.missing(Abstimmung(welt.answers(Antwort.NEIN)))
    assert refused == dict.fromkeys(welt.noetig, Grund.ABGELEHNT)


@pytest.mark.parametrize("was", ["beginn", "ende", "ort"])
@given(worlds(), st.data())
def test_a_move_voids_exactly_the_answers_to_what_was_moved(
    was: str, welt: Welt, data: st.DataObject
) -> None:
    """In day, hour, length or place; whatever was answered to the rest stands; moved back, the answer holds again."""
    alle = Abstimmung(welt.answers(data.draw(st.sampled_from(Antwort))))
    alt = data.draw(st.sampled_from(sorted({s for s, _ in welt.noetig})))
    vorher = welt.missing(alle)
    neu = evolve(
        welt,
        plan=evolve(
            welt.plan,
            termine=tuple(_moved(t, was) if t.sitzung == alt else t for t in welt.plan.termine),
        ),
    )
    nachher = neu.missing(alle)
    agreed = {(a.sitzung, a.sitz) for a in alle.aussagen if a.antwort is Antwort.JA}
    void = {(a.sitzung, a.sitz) for a in hinfaellig(welt.plan, neu.plan, alle)}
    assert void == {paar for paar in agreed if paar[0] == alt}
    for paar in welt.noetig:
        assert nachher.get(paar) == (Grund.HINFAELLIG if paar[0] == alt else vorher.get(paar))
    assert welt.missing(alle) == vorher


def _moved(termin: Termin, was: str) -> Termin:
    if was == "ort":
        return evolve(termin, ort=f"{termin.ort}-anderswo")
    stunde = timedelta(hours=1)
    neu = evolve(termin, ende=termin.ende + stunde)
    return evolve(neu, beginn=termin.beginn + stunde) if was == "beginn" else neu


@given(worlds(), st.data())
def test_the_order_of_the_lists_does_not_matter_and_none_counts_twice(
    welt: Welt, data: st.DataObject
) -> None:
    """Lists of different offices, taken in any order and any number of times, leave the same record."""
    antworten = [
        evolve(
            a, antwort=data.draw(st.sampled_from(Antwort)), bemerkung=data.draw(st.sampled_from(["", "x"]))
        )
        for a in welt.answers()
    ]
    listen = [[a for a in antworten if a.sitz == sitz] for sitz in sorted({a.sitz for a in antworten})]
    einmal = Abstimmung()
    for liste in listen:
        einmal = aufgenommen(einmal, liste)
    anders = Abstimmung()
    for liste in data.draw(st.permutations([*listen, *listen])):
        anders = aufgenommen(anders, data.draw(st.permutations(liste)))
    assert anders == einmal
    spaeter = [evolve(a, stand=SPAETER) for a in antworten]
    assert aufgenommen(einmal, spaeter) == einmal


@given(worlds(), st.data())
def test_what_an_office_said_last_counts(welt: Welt, data: st.DataObject) -> None:
    """A new answer takes the place of the one before, and of no other."""
    alle = Abstimmung(welt.answers())
    eine = data.draw(st.sampled_from(welt.answers(Antwort.NEIN, SPAETER)))
    danach = aufgenommen(alle, [eine])
    assert welt.missing(danach) == {(eine.sitzung, eine.sitz): Grund.ABGELEHNT}
    assert aufgenommen(danach, welt.answers()) == alle


@given(worlds(), st.sampled_from(Zustand))
def test_the_state_follows_from_the_record(welt: Welt, zustand: Zustand) -> None:
    """Coordinated while everybody has agreed and a draft otherwise, whatever it was; what is published stays so."""
    eintrag = Verlaufseintrag(STAND, zustand)
    plan = evolve(welt.plan, verlauf=(*welt.plan.verlauf, eintrag))
    published = zustand is Zustand.PUBLISHED
    alle = welt.answers()
    for antworten, follows in (
        (alle, Zustand.COORDINATED),
        (alle[1:], Zustand.DRAFT),
        ((evolve(alle[0], antwort=Antwort.NEIN), *alle[1:]), Zustand.DRAFT),
    ):
        found = folgezustand(welt.projekt, plan, Abstimmung(antworten))
        assert found is (Zustand.PUBLISHED if published else follows)


@given(worlds(), st.sampled_from(Zustand), st.data())
def test_only_a_coordinated_plan_is_a_draft_again(welt: Welt, zustand: Zustand, data: st.DataObject) -> None:
    """When something is moved that was agreed; whatever else is moved, and whatever is taken out, it stays."""
    plan = evolve(welt.plan, verlauf=(*welt.plan.verlauf, Verlaufseintrag(STAND, zustand)))
    t = data.draw(st.sampled_from(plan.termine))
    neu = tuple(_moved(t, "ort") if one is t else one for one in plan.termine)
    ohne = evolve(plan, termine=tuple(one for one in plan.termine if one is not t))
    found = nach_aenderung(welt.projekt, plan, evolve(plan, termine=neu))
    asked = t.sitzung in {sitzung for sitzung, _ in welt.noetig}
    assert found is (Zustand.DRAFT if asked and zustand is Zustand.COORDINATED else zustand)
    assert nach_aenderung(welt.projekt, plan, ohne) is zustand


@given(worlds())
def test_what_was_added_by_hand_needs_the_same_word(welt: Welt) -> None:
    """An extra Sitzung of a body is asked about as those the programme has."""
    art = welt.projekt.programm.aufgaben[0].gremium[0]
    t = next(t for t in welt.plan.termine if t.sitzung.startswith(f"s-{art}/"))
    termin = evolve(t, sitzung=t.sitzung.replace(f"s-{art}", "extra-1"))
    extra = Zusatzsitzung(termin.sitzung, t.gremium, ())
    plan = evolve(welt.plan, termine=(*welt.plan.termine, termin), zusaetzlich=(extra,))
    found = {(f.sitzung, f.sitz) for f in fehlende(welt.projekt, plan, Abstimmung())}
    assert found - welt.noetig == {(termin.sitzung, sitz) for s, sitz in welt.noetig if s == t.sitzung}


@given(worlds(), st.sampled_from(Zustand))
def test_where_nothing_has_to_be_agreed_nothing_is_missing(welt: Welt, zustand: Zustand) -> None:
    """No entry of the programme asks for it: nobody is asked, and the state is none of this."""
    ohne = evolve(welt.projekt.programm, aufgaben=welt.projekt.programm.aufgaben[1:])
    projekt = evolve(welt.projekt, programm=ohne)
    plan = evolve(welt.plan, verlauf=(Verlaufseintrag(STAND, zustand),))
    assert not anfragen(projekt, plan)
    assert not fehlende(projekt, plan, Abstimmung())
    assert folgezustand(projekt, plan, Abstimmung(welt.answers())) is zustand


@given(worlds(), st.data())
def test_what_has_begun_needs_no_word_any_more(welt: Welt, data: st.DataObject) -> None:
    """From a moment on, only what begins then or later is asked."""
    ab = data.draw(st.sampled_from([a.termin.beginn for a in anfragen(welt.projekt, welt.plan)]))
    termine = {t.sitzung: t.beginn for t in welt.plan.termine}
    found = fehlende(welt.projekt, welt.plan, Abstimmung(), ab=ab)
    assert {(f.sitzung, f.sitz) for f in found} == {p for p in welt.noetig if termine[p[0]] >= ab}


@given(worlds(), st.data())
def test_a_sitzung_without_a_date_is_not_asked_about(welt: Welt, data: st.DataObject) -> None:
    """What was agreed for its date before does not count as missing either."""
    weg = data.draw(st.sampled_from(sorted({s for s, _ in welt.noetig})))
    plan = evolve(welt.plan, termine=tuple(t for t in welt.plan.termine if t.sitzung != weg))
    found = fehlende(welt.projekt, plan, Abstimmung())
    assert {(f.sitzung, f.sitz) for f in found} == {p for p in welt.noetig if p[0] != weg}


@given(worlds())
def test_what_is_missing_says_itself(welt: Welt) -> None:
    """With the names people know, the date, and why; the three reasons are three sentences."""
    alle = welt.answers(Antwort.NEIN)
    first = anfragen(welt.projekt, welt.plan)[0]
    verschoben = tuple(evolve(a, beginn=a.beginn - timedelta(days=1)) for a in alle)
    said = set()
    for antworten in ((), alle, verschoben):
        f = fehlende(welt.projekt, welt.plan, Abstimmung(antworten))[0]
        satz = str(sagt(f, welt.projekt))
        assert first.sitzung.name in satz
        assert welt.projekt.stadt.sitz_name(first.sitz) in satz
        assert f"{first.termin.beginn:%H:%M}" in satz
        said.add(satz)
    assert len(said) == 3


def test_the_time_of_an_answer_to_the_midnight_before_is_another_time() -> None:
    """Equality is of moments: the same day is not enough."""
    a = Aussage("s/x", "amt/x", datetime(JAHR, 3, 1, 18), datetime(JAHR, 3, 1, 20), "", Antwort.JA, STAND)
    midnight = evolve(a, beginn=datetime.combine(a.beginn.date(), time()))
    assert a.meint(Termin("s/x", "g/x", a.beginn, a.ende))
    assert not midnight.meint(Termin("s/x", "g/x", a.beginn, a.ende))
