"""Typesetting: values and a template in, PDF out. What is written never becomes markup, whatever it says."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any

from gremienplan.errors import InputError, Problem, install_command
from gremienplan.publishing.farben import FARBEN
from gremienplan.texts import Text

ERSATZ = "□"
"""Stands for a sign that no font of ours has."""

_ZEICHEN = re.compile(r"[^\u0300-\u036f\ufe00-\ufe0f\u20d0-\u20ff][\u0300-\u036f\ufe00-\ufe0f\u20d0-\u20ff]*")
_UEBLICH = re.compile(r"[\x20-\x7e\u00a0-\u017f\u2010-\u2027\u2030-\u203a\u20ac]*")
_UNSICHTBAR = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
"""Unicode categories that print nothing, or change how the rest of the line is printed."""


class Papier(Enum):
    """The size of a page; the value is what typst calls it."""

    A3 = "a3"
    A4 = "a4"


def pdf(vorlage: str, daten: Mapping[str, Any], *, stand: datetime | None) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of a template and its values: the same values give the same bytes.

    ``stand`` is written into the file as the time it was made. Raises InputError where typst is not installed.
    """
    typst = _typst()
    alles = {**printable(daten), "farben": [farbe.hell for farbe in FARBEN]}
    made: bytes = typst.compile(
        _source(vorlage),
        sys_inputs={"daten": json.dumps(alles, ensure_ascii=False, sort_keys=True)},
        ignore_system_fonts=True,  # else the bytes depend on the computer
        format="pdf",
        pdf_standards="ua-1",
        timestamp=(stand or datetime(1970, 1, 1)).replace(tzinfo=UTC),
    )
    return made


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError:
        hinweis = Text("Install it: {command}", command=install_command("pdf"))
        raise InputError([Problem("typst", "", Text("Paper needs typst."), hinweis=hinweis)]) from None
    return typst


@cache
def _source(vorlage: str) -> bytes:
    ordner = files("gremienplan.publishing.papier")
    return b"\n".join((ordner / f"{name}.typ").read_bytes() for name in ("gemeinsam", vorlage))


def printable(wert: Any) -> Any:
    r"""Return a value in which every text has only signs that can be printed, on one line.

    >>> printable({"name": "Haus\u0000\nam *Ufer*"})
    {'name': 'Haus am *Ufer*'}
    """
    match wert:
        case str():
            return _printable(wert)
        case Mapping():
            return {key: printable(teil) for key, teil in wert.items()}
        case list() | tuple():
            return [printable(teil) for teil in wert]
        case _:
            return wert


def _printable(text: str) -> str:
    if not _UEBLICH.fullmatch(text):
        text = unicodedata.normalize("NFC", text)
        text = "".join(" " if unicodedata.category(c) in _UNSICHTBAR else c for c in text)
        text = "".join(zeichen if _has_glyph(zeichen) else ERSATZ for zeichen in _ZEICHEN.findall(text))
    return " ".join(text.split())


@cache
def _has_glyph(zeichen: str) -> bool:
    """Tell whether the fonts that typst brings have a sign, with the marks above and below it."""
    if _UEBLICH.fullmatch(zeichen):
        return True
    typst = _typst()
    probe = (
        b'#set document(title: "?")\n#text(font: ("Libertinus Serif", "DejaVu Sans Mono"), sys.inputs.daten)'
    )
    try:
        typst.compile(
            probe,
            sys_inputs={"daten": zeichen},
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="ua-1",
        )
    except typst.TypstError:
        return False
    return True
