"""What a subscriber believes after any history of a plan: the truth, told by UID and SEQUENCE alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import define, evolve, field
from hypothesis import given, settings, strategies as st

from gremienplan.errors import InputError
from gremienplan.plan import Plan, Zustand, plan_from_json, plan_to_json, record, record_edits, unrecorded
from gremienplan.projekt import Projekt
from gremienplan.publishing import feeds, publish
from gremienplan.publishing.feeds import Kalendersatz, release
from gremienplan.publishing.unbekannt import beratung_by_id, is_beratung, sitzung_by_id
from tests.publishing import welt
from tests.publishing.lesen import Vevent, Zeile, event, events, lint

CI = os.environ.get("PROFILE") == "ci"

R = welt.projekt()
"""The project with its whole programme."""
C = evolve(
    R,
    programm=evolve(
        R.programm,
        sitzungen=tuple(s for s in R.programm.sitzungen if s.id in ("konferenz", "runde-1")),
        beratungen=(),
    ),
)
"""The same city with a programme that asks for less."""
DOMAIN = R.stadt.domain
BEGINN = datetime(2026, 11, 2, 9)
PLAN = welt.plan(R)
ENTWURF = R.sitzung("entwurf/ufer", welt.JAHR)
EREIGNISSE = tuple(sorted(PLAN.lagen))


def identity(ereignis: str) -> str:
    if is_beratung(ereignis):
        return next(b.uid(DOMAIN) for b in R.beratungen(welt.JAHR) if b.id == ereignis)
    return R.sitzung(ereignis, welt.JAHR).uid(DOMAIN)


def shown(vevent: Vevent) -> list[Zeile]:
    stempel = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
    return [zeile for zeile in vevent.zeilen if zeile.name not in stempel]


def made(projekt: Projekt, ohne: set[str], tage: Mapping[str, int], offen: bool) -> Plan:
    """Return what a run could have made: some events without a date, each of the others on one of few days."""
    alle = welt.plan(projekt)
    termine = tuple(
        evolve(t, beginn=t.beginn + um, ende=t.ende + um)
        for t in alle.termine
        if t.sitzung not in ohne
        for um in [timedelta(days=tage.get(t.sitzung, 0))]
    )
    beratungen = tuple(b for b in alle.beratungen if b.beratung not in ohne)
    wartet = tuple(sorted(ohne & {t.sitzung for t in alle.termine})) if offen else ()
    return evolve(alle, termine=termine, beratungen=beratungen, offen=wartet, verlauf=(), aufgezeichnet={})


@define
class Client:
    """A calendar that takes an event only when its SEQUENCE is higher than the one it has; it forgets none."""

    hat: dict[str, Vevent] = field(factory=dict)

    def refresh(self, data: bytes) -> None:
        for vevent in events(data):
            alt = self.hat.get(vevent["UID"])
            if alt is None or int(vevent["SEQUENCE"]) > int(alt["SEQUENCE"]):
                self.hat[vevent["UID"]] = vevent

    def believes(self) -> dict[str, tuple[datetime, datetime, str]]:
        return {
            uid: (v.zeit("DTSTART"), v.zeit("DTEND"), v["STATUS"])
            for uid, v in self.hat.items()
            if v["STATUS"] != "CANCELLED"
        }


schritte = st.tuples(
    st.sampled_from(("plan", "hand")),
    st.sampled_from((R, R, C)),
    st.sets(st.sampled_from(EREIGNISSE), max_size=4),
    st.dictionaries(st.sampled_from(EREIGNISSE), st.integers(0, 2), max_size=3),
    st.booleans(),
    st.sampled_from((Zustand.DRAFT, Zustand.DRAFT, Zustand.COORDINATED, Zustand.PUBLISHED)),
)
Schritt = tuple[str, Projekt, set[str], dict[str, int], bool, Zustand]


def history(folge: list[Schritt]) -> list[tuple[Projekt, Plan]]:
    """Return project and plan after each step: planned, cancelled by a programme, revived, edited, coordinated."""
    found: list[tuple[Projekt, Plan]] = []
    for nummer, (art, projekt, ohne, tage, offen, zustand) in enumerate(folge):
        stand = BEGINN + timedelta(days=nummer)
        neu = made(projekt, ohne, tage, offen)
        alt = found[-1][1] if found else None
        if art == "hand" and alt is not None:
            von_hand = evolve(
                alt,
                programm=neu.programm,
                termine=neu.termine,
                beratungen=neu.beratungen,
                offen=neu.offen,
            )
            plan = record_edits(plan_from_json(plan_to_json(von_hand)), stand)
        else:
            plan = record(neu, alt, stand, zustand)
        found.append((projekt, plan))
    return found


class TestSubscribers:
    """P-62: a client that knows UID and SEQUENCE and nothing else ends with the plan."""

    @settings(max_examples=60 if CI else 8)
    @given(st.lists(schritte, min_size=1, max_size=6))
    def test_they_end_with_the_truth(self, folge: list[Schritt]) -> None:
        """Of everything, and of the items that an Amt presents."""
        alle, amt = Client(), Client()
        laeufe = history(folge)
        for projekt, plan in laeufe:
            found = feeds(projekt, plan)
            assert [fund for data in found.values() for fund in lint(data)] == []
            alle.refresh(found["alle.ics"])
            amt.refresh(found.get("amt/stadtteilkoordination-ufer.ics", b""))
        plan = laeufe[-1][1]
        status = "TENTATIVE" if plan.zustand is Zustand.DRAFT else "CONFIRMED"
        wahr = {identity(e): (lage.beginn, lage.ende, status) for e, (lage,) in plan.lagen.items()}
        oeffentlich = {identity(t.sitzung) for t in plan.termine}
        assert alle.believes() == {uid: lage for uid, lage in wahr.items() if uid in oeffentlich}
        vortrag = {identity(b.beratung) for b in plan.beratungen if "stadtteilkoordination/ufer" in b.vortrag}
        heard = {identity(e) for e in EREIGNISSE if is_beratung(e)}
        assert {uid: lage for uid, lage in amt.believes().items() if uid in heard} == {
            uid: wahr[uid] for uid in vortrag
        }

    @settings(max_examples=60 if CI else 8)
    @given(st.lists(schritte, min_size=2, max_size=6))
    def test_every_visible_change_counts_and_nothing_else(self, folge: list[Schritt]) -> None:
        """Other bytes have a higher SEQUENCE and a later LAST-MODIFIED; without a change not a byte differs."""
        gesehen: dict[str, Vevent] = {}
        for (frueher, _), (projekt, plan) in pairwise([(R, PLAN), *history(folge)]):
            for vevent in events(feeds(projekt, plan)["alle.ics"]):
                alt = gesehen.get(vevent["UID"])
                if alt is not None and alt != vevent:
                    hoeher = int(vevent["SEQUENCE"]) > int(alt["SEQUENCE"])
                    assert hoeher is (vevent["LAST-MODIFIED"] > alt["LAST-MODIFIED"])
                    # A cancelled event is called by its Gremium alone while the programme does not know it.
                    benannt = frueher is not projekt and alt["STATUS"] == vevent["STATUS"] == "CANCELLED"
                    assert hoeher or benannt
                    assert shown(alt) != shown(vevent)
                elif alt is not None:
                    assert vevent["SEQUENCE"] == alt["SEQUENCE"]
                gesehen[vevent["UID"]] = vevent


class TestForgottenByTheProgramme:
    """What the programme no longer asks for is cancelled, not gone."""

    DANACH = record(made(C, set(), {}, False), PLAN, BEGINN + timedelta(days=9), Zustand.PUBLISHED)

    def test_everything_dropped_is_cancelled(self) -> None:
        """In the feeds of everything, of the Gremium and the Gebiet, by the name of the Gremium."""
        found = feeds(C, self.DANACH)
        fort = {identity(t.sitzung) for t in PLAN.termine} - {
            identity(t.sitzung) for t in self.DANACH.termine
        }
        assert fort
        for uid in fort:
            assert event(found["alle.ics"], uid)["STATUS"] == "CANCELLED"
        uid = ENTWURF.uid(DOMAIN)
        for name in ("gremium/runde-ufer.ics", "sozialraum/ufer.ics", "amt/stadtteilkoordination-ufer.ics"):
            vevent = event(found[name], uid)
            assert vevent["SUMMARY"] == "Abgesagt: Koordinierungsrunde Ufer"
            assert vevent["SEQUENCE"] == "1"

    def test_its_presenters_are_told_of_an_item(self) -> None:
        """Though nothing but the history knows who they were."""
        found = feeds(C, self.DANACH)["amt/stadtteilkoordination-ufer.ics"]
        heard = [identity(b.beratung) for b in PLAN.beratungen if "stadtteilkoordination/ufer" in b.vortrag]
        assert heard
        assert {event(found, uid)["STATUS"] for uid in heard} == {"CANCELLED"}

    def test_identities_follow_from_ids(self) -> None:
        """For every event of the programme the ids alone give its UID, even without the programme."""
        for programm in (R.programm, evolve(R.programm, sitzungen=(), beratungen=())):
            for s in R.sitzungen(welt.JAHR):
                found = sitzung_by_id(R.stadt, programm, s.id, s.gremium.id, s.jahr)
                assert found.uid(DOMAIN) == s.uid(DOMAIN)
            for b in R.beratungen(welt.JAHR):
                item = beratung_by_id(R.stadt, programm, b.id, b.gremium.id, b.jahr)
                assert (item.uid(DOMAIN), is_beratung(b.id)) == (b.uid(DOMAIN), True)

    def test_a_gremium_the_city_no_longer_has(self) -> None:
        """It is called by its ids, and its cancelled meeting keeps its UID."""
        gremien = {k: v for k, v in R.stadt.gremien.items() if v.art.id != "lenkungskreis"}
        ohne = evolve(C, stadt=evolve(C.stadt, gremien=gremien))
        uid = R.sitzung("steuern/stadt", welt.JAHR).uid(DOMAIN)
        assert event(feeds(ohne, self.DANACH)["alle.ics"], uid)["STATUS"] == "CANCELLED"


class TestFirstRelease:
    """Where nobody was told of a draft, nobody is told of what was given up in it."""

    KONFERENZ = R.sitzung("konferenz/ufer", welt.JAHR)

    def told(self, zustand: Zustand, *, erstmals: bool) -> list[str]:
        """Return what the public calendar says of a conference that was cancelled and one that was moved."""
        plan = welt.cancelled(welt.plan(R, zustand), self.KONFERENZ.id, BEGINN + timedelta(days=2))
        moved = next(t for t in plan.termine if t.sitzung.startswith("konferenz/"))
        plan = welt.moved(plan, moved.sitzung, moved.beginn + timedelta(days=1), BEGINN + timedelta(days=3))
        data = Kalendersatz(release(R, plan, erstmals=erstmals)).feed("oeffentlich.ics").inhalt
        text = data.replace(b"\r\n ", b"").decode()
        return [wort for wort in ("Abgesagt", "bisher: ") if wort in text]

    def test_nothing_of_a_draft(self) -> None:
        """Neither cancelled nor moved: to its readers it was never otherwise."""
        assert self.told(Zustand.DRAFT, erstmals=True) == []
        assert self.told(Zustand.DRAFT, erstmals=False) == ["Abgesagt", "bisher: "]

    def test_what_was_binding_is_told(self) -> None:
        """Where only the record is lost, its readers have the old dates."""
        assert self.told(Zustand.PUBLISHED, erstmals=True) == ["Abgesagt", "bisher: "]


class TestYears:
    """The feeds span the years, so nobody subscribes anew."""

    def plan(self, jahr: int, projekt: Projekt = R) -> Plan:
        um = timedelta(days=364 * (jahr - welt.JAHR))
        plan = welt.plan(projekt)
        termine = tuple(evolve(t, beginn=t.beginn + um, ende=t.ende + um) for t in plan.termine)
        return record(evolve(plan, jahr=jahr, termine=termine, beratungen=()), None, BEGINN)

    def test_each_year_by_its_own_history(self) -> None:
        """Every event of a year is byte for byte what it is alone."""
        jahre = [self.plan(jahr) for jahr in (2026, 2027, 2028)]
        zusammen = feeds(R, jahre[1], fruehere=(jahre[0], jahre[2]))
        for name, data in zusammen.items():
            einzeln = [vevent for plan in jahre for vevent in events(feeds(R, plan)[name])]
            assert events(data) == sorted(einzeln, key=lambda v: (v.zeit("DTSTART"), v["UID"]))
            assert lint(data) == []

    def test_the_order_of_the_years_is_none(self) -> None:
        """Whichever is named first."""
        a, b = self.plan(2026), self.plan(2027)
        assert feeds(R, a, fruehere=(b,)) == feeds(R, b, fruehere=(a,))

    def test_a_year_of_another_programme(self) -> None:
        """Last year's meetings stay, by the name of their Gremium where this programme does not know them."""
        found = feeds(C, self.plan(2027, C), fruehere=(self.plan(2026),))
        uid = R.sitzung("entwurf/ufer", 2026).uid(DOMAIN)
        vevent = event(found["alle.ics"], uid)
        assert (vevent["SUMMARY"], vevent["STATUS"]) == ("Koordinierungsrunde Ufer", "TENTATIVE")

    def test_a_year_is_told_by_its_own_project(self) -> None:
        """Another year's rules change nothing in it, its calendars included, even where its own are not at hand."""
        gleich, spaeter = self.plan(2027), evolve(self.plan(2028), offen=("entwurf/links",))
        erste = release(R, gleich, fruehere=(spaeter,))
        ohne = evolve(R, regeln=tuple(r for r in R.regeln if r.id != "runde-buero"))
        buero = "amt/stadtteilbuero-ufer"
        for projekt in (R, None):
            zweite = release(
                *(ohne, gleich), fruehere=(spaeter,), projekte={2028: projekt}, vorher=erste, stand=BEGINN
            )
            alt, neu = ({e.uid: e for e in r.ereignisse if e.jahr == 2028} for r in (erste, zweite))
            assert neu == alt
            assert zweite.offen == erste.offen != ()
            told = {e.jahr for e, f in zweite.told(buero) if not f.abgesagt}
            assert (told, buero in {k.publikum for k in zweite.kalender}) == ({2028}, True)
            assert zweite.kalender == erste.kalender

    def test_refused(self) -> None:
        """Two plans of a year, another city's, and one with edits nobody recorded: all at once."""
        fremd, leer = evolve(self.plan(2026), stadt="anderswo"), evolve(self.plan(2028), termine=())
        with pytest.raises(InputError) as caught:
            feeds(R, self.plan(2027), fruehere=(self.plan(2027), fremd, leer))
        gemeldet = {(p.datei, p.pfad) for p in caught.value.problems}
        assert gemeldet == {
            ("2027/plan.json", "jahr"),
            ("2026/plan.json", "stadt"),
            ("2028/plan.json", "verlauf"),
        }


