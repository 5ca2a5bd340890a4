"""Every change of Hamm's data is refused, or seen by a law that names what the changed entry rests on."""

from __future__ import annotations

import os

import pytest

from tests.spec.mutanten import GLEICHBEDEUTEND, Mutant, mutanten

ALLE = list(mutanten())
CI = os.environ.get("PROFILE") == "ci"
STICHPROBE = ALLE[3::12] if CI else ALLE[7::120]
"""In the everyday suite one in 120, with PROFILE=ci one in twelve; `make mutation` looks at all of them."""


def test_there_are_changes_of_every_table() -> None:
    assert len(ALLE) > 1000
    tables = {m.name.split(".")[1] for m in ALLE}
    assert {
        "wohnbereich",
        "rolle",
        "gremium",
        "mitgliedschaft",
        "einladung",
        "sitzung",
        "bedingung",
    } <= tables
    assert len({m.name for m in ALLE}) > 0.95 * len(ALLE)


@pytest.mark.parametrize("mutant", STICHPROBE, ids=lambda m: str(m.name))
def test_a_change_is_seen(mutant: Mutant) -> None:
    assert mutant.killed_by(), f"no law that names one of {sorted(mutant.ids)} sees it"


def test_what_is_said_to_change_nothing_changes_nothing() -> None:
    """Each is a mutant the operator makes, and its name resolves as before."""
    from tests.spec.mutanten import _alle

    known = {m.name: m for m in _alle()}
    assert set(GLEICHBEDEUTEND) <= set(known)
    assert [known[name].killed_by() for name in GLEICHBEDEUTEND] == [""] * len(GLEICHBEDEUTEND)


@pytest.mark.parametrize(
    ("name", "gesetz"),
    [
        ("regeln.einladung.kr-bm: deleted", "bezirksbuergermeister_wo_der_text_es_sagt"),
        ("regeln.gastgeber.sk-gastgeber-bm: deleted", "gemeinsam_eingeladen"),
        ("stadt.wohnbereich.63: deleted", "wohnbereiche_der_sozialraeume"),
        ("programm.bedingung.lk-hoechstens.max: 2 becomes 3", "lenkungskreis_ein_oder_zweimal"),
        ("programm.bedingung.entwurf-vor-bv.abstand.tage: 21 becomes 20", "entwurf_vor_jeder_vorstellung"),
    ],
)
def test_a_mistake_is_seen_by_the_law_that_is_about_it(name: str, gesetz: str) -> None:
    """S-36: a Wohnbereich that an imported table leaves out is among them."""
    (mutant,) = (m for m in ALLE if m.name == name)
    assert mutant.killed_by() == gesetz
