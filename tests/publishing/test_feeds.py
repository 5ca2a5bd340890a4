"""The feeds of an invented city: who finds which meeting where, and what it says."""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, strategies as st
from icalendar import Calendar, Event

from gremienplan.errors import InputError
from gremienplan.plan import Beratungstermin, Plan, Termin
from gremienplan.projekt import Projekt
from gremienplan.rules import invitations
from gremienplan.stadt import RollenArt
from tests.publishing import welt
from tests.publishing.lesen import event, lint, text, uids
from tests.publishing.welt import feeds

T = TypeVar("T")

PROJEKT = welt.projekt()
PLAN = welt.plan(PROJEKT)
DOMAIN = PROJEKT.stadt.domain
SPAETER = datetime(2026, 12, 1, 10)
ENTWURF = PROJEKT.sitzung("entwurf/ufer", welt.JAHR)


def read(plan: Plan) -> Mapping[str, bytes]:
    """The feeds in the language the sentences are written in; their German is the catalogue's."""
    return feeds(PROJEKT, plan, sprache="en")


def aemter(projekt: Projekt) -> list[str]:
    return [sitz.id for sitz in projekt.stadt.sitze.values() if sitz.rolle.art is RollenArt.AMT]


def amt(sitz: str) -> str:
    return f"amt/{sitz.replace('/', '-')}.ics"


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans with any subset of the Sitzungen, anywhere in the year, at any quarter of an hour from 6 to 22."""
    termine = []
    for sitzung in PROJEKT.sitzungen(welt.JAHR):
        if draw(st.booleans()):
            tag = date(welt.JAHR, 1, 1) + timedelta(days=draw(st.integers(0, 364)))
            beginn = datetime(tag.year, tag.month, tag.day, 6) + timedelta(
                minutes=15 * draw(st.integers(0, 60))
            )
            ort = draw(st.sampled_from(("", *(ort.id for ort in sitzung.orte))))
            ende = beginn + timedelta(minutes=sitzung.dauer)
            termine.append(Termin(sitzung.id, sitzung.gremium.id, beginn, ende, ort))
    return evolve(PLAN, termine=tuple(termine))


class TestWhereAMeetingIs:
    """P-61: in the feed of everything once, in the feed of each invited Amt once, in no other feed of an Amt."""

    @given(plans())
    def test_each_amt_has_what_it_is_invited_to(self, plan: Plan) -> None:
        """The Sitzungen in the feed of an Amt are exactly those it is invited to on their day."""
        found = feeds(PROJEKT, plan)
        beratungen = {b.uid(DOMAIN) for b in PROJEKT.beratungen(welt.JAHR)}
        geladen: dict[str, set[str]] = {sitz: set() for sitz in aemter(PROJEKT)}
        for termin in plan.termine:
            sitzung = PROJEKT.sitzung(termin.sitzung, welt.JAHR)
            for einladung in invitations(PROJEKT.stadt, PROJEKT.regeln, sitzung, termin.beginn.date()):
                if einladung.sitz.rolle.art is RollenArt.AMT:
                    geladen[einladung.sitz.id].add(sitzung.uid(DOMAIN))
        for sitz, erwartet in geladen.items():
            in_feed = (
                [uid for uid in uids(found.get(amt(sitz), b"")) if uid not in beratungen]
                if amt(sitz) in found
                else []
            )
            assert sorted(in_feed) == sorted(erwartet)

    @given(plans())
    def test_everything_gremium_and_gebiet(self, plan: Plan) -> None:
        """Every Sitzung stands once in the feed of everything, once in its Gremium's, once in its Gebiet's."""
        found = feeds(PROJEKT, plan)
        geplant = [PROJEKT.sitzung(t.sitzung, welt.JAHR) for t in plan.termine]
        assert sorted(uids(found["alle.ics"])) == sorted(s.uid(DOMAIN) for s in geplant)
        for name, data in found.items():
            ordner, _, rest = name.removesuffix(".ics").partition("/")
            if ordner == "gremium":
                erwartet = [s for s in geplant if s.gremium.id.replace("/", "-") == rest]
            elif ordner == "sozialraum":
                erwartet = [s for s in geplant if s.gebiet.key == f"sozialraum/{rest}"]
            else:
                continue
            assert sorted(uids(data)) == sorted(s.uid(DOMAIN) for s in erwartet)

    @given(plans())
    def test_every_feed_is_sound(self, plan: Plan) -> None:
        """The linter has nothing to say of any feed, empty ones included."""
        assert {name: lint(data) for name, data in feeds(PROJEKT, plan).items() if lint(data)} == {}

    def test_the_feeds_there_are(self) -> None:
        """For everything and the public, per own Gremium, per Gebiet, per Rolle and Amt that can be concerned."""
        assert sorted(feeds(PROJEKT, PLAN)) == sorted(
            [
                "alle.ics",
                "oeffentlich.ics",
                "fristen.ics",
                *(f"bezirk/{bz}.ics" for bz in ("links", "rechts")),
                *(
                    f"rolle/{rolle}.ics"
                    for rolle in (
                        *("stadtteilkoordination", "fachdienst-1", "fachdienst-2", "buergeramtsleitung"),
                        *("bezirksbuergermeister", "stadtteilbuero", "dezernat", "vertretung"),
                    )
                ),
                *(
                    f"gremium/{art}-{raum}.ics"
                    for art in ("runde", "konferenz")
                    for raum in ("links", "rechts", "ufer")
                ),
                "gremium/lenkungskreis-stadt.ics",
                *(f"sozialraum/{raum}.ics" for raum in ("links", "rechts", "ufer")),
                *(
                    f"amt/{rolle}-{raum}.ics"
                    for rolle in ("stadtteilkoordination", "fachdienst-1", "fachdienst-2")
                    for raum in ("links", "rechts", "ufer")
                ),
                *(
                    f"amt/{rolle}-{bz}.ics"
                    for rolle in ("buergeramtsleitung", "bezirksbuergermeister")
                    for bz in ("links", "rechts")
                ),
                "amt/stadtteilbuero-ufer.ics",
                "amt/dezernat-stadt.ics",
                "amt/vertretung-stadt.ics",
            ]
        )

    def test_the_feeds_do_not_depend_on_the_plan(self) -> None:
        """An empty plan has the same feeds: a subscription never runs into nothing."""
        assert feeds(PROJEKT, evolve(PLAN, termine=(), beratungen=())).keys() == feeds(PROJEKT, PLAN).keys()

    def test_the_day_decides(self) -> None:
        """A rule that begins in July invites to the meeting moved behind it, and no longer whom June had invited."""
        fruehjahr, herbst = datetime(welt.JAHR, 5, 4, 16), datetime(welt.JAHR, 9, 7, 16)
        for beginn, drin, draussen in ((fruehjahr, 1, 2), (herbst, 2, 1)):
            found = feeds(PROJEKT, welt.moved(PLAN, ENTWURF.id, beginn, SPAETER))
            assert ENTWURF.uid(DOMAIN) in uids(found[f"amt/fachdienst-{drin}-ufer.ics"])
            assert ENTWURF.uid(DOMAIN) not in uids(found[f"amt/fachdienst-{draussen}-ufer.ics"])

    def test_two_feeds_of_one_name_are_refused(self) -> None:
        """Where the hyphen makes two ids one, nobody's feed overwrites another's."""
        stadt = PROJEKT.stadt
        runde = stadt.gremien["runde/ufer"]
        doppelt = evolve(runde, art=evolve(runde.art, id="runde-ufer"), gebiet=evolve(runde.gebiet, id="x"))
        anders = evolve(runde, gebiet=evolve(runde.gebiet, id="ufer-x"))
        gremien = {**stadt.gremien, doppelt.id: doppelt, anders.id: anders}
        with pytest.raises(InputError, match="same name"):
            feeds(
                evolve(PROJEKT, stadt=evolve(stadt, gremien=gremien)), evolve(PLAN, termine=(), beratungen=())
            )


class TestBeratungen:
    """Items in sittings of political bodies: for the presenter, and for those who are to know."""

    BERATUNG = next(b for b in PROJEKT.beratungen(welt.JAHR) if b.id == "vorstellung/ufer/rechts")
    UID = BERATUNG.uid(DOMAIN)

    def holders(self, found: Mapping[str, bytes]) -> list[str]:
        return sorted(name for name, data in found.items() if self.UID in uids(data))

    def test_where_it_stands(self) -> None:
        """In the feeds of its presenter, of the Bezirksbürgermeister:in there, and of their Rollen."""
        assert self.holders(feeds(PROJEKT, PLAN)) == [
            "amt/bezirksbuergermeister-rechts.ics",
            "amt/stadtteilkoordination-ufer.ics",
            "rolle/bezirksbuergermeister.ics",
            "rolle/stadtteilkoordination.ics",
        ]

    def test_a_deputy_presents(self) -> None:
        """The item is in the feed of who really presents it."""
        beratungen = tuple(
            evolve(b, vortrag=("vertretung/stadt",)) if b.beratung == self.BERATUNG.id else b
            for b in PLAN.beratungen
        )
        assert self.holders(feeds(PROJEKT, evolve(PLAN, beratungen=beratungen))) == [
            "amt/bezirksbuergermeister-rechts.ics",
            "amt/vertretung-stadt.ics",
            "rolle/bezirksbuergermeister.ics",
            "rolle/vertretung.ics",
        ]

    def test_nobody_named_means_everybody_meant(self) -> None:
        """Where the plan names no presenter, those of the programme have the item."""
        plan = evolve(PLAN, beratungen=tuple(evolve(b, vortrag=()) for b in PLAN.beratungen))
        assert feeds(PROJEKT, plan) == feeds(PROJEKT, PLAN)

    def test_a_presenter_nobody_expected(self) -> None:
        """Whoever presents by the plan has a feed, if only for that."""
        plan = evolve(PLAN, beratungen=tuple(evolve(b, vortrag=("archiv/stadt",)) for b in PLAN.beratungen))
        found = feeds(PROJEKT, plan)
        assert len(uids(found["amt/archiv-stadt.ics"])) == len(PLAN.beratungen)
        assert "amt/archiv-stadt.ics" not in feeds(PROJEKT, PLAN)

    def test_what_it_says(self) -> None:
        """Title, time and place are the council sitting's; the text says who presents, and why."""
        data = read(PLAN)["amt/stadtteilkoordination-ufer.ics"]
        vevent = event(data, self.UID)
        assert vevent["SUMMARY"] == "Bezirksvertretung Rechts: Jahresplan (Ufer)"
        assert (vevent.zeit("DTSTART"), vevent["LOCATION"]) == (datetime(welt.JAHR, 11, 10, 16), "Ratssaal")
        assert text(data, self.UID) == [
            "Own presentation",
            "Item in a sitting of: Bezirksvertretung Rechts",
            "Presented by: Stadtteilkoordination Ufer",
            "Belongs to: Koordinierungsrunde Ufer: Entwurf des Jahresplans",
            "Basis of the item: GO-38, Gemeindeordnung, § 38 Abs. 3",
        ]

    def test_a_cancelled_item(self) -> None:
        """A cancelled item stays with those it concerned."""
        found = feeds(PROJEKT, welt.cancelled(PLAN, self.BERATUNG.id, SPAETER))
        assert len(self.holders(found)) == 4
        assert event(found["amt/bezirksbuergermeister-rechts.ics"], self.UID)["STATUS"] == "CANCELLED"


