"""Whether a recurrence rule finds a day at all: the library would look for one until the year 9999."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import icalendar

_WOCHENTAGE = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TAG = re.compile(r"([+-]?\d+)?([A-Z]{2})")
_FILTER = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYDAY", "BYSETPOS")


def findet(regel: icalendar.vRecur, beginn: date, jahre: int) -> bool:
    """Tell whether a rule finds a day in so many years; ordinals are only checked for what no month or year has."""
    if "BYEASTER" in regel:  # the library's own, and no part of the standard
        return False
    if not any(name in regel for name in _FILTER):
        return True
    if any(abs(int(n)) > (366 if regel["FREQ"][0] == "YEARLY" else 31) for n in regel.get("BYSETPOS", ())):
        return False
    monate = {int(monat) for monat in regel.get("BYMONTH", ())}
    monatstage = {int(tag) for tag in regel.get("BYMONTHDAY", ())}
    jahrestage = {int(tag) for tag in regel.get("BYYEARDAY", ())}
    wochen = {int(woche) for woche in regel.get("BYWEEKNO", ())}
    wochentage = {tag for wort in regel.get("BYDAY", ()) if (tag := _wochentag(regel, str(wort))) is not None}
    if regel.get("BYDAY") and not wochentage:
        return False
    return any(
        (not monate or tag.month in monate)
        and (not monatstage or not monatstage.isdisjoint((tag.day, _von_hinten(tag))))
        and (not jahrestage or not jahrestage.isdisjoint((_im_jahr(tag), _im_jahr(tag) - _laenge(tag) - 1)))
        and (not wochen or not wochen.isdisjoint((tag.isocalendar().week, tag.isocalendar().week - 53, -1)))
        and (not wochentage or tag.weekday() in wochentage)
        for tag in _tage(regel, beginn, jahre)
    )


def _wochentag(regel: icalendar.vRecur, wort: str) -> int | None:
    """Return the weekday of BYDAY; None for an ordinal that no month, or no year, has."""
    match = _TAG.fullmatch(wort.upper())
    if match is None or match[2] not in _WOCHENTAGE:
        return None
    im_monat = regel["FREQ"][0] == "MONTHLY" or "BYMONTH" in regel
    if match[1] and abs(int(match[1])) > (5 if im_monat else 53):
        return None
    return _WOCHENTAGE.index(match[2])


def _tage(regel: icalendar.vRecur, beginn: date, jahre: int) -> Iterator[date]:
    """Yield the days that a rule could choose from: those of its periods."""
    schritt, takt = min(regel.get("INTERVAL", [1])), regel["FREQ"][0]
    ende = date(min(beginn.year + jahre, 2400), 12, 31)
    tag = beginn
    while tag <= ende:
        if (
            takt in ("DAILY", "YEARLY", "MONTHLY", "WEEKLY")
            and _periode(takt, beginn, tag) % schritt == 0
            and (takt != "WEEKLY" or "BYDAY" in regel or tag.weekday() == beginn.weekday())
        ):
            yield tag
        tag += timedelta(days=1)


def _periode(takt: str, beginn: date, tag: date) -> int:
    """Return how many days, weeks, months or years a day lies after those of the beginning."""
    match takt:
        case "DAILY":
            return (tag - beginn).days
        case "WEEKLY":
            return (tag.toordinal() - 1) // 7 - (beginn.toordinal() - 1) // 7
        case "MONTHLY":
            return (tag.year - beginn.year) * 12 + tag.month - beginn.month
        case _:
            return tag.year - beginn.year


def _von_hinten(tag: date) -> int:
    naechster = date(tag.year + tag.month // 12, tag.month % 12 + 1, 1)
    return tag.day - (naechster - timedelta(days=1)).day - 1


def _im_jahr(tag: date) -> int:
    return tag.timetuple().tm_yday


def _laenge(tag: date) -> int:
    return (date(tag.year + 1, 1, 1) - date(tag.year, 1, 1)).days
