"""In which language this run speaks: ``--lang``, then ``GREMIENPLAN_LANG``, then the locale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gremienplan.cli.folgebefehl import whole
from gremienplan.texts import LANGUAGES, Text, render

DEFAULT = "en"
WRITTEN = "de"
"""What is written for others speaks the city's own language, whatever the terminal speaks, unless asked for another."""

_VARIABLES = ("GREMIENPLAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG")

# One run speaks one language.
_current = DEFAULT
_written = WRITTEN


def choose_language(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the language to speak: the first of option and variables that is set decides.

    Looks at the arguments before they are parsed, for complaints about them need a language too. A language
    we have no texts in (``fr``, ``C``) gives English.

    >>> choose_language(["check", "--lang", "de"], {"LANG": "en_GB.UTF-8"})
    'de'
    >>> choose_language(["check"], {"LANG": "de_DE.UTF-8"})
    'de'
    """
    asked = [*_asked(arguments), *(environ[name] for name in _VARIABLES if environ.get(name))]
    for value in asked:
        language = value.replace("-", "_").partition("_")[0].partition(".")[0].casefold()
        return language if language in LANGUAGES else DEFAULT
    return DEFAULT


def _asked(arguments: Sequence[str]) -> Iterator[str]:
    for index, argument in enumerate(arguments):
        value = ""
        if argument == "--":
            return
        if argument.startswith("--lang="):
            value = argument.removeprefix("--lang=")
        elif argument == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in LANGUAGES:
            yield value


def set_language(language: str, written: str = WRITTEN) -> None:
    """Speak ``language`` from now on, and write for others in ``written``."""
    global _current, _written
    _current, _written = language, written


def language() -> str:
    """Return the language of this run."""
    return _current


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language in which to write for others: what ``--lang`` says, else German.

    >>> asked_language(["print", "--lang=en"]), asked_language(["print"])
    ('en', 'de')
    """
    return next(_asked(arguments), WRITTEN)


def written_language() -> str:
    """Return the language in which this run writes for others."""
    return _written


def words(text: Text | str) -> str:
    """Return the words of ``text`` in the language of this run; commands in it mean the project of this run."""
    return render(text, _current, whole)