class TestReImport:
    """P-66: what was written can be read back, by a library that knows nothing of us."""

    @given(plans())
    def test_meetings_times_places(self, plan: Plan) -> None:
        """Read by ``icalendar``, the feed of everything has the plan's meetings at their times and places."""
        sitzungen = {s.id: s for s in PROJEKT.sitzungen(welt.JAHR)}
        orte = PROJEKT.stadt.orte
        erwartet = sorted(
            (
                sitzungen[t.sitzung].uid(DOMAIN),
                sitzungen[t.sitzung].name,
                t.beginn,
                t.ende,
                ", ".join(filter(None, (orte[t.ort].name, orte[t.ort].adresse))) if t.ort else "",
            )
            for t in plan.termine
        )
        gelesen = sorted(
            (
                str(e["UID"]),
                str(e["SUMMARY"]),
                _local(e, "DTSTART"),
                _local(e, "DTEND"),
                str(e.get("LOCATION", "")),
            )
            for e in Calendar.from_ical(feeds(PROJEKT, plan)["alle.ics"]).events
        )
        assert gelesen == erwartet

    def test_moments(self) -> None:
        """On both sides of the change of the clock a start is the same moment as in the city."""
        for beginn in (
            datetime(welt.JAHR, 3, 27, 18),
            datetime(welt.JAHR, 3, 29, 18),
            datetime(welt.JAHR, 11, 2, 18),
        ):
            data = feeds(PROJEKT, welt.moved(PLAN, ENTWURF.id, beginn, SPAETER))["gremium/runde-ufer.ics"]
            (found,) = (e for e in Calendar.from_ical(data).events if e["UID"] == ENTWURF.uid(DOMAIN))
            moment: datetime = found.decoded("DTSTART")
            assert moment.astimezone(UTC) == beginn.replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


