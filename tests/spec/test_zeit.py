"""Chapter 4 in time: a Wohnbereich moves, the Rat changes a rule, an office begins; both sides are right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given, strategies as st

import gremienplan as gp
from gremienplan.jahr import build
from gremienplan.jahr.grund import Grund
from gremienplan.jahr.pflichten import dienste
from gremienplan.loading import inspect
from gremienplan.requirements import Sperrtage, Verfuegbar
from gremienplan.rules import gastgeber, geschaeftsfuehrung
from gremienplan.stadt import RollenArt
from tests.cli.lauf import lauf
from tests.loading.ordner import MUSTERSTADT

VORHER, NACHHER = date(2027, 6, 30), date(2027, 7, 1)
BEISPIEL = Path(__file__).parents[2] / "examples" / "hamm-2027"

ALLE = ["herringen", "mitte", "pelkum"]
"""The Bezirke of the Sozialraum Westen."""

Aendern = Callable[[dict[str, Any]], None]


def changed(datei: str, aendern: Aendern) -> Callable[[str, dict[str, Any]], Mapping[str, Any]]:
    """Return the hook that changes one file of a city on its way in."""

    def hook(name: str, inhalt: dict[str, Any]) -> Mapping[str, Any]:
        neu = deepcopy(inhalt)
        if name == datei:
            aendern(neu)
        return neu

    return hook


def _umzug(stadt: dict[str, Any]) -> None:
    stadt["wohnbereich"]["42"]["sozialraum"] = [
        {"id": "westen", "gueltig_bis": VORHER},
        {"id": "pelkum", "gueltig_ab": NACHHER},
    ]


def _umgezogen(stadt: dict[str, Any]) -> None:
    stadt["wohnbereich"]["42"]["sozialraum"] = "pelkum"


@cache
def umzug() -> gp.Projekt:
    """Hamm, where Wohnbereich 42 moves from Westen to Pelkum on 1 July 2027."""
    return inspect(BEISPIEL, jahr=2027, aendern=changed("stadt.toml", _umzug))[0]


@cache
def hamm() -> gp.Projekt:
    return gp.load(BEISPIEL, jahr=2027)


@frozen
class Tagung:
    gremium: gp.Gremium
    anlass: tuple[str, ...] = ()


def sitze(projekt: gp.Projekt, gremium: str, tag: date, *anlass: str) -> dict[str, list[str]]:
    """Return who is invited on a day: Rolle -> its Gebiete."""
    tagung = Tagung(projekt.stadt.alle_gremien[gremium], anlass)
    found: dict[str, list[str]] = {}
    for invitation in gp.invitations(projekt.stadt, projekt.regeln, tagung, tag):
        found.setdefault(invitation.sitz.rolle.id, []).append(invitation.sitz.gebiet.id)
    return {rolle: sorted(gebiete) for rolle, gebiete in found.items()}


class TestUmzugEinesWohnbereichs:
    """S-15, P-03: Wohnbereich 42 moves from Westen to the Sozialraum Pelkum on 1 July."""

    @pytest.mark.parametrize("gremium", ["koordinierungsrunde/westen", "stadtteilkonferenz/westen"])
    def test_westen_loses_the_bezirk_pelkum_from_that_day_on(self, gremium: str) -> None:
        """Three Bezirksbürgermeister:innen on 30 June, two on 1 July; the same of all that is held per Bezirk."""
        for tag, bezirke in ((VORHER, ALLE), (NACHHER, ["herringen", "mitte"])):
            found = sitze(umzug(), gremium, tag, "jahresplan-entwurf")
            for rolle in ("bezirksbuergermeister", "buergeramtsleitung", "bezirksvertretung-mitglied"):
                assert found.get(rolle, bezirke) == bezirke
            assert "bezirksbuergermeister" in found
            assert found["stadtteilkoordination"] == ["westen"]

    def test_hosts_and_members_are_those_of_the_day(self) -> None:
        projekt = umzug()
        runde = projekt.stadt.gremien["koordinierungsrunde/westen"]
        konferenz = projekt.stadt.gremien["stadtteilkonferenz/westen"]
        for tag, mitglieder, gastgebende in ((VORHER, 16, 4), (NACHHER, 14, 3)):
            assert len(gp.mitglieder(projekt.stadt, projekt.regeln, runde, tag)) == mitglieder
            assert len(gastgeber(projekt.stadt, projekt.regeln, konferenz, tag)) == gastgebende
            assert len(geschaeftsfuehrung(projekt.stadt, projekt.regeln, konferenz, tag)) == 1

    @pytest.mark.parametrize("gremium", sorted(hamm().stadt.gremien))
    def test_nobody_else_gains_or_loses_an_invitation(self, gremium: str) -> None:
        """P-03: the move acts through the Bezirke of Westen alone; Pelkum had its Bezirk already."""
        anlass = ("jahresplan-entwurf", "evaluation")
        vorher, nachher = (sitze(umzug(), gremium, tag, *anlass) for tag in (VORHER, NACHHER))
        assert vorher == sitze(hamm(), gremium, VORHER, *anlass)
        assert (vorher == nachher) == (
            gremium not in ("koordinierungsrunde/westen", "stadtteilkonferenz/westen")
        )

    def test_an_item_is_brought_before_the_bodies_of_its_sitzung_s_window(self) -> None:
        """The evaluation of spring is heard in three Bezirksvertretungen, the plan of autumn in two."""

        def gehoert(projekt: gp.Projekt, eintrag: str) -> list[str]:
            return sorted(
                b.gremium.gebiet.id
                for b in projekt.beratungen(2027)
                if (b.eintrag.id, b.gebiet.id) == (eintrag, "westen")
            )

        assert gehoert(umzug(), "bv-evaluation") == gehoert(hamm(), "bv-evaluation") == ALLE
        assert gehoert(hamm(), "bv-jahresplan") == ALLE
        assert gehoert(umzug(), "bv-jahresplan") == ["herringen", "mitte"]
        verloren = {b.id for b in hamm().beratungen(2027)} ^ {b.id for b in umzug().beratungen(2027)}
        assert verloren == {"bv-jahresplan/westen/pelkum"}

    def test_the_next_year_has_the_new_city_and_the_year_before_the_old(self) -> None:
        def westen(jahr: int) -> int:
            return sum(b.gebiet.id == "westen" for b in umzug().beratungen(jahr))

        assert [westen(jahr) for jahr in (2026, 2027, 2028)] == [6, 5, 4]

    def test_a_duty_ends_with_the_move(self) -> None:
        """The Leitung des Bürgeramtes Pelkum has to be there until 30 June, and for Pelkum's own Sitzungen always."""
        jahr = build(umzug(), 2027)
        (r,) = (
            r
            for r in jahr.requirements
            if isinstance(r, Verfuegbar) and r.sitz == "buergeramtsleitung/pelkum"
        )
        westen = {(p.ab, p.bis) for p in r.pflichten if p.ereignis.endswith("/westen")}
        pelkum = {(p.ab, p.bis) for p in r.pflichten if p.ereignis.endswith("/pelkum")}
        assert (westen, pelkum) == ({(None, VORHER)}, {(None, None)})

    def test_a_sitting_of_the_council_counts_by_its_own_day(self) -> None:
        """The Bezirksvertretung Pelkum blocks the Stadtteilkonferenz Westen on its days in spring only."""
        projekt = umzug()
        pelkum = {
            s.tag for s in projekt.ratskalender.von_gremium("bezirksvertretung/pelkum") if s.tag.year == 2027
        }
        (sperrtage,) = (
            r
            for r in build(projekt, 2027).requirements
            if isinstance(r, Sperrtage)
            if (r.grund, r.ereignis) == ("sitzungstage", "sk-fruehjahr/westen")
        )
        own = {sperre.von for sperre in sperrtage.tage if "Pelkum" in sperre.was}
        assert own == {tag for tag in pelkum if tag <= VORHER}
        assert own < pelkum

    @pytest.mark.acceptance
    def test_the_year_is_planned_right_on_both_sides(self) -> None:
        """The plan of the year holds by the rules of each day, and says so to each Sitz."""
        plan = gp.schedule(umzug(), 2027)
        assert isinstance(plan, gp.Plan)
        assert gp.audit(umzug(), plan).ok
        assert "bv-jahresplan/westen/pelkum" not in {b.beratung for b in plan.beratungen}
        assert "bv-evaluation/westen/pelkum" in {b.beratung for b in plan.beratungen}