class TestEdits:
    """What was edited by hand is not published as if it were old."""

    VON_HAND = evolve(PLAN, termine=PLAN.termine[1:])

    def test_refused_until_recorded(self, tmp_path: Path) -> None:
        """The event is named; once recorded it is an ordinary change."""
        with pytest.raises(InputError, match="edited by hand") as caught:
            publish(R, self.VON_HAND, tmp_path)
        assert tuple(p.wert for p in caught.value.problems) == unrecorded(self.VON_HAND)
        assert not list(tmp_path.rglob("*.ics"))
        kept = record_edits(self.VON_HAND, BEGINN + timedelta(days=9))
        publish(R, kept, tmp_path)
        uid = identity(PLAN.termine[0].sitzung)
        data = (tmp_path / "feeds" / "alle.ics").read_bytes()
        assert event(data, uid)["STATUS"] == "CANCELLED"

    def test_another_gremium_is_refused(self) -> None:
        """The identity of an event holds its Gremium's."""
        termine = (evolve(PLAN.termine[0], gremium="lenkungskreis/stadt"), *PLAN.termine[1:])
        plan = record_edits(evolve(PLAN, termine=termine), BEGINN + timedelta(days=9))
        with pytest.raises(InputError, match="another Gremium"):
            feeds(R, plan)
