"""A release as OParl 1.1: valid, stable, read back as it was written, and nothing of what the audience is not told."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import pytest
from attrs import evolve
from hypothesis import assume, given, strategies as st

from gremienplan.errors import InputError
from gremienplan.loading import oparl as leser
from gremienplan.plan import Plan, Zustand
from gremienplan.publishing.feeds import release as published
from gremienplan.publishing.kalender import exists
from gremienplan.publishing.oparl import SYSTEM, Schnittstelle, base
from gremienplan.publishing.oparl_dateien import write_oparl
from gremienplan.ratskalender import CANCELLED, Mangel
from gremienplan.release import ALLE, OEFFENTLICH, Release
from tests.loading import server as web
from tests.loading.oparlwelt import schreibe
from tests.publishing import welt
from tests.publishing.oparl_pruefer import ARTEN, SCHEMA, URL, ZEIT, art, check

PROJEKT = welt.projekt()
PLAN = welt.plan(PROJEKT)
WO = "https://flussau.example/oparl/"
ERSTE = published(PROJEKT, PLAN)
SPAETER = datetime(2026, 12, 1, 10)


def after(plan: Plan, stand: datetime = SPAETER, vorher: Release = ERSTE) -> Release:
    return published(PROJEKT, plan, vorher=vorher, stand=stand)


VERLEGT = after(welt.moved(PLAN, "runde-1/ufer", datetime(welt.JAHR, 4, 6, 17), SPAETER))
ABGESAGT = after(welt.cancelled(PLAN, "konferenz/links", SPAETER))
LANGE_HER = after(
    welt.moved(
        welt.cancelled(PLAN, "konferenz/links", SPAETER), "runde-1/ufer", datetime(2027, 12, 6, 17), SPAETER
    ),
    datetime(2027, 9, 1),
    ABGESAGT,
)
"""A later release, when the cancelled conference is long past."""
ENTWURF = published(PROJEKT, welt.plan(PROJEKT, Zustand.DRAFT))
JEDE = {"first": ERSTE, "moved": VERLEGT, "cancelled": ABGESAGT, "long past": LANGE_HER, "draft": ENTWURF}
jede_ausgabe = pytest.mark.parametrize("was", JEDE)


def files(release: Release, publikum: str = ALLE, je_seite: int = 100, wo: str = WO) -> dict[str, Any]:
    """Return what a web server would show, as JSON."""
    roh = Schnittstelle(release, publikum, wo, je_seite).files
    found: dict[str, Any] = json.loads(json.dumps(roh))
    return found


def read_back(ordner: Path) -> tuple[set[tuple[object, ...]], set[Mangel]]:
    """Return the meetings our own reader finds in a folder, and what it lost."""
    einfuhr = leser.read("eigene", ordner, "Europe/Berlin", SPAETER)
    return {(e.name, e.gremien, e.beginn, e.ende, e.ort, e.status == CANCELLED) for e in einfuhr.eintraege}, {
        v.mangel for v in einfuhr.verluste
    }


def told(release: Release, publikum: str = ALLE) -> set[tuple[object, ...]]:
    """Return the meetings that were told, by the record."""
    return {
        (
            f.gesicht.titel,
            (e.seiten["de"].gremium,),
            f.gesicht.beginn,
            f.gesicht.ende,
            f.gesicht.ort,
            f.abgesagt,
        )
        for e, f in release.told(publikum)
    }


def test_others_move_no_time_of_a_deleted_meeting() -> None:
    """When it left the calendar is known by what its own audience was told, and by the latest date it was told."""
    spaet = welt.moved(PLAN, "konferenz/links", datetime(2027, 3, 20, 17), SPAETER)
    frueh = welt.moved(spaet, "konferenz/links", datetime(2027, 3, 1, 17), SPAETER)
    weg = welt.cancelled(frueh, "konferenz/links", SPAETER)
    release = after(weg, SPAETER, after(frueh, SPAETER, after(spaet)))
    allein, gestoert = release, release
    plan, fremd = weg, weg
    for monat, tag in ((4, 10), (5, 1), (9, 1)):
        stand = datetime(2027, monat, tag, 8)
        fremd = welt.moved(fremd, "runde-1/ufer", datetime(2027, 12, tag + 1, 17), stand)
        gestoert = after(fremd, stand, gestoert)
        if monat != 5:  # residents are told something, too: before the 30 days are over, and long after
            neu = datetime(2027, 11, monat, 17)
            plan = welt.moved(plan, "konferenz/ufer", neu, stand)
            fremd = welt.moved(fremd, "konferenz/ufer", neu, stand)
            stand += timedelta(hours=1)
            allein, gestoert = after(plan, stand, allein), after(fremd, stand, gestoert)
    assert gestoert.nummer > allein.nummer
    eines = files(gestoert, OEFFENTLICH)
    assert eines == files(allein, OEFFENTLICH)
    assert eines["meeting/konferenz.konferenz.links.2027.json"]["modified"] == "2027-09-01T09:00:00+02:00"


class TestValid:
    """Valid by the facts of the specification."""

    @jede_ausgabe
    @pytest.mark.parametrize("publikum", [ALLE, OEFFENTLICH, "gremium/konferenz-links", "amt/archiv-stadt"])
    def test_no_mistake(self, was: str, publikum: str) -> None:
        """Whatever is told to whomever, on long pages and on short ones."""
        for je_seite in (100, 3):
            assert check(files(JEDE[was], publikum, je_seite), WO, SYSTEM) == []

    def test_every_kind_is_there(self) -> None:
        """The checks are not about nothing: all five kinds, more than one page, a cancelled and a deleted meeting."""
        alle = files(ABGESAGT, je_seite=3)
        assert {art(o) for o in alle.values()} >= ARTEN.keys()
        assert "meetings-2.json" in alle
        assert [o["meetingState"] for o in alle.values() if o.get("cancelled")] == ["abgesagt"]
        weg = files(LANGE_HER)["meeting/konferenz.konferenz.links.2027.json"]
        assert weg.keys() == {"id", "type", "deleted", "created", "modified"}
        assert weg["modified"] == "2027-09-01T00:00:00+02:00"

    @jede_ausgabe
    @pytest.mark.skipif(
        "OPARL_SCHEMA" not in os.environ, reason="OPARL_SCHEMA names no folder with the official schemas"
    )
    def test_the_official_schemas(self, was: str) -> None:
        """Every object, those inside others too, keeps its schema and has no property that it does not name."""
        ordner = Path(os.environ["OPARL_SCHEMA"])
        schemas = {p.stem: json.loads(p.read_text("utf-8")) for p in ordner.glob("*.json")}
        objekte = [o for inhalt in files(JEDE[was]).values() for o in inhalt.get("data", [inhalt])]
        assert len(objekte) > 20
        for objekt in objekte:
            if not objekt.get("deleted"):  # of these only id, type and the times stay, by the text
                _official(schemas, art(objekt), objekt)


def _official(schemas: Mapping[str, Any], was: str, objekt: dict[str, Any]) -> None:
    formate = jsonschema.FormatChecker(formats=())
    formate.checks("url")(lambda wert: URL.fullmatch(wert) is not None)
    formate.checks("date-time")(lambda wert: ZEIT.fullmatch(wert) is not None)
    jsonschema.Draft7Validator(schemas[was], format_checker=formate).validate(objekt)
    felder = schemas[was]["properties"]
    assert {name for name in objekt if ":" not in name} <= felder.keys()
    for name, wert in objekt.items():
        innen = felder.get(name, {})
        for eines in wert if isinstance(wert, list) else [wert]:
            if isinstance(eines, dict):
                _official(
                    schemas,
                    innen.get("schema", innen.get("items", {}).get("schema")).removesuffix(".json"),
                    eines,
                )


VERDERBEN: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "no id": lambda f: f["body.json"].pop("id"),
    "no list of persons": lambda f: f["body.json"].pop("person"),
    "a list that is not there": lambda f: f.pop("papers.json"),
    "no time of change": lambda f: _one(f, "Location").pop("modified"),
    "a moment without zone": lambda f: _one(f, "Meeting").update(start="2027-02-01T09:00:00"),
    "a moment in UTC": lambda f: _one(f, "Meeting").update(start="2027-02-01T09:00:00Z"),
    "an end before its start": lambda f: _one(f, "Meeting").update(end="2020-01-01T09:00:00+01:00"),
    "an empty name": lambda f: _one(f, "Organization").update(name=""),
    "nothing for a name": lambda f: _one(f, "Organization").update(name=None),
    "one body for a list": lambda f: _one(f, "Meeting").update(organization="x"),
    "an unknown property": lambda f: _one(f, "Meeting").update(description="x"),
    "yes as a text": lambda f: _one(f, "Meeting").update(cancelled="true"),
    "a body nobody knows": lambda f: _one(f, "Meeting").update(organization=[f"{WO}organization/x.json"]),
    "a place inside that differs": lambda f: _one(f, "Meeting").update(
        location={**_one(f, "Location"), "room": "1"}
    ),
    "changed before it was made": lambda f: _one(f, "Meeting").update(modified="2020-01-01T09:00:00+01:00"),
    "a deleted one in a list": lambda f: f["meetings.json"]["data"][0].update(deleted=True),
    "one too few": lambda f: f["meetings.json"]["data"].pop(),
    "a page that leads in a circle": lambda f: f["meetings.json"]["links"].update(next=f"{WO}meetings.json"),
    "a page without a next one": lambda f: f["meetings.json"]["links"].pop("next"),
    "another type": lambda f: _one(f, "Meeting").update(type=f"{SCHEMA}Paper"),
    "no System": lambda f: f.pop(SYSTEM),
}


def _one(dateien: dict[str, Any], was: str) -> dict[str, Any]:
    found: dict[str, Any] = next(o for o in dateien.values() if art(o) == was)
    return found


@pytest.mark.parametrize("was", VERDERBEN)
def test_the_checker_sees(was: str) -> None:
    """Each single mistake is found: the checker is no ornament."""
    dateien = files(ERSTE, je_seite=3)
    VERDERBEN[was](dateien)
    assert check(dateien, WO, SYSTEM) != []


class TestRoundTrip:
    """P-66: what is written is read back as the same meetings, times and places."""

    @pytest.mark.parametrize(
        ("was", "publikum"),
        [("moved", ALLE), ("cancelled", OEFFENTLICH), ("long past", ALLE), ("draft", OEFFENTLICH)],
    )
    def test_from_files(self, was: str, publikum: str, tmp_path: Path) -> None:
        """By our own reader, which loses nothing but what is deleted."""
        write_oparl(Schnittstelle(JEDE[was], publikum, WO, 3), tmp_path)
        gelesen, verloren = read_back(tmp_path)
        assert gelesen == told(JEDE[was], publikum)
        assert verloren == ({Mangel.GELOESCHT} if was == "long past" else set())

    def test_from_a_web_server(self) -> None:
        """Beginning with the System, page by page."""
        with web.laufend() as server:
            wo = f"{server.adresse}/oparl/"
            for pfad, inhalt in files(VERLEGT, je_seite=3, wo=wo).items():
                server.gibt(f"/oparl/{pfad}", web.Gabe(json.dumps(inhalt).encode()))
            einfuhr = leser.read("eigene", wo + SYSTEM, "Europe/Berlin", SPAETER)
        assert {(e.beginn, e.ende, e.ort) for e in einfuhr.eintraege} == {t[2:5] for t in told(VERLEGT)}
        assert einfuhr.verluste == ()
        assert "/oparl/meetings-3.json" in server.anfragen

    @given(
        st.integers(0, 364 * 48),
        st.integers(1, 300),
        st.text("aä ß,;\"'\\–/<>\n\t0", max_size=60),
        st.sampled_from(["", "Zentrum", "Haus „Mitte“, Weg 1\r\n"]),
    )
    def test_any_time_and_place(self, halbe_stunden: int, dauer: int, titel: str, ort: str) -> None:
        """Whatever the half hour of the year, whatever the letters."""
        beginn = datetime(welt.JAHR, 1, 1) + timedelta(minutes=30 * halbe_stunden)
        ende = beginn + timedelta(hours=24, minutes=dauer)
        assume(exists(beginn, ZoneInfo("Europe/Berlin")) and exists(ende, ZoneInfo("Europe/Berlin")))
        erstes, fassung = next(iter(ERSTE.told(ALLE)))
        neu = evolve(
            fassung.gesicht,
            beginn=beginn,
            ende=ende,
            titel=f"a{titel}",
            ort=ort,
        )
        eines = evolve(erstes, fassungen={ALLE: evolve(fassung, gesicht=neu)})
        dateien = files(evolve(ERSTE, ereignisse=(eines,)))
        with TemporaryDirectory() as ordner:
            schreibe(Path(ordner), {name: dateien[name] for name in ("meetings.json", "organizations.json")})
            ((heisst, _, von, bis, wo, _),), _ = read_back(Path(ordner))
        assert (von, bis) == (neu.beginn, neu.ende)
        assert (heisst, wo) == (" ".join(f"a{titel}".split()), " ".join(ort.split()))


class TestTime:
    """``created`` and ``modified`` are the history's."""

    def test_only_what_changed_has_changed(self) -> None:
        """A moved meeting keeps the time it was made and has the time it was moved; all other meetings keep both."""
        vorher, nachher = files(ERSTE), files(VERLEGT)
        (anders,) = [p for p in vorher if p.startswith("meeting/") and vorher[p] != nachher[p]]
        assert anders == "meeting/runde-1.runde.ufer.2027.json"
        assert nachher[anders]["modified"] == "2026-12-01T10:00:00+01:00"
        assert nachher[anders]["created"] == vorher[anders]["created"] == "2026-11-02T09:30:00+01:00"

    def test_a_meeting_that_came_later(self) -> None:
        """It was made when it was first told of."""
        ohne = published(PROJEKT, _without(PLAN, "runde-1/ufer"))
        danach = after(welt.settled(evolve(PLAN, verlauf=_without(PLAN, "x").verlauf)), SPAETER, ohne)
        assert files(danach)["meeting/runde-1.runde.ufer.2027.json"]["created"] == "2026-12-01T10:00:00+01:00"

    @pytest.mark.parametrize("was", ["moved", "long past"])
    def test_the_same_release_the_same_bytes(self, was: str, tmp_path: Path) -> None:
        """And a second run writes nothing."""
        schnittstelle = Schnittstelle(JEDE[was], ALLE, WO, 3)
        assert len(write_oparl(schnittstelle, tmp_path).written) == len(schnittstelle.files)
        again = write_oparl(Schnittstelle(JEDE[was], ALLE, WO, 3), tmp_path)
        assert (again.written, again.deleted, again.removed) == ((), (), ())


