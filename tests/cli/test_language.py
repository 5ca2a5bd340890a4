"""The program speaks German or English: what is asked for first decides."""

import re

import pytest

from gremienplan.cli import program
from gremienplan.cli.sprache import choose_language
from gremienplan.texts import translate
from tests.cli.lauf import lauf

GERMAN, ENGLISH = "Aufruf:", "Usage:"


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "de"),
        ([], {"LANG": "C.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "en"),
        ([], {"LC_MESSAGES": "de_AT", "LANG": "en_GB.UTF-8"}, "de"),
        ([], {"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "de_AT"}, "en"),
        ([], {"LC_ALL": "", "LANG": "de"}, "de"),
        ([], {"GREMIENPLAN_LANG": "de", "LC_ALL": "en_US.UTF-8"}, "de"),
        ([], {"GREMIENPLAN_LANG": "de-DE"}, "de"),
        (["--lang", "en"], {"GREMIENPLAN_LANG": "de"}, "en"),
        (["check", "--lang=de"], {"LANG": "en_GB"}, "de"),
        (["check", "--", "--lang=de"], {"LANG": "en_GB"}, "en"),
        (["check", "--lang", "xy"], {"LANG": "de_DE"}, "de"),
        (["check", "--lang"], {"LANG": "de_DE"}, "de"),
    ],
)
def test_the_first_that_is_set_decides(arguments: list[str], environ: dict[str, str], language: str) -> None:
    """--lang, then GREMIENPLAN_LANG, LC_ALL, LC_MESSAGES and LANG; without a German word it is English."""
    assert choose_language(arguments, environ) == language


@pytest.mark.parametrize("command", ["", *program.commands])
def test_help_pages_speak_german_throughout(command: str) -> None:
    """Neither our words nor click's own stay English."""
    result = lauf("--lang", "de", *command.split(), "--help")
    assert result.code == 0
    assert GERMAN in result.daten
    for english in (ENGLISH, "Options", "Commands", "[OPTIONS]", "Show this", "COMMAND", "FOLDER", "YEAR"):
        assert english not in result.daten
    assert not set(re.findall(r"[A-Z]{2,}", result.daten)) & CLICKS


CLICKS = {"INTEGER", "RANGE", "TEXT", "FLOAT", "PATH", "DATETIME", "UUID", "BOOLEAN", "FILENAME", "DIRECTORY"}
"""What click calls values that have no name of their own."""


def test_every_help_text_is_a_sentence_of_the_catalogue() -> None:
    """What nobody has marked for translation would stay English on a German page."""
    for name, command in program.commands.items():
        texts = [command.help, command.short_help, *(getattr(p, "help", None) for p in command.params)]
        assert [text for text in texts if text and translate(text, "de") == text] == [], name


def test_complaints_speak_the_language_asked_for() -> None:
    """Also where the complaint is about the arguments themselves, and whatever their order."""
    for arguments in (("plan", "--lang", "de"), ("--lang", "de", "plan")):
        result = lauf(*arguments)
        assert result.code == 2
        assert GERMAN in result.rede
        assert ENGLISH not in result.rede


def test_an_unknown_language_is_a_wrong_use() -> None:
    """The languages there are, are named."""
    result = lauf("--lang", "fr", "check")
    assert result.code == 2
    assert "de, en" in result.rede


def test_commands_are_called_the_same_in_every_language() -> None:
    """Only what stands for a value is translated on help pages."""
    page = lauf("--lang", "de", "--help").alles
    listed = [line.split()[0] for line in page.partition("Befehle:")[2].splitlines() if line[:3].strip()]
    for word in {word for word in listed if not word[0].isupper()}:
        assert lauf(word, "--help").code == 0
    assert "LESART" in lauf("--lang", "de", "readings", "--help").alles
