"""A city written as a folder loads to the same city: loader and values are tested together."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings, strategies as st

import gremienplan as gp
from gremienplan.loading import load
from gremienplan.testing import as_files, projects, write_city
from gremienplan.testing.ordner import dump

TEXTE = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WERTE = st.recursive(
    TEXTE | st.integers(-(2**60), 2**60) | st.booleans() | st.dates(date(1900, 1, 1)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTE, inner, max_size=3),
    max_leaves=6,
)
INHALTE = st.dictionaries(
    TEXTE,
    WERTE | st.dictionaries(TEXTE, WERTE, max_size=3) | st.lists(st.dictionaries(TEXTE, WERTE), max_size=3),
    max_size=4,
)


def same(one: gp.Projekt, other: gp.Projekt) -> None:
    """Hold part against part, so that a difference is easy to see."""
    assert one.stadt == other.stadt
    assert list(one.stadt.sitze) == list(other.stadt.sitze)
    assert list(one.stadt.gremien) == list(other.stadt.gremien)
    assert one.regeln == other.regeln
    assert one.programm == other.programm
    assert one.grenzen == other.grenzen
    assert (one.katalog.quellen, one.katalog.stellen) == (other.katalog.quellen, other.katalog.stellen)
    assert {k: a.lesart for k, a in one.katalog.auslegungen.items()} == {
        k: a.lesart for k, a in other.katalog.auslegungen.items()
    }


@given(INHALTE)
def test_what_is_dumped_is_toml_with_the_same_content(inhalt: Mapping[str, object]) -> None:
    """Quotes, control characters, emoji, empty keys and nested tables included."""
    assert tomllib.loads(dump(inhalt)) == inhalt


@given(projects())
@settings(max_examples=50 if os.environ.get("PROFILE") == "ci" else 12)
def test_a_drawn_city_survives_its_folder(projekt: gp.Projekt) -> None:
    """Places, levels that overlap, Rollen, rules, every kind of condition and wish, words, aliases, deputies."""
    with TemporaryDirectory() as ordner:
        same(load(write_city(projekt, Path(ordner) / "stadt")), projekt)


@pytest.mark.parametrize("programm", ["programm.toml", "programm-c.toml"])
def test_a_shipped_city_survives_it_as_well(programm: str, tmp_path: Path) -> None:
    projekt = load("hamm", programm=programm)
    same(load(write_city(projekt, tmp_path)), projekt)


@given(projects())
@settings(max_examples=10)
def test_the_same_city_is_the_same_text(projekt: gp.Projekt) -> None:
    assert as_files(projekt) == as_files(projekt)