def _without(plan: Plan, sitzung: str) -> Plan:
    return welt.settled(evolve(plan, termine=tuple(t for t in plan.termine if t.sitzung != sitzung)))


class TestPrivacy:
    """An audience reads what it is told, and nothing from which more could be seen."""

    def test_residents_see_the_public_meetings_only(self) -> None:
        """By default nothing else is written: conferences, and no round, Lenkungskreis or item of the council."""
        alle = files(ERSTE, OEFFENTLICH)
        assert {o["classification"] for o in alle.values() if art(o) == "Organization"} == {
            "Stadtteilkonferenz"
        }
        assert "runde" not in json.dumps(alle).lower()

    def test_what_others_are_told_changes_no_byte(self) -> None:
        """A round is moved in a later release: what residents read stays the same to the last byte."""
        assert files(VERLEGT) != files(ERSTE)
        assert json.dumps(files(VERLEGT, OEFFENTLICH)) == json.dumps(files(ERSTE, OEFFENTLICH))

    @jede_ausgabe
    def test_no_person(self, was: str) -> None:
        """No object of a person, a membership or a contact."""
        alle = files(JEDE[was])
        assert alle["persons.json"]["data"] == alle["memberships.json"]["data"] == []
        assert not {"contactName", "contactEmail", "participant", "post"} & {
            k for o in alle.values() for k in o
        }


