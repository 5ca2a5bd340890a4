"""A sentence as a frozen value without a language.

The library speaks in :class:`Text` values: an English message id with named places and the facts that
fill them. Only the edges of the house (command line, feeds, pages) turn one into words, by :func:`render`.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import TypeAlias, Union

from attrs import frozen

LANGUAGES = ("de", "en")
"""Languages with texts of their own: German by catalogue, English as the source."""

Wert: TypeAlias = Union["Text", str, int, date, time, datetime, tuple["Wert", ...]]


@frozen(init=False)
class Text:
    """One sentence: the English ``msgid`` with ``{named}`` places, and the values for them.

    >>> str(Text("{name} is not before {tag}", name="Koordinierungsrunde", tag=date(2027, 9, 1)))
    'Koordinierungsrunde is not before Wed 2027-09-01'
    """

    msgid: str
    werte: tuple[tuple[str, Wert], ...]

    def __init__(self, msgid: str, /, **werte: Wert) -> None:
        self.__attrs_init__(msgid, tuple(sorted(werte.items())))

    def __str__(self) -> str:
        return render(self, "en")


def N_(msgid: str) -> str:  # noqa: N802  (the name gettext's extractor looks for)
    """Mark a message for the catalogue where only the plain string can be given (help texts)."""
    return msgid


@cache
def _catalogue(language: str) -> Callable[[str], str]:
    if language == "en":
        return str
    folder = Path(__file__).parent / "locale"
    return gettext.translation("gremienplan", folder, [language], fallback=True).gettext


def translate(msgid: str, language: str) -> str:
    """Return the catalogue's words for ``msgid`` without filling its places."""
    return _catalogue(language)(msgid) if msgid else ""


def render(text: Text | str, language: str, said: Callable[[str], str] = str) -> str:
    """Return the words of ``text`` in ``language`` ("de" or "en"); a plain string stays as it is.

    ``said`` is how a string that fills a place is written.
    """
    if isinstance(text, str):
        return text
    words = translate(text.msgid, language)
    return words.format_map({name: render_value(wert, language, said) for name, wert in text.werte})


def render_value(wert: Wert, language: str, said: Callable[[str], str] = str) -> str:
    """Return one fact in words: days with their weekday, times to the minute, tuples as a list."""
    match wert:
        case Text():
            return render(wert, language, said)
        case datetime():
            return f"{render_value(wert.date(), language)} {wert:%H:%M}"
        case date():
            weekday = render(WEEKDAYS[wert.weekday()], language)
            return f"{weekday} {wert:%d.%m.%Y}" if language == "de" else f"{weekday} {wert:%Y-%m-%d}"
        case time():
            return f"{wert:%H:%M}"
        case tuple():
            return ", ".join(render_value(teil, language, said) for teil in wert)
        case _:
            return said(str(wert))


WEEKDAYS = (Text("Mon"), Text("Tue"), Text("Wed"), Text("Thu"), Text("Fri"), Text("Sat"), Text("Sun"))
"""Short names of the weekdays, Monday first."""
MONTHS = (
    Text("January"),
    Text("February"),
    Text("March"),
    Text("April"),
    Text("May"),
    Text("June"),
    Text("July"),
    Text("August"),
    Text("September"),
    Text("October"),
    Text("November"),
    Text("December"),
)
"""Names of the months."""
