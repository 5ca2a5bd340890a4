"""The cells of a plan's list that comes back from Excel, each with its address, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from attrs import field, frozen

from gremienplan.errors import Problem
from gremienplan.loading.tabelle_zeilen import Zeile
from gremienplan.loading.tabelle_zeiten import Zelle, read_tag, read_zeit
from gremienplan.tabellen import clean
from gremienplan.texts import Text

_SCHRAEG = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_HALBE_MINUTE = timedelta(seconds=30)


@frozen
class Zellen:
    """Where our columns are in a table, and everything that is wrong with its cells."""

    datei: str
    spalten: Mapping[str, int]
    """Id of a column -> its place, from 0."""
    problems: list[Problem] = field(factory=list)

    def zelle(self, zeile: Zeile, spalte: str) -> Zelle:
        """Return what stands in a cell; None where nothing does."""
        n = self.spalten[spalte]
        found = zeile.zellen[n] if n < len(zeile.zellen) else None
        return None if found == "" else found

    def wort(self, zeile: Zeile, spalte: str) -> str:
        """Return the text of a cell, without the apostrophe that guards it in CSV."""
        text = wort(self.zelle(zeile, spalte))
        return text[1:].strip() if re.match(r"'\s*[=+@-]", text) else text

    def stelle(self, zeile: Zeile, spalte: str) -> str:
        """Return the address of a cell."""
        return address(zeile, self.spalten[spalte])

    def problem(self, stelle: str, meldung: Text, wert: object = "", hinweis: Text | None = None) -> None:
        """Take note of what is wrong in one place."""
        self.problems.append(Problem(self.datei, stelle, meldung, shown(wert), hinweis))


def wort(zelle: Zelle) -> str:
    """Return a cell as one line of text."""
    if isinstance(zelle, float) and zelle.is_integer():
        zelle = int(zelle)
    return "" if zelle is None else clean(str(zelle))


def address(zeile: Zeile, n: int | None = None) -> str:
    """Return the address of a cell as Excel names it, with its sheet; of the row where no column is meant."""
    sheet, _, nummer = zeile.stelle.rpartition("!")
    cell = f"{'' if n is None else letter(n)}{nummer}"
    return f"{sheet}!{cell}" if sheet else cell


def letter(n: int) -> str:
    """Return the name of a column, from 0.

    >>> letter(0), letter(25), letter(27)
    ('A', 'Z', 'AB')
    """
    return (letter(n // 26 - 1) if n >= 26 else "") + chr(ord("A") + n % 26)


def shown(wert: object) -> str:
    """Return what stands in a cell as German offices write it."""
    match wert:
        case datetime() if wert.time() == time():
            return f"{wert:%d.%m.%Y}"
        case datetime():
            return f"{wert:%d.%m.%Y %H:%M}"
        case date():
            return f"{wert:%d.%m.%Y}"
        case time():
            return f"{wert:%H:%M}"
        case _:
            return str(wert)[:80]


@frozen
class Tagesangabe:
    """A day as a cell says it, with the weekday and the time that may stand beside it."""

    tag: date
    wochentag: int | None = None
    uhr: time | None = None


def read_day(zelle: Zelle, bisher: date | None) -> Tagesangabe | Text:
    """Return the day a cell says, or what is wrong with it.

    A day with slashes is one of two; it counts where both are the same, or one of them is ``bisher``.

    >>> read_day("12.05.2027", None)
    Tagesangabe(tag=datetime.date(2027, 5, 12), wochentag=None, uhr=None)
    """
    if isinstance(zelle, str) and (match := _SCHRAEG.fullmatch(zelle.strip())):
        return _slashed(match, bisher)
    found = read_tag(zelle)
    if found is None:
        return Text("This is no day; one is written 12.05.2027.")
    uhr = read_zeit(found.rest) if found.rest else None
    if found.bis is not None or (found.rest and (uhr is None or uhr.beginn is None or uhr.ende is not None)):
        return Text("More stands here than one day.")
    beside = uhr.beginn if uhr and uhr.beginn != time() else None
    return Tagesangabe(found.tag, found.wochentag, beside)


def _slashed(match: re.Match[str], bisher: date | None) -> Tagesangabe | Text:
    a, b, jahr = (int(part) for part in match.groups())
    days = set()
    for monat, tag in ((a, b), (b, a)):
        try:
            days.add(date(jahr if jahr > 99 else 2000 + jahr, monat, tag))
        except ValueError:
            continue
    if bisher in days:
        days = {bisher}
    if len(days) != 1:
        return Text("Day and month cannot be told apart here; a day is written 12.05.2027.")
    return Tagesangabe(days.pop())


def read_hour(zelle: Zelle) -> time | Text | None:
    """Return the time of day a cell says, None where it says none, or what is wrong with it.

    >>> read_hour(0.75), read_hour("17 Uhr"), read_hour("–")
    (datetime.time(18, 0), datetime.time(17, 0), None)
    """
    if isinstance(zelle, datetime | time):
        zelle = _to_the_minute(zelle)
    found = read_zeit(zelle)
    if found is None or found.ganztags:
        return Text("This is no time; one is written 17:00.")
    if found.ende is not None:
        return Text("More stands here than one time.")
    return found.beginn


def _to_the_minute(zelle: datetime | time) -> time:
    """Return a time that was kept as a part of a day: 16:59:59.99 is 17:00."""
    uhr = zelle.time() if isinstance(zelle, datetime) else zelle.replace(tzinfo=None)
    return (datetime.combine(date(2000, 1, 1), uhr) + _HALBE_MINUTE).time().replace(second=0, microsecond=0)
