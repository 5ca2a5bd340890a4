"""veroeffentlicht.schema.json says what `publish` writes, and refuses what our own reader refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from importlib.resources import files
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from gremienplan import publishing
from gremienplan.errors import InputError
from gremienplan.release import Aenderung, Art, Ausgabe, Kalender, Release, release_from_json, release_to_json
from tests.publishing import welt as stadt
from tests.web import welt as hand

SCHEMA = json.loads((files("gremienplan") / "veroeffentlicht.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

OPTIONAL = {
    key for d in SCHEMA["$defs"].values() for key in set(d.get("properties", ())) - set(d.get("required", ()))
} | {
    *("de", "en", "2027"),
    *(k.publikum for k in hand.release().kalender),
}
"""Keys that may be missing, and those that are names: a language, a year, an audience."""


def published() -> Release:
    """Return what two publications of a plan leave: one Sitzung was moved in between, another is cancelled."""
    projekt = stadt.projekt()
    plan = stadt.plan(projekt)
    erste = publishing.release(projekt, plan)
    moved, gone = (termin.sitzung for termin in plan.termine[:2])
    spaeter = plan.termine[0].beginn + timedelta(days=1)
    plan = stadt.moved(plan, moved, spaeter, stadt.STAND + timedelta(days=1))
    plan = stadt.cancelled(plan, gone, stadt.STAND + timedelta(days=2))
    return publishing.release(projekt, plan, vorher=erste)


def as_json(release: Release) -> Any:
    return json.loads(release_to_json(release))


RELEASES = {"published": as_json(published()), "by hand": as_json(hand.release())}


def places(wert: Any, pfad: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every value inside a JSON value, of a list its first and last entry alone."""
    yield pfad
    if isinstance(wert, dict):
        for key in wert:
            yield from places(wert[key], (*pfad, key))
    elif isinstance(wert, list):
        for n in sorted({0, len(wert) - 1} & set(range(len(wert)))):
            yield from places(wert[n], (*pfad, n))


def at(wert: Any, pfad: tuple[str | int, ...]) -> Any:
    for schritt in pfad:
        wert = wert[schritt]
    return wert


def corrupted(roh: Any) -> Iterator[tuple[str, Any]]:
    """Yield a release damaged in one place, with what was done: a wrong kind, an unknown key, a missing key."""
    for pfad in places(roh):
        ist = at(roh, pfad)
        if pfad:
            neu = deepcopy(roh)
            at(neu, pfad[:-1])[pfad[-1]] = None
            yield f"{pfad} is null", neu
        if isinstance(ist, dict):
            for key in ist:
                neu = deepcopy(roh)
                del at(neu, pfad)[key]
                yield f"{pfad} lacks {key}", neu
            neu = deepcopy(roh)
            at(neu, pfad)["erfunden"] = 17
            yield f"{pfad} has a key too many", neu


def readable(roh: Any) -> bool:
    try:
        release_from_json(json.dumps(roh))
    except InputError:
        return False
    return True


class TestSchema:
    """A program in another language may rely on it."""

    def test_it_is_a_schema(self) -> None:
        """Of the same draft as that of plan.json; each object is closed, and each key says what it is."""
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        objekte = [SCHEMA, *(d for d in SCHEMA["$defs"].values() if d["type"] == "object")]
        assert len(objekte) > 8
        for objekt in objekte:
            assert objekt["additionalProperties"] is False
            assert set(objekt["required"]) <= set(objekt["properties"])
            assert all("description" in key for key in objekt["properties"].values())

    @pytest.mark.parametrize("name", RELEASES)
    def test_a_real_release_keeps_it(self, name: str) -> None:
        """With what was moved, cancelled, ended and left open."""
        VALIDATOR.validate(RELEASES[name])

    def test_the_releases_show_every_key(self) -> None:
        """So that the laws here are about all of the schema."""
        wortlaut = json.dumps([*RELEASES.values(), as_json(rest())])
        for objekt in (SCHEMA, *SCHEMA["$defs"].values()):
            for key in objekt.get("properties", ()):
                assert f'"{key}":' in wortlaut, key

    def test_every_kind_of_change_keeps_it(self) -> None:
        """Each has its word there."""
        VALIDATOR.validate(as_json(rest()))
        assert SCHEMA["$defs"]["aenderung"]["properties"]["art"]["enum"] == [art.value for art in Art]

    def test_damage_is_refused(self) -> None:
        """In each of some hundred ways: whatever our reader refuses, and every null and unknown key."""
        kurz = short(RELEASES["by hand"])
        assert VALIDATOR.is_valid(kurz)
        assert readable(kurz)
        passing = [(was, roh) for was, roh in corrupted(kurz) if VALIDATOR.is_valid(roh)]
        assert len(list(corrupted(kurz))) > 150
        assert [was for was, roh in passing if " lacks " not in was or not readable(roh)] == []
        assert {was.rpartition(" lacks ")[2] for was, _ in passing} <= OPTIONAL


def short(roh: Any) -> Any:
    """Return a release with the last entry of each list alone, and two audiences of its event."""
    neu = {key: wert[-1:] if isinstance(wert, list) else wert for key, wert in roh.items()}
    (ereignis,) = neu["ereignisse"] = deepcopy(neu["ereignisse"])
    ereignis["fassungen"] = dict(list(ereignis["fassungen"].items())[:2])
    return neu


def rest() -> Release:
    """Return a release with each kind of change, and with what the others lack."""
    made = hand.release()
    uid = made.ereignisse[0].uid
    aenderungen = tuple(Aenderung(uid, art, ("alle",), hand.STAND, "Aula") for art in Art)
    ganz = evolve(made.ereignisse[0].fassungen["alle"].gesicht, ganztags=True)
    fassung = evolve(made.ereignisse[0].fassungen["alle"], gesicht=ganz)
    tag = evolve(made.ereignisse[0], fassungen={"fristen": fassung})
    return evolve(
        made,
        kalender=(*made.kalender, Kalender("fristen", "Fristen", "navy")),
        ereignisse=(*made.ereignisse[1:], tag),
        ausgaben=(*made.ausgaben, Ausgabe(3, hand.SPAETER, {"2027": "draft"}, aenderungen)),
    )
