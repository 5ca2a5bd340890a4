"""Every sentence of the package has its German, with the same places, and words of its own."""

import ast
import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import gremienplan

PACKAGE = Path(gremienplan.__file__).parent
PO = PACKAGE / "locale" / "de" / "LC_MESSAGES" / "gremienplan.po"

THE_SAME_IN_BOTH = {
    "{lesart} ({stand})",
    "{lesart} ({antworten})",
    "{name} {anzahl}",
    "{frist} ({name})",
    "{titel}: {beginn}",
    "{zeit}: {was}",
    "April",
    "August",
    "November",
    "September",
    "Name",
    "Sitzung",
    "Sitz: {sitz}",
    "Person: {person}",
    "[{id}]",
}
"""Messages whose German is rightly the English."""


@cache
def messages() -> frozenset[str]:
    """Return every message of the source."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords={"Text": None, "N_": None})
    return frozenset(str(message) for _, _, message, _, _ in found)


def places(words: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", words))


@cache
def calls() -> tuple[tuple[str, ast.Call], ...]:
    """Return every call that makes a sentence, with where it stands."""
    return tuple(_calls())


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Text", "N_")
            ):
                yield f"{path.name}:{node.lineno}", node


@pytest.fixture(scope="module")
def german() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="de", abort_invalid=True)


def test_every_sentence_has_its_german(german: Catalog) -> None:
    """And the catalogue holds nothing else; `make texts` brings it up to date."""
    translated = {str(m.id) for m in german if m.id and m.string and not m.fuzzy}
    assert sorted(messages() - translated) == []
    assert sorted(translated - messages()) == []
    assert not german.obsolete


def test_the_german_has_words_of_its_own(german: Catalog) -> None:
    """But for a few words that both languages share."""
    same = {str(m.id) for m in german if m.id and m.string == m.id}
    assert same == {message for message in THE_SAME_IN_BOTH if message in messages()}


def test_places_are_the_same(german: Catalog) -> None:
    """No fact is lost, and none is asked for that is not there."""
    assert [m.id for m in german if places(str(m.id)) != places(str(m.string))] == []


def test_sentences_are_written_out() -> None:
    """What the extractor cannot see has no German: a message is a plain string, or one of a table of N_ strings."""
    hidden = [where for where, call in calls() if not isinstance(call.args[0], ast.Constant | ast.Subscript)]
    assert hidden == []


def test_every_place_is_filled() -> None:
    """The facts given are the places named, wherever they are all given by name."""
    for where, call in calls():
        message = call.args[0]
        named = {keyword.arg for keyword in call.keywords}
        if isinstance(message, ast.Constant) and None not in named:
            assert places(str(message.value)) == named, where


def test_the_compiled_catalogue_is_up_to_date(german: Catalog) -> None:
    """An editable install does not notice a changed .po; `make` compiles it."""
    compiled = gettext.translation("gremienplan", PACKAGE / "locale", ["de"])
    stale = [m.id for m in german if m.id and compiled.gettext(str(m.id)) != m.string]
    assert stale == []
