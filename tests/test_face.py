"""``import gremienplan``: a page of names, light to import, each explained."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import gremienplan as gp

HEAVY = (
    "ortools",
    "numpy",
    "pandas",
    "icalendar",
    "recurring_ical_events",
    "holidays",
    "click",
    "rich",
    "hypothesis",
    "httpx",
)
IMPORTS = [
    node
    for node in ast.walk(ast.parse(Path(gp.__file__).read_text("utf-8")))
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gremienplan")
]


def loaded_after(code: str) -> set[str]:
    """Return which of the heavy packages a fresh interpreter has loaded after running ``code``."""
    ask = f"import sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", f"{code}\n{ask}"], capture_output=True, encoding="utf-8", check=True
    )
    return set(result.stdout.split())


def test_import_is_light() -> None:
    """No solver, no numbers, no calendars, no holidays, no terminal."""
    assert loaded_after("import gremienplan") == set()


def test_asking_who_is_invited_needs_no_solver() -> None:
    """Nor anything that computes with numbers; a city is read and asked."""
    code = """
import datetime, gremienplan as gp
projekt = gp.load("hamm")
sitzung = projekt.sitzung("kr-entwurf/norden", 2027)
assert gp.invitations(projekt.stadt, projekt.regeln, sitzung, datetime.date(2027, 9, 9))
"""
    assert loaded_after(code).isdisjoint({"ortools", "numpy", "pandas", "holidays"})


def test_the_test_above_would_notice() -> None:
    """What is fetched on first use is fetched then."""
    assert "ortools" in loaded_after("import gremienplan; gremienplan.schedule")


class TestAll:
    """``__all__`` is the face."""

    def test_sorted_and_without_repetition(self) -> None:
        assert sorted(set(gp.__all__)) == gp.__all__

    def test_complete(self) -> None:
        """Everything the page imports from the house, at once or on first use, and nothing else."""
        imported = {alias.asname or alias.name for node in IMPORTS for alias in node.names}
        assert imported == set(gp.__all__)

    def test_first_use(self) -> None:
        """What is fetched late is what a type checker is told, from the same room."""
        told = {
            alias.name: (node.module or "").partition(".")[2]
            for node in IMPORTS
            for alias in node.names
            if alias.name in gp._ON_FIRST_USE
        }
        assert told == gp._ON_FIRST_USE

    def test_no_module_has_the_name_of_a_function(self) -> None:
        """Importing one would put it in the other's place."""
        assert not {module.name for module in pkgutil.iter_modules(gp.__path__)} & set(gp.__all__)

    def test_dir_is_the_face(self) -> None:
        assert dir(gp) == gp.__all__

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        name = "no_such_name"
        with pytest.raises(AttributeError, match=name):
            getattr(gp, name)


@pytest.mark.parametrize("name", gp.__all__)
class TestNames:
    """Every name of the face."""

    def test_importable(self, name: str) -> None:
        """Whether at once or on first use."""
        assert not isinstance(getattr(gp, name), ModuleType)

    def test_explained(self, name: str) -> None:
        """It says what it is, and so does each of its public methods and properties."""
        value = getattr(gp, name)
        assert inspect.getdoc(value)
        if inspect.isclass(value):
            for key, member in vars(value).items():
                if not key.startswith("_") and (inspect.isfunction(member) or isinstance(member, property)):
                    assert inspect.getdoc(member), f"{name}.{key}"