class TestEineStrittigeZeit:
    """A window that straddles the day of a change."""

    def test_check_warns_and_the_item_goes_before_all(self) -> None:
        """The window of the draft is 15 August to 31 October: a move on 1 September leaves three bodies."""

        def aendern(stadt: dict[str, Any]) -> None:
            stadt["wohnbereich"]["42"]["sozialraum"] = [
                {"id": "westen", "gueltig_bis": date(2027, 8, 31)},
                {"id": "pelkum", "gueltig_ab": date(2027, 9, 1)},
            ]

        projekt, warnungen = inspect(BEISPIEL, jahr=2027, aendern=changed("stadt.toml", aendern))
        gremien = [b.gremium.id for b in projekt.beratungen(2027) if b.id.startswith("bv-jahresplan/westen")]
        assert len(gremien) == 3
        (warnung,) = (str(w) for w in warnungen if "before and after" in str(w))
        assert "Wed 2027-09-01" in warnung
        assert "Pelkum" in warnung

    def test_nothing_is_said_of_a_move_between_two_windows(self) -> None:
        _, warnungen = inspect(BEISPIEL, jahr=2027, aendern=changed("stadt.toml", _umzug))
        assert not [w for w in warnungen if "before and after" in str(w)]


class TestBeschlussDesRates:
    """S-47: the Rat changes a rule on 1 July: Sitzungen before keep the old one, later ones get the new one."""

    @staticmethod
    def beschluss(regeln: dict[str, Any]) -> None:
        """Let the Bezirksbürgermeister:innen become guests whatever the topic."""
        (alt,) = (r for r in regeln["einladung"] if r["id"] == "kr-bm")
        neu = {key: wert for key, wert in alt.items() if key != "anlass"}
        alt["gueltig_bis"] = VORHER
        regeln["einladung"].append({**neu, "gueltig_ab": NACHHER})
        for id in ("kr-bm-halbjahr", "kr-bm-evaluation"):
            (andere,) = (r for r in regeln["einladung"] if r["id"] == id)
            andere["gueltig_bis"] = VORHER

    def test_each_sitzung_is_judged_by_its_own_day(self) -> None:
        projekt = inspect(BEISPIEL, jahr=2027, aendern=changed("regeln.toml", self.beschluss))[0]
        for gremium in (g for g in projekt.stadt.gremien if g.startswith("koordinierungsrunde/")):
            for anlass, vorher in (("laufend", False), ("jahresplan-entwurf", True), ("evaluation", True)):
                assert ("bezirksbuergermeister" in sitze(projekt, gremium, VORHER, anlass)) == vorher
                assert "bezirksbuergermeister" in sitze(projekt, gremium, NACHHER, anlass)

    def test_the_derivation_names_one_rule_on_both_sides(self) -> None:
        projekt = inspect(BEISPIEL, jahr=2027, aendern=changed("regeln.toml", self.beschluss))[0]
        tagung = Tagung(projekt.stadt.gremien["koordinierungsrunde/norden"], ("jahresplan-entwurf",))
        for tag in (VORHER, NACHHER):
            (bm, _) = (
                i
                for i in gp.invitations(projekt.stadt, projekt.regeln, tagung, tag)
                if i.sitz.rolle.id == "bezirksbuergermeister"
            )
            assert [g.regel for g in bm.gruende] == ["kr-bm"]