class TestSameBytes:
    """P-69: the same input gives the same bytes."""

    HIER = tuple(feeds(PROJEKT, PLAN).items())

    @given(st.randoms(use_true_random=False))
    def test_order_of_the_input(self, zufall: random.Random) -> None:
        """The order of mappings without meaning, and of a plan's Termine, changes no byte."""
        stadt, katalog, programm = PROJEKT.stadt, PROJEKT.katalog, PROJEKT.programm
        anders = evolve(
            PROJEKT,
            stadt=evolve(
                stadt,
                orte=_shuffled(zufall, stadt.orte),
                gremienarten=_shuffled(zufall, stadt.gremienarten),
                vertretungen=_shuffled(zufall, stadt.vertretungen),
            ),
            katalog=evolve(katalog, stellen=_shuffled(zufall, katalog.stellen)),
            programm=evolve(programm, anlaesse=_shuffled(zufall, programm.anlaesse)),
        )
        termine, beratungen = list(PLAN.termine), list(PLAN.beratungen)
        zufall.shuffle(termine)
        zufall.shuffle(beratungen)
        plan = evolve(PLAN, termine=tuple(termine), beratungen=tuple(beratungen))
        assert tuple(feeds(anders, plan).items()) == self.HIER

    def test_hash_seed(self) -> None:
        """Neither does the seed of Python's hashes."""
        code = (
            "import hashlib; from tests.publishing import welt; from tests.publishing.welt import feeds; "
            "p = welt.projekt(); f = feeds(p, welt.plan(p)); "
            "print(hashlib.sha256(b''.join(n.encode() + d for n, d in f.items())).hexdigest())"
        )
        hier = hashlib.sha256(b"".join(n.encode() + d for n, d in self.HIER)).hexdigest()
        wurzel = Path(__file__).parents[2]
        for seed in ("0", "1", "4711"):
            umgebung = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(wurzel)}
            lauf = subprocess.run(
                [sys.executable, "-c", code],
                cwd=wurzel,
                env=umgebung,
                capture_output=True,
                text=True,
                check=True,
            )
            assert lauf.stdout.strip() == hier


