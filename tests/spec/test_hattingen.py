"""Hattingen (source 001): another city by the same rules, with nothing written for it but data."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import gremienplan as gp
from gremienplan import requirements as req
from gremienplan.auditing import check
from gremienplan.jahr import build
from gremienplan.loading import inspect
from gremienplan.loading.ordner import shipped
from gremienplan.plan import Lage, Plan, Zustand, record
from gremienplan.projekt import Projekt
from gremienplan.publishing import publish
from gremienplan.quellen import Authority
from gremienplan.stadt import RollenArt

JAHR = 2027
BEISPIEL = Path(__file__).parents[2] / "examples" / "hattingen-2027"
ANDERE = "hamm"
PROGRAMM = "programm.toml"
OTHERS = [
    f"stadtteilkonferenz/{gebiet}"
    for gebiet in ("mitte", "stueter", "holthausen", "niederwenigern", "winz-baak")
]
"""All conferences but that of Welper."""


@pytest.fixture(scope="module")
def projekt() -> Projekt:
    return gp.load(BEISPIEL, jahr=JAHR)


@pytest.fixture(scope="module")
def plan(projekt: Projekt) -> Plan:
    answer = gp.schedule(projekt, JAHR)
    assert isinstance(answer, Plan)
    return answer


def geladen(projekt: Projekt, sitzung: str) -> list[str]:
    found = gp.invitations(projekt.stadt, projekt.regeln, projekt.sitzung(sitzung, JAHR), date(JAHR, 5, 3))
    return [einladung.sitz.id for einladung in found]


def without_defaults(inhalt: dict[str, object]) -> dict[str, object]:
    """Return a file without what a plan must keep and what is wished for it."""
    return {key: wert for key, wert in inhalt.items() if key not in ("bedingung", "wunsch")}


def hours(name: str, von: int, *gremien: str) -> dict[str, object]:
    """Return a default: two hours of the day, of these Gremien or of all."""
    gremium = list(gremien) or ["stadtteilkonferenz"]
    zeit = {"von": f"{von}:00", "bis": f"{von + 2}:00"}
    return {"id": name, "art": "tageszeit", **zeit, "gremium": gremium, "vorgabe": True}


class TestHatt1ZweiteStadt:
    """HATT-1: a second city in one process; its profile decides which kinds of Gremium there are."""

    def test_each_city_has_a_mitte_of_its_own(self) -> None:
        """P-72, S-28: the same name, other atoms, other Rollen; neither knows the names of the other."""
        a, b = gp.load(ANDERE).stadt, gp.load("hattingen").stadt
        assert set(a.resolve("Mitte")) <= a.gebiet.keys()
        assert set(b.resolve("Mitte")) == {"konferenzgebiet/mitte", "ortsteil/mitte"}
        shared = a.sitze.keys() & b.sitze.keys()
        assert "vereine/mitte" in shared  # one id, two Sitze
        for stadt in (a, b):
            atome = {atom for gebiet in stadt.gebiete_von(stadt.atom) for atom in gebiet.atome}
            assert all(stadt.sitze[sitz].gebiet.atome <= atome for sitz in shared)
        assert b.resolve("Präventivkreis") == ()
        assert a.resolve("Welper") == ()

    def test_reading_one_changes_nothing_of_the_other(self) -> None:
        """P-72: in whatever order they are read."""
        first, _, again = gp.load(ANDERE), gp.load("hattingen"), gp.load(ANDERE)
        assert (first.stadt, first.regeln, first.programm) == (again.stadt, again.regeln, again.programm)

    def test_both_ship(self) -> None:
        assert {"hattingen", ANDERE} <= set(shipped())

    def test_there_is_no_political_body_and_no_empty_one(self, projekt: Projekt) -> None:
        """S-30: rules about Bezirksvertretungen and Koordinierungsrunden neither raise nor make empty bodies."""
        assert {g.art.id for g in projekt.stadt.gremien.values()} == {"stadtteilkonferenz"}
        assert projekt.beratungen(JAHR) == ()
        assert all(geladen(projekt, s.id) for s in projekt.sitzungen(JAHR))

    def test_the_profile_works_with_almost_no_rules(self, projekt: Projekt) -> None:
        """HATT-13: nothing beyond who is invited stands on the source; without the defaults a year is still planned.

        Of the day only two hours are left, for no other reason than to ask a smaller question.
        """
        words = {b.grundlage.authority for b in projekt.programm.bedingungen}
        assert words == {Authority.VORGABE}

        def bare(name: str, inhalt: dict[str, object]) -> dict[str, object]:
            return {
                **without_defaults(inhalt),
                **({"bedingung": [hours("abends", 17)]} if name == PROGRAMM else {}),
            }

        answer = gp.schedule(inspect("hattingen", jahr=JAHR, aendern=bare)[0], JAHR, effort="kurz")
        assert isinstance(answer, Plan)
        assert len(answer.termine) == 12


class TestHatt2Federfuehrung:
    """HATT-2: two offices together, for the whole city."""

    def test_both_are_hosts_of_every_conference(self, projekt: Projekt) -> None:
        for sitzung in projekt.sitzungen(JAHR):
            found = gp.invitations(projekt.stadt, projekt.regeln, sitzung, date(JAHR, 5, 3))
            hosts = {e.sitz.id for e in found if any(g.als.name == "GASTGEBER" for g in e.gruende)}
            assert hosts == {
                "stabsstelle-gleichstellung/hattingen",
                "fachbereich-jugend-schule-sport/hattingen",
            }

    def test_who_invites_and_is_invited_gets_one_invitation(self, projekt: Projekt) -> None:
        """P-33: one that names both."""
        sitze = geladen(projekt, "sk-fruehjahr/welper")
        assert len(sitze) == len(set(sitze))


class TestHatt3Ortsbuergermeister:
    """HATT-3, HATT-5, P-76: those of all Ortsteile that an area joins, by the one join."""

    @pytest.mark.parametrize(
        ("gebiet", "ortsteile"),
        [
            ("mitte", {"mitte"}),
            ("stueter", {"bredenscheid-stueter", "oberstueter", "elfringhausen"}),
            ("holthausen", {"holthausen"}),
            ("niederwenigern", {"niederwenigern", "niederbonsfeld"}),
            ("welper", {"welper"}),
            ("winz-baak", {"winz-baak"}),
        ],
    )
    def test_all_of_an_area_and_nobody_else(self, projekt: Projekt, gebiet: str, ortsteile: set[str]) -> None:
        """S-29: the area of three Ortsteile has three."""
        sitze = geladen(projekt, f"sk-fruehjahr/{gebiet}")
        assert {s for s in sitze if s.startswith("ortsbuergermeister/")} == {
            f"ortsbuergermeister/{o}" for o in ortsteile
        }

    def test_every_ortsteil_is_heard_once(self, projekt: Projekt) -> None:
        sitze = [
            s
            for x in projekt.sitzungen(JAHR)
            if x.eintrag.id == "sk-fruehjahr"
            for s in geladen(projekt, x.id)
        ]
        held = sorted(s for s in sitze if s.startswith("ortsbuergermeister/"))
        assert held == sorted(s for s in projekt.stadt.sitze if s.startswith("ortsbuergermeister/"))
        assert len(held) == 9


class TestHatt4Gruppen:
    def test_groups_are_invited_residents_as_such_are_not(self, projekt: Projekt) -> None:
        """HATT-4: thirteen groups; no Rolle of the city is residents."""
        stadt = projekt.stadt
        gruppen = [
            s for s in geladen(projekt, "sk-herbst/mitte") if stadt.sitze[s].rolle.art is RollenArt.GRUPPE
        ]
        assert len(gruppen) == 13
        assert not any("bewohner" in rolle for rolle in stadt.rollen)


class TestHatt6Kontakte:
    """HATT-6: contacts and areas are many to many."""

    def test_one_contact_serves_two_areas_and_one_area_has_two(self, projekt: Projekt) -> None:
        served: dict[str, set[str]] = {}
        for sitzung in projekt.sitzungen(JAHR):
            for sitz in geladen(projekt, sitzung.id):
                if sitz.startswith("kontakt/"):
                    served.setdefault(sitz, set()).add(sitzung.gremium.gebiet.id)
        assert served["kontakt/stueter-niederwenigern"] == {"stueter", "niederwenigern"}
        assert [sitz for sitz, gebiete in served.items() if "mitte" in gebiete] == [
            "kontakt/mitte-1",
            "kontakt/mitte-2",
        ]
        assert sum(len(gebiete) for gebiete in served.values()) == 7

    def test_two_conferences_of_one_contact_exclude_each_other(self, projekt: Projekt) -> None:
        """S-29: by the contact alone, whoever else is invited to both."""
        requirement = next(
            r
            for r in build(projekt, JAHR).requirements
            if isinstance(r, req.Verfuegbar) and r.sitz == "kontakt/stueter-niederwenigern"
        )
        beginn = datetime(JAHR, 5, 3, 17)
        ids = ("sk-fruehjahr/stueter", "sk-fruehjahr/niederwenigern", "sk-fruehjahr/welper")
        a, b, c = (Lage(id, beginn, beginn + timedelta(hours=2)) for id in ids)
        assert check(requirement, {a.ereignis: (a,), c.ereignis: (c,)}, {}) == ()
        assert len(check(requirement, {a.ereignis: (a,), b.ereignis: (b,)}, {})) == 1


class TestHatt7Termine:
    """HATT-7, HATT-9, P-63: announced without a date is listed, has no event, and is no failure."""

    def test_the_open_one_has_no_date(self, plan: Plan, projekt: Projekt) -> None:
        assert plan.offen == ("sk-herbst/welper",)
        assert "sk-herbst/welper" not in plan.lagen
        assert len(plan.termine) == 11
        assert gp.audit(projekt, plan).ok

    def test_calendars_hold_all_but_the_open_one(self, plan: Plan, projekt: Projekt, tmp_path: Path) -> None:
        drawn = record(plan, None, datetime(2026, 11, 1), Zustand.DRAFT)
        publish(projekt, drawn, tmp_path)
        found = b"".join(path.read_bytes() for path in tmp_path.rglob("*.ics"))
        assert b"sk-herbst.stadtteilkonferenz.mitte" in found
        assert b"sk-herbst.stadtteilkonferenz.welper" not in found


class TestHatt8FesterTermin:
    def test_it_stands_where_it_was_put(self, plan: Plan) -> None:
        """HATT-8, P-64: start and place as given, the usual length, on the weekday that was announced."""
        (termin,) = (t for t in plan.termine if t.sitzung == "sk-herbst/winz-baak")
        assert (termin.beginn, termin.ort) == (datetime(2027, 11, 18, 17), "buergertreff-oberwinzerfeld")
        assert termin.ende - termin.beginn == timedelta(hours=2)
        assert termin.beginn.weekday() == 3

    def test_the_weekday_of_the_source_agrees_with_its_date(self) -> None:
        """P-64: the date on the page was a Thursday."""
        assert date(2018, 11, 15).weekday() == 3


class TestHatt11Mittagstisch:
    """HATT-11, S-31, P-57: the weekly lunch occupies its house, and no other."""

    def noon(self, *, second: bool) -> Projekt:
        """The conferences of Welper are wanted on Mondays at noon."""

        def change(name: str, inhalt: dict[str, object]) -> dict[str, object]:
            if name == PROGRAMM:
                welper = ["stadtteilkonferenz/welper"]
                monday = {
                    "id": "montags",
                    "art": "wochentage",
                    "tage": ["mo"],
                    "gremium": welper,
                    "vorgabe": True,
                }
                rules = [hours("mittags", 12, *welper), monday, hours("abends", 17, *OTHERS)]
                return {**without_defaults(inhalt), "bedingung": rules}
            if name == "stadt.toml" and second:
                house = {
                    "name": "Zweites Haus (erfunden)",
                    "art": "treff",
                    "gebiet": "konferenzgebiet/welper",
                }
                return {**inhalt, "ort": {**inhalt["ort"], "zweites-haus": house}}  # type: ignore[dict-item]
            return inhalt

        return inspect("hattingen", jahr=JAHR, aendern=change)[0]

    def test_refused_there(self) -> None:
        answer = gp.schedule(self.noon(second=False), JAHR)
        assert isinstance(answer, gp.Conflict)
        assert "Bürgertreff Welper cannot be had during: Mittagstisch Welper." in [
            str(r.satz(answer.namen)) for r in answer.requirements
        ]

    def test_free_in_another_room(self) -> None:
        answer = gp.schedule(self.noon(second=True), JAHR, effort="kurz")
        assert isinstance(answer, Plan)
        assert {t.ort for t in answer.termine if t.gremium == "stadtteilkonferenz/welper"} == {"zweites-haus"}

    def test_read_otherwise_the_house_has_room_for_both(self) -> None:
        """HATT-F-2: the other reading takes the occupation away and nothing else."""
        (one,) = gp.load("hattingen").stadt.orte["buergertreff-welper"].belegt
        other = gp.load("hattingen", lesarten={"HATT-F-2": "frei"})
        assert (one.wochentag, one.von.hour, one.bis.hour) == (0, 12, 13)
        assert other.stadt.orte["buergertreff-welper"].belegt == ()
        assert other.regeln == gp.load("hattingen").regeln


def test_the_misprint_of_the_source_is_a_name(projekt: Projekt) -> None:
    """ERR-12: as the page spells it once, each conference is found."""
    for gremium in projekt.stadt.gremien.values():
        name = f"Stadteilkonferenz {gremium.gebiet.name}"
        assert projekt.stadt.resolve(name) == (gremium.id,)