class TestEinAmtBeginntUndEndet:
    """S-18, the side of the Sitz: an office that ends, and one that begins, in the middle of a year."""

    @staticmethod
    def nachfolge(stadt: dict[str, Any]) -> None:
        stadt["rolle"]["vereinsguide"]["gueltig_bis"] = VORHER
        stadt["rolle"]["ehrenamtskoordination"] = {
            "je": "bezirk",
            "name": "Ehrenamtskoordination",
            "gueltig_ab": NACHHER,
            "vorgabe": True,
        }

    @staticmethod
    def regel(regeln: dict[str, Any]) -> None:
        (alt,) = (r for r in regeln["mitgliedschaft"] if r["id"] == "kr-vereinsguide")
        alt["rollen"] = ["vereinsguide", "ehrenamtskoordination"]

    @classmethod
    def projekt(cls) -> gp.Projekt:
        def hook(name: str, inhalt: dict[str, Any]) -> Mapping[str, Any]:
            neu = changed("stadt.toml", cls.nachfolge)(name, inhalt)
            return changed("regeln.toml", cls.regel)(name, dict(neu))

        return inspect(BEISPIEL, jahr=2027, aendern=hook)[0]

    def test_who_is_there_is_invited(self) -> None:
        """The old office on its last day, the new one on its first, never both and never none."""
        for tag, da, fort in (
            (VORHER, "vereinsguide", "ehrenamtskoordination"),
            (NACHHER, "ehrenamtskoordination", "vereinsguide"),
        ):
            found = sitze(self.projekt(), "koordinierungsrunde/norden", tag)
            assert found[da] == ["bockum-hoevel", "heessen"]
            assert fort not in found

    def test_why_says_that_the_office_is_of_another_time(self) -> None:
        projekt = self.projekt()
        tagung = Tagung(projekt.stadt.gremien["koordinierungsrunde/norden"])
        sitz = projekt.stadt.alle_sitze["vereinsguide/heessen"]
        answer = gp.why(projekt.stadt, projekt.regeln, tagung, sitz, NACHHER)
        assert isinstance(answer, gp.NotInvited)
        assert [type(h).__name__ for b in answer.naechste for h in b.fehlt] == ["GibtEsNicht"]

    def test_duties_of_both_are_known_to_the_year(self) -> None:
        found = {
            r.sitz: {(p.ab, p.bis) for p in r.pflichten}
            for r in build(self.projekt(), 2027).requirements
            if isinstance(r, Verfuegbar)
        }
        assert found["vereinsguide/heessen"] == {(None, VORHER)}
        assert found["ehrenamtskoordination/heessen"] == {(NACHHER, None)}