class TestFiles:
    """Files on a web server: nothing that was ever there is just gone."""

    def test_what_is_gone_says_so(self, tmp_path: Path) -> None:
        """An object that is told of no more stays, marked; the mark keeps its time; what is not ours stays."""
        (tmp_path / "meeting").mkdir()
        (tmp_path / "meeting" / "fremd.json").write_text('{"id": "https://fremd.example/1"}', "utf-8")
        (tmp_path / "kaputt.json").write_text("{", "utf-8")
        write_oparl(Schnittstelle(ERSTE, ALLE, WO, 3), tmp_path)
        ausgabe = write_oparl(Schnittstelle(VERLEGT, OEFFENTLICH, WO, 3), tmp_path)
        assert "meeting/runde-1.runde.ufer.2027.json" in ausgabe.deleted
        assert "meetings-3.json" in ausgabe.removed
        weg = json.loads((tmp_path / "meeting" / "runde-1.runde.ufer.2027.json").read_bytes())
        assert (weg["deleted"], weg["modified"]) == (
            True,
            "2026-11-02T09:30:00+01:00",
        ), "of when residents were last told anything: others were told of the move"
        stehen = {
            p.relative_to(tmp_path).as_posix(): json.loads(p.read_bytes())
            for p in tmp_path.rglob("*.json")
            if p.name not in ("fremd.json", "kaputt.json")
        }
        assert check(stehen, WO, SYSTEM) == []
        again = write_oparl(Schnittstelle(ABGESAGT, OEFFENTLICH, WO, 3), tmp_path)
        assert again.deleted == ()
        assert (tmp_path / "kaputt.json").exists()

    def test_a_dry_run(self, tmp_path: Path) -> None:
        """It says the same and writes nothing."""
        probe = write_oparl(Schnittstelle(ERSTE, ALLE, WO), tmp_path / "neu", dry_run=True)
        assert not (tmp_path / "neu").exists()
        assert write_oparl(Schnittstelle(ERSTE, ALLE, WO), tmp_path / "neu") == probe

    @pytest.mark.parametrize(
        "adresse",
        [
            "",
            "flussau.example",
            "ftp://flussau.example",
            "https://amt:x@flussau.example/",
            "https://a.example/?x",
        ],
    )
    def test_an_address_that_is_none(self, adresse: str) -> None:
        with pytest.raises(InputError):
            base(adresse)

    def test_one_slash(self) -> None:
        """However the address is written, one slash stands between it and the path."""
        assert {base(f" https://Flussau.example/oparl{ende}") for ende in ("", "/", "//")} == {WO}
