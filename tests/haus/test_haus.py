"""The rules of the house that a machine can see."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

import gremienplan

QUELLE = Path(gremienplan.__file__).parent
MODULE = sorted(QUELLE.rglob("*.py"))
STAEDTE = sorted(path.parent for path in QUELLE.glob("cities/*/stadt.toml"))


def place_ids() -> set[str]:
    """Ids of all places of all shipped cities that no Rolle or word of the design also has."""
    found: set[str] = set()
    for stadt in STAEDTE:
        data = tomllib.loads((stadt / "stadt.toml").read_text(encoding="utf-8"))
        levels = [*data["stadt"]["ebenen"], data["stadt"]["atom"]]
        found |= {key for level in levels for key in data[level] if not key.isdigit()}
        found.add(data["stadt"]["id"])
    return found


def strings(path: Path) -> set[str]:
    """Every piece of every string constant of a module, cut at what separates ids; docstrings included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= set(node.value.replace("/", " ").replace('"', " ").replace(".", " ").split())
    return found


def test_there_is_a_city_to_look_for() -> None:
    assert len(place_ids()) > 9


@pytest.mark.parametrize("path", MODULE, ids=lambda path: str(path.relative_to(QUELLE)))
class TestModul:
    def test_no_place_has_its_id_in_code(self, path: Path) -> None:
        """P-73: renaming the places of a city changes its data, never the library."""
        assert not strings(path) & place_ids()

    def test_no_module_is_longer_than_400_lines(self, path: Path) -> None:
        assert path.read_text(encoding="utf-8").count("\n") <= 400

    def test_it_says_what_it_is_for(self, path: Path) -> None:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