class TestAlteNamen:
    """NORD-5, S-35, P-74: the stations of the Hammer Norden under the names of their time."""

    def test_a_key_means_itself_and_resolving_twice_changes_nothing(self) -> None:
        """P-74, for every name the city knows, on every side of the move and without a day."""
        stadt = umzug().stadt
        names = {name for f in stadt.fassungen for name in f._names}
        for tag in (None, VORHER, NACHHER):
            for name in names:  # every one of them, and what they mean
                for key in stadt.resolve(name, tag):
                    assert stadt.resolve(key, tag) == (key,)

    def test_a_bare_arbeitskreis_means_two_bodies(self) -> None:
        """S-35: nobody guesses."""
        assert sorted(hamm().stadt.resolve("Arbeitskreis")) == [
            "arbeitskreis/hamm",
            "koordinierungsrunde/norden",
        ]

    def test_the_command_line_refuses_it_and_names_both(self) -> None:
        ergebnis = lauf("invitations", "Arbeitskreis", "--projekt", BEISPIEL, "--jahr", "2027")
        assert (ergebnis.code, ergebnis.daten) == (2, "")
        assert "koordinierungsrunde/norden" in ergebnis.rede
        assert "arbeitskreis/hamm" in ergebnis.rede

    def test_an_old_document_is_understood_and_today_is_not_called_so(self) -> None:
        stadt = hamm().stadt
        assert stadt.resolve("Präventivkreis") == ("stadtteilkonferenz/norden",)
        assert stadt.resolve("Präventivkreis", date(2015, 5, 1)) == ("stadtteilkonferenz/norden",)


# --- laws over drawn changes ----------------------------------------------------------------------------------

TAGE = tuple(date(2027, 1, 1) + timedelta(days=n) for n in (0, 1, 59, 120, 181, 182, 300, 364))


@frozen
class Wandel:
    """Changes of the Musterstadt: further Viertel that move, and Rollen that begin and end."""

    viertel: Mapping[str, tuple[tuple[date, str, str], ...]]
    """Id -> from which day it lies in which Quartier and Bezirk; the first from the beginning of time."""
    rollen: Mapping[str, tuple[date | None, date | None]]

    def ueber_die_zeit(self, name: str, inhalt: dict[str, Any]) -> Mapping[str, Any]:
        """Write every change into the file, with its days."""
        neu = deepcopy(inhalt)
        if name == "stadt.toml":
            for kennung, stationen in self.viertel.items():
                tage = [ab for ab, _, _ in stationen]
                zeiten = [
                    {
                        **({"gueltig_ab": tage[n]} if n else {}),
                        **({"gueltig_bis": tage[n + 1] - timedelta(days=1)} if n + 1 < len(tage) else {}),
                    }
                    for n in range(len(tage))
                ]
                neu["viertel"][kennung] = {
                    "name": kennung,
                    "quartier": [{"id": q, **z} for z, (_, q, _) in zip(zeiten, stationen, strict=True)],
                    "bezirk": [{"id": b, **z} for z, (_, _, b) in zip(zeiten, stationen, strict=True)],
                }
            for rolle, (ab, bis) in self.rollen.items():
                neu["rolle"][rolle] |= {
                    key: tag for key, tag in (("gueltig_ab", ab), ("gueltig_bis", bis)) if tag
                }
        return neu

    def am(self, heute: date) -> Callable[[str, dict[str, Any]], Mapping[str, Any]]:
        """Return the hook that writes the city as somebody would who knows of that day only."""

        def hook(name: str, inhalt: dict[str, Any]) -> Mapping[str, Any]:
            neu = deepcopy(inhalt)
            fort = [
                rolle
                for rolle, (ab, bis) in self.rollen.items()
                if (ab is not None and heute < ab) or (bis is not None and bis < heute)
            ]
            if name == "stadt.toml":
                for kennung, stationen in self.viertel.items():
                    _, quartier, bezirk = [s for s in stationen if s[0] <= heute or s == stationen[0]][-1]
                    neu["viertel"][kennung] = {"name": kennung, "quartier": quartier, "bezirk": bezirk}
                for rolle in fort:
                    del neu["rolle"][rolle]
            for liste, key in (
                ("mitgliedschaft", "rollen"),
                ("einladung", "rollen"),
                ("beratung", "kenntnis"),
                ("aufgabe", "an"),
            ):
                for eintrag in neu.get(liste, ()):
                    rollen = eintrag.get(key, [])
                    rollen = rollen if isinstance(rollen, list) else [rollen]
                    if key in eintrag:
                        eintrag[key] = [rolle for rolle in rollen if rolle not in fort]
            return neu

        return hook


