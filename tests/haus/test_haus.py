"""The rules of the house that a machine can see."""

from __future__ import annotations

import ast
import re
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


def strings(path: Path) -> list[str]:
    """Every string constant of a module, docstrings included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


PLACE = re.compile(rf"(?<![\w])({'|'.join(map(re.escape, sorted(place_ids())))})(?![\w])")


def test_there_is_a_city_to_look_for() -> None:
    assert len(place_ids()) > 9


@pytest.mark.parametrize("path", MODULE, ids=lambda path: str(path.relative_to(QUELLE)))
class TestModul:
    def test_no_place_has_its_id_in_code(self, path: Path) -> None:
        """P-73: renaming the places of a city changes its data, never the library."""
        assert [found for text in strings(path) for found in PLACE.findall(text)] == []

    def test_no_module_is_longer_than_400_lines(self, path: Path) -> None:
        assert path.read_text(encoding="utf-8").count("\n") <= 400

    def test_it_says_what_it_is_for(self, path: Path) -> None:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
