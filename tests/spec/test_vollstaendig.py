"""Every property and scenario of these topics is named by a test, or by a reason why none is here yet."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.spec.gesetze import GESETZE

TESTS = Path(__file__).parents[1]

EIGENSCHAFTEN = [f"P-{n:02}" for n in (*range(1, 26), *range(27, 61), 68, 73, 74)]
"""Geography, membership, invitations, lifecycle, counts, collisions, tasks, explanations, renaming, aliases."""

SZENARIEN = [
    f"S-{n:02}"
    for n in (
        *(6, 11, 12, 13, 14, 16, 17, 18, 19, 21, 24, 25, 26, 27, 28, 34, 35, 36, 37, 38, 39, 40, 41, 42),
        *(45, 47, 51, 52, 54, 55, 56),
    )
]

SPAETER = {
    "P-26": "readings: tests of the alternatives in auslegungen.toml",
    "S-20": "the same",
    "S-48": "the same",
    "S-53": "the same",
    "P-70": "engine: minimal conflicts, tests/jahre",
    "P-61": "calendar output: tests/publishing",
    "P-69": "engine: tests/solver and tests/cli",
    "P-71": "re-planning: a later issue",
    "S-01": "re-planning after publication: a later issue",
    "S-23": "cancelled and held again: a later issue",
    "S-44": "the watch over council calendars: a later issue",
    "S-46": "import of calendars: tests/loading/test_ics.py",
}
"""Others of the list, and where they belong."""


@cache
def named() -> dict[str, set[str]]:
    """Number -> the tests and laws that name it; ranges such as "P-08 to P-12" name each."""
    found: dict[str, set[str]] = {}
    for path in sorted(TESTS.rglob("*.py")):
        if path == Path(__file__):
            continue
        text = path.read_text("utf-8")
        text = re.sub(r"\b([PS])-(\d\d) to \1-(\d\d)", _each, text)
        for number in re.findall(r"\b[PS]-\d\d\b", text):
            found.setdefault(number, set()).add(path.relative_to(TESTS).as_posix())
    return found


def _each(match: re.Match[str]) -> str:
    kind, first, last = match[1], int(match[2]), int(match[3])
    return " ".join(f"{kind}-{n:02}" for n in range(first, last + 1))


@pytest.mark.parametrize("number", [*EIGENSCHAFTEN, *SZENARIEN])
def test_a_test_names_it(number: str) -> None:
    assert named().get(number), f"no test names {number}"


def test_what_comes_later_is_not_claimed_here() -> None:
    assert not set(SPAETER) & {*EIGENSCHAFTEN, *SZENARIEN}


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
    """Its claim is a sentence; it names a statement of the catalogue, an open question, a gap or a property."""
    gesetz = GESETZE[name]
    assert gesetz.aussage.endswith((".", ")."))
    assert gesetz.ids
    assert all(re.match(r"(HAMM|AMB|GAP|ERR|NORD|FEID|P)-", kennung) for kennung in gesetz.ids)
