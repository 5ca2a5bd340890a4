"""The patterns of Hamm's city folder against names as councils write them, joint sittings above all."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from gremienplan.ratskalender import Muster, Treffer
from gremienplan.ratskalender.gemeinsam import wer
from gremienplan.ratskalender.namen import lies_name
from gremienplan.ratskalender.zuordnung import Zuordnung

STADT = tomllib.loads((files("gremienplan") / "cities/hamm/stadt.toml").read_text("utf-8"))


def muster(eintrag: dict[str, str]) -> Muster:
    if "gremium" in eintrag:
        return Muster(eintrag["muster"], Treffer.GREMIUM, eintrag["gremium"])
    art = eintrag["art"]
    if art == "keine-sitzung":
        return Muster(eintrag["muster"], Treffer.KEINE_SITZUNG)
    return Muster(eintrag["muster"], Treffer.ART, art)


ZUORDNUNG = Zuordnung([muster(eintrag) for eintrag in STADT["ratsgremium"]])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Gemeinsame Sitzung der Bezirksvertretungen Hamm-Mitte und Hamm-Pelkum", "mitte pelkum"),
        ("Bezirksvertretungen Uentrop, Rhynern und Heessen", "uentrop rhynern heessen"),
        ("Bezirksvertretung Hamm-Herringen und Bezirksvertretung Hamm-Pelkum", "herringen pelkum"),
        ("Gemeinsame Sitzung des Rates und des Hauptausschusses", "rat/hamm hauptausschuss"),
        ("Rat der Stadt Hamm und Haupt- und Finanzausschuss", "rat/hamm haupt-und-finanzausschuss"),
        ("BV Mitte und Ausschuss für Stadtentwicklung und Bauen", "mitte ausschuss-fuer-stadtentwicklung-und-bauen"),
        ("Ausschuss für Stadtentwicklung und Bauen", "ausschuss-fuer-stadtentwicklung-und-bauen"),
        ("Ausschuss für Gleichstellung und Integration", "ausschuss-fuer-gleichstellung-und-integration"),
        ("Gemeinsame Sitzung Integrationsrat und Seniorenbeirat", "integrationsrat seniorenbeirat"),
        ("Bezirksvertretung Bockum-Hövel (4. Sitzung)", "bockum-hoevel"),
        ("Sondersitzung des Jugendhilfeausschusses", "jugendhilfeausschuss"),
        ("Kommission für Straßennamen", ""),
    ],
)  # fmt: skip
def test_each_body_is_found(name: str, expected: str) -> None:
    """In Hamm a name is never cut inside a committee's own name."""
    found = wer(lies_name(name).name, (), ZUORDNUNG, ()).koerper
    assert [k.kennung.removeprefix("bezirksvertretung/") for k in found] == expected.split()