@st.composite
def wandel(draw: st.DrawFn) -> Wandel:
    """Draw one to three Viertel with up to four stations, and days for some Rollen."""
    viertel = {}
    for n in range(draw(st.integers(1, 3))):
        tage = sorted(draw(st.sets(st.sampled_from(TAGE), min_size=1, max_size=4)))
        viertel[f"neu-{n}"] = tuple(
            (tag, draw(st.sampled_from(["anger", "hafen", "heide"])), draw(st.sampled_from(["ost", "west"])))
            for tag in tage
        )
    rollen: dict[str, tuple[date | None, date | None]] = {}
    for rolle in draw(st.sets(st.sampled_from(["buero", "treff", "rat"]))):
        ab, bis = sorted(draw(st.tuples(st.sampled_from(TAGE), st.sampled_from(TAGE))))
        rollen[rolle] = draw(st.sampled_from([(ab, bis), (None, bis), (ab, None)]))
    return Wandel(viertel, rollen)


@given(wandel(), st.sampled_from([*TAGE, date(2020, 1, 1), date(2040, 1, 1)]))
def test_the_city_of_a_day_is_the_city_written_as_it_is_on_that_day(changes: Wandel, tag: date) -> None:
    """P-03: whatever moves, begins or ends: places, Sitze, Gremien and invitations of a day know only that day."""
    projekt = inspect(MUSTERSTADT, aendern=changes.ueber_die_zeit)[0]
    heute = inspect(MUSTERSTADT, aendern=changes.am(tag))[0]
    stadt = projekt.stadt.am(tag)
    assert evolve(stadt, gueltig_ab=None, gueltig_bis=None, verlauf=None) == heute.stadt
    for gremium in projekt.stadt.alle_gremien.values():
        for anlass in ((), ("entwurf",)):
            expected = gp.invitations(
                heute.stadt, heute.regeln, Tagung(heute.stadt.gremien[gremium.id], anlass), tag
            )
            for von in projekt.stadt.fassungen:  # from whichever day one looks
                assert (
                    gp.invitations(von, projekt.regeln, Tagung(von.gremien[gremium.id], anlass), tag)
                    == expected
                )


@given(wandel(), st.sampled_from(TAGE))
def test_a_year_knows_of_each_day_who_has_to_be_there(changes: Wandel, tag: date) -> None:
    """The duties of a compiled year, on any of its days, are the invitations of that day to each Amt."""
    projekt = inspect(MUSTERSTADT, jahr=2027, aendern=changes.ueber_die_zeit)[0]
    grund = Grund(projekt, 2027, projekt.sitzungen(2027), ())
    duties = {
        (dienst.sitz, pflicht.ereignis)
        for dienst in dienste(grund)
        for pflicht in dienst.pflichten
        if (pflicht.ab or tag) <= tag <= (pflicht.bis or tag)
    }
    assert duties == {
        (invitation.sitz.id, sitzung.id)
        for sitzung in grund.sitzungen
        for invitation in gp.invitations(projekt.stadt, projekt.regeln, sitzung, tag)
        if invitation.sitz.rolle.art is RollenArt.AMT
    }
