"""A reader of the sheets, from the text of their pages alone: what a person finds on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from attrs import frozen
from pypdf import PdfReader

MONATE = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)
WOCHENTAGE = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


@frozen
class Zelle:
    """One day of the year as the page shows it."""

    tag: date
    inhalt: str


def read(data: bytes) -> PdfReader:
    """Return the file as pypdf reads it."""
    return PdfReader(io.BytesIO(data))


@cache
def text(data: bytes) -> str:
    """Return the text of all pages, with single blanks, and words that were broken at a line's end whole again."""
    pages = " ".join(page.extract_text() for page in read(data).pages)
    return " ".join(re.sub(r"\u00ad\s*", "", pages).split())


def cells(data: bytes) -> list[Zelle]:
    """Return the days of a year in the order of the table: the first of every month, then the second.

    Whatever stands between the label of a day ("14 Mi") and the next is on that day.
    """
    page = text(data)
    jahr = int(re.search(r"\b(20\d\d)\b", page)[1])  # type: ignore[index]
    rest = page[page.index(" ".join(MONATE)) + len(" ".join(MONATE)) :]
    found: list[Zelle] = []
    tage = list(_days(jahr))
    for nummer, tag in enumerate(tage):
        label = f"{tag.day} {WOCHENTAGE[tag.weekday()]}"
        assert rest.lstrip().startswith(label), f"{tag} is not where it should be: {rest[:60]!r}"
        rest = rest.lstrip()[len(label) :]
        naechster = tage[nummer + 1] if nummer + 1 < len(tage) else None
        bis = _next(rest, naechster)
        found.append(Zelle(tag, rest[:bis].strip()))
        rest = rest[bis:]
    return found


def _next(rest: str, tag: date | None) -> int:
    if tag is None:
        return len(rest)
    label = re.compile(rf"(?<!\S){tag.day} {WOCHENTAGE[tag.weekday()]}(?!\w)")
    match = label.search(rest)
    assert match, f"{tag} is missing"
    return match.start()


def _days(jahr: int) -> Iterator[date]:
    for tag in range(1, 32):
        for monat in range(1, 13):
            try:
                yield date(jahr, monat, tag)
            except ValueError:
                continue


def year(data: bytes) -> list[tuple[datetime, str]]:
    """Return what begins when: every time of day in a cell, with the words up to the next one."""
    found = []
    for zelle in cells(data):
        teile = re.split(r"(?<!\S)(\d\d:\d\d) ", zelle.inhalt)
        for uhr, was in zip(teile[1::2], teile[2::2], strict=True):
            beginn = datetime.combine(zelle.tag, datetime.strptime(uhr, "%H:%M").time())  # noqa: DTZ007
            found.append((beginn, was.strip()))
    return sorted(found)


def rows(data: bytes) -> list[tuple[datetime, datetime]]:
    """Return begin and end of every row of a list, in its order."""
    found = []
    muster = re.compile(
        rf"(\d{{1,2}})\. ({'|'.join(MONATE)}) (\d{{4}}) (?:\w+tag|Mittwoch) (\d\d:\d\d)–(\d\d:\d\d) Uhr"
    )
    for nummer, monat, jahr, von, bis in muster.findall(text(data)):
        tag = date(int(jahr), MONATE.index(monat) + 1, int(nummer))
        zeiten = [datetime.strptime(z, "%H:%M").time() for z in (von, bis)]  # noqa: DTZ007
        found.append((datetime.combine(tag, zeiten[0]), datetime.combine(tag, zeiten[1])))
    return found


def root(data: bytes) -> Any:
    """Return the file's own dictionary: language, structure, what it says of itself."""
    return read(data).trailer["/Root"]


def tags(data: bytes) -> dict[str, int]:
    """Return how often each kind of element stands in the structure that screen readers follow."""
    zahlen: dict[str, int] = {}

    def visit(knoten: Any) -> None:
        knoten = knoten.get_object() if hasattr(knoten, "get_object") else knoten
        if isinstance(knoten, list):
            for kind in knoten:
                visit(kind)
        elif isinstance(knoten, dict):
            if "/S" in knoten:
                zahlen[str(knoten["/S"])] = zahlen.get(str(knoten["/S"]), 0) + 1
            if "/K" in knoten:
                visit(knoten["/K"])

    visit(root(data)["/StructTreeRoot"])
    return zahlen
