"""Why am I invited, and why not: laws over drawn cities, and a few answers of Hamm that a clerk would check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from attrs import evolve, frozen
from hypothesis import assume, given, strategies as st

import gremienplan as gp
from gremienplan.quellen import Authority, Grundlage
from gremienplan.rules import (
    AndererSitz,
    AnderesGremium,
    Beinahe,
    FalscherAnlass,
    GibtEsNicht,
    Hindernis,
    KeinGemeinsamesGebiet,
    NichtInKraft,
    NurAnderswo,
    Regel,
    RegelArt,
)
from gremienplan.stadt import Ebene, Gebiet, Gremienart, Gremium, Rolle, Stadt, Verlauf

ATOME = ("1", "2", "3", "4")
ANLAESSE = ("entwurf", "halbjahr", "auswertung")
VORGABE = Grundlage(Authority.VORGABE)
TAGE = tuple(date(2027, 1, 1) + timedelta(days=60 * n) for n in range(6))


@frozen
class Tagung:
    gremium: Gremium
    anlass: tuple[str, ...]


@frozen
class Frage:
    """One question to ``why``."""

    stadt: Stadt
    regeln: tuple[Regel, ...]
    tagung: Tagung
    sitz: gp.Sitz
    tag: date

    def why(self) -> gp.Invitation | gp.NotInvited:
        return gp.why(self.stadt, self.regeln, self.tagung, self.sitz, self.tag)

    def by_rule(self, regel: str) -> bool:
        """Tell, by the rules alone, whether this rule invites the Sitz."""
        found = gp.invitations(self.stadt, self.regeln, self.tagung, self.tag)
        return any(g.regel == regel for i in found if i.sitz.id == self.sitz.id for g in i.gruende)

    def rule(self, kennung: str) -> Regel:
        return next(regel for regel in self.regeln if regel.id == kennung)

    def with_rule(self, neu: Regel) -> Frage:
        return evolve(self, regeln=tuple(neu if regel.id == neu.id else regel for regel in self.regeln))


@st.composite
def staedte(draw: st.DrawFn) -> Stadt:
    """Draw a city of four atoms: two levels that cut across each other, and Rollen and Gremien on both."""
    gebiete: list[Gebiet] = []
    for ebene in ("bezirk", "raum"):
        part = draw(st.lists(st.integers(0, 2), min_size=4, max_size=4))
        gebiete += [
            Gebiet(
                ebene,
                f"{ebene[0]}{n}",
                f"{ebene} {n}",
                frozenset(a for a, p in zip(ATOME, part, strict=True) if p == n),
            )
            for n in sorted(set(part))
        ]
    arten = {a: Gremienart(a, e, a.title()) for a, e in (("runde", "raum"), ("beirat", "bezirk"))}
    return Stadt(
        id="muster",
        name="Muster",
        domain="muster.example",
        land="NW",
        zeitzone="Europe/Berlin",
        atom="block",
        ebenen=(Ebene("bezirk", "Bezirk"), Ebene("raum", "Raum")),
        gebiete=tuple(gebiete),
        rollen={"amt": Rolle("amt", "bezirk", "Amt"), "leitung": Rolle("leitung", "raum", "Leitung")},
        gremienarten=arten,
        gremien={
            f"{a.id}/{g.id}": Gremium(a, g) for a in arten.values() for g in gebiete if g.ebene == a.ebene
        },
        orte={},
    )


@st.composite
def fragen(draw: st.DrawFn) -> Frage:
    """Draw a city, a few rules with every kind of limit, a Sitzung, a Sitz and a day."""
    stadt = draw(staedte())
    gremien, sitze = list(stadt.gremien), list(stadt.sitze)
    tagung = Tagung(
        stadt.gremien[draw(st.sampled_from(gremien))],
        tuple(draw(st.lists(st.sampled_from(ANLAESSE), max_size=2, unique=True))),
    )
    regeln = []
    for n in range(draw(st.integers(0, 4))):
        ab, bis = sorted(draw(st.lists(st.sampled_from(TAGE), min_size=2, max_size=2)))
        regeln.append(
            Regel(
                f"regel-{n}",
                draw(st.sampled_from(RegelArt)),
                draw(st.sampled_from(["runde", "runde", "beirat", *gremien])),
                tuple(
                    draw(
                        st.lists(
                            st.sampled_from(["amt", "leitung", *sitze]), min_size=1, max_size=2, unique=True
                        )
                    )
                ),
                VORGABE,
                draw(st.none() | st.lists(st.sampled_from(ANLAESSE), min_size=1, unique=True).map(tuple)),
                draw(
                    st.none()
                    | st.lists(st.sampled_from(["b0", "b1", "r0", "r1"]), min_size=1, unique=True).map(tuple)
                ),
                draw(st.sampled_from([None, ab])),
                draw(st.sampled_from([None, bis])),
            )
        )
    sitz = stadt.sitze[draw(st.sampled_from(sitze))]
    return Frage(stadt, tuple(regeln), tagung, sitz, draw(st.sampled_from(TAGE)))


# --- making a condition true: in the city, the rule, the Sitzung or the day, and nowhere else ---------------


def repaired(frage: Frage, beinahe: Beinahe, hindernis: Hindernis) -> Frage:
    """Return the question in which exactly this condition holds."""
    regel, gremium = frage.rule(beinahe.regel.id), frage.tagung.gremium
    match hindernis:
        case FalscherAnlass(einer_von=einer_von):
            return evolve(frage, tagung=evolve(frage.tagung, anlass=(*frage.tagung.anlass, einer_von[-1])))
        case KeinGemeinsamesGebiet(gremium=atome):
            return _with_atom(frage, atome[0])
        case NurAnderswo(nur=nur):
            return frage.with_rule(evolve(regel, nur=(*nur, gremium.gebiet.id)))
        case NichtInKraft(ab=ab, bis=bis):
            day = ab or bis
            assert day is not None
            return evolve(frage, tag=day)
        case AnderesGremium():
            return frage.with_rule(evolve(regel, gremium=gremium.id))
        case AndererSitz(sitz=sitz):
            entries = tuple(frage.sitz.id if e == sitz else e for e in regel.rollen)
            return frage.with_rule(evolve(regel, rollen=entries))
        case GibtEsNicht():
            raise AssertionError("the drawn cities never change")


def _with_atom(frage: Frage, atom: str) -> Frage:
    """Return the question in a city in which the Gebiet of the Sitz has one atom more."""
    old = frage.sitz.gebiet
    neu = evolve(old, atome=old.atome | {atom})
    stadt = evolve(frage.stadt, gebiete=tuple(neu if g.key == neu.key else g for g in frage.stadt.gebiete))
    gremium = evolve(frage.tagung.gremium, gebiet=stadt.gebiet[frage.tagung.gremium.gebiet.key])
    return evolve(
        frage, stadt=stadt, sitz=stadt.sitze[frage.sitz.id], tagung=evolve(frage.tagung, gremium=gremium)
    )


def all_repaired(frage: Frage, beinahe: Beinahe, *, but: Hindernis | None = None) -> Frage:
    for hindernis in beinahe.fehlt:
        if hindernis is not but:
            frage = repaired(frage, beinahe, hindernis)
    return frage


class TestNotInvited:
    """Who is not invited learns what would have to be otherwise."""

    @given(fragen())
    def test_an_answer_for_everybody(self, frage: Frage) -> None:
        """``why`` gives the invitation where there is one, and a reason against it where there is none."""
        invited = {i.sitz.id: i for i in gp.invitations(frage.stadt, frage.regeln, frage.tagung, frage.tag)}
        answer = frage.why()
        assert answer == invited.get(frage.sitz.id, answer)
        assert isinstance(answer, gp.Invitation) == (frage.sitz.id in invited)

    @given(fragen())
    def test_when_the_named_conditions_hold_the_sitz_is_invited(self, frage: Frage) -> None:
        """By that rule, and for each of the nearest rules."""
        answer = frage.why()
        assume(isinstance(answer, gp.NotInvited) and answer.naechste)
        assert isinstance(answer, gp.NotInvited)
        for beinahe in answer.naechste:
            assert all_repaired(frage, beinahe).by_rule(beinahe.regel.id)

    @given(fragen())
    def test_each_named_condition_counts(self, frage: Frage) -> None:
        """With all of them but one the rule still does not invite."""
        answer = frage.why()
        assume(isinstance(answer, gp.NotInvited) and answer.naechste)
        assert isinstance(answer, gp.NotInvited)
        for beinahe in answer.naechste:
            assert beinahe.fehlt
            for hindernis in beinahe.fehlt:
                assert not all_repaired(frage, beinahe, but=hindernis).by_rule(beinahe.regel.id)

    @given(fragen())
    def test_the_nearest_rules_lack_the_fewest(self, frage: Frage) -> None:
        """No rule can be made to invite by changing less; of equally near ones all are named, in their order."""
        answer = frage.why()
        assume(isinstance(answer, gp.NotInvited))
        assert isinstance(answer, gp.NotInvited)
        art = frage.tagung.gremium.art.id
        far = {
            regel.id: changes_needed(frage, regel)
            for regel in frage.regeln
            if regel.gremium.partition("/")[0] == art
            if any(e.partition("/")[0] == frage.sitz.rolle.id for e in regel.rollen)
        }
        least = min(far.values(), default=0)
        assert [b.regel.id for b in answer.naechste] == [r for r, needed in far.items() if needed == least]
        assert {len(b.fehlt) for b in answer.naechste} <= {least}

    @given(fragen())
    def test_where_no_rule_names_the_rolle_naming_it_is_enough(self, frage: Frage) -> None:
        """Then there is no nearest rule; what the rules of this Gremium name instead is told."""
        answer = frage.why()
        assume(isinstance(answer, gp.NotInvited) and not answer.naechste)
        assert isinstance(answer, gp.NotInvited)
        assert frage.sitz.rolle.id not in answer.genannt
        named = Regel("neu", RegelArt.MITGLIEDSCHAFT, frage.tagung.gremium.id, (frage.sitz.id,), VORGABE)
        assert evolve(frage, regeln=(*frage.regeln, named)).by_rule("neu")


def changes_needed(frage: Frage, regel: Regel) -> int:
    """Return how many things about a rule must change before it invites the Sitz, found by trying all of them."""
    gremium = frage.tagung.gremium
    changes: Mapping[str, Callable[[Frage], Frage]] = {
        "gremium": lambda f: f.with_rule(evolve(f.rule(regel.id), gremium=gremium.id)),
        "nur": lambda f: f.with_rule(evolve(f.rule(regel.id), nur=None)),
        "tag": lambda f: f.with_rule(evolve(f.rule(regel.id), gueltig_ab=None, gueltig_bis=None)),
        "anlass": lambda f: f.with_rule(evolve(f.rule(regel.id), anlass=None)),
        "wer": lambda f: f.with_rule(evolve(f.rule(regel.id), rollen=(f.sitz.id,))),
    }
    for number in range(len(changes) + 1):
        for chosen in combinations(changes.values(), number):
            changed = frage
            for change in chosen:
                changed = change(changed)
            if changed.by_rule(regel.id):
                return number
    raise AssertionError(regel)


class TestInvitation:
    """Who is invited learns every reason."""

    @given(fragen())
    def test_without_a_rule_its_reasons_are_gone_and_no_other(self, frage: Frage) -> None:
        """Without the last one the Sitz is not invited, and is told so."""
        for answer in gp.invitations(frage.stadt, frage.regeln, frage.tagung, frage.tag):
            for grund in answer.gruende:
                rest = tuple(g for g in answer.gruende if g.regel != grund.regel)
                regeln = tuple(r for r in frage.regeln if r.id != grund.regel)
                without = evolve(frage, regeln=regeln, sitz=answer.sitz).why()
                if rest:
                    assert without == gp.Invitation(answer.sitz, rest)
                else:
                    assert isinstance(without, gp.NotInvited)


class TestTime:
    """City and rules are those of the day."""

    @given(fragen(), st.sampled_from(TAGE))
    def test_a_sitz_of_other_days_only(self, frage: Frage, ab: date) -> None:
        """Before its Rolle begins the city has no such Sitz, which is then one thing that is lacking, and the first."""
        before = evolve(
            frage.stadt,
            rollen={id: rolle for id, rolle in frage.stadt.rollen.items() if id != frage.sitz.rolle.id},
            gueltig_bis=ab - timedelta(days=1),
        )
        stadt = Verlauf((before, evolve(frage.stadt, gueltig_ab=ab))).fassungen[0]
        answer, later = evolve(frage, stadt=stadt).why(), frage.why()
        if frage.tag >= ab:
            assert answer == later
            return
        assert isinstance(answer, gp.NotInvited)
        lacking = {b.regel.id: b.fehlt for b in answer.naechste}
        assert all(fehlt[0] == GibtEsNicht(frage.sitz.id) for fehlt in lacking.values())
        if isinstance(later, gp.NotInvited):
            assert lacking == {b.regel.id: (GibtEsNicht(frage.sitz.id), *b.fehlt) for b in later.naechste}
        else:
            assert set(lacking) == {g.regel for g in later.gruende}
            assert {len(fehlt) for fehlt in lacking.values()} == {1}


@cache
def hamm() -> gp.Projekt:
    return gp.load("hamm", jahr=2027)


def ask(sitzung: str, sitz: str, tag: date = date(2027, 9, 9)) -> gp.Invitation | gp.NotInvited:
    projekt = hamm()
    found = projekt.stadt.sitze[sitz]
    treffen = projekt.sitzung(sitzung, 2027)
    return gp.why(projekt.stadt, projekt.regeln, treffen, found, tag, grenzen=projekt.grenzen)


class TestHamm:
    """Answers the concept gives."""

    def test_a_bezirksbuergermeister_of_another_bezirk(self) -> None:
        """HAMM-4.2-3-BM: only those of the Bezirke in which the Sozialraum lies."""
        answer = ask("kr-entwurf/norden", "bezirksbuergermeister/uentrop")
        assert isinstance(answer, gp.NotInvited)
        assert [b.regel.id for b in answer.naechste] == ["kr-bm"]
        assert answer.naechste[0].fehlt == (
            KeinGemeinsamesGebiet(sitz=("21", "22", "23", "24"), gremium=("62", "72")),
        )

    def test_a_buergeramt_is_in_the_lenkungskreis_by_name(self) -> None:
        """HAMM-4.2-2-M02: of the Bürgerämter the list names one."""
        answer = ask("lk-1/hamm", "buergeramtsleitung/heessen")
        assert isinstance(answer, gp.NotInvited)
        assert [b.fehlt for b in answer.naechste] == [(AndererSitz("buergeramtsleitung/mitte"),)]

    def test_a_rolle_that_no_rule_of_the_gremium_names(self) -> None:
        """HAMM-4.2-2-CLOSED: the list of the Lenkungskreis has no Stadtteilkoordination."""
        answer = ask("lk-1/hamm", "stadtteilkoordination/norden")
        assert isinstance(answer, gp.NotInvited)
        assert answer.naechste == ()
        assert len(answer.genannt) == 17

    def test_a_sitz_that_a_named_rolle_means_is_not_named_again(self) -> None:
        """Whether the rules of a project call it by its Rolle or by its Sitz; where only the Sitz is named, it is."""
        projekt, tag = hamm(), date(2027, 9, 9)
        regel = Regel(
            "x", RegelArt.GASTGEBER, "lenkungskreis", ("dezernat/hamm", "vereinsguide/mitte"), VORGABE
        )
        sitz = projekt.stadt.sitze["stadtteilkoordination/norden"]
        sitzung = projekt.sitzung("lk-1/hamm", 2027)
        answer = gp.why(projekt.stadt, (*projekt.regeln, regel), sitzung, sitz, tag)
        assert isinstance(answer, gp.NotInvited)
        assert len(answer.genannt) == 18
        assert "dezernat/hamm" not in answer.genannt
        assert "vereinsguide/mitte" in answer.genannt

    def test_politicians_are_ruled_out_from_the_lenkungskreis(self) -> None:
        """HAMM-4.2-0-INT: the reason why no rule names them."""
        answer = ask("lk-1/hamm", "bezirksbuergermeister/heessen")
        assert isinstance(answer, gp.NotInvited)
        assert answer.naechste == ()
        assert [str(a.grundlage) for a in answer.ausgeschlossen] == ["text HAMM-4.2-0-INT"]
        assert answer.liste is not None
        assert str(answer.liste.grundlage) == "auslegung AMB-11"

    def test_an_exclusion_is_told_to_whom_it_is_about_only(self) -> None:
        """HAMM-4.2-3-FACH: a Vereinsguide may be in any Koordinierungsrunde, residents in none."""
        assert _ruled_out("kr-entwurf/norden", "bewohner/norden") == ["kr-hauptamtlich"]
        assert _ruled_out("kr-entwurf/norden", "vereinsguide/uentrop") == []
        assert _ruled_out("sk-herbst/norden", "vereinsguide/uentrop") == []


def _ruled_out(sitzung: str, sitz: str) -> list[str]:
    answer = ask(sitzung, sitz)
    assert isinstance(answer, gp.NotInvited)
    return [ausschluss.id for ausschluss in answer.ausgeschlossen]