class TestBrokenPlans:
    """A plan that nobody can publish is refused, with everything that is wrong with it."""

    def test_all_at_once(self) -> None:
        """Each mistake is reported with its place, in one go."""
        gut, beratung = PLAN.termine[0], PLAN.beratungen[0]
        kaputt = evolve(
            PLAN,
            stadt="anderswo",
            termine=(
                evolve(gut, sitzung="gibt-es-nicht/ufer"),
                gut,
                gut,
                evolve(PLAN.termine[1], ende=PLAN.termine[1].beginn),
                evolve(PLAN.termine[2], ort="mond"),
                evolve(PLAN.termine[3], beginn=datetime(2027, 3, 28, 2, 30), ende=datetime(2027, 3, 28, 4)),
            ),
            beratungen=(evolve(beratung, vortrag=("niemand/ufer",)), _fremd(PLAN.beratungen[1])),
        )
        with pytest.raises(InputError) as caught:
            feeds(PROJEKT, kaputt)
        assert [p.pfad for p in caught.value.problems] == [
            "stadt",
            "termine[0].sitzung",
            "termine[2]",
            "termine[3].ende",
            "termine[4].ort",
            "termine[5].beginn",
            "beratungen[0].vortrag",
            "beratungen[1].beratung",
        ]

    def test_no_history(self) -> None:
        """Without a history nobody knows when anything changed, and no clock is asked."""
        with pytest.raises(InputError) as caught:
            feeds(PROJEKT, evolve(PLAN, verlauf=()))
        assert [p.pfad for p in caught.value.problems] == ["verlauf"]


def _local(vevent: Event, name: str) -> datetime:
    moment: datetime = vevent.decoded(name)
    return moment.replace(tzinfo=None)


def _shuffled(zufall: random.Random, werte: Mapping[str, T]) -> dict[str, T]:
    paare = list(werte.items())
    zufall.shuffle(paare)
    return dict(paare)


def _fremd(beratung: Beratungstermin) -> Beratungstermin:
    return evolve(beratung, beratung="gibt-es-nicht/ufer/links")
