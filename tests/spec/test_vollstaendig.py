"""Every property and scenario is claimed by a test, or there is a reason why none is here yet."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.spec.gesetze import GESETZE

TESTS = Path(__file__).parents[1]

EIGENSCHAFTEN = [f"P-{n:02}" for n in (*range(1, 61), 63, 64, 67, 68, *range(72, 77))]
"""Geography, membership, invitations, lifecycle, counts, collisions, tasks, privacy, explanations, other cities."""

SZENARIEN = [
    f"S-{n:02}"
    for n in (
        *(*range(2, 7), *range(11, 22), *range(23, 33), *range(34, 46)),
        *(*range(47, 50), *range(51, 56)),
    )
]

ANDERSWO = {
    "P-61": "publishing/test_feeds.py",
    "P-62": "publishing/test_folgen.py",
    "P-65": "publishing/test_kalender.py",
    "P-66": "publishing/test_feeds.py",
    "P-69": "jahre/test_gesetze.py",
    "P-70": "jahre/test_gepflanzt.py",
    "P-71": "planning/test_replan.py",
    "S-01": "planning/test_replan.py",
    "S-07": "jahre/test_auswege.py",
    "S-08": "planning/test_teilplan.py",
    "S-09": "ratskalender/test_lesart.py",
    "S-10": "planning/test_teilplan.py",
    "S-22": "jahr/test_orte.py",
    "S-33": "publishing/test_kalender.py",
    "S-46": "loading/test_ics.py",
    "S-50": "planning/test_teilplan.py",
    "S-56": "jahr/test_bau.py",
}
"""Claimed where the part that keeps it is tested: of no city and no concept."""


@cache
def named() -> dict[str, set[str]]:
    """Number -> the files of the tests that claim it: in the name or docstring of a test, or as basis of a law.

    A comment, a helper or the head of a file claims nothing.
    """
    found: dict[str, set[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        name = path.relative_to(TESTS).as_posix()
        for claim in _claims(path) if path != Path(__file__) else ():
            for number in _numbers(claim):
                found.setdefault(number, set()).add(name)
    for gesetz in GESETZE.values():
        for number in _numbers(" ".join(gesetz.ids)):
            found.setdefault(number, set()).add(f"spec/gesetze/{gesetz.kapitel}.py")
    return found


def _claims(path: Path) -> Iterator[str]:
    """Yield name and docstring of every test and every class of tests."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name.lower().startswith("test"):
            name = re.sub(r"_([ps])_(\d\d)(?!\d)", lambda m: f" {m[1].upper()}-{m[2]} ", node.name)
            yield f"{name} {ast.get_docstring(node) or ''}"


def _numbers(text: str) -> list[str]:
    """Return the numbers in a text; ranges such as "P-08 to P-12" name each."""
    return re.findall(r"\b[PS]-\d\d\b", re.sub(r"\b([PS])-(\d\d) to \1-(\d\d)", _each, text))


def _each(match: re.Match[str]) -> str:
    kind, first, last = match[1], int(match[2]), int(match[3])
    return " ".join(f"{kind}-{n:02}" for n in range(first, last + 1))


@pytest.mark.parametrize("number", [*EIGENSCHAFTEN, *SZENARIEN])
def test_a_test_of_the_concepts_claims_it(number: str) -> None:
    assert any(name.startswith("spec/") for name in named().get(number, ())), number


@pytest.mark.parametrize("number", ANDERSWO)
def test_a_test_of_the_part_that_keeps_it_claims_it(number: str) -> None:
    assert ANDERSWO[number] in named().get(number, ())


def test_all_76_properties_and_56_scenarios_are_somewhere() -> None:
    """Each in one of the lists."""
    alle = [*(f"P-{n:02}" for n in range(1, 77)), *(f"S-{n:02}" for n in range(1, 57))]
    assert sorted([*EIGENSCHAFTEN, *SZENARIEN, *ANDERSWO]) == alle


def test_a_comment_or_a_helper_claims_nothing(tmp_path: Path) -> None:
    """And a range claims each of its numbers."""
    datei = tmp_path / "test_x.py"
    datei.write_text(
        '"""P-01."""\n# P-02\ndef helper():\n    """P-03."""\n'
        'class TestX:\n    """P-05 to P-07."""\n    def test_p_09_holds(self):\n        "P-11"\n        x = "P-12"\n',
        "utf-8",
    )
    assert sorted(n for claim in _claims(datei) for n in _numbers(claim)) == [
        *("P-05", "P-06", "P-07", "P-09", "P-11")
    ]


def test_every_law_of_hamm_is_tested_once() -> None:
    """A law that no test module calls would hold for nobody."""
    calls = [
        name
        for path in sorted(Path(__file__).parent.glob("test_*.py"))
        for name in re.findall(r'^        "(\w+)",$', path.read_text("utf-8"), re.MULTILINE)
        if name in GESETZE
    ]
    assert sorted(calls) == sorted(GESETZE)


@pytest.mark.parametrize("name", GESETZE)
def test_a_law_says_what_it_rests_on(name: str) -> None:
    """Its claim is a sentence; it names a statement, an open question, a gap, a property or a scenario."""
    gesetz = GESETZE[name]
    assert gesetz.aussage.endswith((".", ")."))
    assert gesetz.ids
    assert all(re.match(r"(HAMM|AMB|GAP|ERR|NORD|FEID|P|S)-", kennung) for kennung in gesetz.ids)
