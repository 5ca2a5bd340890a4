"""Bytes as text: the letters of whoever wrote a file, and of each of its lines where several did."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

_WINDOWS = "cp1252"
_ALTE = ("cp850", "mac_roman")
"""What Excel calls "CSV (MS-DOS)" and "CSV (Macintosh)"."""
_UMLAUT = re.compile(r"(?<![^\W\d_])[ÄÖÜ](?=[a-zß])|(?<=[A-Za-zäöü])[äöüß]|\b[äöü](?=[a-z])")
_ENTITAET = re.compile(r"&(?:#\d{1,5}|#x[0-9a-f]{1,4}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_ZEICHNUNG = re.compile(r"</?(?:b|i|u|p|br|em|strong|span|div|font|a)\b[^<>]{0,200}>", re.IGNORECASE)


def zeilen_dekodiert(zeilen: Iterable[bytes]) -> list[str]:
    """Return lines as text, each in UTF-8 if it is that, else as Windows writes in Germany.

    Two files put together, or a letter cut in two at the end, do not change the letters of the other lines.
    """
    return [_zeile(roh) for roh in zeilen]


def _zeile(roh: bytes) -> str:
    try:
        return roh.decode()
    except UnicodeDecodeError as error:
        if error.end == len(roh) and error.reason == "unexpected end of data" and len(roh) - error.start < 4:
            return roh[: error.start].decode() + "\ufffd"
        return roh.decode(_WINDOWS, errors="replace")


def dekodiert(roh: bytes) -> str:
    """Return a text: UTF-8, UTF-16 (with its mark, or known by its zeros), else by whose letters are German words'."""
    if (utf16 := utf16_art(roh)) is not None:
        return roh.decode(utf16, errors="replace").removeprefix("\ufeff")
    try:
        return roh.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    alte = max((_WINDOWS, *_ALTE), key=lambda name: len(_UMLAUT.findall(roh.decode(name, errors="replace"))))
    if alte != _WINDOWS:
        return roh.decode(alte, errors="replace")
    return "\n".join(zeilen_dekodiert(roh.removeprefix(b"\xef\xbb\xbf").split(b"\n")))


def utf16_art(roh: bytes) -> str | None:
    """Return which UTF-16 this is; None if it is none. Without a mark, every other byte of plain text is zero."""
    if roh[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    probe = roh[:200]
    if len(probe) < 4 or not any(probe):
        return None
    for versatz, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        nullen, rest = probe[versatz::2], probe[1 - versatz :: 2]
        if nullen.count(0) > 0.9 * len(nullen) and rest.count(0) == 0:
            return name
    return None


def ohne_html(text: str) -> str:
    """Return a text without what was meant for a web page.

    >>> ohne_html("Ausschuss f&uuml;r Schule &amp; Sport<br>")
    'Ausschuss für Schule & Sport '
    """
    if "&" in text:
        text = _ENTITAET.sub(lambda match: html.unescape(match[0]), text)
    return _ZEICHNUNG.sub(" ", text) if "<" in text else text
