"""Entries written as text are read as what they were."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from gremienplan.loading import load
from gremienplan.loading.ordner import shipped
from gremienplan.loading.programm import LISTEN, _read_eintrag
from gremienplan.loading.toml import Befund, Datei
from gremienplan.programm import Programm
from gremienplan.programm.schreiben import entry_to_toml

WERTE = {
    "sitzung": "sitzungen",
    "beratung": "beratungen",
    "bedingung": "bedingungen",
    "wunsch": "wuensche",
    "aufgabe": "aufgaben",
    "tagesordnung": "tagesordnung",
    "frist": "fristen",
    "meidetag": "meidetage",
}


def entries(programm: Programm, liste: str) -> tuple[Any, ...]:
    return tuple(getattr(programm, WERTE[liste]))


@pytest.mark.parametrize("stadt", shipped())
@pytest.mark.parametrize("liste", LISTEN)
def test_every_entry_comes_back(stadt: str, liste: str) -> None:
    """All keys of all kinds that the shipped programmes use."""
    befund = Befund()
    for eintrag in entries(load(stadt).programm, liste):
        inhalt = tomllib.loads(entry_to_toml(liste, eintrag))
        (roh,) = inhalt[liste]
        assert _read_eintrag(Datei(befund, "x", inhalt), liste, liste, roh) == eintrag
    assert befund.problems == []
